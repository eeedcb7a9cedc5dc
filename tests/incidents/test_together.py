"""Merge, unmerge, split, move: whatever moves can move back, and nothing is lost on the way."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from incidents import curation, triage
from incidents.models import Claim, Commitment, Event, EventLink, Merge, Participation, Resolution
from sources.models import TextReuse
from tests import factories
from tests.proposals import candidate, day, toll

pytestmark = pytest.mark.usefixtures("record")

BOOKKEEPING = {"version", "modified_at", "changed_since_approval", "search_text"}


@pytest.fixture
def editor(db):
    return factories.user("editor")


def told(editor, low=13, on=date(2021, 12, 2), type="armed_attack", **more):
    """A draft event with one report, through the verbs."""
    words = f"مقتل {low} شخصاً في الهجوم."
    report = factories.article(words, published_on=date(2021, 12, 5))
    return curation.accept(candidate=candidate(report, type, date=day(on), casualties=[toll(report, str(low), low)], **more), by=editor)


def picture(*events):
    """All that hangs on these events, but for counters of changes."""
    pks = [event.pk for event in events]
    columns = [f.attname for f in Event._meta.concrete_fields if f.attname not in BOOKKEEPING]
    return {
        "events": [tuple(str(v) for v in row) for row in Event.objects.filter(pk__in=pks).order_by("pk").values_list(*columns)],
        "claims": list(Claim.objects.order_by("pk").values_list("pk", "event", "rank")),
        "resolutions": list(
            Resolution.objects.filter(is_current=True).order_by("event", "attribute").values_list("event", "attribute", "value", "method")
        ),
        "links": list(EventLink.objects.order_by("pk").values_list("pk", "source", "target", "relation")),
        "commitments": list(Commitment.objects.order_by("pk").values_list("pk", "event", "implemented_by")),
        "participations": sorted(Participation.objects.values_list("event", "actor", "role")),
    }


def test_merging_moves_everything_and_the_code_redirects(editor):
    keep, drop, other = told(editor), told(editor, 10), told(editor, 2)
    link = factories.link(other, drop)
    keep = curation.merge(keep=keep, drop=drop, by=editor, reason="One attack.")
    drop.refresh_from_db()
    link.refresh_from_db()
    assert (drop.status, drop.merged_into, drop.claims.count()) == ("merged", keep, 0)
    assert keep.claims.count() == 8
    assert (keep.deaths_low, keep.deaths_high, keep.article_count) == (10, 13, 2)
    assert link.target == keep
    assert {c.event for c in keep.candidates.all()} == {keep}


def test_unmerging_gives_back_exactly_what_was(editor):
    keep, drop, other = told(editor), told(editor, 10), told(editor, 2)
    meeting = factories.event("meeting", date_start=None, at=None)
    curation.refresh(meeting)
    factories.link(other, drop)
    factories.link(meeting, drop)
    factories.link(meeting, keep)  # after the merge this one would say the same twice
    factories.link(keep, drop, "follows_up")  # and this one would tie the event to itself
    factories.commitment(meeting, status="implemented", implemented_by=drop)
    factories.commitment(drop, "تشكيل لجنة")
    curation.resolve(
        event=drop, attribute="killed", claims=list(drop.claims.filter(attribute="casualties")), by=editor, reason="The list of names."
    )
    events = (keep, drop, other, meeting)
    before = picture(*events)
    curation.merge(keep=keep, drop=drop, by=editor, reason="One attack.")
    assert picture(*events) != before
    curation.unmerge(merge=Merge.objects.get(), by=editor, reason="Two attacks after all.")
    assert picture(*events) == before


def test_a_merge_is_undone_once(editor):
    keep, drop = told(editor), told(editor, 10)
    curation.merge(keep=keep, drop=drop, by=editor, reason="One.")
    merge = Merge.objects.get()
    curation.unmerge(merge=merge, by=editor, reason="Two.")
    with pytest.raises(curation.CurationError, match="already"):
        curation.unmerge(merge=merge, by=editor, reason="Again.")


def test_what_came_after_the_merge_stays_with_the_one_that_was_kept(editor):
    keep, drop = told(editor), told(editor, 10)
    curation.merge(keep=keep, drop=drop, by=editor, reason="One.")
    later = factories.article("تقرير لاحق عن مقتل 14 شخصاً.")
    curation.accept(candidate=candidate(later, casualties=[toll(later, "14", 14)]), by=editor, into=keep)
    drop = curation.unmerge(merge=Merge.objects.get(), by=editor, reason="Two.")
    keep.refresh_from_db()
    assert sorted(c.low for c in keep.claims.filter(attribute="casualties")) == [13, 14]
    assert [c.low for c in drop.claims.filter(attribute="casualties")] == [10]


def test_merges_nest_and_are_undone_from_the_last(editor):
    first, second, third = told(editor, 1), told(editor, 2), told(editor, 3)
    before = picture(first, second, third)
    curation.merge(keep=second, drop=first, by=editor, reason="One.")
    curation.merge(keep=third, drop=second, by=editor, reason="One.")
    first.refresh_from_db()
    assert first.merged_into == third  # a code redirects in one step
    inner, outer = Merge.objects.order_by("pk")
    with pytest.raises(curation.CurationError, match="undo that merge first"):
        curation.unmerge(merge=inner, by=editor, reason="x")
    curation.unmerge(merge=outer, by=editor, reason="Two.")
    curation.unmerge(merge=inner, by=editor, reason="Three.")
    assert picture(first, second, third) == before


def test_merging_published_events_sends_the_kept_one_back_to_a_reviewer(editor):
    keep, drop = told(editor), told(editor, 10)
    for event in (keep, drop):
        curation.submit(event=event, by=editor)
        curation.approve(event=event, by=factories.user("reviewer", "reviewer"))
        curation.publish(event=event, by=factories.user("reviewer", "reviewer"))
    keep = curation.merge(keep=keep, drop=drop, by=editor, reason="One.")
    assert (keep.status, keep.changed_since_approval) == ("published", True)
    assert list(Event.objects.published()) == [keep]


@pytest.mark.parametrize("reason", ["", "  "])
def test_merging_needs_a_reason(editor, reason):
    with pytest.raises(curation.CurationError, match="Say why"):
        curation.merge(keep=told(editor), drop=told(editor), by=editor, reason=reason)


def test_what_cannot_be_merged_is_refused(editor):
    event, meeting = told(editor), factories.event("meeting", date_start=None, at=None)
    curation.refresh(meeting)
    for keep, drop, words in ((event, event, "one event already"), (event, meeting, "kind")):
        with pytest.raises(curation.CurationError, match=words):
            curation.merge(keep=keep, drop=drop, by=editor, reason="x")


def test_splitting_makes_a_new_event_and_merging_undoes_it(editor):
    keep, drop = told(editor), told(editor, 10)
    event = curation.merge(keep=keep, drop=drop, by=editor, reason="One.")
    report = Claim.objects.get(low=10).passage.article
    made = curation.split(event=event, claims=list(event.claims.filter(passage__article=report)), by=editor, reason="Two attacks.")
    event.refresh_from_db()
    assert (event.deaths_best, made.deaths_best, made.code) == (13, 10, "ISN-2021-000003")
    assert made.candidates.get().article == report
    merged = curation.merge(keep=event, drop=made, by=editor, reason="One after all.")
    assert merged.claims.count() == 8


def test_splitting_takes_some_claims_not_none_and_not_all(editor):
    event = told(editor)
    for claims in ([], list(event.claims.all()), list(told(editor, 10).claims.all())):
        with pytest.raises(curation.CurationError, match="not none and not all"):
            curation.split(event=event, claims=claims, by=editor, reason="x")


def test_a_report_moves_to_another_event_and_back(editor):
    source, target = told(editor), told(editor, 10)
    before = picture(source, target)
    article = Claim.objects.get(low=13).passage.article
    moved = curation.move_report(article=article, source=source, target=target, by=editor, reason="It tells of the other attack.")
    source.refresh_from_db()
    assert (moved.article_count, source.article_count, source.grade) == (2, 0, "discounted")
    curation.move_report(article=article, source=target, target=source, by=editor, reason="It does not.")
    assert picture(source, target) == before


def test_a_report_that_says_nothing_of_the_event_cannot_move(editor):
    with pytest.raises(curation.CurationError, match="claims nothing"):
        curation.move_report(article=factories.article(), source=told(editor), target=told(editor), by=editor, reason="x")


def test_a_choice_whose_claims_moved_away_is_no_choice_any_more(editor):
    keep, drop = told(editor), told(editor, 10)
    event = curation.merge(keep=keep, drop=drop, by=editor, reason="One.")
    curation.resolve(event=event, attribute="killed", claims=[Claim.objects.get(low=10)], by=editor, reason="The hospital.")
    curation.unmerge(merge=Merge.objects.get(), by=editor, reason="Two.")
    event.refresh_from_db()
    assert event.deaths_best == 13


def test_a_merged_event_without_an_heir_is_refused_by_the_database(editor):
    event = told(editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(status="merged")


def promising(words, **more):
    report = factories.article(words)
    outcome = {"start": 0, "end": 5, "text": "تشكيل غرفة عمليات مشتركة", "status": "announced", **more}
    return candidate(report, "meeting", date=day(date(2021, 12, 4)), outcomes=[outcome])


def test_a_merge_moves_what_was_promised_and_its_undoing_moves_it_back(editor):
    keep, drop = (curation.accept(candidate=promising(words), by=editor) for words in ("عقد اجتماع في أربيل.", "عقد اجتماع في بغداد."))
    curation.merge(keep=keep, drop=drop, by=editor, reason="One meeting.")
    assert {row.event for row in Commitment.objects.standing()} == {keep}
    curation.unmerge(merge=Merge.objects.get(), by=editor, reason="Two.")
    assert [row.event for row in Commitment.objects.standing().order_by("event_id")] == [keep, drop]


def test_an_undone_report_takes_its_promises_and_its_denials_with_it(editor):
    meeting = curation.accept(candidate=promising("عقد اجتماع في أربيل."), by=editor)
    other = {"text": "تبادل المعلومات"}
    for row in (promising("اجتماع أربيل مرة أخرى.", **other), promising("لم تعمل الغرفة المشتركة.", status="not_implemented")):
        triage.accept(candidate=row, by=editor, into=meeting)
    assert set(meeting.commitments.standing().values_list("text", "status")) == {
        ("تشكيل غرفة عمليات مشتركة", "not_implemented"),
        ("تبادل المعلومات", "announced"),
    }
    for row in meeting.candidates.order_by("-pk")[:2]:
        triage.undo(candidate=row, by=editor)
    assert list(meeting.commitments.standing().values_list("text", "status")) == [("تشكيل غرفة عمليات مشتركة", "announced")]
    assert not Commitment.objects.waiting().filter(text="تبادل المعلومات").exists()


def test_what_two_reports_promise_stands_while_one_of_them_does(editor):
    first = promising("عقد اجتماع في أربيل.")
    meeting = triage.accept(candidate=first, by=editor)
    triage.accept(candidate=promising("اجتماع أربيل مرة أخرى."), by=editor, into=meeting)
    triage.undo(candidate=first, by=editor)
    assert meeting.commitments.standing().count() == 1


def test_an_undated_report_is_compared_with_the_days_it_came_in_and_again_once_it_is_dated(editor):
    words = "أعلنت القيادة تشكيل غرفة عمليات مشتركة لملاحقة خلايا التنظيم في المناطق بين القوتين."
    old = factories.article(f"{words} خبر قديم.", published_on=date(2021, 12, 4))
    factories.quote(old, words)
    late = factories.article(f"{words} بلا تاريخ.", published_on=None, retrieved_at=datetime(2022, 3, 1, tzinfo=UTC))
    curation.accept(candidate=candidate(late, "meeting"), by=editor)
    assert not TextReuse.objects.exists()
    curation.date_article(article=late, published_on=date(2021, 12, 5), by=editor)
    assert TextReuse.objects.get().second.article == late
