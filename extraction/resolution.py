"""Give expressions of time their days, against an anchor: the table of relative dates in docs/extraction.md.

Nothing is invented: without an anchor a relative expression stays unresolved, and says so.
"""

from datetime import date, timedelta

from extraction.time_expressions import Expression, make_date
from extraction.types import DateMention

_WEEK_BEGINS = 5  # on Saturday
_PRINTED_LATE = 2  # days that a report may be older than the page it stands on


def _last_weekday(weekday: int, anchor: date) -> date:
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def _month_range(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))


def resolve(expression: Expression, anchor: date | None, previous: DateMention | None = None) -> DateMention:
    """Days for an expression, by domain.md's table. Without an anchor a relative one stays unresolved: precision unknown, no days."""
    if expression.year == -1 and expression.rule != "months_count":  # "June of last year"
        expression = expression._replace(year=anchor.year - 1 if anchor else None)
    if expression.year == -2:  # "May of the same year"
        expression = expression._replace(year=previous.last.year if previous and previous.last else None)
    first, last, precision, prec, noted = _days(expression, anchor, previous)
    if first and last is None:
        last = first
    flags = list(noted)
    if (
        first
        and expression.weekdays
        and expression.rule in ("date", "days")
        and first == last
        and first.weekday() != expression.weekdays[0]
    ):
        flags.append("weekday_mismatch")
    return DateMention(expression.start, expression.end, expression.phrase, first, last, precision if first else "unknown",
                       prec if first else None, anchor, f"dates: {expression.rule}", tuple(flags))  # fmt: skip


def written_on(expressions: list[Expression], published: date | None) -> date | None:
    """The day a report was written: that of its first "today, Wednesday" where it was published a day or two later, else the latter."""
    today = next((e for e in expressions if e.says_today and len(e.weekdays) == 1 and not e.explicit), None)
    if published is None or today is None:
        return published
    named = _last_weekday(today.weekdays[0], published)
    return named if (published - named).days <= _PRINTED_LATE else published


def _days(e: Expression, anchor: date | None, previous: DateMention | None) -> tuple[date | None, date | None, str, int, tuple[str, ...]]:
    if e.rule == "date" and (e.year or anchor):
        return _calendar_day(e, anchor)
    if e.rule in ("next_day", "days_after", "of_it"):
        known = (1, 2, 4) if e.rule == "of_it" else (1, 2)
        base = previous.last if previous and previous.last and previous.date_prec in known else None
        if e.rule == "of_it":
            day = make_date(base.year, base.month, e.days[0]) if base else None
        else:  # what came two days before "the attack came two days after it"
            day = base + timedelta(days=e.a if e.rule == "next_day" else -e.a) if base else None
        return day, day, "day", 1, ()
    if e.rule == "same_month":
        told = previous.last if previous and previous.last and (previous.date_prec or 9) <= 4 else None
        first, last = _month_range(told.year, told.month) if told else (None, None)
        return first, last, "month", 4, ()
    if e.rule == "year" and e.year:
        return date(e.year, 1, 1), date(e.year, 12, 31), "year", 5, ()
    if e.rule == "months_count" and (anchor or (e.year or 0) > 0):
        year = e.year if e.year and e.year > 0 else (anchor.year - (e.year == -1 or (e.month or 0) > anchor.month) if anchor else 0)
        return date(year, e.month or 1, 1), _month_range(year, e.a)[1], "period", 5, ()
    if e.rule == "this_year" and e.a and previous and previous.last:  # "in the same year": of the date told before
        year = previous.last.year
        return date(year, 1, 1), min(date(year, 12, 31), anchor or date.max), "year", 5, ()
    if e.rule in ("month", "month_part") and e.month and (e.year or anchor):
        year = e.year or (anchor.year - (e.month > anchor.month) if anchor else 0)
        first, last = _month_range(year, e.month)
        if e.rule == "month_part":
            first, last = first.replace(day=e.a), min(last, first.replace(day=min(e.b, last.day)))
        return first, last, "month", 4, ()
    return _relative_days(e, anchor) if anchor else (None, None, "unknown", 0, ())


def _calendar_day(e: Expression, anchor: date | None) -> tuple[date | None, date | None, str, int, tuple[str, ...]]:
    year = e.year or (anchor.year if anchor else 0)
    days = _days_of_months(e, year)
    if not e.year and anchor and days[-1] and days[-1] > anchor + timedelta(days=0 if e.says_past else 45):
        days = _days_of_months(e, year - 1)
    if not days or days[0] is None or days[-1] is None:
        return None, None, "unknown", 0, ("impossible_date",)
    nights = len(e.weekdays) == 2 and len(days) == 1  # "the night of Friday/Saturday, the first of May"
    if nights and days[0].weekday() == e.weekdays[1]:
        return days[0] - timedelta(days=1), days[0], "night", 2, ()
    if nights and days[0].weekday() == e.weekdays[0]:
        return days[0], days[0] + timedelta(days=1), "night", 2, ()
    if len(days) == 1:
        return days[0], days[0], "day", 1, ()
    return days[0], days[-1], "range", _precision_of(days[0], days[-1]), ()


