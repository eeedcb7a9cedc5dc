"""A drawn area holds the same events in the database as in the browser; what is no area is refused by its name."""

import json
import math
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client

from incidents.areas import MOST
from incidents.filters import EventFilter
from incidents.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db

# The browser is held to the same lines by tests/js/area.test.js.
CASES = json.loads((Path(__file__).parent.parent / "areas.json").read_text(encoding="utf-8"))


def found(area: str) -> set[Event]:
    filters = EventFilter(QueryDict(f"area={area}"), queryset=Event.objects.all())
    assert filters.is_valid(), filters.errors
    return set(filters.qs)


@pytest.mark.parametrize("case", CASES["held"], ids=lambda case: case["why"])
def test_an_area_holds_its_inside_and_its_edge(case):
    event = make.event(at=tuple(case["point"]))
    assert found(case["area"]) == ({event} if case["inside"] else set())


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["why"])
def test_what_is_no_area_is_refused_by_its_name(case):
    assert list(EventFilter(QueryDict(f"area={case['area']}"), queryset=Event.objects.all()).errors) == ["area"]


def ring(corners: int) -> str:
    turns = [2 * math.pi * i / corners for i in range(corners)]
    return "1~" + "~".join(f"{44 + math.cos(turn):.6f},{35 + math.sin(turn):.6f}" for turn in turns)


def test_an_area_has_so_many_corners_and_not_one_more():
    event = make.event(at=(44.5, 35.2))
    assert found(ring(MOST)) == {event}
    assert list(EventFilter(QueryDict(f"area={ring(MOST + 1)}"), queryset=Event.objects.all()).errors) == ["area"]


def test_an_event_known_to_its_country_alone_lies_in_no_area():
    make.event(at=(43.5, 34.5), where_prec=6)
    make.event(at=None)
    assert found("1~43,34~44,34~44,35~43,35") == set()


@pytest.mark.parametrize("address", ["/?{}", "/events/?{}", "/export.csv?{}", "/feed/?{}", "/trends/?{}", "/api/v1/events/?{}"])
def test_every_view_takes_an_area_and_names_the_filter_where_it_is_none(address):
    client = Client(headers={"Accept-Language": "en"})
    assert client.get(address.format("area=1~43,34~44,34~44,35")).status_code == 200
    refusal = client.get(address.format("area=1~43,34~44,35~44,34~43,35"))
    assert refusal.status_code == 400
    assert "area" in refusal.content.decode()
