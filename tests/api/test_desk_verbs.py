"""The desk's verbs behind a token: each does what the desk's does, for whom the desk's does, and can be taken back as there."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from history.models import Change
from incidents import curation
from incidents.models import Commitment, DatasetImport, Event, EventLink, Statistic
from sources.models import TextReuse
from tests import factories as make
from tests.incidents.test_desk import crowd, work

from .test_desk import DESK, Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return Program()


def done(program: Program, path: str, body: Any = None, *, method: str = "post") -> Any:
    answer = program.send(method, path, {"reason": "because", **(body or {})})
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


def test_an_event_goes_the_whole_way_and_a_second_person_approves(program: Program) -> None:
    event, reviewer = curation.refresh(make.told_event(status="draft")), Program(make.user(role="reviewer"))
    path = f"events/{event.code}/"
    # (who asks, verb, what comes of it: the new status, or why not)
    steps = [
        (program, "publish", 403),
        (program, "submit", "in_review"),
        (program, "approve", 403),
        (reviewer, "publish", 409),
        (reviewer, "approve", "approved"),
        (reviewer, "publish", "published"),
        (reviewer, "withdraw", "in_review"),
        (program, "reject", "rejected"),
        (program, "reopen", "draft"),
    ]
    for who, verb, expected in steps:
        answer = who.send("post", f"{path}{verb}/", {"reason": "because"})
        found = answer.json()["status"] if answer.status_code == 200 else answer.status_code
        assert found == expected, (verb, answer.content)
    told = Change.objects.filter(verb__in=[verb for _, verb, _ in steps]).values_list("verb", "by__username")
    assert sorted(told) == sorted((verb, who.user.username) for who, verb, expected in steps if isinstance(expected, str))


def test_a_reviewer_s_program_does_not_approve_what_it_wrote_nor_what_it_did_not_read() -> None:
    event, reviewer = curation.refresh(make.told_event(status="in_review")), Program(make.user(role="reviewer"))
    tag = reviewer.get(f"events/{event.code}/")["ETag"]
    curation.edit(event=event, changes={"title_en": "Later"}, by=make.user(role="editor"), reason="more exact")
    assert reviewer.send("post", f"events/{event.code}/approve/", {"reason": "read it"}, tag).status_code == 412
    done(reviewer, f"events/{event.code}/", {"title_en": "My own"}, method="patch")
    refused = reviewer.send("post", f"events/{event.code}/approve/", {"reason": "my own"})
    assert (refused.status_code, "second person" in refused.json()["detail"]) == (409, True)


def test_events_are_merged_parted_split_and_their_reports_moved(program: Program) -> None:
    keep, drop = (curation.refresh(make.told_event(status="draft")) for _ in range(2))
    one, other = set(keep.claims.values_list("pk", flat=True)), set(drop.claims.values_list("pk", flat=True))
    assert done(program, f"events/{keep.code}/merge/", {"drop": drop.code})["articles"] == 2
    assert program.get(f"events/{drop.code}/").json()["merged_into"] == keep.code
    parted = done(program, f"events/{drop.code}/unmerge/")
    assert (parted["status"], parted["merged_into"], parted["articles"]) == ("draft", None, 1)
    assert program.send("post", f"events/{drop.code}/unmerge/", {"reason": "again"}).status_code == 409
    report = keep.claims.first().passage.article
    done(program, f"events/{keep.code}/move-report/", {"article": report.pk, "to": drop.code})
    assert set(drop.claims.values_list("pk", flat=True)) == one | other
    made = done(program, f"events/{drop.code}/split/", {"claims": sorted(one)})
    assert set(Event.objects.get(code=made["code"]).claims.values_list("pk", flat=True)) == one
    assert made["code"] not in (keep.code, drop.code)
    for verb, body in (("merge", {"drop": drop.code}), ("merge", {"drop": "ISN-1999-000001"}), ("split", {"claims": []})):
        assert program.send("post", f"events/{drop.code}/{verb}/", {"reason": "no", **body}).status_code in (400, 409), (verb, body)


def test_a_link_is_drawn_on_words_or_as_an_inference_and_judged(program: Program) -> None:
    attack, meeting = make.told_event(status="draft"), make.told_event("meeting", status="draft")
    report = make.article("عقد الاجتماع ردا على الهجوم.")
    words = {"article": report.pk, "start": 13, "end": 27}
    body = {"target": attack.code, "relation": "responds_to"}
    inferred = done(program, f"events/{meeting.code}/links/", body)
    stated = done(program, f"events/{meeting.code}/links/", {**body, **words})
    assert (inferred["basis"], stated["basis"], stated["id"]) == ("inferred", "stated", inferred["id"])
    assert (stated["status"], stated["evidence"]["exact"]) == ("confirmed", report.text[13:27])
    assert [row["id"] for row in program.get(f"links/?event={attack.code}&status=confirmed").json()["results"]] == [stated["id"]]
    assert done(program, f"links/{stated['id']}/reject/")["status"] == "rejected"
    assert done(program, f"links/{stated['id']}/confirm/")["decided_by"] == program.user.username
    for wrong in ({"article": report.pk}, {**words, "end": 900}, {"target": meeting.code}, {"relation": "loves"}):
        answer = program.send("post", f"events/{meeting.code}/links/", {**body, **wrong, "reason": "no"})
        assert answer.status_code in (400, 409), wrong
    assert EventLink.objects.count() == 1


def test_what_became_of_a_promise_is_told_on_words_and_by_an_event(program: Program) -> None:
    meeting, operation = make.told_event("meeting", status="draft"), make.told_event("joint_operation", status="draft")
    promise, report = make.commitment(meeting), make.article("انطلقت العملية المشتركة اليوم.")
    path = f"commitments/{promise.pk}/"
    kept = {"status": "implemented", "implemented_by": operation.code, "article": report.pk, "start": 0, "end": 14}
    found = done(program, path, kept, method="patch")
    assert (found["status"], found["implemented_by"], found["evidence"]["exact"]) == ("implemented", operation.code, report.text[:14])
    assert done(program, path, {"status": "partly"}, method="patch")["implemented_by"] == operation.code
    assert done(program, path, {"status": "unknown"}, method="patch")["implemented_by"] is None
    for wrong in ({"status": "kept"}, {"status": "unknown", "implemented_by": operation.code}, {"status": "partly", "start": 3}):
        assert program.send("patch", path, {**wrong, "reason": "no"}).status_code in (400, 409), wrong
    assert Commitment.objects.get(pk=promise.pk).status == "unknown"


def test_a_statistic_is_published_by_a_reviewer_and_set_aside_by_an_editor(program: Program) -> None:
    row, reviewer = make.statistic(status="draft"), Program(make.user(role="reviewer"))
    assert program.send("post", f"statistics/{row.pk}/publish/", {"reason": "no"}).status_code == 403
    assert done(reviewer, f"statistics/{row.pk}/publish/")["status"] == "published"
    assert done(program, f"statistics/{row.pk}/reject/")["status"] == "rejected"
    assert reviewer.get("statistics/?status=rejected").json()["results"][0]["id"] == row.pk
    assert Statistic.objects.get().decided_by == program.user


def test_a_grade_is_set_against_the_rule_and_given_back_to_it(program: Program) -> None:
    event = curation.refresh(make.told_event(status="draft"))
    graded = done(program, f"events/{event.code}/grade/", {"grade": "discounted"})
    assert (graded["grade"], graded["grade_is_overridden"], graded["grade_reason"]) == ("discounted", True, "because")
    back = done(program, f"events/{event.code}/grade/", {"grade": ""})
    assert (back["grade"], back["grade_is_overridden"]) == (event.grade, False)


# (as given, as it is kept): lowest, highest, how exact
TOLLS = [
    ((9, None, "exact"), (9, 9, "exact")),
    ((None, 9, "exact"), (9, 9, "exact")),
    ((9, None, "about"), (9, 9, "about")),
    ((9, None, "at_least"), (9, None, "at_least")),
    ((None, 9, "at_most"), (None, 9, "at_most")),
    ((7, 9, "exact"), (7, 9, "exact")),
    ((None, None, "exact"), (None, None, "vague")),
]


@pytest.mark.parametrize(("given", "kept"), TOLLS)
def test_a_toll_is_kept_by_one_rule_however_it_comes(program: Program, client, given: Any, kept: Any) -> None:
    low, high, quantifier = given
    toll = {"harm": "killed", "party": "mixed", "quantifier": quantifier} | {
        name: figure for name, figure in (("low", low), ("high", high)) if figure is not None
    }
    event, row, report = make.told_event(status="draft"), make.candidate(), make.article("قتل تسعة في الهجوم.")
    words = {"start": 0, "end": 9}
    program.send("post", f"events/{event.code}/claims/", {"attribute": "casualties", "article": report.pk, **words, **toll})
    program.send("patch", f"candidates/{row.pk}/", {"casualties": [{**words, **toll}]})
    client.force_login(program.user)
    claim = {"claim-words": report.text[:9], "claim-attribute": "casualties", "claim-event": event.code}
    client.post(f"/desk/articles/{report.pk}/claim/", claim | {f"claim-{name}": value for name, value in toll.items()})
    row.refresh_from_db()
    proposed = row.current["casualties"][0]
    found = [(c.low, c.high, c.quantifier) for c in event.claims.filter(passage__article=report)]
    assert [*found, (proposed["low"], proposed["high"], proposed["quantifier"])] == [kept] * 3


def test_a_candidate_is_split_and_the_parts_made_one_again(program: Program) -> None:
    row = make.candidate()
    quote = row.proposal["quotes"][0]
    parts = program.send("post", f"candidates/{row.pk}/split/", {"start": quote["start"], "end": quote["start"] + 10})
    assert (parts.status_code, len(parts.json()["results"])) == (201, 2)
    assert program.get(f"candidates/{row.pk}/").json()["verdict"] == "stale"
    assert program.send("post", f"candidates/{row.pk}/undo/", {}).json()["verdict"] == ""
    assert program.send("post", f"candidates/{row.pk}/split/", {"start": 900_000, "end": 900_001}).status_code == 409


def test_copied_words_are_judged_and_the_verdict_taken_back(program: Program) -> None:
    first, second = (curation.refresh(make.told_event(status="draft", by=make.speaker())) for _ in range(2))
    passages = sorted(event.claims.get().passage.pk for event in (first, second))
    pair = TextReuse.objects.create(first_id=passages[0], second_id=passages[1], containment=0.9)
    path = f"reuse/{pair.pk}/"
    seen = program.get(path)
    shared = done(program, path, {"verdict": "same_statement"}, method="patch")
    assert (shared["verdict"], shared["decided_by"], shared["reason"]) == ("same_statement", program.user.username, "because")
    assert shared["first"]["statement"]["id"] == shared["second"]["statement"]["id"]
    assert program.send("patch", path, {"verdict": "independent", "reason": "as read before"}, seen["ETag"]).status_code == 412
    article = first.claims.get().passage.article_id
    assert [row["id"] for row in program.get(f"reuse/?verdict=same_statement&article={article}").json()["results"]] == [pair.pk]
    back = done(program, path, {"verdict": "pending"}, method="patch")
    assert [back[end]["statement"] for end in ("first", "second")] == [seen.json()[end]["statement"] for end in ("first", "second")]
    assert program.send("patch", path, {"verdict": "copied", "reason": "no"}).status_code == 400


def test_an_event_is_given_to_an_editor_and_to_nobody_else(program: Program) -> None:
    event, colleague, viewer = make.told_event(status="approved"), make.user("colleague"), make.user("guest", "viewer")
    path = f"events/{event.code}/"
    given = done(program, f"{path}assign/", {"to": colleague.username})
    assert (given["assigned_to"], given["changed_since_approval"]) == ("colleague", False)
    for nobody in (viewer.username, "nobody", 3):
        assert program.send("post", f"{path}assign/", {"to": nobody, "reason": "no"}).status_code == 400, nobody
    with pytest.raises(curation.CurationError):
        curation.assign(event=event, to=viewer, by=colleague)
    assert done(program, f"{path}assign/", {"to": None})["assigned_to"] is None


def test_a_comment_on_a_field_is_open_until_it_is_settled_once(program: Program) -> None:
    event = make.told_event(status="draft")
    path = f"events/{event.code}/comments/"
    made = program.send("post", path, {"field": "place", "text": "Which of the two villages?"})
    assert (made.status_code, made.json()["by"], made.json()["field"]) == (201, program.user.username, "place")
    for wrong in ({"text": " "}, {"text": "x", "field": "mood"}, {"field": "place"}):
        assert program.send("post", path, wrong).status_code == 400, wrong
    opened = f"comments/?event={event.code}&open=yes"
    assert [row["id"] for row in program.get(opened).json()["results"]] == [made.json()["id"]]
    assert done(program, f"comments/{made.json()['id']}/settle/")["settled_by"] == program.user.username
    assert program.get(opened).json()["results"] == []
    assert program.send("post", f"comments/{made.json()['id']}/settle/", {"reason": "again"}).status_code == 409


CSV = "ref,day,village,deaths,kind\n1,2021-12-02,خضر جيجة,3,armed_attack\n2,2021-12-03,مخمور,2,ambush\n3,yesterday,مخمور,1,ambush\n"


def hand_in(program: Program, raw: str, **values: Any) -> Any:
    return program.client.post(f"{DESK}imports/", {"dataset": "A list", "file": SimpleUploadedFile("list.csv", raw.encode()), **values})


def test_a_table_is_handed_in_checked_carried_out_and_taken_back(program: Program) -> None:
    opened = hand_in(program, CSV, becomes="drafts")
    assert (opened.status_code, opened.json()["state"], opened.json()["mapping"]["key"]) == (202, "mapping", "ref")
    path = opened["Location"].removeprefix(f"http://testserver{DESK}")
    # (verb, body, the state it leaves, the state once the worker has been there); at any other time it is refused
    way = [
        ("patch", "", {"mapping": opened.json()["mapping"]}, "checking", "checked"),
        ("post", "start/", {}, "running", "done"),
        ("post", "undo/", {}, "undoing", "undone"),
    ]
    assert program.send("post", f"{path}start/", {}).status_code == 409
    assert program.send("patch", path, {"mapping": {"key": "no such column"}}).status_code == 409
    events = []
    for method, verb, body, moving, after in way:
        answer = program.send(method, path + verb, body)
        assert (answer.status_code, answer.json()["state"]) == (200, moving), answer.content
        assert program.send(method, path + verb, body).status_code == 409, verb
        work()
        assert program.get(path).json()["state"] == after
        events.append(Event.objects.filter(status="draft").count())
    assert (events, program.get(path).json()["fates"]) == ([0, 2, 0], {"new": 2, "refused": 1})
    (refused,) = program.get(f"imported-rows/?source={opened.json()['id']}&fate=refused").json()["results"]
    assert (refused["line"], refused["problems"][0][0]) == (4, "day")
    assert Event.objects.first().created_by == program.user


def test_a_file_that_is_no_table_is_refused_and_carrying_one_out_needs_more_than_handing_in(program: Program) -> None:
    for wrong in ({"raw": ""}, {"raw": CSV, "dataset": ""}, {"raw": CSV, "becomes": "gospel"}, {"raw": CSV, "speed": "fast"}):
        assert hand_in(program, wrong.pop("raw"), **wrong).status_code == 400, wrong
    assert program.send("post", "imports/", {"dataset": "A list"}, None).json()["errors"][0]["field"] == "file"
    agency = hand_in(program, CSV, dataset=make.outlet("وكالة").name_ar)
    assert (agency.status_code, DatasetImport.objects.count()) == (409, 0)
    handing_in = Program(scopes=["read", "submit"])
    number = hand_in(handing_in, CSV).json()["id"]
    for verb in ("start", "undo"):
        assert handing_in.send("post", f"imports/{number}/{verb}/", {}).status_code == 403
    assert hand_in(Program(scopes=["read", "edit"]), CSV).status_code == 403


LISTS = "candidates events claims comments links reuse commitments statistics submissions imports imported-rows"


def test_a_list_of_the_desk_asks_as_much_for_many_rows_as_for_few(program: Program) -> None:
    def more(number: int) -> None:
        crowd(number)
        for event in Event.objects.all():
            make.imported_row(source=make.dataset_import())
            curation.comment(event=event, text="Which village?", by=program.user)
            first, second = sorted(claim.passage.pk for claim in (event.claims.first(), make.claim(event)))
            TextReuse.objects.create(first_id=first, second_id=second, containment=0.9)

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(program.get(f"{name}/").json()["results"]) > 0, name
        return len(queries)

    more(1)
    program.get("events/")
    few = {name: asked(name) for name in LISTS.split()}
    more(2)
    assert {name: asked(name) for name in LISTS.split()} == few
