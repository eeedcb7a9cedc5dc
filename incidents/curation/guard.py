"""The one gate every verb goes through: may this person, under which lock, kept in the history for which reason."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from history.clashes import Clash, change_since, clashes_since
from history.context import because
from history.sentences import sentence as _
from history.words import Values, label
from incidents import headline
from incidents.models import Event

EDIT = "incidents.change_event"
APPROVE = "incidents.approve_event"

P = ParamSpec("P")
R = TypeVar("R")


class CurationError(Exception):
    """What was asked cannot be done; the message says why, and what can be done instead."""


class NotAllowed(CurationError):
    """Whoever asks may not do this."""


class Stale(CurationError):
    """Somebody else changed what the editor decides on, since it was read."""


class Clashing(Stale):
    """Somebody else set the same columns to other values; `clashes` has the three values of each."""

    def __init__(self, row: models.Model, clashes: list[Clash], seen: int) -> None:
        self.clashes = clashes
        model = type(row)
        theirs = {clash.field: clash.theirs for clash in clashes}
        values = Values([(model, theirs)])
        told = [f"{label(model, column)}: {values.said(model, column, value) or '–'}" for column, value in theirs.items()]
        words = {"name": _who_changed(row, seen, tuple(theirs)), "values": _(", ").join(told)}
        super().__init__(_("%(name)s changed this since you opened it (%(values)s).") % words)


def _who_changed(row: models.Model, seen: int, columns: tuple[str, ...]) -> str:
    found = change_since(row, seen, columns)
    return str(found.change.by) if found and found.change.by else _("Somebody")


def hold_to(row: models.Model, seen: int | None, **mine: Any) -> None:
    """Refuse to set these columns on a row, which is locked, where others set them otherwise since its revision `seen`. None: whoever
    calls has read nothing that this could overwrite, or compared by a rule of its own, as the API does."""
    if seen is not None and (clashing := clashes_since(row, seen, mine)):
        raise Clashing(row, clashing, seen)


def news_of(row: models.Model, seen: int, *columns: str) -> str:
    """What to tell whoever read the row's revision `seen` where one of these columns, by which a change of it shows, moved since."""
    if not change_since(row, seen, columns):
        return ""
    words = {"name": _who_changed(row, seen, columns)}
    return _("%(name)s changed this since you opened it: read it as it stands now, then decide.") % words


def as_read(row: models.Model, seen: int | None, *columns: str) -> None:
    """Refuse what is decided on the row as a whole where one of these columns moved since its revision `seen`."""
    if seen is not None and (news := news_of(row, seen, *columns)):
        raise Stale(news)


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
