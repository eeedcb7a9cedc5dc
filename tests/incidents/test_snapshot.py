"""The snapshot holds the published events, all of them, and nothing else."""

import json
from datetime import date
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client
from django.utils import timezone

from entities.models import PlaceMembership
from incidents import columns, packed, snapshot
from incidents.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def published(type: str = "armed_attack", **values: Any) -> Event:
    return factories.event(type, status="published", **values)


def codes() -> list[int]:
    return columns.build()["code"].to_pylist()


def test_only_published_events_enter():
    shown = factories.told_event(code="ISN-2021-000007")
    for number, status in enumerate(("draft", "in_review", "approved", "rejected"), start=100):
        hidden = factories.told_event(code=f"ISN-2021-000{number}", status=status, by=factories.speaker("سر", slug=f"canary-{number}"))
        factories.participation(hidden, factories.actor(f"canary-{number}"))
    table = columns.build()
    assert table["code"].to_pylist() == [2021000007]
    assert "canary" not in str(table.to_pydict())
    assert "canary" not in str(table.schema.metadata)
    assert shown.status == Event.Status.PUBLISHED


def test_no_event_is_a_table_without_rows():
    table = columns.build()
    assert table.num_rows == 0
    assert "actors" in table.column_names


def test_rows_stand_by_first_day_and_undated_ones_last():
    published(code="ISN-2021-000001", date_start=None)
    published(code="ISN-2021-000002", date_start=date(2021, 12, 2), date_end=date(2021, 12, 3), date_prec=2)
    published(code="ISN-2021-000003", date_start=date(2020, 9, 10), date_end=date(2020, 9, 10), date_prec=1)
    assert codes() == [2021000003, 2021000002, 2021000001]


def test_an_event_known_only_to_its_country_has_no_place_on_the_map():
    published(where_prec=6)
    published(where_prec=1)
    assert columns.build()["lon"].null_count == 1


def test_every_place_above_an_event_is_a_choice_in_both_administrations():
    federal, kurdish = factories.place(key="isnad:nineveh"), factories.place(key="isnad:erbil")
    village = factories.place(key="isnad:village", under=federal)
    PlaceMembership.objects.create(place=village, parent=kurdish, hierarchy="kurdistan")
    published(place=village)
    table = columns.build()
    assert table["place"].combine_chunks().dictionary.to_pylist() == ["isnad:erbil", "isnad:nineveh", "isnad:village"]
    assert json.loads(table.schema.metadata[b"isnad"])["parents"] == {"isnad:village": ["isnad:erbil", "isnad:nineveh"]}


def test_the_same_events_give_the_same_version():
    factories.told_event()
    first = snapshot.rebuild().version
    Event.objects.first().save()  # a new state of the database, the same events
    assert snapshot.rebuild().version == first


def test_a_place_that_lies_elsewhere_now_does_so_in_a_later_snapshot(monkeypatch):
    """No event changed: nothing says so but the hours."""
    village = factories.place(key="isnad:village", under=factories.place(key="isnad:nineveh"))
    published(place=village)
    before = snapshot.current()
    PlaceMembership.objects.create(place=village, parent=factories.place(key="isnad:erbil"), hierarchy="kurdistan")
    assert snapshot.current() == before
    monkeypatch.setattr(snapshot, "AGE", -1)
    assert snapshot.current().columns().about["parents"] == {"isnad:village": ["isnad:erbil", "isnad:nineveh"]}


def test_a_published_event_is_in_the_next_snapshot():
    before = snapshot.current().version
    factories.told_event()
    assert snapshot.current().version != before
    assert len(snapshot.current().columns()) == 1


