"""A plain title for an event that no editor has titled: what, where, or between whom."""

from django.utils.translation import override

from entities.models import Place
from incidents.models import Claim, Event
from incidents.taxonomy import BY_SLUG, Kind

PARTY = "PTY"  # PLOVER's code of a political party
_LEADING = ("host", "chair", "participant", "visitor", "delegation_head", "caller", "signatory")


def titles_of(event: Event, claims: list[Claim]) -> tuple[str, str]:
    """In Arabic and English: `Armed attack in Khidir Jija (Makhmour)`, `Meeting: Joint Operations Command, Peshmerga`; the bare type
    where nothing is known."""
    district = next((place for place in event.place.ancestors() if place.level == "district"), None) if event.place else None
    return _title(event, claims, district, "ar"), _title(event, claims, district, "en")


def _title(event: Event, claims: list[Claim], district: Place | None, language: str) -> str:
    with override(language):
        label = str(BY_SLUG[event.type].label)
        if event.kind == Kind.COORDINATION and (who := _who(claims, language)):
            return f"{label}: {who}"[:300]
        if event.place:
            where = _where(event.place, district, language)
            return (f"{label} in {where}" if language == "en" else f"{label} في {where}")[:300]
        return label


def _name(row: object, language: str) -> str:
    return (getattr(row, f"name_{language}", "") or getattr(row, "name_ar", "")).strip()


def _where(place: Place, district: Place | None, language: str) -> str:
    name = _name(place, language)
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
