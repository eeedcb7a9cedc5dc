"""The desk's pages: what waits, handing in, following up, and what each costs the database."""

import re
from contextlib import suppress
from datetime import date
from unittest.mock import patch
from urllib.parse import quote

import pytest
from django.contrib.gis.geos import Point
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from incidents import tasks, triage
from incidents.curation import CurationError
from incidents.desk.verbs import VERBS
from incidents.models import Candidate, Claim, Event, EventLink
from incidents.presence import Presence, is_gone
from sources.models import Article, Submission, TextReuse
from tests import factories

pytestmark = pytest.mark.django_db

REPORT = "بغداد 5 كانون الأول 2021\nقتل ثلاثة أشخاص في هجوم شنه داعش على قرية خضر جيجة قرب مخمور مساء الخميس، بحسب مصدر أمني."


def work() -> None:
    """What waits in the background is done."""
    # A worker of its own process lets go of connections between tasks; here it shares the test's.
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        call_command("worker", batch=True, verbosity=0)


def hand_in(client, headers=None, **values):
    return client.post("/desk/sources/", {"urls": "", "text": "", "url": "", "outlet": "", "published_on": "", **values}, headers=headers)


# Handing in


def test_a_pasted_text_becomes_an_article_with_candidates(cast):
    assert hand_in(cast.editor, text=REPORT, outlet="صحيفة المثال").status_code == 302
    row = Submission.objects.get()
    assert row.state == "queued"
    work()
    row.refresh_from_db()
    assert (row.state, row.is_new, row.reason) == ("done", True, "")
    assert row.article.outlet.name_ar == "صحيفة المثال"
    assert row.candidates == row.article.candidates.count() > 0
    assert f"/desk/articles/{row.article.pk}/" in cast.editor.get("/desk/jobs/").content.decode()


def test_of_several_files_a_bad_one_is_named_and_the_rest_goes_on(cast):
    files = [
        SimpleUploadedFile("good.txt", REPORT.encode()),
        SimpleUploadedFile("old.txt", REPORT.replace("ثلاثة", "أربعة").encode("cp1256")),
        SimpleUploadedFile("picture.txt", b"\x89PNG\x00\x00"),
    ]
    hand_in(cast.editor, files=files)
    work()
    states = dict(Submission.objects.values_list("label", "state"))
    assert states == {"good.txt": "done", "old.txt": "done", "picture.txt": "failed"}
    page = cast.editor.get("/desk/jobs/").content.decode()
    assert "picture.txt" in page
    assert "NUL" in page


def test_a_manifest_among_the_files_says_outlet_address_and_day_of_each_and_is_no_report(cast):
    def files(manifest):
        names = [("a.txt", REPORT.encode()), ("b.txt", REPORT.replace("ثلاثة", "أربعة").encode()), ("manifest.csv", manifest.encode())]
        return [SimpleUploadedFile(name, raw) for name, raw in names]

    rows = "path,outlet,url,published\na.txt,الأولى,https://news.example/a,2021-12-06\n"
    for wrong in (rows.replace("2021-12-06", "Monday"), rows + "c.txt,الثالثة,,\n", "name\n"):
        answer = hand_in(cast.editor, files=files(wrong), headers={"Accept-Language": "en"})
        assert (answer.status_code, "choose them again" in answer.content.decode()) == (400, True)
    assert not Submission.objects.exists()
    hand_in(cast.editor, files=files(rows), outlet="الثانية", published_on="2021-12-05")
    found = set(Submission.objects.values_list("label", "outlet__name_ar", "url", "published_on"))
    assert found == {("a.txt", "الأولى", "https://news.example/a", date(2021, 12, 6)), ("b.txt", "الثانية", "", date(2021, 12, 5))}


