"""A view taken along: the same rows in every format, safe to open, and saying where they are from."""

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client

from incidents import copying, exports
from incidents.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def published(type: str = "armed_attack", **values: Any) -> Event:
    return factories.event(type, status="published", **values)


def taken(form: str, query: str = "") -> bytes:
    answer = Client().get(f"/export.{form}{query}")
    assert answer.status_code == 200
    return b"".join(answer)


def read_csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def rows_of(form: str, query: str = "") -> list[str]:
    body = taken(form, query)
    if form == "csv":
        return [row["code"] for row in read_csv(body)]
    if form == "geojson":
        return [feature["id"] for feature in json.loads(body)["features"]]
    if form == "ndjson":
        return [json.loads(line)["code"] for line in body.splitlines()]
    if form == "parquet":
        return pq.read_table(io.BytesIO(body))["code"].to_pylist()
    strings = zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml").decode()
    return [word for word in strings.replace("<", ">").split(">") if word.startswith("ISN-")]


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "ndjson", "parquet"])
def test_every_format_holds_exactly_the_view(form):
    shown = published("ambush", code="ISN-2021-000001")
    published("ied", code="ISN-2021-000002")
    factories.event("ambush", code="ISN-2021-000003")
    assert rows_of(form, "?type=ambush") == [shown.code]


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "ndjson", "parquet"])
def test_a_view_without_events_is_a_file_without_rows(form):
    assert rows_of(form) == []


def test_a_csv_begins_to_arrive_after_its_first_events(monkeypatch):
    monkeypatch.setattr(copying, "PIECE", 250)  # bytes, of about one line
    for number in range(1, 8):
        published(code=f"ISN-2021-{number:06d}", date_start=date(2021, 1, number), date_end=date(2021, 1, number))
    pieces = list(Client().get("/export.csv").streaming_content)
    begun = b"".join(pieces[:3])
    assert b"ISN-2021-000007" in begun
    assert b"ISN-2021-000001" not in begun
    assert [row["code"][-1] for row in read_csv(b"".join(pieces))] == list("7654321")


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "ndjson", "parquet"])
def test_a_download_that_is_broken_off_leaves_the_database_free(form, monkeypatch):
    monkeypatch.setattr(copying, "PIECE", 250)
    monkeypatch.setattr(exports, "_FIRST_PIECE", 1)
    for _ in range(5):
        published()
    pieces = exports.PIECES[form]([Event.objects.published()], exports.About("https://site.example/", "", "CC0", date(2024, 1, 1)))
    next(pieces)
    pieces.close()
    assert Event.objects.count() == 5


def test_a_csv_cell_is_the_text_whatever_it_holds():
    title = 'a "b", (c)\\d\\\\e\nf'
    published(title_ar=title, title_en="")
    assert [(row["title_ar"], row["title_en"], row["longitude"]) for row in read_csv(taken("csv"))] == [(title, "", "43.62")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_is_a_formula(start):
    published(title_ar=f"{start}HYPERLINK(1)", title_en="plain")
    row = next(csv.DictReader(io.StringIO(taken("csv").decode("utf-8-sig"), newline="")))
    assert row["title_ar"] == f"'{start}HYPERLINK(1)"
    assert row["title_en"] == "plain"


def test_a_workbook_has_no_formula_and_loses_no_character():
    published(title_ar="=1+1", title_en="a\x01b")
    sheet = zipfile.ZipFile(io.BytesIO(taken("xlsx"))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in sheet
    assert "a\u2401b" in sheet


def test_a_file_says_filter_licence_day_and_citation():
    published("ambush")
    about = json.loads(taken("geojson", "?type=ambush"))
    assert about["filter"] == "type=ambush"
    assert about["view"].endswith("/?type=ambush")
    assert about["licence"]
    assert about["as_of"] in about["citation"]


def test_a_geoparquet_point_is_where_the_event_is():
    published()
    published(at=None)
    table = pq.read_table(io.BytesIO(taken("parquet")))
    geometry = [bytes(value) if value else None for value in table["geometry"].to_pylist()]
    assert sorted(len(value or b"") for value in geometry) == [0, 21]
    assert json.loads(table.schema.metadata[b"geo"])["primary_column"] == "geometry"
