"""Which expression of time dates an event: its own before the day somebody told of it, else the day of the account it is part of."""

from bisect import bisect_right
from datetime import date, timedelta

from extraction.folding import fold
from extraction.lexicon import words, words_and
from extraction.listing import Listing
from extraction.mention import Mention
from extraction.numbers import is_definite_ordinal, is_ordinal
from extraction.reading import Reading, between
from extraction.resolution import resolve, written_on
from extraction.statistic_mentions import is_until
from extraction.text import Sentence
from extraction.time_expressions import Expression
from extraction.triggers import FORCE_TYPES
from extraction.types import TALKS_HELD, DateMention

_EXACT = frozenset(("days", "weekday", "date"))
_LONG = frozenset(("year", "months_count", "month", "month_part", "this_month", "last_month"))
_RELATIVE = frozenset(("days", "weekday", "day_of_month"))
_YEARS_AND_PERIODS = frozenset(("year", "months_back", "months_count", "this_year", "last_year", "period"))
_BEHIND = 7  # tokens
_OPENING = 2  # tokens: "and in the year 2021 the two sides agreed …, yet in 2022 …"
_WEEK = timedelta(days=7)
_TOLD_AT_ONCE = TALKS_HELD | {"joint_operation", "statement", "request"}
HAD, ALREADY = words("event_dates.had"), words("particles.already")
_UNTIL = words("event_dates.until")
_OF = "\u0645\u0646"
_REPLY = words("event_dates.reply")
_SIDE = words("event_dates.side")
_HOURS = words("event_dates.hours")
_DEFINITE = ("\u0627\u0644", "the")
_WHICH = words("mentions.which")
_BEGAN_OR_ENDS = words("event_dates.began")
_FOR_MONTHS = words("event_dates.for_months")
THAT = frozenset(words("event_dates.that"))
_TODAY = words("event_dates.today")
_BEFORE, _SINCE = words("event_dates.before"), words("event_dates.since")
_WAR, _WAR_FAR = words_and("event_dates.war"), 16
_DETAILS = words("event_dates.details")
_IT_IS, _THE_FIRST = words("statistic_mentions.it_is"), words("statistic_mentions.the_first")
_CAME, _THIS = words_and("event_dates.came"), words("event_dates.this")
_COMES, _AFTER, _COUNTED_FROM = words("event_dates.comes"), words("event_dates.after"), words("event_dates.counted_from")
_WAW, _WHEN = "\u0648", fold("عندما")
_ITS = ("\u062a\u0647", "\u062a\u0647\u0627")
_HE, _DOING = "\u064a", words("event_dates.doing")
_TO_COME = words("coordination_mentions.to_come")


class Dating:
    """What dates each mention, worked out once a mention: it is asked beside every cluster and again for every event."""

    def __init__(self, reading: Reading, resolved: dict[int, DateMention]):
        self.reading = reading
        self.resolved = resolved
        self._known: dict[int, tuple[Mention, Expression | None, bool]] = {}  # by identity, which lasts while the mention is held here

    def expression(self, mention: Mention) -> tuple[Expression | None, bool]:
        """The expression that dates a mention's event, and whether it only dates the telling of it."""
        if not mention.dates:
            return None, False
        known = self._known.get(id(mention))
        if known is None:
            known = self._known[id(mention)] = (mention, *_expression(self.reading, mention))
        return known[1:]

    def day(self, mention: Mention) -> DateMention | None:
        """The day of a mention's event, resolved or not."""
        expression, _ = self.expression(mention)
        return self.resolved_for(mention, expression) if expression else None

    def resolved_for(self, mention: Mention, expression: Expression) -> DateMention:
        """The days of an expression for a mention: "will meet on Sunday" is the Sunday to come."""
        day = self.resolved[expression.first]
        coming = (
            mention.modality == "announced" and expression.rule == "weekday" and not (expression.says_past or expression.a or expression.b)
        )
        if coming and day.first and day.last and day.anchor and day.last < day.anchor:
            return day._replace(first=day.first + _WEEK, last=day.last + _WEEK)
        return day

    def is_told(self, mention: Mention) -> bool:
        """Whether the only day near a mention is the day somebody told of it: the event may be some days older."""
        return self.expression(mention)[1]


