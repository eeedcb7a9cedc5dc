"""What holds a word comes newest first, however the database finds it."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest

from incidents import querysets
from incidents.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def _told() -> None:
    for number in range(12):
        day = None if number % 5 == 0 else date(2021, 12, 1) + timedelta(days=number * 7 % 11)
        factories.event(
            status="published",
            date_start=day,
            date_end=day,
            date_prec=1 if day else None,
            search_text="كركوك هجوم" if number % 3 else "اربيل اجتماع",
        )


@pytest.mark.usefixtures("_told")
@pytest.mark.parametrize("ordering", ["-date_start", "date_start", "-modified_at"])
def test_few_events_are_sorted_and_many_are_looked_for_in_order_and_both_are_the_same_pages(client, monkeypatch, ordering):
    def pages() -> list[str]:
        found, address = [], f"/api/v1/events/?q={quote('كركوك')}&limit=3&ordering={ordering}"
        while address:
            page = client.get(address).json()
            found += [row["code"] for row in page["results"]]
            address = page["next"]
        return found

    few = pages()
    assert len(few) == len(set(few)) == 8
    monkeypatch.setattr(querysets, "FEW_FOUND", -1)
    assert pages() == few


@pytest.mark.usefixtures("_told")
def test_only_a_search_that_finds_few_is_kept_from_the_index(monkeypatch):
    searched = Event.objects.published().matching("كركوك")
    assert "GREATEST" in str(searched.newest_first().query)
    assert "GREATEST" not in str(Event.objects.published().newest_first().query)
    monkeypatch.setattr(querysets, "FEW_FOUND", -1)
    assert "GREATEST" not in str(searched.newest_first().query)
