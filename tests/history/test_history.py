"""Every past value is kept, whoever writes it and however, and nobody rewrites it unnoticed."""

import random
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from entities.models import Place
from history import verify
from history.context import because
from history.models import Change, Revision, Seal
from history.tracking import tracked_tables
from sources.models import Outlet
from tests import factories

pytestmark = pytest.mark.django_db

# Why a table needs no history of its own.
UNTRACKED = {
    "incidents_codecounter": "a counter; the codes it gave stand in the events",
    "incidents_candidate_skipped_by": "a convenience of the queue",
    "sources_submission": "the log of a job",
    "incidents_datasetimport": "the log of a job",
    "incidents_token": "a key to the door and no part of the record; what is written with it is in the history under its owner",
    "incidents_importedrow": "the log of a job, row by row; what it wrote is in the history",
    "sources_feed": "what is asked, and how it answered last; what came of it are submissions",
    "incidents_publicchange": "the database's own note of what the history of the events shows",
}


def commit():
    """What the end of a transaction does: its changes are sealed."""
    connection.check_constraints()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_table_of_the_record_has_its_history_kept():
    tables = set()
    for label in ("entities", "sources", "incidents"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if not model._meta.proxy:
                tables.add(model._meta.db_table)
    assert tables - set(tracked_tables()) == set(UNTRACKED)


def test_a_change_keeps_who_when_why_and_the_value_before():
    editor, outlet = factories.user(), factories.outlet(name_en="Gazette")
    with because(by=editor, verb="edit", reason="Misspelled."):
        Outlet.objects.filter(pk=outlet.pk).update(name_en="The Gazette")
    first, second = Revision.objects.of(outlet)
    assert (first.operation, first.state["name_en"]) == ("I", "Gazette")
    assert (second.operation, second.changed, second.state["name_en"]) == ("U", ["name_en"], "The Gazette")
    assert (second.change.by, second.change.verb, second.change.reason) == (editor, "edit", "Misspelled.")


def test_bulk_writes_and_raw_sql_are_kept_as_well():
    Outlet.objects.bulk_create([Outlet(name_ar="أ"), Outlet(name_ar="ب")])
    Outlet.objects.update(domain="news.example")
    sql("UPDATE sources_outlet SET reliability = 'B'")
    rows = Revision.objects.filter(table="sources_outlet")
    assert rows.filter(operation="I").count() == 2
    assert rows.filter(changed=["domain"]).count() == 2
    assert rows.filter(changed=["reliability"]).count() == 2
    assert Change.objects.latest("at").role  # past the application: the database role at least is known


def test_a_write_that_changes_nothing_leaves_no_revision():
    outlet = factories.outlet()
    outlet.save()
    assert Revision.objects.of(outlet).count() == 1


def test_a_removed_row_stays_readable():
    spelling = factories.place("خضر جيجة").spellings.get()
    pk = spelling.pk
    spelling.delete()
    last = Revision.objects.filter(table="entities_placespelling", row=pk).latest("id")
    assert (last.operation, last.state["text"]) == ("D", "خضر جيجة")


def test_long_texts_are_kept_as_their_digest():
    article = factories.article()
    state = Revision.objects.of(article).get().state
    assert len(state["text"]) == 64
    assert state["title"] == article.title


def test_an_inner_verb_is_a_change_of_its_own_and_the_outer_goes_on():
    outer, inner = factories.user(), factories.user()
    with because(by=outer, verb="outer", reason="1"):
        factories.outlet("أ")
        with because(by=inner, verb="inner", reason="2"):
            factories.outlet("ب")
        factories.outlet("ج")
    factories.outlet("د")
    found = Revision.objects.filter(table="sources_outlet").order_by("id").values_list("state__name_ar", "change__verb", "change__by")
    assert list(found) == [("أ", "outer", outer.pk), ("ب", "inner", inner.pk), ("ج", "outer", outer.pk), ("د", "", None)]


def test_a_verb_that_fails_leaves_nothing_and_gives_the_context_back():
    user = factories.user()
    with because(by=user, verb="outer", reason="1"):
        with pytest.raises(IntegrityError), because(by=user, verb="inner", reason="2"):  # noqa: PT012 - the second write fails
            factories.outlet("أ")
            Outlet.objects.create(name_ar="أ")
        factories.outlet("ب")
    assert list(Revision.objects.filter(table="sources_outlet").values_list("state__name_ar", "change__verb")) == [("ب", "outer")]


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize(("table", "column"), [("history_change", "reason"), ("history_revision", "digest"), ("history_seal", "digest")])
def test_history_is_only_added_to(table, column, statement):
    factories.outlet()
    commit()
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        sql(statement.format(table, column))


@pytest.mark.parametrize("table", ["history_change", "history_revision", "history_seal", "incidents_event", "sources_article"])
def test_no_table_of_the_record_can_be_emptied(table):
    sql("SET LOCAL history.truncate = ''")
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        sql(f"TRUNCATE {table} CASCADE")


@pytest.fixture
def chain():
    """Some history, sealed and whole."""
    for number in range(6):
        with because(by=factories.user(), verb="edit", reason=f"reason {number}"):
            factories.told_event()
    commit()
    assert list(verify.faults()) == []


def tamper(*statements):
    """Write as whoever owns the tables could: with the triggers switched off."""
    sql("SET LOCAL session_replication_role = replica")
    for statement in statements:
        sql(statement)
    sql("SET LOCAL session_replication_role = origin")
    commit()


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE history_revision SET state = state || '{\"title_en\": \"x\"}' WHERE id = (SELECT max(id) FROM history_revision)",),
        ("UPDATE history_revision SET digest = repeat('0', 64) WHERE id = (SELECT min(id) FROM history_revision)",),
        ("UPDATE history_change SET reason = 'another' WHERE id = (SELECT change_id FROM history_seal WHERE number = 3)",),
        ("UPDATE history_change SET by_id = NULL WHERE id = (SELECT change_id FROM history_seal WHERE number = 2)",),
        ("UPDATE history_change SET at = at - interval '1 day' WHERE id = (SELECT change_id FROM history_seal WHERE number = 2)",),
        ("UPDATE history_seal SET digest = repeat('0', 64) WHERE number = 2",),
        ("DELETE FROM history_revision WHERE id = (SELECT min(id) + 3 FROM history_revision)",),
        ("DELETE FROM history_seal WHERE number = 2",),
        ("DELETE FROM history_seal WHERE number = (SELECT max(number) FROM history_seal)",),
        ("DELETE FROM history_change WHERE id = (SELECT change_id FROM history_seal WHERE number = 2)",),
        ("DELETE FROM history_seal", "DELETE FROM history_revision", "DELETE FROM history_change"),
        ("UPDATE incidents_event SET title_en = 'another' WHERE id = (SELECT min(id) FROM incidents_event)",),
        ("DELETE FROM incidents_claim WHERE id = (SELECT min(id) FROM incidents_claim)",),
        ("UPDATE sources_article SET text = text || '.' WHERE id = (SELECT min(id) FROM sources_article)",),
        ("INSERT INTO sources_outlet (name_ar, name_en, kind, reach, domain, side, reliability, is_sample)"
         " VALUES ('x', '', 'website', '', '', '', 'F', false)",),
    ],
)  # fmt: skip
def test_tampering_is_found(chain, statements):
    tamper(*statements)
    assert list(verify.faults())


