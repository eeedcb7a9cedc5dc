"""Read an aggregate from a clause: so many attacks or victims in a period longer than days, or in one governorate after another."""

from itertools import pairwise

from extraction.lexicon import words
from extraction.mention import Mention, count_before
from extraction.numbers import number_at
from extraction.reading import Reading
from extraction.time_expressions import Expression
from extraction.triggers import Trigger

_PERIODS = frozenset(
    ("week", "period", "months_count", "year", "this_year", "last_year", "months_back", "last_month", "this_month", "same_month")
)
_LONG = frozenset(("months_count", "year", "this_year", "last_year", "months_back"))
_RUNNING = frozenset(("months_count", "this_year", "months_back"))
_SUMMED = frozenset(("killed", "wounded", "casualties", "abducted", "arrested", "displaced"))
_EXACT = frozenset(("date", "days", "weekday"))
_POINTS = frozenset(("village", "town", "subdistrict", "district", "facility"))
_MANY = 10
_UNTIL = words("statistic_mentions.until")


def read_statistics(reading: Reading, base: Mention, triggers: list[Trigger], *, follows: bool) -> list[Mention]:
    """The aggregates of a clause: one, or one for each period or governorate that has figures of its own. One that follows another keeps
    its period untold."""
    period = [e for e in base.dates if e.says_since or e.rule in _PERIODS or (e.rule == "month" and not e.days)]
    exact = [e for e in base.dates if e.rule in _EXACT and not e.says_since and not _is_until(reading, e)]
    if exact and not period:
        return []
    counted = [t for t in triggers if _is_counted(reading, t)]
    if not (period or counted or follows):
        return []
    statistic = base._replace(kind="statistic", type="aggregate", triggers=tuple(counted), weight=0.7)
    if period:
        sums = bool(reading.cues(base.first, base.last, "tally")) and _sums(reading, base)
        if not (counted or sums or _is_big(base, triggers, counted, period, exact)):
            return []
        return _parts(reading, statistic._replace(dates=tuple(period)), period)
    many = [t for t in counted if (count_before(reading, t) or 0) >= _MANY]
    if many and (follows or reading.cues(base.first, base.last, "count")):
        return [statistic._replace(triggers=tuple(many), weight=0.6)]
    if follows and _goes_on(reading, base, triggers):
        return _parts(reading, statistic._replace(weight=0.6), period)
    return []


def _is_until(reading: Reading, e: Expression) -> bool:
    """ "Up to and including 31 July": where the count ends, not the day of an attack."""
    return not _UNTIL.isdisjoint(reading.document.forms[max(0, e.first - 2) : e.first])


def _is_counted(reading: Reading, trigger: Trigger) -> bool:
    """A number of attacks; a number of shells is the weapon of one."""
    if trigger.type == "shelling" and trigger.strength == "weak":
        return False
    if trigger.hit.entry.attributes["type"] == "shelling" and trigger.hit.entry.is_verb:
        return False
    return (trigger.kind == "incident" or trigger.strength == "plural") and count_before(reading, trigger) is not None


def _is_big(base: Mention, triggers: list[Trigger], counted: list[Trigger], period: list[Expression], exact: list[Expression]) -> bool:
    """So many victims that no single attack is told of."""
    over_a_year = any(e.rule in _LONG for e in period)
    if exact or (not over_a_year and any(p.mention.level in _POINTS for p in base.places)):
        return False
    singular = [t for t in triggers if t.kind == "incident" and t.strength == "strong" and t not in counted]
    alone = not singular or any(e.rule in _RUNNING for e in period)
    least = _MANY // 2 if over_a_year else _MANY
    return alone and any(h.value and h.value >= least and h.harm in _SUMMED for h in base.harms)


def _sums(reading: Reading, base: Mention) -> bool:
    """Whether a clause that says it adds up holds a figure of people or of incidents."""
    if not (base.harms or reading.hits.between("harm", base.first, base.last) or base.triggers):
        return False
    return any((n := number_at(reading.document, i, base.last)) and (n.value or 0) >= 2 for i in range(base.first, base.last))


def _goes_on(reading: Reading, base: Mention, triggers: list[Trigger]) -> bool:
    """Figures right after an aggregate, of a size or said in words that make them part of it."""
    attack = [t for t in triggers if t.kind == "incident" and t.type != "killing"]
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
    return any(
        i not in days and (n := number_at(reading.document, i, part.last)) and (n.value or 0) >= 2 for i in range(part.first, part.last)
    )


def _edges(reading: Reading, statistic: Mention, periods: list[int]) -> list[int]:
    """Where a new period's figure begins: "330 in July, and 282 in June"."""
    forms = reading.document.forms
    out = [statistic.first]
    for one, two in pairwise(periods):
        breaks = [i for i in range(one, two) if forms[i] in (",", ";")]
        if not breaks:
            continue
        if any((n := number_at(reading.document, i, two)) and (n.value or 0) >= _MANY for i in range(breaks[-1] + 1, two)):
            out.append(breaks[-1] + 1)
    return out


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
