"""The day a report came out: given, a line of the page, a dateline, or what "today" means in its own words. Never a banner's clock."""

import re
from datetime import date, timedelta

from extraction.dates import ties_to_today
from extraction.lexicon import words
from extraction.resolution import resolve
from extraction.text import Document, Sentence
from extraction.time_expressions import Expression, make_date
from extraction.types import Published
from extraction.vocabulary import Hits

_URL_DATES = (
    re.compile(r"(?<!\d)(?P<y>20\d\d)/(?P<m>\d{1,2})/(?P=m)-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>20(?P<yy>\d\d))/(?P<m>\d\d)/(?P=yy)(?P=m)(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>19\d\d|20\d\d)[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>20\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)/?(?P<m>\d\d)(?P<d>\d\d)(?:\d{6})?(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d\d)(?P<m>\d\d)(?P<y>20\d\d)\d{0,2}(?!\d)"),  # with the number of the day's report
)
_PAGE_URL = re.compile(r"^[ \t]*https?://[^ \t\n]+[ \t]*$", re.MULTILINE)  # a page that prints its own address
_LAST_URL = re.compile(r"https?://[^ \t\n]+\s*$")
_HEAD_OF_PAGE = 400  # characters
_LABELS = tuple(words("publication.labels"))
_MASTHEAD = tuple(words("publication.masthead"))
_ENDED = words("publication.ended")
_CODES = words("publication.codes")  # "Code of the news: 85423", and the day on the next line
_SIGNED = words("publication.signed")
_BYLINES = words("publication.bylines")
_BODIES = tuple(words("publication.bodies"))
_COUNTERS = words("publication.counters")
_LONGEST_LINE = 9  # words beside the date
_LONGEST_SIGNATURE = 6
_SHORTEST_LEAD = 12  # tokens
_LONGEST_DATELINE = 16  # tokens
_LONGEST_LEAD_IN = 12  # tokens up to the day of telling
_LEADING_FIGURES = " :-./0123456789"  # "28.07.2020 - updated: 28.07.2020"
_ARABIC = "\u0600"
_COMMENTS = words("publication.comments")  # "13 November 2019  Iraq news  Leave a comment"
_SHORT_BYLINE = 4  # tokens
_LABEL_FAR = 4  # tokens from the label to its day
_AMERICAN = re.compile(r"[1-9]\d?/[1-9]\d?/\d{4} \d{1,2}:\d\d:\d\d [AP]M")  # "12/4/2021 9:15:00 PM"
_DAY_FIRST = re.compile(r"\d{1,2}\D\d{1,2}\D\d{4}")
_WESTERN = {0x660 + n: str(n) for n in range(10)}
_NEWS_OF_DAYS = 3
_HAD, _THAT = words("event_dates.had"), words("furniture.that")
_FAR_TELLING = 20  # tokens: "told So-and-so, of the village of X, the network Y, on Sunday"
_LONGEST_PAPER = 3  # words of a newspaper's name
_BANNERS = words("publication.banners")
_CLOCK = re.compile(r"\d:\d\d|\u00b0")
_DECK = 40  # tokens of a deck between the headline and the labelled day
_ZONES = words("publication.zones")
_PRINTED_LATE = 2  # days
_BULLETS = ("\u2022", "*")  # "• Saturday, 09 November 2024" in a page's menu
_FOOT = 8  # lines, from the end
_LONGEST_FOOT_LINE = 32  # tokens
_LANDMARKS = words("publication.landmarks")  # days of history, in ISO form
_COUNTED_ON = "publication: today's weekday after the last full date"


def from_url(url: str | None) -> date | None:
    """The day a URL spells (…/2021/12/04/…, …/20211204/…), None where it spells none."""
    found = (make_date(int(m["y"]), int(m["m"]), int(m["d"])) for form in _URL_DATES for m in form.finditer(url or ""))
    return next((day for day in found if day), None)


