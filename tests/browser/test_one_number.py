"""Three views, one number: whatever is filtered, count, bars, list and map agree with one another and with the API."""

import math
import random
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from playwright.sync_api import Page

from incidents import snapshot
from incidents.models import Event, publicchange

pytestmark = pytest.mark.usefixtures("record")

STATES = 200
CHOICES = {
    "kind": ["incident", "coordination"],
    "type": ["armed_attack", "ambush", "ied", "meeting", "call"],
    "place": ["cod:IQG13", "cod:IQG13Q02", "isnad:village-2", "isnad:village-3"],
    "grade": ["confirmed", "fair", "weak"],
    "speaker": ["speaker-of-0", "speaker-of-1"],
    "party": ["mixed", "civilian"],
    "conflict": ["yes", "no"],
    "located": ["yes", "no"],
    "dated": ["yes", "no"],
    "origins": ["2", "3"],
    "q": ["مخمور", "كركوك"],
    "where_prec": ["1", "2,4"],
}


def random_query(chance: random.Random) -> str:
    """Filters, brush, box and drawn area, in the spelling the page itself gives them."""
    query = {name: chance.choice(values) for name, values in CHOICES.items() if chance.random() < 0.12}
    if chance.random() < 0.5:
        first = chance.randrange(2020, 2023)
        query |= {"from": f"{first}-{chance.randrange(1, 13):02d}-14"}
        if chance.random() < 0.7:
            query |= {"to": f"{first + chance.randrange(2)}-12-{chance.randrange(14, 29)}"}
    if chance.random() < 0.25:
        west, south = 43 + chance.randrange(10) / 10, 34.5 + chance.randrange(8) / 10
        query |= {"bbox": f"{west:.6g},{south:.6g},{west + 0.9:.6g},{south + 0.7:.6g}"}
    if chance.random() < 0.25:
        query |= {"area": random_area(chance)}
    return urlencode(query, safe=",:~")


def random_area(chance: random.Random) -> str:
    """A star of corners around a point of the record, some of them far out and some near: every inner angle occurs."""
    lon, lat, count = 43.6 + chance.random(), 35 + chance.random() * 0.8, chance.randrange(3, 20)
    reach = [0.15 + chance.random() * 0.9 for _ in range(count)]
    turns = [2 * math.pi * (i + chance.random() * 0.6) / count for i in range(count)]
    corners = [(lon + far * math.cos(turn), lat + far * math.sin(turn)) for far, turn in zip(reach, turns, strict=True)]
    return "~".join(["1", *(f"{x:.6g},{y:.6g}" for x, y in corners)])


# Other states by way of the address, as Back and Forward do it, each drawn before the next; the numbers of each view.
GO_TO = """async (queries) => {
    const root = document.documentElement;
    const shown = [];
    for (const query of queries) {
        delete root.dataset.bars;
        const drawn = new Promise((resolve) => new MutationObserver((_, observer) => {
            if (!("bars" in root.dataset)) return;
            observer.disconnect();
            resolve();
        }).observe(root, { attributeFilter: ["data-bars"] }));
        history.pushState(null, "", query ? `?${query}` : location.pathname);
        dispatchEvent(new PopStateEvent("popstate"));
        await drawn;
        shown.push({ ...root.dataset });
    }
    return shown;
}"""


def go_to(page: Page, *queries: str) -> list[dict[str, str]]:
    return page.evaluate(GO_TO, list(queries))


BEFORE: list[dict[str, Any]] = [
    {"status": "in_review"}, {"date_start": None, "date_end": None, "date_prec": None},
    {"place": None, "origin_count": 9, "deaths_high": 400, "deaths_best": 400},
]  # fmt: skip


@pytest.fixture
def _patched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The snapshot is one of the record as it was before: the rest was published since, or has changed."""
    monkeypatch.setattr(snapshot, "SMALL", 0)
    monkeypatch.setattr(snapshot, "_begin", lambda: None)
    monkeypatch.setattr(publicchange, "MARGIN", timedelta(0))
    events = list(Event.objects.order_by("pk"))
    for number, event in enumerate(events[::2]):
        Event.objects.filter(pk=event.pk).update(**BEFORE[number % len(BEFORE)])
    snapshot.rebuild()
    Event.objects.filter(status="in_review").update(status="approved")  # one step at a time
    for event in events[::2]:
        event.save()


@pytest.mark.usefixtures("_patched")
def test_count_bars_list_map_and_api_agree_in_200_random_states(open_page):
    """Half of them of a snapshot and what has changed since, the others of a new one."""
    chance, client, wrong, seen = random.Random(17), Client(), [], set()
    queries = [random_query(chance) for _ in range(STATES)]
    shown_of: list[tuple[str, dict[str, str]]] = []
    for is_patched, asked in ((True, queries[::2]), (False, queries[1::2])):
        found = snapshot.current() if is_patched else snapshot.rebuild()
        assert found.is_patched == is_patched
        page = open_page("/", language="en")
        page.wait_for_selector("html[data-ready=true]")
        shown_of += zip(asked, go_to(page, *asked), strict=True)
    for query, shown in shown_of:
        answer = client.get(f"/api/v1/events/?count=yes&limit=1&{query}").json()
        numbers = {name: int(shown[name]) for name in ("total", "bars", "marks")} | {"api": answer["count"]}
        seen.add(answer["count"])
        if len(set(numbers.values())) != 1:
            wrong.append((query, numbers))
    assert wrong == []
    assert len(seen) > 15, "the states hardly differ: the test shows nothing"
    [shown] = go_to(page, "kind=incident")
    assert page.locator("#count").inner_text() == f"{shown['total']} events"
    assert page.locator("[data-list] li").first.get_attribute("aria-setsize") == shown["total"]


def test_a_state_asked_for_while_the_choices_are_counted_is_drawn(open_page):
    page = open_page("/", language="en")
    page.wait_for_selector("html[data-ready=true]")
    # The counts beside the choices are asked for once the frame is drawn: a few promises later that answer is still on its way.
    page.evaluate(
        """() => new MutationObserver(async (_, observer) => {
            observer.disconnect();
            for (let turn = 0; turn < 10; turn += 1) await null;
            history.pushState(null, '', '?kind=coordination');
            dispatchEvent(new PopStateEvent('popstate'));
        }).observe(document.documentElement, { attributeFilter: ['data-query'] })"""
    )
    go_to(page, "kind=incident")
    page.wait_for_selector("html[data-query='kind=coordination']", state="attached")
    assert page.locator("#count").inner_text() == f"{Client().get('/api/v1/coordination/?count=yes').json()['count']} events"


def test_a_link_opens_the_same_view_on_another_machine(open_page):
    query = "from=2020-05-01&to=2021-08-31&kind=incident&bbox=43.2,34.6,45,36"
    opened = []
    for language in ("ar", "en"):
        address = f"/?{query}#v=1&map=8/35.3000/44.2000&unit=quarter"
        for machine in (language, "en"):
            page = open_page(address, language=machine)
            page.wait_for_selector("html[data-ready=true]")
            address = page.evaluate("location.pathname + location.search + location.hash")
            opened.append((address, page.locator("html").get_attribute("data-total")))
    assert len(set(opened)) == 1, opened
