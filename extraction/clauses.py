"""The clauses of a sentence, gathered into runs that are each about one event.

A clause begins a new event where it opens with a date of its own, says "another", follows an attack, or moves to another place.
"""

from itertools import pairwise, zip_longest

from extraction.clause_places import are_apart, is_bound_for, names_of
from extraction.cluster import is_rough
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.mention import SPATIAL
from extraction.numbered import is_counted_off
from extraction.place_mentions import Located
from extraction.reading import Reading, between
from extraction.records import Placed
from extraction.text import Sentence
from extraction.time_expressions import Expression
from extraction.tolls import Harm
from extraction.triggers import FORCE_TYPES, Trigger, is_compatible

_CONJUNCTIONS = "\u0648\u0641"
_WHICH = words("mentions.which")
_BY = "\u0628"
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
_WAS = frozenset(("was", "were"))
_ANOTHER = words("clauses.another")
_ON = words("clauses.on")
_OTHER_GROUP = words("clauses.other_group")
_ORDINALS = words("clauses.ordinals")
_SECOND_OPENS = (_CONJUNCTIONS[0], *_WHILE)
_STRUCK = frozenset(("ied", "suicide_bombing", "sniper", "shelling", "air_strike"))
_OPENING = 5  # tokens
_TALKS = frozenset(("meeting", "visit", "call", "conference"))
_PHASES = FORCE_TYPES | {"clash"}


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


def _clauses(reading: Reading, sentence: Sentence, triggers: list[Trigger], harms: list[Harm]) -> list[Clause]:
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
    passive = [i for i in reading.document.where(_AND, edges[-1] + 1, sentence.last) if forms[i].isascii() and _opens_passive(reading, i)]
    turns = {c.first for c in reading.cues(sentence.first, sentence.first + 2, "other_event")}
    among = _counted_among(reading, sentence, triggers)
    edges = sorted({*edges, *passive, *turns, *among, *_counted_from(reading, sentence, triggers), sentence.last})
    clauses = [_clause(reading, a, b, triggers, harms) for a, b in pairwise(edges)]
    if any(_only_introduces(reading, clause) for clause in clauses[:-1]):
        kept = [b for a, b in pairwise(edges) if b == edges[-1] or not _only_introduces(reading, _clause(reading, a, b, triggers, harms))]
        clauses = [_clause(reading, a, b, triggers, harms) for a, b in pairwise([edges[0], *kept])]
    for clause in clauses:
        clause.is_other = clause.first in among
    return clauses


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
    """ "The attack came three days after gunmen killed ten men in …": where the earlier attack begins."""
    out = set()
    for e in between(reading.dates, sentence.first, sentence.last):
        if e.rule != "days_after" or not any(t.first < e.first for t in triggers):
            continue
        if any(t.kind == "incident" and not t.is_definite for t in between(triggers, e.last, e.last + 4)):
            out.add(e.first)
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


def groups(reading: Reading, sentence: Sentence, triggers: list[Trigger], harms: list[Harm]) -> list[Clause]:
    """Runs of clauses, each about one event of either kind."""
    groups: list[Clause] = []
    for clause in _with_outcomes(reading, _with_known_attacks(reading, _clauses(reading, sentence, triggers, harms))):
        if groups and not clause.is_other and not _begins_another(reading, groups[-1], clause, harms):
            groups[-1].take_in(clause)
        else:
            clause.is_other |= bool(groups) and _is_another_deed(reading, groups[-1], clause, harms)
            groups.append(clause)
    return groups


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


