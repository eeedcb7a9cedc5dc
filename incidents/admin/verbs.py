"""Calling the verbs from the admin's actions, one row at a time, so that one refusal keeps nobody else back."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from incidents.curation import CurationError


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
