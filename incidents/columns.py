"""The published events as Arrow columns: one row an event, sorted by first day, undated ones last.

Coordinates are whole microdegrees, so that a box means the same rows in SQL, here and in the browser.
"""

import io
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet
from pyarrow import csv

from entities.geometry import PointX, PointY
from entities.models import Actor, Place, PlaceMembership
from incidents.models import Claim, Event, Participation
from incidents.taxonomy import EVENT_TYPES, Grade, Modality, Party
from sources.models import Passage, Speaker, Statement

PARTIES = [party.value for party in Party]
CONFLICT = 1

_NUMBER, _WORD = pa.int64(), pa.dictionary(pa.int32(), pa.string())
_TYPES = {
    "id": _NUMBER, "code": pa.string(), "date_start": pa.date32(), "date_end": pa.date32(), "date_prec": pa.uint8(),
    "type": _WORD, "x": pa.int32(), "y": pa.int32(), "where_prec": pa.uint8(), "place": _NUMBER,
    **dict.fromkeys(["killed_low", "killed", "killed_high", "injured_low", "injured", "injured_high"], pa.uint32()),
    "articles": pa.uint32(), "outlets": pa.uint32(), "origins": pa.uint32(), "grade": _WORD,
    "modality": _WORD, "conflict": pa.bool_(),
}  # fmt: skip


def build() -> pa.Table:
    """Every published event. Nothing else enters: events are read through `published()`, and what hangs on no row of theirs is left out."""
    tables = copy_tables(_wanted())
    rows = _by_day(next(tables))
    at = _Lookup(rows["id"].to_numpy(), np.arange(len(rows)))
    claims, taking_part, passages, issuers = tables
    quoted = _Claims(at.of(claims["event"].to_numpy()), claims["passage"].to_numpy(), passages, issuers)
    place, places = _places(rows["place"])
    located = pc.and_(pc.is_valid(rows["x"]), pc.not_equal(pc.fill_null(rows["where_prec"], 1), 6))
    columns = {
        "code": rows["code"],
        "date_start": rows["date_start"], "date_end": rows["date_end"], "date_prec": pc.fill_null(rows["date_prec"], 0),
        "type": _coded(rows["type"], [each.slug for each in EVENT_TYPES]),
        "lon": _microdegrees(rows["x"], located), "lat": _microdegrees(rows["y"], located),
        "where_prec": pc.fill_null(rows["where_prec"], 0),
        "place": _coded(place, places),
        **{name: rows[name] for name in ("killed_low", "killed", "killed_high", "injured_low", "injured", "injured_high")},
        "articles": _capped(rows["articles"]), "outlets": _capped(rows["outlets"]), "origins": _capped(rows["origins"]),
        "grade": _coded(rows["grade"], Grade.values), "modality": _coded(rows["modality"], Modality.values),
        "parties": _bits(len(rows), quoted.rows, _coded(claims["party"], PARTIES)),
        "flags": pa.array(np.where(rows["conflict"].to_numpy(zero_copy_only=False), CONFLICT, 0).astype(np.uint8)),
        "actors": _lists(len(rows), at.of(taking_part["event"].to_numpy()), taking_part["actor"].to_numpy(), _slugs()),
        "outlet_ids": _lists(len(rows), *quoted.outlets()),
        "speakers": _lists(len(rows), *quoted.speakers()),
    }  # fmt: skip
    table = pa.table({name: column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for name, column in columns.items()})
    return table.replace_schema_metadata({"isnad": json.dumps(_about(table), ensure_ascii=False, sort_keys=True)})


def _wanted() -> list[tuple[QuerySet[Any, Any], dict[str, pa.DataType]]]:
    """What is read, and as what. Claims are not asked whose they are: joining a million takes as long as reading them."""
    return [
        (_events(), _TYPES),
        (
            Claim.objects.live().order_by().values_list("event_id", "passage_id", "party"),
            {"event": _NUMBER, "passage": _NUMBER, "party": _WORD},
        ),
        (Participation.objects.order_by().values_list("event_id", "actor_id"), {"event": _NUMBER, "actor": _NUMBER}),
        (
            Passage.objects.order_by().values_list("id", "article__outlet_id", "statement_id"),
            {"id": _NUMBER, "outlet": _NUMBER, "statement": _NUMBER},
        ),
        (
            Statement.issuers.through.objects.order_by("statement_id").values_list("statement_id", "speaker_id"),
            {"statement": _NUMBER, "speaker": _NUMBER},
        ),
    ]


def _events() -> QuerySet[Any, Any]:
    return (
        Event.objects.published()
        .order_by()
        .annotate(x=_micro(PointX("point")), y=_micro(PointY("point")))
        .values_list(
            "id", "code", "date_start", "date_end", "date_prec", "type", "x", "y", "where_prec", "place_id",
            "deaths_low", "deaths_best", "deaths_high", "injured_low", "injured_best", "injured_high",
            "article_count", "outlet_count", "origin_count", "grade", "modality", "has_conflict",
        )
    )  # fmt: skip


