"""Rows of other datasets: read by their own codebooks' rules, shown before anything is written, imported once, taken back whole."""

import csv
import io
from datetime import date
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from incidents import curation, importing, triage
from incidents.interchange import acled, columns, ged
from incidents.interchange.table import read_table
from incidents.models import Candidate, Claim, DatasetImport, Event, ImportedRow
from sources.intake import IntakeError
from sources.models import Article, TextReuse
from tests import factories
from tests.proposals import candidate, day, toll

pytestmark = pytest.mark.django_db

GED = {
    "id": "1",
    "type_of_violence": "3",
    "side_a_new_id": "234",
    "side_a": "IS",
    "side_b_new_id": "1",
    "side_b": "Civilians",
    "source_headline": "Thirteen killed in a village",
    "where_prec": "1",
    "where_coordinates": "Khiḑr Jījah village",
    "adm_1": "Arbīl province",
    "adm_2": "Makhmur district",
    "latitude": "35.77",
    "longitude": "43.62",
    "country": "Iraq",
    "date_prec": "1",
    "date_start": "2021-12-02 00:00:00.000",
    "date_end": "2021-12-02",
    "deaths_a": "0",
    "deaths_b": "0",
    "deaths_civilians": "9",
    "deaths_unknown": "4",
    "low": "10",
    "best": "13",
    "high": "15",
}
ACLED = {
    "event_id_cnty": "IRQ1",
    "event_date": "02 December 2021",
    "time_precision": "1",
    "event_type": "Violence against civilians",
    "sub_event_type": "Attack",
    "actor1": "Islamic State (Iraq)",
    "assoc_actor_1": "",
    "actor2": "Civilians (Iraq)",
    "country": "Iraq",
    "admin1": "Erbil",
    "location": "Khidr Jijah",
    "latitude": "35.77",
    "longitude": "43.62",
    "geo_precision": "1",
    "source": "A paper; An agency",
    "notes": "On 2 December 2021, gunmen attacked a village (as reported).",
    "fatalities": "3",
}


def table_of(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.fixture
def editor():
    return factories.user("editor")


@pytest.fixture
def village():
    return factories.place("خضر جيجة", name_en="Khidr Jijah", key="isnad:khidir", spellings=("Khidr Jijah",))


@pytest.fixture
def group():
    return factories.actor("islamic-state", name_en="Islamic State", kind="rebel_terrorist", side="isis", ucdp_id=234)


def step(source, to, editor):
    importing.move(source=source, to=to, by=editor, language="en", is_queued=False)
    importing.work.call(source.pk, editor.pk, "en")
    source.refresh_from_db()
    return source


def checked(editor, *rows, drafts=True, name="A register"):
    becomes = "drafts" if drafts else "candidates"
    source = importing.open_import(dataset=name, label="rows.csv", raw=table_of(*rows), becomes=becomes, by=editor)
    if source.format == "table":
        importing.assign(source=source, mapping=source.mapping, by=editor)
    return step(source, "checking", editor)


def imported(editor, *rows, **values):
    return step(checked(editor, *rows, **values), "running", editor)


def fates(source):
    return [(row.line, row.fate, row.reasons) for row in source.rows.all()]


# The file


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b" ", "empty"),
        (b"id,name\n", "no row"),
        (b"one column\n1\n", "name the columns"),
        (b"id,ID\n1,2\n", "twice"),
        (b'id,name\n1,"open\n', "no table"),
        (b"id,\x00\n", "NUL"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(raw, says):
    with pytest.raises(IntakeError, match=says):
        read_table(raw)


def test_a_table_is_read_in_the_encodings_and_with_the_separators_spreadsheets_write():
    for raw in ("رقم;اسم\n1;قرية\n".encode("cp1256"), "\ufeffرقم\tاسم\n1\tقرية\n".encode()):
        (line,) = read_table(raw).lines
        assert (line.number, line.cells) == (2, {"رقم": "1", "اسم": "قرية"})


def test_a_row_is_known_by_the_line_it_begins_on_and_hashtags_are_no_row():
    raw = b'id,notes\n#id,#notes\n1,"two\nlines"\n\n2,x\n3\n'
    found = [(line.number, line.cells["id"], bool(line.problem)) for line in read_table(raw).lines]
    assert found == [(3, "1", False), (6, "2", False), (7, "3", True)]


# The codebooks


def test_ged_s_figures_become_claims_of_the_best_the_lowest_and_each_party():
    reading = ged.read(GED)
    assert reading.problems == []
    assert [(toll.party, toll.low, toll.high, toll.quantifier) for toll in reading.tolls] == [
        ("mixed", 13, 15, "exact"),
        ("mixed", 10, None, "at_least"),
        ("civilian", 9, 9, "exact"),
        ("unknown", 4, 4, "exact"),
    ]
    assert (reading.days.first, reading.days.precision, reading.type) == (date(2021, 12, 2), 1, "killing")
    assert [(who.role, who.name) for who in reading.actors] == [("perpetrator", "IS"), ("target", "Civilians")]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"best": "12"}, "best"),
        ({"date_prec": "2"}, "date_prec"),
        ({"date_end": "2021-12-01"}, "date_end"),
        ({"date_start": "2/12/2021"}, "date_start"),
        ({"where_prec": "9"}, "where_prec"),
        ({"latitude": "200"}, "latitude"),
        ({"latitude": "nan"}, "latitude"),
        ({"deaths_civilians": "nine"}, "deaths_civilians"),
        ({"deaths_civilians": "9" * 12}, "deaths_civilians"),
        ({"deaths_civilians": "-1"}, "deaths_civilians"),
        ({"id": ""}, "id"),
    ],
)
def test_a_row_that_breaks_ged_s_own_rules_is_refused_by_its_column(cells, column):
    assert [problem[0] for problem in ged.read({**GED, **cells}).problems] == [column]


