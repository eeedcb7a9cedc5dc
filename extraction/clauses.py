"""The clauses of a sentence, gathered into runs that are each about one event.

A clause begins a new event where it opens with a date of its own, says "another", follows an attack, or moves to another place.
"""

from dataclasses import dataclass

from extraction.clause_places import are_apart, is_bound_for, names_of
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.mention import SPATIAL
from extraction.reading import Reading, between
from extraction.text import Sentence
from extraction.time_expressions import Expression
from extraction.tolls import Harm
from extraction.triggers import FORCE_TYPES, Trigger, is_compatible

_CONJUNCTIONS = "\u0648\u0641"
_WHICH = words("mentions.which")
_CLAUSE_ENDS = frozenset(",;")
_WHILE = words("clauses.while")
_WHEN = words("clauses.when")
_FOLLOWED = words("clauses.followed")
_THAT = words("clauses.that")
_THEN = words("clauses.then")
_FOREMOST = words("clauses.foremost")
_EDGES = _CLAUSE_ENDS | _WHILE | _WHEN
_IN = words("clauses.in")
_WHAT = words("clauses.what")
_AND = words("clauses.and")
_ANOTHER = words("clauses.another")
_ON = words("clauses.on")
_OTHER_GROUP = words("clauses.other_group")
_ORDINALS = words("clauses.ordinals")
_SECOND_OPENS = (_CONJUNCTIONS[0], *_WHILE)
_STRUCK = frozenset(("ied", "suicide_bombing", "sniper", "shelling", "air_strike"))
_TALKS = frozenset(("meeting", "visit", "call", "conference"))


@dataclass(slots=True, eq=False)
class Clause:
    first: int
    last: int
    is_other: bool = False  # a deed beside the one told before it in the sentence


def _clauses(reading: Reading, sentence: Sentence, triggers: list[Trigger]) -> list[Clause]:
    edges = [sentence.first]
    turns = {c.first for c in reading.cues(sentence.first, sentence.last, "other_event")}
    for i, form in enumerate(reading.document.forms[sentence.first : sentence.last], sentence.first):
        if form not in _EDGES:
            continue
        if form in _CLAUSE_ENDS and i + 1 < sentence.last:
            edges.append(i + 1)
        elif (form in _WHILE or form in _FOLLOWED) and i > edges[-1]:
            edges.append(i)
        elif form in _WHEN and i - 1 > edges[-1] and reading.document.forms[i - 1] in _IN:  # "fi hin": whereas; "hin" alone: when
            edges.append(i - 1)
    edges = sorted(set(edges) | {t for t in turns if t - sentence.first < 2} | _counted_from(reading, sentence, triggers))
    return [Clause(a, b) for a, b in zip(edges, [*edges[1:], sentence.last], strict=True) if b > a]


def _counted_from(reading: Reading, sentence: Sentence, triggers: list[Trigger]) -> set[int]:
    """ "The attack came three days after gunmen killed ten men in …": where the earlier attack begins."""
    out = set()
    for e in between(reading.dates, sentence.first, sentence.last):
        told = [t for t in between(triggers, e.last, e.last + 4) if t.kind == "incident" and not t.is_definite]
        if e.rule == "days_after" and told and any(t.first < e.first for t in triggers):
            out.add(e.first)
    return out


def groups(reading: Reading, sentence: Sentence, triggers: list[Trigger], harms: list[Harm]) -> list[Clause]:
    """Runs of clauses, each about one event of either kind."""
    groups: list[Clause] = []
    for clause in _with_known_attacks(reading, _clauses(reading, sentence, triggers), triggers, harms):
        if groups and not clause.is_other and not _begins_another(reading, groups[-1], clause, triggers, harms):
            groups[-1].last = clause.last
        else:
            clause.is_other |= bool(groups) and _is_another_deed(reading, groups[-1], clause, triggers, harms)
            groups.append(clause)
    return groups