@pytest.mark.parametrize("address", ["/snapshot.arrow", "/snapshot/{}.columns"])
def test_a_snapshot_is_answered_with_304_to_who_has_it(address):
    factories.told_event()
    address = address.format(snapshot.current().version)
    first = Client().get(address, headers={"Accept-Encoding": "gzip"})
    b"".join(first)
    again = Client().get(address, headers={"If-None-Match": first["ETag"], "Accept-Encoding": "gzip"})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize(
    ("accepted", "coding"), [("gzip, deflate, br, zstd", "zstd"), ("gzip;q=0, zstd;q=0.0", None), ("", None), ("br, gzip;q=0.5", "gzip")]
)
def test_a_coding_is_sent_only_to_who_takes_it(accepted, coding):
    answer = Client().get(f"/snapshot/{snapshot.current().version}.columns", headers={"Accept-Encoding": accepted})
    assert answer.get("Content-Encoding") == coding
    b"".join(answer)


def test_notebooks_read_the_arrow_file_as_it_is_sent():
    factories.told_event(code="ISN-2021-000007")
    table = pa.ipc.open_file(b"".join(Client().get("/snapshot.arrow"))).read_all()
    assert table["code"].to_pylist() == [2021000007]


def unpacked(content: bytes) -> dict[str, Any]:
    """The scripts' file read back, number by number: {column: numbers} and what its header says."""
    length = int.from_bytes(content[8:12], "little")
    header = json.loads(content[12 : 12 + length])
    at, size, found = 12 + length, header["size"], {}
    for column in header["columns"]:
        planes = [content[at + size * plane : at + size * (plane + 1)] for plane in range(column["bytes"])]
        folded = [sum(plane[row] << (8 * i) for i, plane in enumerate(planes)) for row in range(size)]
        numbers = [(n >> 1) ^ -(n & 1) for n in folded]
        found[column["name"]] = list(accumulate(numbers)) if column["delta"] else numbers
        at += size * column["bytes"]
    assert at == len(content)
    return header | found


def test_the_scripts_file_says_what_the_arrow_file_says():
    village = factories.place(key="isnad:village")
    both = factories.told_event(
        code="ISN-2021-000002", date_start=date(2021, 12, 2), date_end=date(2021, 12, 3), place=village, at=(43.6, -35.7)
    )
    factories.claim(both, party="civilian")
    for slug in ("army", "tribe"):
        factories.participation(both, factories.actor(slug))
    published("meeting", code="ISN-1900-999999", date_start=None, place=None, at=None, deaths_low=None, deaths_best=None, deaths_high=None)
    table = columns.build()
    read = unpacked(packed.pack(table))
    assert read["code"] == table["code"].to_pylist() == [2021000002, 1900999999]
    assert read["start"] == [18963, packed.UNDATED]
    assert read["length"] == [1, 0]
    assert (read["lon"], read["lat"], read["located"]) == ([43_600_000, 0], [-35_700_000, 0], [1, 0])
    assert [read["names"]["place"][n] if n >= 0 else None for n in read["place"]] == table["place"].to_pylist()
    assert [n if n >= 0 else None for n in read["killed"]] == table["killed"].to_pylist()
    assert read["parties"] == table["parties"].to_pylist()
    for name, source in packed.LISTS.items():
        assert [[read["names"][name][n] for n in read["sets"][name][number]] for number in read[name]] == table[source].to_pylist()


def test_a_version_that_holds_what_was_withdrawn_is_kept_no_longer():
    event = factories.told_event()
    held = snapshot.rebuild().version
    Event.objects.filter(pk=event.pk).update(status="in_review", modified_at=timezone.now())
    assert len(snapshot.rebuild().columns()) == 0
    assert snapshot.find(held) is None


def withdraw(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(status="in_review", modified_at=timezone.now())


def test_a_withdrawn_event_leaves_the_address_of_a_version_at_once():
    event = factories.told_event()
    path = f"/snapshot/{snapshot.rebuild().version}.columns"
    answer = Client().get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    b"".join(answer)
    withdraw(event)
    assert Client().get(path).status_code == 302


def test_the_work_on_what_is_not_published_makes_no_new_snapshot(django_assert_num_queries):
    factories.told_event()
    draft = factories.event()
    snapshot.rebuild()
    draft.save()
    with django_assert_num_queries(1):
        snapshot.current()