@pytest.mark.parametrize(("precision", "last", "code"), [("1", "2021-12-02", 1), ("2", "2021-12-05", 3), ("3", "2021-12-31", 4)])
def test_acled_s_precisions_become_ged_s(precision, last, code):
    days = acled.read({**ACLED, "time_precision": precision}).days
    assert (days.last.isoformat(), days.precision) == (last, code)


def test_acled_s_types_keep_their_meaning_and_demonstrations_are_left_out():
    def of(**cells):
        return acled.read({**ACLED, **cells})

    assert of().type == "killing"
    assert of(timestamp="1638835200").published_on == date(2021, 12, 7)
    assert of(fatalities="0").type == "armed_attack"
    assert of(fatalities="0").tolls == []  # ACLED's 0 is "none reported"
    assert of(event_type="Strategic developments", sub_event_type="Agreement").type == "agreement"
    assert of(event_type="Protests", sub_event_type="Peaceful protest").left_out[0] == "event_type"
    assert of(country="Syria").left_out[0] == "country"
    assert of(sub_event_type="Tea party").problems[0][0] == "sub_event_type"
    battle = of(event_type="Battles", sub_event_type="Armed clash")
    assert {who.role for who in battle.actors} == {"participant"}


def test_a_table_s_columns_are_guessed_in_both_languages_and_types_are_read_by_name():
    mapping = columns.guess(("الرقم", "النوع", "التاريخ", "القرية", "القتلى"))
    assert mapping == {"key": "الرقم", "type": "النوع", "date": "التاريخ", "place": "القرية", "killed": "القتلى"}
    reading = columns.read({"الرقم": "7", "النوع": "كمين", "التاريخ": "2021-12-02", "القرية": "خضر جيجة", "القتلى": "3"}, mapping)
    assert (reading.problems, reading.type, reading.where.precision, reading.tolls[0].low) == ([], "ambush", 1, 3)


# The dry run


def test_the_check_says_every_row_s_fate_and_writes_nothing_to_the_record(editor):
    rows = [GED, {**GED, "id": "2", "best": "99"}, {**GED, "id": "3", "country": "Syria"}, GED]
    source = checked(editor, *rows)
    assert [(line, fate) for line, fate, _ in fates(source)] == [(2, "new"), (3, "refused"), (4, "left_out"), (5, "refused")]
    assert fates(source)[1][2] == [("best", "99 is not the sum of the four columns of deaths, 13")]
    assert fates(source)[3][2] == [("", "the same row as in line 2")]
    assert not Article.objects.exists()
    assert not Candidate.objects.exists()