def _expression(reading: Reading, mention: Mention) -> tuple[Expression | None, bool]:
    """Not the day of telling where the event has its own; of several the nearest to its trigger."""
    usable = [e for e in mention.dates if e.rule not in ("vague", "other_calendar") and not _counts_to_another(e, mention)]
    if mention.kind == "incident":  # "the fiercest attack for months": for how long, not when
        usable = [e for e in usable if e.rule != "months_back" or fold(e.phrase).split()[0] not in _FOR_MONTHS]
    if (side := _side_before(reading, mention)) is not None:
        usable = [e for e in usable if e.last > side]
    if mention.kind == "coordination" and mention.modality == "occurred":  # "agreed on 14 November to include it in next year's budget"
        usable = [e for e in usable if fold(e.phrase).split()[-1] not in _TO_COME] or usable
    if mention.kind == "coordination":  # "spoke about Friday's attack"
        usable = [e for e in usable if not (e.phrase.endswith("'s") and reading.hits.between("triggers", e.last, e.last + 2))]
    forms = reading.document.forms
    # What forces did is announced the same day; what others did to them may be told of at any time.
    if mention.type not in _TOLD_AT_ONCE and (mention.is_definite or mention.type not in FORCE_TYPES | {"air_strike"}):
        usable = [e for e in usable if not _dates_a_text(reading, e)]
    usable = [e for e in usable if not (_counts_a_series(reading, e) or _tells_of_place(reading, mention, e) or _tells_of_war(reading, e))]
    if mention.kind != "statistic":  # "wanted since 2016" dates no arrest, "watched since yesterday" no raid told before
        since = [e for e in usable if e.says_since and forms[e.last : e.last + 1] != [_WHEN]]  # "the largest since March, when they …"
        since = [e for e in since if (e.rule in _LONG and mention.type != "centre") or mention.is_definite]
        usable = [e for e in usable if e not in since]
        usable = [e for e in usable if _UNTIL.isdisjoint(forms[max(0, e.first - 2) : e.first])]  # "they fought until early Saturday"
        exact = [e for e in usable if e.rule not in _YEARS_AND_PERIODS]
        opening = [e for e in usable[:1] if e.rule == "year" and e.first - reading.sentences[mention.sentence].first <= _OPENING]
        first = min((t.first for t in mention.triggers), default=mention.first)
        behind = [e for e in usable if e.rule == "year" and 0 <= e.first - first <= _BEHIND]  # "agreed in 2021 on …, yet in 2022"
        usable = exact or (usable if len(usable) == 1 else opening or behind[:1])
    usable = [e for e in usable if not _is_before_year(reading, mention, e)]
    if not usable:
        return None, False
    told = _told_dates(reading, mention)
    if mention.modality == "announced" and mention.kind == "coordination":  # "announced today a visit to come"
        usable = [e for e in usable if not _is_before_plan(reading, mention, e)]
    elif mention.is_condemned:
        usable = [e for e in usable if e not in told]
    if not usable:
        return None, False
    if len(usable) == 1:
        return usable[0], usable[0] in told
    own = [e for e in usable if e not in told]
    nearest = min(
        own or usable,
        key=lambda e: (
            # "For the second day, an operation begun yesterday goes on", "searched recently, after a blast on 21 January"
            e.rule in ("week", "month", "period", "month_part", "last_month", "this_month")
            or (e.rule == "days" and (e.a != e.b or is_definite_ordinal("".join(forms[e.last : e.last + 1])))),
            e.rule == "next_day" and not e.a,
            abs(e.first - mention.trigger) - (4 if e.first > mention.trigger else 0),
        ),
    )
    return nearest, not own


def _is_before_year(reading: Reading, mention: Mention, e: Expression) -> bool:
    """ "(Rooms as there were) before 2017", "the first since the forces withdrew in the year 2017"."""
    forms = reading.document.forms
    return e.rule == "year" and not (
        _BEFORE.isdisjoint(forms[max(0, e.first - 2) : e.first]) and _SINCE.isdisjoint(forms[mention.trigger : e.first])
    )


def _is_before_plan(reading: Reading, mention: Mention, e: Expression) -> bool:
    """ "The secretary So-and-so announced, today, Friday, (a visit)": told behind the verb of telling, however far the plan stands."""
    told = e.last <= mention.trigger and (e.rule == "days" or reading.document.forms[e.first] in _TODAY)
    return told and bool(reading.cues(reading.sentences[mention.sentence].first, mention.trigger, "say"))


