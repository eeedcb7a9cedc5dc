"""How many queries each list costs, whatever the number of rows. A difference to query_counts.json is looked at, then written there.

One is for the page (filtered events: one for its ids, one for their columns), one more with `count=yes`, one for each relation that is
fetched ahead (chains.py), one for the organs of speakers.
"""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import Event
from tests import factories as make
from tests.api.conftest import LISTS, make_record

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("query_counts.json")
ADDRESSES = [f"/api/v1/{name}/" for name in LISTS] + ["/api/v1/events.geojson", "/api/v1/events/?count=yes"]
ADDRESSES += ["/api/v1/events/?expand=claims", "/api/v1/events/?expand=chain", "/api/v1/events/{code}/?expand=claims,chain"]
ADDRESSES += ["/api/v1/events/?type=armed_attack&actor=islamic-state&speaker=joint-command&place={place}&q=هجوم"]


def more_rows(numbers: range) -> None:
    """Further events, articles, speakers, links and places of each kind, hanging on the same attack as well as on their own."""
    attack = Event.objects.earliest("id")
    for number in numbers:
        speaker = make.speaker(f"ناطق {number}", organ_of=make.speaker("القيادة"), actor=make.actor(f"unit-{number}"))
        event = make.told_event(by=speaker, place=make.place(under=make.place(level="district")))
        make.claim(attack, by=speaker)
        make.participation(attack, make.actor(f"unit-{number}"))
        make.link(event, attack)
        make.commitment(event, passage=event.claims.first().passage)
        make.commitment(attack, passage=event.claims.first().passage, implemented_by=event, status="implemented")
        make.statistic(status="published", passage=event.claims.first().passage)
    Event.objects.update(modified_at=make.NOON)


def measure(client) -> dict[str, int]:
    attack = Event.objects.select_related("place").earliest("id")
    client.get("/api/v1/events/")  # the first one of a process also asks for the version of PostGIS
    found = {}
    for address in ADDRESSES:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address.format(code=attack.code, place=attack.place.key))
        assert answer.status_code == 200, answer.content
        found[address] = len(queries)
    return found


def test_more_rows_cost_no_more_queries(client) -> None:
    make_record()
    more_rows(range(1))
    few = measure(client)
    more_rows(range(1, 5))
    assert measure(client) == few == json.loads(FILE.read_text())


def test_a_page_in_the_middle_is_a_range_of_the_index(client) -> None:
    """One query; no row before the page is counted or skipped."""
    for _ in range(4):
        make.event(status="published")
    following = client.get("/api/v1/events/?limit=1").json()["next"]
    with CaptureQueriesContext(connection) as queries:
        client.get(following)
    assert len(queries) == 1
    assert not any("OFFSET" in query["sql"] for query in queries)
