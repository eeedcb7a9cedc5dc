"""A view of events as a file: CSV, XLSX, GeoJSON, NDJSON, GeoParquet; with the filter, the licence, the day and the citation inside."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import connection, transaction
from django.db.models import CharField, Expression, F, Func, QuerySet, Value

from entities.geometry import PointX, PointY
from incidents import copying, workbook
from incidents.passing import Passing
from incidents.querysets import EventQuerySet

# The events of a file, newest first, in parts that are each one query.
Parts = Iterable[EventQuerySet]
# Column of the file -> (where it comes from, its Arrow type).
COLUMNS: dict[str, tuple[Any, pa.DataType]] = {
    "code": (F("code"), pa.string()), "kind": (F("kind"), pa.string()), "type": (F("type"), pa.string()),
    "modality": (F("modality"), pa.string()),
    "title_ar": (F("title_ar"), pa.string()), "title_en": (F("title_en"), pa.string()),
    "date_start": (F("date_start"), pa.date32()), "date_end": (F("date_end"), pa.date32()), "date_prec": (F("date_prec"), pa.uint8()),
    "place": (F("place__key"), pa.string()), "place_ar": (F("place__name_ar"), pa.string()), "place_en": (F("place__name_en"), pa.string()),
    "longitude": (PointX("point"), pa.float64()), "latitude": (PointY("point"), pa.float64()), "where_prec": (F("where_prec"), pa.uint8()),
    "killed_low": (F("deaths_low"), pa.uint32()), "killed_best": (F("deaths_best"), pa.uint32()),
    "killed_high": (F("deaths_high"), pa.uint32()),
    "wounded_low": (F("injured_low"), pa.uint32()), "wounded_best": (F("injured_best"), pa.uint32()),
    "wounded_high": (F("injured_high"), pa.uint32()),
    "articles": (F("article_count"), pa.uint32()), "outlets": (F("outlet_count"), pa.uint32()), "origins": (F("origin_count"), pa.uint32()),
    "grade": (F("grade"), pa.string()), "claims_conflict": (F("has_conflict"), pa.bool_()),
}  # fmt: skip
# The same in a query that has annotated them.
_VALUES = [F(f"out_{name}") for name in COLUMNS]
_FREE_TEXT = ("title_ar", "title_en", "place_ar", "place_en")
# Events of a streamed file that are read together: few at first, so that the file begins to arrive.
_FIRST_PIECE, _PIECE = 200, 2_000
_GROUP = 1 << 16  # events that a GeoParquet holds together


@dataclass(frozen=True)
class About:
    """What a file says of itself. `view` is the address of the page that shows the same events, `query` its filters."""

    view: str
    query: str
    licence: str
    as_of: date

    def as_dict(self) -> dict[str, str]:
        day = self.as_of.isoformat()
        return {
            "view": self.view,
            "filter": self.query,
            "licence": self.licence,
            "as_of": day,
            "citation": f"Isnad, {self.view}, as of {day}.",
        }

    @property
    def site(self) -> str:
        """Scheme and host of the pages."""
        parts = urlsplit(self.view)
        return f"{parts.scheme}://{parts.netloc}"

    def of_each_row(self) -> dict[str, str]:
        """What stands beside every event of a file that is read row by row: a copied row still says where it is from."""
        return {name: text for name, text in self.as_dict().items() if name != "citation"}


# What a spreadsheet takes for the start of a formula: a cell that begins so is written behind an apostrophe.
FORMULA = "=+@\t\r-"


class _Harmless(Func):
    """The text, with an apostrophe before a first character that a spreadsheet would take for the start of a formula."""

    template = (
        f"CASE WHEN ascii(%(expressions)s) IN ({', '.join(str(ord(sign)) for sign in FORMULA)})"
        " THEN '''' || %(expressions)s ELSE %(expressions)s END"
    )
    output_field = CharField()


def _rows(events: EventQuerySet) -> QuerySet[Any, Any]:
    """The events, newest first, as tuples in the order of COLUMNS."""
    sources = {f"out_{name}": source for name, (source, _type) in COLUMNS.items()}
    return events.newest_first().annotate(**sources).values_list(*sources)


def _pieces(parts: Parts, *expressions: Expression | F) -> Iterator[list[tuple[Any, ...]]]:
    """These values of each event as a cursor gives them: the first events at once, memory flat however many there are."""
    size = _FIRST_PIECE
    # In a transaction, else the database would read the whole view before the cursor gives its first row.
    with transaction.atomic():
        for events in parts:
            rows = _rows(events).annotate(**{f"value_{number}": value for number, value in enumerate(expressions)})
            with connection.chunked_cursor() as cursor:
                cursor.execute(*rows.values_list(*(f"value_{number}" for number in range(len(expressions)))).query.sql_with_params())
                while piece := cursor.fetchmany(size):
                    yield piece
                    size = _PIECE


def csv_pieces(parts: Parts, about: About) -> Iterator[bytes]:
    """Every row ends with view, filter, licence and day. Lines end as the database ends them, with a line feed."""
    facts = about.of_each_row()
    yield ("\ufeff" + ",".join([*COLUMNS, *facts]) + "\n").encode()  # spreadsheets read UTF-8 only where the file begins so
    for events in parts:
        with copying.lines(_cells(events, facts)) as lines:
            while piece := lines.read1():
                yield piece


def _cells(events: EventQuerySet, facts: dict[str, str]) -> QuerySet[Any, Any]:
    """The rows of a CSV: no text in them that a spreadsheet would take for a formula."""
    cells: dict[str, Any] = {f"cell_{name}": _Harmless(F(f"out_{name}")) if name in _FREE_TEXT else F(f"out_{name}") for name in COLUMNS}
    cells |= {f"fact_{name}": Value(text) for name, text in facts.items()}
    return _rows(events).annotate(**cells).values_list(*cells)


def xlsx_pieces(parts: Parts, about: About) -> Iterator[bytes]:
    """Two sheets: the events, and what the file says of itself."""
    rows = (row for piece in _pieces(parts, *_VALUES) for row in piece)
    return workbook.pieces([("events", chain([list(COLUMNS)], rows)), ("about", about.as_dict().items())])


def geojson_pieces(parts: Parts, about: About) -> Iterator[bytes]:
    """One FeatureCollection (RFC 7946) that says of itself what it is; an event without a point has the geometry null."""
    head = orjson.dumps({"type": "FeatureCollection", **about.as_dict()})[:-1] + b', "features": [\n'
    for piece in _pieces(parts, *_VALUES):
        yield head + b",\n".join([orjson.dumps(_feature(dict(zip(COLUMNS, row, strict=True)))) for row in piece])
        head = b",\n"
    yield (b"" if head == b",\n" else head) + b"\n]}\n"


def _feature(values: dict[str, Any]) -> dict[str, Any]:
    x, y = values.pop("longitude"), values.pop("latitude")
    point = None if x is None else {"type": "Point", "coordinates": [x, y]}
    return {"type": "Feature", "id": values["code"], "geometry": point, "properties": values}


def ndjson_pieces(parts: Parts, about: About) -> Iterator[bytes]:
    """One JSON object a line. Like a CSV's rows, each says where it is from."""
    facts = about.of_each_row()
    for piece in _pieces(parts, *_VALUES):
        lines = ({**dict(zip(COLUMNS, row, strict=True)), **facts} for row in piece)
        yield b"".join([orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines])


