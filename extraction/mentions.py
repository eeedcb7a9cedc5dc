"""Mentions of events: the clauses of a sentence gathered around the words that report, each with its dates, places, actors and harm.

One sentence may report several events ("on the 17th …, and the next day …"); one event may fill several clauses. A clause begins a new
event where it opens with a date of its own, or says "another", or moves to another place.
"""

from dataclasses import dataclass

from extraction.casualties import find_harms
from extraction.coordination_mentions import read_coordination
from extraction.incident_mentions import read_incident
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.mention import SPATIAL, Mention
from extraction.place_mentions import Located
from extraction.reading import Reading, between
from extraction.statistic_mentions import may_hold_statistic, read_statistics
from extraction.text import Sentence
from extraction.time_expressions import Expression
from extraction.tolls import Harm
from extraction.triggers import FORCE_TYPES, Trigger, find_triggers, is_compatible, is_known_by_its_place

_WHOLE = frozenset(("gn:99237", "isnad:kurdistan-region", "isnad:disputed-areas"))  # two places of one country are two places
_CONJUNCTIONS = "\u0648\u0641"
_WHICH = words("mentions.which")
_CLAUSE_ENDS = frozenset(",;")
_WHILE = words("mentions.while")
_WHEN = words("mentions.when")
_FOLLOWED = words("mentions.followed")
_FOREMOST = words("mentions.foremost")
_EDGES = _CLAUSE_ENDS | _WHILE | _WHEN
_IN = words("mentions.in")
_WHAT = words("mentions.what")
_AND = words("mentions.and")
_ANOTHER = words("mentions.another")
_ON = words("mentions.on")
_UNITS = words("mentions.units")
_BOUND_FOR = words("mentions.bound_for")
_TO_OR_FROM = words("mentions.to_or_from")
_TOWARDS = words("mentions.towards")
_FLED = words("mentions.fled")
_OTHER_GROUP = words("mentions.other_group")
_HOSPITAL, _MOVED, _TO = words("mentions.hospital"), words("mentions.moved"), words("mentions.to")
_STRUCK = frozenset(("ied", "suicide_bombing", "sniper", "shelling", "air_strike"))
_TALKS = frozenset(("meeting", "visit", "call", "conference"))
_DONE_BY_OPERATIONS = ("clash", "killing", "armed_attack", "air_strike", "arson_destruction", "infiltration")


@dataclass(slots=True, eq=False)
class _Clause:
    first: int
    last: int
    is_other: bool = False  # a deed beside the one told before it in the sentence


def find_mentions(reading: Reading) -> list[Mention]:
    """Every mention of an incident, a coordination event or an aggregate, in order of the text."""
    out: list[Mention] = []
    for number, sentence in enumerate(reading.sentences):
        triggers = find_triggers(reading, sentence)
        harms = find_harms(reading, sentence.first, sentence.last)
        if not (triggers or harms or _claims_or_sums_up(reading, sentence)):
            continue
        for group in _groups(reading, sentence, triggers, harms):
            follows = bool(out) and out[-1].kind == "statistic" and number - out[-1].sentence <= 1
            if out and out[-1].sentence == number and _is_ellipsis(reading, group, between(triggers, group.first, group.last)):
                out.append(_like(reading, out[-1], group, harms))
                continue
            out += _of_group(reading, number, sentence, group, triggers, harms, follows=follows)
    return _with_series(reading, out)