def test_every_one_of_many_random_edits_is_found(chain):
    pick = random.Random(7)
    columns = {"state": "'{}'", "changed": "'{x}'", "events": "'{999}'", '"table"': "'x'", '"row"': "0", "operation": "'X'"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM history_revision")
        ids = [row[0] for row in cursor.fetchall()]
    for _ in range(40):
        column = pick.choice(list(columns))
        point = transaction.savepoint()
        tamper(f"UPDATE history_revision SET {column} = {columns[column]} WHERE id = {pick.choice(ids)}")
        assert list(verify.faults()), column
        transaction.savepoint_rollback(point)


def test_an_end_that_was_cut_off_with_its_rows_is_found_by_a_digest_kept_elsewhere(chain):
    kept = verify.head()
    outlet = factories.outlet()
    own = f"\"table\" = 'sources_outlet' AND row = {outlet.pk}"
    commit()
    known = verify.head()
    tamper(
        "DELETE FROM history_seal WHERE number = (SELECT max(number) FROM history_seal)",
        f"DELETE FROM history_change WHERE id = (SELECT change_id FROM history_revision WHERE {own})",
        f"DELETE FROM history_revision WHERE {own}",
        f"DELETE FROM sources_outlet WHERE id = {outlet.pk}",
    )
    assert list(verify.faults()) == []
    assert list(verify.faults(head=kept)) == []
    assert list(verify.faults(head=known))


def test_the_command_names_what_it_finds_and_says_so_by_its_exit(chain):
    out, err = StringIO(), StringIO()
    call_command("verify_history", stdout=out)
    assert verify.head() in out.getvalue()
    Seal.objects.first()
    tamper("UPDATE history_seal SET digest = repeat('0', 64) WHERE number = 2")
    with pytest.raises(CommandError):
        call_command("verify_history", stdout=out, stderr=err)
    assert "seal 2" in err.getvalue()


def test_a_place_in_a_circle_is_refused():
    district = factories.place(level="district")
    town = factories.place(under=district)
    with pytest.raises(IntegrityError, match="lies in it"), transaction.atomic():
        district.memberships.create(parent=town, hierarchy="federal")
    district.memberships.create(parent=town, hierarchy="kurdistan")  # the other administration may see it otherwise
    assert Place.objects.count() == 2


def test_a_speaker_that_is_an_organ_of_its_own_organ_is_refused():
    root = factories.speaker()
    organ = factories.speaker(organ_of=root)
    root.organ_of = organ
    with pytest.raises(IntegrityError, match="own organ"), transaction.atomic():
        root.save()
