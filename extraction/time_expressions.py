"""What an expression of time says: its rule and its numbers, before anything anchors it."""

from dataclasses import dataclass
from datetime import date

from extraction.records import Placed
from extraction.text import Document


@dataclass(slots=True, init=False)
class Expression(Placed):
    """An expression of time as read, tokens `first` up to `last`; fields are None where the words do not say. What `a` and `b` mean
    hangs on the rule: days back, parts of a month; in a range of days across two months `b` is the earlier one."""

    first: int
    last: int
    start: int
    end: int
    phrase: str
    rule: str
    year: int | None
    month: int | None
    days: tuple[int, ...]
    weekdays: tuple[int, ...]
    a: int
    b: int
    is_night: bool
    says_past: bool
    says_since: bool
    parenthesised: bool

    def __init__(
        self,
        first: int,
        last: int,
        start: int,
        end: int,
        phrase: str,
        rule: str,
        year: int | None = None,
        month: int | None = None,
        days: tuple[int, ...] = (),
        weekdays: tuple[int, ...] = (),
        a: int = 0,
        b: int = 0,
        is_night: bool = False,
        says_past: bool = False,
        says_since: bool = False,
        parenthesised: bool = False,
    ):
        self.first = first
        self.last = last
        self.start = start
        self.end = end
        self.phrase = phrase
        self.rule = rule
        self.year = year
        self.month = month
        self.days = days
        self.weekdays = weekdays
        self.a = a
        self.b = b
        self.is_night = is_night
        self.says_past = says_past
        self.says_since = says_since
        self.parenthesised = parenthesised

    @property
    def says_today(self) -> bool:
        """Whether it says "today", which ties the passage to its day of writing."""
        return self.rule == "days" and self.a == self.b == 0

    @property
    def explicit(self) -> date | None:
        """The full date it spells out, if it does."""
        return make_date(self.year, self.month, self.days[-1]) if self.year and self.month and self.days else None


def make_date(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def express(document: Document, first: int, last: int, rule: str, cut: int = 0, **fields: object) -> Expression:
    """An expression of tokens `first` up to `last`, less `cut` folded letters of proclitic, with its span and its words."""
    start, end = document.span(first, last, cut)
    return Expression(first, last, start, end, document.raw[start:end], rule, **fields)  # type: ignore[arg-type]
