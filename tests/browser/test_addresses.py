"""An address is a view: opened in a browser that knows nothing, it shows that view and stays as it is."""

import random

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.http import QueryDict
from playwright.sync_api import Page

from incidents.filters import EventFilter
from incidents.models import Event
from tests.browser.record import write_record
from tests.browser.test_one_number import random_query

pytestmark = pytest.mark.django_db(transaction=True)

STATES = 200
# A browser's context keeps what it fetched: a new one now and then keeps nothing at all, and each page starts from its address alone.
STATES_A_BROWSER = 100
AT_ONCE = 4

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


@pytest.fixture
def fresh_page(chromium, live_server, monkeypatch):
    """A page of a browser that knows nothing. Without the routing of `open_page`, and with scripts that may be kept a while, as the
    production server's may: else each of 200 pages would fetch every script anew."""
    contexts = []
    serve = StaticFilesHandlerMixin.serve

    def serve_kept(self, request):
        response = serve(self, request)
        response.headers["Cache-Control"] = "max-age=600"
        return response

    monkeypatch.setattr(StaticFilesHandlerMixin, "serve", serve_kept)

    def open_one() -> Page:
        contexts.append(chromium.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce"))
        contexts[-1].set_default_timeout(30_000)
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


def test_200_random_views_are_what_their_address_says_in_a_fresh_browser(fresh_page):
    codes = [event.code for event in write_record()]
    chance = random.Random(23)
    page = fresh_page()
    page.goto("/about/")
    queries = page.evaluate(CANONICAL, [random_query(chance) for _ in range(STATES)])
    views = [(query, random_fragment(chance, codes)) for query in queries]
    wrong = []
    for number in range(0, STATES, AT_ONCE):
        if number % STATES_A_BROWSER == 0:
            pages = [fresh_page() for _ in range(AT_ONCE)]
        together = list(zip(pages, views[number : number + AT_ONCE], strict=True))
        for page, view in together:
            page.goto("about:blank")  # an address that differs in its fragment alone would not load anew
            page.goto(f"/{address_of(*view)}", wait_until="commit")
        for page, view in together:
            page.wait_for_selector("html[data-ready=true]")
            seen, expected = shown(page), expected_of(*view)
            if seen != expected:
                wrong.append(
                    {name: (value, seen[name]) for name, value in expected.items() if seen[name] != value} | {"at": address_of(*view)}
                )
    assert wrong == []
