"""Mentions of events: the clauses of a sentence gathered around the words that report, each with its dates, places, actors and harm.

One sentence may report several events ("on the 17th …, and the next day …"); one event may fill several clauses. A clause begins a new
event where it opens with a date of its own, or says "another", or moves to another place.
"""

from dataclasses import dataclass, field, replace

from extraction.actors import Actor
from extraction.casualties import find_harms
from extraction.dates import Expression
from extraction.lexicon import words
from extraction.numbers import number_at
from extraction.place_mentions import Located
from extraction.reading import Reading, between
from extraction.text import Sentence
from extraction.tolls import Harm
from extraction.triggers import FORCE_TYPES, SPECIFICITY, Trigger, find_triggers

_CONJUNCTIONS = "\u0648\u0641"
_PERIODS = frozenset(("week", "period", "months_count", "year", "this_year", "last_year", "months_back", "last_month", "this_month"))
_COORDINATION = {
    "joint_operation": 10,
    "call": 9,
    "centre": 5,
    "joint_force": 5,
    "joint_patrol": 5,
    "training": 5,
    "committee": 4,
    "suspension": 5,
    "meeting": 7,
    "visit": 6,
    "conference": 6,
    "agreement": 4,
    "redeployment": 3,
    "support": 2,
    "intelligence_sharing": 1,
    "air_support": 1,
}
_FORCES = ("state_military", "regional_military", "police", "paramilitary_state", "tribal", "coalition", "foreign_military")
_NEEDS_SETTING_UP = frozenset(("centre", "joint_force", "committee"))
_DISCUSSED = ("بحث", "ناقش", "تباحث")
_TALKS = frozenset(("meeting", "visit", "conference", "call"))
_DONE_BY_OPERATIONS = ("clash", "killing", "armed_attack", "air_strike", "arson_destruction", "infiltration")
_SPATIAL = frozenset(("village", "town", "subdistrict", "district", "governorate", "natural_feature", "area", "facility", "road"))


@dataclass(frozen=True, slots=True)
class Mention:
    """One clause or run of clauses, tokens `first` up to `last`, that speaks of one event."""

    sentence: int
    first: int
    last: int
    kind: str
    type: str
    modality: str
    triggers: tuple[Trigger, ...]
    is_definite: bool
    is_title: bool
    dates: tuple[Expression, ...] = ()
    places: tuple[Located, ...] = ()
    actors: tuple[Actor, ...] = ()
    harms: tuple[Harm, ...] = ()
    weight: float = 0.5
    is_condemned: bool = False
    others: tuple[str, ...] = field(default=())

    @property
    def trigger(self) -> int:
        """The token its main trigger stands at."""
        return self.triggers[0].first if self.triggers else self.first


@dataclass(frozen=True, slots=True)
class _Clause:
    first: int
    last: int


def find_mentions(reading: Reading) -> list[Mention]:
    """Every mention of an incident, a coordination event or an aggregate, in order of the text."""
    out: list[Mention] = []
    for number, sentence in enumerate(reading.sentences):
        triggers = find_triggers(reading, sentence)
        harms = find_harms(reading, sentence.first, sentence.last)
        claims = reading.cues(sentence.first, sentence.last, "claim")
        if not (triggers or harms or claims):
            continue
        for group in _groups(reading, sentence, triggers, harms):
            out += _of_group(reading, number, sentence, group, triggers, harms)
    return out


def _clauses(reading: Reading, sentence: Sentence) -> list[_Clause]:
    forms = reading.document.forms
    edges = [sentence.first]
    turns = {c.first for c in reading.cues(sentence.first, sentence.last, "other_event")}
    for i in range(sentence.first, sentence.last):
        if forms[i] in (",", ";") and i + 1 < sentence.last:
            edges.append(i + 1)
        elif forms[i] in ("فيما", "بينما", "وفيما") and i > edges[-1]:
            edges.append(i)
    edges = sorted(set(edges) | {t for t in turns if t - sentence.first < 2})
    return [_Clause(a, b) for a, b in zip(edges, [*edges[1:], sentence.last], strict=True) if b > a]


def _groups(reading: Reading, sentence: Sentence, triggers: list[Trigger], harms: list[Harm]) -> list[_Clause]:
    """Runs of clauses, each about one event of either kind."""
    groups: list[_Clause] = []
    for clause in _clauses(reading, sentence):
        if groups and not _begins_another(reading, groups[-1], clause, triggers, harms):
            groups[-1] = _Clause(groups[-1].first, clause.last)
        else:
            groups.append(clause)
    return groups