def _side_before(reading: Reading, mention: Mention) -> int | None:
    """The "after" of "patrols began today after an attack on the village": what stands before it dates the patrols."""
    if mention.kind != "incident":
        return None
    first = reading.sentences[mention.sentence].first
    side = next((i for i in range(mention.trigger - 1, max(first, mention.trigger - 3), -1) if reading.document.forms[i] in _SIDE), None)
    if side is None:
        return None
    main = (h.entry.attributes for h in reading.hits.between("triggers", first, side) if h.entry.attributes["strength"] == "strong")
    return side if any(a["kind"] == "coordination" or a["type"] == "security_operation" for a in main) else None


def _counts_to_another(e: Expression, mention: Mention) -> bool:
    """Whether "two days after the attack" is no day of this event: it follows the event's own word, or a day of its own follows it."""
    if e.rule == "next_day" and e.first > mention.trigger and fold(e.phrase).endswith(_OF):
        return True  # "they killed three men hours after their abduction"
    return e.rule == "days_after" and (e.first > mention.trigger or any(o.first > e.first and o.rule in _EXACT for o in mention.dates))


def _counts_a_series(reading: Reading, e: Expression) -> bool:
    """ "The third attack in 48 hours", "the fourth of its kind this month": over which time they are counted."""
    if (e.rule in _EXACT and e.a == e.b) or e.rule in ("of_it", "day_of_month"):
        return False
    forms, at = reading.document.forms, reading.hits.at
    behind = range(max(reading.sentence_of(e.first).first + 1, e.first - 8), e.first)
    near = (i for i in behind if is_ordinal(forms[i]))
    # "A third attack", "the third attack is", "it is the third"; "second" stands in the names of months as well.
    if any(forms[i] in _THE_FIRST and forms[i - 1] in _IT_IS for i in behind):
        return True
    told = [t.last for t in reading.hits.between("triggers", e.first - 10, e.first)]
    return any((i in told if is_definite_ordinal(forms[i]) else at("triggers", i + 1)) or forms[i - 1] in _IT_IS for i in near)


def _tells_of_place(reading: Reading, mention: Mention, e: Expression) -> bool:
    """ "In the village of X, which was retaken from the group recently": of the village, not of what happened in it."""
    if mention.kind != "incident":
        return False
    forms = reading.document.forms
    if forms[e.first - 1] in _BEGAN_OR_ENDS and not _WHICH.isdisjoint(forms[max(mention.trigger + 2, e.first - 8) : e.first - 1]):
        return True  # "during the feast that began on Monday and ends on Thursday", not "the fighting that broke out today"
    which = next((i for i in range(e.first - 1, max(mention.trigger, e.first - 14), -1) if forms[i] in _WHICH), None)
    if which is None or reading.hits.between("triggers", which, e.first) or reading.hits.between("harm", which, e.first):
        return False
    return any(which - 2 <= p.last <= which for p in between(reading.places, mention.trigger + 1, which))


def _tells_of_war(reading: Reading, e: Expression) -> bool:
    """ "In an area where the group is still active, years after victory over it was declared in 2017": of how the war went."""
    if not any(form.isdecimal() and len(form) == 4 for form in reading.document.forms[e.first : e.last]):
        return False  # "(in the quarter of) Victory last week"
    first = max(reading.sentence_of(e.first).first, e.first - _WAR_FAR)
    at = reading.document.where(_WAR, first, e.first)
    told = reading.hits.between("triggers", at[-1] + 1, e.first) if at else []
    told = [t for t in told if _WHICH.isdisjoint(reading.document.forms[t.first - 2 : t.first])]  # "over the group, which held …, in 2017"
    return bool(at) and not (told or reading.hits.between("harm", at[-1] + 1, e.first))


