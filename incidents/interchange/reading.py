"""What one row of a foreign table says, before any name in it is looked up: the values, each with the column it stands in."""

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from history.sentences import sentence as _
from incidents.models import Claim

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?$", re.ASCII)
_WHOLE = re.compile(r"\d{1,12}(?:\.0+)?$", re.ASCII)
EARLIEST = date(1900, 1, 1)
MOST = 100_000_000  # people, or the number of an actor
LAST_SECOND = 4_102_444_800  # of the year 2099, as computers count


@dataclass(frozen=True)
class Days:
    """From the first to the last day, with GED's date_prec; `columns`: where they stand."""

    first: date
    last: date
    precision: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Where:
    """A place by its names, from the smallest to the governorate, with the point the row gives (degrees) and GED's where_prec."""

    column: str
    name: str
    district: str = ""
    governorate: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: int | None = None


@dataclass(frozen=True)
class Who:
    """An actor by name and, where the row has it, by UCDP's number."""

    column: str
    name: str
    role: str
    ucdp_id: int | None = None


@dataclass(frozen=True)
class Toll:
    """So many of a party came to a harm."""

    column: str
    harm: str
    party: str
    low: int | None
    high: int | None
    quantifier: str = "exact"


@dataclass
class Reading:
    """One row read. `problems` are (column, reason) pairs, for which it is refused; `left_out`, one such pair, says why it
    is none of this record's; `flags` warn of what is odd and is taken as it is."""

    key: str = ""
    title: str = ""
    type: str = ""
    type_column: str = ""
    days: Days | None = None
    where: Where | None = None
    actors: list[Who] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    weapon_column: str = ""
    quoted: list[str] = field(default_factory=list)
    published_on: date | None = None
    url: str = ""
    left_out: tuple[str, str] | None = None
    flags: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


class Cells:
    """The cells of a row by their columns' names in any case. What cannot be read is kept as a problem, and reads as None."""

    def __init__(self, cells: dict[str, str]) -> None:
        self._cells = {name.casefold(): (name, value) for name, value in cells.items()}
        self.problems: list[tuple[str, str]] = []

    def text(self, column: str, *, is_needed: bool = False, most: int = 300) -> str:
        value = self._cells.get(column.casefold(), (column, ""))[1]
        if is_needed and not value:
            self.refuse(column, _("is empty"))
        if len(value) > most:
            self.refuse(column, _("has more than %(n)d characters") % {"n": most})
        return value

    def refuse(self, column: str, reason: str) -> None:
        if (column, reason) not in self.problems:
            self.problems.append((column, reason))

    def whole(self, column: str, *, is_needed: bool = False, most: int = MOST) -> int | None:
        """A number of people: whole, not below zero, not above `most`; `3.0` as spreadsheets write it is 3."""
        value = self.text(column, is_needed=is_needed)
        if not value:
            return None
        number = int(float(value)) if _WHOLE.match(value) else -1
        if not 0 <= number <= most:
            self.refuse(column, _("“%(value)s” is no whole number from 0 up") % {"value": value[:60]})
            return None
        return number

    def code(self, column: str, known: Any, *, is_needed: bool = False) -> int | None:
        """One of the codes of a list."""
        number = self.whole(column, is_needed=is_needed)
        if number is not None and number not in known:
            self.refuse(column, _("%(value)d is none of %(codes)s") % {"value": number, "codes": ", ".join(str(code) for code in known)})
            return None
        return number

    def degrees(self, column: str, most: float) -> float | None:
        value = self.text(column)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not -most <= number <= most:
            self.refuse(column, _("“%(value)s” is no number of degrees from -%(most)d to %(most)d") % {"value": value[:60], "most": most})
            return None
        return number

    def day(self, column: str, *, is_needed: bool = False) -> date | None:
        """2021-12-04, also with a time of day, or 4 December 2021."""
        value = self.text(column, is_needed=is_needed)
        if not value:
            return None
        found = day_of(value)
        if not found or found < EARLIEST or found > datetime.now(UTC).date() + timedelta(days=366):
            self.refuse(column, _("“%(value)s” is not a day like 2021-12-04") % {"value": value[:60]})
            return None
        return found


def day_of(value: str) -> date | None:
    iso = _ISO.match(value)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return datetime.strptime(value, "%d %B %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def is_pair(lat: float | None, lon: float | None) -> bool:
    return lat is not None and lon is not None


def compose(cells: dict[str, str], reading: Reading) -> tuple[str, dict[str, Any]]:
    """(the article's text: the cells, a line each; the proposal: the values with their spans into it).

    A value's span is its cell; the passage that will be quoted for it is the line, so that the column's name stands with it.
    """
    text, spans, lines = "", {}, {}
    for column, value in cells.items():
        if value:
            start = len(text) + len(column) + 2
            lines[column.casefold()] = {"start": len(text), "end": start + len(value), "text": f"{column}: {value}"}
            spans[column.casefold()] = (start, start + len(value))
            text += f"{column}: {value}\n"

    def span(column: str) -> dict[str, int]:
        start, end = spans[column.casefold()]
        return {"start": start, "end": end}

    proposal: dict[str, Any] = {
        "type": reading.type,
        "modality": "occurred",
        "score": 1.0,
        "rule": "a row of a dataset",
        "date": _date(reading.days, spans, text),
        "places": [_place(reading.where, span)] if reading.where and reading.where.name else [],
        "actors": [{**span(who.column), "name": who.name, "role": who.role, "ucdp_id": who.ucdp_id} for who in reading.actors],
        "casualties": [
            {**span(toll.column), "harm": toll.harm, "party": toll.party, **Claim.toll(toll.low, toll.high, toll.quantifier)}
            for toll in reading.tolls
        ],
        "weapons": [{**span(reading.weapon_column), "name": cells_value(cells, reading.weapon_column)}] if reading.weapon_column else [],
        "operation_name": None,
        "is_claimed": False,
        "flags": reading.flags,
        **{name: [] for name in ("origins", "outcomes", "figures", "links")},
    }
    # The type's own cell first: what a row says of the whole event stands on its first passage.
    used = [reading.type_column, *(reading.days.columns if reading.days else ()), *([reading.where.column] if reading.where else [])]
    used += [who.column for who in reading.actors] + [toll.column for toll in reading.tolls] + [reading.weapon_column, *reading.quoted]
    proposal["quotes"] = [lines[column] for column in dict.fromkeys(c.casefold() for c in used) if column in lines]
    if not proposal["quotes"]:  # a type for every row and nothing else: the row as a whole
        proposal["quotes"] = [next(iter(lines.values()))]
    return text.rstrip("\n"), proposal


def cells_value(cells: dict[str, str], column: str) -> str:
    return next((value for name, value in cells.items() if name.casefold() == column.casefold()), "")


def _date(days: Days | None, spans: dict[str, tuple[int, int]], text: str) -> dict[str, Any]:
    if not days:
        return {}
    start, end = spans[days.columns[0].casefold()]
    return {
        "start": days.first.isoformat(),
        "end": days.last.isoformat(),
        "date_prec": days.precision,
        "phrase": text[start:end],
        "span": [start, end],
    }


def _place(where: Where, span: Any) -> dict[str, Any]:
    at = [where.lon, where.lat] if is_pair(where.lat, where.lon) else None
    names = {"district": where.district, "governorate": where.governorate}
    return {**span(where.column), "name": where.name, "where_prec": where.precision, **names, **({"at": at} if at else {})}