def _begins_another(reading: Reading, group: _Clause, clause: _Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    ours = [t for t in between(triggers, group.first, group.last) if t.strength != "anaphor"]
    theirs = [t for t in between(triggers, clause.first, clause.last) if t.strength != "anaphor"]
    if not ours:
        return False
    dates = between(reading.dates, clause.first, clause.last)
    opening = reading.document.forms[clause.first]
    at_once = bool(dates) and dates[0].first == clause.first
    opens_with_date = bool(dates) and dates[0].first - clause.first <= 3 and opening[:1] in (_CONJUNCTIONS[0] if at_once else _CONJUNCTIONS)
    settled = bool(between(reading.dates, group.first, group.last)) or bool(between(reading.places, group.first, group.last))
    if opens_with_date and settled:
        return True
    if not theirs or all(t.is_definite for t in theirs):
        return False
    said_other = bool(reading.cues(clause.first, min(theirs[0].last + 4, clause.last), "other_event"))
    their_places = _names(between(reading.places, clause.first, clause.last))
    our_places = _names(between(reading.places, group.first, group.last))
    own_harm = bool(between(harms, clause.first, clause.last))
    new_place = bool(their_places and our_places and not (their_places & our_places))
    if said_other and (new_place or own_harm or opening.startswith(_CONJUNCTIONS[0])):
        return True
    return new_place and bool(dates) and opening[:1] in _CONJUNCTIONS and theirs[0].strength == "strong"


def _names(places: list[Located]) -> set[str]:
    return {p.mention.place or p.mention.name for p in places if p.mention.level in _SPATIAL}


def _of_group(
    reading: Reading, number: int, sentence: Sentence, group: _Clause, triggers: list[Trigger], harms: list[Harm]
) -> list[Mention]:
    ours = between(triggers, group.first, group.last)
    our_harms = [h for h in harms if group.first <= h.first < group.last]
    base = Mention(
        sentence=number,
        first=group.first,
        last=group.last,
        kind="incident",
        type="",
        modality="occurred",
        triggers=(),
        is_definite=False,
        is_title=sentence.is_title,
        dates=tuple(between(reading.dates, group.first, group.last)),
        places=tuple(between(reading.places, group.first, group.last)),
        actors=tuple(between(reading.actors, group.first, group.last)),
        harms=tuple(our_harms),
    )
    statistic = _statistic(reading, base, ours)
    if statistic:
        return [statistic]
    talk = [t for t in ours if t.kind == "coordination"]
    coordination = _coordination(reading, base, talk, sentence)
    further = _further(reading, base, talk, coordination, sentence)
    incident = _incident(reading, base, [t for t in ours if t.kind == "incident"], sentence)
    if incident and incident.type == "security_operation" and _is_joint(reading, incident):
        incident = replace(incident, kind="coordination", type="joint_operation")
    if (
        incident and coordination and incident.is_definite and coordination.trigger < incident.trigger
    ):  # "visited the place of the shelling": the day and the place are the visit's
        incident = replace(incident, dates=(), places=(), weight=0.25)
    if incident and coordination and coordination.type == "joint_operation" and _belongs_to_operation(incident, coordination):
        # What an operation destroyed, arrested or killed is its outcome, not another event.
        return [replace(coordination, harms=incident.harms), *further]
    return [*(m for m in (coordination, incident) if m), *further]


def _further(reading: Reading, base: Mention, triggers: list[Trigger], main: Mention | None, sentence: Sentence) -> list[Mention]:
    """A call, talks and an operation in one clause are events of their own ("the operation came a day after a phone call between …")."""
    if main is None:
        return []
    rest = [t for t in triggers if _family(t.type) not in ("", _family(main.type)) and t.strength == "strong" and not t.is_definite]
    second = _coordination(reading, base, rest, sentence) if rest else None
    return [second] if second and second.weight >= 0.7 else []


def _family(type_: str) -> str:
    return {"call": "call", "joint_operation": "operation", "meeting": "talk", "visit": "talk", "conference": "talk"}.get(type_, "")


def _belongs_to_operation(incident: Mention, operation: Mention) -> bool:
    attack = [t for t in incident.triggers if t.type not in FORCE_TYPES and t.type not in _DONE_BY_OPERATIONS]
    return not attack and not any(t.is_definite and t.type == "armed_attack" for t in incident.triggers)


def _is_joint(reading: Reading, mention: Mention) -> bool:
    """Two sides' forces in one operation."""
    sides = {
        a.side for a in mention.actors if a.side in ("iraq", "kurdistan", "coalition") and a.kind not in ("person", "executive_office")
    }
    together = reading.cues(mention.first, mention.last, "jointly", "support", "coordinate")
    return {"iraq", "kurdistan"} <= sides or (len(sides) >= 2 and bool(together))


def _statistic(reading: Reading, base: Mention, triggers: list[Trigger]) -> Mention | None:
    """An aggregate: so many attacks (or victims) in a period longer than days."""
    period = [e for e in base.dates if e.rule in _PERIODS or (e.rule == "month" and not e.days)]
    if not period:
        return None
    counted = [t for t in triggers if (t.kind == "incident" or t.strength == "plural") and _count_before(reading, t) is not None]
    placed = any(p.mention.level in ("village", "town", "subdistrict", "district", "facility") for p in base.places)
    big = [
        h
        for h in base.harms
        if not placed and h.value and h.value >= 10 and h.harm in ("killed", "wounded", "casualties", "abducted", "arrested")
    ]
    exact = [e for e in base.dates if e.rule in ("date", "days", "weekday")]
    singular = [t for t in triggers if t.kind == "incident" and t.strength == "strong" and t not in counted]
    if counted or (big and not singular and not exact):
        return replace(base, kind="statistic", type="aggregate", triggers=tuple(counted), dates=tuple(period), weight=0.7)
    return None


def _count_before(reading: Reading, trigger: Trigger) -> int | None:
    """The number two or more that counts a trigger: "206 attacks"."""
    forms = reading.document.forms
    for start in range(max(0, trigger.first - 4), trigger.first):
        number = number_at(reading.document, start, trigger.first)
        if number is None or not number.value or number.value < 2 or number.kind != "exact" or _is_of_date(reading, number.first):
            continue
        if number.last == trigger.first or (number.last == trigger.first - 1 and forms[number.last].isalpha()):
            return number.value
    return None


def _is_of_date(reading: Reading, token: int) -> bool:
    return any(e.first <= token < e.last for e in between(reading.dates, token - 4, token + 1))


def _incident(reading: Reading, base: Mention, triggers: list[Trigger], sentence: Sentence) -> Mention | None:
    if not triggers:
        return _killing(reading, base, sentence)
    told = [t for t in triggers if t.strength in ("strong", "weak")]
    plural = [t for t in triggers if t.strength == "plural"]
    anaphors = [t for t in triggers if t.strength == "anaphor"]
    main = _main(told) or (plural[0] if plural else None) or (anaphors[0] if anaphors else None)
    if main is None or reading.cues(sentence.first, sentence.last, "accident"):
        return None
    if anaphors and anaphors[0].first < main.first and main.type in FORCE_TYPES and any(h.has_figure for h in base.harms):
        return replace(base, type="armed_attack", triggers=(anaphors[0],), is_definite=True, weight=0.3)  # the toll of "the incident"
    mention = replace(
        base,
        type=_type(reading, base, told, main),
        modality=main.modality,
        triggers=(main, *(t for t in triggers if t is not main)),
        is_definite=all(t.is_definite for t in told) if told else True,
        is_condemned=bool(reading.cues(sentence.first, main.first, "condemn")),
    )
    weight = _weight(reading, mention, main)
    if weight <= 0:
        return None
    return replace(mention, weight=weight)


def _main(told: list[Trigger]) -> Trigger | None:
    """The trigger that names the event: strong before weak, asserted before definite, then the first."""
    return min(told, key=lambda t: (t.strength != "strong", t.is_definite, t.first), default=None)


def _from_the_air(reading: Reading, base: Mention, main: Trigger, told: list[Trigger]) -> bool:
    """Hideouts destroyed by aircraft or in a strike."""
    near = reading.document.forms[main.last : main.last + 3]
    return any(form in words("triggers.aircraft") for form in near) or any(t.type == "air_strike" and t.strength == "strong" for t in told)


def _fired_by_forces(reading: Reading, base: Mention, main: Trigger) -> bool:
    """Forces that open fire on armed men: a clash, not an attack on the forces."""
    if not main.hit.entry.is_verb or main.type != "armed_attack":
        return False
    doer = [a for a in base.actors if main.last <= a.first <= main.last + 2 or 0 <= main.first - a.last <= 1]
    hostile = [a for a in base.actors if a.kind in ("rebel_terrorist", "unidentified") and a.first > main.first]
    return bool(doer) and doer[0].kind in _FORCES and bool(hostile) and hostile[0] is not doer[0]


def _type(reading: Reading, base: Mention, told: list[Trigger], main: Trigger) -> str:
    """The most telling type of the main trigger's family; the means (an explosive, an aircraft) tell more than "attack"."""
    family = [t for t in told if (t.type in FORCE_TYPES) == (main.type in FORCE_TYPES)] or [main]
    if main.type == "security_operation" and _from_the_air(reading, base, main, told):
        return "air_strike"
    if main.type in ("infiltration", "arson_destruction", "suicide_bombing"):
        return main.type
    if _fired_by_forces(reading, base, main):
        return "clash"
    if main.type in FORCE_TYPES:
        return "arrest" if any(t.type == "arrest" and t.first <= main.first + 12 for t in family) else main.type
    weapons = {h.entry.attributes["type"] for h in reading.hits.between("weapons", base.first, base.last)} - {""}
    types = {t.type for t in family if abs(t.first - main.first) <= 25} | (
        weapons if main.type in ("armed_attack", "killing", "ied", "shelling") else set()
    )
    if main.type in ("clash", "abduction", "ambush", "air_strike"):
        types &= {main.type, "suicide_bombing", "air_strike", "abduction", "ambush"} if main.type != "clash" else {"clash", "armed_attack"}
        types |= {main.type}
        if main.type == "clash":
            return (
                "armed_attack" if any(t.type == "armed_attack" and not t.is_definite and t.first < main.first for t in family) else "clash"
            )
    if "ied" in types and "shelling" in types and main.type == "shelling":
        types.discard("ied")
    if "sniper" in types and main.type not in ("sniper", "killing", "armed_attack"):
        types.discard("sniper")
    return max(types, key=lambda t: SPECIFICITY.get(t, 0))


def _weight(reading: Reading, mention: Mention, main: Trigger) -> float:
    """How much stands beside the trigger; 0 where too little does for the word to report an event."""
    hostile = any(a.kind in ("rebel_terrorist", "unidentified") for a in mention.actors)
    forces = any(a.kind not in ("rebel_terrorist", "unidentified", "civilians", "person", "executive_office") for a in mention.actors)
    civilians = any(a.kind == "civilians" for a in mention.actors)
    harmed = any(not h.is_zero for h in mention.harms)
    weapon = bool(reading.hits.between("weapons", mention.first, mention.last))
    placed = any(p.mention.level in _SPATIAL for p in mention.places)
    several = (
        len({t.type for t in mention.triggers if t.strength in ("strong", "weak")}) > 1
        or sum(t.strength != "plural" for t in mention.triggers) > 1
    )
    company = 2 * harmed + hostile + forces + civilians + weapon + placed + several + bool(mention.dates)
    if main.strength == "plural":
        specific = [e for e in mention.dates if e.rule in ("date", "days", "weekday") and e.rule != "vague"]
        return 0.5 if specific and (placed or harmed) else (0.2 if mention.is_title and company else 0)
    if main.strength == "anaphor":
        return 0.2 if company >= 1 else 0
    if main.type in ("air_strike", "shelling") and main.strength == "weak" and not (mention.harms or several or mention.is_title):
        return 0.2 if company >= 1 else 0
    if main.type == "sniper" and main.strength == "weak" and not harmed:
        return 0.2 if company >= 1 else 0
    if main.strength == "weak" and company < 2:
        return 0.3 if mention.is_title and company else 0
    if company < 1:
        return 0.25 if mention.is_title or mention.is_definite else 0
    return min(0.95, 0.55 + 0.06 * company)


def _killing(reading: Reading, base: Mention, sentence: Sentence) -> Mention | None:
    """Harm with no word for an attack beside it: an event where arms or an armed side are named, else only more about one told before."""
    counted = [
        h
        for h in base.harms
        if h.harm in ("killed", "wounded", "abducted", "arrested", "surrendered") and not h.is_earlier and not h.is_zero
    ]
    if not counted:
        return _claim(reading, base)
    if reading.cues(sentence.first, sentence.last, "accident", "crime"):
        return None
    hostile = any(a.kind in ("rebel_terrorist", "unidentified") for a in base.actors)
    soldiers = any(
        h.party in ("peshmerga", "iraqi_army", "pmf", "police", "federal_police", "cts", "isf", "tribal", "isis", "coalition")
        for h in counted
    )
    armed = bool(reading.hits.between("weapons", base.first, base.last)) or any(
        "رصاص" in f or "مسلح" in f or f in ("gunmen", "shot") for f in reading.document.forms[base.first : base.last]
    )
    only_isis = all(h.party == "isis" for h in counted if h.harm == "killed") and any(h.harm == "killed" for h in counted)
    harm = counted[0].harm
    type_ = {"abducted": "abduction", "arrested": "arrest", "surrendered": "other_incident"}.get(
        harm, "clash" if only_isis else "armed_attack" if hostile else "killing"
    )
    placed = any(p.mention.level in _SPATIAL for p in base.places)
    figure = any(h.has_figure for h in counted)
    weight = 0.6 if figure and (hostile or soldiers or armed) and (placed or base.dates) else 0.3
    condemned = bool(reading.cues(sentence.first, counted[0].first, "condemn"))
    return replace(base, type=type_, is_definite=weight < 0.5, weight=weight, is_condemned=condemned)


def _claim(reading: Reading, base: Mention) -> Mention | None:
    """A claim of responsibility without a word for the attack: more about one told before."""
    hostile = any(a.kind == "rebel_terrorist" for a in base.actors)
    claims = reading.cues(base.first, base.last, "claim")
    return replace(base, type="armed_attack", is_definite=True, weight=0.2) if hostile and claims else None


def _coordination(reading: Reading, base: Mention, triggers: list[Trigger], sentence: Sentence) -> Mention | None:
    told = [t for t in triggers if not (t.type in _NEEDS_SETTING_UP and not _is_set_up(reading, base, t))]
    if not told:
        return None
    strong = [t for t in told if t.strength == "strong"] or [t for t in told if t.strength == "weak"] or told
    main = max(strong, key=lambda t: (_COORDINATION.get(t.type, 0) - (2 if t.is_definite else 0), -t.first))
    officials = [a for a in base.actors if a.kind not in ("rebel_terrorist", "unidentified", "civilians")]
    two_sides = bool(reading.cues(base.first, base.last, "two_sides"))
    if not _is_security(reading, base, sentence) or not (officials or two_sides):
        return None
    if _is_topic_only(reading, base, main, told):
        return replace(base, kind="coordination", type="meeting", triggers=(main,), is_definite=True, weight=0.2, modality=main.modality)
    mention = replace(
        base,
        kind="coordination",
        type=main.type,
        modality=main.modality,
        triggers=(main, *(t for t in told if t is not main)),
        is_definite=main.is_definite or main.strength == "plural",
        others=tuple(t.type for t in told if t is not main),
    )
    bodies = {a.slug for a in officials}
    sides = {a.side for a in officials if a.side}
    enough = len(bodies) >= 2 or len(sides) >= 2 or two_sides
    weight = 0.75 if enough else 0.45
    if main.strength == "weak" and not enough:
        weight = 0.2
    if main.strength == "plural":
        weight = 0.3
    if (main.type == "agreement" and not enough) or main.type == "air_support":
        weight = 0.3
    return replace(mention, weight=weight)


def _is_topic_only(reading: Reading, base: Mention, main: Trigger, told: list[Trigger]) -> bool:
    """ "Discussed" without a second side: what a meeting told before was about."""
    if main.type != "meeting" or main.hit.entry.term not in _DISCUSSED or any(t.type in _TALKS for t in told if t is not main):
        return False
    return not _bilateral(reading, base, main)


def _is_set_up(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """A centre, force or committee is an event where it is set up, opened or counted."""
    near = reading.cues(max(base.first, trigger.first - 8), min(trigger.last + 5, base.last), "set_up")
    return bool(near) or _count_before(reading, trigger) is not None


def _bilateral(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """Two sides discuss: "with" after the verb, or two actors before the topic."""
    window = reading.document.forms[trigger.first : min(trigger.first + 16, base.last)]
    people = [a for a in base.actors if a.first < trigger.first + 16]
    return ("مع" in window and len(people) >= 2 and trigger.hit.entry.is_verb) or (
        len({a.slug for a in people if a.first < trigger.first}) >= 2
    )


def _is_security(reading: Reading, base: Mention, sentence: Sentence) -> bool:
    """Whether the talk is about security: its words, its people, or the sentences around it."""
    if any(
        a.kind in ("state_military", "regional_military", "police", "coalition", "foreign_military", "paramilitary_state")
        for a in base.actors
    ):
        return True
    if reading.cues(sentence.first, sentence.last, "security"):
        return True
    first = reading.sentences[max(0, base.sentence - 2)].first
    last = reading.sentences[min(len(reading.sentences) - 1, base.sentence + 2)].last
    if len(reading.cues(first, last, "security")) >= 3:
        return True
    everywhere = len(reading.document.forms)
    arms = [h for h in reading.hits.between("triggers", 0, everywhere) if h.entry.attributes["kind"] == "incident"]
    return len(reading.cues(0, everywhere, "security")) + len(arms) >= 6
