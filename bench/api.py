"""The API's lists against the same page in plain SQL: ratios inside one run, rounds interleaved.

    .venv/bin/python bench/api.py --events 100000 --rounds 40

A database of its own (bench_isnad_api, dropped at the end) is filled with generated events; requests go through the whole application,
middleware and all, without a socket. Wall times move with the machine, ratios much less.
"""

import argparse
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ |= {"API_REQUESTS_A_MINUTE": "0", "DEBUG": "off", "SECURE_HTTPS": "off", "SECRET_KEY": "bench" * 12}

import django
import orjson
from django.core.wsgi import get_wsgi_application
from django.db import connection

FILL = """
INSERT INTO entities_place (key, level, name_ar, name_en, name_ckb, pcode, source, point)
SELECT 'bench:' || n, 'village', 'قرية ' || n, 'Village ' || n, '', '', '',
    ST_SetSRID(ST_MakePoint(42 + n %% 300 / 100.0, 34 + n %% 250 / 100.0), 4326)
FROM generate_series(1, 300) n;
INSERT INTO incidents_event ({columns})
SELECT {values} FROM generate_series(1, %(events)s) n;
ANALYZE;
"""
WORDS = {
    "code": "'ISN-' || (2014 + n %% 10) || '-' || lpad((n / 10)::text, 6, '0')",
    "kind": "CASE n %% 4 WHEN 0 THEN 'coordination' ELSE 'incident' END",
    "type": "CASE n %% 4 WHEN 0 THEN 'meeting' ELSE (ARRAY['armed_attack', 'ied', 'ambush', 'clash', 'abduction'])[1 + n %% 5] END",
    "title_ar": "'هجوم على نقطة للقوات قرب القرية رقم ' || n",
    "title_en": "'Attack on a position near village ' || n",
    "date_start": "CASE WHEN n %% 50 = 0 THEN NULL ELSE date '2014-01-01' + (n * 7919 %% 3650)::int END",
    "date_end": "CASE WHEN n %% 50 = 0 THEN NULL ELSE date '2014-01-01' + (n * 7919 %% 3650)::int END",
    "date_prec": "CASE WHEN n %% 50 = 0 THEN NULL ELSE 1 END",
    "place_id": "(SELECT min(id) FROM entities_place) + n %% 300",
    "point": "CASE WHEN n %% 20 = 0 THEN NULL ELSE ST_Point(42 + n %% 30011 / 10003.0, 34 + n %% 25013 / 10007.0, 4326) END",
    "where_prec": "CASE WHEN n %% 20 = 0 THEN NULL ELSE 1 + n %% 4 END",
    "search_text": "'attack village ' || n",
    "grade": "(ARRAY['weak', 'fair', 'confirmed'])[1 + n %% 3]",
    "status": "CASE n %% 25 WHEN 0 THEN 'rejected' ELSE 'published' END",
    "modality": "'occurred'",
    "has_conflict": "n %% 9 = 0",
    "article_count": "1 + n %% 5",
    "outlet_count": "1 + n %% 3",
    "origin_count": "1 + n %% 2",
    "approved_by_id": "(SELECT min(id) FROM auth_user)",
    **dict.fromkeys(("approved_at", "published_at", "created_at", "modified_at"), "now() - n * interval '1 second'"),
}


def fill(events: int) -> None:
    from django.contrib.auth import get_user_model

    from incidents.models import Event

    get_user_model().objects.create(username="bench")
    named = {field.column: field for field in Event._meta.concrete_fields if not (field.null or field.primary_key or field.column in WORDS)}
    with connection.cursor() as cursor:
        plain = {name: cursor.mogrify("%s", [field.get_default()]).decode().replace("%", "%%") for name, field in named.items()}
        cursor.execute("ALTER TABLE incidents_event DISABLE TRIGGER USER; ALTER TABLE entities_place DISABLE TRIGGER USER")
        values = WORDS | plain
        cursor.execute(FILL.format(columns=", ".join(values), values=", ".join(values.values())), {"events": events})


def requester() -> Callable[[str], bytes]:
    application = get_wsgi_application()

    def ask(address: str) -> bytes:
        path, _, query = address.partition("?")
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80"}
        environ |= {"wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "REMOTE_ADDR": "127.0.0.1"}
        statuses: list[str] = []
        response = application(environ, lambda status, headers, exc_info=None: statuses.append(status))
        body = b"".join(response)
        response.close()
        assert statuses == ["200 OK"], (address, statuses, body[:300])
        return body

    return ask


def plain(sql: str, params: tuple[object, ...]) -> Callable[[], bytes]:
    """The page's own SQL by a bare cursor, as JSON arrays."""

    def page() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return orjson.dumps(cursor.fetchall())

    return page


def serialized() -> bytes:
    """The same page by model objects and the framework's serializer."""
    from rest_framework.test import APIRequestFactory

    from incidents.api.serializers.events import EventSerializer
    from incidents.models import Event

    rows = Event.objects.published().newest_first().select_related("place")[:100]
    return orjson.dumps(EventSerializer(rows, many=True, context={"request": APIRequestFactory().get("/", SERVER_NAME="127.0.0.1")}).data)


def measure(works: dict[str, Callable[[], bytes]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each work in each round; the works take turns, so that a slow moment hits them all."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for round_number in range(rounds + 3):
        for name, work in works.items():
            begin = time.perf_counter()
            work()
            if round_number >= 3:  # the first three warm up
                times[name].append((time.perf_counter() - begin) * 1000)
    return times


def bench(rounds: int) -> None:
    from incidents.api import rows
    from incidents.models import Event

    ask = requester()
    middle = Event.objects.published().newest_first().filter(date_start__isnull=False)[Event.objects.count() // 2]
    computed = {f"_{name}": column for name, column in rows.COLUMNS.items() if not isinstance(column, str)}
    columns = [column if isinstance(column, str) else f"_{name}" for name, column in rows.COLUMNS.items()]
    sql, params = Event.objects.published().newest_first().annotate(**computed).values_list(*columns)[:101].query.sql_with_params()
    first = "/api/v1/events/"
    from incidents.api.pagination import encode

    at_middle = f"{first}?cursor={encode('-date_start', False, middle.date_start, middle.pk)}"
    times = measure(
        {
            "plain SQL page": plain(sql, params),
            "list": lambda: ask(first),
            "list as GeoJSON": lambda: ask("/api/v1/events.geojson"),
            "page at the middle": lambda: ask(at_middle),
            "filtered by type": lambda: ask(f"{first}?type=ied,ambush"),
            "filtered by box": lambda: ask(f"{first}?bbox=43,35,43.5,35.5"),
            "model objects and serializer": serialized,
        },
        rounds,
    )
    median = {name: statistics.median(values) for name, values in times.items()}
    base = median["plain SQL page"]
    print(f"{'':30} {'median ms':>10} {'p95 ms':>8} {'ratio':>7}")
    for name, values in times.items():
        print(f"{name:30} {median[name]:10.2f} {sorted(values)[int(len(values) * 0.95)]:8.2f} {median[name] / base:7.2f}")
    print(f"\nP1 list / plain SQL page: {median['list'] / base:.2f} (goal 2)")
    print(f"P3 middle / first page: {median['page at the middle'] / median['list']:.2f} (goal 1.3)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_known_args()[0]
    django.setup()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench_isnad_api"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        fill(options.events)
        print(f"{options.events:,} events, {options.rounds} rounds")
        bench(options.rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