def find_published(document: Document, hits: Hits, dates: list[Expression], *, given: date | None, url: str | None, head: int) -> Published:
    """The publication day with its basis; `head` is the first token of the body (what stands before is headline, byline, banner)."""
    if given:
        return Published(given, "given", rule="publication: given")
    year = max((e.year or 0 for e in dates if e.first >= head), default=0)
    body = [_in_told_year(document, hits, e, year) for e in dates if e.first >= head]
    foot = _foot(document)
    told = _today([e for e in body if not ((s := document.sentence_at(e.first)) and s.first in foot)] or body)
    line = _page_line(document, hits, dates, body, head)
    if line and line.date and told and told.date:  # printed that day, or a day or two after "today"; one only counted on to is of any year
        later = (line.date - told.date).days
        if 0 < later <= _PRINTED_LATE or (told.rule == _COUNTED_ON and later % 7 <= _PRINTED_LATE):
            return line
    found = told or (_month_first(document, body, line) if line else None) or _of_the_telling(document, hits, body)
    if found:
        return found
    raw, tail = document.raw, max(0, len(document.raw) - _HEAD_OF_PAGE)
    printed = _PAGE_URL.search(raw, 0, _HEAD_OF_PAGE) or _LAST_URL.search(raw, tail) or _PAGE_URL.search(raw, tail)
    day = from_url(url) or (from_url(printed.group()) if printed else None)
    if day:
        return Published(day, "metadata", rule="publication: url")
    told_of = _lead_day(document, body) or _lead_weekday(document, hits, body) or _caption_day(document, body)
    return told_of or Published(None, "unknown", rule="publication: nothing says")


def _in_told_year(document: Document, hits: Hits, e: Expression, year: int) -> Expression:
    """ "Today, Friday 15 September", where the latest year told ("since the start of 2023") has it on a Friday: of that year."""
    day = make_date(year, e.month, e.days[0]) if e.weekdays and e.month and not e.year and len(e.days) == 1 else None
    fits = day is not None and day.weekday() in e.weekdays and (ties_to_today(e) or _is_told_in_lead(document, hits, e))
    return e._replace(year=year) if fits else e


def _month_first(document: Document, body: list[Expression], line: Published) -> Published:
    """A page's "4/7/2021" over news of a Wednesday: the 7th of April, which was one, where the 4th of July was not."""
    first = next((e.weekdays[0] for e in body if len(e.weekdays) == 1 and not e.explicit), None)
    day = line.date
    if day is None or line.start is None or line.end is None or day.day > 12:
        return line
    in_figures = _DAY_FIRST.fullmatch(document.raw[line.start : line.end].translate(_WESTERN))
    other = make_date(day.year, day.day, day.month) if in_figures else None
    if other is None or (first is not None and (day.weekday() - first) % 7 <= _NEWS_OF_DAYS):
        return line
    return line._replace(date=other) if other.weekday() == first or _AMERICAN.match(document.raw, line.start) else line


def _today(body: list[Expression]) -> Published | None:
    """From the text: "today, Saturday (4 December 2021)", or "today, Monday" beside a full date of the days before it."""
    first_today = next((e for e in body if e.says_today and e.weekdays and not e.explicit), None)
    spelled = [e for e in body if e.explicit and ties_to_today(e)]
    if first_today and (not spelled or first_today.first < spelled[0].first):
        day = _next_weekday(first_today, body)
        if day:
            return Published(day, "text", first_today.start, first_today.end, _COUNTED_ON)
    if spelled:
        return Published(spelled[0].explicit, "text", spelled[0].start, spelled[0].end, "publication: today with its date")
    return None


def _of_the_telling(document: Document, hits: Hits, body: list[Expression]) -> Published | None:
    """The day the lead says it was told on, the dateline, or the day after "yesterday, Saturday (4 December 2021)"."""
    told = _told_today(document, hits, body)
    for e in body:
        if told and e.explicit and e.explicit.weekday() != told.weekdays[0]:
            continue  # "announced on Thursday … that on Wednesday, 13 October 2021, its forces had arrested"
        if e.explicit and len(e.days) == 1 and _is_told_in_lead(document, hits, e):
            told_on = e.explicit + timedelta(days=e.a if 1 <= e.a <= 2 else 0)  # "told yesterday, Saturday (4 December 2021)"
            return Published(told_on, "text", e.start, e.end, "publication: the day of the lead's telling")
    dateline = next((e for e in body[:1] if _is_dateline(document, e)), None)
    if dateline:
        return Published(dateline.explicit, "dateline", dateline.start, dateline.end, "publication: dateline")
    for e in body:
        if e.explicit and e.rule == "date" and 1 <= e.a <= 2:
            days = e.a if len(e.days) == 1 else 0  # last night, from the 11th to the 12th
            return Published(e.explicit + timedelta(days=days), "text", e.start, e.end, "publication: yesterday with its date")
    return None


