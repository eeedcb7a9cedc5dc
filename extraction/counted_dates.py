"""Read counted times: so many hours, days, weeks, months or years ago, before or after something told, or just past."""

from extraction.lexicon import words
from extraction.numbers import number_at, word_value
from extraction.text import Document
from extraction.time_expressions import Expression, express
from extraction.vocabulary import index

_WAW = "\u0648"
_BY = "\u0628"
_ON = words("particles.on")
_ABOUT = words("counted_dates.about")
_PAST = words("counted_dates.past")
_WITHIN = words("counted_dates.within")
_AGO = words("counted_dates.ago")
_BEFORE = words("counted_dates.before")
_AFTER = words("counted_dates.after")
_BEFORE_IT = words("counted_dates.before_it")
_AFTER_IT = words("counted_dates.after_it")
_EARLIER = words("counted_dates.earlier")
_LATER = words("counted_dates.later")
_OF = words("counted_dates.of")
_FEW = words("counted_dates.few")
_FIRST = words("counted_dates.first")
_SINCE = words("counted_dates.since")
_OUT = words("counted_dates.out")  # "he got away, two days ago, from an attack"
_ARTICLES = frozenset(("a", "an", "\u0627\u0644"))
_STOPS = frozenset(",.;:")
_DAY, _WEEK, _MONTH, _YEAR = 1, 7, 30, 365
_THEY_DID = "\u0648\u0627"


def counted(document: Document, first: int, last: int, row: dict[str, str], limits: tuple[int, int]) -> Expression | None:
    """The time that a unit at tokens `first` up to `last` is counted to: from the anchor ("three days ago"), from a named event ("two days
    after the attack"), or from the day told before ("a week later"). `row`: the unit's days (0: hours), and the count its form says."""
    forms, (low, high) = document.forms, limits
    unit, begin, finish = int(row["a"]), first, last
    if last < high and row["b"] == "1" and (forms[last].isdecimal() or _is(document, last, high, "weekdays")):
        return None  # "since the day of Friday", "before the day of the 4th"
    number, begin = _count_before(document, first, low)
    if number is None:
        number, finish = _count_after(document, last, high, int(row["b"]))
    while begin > low and forms[begin - 1] in _ABOUT:
        begin -= 1
    days = number * unit if unit else number // 24
    is_known = bool(number) or not unit
    head = forms[begin - 1].removeprefix(_WAW) if begin > low else ""
    after = forms[finish] if finish < high else ""
    if unit == _MONTH and number and after in _FIRST:
        return express(document, begin, finish + 1, "months_count", a=min(number, 12))
    if after in _PAST or head in _PAST:
        return _passed(document, begin - (head in _PAST or head in _WITHIN), finish + (after in _PAST), unit, number)
    if after in _AGO:
        return _ago(document, begin, finish + 1, unit, number)
    if head in _WITHIN:
        return _passed(document, begin - 1, finish, unit, number) if days and not unit else None
    if is_known and (side := _side_of_it(document, begin, low)):
        is_vague = days >= _MONTH or (side[2] and days and side[1] > low)  # an hour after "the attack" is the same day
        return express(document, side[1], finish, "vague" if is_vague else "next_day", a=side[0] * days)
    if is_known and (after in _LATER or after in _EARLIER):
        return express(document, begin, finish + 1, "next_day", a=days if after in _LATER else -days)
    if unit == _YEAR and head in _SINCE:
        return None  # "the first of its kind in four years" says how long, not when
    ahead = head in _AFTER
    if is_known and after.isascii() and (after in _AFTER or after in _BEFORE):  # "two days after the attack"
        return _from_event(document, begin, finish + 1, days, ahead=after in _AFTER)
    if not (ahead or head in _BEFORE):
        return None
    named = ahead or (_is(document, finish + 1, high, "triggers") and not (begin - 2 >= low and forms[begin - 2] in _OUT))
    if after in _OF and (ahead or after not in _ON) and is_known and named:  # "he set about, two days ago, (on) abducting two men"
        return _from_event(document, begin - 1, finish + 1, days, ahead=ahead)
    if not ahead:
        return _ago(document, begin - 1, finish, unit, number)
    # Else "will be held after two days", unless it has happened: "they fired, after two days, two shells".
    opens = forms[begin - 1] != head or begin - 1 == low or forms[begin - 2] in _STOPS or forms[begin - 2].endswith(_THEY_DID)
    return express(document, begin - 1, finish, "next_day", a=days) if opens and is_known and unit < _YEAR else None