def test_a_text_longer_than_any_report_says_how_much_of_it_was_read(cast, monkeypatch):
    article = factories.article("قتل ثلاثة في هجوم.")
    assert (
        "the machine read only" not in cast.editor.get(f"/desk/articles/{article.pk}/", headers={"Accept-Language": "en"}).content.decode()
    )
    monkeypatch.setattr("incidents.desk.articles.MOST_READ", 10)
    page = cast.editor.get(f"/desk/articles/{article.pk}/", headers={"Accept-Language": "en"}).content.decode()
    assert "the machine read only its first 10 characters" in page


def test_the_same_text_twice_is_one_article(cast):
    for _ in range(2):
        hand_in(cast.editor, text=REPORT, outlet="صحيفة المثال")
    work()
    assert Article.objects.count() == 1
    assert sorted(Submission.objects.values_list("is_new", flat=True)) == [False, True]
    assert Candidate.objects.count() == Submission.objects.get(is_new=True).candidates


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"urls": "http://127.0.0.1/"},
        {"urls": "ftp://news.example/"},
        {"text": "x", "url": "nowhere"},
        {"text": "x", "published_on": "5/12/2021"},
    ],
    ids=["nothing", "inner address", "no web address", "bad address", "day in another order"],
)
def test_what_cannot_be_handed_in_is_refused_at_once_and_nothing_is_lost(cast, values):
    answer = hand_in(cast.editor, **values)
    assert answer.status_code == 400
    assert not Submission.objects.exists()
    assert all(value in answer.content.decode() for value in values.values())


def test_a_page_that_cannot_be_fetched_fails_with_its_reason_and_can_be_tried_again(cast, monkeypatch):
    from sources.fetching import Fetched, FetchError

    def refuse(url):
        raise FetchError("The site took too long to answer.")

    monkeypatch.setattr(tasks, "fetch", refuse)
    hand_in(cast.editor, urls="https://news.example/a")
    work()
    row = Submission.objects.get()
    assert (row.state, row.reason) == ("failed", "The site took too long to answer.")
    markup = f"<html><body><article><h1>خبر</h1><p>{REPORT}</p><p>{REPORT}</p></article></body></html>".encode()
    monkeypatch.setattr(tasks, "fetch", lambda url: Fetched(url, "text/html", "utf-8", markup))
    cast.editor.post(f"/desk/jobs/{row.pk}/retry/")
    work()
    row.refresh_from_db()
    assert (row.state, bytes(row.article.raw)) == ("done", markup)


def test_what_a_killed_worker_left_running_is_done_by_the_next():
    row = factories.submission()
    tasks.submit(row, language="ar")
    DBTaskResult.objects.get().claim("another")
    Submission.objects.update(state="running", attempts=1)
    another = Presence("another")
    another.hold()
    work()
    assert Submission.objects.get().state == "running"  # however long it takes: its worker is there
    another.let_go()
    work()
    row.refresh_from_db()
    assert (row.state, Article.objects.count()) == ("done", 1)


def test_a_worker_whose_connection_was_cut_says_anew_that_it_is_there():
    worker = Presence("worker")
    worker.hold()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [worker.line.get_backend_pid()])
    worker.hold()
    assert not is_gone("worker")
    worker.let_go()
    assert is_gone("worker")


def test_what_kills_every_worker_is_given_up_with_its_reason():
    row = factories.submission()
    tasks.submit(row, language="ar")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["a"] * tasks.MOST_ATTEMPTS)
    assert tasks.sweep() == 0
    row.refresh_from_db()
    assert row.state == "failed"
    assert str(tasks.MOST_ATTEMPTS) in row.reason


def test_a_worker_that_died_between_storing_and_proposing_leaves_nothing_undone():
    row = factories.submission()
    tasks.submit(row, language="ar")
    from sources.intake import receive

    receive(bytes(row.raw))
    work()
    row.refresh_from_db()
    assert row.candidates == Candidate.objects.count() > 0


# Dates


