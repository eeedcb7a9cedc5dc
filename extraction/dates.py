"""Find expressions of time: full dates, months, weekdays, relative phrases, joined where they stand together.

Finding and resolving (`resolution`) are two steps, because the anchor, the publication day, is itself found from the dates.
Hijri and Kurdish-calendar dates are kept as phrases, never converted by guess.
"""

from bisect import bisect_right

from extraction.folding import fold
from extraction.lexicon import words, words_and
from extraction.matching import Entry, Hit, analyses
from extraction.numbers import number_at
from extraction.numeric_dates import YEAR, YEARS, in_figures, written_to_a_word
from extraction.relative_dates import MONTH_PARTS, SUFFIXES, days_before, first_of_day, is_past_midnight, part_named, relative
from extraction.text import Document
from extraction.time_expressions import Expression, express, make_date
from extraction.vocabulary import Hits, index

_MONDAY_OR_TWO, _HIS_TWO = fold("الاثنين"), words("dates.his_two")
_SHORT = 3  # letters of "Tue"
_NIGHT = words("dates.night")
_DAY_WORDS = words("dates.day_words")
_PAST = words("dates.past")
_CURRENT = words("dates.current")
_MONTHS_OF = words("dates.months_of")
_YEAR_HEADS = words_and("dates.year_heads")
_FRIDAY = words("dates.friday")
_PRAYERS = words("dates.prayers")
_JOINED = words("dates.joined") | frozenset(",()-/")
_FROM = words("dates.from")
_ARTICLES = frozenset(("a", "the"))
_UNTIL = words("dates.until")
_LASTING = words("dates.lasting")
_MONTHS_OF_BOTH = words("dates.months_of_both")
_FROM_OR_MONTHS = _FROM | _MONTHS_OF_BOTH
_FILLERS = words("dates.fillers")
_TWO_DAYS = words("dates.two_days")
_PARTING = words("dates.parting")
_BETWEEN = words("particles.between")
_BETWEEN_DAYS = words("dates.between_days")
_NEXT = words("dates.next")
_OF = words("dates.of")
_OF_YEAR, _THE_YEAR, _MONTH_WORDS = words("dates.of_year"), words("dates.the_year"), words("dates.month_words")
_LOOSE = words("dates.past") | words("dates.current") | frozenset("()")  # "from (20 March) last until"
_TO_DAY = words("dates.to_day") | frozenset("/-")
_OF_THE_WEEK = ["من", fold("الأسبوع")]
_HALVES = {(fold("النصف"), fold("الأول")): (1, 15), (fold("النصف"), fold("الثاني")): (16, 31)}
_QUARTERS = words("dates.quarters")
_MONTH_HEADS = words("dates.month_heads")
_MONTHS_AND_PARTS = words("dates.months_and_parts")
_SINCE = words("dates.since")
_OF_SINCE = words("dates.of_since")
_MAY_BEGIN = frozenset(("date", "weekday", "year", "month", "month_part", "this_month", "last_month", "last_year", "days", "months_count"))


def find_dates(document: Document, hits: Hits) -> list[Expression]:
    """Every expression of time in the document's sentences, in order and apart."""
    times = hits.all("times")
    found = in_figures(document)
    taken = {i for e in found for i in range(e.first, e.last)}
    found += _month_ranges(document, times, taken)
    firsts = [s.first for s in document.sentences]
    for hit in times:
        if hit.first in taken:
            continue
        reader = {"months": _month, "weekdays": _weekday, "time_phrases": relative}[hit.entry.table]
        sentence = document.sentences[bisect_right(firsts, hit.first) - 1]
        expression = reader(document, hit.first, hit.last, hit.cut, hit.entry, (sentence.first, sentence.last))
        if expression and taken.isdisjoint(range(expression.first, expression.last)):
            found.append(expression)
            taken.update(range(expression.first, expression.last))
    found += [e for e in written_to_a_word(document) if e.first not in taken]
    found += [e for e in _days_of_month(document) if taken.isdisjoint(range(e.first, e.last))]
    found += _years(document, hits, taken)
    found += _months_of_year(document, taken)
    return _join(document, sorted(found, key=lambda e: e.first))


