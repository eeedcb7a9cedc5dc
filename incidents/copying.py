"""Rows out of the database by COPY, as lines or straight into columns: a million in seconds, where model by model takes half a minute."""

import io
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection, transaction
from django.db.models import Func, IntegerField, QuerySet, Value
from pyarrow import csv

# PostgreSQL's binary COPY: a head, then for each row the number of its fields and for each field its size and its bytes; then a tail.
_HEAD, _TAIL = 19, 2
_COUNT, _SIZE = ">i2", ">i4"
BLOCK = 4096  # rows whose fields are parted together, while they are in the processor's cache
PIECE = 1 << 16  # bytes of lines that are handed on together
BATCH = 1 << 24  # bytes of lines that become columns together
# A limit that is not known beforehand: the database plans for the first rows at once, not for the shortest time until the last.
_AS_THEY_COME = "LIMIT (SELECT 9223372036854775807)"


class Whole(Func):
    """A whole number of four bytes; `missing` where there is none."""

    template = "COALESCE(%(expressions)s, %(missing)s)::int"
    output_field = IntegerField()

    def __init__(self, expression: Any, *, missing: int = -1) -> None:
        super().__init__(expression, missing=missing)


class Place(Func):
    """The place of a word in a list, from 0; -1 where it is none of them."""

    template = "COALESCE(array_position(%(expressions)s) - 1, -1)"
    output_field = IntegerField()

    def __init__(self, words: Sequence[str], column: Any) -> None:
        super().__init__(Func(Value(list(words)), template="%(expressions)s::varchar[]"), column)


class Nth(Place):
    """The same from 1; 0 where it is none of them."""

    template = "COALESCE(array_position(%(expressions)s), 0)"


def numbers(wanted: Sequence[tuple[QuerySet[Any, Any], dict[str, str]]]) -> Iterator[dict[str, np.ndarray]]:
    """The columns of each values_list, all of its values there and as wide as their type says (i8, i4, S15 …).

    One is put into columns while the database sends the next. Ask it nothing else until all have come.
    """
    with connection.cursor() as cursor, ThreadPoolExecutor(1) as ahead:

        def received(statement: str) -> memoryview:
            buffer = io.BytesIO()
            cursor.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT binary)", buffer)
            return buffer.getbuffer()

        # One connection, so that rows written in this transaction are seen; its cursor is used by that one thread alone meanwhile.
        coming = [ahead.submit(received, _statement(cursor, rows)) for rows, _types in wanted]
        for _rows, types in wanted:
            yield _parted(coming.pop(0).result(), types)


def _statement(cursor: Any, rows: QuerySet[Any, Any]) -> str:
    """The query with its values in it: COPY takes no parameters."""
    return str(cursor.mogrify(*rows.query.sql_with_params()).decode())


@contextmanager
def lines(rows: QuerySet[Any, Any]) -> Iterator["io.BufferedReader[io.FileIO]"]:
    """The rows of a values_list as lines of CSV, to be read to their end while the database sends them. Ask it nothing else meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor, ThreadPoolExecutor(1) as beside:
        statement = f"COPY ({_statement(cursor, rows)} {_AS_THEY_COME}) TO STDOUT (FORMAT csv)"
        reading, writing = os.pipe()

        def send() -> None:
            with open(writing, "wb", PIECE) as out, connection.wrap_database_errors:
                cursor.copy_expert(statement, out)

        with io.BufferedReader(io.FileIO(reading), PIECE) as coming:
            sent = beside.submit(send)
            try:
                yield coming
            except BaseException:
                # The reader has gone: else the database would send the rest to nobody.
                connection.connection.cancel()
                raise
            sent.result()


def tables(rows: QuerySet[Any, Any], types: dict[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
    """The rows of a values_list in Arrow columns, so many at a time as `BATCH` bytes of text hold."""
    with lines(rows) as coming:
        if not coming.peek(1):
            return
        yield from csv.open_csv(
            coming,
            read_options=csv.ReadOptions(column_names=list(types), block_size=BATCH),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=types,
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                null_values=[""],
                true_values=["t"],
                false_values=["f"],
            ),
        )


def _parted(body: memoryview, types: dict[str, str]) -> dict[str, np.ndarray]:
    row = np.dtype(
        [("fields", _COUNT), *((part, kind) for name in types for part, kind in ((f"{name}/size", _SIZE), (name, f">{types[name]}")))]
    )
    size, rest = divmod(len(body) - _HEAD - _TAIL, row.itemsize)
    rows = np.frombuffer(body, row, size, _HEAD)
    found = {name: np.empty(size, kind) for name, kind in types.items()}
    for begin in range(0, size, BLOCK):
        block = rows[begin : begin + BLOCK]
        # One field that is NULL, or of another size, shifts all that follow.
        if (block["fields"] != len(types)).any() or any((block[f"{name}/size"] != row[name].itemsize).any() for name in types):
            rest = 1
            break
        for name, values in found.items():
            values[begin : begin + BLOCK] = block[name]
    if rest:
        raise ValueError(f"a value of {', '.join(types)} is missing or not as wide as said")
    return found
