"""The published events as Arrow columns: one row an event, sorted by first day, undated ones last.

Coordinates are whole microdegrees, so that a box means the same rows in SQL, here and in the browser.
"""

import io
import json
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.db.models import F, QuerySet
from pyarrow import csv

from entities.geometry import PointX, PointY
from entities.models import PlaceMembership
from incidents.models import Claim, Event, Participation
from incidents.taxonomy import EVENT_TYPES, Grade, Modality, Party
from sources.models import Speaker

PARTIES = [party.value for party in Party]
CONFLICT = 1

_TYPES = {
    "id": pa.int64(), "code": pa.string(), "date_start": pa.date32(), "date_end": pa.date32(), "date_prec": pa.uint8(),
    "type": pa.string(), "x": pa.float64(), "y": pa.float64(), "where_prec": pa.uint8(), "place": pa.string(),
    "killed": pa.uint32(), "injured": pa.uint32(),
    "articles": pa.uint32(), "outlets": pa.uint32(), "origins": pa.uint32(), "grade": pa.string(),
    "modality": pa.string(), "conflict": pa.bool_(),
}  # fmt: skip


def build() -> pa.Table:
    """Every published event. Nothing else enters: each query below goes through `published()`."""
    rows = copy_table(_events(), _TYPES)
    rows = rows.take(pc.sort_indices(rows, sort_keys=[("date_start", "ascending", "at_end"), ("id", "ascending", "at_end")]))
    ids = rows["id"].to_numpy()
    located = pc.and_(pc.is_valid(rows["x"]), pc.not_equal(pc.fill_null(rows["where_prec"], 1), 6))
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
        "parties": _bits(ids, copy_table(_harm(), {"id": pa.int64(), "party": pa.string()})),
        "flags": pa.array(np.where(rows["conflict"].to_numpy(zero_copy_only=False), CONFLICT, 0).astype(np.uint8)),
        "actors": _lists(ids, copy_table(_actors(), {"id": pa.int64(), "word": pa.string()})),
        "outlet_ids": _lists(ids, copy_table(_outlets(), {"id": pa.int64(), "word": pa.string()})),
        "speakers": _lists(ids, _rooted(copy_table(_issuers(), {"id": pa.int64(), "word": pa.string()}))),
    }  # fmt: skip
    table = pa.table({name: column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for name, column in columns.items()})
    return table.replace_schema_metadata({"isnad": json.dumps(_about(table), ensure_ascii=False, sort_keys=True)})


def _events() -> QuerySet[Any, Any]:
    return (
        Event.objects.published()
        .annotate(x=PointX("point"), y=PointY("point"), place_key=F("place__key"))
        .values_list(
            "id", "code", "date_start", "date_end", "date_prec", "type", "x", "y", "where_prec", "place_key", "deaths_best", "injured_best",
            "article_count", "outlet_count", "origin_count", "grade", "modality", "has_conflict",
        )
    )  # fmt: skip


def _harm() -> QuerySet[Any, Any]:
    claims = Claim.objects.published().live().exclude(party="")
    return claims.order_by().values_list("event_id", "party").distinct()


def _actors() -> QuerySet[Any, Any]:
    return Participation.objects.published().order_by().values_list("event_id", "actor__slug").distinct()


def _outlets() -> QuerySet[Any, Any]:
    claims = Claim.objects.published().live().filter(passage__article__outlet__isnull=False)
    return claims.order_by().values_list("event_id", "passage__article__outlet_id").distinct()


def _issuers() -> QuerySet[Any, Any]:
    claims = Claim.objects.published().live().filter(passage__statement__issuers__isnull=False)
    return claims.order_by().values_list("event_id", "passage__statement__issuers").distinct()


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


def _microdegrees(degrees: pa.ChunkedArray, located: pa.ChunkedArray) -> pa.Array:
    whole = np.rint(pc.fill_null(degrees, 0.0).to_numpy() * 1e6).astype(np.int32)
    return pa.array(whole, mask=~located.to_numpy(zero_copy_only=False).astype(bool))


def _capped(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(pc.min_element_wise(values, pa.scalar(65535, values.type), skip_nulls=False), pa.uint16())


def _bits(ids: np.ndarray, harm: pa.Table) -> pa.Array:
    """One bit a party, in the order of the code list."""
    bits = np.zeros(len(ids), np.uint16)
    rows = _rows_of(ids, harm["id"].to_numpy())
    np.bitwise_or.at(bits, rows, (1 << pc.index_in(harm["party"], pa.array(PARTIES)).to_numpy()).astype(np.uint16))
    return pa.array(bits)


def _lists(ids: np.ndarray, pairs: pa.Table) -> pa.ListArray:
    """(event, word) pairs → a list of dictionary-coded words for each event, in the order of `ids`."""
    words = pairs["word"].combine_chunks().dictionary_encode()
    names = words.dictionary
    rows = _rows_of(ids, pairs["id"].to_numpy())
    # Names in their own order, not in that of the query: the same events give the same bytes.
    rank = pc.index_in(words.cast(pa.string()), names.take(pc.sort_indices(names))).to_numpy()
    order = np.lexsort((rank, rows))
    offsets = np.searchsorted(rows[order], np.arange(len(ids) + 1)).astype(np.int32)
    values = pa.DictionaryArray.from_arrays(pa.array(rank[order]).cast(_index_type(len(names))), names.take(pc.sort_indices(names)))
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _rows_of(ids: np.ndarray, events: np.ndarray) -> np.ndarray:
    order = np.argsort(ids)
    return order[np.searchsorted(ids, events, sorter=order)]


def _rooted(pairs: pa.Table) -> pa.Table:
    """(event, speaker id) → (event, key of the speaker's root), each once."""
    speakers = {row[0]: row for row in Speaker.objects.values_list("id", "organ_of_id", "slug")}
    keys = {}
    for number in {int(word) for word in pairs["word"].to_pylist()}:
        root, seen = number, {number}
        while (above := speakers[root][1]) and above not in seen:
            seen.add(above)
            root = above
        keys[str(number)] = speakers[root][2] or str(root)
    words = pa.array([keys[word] for word in pairs["word"].to_pylist()], pa.string())
    return pa.table({"id": pairs["id"], "word": words}).group_by(["id", "word"]).aggregate([]).select(["id", "word"])


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
