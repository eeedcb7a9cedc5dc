"""An editor's choice against the rules: always with a reason, always reversible."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from history.sentences import sentence as _
from incidents import headline
from incidents.models import Claim, Event, Resolution
from incidents.taxonomy import Grade

from .guard import CurationError, hold_to, locked, refresh, still_there, touch, touched, verb


@verb()
def resolve(
    *,
    event: Event,
    attribute: str,
    claims: list[Claim],
    by: User,
    reason: str,
    value: dict[str, Any] | None = None,
    seen: int | None = None,
) -> Resolution:
    """An editor chooses the headline value of one attribute from these claims, with a reason. The other claims stay beside it.

    `value` sets columns of the attribute by hand (a point more exact than any claim's); claims may then be none.
    `seen` is the revision the editor read: raises `Clashing` where somebody chose otherwise since.
    """
    if attribute not in Resolution.Attribute.values:
        raise CurationError(_("“%(attribute)s” has no headline value.") % {"attribute": attribute})
    if any(claim.event_id != event.pk or not claim.is_live for claim in claims) or not (claims or value):
        raise CurationError(_("Choose from the live claims of this event."))
    usable = headline.relevant(attribute, claims)
    if claims and len(usable) < len(claims):
        raise CurationError(
            _("Not every claim chosen gives a value for “%(attribute)s”.") % {"attribute": Resolution.Attribute(attribute).label}
        )
    event = still_there(locked(event))
    columns = headline.value_of(attribute, claims) if claims else {}
    try:
        columns |= headline.checked_value(attribute, value or {}, columns)
    except ValueError as error:
        raise CurationError(str(error)) from error
    hold_to(event, seen, **headline.as_kept(columns))
    resolution = headline.store(event, attribute, columns, claims=claims, method=Resolution.Method.EDITOR, by=by, reason=reason)
    touched(event)
    return resolution


@verb(why=gettext_noop("Given back to the rules."))
def unresolve(*, event: Event, attribute: str, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Give an attribute back to the rules."""
    event = locked(event)
    hold_to(event, seen, **dict.fromkeys(headline.COLUMNS[attribute]))
    Resolution.objects.filter(event=event, attribute=attribute, method="editor", is_current=True).update(is_current=False)
    return touched(event)


@verb(why=gettext_noop("The grade was given back to the rule."))
def override_grade(*, event: Event, grade: str, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Set the grade against the rule, with a reason; `grade=''` gives it back to the rule."""
    event = still_there(locked(event))
    if grade and (grade not in Grade.values or not reason.strip()):
        raise CurationError(_("A grade set by hand needs one of the grades and a reason."))
    hold_to(event, seen, grade_is_overridden=bool(grade), **({"grade": grade} if grade else {}))
    event.grade_is_overridden = bool(grade)
    if grade:
        event.grade, event.grade_reason = grade, reason
    touch(event)
    event.save(update_fields=["grade_is_overridden", "grade", "grade_reason"])
    return refresh(event)