def _is_dateline(document: Document, e: Expression) -> bool:
    """ "Baghdad, 14 July 2013 - …", "(Kirkuk, 14 July 2013)", "Kirkuk (Iraq) (Agency) - 14/7/2013 -": the body opens with a place, an
    agency beside it or not, and a full date, parted from what follows or in brackets."""
    sentence = document.sentence_at(e.first)
    if not e.explicit or sentence is None:
        return False
    forms = document.forms
    before = forms[sentence.first : e.first]
    names = [form for form in before if form.isalpha() and form not in _SIGNED]
    if not 0 < len(names) <= (5 if "(" in before else 3):
        return False
    opened = before.count("(") > before.count(")")
    closed = opened and forms[e.last : e.last + 1] == [")"]  # "Kifri - Agency (4 December 2021): …"
    after = forms[e.last + closed : e.last + closed + 1]
    return bool(after) and (after[0] in ("-", "(", ":", "/") or (closed and before[0] == "("))


def _lead_day(document: Document, body: list[Expression]) -> Published | None:
    """The weekday with its full date in the first sentence, as official sites tell of their day ("on Thursday, corresponding to 15 June
    2023"), where the report spells out no later day."""
    lead = next((s for s in document.sentences if not s.is_title and s.last - s.first > _SHORTEST_LEAD), None)
    spelled = [e for e in body if e.explicit]
    e = next((each for each in spelled if each.weekdays), None)
    if e is None or lead is None or not (lead.first <= e.first < lead.last and e.weekdays and len(e.days) == 1):
        return None
    is_latest = all((o.explicit or date.min) <= (e.explicit or date.min) for o in spelled)
    return Published(e.explicit, "text", e.start, e.end, "publication: the lead's day") if is_latest else None


def _lead_weekday(document: Document, hits: Hits, body: list[Expression]) -> Published | None:
    """The weekday the lead was told on ("the directorate announced on Thursday …"), the first after the last full date of the report ("…
    on Tuesday and Wednesday, 18 and 19 October 2022")."""
    told = _told_on(document, hits, body)
    day = _next_weekday(told, body) if told else None
    return (
        Published(day, "text", told.start, told.end, "publication: the lead's weekday after the last full date") if told and day else None
    )


def _caption_day(document: Document, body: list[Expression]) -> Published | None:
    """The full date that ends a caption over the lead ("… in Baghdad, October 13, 2020."), where it is the report's first weekday."""
    e, named = body[0] if body else None, next((e for e in body[1:] if e.rule == "weekday" and not e.explicit), None)
    sentence = document.sentence_at(e.first) if e else None
    if e is None or named is None or sentence is None or not e.explicit or e.last < sentence.last - 1:
        return None
    above = document.sentences[0].paragraph + document.sentences[0].is_title
    is_caption = sentence.paragraph <= above and e.explicit.weekday() == named.weekdays[0]
    return Published(e.explicit, "text", e.start, e.end, "publication: the caption's day") if is_caption else None


def _told_today(document: Document, hits: Hits, body: list[Expression]) -> Expression | None:
    return next((e for e in body if e.says_today and e.weekdays), None) or _told_on(document, hits, body)


def _told_on(document: Document, hits: Hits, body: list[Expression]) -> Expression | None:
    """The weekday beside the verb of telling in the lead: "announced on Wednesday that …"."""
    lead = next((s for s in document.sentences if not s.is_title and s.last - s.first > _SHORTEST_LEAD), None)
    if lead is None:
        return None
    weekdays = (e for e in body if lead.first <= e.first < min(lead.last, lead.first + _LONGEST_LEAD_IN))
    named = (e for e in weekdays if e.rule == "weekday" and not e.explicit and len(e.weekdays) == 1)
    return next((e for e in named if hits.cues(lead.first, e.first, "say")), None)


def _next_weekday(today: Expression, body: list[Expression]) -> date | None:
    # "The 13th of last January, 2013" is of some month before; a day without its weekday may be of any year, or it is today or yesterday.
    told = [e for e in body if e.explicit and not e.says_since and (e.weekdays or not (e.says_past or str(e.explicit) in _LANDMARKS))]
    full = [e.explicit for e in told if e.explicit and (e.weekdays or (today.weekdays[0] - e.explicit.weekday()) % 7 <= 1)]
    if not full:
        return None
    return _on_to(today.weekdays[0], max(full))


