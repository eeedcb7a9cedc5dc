"""Draft, review, approval, publication: a second person vouches for what the public sees.

`seen` is the revision of the event that was read: a step holds for that, and not for what somebody changed since.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from history.models import Change
from history.sentences import sentence as _
from incidents.models import Event

from .guard import APPROVE, CurationError, as_read, locked, verb

# What moves an event or judges a proposal does not write the record: whoever did only that may still approve.
_NO_WRITING = (
    "submit",
    "approve",
    "publish",
    "withdraw",
    "reject",
    "reopen",
    "assign",
    "comment",
    "settle_comment",
    "judge_link",
    "judge_reuse",
)


@verb(why=gettext_noop("Handed to the reviewers."))
def submit(*, event: Event, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Hand a draft to the reviewers."""
    return _move(event, seen, {Event.Status.DRAFT}, Event.Status.IN_REVIEW)


@verb(APPROVE, why=gettext_noop("Vouched for."))
def approve(*, event: Event, by: User, reason: str = "", seen: int | None = None) -> Event:
    """A second person vouches for the record; also after a change to an approved or published event."""
    event = locked(event)
    as_read(event, seen, "version")
    if event.created_by_id == by.pk:
        raise CurationError(_("You made this record: a second person has to approve it."))
    if has_written(event, by):
        raise CurationError(_("You changed this record since it was last approved: a second person has to approve it."))
    if event.status == Event.Status.PUBLISHED and event.changed_since_approval:
        to = Event.Status.PUBLISHED
    elif event.status == Event.Status.IN_REVIEW or (event.status == Event.Status.APPROVED and event.changed_since_approval):
        to = Event.Status.APPROVED
    else:
        raise CurationError(
            _("%(code)s is “%(status)s”: only what is in review, or changed since, is approved.")
            % {"code": event.code, "status": event.get_status_display()}
        )
    if not event.claims.live().exists():
        raise CurationError(_("%(code)s has no claim that counts: there is nothing to vouch for.") % {"code": event.code})
    return _move(event, seen, {event.status}, to, approved_by=by, approved_at=timezone.now(), changed_since_approval=False)


def has_written(event: Event, by: User) -> bool:
    """Whether this person changed what the record says since it was last approved."""
    changes = Change.objects.filter(revisions__events__contains=[event.pk])
    last = changes.filter(verb="approve").order_by("-at").values_list("at", flat=True).first()
    return changes.filter(by=by, **({"at__gt": last} if last else {})).exclude(verb__in=_NO_WRITING).exists()


@verb(APPROVE, why=gettext_noop("Shown to everybody."))
def publish(*, event: Event, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Show an approved event to everybody."""
    event = locked(event)
    if event.changed_since_approval:
        raise CurationError(_("%(code)s was changed since it was approved: approve it again first.") % {"code": event.code})
    return _move(event, seen, {Event.Status.APPROVED}, Event.Status.PUBLISHED, published_at=event.published_at or timezone.now())


@verb(APPROVE, why=gettext_noop("Taken back to review."))
def withdraw(*, event: Event, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Take an event back from the public, to review."""
    columns = {"approved_by": None, "approved_at": None, "changed_since_approval": False}
    return _move(event, seen, {Event.Status.PUBLISHED, Event.Status.APPROVED}, Event.Status.IN_REVIEW, **columns)


@verb(why=gettext_noop("Set aside."))
def reject(*, event: Event, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Set an event aside; it keeps its code and its claims."""
    return _move(event, seen, {Event.Status.DRAFT, Event.Status.IN_REVIEW}, Event.Status.REJECTED)


@verb(why=gettext_noop("Taken up again."))
def reopen(*, event: Event, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Make a draft of a rejected event, or of one in review that needs more work."""
    return _move(event, seen, {Event.Status.REJECTED, Event.Status.IN_REVIEW}, Event.Status.DRAFT)


def _move(event: Event, seen: int | None, allowed: set[str], to: str, **columns: Any) -> Event:
    event = locked(event)
    as_read(event, seen, "version")
    if event.status not in allowed:
        raise CurationError(
            _("%(code)s is “%(status)s”: it cannot become “%(to)s”.")
            % {"code": event.code, "status": event.get_status_display(), "to": Event.Status(to).label}
        )
    Event.objects.filter(pk=event.pk).update(status=to, version=F("version") + 1, modified_at=timezone.now(), **columns)
    return Event.objects.get(pk=event.pk)
