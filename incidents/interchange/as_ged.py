"""Incidents in the columns of UCDP's Georeferenced Event Dataset. Codes and rules: the GED codebook.

Left out, as GED leaves them out: coordination, what did not happen, what has no day, and what nobody is said to have died in.
"""

from math import floor
from typing import Any

from entities.models import Actor, Side
from incidents.columns import number_of
from incidents.interchange.facts import COUNTRY, MIDDLE, Facts, english, is_civilian, is_state
from incidents.interchange.ged import NON_STATE, ONE_SIDED, STATE_BASED
from incidents.taxonomy import DatePrecision, Kind, Party
from sources.models import Article

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name",
    "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original",
    "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid",
    "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
OURS = ("isnad_code", "isnad_url", "isnad_origins", "isnad_grade")
COUNTRY_ID = 645
Named = tuple[str, int | None]
GOVERNMENT: Named = ("Government of Iraq", 116)
ISLAMIC_STATE: Named = ("IS", 234)
CIVILIANS: Named = ("Civilians", 1)
UNKNOWN: Named = ("Unidentified", None)
# (type of violence, side A, side B) → (conflict id, conflict name, dyad id).
CONFLICTS: dict[tuple[int, Named, Named], tuple[int | str, str, int | str]] = {
    (STATE_BASED, GOVERNMENT, ISLAMIC_STATE): (259, "Iraq: Government", 524),
    (ONE_SIDED, ISLAMIC_STATE, CIVILIANS): (506, "IS - Civilians", 973),
    (ONE_SIDED, GOVERNMENT, CIVILIANS): (481, "Government of Iraq - Civilians", 948),
}
ADM1 = {
    "IQG01": "Al Anbār province", "IQG02": "Al Başrah province", "IQG03": "Al Muthanná province", "IQG04": "An Najaf province",
    "IQG05": "Al Qādisīyah province", "IQG06": "As Sulaymānīyah province", "IQG07": "Bābil province", "IQG08": "Baghdād province",
    "IQG09": "Dahūk province", "IQG10": "Diyālá province", "IQG11": "Arbīl province", "IQG12": "Karbalā’ province",
    "IQG13": "Kirkūk province", "IQG14": "Maysān province", "IQG15": "Nīnawá province", "IQG16": "Şalāḩ ad Dīn province",
    "IQG17": "Dhī Qār province", "IQG18": "Wāsiţ province",
}  # fmt: skip
# Whose dead are a side's.
PARTIES: dict[Named, set[str]] = {
    GOVERNMENT: {
        Party.PESHMERGA, Party.IRAQI_ARMY, Party.FEDERAL_POLICE, Party.POLICE, Party.CTS, Party.PMF, Party.TRIBAL, Party.ISF,
        Party.COALITION,
    },
    ISLAMIC_STATE: {Party.ISIS},
}  # fmt: skip


def row(facts: Facts) -> dict[str, Any] | None:
    """The event's row; None where it is none of GED's."""
    event = facts.event
    is_deadly = max(event.deaths_low or 0, event.deaths_best or 0, event.deaths_high or 0) > 0
    if event.kind == Kind.COORDINATION or not facts.has_happened or not is_deadly or not event.date_start or not event.date_end:
        return None
    violence, side_a, side_b, is_sure = _dyad(facts)
    conflict, name, dyad = CONFLICTS.get((violence, side_a, side_b), ("", f"{side_a[0]} - {side_b[0]}", ""))
    deaths = _deaths(facts, side_a, side_b)
    best = sum(deaths.values())
    lon, lat = facts.point(MIDDLE)
    governorate, district = facts.above.get("governorate"), facts.above.get("district")
    name_of_place = english(event.place) if event.place else COUNTRY
    return {
        "id": number_of(event.code), "relid": f"ISN-IRQ-{event.date_start.year}-{violence}-{number_of(event.code)}",
        "year": event.date_start.year, "active_year": 1, "code_status": "Clear" if is_sure else "Check type_of_violence",
        "type_of_violence": violence, "conflict_dset_id": conflict, "conflict_new_id": conflict, "conflict_name": name,
        "dyad_dset_id": dyad, "dyad_new_id": dyad, "dyad_name": f"{side_a[0]} - {side_b[0]}",
        **{f"side_{end}{part}": value for end, side in (("a", side_a), ("b", side_b))
           for part, value in (("_dset_id", side[1] or ""), ("_new_id", side[1] or ""), ("", side[0]))},
        **_sources(facts),
        "where_prec": facts.where_prec, "where_coordinates": name_of_place,
        "where_description": "; ".join(dict.fromkeys(claim.place_text for claim in facts.claims if claim.place_text)),
        "adm_1": ADM1.get(governorate.pcode, f"{english(governorate)} province") if governorate else "",
        "adm_2": f"{english(district)} district" if district else "",
        "latitude": round(lat, 6), "longitude": round(lon, 6),
        "geom_wkt": f"POINT ({lon:.6f} {lat:.6f})", "priogrid_gid": priogrid(lon, lat),
        "country": COUNTRY, "country_id": COUNTRY_ID, "region": "Middle East", "event_clarity": 1,
        "date_prec": int(DatePrecision.of(event.date_start, event.date_end)),
        "date_start": f"{event.date_start} 00:00:00.000", "date_end": f"{event.date_end} 00:00:00.000",
        **deaths, "best": best, "high": max(event.deaths_high or 0, best), "low": min(event.deaths_low or 0, best),
        "gwnoa": COUNTRY_ID if side_a == GOVERNMENT else "", "gwnob": COUNTRY_ID if side_b == GOVERNMENT else "",
        "isnad_code": event.code, "isnad_url": facts.address, "isnad_origins": event.origin_count, "isnad_grade": event.grade,
    }  # fmt: skip