def _is_another_deed(reading: Reading, group: Clause, clause: Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    """Whether a clause that begins another mention cannot be of the event told before it in the sentence."""
    ours, theirs = (
        [t for t in between(triggers, c.first, c.last) if t.strength != "anaphor" and t.kind == "incident"] for c in (group, clause)
    )
    if _puts_to_death(reading, group, clause, triggers, harms) or _is_followed(reading, clause, theirs, harms):
        return True
    if _is_the_second(reading, group, clause, theirs, harms):
        return True
    if not (ours and theirs):
        return False
    other_doers = not theirs[0].is_definite and not _OTHER_GROUP.isdisjoint(
        reading.document.forms[clause.first : min(theirs[0].last + 3, clause.last)]
    )
    if other_doers or _is_by_another_force(reading, group, clause, ours, theirs) or _is_after_attack(reading, group, ours, theirs):
        return True
    return _has_own_day_in_contrast(reading, group, clause, theirs) or _is_elsewhere(reading, group, clause, ours, theirs, harms)


def _is_followed(reading: Reading, clause: Clause, theirs: list[Trigger], harms: list[Harm]) -> bool:
    """ "…, which was followed by a raid on the village of X in which eight were killed"; fighting and a search are phases."""
    told = [t for t in theirs if t.kind == "incident" and not t.is_definite and t.type not in FORCE_TYPES | {"clash"}]
    if not told or reading.document.forms[clause.first] not in _FOLLOWED:
        return False
    return bool(between(harms, clause.first, clause.last)) or any(
        p.mention.level in SPATIAL for p in between(reading.places, clause.first, clause.last)
    )


def _is_the_second(reading: Reading, group: Clause, clause: Clause, theirs: list[Trigger], harms: list[Harm]) -> bool:
    """ "(The first went off beside a convoy and killed three,) while the second bomb hit a patrol, wounding four"."""
    told = [t for t in theirs if t.kind == "incident"]
    if not told or told[0].first - clause.first > 3 or not reading.document.forms[clause.first].startswith(_SECOND_OPENS):
        return False
    after = reading.sentence_of(clause.first).last
    counted = not _ORDINALS.isdisjoint(reading.document.forms[told[0].first : told[0].last + 2])
    if not (counted and between(harms, group.first, group.last) and between(harms, clause.first, after)):
        return False
    return any(p.mention.level in SPATIAL for p in between(reading.places, clause.first, after))  # else it struck those who came


def _with_known_attacks(reading: Reading, clauses: list[Clause], triggers: list[Trigger], harms: list[Harm]) -> list[Clause]:
    """ "Arrested four men behind the attack that killed two last week": the attack is an event with a toll and a day of its own."""
    out: list[Clause] = []
    for clause in clauses:
        out.append(clause)
        told = [t for t in between(triggers, clause.first, clause.last) if t.kind == "incident"]
        if not told or told[0].type != "arrest":
            continue
        attack = next((t for t in told if t.type not in FORCE_TYPES and t.is_definite), None)
        days = between(reading.dates, attack.first - 1, clause.last) if attack else []
        if attack and days and _has_own_story(reading, [attack], days, clause, harms):
            at = min(attack.first, days[0].first)  # "over Sunday's bombing that killed 20"
            out.append(Clause(at, clause.last, is_other=True))
            clause.last = at
    return out


def _begins_another(reading: Reading, group: Clause, clause: Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    ours = [t for t in between(triggers, group.first, group.last) if t.strength != "anaphor"]
    if _is_counted_from(reading, group, clause, triggers, harms):
        return True
    if between(harms, group.first, group.last) and _is_followed(reading, clause, between(triggers, clause.first, clause.last), harms):
        return True
    if _is_the_second(reading, group, clause, between(triggers, clause.first, clause.last), harms):
        return True
    if not ours and _opens_with_day(reading, clause) and _is_dated_toll(reading, group, harms):
        return bool([t for t in between(triggers, clause.first, clause.last) if t.kind == "incident" and not t.is_definite])
    if not ours:
        return _is_set_against(reading, group, clause, triggers, harms)
    if reading.document.forms[clause.first] in _WHAT:
        return False  # "…, which left two dead and wounded another"
    theirs = [t for t in between(triggers, clause.first, clause.last) if t.strength != "anaphor"]
    if is_ellipsis(reading, clause, theirs) or _puts_to_death(reading, group, clause, triggers, harms):
        return True
    if _is_elsewhere(reading, group, clause, ours, theirs, harms) or _is_followed(reading, clause, theirs, harms):
        return True
    if _is_beside_known(reading, ours, theirs, clause) or _is_by_another_force(reading, group, clause, ours, theirs):
        return True
    if _is_after_attack(reading, group, ours, theirs) or _has_own_day_in_contrast(reading, group, clause, theirs):
        return True
    dates = between(reading.dates, clause.first, clause.last)
    if not (theirs or dates) or reading.cues(clause.first, clause.last, "bodies"):
        return False
    opening = reading.document.forms[clause.first]
    at_once = bool(dates) and dates[0].first == clause.first
    if dates and reading.dates and opening in _FOREMOST and (theirs or between(harms, clause.first, clause.last)):
        return True  # "a series of attacks, the worst of them on Tuesday, when …"
    opens_with_date = (
        bool(dates)
        and dates[0].first - clause.first <= 3
        and (opening in _AND or opening[:1] in (_CONJUNCTIONS[0] if at_once else _CONJUNCTIONS))
    )
    settled = bool(between(reading.dates, group.first, group.last)) or bool(between(reading.places, group.first, group.last))
    if opens_with_date and settled:
        return True
    if theirs and dates and settled and _has_own_story(reading, theirs, dates, clause, harms):
        return True
    if _is_then_elsewhere(reading, group, clause, ours, theirs):
        return True
    if (dates and settled and _has_own_talk(theirs, ours)) or (dates and reading.document.forms[clause.first - 1] == ";" and theirs):
        return True
    if not theirs or all(t.is_definite for t in theirs):
        return False
    said_other = any(not _is_of_people(reading, c) for c in reading.cues(clause.first, min(theirs[0].last + 4, clause.last), "other_event"))
    their_places = names_of(between(reading.places, clause.first, clause.last))
    our_places = names_of(between(reading.places, group.first, group.last))
    own_harm = bool(between(harms, clause.first, clause.last))
    new_place = bool(their_places and our_places and not (their_places & our_places))
    if opening == "كما" and new_place and not theirs[0].is_definite:
        return True
    if said_other and (new_place or own_harm or opening.startswith(_CONJUNCTIONS[0])):
        return True
    return new_place and bool(dates) and opening[:1] in _CONJUNCTIONS and theirs[0].strength == "strong"


def _is_by_another_force(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], theirs: list[Trigger]) -> bool:
    """ "(They arrested three men in X,) and a force of the third regiment found a cache in Y": another deed of other forces elsewhere."""
    told = [t for t in theirs if t.strength == "strong" and t.type in FORCE_TYPES and not t.is_definite]
    if not told or reading.document.forms[clause.first] not in _THAT or any(t.type == told[0].type for t in ours):
        return False
    doers = [
        a for a in between(reading.actors, clause.first, told[0].first + 1) if a.kind not in ("person", "rebel_terrorist", "civilians")
    ]
    theirs_at, ours_at = (names_of(between(reading.places, c.first, c.last)) for c in (clause, group))
    return bool(doers and theirs_at and ours_at) and theirs_at.isdisjoint(ours_at)


def _is_after_attack(reading: Reading, group: Clause, ours: list[Trigger], theirs: list[Trigger]) -> bool:
    """ "A day after a bombing that killed 30, the police arrested six men": what came after it is another event."""
    days = between(reading.dates, group.first, group.first + 2)
    told = [t for t in theirs if t.strength == "strong" and not t.is_definite and t.type in FORCE_TYPES]
    attack = [t for t in ours if t.strength == "strong" and not t.is_definite and t.kind == "incident" and t.type not in FORCE_TYPES]
    return bool(days) and days[0].rule == "days_after" and bool(told and attack)


def _has_own_day_in_contrast(reading: Reading, group: Clause, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "Gunmen shot a mayor on Monday evening, while another escaped a bomb yesterday"."""
    told = any(t.strength == "strong" and t.kind == "incident" and not t.is_definite for t in theirs)
    ours_on, theirs_on = (
        [e for e in between(reading.dates, c.first, c.last) if e.rule in ("date", "days", "weekday")] for c in (group, clause)
    )
    return told and reading.document.forms[clause.first] in _WHILE and bool(ours_on and theirs_on)


def _is_beside_known(reading: Reading, ours: list[Trigger], theirs: list[Trigger], clause: Clause) -> bool:
    """ "The attacks were not confined to X and Y; the police foiled one in Z": what comes before names no event of its own."""
    told = [t for t in theirs if t.strength == "strong" and t.kind == "incident" and not t.is_definite]
    known = all(t.is_definite or t.strength == "plural" for t in ours)
    placed = any(p.mention.level in SPATIAL for p in between(reading.places, clause.first, clause.last))
    return bool(told) and known and placed and reading.document.forms[clause.first - 1] == ";"


def _opens_with_day(reading: Reading, clause: Clause) -> bool:
    """ "And on the fifth of it they abducted …"."""
    days = between(reading.dates, clause.first, clause.first + 4)
    return reading.document.forms[clause.first][:1] in _CONJUNCTIONS and any(e.rule in ("date", "of_it", "day_of_month") for e in days)


def _is_dated_toll(reading: Reading, group: Clause, harms: list[Harm]) -> bool:
    """ "On the first of May IS killed the headman": told without a word for an attack, on a day of its own."""
    return bool(between(harms, group.first, group.last)) and bool(between(reading.dates, group.first, group.last))


def _is_set_against(reading: Reading, group: Clause, clause: Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    """ "25 of them died, while the coalition said it had carried out five strikes": the toll is of another event."""
    told = [
        t for t in between(triggers, clause.first, clause.last) if t.strength == "strong" and t.kind == "incident" and not t.is_definite
    ]
    return bool(told) and reading.document.forms[clause.first] in _WHILE and bool(between(harms, group.first, group.last))


def _is_of_people(reading: Reading, cue: Hit) -> bool:
    """ "Wounded another": one more victim, no other event."""
    return bool(reading.hits.between("harm", cue.first - 1, cue.first))


def _is_counted_from(reading: Reading, group: Clause, clause: Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    """ "Four were killed on Sunday, a day after militants attacked …": an earlier event that the time is counted from."""
    dates = between(reading.dates, clause.first, clause.first + 2)
    if not dates or dates[0].rule != "days_after":
        return False
    known = [t for t in between(triggers, group.first, group.last) if t.kind == "incident"]
    if not any(h.has_figure for h in between(harms, group.first, group.last)) and not (known and all(t.is_definite for t in known)):
        return False
    return any(t.strength == "strong" and not t.is_definite for t in between(triggers, clause.first, clause.last))


def _is_then_elsewhere(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], theirs: list[Trigger]) -> bool:
    """ "They met in Erbil, then visited the Bashmakh crossing"."""
    talks = [t for t in theirs if t.type in _TALKS and t.strength == "strong" and not t.is_definite and t.modality == "occurred"]
    if not talks or reading.document.forms[clause.first] not in _THEN or any(o.type == talks[0].type for o in ours):
        return False
    theirs_at, ours_at = (names_of(between(reading.places, c.first, c.last)) for c in (clause, group))
    return any(o.type in _TALKS for o in ours) and bool(theirs_at) and theirs_at.isdisjoint(ours_at)


def _has_own_talk(theirs: list[Trigger], ours: list[Trigger]) -> bool:
    """Talks with a day of their own behind other talks: "… a meeting on Thursday, and before it a meeting on the 20th"."""
    talks = [t for t in theirs if t.type in _TALKS and t.strength == "strong" and not t.is_definite]
    return bool(talks) and any(o.type == talks[0].type and o.strength == "strong" and not o.is_definite for o in ours)


def _is_elsewhere(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], theirs: list[Trigger], harms: list[Harm]) -> bool:
    """A clause that strongly tells of an attack in another place: "in Mosul …", "while …", "and … killed four in …"; or, after "while",
    of what cannot be part of the same attack."""
    told = [t for t in theirs if t.strength == "strong" and t.kind == "incident" and not t.is_definite]
    if not told:
        return False
    forms = reading.document.forms
    opening = forms[clause.first]
    in_contrast = opening in _WHILE or (opening in _IN and forms[clause.first + 1] in _WHEN)
    placed = [p for p in between(reading.places, clause.first, clause.last) if not is_bound_for(reading, p)]
    own_harm = any(not h.is_zero for h in between(harms, clause.first, clause.last))
    if are_apart(between(reading.places, group.first, group.last), placed):
        led_by_place = placed[0].first - clause.first <= 2 and opening.startswith(_CONJUNCTIONS[0])
        goes_on = opening.startswith(_CONJUNCTIONS[0]) or opening in _AND or bool(reading.cues(clause.first, clause.first + 1, "also"))
        return in_contrast or led_by_place or (goes_on and own_harm)
    alien = not any(is_compatible(t.type, o.type) for t in told for o in ours if o.kind == "incident")
    adds = opening.startswith(_CONJUNCTIONS[0]) or opening in _AND or bool(reading.cues(clause.first, clause.first + 2, "say", "continue"))
    if alien and own_harm and adds and told[0].type in _STRUCK and any(o.kind == "incident" for o in ours):
        return True  # "a bomb killed a lawyer, and a soldier was killed by a sniper"
    days = [e for e in between(reading.dates, clause.first, clause.last) if e.rule in ("date", "days", "weekday")]
    if alien and days and opening.startswith(_CONJUNCTIONS[0]) and between(reading.dates, group.first, group.last):
        return True
    return in_contrast and alien and told[0].type != "security_operation" and (own_harm or bool(placed))


def _puts_to_death(reading: Reading, group: Clause, clause: Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    """ "They blew up a shrine, and put five men to death": what was destroyed and who was killed are two deeds."""
    ours, theirs = between(triggers, group.first, group.last), between(triggers, clause.first, clause.last)
    if not theirs or theirs[0].type != "killing" or theirs[0].strength != "strong" or between(harms, group.first, group.last):
        return False
    destroyed = bool(ours) and all(o.type in ("ied", "arson_destruction") for o in ours)
    return destroyed and any(h.has_figure and h.harm == "killed" for h in between(harms, clause.first, clause.last))


def is_ellipsis(reading: Reading, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "… an attack on a barracks, and another on a police post": the second event has no word of its own."""
    forms = reading.document.forms
    after = forms[clause.first + 1 : clause.first + 2]
    return not theirs and forms[clause.first] in _ANOTHER and bool(after) and after[0] in _ON


def _has_own_story(reading: Reading, theirs: list[Trigger], dates: list[Expression], clause: Clause, harms: list[Harm]) -> bool:
    """ "He stood behind the attack in which nine soldiers fell on 12 August": a relative clause with a toll and a day of its own."""
    forms, last = reading.document.forms, theirs[0].last
    told = next((i for i in range(last, min(last + 5, clause.last)) if forms[i].removeprefix(_CONJUNCTIONS[0]) in _WHICH), None)
    own_day = told is not None and (dates[0].first > told or dates[0].last == theirs[0].first)
    return own_day and any(h.has_figure for h in between(harms, told or 0, clause.last))
