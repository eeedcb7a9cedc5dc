"""Read an aggregate from a clause: so many attacks, victims, fires or villages in a period longer than days, or in one governorate after
another; how many they fell to; the seventh of its kind in two months."""

from itertools import pairwise

from extraction.lexicon import words
from extraction.mention import Mention, count_before
from extraction.numbers import Number, is_definite_ordinal, number_at
from extraction.reading import Reading, between
from extraction.time_expressions import Expression
from extraction.triggers import FORCE_TYPES, Trigger

_PERIODS = frozenset(
    ("week", "period", "months_count", "year", "this_year", "last_year", "months_back", "last_month", "this_month", "same_month")
)
_LONG = frozenset(("months_count", "year", "this_year", "last_year", "months_back"))
_YEARS = frozenset(("year", "this_year", "last_year"))
_RUNNING = frozenset(("months_count", "this_year", "months_back"))
_SUMMED = frozenset(("killed", "wounded", "casualties", "abducted", "arrested", "displaced"))
_SUMMED_UP = frozenset(("killing", "abduction", "arrest", "weapons_seizure", "security_operation", "arson_destruction"))
_HELD_IN_STORE = words("statistic_mentions.held_in_store")
_EXACT = frozenset(("date", "days", "weekday"))
_DAYS = _EXACT | {"day_of_month"}
_DAYS_OR_YEAR = _DAYS | {"year", "month"}
_POINTS = frozenset(("village", "town", "subdistrict", "district", "facility"))
_DAYS_OF_ONE = 5  # that one operation or one visit may take
_TELLER = 8  # tokens at most from the verb to the day: "the governorate's department of health disclosed, on Sunday, …"
_SHORTEST_MONTH = 28  # days from one day of a month to that of the next, at least
_MANY = 10
_HELD_OFTEN = frozenset(("joint_operation", "joint_patrol", "meeting", "call"))
_YEAR = 300  # days and more
_NO_DAYS, _ORDINAL_FAR = 60, 6
_SEVERAL = 5
_OF_A_WAR = 100
_UNTIL = words("statistic_mentions.until")
_SINCE = words("dates.since")
_BEGAN = words("statistic_mentions.began")
_STATE = words("statistic_mentions.state")
_WATCHING = words("statistic_mentions.watching")
_SEASON = words("statistic_mentions.season")
_SHARE = words("statistic_mentions.share")
_NUMBER_OF = words("statistic_mentions.number_of")
_REACHED = words("statistic_mentions.reached")
_CHANGED = words("statistic_mentions.changed")
_PERCENT = words("statistic_mentions.percent")
_IT_IS, _THE_FIRST = words("statistic_mentions.it_is"), words("statistic_mentions.the_first")
_WITHIN = words("statistic_mentions.within")
_LASTED = words("statistic_mentions.lasted")  # "an operation that went on from 10 to 31 December"
_LOST = words("statistic_mentions.lost")
_WARS = words("statistic_mentions.wars")
_WITHIN_OR_SINCE = _WITHIN | _SINCE


def may_hold_statistic(reading: Reading, first: int, last: int) -> bool:
    """Whether a clause without a word for an attack or for harm may give a sum: of fires, of villages left, of victims."""
    if reading.cues(first, last, "tally") and reading.hits.between("harm", first, last):
        return True
    counted = reading.hits.between("measures", first, last) or _number_reached(reading, first, last)
    return bool(counted) and (
        any(_is_period(e) for e in between(reading.dates, first, last)) or _since_event(reading, first, last) is not None
    )


_OF_ITS_KIND = words("statistic_mentions.of_its_kind")  # "the second of its kind this year": no sum