def _by_day(rows: pa.Table) -> pa.Table:
    """Sorted by first day, undated ones last; codes as numbers before they are moved, words once each."""
    rows = rows.set_column(rows.schema.get_field_index("code"), "code", _numbers(rows["code"])).unify_dictionaries().combine_chunks()
    return rows.take(pc.sort_indices(rows, sort_keys=[("date_start", "ascending", "at_end"), ("id", "ascending", "at_end")]))


def _micro(degrees: Func) -> Func:
    """Whole microdegrees, rounded as `within_microdegrees` rounds them."""
    return Func(degrees * 1e6, function="ROUND", template="%(function)s(%(expressions)s)::int", output_field=IntegerField())


@dataclass(frozen=True)
class _Claims:
    """What live claims hang on: the row of the event (-1 where it is none of these events) and the passage of each."""

    rows: np.ndarray
    passages: np.ndarray
    known: pa.Table
    issuers: pa.Table

    def of_passages(self, name: str) -> np.ndarray:
        """Each claim's number in that column of its passage, -1 where it has none."""
        return _Lookup(self.known["id"].to_numpy(), np.asarray(pc.fill_null(self.known[name], -1))).of(self.passages)

    def outlets(self) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
        """(row, outlet) pairs and the outlets' ids as words."""
        outlets = self.of_passages("outlet")
        return self.rows, outlets, {number: str(number) for number in _distinct(outlets).tolist()}

    def speakers(self) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
        """(row, root speaker) pairs, one for each issuer of each passage's statement, and the roots' keys."""
        statements, said = self.of_passages("statement"), self.issuers["statement"].to_numpy()
        first, last = np.searchsorted(said, statements), np.searchsorted(said, statements, side="right")
        counts = last - first
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        speakers = self.issuers["speaker"].to_numpy()[np.repeat(first, counts) + nth]
        roots, keys = _roots(_distinct(speakers).tolist())
        return (
            np.repeat(self.rows, counts),
            _Lookup(np.array(list(roots), np.int64), np.array(list(roots.values()), np.int64)).of(speakers),
            keys,
        )


class _Lookup:
    """A number for each id, -1 where there is none: searching a million ids among a million takes seconds, looking them up does not."""

    def __init__(self, ids: np.ndarray, values: np.ndarray) -> None:
        self.table = np.full(int(ids.max(initial=0)) + 2, -1, np.int64)
        self.table[ids] = values

    def of(self, ids: np.ndarray) -> np.ndarray:
        return self.table[np.minimum(ids, len(self.table) - 1)]


def _slugs() -> dict[int, str]:
    return dict(Actor.objects.values_list("id", "slug"))


def copy_to(rows: QuerySet[Any, Any], out: IO[bytes]) -> None:
    """The rows of a values_list as CSV, through COPY: a million in a second, where model by model takes half a minute."""
    with connection.cursor() as cursor:
        cursor.copy_expert(_copy(rows, cursor), out)


def _copy(rows: QuerySet[Any, Any], cursor: Any) -> str:
    return f"COPY ({cursor.mogrify(*rows.query.sql_with_params()).decode()}) TO STDOUT (FORMAT csv)"


def copy_table(rows: QuerySet[Any, Any], types: dict[str, pa.DataType]) -> pa.Table:
    """The rows of a values_list as an Arrow table of these columns."""
    return next(copy_tables([(rows, types)]))


def copy_tables(wanted: Sequence[tuple[QuerySet[Any, Any], dict[str, pa.DataType]]]) -> Iterator[pa.Table]:
    """A table of each values_list; one is put into columns while the database sends the next. Ask it nothing else until all have come."""
    with connection.cursor() as cursor, ThreadPoolExecutor(1) as ahead:

        def received(statement: str) -> io.BytesIO:
            buffer = io.BytesIO()
            cursor.copy_expert(statement, buffer)
            return buffer

        # One connection, so that tables written in this transaction are seen; its cursor is used by that one thread alone meanwhile.
        coming = [ahead.submit(received, _copy(rows, cursor)) for rows, _types in wanted]
        for _rows, types in wanted:
            yield _parsed(coming.pop(0).result(), types)


def _parsed(buffer: io.BytesIO, types: dict[str, pa.DataType]) -> pa.Table:
    if not buffer.getbuffer().nbytes:
        return pa.table({name: pa.array([], type) for name, type in types.items()})
    return csv.read_csv(
        pa.BufferReader(pa.py_buffer(buffer.getbuffer())),
        read_options=csv.ReadOptions(column_names=list(types)),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=types,
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
        ),
    )


def number_of(code: str) -> int:
    """ISN-2021-000123 → 2021000123."""
    return int(code[4:8] + code[9:])


def code_of(number: int) -> str:
    """2021000123 → ISN-2021-000123."""
    return f"ISN-{number // 1_000_000}-{number % 1_000_000:06d}"


