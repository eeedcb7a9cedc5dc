"""What five real reports of 2020 and 2021 must come to, read by the whole pipeline. The reports are not part of the repository.

`make seeds-check` runs this where they are; the file's name keeps it out of a plain test run. It knows facts of public record (days,
numbers of dead, who met whom), and none of the reports' words.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import QuerySet

from extraction import extract
from incidents.models import Claim, Commitment, Event, EventLink
from sources.models import Article, Relay

REPORTS = Path(os.environ.get("REPORTS", "../shared/seeds"))
THE_ATTACK = date(2021, 12, 2)
THE_MEETING = date(2021, 12, 4)

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker, var_dir) -> Iterator[None]:
    """The reports and their manifest, read and curated as `make run ARTICLES=…` does."""
    with django_db_blocker.unblock():
        call_command("load_places", verbosity=0)
        call_command("load_cast", verbosity=0)
        call_command("load_demo", str(REPORTS), verbosity=0)
        yield


def published(**conditions: object) -> QuerySet[Event]:
    return Event.objects.published().filter(**conditions)


def attack() -> Event:
    return published(kind="incident", date_start=THE_ATTACK, deaths_best=13).get()


def meeting() -> Event:
    return published(type="meeting", date_start=THE_MEETING, article_count=2).get()


# One meeting, told twice


def test_two_reports_of_one_communique_are_two_outlets_and_one_origin():
    assert (meeting().article_count, meeting().outlet_count, meeting().origin_count) == (2, 2, 1)


# The attack of 2 December 2021, and its answer


def test_the_attack_is_one_event_however_its_village_is_spelled():
    claims = attack().claims.filter(attribute="place", place__isnull=False)
    assert claims.values("passage__article").distinct().count() == 2
    assert attack().place in {claim.place for claim in claims}


def test_thirteen_were_killed_three_of_them_civilians():
    tolls = set(attack().claims.filter(attribute="casualties", harm="killed").values_list("party", "low"))
    assert ("civilian", 3) in tolls
    assert any(low == 13 for _, low in tolls)


def test_the_islamic_state_claimed_the_attack():
    assert Claim.objects.filter(event=attack(), attribute="responsibility", actor__slug="islamic-state").exists()


def test_the_meeting_answers_the_attack_two_days_later():
    link = EventLink.objects.published().get(source=meeting(), target=attack(), relation="responds_to")
    assert link.lag_days == 2


def test_the_page_s_own_date_is_no_event():
    assert not published(date_start__month=9, date_start__day=24).exists()


# A report that gives no date but a weekday


def test_a_weekday_stays_unresolved_until_somebody_dates_the_report():
    report = next(path for path in REPORTS.glob("*.txt") if path.name.startswith("002"))
    dates = [event.date for event in extract(report.read_text(encoding="utf-8")).events if event.date]
    assert not [day.first for day in dates if day.first and day.first.year == 2021]


def test_dated_the_meeting_is_sunday_and_the_attack_the_night_before():
    assert published(type="meeting", date_start=date(2021, 5, 2), date_end=date(2021, 5, 2)).exists()
    assert published(kind="incident", date_start=date(2021, 4, 30), date_end=date(2021, 5, 1)).exists()


def test_the_coordination_centres_were_agreed_and_not_implemented():
    centres = published(type="centre", date_start__year=2020)
    assert Commitment.objects.filter(event__in=centres, status="not_implemented").exists()


# Two days of meetings, handed on by an agency


def test_two_meetings_on_one_day_stay_two():
    assert published(type="meeting", date_start=date(2020, 9, 27)).count() == 2
    assert published(type="meeting", date_start=date(2020, 9, 10)).count() == 1


def test_the_day_a_page_was_copied_is_no_publication_day():
    assert not Article.objects.filter(published_on__year__gte=2022).exists()


def test_the_agency_in_between_is_kept():
    assert Relay.objects.filter(passage__claims__event__in=published(date_start=date(2020, 9, 27))).exists()
