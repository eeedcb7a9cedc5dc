"""The published events as Arrow columns: one row an event, sorted by first day, undated ones last.

Coordinates are whole microdegrees, so that a box means the same rows in SQL, here and in the browser.
"""

import io
import json
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet
from pyarrow import csv

from entities.geometry import PointX, PointY
from entities.models import Actor, PlaceMembership
from incidents.models import Claim, Event, Participation
from incidents.taxonomy import EVENT_TYPES, Grade, Modality, Party
from sources.models import Passage, Speaker, Statement

PARTIES = [party.value for party in Party]
CONFLICT = 1

_TYPES = {
    "id": pa.int64(), "code": pa.string(), "date_start": pa.date32(), "date_end": pa.date32(), "date_prec": pa.uint8(),
    "type": pa.string(), "x": pa.int32(), "y": pa.int32(), "where_prec": pa.uint8(), "place": pa.string(),
    "killed": pa.uint32(), "injured": pa.uint32(),
    "articles": pa.uint32(), "outlets": pa.uint32(), "origins": pa.uint32(), "grade": pa.string(),
    "modality": pa.string(), "conflict": pa.bool_(),
}  # fmt: skip


def build() -> pa.Table:
    """Every published event. Nothing else enters: events and what is said of them are read through `published()`."""
    rows = copy_table(_events(), _TYPES)
    rows = rows.take(pc.sort_indices(rows, sort_keys=[("date_start", "ascending", "at_end"), ("id", "ascending", "at_end")]))
    at = _Lookup(rows["id"].to_numpy(), np.arange(len(rows)))
    located = pc.and_(pc.is_valid(rows["x"]), pc.not_equal(pc.fill_null(rows["where_prec"], 1), 6))
    claims = copy_table(_claims(), {"id": pa.int64(), "passage": pa.int64(), "party": pa.string()})
    quoted = _Claims(at.of(claims["id"].to_numpy()), claims["passage"].to_numpy())
    columns = {
        "code": _numbers(rows["code"]),
        "date_start": rows["date_start"], "date_end": rows["date_end"], "date_prec": pc.fill_null(rows["date_prec"], 0),
        "type": _coded(rows["type"], [each.slug for each in EVENT_TYPES]),
        "lon": _microdegrees(rows["x"], located), "lat": _microdegrees(rows["y"], located),
        "where_prec": pc.fill_null(rows["where_prec"], 0),
        "place": _coded(rows["place"], _with_places_above(rows["place"].unique().drop_null().to_pylist())),
        "killed": _capped(rows["killed"]), "injured": _capped(rows["injured"]),
        "articles": _capped(rows["articles"]), "outlets": _capped(rows["outlets"]), "origins": _capped(rows["origins"]),
        "grade": _coded(rows["grade"], Grade.values), "modality": _coded(rows["modality"], Modality.values),
        "parties": _bits(len(rows), quoted.rows, claims["party"]),
        "flags": pa.array(np.where(rows["conflict"].to_numpy(zero_copy_only=False), CONFLICT, 0).astype(np.uint8)),
        "actors": _lists(len(rows), *_actors(at)),
        "outlet_ids": _lists(len(rows), *quoted.outlets()),
        "speakers": _lists(len(rows), *quoted.speakers()),
    }  # fmt: skip
    table = pa.table({name: column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for name, column in columns.items()})
    return table.replace_schema_metadata({"isnad": json.dumps(_about(table), ensure_ascii=False, sort_keys=True)})


def _events() -> QuerySet[Any, Any]:
    return (
        Event.objects.published()
        .order_by()
        .annotate(x=_micro(PointX("point")), y=_micro(PointY("point")))
        .values_list(
            "id", "code", "date_start", "date_end", "date_prec", "type", "x", "y", "where_prec", "place__key", "deaths_best",
            "injured_best", "article_count", "outlet_count", "origin_count", "grade", "modality", "has_conflict",
        )
    )  # fmt: skip


