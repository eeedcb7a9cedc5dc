"""Who is let in: whoever shows a live token, within its scopes, and as far as its owner's role goes."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from incidents.models import Token


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer isnad_…`. No cookie opens anything here, so no other site's page can ask in a visitor's name."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        kind, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if kind.lower() != "bearer" or not secret.strip():
            return None
        token = Token.objects.shown(secret.strip())
        if token is None:
            raise exceptions.AuthenticationFailed("This token is unknown, expired or revoked.")
        token.note_use()
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Isnad"'


class AtTheDesk(BasePermission):
    """Editors' and reviewers' tokens, each for its scopes. The verbs ask for the role once more, each for its own."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, Token):
            raise exceptions.NotAuthenticated("Show a token: Authorization: Bearer …")
        if not request.user.has_perm("incidents.change_candidate"):
            raise exceptions.PermissionDenied("The desk is for editors and reviewers.")
        scope = view.scope_of(request)
        if scope not in request.auth.scopes:
            raise exceptions.PermissionDenied(f"This token has not the scope “{scope}”.")
        return True


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An access token, made in the admin"}
