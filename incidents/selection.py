"""Which published events a filter keeps, told by the snapshot's columns: SQL would visit each of the thousands of rows in a box to find
the hundred newest.

Only as long as the snapshot is what the database holds; and only for filters that its columns answer exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from incidents import snapshot
from incidents.columns import CONFLICT
from incidents.taxonomy import BY_SLUG

KNOWN = frozenset(
    ("bbox", "located", "dated", "type", "kind", "grade", "modality", "date_prec", "where_prec", "conflict", "origins", "from", "to")
)
LEAST = 20_000  # events; fewer are found by SQL in the same time
BLOCK = 1 << 16  # rows looked at together: a dense view is found in the first
_NOWHERE = np.iinfo(np.int32).min
_LAST, _FIRST = np.iinfo(np.int32).max, np.iinfo(np.int32).min
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class _Columns:
    """The snapshot's columns in the ascending order of lists: undated events, then by first day and id."""

    table: pa.Table

    def _numbers(self, name: str, missing: int = 0) -> np.ndarray:
        column = self.table[name].combine_chunks()
        if isinstance(column, pa.DictionaryArray):
            column = column.indices
        if column.type == pa.date32():
            column = column.cast(pa.int32())
        return self._in_order(column.fill_null(missing).to_numpy(zero_copy_only=False))

    def _in_order(self, values: np.ndarray) -> np.ndarray:
        dated = len(values) - self.table["date_start"].null_count
        return np.concatenate([values[dated:], values[:dated]])

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """What the numbers of a coded column stand for."""
        return {name: self.table[name].chunk(0).dictionary.to_pylist() for name in ("type", "grade", "modality")}

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        plain = ("code", "type", "where_prec", "date_prec", "grade", "modality", "origins", "flags")
        places = {name: self._numbers(name, _NOWHERE) for name in ("lon", "lat")}
        days = {"date_start": self._numbers("date_start", _LAST), "date_end": self._numbers("date_end", _FIRST)}
        return {**{name: self._numbers(name) for name in plain}, **places, **days}


@lru_cache(maxsize=2)
def _columns(version: snapshot.Snapshot) -> _Columns:
    return _Columns(version.table())


class Selection:
    """The events of the snapshot that these filters keep; `given`: the cleaned values of `EventFilter`, by parameter."""

    def __init__(self, found: _Columns, given: dict[str, Any]) -> None:
        self.columns, self.given = found, {name: value for name, value in given.items() if value not in (None, "", [])}

    @classmethod
    def of(cls, given: dict[str, Any]) -> "Selection | None":
        """None where SQL has to be asked: another filter, few events, or a snapshot that is not what the database holds."""
        if not KNOWN.issuperset(name for name, value in given.items() if value not in (None, "", [])):
            return None
        found = snapshot.newest()
        if found is None or found.table().num_rows < LEAST:
            return None
        return cls(_columns(found), given)

    def count(self) -> int:
        size = len(self.columns.arrays["code"])
        return sum(int(np.count_nonzero(self._kept(slice(start, start + BLOCK)))) for start in range(0, size, BLOCK))

    def codes(self, *, is_descending: bool, after: str | None, most: int) -> list[str] | None:
        """The codes of the first so many events of that order, or of those after an event; None where that one is not among them."""
        number, size = self.columns.arrays["code"], len(self.columns.arrays["code"])
        start = size if is_descending else 0
        if after is not None:
            at = np.flatnonzero(number == int(after[4:8]) * 1_000_000 + int(after[9:]))
            if not len(at):
                return None
            start = int(at[0]) + (0 if is_descending else 1)
        found: list[int] = []
        for block in _blocks(start, size, is_descending=is_descending):
            rows = np.flatnonzero(self._kept(block))
            found += number[block][rows[::-1] if is_descending else rows][: most - len(found)].tolist()
            if len(found) == most:
                break
        return [f"ISN-{code // 1_000_000}-{code % 1_000_000:06d}" for code in found]

    def _kept(self, rows: slice) -> np.ndarray:
        """Which rows of a stretch all filters keep."""
        columns = {name: values[rows] for name, values in self.columns.arrays.items()}
        kept = np.ones(len(columns["code"]), bool)
        for name, value in self.given.items():
            kept &= self._test(name, value, columns)
        return kept

    def _test(self, name: str, value: Any, columns: dict[str, np.ndarray]) -> np.ndarray:
        match name:
            case "bbox":
                west, south, east, north = (round(degrees * 1e6) for degrees in value)
                lon, lat = columns["lon"], columns["lat"]
                return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
            case "located":
                return (columns["lon"] != _NOWHERE) == value
            case "dated":
                return (columns["date_start"] != _LAST) == value
            case "from":
                return columns["date_end"] >= (value - _EPOCH).days
            case "to":
                return columns["date_start"] <= (value - _EPOCH).days
            case "conflict":
                return ((columns["flags"] & CONFLICT) != 0) == value
            case "origins":
                return columns["origins"] >= value
            case "date_prec" | "where_prec":
                return np.isin(columns[name], [int(word) for word in value])
            case "kind":
                return self._among("type", {slug for slug, each in BY_SLUG.items() if each.kind in value}, columns)
            case _:
                return self._among(name, set(value), columns)

    def _among(self, name: str, words: set[str], columns: dict[str, np.ndarray]) -> np.ndarray:
        return np.array([word in words for word in self.columns.words[name]], bool)[columns[name]]


def _blocks(start: int, size: int, *, is_descending: bool) -> Iterator[slice]:
    """Stretches of rows from `start` on, in the direction of the order; `start` itself is behind it when descending."""
    if is_descending:
        for end in range(start, 0, -BLOCK):
            yield slice(max(0, end - BLOCK), end)
    else:
        for begin in range(start, size, BLOCK):
            yield slice(begin, min(begin + BLOCK, size))
