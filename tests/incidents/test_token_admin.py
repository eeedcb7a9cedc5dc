"""Access tokens in the admin: made for oneself, shown once, revoked, never deleted."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents.models import Token
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/incidents/token/", "/admin/incidents/token/add/"


def form(**values: Any) -> dict[str, Any]:
    return {"name": "nightly import", "scopes": ["read", "submit"], "last_day": timezone.localdate() + timedelta(days=30), **values}


def made(client: Any, **values: Any) -> tuple[Token, str]:
    answer = client.post(ADD, form(**values))
    return Token.objects.latest("pk"), answer.context["secret"]


def test_a_token_is_made_for_oneself_and_its_secret_shown_once(cast) -> None:
    answer = cast.editor.post(ADD, form())
    token, secret = Token.objects.get(), answer.context["secret"]
    assert (token.user.username, token.scopes, Token.objects.shown(secret)) == ("editor", ["read", "submit"], token)
    assert (secret in answer.content.decode(), "no-store" in answer["Cache-Control"]) == (True, True)
    assert secret not in str(answer.cookies)
    for path in (LIST, f"{LIST}{token.pk}/change/"):
        later = cast.editor.get(path)
        assert (later.status_code, secret in later.content.decode(), token.digest in later.content.decode()) == (200, False, False)


def test_viewers_make_none_and_nobody_sees_another_s_but_who_manages_the_users(cast) -> None:
    assert cast.viewer.post(ADD, form()).status_code == 302  # to the login
    assert not Token.objects.exists()
    token, _secret = made(cast.editor)
    shown = {role: "nightly import" in getattr(cast, role).get(LIST).content.decode() for role in ("editor", "reviewer", "admin")}
    assert shown == {"editor": True, "reviewer": False, "admin": True}
    assert cast.reviewer.get(f"{LIST}{token.pk}/change/").status_code == 302


def test_a_revoked_token_opens_nothing_and_says_who_revoked_it(cast) -> None:
    token, secret = made(cast.editor)
    cast.reviewer.post(LIST, {"action": "revoke", "_selected_action": [token.pk]})
    assert Token.objects.shown(secret) == token  # it is not the reviewer's
    cast.admin.post(LIST, {"action": "revoke", "_selected_action": [token.pk]})
    token.refresh_from_db()
    assert (Token.objects.shown(secret), token.revoked_by.username) == (None, "admin")
    assert cast.admin.post(f"{LIST}{token.pk}/delete/").status_code == 403


@pytest.mark.parametrize(
    "values", [{"scopes": []}, {"scopes": ["everything"]}, {"name": ""}, {"last_day": "2020-01-01"}, {"last_day": "2099-01-01"}]
)
def test_a_token_without_end_scope_or_name_is_not_made(cast, values: dict[str, Any]) -> None:
    answer = cast.editor.post(ADD, form(**values))
    assert (answer.status_code, bool(answer.context["adminform"].form.errors), Token.objects.exists()) == (200, True, False)


@pytest.mark.parametrize("values", [{"scopes": []}, {"days": 400}, {"days": -1}])
def test_the_database_refuses_a_token_that_opens_nothing_or_outlives_a_year(values: dict[str, Any]) -> None:
    expires_at = timezone.now() + timedelta(days=values.get("days", 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Token.make(user=make.user(), name="x", scopes=values.get("scopes", ["read"]), expires_at=expires_at)
