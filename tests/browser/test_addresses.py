"""An address is a view: it says all of it, and opened in a browser that knows nothing, it shows that view and stays as it is."""

import random

import pytest
from django.http import QueryDict
from playwright.sync_api import Page

from incidents.filters import EventFilter
from incidents.models import Event
from tests.browser.record import write_record
from tests.browser.test_one_number import random_query

pytestmark = pytest.mark.django_db(transaction=True)

STATES = 200
OPENED = 4  # of them in a browser of their own; check_addresses opens all of them
AT_ONCE = 4

ROUND_TRIP = """async views => {
    const { fromQuery, toQuery, fromFragment, toFragment } = await import("/static/js/data/state.js");
    return views.map(([query, fragment]) => [toQuery(fromQuery(query).state), toFragment(fromFragment(fragment))]);
}"""

CANONICAL = """async queries => {
    const { fromQuery, toQuery } = await import("/static/js/data/state.js");
    return queries.map(query => toQuery(fromQuery(query).state));
}"""


def random_fragment(chance: random.Random, codes: list[str]) -> str:
    """What the screen alone needs: map, open event, bars, the part of time the timeline shows."""
    parts = [f"map={chance.randrange(12, 20) / 2:g}/{34 + chance.random() * 2:.4f}/{43 + chance.random() * 2:.4f}"]
    if chance.random() < 0.3:
        parts.append(f"event={chance.choice(codes)}")
    if chance.random() < 0.5:
        parts.append(f"unit={chance.choice(['day', 'week', 'month', 'quarter', 'year'])}")
    if chance.random() < 0.5:
        parts.append(f"time=2020-{chance.randrange(1, 13):02d}-01/202{chance.randrange(1, 3)}-0{chance.randrange(1, 6)}-15")
    return "&".join(["v=1", *parts])


def address_of(query: str, fragment: str) -> str:
    return (f"?{query}" if query else "") + f"#{fragment}"


def expected_of(query: str, fragment: str) -> dict[str, str]:
    """What a page must show at this address; the address itself stays, and is short enough for every mail program."""
    given = dict(part.split("=", 1) for part in fragment.split("&"))
    count = EventFilter(QueryDict(query), queryset=Event.objects.published()).qs.count()
    address = address_of(query, fragment)
    assert len(address) <= 2000
    return {"address": address, "query": query, "total": str(count), "unit": given.get("unit", ""), "open": given.get("event", "")}


def shown(page: Page) -> dict[str, str]:
    return page.evaluate(
        """() => ({ address: location.search + location.hash, query: document.documentElement.dataset.query,
            total: document.documentElement.dataset.total, unit: document.querySelector("[data-unit]").value,
            open: document.querySelector("[data-event] [data-event-code]")?.dataset.eventCode ?? "" })"""
    )


def random_views(page: Page, chance: random.Random, codes: list[str]) -> list[list[str]]:
    """Query and fragment of each, in the spelling the page itself gives a query."""
    queries = page.evaluate(CANONICAL, [random_query(chance) for _ in range(STATES)])
    return [[query, random_fragment(chance, codes)] for query in queries]


def test_200_random_addresses_survive_the_way_to_a_view_and_back(open_page):
    """Held for all 200, by the page's own modules in one page: address → state → address changes nothing, 2,000 characters are enough, and
    the server reads the same query without complaint. What a page then draws is held below for some, and in test_one_number for 200."""
    codes = [event.code for event in write_record(24)]
    page = open_page("/about/", language="en")
    views = random_views(page, random.Random(23), codes)
    assert page.evaluate(ROUND_TRIP, views) == views
    assert [view for view in views if len(address_of(*view)) > 2000] == []
    assert [query for query, _ in views if not EventFilter(QueryDict(query), queryset=Event.objects.published()).is_valid()] == []
    assert len({address_of(*view) for view in views}) == STATES


def mismatches(open_page, views: list[list[str]]) -> list[dict[str, object]]:
    """What differs where each view's address is opened in a context that has fetched and stored nothing."""
    wrong = []
    for number in range(0, len(views), AT_ONCE):
        together = [(open_page(f"/{address_of(*view)}", language="en"), view) for view in views[number : number + AT_ONCE]]
        for page, view in together:
            page.wait_for_selector("html[data-ready=true]")
            seen, expected = shown(page), expected_of(*view)
            if seen != expected:
                differing = {name: (value, seen[name]) for name, value in expected.items() if seen[name] != value}
                wrong.append(differing | {"at": address_of(*view)})
            page.context.close()
    return wrong


def views_of_the_record(open_page) -> list[list[str]]:
    codes = [event.code for event in write_record()]
    return random_views(open_page("/about/", language="en"), random.Random(29), codes)


def test_an_address_opened_in_a_fresh_browser_shows_its_view(open_page):
    """The address stays, and count, bars' unit and open event are what it says."""
    assert mismatches(open_page, views_of_the_record(open_page)[:OPENED]) == []