def test_the_day_of_an_undated_report_resolves_its_dates_and_keeps_verdicts_and_corrections(cast):
    article = factories.article("قتل ثلاثة أشخاص في هجوم شنه داعش على قرية قرب مخمور أمس الجمعة.", published_on=None)
    from incidents.candidates import propose

    (row,) = propose(article)
    assert row.proposal["date"]["start"] is None
    triage.correct(candidate=row, by=factories.user("editor"), changes={"type": "ambush"})
    answer = cast.editor.post(f"/desk/articles/{article.pk}/day/", {"published_on": "2021-12-04", "back": row.pk})
    assert answer["Location"] == f"/desk/candidates/{row.pk}/"
    row.refresh_from_db()
    assert row.proposal["date"]["start"] == "2021-12-03"
    assert row.corrections == {"type": "ambush"}


# Forms


def correction(row, **changes):
    from incidents.desk.forms import CorrectionForm

    form = CorrectionForm(row)
    data = {"verb": "correct-accept"}
    for bound in form.head:
        data[bound.html_name] = bound.value() or ""
    for formset in form.lists.values():
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
        for one in formset:
            for bound in one:
                value = bound.value()
                if value is not None and value is not False:
                    data[bound.html_name] = "on" if value is True else value
    return {**data, **changes}


def test_a_form_sent_back_unchanged_is_no_correction(cast):
    place = factories.place("خضر جيجة")
    at = {"start": 0, "end": 3, "name": "خضرجيجة", "place": place.key, "where_prec": 1, "lat": 35.77, "lon": 43.62}
    row = factories.candidate(
        places=[at], actors=[{"start": 4, "end": 8, "name": "داعش", "actor": factories.actor().slug, "role": "perpetrator"}]
    )
    cast.editor.post(f"/desk/candidates/{row.pk}/judge/", correction(row))
    row.refresh_from_db()
    assert (row.verdict, row.corrections) == ("accepted", {})


def test_every_field_can_be_put_right_in_one_form(cast):
    factories.place("مخمور", spellings=("مخمور الكبرى",), key="isnad:makhmour")
    actor = factories.actor("peshmerga", spellings=("البشمركة",))
    row = factories.candidate(places=[{"start": 0, "end": 3, "name": "قرية", "place": None, "where_prec": 1, "lat": None, "lon": None}])
    changes = {
        "head-type": "ied",
        "head-date_start": "2021-12-01",
        "head-date_end": "",
        "places-0-place": "مخمور الكبرى",
        "places-0-where_prec": "3",
        "actors-0-actor": "البشمركة",
        "actors-0-role": "target",
        "casualties-0-low": "12",
        "casualties-0-high": "15",
    }
    cast.editor.post(f"/desk/candidates/{row.pk}/judge/", correction(row, **changes))
    event = Event.objects.get()
    assert (event.type, event.date_start, event.place.key) == ("ied", date(2021, 12, 1), "isnad:makhmour")
    assert (event.deaths_low, event.deaths_high) == (12, 15)
    assert list(event.participations.values_list("actor", "role")) == [(actor.pk, "target")]
    assert Claim.objects.get(attribute="place").place_text == "قرية"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places-0-place", "لا مكان كهذا"),
        ("places-0-place", "[gn:0]"),
        ("head-date_end", "2021-11-01"),
        ("head-type", "party"),
        ("casualties-0-high", "1"),
    ],
)
def test_a_bad_correction_is_shown_again_with_its_reason_and_what_was_written(cast, field, value):
    row = factories.candidate(places=[{"start": 0, "end": 3, "name": "قرية", "place": None, "where_prec": 1}])
    answer = cast.editor.post(f"/desk/candidates/{row.pk}/judge/", correction(row, **{field: value}))
    assert answer.status_code == 400
    assert 'class="errors"' in answer.content.decode()
    row.refresh_from_db()
    assert (row.verdict, row.corrections) == ("", {})