def test_a_row_like_a_known_event_is_left_to_an_editor(editor, village, group, record):
    report = factories.article("مقتل 13 شخصاً في هجوم على خضر جيجة.")
    where = {"start": 25, "end": 33, "name": "خضر جيجة", "place": village.key, "where_prec": 1}
    told = candidate(report, date=day(date(2021, 12, 2)), casualties=[toll(report, "13", 13)], places=[where])
    known = triage.accept(candidate=told, by=editor)
    source = imported(editor, GED)
    row = source.rows.get()
    assert row.resembles == known.code
    assert (row.is_done, row.candidate.verdict, row.candidate.event) == (True, "", None)
    assert Event.objects.count() == 1


def test_two_rows_a_dataset_tells_apart_are_two_events(editor, village, group, record):
    imported(editor, GED)
    again = imported(editor, {**GED, "id": "2"})
    assert again.rows.get().resembles == ""
    assert Event.objects.count() == 2


# Into the record


def test_a_row_becomes_a_draft_whose_every_value_stands_on_its_own_cell(editor, village, group, record):
    imported(editor, GED)
    event = Event.objects.get()
    assert (event.status, event.type, event.date_start, event.place, event.where_prec) == (
        "draft",
        "killing",
        date(2021, 12, 2),
        village,
        1,
    )
    assert (event.deaths_best, event.deaths_high) == (13, 15)
    told = {claim.passage.exact for claim in event.claims.all()}
    assert {"best: 13", "deaths_civilians: 9", "where_coordinates: Khiḑr Jījah village", "side_a: IS"} <= told
    assert event.claims.get(attribute="perpetrator").actor == group
    assert {claim.passage.article.outlet.kind for claim in event.claims.all()} == {"dataset"}


def test_a_dataset_is_a_chain_and_never_an_origin(editor, village, group, record):
    imported(editor, GED)
    event = Event.objects.get()
    assert (event.article_count, event.origin_count, event.grade) == (1, 0, "discounted")
    assert "dataset" in event.grade_reason
    imported(editor, ACLED, name="Another register")
    assert not TextReuse.objects.exists()


def test_rows_become_candidates_where_that_was_asked_for(editor, record):
    imported(editor, ACLED, drafts=False)
    row = Candidate.objects.get()
    assert (row.verdict, row.proposal["casualties"][0]["quantifier"]) == ("", "about")
    assert not Event.objects.exists()
    assert triage.accept(candidate=row, by=editor).deaths_best == 3


def test_the_same_file_again_changes_nothing(editor, record):
    imported(editor, GED, {**GED, "id": "2"})
    again = imported(editor, GED, {**GED, "id": "2"})
    assert [fate for _, fate, _ in fates(again)] == ["same", "same"]
    assert (Article.objects.count(), Event.objects.count()) == (2, 2)


def test_a_row_the_dataset_corrected_supersedes_what_it_said_before(editor, record):
    imported(editor, GED)
    event = Event.objects.get()
    again = imported(editor, {**GED, "deaths_unknown": "5", "best": "14"})
    assert [fate for _, fate, _ in fates(again)] == ["changed"]
    event.refresh_from_db()
    assert (Event.objects.count(), event.deaths_best, event.article_count) == (1, 14, 1)
    assert set(event.claims.filter(rank="deprecated").values_list("rank_reason", flat=True)) == {"superseded"}
    step(again, "undoing", editor)
    event.refresh_from_db()
    assert event.deaths_best == 13
    assert Article.objects.get(is_current=True).text.endswith("best: 13\nhigh: 15")


def test_an_import_is_taken_back_whole_and_may_come_again(editor, record):
    source = imported(editor, GED, {**GED, "id": "2"})
    step(source, "undoing", editor)
    assert source.state == "undone"
    assert set(Event.objects.values_list("status", flat=True)) == {"rejected"}
    assert not triage.queue_of(editor).exists()
    again = imported(editor, GED)
    assert again.rows.get().fate == "new"
    assert Event.objects.filter(status="draft").count() == 1


def test_what_was_published_since_stays_with_its_reason(editor, record):
    source = imported(editor, GED, {**GED, "id": "2"})
    event, reviewer = Event.objects.order_by("pk").first(), factories.user(role="reviewer")
    curation.submit(event=event, by=editor)
    curation.publish(event=curation.approve(event=event, by=reviewer), by=reviewer)
    step(source, "undoing", editor)
    assert source.state == "done"
    assert [event.code in row.remark for row in source.rows.all()] == [True, False]