def priogrid(lon: float, lat: float) -> int:
    """The cell of half a degree of the PRIO-GRID, counted from the south-west."""
    return floor((lat + 90) * 2) * 720 + floor((lon + 180) * 2) + 1


def _dyad(facts: Facts) -> tuple[int, Named, Named, bool]:
    """(type of violence, side A, side B, whether that is sure): a government is always A; one-sided violence is against civilians alone."""
    first, second = facts.sides
    armed = [actor for actor in second if not is_civilian(actor)]
    dead = {party for party in facts.killed if party != Party.UNKNOWN}
    if not armed and (second or dead == {Party.CIVILIAN} or (not dead and facts.event.type == "killing")):
        return ONE_SIDED, _named(first), CIVILIANS, True
    ours, theirs = _named(first), _named(armed)
    # Whom they fought is known by whose dead there are.
    if theirs == UNKNOWN:
        theirs = next((side for side in (GOVERNMENT, ISLAMIC_STATE) if side != ours and dead & PARTIES[side]), UNKNOWN)
    if ours == UNKNOWN:
        ours = next((side for side in (GOVERNMENT, ISLAMIC_STATE) if side != theirs and dead & PARTIES[side]), UNKNOWN)
    is_sure = UNKNOWN not in (ours, theirs)
    if theirs == GOVERNMENT:
        ours, theirs = theirs, ours
    is_states = ours == GOVERNMENT or any(is_state(actor) for actor in (*first, *armed))
    return (STATE_BASED if is_states or not is_sure else NON_STATE), ours, theirs, is_sure


def _named(side: list[Actor]) -> Named:
    """The name and UCDP's number of its main actor; all forces of Iraq and its Kurdistan Region are the government's, also tribal ones."""
    if not side:
        return UNKNOWN
    if any((is_state(actor) or actor.kind == Actor.Kind.TRIBAL) and actor.side in (Side.IRAQ, Side.KURDISTAN) for actor in side):
        return GOVERNMENT
    main = side[0]
    return ISLAMIC_STATE if main.ucdp_id == ISLAMIC_STATE[1] else (english(main), main.ucdp_id)


def _deaths(facts: Facts, side_a: Named, side_b: Named) -> dict[str, int]:
    """Dead by side, together the best figure."""
    found = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0, "deaths_unknown": 0}
    for party, n in facts.killed.items():
        column = next(
            (end for end, side in (("deaths_a", side_a), ("deaths_b", side_b)) if party in PARTIES.get(side, ())), "deaths_unknown"
        )
        found["deaths_civilians" if party == Party.CIVILIAN else column] += n
    return found


def _sources(facts: Facts) -> dict[str, Any]:
    """Parallel lists: an article's outlet, day and headline stand at the same place of each."""
    listed = [(_outlet(article), str(article.published_on or ""), article.title.replace('"', "'")) for article in facts.articles]
    offices, days, titles = (";".join(parts) for parts in zip(*listed, strict=True)) if listed else ("", "", "")
    return {
        "number_of_sources": len(listed),
        "source_article": ";".join(f'"{",".join(parts)}"' for parts in listed),
        "source_office": offices, "source_date": days, "source_headline": titles, "source_original": "; ".join(facts.speakers),
    }  # fmt: skip


def _outlet(article: Article) -> str:
    return (article.outlet.name_en or article.outlet.name_ar) if article.outlet else ""
