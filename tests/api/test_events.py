"""Lists of events: order, pages, chosen fields, GeoJSON; one event with its chain, and where lost ones went."""

from datetime import date
from itertools import chain

import pytest
from django.test import RequestFactory

from incidents.api.serializers.events import EventSerializer
from incidents.models import Event
from tests import factories as make
from tests.api.conftest import Record

pytestmark = pytest.mark.django_db


def codes(answer) -> list[str]:
    return [row["code"] for row in answer.json()["results"]]


def walk(client, address: str, step: str = "next") -> list[str]:
    """The codes of every page from this one on, in the order of the pages."""
    found = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        found.append(codes(answer))
        address = answer.json()[step]
    return found


def test_only_published_events_are_listed(client) -> None:
    shown = make.event(status="published")
    for status in ("draft", "in_review", "approved", "rejected"):
        make.event(status=status)
    make.event(status="merged", merged_into=shown)
    answer = client.get("/api/v1/events/?count=yes")
    assert codes(answer) == [shown.code]
    assert answer.json()["count"] == 1


def test_no_event_is_no_error(client) -> None:
    assert client.get("/api/v1/events/?count=yes").json() == {"count": 0, "next": None, "previous": None, "results": []}


@pytest.mark.parametrize("ordering", ["-date_start", "date_start", "-modified_at", "modified_at"])
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_every_event_is_on_one_page_forwards_and_backwards(client, ordering: str, limit: int) -> None:
    """Two undated, three on one day, two on others: ties and empty values are where keysets go wrong."""
    for day in (None, date(2021, 12, 2), date(2021, 12, 2), date(2021, 12, 2), date(2020, 1, 1), date(2022, 1, 1), None):
        make.event(status="published", date_start=day)
    whole = codes(client.get(f"/api/v1/events/?ordering={ordering}"))
    assert len(set(whole)) == 7
    address = f"/api/v1/events/?ordering={ordering}&limit={limit}"
    pages = walk(client, address)
    assert list(chain.from_iterable(pages)) == whole
    assert all(len(page) == limit for page in pages[:-1])
    last = address
    while (following := client.get(last).json()["next"]) is not None:
        last = following
    assert list(chain.from_iterable(reversed(walk(client, last, "previous")))) == whole


def test_newest_come_first_and_undated_last(client) -> None:
    undated, old, new = (make.event(status="published", date_start=day) for day in (None, date(2020, 1, 1), date(2022, 1, 1)))
    assert codes(client.get("/api/v1/events/")) == [new.code, old.code, undated.code]
    assert codes(client.get("/api/v1/events/?ordering=date_start")) == [undated.code, old.code, new.code]


def test_a_row_published_between_two_pages_moves_no_other(client) -> None:
    first, second = (make.event(status="published", date_start=date(2021, 1, day)) for day in (2, 1))
    page = client.get("/api/v1/events/?limit=1")
    make.event(status="published", date_start=date(2021, 1, 3))
    assert codes(page) == [first.code]
    assert codes(client.get(page.json()["next"])) == [second.code]


def test_more_than_the_highest_limit_is_the_highest_limit(client, record: Record) -> None:
    assert client.get("/api/v1/events/?limit=100000000000000000000").status_code == 200


def test_lists_and_details_agree(client, record: Record) -> None:
    """The list is built from tuples: each of its values is what the serializer says of the same row."""
    make.event(status="published", where_prec=6)
    context = {"request": RequestFactory().get("/")}
    for row in client.get("/api/v1/events/").json()["results"]:
        event = Event.objects.get(code=row["code"])
        detail = client.get(f"/api/v1/events/{event.code}/").json()
        assert row == {name: detail[name] for name in row}
        assert list(row) == list(EventSerializer(event, context=context).data)


def test_an_event_known_to_its_country_alone_has_no_place_on_the_map(client) -> None:
    event = make.event(status="published", where_prec=6)
    assert client.get(f"/api/v1/events/{event.code}/").json()["lon"] is None
    assert client.get("/api/v1/events.geojson").json()["features"][0]["geometry"] is None


