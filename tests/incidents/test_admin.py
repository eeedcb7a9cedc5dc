"""The admin: every list and form opens, in a fixed number of queries; what it writes goes through the verbs; refusals are messages."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from history.admin import EstimatedPaginator, RecordAdmin
from history.clashes import last_seen
from history.models import Change, Revision
from incidents import curation
from incidents.models import Claim, Comment, Event, Merge, Participation
from sources.models import Statement, Submission, TextReuse
from tests import factories
from tests.proposals import candidate, day, toll

pytestmark = pytest.mark.django_db

OURS = [model for model, model_admin in admin.site._registry.items() if isinstance(model_admin, RecordAdmin)]
# 2 session and user, 2 permissions, 2 counts, 1 rows, and at most 3 for filters and what hangs on the rows.
CEILING = 10


def url(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def fill(times):
    """Rows in every table of the record."""
    for _ in range(times):
        article = factories.article()
        event = factories.told_event(by=factories.speaker())
        other = factories.told_event()
        place = factories.place(under=factories.place(level="district"))
        factories.claim(event, "place", place=place)
        factories.resolution(event)
        factories.link(event, other)
        factories.commitment(event)
        factories.statistic(area=place)
        factories.relay(factories.quote(article, article.text), factories.outlet())
        candidate(article)
        factories.event("meeting")
        first, second = (factories.quote(a, a.text) for a in (factories.article(), factories.article()))
        TextReuse.objects.create(first=first, second=second, containment=0.7)
        Submission.objects.create(form="text", raw=b"...", label="مقتل ثلاثة", submitted_by=factories.user("editor"))
        Merge.objects.create(keep=event, drop=other, moved={}, reason="One.", by=factories.user("editor"))
        Comment.objects.create(event=event, text="?", by=factories.user("editor"))
        factories.imported_row()


def test_every_list_takes_the_same_few_queries_for_any_number_of_rows(cast):
    counts = {model: [] for model in OURS}
    for times in (1, 4):
        fill(times)
        for model in OURS:
            with CaptureQueriesContext(connection) as queries:
                assert cast.reviewer.get(url(model)).status_code == 200, model
            counts[model].append(len(queries))
    assert {model: asked for model, asked in counts.items() if asked[0] != asked[1] or asked[0] > CEILING} == {}


GROWING = {
    *("Article", "Candidate", "Change", "Claim", "CoordinationEvent", "Event", "ImportedRow", "Incident"),
    *("Participation", "Passage", "Resolution", "Statement"),
}


@pytest.mark.parametrize("model", [m for m in OURS if m.__name__ in GROWING], ids=lambda m: m._meta.model_name)
def test_a_long_list_offers_no_order_that_has_to_sort_the_whole_table(rf, model):
    model_admin, user = admin.site._registry[model], factories.user(role="admin")

    def asked(query):
        request = rf.get(f"/?{query}")
        request.user = user
        return model_admin.get_changelist_instance(request)

    offered = [n for n, column in enumerate(asked("").list_display) if column in model_admin.get_sortable_by(None)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    for query in ["", *(f"o={sign}{number}" for number in offered for sign in ("", "-"))]:
        plan = asked(query).queryset.select_related(None)[:50].explain()
        # Rows of one value may be put in order among themselves: "Incremental Sort".
        assert not re.search(r"(?<!Incremental )Sort  ", plan), f"{query}\n{plan}"


def test_every_form_and_its_history_open_for_whoever_may_see_them_and_for_nobody_else(cast):
    fill(1)
    for model in OURS:
        row = model._default_manager.first()
        for page in ("change", "history"):
            assert cast.editor.get(url(model, page, row.pk)).status_code == 200, (model, page)
            assert cast.outsider.get(url(model, page, row.pk)).status_code == 302, (model, page)
            assert cast.viewer.get(url(model, page, row.pk)).status_code == 302, (model, page)


def test_searching_any_list_works_whatever_is_asked(cast):
    searched = [model for model in OURS if admin.site._registry[model].search_fields]
    assert len(searched) > 10
    for model in searched:
        for text in ("البيشمركه ISN-2021", "ـ"):
            assert cast.editor.get(url(model), {"q": text}).status_code == 200, model


def test_nobody_deletes_anything(cast):
    fill(1)
    for model in OURS:
        row = model._default_manager.first()
        assert cast.admin.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model


def test_a_place_is_found_under_any_spelling(cast):
    factories.place("خضر جيجة", spellings=("خضرجيجة",))
    page = cast.editor.get(url(factories.Place), {"q": "خضرجيجه"})
    assert "خضر جيجة" in page.content.decode()


@pytest.fixture
def event(db):
    place = factories.place("العين", level="village", key="isnad:village")
    report = factories.article("مقتل 13 شخصاً في العين مساء الخميس.")
    values = {"date": day(date(2021, 12, 2)), "casualties": [toll(report, "13", 13)]}
    values["places"] = [{"name": "العين", "start": 16, "end": 21, "place": place.key, "where_prec": 1}]
    event = curation.accept(candidate=candidate(report, **values), by=factories.user("editor"))
    event.seen = last_seen(Event, event.pk)  # as the page was opened
    return event


def form_of(event, **changes):
    """What the browser sends back of an event's page, with some fields changed."""
    point = event.point
    values = {
        "title_ar": event.title_ar, "title_en": event.title_en, "summary_ar": event.summary_ar, "summary_en": event.summary_en,
        "time_of_day": event.time_of_day, "date_start": event.date_start, "date_end": event.date_end, "date_prec": event.date_prec,
        "place": event.place_id, "point": f"{point.y:.6f}, {point.x:.6f}" if point else "", "where_prec": event.where_prec,
        "seen": event.seen, "reason": "Plainer.", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {name: "" if value is None else value for name, value in {**values, **changes}.items()}


def save(client, event, **changes):
    return client.post(url(Event, "change", event.pk), form_of(event, **changes), follow=True)


def test_the_claims_stand_side_by_side_on_the_event_s_page(cast, event):
    page = cast.editor.get(url(Event, "change", event.pk)).content.decode()
    assert "claims-side-by-side" in page
    assert "مقتل 13 شخصاً في العين" in page


def test_an_edit_goes_through_the_verb_with_its_reason(cast, event):
    save(cast.editor, event, title_en="Night raid")
    event.refresh_from_db()
    assert (event.title_en, event.title_is_edited) == ("Night raid", True)
    change = Revision.objects.of(event).filter(changed__contains=["title_en"]).latest("id").change
    assert (change.verb, change.reason, change.by.username) == ("edit", "Plainer.", "editor")
    assert not LogEntry.objects.exists()


def test_an_edit_without_a_reason_is_not_saved(cast, event):
    page = save(cast.editor, event, title_en="Night raid", reason="")
    assert page.context["adminform"].form.errors["reason"]
    assert Event.objects.get().title_en != "Night raid"


def test_a_point_set_by_hand_becomes_an_editor_s_resolution(cast, event):
    save(cast.editor, event, point="٣٥٫٧٧١٢، ٤٣٫٦٣")
    event.refresh_from_db()
    assert event.point.coords == (43.63, 35.7712)
    resolution = event.resolutions.get(attribute="place", is_current=True)
    assert (resolution.method, resolution.reason) == ("editor", "Plainer.")


def test_a_point_outside_the_place_is_warned_of_and_kept(cast, event):
    page = save(cast.editor, event, point="33.3, 44.4")
    assert any("العين" in str(message) for message in page.context["messages"])
    assert Event.objects.get().point.coords == (44.4, 33.3)


@pytest.mark.parametrize("point", ["abc", "95, 44", "35.7", "35.7, 190", "nan, nan"])
def test_what_is_no_point_gets_a_sentence(cast, event, point):
    page = save(cast.editor, event, point=point)
    assert page.context["adminform"].form.errors["point"]


def test_disjoint_changes_of_two_editors_merge(cast, event):
    curation.edit(event=event, changes={"summary_en": "Theirs"}, by=factories.user("another"), reason="x")
    save(cast.editor, event, title_en="Mine")
    event.refresh_from_db()
    assert (event.title_en, event.summary_en) == ("Mine", "Theirs")


def test_a_clash_shows_base_mine_and_theirs_and_saving_again_decides(cast, event):
    base = event.title_en
    curation.edit(event=event, changes={"title_en": "Theirs"}, by=factories.user("another"), reason="x")
    page = save(cast.editor, event, title_en="Mine")
    told = str(page.context["adminform"].form.errors["title_en"])
    assert all(words in told for words in (base, "Mine", "Theirs"))
    assert Event.objects.get().title_en == "Theirs"
    again = form_of(event, title_en="Mine", seen=page.context["adminform"].form.data["seen"])
    cast.editor.post(url(Event, "change", event.pk), again)
    assert Event.objects.get().title_en == "Mine"


def test_saving_again_after_a_clash_keeps_what_others_changed_elsewhere(cast, event):
    colleague = factories.user("another")
    curation.edit(event=event, changes={"title_en": "Theirs", "summary_en": "Their summary"}, by=colleague, reason="x")
    where = {"place_id": None, "point": Point(44.1, 35.2, srid=4326), "where_prec": 2}
    curation.resolve(event=event, attribute="place", claims=[], value=where, by=colleague, reason="the map")
    page = save(cast.editor, event, title_en="Mine")
    cast.editor.post(url(Event, "change", event.pk), page.context["adminform"].form.data)
    event = Event.objects.get()
    assert (event.title_en, event.summary_en) == ("Mine", "Their summary")
    assert (event.place, event.point.coords, event.where_prec) == (None, (44.1, 35.2), 2)
    assert event.resolutions.get(attribute="place", is_current=True).decided_by == colleague


def test_what_a_verb_refuses_comes_back_with_every_word_that_was_written(cast, event):
    opened = form_of(
        event, title_en="A long title, well thought of", title_ar="", **{"comments-TOTAL_FORMS": 1, "comments-0-text": "And why"}
    )
    curation.reject(event=Event.objects.get(pk=event.pk), by=factories.user("colleague"), reason="No event.")
    answer = cast.editor.post(url(Event, "change", event.pk), opened)
    page = answer.content.decode()
    assert (answer.status_code, "errorlist" in page) == (200, True)
    assert all(words in page for words in ("A long title, well thought of", "And why", "Plainer."))
    assert (Event.objects.get(pk=event.pk).title_en, event.comments.count()) == (event.title_en, 0)


def test_of_one_headline_value_two_editors_change_different_columns(cast, event):
    where = {"place_id": event.place_id, "point": Point(44.1, 35.2, srid=4326), "where_prec": event.where_prec}
    curation.resolve(event=event, attribute="place", claims=[], value=where, by=factories.user("another"), reason="the map")
    save(cast.editor, event, where_prec="2", title_en="Mine")
    event = Event.objects.get()
    assert (event.point.coords, event.where_prec, event.title_en) == ((44.1, 35.2), 2, "Mine")


def test_status_and_approver_cannot_be_posted(cast, event):
    save(cast.editor, event, status="published", approved_by=factories.user("reviewer", "reviewer").pk, created_by=1, title_en="x")
    event.refresh_from_db()
    assert (event.status, event.approved_by) == ("draft", None)


def act(client, action, *events):
    return client.post(url(Event), {"action": action, "_selected_action": [e.pk for e in events]}, follow=True)


def test_the_workflow_runs_from_the_list_and_refusals_are_messages(cast, event):
    act(cast.editor, "submit", event)
    refused = act(cast.editor, "approve", event)
    event.refresh_from_db()
    assert (event.status, refused.status_code) == ("in_review", 200)
    for action in ("approve", "publish"):
        act(cast.reviewer, action, event)
    event.refresh_from_db()
    assert event.status == "published"
    page = act(cast.reviewer, "approve", event)
    assert any(event.code in str(message) for message in page.context["messages"])


def test_a_claim_is_ranked_with_a_reason_and_its_value_is_never_rewritten(cast, event):
    claim = event.claims.get(attribute="casualties")
    cast.editor.post(
        url(type(claim), "change", claim.pk),
        {"rank": "deprecated", "rank_reason": "typo", "note": "13 was 3", "reason": "Misread.", "low": 3},
    )
    claim.refresh_from_db()
    event.refresh_from_db()
    assert (claim.rank, claim.low, event.deaths_best) == ("deprecated", 13, None)


def test_claims_are_ranked_beside_each_other_on_the_event_s_page(cast, event):
    claim = event.claims.get(attribute="casualties")
    assert f'name="rank_{claim.pk}"' in cast.editor.get(url(Event, "change", event.pk)).content.decode()
    seen = {f"initial-rank_{claim.pk}": "normal"}
    refused = save(cast.editor, event, **seen, **{f"rank_{claim.pk}": "deprecated:typo", "reason": ""})
    assert refused.context["adminform"].form.errors["reason"]
    save(cast.editor, event, **seen, **{f"rank_{claim.pk}": "deprecated:typo", "reason": "13 was 3."})
    claim.refresh_from_db()
    event.refresh_from_db()
    assert (claim.rank, claim.rank_reason, claim.note, event.deaths_best) == ("deprecated", "typo", "13 was 3.", None)
    save(cast.editor, event, **{f"initial-rank_{claim.pk}": "deprecated:typo", f"rank_{claim.pk}": "preferred", "reason": "It was 13."})
    claim.refresh_from_db()
    assert (claim.rank, claim.rank_reason, claim.note) == ("preferred", "", "It was 13.")


def test_a_page_left_open_undoes_no_colleague_s_ranking(cast, event):
    claim = event.claims.get(attribute="casualties")
    curation.rank_claim(claim=claim, rank="preferred", by=factories.user("another"), reason="The list of names.")
    stale = {f"initial-rank_{claim.pk}": "normal", f"rank_{claim.pk}": "normal"}
    save(cast.editor, event, **stale, title_en="Mine")
    claim.refresh_from_db()
    assert (claim.rank, Event.objects.get().title_en) == ("preferred", "Mine")


def test_a_comment_is_kept_with_who_made_it(cast, event):
    row = {"comments-0-field": "killed", "comments-0-text": "The ministry says ten.", "comments-0-id": "", "comments-0-event": event.pk}
    save(cast.editor, event, **{**row, "comments-TOTAL_FORMS": 1})
    assert (Comment.objects.get().by.username, Comment.objects.get().field) == ("editor", "killed")


def test_a_place_s_change_has_its_reason_and_can_be_read_back(cast):
    place = factories.place("العين")
    values = {
        "name_ar": "العين",
        "name_en": "Ain",
        "level": "village",
        "key": place.key,
        "point": "35.5, 43.5",
        "reason": "From the register.",
    }
    blank = {f"{name}-{total}_FORMS": 0 for name in ("spellings", "memberships") for total in ("TOTAL", "INITIAL")}
    cast.editor.post(url(type(place), "change", place.pk), {**values, **blank})
    assert Change.objects.latest("at").reason == "From the register."
    page = cast.editor.get(url(type(place), "history", place.pk)).content.decode()
    assert "From the register." in page
    assert "Ain" in page


def test_an_article_s_text_is_not_in_the_form(cast):
    article = factories.article()
    form = cast.editor.get(url(type(article), "change", article.pk)).context["adminform"].form
    assert {"text", "raw", "sha256"}.isdisjoint(form.fields)


def test_a_long_list_is_counted_by_estimate_and_a_short_one_exactly():
    factories.event()
    assert EstimatedPaginator(Event.objects.order_by("-id"), 50).count == 1
    paginator = EstimatedPaginator(Event.objects.order_by("-id"), 50)
    paginator.EXACT_UP_TO = 0
    with CaptureQueriesContext(connection) as queries:
        assert paginator.count >= 1
    assert "EXPLAIN" in queries.captured_queries[-1]["sql"]


def test_a_deep_page_finds_its_rows_by_their_keys_and_in_the_list_s_order(monkeypatch):
    events = [factories.event() for _ in range(7)]
    monkeypatch.setattr(EstimatedPaginator, "DEEP", 2)
    paginator = EstimatedPaginator(Event.objects.select_related("place").order_by("-id"), 2)
    pages = [[row.pk for row in paginator.page(number)] for number in paginator.page_range]
    assert [pk for page in pages for pk in page] == [event.pk for event in events[::-1]]
    with CaptureQueriesContext(connection) as queries:
        list(paginator.page(3))
    deep = next(q["sql"] for q in queries.captured_queries if "OFFSET" in q["sql"])
    assert "entities_place" not in deep


def test_what_hangs_on_an_event_is_found_by_its_code_and_its_words(cast):
    found, other = factories.told_event(code="ISN-2021-000777", search_text="هجوم مخمور"), factories.told_event(code="ISN-2021-000888")
    for model in (Claim, Participation):
        rows = model.objects.filter(event=found)
        for term in ("isn-2021-000777", "ISN-2021-0007"):
            page = cast.editor.get(url(model), {"q": term}).context["cl"].result_list
            assert {row.event for row in page} == {found}, term
        assert rows.exists()
    assert {c.event for c in cast.editor.get(url(Claim), {"q": "مَخمُور"}).context["cl"].result_list} == {found}
    actor = other.participations.get().actor
    assert cast.editor.get(url(Participation), {"q": actor.name_ar}).context["cl"].result_count >= 1


def test_of_any_row_of_the_record_what_two_editors_changed_joins_and_a_clash_is_told_once(cast):
    outlet = factories.outlet("وكالة", name_en="Agency", domain="agency.example")
    page = url(type(outlet), "change", outlet.pk)
    opened = cast.editor.get(page).context["adminform"].form.initial
    mine = {name: "" if value is None else value for name, value in opened.items() if name != "is_sample"} | {"reason": "Its own page."}
    cast.reviewer.post(page, {**mine, "name_en": "Their name"})
    cast.editor.post(page, {**mine, "domain": "mine.example"})
    outlet.refresh_from_db()
    assert (outlet.name_en, outlet.domain) == ("Their name", "mine.example")
    refused = cast.editor.post(page, {**mine, "name_en": "My name", "domain": "mine.example"})
    told = str(refused.context["adminform"].form.errors["name_en"])
    assert all(words in told for words in ("Agency", "My name", "Their name"))
    cast.editor.post(page, refused.context["adminform"].form.data)
    outlet.refresh_from_db()
    assert (outlet.name_en, outlet.domain) == ("My name", "mine.example")


def test_an_address_written_without_its_scheme_is_one_of_https(cast):
    form = cast.editor.get(url(Statement, "add")).context["adminform"].form
    assert form.fields["url"].clean("agency.example/1") == "https://agency.example/1"