def read_statistics(reading: Reading, base: Mention, triggers: list[Trigger], *, follows: bool) -> list[Mention]:
    """The aggregates of a clause: one, or one for each period or governorate that has figures of its own. One that follows another keeps
    its period untold."""
    if any(_is_the_first(reading, base, e) for e in base.dates):
        return []
    since = _since_event(reading, base.first, base.last)
    if since is None and _is_of_a_war(base):
        since = next(iter(reading.document.where(_WARS, base.first, base.last)), None)
    period = _periods(reading, base, since) if base.dates else []
    if any(t.type != "killing" for t in triggers):  # "searching villages since Sunday, they killed six": one operation of some days
        period = [e for e in period if e.rule != "weekday" and (e.rule != "date" or all(t.type != "security_operation" for t in triggers))]
    exact = [e for e in base.dates if e.rule in _EXACT and e not in period and not e.says_since and not is_until(reading, e)]
    exact = [e for e in exact if not _is_of_telling(reading, e)]
    if exact and (not period or (period[0].rule == "week" and exact[0].first < min((h.first for h in base.harms), default=0))):
        return []  # "found eight bodies on Wednesday, among them six men shown last week": told by its own day
    counted = [t for t in triggers if _is_counted(reading, t)]
    if exact and any(t.kind == "coordination" for t in counted):
        return []  # "have held five meetings since last year, the last of them on Sunday": that one is told
    one_of_many = _is_one_of_many(reading, base, triggers)
    if not (period or counted or follows or since is not None or one_of_many):
        return []
    statistic = base._replace(kind="statistic", type="aggregate", triggers=tuple(counted), weight=0.7)
    if period or since is not None or one_of_many:
        sums = bool(reading.cues(base.first, base.last, "tally")) and _sums(reading, base)
        told = counted or sums or one_of_many or _number_reached(reading, base.first, base.last)
        if not (told or _changed(reading, base, triggers) or _is_big(reading, base, triggers, period, exact, since)):
            return []
        # "Since the battle began on the 17th"
        dates = tuple(
            e._replace(says_since=True) if since is not None and e.first > since and e.rule in _DAYS_OR_YEAR else e for e in period
        )
        return _parts(reading, statistic._replace(dates=dates + tuple(_ends(reading, base, period))), period)
    many = [t for t in counted if (count_before(reading, t) or 0) >= _MANY]
    attacks = not base.is_title and any(
        (count_before(reading, t) or 0) >= _NO_DAYS and t.type not in FORCE_TYPES for t in many
    )  # of no one day
    staged = any(t.kind == "coordination" for t in many)  # "carried out 12 joint operations"
    if many and (follows or attacks or staged or reading.cues(base.first, base.last, "count")):
        return [statistic._replace(triggers=tuple(many), weight=0.6)]
    if follows and _goes_on(reading, base, triggers):
        return _parts(reading, statistic._replace(weight=0.6), period)
    return []


def _is_the_first(reading: Reading, base: Mention, e: Expression) -> bool:
    """ "In an incident that is the first in the area since the beginning of the year"."""
    forms = reading.document.forms
    near = range(max(base.first + 1, e.first - _ORDINAL_FAR), e.first)
    return any((is_definite_ordinal(forms[k]) or forms[k] in _THE_FIRST) and forms[k - 1] in _IT_IS for k in near)


def _is_of_a_war(base: Mention) -> bool:
    """Whether so many fell, on no day and at no point, that "its battles against ISIS" are those of a war."""
    if any(e.rule in _EXACT for e in base.dates) or any(p.mention.level in _POINTS for p in base.places):
        return False
    return any((h.value or 0) >= _OF_A_WAR and h.harm in _SUMMED for h in base.harms)


def _periods(reading: Reading, base: Mention, since: int | None) -> list[Expression]:
    """The dates of a clause that say what it sums up over."""
    told = [e for e in base.dates if _is_period(e) and not _is_state(reading, e) and not _is_of_watching(reading, e)]
    told = [e for e in told if not e.days or _LASTED.isdisjoint(reading.document.forms[max(base.first, e.first - 4) : e.first])]
    told = [e for e in told if _OF_ITS_KIND.isdisjoint(reading.document.forms[max(base.first, e.first - 3) : e.first])]
    return [e for e in base.dates if e in told or (since is not None and 0 <= e.first - since <= 9)]


