"""A workbook: what is put into a cell is what a spreadsheet shows, however long the table."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

from incidents import workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def elements(book, file, name):
    return ElementTree.fromstring(book.read(file)).iter(f"{MAIN}{name}")  # noqa: S314 - our own


def parts_of(body):
    """{sheet: its rows as [(cell, type or style, what is written in it)]}."""
    book = zipfile.ZipFile(io.BytesIO(body))
    assert book.testzip() is None
    names = [each.get("name") for each in elements(book, "xl/workbook.xml", "sheet")]
    found = {}
    for number, name in enumerate(names, start=1):
        rows = elements(book, f"xl/worksheets/sheet{number}.xml", "row")
        found[name] = [[(cell.get("r"), cell.get("t") or cell.get("s") or "", "".join(cell.itertext())) for cell in row] for row in rows]
    return found


def written(*rows):
    return parts_of(b"".join(workbook.pieces([("events", rows)])))["events"]


def test_each_value_has_the_cell_and_the_form_of_its_kind():
    [row] = written(["word", 3, 1.5, True, None, date(2021, 12, 2)])
    assert row == [("A1", "inlineStr", "word"), ("B1", "", "3"), ("C1", "", "1.5"), ("D1", "b", "1"), ("F1", "1", "44532")]


def test_a_day_before_spreadsheets_count_them_stays_a_word():
    assert written([date(1899, 5, 1), date(1900, 3, 1)]) == [[("A1", "inlineStr", "1899-05-01"), ("B1", "1", "61")]]


def test_text_stays_what_it_is():
    [[(_cell, _type, text)]] = written(['=1+1 <b>&"\r\n \x01 _x0041_ \ufffe'])
    # _x000D_ is read as a return, _xFFFE_ as what XML cannot hold; _x005F_ keeps _x0041_ from being read as an A.
    assert text == '=1+1 <b>&"_x000D_\n \u2401 _x005F_x0041_ _xFFFE_'


def test_what_one_sheet_cannot_hold_goes_on_in_the_next_under_the_same_head(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    sheets = parts_of(b"".join(workbook.pieces([("events", [["code"], *([n] for n in range(5))]), ("about", [["filter"], ["a"], ["b"]])])))
    told = {name: [text for row in rows for _cell, _type, text in row] for name, rows in sheets.items()}
    assert told == {"events": ["code", "0", "1"], "events 2": ["code", "2", "3"], "events 3": ["code", "4"], "about": ["filter", "a", "b"]}


def test_the_same_rows_are_the_same_bytes():
    assert b"".join(workbook.pieces([("events", [["a", 1]])])) == b"".join(workbook.pieces([("events", [["a", 1]])]))
