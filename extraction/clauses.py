"""The clauses of a sentence: cut at commas and at words that set one thing against another, each with its outcome and its known attack."""

from itertools import pairwise, zip_longest

from extraction.lexicon import words
from extraction.numbered import is_counted_off
from extraction.place_mentions import Located
from extraction.reading import Reading, between
from extraction.records import Placed
from extraction.text import Sentence
from extraction.time_expressions import Expression
from extraction.tolls import Harm
from extraction.triggers import FORCE_TYPES, Trigger
from extraction.types import TALKS_HELD

_CONJUNCTIONS = "\u0648\u0641"
_WHICH = words("mentions.which")
_BY = "\u0628"
_THEM = ("\u0647\u0645", "\u0647\u0645\u0627", "\u0647", "\u0647\u0627")  # -hum, -huma, -hu, -ha
_CLAUSE_ENDS = frozenset(",;")
_WHILE = words("clauses.while")
_WHEN = words("clauses.when")
_EDGES = _CLAUSE_ENDS | _WHILE | _WHEN
_IN = words("clauses.in")
_AND = words("clauses.and")
_ONE, _BOMBS, _STRIKES = frozenset(("a", "an", "another")), words("clauses.bombs"), words("clauses.strikes")
_WAS = frozenset(("was", "were"))
_ANOTHER = words("clauses.another")
_THE_FIRST = words("talk_series.the_first") | words("clauses.one_of_them")
_ON = words("clauses.on")
_OPENING, _NEWS_FAR = 5, 2  # tokens


class Clause(Placed):
    """A clause or a run of clauses, tokens `first` up to `last`, with what begins in it."""

    __slots__ = ("dates", "first", "harms", "is_other", "last", "places", "triggers")

    def __init__(
        self,
        first: int,
        last: int,
        triggers: list[Trigger],
        harms: list[Harm],
        dates: list[Expression],
        places: list[Located],
        is_other: bool = False,  # a deed beside the one told before it in the sentence
    ):
        self.first = first
        self.last = last
        self.triggers = triggers
        self.harms = harms
        self.dates = dates
        self.places = places
        self.is_other = is_other

    def take_in(self, clause: "Clause") -> None:
        """Go on to the end of the clause right behind."""
        self.last = clause.last
        self.triggers += clause.triggers
        self.harms += clause.harms
        self.dates += clause.dates
        self.places += clause.places


def clauses_of(reading: Reading, sentence: Sentence, triggers: list[Trigger], harms: list[Harm]) -> list[Clause]:
    """The clauses of a sentence in order, each deed with its outcome, each known attack that has a story of its own for itself."""
    return _with_outcomes(reading, _with_known_attacks(reading, _cut(reading, sentence, triggers, harms)))


def _cut(reading: Reading, sentence: Sentence, triggers: list[Trigger], harms: list[Harm]) -> list[Clause]:
    edges = [sentence.first]
    forms = reading.document.forms
    for i in reading.document.where(_EDGES, sentence.first, sentence.last):
        form = forms[i]
        if form in _CLAUSE_ENDS and i + 1 < sentence.last:
            edges.append(i + 1)
        elif form in _WHILE and i > edges[-1]:
            edges.append(i)
        elif form in _WHEN and i - 1 > edges[-1] and forms[i - 1] in _IN:  # "fi hin": whereas; "hin" alone: when
            edges.append(i - 1)
    passive = [
        i
        for i in reading.document.where(_AND, edges[-1] + 1, sentence.last)
        if forms[i].isascii() and (_opens_passive(reading, i) or opens_blast(reading, i))
    ]
    openings = reading.cues(sentence.first, sentence.first + 2, "other_event")
    turns = {c.first for c in openings if not reading.hits.at("triggers", c.first - 1)}  # not in "and another attacked a post"
    among = _counted_among(reading, sentence, triggers)
    turns |= _deeds_besides(reading, [*edges, sentence.last], triggers)
    turns |= _told_besides(reading, sentence, triggers)
    seconds = _counted_second(reading, sentence, triggers)
    edges = sorted({*edges, *passive, *seconds, *turns, *among, *_counted_from(reading, sentence, triggers), sentence.last})
    clauses = [_clause(reading, a, b, triggers, harms) for a, b in pairwise(edges)]
    if any(_only_introduces(reading, clause) for clause in clauses[:-1]):
        kept = [b for a, b in pairwise(edges) if b == edges[-1] or not _only_introduces(reading, _clause(reading, a, b, triggers, harms))]
        clauses = [_clause(reading, a, b, triggers, harms) for a, b in pairwise([edges[0], *kept])]
    for clause in clauses:
        clause.is_other = clause.first in among
    return clauses