def test_a_place_is_found_by_any_of_its_spellings(cast):
    factories.place("خضر جيجة", spellings=("خدرجيجة", "Xidir Cice"), key="isnad:khidir-jija")
    for text in ("خدرجي", "خضر", "xidir"):
        lines = cast.editor.get("/desk/places/", {"q": text}).json()["lines"]
        assert [line for line in lines if line.endswith("[isnad:khidir-jija]")], text


def test_a_picked_point_stands_before_the_gazetteers_and_a_far_one_is_said(cast):
    place = factories.place("خضر جيجة", key="isnad:khidir-jija")
    said = {"start": 0, "end": 3, "name": "خضرجيجة", "place": place.key, "where_prec": 1, "lat": place.point.y, "lon": place.point.x}
    near, far = (factories.candidate(places=[said]) for _ in range(2))
    for row, line in ((near, "٣٥٫٨، ٤٣٫٦"), (far, "33.3, 44.4")):
        cast.editor.post(f"/desk/candidates/{row.pk}/judge/", correction(row, **{"places-0-point": line}))
        row.refresh_from_db()
        assert row.verdict == "corrected"
    assert near.event.point.coords == (43.6, 35.8)
    assert far.event.point.coords == (44.4, 33.3)
    warnings = [str(message) for message in get_messages(cast.editor.get("/desk/").wsgi_request) if message.level_tag == "warning"]
    assert len(warnings) == 1
    assert place.name in warnings[0]


def test_a_point_for_a_place_without_a_name_is_refused(cast):
    row = factories.candidate()
    answer = cast.editor.post(f"/desk/candidates/{row.pk}/judge/", correction(row, **{"places-0-point": "35.8, 43.6"}))
    assert answer.status_code == 400
    assert "35.8, 43.6" in answer.content.decode()


def test_the_map_is_told_where_a_named_place_lies(cast):
    factories.place("خضر جيجة", spellings=("خدرجيجة",), key="isnad:khidir-jija", point=Point(43.6, 35.7, srid=4326))
    ask = lambda place, at: cast.editor.get("/desk/where/", {"place": place, "at": at}).json()  # noqa: E731
    for named in ("خدرجيجة", "خضر جيجة · مخمور [isnad:khidir-jija]"):
        assert ask(named, "35.71, 43.61") == {"latitude": 35.7, "longitude": 43.6, "is_outside": False}
    assert ask("خدرجيجة", "33.3, 44.4")["is_outside"]
    assert not ask("خدرجيجة", "nowhere")["is_outside"]
    assert ask("خدرج", "33.3, 44.4") == {}


NONSENSE = ["", "\x00", "9" * 40, "-1", "٣", "<script>alert(1)</script>", "ا" * 3000, "\u202e\u200f", "' OR 1=1 --", "🚨" * 50]


@pytest.mark.parametrize("verb", VERBS)
def test_nonsense_in_any_field_of_an_event_s_verb_is_refused_with_a_sentence(verb):
    attack, editor = factories.told_event(status="draft"), factories.user()
    for text in NONSENSE:
        fields = VERBS[verb](event=attack, by=editor).fields
        form = VERBS[verb](dict.fromkeys(fields, text), event=attack, by=editor)
        if form.is_valid():
            with suppress(CurationError):
                form.act()
        else:
            assert all(str(error) for errors in form.errors.values() for error in errors)


