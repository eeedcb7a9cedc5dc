"""Dates in figures, and months written to the word before them: 2021-06-06, 6/6/2021, "Saturday (4/12)", "SecurityOctober 12, 2021"."""

import re
from bisect import bisect_left

from extraction.folding import fold
from extraction.lexicon import rows, words
from extraction.matching import analyses
from extraction.text import Document
from extraction.time_expressions import Expression, express, make_date
from extraction.vocabulary import index

# Both begin with the digit and ask then what stands before it: what begins with a letter or a digit is searched for five times as fast.
_NUMERIC = re.compile(
    r"(\d(?<![\d/.]\d)(?<!\d-\d)\d{0,3})(?:([/.\\-])(\d{1,2})\2| ?/ ?(\d{1,2}) ?/ ?"
    r"|(?:(?<=\d{4}) - | - (?=\d\d? - \d{4}))(\d{1,2}) - )(\d{1,4})(?!\d|[/-]\d)"
)
_TWO_NUMBERED = re.compile(r"(\d(?<![\d/.-]\d)\d?)[/-](\d{1,2})([/.-])(\d{1,2})\3(\d{4})(?!\d)")
_APART = re.compile(r"\d[/.\\-]\d|\d ?/ ?\d|\d - \d")
_TWO_PARTED = re.compile(r"\d ?[/-] ?\d")
_DATED = words("dates.dated")
_ON = words("relative_dates.on")
_PARTED = frozenset("/-")
_LONG_MONTHS = {
    fold(row["name"]): int(row["month"]) for row in rows("months.tsv") if row["calendar"] == "gregorian" and len(row["name"]) > 3
}
YEAR = range(1990, 2061)
YEARS = frozenset(map(str, YEAR))


def in_figures(document: Document) -> list[Expression]:
    """2021-06-06, 6/6/2021, 06.06.2021: day before month, as the region writes, unless only the other order is a date."""
    out: list[Expression] = []
    if not _APART.search(document.folded):  # far quicker told than where a date may begin
        return out
    for match in _NUMERIC.finditer(document.folded):
        first = _token_at(document, match.start())
        sentence = None if first is None else document.sentence_at(first)
        if first is None or sentence is None or match.end() > document.ends[sentence.last - 1]:
            continue
        one, two, three = int(match[1]), int(match[3] or match[4] or match[5]), int(match[6])
        year, month, day = (one, two, three) if len(match[1]) == 4 else (three, two, one)
        if len(match[1]) != 4 and len(match[6]) == 2:
            year += 2000
        if month > 12 >= day:
            month, day = day, month
        if year in YEAR and make_date(year, month, day):
            out.append(_spelled(document, first, match.end(), year, month, (day,)))
    for match in _TWO_NUMBERED.finditer(document.folded):  # the night of 18/19-1-2022
        before, day, month, year = (int(match[n]) for n in (1, 2, 4, 5))
        first = _token_at(document, match.start())
        if before + 1 == day and year in YEAR and make_date(year, month, day) and first is not None:
            out.append(_spelled(document, first, match.end(), year, month, (before, day)))
    taken = {i for e in out for i in range(e.first, e.last)}
    return out + [e for e in _without_year(document) if e.first not in taken]


def _token_at(document: Document, offset: int) -> int | None:
    """The token that begins at this place in the folded text."""
    at = bisect_left(document.starts, offset)
    return at if at < len(document.starts) and document.starts[at] == offset else None


def _without_year(document: Document) -> list[Expression]:
    """ "On the evening of 5/12": a day and a month behind a word for day, or behind a weekday ("Saturday (4/12)")."""
    forms, out = document.forms, []
    for sentence in document.sentences if _TWO_PARTED.search(document.folded) else ():
        for i in range(sentence.first + 2, sentence.last - 1):
            if forms[i] not in _PARTED or not (forms[i - 1].isdecimal() and forms[i + 1].isdecimal()):
                continue
            before = forms[i - 2 - (forms[i - 2] == "(" and i - 3 >= sentence.first)]
            is_weekday = any(entry.table == "weekdays" for b, _ in analyses(before) for entry in index().entries(b))
            told = before in _DATED or (before in _ON and forms[i] == "/") or is_weekday
            day, month = int(forms[i - 1][:3]), int(forms[i + 1][:3])
            goes_on = i + 2 < sentence.last and (forms[i + 2] in _PARTED or _is_month(document, i + 2, sentence.last))
            if told and make_date(2000, month, day) and not goes_on:
                out.append(express(document, i - 1, i + 2, "date", month=month, days=(day,)))
    return out


def _spelled(document: Document, first: int, end: int, year: int, month: int, days: tuple[int, ...]) -> Expression:
    """The date in figures from token `first` to the character `end`."""
    last = first + 1
    while last < len(document.ends) and document.ends[last - 1] < end:
        last += 1
    return express(document, first, last, "date", year=year, month=month, days=days)


def written_to_a_word(document: Document) -> list[Expression]:
    """ "SecurityOctober 12, 2021", as pages print it in Arabic: a month written to the name of the page's section."""
    forms, out = document.forms, []
    for i in document.where(YEARS, 3):
        day, name = forms[i - 2], forms[i - 3]
        if forms[i - 1] != "," or not day.isdecimal() or not 1 <= int(day[:3]) <= 31 or document.sentence_at(i - 3) is None:
            continue
        for month, number in _LONG_MONTHS.items():
            if name.endswith(month) and len(name) > len(month) + 1:
                fields = {"year": int(forms[i]), "month": number, "days": (int(day),)}
                out.append(express(document, i - 3, i + 1, "date", len(name) - len(month), **fields))
                break
    return out


def _is_month(document: Document, at: int, high: int) -> bool:
    return bool(index().begins(document.forms, at, min(at + 2, high), "months"))