def _told_besides(reading: Reading, sentence: Sentence, triggers: list[Trigger]) -> set[int]:
    """ "He said the blast killed two [and pointed to the explosion of a second bomb]": where another verb of telling leads to news."""
    said = reading.cues(sentence.first + 1, sentence.last, "say", "continue")
    said = [c for c in said if reading.document.forms[c.first].startswith(_CONJUNCTIONS[0])]
    news = [t for t in triggers if t.kind == "incident" and not t.is_definite]
    return {c.first for c in said if any(c.last <= t.first <= c.last + _NEWS_FAR for t in news)}


def _deeds_besides(reading: Reading, edges: list[int], triggers: list[Trigger]) -> set[int]:
    """ "Killed two in Daquq [and abducted a shepherd near Tuz]": where a verb with a place of its own goes on with no comma before it."""
    out = set()
    for first, last in pairwise(edges):
        for t in between(triggers, first + 1, last):
            at = t.first - (reading.document.forms[t.first - 1] in _AND)
            goes_on = at < t.first or (t.hit.entry.is_verb and t.hit.prefix.startswith(_CONJUNCTIONS[0]))
            goes_on = goes_on and not (t.hit.entry.is_verb and reading.document.forms[t.first].endswith(_THEM))  # "and led them away to X"
            if goes_on and t.kind == "incident" and t.strength == "strong" and between(reading.places, t.last, last):
                out |= {at} if between(reading.places, first, at) else set()
    return out


def _counted_second(reading: Reading, sentence: Sentence, triggers: list[Trigger]) -> list[int]:
    """ "They held two meetings, the first in Erbil on Monday [and the second in Baghdad yesterday]": where the second begins."""
    talks = [t.last for t in triggers if t.type in TALKS_HELD]
    first = reading.document.where(_THE_FIRST, talks[0], sentence.last) if talks else []
    if not first:
        return []
    forms = reading.document.forms
    return [i for i in reading.document.where(_ANOTHER, first[0] + 1, sentence.last - 1) if forms[i + 1] in _ON and forms[i - 1] != ","]


def opens_blast(reading: Reading, at: int) -> bool:
    """ "(Gunmen raided a village,) and [a bomb later hit troops sent to help]": its own subject and its own deed."""
    forms = reading.document.forms
    if forms[at + 1 : at + 2] == [] or forms[at + 1] not in _ONE:
        return False
    bomb = next((k for k in range(at + 2, min(at + 5, len(forms))) if forms[k] in _BOMBS), None)
    return bomb is not None and not _STRIKES.isdisjoint(forms[bomb + 1 : bomb + 4])


def _opens_passive(reading: Reading, at: int) -> bool:
    """ "And [another was killed in a gunfight]", "and [two policemen were wounded by a bomb]": its own subject and its own attack."""
    forms = reading.document.forms
    verb = next((i for i in range(at + 2, min(at + 6, len(forms) - 1)) if forms[i] in _WAS), None)
    if verb is None or not reading.hits.at("harm", verb + 1):
        return False
    return bool(reading.hits.between("triggers", verb + 2, verb + 9))


def _only_introduces(reading: Reading, clause: Clause) -> bool:
    """ "While the service announced, [the arrest of three men in …]": who tells what stands behind the comma; "in a separate attack,
    [gunmen stormed …]"."""
    bare = not (clause.harms or clause.dates or clause.places) and clause.last - clause.first <= _OPENING
    if bare and reading.cues(clause.first, clause.first + 2, "another_incident"):
        return True
    if clause.triggers or clause.harms or reading.document.forms[clause.first] not in _WHILE:
        return False
    return bool(reading.cues(clause.first, clause.last, "say"))


def _clause(reading: Reading, first: int, last: int, triggers: list[Trigger], harms: list[Harm]) -> Clause:
    dates, places = between(reading.dates, first, last), between(reading.places, first, last)
    return Clause(first, last, between(triggers, first, last), between(harms, first, last), dates, places)


