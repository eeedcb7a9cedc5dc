"""A view of events as a file: CSV, XLSX, GeoJSON, NDJSON, GeoParquet; with the filter, the licence, the day and the citation inside."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from urllib.parse import urlsplit

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter
from django.db import connection, transaction
from django.db.models import CharField, Expression, F, Func, QuerySet

from entities.geometry import PointX, PointY
from incidents import copying
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
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


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

    template = f"regexp_replace(%(expressions)s, '^([{FORMULA}])', E'''\\\\1')"
    output_field = CharField()


def _rows(events: EventQuerySet) -> QuerySet[Any, Any]:
    """The events, newest first, as tuples in the order of COLUMNS."""
    sources = {f"out_{name}": source for name, (source, _type) in COLUMNS.items()}
    return events.newest_first().annotate(**sources).values_list(*sources)


class _Line(Func):
    """The expressions as PostgreSQL writes a row: parted and quoted as in a CSV, but in brackets and with every backslash twice."""

    template = "ROW(%(expressions)s)::text"
    output_field = CharField()


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
    """Every row ends with view, filter, licence and day."""
    facts = about.of_each_row()
    ending = "," + ",".join('"' + text.replace('"', '""') + '"' for text in facts.values()) + "\r\n"
    cells = [_Harmless(F(f"out_{name}")) if name in _FREE_TEXT else F(f"out_{name}") for name in COLUMNS]
    head = "\ufeff" + ",".join([*COLUMNS, *facts]) + "\r\n"  # spreadsheets read UTF-8 only where the file begins so
    for piece in _pieces(parts, _Line(*cells)):
        yield (head + "".join([line[1:-1].replace("\\\\", "\\") + ending for (line,) in piece])).encode()
        head = ""
    if head:
        yield head.encode()


def write_xlsx(parts: Parts, about: About, out: IO[bytes]) -> None:
    """Two sheets: the events, and what the file says of itself. Text stays text, whatever it begins with."""
    plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(out, plain)
    # Else the file would hold the second it was made in, and two of one view would differ.
    book.set_properties({"created": datetime(about.as_of.year, about.as_of.month, about.as_of.day)})  # noqa: DTZ001 - a file's day
    sheet = book.add_worksheet("events")
    sheet.write_row(0, 0, list(COLUMNS))
    for number, row in enumerate((row for piece in _pieces(parts, *_VALUES) for row in piece), start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, _shown(value))
            elif isinstance(value, date):
                sheet.write_datetime(number, column, value)
            elif value is not None:
                sheet.write(number, column, value)
    page = book.add_worksheet("about")
    for line, (name, text) in enumerate(about.as_dict().items()):
        page.write_string(line, 0, name)
        page.write_string(line, 1, _shown(text))
    book.close()


def _shown(text: str) -> str:
    """Control characters as their pictures (␀ …): XML cannot hold them, and nothing is to be lost."""
    return _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), text)


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


def write_geoparquet(parts: Parts, about: About, out: IO[bytes]) -> None:
    """GeoParquet 1.1: WKB points in longitude and latitude (OGC:CRS84)."""
    types = {name: type_ for name, (_source, type_) in COLUMNS.items()}
    table = pa.concat_tables([copying.table(_rows(events), types) for events in parts])
    points = _points(table["longitude"], table["latitude"])
    table = table.drop_columns(["longitude", "latitude"]).append_column("geometry", points)
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}}}
    table = table.replace_schema_metadata({"geo": json.dumps(geo), "isnad": json.dumps(about.as_dict(), ensure_ascii=False)})
    pq.write_table(table, out, compression="zstd", compression_level=9)


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
# The formats that are sent as they are read, and those whose first bytes need the last event.
STREAMS: dict[str, Callable[[Parts, About], Iterator[bytes]]] = {"csv": csv_pieces, "geojson": geojson_pieces, "ndjson": ndjson_pieces}
WRITERS: dict[str, Callable[[Parts, About, IO[bytes]], None]] = {"xlsx": write_xlsx, "parquet": write_geoparquet}