def _is_period(e: Expression) -> bool:
    # "From 10 to 31 December", "from 8 May until 30 June"
    long = len(e.days) == 2 and e.days[1] - e.days[0] + (_SHORTEST_MONTH if e.b else 0) > _DAYS_OF_ONE
    weeks = e.rule == "date" and long
    return weeks or (e.says_since and e.rule != "days") or e.rule in _PERIODS or (e.rule == "month" and not e.days)


def _since_event(reading: Reading, first: int, last: int) -> int | None:
    """The token of "since" that no date but an event follows: "since the battle began", "since its liberation", or of "in the last season";
    None where there is none.
    What somebody has been since ("wanted since") is no period."""
    forms = reading.document.forms
    for i in reading.document.where(_WITHIN_OR_SINCE, first, last - 1):
        if forms[i] in _WITHIN and forms[i + 1] in _SEASON:
            return i
        if forms[i] not in _SINCE or _says_state(reading, i):
            continue
        if not _BEGAN.isdisjoint(forms[i + 1 : i + 3]):
            return i
    return None


def _ends(reading: Reading, base: Mention, period: list[Expression]) -> list[Expression]:
    """Where a period that begins on a day ends: "since 16 October …, until Thursday"."""
    return [e for e in base.dates if e not in period and period and e.first > period[0].first and is_until(reading, e)]


def is_until(reading: Reading, e: Expression) -> bool:
    """ "Up to and including 31 July": where the count ends, not the day of an attack."""
    return not _UNTIL.isdisjoint(reading.document.forms[max(0, e.first - 2) : e.first])


def _is_of_telling(reading: Reading, e: Expression) -> bool:
    """ "He said on Tuesday that the number since January …", "at a press conference held on Tuesday"."""
    near = reading.cues(max(reading.sentence_of(e.first).first, e.first - _TELLER), e.first, "say", "statement")
    at = e.last + (reading.document.forms[e.last : e.last + 1] == [")"])
    if reading.document.forms[at : at + 1] == [","] and reading.cues(at + 1, at + 2, "say"):
        return True  # "yesterday, the ministry's secretary disclosed …"
    return any(e.first - c.last <= 3 or reading.document.forms[e.first - 1] == "," for c in near)


def _is_counted(reading: Reading, trigger: Trigger) -> bool:
    """A number of attacks; a number of shells is the weapon of one."""
    entry = trigger.hit.entry
    shells = not entry.term.isascii() and bool(reading.hits.at("weapons", trigger.first))
    if trigger.type == "shelling" and (trigger.strength == "weak" or shells):
        return False
    if entry.is_verb and (entry.attributes["type"] == "shelling" or not entry.term.isascii()):
        return False  # "a force of Brigade 110 clashed with …"
    count = count_before(reading, trigger)
    if count is None or not _HELD_IN_STORE.isdisjoint(reading.document.forms[max(0, trigger.first - 3) : trigger.first]):
        return False  # "a store that held 60 bombs"
    return trigger.kind == "incident" or trigger.strength == "plural" or (count >= _MANY and trigger.type in _HELD_OFTEN)


def _is_big(
    reading: Reading, base: Mention, triggers: list[Trigger], period: list[Expression], exact: list[Expression], since: int | None
) -> bool:
    """So many victims, or fires, or villages, that no single event is told of."""
    running = since is not None or any(e.says_since for e in period)
    months = {i for e in base.dates if e.rule == "month" for i in (e.last, e.last + 1)}  # "in October of the same year"
    long = (e.rule in _LONG or (e.rule == "period" and e.a >= _YEAR) for e in period if e.rule not in _YEARS or e.first not in months)
    over_a_year = running or any(long)
    if exact or (not over_a_year and any(p.mention.level in _POINTS for p in base.places)):
        return False
    singular = [t for t in triggers if t.kind == "incident" and (t.strength == "strong" or _is_one(t)) and not _is_counted(reading, t)]
    done = [t for t in singular if t.type not in _SUMMED_UP]
    clashes = running and all(t.type == "clash" for t in done)  # "170 civilians died in clashes and acts of violence since January"
    is_alone = not done or clashes or any(e.rule in _RUNNING or len(e.days) == 2 for e in period)
    least = _SEVERAL if over_a_year or any(len(e.days) == 2 for e in period) else _MANY
    if is_alone and any(h.value and h.value >= least and h.harm in _SUMMED for h in base.harms):
        return True
    burnt = any(t.type == "arson_destruction" and t.hit.entry.is_verb for t in singular)
    if burnt and not over_a_year:
        return False  # "last week the group set fire to 400 dunams": one fire, of so many
    if done:
        return (running or is_alone) and _measured(reading, base, _MANY, done_to_people=False)  # "68 pylons have been blown up since June"
    return _measured(reading, base, least, done_to_people=any(not t.is_definite for t in singular))