def _counted_from(reading: Reading, sentence: Sentence, triggers: list[Trigger]) -> set[int]:
    """ "The attack came [three days after gunmen killed ten men in …]", "[at a time when …]": where the earlier attack begins."""
    after = [e for e in between(reading.dates, sentence.first, sentence.last) if e.rule == "days_after"]
    out = set()
    for at in (*after, *reading.cues(sentence.first, sentence.last, "came_after")):
        news = any(t.kind == "incident" and not t.is_definite for t in between(triggers, at.last, at.last + 4))
        before = [t for t in triggers if t.first < at.first]
        operation = any(t.kind == "coordination" or t.type == "security_operation" for t in before)
        if news and (operation or (before and at in after)):
            out.add(at.first)
    return out


def _counted_among(reading: Reading, sentence: Sentence, triggers: list[Trigger]) -> set[int]:
    """ "12 were killed in scattered attacks, seven of them in a bombing in …": where the attack begins that the sum is broken down to."""
    if not any(t.strength == "plural" for t in triggers):
        return set()
    forms, out = reading.document.forms, set()
    for c in reading.cues(sentence.first, sentence.last, "among"):
        told = next((t for t in triggers if c.last < t.first <= c.last + 5 and t.kind == "incident" and t.strength == "strong"), None)
        summed = any(t.strength == "plural" and t.first < c.first for t in triggers)
        if summed and told and not told.is_definite and (told.hit.prefix == _BY or not _IN.isdisjoint(forms[c.last : told.first])):
            out.add(c.first)
    return out


def _with_outcomes(reading: Reading, clauses: list[Clause]) -> list[Clause]:
    """Each deed with its toll: "[a bomb went off in X], [which left two dead]"."""
    out: list[Clause] = []
    for clause in clauses:
        bare = not (clause.dates or clause.places or clause.is_other) and all(_only_says_killed(t) for t in clause.triggers)
        is_next = is_ellipsis(reading, clause, []) or is_counted_off(reading, clause.first)
        if out and bare and clause.harms and out[-1].triggers and not is_next:
            out[-1].take_in(clause)
        else:
            out.append(clause)
    return out


def _only_says_killed(trigger: Trigger) -> bool:
    return trigger.type == "killing" and trigger.strength == "weak"


def _with_known_attacks(reading: Reading, clauses: list[Clause]) -> list[Clause]:
    """ "Arrested four men behind the attack that killed two last week": the attack is an event with a toll and a day of its own."""
    out: list[Clause] = []
    for clause, following in zip_longest(clauses, clauses[1:]):
        out.append(clause)
        told = [t for t in clause.triggers if t.kind == "incident"] if len(clause.triggers) > 1 else []
        if not told or told[0].type != "arrest":
            continue
        attack = next((t for t in told if t.type not in FORCE_TYPES and t.is_definite), None)
        days = [e for e in clause.dates if e.first >= attack.first - 1] if attack else []
        if attack and days and (has_own_story(reading, [attack], days, clause) or _has_own_toll(attack, days, following)):
            at = min(attack.first, days[0].first)  # "over Sunday's bombing that killed 20"
            before, known = (_clause(reading, *edges, clause.triggers, clause.harms) for edges in ((clause.first, at), (at, clause.last)))
            known.is_other = True
            out[-1:] = [before, known]
    return out


def _has_own_toll(attack: Trigger, days: list[Expression], following: Clause | None) -> bool:
    """ "Arrested two who took part in the attack on a post last week, which left two of its men dead"."""
    fallen = any(h.has_figure and h.harm in ("killed", "wounded") and h.party != "isis" for h in following.harms) if following else False
    return fallen and days[0].first > attack.last


def is_ellipsis(reading: Reading, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "… an attack on a barracks, and another on a police post": the second event has no word of its own; not of "the other for 20"."""
    forms = reading.document.forms
    counted = forms[clause.first + 1 : clause.first + 2] == [_BY] and "".join(forms[clause.first + 2 : clause.first + 3]).isdecimal()
    return not (theirs or counted) and forms[clause.first] in _ANOTHER and not _ON.isdisjoint(forms[clause.first + 1 : clause.first + 2])


def has_own_story(reading: Reading, theirs: list[Trigger], dates: list[Expression], clause: Clause) -> bool:
    """ "He stood behind the attack in which nine soldiers fell on 12 August": a relative clause with a toll and a day of its own."""
    forms, last = reading.document.forms, theirs[0].last
    told = next((i for i in range(last, min(last + 5, clause.last)) if forms[i].removeprefix(_CONJUNCTIONS[0]) in _WHICH), None)
    own_day = told is not None and (dates[0].first > told or dates[0].last == theirs[0].first)
    return own_day and any(h.has_figure and h.first >= (told or 0) for h in clause.harms)
