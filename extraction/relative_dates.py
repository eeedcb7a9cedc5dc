"""Read relative expressions of time: "yesterday", "three days ago", "the fourth of this month"."""

from functools import cache

from extraction.counted_dates import counted
from extraction.folding import fold
from extraction.lexicon import words, words_and
from extraction.matching import Entry
from extraction.numeric_dates import YEARS
from extraction.text import Document
from extraction.time_expressions import Expression, express

_NIGHT = words("dates.night")
_PAST = words("dates.past")
MONTH_PARTS = {
    word: days for days, part in (((1, 10), "early"), ((10, 20), "middle"), ((15, 31), "late")) for word in words(f"dates.{part}_in_month")
}
_OF, _THE_YEAR = words("dates.of"), words("dates.the_year")
SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_PARTING = words("dates.parting")
_DAY_WORDS, _BEFORE_DAY_WORDS = words("dates.day_words"), words("relative_dates.before_day_words")
_BETWEEN, _BETWEEN_DAYS = words("particles.between"), words("dates.between_days")
_ON = words("relative_dates.on")
_TITLED, _OUTLETS = words("relative_dates.titled"), words_and("speakers.agency")
_OPENING, _CLOSING, _PARTED = frozenset('("'), frozenset(')"'), frozenset("-:/|")
_UNTIL, _FROM = words("dates.until"), words("dates.from")
_TO, _TODAY = "\u0644", fold("اليوم")
_WAW, _WEEK = "\u0648", fold("الأسبوع")
_TAKEN = words("relative_dates.taken")
_OF_A_YEAR = words("relative_dates.of_a_year") | {"19", "20"}


def relative(document: Document, first: int, last: int, cut: int, entry: Entry, limits: tuple[int, int]) -> Expression | None:
    """What a phrase of time_phrases.tsv at tokens `first` up to `last` says, with the number or the day that stands beside it."""
    row, forms, (low, high) = entry.attributes, document.forms, limits
    rule = row["rule"]
    if rule == "unit":
        return counted(document, first, last, row, limits)
    follows_day = rule == "of_it" or (rule == "this_month" and bool(row["a"]))  # a word that means a month only behind its day
    of = first > low and forms[first - 1] in _OF
    if first > low and (follows_day or rule in ("last_month", "this_month")):
        days, begin = days_before(document, first - 1 - of, low)
        if days and (follows_day or of or (begin > low and forms[begin - 1] in _ON)):
            # the 27th of last month, the fifth of the current one, the fourteenth of the same
            name = "of_it" if rule == "of_it" else "day_of_month"
            return express(document, begin, last, name, days=days, a=int(rule == "last_month"))
        part = part_named(forms[first - 1 - (of and first - 2 >= low)])
        if part and not follows_day:  # "the beginning of last month", "late this month"
            return express(document, first - 1 - of, last, "month_part", a=part[0], b=part[1], says_past=rule == "last_month")
    if follows_day or (rule == "same_month" and forms[last : last + 1] == ["of"]):
        return None  # "during the month of June"
    if forms[first] == "recently" and last < high and forms[last] in _TAKEN:
        return None  # "the recently liberated town"
    if rule == "days" and last == first + 1 and first > low and (_is_of_outlet(forms, first, low) or _is_until_now(forms, first, low)):
        return None
    if rule in ("days", "next_day"):  # "the evening of the day before yesterday"
        begin = first_of_day(forms, first, low)
        first, cut = begin, cut if begin == first else 0
    night = any(word in _NIGHT or word.startswith("الليل") for word in forms[first:last])
    if night and last < high and (forms[last] in _PARTING or forms[last] in _BETWEEN):  # "the night that parts Saturday from Sunday"
        return None
    if (
        rule == "months_count"
        and not words("particles.from").isdisjoint(forms[last : last + 1])
        and forms[last + 1 : last + 2]
        and not _OF_A_YEAR.intersection((forms[last + 1], forms[last + 1][:2]))
    ):
        return None  # "the second half of April"
    if rule == "months_count" and last == first + 1 and not (forms[last : last + 1] and forms[last] in YEARS | _THE_YEAR):
        return None  # Spring is a name as well
    past = rule == "month_part" and last < high and forms[last] in _PAST
    month = int(row["b"]) if rule == "months_count" else None
    a, b = int(row["a"] or 0), int(row["b"] or 0)
    if night and rule == "days" and is_past_midnight(forms, first, low):
        a, b = a - 1, b - 1
    return express(document, first, last + past, rule, cut, a=a, b=b, month=month, is_night=night, says_past=past)


def part_named(form: str) -> tuple[int, int] | None:
    """The days that "early", "and mid" mean, in a month."""
    return MONTH_PARTS.get(form) or MONTH_PARTS.get(form.removeprefix(_WAW))


