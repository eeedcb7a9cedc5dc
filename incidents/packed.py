"""The columns as the map's scripts read them: whole numbers only, laid out to compress to two thirds of Arrow's bytes.

The file, little-endian: b"ISNADCOL", the length of the header (uint32), the header (JSON in UTF-8), then each column's `size` numbers.
Where `delta`, the difference from the row before stands for the number; then 0, -1, 1, -2, 2 … are written 0, 1, 2, 3, 4 …, in so many
bytes as the largest takes: first every row's lowest byte, then every row's next one, for neighbours are alike in their high bytes alone.
Read by static/js/data/columns.js.

A patch is such a file of the rows that have changed. Its header names the base it is of, the base's rows that are `gone`, before which of
the base's rows each of its own stands (`at`), and of the names only those that the base's lack: they are numbered on from those.
"""

import json
import struct
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MAGIC = b"ISNADCOL"
UNDATED = 0x7FFFFFFF
UNKNOWN = -1
MOST_RANKED = 20_000_000  # numbers up to here are ranked by a table of all of them, larger ones by sorting
# Column of the file → column of the Arrow table; lists are written as the number of their set of words.
PLAIN = {
    "type": "type", "grade": "grade", "modality": "modality", "place": "place", "datePrec": "date_prec", "wherePrec": "where_prec",
    "killed": "killed", "origins": "origins", "parties": "parties", "flags": "flags",
}  # fmt: skip
LISTS = {"actor": "actors", "outlet": "outlet_ids", "speaker": "speakers"}


def pack(table: pa.Table) -> bytes:
    """The file for this table of `incidents.columns`."""
    about = json.loads(table.schema.metadata[b"isnad"])
    start, end = (_numbers(table[name], UNDATED) for name in ("date_start", "date_end"))
    values = {
        "code": _numbers(table["code"]), "start": start, "length": end - start,
        "lon": _numbers(table["lon"], 0), "lat": _numbers(table["lat"], 0),
        "located": np.asarray(pc.is_valid(table["lon"])).astype(np.int64),
        **{name: _numbers(table[source]) for name, source in PLAIN.items()},
    }  # fmt: skip
    names = {name: _names(table[name]) for name in ("type", "grade", "modality", "place")}
    sets = {}
    for name, source in LISTS.items():
        values[name], sets[name], names[name] = _sets(table[source])
    parts, listed = [], []
    for name, numbers in values.items():
        delta = name in ("code", "start")
        planes = _planes(np.diff(numbers, prepend=0) if delta else numbers)
        listed.append({"name": name, "kind": _kind(numbers), "bytes": len(planes), "delta": delta})
        parts.append(planes.tobytes())
    header: dict[str, Any] = {"size": table.num_rows, "columns": listed, "names": names, "sets": sets}
    header |= {"kinds": about["kinds"], "parents": about["parents"]}
    if b"patch" in table.schema.metadata:
        patch = json.loads(table.schema.metadata[b"patch"])
        header |= {name: patch[name] for name in ("base", "gone", "at")}
        header["names"] = {name: words[patch["known"][LISTS.get(name, name)] :] for name, words in names.items()}
    text = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return b"".join([MAGIC, struct.pack("<I", len(text)), text, *parts])


def _numbers(column: pa.ChunkedArray, unknown: int = UNKNOWN) -> np.ndarray:
    """The column as whole numbers, a word by its place in the dictionary, `unknown` where there is none."""
    values = column.combine_chunks()
    if pa.types.is_dictionary(values.type):
        values = values.indices
    elif pa.types.is_date32(values.type):
        values = values.cast(pa.int32())
    whole = values.cast(pa.int64())
    return np.asarray(pc.fill_null(whole, unknown) if whole.null_count else whole)


def _names(column: pa.ChunkedArray) -> list[str]:
    return list(column.combine_chunks().dictionary.to_pylist())


def _sets(column: pa.ChunkedArray) -> tuple[np.ndarray, list[list[int]], list[str]]:
    """(the number of each row's set, the sets as places in the names, the names). A few thousand sets serve a million rows."""
    lists = column.combine_chunks()
    offsets, members = lists.offsets.to_numpy(), lists.values.indices.to_numpy().astype(np.int64)
    words = lists.values.dictionary.to_pylist()
    lengths, numbers = np.diff(offsets), np.zeros(len(lists), np.int64)
    sets: list[list[int]] = [[]]
    for length in np.flatnonzero(np.bincount(lengths[lengths > 0])).tolist():
        rows = np.flatnonzero(lengths == length)
        number, distinct = np.zeros(len(rows), np.int64), np.zeros((1, 0), np.int64)
        # Word by word: those that agree so far and in this word too. Sorting whole rows of words takes ten times as long.
        for nth in range(length):
            number, pairs = _ranks(number * len(words) + members[offsets[rows] + nth])
            before, word = np.divmod(pairs, len(words))
            distinct = np.column_stack([distinct[before], word])
        numbers[rows] = number + len(sets)
        sets += distinct.tolist()
    return numbers, sets, words


def _ranks(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(the place of each number among the distinct ones, the distinct ones in order)."""
    top = int(numbers.max(initial=0)) + 1
    if top > MOST_RANKED:
        distinct, ranks = np.unique(numbers, return_inverse=True)
        return ranks.reshape(-1), distinct
    there = np.zeros(top, bool)
    there[numbers] = True
    return (np.cumsum(there) - 1)[numbers], np.flatnonzero(there)


def _planes(numbers: np.ndarray) -> np.ndarray:
    """One row of bytes a plane, the lowest first."""
    folded = (numbers << 1) ^ (numbers >> 63)
    width = max(1, (int(folded.max(initial=0)).bit_length() + 7) // 8)
    return np.ascontiguousarray(folded.astype("<u8").view(np.uint8).reshape(-1, 8)[:, :width].T)


def _kind(numbers: np.ndarray) -> str:
    """The narrowest of JavaScript's whole-number arrays that holds them."""
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    for kind in (np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32):
        bounds = np.iinfo(kind)
        if bounds.min <= low and high <= bounds.max:
            return np.dtype(kind).name
    raise ValueError(f"numbers from {low} to {high} fit no array")