def _precision_of(first: date, last: date) -> int:
    """The `date_prec` of a range: some days, a week, a month, more."""
    long = (last - first).days
    return 2 if long < 6 else 3 if long < 8 else 4 if long < 31 else 5


def _days_of_months(e: Expression, year: int) -> list[date | None]:
    """The day, or the first and last, of a date in a year: the first may be of a month before ("from 28 November until 3 December")."""
    if not e.b:
        return [make_date(year, e.month, day) for day in e.days]
    return [make_date(year - (e.b > (e.month or 0)), e.b, e.days[0]), make_date(year, e.month, e.days[-1])]


def _relative_days(e: Expression, anchor: date) -> tuple[date | None, date | None, str, int, tuple[str, ...]]:
    def back(days: int) -> date:
        return anchor - timedelta(days=days)

    if e.rule == "days" and e.a == e.b and len(e.weekdays) == 1 and back(e.a).weekday() != e.weekdays[0]:
        named = _last_weekday(e.weekdays[0], back(e.a))
        if (back(e.a) - named).days <= _PRINTED_LATE:  # "today, Wednesday", in Thursday's paper
            return named, named, "night" if e.is_night else "day", 1, ("weekday_mismatch",)
    if e.rule == "days":
        return back(e.a), back(e.b), "night" if e.is_night else ("day" if e.a == e.b else "range"), 1 if e.a == e.b else 2, ()
    if e.rule == "weekday" and e.a < 0:
        coming = _last_weekday(e.weekdays[0], anchor) + timedelta(days=7)
        return coming, coming, "day", 1, ()
    if e.rule == "weekday":
        first = _last_weekday(e.weekdays[0], anchor)
        if e.says_past and first == anchor:
            first = back(7)
        first -= timedelta(days=e.a)  # a week for "the Saturday before last"
        if e.b and (first - _last_weekday(_WEEK_BEGINS, anchor)).days >= 0:
            first -= timedelta(days=7)  # "of last week", told of this week's day of that name
        if len(e.weekdays) == 1:
            return first, first, "night" if e.is_night else "day", 1, ()
        last = _last_weekday(e.weekdays[1], anchor)
        first = last - timedelta(days=(last.weekday() - e.weekdays[0]) % 7)
        return first, last, "night" if e.is_night else "range", 2, ()
    if e.rule == "day_of_month":
        is_past = e.a > 0 or (e.a < 0 and e.days[-1] > anchor.day)  # of last month; of whichever month came last
        base = anchor.replace(day=1) - timedelta(days=1) if is_past else anchor
        first_day, day = make_date(base.year, base.month, e.days[0]), make_date(base.year, base.month, e.days[-1])
        if first_day is None or day is None or first_day > day:
            return None, None, "unknown", 0, ("impossible_date",)
        if first_day == day:
            return day, day, "day", 1, ()
        return first_day, day, "range", _precision_of(first_day, day), ()
    if e.rule == "week":
        return back(e.a), back(e.b), "period", 3, ()
    if e.rule == "period":
        return back(e.a), back(e.b), "period", 4, ()
    if e.rule in ("last_month", "this_month", "month_part"):
        base = anchor.replace(day=1)
        if e.rule == "last_month" or e.says_past:
            base = (base - timedelta(days=1)).replace(day=1)
        first, last = _month_range(base.year, base.month)
        if e.rule == "month_part":
            first, last = first.replace(day=e.a), first.replace(day=min(e.b, last.day))
        return first, last, "month", 4, ()
    if e.rule == "months_ago":
        months = anchor.year * 12 + anchor.month - 1 - e.a
        return *_month_range(months // 12, months % 12 + 1), "month", 4, ()
    if e.rule == "years_ago":
        return date(anchor.year - e.a, 1, 1), date(anchor.year - e.a, 12, 31), "year", 5, ()
    if e.rule in ("last_year", "this_year"):
        year = anchor.year - (e.rule == "last_year")
        return date(year, 1, 1), date(year, 12, 31) if e.rule == "last_year" else anchor, "year", 5, ()
    if e.rule == "months_back":
        return back(31 * e.a), anchor, "period", 5, ()
    return None, None, "unknown", 0, ()
