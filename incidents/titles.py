"""A plain title for an event that no editor has titled: what, where, or between whom."""

from django.utils.translation import override

from incidents.models import Claim, Event
from incidents.taxonomy import BY_SLUG, Kind

PARTY = "PTY"  # PLOVER's code of a political party
_LEADING = ("host", "chair", "participant", "visitor", "delegation_head", "caller", "signatory")


def title_of(event: Event, claims: list[Claim], language: str) -> str:
    """`Armed attack in Khidir Jija (Makhmour)`, `Meeting: Joint Operations Command, Peshmerga`; the bare type where nothing is known."""
    with override(language):
        label = str(BY_SLUG[event.type].label)
        where = _where(event, language)
        if event.kind == Kind.COORDINATION:
            who = _who(claims, language)
            if who:
                return f"{label}: {who}"[:300]
        if where:
            return (f"{label} in {where}" if language == "en" else f"{label} في {where}")[:300]
        return label


def _name(row: object, language: str) -> str:
    return (getattr(row, f"name_{language}", "") or getattr(row, "name_ar", "")).strip()


def _where(event: Event, language: str) -> str:
    if not event.place:
        return ""
    name = _name(event.place, language)
    district = next((p for p in event.place.ancestors() if p.level == "district"), None)
    return f"{name} ({_name(district, language)})" if district and _name(district, language) != name else name


def _who(claims: list[Claim], language: str) -> str:
    """Two bodies or persons of different sides, leading roles first; a party only where nobody else of its side is named, since it is
    mostly in the title of whoever spoke."""
    rows = [c for c in claims if c.actor and c.role in _LEADING]
    rows.sort(key=lambda c: (c.actor.plover_code == PARTY, _LEADING.index(c.role), c.pk))
    names: list[str] = []
    sides: set[str] = set()
    for claim in rows:
        name = _name(claim.actor, language)
        if name and name not in names and (claim.actor.side not in sides or not claim.actor.side):
            names.append(name)
            sides.add(claim.actor.side)
    return ("، " if language == "ar" else ", ").join(names[:2])