def _is_another_deed(reading: Reading, group: Clause, clause: Clause, harms: list[Harm]) -> bool:
    """Whether a clause that begins another mention cannot be of the event told before it in the sentence."""
    ours, theirs = ([t for t in c.triggers if t.strength != "anaphor" and t.kind == "incident"] for c in (group, clause))
    if _puts_to_death(group, clause) or _is_followed(reading, clause, theirs) or _is_next(reading, group, clause):
        return True
    if _is_the_second(reading, group, clause, theirs, harms):
        return True
    if not (ours and theirs):
        return False
    other_doers = not theirs[0].is_definite and not _OTHER_GROUP.isdisjoint(
        reading.document.forms[clause.first : min(theirs[0].last + 3, clause.last)]
    )
    told = _news(theirs) or _news_by_toll(group, clause, theirs)
    if _is_likewise(reading, clause, theirs) and (_differ(clause, group) or _is_struck_besides(reading, group, clause, told)):
        return True
    if other_doers or _is_by_another_force(reading, group, clause, ours, told) or _is_after_attack(group, ours, told):
        return True
    return _has_own_day_in_contrast(reading, group, clause, told) or _is_elsewhere(reading, group, clause, ours, told)


def _news(triggers: list[Trigger]) -> list[Trigger]:
    """Those that strongly tell of what was not told before."""
    return [t for t in triggers if t.strength == "strong" and not t.is_definite]


def _news_by_toll(group: Clause, clause: Clause, triggers: list[Trigger]) -> list[Trigger]:
    """ "A sniper targeted a post in X, killing two", "two were killed in X": words that are not enough by themselves, with a toll not told
    before and a place."""
    told = {(h.harm, h.value) for h in group.harms}
    if not (clause.places and any(h.has_figure and (h.harm, h.value) not in told for h in clause.harms)):
        return []
    return [t for t in triggers if t.strength == "weak" and not t.is_definite]


