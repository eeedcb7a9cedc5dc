"""The editors' verbs on candidates, claims and links: what they write, and what they refuse."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import InternalError, transaction

from history.models import Change
from incidents import curation
from incidents.models import Claim, Commitment, Event, EventLink, Statistic
from sources.models import Passage, TextReuse
from tests import factories
from tests.proposals import candidate, day, span, toll

pytestmark = pytest.mark.usefixtures("record")

TEXT = "أعلن الناطق باسم القيادة مقتل ثلاثة عشر شخصاً في هجوم لداعش على قرية العين مساء الخميس."
NIGHT = date(2021, 12, 2)


@pytest.fixture
def editor(db):
    return factories.user("editor")


@pytest.fixture
def village(db):
    governorate = factories.place("المحافظة", level="governorate", key="isnad:governorate")
    district = factories.place("القضاء", level="district", name_en="District", key="isnad:district", under=governorate)
    return factories.place("العين", name_en="Ain", key="isnad:village", under=district)


@pytest.fixture
def isis(db):
    return factories.actor("islamic-state", name_ar="داعش", kind="rebel_terrorist", side="isis")


def attack(article, **more):
    return candidate(
        article,
        date=day(NIGHT, "مساء الخميس"),
        places=[span(article, "قرية العين", place="isnad:village", where_prec=1, lat=35.7, lon=43.6)],
        actors=[span(article, "لداعش", actor="islamic-state", role="perpetrator")],
        casualties=[toll(article, "ثلاثة عشر", 13)],
        origins=[span(article, "الناطق باسم القيادة", speaker=None, kind="office", phrase="أعلن الناطق باسم القيادة")],
        **more,
    )


@pytest.fixture
def report(village, isis):
    return factories.article(TEXT)


def test_accepting_writes_event_passage_statement_claims_and_resolutions(report, village, isis, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    assert event.code == "ISN-2021-000001"
    assert (event.status, event.created_by) == ("draft", editor)
    assert (event.date_start, event.date_prec, event.place, event.where_prec, event.deaths_best) == (NIGHT, 1, village, 1, 13)
    assert (event.article_count, event.outlet_count, event.origin_count, event.grade) == (1, 1, 1, "weak")
    passage = Passage.objects.get()
    assert passage.exact == TEXT
    assert [s.name_ar for s in passage.statement.issuers.all()] == ["الناطق باسم القيادة"]
    assert {c.attribute for c in event.claims.all()} == {"type", "modality", "date", "place", "perpetrator", "casualties"}
    assert {(r.attribute, r.method) for r in event.resolutions.all()} == {
        (a, "single") for a in ("type", "modality", "date", "place", "killed")
    }
    assert [p.actor for p in event.participations.all()] == [isis]
    assert event.title_en == "Armed attack in Ain (District)"


def test_what_the_machine_proposed_is_kept_beside_the_correction(report, editor):
    proposed = attack(report)
    event = curation.accept(candidate=proposed, by=editor, corrections={"type": "ambush"})
    proposed.refresh_from_db()
    assert event.type == "ambush"
    assert (proposed.verdict, proposed.proposal["type"], proposed.corrections) == ("corrected", "armed_attack", {"type": "ambush"})


def test_a_candidate_is_judged_once(report, editor):
    proposed = attack(report)
    curation.accept(candidate=proposed, by=editor)
    with pytest.raises(curation.CurationError, match="already"):
        curation.accept(candidate=proposed, by=editor)
    with pytest.raises(curation.CurationError, match="already"):
        curation.reject_candidate(candidate=proposed, by=editor, reason="A second thought.")
    assert Event.objects.count() == 1


def test_a_type_of_another_kind_is_refused_and_leaves_nothing(report, editor):
    with pytest.raises(curation.CurationError, match="no type"):
        curation.accept(candidate=attack(report), by=editor, corrections={"type": "meeting"})
    assert not Event.objects.exists()
    assert not Passage.objects.exists()


def test_a_second_report_adds_its_claims_and_nothing_is_overwritten(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    other = factories.article("قال مصدر إن هجوم لداعش على قرية العين مساء الخميس أسفر عن عشرة قتلى.", published_on=date(2021, 12, 3))
    second = candidate(other, date=day(NIGHT), casualties=[toll(other, "عشرة", 10)])
    event = curation.accept(candidate=second, by=editor, into=event)
    assert Event.objects.count() == 1
    assert sorted(c.low for c in event.claims.filter(attribute="casualties")) == [10, 13]
    assert (event.deaths_low, event.deaths_best, event.deaths_high) == (10, 13, 13)
    assert event.has_conflict
    assert (event.article_count, event.outlet_count, event.origin_count) == (2, 2, 2)


def test_a_report_of_a_meeting_cannot_join_an_attack(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    meeting = candidate(factories.article(), "meeting")
    with pytest.raises(curation.CurationError, match="cannot become part"):
        curation.accept(candidate=meeting, by=editor, into=event)


def test_nothing_joins_an_event_that_was_set_aside(report, editor):
    gone = factories.event(status="rejected", date_start=None, at=None)
    curation.refresh(gone)
    with pytest.raises(curation.CurationError, match="rejected"):
        curation.accept(candidate=attack(report), by=editor, into=gone)


def test_a_statistic_becomes_no_event(editor):
    report = factories.article("قال الناطق إن 206 هجمات وقعت خلال عشرة أشهر.")
    proposed = candidate(
        report,
        "armed_attack",
        kind="statistic",
        figures=[span(report, "206", measure="attacks", value=206)],
        date=day(NIGHT, "خلال عشرة أشهر"),
    )
    rows = curation.accept(candidate=proposed, by=editor)
    assert [row.value for row in rows] == [206]
    assert not Event.objects.exists()
    with pytest.raises(curation.CurationError, match="Only reviewers"):
        curation.publish_statistic(statistic=rows[0], by=editor)
    reviewer = factories.user(role="reviewer")
    assert curation.publish_statistic(statistic=rows[0], by=reviewer) in Statistic.objects.published()


def test_rejecting_needs_a_reason_and_keeps_the_verdict(report, editor):
    proposed = attack(report)
    with pytest.raises(curation.CurationError, match="Say why"):
        curation.reject_candidate(candidate=proposed, by=editor, reason="  ")
    curation.reject_candidate(candidate=proposed, by=editor, reason="An exercise.")
    proposed.refresh_from_db()
    assert (proposed.verdict, proposed.reason, proposed.judged_by) == ("rejected", "An exercise.", editor)


def test_a_toll_that_rose_is_superseded_and_not_contradicted(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    later = factories.article("ارتفعت حصيلة هجوم قرية العين إلى ستة عشر قتيلاً.", published_on=date(2021, 12, 6))
    risen = candidate(later, date=day(NIGHT), casualties=[toll(later, "ستة عشر", 16, revised=True)])
    event = curation.accept(candidate=risen, by=editor, into=event)
    assert (event.deaths_low, event.deaths_best, event.deaths_high) == (16, 16, 16)
    assert not event.has_conflict
    old = event.claims.get(attribute="casualties", low=13)
    assert (old.rank, old.rank_reason) == ("deprecated", "superseded")


def test_an_earlier_toll_of_the_same_report_is_kept_as_superseded(editor):
    report = factories.article("ارتفعت حصيلة هجوم قرية العين إلى ستة عشر قتيلاً بعد أن كانت تسعة.", published_on=date(2021, 12, 6))
    tolls = [toll(report, "ستة عشر", 16, revised=True), toll(report, "تسعة", 9, superseded=True)]
    event = curation.accept(candidate=candidate(report, date=day(NIGHT), casualties=tolls), by=editor)
    assert (event.deaths_low, event.deaths_best, event.deaths_high) == (16, 16, 16)
    assert not event.has_conflict
    assert event.claims.get(attribute="casualties", low=9).rank_reason == "superseded"


def test_at_least_so_many_is_superseded_by_a_toll_that_rose(report, editor):
    first = candidate(report, date=day(NIGHT), casualties=[toll(report, "ثلاثة عشر", 13, high=None)])
    event = curation.accept(candidate=first, by=editor)
    later = factories.article("ارتفعت حصيلة هجوم قرية العين إلى ستة عشر قتيلاً.", published_on=date(2021, 12, 6))
    risen = candidate(later, date=day(NIGHT), casualties=[toll(later, "ستة عشر", 16, revised=True)])
    curation.accept(candidate=risen, by=editor, into=event)
    assert event.claims.get(attribute="casualties", low=13).rank_reason == "superseded"


def test_a_denied_outcome_is_a_broken_promise(editor):
    report = factories.article("اتفق الطرفان على أربعة مراكز تنسيق لكنها لم تقم بأي عمل مشترك.")
    proposed = candidate(
        report,
        "centre",
        outcomes=[
            span(report, "أربعة مراكز تنسيق", text="أربعة مراكز تنسيق", status="announced"),
            span(report, "لم تقم بأي عمل مشترك", text="لم تقم بأي عمل مشترك", status="not_implemented"),
        ],
    )
    event = curation.accept(candidate=proposed, by=editor)
    promise = Commitment.objects.get()
    assert (promise.event, promise.status, promise.evidence.article) == (event, "not_implemented", report)
    assert event.claims.get(attribute="outcome").polarity == "denies"


def test_links_the_text_states_join_the_events_of_its_candidates(editor):
    report = factories.article("عقد اجتماع أمني على خلفية الهجوم. وكان هجوم قد استهدف القرية.")
    meeting = candidate(
        report,
        "meeting",
        words="عقد اجتماع أمني على خلفية الهجوم.",
        links=[span(report, "على خلفية", relation="responds_to", target=1, phrase="على خلفية")],
    )
    struck = candidate(report, words="وكان هجوم قد استهدف القرية.")
    first, second = (curation.accept(candidate=c, by=editor) for c in (meeting, struck))
    link = EventLink.objects.get()
    assert (link.source, link.target, link.basis, link.status) == (first, second, "stated", "open")
    assert curation.judge_link(link=link, is_right=True, by=editor).status == "confirmed"


# Claims


def test_a_retracted_claim_leaves_every_count_and_stays_readable(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    claim = event.claims.get(attribute="casualties")
    curation.retract_claim(claim=claim, by=editor, note="The outlet took it back.")
    event.refresh_from_db()
    assert event.deaths_best is None
    assert Claim.objects.get(pk=claim.pk).note == "The outlet took it back."
    curation.rank_claim(claim=claim, rank="normal", by=editor, note="It stands after all.")
    event.refresh_from_db()
    assert event.deaths_best == 13


def test_a_deprecated_claim_needs_a_reason_of_the_list(report, editor):
    claim = curation.accept(candidate=attack(report), by=editor).claims.first()
    with pytest.raises(curation.CurationError, match="one of typo"):
        curation.rank_claim(claim=claim, rank="deprecated", by=editor, reason="I do not like it")


def test_a_preferred_claim_decides_the_headline(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    low = curation.attach_claim(
        event=event, passage=factories.quote(factories.article(), "ثلاثة"), attribute="casualties", by=editor,
        harm="killed", party="mixed", low=3, high=3, phrase="ثلاثة",
    )  # fmt: skip
    curation.rank_claim(claim=low, rank="preferred", by=editor, note="The hospital's own list.")
    event.refresh_from_db()
    assert (event.deaths_low, event.deaths_best, event.deaths_high) == (3, 3, 3)


def test_a_claim_that_says_two_things_is_refused_in_words(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    with pytest.raises(curation.CurationError):
        curation.attach_claim(event=event, passage=Passage.objects.first(), attribute="casualties", by=editor, harm="killed", text="both")


def test_nothing_of_the_record_is_deleted(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    for row in (event.claims.first(), event.resolutions.first(), report):
        with pytest.raises(InternalError), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")


def test_one_communique_in_two_outlets_is_one_origin_once_an_editor_says_so(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    copied = factories.article(TEXT.replace("أعلن", "ذكر"), published_on=date(2021, 12, 5))
    event = curation.accept(candidate=candidate(copied, casualties=[toll(copied, "ثلاثة عشر", 13)]), by=editor, into=event)
    assert event.origin_count == 2  # the second credits nobody yet
    pair = TextReuse.objects.get()
    assert pair.containment > 0.6
    [event] = curation.judge_reuse(pair=pair, verdict="same_statement", by=editor, reason="The same sentences.")
    assert (event.article_count, event.outlet_count, event.origin_count) == (2, 2, 1)
    [event] = curation.judge_reuse(pair=pair, verdict="independent", by=editor, reason="Two reporters, after all.")
    assert event.origin_count == 2


# Guard and history


def test_whoever_may_not_edit_is_refused_by_every_verb(report):
    proposed = attack(report)
    for person in (AnonymousUser(), factories.user(role="viewer")):
        with pytest.raises(curation.CurationError):
            curation.accept(candidate=proposed, by=person)
    left = factories.user()
    left.is_active = False
    with pytest.raises(curation.CurationError, match="Sign in"):
        curation.accept(candidate=proposed, by=left)
    assert not Event.objects.exists()


def test_every_verb_is_in_the_history_by_name_with_who_and_why(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    curation.edit(event=event, changes={"title_en": "Attack on Ain"}, by=editor, reason="A plainer title.")
    changes = Change.objects.filter(revisions__events__contains=[event.pk]).distinct().order_by("at")
    assert [(c.verb, c.by) for c in changes] == [("accept", editor), ("edit", editor)]
    assert changes.last().reason == "A plainer title."


def test_an_edit_without_a_reason_is_refused(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    with pytest.raises(curation.CurationError, match="Say why"):
        curation.edit(event=event, changes={"title_en": "x"}, by=editor, reason="")


def test_headline_columns_are_not_written_by_hand(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    with pytest.raises(curation.CurationError, match="chosen from claims"):
        curation.edit(event=event, changes={"deaths_best": 99}, by=editor, reason="I know better.")


def test_a_title_an_editor_wrote_stays_and_a_machine_s_follows_the_headline(report, editor):
    event = curation.accept(candidate=attack(report), by=editor)
    claim = event.claims.get(attribute="place")
    curation.retract_claim(claim=claim, by=editor, note="Another village.")
    event.refresh_from_db()
    assert event.title_en == "Armed attack"
    curation.edit(event=event, changes={"title_en": "Night raid"}, by=editor, reason="Plainer.")
    curation.rank_claim(claim=claim, rank="normal", by=editor, note="The village after all.")
    event.refresh_from_db()
    assert event.title_en == "Night raid"


def test_a_promise_is_kept_by_another_event_and_never_by_itself(editor):
    meeting, operation = factories.event("meeting"), factories.event("joint_operation")
    for row in (meeting, operation):
        factories.claim(row, "type")
        curation.refresh(row)
    promise = factories.commitment(meeting)
    with pytest.raises(curation.CurationError, match="its own promise"):
        curation.set_commitment(commitment=promise, status="implemented", by=editor, reason="x", implemented_by=meeting)
    with pytest.raises(curation.CurationError, match="makes it implemented"):
        curation.set_commitment(commitment=promise, status="unknown", by=editor, reason="x", implemented_by=operation)
    done = curation.set_commitment(commitment=promise, status="implemented", by=editor, reason="Reported.", implemented_by=operation)
    assert done.implemented_by == operation