def _told_dates(reading: Reading, mention: Mention) -> list[Expression]:
    """Days near a mention that date its telling (or a side clause), not the event."""
    usable = mention.dates
    says = reading.cues(reading.sentences[mention.sentence].first, mention.last, "say", "request")
    says = says + reading.cues(mention.trigger, mention.last, "according")
    sentence = reading.sentences[mention.sentence]
    # "He told, today, of …", and right behind the verb wherever that stands: "…, an officer said on Sunday".
    # "An agreement that they announced on Friday": made that day.
    says = [c for c in says if not (c.first == mention.trigger + 1 and reading.document.forms[c.first].endswith(_ITS))]
    told = [e for e in usable if any(0 <= e.first - c.last <= _from_verb(reading, mention, c.last, e.first) for c in says)]
    told = [e for e in told if not _opens_quote(reading, e.first)]
    told += [e for e in usable if e not in told and is_dateline(reading, sentence, e)]
    told += [e for e in usable if e not in told and _in_side_clause(reading, mention, e)]
    if mention.is_condemned or not _DETAILS.isdisjoint(reading.document.forms[max(mention.first, mention.trigger - 1) : mention.trigger]):
        told += [e for e in usable if e not in told and e.first < mention.trigger]  # "condemned, on Friday, the attack that …"
    risen = next((h.first for h in mention.harms if h.is_revised), mention.trigger)  # "the toll rose to four on Saturday after an attack"
    told += [e for e in usable if e not in told and risen <= e.first < mention.trigger]
    return told


def _opens_quote(reading: Reading, at: int) -> bool:
    """ "A source said: “Yesterday evening they attacked …”": the day stands in what he said."""
    return reading.document.forms[at - 1] == '"' and at > reading.sentence_of(at).first


def _from_verb(reading: Reading, mention: Mention, verb: int, day: int) -> int:
    """How many words may part a verb of telling from the day of telling: its subject stands between, behind the event as before it."""
    told = day > mention.trigger > verb or reading.hits.between("triggers", verb, day) or reading.hits.between("harm", verb, day)
    return 9 if day < mention.trigger or not told else 4 if verb > mention.trigger else 1


def is_dateline(reading: Reading, sentence: Sentence, e: Expression) -> bool:
    """ "KHANAQIN, Iraq, Dec 2 (Reuters)"."""
    forms = reading.document.forms
    opens = bool(e.days) and e.first - sentence.first <= 6 and not e.weekdays
    if not opens or (e.first - sentence.first > 4 and not reading.document.raw[e.start].isascii()):
        return False
    return e.explicit is not None or (e.last < len(forms) and forms[e.last] in ("(", "-"))


def _in_side_clause(reading: Reading, mention: Mention, e: Expression) -> bool:
    """A date in a clause of "after …", behind a comma from the trigger, dates what came before or after the event."""
    forms = reading.document.forms
    if not _REPLY.isdisjoint(forms[mention.trigger + 1 : e.first]):
        return True  # "carried out an operation in reply to last night's attacks", "took villages, while of 170 they held on Friday …"
    if not _SIDE.isdisjoint(forms[mention.trigger : e.first]):
        told = range(mention.trigger + 1, e.first)
        behind = (i for i in told if forms[i] in _SIDE and forms[i + 1] not in _HOURS)  # "before noon" is a time of day
        # "The strike came after a watch of days, as on 12 August jets hit a den", but "… after four meetings, the last on 11 August".
        behind = (i for i in behind if not _is_told_anew(reading, i, e.first))
        if any(forms[i - 1] in (",", "came") or forms[i - 1] in _CAME for i in behind):
            return True  # "the visit came after …"
    if any(forms[i] in HAD and not ALREADY.isdisjoint(forms[i + 1 : i + 3]) for i in range(mention.trigger + 1, e.first - 1)):
        return True  # "they burnt houses that their owners had left on Saturday"
    if mention.type in FORCE_TYPES:  # "arrested men who had attacked the town on Friday"
        deeds = reading.hits.between("triggers", mention.trigger + 1, e.first)
        deeds = [t for t in deeds if not _WHICH.isdisjoint(forms[t.first - 2 : t.first])]
        return any(t.entry.attributes["kind"] == "incident" and t.entry.attributes["type"] not in FORCE_TYPES for t in deeds)
    if mention.kind != "coordination":
        return False
    near = reading.hits.between("triggers", max(mention.trigger + 1, e.first - 6), e.first)
    near = [h for h in near if forms[h.first - 1] not in _WHICH]  # "the operation that they fought yesterday"
    # "To prevent attacks like those of two days ago", but "the operation began this morning".
    return any(h.entry.attributes["kind"] == "incident" and h.entry.attributes["type"] not in FORCE_TYPES for h in near)


def _is_told_anew(reading: Reading, side: int, day: int) -> bool:
    """Whether a comma and a deed behind it part a day from the "after" before it."""
    comma = next(iter(reading.document.where(frozenset(","), side, day)), None)
    return comma is not None and bool(reading.hits.between("triggers", comma, day))


