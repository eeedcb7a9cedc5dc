"""Files of everything, the snapshot, search and freshness, against COPY of the same rows: ratios inside one run, rounds interleaved.

    .venv/bin/python bench/record.py --events 100000 --rounds 5

A database of its own (bench_isnad_record, dropped at the end) is filled by `incidents.synthetic`; the snapshot's files go to a folder of
their own. Prints one line for each row of the table in bench/README.md that it measures.
"""

import io
import statistics
import time
from collections.abc import Callable
from datetime import date

from lib import frame
from lib.frame import line, medians, times

from django.db import connection  # isort: skip
from django.test import Client  # isort: skip
from django.utils import timezone  # isort: skip

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


def _first_byte(form: str) -> float:
    """Seconds from asking for the file to its first byte."""
    begin = time.perf_counter()
    response = Client().get(f"/export.{form}")
    next(iter(response))
    took = time.perf_counter() - begin
    response.close()
    return took


def files(rounds: int) -> None:
    from incidents import exports, releases
    from incidents.models import Event

    about = exports.About("http://127.0.0.1/", "", "CC BY 4.0", date(2024, 1, 1))
    sinks = {name: Sink() for name in ("copy", "csv", "parquet")}

    def written(form: str) -> Callable[[], None]:
        def work() -> None:
            sinks[form] = Sink()
            sinks[form].writelines(exports.PIECES[form]([Event.objects.published()], about))

        return work

    def plain() -> None:
        sinks["copy"] = Sink()
        with connection.cursor() as cursor:
            cursor.copy_expert(COPY, sinks["copy"])

    took = medians({"copy": plain, "csv": written("csv"), "parquet": written("parquet")}, rounds)
    line("P7", "CSV of everything / COPY", took["csv"] / took["copy"], "1.3")
    for form in releases.FORMS:
        line("P7", f"first byte, {form}", statistics.median(_first_byte(form) for _ in range(rounds)) * 1000, "100", "ms")
    line("P8", "GeoParquet / COPY, time", took["parquet"] / took["copy"], "2")
    line("P8", "GeoParquet / COPY, bytes", sinks["parquet"].bytes / sinks["copy"].bytes, "0.35")


def the_snapshot(rounds: int, events: int) -> None:
    import pyarrow as pa

    from incidents import snapshot

    begin = time.perf_counter()
    found = snapshot.rebuild()
    line("P14", "full rebuild of the snapshot", (time.perf_counter() - begin) * 1_000_000 / events, "3", "s/M")
    line("P9", "what the map fetches, as sent", found.packed("zstd").stat().st_size / events, "14", "B/row")

    def decode() -> None:
        pa.ipc.open_file(pa.memory_map(str(found.arrow))).read_all()

    line("P9", "decoding it", medians({"decode": decode}, rounds * 5)["decode"] * 1000, "50", "ms")


def viewport(rounds: int) -> None:
    """The server's own count of a box, its months and its types; on the map the browser counts them."""
    import numpy as np

    from incidents.selection import Selection

    def count() -> None:
        view = Selection.shown({"bbox": (43.0, 35.0, 45.0, 36.5)})
        rows = view.rows()
        days = view.columns["date_start"][rows[rows < view.columns.dated]]
        months, types = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64), view.columns["type"][rows]
        for numbers in (months, types):
            np.bincount(numbers - numbers.min(initial=0))

    line("P5", "count, months and types of a viewport, p95", _p95(times({"count": count}, rounds * 10)["count"]) * 1000, "10", "ms")


def patched(rounds: int) -> None:
    """1,000 events all over the record change, are withdrawn, and come back: seconds until a count of the new version is there."""
    from incidents import snapshot
    from incidents.models import Event
    from incidents.selection import Selection

    snapshot.SMALL, snapshot.FOLD = 0, 10**9  # also of a small record the patch is measured, and no build goes on beside it
    Selection.shown({"type": ["ied"], "located": True}).count()
    every = list(Event.objects.published().values_list("pk", flat=True))
    took = []
    for _ in range(rounds):
        Event.objects.filter(pk__in=every[:: max(1, len(every) // 1000)][:1000]).update(title_en="Edited", modified_at=timezone.now())
        begin = time.perf_counter()
        found = snapshot.current()
        took.append(time.perf_counter() - begin)
        Selection.shown({"type": ["ied"], "located": True}).count()
    line("P14", "1,000 edits in the snapshot", statistics.median(took) * 1000, "50", "ms")
    line("P14", "what the map fetches for them, as sent", found.packed("zstd").stat().st_size / 1000, "25", "B/row")


def words_of_every_frequency(most: int) -> list[str]:
    """So many words of the events: the most frequent, the rarest, and at equal steps between them."""
    from extraction.text import search_text

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM ts_stat('SELECT to_tsvector(''simple'', search_text) FROM incidents_event') ORDER BY ndoc DESC, word"
        )
        known = [word for (word,) in cursor.fetchall() if search_text(word) == word]
    return known[:: max(1, len(known) // most)]


def search(rounds: int) -> None:
    from incidents.models import Event

    newest, capped = [], []
    for word in words_of_every_frequency(60):
        matching = Event.objects.published().matching(word)
        took = medians(
            {
                "newest": lambda matching=matching: list(matching.newest_first().values_list("pk")[:20]),
                "capped": lambda matching=matching: matching.order_by()[:1001].count(),
            },
            rounds,
        )
        newest.append(took["newest"] * 1000)
        capped.append(took["capped"] * 1000)
    line("P13", f"20 newest that hold a word, p95 of {len(newest)} words", _p95(newest), "5", "ms")
    line("P13", "how many hold it, up to 1,000, p95", _p95(capped), "30", "ms")


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def main() -> None:
    given = frame.options(__doc__, rounds=5)
    with frame.made_up(given.events, database="bench_isnad_record") as events:
        print(f"{events:,} events, {given.rounds} rounds", flush=True)
        files(given.rounds)
        the_snapshot(given.rounds, events)
        viewport(given.rounds)
        patched(given.rounds)
        search(given.rounds)


if __name__ == "__main__":
    main()
