"""Which published events a filter keeps, told by the snapshot's columns: SQL would visit each of the thousands of rows in a box to find
the hundred newest, and join a million claims to count an outlet's.

Lists and files ask it only as long as the snapshot is what the database holds, and only for filters that its columns answer exactly.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np

from entities.models import Place
from incidents import areas, snapshot
from incidents.arrays import Columns
from incidents.columns import CONFLICT, PARTIES, code_of, number_of
from incidents.models import Event
from incidents.querysets import EventQuerySet
from incidents.taxonomy import BY_SLUG

CODE = re.compile(r"ISN-\d{4}-\d{6}", re.ASCII)
LEAST = 20_000  # events; fewer are found by SQL in the same time
BLOCK = 1 << 16  # rows looked at together: a dense view is found in the first
# A view of less than this part of the record is read by its codes, a larger one as it comes.
SPARSE = 1 / 8
FIRST_PART, PART = 200, 2_000  # events of a sparse view that are read together: few at first, so that they begin to arrive
_NOWHERE = np.iinfo(np.int32).min
_LAST = np.iinfo(np.int32).max
_EPOCH = date(1970, 1, 1)
_LISTS = {"actor": "actors", "outlet": "outlet_ids", "speaker": "speakers"}

Test = Callable[[slice], np.ndarray]


class Selection:
    """The events of the snapshot that these filters keep; `given`: the cleaned values of `EventFilter`, by parameter."""

    def __init__(self, found: Columns, given: dict[str, Any]) -> None:
        self.columns = found
        self.tests = [self._test(name, value) for name, value in given.items() if value not in (None, "", [])]

    @classmethod
    def of(cls, given: dict[str, Any]) -> "Selection | None":
        """None where SQL has to be asked: another filter, few events, or a snapshot that is not what the database holds."""
        found = None if given.get("q") else snapshot.newest()
        if found is None or len(columns := found.columns()) < LEAST:
            return None
        return cls(columns, given) if _knows_speakers(columns, given.get("speaker") or ()) else None

    @classmethod
    def shown(cls, given: dict[str, Any]) -> "Selection":
        """Of the snapshot that readers' maps have; what its columns do not tell is asked of SQL."""
        return cls(snapshot.current().columns(), given)

    def narrowed(self, **given: Any) -> "Selection":
        """Those of its events that other filters keep as well."""
        narrower = Selection(self.columns, given)
        narrower.tests += self.tests
        return narrower

    def rows(self) -> np.ndarray:
        """The numbers of the rows kept, by first day and id, undated events last."""
        return np.flatnonzero(self._kept(slice(0, len(self.columns))))

    def count(self) -> int:
        return sum(int(np.count_nonzero(self._kept(block))) for block in _blocks(0, len(self.columns)))

    def codes(self, *, is_descending: bool = True, after: str | None = None, most: int | None = None) -> list[str] | None:
        """The codes of the first so many events of that order, undated ones at its later end, or of those after an event; None where
        that one is not among them."""
        number = self.columns["code"]
        start = None
        if after is not None:
            at = np.flatnonzero(number == number_of(after)).tolist() if CODE.fullmatch(after) else []
            if not at:
                return None
            start = at[0]
        found: list[int] = []
        for block in self._in_order(start, is_descending=is_descending):
            rows = np.flatnonzero(self._kept(block))
            kept = number[block][rows[::-1] if is_descending else rows]
            found += kept[: None if most is None else most - len(found)].tolist()
            if len(found) == most:
                break
        return [code_of(code) for code in found]

    def is_sparse(self) -> bool:
        """Whether its events lie so far apart that reading them by their codes is quicker than reading past the others."""
        return self.count() < SPARSE * len(self.columns)

    def _in_order(self, start: int | None, *, is_descending: bool) -> Iterator[slice]:
        """Stretches of rows in the order of lists, or of its reverse, from behind the row `start` on. Undated events end the one and begin
        the other."""
        dated, size = self.columns.dated, len(self.columns)
        if is_descending:
            parts = [(0, dated), (dated, size)]
            if start is not None:
                parts = [(0, start), (dated, size)] if start < dated else [(dated, start)]
            for begin, end in parts:
                yield from reversed(list(_blocks(begin, end)))
        else:
            parts = [(dated, size), (0, dated)]
            if start is not None:
                parts = [(start + 1, dated)] if start < dated else [(start + 1, size), (0, dated)]
            for begin, end in parts:
                yield from _blocks(begin, end)

    def _kept(self, rows: slice) -> np.ndarray:
        """Which rows of a stretch all filters keep."""
        kept = np.ones(rows.stop - rows.start, bool)
        for test in self.tests:
            kept &= test(rows)
        return kept

    def _test(self, name: str, value: Any) -> Test:
        columns = self.columns
        match name:
            case "bbox":
                return _in_box(columns, *(round(degrees * 1e6) for degrees in value))
            case "area":
                return _in_area(columns, value)
            case "located":
                return lambda rows: (columns["lon"][rows] != _NOWHERE) == value
            case "dated":
                return lambda rows: (columns["date_start"][rows] != _LAST) == value
            case "from":
                return lambda rows: columns["date_end"][rows] >= (value - _EPOCH).days
            case "to":
                return lambda rows: columns["date_start"][rows] <= (value - _EPOCH).days
            case "conflict":
                return lambda rows: ((columns["flags"][rows] & CONFLICT) != 0) == value
            case "origins":
                return lambda rows: columns["origins"][rows] >= value
            case "date_prec" | "where_prec":
                codes = [int(word) for word in value]
                return lambda rows: np.isin(columns[name][rows], codes)
            case "kind":
                return self._among("type", [slug for slug, each in BY_SLUG.items() if each.kind in value])
            case "place":
                return self._among("place", Place.objects.inside(value).values_list("key", flat=True))
            case "party":
                bits = sum(1 << PARTIES.index(party) for party in value)
                return lambda rows: (columns["parties"][rows] & bits) != 0
            case "outlet":
                return self._having(name, [str(int(word)) for word in value if word.isdecimal()])
            case "actor":
                return self._having(name, value)
            case "speaker" if _knows_speakers(columns, value):
                return self._having(name, value)
            case "speaker":
                return self._by_sql(Event.objects.published().told_by(value))
            case "q":
                return self._by_sql(Event.objects.published().matching(value))
            case _:
                return self._among(name, value)

    def _among(self, name: str, words: Iterable[str]) -> Test:
        """One of these words in the column."""
        values, wanted = self.columns[name], _wanted(self.columns.words(name), words)
        return lambda rows: wanted[values[rows]]

    def _having(self, name: str, words: Iterable[str]) -> Test:
        """One of these words in the list of the row."""
        begins, members = self.columns.lists(_LISTS[name])
        wanted = _wanted(self.columns.words(_LISTS[name]), words)

        def test(rows: slice) -> np.ndarray:
            bounds = begins[rows.start : rows.stop + 1]
            hits = np.concatenate([[0], np.cumsum(wanted[members[bounds[0] : bounds[-1]]])])[bounds - bounds[0]]
            return hits[1:] > hits[:-1]

        return test

    def _by_sql(self, events: EventQuerySet) -> Test:
        found = np.array([number_of(code) for code in events.order_by().values_list("code", flat=True)], np.int64)
        return lambda rows: np.isin(self.columns["code"][rows], found)


