"""What editors write themselves: titles, summaries, the shape on the map; and how two of them never lose each other's words."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from history.clashes import state_seen, wished
from incidents.models import Comment, Event
from incidents.taxonomy import TimeOfDay

from .guard import EDIT, CurationError, hold_to, locked, refresh, still_there, touch, verb

EDITABLE = ("title_ar", "title_en", "summary_ar", "summary_en", "time_of_day", "extent")


@verb()
def edit(*, event: Event, changes: dict[str, Any], by: User, reason: str, seen: int | None = None) -> Event:
    """Write the fields in `changes`. `seen` is the revision they were read from: what somebody else changed since stays, and where both
    changed one field to different values nothing is written and `Clashing` has all three values."""
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise CurationError(
            _("%(fields)s: not written by hand, but chosen from claims or moved by a verb.") % {"fields": ", ".join(sorted(unknown))}
        )
    if changes.get("time_of_day") and changes["time_of_day"] not in TimeOfDay.values:
        raise CurationError(_("A time of day is one of %(choices)s.") % {"choices": ", ".join(TimeOfDay.values)})
    event = still_there(locked(event))
    if seen is not None:
        changes = wished(changes, state_seen(event, seen))
        hold_to(event, seen, **changes)
    for field, value in changes.items():
        setattr(event, field, value)
    if changes.keys() & {"title_ar", "title_en"}:
        event.title_is_edited = bool(event.title_ar or event.title_en)
    if not changes:
        return event
    touch(event)  # before the write: the version an editor read must never be seen with another's words in it
    event.save(update_fields=[*changes, "title_is_edited"])
    return refresh(event)


@verb(why=gettext_noop("Assigned."))
def assign(*, event: Event, to: User | None, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Say whose work the event is now; nobody's with None. Not a change of the record: an approval stands."""
    if to and not (to.is_active and to.has_perm(EDIT)):
        raise CurationError(_("%(name)s is no editor: give it to somebody who is.") % {"name": to})
    event = locked(event)
    hold_to(event, seen, assigned_to_id=to.pk if to else None)
    Event.objects.filter(pk=event.pk).update(assigned_to=to)
    return Event.objects.get(pk=event.pk)


@verb("incidents.view_event", why=gettext_noop("A comment."))
def comment(*, event: Event, text: str, by: User, field: str = "", reason: str = "") -> Comment:
    """Remark on an event or one of its fields, for the other editors."""
    if not text.strip():
        raise CurationError(_("The comment is empty."))
    if field not in Comment.Field.values:
        raise CurationError(_("“%(field)s” is no field one can comment on.") % {"field": field})
    return Comment.objects.create(event=event, field=field, text=text.strip(), by=by)


@verb(why=gettext_noop("A comment was settled."))
def settle_comment(*, comment: Comment, by: User, reason: str = "") -> Comment:
    """Mark a remark as dealt with."""
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if comment.settled_at:
        raise CurationError(_("It was settled already, by %(name)s.") % {"name": comment.settled_by})
    comment.settled_by, comment.settled_at = by, timezone.now()
    comment.save(update_fields=["settled_by", "settled_at"])
    return comment