def test_a_worker_lost_in_the_middle_is_followed_by_one_that_goes_on(editor, record):
    source = checked(editor, GED, {**GED, "id": "2"}, {**GED, "id": "3"})
    real, seen = importing.import_row, []

    def dies(*, row, by):
        seen.append(row.line)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(row=row, by=by)

    importing.move(source=source, to="running", by=editor, language="en", is_queued=False)
    with patch.object(importing, "import_row", dies), pytest.raises(KeyboardInterrupt):
        importing.work.call(source.pk, editor.pk, "en")
    importing.work.call(source.pk, editor.pk, "en")
    source.refresh_from_db()
    assert (source.state, Event.objects.count(), source.rows.filter(is_done=True).count()) == ("done", 3, 3)


def progress(source):
    source.refresh_from_db()
    return source.done, source.total


@pytest.mark.parametrize(("to", "verb"), [("running", "import_row"), ("undoing", "undo_row")])
def test_the_next_worker_counts_the_rows_the_lost_one_did(to, verb, editor, record):
    rows = [{**GED, "id": str(number)} for number in range(4)]
    source = imported(editor, *rows) if to == "undoing" else checked(editor, *rows)
    real, seen = getattr(importing, verb), []

    def dies(*, row, by):
        seen.append(progress(source))
        if len(seen) == 3:
            raise KeyboardInterrupt
        return real(row=row, by=by)

    importing.move(source=source, to=to, by=editor, language="en", is_queued=False)
    with patch.object(importing, verb, dies), pytest.raises(KeyboardInterrupt):
        importing.work.call(source.pk, editor.pk, "en")
    assert {total for _, total in seen} == {4}
    with patch.object(importing, verb, lambda *, row, by: (seen.append(progress(source)), real(row=row, by=by))):
        importing.work.call(source.pk, editor.pk, "en")
    assert (seen[3], progress(source)) == ((2, 4), (4, 4))


DELETED = {"event_id_cnty": "IRQ1", "deleted_timestamp": "1650000000"}


def test_what_acled_deleted_counts_no_longer_and_comes_back_when_that_is_undone(editor, village, group):
    report, reviewer = factories.told_event(status="draft", created_by=editor), factories.user(role="reviewer")
    imported(editor, ACLED, {**ACLED, "event_id_cnty": "IRQ2"}, {**ACLED, "event_id_cnty": "IRQ4"}, name="ACLED")
    alone, shared, shown = (Article.objects.get(canonical_url__endswith=key).candidates.get().event for key in ("IRQ1", "IRQ2", "IRQ4"))
    Claim.objects.filter(event=report).update(event=shared)  # a newspaper tells of it as well
    curation.submit(event=shown, by=editor)
    curation.publish(event=curation.approve(event=shown, by=reviewer), by=reviewer)
    corrected = imported(editor, {**ACLED, "event_id_cnty": "IRQ2", "fatalities": "5"}, name="ACLED")
    assert [row.fate for row in corrected.rows.all()] == ["changed"]
    before = picture()
    gone = checked(editor, *({**DELETED, "event_id_cnty": key} for key in ("IRQ1", "IRQ2", "IRQ3", "IRQ4", "IRQ1")), name="ACLED")
    assert (gone.format, [fate for _, fate, _ in fates(gone)]) == ("deleted", ["deleted", "deleted", "left_out", "deleted", "refused"])
    assert picture() == before
    step(gone, "running", editor)
    assert [Event.objects.get(pk=event.pk).status for event in (alone, shared, shown)] == ["rejected", "draft", "published"]
    assert not Claim.objects.live().filter(passage__article__outlet__kind="dataset").exists()
    assert [shown.code in row.remark for row in gone.rows.filter(is_done=True)] == [False, False, True]
    assert set(Claim.objects.live().filter(event=shared).values_list("passage__article__outlet__kind", flat=True)) == {"newspaper"}
    step(gone, "undoing", editor)
    assert (gone.state, picture()) == ("undone", before)


