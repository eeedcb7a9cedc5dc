"""What is counted as having happened: on the trends page, beside an asserted statistic, and at the address the API gives for it."""

from datetime import date

import pytest
from django.test import Client

from incidents import trends
from incidents.models import Event
from incidents.taxonomy import Modality
from tests import factories

pytestmark = pytest.mark.django_db

MARCH = date(2021, 3, 1)


@pytest.fixture
def attacks() -> None:
    """One attack of each modality, each with a dead man, and an operation, in one month."""
    for modality in Modality.values:
        factories.told_event(date_start=MARCH, modality=modality, deaths_low=1, deaths_best=1, deaths_high=1)
    factories.told_event("security_operation", date_start=MARCH)


@pytest.mark.usefixtures("attacks")
@pytest.mark.parametrize(("measure", "expected"), [("attacks", 2), ("operations", 1), ("killed", 2), ("arrested", None)])
def test_only_what_happened_counts_beside_a_statistic(measure, expected):
    factories.statistic(measure=measure, status="published")
    [row] = trends.statistics(Event.objects.published())
    assert row["own"] == expected


@pytest.mark.usefixtures("attacks")
@pytest.mark.parametrize("measure", ["attacks", "operations"])
def test_the_address_of_a_statistics_events_counts_the_same(measure):
    statistic = factories.statistic(measure=measure, status="published")
    address = Client().get(f"/api/v1/statistics/{statistic.pk}/").json()["events"]
    assert Client().get(address).json()["count"] == statistic.own_count(Event.objects.published())


@pytest.mark.usefixtures("attacks")
def test_the_charts_hold_what_happened_and_say_what_they_leave_out():
    found = trends.series(Event.objects.published())
    assert [(row["incidents"], row["killed_best"]) for row in found["periods"]] == [(3, 2)]
    assert found["not_happened"] == len(Modality.values) - 2
    assert "5 events that were foiled" in Client(headers={"Accept-Language": "en"}).get("/trends/").content.decode()


def test_a_statistic_without_a_period_has_no_own_count():
    assert factories.statistic(period_start=None, period_end=None).own_count(Event.objects.published()) is None
