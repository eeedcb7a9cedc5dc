"""The API's lists against the same page in plain SQL: ratios inside one run, rounds interleaved.

    .venv/bin/python bench/api.py --events 100000 --rounds 40

Two databases of their own, the first with a hundredth of the events, are filled by `incidents.synthetic` and dropped at the end;
requests go through the whole application without a socket. Wall times move with the machine, ratios much less.
"""

import statistics
import time
from collections.abc import Callable

from lib import frame

import orjson  # isort: skip
from django.db import connection  # isort: skip

LIST = "/api/v1/events/"


def plain(sql: str, params: tuple[object, ...]) -> Callable[[], bytes]:
    """The page's own SQL by a bare cursor, as JSON arrays."""

    def page() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return orjson.dumps(cursor.fetchall())

    return page


def page_sql() -> tuple[str, tuple[object, ...]]:
    from incidents.api import rows
    from incidents.models import Event

    computed = {f"_{name}": column for name, column in rows.COLUMNS.items() if not isinstance(column, str)}
    columns = [column if isinstance(column, str) else f"_{name}" for name, column in rows.COLUMNS.items()]
    return Event.objects.published().newest_first().annotate(**computed).values_list(*columns)[:101].query.sql_with_params()  # type: ignore[no-any-return]


def serialized() -> bytes:
    """The same page by model objects and the framework's serializer."""
    from rest_framework.test import APIRequestFactory

    from incidents.api.serializers.events import EventSerializer
    from incidents.models import Event

    rows = Event.objects.published().newest_first().select_related("place")[:100]
    return orjson.dumps(EventSerializer(rows, many=True, context={"request": APIRequestFactory().get("/", SERVER_NAME="127.0.0.1")}).data)


def at_the_middle() -> str:
    from incidents.api.pagination import encode
    from incidents.models import Event

    middle = Event.objects.published().newest_first().filter(date_start__isnull=False)[Event.objects.count() // 2]
    return f"{LIST}?cursor={encode('-date_start', False, middle.date_start, middle.pk)}"


def of_few(ask: frame.Ask, rounds: int) -> float:
    """The first page in the time of the plain one."""
    took = frame.medians({"plain": plain(*page_sql()), "list": lambda: ask(LIST)}, rounds, warm=3)
    return took["list"]


def of_many(ask: frame.Ask, rounds: int, few: float) -> None:
    tag, middle = ask(LIST)[1]["ETag"], at_the_middle()
    snapshot = ask("/snapshot.arrow")[1]["ETag"]
    works: dict[str, Callable[[], object]] = {
        "plain SQL page": plain(*page_sql()),
        "list": lambda: ask(LIST),
        "list as GeoJSON": lambda: ask("/api/v1/events.geojson"),
        "page at the middle": lambda: ask(middle),
        "filtered by type": lambda: ask(f"{LIST}?type=ied,ambush"),
        "filtered by box": lambda: ask(f"{LIST}?bbox=43,35,43.5,35.5"),
        "filtered, rare": lambda: ask(f"{LIST}?grade=contested&type=visit"),
        "counted in a box": lambda: ask(f"{LIST}?bbox=43,35,43.5,35.5&count=yes"),
        "model objects and serializer": serialized,
    }
    found = frame.times(works, rounds, warm=3)
    median = {name: statistics.median(values) for name, values in found.items()}
    p95 = {name: sorted(values)[int(len(values) * 0.95)] for name, values in found.items()}
    for name in works:
        print(f"     {name:58} {median[name] * 1000:10.2f} ms     p95 {p95[name] * 1000:.2f}")
    frame.line("P1", "list / plain SQL page", median["list"] / median["plain SQL page"], "2")
    frame.line("P1", "list as GeoJSON / plain SQL page", median["list as GeoJSON"] / median["plain SQL page"], "2")
    frame.line("P1", "model objects and serializer / list", median["model objects and serializer"] / median["list"], "8")
    for name in ("filtered by type", "filtered by box", "filtered, rare"):
        frame.line("P2", f"{name}: p95 / median of the list", p95[name] / median["list"], "3")
    frame.line("P3", "page at the middle / first page", median["page at the middle"] / median["list"], "1.3")
    frame.line("P4", "first page / of a hundredth of the events", median["list"] / few, "3")
    kept: dict[str, Callable[[], object]] = {
        "list": lambda: ask(LIST),
        "of the list": lambda: ask(LIST, if_none_match=tag),
        "of the snapshot": lambda: ask("/snapshot.arrow", if_none_match=snapshot),
    }
    spent = {name: statistics.median(values) for name, values in frame.times(kept, rounds, warm=3, clock=time.process_time).items()}
    for name in ("of the snapshot", "of the list"):
        frame.line("P9", f"304s {name} for the processor time of a page", spent["list"] / spent[name], "5")


def main() -> None:
    given = frame.options(__doc__, rounds=40)
    with frame.made_up(max(1_000, given.events // 100), database="bench_isnad_api_few"):
        ask = frame.requester()
        few = of_few(ask, given.rounds)
    with frame.made_up(given.events, database="bench_isnad_api") as events:
        print(f"{events:,} events, {given.rounds} rounds", flush=True)
        of_many(ask, given.rounds, few)


if __name__ == "__main__":
    main()