def _is_followed(reading: Reading, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "…, which was followed by a raid on the village of X in which eight were killed"; fighting and a search are phases."""
    if not theirs or reading.document.forms[clause.first] not in _FOLLOWED:
        return False
    told = next((t for t in theirs if t.kind == "incident" and not t.is_definite), None)
    if told is None or told.type in _PHASES:
        return False
    return any(p.mention.level in SPATIAL for p in clause.places)


def _is_next(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "(The first hit a patrol and killed two,) the second a market, wounding four"."""
    told = any(h.has_figure or h.is_zero for h in clause.harms)  # else it struck those who came to the first
    return bool(group.triggers) and told and is_counted_off(reading, clause.first)


def _is_the_second(reading: Reading, group: Clause, clause: Clause, theirs: list[Trigger], harms: list[Harm]) -> bool:
    """ "(The first went off beside a convoy and killed three,) while the second bomb hit a patrol, wounding four"; `harms` are those of
    the sentence."""
    if not theirs or not group.harms or not reading.document.forms[clause.first].startswith(_SECOND_OPENS):
        return False
    told = [t for t in theirs if t.kind == "incident"]
    if not told or told[0].first - clause.first > 3:
        return False
    after = reading.sentence_of(clause.first).last
    counted = not _ORDINALS.isdisjoint(reading.document.forms[told[0].first : told[0].last + 2])
    if not (counted and between(harms, clause.first, after)):
        return False
    return any(p.mention.level in SPATIAL for p in between(reading.places, clause.first, after))  # else it struck those who came


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
        if attack and days and (_has_own_story(reading, [attack], days, clause) or _has_own_toll(attack, days, following)):
            at = min(attack.first, days[0].first)  # "over Sunday's bombing that killed 20"
            before, known = (_clause(reading, *edges, clause.triggers, clause.harms) for edges in ((clause.first, at), (at, clause.last)))
            known.is_other = True
            out[-1:] = [before, known]
    return out


def _has_own_toll(attack: Trigger, days: list[Expression], following: Clause | None) -> bool:
    """ "Arrested two who took part in the attack on a post last week, which left two of its men dead"."""
    fallen = any(h.has_figure and h.harm in ("killed", "wounded") and h.party != "isis" for h in following.harms) if following else False
    return fallen and days[0].first > attack.last


def _begins_another(reading: Reading, group: Clause, clause: Clause, harms: list[Harm]) -> bool:
    ours = [t for t in group.triggers if t.strength != "anaphor"]
    if _is_counted_from(group, clause) or _is_next(reading, group, clause):
        return True
    if group.harms and _is_followed(reading, clause, clause.triggers):
        return True
    if _is_the_second(reading, group, clause, clause.triggers, harms):
        return True
    if not ours and _opens_with_day(reading, clause) and group.harms and group.dates:
        return any(t.kind == "incident" and not t.is_definite for t in clause.triggers)  # "on the first of May IS killed the headman"
    if not ours:
        return _is_set_against(reading, group, clause)
    opening = reading.document.forms[clause.first]
    if opening in _WHAT:
        return False  # "…, which left two dead and wounded another"
    theirs = [t for t in clause.triggers if t.strength != "anaphor"]
    if is_ellipsis(reading, clause, theirs) or _puts_to_death(group, clause):
        return True
    if _is_followed(reading, clause, theirs):
        return True
    told = _news(theirs) or _news_by_toll(group, clause, theirs)
    if _is_said_of_another_kind(reading, clause, ours, told):
        return True
    if told and (
        _is_elsewhere(reading, group, clause, ours, told)
        or _is_beside_known(reading, ours, told, clause)
        or _is_by_another_force(reading, group, clause, ours, told)
        or _is_after_attack(group, ours, told)
        or _has_own_day_in_contrast(reading, group, clause, told)
        or _is_struck_besides(reading, group, clause, told)
    ):
        return True
    dates = clause.dates
    if not (theirs or dates) or reading.cues(clause.first, clause.last, "bodies"):
        return False
    at_once = bool(dates) and dates[0].first == clause.first
    if dates and opening in _FOREMOST and (theirs or clause.harms):
        return True  # "a series of attacks, the worst of them on Tuesday, when …"
    opens_with_date = (
        bool(dates)
        and dates[0].first - clause.first <= 3
        and opening not in _IN  # "in", whose first letter is no conjunction
        and (opening in _AND or opening[:1] in (_CONJUNCTIONS[0] if at_once else _CONJUNCTIONS))
    )
    settled = bool(group.dates or group.places)
    if opens_with_date and settled:
        return True
    if theirs and dates and settled and _has_own_story(reading, theirs, dates, clause):
        return True
    if _is_then_elsewhere(reading, group, clause, ours, told):
        return True
    if (dates and settled and _has_own_talk(told, ours)) or (dates and reading.document.forms[clause.first - 1] == ";" and theirs):
        return True
    if not theirs or all(t.is_definite for t in theirs):
        return False
    said_other = any(not _is_of_people(reading, c) for c in reading.cues(clause.first, min(theirs[0].last + 4, clause.last), "other_event"))
    new_place = _differ(clause, group)
    if new_place and _is_likewise(reading, clause, theirs):
        return True
    if said_other and (new_place or clause.harms or opening.startswith(_CONJUNCTIONS[0])):
        return True
    return new_place and bool(dates) and opening[:1] in _CONJUNCTIONS and theirs[0].strength == "strong"


def _is_said_of_another_kind(reading: Reading, clause: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """ "(He said that they had agreed to send forces,) noting that the group killed nine in 17 attacks": talks beside attacks."""
    if not (news and clause.harms) or any(t.kind == "incident" for t in ours) or any(t.kind != "incident" for t in news):
        return False
    return bool(reading.cues(clause.first, clause.first + 2, "say", "continue"))


def _differ(one: Clause, two: Clause) -> bool:
    """Whether both name places, and none in common."""
    ours, theirs = names_of(one.places), names_of(two.places)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _is_likewise(reading: Reading, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "…, as also a man was killed in an attack in the quarter of X"."""
    return reading.document.forms[clause.first] in words("clauses.likewise") and not theirs[0].is_definite


def _is_struck_besides(reading: Reading, group: Clause, clause: Clause, news: list[Trigger]) -> bool:
    """ "(They attacked a patrol and killed two,) as also four soldiers were killed by a bomb": by other means, with a toll of its own."""
    struck = [t for t in news if t.type in _STRUCK]
    if not struck or not _is_likewise(reading, clause, news) or any(t.type == struck[0].type for t in group.triggers):
        return False
    return any(h.has_figure for h in clause.harms) and any(h.has_figure for h in group.harms)


def _is_by_another_force(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """ "(They arrested three men in X,) and a force of the third regiment found a cache in Y": another deed of other forces elsewhere."""
    told = [t for t in news if t.type in FORCE_TYPES]
    if not told or reading.document.forms[clause.first] not in _THAT or any(t.type == told[0].type for t in ours):
        return False
    doers = [
        a for a in between(reading.actors, clause.first, told[0].first + 1) if a.kind not in ("person", "rebel_terrorist", "civilians")
    ]
    theirs_at, ours_at = names_of(clause.places), names_of(group.places)
    return bool(doers and theirs_at and ours_at) and theirs_at.isdisjoint(ours_at)


def _is_after_attack(group: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """ "A day after a bombing that killed 30, the police arrested six men": what came after it is another event."""
    if not group.dates or group.dates[0].rule != "days_after" or group.dates[0].first >= group.first + 2:
        return False
    attack = any(t.kind == "incident" and t.type not in FORCE_TYPES for t in _news(ours))
    return attack and any(t.type in FORCE_TYPES for t in news)


def _has_own_day_in_contrast(reading: Reading, group: Clause, clause: Clause, news: list[Trigger]) -> bool:
    """ "Gunmen shot a mayor on Monday evening, while another escaped a bomb yesterday"."""
    if reading.document.forms[clause.first] not in _WHILE or not any(t.kind == "incident" for t in news):
        return False
    return _names_day(group) and _names_day(clause)


def _names_day(clause: Clause) -> bool:
    return any(e.rule in ("date", "days", "weekday") for e in clause.dates)


def _is_beside_known(reading: Reading, ours: list[Trigger], news: list[Trigger], clause: Clause) -> bool:
    """ "The attacks were not confined to X and Y; the police foiled one in Z": what comes before names no event of its own."""
    if reading.document.forms[clause.first - 1] != ";" or not any(t.kind == "incident" for t in news):
        return False
    known = all(t.is_definite or t.strength == "plural" for t in ours)
    return known and any(p.mention.level in SPATIAL for p in clause.places)


def _opens_with_day(reading: Reading, clause: Clause) -> bool:
    """ "And on the fifth of it they abducted …"."""
    days = between(reading.dates, clause.first, clause.first + 4)
    return reading.document.forms[clause.first][:1] in _CONJUNCTIONS and any(e.rule in ("date", "of_it", "day_of_month") for e in days)


def _is_set_against(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "25 of them died, while the coalition said it had carried out five strikes": the toll is of another event."""
    if not group.harms or reading.document.forms[clause.first] not in _WHILE:
        return False
    return any(t.kind == "incident" for t in _news(clause.triggers))


def _is_of_people(reading: Reading, cue: Hit) -> bool:
    """ "Wounded another": one more victim, no other event."""
    return bool(reading.hits.between("harm", cue.first - 1, cue.first))


def _is_counted_from(group: Clause, clause: Clause) -> bool:
    """ "Four were killed on Sunday, a day after militants attacked …": an earlier event that the time is counted from."""
    if not clause.dates or clause.dates[0].rule != "days_after" or clause.dates[0].first >= clause.first + 2:
        return False
    known = [t for t in group.triggers if t.kind == "incident"]
    operation = any(t.kind == "coordination" or t.type in FORCE_TYPES for t in group.triggers)
    if not any(h.has_figure for h in group.harms) and not operation and not (known and all(t.is_definite for t in known)):
        return False
    return bool(_news(clause.triggers))


def _is_then_elsewhere(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """ "They met in Erbil, then visited the Bashmakh crossing"."""
    talks = [t for t in news if t.type in _TALKS and t.modality == "occurred"]
    if not talks or reading.document.forms[clause.first] not in _THEN or any(o.type == talks[0].type for o in ours):
        return False
    theirs_at, ours_at = names_of(clause.places), names_of(group.places)
    return any(o.type in _TALKS for o in ours) and bool(theirs_at) and theirs_at.isdisjoint(ours_at)


def _has_own_talk(news: list[Trigger], ours: list[Trigger]) -> bool:
    """Talks with a day of their own behind other talks: "… a meeting on Thursday, and before it a meeting on the 20th"."""
    talks = [t for t in news if t.type in _TALKS]
    return bool(talks) and any(o.type == talks[0].type for o in _news(ours))


def _is_elsewhere(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """A clause that strongly tells of an attack in another place: "in Mosul …", "while …", "and … killed four in …"; or, after "while",
    of what cannot be part of the same attack."""
    told = [t for t in news if t.kind == "incident"]
    if not told:
        return False
    forms = reading.document.forms
    opening = forms[clause.first]
    in_contrast = opening in _WHILE or (opening in _IN and forms[clause.first + 1] in _WHEN)
    placed = [p for p in clause.places if not is_bound_for(reading, p)]
    own_harm = any(not h.is_zero for h in clause.harms)
    fine = [p for p in group.places if p.mention.level != "governorate"] or group.places  # "north of Baghdad a man was killed near Baquba"
    if are_apart([p for p in group.places if not is_rough(p)] or fine, placed):
        led_by_place = placed[0].first - clause.first <= 2 and opening.startswith(_CONJUNCTIONS[0])
        return in_contrast or led_by_place or (_goes_on(reading, clause) and own_harm)
    struck = any(h.has_figure for h in group.harms) and own_harm
    if in_contrast and struck and placed and names_of(placed).isdisjoint(names_of(group.places)):
        return True  # "a policeman was killed in X, while a child was killed by a bomb in Y"
    alien = not any(is_compatible(t.type, o.type) for t in told for o in ours if o.kind == "incident")
    adds = opening.startswith(_CONJUNCTIONS[0]) or opening in _AND or bool(reading.cues(clause.first, clause.first + 2, "say", "continue"))
    if alien and own_harm and adds and told[0].type in _STRUCK and any(o.kind == "incident" for o in ours):
        return True  # "a bomb killed a lawyer, and a soldier was killed by a sniper"
    if alien and opening.startswith(_CONJUNCTIONS[0]) and group.dates and _names_day(clause):
        return True
    return in_contrast and alien and told[0].type != "security_operation" and (own_harm or bool(placed))


def _goes_on(reading: Reading, clause: Clause) -> bool:
    """Whether a clause goes on to what happened besides: "and …", "as also …", or behind a semicolon."""
    forms = reading.document.forms
    opening = forms[clause.first]
    if opening.startswith(_CONJUNCTIONS[0]) or opening in _AND or forms[clause.first - 1] == ";":
        return True
    return bool(reading.cues(clause.first, clause.first + 1, "also"))


def _puts_to_death(group: Clause, clause: Clause) -> bool:
    """ "They blew up a shrine, and put five men to death": what was destroyed and who was killed are two deeds."""
    theirs = clause.triggers
    if not theirs or theirs[0].type != "killing" or theirs[0].strength != "strong" or group.harms:
        return False
    destroyed = bool(group.triggers) and all(o.type in ("ied", "arson_destruction") for o in group.triggers)
    return destroyed and any(h.has_figure and h.harm == "killed" for h in clause.harms)


def is_ellipsis(reading: Reading, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "… an attack on a barracks, and another on a police post": the second event has no word of its own."""
    forms = reading.document.forms
    return not theirs and forms[clause.first] in _ANOTHER and not _ON.isdisjoint(forms[clause.first + 1 : clause.first + 2])


def _has_own_story(reading: Reading, theirs: list[Trigger], dates: list[Expression], clause: Clause) -> bool:
    """ "He stood behind the attack in which nine soldiers fell on 12 August": a relative clause with a toll and a day of its own."""
    forms, last = reading.document.forms, theirs[0].last
    told = next((i for i in range(last, min(last + 5, clause.last)) if forms[i].removeprefix(_CONJUNCTIONS[0]) in _WHICH), None)
    own_day = told is not None and (dates[0].first > told or dates[0].last == theirs[0].first)
    return own_day and any(h.has_figure and h.first >= (told or 0) for h in clause.harms)