def is_past_midnight(forms: list[str], first: int, low: int) -> bool:
    """Whether "after the middle of" stands before a night at token `first`: the day that follows it."""
    return first - 2 >= low and forms[first - 1] in words("relative_dates.middle") and forms[first - 2] in words_and("relative_dates.after")


def _is_of_outlet(forms: list[str], today: int, low: int) -> bool:
    """ "Told (Baghdad Today)", "BAGHDAD TODAY - Kirkuk", "the newspaper Today": an outlet's name, no day."""
    if forms[today] != _TODAY:
        return False
    if forms[today - 1] in _OUTLETS:
        return True
    if forms[today - 1].removeprefix(_TO) not in _TITLED:
        return False
    before, after = forms[today - 2] if today - 2 >= low else "", forms[today + 1 : today + 2]
    in_marks = before in _OPENING and not _CLOSING.isdisjoint(after)
    heads = (today - 1 == low or before == "-") and not _PARTED.isdisjoint(after)
    return in_marks or heads or before.removeprefix(_TO) in _OUTLETS or before == _TO or forms[today - 1].startswith(_TO)


def _is_until_now(forms: list[str], today: int, low: int) -> bool:
    """ "Their fate is unknown to this day": no day of an event, unless a period ends on it ("from Friday until today")."""
    ends = forms[today] == _TODAY and forms[today - 1] in _UNTIL and not "".join(forms[today + 1 : today + 2]).isalnum()
    return ends and _FROM.isdisjoint(forms[max(low, today - 8) : today])


def first_of_day(forms: list[str], first: int, low: int) -> int:
    """The token at which the day named at token `first` begins: "the dawn of the day of", "the evening of"."""
    while first > low and forms[first - 1] in _DAY_WORDS and forms[first - 1] not in _BEFORE_DAY_WORDS:
        first -= 1
    return first


def days_before(document: Document, at: int, low: int) -> tuple[tuple[int, ...], int]:
    """The days of the month that end at token `at` (one, or the first and last of "5/6", "the 3rd to the 5th") and where they begin."""
    forms = document.forms
    days: list[int] = []
    begin = at + 1
    at -= at > low and forms[at] in SUFFIXES
    while at >= low and (one := _day_before(document, at, low)):
        if days and forms[at].isdecimal() != forms[begin].isdecimal():
            break  # "28 Tishrin al-thani to 3 Kanun": no second to the third
        day, begin, follows = one
        days.insert(0, day)
        if not follows and not (begin - 1 > low and forms[begin - 1] in _BETWEEN_DAYS):
            break
        at = begin - 1 - (not follows)
    if begin > low and document.forms[begin - 1] == _WEEK:
        return (), begin  # "the first week of May" is no first of May
    return tuple(days if len(days) < 2 else (days[0], days[-1])), begin


def _day_before(document: Document, at: int, low: int) -> tuple[int, int, bool] | None:
    """A day of the month that ends at token `at`, the token it begins at, and whether it is joined to one before ("and the seventh")."""
    number = document.forms[at]
    if number.isdecimal():
        return (int(number), at, False) if len(number) <= 2 and 1 <= int(number) <= 31 else None
    found = ordinal_before(document, at, low)
    if found is None and number.startswith(_WAW) and at > low:
        found = ordinal_before(document, at, at, number[1:])
        return (*found, True) if found else None
    return (*found, False) if found else None


def ordinal_before(document: Document, at: int, low: int, bare: str = "") -> tuple[int, int] | None:
    """ "The twenty-third of": the day and the token it begins at, for words that end at token `at` (which may be read as `bare`)."""
    forms = document.forms
    for width in (3, 2, 1):
        first = at - width + 1
        if first < low:
            continue
        word = bare or " ".join(forms[first : at + 1]).replace(f" {_WAW} ", f" {_WAW}")  # "the fifth and twentieth", parted or not
        day = _ordinals().get(word) or (_ordinals().get("\u0627" + word[1:]) if word.startswith("\u0644\u0644") else None)
        if day:
            return day, first
    return None


@cache
def _ordinals() -> dict[str, int]:
    """Days of the month in words: the first … the thirty-first, folded."""
    units = [fold(w) for w in ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر")]
    out = {word: number for number, word in enumerate(units, 1)}
    for number, word in enumerate([fold("الحادي"), *units[1:9]], 11):
        out[f"{word} {fold('عشر')}"] = number
    for tens, names in ((20, ("العشرين", "العشرون")), (30, ("الثلاثين", "الثلاثون"))):
        for name in names:
            out[fold(name)] = tens
            for number, word in enumerate([fold("الحادي"), *units[1:9]], 1):
                out[f"{word} {chr(0x648)}{fold(name)}"] = tens + number
    return {word: number for word, number in out.items() if number <= 31}
