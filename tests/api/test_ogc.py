"""OGC API – Features, part 1: what the standard's clients ask, and what they get."""

from datetime import date

import pytest
from django.contrib.gis.gdal import DataSource
from django.test import Client
from openapi_spec_validator import validate

from tests import factories as make
from tests.api.conftest import Record

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/incidents/items"


def test_every_link_of_the_documents_leads_somewhere(client, record: Record) -> None:
    seen, waiting = set(), ["http://testserver/ogc/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address.removeprefix("http://testserver"))
        assert answer.status_code == 200, address
        if "json" in answer["Content-Type"]:
            body = answer.json()
            parts = [body, *body.get("collections", []), *body.get("features", [])]
            waiting += [link["href"] for part in parts for link in part.get("links", [])]
    assert {f"http://testserver/ogc/collections/{name}/items" for name in ("incidents", "coordination", "places")} <= seen


def test_it_says_what_it_conforms_to_and_describes_itself(client) -> None:
    classes = client.get("/ogc/conformance").json()["conformsTo"]
    assert {each.rpartition("/")[2] for each in classes} == {"core", "oas30", "geojson"}
    answer = client.get("/ogc/api")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    validate(answer.json())
    for path in answer.json()["paths"]:
        assert "{" in path or client.get(f"/ogc{path}").status_code == 200


@pytest.mark.parametrize("accept", ["application/geo+json", "application/json", "text/html", "*/*", "image/png"])
def test_features_are_geojson_whatever_is_asked_for(client, record: Record, accept: str) -> None:
    answer = client.get(ITEMS, headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == (200, "application/geo+json", "*")
    assert (answer.json()["numberReturned"], answer.json()["features"][0]["id"]) == (1, record.attack.code)


def test_pages_follow_the_next_link_to_the_end(client, record: Record) -> None:
    for _ in range(4):
        make.told_event()
    address, codes = f"{ITEMS}?limit=2", []
    while address:
        page = client.get(address.removeprefix("http://testserver")).json()
        codes += [feature["id"] for feature in page["features"]]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert (len(codes), len(set(codes))) == (5, 5)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2021-12-02", 1),
        ("2021-12-02T23:00:00Z", 1),
        ("2021-12-01/2021-12-31", 1),
        ("2021-12-01T00:00:00Z/..", 1),
        ("../2021-12-01", 0),
        ("2021-12-03/", 0),
    ],
)
def test_datetime_meets_the_days_of_an_event(client, record: Record, asked: str, found: int) -> None:
    assert client.get(ITEMS, {"datetime": asked}).json()["numberReturned"] == found
    assert client.get("/ogc/collections/places/items", {"datetime": asked}).json()["numberReturned"] == 2


@pytest.mark.parametrize("asked", ["yesterday", "2021-02-30", "..", "../..", "2021-12-01/2021-12-02/2021-12-03", "2021-12-31/2021-12-01"])
def test_a_datetime_that_cannot_be_read_is_a_400(client, asked: str) -> None:
    answer = client.get(ITEMS, {"datetime": asked})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_box_and_the_filters_of_the_map_hold_here_too(client, record: Record) -> None:
    make.told_event("ied", at=(45.0, 33.0), date_start=date(2022, 1, 1))
    assert client.get(f"{ITEMS}?bbox=43,35,44,36").json()["numberReturned"] == 1
    assert client.get(f"{ITEMS}?type=ied&bbox=40,30,46,37&datetime=2022-01-01/..").json()["numberReturned"] == 1
    assert client.get("/ogc/collections/places/items?bbox=0,0,1,1").json()["numberReturned"] == 0
    for wrong in ("bbox=1,2,3", "bbox=0,0,0,91", "limit=0", "kind=incident", "from=2021-01-01", "f=html"):
        assert client.get(f"{ITEMS}?{wrong}").status_code == 400, wrong


def test_a_merged_event_leads_to_its_heir_and_nothing_unpublished_is_told(client, record: Record) -> None:
    make.event(status="merged", merged_into=record.attack, code="ISN-2021-000777", published_at=make.NOON)
    draft = make.told_event(status="draft")
    assert client.get(f"{ITEMS}/ISN-2021-000777")["Location"] == f"{ITEMS}/{record.attack.code}"
    assert client.get(f"{ITEMS}/{draft.code}").status_code == 404
    assert Client().get(f"{ITEMS}/{record.meeting.code}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_gdal_opens_it_without_an_adapter(live_server) -> None:
    event = make.told_event()
    make.told_event("meeting", at=None)
    source = DataSource(f"OAPIF:{live_server.url}/ogc/")
    layers = {layer.name: layer for layer in source}
    assert set(layers) == {"incidents", "coordination", "places"}
    (feature,) = layers["incidents"]
    assert (feature.get("code"), feature.geom.x, feature.geom.y) == (event.code, *make.QARACHOGH)
    assert len(list(layers["coordination"])) == 1