def _is_one(trigger: Trigger) -> bool:
    """ "The district saw clashes", one event though the word is plural; not "its battles". "A car had gone off", the car named before."""
    return (trigger.type == "clash" and not trigger.is_definite) or (trigger.type == "ied" and trigger.hit.entry.is_verb)


def _is_state(reading: Reading, e: Expression) -> bool:
    """ "Wanted since 2015", beside "87 wanted men since 2015"."""
    since = next((i for i in range(e.first - 1, max(0, e.first - 6), -1) if reading.document.forms[i] in _SINCE), None)
    return since is not None and _says_state(reading, since)


def _is_of_watching(reading: Reading, e: Expression) -> bool:
    """ "After a pursuit that lasted seven months", beside so many arrested in one raid."""
    return not _WATCHING.isdisjoint(reading.document.forms[max(0, e.first - 4) : e.first])


def _says_state(reading: Reading, since: int) -> bool:
    forms = reading.document.forms
    state = next((i for i in range(max(0, since - 2), since) if forms[i] in _STATE), None)
    return state is not None and number_at(reading.document, state - 1, state) is None


def _measured(reading: Reading, base: Mention, least: int, *, done_to_people: bool) -> bool:
    """Whether things of a kind that statistics count stand in the clause with a number of `least` or more, or people who were lost, taken
    or driven out."""
    counted = reading.hits.between("measures", base.first, base.last)
    if done_to_people or not _LOST.isdisjoint(reading.document.forms[base.first : base.last]):
        counted = counted + reading.hits.between("people", base.first, base.last)
    return any((count_before(reading, h) or 0) >= least for h in counted)


def _number_reached(reading: Reading, first: int, last: int) -> bool:
    """ "The number of elders murdered … has reached nine", "the families that fled numbered 300"."""
    heads = reading.document.where(_NUMBER_OF, first, last)
    reached = reading.document.where(_REACHED, max(first, heads[0] - 2), last) if heads else []
    return any(
        (n := number_at(reading.document, k, last)) and (n.value or 0) >= 2 for i in reached for k in range(i + 1, min(i + 16, last))
    )


def _changed(reading: Reading, base: Mention, triggers: list[Trigger]) -> bool:
    """ "Attacks fell by 40 percent", "dropped from 210 to fewer than 40"."""
    forms = reading.document.forms
    verb = next(iter(reading.document.where(_CHANGED, base.first, base.last)), None)
    if verb is None or not any(t.kind == "incident" and abs(t.first - verb) <= 8 for t in triggers):
        return False
    return not _PERCENT.isdisjoint(forms[verb : verb + 8])


def _is_one_of_many(reading: Reading, base: Mention, triggers: list[Trigger]) -> bool:
    """ "This attack is the seventh in two months"."""
    forms = reading.document.forms
    for t in triggers:
        after = range(t.last, min(t.last + 4, base.last - 1))
        if t.is_definite and any(forms[i] in _IT_IS and is_definite_ordinal(forms[i + 1]) for i in after):
            return not _WITHIN.isdisjoint(forms[t.last : base.last])
    return False