def _on_to(weekday: int, day: date) -> date:
    """The first such weekday from a day on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _is_told_in_lead(document: Document, hits: Hits, e: Expression) -> bool:
    """A full date in the lead that goes with the verb of telling: "announced on Sunday (27 September 2020) that"."""
    sentence = document.sentence_at(e.first)
    if sentence is None or sentence.is_title:
        return False
    is_marked = bool(e.weekdays) or document.forms[e.first - 1] == "("
    body = [s.paragraph for s in document.sentences if not s.is_title and s.last - s.first > 12]
    if not body or sentence.paragraph > body[0] + is_marked:
        return False
    verbs = [h for h in hits.between("cues", sentence.first, e.first) if h.entry.attributes["cue"] in ("say", "statement")]
    if not verbs or e.first - verbs[-1].last > _FAR_TELLING or document.where(_HAD, sentence.first, sentence.first + 2):
        return False  # "the ministry had announced on 13 March 2021"
    # "Said that his forces withdrew on 18 October 2017", "announced the arrest of a man who took part in an attack on 4 March 2019".
    told_of = document.where(_THAT, verbs[-1].last, e.first)
    return not told_of and (is_marked or not _tells_news(document, hits, verbs[-1].last, e.first))


def _page_line(document: Document, hits: Hits, dates: list[Expression], body: list[Expression], head: int) -> Published | None:
    """A line of its own that the body does not contradict: near the top, after the headline or labelled as the day of publication; or at
    the end, as a signature. Failing these one above the headline: where the text says "today" of its weekday, or stamped in figures."""
    banner: Published | None = None
    unlabelled: Published | None = None
    told = [e.explicit for e in body if e.explicit and len(e.days) == 1]
    now = _told_today(document, hits, body)
    today = now.weekdays[0] if now else None
    foot = _foot(document)
    for e in dates:
        sentence = document.sentence_at(e.first)
        if e.explicit is None or sentence is None or e.rule != "date":
            continue
        if (_opens_its_lead(document, e, sentence) or _ends_report(document, e)) and not any(day > e.explicit for day in told):
            return _of_line(e, labelled=False)
        if _opens_page(document, e) and not any(day > e.explicit for day in told):
            return Published(e.explicit, "metadata", e.start, e.end, "publication: labelled at the top of the page")
        if e.start > document.span(e.first, e.first + 1)[0] and e.first <= head + _DECK and not any(day > e.explicit for day in told):
            return _of_line(e, labelled=False)  # "SecurityOctober 12, 2021": written to the section's name
        if e.a > 0 or _tells_news(document, hits, sentence.first, sentence.last):
            continue
        rest = _words_beside(document, dates, sentence)
        line = document.folded[document.starts[sentence.first] : document.ends[sentence.last - 1]]
        labelled = line.lstrip(_LEADING_FIGURES).startswith(_LABELS) or any(word in line for word in _MASTHEAD)
        labelled = labelled or _is_behind_label(document, e, sentence) or not _COMMENTS.isdisjoint(rest)
        labelled = labelled or bool(document.where(_CODES, max(0, sentence.first - _LABEL_FAR - 1), sentence.first))
        after_title = document.title is not None and e.start >= document.title[1]
        if not after_title and "+" in line and not _ZONES.isdisjoint(rest):
            continue  # "17:50 Erbil, GMT +3": a clock that runs; but "23 January, 09:15 (GMT+3)" under the headline
        is_bare = not set(rest) - _SIGNED
        before = document.sentence_at(max(0, sentence.first - 2))  # "Soldiers in Kirkuk. 12 March 2013": a caption
        is_caption = before is not None and before.paragraph == sentence.paragraph and before.last - before.first > _SHORT_BYLINE
        at_top = e.first <= head + (_DECK * (1 + labelled) if labelled or is_bare else 12) and (
            labelled or (after_title and not is_caption)
        )
        is_signature = sentence.first in foot and e.first > head and _is_signature(document, hits, sentence, e, rest, labelled=labelled)
        if any(day > e.explicit for day in told):
            continue
        commas = document.forms[sentence.first + 1] == document.forms[e.first - 1] == "," and e.first <= sentence.first + 4
        if commas and e.first <= head + 4 and sentence.last - sentence.first <= _LONGEST_DATELINE:
            return _of_line(e, labelled)  # "Baghdad, 15 October 2013, agencies", on a line of its own
        # "Today, Wednesday" is printed that day, or a day or two later.
        agrees = labelled or today is None or (e.explicit.weekday() - today) % 7 <= _PRINTED_LATE
        if agrees and (is_signature or (at_top and len(rest) <= _LONGEST_LINE + 3 * labelled)):
            if labelled or is_bare:
                return _of_line(e, labelled)
            unlabelled = unlabelled or _of_line(e, labelled)  # may be a caption's: "forces in Diyala - 5 March 2020 (the agency)"
        if (
            banner is None
            and e.first < head
            and not (e.weekdays and document.forms[sentence.first] in _BULLETS)
            and today in (None, e.explicit.weekday())
        ):
            is_banner = is_bare and (today is not None or _told_of(body, e))
            if is_banner or _is_stamp(document, e, sentence, rest) or _is_of_paper(document, dates, body, e, sentence, rest):
                banner = _of_line(e, labelled)
    return unlabelled or banner


def _is_behind_label(document: Document, e: Expression, sentence: Sentence) -> bool:
    """ "Code of the news: 85423 - date of publication: 9 June 2022": the label opens a part of the line."""
    forms = document.forms
    parts = (i for i in range(max(sentence.first + 1, e.first - _LABEL_FAR), e.first) if not forms[i - 1].isalpha())
    return any(forms[i].startswith(_LABELS) for i in parts)


def _told_of(body: list[Expression], banner: Expression) -> bool:
    """Whether the report's first weekday is the banner's or the one before it, or "yesterday, Sunday" under a Monday: news of that day."""
    near = body[0] if body and body[0].rule == "date" and not body[0].year else None  # "KIRKUK, Iraq, May 8 (the agency)" under the 9th
    if near and banner.explicit and (day := make_date(banner.explicit.year, near.month, near.days[-1])):
        return 0 <= (banner.explicit - day).days <= _PRINTED_LATE
    first = next((e for e in body[:1] if len(e.weekdays) == 1 and not e.explicit), None)
    first = first or next((e for e in body if e.rule == "days" and len(e.weekdays) == 1 and not e.explicit), None)
    if first is None or banner.explicit is None:
        return False
    since = (banner.explicit.weekday() - first.weekdays[0]) % 7
    return since == first.a if first.rule == "days" else first.rule == "weekday" and bool(banner.weekdays) and since <= 1


def _opens_page(document: Document, e: Expression) -> bool:
    """ "date 2021-12-04 18 minutes ago", "date 2021-12-04 The ministry …": the page begins with the label and its day."""
    opening = document.sentences[0]
    is_line = opening.is_title or document.forms[opening.first].isascii()  # "date 2021-12-04 ERBIL (Agency) - Three soldiers …"
    return is_line and e.first == opening.first + 1 and document.forms[opening.first] in _LABELS


def _opens_its_lead(document: Document, e: Expression, sentence: Sentence) -> bool:
    """ "12 October 2021Two soldiers were killed …": the page's day, written to the lead without a blank."""
    return e.first == sentence.first and document.raw[e.end : e.end + 1].isalpha()


