"""What is counted as having happened: on the trends page, beside an asserted statistic, and at the address the API gives for it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from incidents import trends
from incidents.selection import Selection
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
    [row] = trends.statistics(Selection.shown({}))
    assert row["own"] == expected


@pytest.mark.usefixtures("attacks")
@pytest.mark.parametrize("measure", ["attacks", "operations"])
def test_the_address_of_a_statistics_events_counts_the_same(measure):
    statistic = factories.statistic(measure=measure, status="published")
    address = Client().get(f"/api/v1/statistics/{statistic.pk}/").json()["events"]
    assert Client().get(address).json()["count"] == trends.own_count(statistic, Selection.shown({}))


@pytest.mark.usefixtures("attacks")
def test_the_charts_hold_what_happened_and_say_what_they_leave_out():
    found = trends.series(Selection.shown({}))
    assert [(row["incidents"], row["killed_best"]) for row in found["periods"]] == [(3, 2)]
    assert found["not_happened"] == len(Modality.values) - 2
    assert "5 events that were foiled" in Client(headers={"Accept-Language": "en"}).get("/trends/").content.decode()


def test_a_statistic_without_a_period_has_no_own_count():
    assert trends.own_count(factories.statistic(period_start=None, period_end=None), Selection.shown({})) is None


def month(period: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        period[name] for name in ("period", "incidents", "coordination", "killed_low", "killed_best", "killed_high", "wounded_best")
    )


def test_a_month_has_its_band_and_one_without_a_figure_has_none():
    """Not a nought: nobody said that nobody died. The month between in which nothing is known is a row all the same."""
    factories.told_event(date_start=date(2021, 3, 2), deaths_low=1, deaths_best=2, deaths_high=4, injured_best=None)
    factories.told_event(date_start=date(2021, 3, 30), deaths_low=3, deaths_best=3, deaths_high=3, injured_best=0)
    factories.told_event("meeting", date_start=date(2021, 5, 1), deaths_low=None, deaths_best=None, deaths_high=None, injured_best=None)
    factories.told_event(date_start=None)
    found = trends.series(Selection.shown({}))
    assert [month(row) for row in found["periods"]] == [
        (date(2021, 3, 1), 2, 0, 4, 5, 7, 0),
        (date(2021, 4, 1), 0, 0, None, None, None, None),
        (date(2021, 5, 1), 0, 1, None, None, None, None),
    ]
    assert (found["total"], found["undated"]) == (4, 1)


def test_the_tables_count_the_view_and_nothing_else():
    district = factories.place(level="district")
    village, town = factories.place(under=district), factories.place()
    for number in range(3):
        factories.claim(factories.event("ied", status="published", place=village if number else town), party="civilian")
    factories.claim(factories.told_event("ambush", place=village), party="pmf")
    found = trends.series(Selection.shown({"type": ["ied"]}))
    assert [(row["type"], row["kind"], row["n"]) for row in found["by_type"]] == [("ied", "incident", 3)]
    assert [(row["place"], row["n"]) for row in found["by_place"]] == [(f"{village.name} ({district.name})", 2), (town.name, 1)]
    assert [row["n"] for row in found["by_party"]] == [3]
    assert trends.series(Selection.shown({"type": ["meeting"]}))["periods"] == []


def test_only_the_responses_of_the_view_have_a_lag():
    attack, meeting = factories.told_event(date_start=date(2021, 3, 1)), factories.told_event("meeting", date_start=date(2021, 3, 3))
    factories.link(meeting, attack)
    assert [row["days"] for row in trends.lags(Selection.shown({"type": ["meeting"]}))["rows"]] == [2]
    assert trends.lags(Selection.shown({"type": ["ambush"]})) == {"total": 0, "median": None, "rows": []}


def test_of_many_responses_the_quickest_are_listed_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(trends, "MOST_LAGS", 2)
    attack = factories.told_event(date_start=date(2021, 3, 1), date_end=date(2021, 3, 1))
    for day in (9, 3, 5, 2):
        factories.link(factories.told_event("meeting", date_start=date(2021, 3, day), date_end=date(2021, 3, day)), attack)
    found = trends.lags(Selection.shown({}))
    assert (found["total"], found["median"], [row["days"] for row in found["rows"]]) == (4, 2, [1, 2])


def test_the_page_finds_words_and_the_organs_of_a_speaker_by_sql():
    """The columns hold neither."""
    cell = factories.speaker("خلية", slug="cell", organ_of=factories.speaker("قيادة", slug="command"))
    told = factories.told_event("ied", by=cell, title_ar="عبوة في كركوك")
    factories.told_event("ied", title_ar="عبوة في سنجار")
    for given in ({"speaker": ["cell"]}, {"speaker": ["command"]}, {"q": "كركوك"}):
        assert Selection.shown(given).codes() == [told.code], given