def _sums(reading: Reading, base: Mention) -> bool:
    """Whether a clause that says it adds up holds a figure of people or of incidents."""
    first, last = base.first, base.last
    if not (base.harms or base.triggers or reading.hits.between("harm", first, last) or reading.hits.between("measures", first, last)):
        return False
    days = {i for e in base.dates for i in range(e.first, e.last)}  # "the number of victims since 2003" gives none
    return any(i not in days and (n := number_at(reading.document, i, last)) and (n.value or 0) >= 2 for i in range(first, last))


def _goes_on(reading: Reading, base: Mention, triggers: list[Trigger]) -> bool:
    """Figures right after an aggregate, of a size or said in words that make them part of it."""
    # Not "the attacks", of which so many died.
    attack = [t for t in triggers if t.kind == "incident" and t.type != "killing" and not (t.is_definite and t.strength == "plural")]
    many = any(h.value and h.value >= _MANY and h.harm in _SUMMED for h in base.harms)
    placed = any(p.mention.level in _POINTS for p in base.places)
    return (
        not attack and (many or _sums(reading, base)) and not placed and bool(reading.cues(base.first, base.last, "tally", "most_affected"))
    )


def _parts(reading: Reading, statistic: Mention, period: list[Expression]) -> list[Mention]:
    """One aggregate for each period, or else governorate, that has figures of its own."""
    edges = _edges(reading, statistic, [e.first for e in period])
    if len(edges) < 2:
        places = [p.first for p in statistic.places if p.mention.level == "governorate"]
        edges = [
            place
            for place, following in pairwise([*places, statistic.last])
            if sum(place < h.first < following and h.has_figure for h in statistic.harms) >= 2
        ]
    if len(edges) < 2:
        return [statistic]
    edges[0] = statistic.first
    parts = [_between(statistic, first, last) for first, last in pairwise([*edges, statistic.last])]
    return [p for p in parts if _has_figure(reading, p)] or [statistic]


def _has_figure(reading: Reading, part: Mention) -> bool:
    """Whether a number stands in it beside those of its days."""
    days = {i for e in part.dates for i in range(e.first, e.last)}
    numbers = (n for i in range(part.first, part.last) if i not in days and (n := number_at(reading.document, i, part.last)))
    return any((n.value or 0) >= 2 and not _is_share(reading, n.last) for n in numbers)


def _is_share(reading: Reading, at: int) -> bool:
    """ "Forty percent"."""
    after = reading.document.forms[at : at + 2]
    return bool(after) and (after[0] in _SHARE or (len(after) == 2 and after[0] in words("particles.in") and after[1] in _PERCENT))


def _edges(reading: Reading, statistic: Mention, periods: list[int]) -> list[int]:
    """Where a new period's figure begins: "330 in July, and 282 in June"."""
    forms = reading.document.forms
    out = [statistic.first]
    for one, two in pairwise(periods):
        breaks = [i for i in range(one, two) if forms[i] in (",", ";")]
        if not breaks:
            continue
        after = reading.sentence_of(two).last
        counts = (n for i in range(breaks[-1] + 1, min(two + 6, after)) if (n := number_at(reading.document, i, after)))
        if any(_is_of_new_period(reading, n, two) for n in counts):
            out.append(breaks[-1] + 1)
    return out


def _is_of_new_period(reading: Reading, number: Number, period: int) -> bool:
    """A large figure before its period, or one that counts attacks on either side of it."""
    counts_attacks = bool(reading.hits.between("triggers", number.last, number.last + 1))
    return (number.value or 0) >= 2 and ((number.first < period and (number.value or 0) >= _MANY) or counts_attacks)


def _between(mention: Mention, first: int, last: int) -> Mention:
    """The part of a mention that stands at tokens `first` up to `last`."""
    return mention._replace(
        first=first,
        last=last,
        triggers=tuple(t for t in mention.triggers if first <= t.first < last),
        dates=tuple(e for e in mention.dates if first <= e.first < last) or mention.dates[:1],
        places=tuple(p for p in mention.places if first <= p.first < last),
        actors=tuple(a for a in mention.actors if first <= a.first < last),
        harms=tuple(h for h in mention.harms if first <= h.first < last),
    )
