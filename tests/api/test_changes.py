"""What changed: a client that starts from a dump and follows this list ends with the same rows."""

from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from incidents.models import Event, PublicChange, settled
from incidents.models.publicchange import MARGIN
from tests import factories as make

pytestmark = pytest.mark.django_db


def changed(event: Event, minutes: int, **columns) -> None:
    Event.objects.filter(pk=event.pk).update(modified_at=make.NOON + timedelta(minutes=minutes), **columns)


def follow(client, address: str) -> list[dict[str, str]]:
    found = []
    while address:
        answer = client.get(address).json()
        found += answer["results"]
        address = answer["next"]
    return found


def test_upserts_and_tombstones_with_their_reason_oldest_first(client) -> None:
    withdrawn, heir, merged, changed_one = (make.event(status="published") for _ in range(4))
    draft, merged_draft = make.event(), make.event(status="merged", merged_into=heir)
    changed(withdrawn, 0, status="in_review")
    changed(heir, 1)
    changed(merged, 2, status="merged", merged_into=heir)
    for minutes, event in enumerate((changed_one, draft, merged_draft), start=3):
        changed(event, minutes)
    assert [(row["code"], row["change"], row["heir"]) for row in follow(client, "/api/v1/changes/?limit=1")] == [
        (withdrawn.code, "withdrawn", None),
        (heir.code, "upsert", None),
        (merged.code, "merged", heir.code),
        (changed_one.code, "upsert", None),
    ]
    since = (make.NOON + timedelta(minutes=2)).isoformat()
    assert [row["code"] for row in follow(client, f"/api/v1/changes/?since={since}")] == [merged.code, changed_one.code]


def test_a_client_that_follows_ends_with_the_same_rows(client) -> None:
    events = [make.event(status="published") for _ in range(5)]
    for minutes, event in enumerate(events):
        changed(event, minutes)
    dump = {row["code"]: row for row in follow(client, "/api/v1/events/")}
    listed = list(dump[events[0].code])
    since = max(row["modified_at"] for row in dump.values())
    changed(events[0], 10, title_en="Another title")
    changed(events[1], 11, status="in_review")
    changed(events[2], 12, status="merged", merged_into=events[0])
    new = make.event(status="published")
    changed(new, 13)
    for row in follow(client, f"/api/v1/changes/?since={since}&limit=2"):
        if row["change"] == "upsert":
            detail = client.get(f"/api/v1/events/{row['code']}/").json()
            dump[row["code"]] = {name: detail[name] for name in listed}
        else:
            dump.pop(row["code"])
    assert dump == {row["code"]: row for row in follow(client, "/api/v1/events/")}


def test_a_withdrawn_heir_names_nobody(client) -> None:
    heir = make.event(status="in_review")
    changed(make.event(status="published"), 0, status="merged", merged_into=heir)
    assert [(row["change"], row["heir"]) for row in follow(client, "/api/v1/changes/")] == [("withdrawn", None)]


def test_the_work_on_a_withdrawn_event_does_not_show(client) -> None:
    withdrawn = make.event(status="published")
    changed(withdrawn, 0, status="in_review")
    before = follow(client, "/api/v1/changes/")
    changed(withdrawn, 5, title_en="Being corrected")
    changed(withdrawn, 6, status="approved")
    assert follow(client, "/api/v1/changes/") == before
    changed(withdrawn, 7, status="published")
    assert [row["change"] for row in follow(client, "/api/v1/changes/")] == ["upsert"]


def test_a_change_that_leaves_its_time_alone_is_told_all_the_same(client) -> None:
    event = make.event(status="published")
    changed(event, 0)
    Event.objects.filter(pk=event.pk).update(deaths_best=3)
    assert PublicChange.objects.get().at > make.NOON


def test_what_has_just_been_written_waits_a_moment(client) -> None:
    make.event(status="published")
    assert follow(client, "/api/v1/changes/") == []


@pytest.mark.parametrize(
    "since", ["yesterday", "2021-12-04", "2021-12-04T10:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "99"]
)
def test_a_moment_without_its_offset_is_refused(client, since: str) -> None:
    assert client.get(f"/api/v1/changes/?since={since}").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_nothing_is_passed_over_while_an_earlier_write_is_not_committed(client) -> None:
    """An import that began before and commits later must not slip behind a client that has gone on."""
    slow = make.event(status="published")
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE incidents_event SET title_en = 'late' WHERE id = %s", [slow.pk])
            cursor.execute("SELECT now()")
            began = cursor.fetchone()[0]
        quick = make.event(status="published")
        Event.objects.filter(pk=quick.pk).update(modified_at=began + timedelta(seconds=1))
        assert settled() <= began - MARGIN
        other.rollback()
        assert settled() > began - MARGIN
        assert settled() <= timezone.now() - MARGIN
    finally:
        other.close()


def test_the_upkeep_of_the_database_holds_no_client_up() -> None:
    """A stand-in for the list of running transactions, since nobody can say when the database looks after its tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE pg_stat_activity ON COMMIT DROP AS"
            " SELECT current_database() AS datname, 0 AS pid, 1 AS backend_xid, 'autovacuum worker' AS backend_type,"
            " now() - interval '1 hour' AS xact_start"
        )
        cursor.execute("SET LOCAL search_path = pg_temp, pg_catalog, public")
        upkeep = settled()
        cursor.execute("UPDATE pg_stat_activity SET backend_type = 'client backend'")
        import_of_an_hour = settled()
    assert upkeep > import_of_an_hour + timedelta(minutes=59)
