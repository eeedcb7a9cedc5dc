"""Rows in bulk into the tables of the record, every index, constraint and trigger live: COPY against Django's bulk_create.

    .venv/bin/python bench/bulk.py --events 100000 --rounds 5

A database of its own (bench_isnad_bulk, dropped at the end) is filled by `incidents.synthetic`. Then 10,000 of its rows are written once
more under new ids and codes, as drafts, both ways in turn and each time into the same record: what was written is rolled back.
"""

import io
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from lib import frame
from lib.frame import line

from django.db import connection, models, transaction  # isort: skip

ROWS = 10_000
Rows = list[dict[str, Any]]
DRAFT = {"status": "draft", "approved_by_id": None, "approved_at": None, "published_at": None}


class Undone(Exception):
    """The rows written are not kept."""


@contextmanager
def rolled_back() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def once_more(model: type[models.Model], new: Callable[[int], dict[str, Any]]) -> Rows:
    numbers = count(int(model._default_manager.latest("pk").pk) + 1)
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = model._default_manager.order_by("pk").values(*columns)[:ROWS]
    return [row | {"id": number} | new(number) for row, number in zip(rows, numbers, strict=False)]


def by_copy(model: type[models.Model], rows: Rows) -> None:
    columns = [(field.attname, field.column) for field in model._meta.concrete_fields]
    text = io.StringIO("".join("\t".join(_word(row[name]) for name, _column in columns) + "\n" for row in rows))
    with connection.cursor() as cursor:
        names = ", ".join(f'"{column}"' for _name, column in columns)
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN', text)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of a transaction is part of the work


def _word(value: Any) -> str:
    """A value as COPY's text has it."""
    match value:
        case None:
            return r"\N"
        case bytes() | memoryview():
            return rf"\\x{bytes(value).hex()}"
        case str():
            return value.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
    return value.hexewkb.decode() if hasattr(value, "hexewkb") else str(value)


def by_objects(model: type[models.Model], rows: Rows) -> None:
    model._default_manager.bulk_create([model(**row) for row in rows], batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def measure(model: type[models.Model], rows: Rows, rounds: int) -> None:
    def written(way: Callable[[type[models.Model], Rows], None], *, triggers: bool = True) -> Callable[[], None]:
        def work() -> None:
            with rolled_back():
                if not triggers:
                    with connection.cursor() as cursor:
                        cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
                way(model, rows)

        return work

    took = frame.times(
        {"copy": written(by_copy), "bulk_create": written(by_objects), "no triggers": written(by_copy, triggers=False)}, rounds
    )
    median = {name: statistics.median(values) for name, values in took.items()}
    name = model._meta.db_table
    line("P11", f"COPY of {name}, all live", len(rows) / median["copy"], "15000", "rows/s")
    line("P11", f"COPY of {name}, without history and rules of rows", len(rows) / median["no triggers"], "15000", "rows/s")
    line("P11", f"bulk_create of {name} / COPY", median["bulk_create"] / median["copy"], "4")


def main() -> None:
    given = frame.options(__doc__, rounds=5)
    with frame.made_up(given.events, database="bench_isnad_bulk") as events:
        from incidents.models import Event
        from sources.models import Article

        print(f"{events:,} events, {given.rounds} rounds", flush=True)
        drafts = once_more(Event, lambda number: {"code": f"ISN-1899-{number % 1_000_000:06d}", **DRAFT})
        measure(Event, drafts, given.rounds)
        measure(Article, once_more(Article, lambda number: {"sha256": f"{number:064x}"}), given.rounds)


if __name__ == "__main__":
    main()