def _dates_a_text(reading: Reading, e: Expression) -> bool:
    """A date behind a communique ("in a statement it published today", "… broadcast on Friday evening"), before what the communique says,
    is the text's own day, never an event's."""
    at = bisect_right(reading.sentence_starts, e.first)
    texts = reading.cues(max(reading.sentence_starts[at - 1] if at else 0, e.first - 9), e.first, "statement")
    if not texts or reading.cues(texts[-1].last, e.first, "say"):
        return False  # "in a separate statement, the cell announced on Thursday that …"
    between_ = reading.document.forms[texts[-1].last : e.first]
    # "In a communique published (the word for deployed) today".
    return not set(between_) & THAT and not reading.hits.between("triggers", texts[-1].last + 1, e.first)


def resolve_all(reading: Reading, published: date | None, listing: Listing) -> dict[int, DateMention]:
    """Days for every expression, by the token it begins at; under a heading with a day, "yesterday" is counted from that day."""
    out: dict[int, DateMention] = {}
    previous: DateMention | None = None
    written = written_on(reading.dates, published)
    day: DateMention | None = None  # hours and days are counted from a day, not from the month told since
    for at, expression in enumerate(reading.dates):
        heading = listing.day(bisect_right(reading.sentence_starts, expression.first) - 1) if listing.days else None
        anchor = heading.last if heading and expression.rule in _RELATIVE else written if expression.rule in _EXACT else published
        counts_on = expression.rule == "days_after"
        before = day if expression.rule == "next_day" else previous
        mention = _days_after(reading, at, day, out) if counts_on else resolve(expression, anchor, before)
        out[expression.first] = mention
        if mention.first and not (published and mention.first > published):  # what is to come next month is no day told before
            previous = mention
            day = mention if mention.date_prec in (1, 2) else day
    return out


def _days_after(reading: Reading, at: int, previous: DateMention | None, resolved: dict[int, DateMention]) -> DateMention:
    """ "They met on Tuesday, two days after an attack": the attack's day, from that of its sentence or of what was told before. But "a day
    after the attack", in a sentence without a day, is the day of what it tells, from the attack's."""
    expression = reading.dates[at]
    first = reading.sentence_of(expression.first).first
    told = next((e for e in reversed(reading.dates[max(0, at - 3) : at]) if e.first >= first and e.rule in _EXACT), None)
    follows = reading.document.forms[expression.last : expression.last + 1]
    if not told and follows and follows[0].startswith(_DEFINITE):
        expression = expression._replace(a=-expression.a)
    return resolve(expression, None, resolved[told.first] if told else previous)


def date_of(dating: Dating, mentions: list[Mention]) -> DateMention | None:
    """The best date of any mention: resolved before unresolved, a day before a period, the first before later ones."""
    if mentions[0].kind == "statistic":
        return _period_of(dating.reading, mentions[0], dating.resolved)
    dated: list[tuple[DateMention, bool]] = []
    for mention in mentions:
        expression, is_told = dating.expression(mention)
        # An account told today may be of today; what a side clause dates never is the event.
        fresh = mention.kind == "coordination" and not mention.is_definite  # "those meetings come after an attack on Saturday"
        if expression and (fresh or not (is_told and _in_side_clause(dating.reading, mention, expression))):
            day = dating.resolved_for(mention, expression)
            to_come = bool(day.first and day.anchor and day.first > day.anchor)
            # "Announced today that a delegation is to visit"; what has happened was in no month to come: that is when something else ends.
            if (to_come or not (is_told and fresh)) if mention.modality == "announced" else not (to_come and (day.date_prec or 0) > 2):
                dated.append((day, is_told))
    if not dated:
        return None
    own, every = [d for d, is_told in dated if not is_told], [d for d, _ in dated]
    found = [d for d in own if d.first] or [d for d in every if d.first] or own or every
    # "On Sunday" before "in the last days".
    return min(found, key=lambda d: (d.first is None, (d.date_prec or 9) > 2, d.precision == "range" and d.rule == "dates: days"))


