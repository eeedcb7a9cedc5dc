"""Lists of events: round-ups, channels' posts, chronologies. Each item tells of events of its own, on the day of the heading above it.

A heading is a line that holds nothing but a day ("Saturday 2 May:", "2023-03-12 | 07:55"), or the sentence that opens a list and names its
day ("the results of Wednesday, 8 February, were as follows:"). An item is a line that opens with a bullet, a
number, a clock time, a symbol or a place in capitals before a dash, and any line under such a heading.
"""

import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from extraction.lexicon import words
from extraction.reading import between
from extraction.resolution import resolve
from extraction.text import Document, Sentence
from extraction.time_expressions import Expression, make_date
from extraction.types import DateMention

_BULLETS = frozenset("•·*-–—▪●○■□►▶✓")
_FEWEST_ITEMS = 3
_FEWEST_HEADINGS = 2
_LONGEST_HEADING = 14  # tokens, marks of ornament included
_FILLERS = words("listing.fillers")
_RESULTS = words("listing.results")
_FOLLOWING = words("listing.following")
_DATELINE = 8  # tokens: "Oct 23 (Agency) - Following", "NEAR TUZ KHURMATO -"
_DAYS = frozenset(("date", "weekday", "month_part", "days"))


class Listing(NamedTuple):
    """For each sentence the item it stands in (None where it is in no list) and the day of the heading above it."""

    items: tuple[int | None, ...] = ()
    days: tuple[DateMention | None, ...] = ()
    preamble: int | None = None  # the sentence that ends in a colon just before the first item

    def item(self, sentence: int) -> int | None:
        return self.items[sentence] if self.items else None

    def day(self, sentence: int) -> DateMention | None:
        """The day of the heading a sentence stands under."""
        return self.days[sentence] if self.days else None


NO_LIST = Listing()


def find_listing(document: Document, dates: list[Expression], published: date | None) -> Listing:
    """The items of a text and the days of their headings; NO_LIST where it is no list."""
    sentences = document.sentences
    opens = [i == 0 or sentences[i - 1].paragraph != s.paragraph for i, s in enumerate(sentences)]
    marked = [begins and _is_marked(document, s) for begins, s in zip(opens, sentences, strict=True)]
    headings = _headings(document, dates, published, opens)
    ends = {i: next((k for k in headings if k > i), len(sentences)) for i in headings}
    # A day in the page's banner, with the headline alone under it, heads no list.
    told = [i for i in headings if any(not sentences[k].is_title for k in range(i + 1, ends[i]))]
    has_headings = len(told) >= _FEWEST_HEADINGS
    if not has_headings and sum(marked) < _FEWEST_ITEMS:
        return NO_LIST
    items: list[int | None] = []
    days: list[DateMention | None] = []
    item, day, is_in = 0, None, False
    for i, begins in enumerate(opens):
        day = headings.get(i, day) if has_headings else None
        if begins:
            item += 1
            is_in = marked[i] or (has_headings and day is not None)
        items.append(item if is_in else None)
        days.append(day)
    first = next((i for i, found in enumerate(items) if found is not None), 0)
    before = range(first - 1, max(-1, first - 4), -1)
    preamble = next((i for i in before if document.forms[sentences[i].last - 1] == ":" or _says_following(document, sentences[i])), None)
    if preamble is not None and not has_headings:
        day = _day_of_preamble(document, dates, published, sentences[preamble])
        days = [day if item is not None and i > preamble else None for i, item in enumerate(items)]
    return Listing(tuple(items), tuple(days), preamble)


def _says_following(document: Document, sentence: Sentence) -> bool:
    return not _FOLLOWING.isdisjoint(document.forms[sentence.first : sentence.first + _DATELINE])


def _day_of_preamble(document: Document, dates: list[Expression], published: date | None, sentence: Sentence) -> DateMention | None:
    """The one day that the sentence before a list names as that of its items, not as the day somebody told of them."""
    of_items = [e for e in between(dates, sentence.first, sentence.last) if e.rule in _DAYS and not e.says_today]
    forms = document.forms
    opens = _says_following(document, sentence)  # "following are developments of Tuesday:"
    before = ((e, sentence.first if opens else max(sentence.first, e.first - 3)) for e in of_items)
    found = [resolve(e, published) for e, first in before if not (_FOLLOWING if opens else _RESULTS).isdisjoint(forms[first : e.first])]
    return found[0] if len(found) == 1 and found[0].date_prec == 1 else None


def _headings(document: Document, dates: list[Expression], published: date | None, opens: list[bool]) -> dict[int, DateMention]:
    """By sentence, the day of each line that holds nothing else. A weekday alone is the next one after the heading before it."""
    out: dict[int, DateMention] = {}
    year: int | None = None
    latest: date | None = None
    sentences = document.sentences
    for i, sentence in enumerate(sentences):
        alone = opens[i] and (i + 1 == len(sentences) or opens[i + 1]) and sentence.last - sentence.first <= _LONGEST_HEADING
        found = _only_dates(document, dates, sentence) if alone else None
        if found is None:
            if year is None and not out:  # the headline's year
                year = next((e.year for e in between(dates, sentence.first, sentence.last) if e.year and e.year > 0), None)
            continue
        year = found.year or year
        if found.rule not in _DAYS:
            continue
        mention = resolve(_in_order(found, year, published, latest), published)
        if mention.first:
            out[i], latest = mention, mention.last
    return out


def _in_order(heading: Expression, year: int | None, published: date | None, latest: date | None) -> Expression:
    if heading.rule == "weekday" and latest and len(heading.weekdays) == 1:
        day = latest + timedelta(days=(heading.weekdays[0] - latest.weekday()) % 7)
        return heading._replace(rule="date", year=day.year, month=day.month, days=(day.day,))
    if heading.rule in ("date", "month_part") and not heading.year and not published:
        return heading._replace(year=year)
    return heading


def _only_dates(document: Document, dates: list[Expression], sentence: Sentence) -> Expression | None:
    """The day a line holds, where it holds nothing else but ornament, a clock time and bare numbers."""
    found = between(dates, sentence.first, sentence.last)
    if not found:
        return None
    covered = {i for e in found for i in range(e.first, e.last)}
    rest = (document.forms[i] for i in range(sentence.first, sentence.last) if i not in covered)
    if any(form.isalpha() and form not in _FILLERS for form in rest):
        return None
    return max(found, key=lambda e: (bool(make_date(e.year or 2000, e.month, e.days[-1] if e.days else None)), bool(e.weekdays)))


def _is_marked(document: Document, sentence: Sentence) -> bool:
    """Whether a line opens as an item does."""
    form = document.forms[sentence.first]
    if _is_symbol(form) or _has_place_in_capitals(document, sentence):
        return sentence.last - sentence.first > 1
    if not form.isdigit() or len(form) > 2:
        return False
    after = document.forms[sentence.first + 1 : sentence.first + 3]
    if after[:1] == [":"]:
        return len(after) == 2 and after[1].isdigit()
    return after[:1] in (["."], [")"], ["-"], ["\n"])


def _has_place_in_capitals(document: Document, sentence: Sentence) -> bool:
    """ "NEAR BAQUBA - A roadside bomb …", as agencies' round-ups open their items."""
    forms = document.forms
    if not forms[sentence.first].isascii() or "-" not in forms[sentence.first : sentence.first + _DATELINE]:
        return False
    start, end = document.span(sentence.first, forms.index("-", sentence.first))
    return document.raw[start:end].isupper()


@lru_cache(maxsize=1000)
def _is_symbol(form: str) -> bool:
    return form in _BULLETS or unicodedata.category(form[0]) == "So"
