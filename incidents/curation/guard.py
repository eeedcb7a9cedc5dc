"""The one gate every verb goes through: may this person, under which lock, kept in the history for which reason."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from history.context import because
from incidents import headline
from incidents.models import Event

from .clashes import Clash

EDIT = "incidents.change_event"
APPROVE = "incidents.approve_event"

P = ParamSpec("P")
R = TypeVar("R")


class CurationError(Exception):
    """What was asked cannot be done; the message says why, and what can be done instead."""


class NotAllowed(CurationError):
    """Whoever asks may not do this."""


class Stale(CurationError):
    """Somebody else changed the same fields since the editor read them; `clashes` has the three values of each."""

    def __init__(self, event: Event, clashes: list[Clash]) -> None:
        self.event, self.clashes = event, clashes
        fields = _(", ").join(str(event._meta.get_field(clash.field).verbose_name) for clash in clashes)
        message = _("%(code)s was changed by somebody else since you opened it, in what you changed too: %(fields)s.")
        super().__init__(message % {"code": event.code, "fields": fields})


def may(by: Any, permission: str) -> None:
    """Refuse whoever lacks the permission. Every verb comes through here, whichever surface calls it."""
    if isinstance(by, AnonymousUser) or not by or not by.is_active:
        raise NotAllowed(_("Sign in first: every change is somebody's."))
    if not by.has_perm(permission):
        raise NotAllowed(_("Only reviewers do this.") if permission == APPROVE else _("Only editors do this."))


def verb(permission: str = EDIT, *, why: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb: guarded by the permission, one transaction, in the history by its name, `by` and `reason`.

    A verb without `why` needs a reason from its caller.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            may(kwargs["by"], permission)
            reason = str(kwargs.get("reason") or "").strip() or why
            if not reason:
                raise CurationError(_("Say why: every change keeps its reason."))
            with because(by=kwargs["by"], verb=function.__name__, reason=reason), transaction.atomic():
                return function(*args, **kwargs)

        return run

    return wrap


def locked(event: Event) -> Event:
    """The event as it is now, held until the transaction ends. Rows that point to it may still be written by others."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


def both_locked(first: Event, second: Event) -> tuple[Event, Event]:
    """Two events, always locked in the same order: two editors who merge a pair from both ends never wait for each other."""
    if first.pk == second.pk:
        raise CurationError(_("%(code)s is one event already.") % {"code": first.code})
    rows = {event.pk: event for event in (locked(e) for e in sorted((first, second), key=lambda e: e.pk))}
    return rows[first.pk], rows[second.pk]


def still_there(event: Event) -> Event:
    """Refuse an event that was set aside: nothing is added to it."""
    if event.status == Event.Status.MERGED:
        raise CurationError(
            _("%(code)s became part of %(other)s: choose that event.") % {"code": event.code, "other": event.merged_into.code}
        )
    if event.status == Event.Status.REJECTED:
        raise CurationError(_("%(code)s was rejected: reopen it first, or choose another event.") % {"code": event.code})
    return event


def touch(event: Event) -> None:
    """Move the version on; a change after approval goes back to a reviewer."""
    changed: dict[str, Any] = {"version": F("version") + 1, "modified_at": timezone.now()}
    if event.status in (Event.Status.APPROVED, Event.Status.PUBLISHED):
        changed["changed_since_approval"] = True
    Event.objects.filter(pk=event.pk).update(**changed)


def refresh(event: Event) -> Event:
    """Work out the headline columns, counts and grade of an event again from its claims and its editors' choices."""
    return headline.rebuild(Event.objects.get(pk=event.pk))


def touched(event: Event) -> Event:
    """Touch and refresh: how most verbs end."""
    touch(event)
    return refresh(event)
