"""A file of rows as it came: CSV with comma, semicolon or tab, UTF-8 or Windows-1256, read by the names of its columns."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from history.sentences import sentence as _
from sources.intake import IntakeError, decode

MOST_BYTES = 50_000_000
MOST_ROWS = 100_000
MOST_CELL = 100_000


@dataclass(frozen=True)
class Line:
    """One row: the line of the file it begins on, its cells by the column's name as written, and what is wrong with the row itself."""

    number: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """The columns' names in their order, and the rows under them."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(raw: bytes) -> Table:
    """Raises IntakeError, in a sentence, where the whole file cannot be read; a row that cannot be read says so itself."""
    text, _encoding = decode(raw, most=MOST_BYTES)
    csv.field_size_limit(MOST_CELL)
    rows = _rows(text)
    try:
        _number, header = next(rows)
        columns = tuple(name.strip() for name in header)
        _check(columns)
        lines = tuple(
            _line(number, columns, cells) for number, cells in rows if any(cell.strip() for cell in cells) and not _is_tags(cells)
        )
    except StopIteration:
        raise IntakeError(_("The file is empty.")) from None
    except csv.Error as error:
        raise IntakeError(_("The file is no table: %(reason)s.") % {"reason": error}) from error
    if not lines:
        raise IntakeError(_("There is no row under the names of the columns."))
    if len(lines) > MOST_ROWS:
        raise IntakeError(_("The file has %(n)d rows; %(most)d is the most at once.") % {"n": len(lines), "most": MOST_ROWS})
    return Table(columns, lines)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line it begins on, cells) of each row."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    start = 1
    for cells in reader:
        yield start, cells
        start = reader.line_num + 1


def _check(columns: tuple[str, ...]) -> None:
    if len(columns) < 2:
        raise IntakeError(_("The first line must name the columns, parted by commas, semicolons or tabs."))
    seen = [name.casefold() for name in columns if name]
    twice = sorted({name for name in seen if seen.count(name) > 1})
    if twice:
        raise IntakeError(_("Line 1 names a column twice: %(columns)s.") % {"columns": ", ".join(twice)})


def _line(number: int, columns: tuple[str, ...], cells: list[str]) -> Line:
    problem = ""
    if len(cells) != len(columns):
        problem = _("The row has %(n)d cells, the first line names %(columns)d columns.") % {"n": len(cells), "columns": len(columns)}
    return Line(number, {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}, problem)


def _is_tags(cells: list[str]) -> bool:
    """A row of HXL hashtags, as the Humanitarian Data Exchange puts one under the header."""
    return all(cell.strip().startswith("#") for cell in cells if cell.strip())