def _count_before(document: Document, first: int, low: int) -> tuple[int | None, int]:
    """The number that ends at token `first` and where it begins: "three", "24", "a"; 0 for a vague word."""
    forms = document.forms
    if first - 2 >= low and (tens := _and_tens(forms[first - 1])) and (known := word_value(forms[first - 2])):
        return known[0] + tens, first - 2
    for width in (3, 2, 1):
        start = first - width
        if start < low:
            continue
        number = number_at(document, start, first)
        after_it = forms[start].removeprefix(_WAW) in _AFTER_IT  # spelled as "by several"
        if number and number.last == first and number.kind in ("exact", "vague") and not after_it:
            return number.value or 0, start - (start > low and forms[start - 1] in _ARTICLES)
    if first > low and forms[first - 1] in _ARTICLES and forms[first - 1].isascii():
        return 1, first - 1
    return None, first


def _count_after(document: Document, last: int, high: int, count: int) -> tuple[int, int]:
    """The number behind its unit, and where it ends: "the days three", "the hours four and twenty"; else the count the unit's form says."""
    forms = document.forms
    at = last + (last + 1 < high and forms[last] == "\u0627\u0644")
    if at >= high:
        return count, last
    if forms[at] in _FEW:
        return 0, at + 1
    if forms[at].isdecimal():
        return (int(forms[at][:3]), at + 1) if at > last or count == 0 else (count, last)
    known = word_value(forms[at])
    if not known or known[1] in ("vague", "ordinal", "article") or (count and at == last and known[0] != count):
        return count, last  # "two weeks ago [they killed] nine"
    tens = _and_tens(forms[at + 1]) if at + 1 < high else 0
    return known[0] + tens, at + 1 + bool(tens)


def _and_tens(form: str) -> int:
    """ "And the forty" behind "the eight": 40; 0 for another word."""
    known = word_value(form[1:]) if form.startswith(_WAW) else None
    return known[0] if known and known[1] == "ten" else 0


def _side_of_it(document: Document, begin: int, low: int) -> tuple[int, int, bool] | None:
    """Before (-1) or after (1) what is told, where the phrase begins, and whether it names an event: "two days after it", "before that by
    two days", "an hour before the attack", "hours after his arrival"."""
    forms = document.forms
    if begin <= low or not forms[begin].startswith(_BY):
        return None
    word = forms[begin - 1].removeprefix(_WAW)
    if word in _BEFORE_IT or word in _AFTER_IT:
        return (1 if word in _AFTER_IT else -1), begin - 1, False
    named = word.startswith("\u0627\u0644") or _is(document, begin - 1, begin, "triggers")
    if begin - 2 < low or not (word in words("counted_dates.that") or named):
        return None
    word = forms[begin - 2].removeprefix(_WAW)
    return ((1 if word in _AFTER else -1), begin - 2, named) if word in _AFTER or word in _BEFORE else None


def _is(document: Document, at: int, high: int, table: str) -> bool:
    """Whether a word of `table` begins at token `at`: "before the attack", not "before, from the village"."""
    return bool(index().begins(document.forms, at, min(at + 2, high), table))


def _from_event(document: Document, first: int, last: int, days: int, *, ahead: bool) -> Expression:
    rule = "next_day" if not days else "days_after" if days < _MONTH else "vague"  # months after it, no day is meant
    return express(document, first, last, rule, a=days if ahead else -days)


def _passed(document: Document, first: int, last: int, unit: int, number: int) -> Expression:
    """The last so many hours, days, weeks, months or years."""
    if unit == _YEAR:
        return express(document, first, last, "period", a=_YEAR * (number or 3), b=0)
    if unit == _MONTH:
        return express(document, first, last, "months_back", a=number or 3)
    if unit == _WEEK:
        return express(document, first, last, "week" if number == 1 else "period", a=7 * (number or 4), b=0)
    if unit == _DAY:
        return express(document, first, last, "days", a=number or 3, b=1)
    return express(document, first, last, "days", a=max(1, number // 24), b=0)


def _ago(document: Document, first: int, last: int, unit: int, number: int) -> Expression:
    """So long before the anchor. "Two days ago" is said of either day, "some days ago" of any of three."""
    if unit == _YEAR:
        return express(document, first, last, "years_ago" if number else "vague", a=number)
    if unit == _MONTH:
        return express(document, first, last, "months_ago" if number else "months_back", a=number or 3)
    if unit == _WEEK:
        return express(document, first, last, "days", a=7 * number, b=7 * number) if number else _passed(document, first, last, unit, 0)
    if unit == _DAY:
        return express(document, first, last, "days", a=number or 3, b=number if number > 2 else 1)
    return express(document, first, last, "days", a=number // 24, b=number // 24)
