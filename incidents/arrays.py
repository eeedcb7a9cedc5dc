"""The published events as arrays of numbers: a snapshot's table alone, or with the rows that have changed since it was read.

Its rows stand by first day and id, undated events last.
"""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents import columns

CODED = ("type", "place", "grade", "modality")
LISTS = ("actors", "outlet_ids", "speakers")
_LAST, _FIRST = np.iinfo(np.int32).max, np.iinfo(np.int32).min
_MISSING = {"lon": _FIRST, "lat": _FIRST, "date_start": _LAST, "date_end": _FIRST, "place": -1}


class Columns:
    """A table of `incidents.columns`."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self._read: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        """A column; words by their place in `words`. A missing day, place or coordinate is a number that no row has, a missing figure 0."""
        if name not in self._read:
            self._read[name] = self._column(name)
        return self._read[name]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def known(self, name: str) -> np.ndarray:
        """Which rows have something in the column."""
        return self.table[name].is_valid().to_numpy()

    def _column(self, name: str) -> np.ndarray:
        column = self.table[name].combine_chunks()
        if isinstance(column, pa.DictionaryArray):
            column = column.indices
        if column.type == pa.date32():
            column = column.cast(pa.int32())
        return column.fill_null(_MISSING.get(name, 0)).to_numpy(zero_copy_only=False)

    def words(self, name: str) -> list[str]:
        """What the numbers of a coded column, or of the members of its lists, stand for."""
        column = self.table[name].combine_chunks()
        return (column.values if pa.types.is_list(column.type) else column).dictionary.to_pylist()

    def lists(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """(where each row's list begins among the members, and the last one's end; the members)."""
        column = self.table[name].combine_chunks()
        return column.offsets.to_numpy(), column.values.indices.to_numpy()

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the columns mean, as `incidents.columns` wrote it."""
        return _said(self.table, "isnad")

    @cached_property
    def dated(self) -> int:
        """How many rows have a day: they come first."""
        return int(np.searchsorted(self["date_start"], _LAST))


class Patched(Columns):
    """The columns of a base with the rows of a patch, which `patch_of` made, in the place of those that have changed."""

    def __init__(self, base: Columns, patch: pa.Table) -> None:
        super().__init__(patch)
        self.base = base
        self.changes = _said(patch, "patch")

    def __len__(self) -> int:
        return len(self._order)

    def known(self, name: str) -> np.ndarray:
        return np.concatenate([self.base.known(name), super().known(name)])[self._order]

    def _column(self, name: str) -> np.ndarray:
        return np.concatenate([self.base[name], super()._column(name)])[self._order]

    def lists(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        (begins, members), (more_begins, more_members) = self.base.lists(name), super().lists(name)
        lengths = np.concatenate([np.diff(begins), np.diff(more_begins)])[self._order]
        begins = np.concatenate([begins[:-1], more_begins[:-1] + len(members)])[self._order]
        joined = np.concatenate([[0], np.cumsum(lengths)])
        return joined, np.concatenate([members, more_members])[np.arange(joined[-1]) + np.repeat(begins - joined[:-1], lengths)]

    @cached_property
    def about(self) -> dict[str, Any]:
        about = self.base.about
        return about | {"parents": about["parents"] | _said(self.table, "isnad")["parents"]}

    @cached_property
    def _order(self) -> np.ndarray:
        """For each row its place among the base's rows followed by the patch's."""
        gone, at = (np.array(self.changes[name], np.int64) for name in ("gone", "at"))
        stays = np.ones(len(self.base), bool)
        stays[gone] = False
        kept = np.flatnonzero(stays)
        # Rows that stand at the same place of the base keep their order.
        return np.insert(kept, np.searchsorted(kept, at), len(self.base) + np.arange(len(at)))


def _said(table: pa.Table, key: str) -> dict[str, Any]:
    """What was written beside the table's columns."""
    return dict(json.loads(table.schema.metadata[key.encode()]))


def patch_of(base: Columns, ids: np.ndarray, version: str, changed: list[int]) -> pa.Table:
    """The rows of the `changed` events as they are now, words by the base's numbers; `ids`: those of the base's rows.

    Its metadata tells, as "patch", the version of the `base`; which of its rows are `gone`, and before which each row of the patch stands
    (`at`); how many words of each coded column and list are `known` from it; whether it holds an event that is `withdrawn`.
    """
    table, new = columns.read(changed, known=frozenset(base.words("place")))
    # What changed while the rows were read is among them.
    gone = np.flatnonzero(_among(ids, [*changed, *new.tolist()]))
    start = table["date_start"].cast(pa.int32()).fill_null(_LAST).to_numpy()
    at = np.searchsorted(_by_day(base["date_start"], ids), _by_day(start, new))
    words = {name: base.words(name) for name in (*CODED, *LISTS)}
    said = {
        "base": version, "gone": gone.tolist(), "at": at.tolist(), "withdrawn": not bool(_among(ids[gone], new).all()),
        "known": {name: len(known) for name, known in words.items()},
    }  # fmt: skip
    for name, known in words.items():
        table = table.set_column(table.column_names.index(name), name, _numbered_on(known, table[name].combine_chunks()))
    return table.replace_schema_metadata(table.schema.metadata | {b"patch": json.dumps(said).encode()})


def _among(ids: np.ndarray, chosen: Sequence[int] | np.ndarray) -> np.ndarray:
    """Which ids are among the chosen ones: by a table, for sorting a million takes longer than all else here."""
    is_chosen = np.zeros(max(ids.max(initial=0), np.max(chosen, initial=0)) + 1, bool)
    is_chosen[chosen] = True
    return is_chosen[ids]


def _by_day(start: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """The order of the rows as one number each."""
    return (start.astype(np.int64) << 32) | ids


def _numbered_on(words: list[str], column: pa.Array) -> pa.Array:
    """The same column with these words first in its dictionary."""
    if pa.types.is_list(column.type):
        return pa.ListArray.from_arrays(column.offsets, _numbered_on(words, column.values))
    own = column.dictionary.to_pylist()
    known = pa.array([*words, *sorted(set(own) - set(words))], pa.string())
    places = pc.index_in(column.dictionary, known)
    return pa.DictionaryArray.from_arrays(places.take(column.indices), known)