def _ends_report(document: Document, e: Expression) -> bool:
    """ "… to the hospital. (end) 4/12/2021": behind the agency's last word."""
    before = document.forms[max(0, e.first - 3) : e.first]
    return e.last >= len(document.forms) - 1 and bool(before) and not before[-1].isalpha() and not _ENDED.isdisjoint(before)


def _tells_news(document: Document, hits: Hits, first: int, last: int) -> bool:
    """Whether an event's word stands in it, no noun such as "centre", other than one that counts the page's readers: "322 visits"."""
    found = [h for h in hits.between("triggers", first, last) if h.entry.attributes["strength"] != "weak" or h.entry.is_verb]
    return any(document.forms[h.first] not in _COUNTERS or not _is_counted(document, h.first) for h in found)


def _is_counted(document: Document, at: int) -> bool:
    """ "322 visits", "301 number of views", "views: 301"."""
    return any(form.isdecimal() for form in document.forms[max(0, at - 4) : at + 3])


def _foot(document: Document) -> set[int]:
    """Where the loose lines under the body begin: short, and without a full stop."""
    out: set[int] = set()
    for sentence in reversed(document.sentences[-_FOOT:]):
        is_closed = document.forms[sentence.last : sentence.last + 1] == ["."]
        if is_closed or sentence.last - sentence.first > _LONGEST_FOOT_LINE:
            break
        out.add(sentence.first)
    return out


