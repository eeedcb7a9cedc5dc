"""A view in the columns and codes of other datasets, piece by piece."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incidents.exports import FORMULA, About, Parts
from incidents.interchange import as_acled, as_ged, as_plover
from incidents.interchange.facts import Facts, gather

# Format -> (media type, what the page calls it).
FORMS = {
    "acled.csv": ("text/csv; charset=utf-8", _("ACLED's columns (CSV)")),
    "ged.csv": ("text/csv; charset=utf-8", _("UCDP GED's columns (CSV)")),
    "plover.ndjson": ("application/x-ndjson", _("PLOVER's codes (NDJSON)")),
}


def acled(parts: Parts, about: About) -> Iterator[bytes]:
    return _table(as_acled.row, (*as_acled.COLUMNS, *as_acled.OURS), parts, about)


def ged(parts: Parts, about: About) -> Iterator[bytes]:
    return _table(as_ged.row, (*as_ged.COLUMNS, *as_ged.OURS), parts, about)


def plover(parts: Parts, about: About) -> Iterator[bytes]:
    facts = about.of_each_row()
    for rows in _rows(as_plover.row, parts, about):
        yield b"".join([orjson.dumps({**row, **facts}, option=orjson.OPT_APPEND_NEWLINE) for row in rows])


def _table(row: Callable[[Facts], dict[str, Any] | None], columns: Sequence[str], parts: Parts, about: About) -> Iterator[bytes]:
    """CSV whose columns of our own stand behind, as do view, filter, licence and day."""
    facts = {f"isnad_{name}": text for name, text in about.of_each_row().items()}
    yield ("\ufeff" + ",".join([*columns, *facts]) + "\r\n").encode()
    for rows in _rows(row, parts, about):
        piece = io.StringIO()
        csv.DictWriter(piece, [*columns, *facts]).writerows(
            {name: _harmless(cell) for name, cell in {**each, **facts}.items()} for each in rows
        )
        yield piece.getvalue().encode()


def _rows(row: Callable[[Facts], dict[str, Any] | None], parts: Parts, about: About) -> Iterator[list[dict[str, Any]]]:
    for batch in gather(parts, page=about.site + reverse("event", args=["CODE"])):
        yield [found for found in map(row, batch) if found is not None]


def _harmless(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(tuple(FORMULA)) else cell


PIECES: dict[str, Callable[[Parts, About], Iterator[bytes]]] = {"acled.csv": acled, "ged.csv": ged, "plover.ndjson": plover}
