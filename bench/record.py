"""Files of everything, the snapshot, search and freshness, against COPY of the same rows: ratios inside one run, rounds interleaved.

    .venv/bin/python bench/record.py --events 100000 --rounds 5

A database of its own (bench_isnad_record, dropped at the end) is filled by `incidents.synthetic`; the snapshot's files go to a folder of
their own. Prints one line for each row of the table in bench/README.md that it measures.
"""

import argparse
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ |= {
    "API_REQUESTS_A_MINUTE": "0",
    "FILE_REQUESTS_A_MINUTE": "0",
    "DEBUG": "off",
    "SECURE_HTTPS": "off",
    "SECRET_KEY": "bench" * 12,
}
os.environ["ALLOWED_HOSTS"] = "*"

import django
from django.conf import settings
from django.db import connection
from django.test import Client

COPY = """COPY (
    SELECT e.code, e.kind, e.type, e.modality, e.title_ar, e.title_en, e.date_start, e.date_end, e.date_prec, p.key, p.name_ar, p.name_en,
        ST_X(e.point), ST_Y(e.point), e.where_prec, e.deaths_low, e.deaths_best, e.deaths_high,
        e.injured_low, e.injured_best, e.injured_high, e.article_count, e.outlet_count, e.origin_count, e.grade, e.has_conflict
    FROM incidents_event e LEFT JOIN entities_place p ON p.id = e.place_id WHERE e.status = 'published'
    ORDER BY e.date_start DESC NULLS LAST, e.id DESC
) TO STDOUT WITH (FORMAT csv)"""


class Sink(io.RawIOBase):
    """Counts bytes and keeps none."""

    def __init__(self) -> None:
        self.bytes = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.bytes += len(data)
        return len(data)

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.bytes


def seconds(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median of each work; the works take turns, so that a slow moment hits them all."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            begin = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - begin)
    return {name: statistics.median(values) for name, values in times.items()}


def line(row: str, what: str, value: float, goal: str, unit: str = "") -> None:
    print(f"{row:4} {what:58} {value:10.2f} {unit:6} goal {goal}", flush=True)


def _first_byte() -> float:
    """Seconds from asking for the CSV to its first byte."""
    begin = time.perf_counter()
    response = Client().get("/export.csv")
    next(iter(response))
    took = time.perf_counter() - begin
    response.close()
    return took


def files(rounds: int) -> None:
    from incidents import exports
    from incidents.models import Event

    about = exports.About("http://127.0.0.1/", "", "CC BY 4.0", date(2024, 1, 1))
    sinks: dict[str, Sink] = {}

    def written(form: str, write: Callable[[object, object, IO[bytes]], None]) -> Callable[[], None]:
        def work() -> None:
            sinks[form] = Sink()
            write(Event.objects.published(), about, sinks[form])  # type: ignore[arg-type]

        return work

    def plain() -> None:
        sinks["copy"] = Sink()
        with connection.cursor() as cursor:
            cursor.copy_expert(COPY, sinks["copy"])

    def streamed() -> None:
        for _ in exports.csv_pieces(Event.objects.published(), about):
            pass

    works = {"copy": plain, "csv": streamed, "parquet": written("parquet", exports.write_geoparquet)}
    took = seconds(works, rounds)
    line("P7", "CSV of everything / COPY", took["csv"] / took["copy"], "1.3")
    line("P7", "first byte of the CSV", statistics.median(_first_byte() for _ in range(rounds)) * 1000, "100", "ms")
    line("P8", "GeoParquet / COPY, time", took["parquet"] / took["copy"], "2")
    line("P8", "GeoParquet / COPY, bytes", sinks["parquet"].bytes / sinks["copy"].bytes, "0.35")


def the_snapshot(rounds: int, events: int) -> None:
    import pyarrow as pa

    from incidents import snapshot
    from incidents.models import Event

    begin = time.perf_counter()
    found = snapshot.rebuild()
    line("P14", "full rebuild of the snapshot", (time.perf_counter() - begin) * 1_000_000 / events, "3", "s/M")
    line("P9", "what the map fetches, as sent", found.packed("zstd").stat().st_size / events, "14", "B/row")

    def decode() -> None:
        pa.ipc.open_file(pa.memory_map(str(found.arrow))).read_all()

    client = Client()
    tag = client.get("/snapshot.arrow", headers={"Accept-Encoding": "gzip"})["ETag"]
    took = seconds(
        {
            "decode": decode,
            "304": lambda: client.get("/snapshot.arrow", headers={"Accept-Encoding": "gzip", "If-None-Match": tag}),
            "list": lambda: client.get("/api/v1/events/"),
        },
        rounds * 5,
    )
    line("P9", "decoding it", took["decode"] * 1000, "50", "ms")
    line("P9", "304s in the time of one page of the list", took["list"] / took["304"], "5")
    Event.objects.filter(pk__in=Event.objects.published().values("pk")[:1000]).update(title_en="Edited")
    begin = time.perf_counter()
    snapshot.rebuild()
    line("P14", "rebuild after 1,000 edits", (time.perf_counter() - begin) * 1000, "50", "ms")


def search(rounds: int) -> None:
    from incidents.models import Event

    matching = Event.objects.published().matching("هجوم")
    took = seconds(
        {
            "newest": lambda: list(matching.newest_first().values_list("pk")[:20]),
            "capped": lambda: matching.order_by()[:1001].count(),
        },
        rounds * 3,
    )
    line("P13", "20 newest that hold a word", took["newest"] * 1000, "5", "ms")
    line("P13", "how many hold it, up to 1,000", took["capped"] * 1000, "30", "ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_known_args()[0]
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from incidents import synthetic

    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench_isnad_record"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.VAR_DIR = Path(folder)
            call_command("load_places", verbosity=0)
            events = synthetic.make(options.events, approver=User.objects.create(username="bench").pk)
            print(f"{events:,} events, {options.rounds} rounds")
            files(options.rounds)
            the_snapshot(options.rounds, events)
            search(options.rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
