"""What the record must hold of the project's own sample reports: one story for each point that reports of this kind make difficult."""

from datetime import date

import pytest

from incidents import curation
from incidents.demo import SAMPLES, to_judge
from incidents.models import Candidate, Claim, Commitment, Event, EventLink, Statistic
from sources.models import TextReuse
from tests import factories
from tests.reports.desk import accept_all, cast_of_a_new_installation, event_on, ingest

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    with cast_of_a_new_installation(django_db_blocker):
        yield


@pytest.fixture
def editor(known, db):
    return factories.user("editor")


def test_one_communique_in_two_outlets_is_two_articles_two_outlets_one_origin(editor):
    accept_all(*ingest(SAMPLES, "communique-1-agency.txt", "communique-2-newspaper.txt"))
    for pair in TextReuse.objects.all():
        curation.judge_reuse(pair=pair, verdict="same_statement", by=editor, reason="The same sentences.")
    meeting = event_on(date(2021, 12, 4), "meeting", "visit", "conference")
    assert (meeting.article_count, meeting.outlet_count, meeting.origin_count) == (2, 2, 1)


def test_the_attack_is_one_place_under_every_spelling_and_the_meeting_responds_to_it_two_days_later(editor):
    attack_told = ingest(SAMPLES, "khidir-jija-1-agency.txt", "khidir-jija-2-television.txt", "khidir-jija-3-kurdish-site.txt")
    accept_all(*attack_told, *ingest(SAMPLES, "communique-1-agency.txt", "communique-2-newspaper.txt"))
    attack = event_on(date(2021, 12, 2), "armed_attack")
    spellings = {c.phrase for c in Claim.objects.filter(event=attack, place=attack.place)}
    assert len(spellings) >= 3
    assert attack.article_count >= 3
    assert attack.participations.filter(role="perpetrator", actor__slug="islamic-state").exists()
    assert attack.claims.filter(attribute="responsibility").exists()
    link = EventLink.objects.get(relation="responds_to", target=attack)
    assert (link.lag_days, link.basis) == (2, "stated")


def test_an_operation_told_in_different_districts_keeps_every_place_until_an_editor_prefers_one(editor):
    accept_all(*ingest(SAMPLES, "joint-operation-three-speakers.txt"))
    operation = event_on(date(2021, 6, 6), "joint_operation")
    places = operation.claims.filter(attribute="place", place__isnull=False)
    assert places.count() >= 2
    assert operation.where_prec >= 4
    curation.resolve(event=operation, attribute="place", claims=[places.first()], by=editor, reason="He commanded there.")
    operation.refresh_from_db()
    assert operation.place == places.first().place
    assert operation.claims.filter(attribute="place").count() >= 2


def test_a_report_without_a_day_is_unresolved_until_one_is_given(editor):
    [article] = ingest(SAMPLES, "weekday-only.txt", dated=False)
    assert article.published_on is None
    accept_all(article)
    waiting = Claim.objects.filter(attribute="date", date_start__isnull=True)
    phrases = set(waiting.values_list("phrase", flat=True))
    assert phrases
    assert not Event.objects.filter(date_start__year=2021).exists()
    curation.date_article(article=article, published_on=date(2021, 5, 3), by=editor)
    assert event_on(date(2021, 5, 2), "meeting", "conference").date_end == date(2021, 5, 2)  # Sunday evening
    attack = event_on(date(2021, 4, 30), "armed_attack", "clash")
    assert (attack.date_end, attack.date_prec) == (date(2021, 5, 1), 2)  # the night of Friday to Saturday
    assert phrases <= set(Claim.objects.filter(attribute="date").values_list("phrase", flat=True))


def test_a_statistic_is_never_an_event(editor):
    [article] = ingest(SAMPLES, "statistics.txt")
    events = accept_all(article)
    assert Statistic.objects.filter(value=206, measure="attacks").exists()
    assert not any(event.deaths_best == 206 for event in events)
    assert not Commitment.objects.exists()


def test_a_report_of_nothing_relevant_leaves_nothing(editor):
    assert accept_all(*ingest(SAMPLES, "sport-and-market.txt")) == []


def test_a_new_desk_has_candidates_of_the_newest_samples_to_judge(known, db):
    articles = ingest(SAMPLES, "barracks-udhaim.txt", "shelling-zakho.txt", "sport-and-market.txt", "communique-1-agency.txt")
    judged = to_judge(articles)
    assert [article.published_on for article in judged] == [date(2021, 12, 4)]
    assert Candidate.objects.waiting().exclude(article__in=judged).count() >= 2