def in_parts(events: EventQuerySet, given: dict[str, Any]) -> Iterator[EventQuerySet]:
    """All the events that the filters `given` keep, newest first, in parts that are each read at once; `events`: the same by SQL."""
    selection = Selection.of(given)
    if selection is None or not selection.tests or not selection.is_sparse():
        yield events
        return
    codes = selection.codes() or [""]  # of an empty list Django writes no SQL
    for begin, end in ((0, FIRST_PART), *((begin, begin + PART) for begin in range(FIRST_PART, len(codes), PART))):
        yield Event.objects.published().filter(code__in=codes[begin:end])


def _wanted(known: list[str], words: Iterable[str]) -> np.ndarray:
    """For each number of a column whether its word is one of these; at the end, where -1 leads, for a row without one."""
    wanted = set(words)
    return np.array([*(word in wanted for word in known), False], bool)


def _knows_speakers(columns: Columns, keys: Collection[str]) -> bool:
    """Whether the snapshot names them all: it names those who speak for nobody else, by slug or id."""
    return not keys or set(keys) <= set(columns.words("speakers"))


def _in_box(columns: Columns, west: int, south: int, east: int, north: int) -> Test:
    def test(rows: slice) -> np.ndarray:
        lon, lat = columns["lon"][rows], columns["lat"][rows]
        return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)

    return test


def _in_area(columns: Columns, area: areas.Area) -> Test:
    in_box = _in_box(columns, *areas.bounds(area))

    def test(rows: slice) -> np.ndarray:
        kept = in_box(rows)
        near = np.flatnonzero(kept)
        kept[near] = areas.covered(area, columns["lon"][rows][near], columns["lat"][rows][near])
        return kept

    return test


def _blocks(begin: int, end: int) -> Iterator[slice]:
    """Stretches of rows."""
    for start in range(begin, end, BLOCK):
        yield slice(start, min(start + BLOCK, end))
