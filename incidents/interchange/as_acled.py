"""Events in the columns of ACLED's export. Codes: the ACLED codebook.

Left out: what has no day within a month, what did not happen, and what ACLED has no home for (statements and requests).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from entities.models import Actor, Side
from incidents.columns import number_of
from incidents.interchange.facts import CAPITAL, COUNTRY, Facts, english, is_civilian
from incidents.taxonomy import DatePrecision, Kind, Party, TimeOfDay

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
# Of our own, behind ACLED's: whoever reads by the names of the columns passes them over.
OURS = ("isnad_code", "isnad_url", "isnad_origins", "isnad_grade", "ged_date_prec", "ged_where_prec")
ISO = 368
# Governorates as OCHA spells them, which ACLED follows.
ADMIN1 = {
    "IQG01": "Al Anbar", "IQG02": "Al Basrah", "IQG03": "Al Muthanna", "IQG04": "Al Najaf", "IQG05": "Al Qadissiya",
    "IQG06": "Al Sulaymaniyah", "IQG07": "Babil", "IQG08": "Baghdad", "IQG09": "Duhok", "IQG10": "Diyala", "IQG11": "Erbil",
    "IQG12": "Kerbala", "IQG13": "Kirkuk", "IQG14": "Maysan", "IQG15": "Ninewa", "IQG16": "Salah Al Din", "IQG17": "Thi Qar",
    "IQG18": "Wassit",
}  # fmt: skip
_INTER = {
    Actor.Kind.STATE_MILITARY: 1, Actor.Kind.REGIONAL_MILITARY: 1, Actor.Kind.POLICE: 1, Actor.Kind.PARAMILITARY_STATE: 1,
    Actor.Kind.EXECUTIVE_OFFICE: 1, Actor.Kind.MINISTRY: 1, Actor.Kind.REBEL_TERRORIST: 2, Actor.Kind.UNIDENTIFIED: 3,
    Actor.Kind.TRIBAL: 4, Actor.Kind.CIVILIANS: 7, Actor.Kind.FOREIGN_MILITARY: 8, Actor.Kind.COALITION: 8,
}  # fmt: skip
UNIDENTIFIED, CIVILIANS = ("Unidentified Armed Group (Iraq)", 3), ("Civilians (Iraq)", 7)
# What stands at the head of the notes of a strategic development.
LABELS = {
    **dict.fromkeys(["meeting", "visit", "conference", "call"], "Non-violent activity"),
    **dict.fromkeys(["joint_operation", "redeployment", "security_operation"], "Movement of forces"),
    "joint_patrol": "Security measures", "training": "Training", "joint_force": "Change to armed group",
    "arson_destruction": "Property destruction",
}  # fmt: skip
_ONE_SIDED = ("Violence against civilians", "Explosions/Remote violence")
_GEO = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}
_TIME = {DatePrecision.DAY: 1, DatePrecision.DAYS: 2, DatePrecision.WEEK: 2, DatePrecision.MONTH: 3}


def row(facts: Facts) -> dict[str, Any] | None:
    """The event's row; None where ACLED's columns cannot hold it."""
    event, (kind, sub) = facts.event, facts.type.acled
    if not kind or not facts.has_happened or not event.date_start or not event.date_end or event.date_prec not in _TIME:
        return None
    day = event.date_start + (event.date_end - event.date_start) // 2
    first, second = _sides(facts, is_one_sided=kind in _ONE_SIDED)
    lon, lat = facts.point(CAPITAL)
    governorate = facts.above.get("governorate")
    return {
        "event_id_cnty": f"ISN{number_of(event.code)}",
        "event_date": day.isoformat(), "year": day.year, "time_precision": _time_precision(facts),
        "disorder_type": "Strategic developments" if kind == "Strategic developments" else "Political violence",
        "event_type": kind, "sub_event_type": sub,
        "actor1": _name(first), "assoc_actor_1": _others(first), "inter1": _inter(first),
        "actor2": _name(second), "assoc_actor_2": _others(second), "inter2": _inter(second),
        "interaction": _interaction(first, second),
        "civilian_targeting": "Civilian targeting" if second and second[0][1] == CIVILIANS[1] else "",
        "iso": ISO, "region": "Middle East", "country": COUNTRY,
        "admin1": ADMIN1.get(governorate.pcode, english(governorate)) if governorate else "",
        "admin2": english(facts.above["district"]) if "district" in facts.above else "",
        "admin3": english(facts.above["subdistrict"]) if "subdistrict" in facts.above else "",
        "location": english(event.place) if event.place else COUNTRY,
        "latitude": round(lat, 4), "longitude": round(lon, 4), "geo_precision": _GEO[facts.where_prec],
        "source": "; ".join(facts.outlets),
        "source_scale": "-".join(sorted({a.outlet.reach.capitalize() for a in facts.articles if a.outlet and a.outlet.reach})),
        "notes": _notes(facts), "fatalities": event.deaths_low or 0, "tags": "", "timestamp": int(event.modified_at.timestamp()),
        "isnad_code": event.code, "isnad_url": facts.address, "isnad_origins": event.origin_count, "isnad_grade": event.grade,
        "ged_date_prec": event.date_prec, "ged_where_prec": facts.where_prec,
    }  # fmt: skip


def _time_precision(facts: Facts) -> int:
    """One night is a day to ACLED."""
    event = facts.event
    is_one_night = event.time_of_day == TimeOfDay.NIGHT and event.date_end == (event.date_start or date.min) + timedelta(days=1)
    return 1 if is_one_night else _TIME[DatePrecision(event.date_prec or 1)]


def _sides(facts: Facts, *, is_one_sided: bool) -> tuple[list[tuple[str, int | None]], list[tuple[str, int | None]]]:
    """The (name, inter) of each side. Those who cooperate stand on one: on two they would read as a fight between them."""
    first, second = ([_coded(actor) for actor in side] for side in facts.sides)
    if facts.event.kind == Kind.COORDINATION:
        return first, second
    if not second and (Party.CIVILIAN in facts.killed or facts.type.acled[0] == "Violence against civilians"):
        second = [CIVILIANS]
    if not first and (second or is_one_sided):
        first = [UNIDENTIFIED]
    return first, second


def _coded(actor: Actor) -> tuple[str, int | None]:
    if is_civilian(actor) and not actor.acled_name:
        return CIVILIANS
    inter = actor.acled_inter or _INTER.get(Actor.Kind(actor.kind)) or (1 if actor.side in (Side.IRAQ, Side.KURDISTAN) else None)
    return actor.acled_name or english(actor), inter


def _name(side: Sequence[tuple[str, int | None]]) -> str:
    return side[0][0] if side else ""


def _others(side: Sequence[tuple[str, int | None]]) -> str:
    return "; ".join(dict.fromkeys(name for name, _inter in side[1:] if name != side[0][0]))


def _inter(side: Sequence[tuple[str, int | None]]) -> int | str:
    """As a digit: its words differ from year to year of ACLED."""
    return (side[0][1] or "") if side else ""


def _interaction(first: Sequence[tuple[str, int | None]], second: Sequence[tuple[str, int | None]]) -> str:
    """Both digits, the smaller first; of one side alone its own and a 0. Empty where a side has no digit."""
    digits = [side[0][1] for side in (first, second) if side]
    if not digits or None in digits:
        return ""
    return f"{digits[0]}0" if len(digits) == 1 else "".join(str(digit) for digit in sorted(digit or 0 for digit in digits))


def _notes(facts: Facts) -> str:
    """A sentence for who knows only this row, after ACLED's own habit."""
    event, first, last = facts.event, facts.event.date_start or date.min, facts.event.date_end or date.min
    days = f"On {_day(first)}" if first == last else f"Between {_day(first)} and {_day(last)}"
    label = f"{LABELS[event.type]}: " if event.type in LABELS else ""
    with_toll = "".join(f", {n} {harm}" for n, harm in ((event.deaths_best, "killed"), (event.injured_best, "wounded")) if n)
    with_english_label = event.title_en or f"{facts.type.slug.replace('_', ' ')} in {english(event.place) if event.place else COUNTRY}"
    coded_to = " Known to the country alone: coded to its capital." if facts.where_prec == 6 else ""
    return f"{label}{days}: {with_english_label}{with_toll} (as reported). Origins: {event.origin_count}.{coded_to}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