def geoparquet_pieces(parts: Parts, about: About) -> Iterator[bytes]:
    """GeoParquet 1.1: WKB points in longitude and latitude (OGC:CRS84)."""
    types = {name: type_ for name, (_source, type_) in COLUMNS.items()}
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}}}
    facts = {"geo": json.dumps(geo), "isnad": json.dumps(about.as_dict(), ensure_ascii=False)}
    schema = _located(pa.schema(types).empty_table()).schema.with_metadata(facts)
    out = Passing()
    with pq.ParquetWriter(out, schema, compression="zstd", compression_level=9) as writer:
        yield out.taken()  # the file's first bytes: its reader sees that it comes
        for rows in _groups(batch for events in parts for batch in copying.tables(_rows(events), types)):
            writer.write_table(_located(rows).cast(schema))
            yield out.taken()
    yield out.taken()


def _groups(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The batches, put together until they are worth a group of their own."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= _GROUP:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def _located(rows: pa.Table) -> pa.Table:
    """With a point instead of two columns."""
    points = _points(rows["longitude"], rows["latitude"])
    return rows.drop_columns(["longitude", "latitude"]).append_column("geometry", points)


def _points(x: pa.ChunkedArray, y: pa.ChunkedArray) -> pa.Array:
    """Little-endian WKB points: a byte of order, the type 1, two doubles; null where there is no point."""
    points = np.zeros(len(x), np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")]))
    points["order"], points["type"] = 1, 1
    points["x"], points["y"] = pc.fill_null(x, 0.0).to_numpy(), pc.fill_null(y, 0.0).to_numpy()
    fixed = pa.Array.from_buffers(pa.binary(points.dtype.itemsize), len(x), [None, pa.py_buffer(points.tobytes())])
    return pc.if_else(pc.is_valid(x), pa.chunked_array([fixed.cast(pa.binary())]), pa.scalar(None, pa.binary()))


# Format -> (media type, what the page calls it).
FORMS = {
    "csv": ("text/csv; charset=utf-8", "CSV"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (XLSX)"),
    "geojson": ("application/geo+json", "GeoJSON"),
    "ndjson": ("application/x-ndjson", "NDJSON"),
    "parquet": ("application/vnd.apache.parquet", "GeoParquet"),
}
PIECES: dict[str, Callable[[Parts, About], Iterator[bytes]]] = {
    "csv": csv_pieces,
    "xlsx": xlsx_pieces,
    "geojson": geojson_pieces,
    "ndjson": ndjson_pieces,
    "parquet": geoparquet_pieces,
}
