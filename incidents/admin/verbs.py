"""Calling the verbs from the admin: from its actions one row at a time, so that one refusal keeps nobody else back, and from its forms,
so that a refusal costs nobody what was written."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from history.admin import RecordAdmin
from incidents.curation import CurationError


class WrittenByVerbs(RecordAdmin):
    """Its saves are verbs. Where one refuses, nothing is written, and the form comes back as it was filled in, with the reason over it."""

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except CurationError as refusal:
            request.refused = str(refusal)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refused = getattr(request, "refused", "")  # type: ignore[attr-defined]
        return form


def on_each(request: HttpRequest, rows: QuerySet[Any], verb: Callable[[Any], Any]) -> None:
    """Do the verb to each row; refusals are shown in their own words, and how many went through."""
    done = 0
    for row in rows:
        try:
            verb(row)
            done += 1
        except CurationError as refusal:
            messages.error(request, str(refusal))
    if done:
        messages.success(request, ngettext("%(count)d row done.", "%(count)d rows done.", done) % {"count": done})


def editor(request: HttpRequest) -> User:
    """Who is signed in: the admin lets nobody else in."""
    return cast(User, request.user)
