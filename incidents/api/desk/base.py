"""What every address of the desk's API shares: tokens, scopes, strict bodies, and the ETag that a write has to name."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

import orjson
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from rest_framework import exceptions, serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.api.base import KeysetViewSet
from incidents.api.problems import TooLarge
from incidents.api.throttling import TokenLimit
from incidents.filters import nearest
from sources.intake import MAX_BYTES

from .access import AtTheDesk, TokenAuthentication
from .conditions import Joins, hold_to_condition, tag_of

Wishes = dict[str, Any]
MOST = 2 * MAX_BYTES  # the longest text that is read, with its escapes


class StrictJSON(BaseParser):
    """JSON as RFC 8259 has it: no NaN, no lone surrogate, no endless depth, no endless length."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        body = stream.read(MOST + 1)
        if len(body) > MOST:
            raise TooLarge(f"More than {MOST:,} bytes.")
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise exceptions.ParseError(f"This is no JSON: {error}.") from None
        if not isinstance(given, dict):
            raise exceptions.ParseError("The body is one JSON object.")
        return given


class Body(serializers.Serializer[Any]):
    """A request's fields: one that is not among them is refused, since what is ignored was meant to do something."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                names = list(self.fields)
                raise serializers.ValidationError(
                    {name[:80]: f"There is no such field here.{_hint(nearest(name, names))}" for name in unknown}
                )
        return super().to_internal_value(data)


class NothingBody(Body):
    """No fields."""


class ReasonBody(Body):
    reason = serializers.CharField(max_length=2000, help_text="Why; it is kept in the history")


def _hint(name: str) -> str:
    return f" The nearest is “{name}”." if name else ""


class DeskViewSet(KeysetViewSet):
    """Reading needs the scope `read`, the actions in `scopes` the one named there; `writing` names the scope of everything else."""

    authentication_classes: tuple[Any, ...] = (TokenAuthentication,)
    permission_classes = (AtTheDesk,)
    throttle_classes = (TokenLimit,)
    parser_classes = (StrictJSON,)
    writing: ClassVar[str]
    scopes: ClassVar[dict[str, str]] = {}

    def scope_of(self, request: Request) -> str:
        if request.method in ("GET", "HEAD"):
            return "read"
        return self.scopes.get(self.action, self.writing)

    def parameters(self) -> list[str]:
        return super().parameters() if self.request.method in ("GET", "HEAD") else []

    @property
    def editor(self) -> User:
        """Whose token it is, and in whose name everything is written."""
        return cast(User, self.request.user)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(self.get_object())

    def shown(self, row: Any) -> dict[str, Any]:
        """The row as it is shown, with all its fields."""
        return dict(self.get_serializer_class()(row, context=self.get_serializer_context()).data)

    def answer(self, row: Any, status: int = 200, **headers: str) -> Response:
        """The row as it is now, with the ETag that a write on it names."""
        whole = self.shown(row)
        chosen = {name: whole[name] for name in self.chosen(whole)} if self.request.method in ("GET", "HEAD") else whole
        tag = tag_of(row, whole)
        # What is shown in part is another representation, and no write can be made on it.
        return Response(chosen, status=status, headers={**({"ETag": tag} if chosen == whole else {}), **headers})

    def body(self, serializer: type[Body], **context: Any) -> dict[str, Any]:
        """What the request says; 400 where it cannot be read."""
        given = serializer(data=self.request.data, context={**self.get_serializer_context(), **context})
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def fields_of(self, state: dict[str, Any]) -> dict[str, Any]:
        """The fields a write may name, out of a revision's state."""
        return state

    def locked(self) -> Any:
        """The row this address names, held until the transaction ends."""
        self.get_queryset().model.objects.select_for_update(no_key=True).filter(pk=self.kwargs["pk"]).first()
        return self.get_object()

    def write(self, read: Callable[[Any], tuple[Wishes, Callable[[Wishes], Any]]], *, joins: Joins = Joins.NEVER) -> Response:
        """One write on the row, under its lock, in one transaction. `read` takes the locked row and gives what the request would change
        and the verb that does it, which is told what of that is to be written; `joins` says what becomes of one on an older state."""
        with transaction.atomic():
            row = self.locked()
            wishes, verb = read(row)
            left = hold_to_condition(self.request, row, self.shown(row), wishes=wishes, fields_of=self.fields_of, joins=joins)
            if left or not wishes:
                verb(left)
        return self.answer(self.get_object())


def plain(value: Any) -> Any:
    """A validated value as JSON has it: rows by their keys, days as text."""
    if isinstance(value, Model):
        return getattr(value, "key", None) or getattr(value, "slug", None) or value.pk
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
