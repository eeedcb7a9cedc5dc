"""A candidate at the desk: held by one editor at a time, corrected, split, judged, and every verdict can be taken back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from incidents import curation, triage
from incidents.curation import CurationError
from incidents.models import Candidate, Claim, Event, EventLink, Statistic
from tests import factories

pytestmark = pytest.mark.django_db

ATTACK = "قتل ثلاثة عشر شخصاً في هجوم شنه داعش على قرية خضر جيجة مساء الخميس."
BOMB = "وانفجرت عبوة ناسفة قرب الطريق العام فأصابت شخصين."


@pytest.fixture
def editor():
    return factories.user("editor")


@pytest.fixture
def colleague():
    return factories.user("colleague")


@pytest.fixture
def article():
    return factories.article(f"{ATTACK} {BOMB}")


@pytest.fixture
def candidate(article):
    return factories.candidate(article, quotes=(ATTACK,))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# Holding


def test_what_one_editor_holds_no_other_may_judge(candidate, editor, colleague):
    triage.hold(candidate=candidate, by=editor)
    for verb in (
        lambda: triage.hold(candidate=candidate, by=colleague),
        lambda: triage.accept(candidate=candidate, by=colleague),
        lambda: triage.reject_candidate(candidate=candidate, by=colleague, reason="misread"),
        lambda: triage.skip(candidate=candidate, by=colleague),
        lambda: triage.correct(candidate=candidate, by=colleague, changes={"modality": "alleged"}),
        lambda: triage.split(candidate=candidate, by=colleague, start=0, end=5),
        lambda: curation.accept(candidate=candidate, by=colleague),
        lambda: curation.reject_candidate(candidate=candidate, by=colleague, reason="misread"),
    ):
        with pytest.raises(CurationError, match="editor"):
            verb()
    assert fresh(candidate).verdict == ""
    assert triage.accept(candidate=candidate, by=editor)


def test_a_lease_that_ran_out_binds_nobody(candidate, editor, colleague):
    triage.hold(candidate=candidate, by=editor)
    Candidate.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert triage.hold(candidate=candidate, by=colleague).held_by == colleague


def test_taking_up_another_candidate_lets_the_first_go(candidate, article, editor, colleague):
    other = factories.candidate(article, type="ied", quotes=(BOMB,))
    triage.hold(candidate=candidate, by=editor)
    triage.hold(candidate=other, by=editor)
    assert triage.hold(candidate=candidate, by=colleague)


def test_the_queue_leaves_out_what_others_are_on_and_what_the_editor_set_aside(candidate, article, editor, colleague):
    other = factories.candidate(article, type="ied", quotes=(BOMB,))
    triage.hold(candidate=candidate, by=colleague)
    assert list(triage.queue_of(editor)) == [other]
    triage.skip(candidate=other, by=editor)
    assert list(triage.queue_of(editor)) == []
    assert other in triage.queue_of(colleague)
    triage.take_up_skipped(by=editor)
    assert list(triage.queue_of(editor)) == [other]


# Correcting


def test_a_correction_is_kept_beside_what_the_machine_proposed(candidate, editor):
    triage.correct(candidate=candidate, by=editor, changes={"type": "ambush", "modality": "occurred"})
    event = triage.accept(candidate=candidate, by=editor)
    row = fresh(candidate)
    assert (event.type, row.verdict) == ("ambush", "corrected")
    assert row.proposal["type"] == "armed_attack"
    assert row.corrections == {"type": "ambush"}


def test_a_field_set_back_to_what_was_proposed_is_no_correction(candidate, editor):
    triage.correct(candidate=candidate, by=editor, changes={"type": "ambush"})
    triage.correct(candidate=candidate, by=editor, changes={"type": "armed_attack"})
    triage.accept(candidate=candidate, by=editor)
    assert fresh(candidate).verdict == "accepted"


def test_a_type_of_the_other_kind_takes_the_kind_along(candidate, editor):
    triage.correct(candidate=candidate, by=editor, changes={"type": "meeting"})
    assert triage.accept(candidate=candidate, by=editor).kind == "coordination"


def test_a_value_read_by_hand_stands_on_its_own_passage(candidate, article, editor):
    start = article.text.index("شخصين")
    value = {"start": start, "end": start + 5, "harm": "wounded", "party": "civilian", "low": 2, "high": 2, "quantifier": "exact"}
    triage.add_value(candidate=candidate, by=editor, field="casualties", value=value)
    event = triage.accept(candidate=candidate, by=editor)
    assert event.claims.get(harm="wounded").passage.exact == "شخصين"
    assert event.claims.get(harm="killed").passage.exact == ATTACK


# Splitting


def test_one_candidate_becomes_two_and_each_value_goes_with_its_words(article, editor):
    start = article.text.index(BOMB)
    tolls = [
        {"start": 0, "end": 4, "harm": "killed", "party": "mixed", "low": 13, "high": 13},
        {"start": start + 40, "end": start + 45, "harm": "wounded", "party": "mixed", "low": 2, "high": 2},
    ]
    whole = factories.candidate(article, casualties=tolls)
    inner, outer = triage.split(candidate=whole, by=editor, start=start, end=start + len(BOMB))
    assert [q["text"] for q in inner.proposal["quotes"]] == [BOMB]
    assert [q["text"] for q in outer.proposal["quotes"]] == [ATTACK]
    assert [t["harm"] for t in inner.proposal["casualties"]] == ["wounded"]
    assert [t["harm"] for t in outer.proposal["casualties"]] == ["killed"]
    assert fresh(whole).verdict == "stale"
    back = triage.undo(candidate=whole, by=editor)
    assert (back.verdict, fresh(inner).verdict, fresh(outer).verdict) == ("", "stale", "stale")


@pytest.mark.parametrize("span", [(0, 0), (0, 10_000), (9_000, 9_001)])
def test_nothing_is_split_off_where_nothing_or_everything_is_marked(article, editor, span):
    whole = factories.candidate(article)
    with pytest.raises(CurationError):
        triage.split(candidate=whole, by=editor, start=span[0], end=span[1])
    assert fresh(whole).verdict == ""


# Verdicts and undo


def test_an_accepted_candidate_undone_waits_again_and_its_event_is_set_aside(candidate, editor):
    event = triage.accept(candidate=candidate, by=editor)
    row = triage.undo(candidate=candidate, by=editor)
    assert (row.verdict, row.event, row.judged_by) == ("", None, None)
    assert fresh(event).status == "rejected"
    again = triage.accept(candidate=candidate, by=editor)
    assert again.code != event.code
    assert again.claims.live().count() == event.claims.count()


def test_a_report_merged_by_mistake_takes_only_its_own_claims_back(candidate, editor):
    known = factories.told_event(status="draft", date_start=None, by=factories.speaker())
    curation.rebuild(known) if hasattr(curation, "rebuild") else None
    before = set(known.claims.live().values_list("pk", flat=True))
    triage.accept(candidate=candidate, by=editor, into=known)
    assert known.claims.live().count() > len(before)
    triage.undo(candidate=candidate, by=editor)
    assert set(known.claims.live().values_list("pk", flat=True)) == before
    assert fresh(known).status == "draft"
    retracted = known.claims.filter(rank="deprecated")
    assert retracted.exists()
    assert set(retracted.values_list("rank_reason", flat=True)) == {"retracted"}


def test_a_toll_that_a_merge_superseded_counts_again_when_it_is_undone(article, editor):
    first = triage.accept(candidate=factories.candidate(article, quotes=(ATTACK,)), by=editor)
    words = "ارتفعت الحصيلة إلى عشرين قتيلاً."
    toll = {"start": 0, "end": 14, "harm": "killed", "party": "mixed", "low": 20, "high": 20, "revised": True}
    later = factories.candidate(factories.article(words), casualties=[toll])
    triage.accept(candidate=later, by=editor, into=first)
    assert first.claims.get(high=13).rank == "deprecated"
    triage.undo(candidate=later, by=editor)
    assert first.claims.get(high=13).rank == "normal"
    assert fresh(first).deaths_best == 13


def test_what_is_published_is_not_undone_from_under_its_readers(candidate, editor):
    reviewer = factories.user("reviewer", "reviewer")
    event = triage.accept(candidate=candidate, by=editor)
    event = curation.submit(event=event, by=editor)
    event = curation.approve(event=event, by=reviewer)
    curation.publish(event=event, by=reviewer)
    with pytest.raises(CurationError, match=event.code):
        triage.undo(candidate=candidate, by=editor)
    assert fresh(candidate).verdict == "accepted"


def test_a_rejection_keeps_its_reason_and_can_be_taken_back(candidate, editor):
    with pytest.raises(CurationError):
        triage.reject_candidate(candidate=candidate, by=editor, reason=triage.RejectReason.text("", " "))
    triage.reject_candidate(candidate=candidate, by=editor, reason=triage.RejectReason.text("misread", "a name"))
    assert fresh(candidate).reason == "misread: a name"
    assert triage.last_judged(editor) == candidate
    assert triage.undo(candidate=candidate, by=editor).reason == ""


def test_an_undone_statistic_can_be_accepted_again(article, editor):
    row = factories.candidate(
        article, type="aggregate", casualties=[], figures=[{"start": 0, "end": 3, "measure": "attacks", "value": 206}]
    )
    (statistic,) = triage.accept(candidate=row, by=editor)
    triage.undo(candidate=row, by=editor)
    assert fresh(statistic).status == "rejected"
    triage.accept(candidate=row, by=editor)
    assert Statistic.objects.get().status == "draft"


def test_a_statistic_without_a_figure_is_refused_and_waits(article, editor):
    row = factories.candidate(article, type="aggregate", casualties=[], figures=[])
    with pytest.raises(CurationError):
        triage.accept(candidate=row, by=editor)
    assert (fresh(row).verdict, Statistic.objects.count()) == ("", 0)


def test_nobody_judges_twice(candidate, editor):
    triage.accept(candidate=candidate, by=editor)
    with pytest.raises(CurationError):
        triage.accept(candidate=candidate, by=editor)
    assert Event.objects.count() == 1


def test_an_event_the_machine_missed_is_made_from_marked_words(article, editor):
    start = article.text.index(BOMB)
    row = triage.propose_by_hand(article=article, start=start, end=start + len(BOMB), type="ied", by=editor)
    event = triage.accept(candidate=row, by=editor)
    assert (event.type, event.claims.first().passage.exact) == ("ied", BOMB)
    assert row.made_by == editor


# Suggested links


def attack_and_meeting(*, days: int = 2, at=factories.QARACHOGH, **values):
    attack = factories.event(status="draft")
    meeting = factories.event("meeting", status="draft", at=at, date_start=attack.date_start + timedelta(days=days), **values)
    return attack, meeting


def suggested(event):
    from incidents.links import suggest_links

    return [(link.source.pk, link.target.pk) for link in suggest_links(event)]


def test_a_meeting_soon_after_an_attack_near_it_is_suggested_as_its_answer():
    attack, meeting = attack_and_meeting()
    assert suggested(meeting) == [(meeting.pk, attack.pk)]
    link = EventLink.objects.get()
    assert (link.relation, link.basis, link.status, link.lag_days) == ("responds_to", "suggested", "open", 2)
    assert suggested(meeting) == []


def test_the_suggestion_comes_from_either_side():
    attack, meeting = attack_and_meeting()
    assert suggested(attack) == [(meeting.pk, attack.pk)]


@pytest.mark.parametrize(
    "values",
    [{"days": 30}, {"days": -1}, {"at": (47.8, 30.5)}, {"at": None}, {"date_prec": 4}],
    ids=["late", "before", "far", "nowhere", "vague"],
)
def test_what_is_far_in_time_or_space_is_not_suggested(values):
    _attack, meeting = attack_and_meeting(**values)
    assert suggested(meeting) == []


def test_a_pair_an_editor_judged_is_never_suggested_again():
    attack, meeting = attack_and_meeting()
    factories.link(meeting, attack, status="rejected", basis="suggested")
    assert suggested(meeting) == []


def test_accepting_a_meeting_suggests_its_attack(article, editor):
    factories.event(status="draft")
    place = factories.place()
    at = {"place": place.key, "name": place.name_ar, "start": 0, "end": 3, "where_prec": 1}
    day = {"start": "2021-12-04", "end": "2021-12-04", "date_prec": 1, "phrase": "x", "span": [0, 3]}
    row = factories.candidate(article, type="meeting", quotes=(ATTACK,), casualties=[], places=[at], date=day)
    meeting = triage.accept(candidate=row, by=editor)
    assert EventLink.objects.get().source == meeting
    assert Claim.objects.filter(event=meeting).exists()


def test_whatever_surface_a_candidate_was_accepted_by_its_corrections_count_and_its_verdict_is_taken_back(cast, candidate):
    triage.correct(candidate=candidate, by=User.objects.get(username="editor"), changes={"type": "ambush"})
    Candidate.objects.update(held_by=None, held_until=None)
    cast.editor.post("/admin/incidents/candidate/", {"action": "accept", "_selected_action": candidate.pk})
    candidate.refresh_from_db()
    assert (candidate.verdict, candidate.event.type) == ("corrected", "ambush")
    event = candidate.event
    triage.undo(candidate=candidate, by=User.objects.get(username="editor"))
    event.refresh_from_db()
    assert event.status == "rejected"