def _is_signature(document: Document, hits: Hits, sentence: Sentence, e: Expression, rest: list[str], *, labelled: bool) -> bool:
    """A line with nothing but a day, with a label or a byline, or with who signs and where: "Media Centre, 12/5/2021", "Erbil 9/6/2022"."""
    names = [word for word in rest if word not in _SIGNED]
    if not names or names[0] in _BYLINES or labelled:
        return len(names) <= _LONGEST_LINE
    if len(names) > _LONGEST_SIGNATURE or hits.cues(sentence.first, sentence.last, "say"):
        return False
    if sentence is document.sentences[-1] and e.last == sentence.last and document.forms[e.first - 1] in ("-", "|") and len(names) <= 3:
        return True  # "The Agency - 25/7/2018"
    is_body = names[0].startswith(_BODIES) or any(hits.at(table, sentence.first) for table in ("speakers", "offices"))
    return is_body or (len(names) == 1 and not names[0].startswith("\u0648"))


def _is_stamp(document: Document, e: Expression, sentence: Sentence, rest: list[str]) -> bool:
    """A day in figures above the headline, on a line of its own or beside the newspaper's name: a live banner spells the day out, or
    stands first and has the page's menu below it."""
    in_figures = not any(c.isalpha() for c in e.phrase)
    if not in_figures and len(e.phrase.split()) == 1:
        return True  # "26-October-2021": written by the page itself
    is_first = sentence.first == document.sentences[0].first
    is_headed = _is_above_title(document, sentence)
    if is_headed and not (is_first or e.weekdays or rest) and not _has_clock(document, sentence):
        return True  # "4 September 2016", below the paper's name: a live banner has a weekday or a clock
    return in_figures and (bool(set(rest) - _SIGNED) or not is_first or is_headed)


def _is_of_paper(
    document: Document, dates: list[Expression], body: list[Expression], e: Expression, sentence: Sentence, rest: list[str]
) -> bool:
    """ "The Paper  Thursday 13 March 2014": a newspaper's name and the day, over news of the days before it, or without a clock and with
    nothing between them and the headline."""
    named = 0 < len([word for word in rest if word not in _SIGNED]) <= _LONGEST_PAPER and _BANNERS.isdisjoint(rest)
    weekday = e.weekdays or any(o.weekdays for o in dates if sentence.first <= o.first < e.first)
    if not (named and weekday and e.explicit and e.first > sentence.first):
        return False
    told = next((o.weekdays[0] for o in body if len(o.weekdays) == 1 and not o.explicit), None)
    if told is not None:
        return (e.explicit.weekday() - told) % 7 <= _PRINTED_LATE
    return _is_above_title(document, sentence) and not _has_clock(document, sentence)


def _has_clock(document: Document, sentence: Sentence) -> bool:
    return bool(_CLOCK.search(document.folded, document.starts[sentence.first], document.ends[sentence.last - 1]))


def _is_above_title(document: Document, sentence: Sentence) -> bool:
    """Whether nothing stands between a line and the headline, or the body where there is none."""
    end = document.span(sentence.first, sentence.last)[1]
    if document.title is None:
        return len(document.sentences) > 1 and sentence is document.sentences[0] and not document.sentences[1].is_title
    return document.title is not None and end < document.title[0] and not document.raw[end : document.title[0]].strip()


def _words_beside(document: Document, dates: list[Expression], sentence: Sentence) -> list[str]:
    """The words of a line that belong to no date; figures and marks left out."""
    inside = [e for e in dates if sentence.first <= e.first < sentence.last]
    covered = {i for e in inside for i in range(e.first, e.last)}
    return [
        form
        for i, form in enumerate(document.forms[sentence.first : sentence.last], sentence.first)
        if i not in covered and form.isalpha() and not _is_garbled(document.raw[document.span(i, i + 1)[0]])
    ]


def _is_garbled(letter: str) -> bool:
    """Whether a letter is neither ASCII nor Arabic: a page's Arabic read in another coding, no word beside the day."""
    return not letter.isascii() and letter < _ARABIC


def _of_line(e: Expression, labelled: bool) -> Published:
    mention = resolve(e, None)
    return Published(mention.last, "metadata" if labelled else "dateline", e.start, e.end, "publication: line of the page")