def _micro(degrees: Func) -> Func:
    """Whole microdegrees, rounded as `within_microdegrees` rounds them."""
    return Func(degrees * 1e6, function="ROUND", template="%(function)s(%(expressions)s)::int", output_field=IntegerField())


def _claims() -> QuerySet[Any, Any]:
    return Claim.objects.published().live().order_by().values_list("event_id", "passage_id", "party")


@dataclass(frozen=True)
class _Claims:
    """What live claims hang on: the row of the event and the passage of each."""

    rows: np.ndarray
    passages: np.ndarray

    def outlets(self) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
        """(row, outlet) pairs and the outlets' ids as words."""
        outlets = _lookup(Passage.objects.filter(article__outlet__isnull=False), "id", "article__outlet_id").of(self.passages)
        return self.rows, outlets, {number: str(number) for number in _distinct(outlets).tolist()}

    def speakers(self) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
        """(row, root speaker) pairs, one for each issuer of each passage's statement, and the roots' keys."""
        statements = _lookup(Passage.objects.filter(statement__isnull=False), "id", "statement_id").of(self.passages)
        pairs = copy_table(
            Statement.issuers.through.objects.order_by("statement_id").values_list("statement_id", "speaker_id"),
            {"statement": pa.int64(), "speaker": pa.int64()},
        )
        said = pairs["statement"].to_numpy()
        first, last = np.searchsorted(said, statements), np.searchsorted(said, statements, side="right")
        counts = last - first
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        speakers = pairs["speaker"].to_numpy()[np.repeat(first, counts) + nth]
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


def _actors(at: _Lookup) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
    """(row, actor) pairs of who took part, and the actors' slugs."""
    pairs = copy_table(
        Participation.objects.published().order_by().values_list("event_id", "actor_id"), {"id": pa.int64(), "actor": pa.int64()}
    )
    return at.of(pairs["id"].to_numpy()), pairs["actor"].to_numpy(), dict(Actor.objects.values_list("id", "slug"))


def copy_to(rows: QuerySet[Any, Any], out: IO[bytes]) -> None:
    """The rows of a values_list as CSV, through COPY: a million in a second, where model by model takes half a minute."""
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        statement = cursor.mogrify(sql, params).decode()
        cursor.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT csv)", out)


def copy_table(rows: QuerySet[Any, Any], types: dict[str, pa.DataType]) -> pa.Table:
    """The rows of a values_list as an Arrow table of these columns."""
    buffer = io.BytesIO()
    copy_to(rows, buffer)
    buffer.seek(0)
    if not buffer.getbuffer().nbytes:
        return pa.table({name: pa.array([], type) for name, type in types.items()})
    return csv.read_csv(
        buffer,
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


def _numbers(codes: pa.ChunkedArray) -> pa.Array:
    """ISN-2021-000123 → 2021000123: the permanent code as one number of 32 bits."""
    digits = pc.binary_join_element_wise(pc.utf8_slice_codeunits(codes, 4, 8), pc.utf8_slice_codeunits(codes, 9, 15), "")
    return pc.cast(digits, pa.uint32())


def _coded(values: pa.ChunkedArray, names: list[str]) -> pa.DictionaryArray:
    """A column as an Arrow dictionary of these names, in their order."""
    listed = pa.array(names, pa.string())
    return pa.DictionaryArray.from_arrays(pc.index_in(values, listed).combine_chunks().cast(_index_type(len(names))), listed)


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


def _bits(size: int, rows: np.ndarray, parties: pa.ChunkedArray) -> pa.Array:
    """One bit a party, in the order of the code list."""
    number = np.asarray(pc.fill_null(pc.index_in(parties, pa.array(PARTIES)), -1))
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


def _lookup(passages: QuerySet[Passage], key: str, value: str) -> _Lookup:
    pairs = copy_table(passages.order_by().values_list(key, value), {"key": pa.int64(), "value": pa.int64()})
    return _Lookup(pairs["key"].to_numpy(), pairs["value"].to_numpy())


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