def _days_of_month(document: Document) -> list[Expression]:
    """ "On the 5th of the month", "on the 14th a bomb …": a day of the month that is told of; no "on the 8th Division"."""
    forms, out = document.forms, []
    for sentence in document.sentences if document.where(SUFFIXES) else ():
        for i in range(sentence.first + 2, sentence.last - 1):
            if (
                forms[i + 1] not in SUFFIXES
                or not forms[i].isdecimal()
                or forms[i - 2 : i] != ["on", "the"]
                or not 1 <= int(forms[i][:3]) <= 31
            ):
                continue
            after = forms[i + 2 : i + 5]
            of_month = after[:1] == ["of"] and after[1:2] in (["the"], ["this"]) and after[2:3] == ["month"]
            plain = not after or not after[0][:1].isalpha() or (document.raw[document.span(i + 2, i + 3)[0]].islower() and after[0] != "of")
            if of_month or plain:
                out.append(express(document, i, i + (5 if of_month else 2), "day_of_month", days=(int(forms[i]),), a=-1))
    return out


def _month(document: Document, first: int, last: int, cut: int, entry: Entry, limits: tuple[int, int]) -> Expression | None:
    """Days before (or, in English, after) a month's name, the year after it, "last" after that."""
    if entry.attributes["calendar"] != "gregorian":
        return express(document, first, last, "other_calendar", cut)
    forms, (low, high) = document.forms, limits
    month = int(entry.attributes["month"])
    if framed := _framed(forms, first, last, limits):
        return express(document, *framed[:2], "date", year=framed[3], month=month, days=(framed[2],))
    latin = forms[first].isascii()
    days: list[int] = []
    begin, finish = first, last
    # "5/6 December", "4 or 5", "December/Kanun al-awwal": look back over the words between the day and the month.
    at = first - 1
    if at > low and forms[at] == "/" and _index_has_month(forms[at - 1]):  # the month's other name
        at -= 2
    if finish + 1 < high:
        finish = _past_twin(document, finish, high, month)
    while at >= low and (forms[at] in _FILLERS or forms[at] == "th" or (forms[at] == "," and forms[at - 1] in SUFFIXES)):
        at -= 1
    if at >= low and (forms[at].isdecimal() or not cut):  # "January and October" is no second of October
        told, begins = days_before(document, at, low)
        if told and tuple(forms[begins - 1 : begins + 1]) not in _HALVES:
            days, begin = list(told), begins
    if not days and not cut and at >= low:
        number = next(
            (n for k in (2, 1) if at - k + 1 >= low and (n := number_at(document, at - k + 1, at + 1)) and n.last == at + 1 and n.value),
            None,
        )
        if number and number.kind == "exact" and number.value == 1:  # "the first of" a month is said otherwise: "One June" is a quarter
            return None
        if number and number.kind == "exact" and 1 <= (number.value or 0) <= 31 and not forms[number.first].isdecimal():
            days, begin = [number.value or 0], number.first
    if days and begin > low and forms[begin - 1] in _QUARTERS:
        return None  # "the quarter of 17 July"
    dot = finish + 1 < high and forms[finish] == "." and latin  # "Dec. 4"
    if latin and not days and finish + dot < high and forms[finish + dot].isdecimal() and int(forms[finish + dot]) <= 31:
        days.append(int(forms[finish + dot]))
        finish += 1 + dot
        if finish < high and forms[finish] in SUFFIXES:
            finish += 1
        if second := _second_day(forms, finish, high, days[0]):
            days.append(second)
            finish += 2
    year, past = None, False
    look = finish
    while look < high and (forms[look] in _FILLERS or (forms[look] == "," and (latin or days))):
        look += 1
    if look < high and forms[look].isdecimal() and int(forms[look]) in YEAR:
        year, finish = int(forms[look]), look + 1
    elif finish < high and (forms[finish] in _PAST or forms[finish] in _CURRENT) and forms[finish + 1 : finish + 2] != ["year"]:
        past, finish = forms[finish] in _PAST, finish + 1
        if finish < high and forms[finish] in YEARS:  # "the 13th of last January 2013"
            year, finish = int(forms[finish]), finish + 1
        if not past and not days:
            past = True
    elif latin and begin > low and forms[begin - 1] in _PAST:
        past, begin = True, begin - 1
    if days and not year and begin - 2 >= low and forms[begin - 2] in YEARS and _is_weekday(forms[begin - 1]):
        year = int(forms[begin - 2])  # "11:20 2016 Thursday 28 April"
    part = None if days else _part_of_month(forms, first, begin, low)
    if not days and not year and not past:
        word = forms[first]
        in_month = part or (begin > low and (forms[begin - 1] in _MONTH_HEADS or forms[begin - 2 : begin] == ["month", "of"]))
        of_year = not cut and _is_of_the_year(forms, finish)
        if not (in_month or of_year) or (latin and word in ("may", "march", "mar") and not _is_proper(document, first, begin)):
            return None
    if part:
        return express(document, begin, finish, "month_part", year=year, month=month, a=part[0], b=part[1], says_past=past)
    rule = "date" if days else "month"
    return express(document, begin, finish, rule, 0 if begin < first else cut, year=year, month=month, days=tuple(days[:2]), says_past=past)