def _period_of(reading: Reading, mention: Mention, resolved: dict[int, DateMention]) -> DateMention | None:
    """What an aggregate spans: its own period; "since the first of May" runs to the day of publication. Where there is another, not when it
    was told ("disclosed in January that in 2020 …"), nor how long such things have gone on ("for months …: eight this year")."""

    def is_told(e: Expression) -> bool:
        first = reading.sentences[mention.sentence].first
        says = reading.cues(max(first, e.first - 4), e.first, "say")
        opens = e.first - first <= _OPENING and reading.cues(e.last, e.last + 3, "say")  # "on (16 August) he announced that"
        return bool(opens) or (bool(says) and not THAT.isdisjoint(reading.document.forms[e.last : e.last + 2]))

    if not mention.dates:
        return None
    expression = min(mention.dates, key=lambda e: (is_told(e), e.rule == "months_back", e.first))
    period = resolved[expression.first]
    until = next((e for e in mention.dates if e.first > expression.first and is_until(reading, e)), None)
    if not (period.first and period.last):
        return period
    said = between(reading.dates, reading.sentences[mention.sentence].first, mention.last)
    said = [e for e in said if e.rule in _EXACT and is_told(e) and period.last == period.anchor]
    told = resolved[said[0].first].first if said else None  # to the day it was told
    last = resolved[until.first].last if until else told or (period.anchor if expression.says_since else None)
    return period._replace(last=last, precision="period", date_prec=5) if last and last >= period.first else period


def date_of_heading(reading: Reading, mentions: list[Mention], listing: Listing) -> DateMention | None:
    """The day of the heading an undated item stands under. None where the sentence looks back."""
    mention = min(mentions, key=lambda m: (m.is_title, m.first))
    day = listing.day(mention.sentence)
    if day is None or mention.kind == "statistic" or mention.modality == "announced":
        return None
    return None if tells_of_before(reading, mention) else day._replace(rule="dates: the day of its heading")


def tells_of_before(reading: Reading, mention: Mention) -> bool:
    """Whether the sentence says that it tells of what came before the account: "previously", "the first toll", on an anniversary."""
    first = reading.sentences[mention.sentence].first
    # "They attacked the road, and the toll was three dead" is no earlier toll; "he said earlier that they attacked" is of the telling.
    near = reading.cues(first, mention.last, "previously", "anniversary") + reading.cues(first, mention.trigger + 1, "earlier")
    return any(reading.document.forms[min(c.last, mention.last - 1)] not in THAT for c in near)


def looks_back(reading: Reading, mention: Mention) -> bool:
    """Whether the sentence may tell of what came before: in the pluperfect."""
    forms, first = reading.document.forms, reading.sentences[mention.sentence].first
    opening, before = range(first, min(first + 2, len(forms))), range(max(first, mention.trigger - 3), mention.trigger)
    near = {forms[i] for i in (*opening, *before) if not _is_doing(forms, i)}
    had_been = any(forms[i] in HAD and forms[i + 1] in ALREADY for i in range(first, mention.trigger))
    return had_been or not near.isdisjoint(HAD) or tells_of_before(reading, mention)


def _is_doing(forms: list[str], at: int) -> bool:
    """ "(A force) was carrying out (a search when …)": at that time, and not before."""
    return at + 1 < len(forms) and (forms[at + 1][0] == _HE or forms[at + 1] in _DOING)


def is_what_it_followed(reading: Reading, mention: Mention) -> bool:
    """ "That came hours after a bomber tried to enter …", "the attack comes after another, which killed six in X", "(five fell in X,)
    [hours after gunmen killed two in Y]": what it came after."""
    forms, first = reading.document.forms, reading.sentences[mention.sentence].first
    if mention.is_title:
        return False
    counted = mention.dates[0] if mention.dates and mention.first > first else None
    if counted and counted.rule in ("days_after", "next_day") and counted.first == mention.first:
        return forms[counted.last - 1] in _COUNTED_FROM
    came = next((i for i in range(first, min(first + 4, mention.trigger)) if forms[i].removeprefix(_WAW) in _COMES), None)
    if came is None:
        return False
    after = next((i for i in range(came + 1, min(came + 5, mention.trigger)) if forms[i] in _AFTER), None)
    return after is not None and not any(t.is_definite and t.first > after for t in mention.triggers[:1])


def this_came(reading: Reading, sentence: int) -> bool:
    """Whether a sentence, by its number, opens with "that came (in a meeting they held)"."""
    forms, first = reading.document.forms, reading.sentences[sentence].first
    return first + 1 < len(forms) and forms[first] in _CAME and forms[first + 1] in _THIS
