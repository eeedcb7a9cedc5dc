"""A workbook (XLSX), written to a file of its own and then handed on: its directory stands at its end.

Text stays text, whatever it begins with. Nothing in it tells when it was made: the same rows are the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import count, islice
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

MOST_ROWS = 1_048_576  # of one sheet; the rest goes on in another
_PIECE = 1 << 16  # bytes handed on together
_PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - else the file would hold the second it was made in
_FIRST_DAY = date(1900, 3, 1)  # a spreadsheet counts a 29 February 1900: earlier days stay words
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Sheet = tuple[str, Iterable[Iterable[Any]]]


def pieces(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The workbook of these sheets: (name, rows of words, numbers, days, truths and None)."""
    with TemporaryFile() as out:
        _write(sheets, out)
        out.seek(0)
        while piece := out.read(_PIECE):
            yield piece


def _write(sheets: Iterable[Sheet], out: IO[bytes]) -> None:
    with xlsxwriter.Workbook(out, _PLAIN) as book:
        book.set_properties({"created": _MADE})
        for name, rows in _parts(sheets):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    _write_cell(sheet, number, column, value)


def _parts(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Each sheet, and what one cannot hold in others after it, under the same head."""
    for name, rows in sheets:
        left = iter(rows)
        head = list(islice(left, 1))
        for number in count(1):
            body = islice(left, MOST_ROWS - 1)
            first = list(islice(body, 1))
            if number > 1 and not first:
                break
            yield name if number == 1 else f"{name} {number}", (row for part in (head, first, body) for row in part)


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    match value:
        case None:
            pass
        case bool() | int() | float():
            sheet.write(row, column, value)
        case date() if value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value)
        case _:
            sheet.write_string(row, column, _shown(str(value)))


def _shown(text: str) -> str:
    """Control characters as their pictures (␀ …): XML cannot hold them, and nothing is to be lost."""
    return _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), text)
