"""A workbook (XLSX: ECMA-376, part 1) that is handed on as it is written: its first rows leave before its last ones are read.

Text stays text, whatever it begins with. Nothing in it tells when it was made: the same rows are the same bytes.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count, islice
from string import ascii_uppercase
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from incidents.passing import Passing

MOST_ROWS = 1_048_576  # of one sheet; the rest goes on in another
ROWS = 2_000  # handed on together
_LEVEL = 1  # of compression: the next ones take several times as long for a fifth of the bytes
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # a spreadsheet counts a 29 February 1900: earlier days stay words
_UNSAFE = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
# Wide enough for a day: one that does not fit is shown as a row of #.
_COLS = '<cols><col min="1" max="64" width="13" customWidth="1"/></cols>'
# Two forms of cells: plain, and a day.
_PLAIN = 'fontId="0" fillId="0" borderId="0"'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" {_PLAIN}/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" {_PLAIN} xfId="0"/>'
    f'<xf numFmtId="164" {_PLAIN} xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

Sheet = tuple[str, Iterable[Iterable[Any]]]


def pieces(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The workbook of these sheets: (name, rows of words, numbers, days, truths and None)."""
    out, names = Passing(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as book:
        # First, as those expect it who tell a workbook by its beginning.
        _write(book, "[Content_Types].xml", _content_types())
        _write(book, "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        _write(book, "xl/styles.xml", _STYLES)
        for name, part in _parts(sheets):
            names.append(name)
            with book.open(_entry(f"xl/worksheets/sheet{len(names)}.xml"), "w") as sheet:
                sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_COLS}<sheetData>'.encode())
                numbered = enumerate(part, start=1)
                while lines := [_row(number, row) for number, row in islice(numbered, ROWS)]:
                    sheet.write("".join(lines).encode())
                    yield out.taken()
                sheet.write(b"</sheetData></worksheet>")
        _write(book, "xl/workbook.xml", _workbook(names))
        parts = [("styles", "styles.xml"), *(("worksheet", f"worksheets/sheet{number}.xml") for number, _name in enumerate(names, start=1))]
        _write(book, "xl/_rels/workbook.xml.rels", _relations(parts))
    yield out.taken()


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


def _row(number: int, values: Iterable[Any]) -> str:
    cells = "".join([_cell(f"{letters}{number}", value) for letters, value in zip(_COLUMNS, values, strict=False) if value is not None])
    return f'<row r="{number}">{cells}</row>'


def _cell(at: str, value: Any) -> str:
    match value:
        case bool():
            return f'<c r="{at}" t="b"><v>{value:d}</v></c>'
        case int() | float():
            return f'<c r="{at}"><v>{value!r}</v></c>'
        case date() if value >= _FIRST_DAY:
            return f'<c r="{at}" s="1"><v>{(value - _DAY_ZERO).days}</v></c>'
        case _:
            return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{_UNSAFE.sub(_safe, str(value))}</t></is></c>'


def _safe(found: re.Match[str]) -> str:
    """XML's own signs and returns as references; control characters, which XML cannot hold, as their pictures (␀ …)."""
    text = found[0]
    if len(text) > 1:
        return f"_x005F{text}"  # else a reader would take it for the character of that number
    if text in "&<>":
        return escape(text)
    return "_x000D_" if text == "\r" else chr(0x2400 + ord(text)) if text < " " else "\ufffd"


def _names() -> Iterator[str]:
    """A, B … Z, AA, AB …"""
    yield from ascii_uppercase
    yield from (first + second for first in ascii_uppercase for second in ascii_uppercase)


_COLUMNS = list(_names())


def _entry(name: str) -> zipfile.ZipInfo:
    """A file of the archive, of no day."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # as ZipFile.writestr sets it
    return entry


def _write(book: zipfile.ZipFile, name: str, text: str) -> None:
    book.writestr(_entry(name), _HEAD + text)


def _content_types() -> str:
    """Every part is a sheet but for these."""
    of_package = "application/vnd.openxmlformats-package"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{of_package}.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{type_}" Target="{target}"/>' for number, (type_, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _workbook(names: list[str]) -> str:
    sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, start=1))
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