@pytest.mark.parametrize("text", NONSENSE, ids=lambda text: ascii(text[:8]))
def test_nonsense_in_any_field_is_answered_not_tripped_over(cast, text):
    attack, meeting = factories.told_event(status="draft"), factories.told_event("meeting", status="draft")
    link, promise, number = factories.link(meeting, attack, status="open"), factories.commitment(meeting), factories.statistic()
    row = factories.candidate()
    names = ["into", "reason", "words", "start", "end", "verdict", "status", "article", "implemented_by", "published_on", "back", "type"]
    fields = dict.fromkeys([*names, "candidate"], text) | {
        f"claim-{name}": text for name in ("start", "end", "words", "attribute", "event", "place", "low")
    }
    fields |= {f"new-{name}": text for name in ("start", "end", "words", "type")} | dict.fromkeys(("urls", "url", "outlet", "text"), text)
    paths = [
        f"/desk/links/{link.pk}/",
        f"/desk/commitments/{promise.pk}/",
        f"/desk/statistics/{number.pk}/",
        "/desk/undo/",
        "/desk/sources/",
    ]
    paths += [f"/desk/articles/{row.article.pk}/{verb}/" for verb in ("day", "claim", "event")]
    for path in paths:
        assert cast.reviewer.post(path, fields).status_code < 500, path
    for verb in ("merge", "correct", "split", "value", "reject", text):
        assert cast.reviewer.post(f"/desk/candidates/{row.pk}/judge/", {**fields, "verb": verb}).status_code < 500, verb
    for path in (
        "/desk/places/?q=",
        "/desk/actors/?q=",
        "/desk/links/?after=",
        "/desk/events/?code=",
        "/desk/jobs/?page=",
        "/desk/where/?place=",
        "/desk/where/?at=",
        f"/desk/articles/{row.article.pk}/?event=",
    ):
        answer = cast.reviewer.get(path + quote(text))
        assert answer.status_code < 500, path
        assert "<script>alert(1)" not in answer.content.decode()


# Following up


def test_a_statistic_stands_beside_this_records_own_count(cast):
    factories.told_event(date_start=date(2021, 3, 1))
    factories.told_event(date_start=date(2021, 4, 1), status="draft")
    row = factories.statistic(206)
    page = cast.reviewer.get("/desk/statistics/").content.decode()
    assert "<b>206</b>" in page
    assert "<b>1</b>" in page
    cast.reviewer.post(f"/desk/statistics/{row.pk}/", {"verdict": "publish"})
    row.refresh_from_db()
    assert row.status == "published"


def test_links_and_copied_words_are_judged_once(cast):
    attack, meeting = factories.told_event(status="draft"), factories.told_event("meeting", status="draft")
    link = factories.link(meeting, attack, status="open")
    page = cast.editor.get("/desk/links/").content.decode()
    assert meeting.code in page
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    cast.editor.post(f"/desk/links/{link.pk}/", {"verdict": "right", "seen": seen})
    cast.reviewer.post(f"/desk/links/{link.pk}/", {"verdict": "wrong", "seen": seen})
    assert EventLink.objects.get().status == "confirmed"
    first, second = (c.passage for c in (attack.claims.get(), meeting.claims.get()))
    pair = TextReuse.objects.create(
        first=min(first, second, key=lambda p: p.pk), second=max(first, second, key=lambda p: p.pk), containment=0.9
    )
    assert cast.editor.get("/desk/reuse/").status_code == 200
    cast.editor.post(f"/desk/reuse/{pair.pk}/", {"verdict": "independent"})
    pair.refresh_from_db()
    assert pair.verdict == "independent"


def test_a_promise_is_followed_up_on_the_words_that_show_it(cast):
    meeting = factories.told_event("meeting", status="draft")
    promise = factories.commitment(meeting)
    report = factories.article("فتحت مراكز التنسيق الأربعة أبوابها اليوم.")
    form = {"status": "implemented", "reason": "opened", "article": report.pk, "words": "فتحت مراكز التنسيق", "implemented_by": ""}
    cast.editor.post(f"/desk/commitments/{promise.pk}/", form)
    promise.refresh_from_db()
    assert (promise.status, promise.evidence.exact) == ("implemented", "فتحت مراكز التنسيق")
    again = cast.editor.post(f"/desk/commitments/{factories.commitment(meeting, 'وعد آخر').pk}/", {**form, "words": "ليست فيه"})
    assert again.status_code == 400


# What waits