def test_a_deleted_row_that_its_dataset_brings_again_is_new_and_its_deletion_stays(editor, village, group):
    imported(editor, ACLED, name="ACLED")
    gone = imported(editor, DELETED, name="ACLED")
    again = imported(editor, ACLED, name="ACLED")
    assert ([row.fate for row in again.rows.all()], Event.objects.filter(status="draft").count()) == (["new"], 1)
    step(gone, "undoing", editor)
    assert (gone.state, gone.rows.get().remark != "") == ("done", True)


def picture():
    """Which claims count, and where every event and candidate stands."""
    return [
        list(Claim.objects.order_by("pk").values_list("pk", "event", "rank", "rank_reason")),
        list(Event.objects.order_by("pk").values_list("pk", "status", "article_count", "deaths_best")),
        list(Candidate.objects.order_by("pk").values_list("pk", "verdict", "event")),
    ]


# At the desk and from the command line


def work():
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        call_command("worker", batch=True, verbosity=0)


def upload(client, raw, name="A register"):
    file = SimpleUploadedFile("rows.csv", raw)
    return client.post("/desk/imports/", {"dataset": name, "file": file, "becomes": "drafts"})


def test_an_editor_imports_a_table_at_the_desk_and_undoes_it(cast, record):
    client = cast.editor
    client.cookies["django_language"] = "en"
    answer = upload(client, b"Ref,Day,Sort,Dead\na1,2021-12-02,Ambush,3\na2,soon,Ambush,3\n")
    page = client.get(answer["Location"]).content.decode()
    assert "What the columns hold" in page
    refused = client.post(f"{answer['Location']}columns/", {"key": "Ref", "killed": "Dead", "type": "Sort"})
    assert refused.status_code == 400
    client.post(f"{answer['Location']}columns/", {"key": "Ref", "killed": "Dead", "type": "Sort", "date": "Day"})
    work()
    page = client.get(answer["Location"]).content.decode()
    assert "“soon” is not a day like 2021-12-04" in page
    assert "Import 1 row" in page
    assert not Event.objects.exists()
    client.post(f"{answer['Location']}start/")
    work()
    assert Event.objects.get().deaths_best == 3
    assert Event.objects.get().code in client.get(f"{answer['Location']}?fate=new").content.decode()
    client.post(f"{answer['Location']}undo/")
    work()
    assert Event.objects.get().status == "rejected"


def test_how_the_columns_of_a_dataset_were_assigned_is_remembered(cast, editor):
    common = {"dataset": "A register", "label": "rows.csv", "becomes": "drafts", "by": editor}
    source = importing.open_import(raw=b"Ref,When,Sort\n1,2021-12-02,ambush\n", **common)
    assert "date" not in source.mapping
    importing.assign(source=source, mapping={"key": "Ref", "date": "When", "type": "Sort"}, by=editor)
    step(source, "checking", editor)
    again = importing.open_import(raw=b"Ref,When,Sort\n2,2021-12-03,ambush\n", **common)
    assert again.mapping == source.mapping


def test_only_editors_import(cast):
    for client in (cast.viewer, cast.outsider):
        upload(client, table_of(GED))
    assert not DatasetImport.objects.exists()
    with pytest.raises(curation.CurationError):
        importing.open_import(dataset="x", label="x", raw=table_of(GED), becomes="drafts", by=factories.user("viewer", role="viewer"))


def test_an_import_is_not_begun_twice(editor):
    source = checked(editor, GED)
    importing.move(source=source, to="running", by=editor, language="en")
    with pytest.raises(curation.CurationError, match="Being carried out"):
        importing.move(source=source, to="running", by=editor, language="en")


def test_the_command_shows_a_dry_run_and_names_what_it_refuses(editor, tmp_path, capsys):
    file = tmp_path / "rows.csv"
    file.write_bytes(table_of(GED, {**GED, "id": "2", "date_prec": "5"}))
    with pytest.raises(CommandError, match="refused"):
        call_command("import_events", file, dataset="A register", by="editor", dry_run=True)
    told = capsys.readouterr()
    assert "rows.csv, line 3, date_prec: " in told.err
    assert "2 rows: 1 new, 0 changed, 0 same, 0 deleted, 0 left out, 1 refused" in told.out
    assert not Article.objects.exists()
    with pytest.raises(CommandError, match="refused"):
        call_command("import_events", file, dataset="A register", by="editor", drafts=True)
    assert (Event.objects.count(), ImportedRow.objects.filter(is_done=True).count(), Claim.objects.exists()) == (1, 1, True)