@pytest.mark.parametrize("address", ["/api/v1/events.geojson?", "/api/v1/events/?format=geojson&"])
def test_geojson_is_the_same_rows_with_longitude_first(client, record: Record, address: str) -> None:
    answer = client.get(f"{address}count=yes")
    assert answer["Content-Type"] == "application/geo+json"
    collection = answer.json()
    assert (collection["type"], collection["count"]) == ("FeatureCollection", 2)
    meeting, attack = collection["features"]
    assert attack["geometry"] == {"type": "Point", "coordinates": list(make.QARACHOGH)}
    assert meeting["geometry"] is None
    assert attack["id"] == attack["properties"]["code"] == record.attack.code
    assert attack["properties"]["title_ar"], attack["properties"]["title_en"]


def test_geojson_by_the_accept_header(client, record: Record) -> None:
    answer = client.get(f"/api/v1/events/{record.attack.code}/", headers={"Accept": "application/geo+json"})
    assert answer.json()["type"] == "Feature"
    assert answer.json()["properties"]["participants"][0]["actor"] == "islamic-state"


def test_chosen_fields_and_no_others(client, record: Record) -> None:
    assert client.get("/api/v1/events/?fields=code,grade").json()["results"][0] == {"code": record.meeting.code, "grade": "weak"}
    assert set(client.get(f"/api/v1/events/{record.attack.code}/?fields=code,resolutions").json()) == {"code", "resolutions"}
    assert set(client.get("/api/v1/claims/?fields=id,event").json()["results"][0]) == {"id", "event"}
    feature = client.get("/api/v1/events.geojson?fields=grade").json()["features"][1]
    assert (feature["properties"], feature["id"]) == ({"grade": "weak"}, record.attack.code)
    assert feature["geometry"]


@pytest.mark.parametrize("address", ["/api/v1/events/?fields=code&expand=claims,chain", "/api/v1/events/{}/?expand=claims,chain"])
def test_an_event_brings_its_claims_and_its_chain(client, record: Record, address: str) -> None:
    answer = client.get(address.format(record.attack.code)).json()
    attack = answer["results"][1] if "results" in answer else answer
    claim = attack["claims"][0]
    assert claim["passage"]["exact"] == "قتل ثلاثة عشر شخصاً."
    assert claim["passage"]["article"]["outlet"]["name_ar"] == "الأولى"
    issuer = claim["passage"]["statement"]["issuers"][0]
    assert (issuer["slug"], issuer["origin"]) == ("media-cell", record.speaker.organ_of_id)
    assert claim["passage"]["relays"][0]["outlet"]["name_ar"] == "الوكالة"
    assert [(link["source"], link["relation"], link["lag_days"]) for link in attack["chain"]["links"]] == [
        (record.meeting.code, "responds_to", 2)
    ]


def test_the_headline_says_from_which_claims_it_was_chosen(client, record: Record) -> None:
    resolution = client.get(f"/api/v1/events/{record.attack.code}/").json()["resolutions"][0]
    told = client.get(f"/api/v1/claims/?event={record.attack.code}&attribute=casualties").json()["results"]
    assert sorted(resolution["claims"]) == sorted(claim["id"] for claim in told)


def test_each_kind_has_its_route(client, record: Record) -> None:
    assert codes(client.get("/api/v1/incidents/")) == [record.attack.code]
    assert codes(client.get("/api/v1/coordination/")) == [record.meeting.code]
    assert client.get(f"/api/v1/incidents/{record.meeting.code}/").status_code == 404


def test_a_merged_event_leads_to_its_heir(client, record: Record) -> None:
    lost = make.event(status="merged", merged_into=record.attack, published_at=make.NOON)
    answer = client.get(f"/api/v1/events/{lost.code}/?expand=claims")
    assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/events/{record.attack.code}/?expand=claims")
    assert client.get(f"/api/v1/events/{record.attack.code}/").json()["merged_codes"] == [lost.code]


def test_a_withdrawn_event_is_gone_and_an_unpublished_one_was_never_there(client, record: Record) -> None:
    withdrawn = make.event(status="in_review", published_at=make.NOON)
    draft, merged_draft = make.event(), make.event(status="merged", merged_into=record.attack)
    hidden_heir = make.event(status="merged", merged_into=withdrawn, published_at=make.NOON)
    got = {event.code: client.get(f"/api/v1/events/{event.code}/").status_code for event in (withdrawn, draft, merged_draft, hidden_heir)}
    assert list(got.values()) == [410, 404, 404, 410]