def test_nobody_is_asked_to_approve_what_is_their_own(cast):
    own = factories.event(status="in_review", created_by=factories.user("reviewer", "reviewer"), title_en="Mine", title_ar="لي")
    other = factories.event(status="in_review", title_en="Theirs", title_ar="لغيري")
    assert list(Event.objects.reviewable_by(own.created_by)) == [other]
    assert "لغيري" in cast.reviewer.get("/desk/").content.decode()
    assert 'class="pile review' not in cast.editor.get("/desk/").content.decode()


# What a page costs


def crowd(n: int) -> None:
    speaker = factories.speaker()
    for number in range(n):
        article = factories.article(f"قتل ثلاثة أشخاص في هجوم قرب مخمور، الخبر {number}.")
        place = {"start": 0, "end": 3, "name": "مخمور", "place": factories.place().key, "where_prec": 1}
        actor = {"start": 0, "end": 3, "name": "داعش", "actor": factories.actor().slug, "role": "perpetrator"}
        factories.candidate(article, places=[place] * 3, actors=[actor] * 3)
        attack, meeting = factories.told_event(status="draft", by=speaker), factories.told_event("meeting", status="draft", by=speaker)
        factories.link(meeting, attack, status="open")
        factories.commitment(meeting)
        factories.statistic(200 + number)
        factories.submission(f"{number}.txt")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/desk/", 40),
        ("/desk/links/", 20),
        ("/desk/reuse/", 10),
        ("/desk/commitments/", 10),
        ("/desk/jobs/", 10),
        ("/desk/candidates/{candidate}/", 45),
    ],
)
def test_a_page_costs_no_more_queries_when_more_waits(cast, path, most, django_assert_max_num_queries):
    crowd(3)
    path = path.format(candidate=Candidate.objects.first().pk)
    cast.editor.get(path)
    with django_assert_max_num_queries(most) as few:
        cast.editor.get(path)
    crowd(5)
    with django_assert_max_num_queries(most) as many:
        cast.editor.get(path)
    # Rows up to the first handful of a list may each cost their own; beyond that the number stands still.
    assert len(many) <= len(few) + 6


# Taking back


def test_the_last_verdict_on_a_link_a_pair_or_a_statistic_is_taken_back_by_whoever_gave_it(cast):
    attack, meeting = factories.told_event(status="draft"), factories.told_event("meeting", status="draft")
    link, number = factories.link(meeting, attack, status="open", basis="suggested", evidence=None), factories.statistic()
    passages = [claim.passage for event in (attack, meeting) for claim in event.claims.all()]
    pair = TextReuse.objects.create(first=passages[0], second=passages[1], containment=0.9)
    quoted = [passage.statement for passage in passages]
    verdicts = [("links", link, "right"), ("reuse", pair, "same_statement"), ("statistics", number, "publish")]
    for page, row, verdict in verdicts:
        before = type(row).objects.values().get(pk=row.pk)
        cast.reviewer.post(f"/desk/{page}/{row.pk}/", {"verdict": verdict})
        assert type(row).objects.values().get(pk=row.pk) != before
        assert 'data-key="KeyU"' not in cast.editor.get(f"/desk/{page}/").content.decode()
        assert 'data-key="KeyU"' in cast.reviewer.get(f"/desk/{page}/").content.decode()
        cast.editor.post(f"/desk/undo/{page}/")
        assert type(row).objects.values().get(pk=row.pk) != before
        cast.reviewer.post(f"/desk/undo/{page}/")
        after = type(row).objects.values().get(pk=row.pk)
        assert [after.get(name) for name in ("status", "basis", "verdict")] == [before.get(name) for name in ("status", "basis", "verdict")]
        assert 'data-key="KeyU"' not in cast.reviewer.get(f"/desk/{page}/").content.decode()
    assert [type(p).objects.get(pk=p.pk).statement for p in passages] == quoted
    assert cast.reviewer.post("/desk/undo/elsewhere/").status_code == 404