def _second_day(forms: list[str], at: int, high: int, day: int) -> int | None:
    """The last day of "December 6-7", "December 3 to 5", "December 6 and 7"; no number of people: "on December 6 and 7 soldiers"."""
    if at + 1 >= high or forms[at] not in _BETWEEN_DAYS or not forms[at + 1].isdecimal() or not day < int(forms[at + 1][:4]) <= 31:
        return None
    follows = forms[at + 2] if at + 2 < high else ""
    return int(forms[at + 1]) if not follows.isalpha() or follows in _MONTH_HEADS or forms[at] != "and" else None


def _is_of_the_year(forms: list[str], at: int) -> bool:
    """ "(November) of this year"."""
    after = forms[at : at + 2]
    return len(after) == 2 and after[0] in words("particles.from") and after[1] in _THE_YEAR


def _framed(forms: list[str], first: int, last: int, limits: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """First and last token, day and year of "9-June-2022", "09/June/2022" and, as American pages have it in Arabic, "June 9, 2022"."""
    low, high = limits
    after = forms[last : min(last + 3, high)]
    if first - 2 >= low and len(after) >= 2 and after[0] in ("-", "/") and after[0] == forms[first - 1]:
        begin, finish, day, year = first - 2, last + 2, forms[first - 2], after[1]
    elif first > low and forms[first - 1] in YEARS and after and after[0].isdecimal():  # "2021 December 8"
        begin, finish, day, year = first - 1, last + 1, after[0], forms[first - 1]
    elif after and not forms[first - 1].isdecimal():  # "June 9, 2022", "June 9th, 2022", "June 9 2022"
        at = next((i for i in range(last + 1, high) if forms[i] != "," and forms[i] not in SUFFIXES), last)
        begin, finish, day, year = first, at + 1, after[0], forms[at]
    else:
        return None
    return (begin, finish, int(day), int(year)) if year in YEARS and day.isdecimal() and 1 <= int(day) <= 31 else None


def _is_proper(document: Document, first: int, begin: int) -> bool:
    """Whether "in May" or "during March" is written as a name: the month, and no verb."""
    return document.forms[begin - 1] in ("in", "during", "since") and document.raw[document.span(first, first + 1)[0]].isupper()


def _part_of_month(forms: list[str], first: int, begin: int, low: int) -> tuple[int, int] | None:
    """The days that "mid-November", "the end of November", "at the beginning of the month of June" mean."""
    if forms[first].startswith("mid-"):
        return MONTH_PARTS["mid"]
    at = begin - 1
    while at > low and forms[at] in _MONTH_WORDS:
        at -= 1
    if forms[at] in words("particles.from") and at - 2 >= low and tuple(forms[at - 2 : at]) in _HALVES:
        return _HALVES[forms[at - 2], forms[at - 1]]
    return part_named(forms[at]) if at >= low else None


def _past_twin(document: Document, finish: int, high: int, month: int) -> int:
    """Past the month's other name: "June (Haziran)", "December / Kanun al-awwal", "January Kanun al-thani"."""
    forms = document.forms
    if finish >= high:
        return finish
    start = finish + (forms[finish] in ("/", "(", "-"))
    for hit in index().begins(forms, start, min(start + 3, high), "months"):
        if int(hit.entry.attributes["month"]) == month:
            return hit.last + (hit.last < high and forms[hit.last] == ")")
    return finish


def _index_has_month(form: str) -> bool:
    return any(entry.table == "months" for entry in index().entries(form))


def _is_weekday(form: str) -> bool:
    return any(entry.table == "weekdays" for bare, _ in analyses(form) for entry in index().entries(bare))


def _weekday(document: Document, first: int, last: int, cut: int, entry: Entry, limits: tuple[int, int]) -> Expression | None:
    """A weekday; one that means a plural ("two", without the article) needs a word for day before it."""
    forms, (low, high) = document.forms, limits
    before = forms[first - 1] if first > low else ""
    bare = forms[first][cut:]
    dated = forms[last : last + 1] == [","] and last + 1 < high and forms[last + 1].isdecimal()  # "Thursday, 06/09/2022", "Wed Jan 16"
    dated = dated or (bare.isascii() and last < high and _index_has_month(forms[last]))
    if not (bare.startswith("\u0627\u0644") or bare.isascii() or before in _DAY_WORDS or dated):
        return None
    if bare.isascii() and len(bare) == _SHORT and not (dated or (last < high and forms[last].isdecimal())):
        return None  # "sat" and "sun" are words too
    if bare in _FRIDAY and before in _PRAYERS:
        return None
    if bare == _MONDAY_OR_TWO and before in _HIS_TWO:
        return None  # "his two companions", in the letters of "Monday"
    begin = first_of_day(forms, first, low)
    night = before in _NIGHT
    days = [int(entry.attributes["day"])]
    finish = last
    # "the night of Friday/Saturday", "Friday - Saturday", "Thursday to Friday"
    parted = before in _FROM and first - 2 >= low and forms[first - 2] in _PARTING  # "the night that parts two days"
    night = night or parted
    both = bare.isascii() and finish + 1 < high and forms[finish] == "and" and not night  # "on Sunday and Monday"
    second = next((e for e in index().entries(forms[finish + 1]) if e.table == "weekdays"), None) if both else None
    if second and int(second.attributes["day"]) == (days[0] + 1) % 7:
        days.append(int(second.attributes["day"]))
        finish += 2
    while finish < high and forms[finish].startswith("\u0648"):  # "Saturday, Sunday and Monday": the first and the last
        second = next((e for b, _ in analyses(forms[finish]) for e in index().entries(b) if e.table == "weekdays"), None)
        any_two = len(days) == 1 and (parted or before in _TWO_DAYS or before in _BETWEEN)
        if second is None or not (any_two or int(second.attributes["day"]) == (days[-1] + 1) % 7):
            break
        days = [days[0], int(second.attributes["day"])]
        finish += 1
    if len(days) == 1 and finish + 1 < high and (forms[finish] in _TO_DAY or ((parted or before in _BETWEEN) and forms[finish] == "and")):
        at = finish + 1
        while at + 1 < high and forms[at] in _DAY_WORDS:  # "until the dawn of Sunday"
            at += 1
        for bare_form, _ in analyses(forms[at]):
            second = next((e for e in index().entries(bare_form) if e.table == "weekdays"), None)
            if second:
                days.append(int(second.attributes["day"]))
                finish = at + 1
                break
    if night and len(days) == 1 and finish < high:  # "the night of Saturday Sunday", "of Saturday and Sunday"
        second = next((e for b, _ in analyses(forms[finish]) for e in index().entries(b) if e.table == "weekdays"), None)
        if second and int(second.attributes["day"]) == (days[0] + 1) % 7:
            days.append(int(second.attributes["day"]))
            finish += 1
    if night and len(days) == 1 and is_past_midnight(forms, begin, low):
        days = [(days[0] + 1) % 7]
    before_last = _before_last(forms, finish, high)
    finish += before_last
    of_week = finish + 2 < high and forms[finish : finish + 2] == _OF_THE_WEEK and forms[finish + 2] in _PAST  # "Tuesday of last week"
    finish += 3 * of_week
    past = bool(before_last) or (finish < high and forms[finish] in _PAST)
    ahead = finish < high and forms[finish] in _NEXT
    finish += (past and not before_last) or ahead
    if bare.isascii() and (before in _PAST or before in _NEXT):
        past, ahead, begin = past or before in _PAST, ahead or before in _NEXT, begin - 1
    cut = cut if begin == first else 0
    weeks = 7 if before_last else -int(ahead)
    return express(document, begin, finish, "weekday", cut, weekdays=tuple(days), is_night=night, says_past=past, a=weeks, b=int(of_week))


def _before_last(forms: list[str], at: int, high: int) -> int:
    """How many tokens from `at` say "before last", which is a week more."""
    first = at + (at < high and forms[at] in words("dates.what"))
    return first + 2 - at if first + 1 < high and forms[first] in words("dates.before") and forms[first + 1] in _PAST else 0


def _month_ranges(document: Document, hits: list[Hit], taken: set[int]) -> list[Expression]:
    """ "Between January and October of this year", "the months of January (Kanun) and February 2022": whole months."""
    out = []
    forms, end_of_text = document.forms, len(document.forms)
    months = [h for h in hits if h.entry.table == "months" and h.entry.attributes["calendar"] == "gregorian"]
    for at, one in enumerate(months):
        spans = forms[one.first - 1] in _FROM_OR_MONTHS
        if not (spans or forms[one.first - 1] in _MONTH_HEADS) or one.first in taken:
            continue
        begin, past = int(one.entry.attributes["month"]), _past_twin(document, one.last, end_of_text, int(one.entry.attributes["month"]))
        two = next((h for h in months[at + 1 : at + 3] if h.first >= past), None)
        if (
            two is None
            or two.first in taken
            or two.first - past > 1
            or not (two.prefix.startswith("\u0648") or forms[two.first - 1] in _UNTIL)
        ):
            continue
        end = int(two.entry.attributes["month"])
        finish = _past_twin(document, two.last, end_of_text, end)
        year = int(forms[finish]) if finish < end_of_text and forms[finish] in YEARS else None
        finish += bool(year) or (finish < end_of_text and forms[finish] in _PAST)
        if begin < end and (spans or end == begin + 1):  # "in January and February"
            out.append(express(document, one.first, finish, "months_count", a=end, month=begin, year=year))
            taken.update(range(one.first, finish))
    return out


def _years(document: Document, hits: Hits, taken: set[int]) -> list[Expression]:
    """A bare year after a word for year or "in"."""
    out = []
    forms = document.forms
    for i in document.where(YEARS):
        sentence = document.sentence_at(i)
        if sentence is None or i == sentence.first or i in taken:
            continue
        of_months = forms[i - 1] in _OF and not _MONTHS_AND_PARTS.isdisjoint(forms[max(0, i - 4) : i - 1])
        of_event = forms[i - 1] in _ARTICLES and hits.at("triggers", i + 1)  # "a 2019 bombing"
        if forms[i - 1] in _YEAR_HEADS or of_months or of_event:
            out.append(express(document, i, i + 1, "year", year=int(forms[i])))
    return out


def _months_of_year(document: Document, taken: set[int]) -> list[Expression]:
    """ "10 months of this year": January to October."""
    out = []
    for sentence in document.sentences if document.where(_MONTHS_OF) else ():
        for i in document.where(_MONTHS_OF, sentence.first + 1, sentence.last):
            if i in taken:
                continue
            starts = (i - k for k in (2, 1) if i - k >= sentence.first)
            number = next((n for start in starts if (n := number_at(document, start, i)) and n.last == i), None)
            lasts = number and number.first > sentence.first and document.forms[number.first - 1] in _LASTING  # "for three months"
            if number and number.value and number.value <= 12 and not lasts:
                out.append(express(document, number.first, i + 1, "months_count", a=number.value))
    return out


def _join(document: Document, found: list[Expression]) -> list[Expression]:
    """One expression of "today, Saturday (4 December 2021)" or "the night of the day before yesterday, Thursday"; the fullest leads."""
    out: list[Expression] = []
    for expression in found:
        if out and _adjoin(document, out[-1], expression):
            out[-1] = _merge(document, out[-1], expression)
        elif out and (days := _range(document, out[-1], expression)):
            out[-1] = days
        elif out and _runs_until(document, out[-1], expression):
            out[-1] = express(document, out[-1].first, expression.last, "months_count", a=expression.month)
        elif out and _is_of_year(document, out[-1], expression):
            out[-1] = express(
                document, out[-1].first, expression.last, "months_count", year=expression.year, month=out[-1].month, a=out[-1].a
            )
        else:
            since = expression.rule in _MAY_BEGIN and _follows_since(document.forms, expression.first)
            out.append(expression._replace(says_since=True) if since else expression)
    return out


def _follows_since(forms: list[str], at: int) -> bool:
    """ "Since January", "since the start of the month of January"."""
    start = at - 1
    while start > at - 6 and start > 0 and forms[start] in _OF_SINCE:
        start -= 1
    return not _SINCE.isdisjoint(forms[max(0, min(start, at - 2)) : at])


def _range(document: Document, one: Expression, two: Expression) -> Expression | None:
    """ "From 28 November until 3 December", "between 3/12/2021 and 5/12/2021": the days of both, as one."""
    between = [form for form in document.forms[one.last : two.first] if form not in _LOOSE]
    if not (one.rule == two.rule == "date" and len(one.days) == len(two.days) == 1) or len(between) > 2 or (one.year and not two.year):
        return None
    opens = document.forms[max(0, one.first - 2 - (document.forms[one.first - 1] == "(")) : one.first]
    is_night = not (_NIGHT.isdisjoint(opens) or _TO_DAY.isdisjoint(between)) and two.days[0] in (1, one.days[0] + 1)
    is_range = is_night or (between[:1] == ["\u0648"] and not _BETWEEN.isdisjoint(opens)) or not _UNTIL.isdisjoint(between[:1])
    if not is_range or (_FROM.isdisjoint(opens) and not is_night) or any(form not in _JOINED for form in between[1:]):
        return None
    days, month = (one.days[0], two.days[0]), one.month or 0
    end, phrase = two.end, document.raw[one.start : two.end]
    return two._replace(first=one.first, start=one.start, end=end, phrase=phrase, days=days, b=0 if month == two.month else month)


def _runs_until(document: Document, one: Expression, two: Expression) -> bool:
    """ "Since the start of the year until the end of November"."""
    if one.rule != "this_year" or two.rule not in ("month", "month_part") or two.year or two.first - one.last > 5:
        return False
    return not _UNTIL.isdisjoint(document.forms[max(one.last, two.first - 2) : two.first])


def _is_of_year(document: Document, one: Expression, two: Expression) -> bool:
    """ "The first nine months of 2023"."""
    if one.rule != "months_count" or two.rule != "year" or two.first != one.last + 1:
        return False
    return document.forms[one.last] in _OF_YEAR


def _adjoin(document: Document, one: Expression, two: Expression) -> bool:
    between = document.forms[one.last : two.first]
    if len(between) > 3 or any(form not in _JOINED for form in between):
        return False
    if "months_count" in (one.rule, two.rule):
        return {one.rule, two.rule} <= {"months_count", "this_year", "last_year", "year"}
    kinds = {one.rule, two.rule}
    if kinds == {"days"} and between[:1] == ["("]:  # "this morning (yesterday)", as a paper corrects what it quotes
        return True
    if (two.rule == "last_year" or (two.rule == "this_year" and two.a)) and one.rule in ("month", "month_part", "date") and not one.year:
        return True
    if one.rule == two.rule == "weekday":
        return False
    return kinds <= {"days", "weekday", "date", "week", "other_calendar"} and one.rule != two.rule and kinds != {"week", "date"}


def _merge(document: Document, one: Expression, two: Expression) -> Expression:
    rank = {"date": 4, "months_count": 4, "month": 4, "month_part": 4, "days": 3, "weekday": 2}
    if {one.rule, two.rule} == {"days", "weekday"} and any(fold(e.phrase) == "overnight" for e in (one, two)):
        rank["days"] = 1  # "overnight, Friday to Saturday"
    lead, other = (one, two) if rank.get(one.rule, 0) >= rank.get(two.rule, 0) + (one.rule == two.rule) else (two, one)
    lead = _month_first(lead, other)
    last = two.last
    if "(" in document.forms[one.last : two.first] and last < len(document.forms) and document.forms[last] == ")":
        last += 1
    start, end = one.start, max(two.end, document.span(two.first, last)[1])
    year = lead.year or other.year
    if lead.rule in ("months_count", "month", "month_part", "date") and other.rule in ("last_year", "this_year"):
        year = -1 if other.rule == "last_year" else -2 if other.a else year
    told = next((e.a for e in (one, two) if e.rule == "days" and e.a == e.b), -999)  # days before the day of writing
    return lead._replace(first=one.first, last=last, start=start, end=end, phrase=document.raw[start:end], year=year,
                   weekdays=lead.weekdays or other.weekdays, is_night=one.is_night or two.is_night,
                   a=lead.a if lead.rule != "date" else told,
                   parenthesised="(" in document.forms[one.last : two.first])  # fmt: skip


def _month_first(figures: Expression, weekday: Expression) -> Expression:
    """ "Thursday, 06/09/2022": where the day before the month belies the weekday beside it, and the month before the day bears it out."""
    told = figures.explicit
    if told is None or not weekday.weekdays or len(figures.days) != 1 or any(c.isalpha() for c in figures.phrase):
        return figures
    other = make_date(told.year, told.day, told.month)
    if other is None or told.weekday() in weekday.weekdays or other.weekday() not in weekday.weekdays or figures.phrase[:4].isdecimal():
        return figures
    return figures._replace(month=other.month, days=(other.day,))


def ties_to_today(expression: Expression) -> bool:
    """ "Today" with or without its full date: the day the passage was written."""
    return expression.says_today or (
        expression.rule == "date" and expression.a == 0 and len(expression.phrase) > 14 and fold("اليوم") in fold(expression.phrase)
    )
