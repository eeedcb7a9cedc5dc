"""What programs may do in an editor's name: as far as the token, its owner's role and the state they read allow; and nothing is lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from history.models import Change
from incidents import curation, triage
from incidents.models import Candidate, Claim, Event, Token
from sources.models import Submission
from tests import factories as make

pytestmark = pytest.mark.django_db
DESK = "/api/v1/desk/"
ALL = ["read", "submit", "review", "edit", "approve"]


class Program:
    """A client that shows a token with everything it asks."""

    def __init__(self, user: Any = None, scopes: Any = ALL, **values: Any) -> None:
        self.user = user or make.user(role="editor")
        expires_at = values.pop("expires_at", timezone.now() + timedelta(days=1))
        self.token, self.secret = Token.make(user=self.user, name="script", scopes=list(scopes), expires_at=expires_at)
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"{DESK}{path}", headers=headers)

    def send(self, method: str, path: str, body: Any, tag: str | None = "") -> Any:
        """`tag`: the If-Match; '' for the one the row has now, None for none."""
        if tag == "":
            tag = self.get("/".join(path.split("/")[:2]) + "/")["ETag"]
        headers = {"If-Match": tag} if tag else {}
        data = body if isinstance(body, bytes) else json.dumps(body)
        return getattr(self.client, method)(f"{DESK}{path}", data, content_type="application/json", headers=headers)


@pytest.fixture
def program() -> Program:
    return Program()


# Who is let in


def test_without_a_live_token_nothing_is_read_and_nothing_written(client, cast) -> None:
    event = make.told_event(status="draft")
    gone = Program(expires_at=timezone.now() + timedelta(seconds=1))
    Token.objects.filter(pk=gone.token.pk).update(created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now())
    revoked = Program()
    revoked.token.revoke(by=make.user(role="admin"))
    left = Program()
    type(left.user).objects.filter(pk=left.user.pk).update(is_active=False)
    for who in (client, cast.admin, gone.client, revoked.client, left.client, Client(headers={"Authorization": "Bearer isnad_guess"})):
        for path in ("events/", f"events/{event.code}/", "candidates/", "claims/", "submissions/"):
            answer = who.get(f"{DESK}{path}")
            assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Isnad"')
            assert event.title_en not in answer.content.decode()
        assert who.post(f"{DESK}submissions/", {"text": "x"}, content_type="application/json").status_code == 401
    assert Program().get(f"events/{event.code}/").status_code == 200


def test_a_token_opens_its_scopes_alone() -> None:
    event, candidate = make.told_event(status="draft"), make.candidate()
    asks = {
        "read": lambda p: p.get("events/"),
        "submit": lambda p: p.send("post", "submissions/", {}, None),
        "review": lambda p: p.send("patch", f"candidates/{candidate.pk}/", {}, None),
        "edit": lambda p: p.send("patch", f"events/{event.code}/", {}, None),
        "approve": lambda p: p.send("post", f"events/{event.code}/publish/", {}, None),
    }
    for held in ALL:
        program = Program(scopes=[held])
        refused = {scope for scope, ask in asks.items() if ask(program).status_code == 403}
        assert refused == set(ALL) - {held}


def test_a_viewer_s_token_opens_nothing_and_a_demoted_editor_s_no_more() -> None:
    viewer, editor = Program(make.user(role="viewer")), Program()
    assert (viewer.get("events/").status_code, editor.get("events/").status_code) == (403, 200)
    editor.user.groups.clear()
    assert editor.get("events/").status_code == 403


def test_a_token_is_never_read_from_the_address(client, program: Program) -> None:
    for name in ("token", "access_token", "Authorization"):
        assert client.get(f"{DESK}events/", {name: program.secret}).status_code == 401


def test_only_the_digest_of_a_token_is_kept(program: Program) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text FROM incidents_token t")
        assert program.secret not in cursor.fetchone()[0]
    assert len(program.secret) > 40


def test_no_other_site_reads_there_and_nothing_is_kept_for_somebody_else(program: Program) -> None:
    for answer in (program.get("events/"), program.client.options(f"{DESK}events/"), Client().get(f"{DESK}events/")):
        assert "Access-Control-Allow-Origin" not in answer
        assert (answer["Cache-Control"], "Authorization" in answer["Vary"]) == ("private, no-cache", True)


def test_a_token_has_one_limit_from_however_many_addresses(program: Program, settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    found = [program.client.get(f"{DESK}events/", REMOTE_ADDR=f"198.51.100.{n}") for n in range(3)]
    assert [answer.status_code for answer in found] == [200, 200, 429]
    assert 0 < int(found[2]["Retry-After"]) <= 60


# On which state


def test_a_write_names_the_state_it_was_made_on(program: Program) -> None:
    event, candidate = make.told_event(status="draft"), make.candidate()
    claim = event.claims.first()
    writes = [
        ("patch", f"events/{event.code}/", {"title_en": "New", "reason": "typo"}),
        ("post", f"events/{event.code}/submit/", {"reason": "ready"}),
        ("post", f"events/{event.code}/resolve/", {"attribute": "killed", "reason": "rules"}),
        ("patch", f"claims/{claim.pk}/", {"rank": "preferred", "reason": "first hand"}),
        ("patch", f"candidates/{candidate.pk}/", {"modality": "foiled"}),
        ("post", f"candidates/{candidate.pk}/accept/", {}),
        ("post", f"candidates/{candidate.pk}/reject/", {"reason": "misread"}),
    ]
    for method, path, body in writes:
        assert program.send(method, path, body, None).status_code == 428, path
        for tag in ('"0-00000000000000000000000000000000"', "*", "W/nonsense"):
            assert program.send(method, path, body, tag).status_code == 412, path
    assert Change.objects.filter(by=program.user).count() == 0


def test_a_stale_write_shows_each_field_as_it_was_as_it_is_wanted_and_as_it_is(program: Program) -> None:
    event = curation.refresh(make.told_event(status="draft"))
    was = event.title_en
    tag = program.get(f"events/{event.code}/")["ETag"]
    curation.edit(event=event, changes={"title_en": "Theirs"}, by=make.user(role="editor"), reason="better")
    stale = program.send("patch", f"events/{event.code}/", {"title_en": "Mine", "summary_en": "Also", "reason": "mine"}, tag)
    assert (stale.status_code, stale["Content-Type"]) == (412, "application/problem+json")
    assert stale.json()["changes"] == [
        {"field": "title_en", "base": was, "mine": "Mine", "theirs": "Theirs", "clashes": True},
        {"field": "summary_en", "base": "", "mine": "Also", "theirs": "", "clashes": False},
    ]
    event.refresh_from_db()
    assert (event.title_en, event.summary_en) == ("Theirs", "")


def test_what_others_did_not_change_is_written_on_a_stale_tag_and_what_they_changed_stays(program: Program) -> None:
    event = curation.refresh(make.told_event(status="draft"))
    was, tag = event.title_ar, program.get(f"events/{event.code}/")["ETag"]
    curation.edit(event=event, changes={"title_en": "Theirs", "title_ar": "لهم"}, by=make.user(role="editor"), reason="better")
    # The title as it was read is nobody's wish, and the same wish as theirs is no clash.
    mine = {"summary_en": "Mine", "title_ar": was, "title_en": "Theirs", "reason": "a whole form sent back"}
    joined = program.send("patch", f"events/{event.code}/", mine, tag)
    assert joined.status_code == 200
    assert [joined.json()[name] for name in ("title_en", "title_ar", "summary_en")] == ["Theirs", "لهم", "Mine"]
    nothing = program.send("patch", f"events/{event.code}/", {"title_ar": was, "reason": "as it was"}, tag)
    assert (nothing.status_code, nothing.json()["title_ar"], nothing["ETag"]) == (200, "لهم", joined["ETag"])


def test_corrections_ranks_and_values_join_what_others_changed_elsewhere_and_verdicts_never_do(program: Program) -> None:
    row, event, colleague = make.candidate(), curation.refresh(make.told_event(status="draft")), make.user(role="editor")
    claim = event.claims.get(attribute="casualties")
    tags = {path: program.get(path)["ETag"] for path in (f"candidates/{row.pk}/", f"events/{event.code}/", f"claims/{claim.pk}/")}
    triage.correct(candidate=row, by=colleague, changes={"modality": "foiled"})
    curation.edit(event=event, changes={"title_en": "Theirs"}, by=colleague, reason="better")
    value = {"place": None, "where_prec": 2, "lon": 43.7, "lat": 35.7}
    asked = [
        ("patch", f"candidates/{row.pk}/", "", {"type": "ambush"}, 200),
        ("patch", f"candidates/{row.pk}/", "", {"modality": "alleged"}, 412),
        ("post", f"candidates/{row.pk}/", "accept/", {}, 412),
        ("patch", f"claims/{claim.pk}/", "", {"rank": "preferred", "reason": "first hand"}, 200),
        ("patch", f"claims/{claim.pk}/", "", {"rank": "deprecated", "rank_reason": "typo", "reason": "no"}, 412),
        ("post", f"events/{event.code}/", "resolve/", {"attribute": "place", "value": value, "reason": "the map"}, 200),
        ("post", f"events/{event.code}/", "resolve/", {"attribute": "place", "value": {**value, "lon": 44.0}, "reason": "no"}, 412),
        ("post", f"events/{event.code}/", "submit/", {"reason": "ready"}, 412),
    ]
    for method, path, verb, body, status in asked:
        assert program.send(method, path + verb, body, tags[path]).status_code == status, (path, verb, body)
    corrected = Candidate.objects.get(pk=row.pk).current
    assert (corrected["type"], corrected["modality"]) == ("ambush", "foiled")


def test_two_programs_on_one_state_only_the_first_writes() -> None:
    event = make.told_event(status="draft")
    first, second = Program(), Program()
    tag = first.get(f"events/{event.code}/")["ETag"]
    answers = [
        one.send("patch", f"events/{event.code}/", {"title_en": title, "reason": "r"}, tag).status_code
        for one, title in ((first, "One"), (second, "Two"))
    ]
    assert answers == [200, 412]


@pytest.mark.django_db(transaction=True)
def test_of_many_writes_at_once_on_one_state_one_is_done_and_the_others_are_told() -> None:
    event, programs = make.told_event(status="draft"), [Program() for _ in range(6)]
    tag = programs[0].get(f"events/{event.code}/")["ETag"]

    def write(number: int) -> int:
        try:
            body = {"title_en": f"Title {number}", "reason": "at once"}
            return int(programs[number].send("patch", f"events/{event.code}/", body, tag).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(programs)) as pool:
        found = list(pool.map(write, range(len(programs))))
    assert sorted(found) == [200, *[412] * (len(programs) - 1)]
    assert Event.objects.get(pk=event.pk).title_en == f"Title {found.index(200)}"


def test_the_tag_of_a_write_s_answer_serves_the_next_write(program: Program) -> None:
    event = make.told_event(status="draft")
    tag = program.get(f"events/{event.code}/")["ETag"]
    for title in ("One", "Two", "Three"):
        answer = program.send("patch", f"events/{event.code}/", {"title_en": title, "reason": "again"}, tag)
        assert (answer.status_code, answer.json()["title_en"]) == (200, title)
        tag = answer["ETag"]
    assert program.get(f"events/{event.code}/", **{"If-None-Match": tag}).status_code == 304


# What is written


def test_an_edit_is_the_owner_s_with_its_reason_and_sends_a_published_event_back_to_review(program: Program) -> None:
    event = make.told_event(status="published")
    answer = program.send("patch", f"events/{event.code}/", {"title_en": "Ambush near Makhmur", "reason": "more exact"})
    assert (answer.status_code, answer.json()["changed_since_approval"]) == (200, True)
    change = Change.objects.get(verb="edit")
    assert (change.by, change.reason) == (program.user, "more exact")


def test_a_source_becomes_a_job_in_its_owner_s_name(program: Program) -> None:
    answer = program.send(
        "post", "submissions/", {"text": "قتل ثلاثة أشخاص في هجوم.", "outlet": "صحيفة", "published_on": "2021-12-04"}, None
    )
    row = Submission.objects.get()
    assert (answer.status_code, answer["Location"]) == (202, f"http://testserver{DESK}submissions/{row.pk}/")
    assert (row.submitted_by, row.form, row.outlet.name_ar, row.published_on) == (program.user, "text", "صحيفة", date(2021, 12, 4))
    assert program.get(f"submissions/{row.pk}/").json()["state"] == row.state
    assert program.send("post", "submissions/", {"url": "https://news.example/a"}, None).status_code == 202
    for url in ("http://127.0.0.1:22/", "file:///etc/passwd", "ftp://news.example/a"):
        assert program.send("post", "submissions/", {"url": url}, None).status_code == 400, url


def test_a_candidate_is_corrected_accepted_and_taken_back(program: Program) -> None:
    place, actor = make.place("مخمور"), make.actor("islamic-state")
    row = make.candidate()
    changes = {
        "type": "ambush",
        "date": {"start": "2021-12-03"},
        "places": [{"start": 0, "end": 3, "place": place.key}],
        "actors": [{"start": 4, "end": 9, "actor": actor.slug, "role": "perpetrator"}],
        "casualties": [{**row.proposal["casualties"][0], "low": 10, "high": 10}],
    }
    corrected = program.send("patch", f"candidates/{row.pk}/", changes)
    assert corrected.status_code == 200, corrected.content
    accepted = program.send("post", f"candidates/{row.pk}/accept/", {}, corrected["ETag"])
    event = Event.objects.get(code=accepted.json()["event"])
    assert (accepted.json()["verdict"], accepted.json()["judged_by"]) == ("corrected", program.user.username)
    assert (event.type, event.date_start, event.place, event.deaths_best, event.created_by) == (
        "ambush", date(2021, 12, 3), place, 10, program.user,
    )  # fmt: skip
    assert set(event.participations.values_list("actor__slug", "role")) == {("islamic-state", "perpetrator")}
    undone = program.send("post", f"candidates/{row.pk}/undo/", {}, accepted["ETag"])
    assert (undone.status_code, undone.json()["verdict"], Event.objects.get(pk=event.pk).status) == (200, "", "rejected")


def test_a_candidate_becomes_one_more_report_of_an_event_or_is_rejected_for_a_reason(program: Program) -> None:
    first = program.send("post", f"candidates/{make.candidate().pk}/accept/", {}).json()["event"]
    second, third = make.candidate(), make.candidate()
    assert program.get(f"candidates/{second.pk}/similar/").json()["results"][0]["event"] == first
    merged = program.send("post", f"candidates/{second.pk}/accept/", {"into": first})
    assert (merged.json()["verdict"], merged.json()["event"]) == ("merged", first)
    assert program.get(f"events/{first}/").json()["articles"] == 2
    assert program.send("post", f"candidates/{third.pk}/reject/", {}).status_code == 400
    rejected = program.send("post", f"candidates/{third.pk}/reject/", {"reason": "misread", "words": "a name"})
    assert rejected.json()["reason"] == "misread: a name"
    assert program.send("post", f"candidates/{third.pk}/accept/", {}).status_code == 409


def test_who_has_it_on_screen_at_the_desk_is_left_alone(program: Program) -> None:
    row, colleague = make.candidate(), make.user(role="editor")
    Candidate.objects.filter(pk=row.pk).update(held_by=colleague, held_until=timezone.now() + timedelta(minutes=5))
    refused = program.send("post", f"candidates/{row.pk}/accept/", {})
    assert (refused.status_code, colleague.username in refused.json()["detail"]) == (409, True)


def test_claims_are_added_ranked_and_chosen_from(program: Program) -> None:
    event = curation.refresh(make.told_event(status="draft"))
    report = make.article("قتل عشرة أشخاص في الهجوم، قالت الوزارة.")
    body = {
        "attribute": "casualties",
        "article": report.pk,
        "start": 0,
        "end": 14,
        "harm": "killed",
        "party": "mixed",
        "low": 10,
        "high": 10,
    }
    added = program.send("post", f"events/{event.code}/claims/", body)
    assert added.status_code == 201, added.content
    claim = Claim.objects.get(pk=added.json()["id"])
    assert (claim.passage.exact, claim.created_by, program.get(f"events/{event.code}/").json()["articles"]) == (
        report.text[:14],
        program.user,
        2,
    )
    chosen = {"attribute": "killed", "claims": [claim.pk], "reason": "the ministry's own count"}
    resolved = program.send("post", f"events/{event.code}/resolve/", chosen)
    assert (resolved.status_code, resolved.json()["deaths_best"]) == (200, 10)
    ranked = program.send("patch", f"claims/{claim.pk}/", {"rank": "deprecated", "rank_reason": "superseded", "reason": "it rose"})
    assert (ranked.json()["rank_reason"], ranked.json()["note"]) == ("superseded", "it rose")
    assert program.get(f"events/{event.code}/").json()["deaths_best"] == 13
    by_hand = {"attribute": "place", "value": {"place": None, "lon": 43.7, "lat": 35.7, "where_prec": 2}, "reason": "the map in the report"}
    placed = program.send("post", f"events/{event.code}/resolve/", by_hand)
    assert (placed.status_code, placed.json()["lon"], placed.json()["where_prec"]) == (200, 43.7, 2)
    assert program.send("post", f"events/{event.code}/resolve/", {"attribute": "place", "reason": "as told"}).json()["where_prec"] != 2


def test_a_draft_is_handed_over_once(program: Program) -> None:
    event = make.told_event(status="draft")
    answer = program.send("post", f"events/{event.code}/submit/", {"reason": "ready"})
    assert (answer.status_code, answer.json()["status"]) == (200, "in_review")
    assert program.send("post", f"events/{event.code}/submit/", {"reason": "ready"}).status_code == 409


# What cannot be read


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"titel_en": "x", "reason": "r"}, "titel_en"),
        ({"title_en": "x"}, "reason"),
        ({"title_en": "x", "reason": " "}, "reason"),
        ({"reason": "r"}, ""),
        ({"title_en": "a\x00b", "reason": "r"}, "title_en"),
        ({"title_en": "x" * 301, "reason": "r"}, "title_en"),
        ({"time_of_day": "teatime", "reason": "r"}, "time_of_day"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(program: Program, body: Any, field: str) -> None:
    event = make.told_event(status="draft")
    answer = program.send("patch", f"events/{event.code}/", body)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (400, [field])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b'{"title_en": "\\ud800", "reason": "r"}', b'{"a":' * 5000, b'{"deaths": NaN}', b"\xff"]
)
def test_a_body_that_is_no_json_object_is_a_400(program: Program, body: bytes) -> None:
    event = make.told_event(status="draft")
    assert program.send("patch", f"events/{event.code}/", body).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"places": [{"start": 0, "end": 10_000}]},
        {"places": [{"start": 3, "end": 3}]},
        {"places": [{"start": 0, "end": 3, "place": "isnad:nowhere"}]},
        {"places": [{"start": 0, "end": 3, "at": [36.0, 200.0]}]},
        {"places": [{"start": 0, "end": 3, "invented": 1}]},
        {"actors": [{"start": 0, "end": 3, "role": "hero"}]},
        {"casualties": [{"start": 0, "end": 3, "harm": "killed", "low": 5, "high": 2}]},
        {"date": {"start": "2021-12-03", "end": "2021-12-01"}},
        {"quotes": []},
    ],
)
def test_a_correction_that_cannot_stand_is_refused(program: Program, changes: Any) -> None:
    row = make.candidate()
    assert program.send("patch", f"candidates/{row.pk}/", changes).status_code == 400
    assert Candidate.objects.get(pk=row.pk).corrections == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"attribute": "date", "low": 3}, "low"),
        ({"attribute": "casualties", "low": 3}, "harm"),
        ({"attribute": "type"}, "type"),
        ({"attribute": "type", "type": "meeting"}, None),
        ({"attribute": "place", "lon": 43.0}, "lat"),
        ({"attribute": "weapon", "text": "x", "end": 10_000}, "end"),
    ],
)
def test_a_claim_that_says_something_else_than_its_attribute_is_refused(program: Program, changes: Any, field: str | None) -> None:
    event, report = make.told_event(status="draft"), make.article()
    answer = program.send("post", f"events/{event.code}/claims/", {"article": report.pk, "start": 0, "end": 5, **changes})
    assert answer.status_code == (400 if field else 409)
    if field:
        assert field in [error["field"] for error in answer.json()["errors"]]
    assert event.claims.count() == 1
