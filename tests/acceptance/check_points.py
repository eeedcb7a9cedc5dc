"""The five real reports the project was begun with, where their folder is at hand (`make seeds-check`): facts alone.

Not collected with the other tests: the reports are not part of the repository.
"""

import os
from datetime import date
from pathlib import Path

import pytest

from incidents import curation
from incidents.models import Claim, Event, EventLink, Statistic
from sources.models import Article, TextReuse
from tests import factories
from tests.reports.desk import accept_all, cast_of_a_new_installation, event_on, files_of, ingest

FOLDER = Path(os.environ.get("REPORTS", "../shared/seeds"))
UNDATED = "002"


def file(number):
    return next(name for name in files_of(FOLDER) if name.startswith(number))


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    with cast_of_a_new_installation(django_db_blocker):
        yield


@pytest.fixture
def editor(known, db):
    return factories.user("editor")


def test_one_meeting_is_two_articles_two_outlets_one_origin(editor):
    accept_all(*ingest(FOLDER, file("000"), file("001")))
    for pair in TextReuse.objects.all():
        curation.judge_reuse(pair=pair, verdict="same_statement", by=editor, reason="The same sentences.")
    meeting = event_on(date(2021, 12, 4), "meeting", "visit", "conference")
    assert (meeting.article_count, meeting.outlet_count, meeting.origin_count) == (2, 2, 1)


def test_the_attack_and_the_meeting_that_responds_to_it(editor):
    first, second = ingest(FOLDER, file("000"), file("001"))
    accept_all(first, second)
    attack = event_on(date(2021, 12, 2), "armed_attack", "clash")
    meeting = event_on(date(2021, 12, 4), "meeting", "visit", "conference")
    assert attack.deaths_best == 13
    assert attack.participations.filter(actor__slug="islamic-state", role="perpetrator").exists()
    assert {c.passage.article for c in attack.claims.filter(attribute="responsibility")} == {first}
    assert attack.place.ancestors()
    assert len({c.phrase for c in attack.claims.filter(place=attack.place)}) >= 1
    link = EventLink.objects.filter(source=meeting, target=attack).first() or curation.link(
        source=meeting, target=attack, relation="responds_to", by=editor, reason="Two days later, of the same forces."
    )
    assert link.lag_days == 2


def test_one_operation_of_four_speakers_stays_at_the_governorate_until_an_editor_chooses(editor):
    accept_all(*ingest(FOLDER, file("003")))
    operations = Event.objects.filter(date_start=date(2021, 6, 6), type="joint_operation")
    operation = operations.order_by("-origin_count").first()
    assert operation.where_prec == 4
    assert operation.origin_count >= 3
    place = operation.claims.filter(attribute="place", place__level__in=["town", "district", "village"]).first()
    curation.resolve(event=operation, attribute="place", claims=[place], by=editor, reason="The speaker commands there.")
    operation.refresh_from_db()
    assert operation.place == place.place
    assert event_on(date(2021, 6, 5), "call")


def test_a_report_with_a_weekday_alone_waits_for_its_day(editor):
    [article] = ingest(FOLDER, file(UNDATED), dated=False)
    accept_all(article)
    assert article.published_on is None
    assert Claim.objects.filter(attribute="date", date_start__isnull=True).exists()
    curation.date_article(article=article, published_on=date(2021, 5, 3), by=editor)
    assert Event.objects.filter(
        date_start__lte=date(2021, 5, 2), date_end__gte=date(2021, 5, 2), type__in=["meeting", "conference"]
    ).exists()
    night = event_on(date(2021, 4, 30), "clash", "armed_attack")
    assert (night.date_end, night.date_prec) == (date(2021, 5, 1), 2)
    centre = Event.objects.get(type__in=["centre", "agreement"], date_start__year=2020)
    assert centre.commitments.filter(status="not_implemented").exists()


def test_two_meetings_of_one_day_stay_two_and_the_page_s_own_date_is_none(editor):
    [article] = ingest(FOLDER, file("004"))
    accept_all(article)
    assert article.published_on == date(2020, 9, 27)
    meetings = Event.objects.filter(date_start=date(2020, 9, 27), type__in=["meeting", "visit"])
    assert meetings.count() == 2
    assert event_on(date(2020, 9, 10), "meeting", "visit", "call", "agreement")
    assert not Event.objects.filter(date_start__year__gte=2024).exists()
    assert not Article.objects.filter(published_on__year__gte=2024).exists()


def test_statistics_are_no_events_and_a_day_outside_its_period_is_flagged(editor):
    accept_all(*ingest(FOLDER, file("000")))
    assert Statistic.objects.filter(value=206, measure="attacks").exists()
    assert Statistic.objects.filter(value=837).exists()
    bomb = event_on(date(2021, 11, 17), "ied")
    assert "date_outside_stated_period" in bomb.claims.get(attribute="date").flags