def _claims_or_sums_up(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence without a word for an attack claims one, or gives a sum: "the number of civilians killed was 1,186"."""
    return bool(reading.cues(sentence.first, sentence.last, "claim")) or may_hold_statistic(reading, sentence.first, sentence.last)


def _like(reading: Reading, mention: Mention, group: _Clause, harms: list[Harm]) -> Mention:
    """Another event of the kind told before it, with a place and a toll of its own."""
    return mention._replace(
        first=group.first,
        last=group.last,
        dates=tuple(between(reading.dates, group.first, group.last)) or mention.dates,
        places=tuple(between(reading.places, group.first, group.last)),
        actors=tuple(between(reading.actors, group.first, group.last)),
        harms=tuple(between(harms, group.first, group.last)),
        is_other=True,
    )


def _with_series(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """A lead that sums up attacks told one by one below it ("14 killed in a series of attacks") is an aggregate, not one more attack."""
    out = []
    told = sorted({m.sentence for m in mentions if m.kind == "incident" and m.weight >= 0.5 and not m.is_definite and m.places})
    for mention in mentions:
        sums = mention.kind == "incident" and not mention.is_title and bool(reading.cues(mention.first, mention.last, "series"))
        if sums and len(told) > 1 and told[-2] > mention.sentence and any(h.has_figure for h in mention.harms):
            mention = mention._replace(kind="statistic", type="aggregate", weight=0.6)
        out.append(mention)
    return out


def _clauses(reading: Reading, sentence: Sentence, triggers: list[Trigger]) -> list[_Clause]:
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
    return [_Clause(a, b) for a, b in zip(edges, [*edges[1:], sentence.last], strict=True) if b > a]


def _counted_from(reading: Reading, sentence: Sentence, triggers: list[Trigger]) -> set[int]:
    """ "The attack came three days after gunmen killed ten men in …": where the earlier attack begins."""
    out = set()
    for e in between(reading.dates, sentence.first, sentence.last):
        told = [t for t in between(triggers, e.last, e.last + 4) if t.kind == "incident" and not t.is_definite]
        if e.rule == "days_after" and told and any(t.first < e.first for t in triggers):
            out.add(e.first)
    return out


def _groups(reading: Reading, sentence: Sentence, triggers: list[Trigger], harms: list[Harm]) -> list[_Clause]:
    """Runs of clauses, each about one event of either kind."""
    groups: list[_Clause] = []
    for clause in _with_known_attacks(reading, _clauses(reading, sentence, triggers), triggers, harms):
        if groups and not clause.is_other and not _begins_another(reading, groups[-1], clause, triggers, harms):
            groups[-1].last = clause.last
        else:
            clause.is_other |= bool(groups) and _is_another_deed(reading, groups[-1], clause, triggers, harms)
            groups.append(clause)
    return groups


def _is_another_deed(reading: Reading, group: _Clause, clause: _Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    """Whether a clause that begins another mention cannot be of the event told before it in the sentence."""
    ours, theirs = (
        [t for t in between(triggers, c.first, c.last) if t.strength != "anaphor" and t.kind == "incident"] for c in (group, clause)
    )
    if _puts_to_death(reading, group, clause, triggers, harms) or _is_followed(reading, clause, theirs, harms):
        return True
    if not (ours and theirs):
        return False
    other_doers = not theirs[0].is_definite and not _OTHER_GROUP.isdisjoint(
        reading.document.forms[clause.first : min(theirs[0].last + 3, clause.last)]
    )
    return other_doers or _is_elsewhere(reading, group, clause, ours, theirs, harms)


def _is_followed(reading: Reading, clause: _Clause, theirs: list[Trigger], harms: list[Harm]) -> bool:
    """ "…, which was followed by a raid on the village of X in which eight were killed"; fighting and a search are phases."""
    told = [t for t in theirs if t.kind == "incident" and not t.is_definite and t.type not in FORCE_TYPES | {"clash"}]
    if not told or reading.document.forms[clause.first] not in _FOLLOWED:
        return False
    return bool(between(harms, clause.first, clause.last)) or any(
        p.mention.level in SPATIAL for p in between(reading.places, clause.first, clause.last)
    )


def _with_known_attacks(reading: Reading, clauses: list[_Clause], triggers: list[Trigger], harms: list[Harm]) -> list[_Clause]:
    """ "Arrested four men behind the attack that killed two last week": the attack is an event with a toll and a day of its own."""
    out: list[_Clause] = []
    for clause in clauses:
        out.append(clause)
        told = [t for t in between(triggers, clause.first, clause.last) if t.kind == "incident"]
        if not told or told[0].type != "arrest":
            continue
        attack = next((t for t in told if t.type not in FORCE_TYPES and t.is_definite), None)
        days = between(reading.dates, attack.last, clause.last) if attack else []
        if attack and days and _has_own_story(reading, [attack], days, clause, harms):
            out.append(_Clause(attack.first, clause.last, is_other=True))
            clause.last = attack.first
    return out


def _begins_another(reading: Reading, group: _Clause, clause: _Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    ours = [t for t in between(triggers, group.first, group.last) if t.strength != "anaphor"]
    if _is_counted_from(reading, group, clause, triggers, harms):
        return True
    if between(harms, group.first, group.last) and _is_followed(reading, clause, between(triggers, clause.first, clause.last), harms):
        return True
    if not ours:
        return _is_set_against(reading, group, clause, triggers, harms)
    if reading.document.forms[clause.first] in _WHAT:
        return False  # "…, which left two dead and wounded another"
    theirs = [t for t in between(triggers, clause.first, clause.last) if t.strength != "anaphor"]
    if _is_ellipsis(reading, clause, theirs) or _puts_to_death(reading, group, clause, triggers, harms):
        return True
    if _is_elsewhere(reading, group, clause, ours, theirs, harms) or _is_followed(reading, clause, theirs, harms):
        return True
    if _is_beside_known(reading, ours, theirs, clause):
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
    if (dates and settled and _has_own_talk(theirs, ours)) or (dates and reading.document.forms[clause.first - 1] == ";" and theirs):
        return True
    if not theirs or all(t.is_definite for t in theirs):
        return False
    said_other = any(not _is_of_people(reading, c) for c in reading.cues(clause.first, min(theirs[0].last + 4, clause.last), "other_event"))
    their_places = _names(between(reading.places, clause.first, clause.last))
    our_places = _names(between(reading.places, group.first, group.last))
    own_harm = bool(between(harms, clause.first, clause.last))
    new_place = bool(their_places and our_places and not (their_places & our_places))
    if opening == "كما" and new_place and not theirs[0].is_definite:
        return True
    if said_other and (new_place or own_harm or opening.startswith(_CONJUNCTIONS[0])):
        return True
    return new_place and bool(dates) and opening[:1] in _CONJUNCTIONS and theirs[0].strength == "strong"


def _is_beside_known(reading: Reading, ours: list[Trigger], theirs: list[Trigger], clause: _Clause) -> bool:
    """ "The attacks were not confined to X and Y; the police foiled one in Z": what comes before names no event of its own."""
    told = [t for t in theirs if t.strength == "strong" and t.kind == "incident" and not t.is_definite]
    known = all(t.is_definite or t.strength == "plural" for t in ours)
    placed = any(p.mention.level in SPATIAL for p in between(reading.places, clause.first, clause.last))
    return bool(told) and known and placed and reading.document.forms[clause.first - 1] == ";"


def _is_set_against(reading: Reading, group: _Clause, clause: _Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    """ "25 of them died, while the coalition said it had carried out five strikes": the toll is of another event."""
    told = [
        t for t in between(triggers, clause.first, clause.last) if t.strength == "strong" and t.kind == "incident" and not t.is_definite
    ]
    return bool(told) and reading.document.forms[clause.first] in _WHILE and bool(between(harms, group.first, group.last))


def _is_of_people(reading: Reading, cue: Hit) -> bool:
    """ "Wounded another": one more victim, no other event."""
    return bool(reading.hits.between("harm", cue.first - 1, cue.first))


def _is_counted_from(reading: Reading, group: _Clause, clause: _Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    """ "Four were killed on Sunday, a day after militants attacked …": an earlier event that the time is counted from."""
    dates = between(reading.dates, clause.first, clause.first + 2)
    if not dates or dates[0].rule != "days_after":
        return False
    known = [t for t in between(triggers, group.first, group.last) if t.kind == "incident"]
    if not any(h.has_figure for h in between(harms, group.first, group.last)) and not (known and all(t.is_definite for t in known)):
        return False
    return any(t.strength == "strong" and not t.is_definite for t in between(triggers, clause.first, clause.last))


def _has_own_talk(theirs: list[Trigger], ours: list[Trigger]) -> bool:
    """Talks with a day of their own behind other talks: "… a meeting on Thursday, and before it a meeting on the 20th"."""
    talks = [t for t in theirs if t.type in _TALKS and t.strength == "strong" and not t.is_definite]
    return bool(talks) and any(o.type == talks[0].type and o.strength == "strong" and not o.is_definite for o in ours)


def _is_elsewhere(reading: Reading, group: _Clause, clause: _Clause, ours: list[Trigger], theirs: list[Trigger], harms: list[Harm]) -> bool:
    """A clause that strongly tells of an attack in another place: "in Mosul …", "while …", "and … killed four in …"; or, after "while",
    of what cannot be part of the same attack."""
    told = [t for t in theirs if t.strength == "strong" and t.kind == "incident" and not t.is_definite]
    if not told:
        return False
    forms = reading.document.forms
    opening = forms[clause.first]
    in_contrast = opening in _WHILE or (opening in _IN and forms[clause.first + 1] in _WHEN)
    placed = [p for p in between(reading.places, clause.first, clause.last) if not _is_bound_for(reading, p)]
    own_harm = any(not h.is_zero for h in between(harms, clause.first, clause.last))
    if _are_apart(between(reading.places, group.first, group.last), placed):
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


def _where(reading: Reading, group: _Clause) -> list[Located]:
    """The places of a clause less those its people were bound for, unless it names no other, and those a known place is so many
    kilometres from."""
    places = [p for p in between(reading.places, group.first, group.last) if not _is_after_it(reading, p, group.first)]
    places = [p for p in places if not _is_fled_to(reading, p)]
    near = [p for p in places if not (_is_bound_for(reading, p) or _names_known_attack(reading, p))] or places
    if not any(p.mention.place and p.mention.level in SPATIAL and not _is_measured_from(reading, p) for p in near):
        return near
    return [p for p in near if not _is_measured_from(reading, p)]


def _names_known_attack(reading: Reading, place: Located) -> bool:
    """ "Together with the Kulajo attack, gunmen abducted …": where another attack was."""
    hit = reading.hits.at("triggers", place.first - 1)
    return hit is not None and hit.last == place.first and is_known_by_its_place(reading, hit)


def _is_measured_from(reading: Reading, place: Located) -> bool:
    """Whether a place only says where another lies: "Balad Ruz, 90 km northeast of Baghdad"."""
    before = reading.document.forms[max(0, place.first - 6) : place.first]
    unit = next((i for i in range(len(before) - 1, -1, -1) if before[i] in _UNITS), None)
    return unit is not None and "," not in before[unit:]


def _puts_to_death(reading: Reading, group: _Clause, clause: _Clause, triggers: list[Trigger], harms: list[Harm]) -> bool:
    """ "They blew up a shrine, and put five men to death": what was destroyed and who was killed are two deeds."""
    ours, theirs = between(triggers, group.first, group.last), between(triggers, clause.first, clause.last)
    if not theirs or theirs[0].type != "killing" or theirs[0].strength != "strong" or between(harms, group.first, group.last):
        return False
    destroyed = bool(ours) and all(o.type in ("ied", "arson_destruction") for o in ours)
    return destroyed and any(h.has_figure and h.harm == "killed" for h in between(harms, clause.first, clause.last))


def _is_after_it(reading: Reading, place: Located, first: int) -> bool:
    """Where the hurt were taken and where attackers withdrew to: "flown to Baghdad", "a doctor at Kalar general hospital"."""
    forms = reading.document.forms
    if not _HOSPITAL.isdisjoint(forms[place.last : place.last + 2]):
        return True
    to = place.first - 1
    if to <= first or forms[to] not in _TO:
        return False
    return any(form.removeprefix("\u0648").removeprefix("\u0641") in _MOVED for form in forms[max(first, to - 3) : to])


def _is_bound_for(reading: Reading, place: Located) -> bool:
    """Where people were going, or came from, when they were attacked: "on their way to X"."""
    forms, before = reading.document.forms, place.first - 2
    return before >= 0 and forms[before] in _BOUND_FOR and forms[before + 1] in _TO_OR_FROM


def _is_fled_to(reading: Reading, place: Located) -> bool:
    """ "They withdrew towards the Narin basin"."""
    forms = reading.document.forms
    towards = next((i for i in (place.first - 1, place.first - 2) if i > 0 and forms[i] in _TOWARDS), None)
    return towards is not None and not _FLED.isdisjoint(forms[max(0, towards - 3) : towards])


def _are_apart(ours: list[Located], theirs: list[Located]) -> bool:
    """Whether two clauses name places of which none lies in another; a name no gazetteer holds is apart from other points alone."""
    ours = [p for p in ours if p.mention.level in SPATIAL]
    theirs = [p for p in theirs if p.mention.level in SPATIAL]
    if not ours or not theirs:
        return False
    if not all(p.mention.place for p in theirs) and all(p.mention.level == "governorate" for p in ours):
        return False
    reach = [{p.mention.place or p.mention.name} | {i for o in p.options for i in (o.id, *o.parents)} - _WHOLE for p in (*ours, *theirs)]
    names = [p.mention.place or p.mention.name for p in (*ours, *theirs)]
    half = len(ours)
    return not any(names[j] in reach[i] or names[i] in reach[j] for i in range(half) for j in range(half, len(names)))


def _is_ellipsis(reading: Reading, clause: _Clause, theirs: list[Trigger]) -> bool:
    """ "… an attack on a barracks, and another on a police post": the second event has no word of its own."""
    forms = reading.document.forms
    after = forms[clause.first + 1 : clause.first + 2]
    return not theirs and forms[clause.first] in _ANOTHER and bool(after) and after[0] in _ON


def _has_own_story(reading: Reading, theirs: list[Trigger], dates: list[Expression], clause: _Clause, harms: list[Harm]) -> bool:
    """ "He stood behind the attack in which nine soldiers fell on 12 August": a relative clause with a toll and a day of its own."""
    forms, last = reading.document.forms, theirs[0].last
    told = next((i for i in range(last, min(last + 5, clause.last)) if forms[i].removeprefix(_CONJUNCTIONS[0]) in _WHICH), None)
    return told is not None and dates[0].first > told and any(h.has_figure for h in between(harms, told, clause.last))


def _names(places: list[Located]) -> set[str]:
    return {p.mention.place or p.mention.name for p in places if p.mention.level in SPATIAL}


def _of_group(
    reading: Reading, number: int, sentence: Sentence, group: _Clause, triggers: list[Trigger], harms: list[Harm], *, follows: bool
) -> list[Mention]:
    ours = between(triggers, group.first, group.last)
    our_harms = between(harms, group.first, group.last)
    if not (
        ours or our_harms or reading.cues(group.first, group.last, "claim", "tally") or may_hold_statistic(reading, group.first, group.last)
    ):
        return []
    if reading.cues(sentence.first, min(sentence.first + 4, sentence.last), "update"):
        our_harms = [h._replace(is_revised=True) for h in our_harms]
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
        places=tuple(_where(reading, group)),
        actors=tuple(between(reading.actors, group.first, group.last)),
        harms=tuple(our_harms),
        is_other=group.is_other,
    )
    statistics = read_statistics(reading, base, ours, follows=follows)
    if statistics:
        return statistics
    talk = [t for t in ours if t.kind == "coordination"]
    coordination = read_coordination(reading, base, talk, sentence)
    further = _further(reading, base, talk, coordination, sentence)
    incident = read_incident(reading, base, [t for t in ours if t.kind == "incident"], sentence)
    if incident and incident.type == "security_operation" and _is_joint(reading, incident):
        incident = incident._replace(kind="coordination", type="joint_operation")
    if (
        incident and coordination and incident.is_definite and coordination.trigger < incident.trigger
    ):  # "visited the place of the shelling": the day and the place are the visit's, but those of a relative clause are the attack's
        incident, coordination = _told_beside(reading, incident, coordination)
    if incident and coordination and coordination.type == "joint_operation" and _belongs_to_operation(incident, coordination):
        # What an operation destroyed, arrested or killed is its outcome, not another event.
        return [coordination._replace(harms=incident.harms), *further]
    return [*(m for m in (coordination, incident) if m), *further]


def _told_beside(reading: Reading, incident: Mention, coordination: Mention) -> tuple[Mention, Mention]:
    """An attack that talks are about: "the attack that killed five on Friday" keeps what its relative clause says."""
    edge = _relative_clause(reading, incident)
    if edge is None:
        return incident._replace(dates=(), places=(), weight=0.25), coordination
    dates = tuple(e for e in incident.dates if e.first >= edge)
    places = tuple(p for p in incident.places if p.first >= edge)
    own = tuple(e for e in coordination.dates if e.first < edge)
    if not dates:
        return incident._replace(dates=(), places=places, weight=0.25), coordination
    return incident._replace(dates=dates, places=places), coordination._replace(dates=own) if own else coordination


def _relative_clause(reading: Reading, incident: Mention) -> int | None:
    """The token of "the attack" whose own relative clause follows, None where none does."""
    forms, last = reading.document.forms, incident.triggers[0].last
    after = next((i for i in range(last, min(last + 5, incident.last)) if forms[i].removeprefix(_CONJUNCTIONS[0]) in _WHICH), None)
    return incident.trigger if after is not None else None


def _further(reading: Reading, base: Mention, triggers: list[Trigger], main: Mention | None, sentence: Sentence) -> list[Mention]:
    """A call, talks and an operation in one clause are events of their own ("the operation came a day after a phone call between …")."""
    if main is None:
        return []
    rest = [t for t in triggers if _family(t.type) not in ("", _family(main.type)) and t.strength == "strong" and not t.is_definite]
    second = read_coordination(reading, base, rest, sentence) if rest else None
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