def _numbers(codes: pa.ChunkedArray) -> pa.Array:
    """ISN-2021-000123 → 2021000123: the permanent code as one number of 32 bits."""
    digits = pc.binary_join_element_wise(pc.utf8_slice_codeunits(codes, 4, 8), pc.utf8_slice_codeunits(codes, 9, 15), "")
    return pc.cast(digits, pa.uint32())


def _coded(values: pa.ChunkedArray, names: list[str]) -> pa.DictionaryArray:
    """A dictionary column as one of these names, in their order."""
    given = pa.chunked_array(values, type=values.type).unify_dictionaries().combine_chunks()
    listed = pa.array(names, pa.string())
    number = pc.index_in(given.dictionary, listed).cast(_index_type(len(names)))
    return pa.DictionaryArray.from_arrays(number.take(given.indices), listed)


def _places(ids: pa.ChunkedArray) -> tuple[pa.ChunkedArray, list[str]]:
    """(each row's place by its key, the keys of all these places and of those they lie in)."""
    coded = ids.dictionary_encode().unify_dictionaries().combine_chunks()
    used = coded.dictionary.to_pylist()
    keys = dict(Place.objects.filter(pk__in=used).values_list("pk", "key"))
    words = pa.DictionaryArray.from_arrays(coded.indices, pa.array([keys[number] for number in used], pa.string()))
    return pa.chunked_array([words]), _with_places_above(list(keys.values()))


def _index_type(size: int) -> pa.DataType:
    """The narrowest type that counts so many names: three bytes a row less on the wire."""
    return pa.int8() if size <= 127 else pa.int16() if size <= 32767 else pa.int32()


def _microdegrees(micro: pa.ChunkedArray, located: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(located, micro, pa.scalar(None, pa.int32()))


def _capped(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(pc.min_element_wise(values, pa.scalar(65535, values.type), skip_nulls=False), pa.uint16())


def _distinct(numbers: np.ndarray) -> np.ndarray:
    """Each number once, in order. NumPy's own `unique` takes ten times as long on a million."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]


def _bits(size: int, rows: np.ndarray, parties: pa.DictionaryArray) -> pa.Array:
    """One bit a party, in the order of the code list."""
    number = np.asarray(pc.fill_null(parties.indices, -1))
    bits = np.zeros(size, np.uint16)
    for bit in range(len(PARTIES)):
        bits[rows[(number == bit) & (rows >= 0)]] |= np.uint16(1 << bit)
    return pa.array(bits)


def _lists(size: int, rows: np.ndarray, numbers: np.ndarray, names: dict[int, str]) -> pa.ListArray:
    """(row, number) pairs → for each row the list of its words, each once. Pairs with -1 in them name nothing."""
    known = (rows >= 0) & (numbers >= 0)
    rows, numbers = rows[known], numbers[known]
    # Words in their own order, not in that of the query: the same events give the same bytes.
    used = _distinct(numbers).tolist()
    words = sorted({names[number] for number in used})
    place = {word: i for i, word in enumerate(words)}
    rank = _Lookup(np.array(used, np.int64), np.array([place[names[number]] for number in used], np.int64)).of(numbers)
    pairs = _distinct(rows * max(len(words), 1) + rank)
    rows, rank = np.divmod(pairs, max(len(words), 1))
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))]).astype(np.int32)
    values = pa.DictionaryArray.from_arrays(pa.array(rank).cast(_index_type(len(words))), pa.array(words, pa.string()))
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _roots(numbers: list[int]) -> tuple[dict[int, int], dict[int, str]]:
    """({speaker: its root}, {root: its key}) for these speakers."""
    speakers = {row[0]: row for row in Speaker.objects.values_list("id", "organ_of_id", "slug")}
    roots, keys = {}, {}
    for number in numbers:
        root, seen = number, {number}
        while (above := speakers[root][1]) and above not in seen:
            seen.add(above)
            root = above
        roots[number] = root
        keys[root] = speakers[root][2] or str(root)
    return roots, keys


def _parents() -> dict[str, set[str]]:
    """{place: the places it lies in, in either administrative tree}."""
    parents: dict[str, set[str]] = {}
    for child, parent in PlaceMembership.objects.values_list("place__key", "parent__key"):
        parents.setdefault(child, set()).add(parent)
    return parents


def _with_places_above(keys: list[str]) -> list[str]:
    """These places and all they lie in: a governorate is a choice of the filter also where no event is known to it alone."""
    parents, found = _parents(), set(keys)
    edge = found
    while edge := {up for key in edge for up in parents.get(key, ())} - found:
        found = found | edge
    return sorted(found)


def _about(table: pa.Table) -> dict[str, Any]:
    """What the columns mean: kinds of the types, the parties' bits, which place lies in which."""
    parents = _parents()
    used = table["place"].combine_chunks().dictionary.to_pylist()
    return {
        "kinds": {each.slug: str(each.kind) for each in EVENT_TYPES},
        "parties": PARTIES,
        "parents": {key: sorted(parents[key]) for key in used if key in parents},
        "units": {"lon": "1e-6 degree", "lat": "1e-6 degree", "code": "ISN-2021-000123 as 2021000123"},
    }
