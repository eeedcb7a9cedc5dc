"""The snapshot finds the events that SQL finds, in the same order, page by page."""

import random
import re
from datetime import date, timedelta
from typing import Any

import pytest

from incidents import selection, snapshot
from incidents.api import events as api
from incidents.models import Event
from incidents.views import overview, takeaway
from tests import factories as make

pytestmark = pytest.mark.django_db
FILTERS = [
    "bbox=43,35,44,36",
    "bbox=43.5,35.5,43.5,35.5",
    "located=no",
    "dated=no",
    "type=ambush,meeting",
    "kind=coordination",
    "grade=weak,fair",
    "modality=foiled",
    "date_prec=1,3",
    "where_prec=1,2",
    "conflict=yes",
    "origins=2",
    "from=2021-12-10",
    "to=2021-12-10",
    "area=1~42.5,34.5~44,34.5~43.5,36.5",
    "place=isnad:here",
    "place=isnad:there,isnad:nowhere",
    "actor=army,tribe",
    "actor=nobody",
    "party=civilian,pmf",
    "speaker=command",
    "outlet=7001,x",
]


@pytest.fixture
def _many(monkeypatch) -> None:
    chance = random.Random(7)
    here, there = make.place(key="isnad:here"), make.place(key="isnad:there")
    places = [here, make.place(under=here), there, None]
    cell = make.speaker("خلية", slug="cell", organ_of=make.speaker("قيادة", slug="command"))
    said = make.statement(cell)
    papers = [make.outlet(id=7001), make.outlet()]
    for number in range(60):
        day = None if number % 7 == 0 else date(2021, 12, 1) + timedelta(days=chance.randrange(20))
        event = make.event(
            chance.choice(["ambush", "ied", "meeting", "visit"]),
            status="draft" if number % 11 == 0 else "published",
            at=None if number % 5 == 0 else (chance.choice([43.0, 43.5, 44.0, 44.000001, 45.0]), chance.choice([35.0, 35.5, 36.000001])),
            date_start=day,
            date_prec=chance.choice([1, 3]) if day else None,
            grade=chance.choice(["weak", "fair", "confirmed"]),
            modality=chance.choice(["occurred", "foiled"]),
            origin_count=chance.randrange(4),
            has_conflict=chance.random() < 0.3,
            place=chance.choice(places),
        )
        for slug in chance.sample(["army", "tribe", "police"], chance.randrange(3)):
            make.participation(event, make.actor(slug))
        if number % 3:
            article = make.article(outlet=chance.choice(papers))
            words = make.quote(article, article.text[:20], said_in=said if chance.random() < 0.5 else None)
            rank = chance.choice([{"rank": "normal"}, {"rank": "deprecated", "rank_reason": "typo"}])
            make.claim(event, passage=words, **rank, party=chance.choice(["civilian", "pmf", "isis"]))
    Event.objects.filter(point__isnull=False, pk__in=Event.objects.order_by("pk")[:20].values("pk")).update(where_prec=6)
    monkeypatch.setattr(selection, "LEAST", 1)
    monkeypatch.setattr(selection, "BLOCK", 8)


def pages(client: Any, query: str) -> list[dict[str, Any]]:
    found, address = [], f"/api/v1/{query}"
    while address:
        found.append(client.get(address).json())
        assert "results" in found[-1], found[-1]
        address = (found[-1]["next"] or "").removeprefix("http://testserver")
    before = (found[-1]["previous"] or "").removeprefix("http://testserver")
    return [*found, client.get(before).json() if before else {}]


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("ordering", ["-date_start", "date_start"])
def test_pages_and_counts_are_those_of_sql(client, monkeypatch, ordering: str) -> None:
    chosen = [*FILTERS, *(f"{FILTERS[0]}&{other}" for other in FILTERS[2:14])]
    lists = [f"events/?{each}&count=yes&limit=7&ordering={ordering}" for each in chosen]
    lists += [f"{name}/?{FILTERS[0]}&limit=5&ordering={ordering}" for name in ("incidents", "coordination")]
    by_sql = {query: pages(client, query) for query in lists}
    snapshot.rebuild()
    asked = []
    real = selection.Selection.codes
    monkeypatch.setattr(selection.Selection, "codes", lambda self, **how: asked.append(how) or real(self, **how))
    assert {query: pages(client, query) for query in lists} == by_sql
    assert len(asked) >= len(lists)


@pytest.mark.usefixtures("_many")
def test_the_page_and_the_files_are_those_of_sql(client, monkeypatch) -> None:
    """A sparse view is read by its codes in parts, any other as it comes."""
    monkeypatch.setattr(overview, "PAGE", 7)
    monkeypatch.setattr(selection, "FIRST_PART", 2)
    monkeypatch.setattr(selection, "PART", 3)
    monkeypatch.setattr(selection, "SPARSE", 0.5)

    def read(query: str) -> list[Any]:
        found: list[Any] = []
        page = f"/events/?{query}"
        while page:
            body = client.get(page).content.decode()
            found.append(re.findall(r'data-code="(ISN-[\d-]+)"', body))
            following = re.search(r'href="(/events/\?[^"]*after=[^"]+)" rel="next"', body)
            page = following[1].replace("&amp;", "&") if following else ""
        files = [b"".join(client.get(f"/export.{form}?{query}")) for form in ("csv", "parquet")]
        return [*found, re.findall(r"data-count>([^<]+)<", client.get(f"/events/?{query}").content.decode()), *files]

    views = ["", "dated=no", "place=isnad:here", "actor=army,tribe", "actor=nobody"]
    by_sql = {query: read(query) for query in views}
    snapshot.rebuild()
    parts: list[int] = []
    real = selection.in_parts
    monkeypatch.setattr(takeaway, "in_parts", lambda *given: (parts.append(1) or part for part in real(*given)))
    assert {query: read(query) for query in views} == by_sql
    assert len(parts) > 2 * len(views)


@pytest.mark.usefixtures("_many")
def test_a_snapshot_that_is_behind_the_database_is_not_asked(client, monkeypatch) -> None:
    snapshot.rebuild()
    monkeypatch.setattr(selection.Selection, "codes", lambda self, **how: pytest.fail("asked"))
    event = Event.objects.published().located().latest("date_start")
    Event.objects.filter(pk=event.pk).update(status="in_review")
    codes = [row["code"] for row in client.get("/api/v1/events/?bbox=40,30,48,38&limit=1000").json()["results"]]
    assert codes
    assert event.code not in codes


@pytest.mark.usefixtures("_many")
def test_other_filters_and_orders_are_left_to_sql(client, monkeypatch) -> None:
    snapshot.rebuild()
    monkeypatch.setattr(api.Selection, "codes", lambda self, **how: pytest.fail("asked"))
    for query in ("bbox=43,35,44,36&q=هجوم", "bbox=43,35,44,36&ordering=modified_at", "type=ied", "speaker=cell"):
        assert client.get(f"/api/v1/events/?{query}").status_code == 200
