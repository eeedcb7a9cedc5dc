"""Mentions of events: the clauses of a sentence gathered around the words that report, each with its dates, places, actors and harm.

One sentence may report several events ("on the 17th …, and the next day …"); one event may fill several clauses.
"""

from dataclasses import replace
from itertools import pairwise

from extraction.actors import Actor
from extraction.casualties import find_harms
from extraction.clause_places import where
from extraction.clause_runs import groups
from extraction.clauses import Clause, is_ellipsis
from extraction.coordination_mentions import is_call_taken, read_coordination
from extraction.event_dates import looks_back
from extraction.incident_mentions import read_incident
from extraction.lexicon import terms, words
from extraction.matching import Hit
from extraction.mention import Mention, count_before
from extraction.no_deeds import is_how_things_stand
from extraction.numbered import is_counted_off, is_dual
from extraction.reading import Reading, between
from extraction.statistic_mentions import may_hold_statistic, read_statistics
from extraction.talk_series import recalled, with_counted_talks, with_host
from extraction.text import Sentence
from extraction.triggers import FORCE_TYPES, Trigger, find_triggers

_DUAL = ("\u064a\u0646", "\u0627\u0646")
_THE_FIRST = words("talk_series.the_first")
_CONJUNCTIONS = "\u0648\u0641"
_WHICH = words("mentions.which")
_TOPIC, _TO_FREE = words("mentions.topic"), words("mentions.to_free")
_DISCUSSED = terms("coordination_mentions.discussed")
_WITHOUT = words("mentions.without")  # "without the Peshmerga taking part"
_WITHDRAWN = words("mentions.withdrawn")  # "took the city after the army's withdrawal"
_HANDS = words("mentions.hands")  # "the last district still in the hands of the Peshmerga"
_NEAR = 3  # tokens
_SECOND_DOER = 7  # tokens
_AND_A_FORCE = words("mentions.and_a_force")
_TELLER = 2  # tokens
_THAT = words("mentions.that")
_LED = 7  # tokens: "joint operations of the army and the Peshmerga that target …"
_SUPPORTING = 5  # tokens: "supported by the army's aviation and the coalition"
_PARTING = words("particles.between")
_COUNTED_OFF = 3  # sentences from "three bombs went off" to "the second …"
_FEW = 6
_FAMILIES = {
    "call": "call",
    "joint_operation": "operation",
    "meeting": "talk",
    "visit": "talk",
    "conference": "talk",
    "suspension": "suspension",
}
_TWICE = frozenset(("armed_attack", "suicide_bombing"))  # two cars may make one bombing
_SUMMED = frozenset(("armed_attack", "ied", "suicide_bombing"))
_JOINT = words("mentions.joint")
_COUNTED_FROM = ("days_after", "next_day")
_AGREED, _AFTER = terms("mentions.agreed"), words("event_dates.side")
_WAS, _WAS_STRUCK = words("mentions.was"), 10  # tokens
_AGREED_ON = 6  # tokens: "in which the two sides agreed on a joint operation"
_WHAT_WAS_AGREED = 16  # tokens
_SUBJECT = 26  # tokens on either side of the word for the operation
_DONE_BY_OPERATIONS = ("clash", "killing", "armed_attack", "air_strike", "arson_destruction", "infiltration")


def find_mentions(reading: Reading) -> list[Mention]:
    """Every mention of an incident, a coordination event or an aggregate, in order of the text."""
    out: list[Mention] = []
    above = reading.document.title[0] if reading.document.title else 0
    for number, sentence in enumerate(reading.sentences):
        if sentence.is_title and reading.document.ends[sentence.last - 1] <= above:
            continue  # a banner's headline, above the report's own
        if is_how_things_stand(reading, sentence):
            continue
        triggers = find_triggers(reading, sentence)
        harms = find_harms(reading, sentence.first, sentence.last)
        if not (triggers or harms or _claims_or_sums_up(reading, sentence)):
            continue
        for group in groups(reading, sentence, triggers, harms):
            follows = bool(out) and out[-1].kind == "statistic" and number - out[-1].sentence <= 1
            if out and out[-1].sentence == number and _is_of_it(reading, group):
                group.places = list(out[-1].places)
            if out and out[-1].sentence == number and is_ellipsis(reading, group, group.triggers):
                out.append(_like(reading, out[-1], group))
                continue
            told = out[-1] if out and out[-1].sentence == number and out[-1].kind == "coordination" else None
            out += _of_group(reading, number, sentence, group, told, follows=follows)
    return with_counted_talks(reading, _with_series(reading, out))


def _is_of_it(reading: Reading, group: Clause) -> bool:
    """ "(Forces retook the village,) a day after it was overrun": where that was is told before."""
    counted = bool(group.dates) and group.dates[0].rule == "days_after" and not group.places
    return counted and "it" in reading.document.forms[group.dates[0].last : group.dates[0].last + 2]


def _claims_or_sums_up(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence without a word for an attack claims one, or gives a sum: "the number of civilians killed was 1,186"."""
    return bool(reading.cues(sentence.first, sentence.last, "claim")) or may_hold_statistic(reading, sentence.first, sentence.last)


def _like(reading: Reading, mention: Mention, group: Clause) -> Mention:
    """Another event of the kind told before it, with a place and a toll of its own."""
    return mention._replace(
        first=group.first,
        last=group.last,
        dates=tuple(group.dates) or mention.dates,
        places=tuple(group.places),
        actors=tuple(between(reading.actors, group.first, group.last)) or (mention.actors if mention.kind == "coordination" else ()),
        harms=tuple(group.harms),
        is_other=True,
    )


def _with_series(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """A lead that sums up attacks told one by one below it ("14 killed in a series of attacks") is an aggregate, not one more attack."""
    out: list[Mention] = []
    told = sorted({m.sentence for m in mentions if m.kind == "incident" and m.weight >= 0.5 and not m.is_definite and m.places})
    counted_off = sorted({m.sentence for m in mentions if m.kind == "incident" and m.is_next})
    for mention in mentions:
        counts = any(h.has_figure for h in mention.harms)
        if mention.is_next and mention.type == "killing" and out and out[-1].kind == "incident" and _only_kills(mention):
            mention = mention._replace(type=out[-1].type)  # "(… in two explosions.) The second was in X and killed one"
        is_counted_off = any(0 <= n - mention.sentence <= _COUNTED_OFF for n in counted_off) and not mention.is_next
        is_told_below = len(told) > 1 and told[-2] > mention.sentence and not (out and looks_back(reading, mention))
        # "The city saw two attacks, [the first an ambush at X, …]", "the two attacks on X and Y"
        parts_follow = not _THE_FIRST.isdisjoint(reading.document.forms[mention.last : mention.last + 1]) and _counts_several(
            reading, mention
        )
        parts_follow |= is_told_below and mention.is_definite and any(is_dual(reading, t.hit) for t in mention.triggers)
        # "11 were killed in scattered attacks"
        nowhere = counts and not (mention.places or mention.is_definite) and _tells_several(mention)
        if (
            mention.kind == "incident"
            and mention.type not in FORCE_TYPES
            and not mention.is_title
            and (is_told_below or nowhere or is_counted_off or parts_follow)
        ):
            series = reading.cues(mention.first, mention.last, "series") if counts else []
            is_sum = is_counted_off or (is_told_below and (series or (counts and _counts_several(reading, mention))))
            told_in = _number_told(reading, mention, series) if is_sum else int(parts_follow)
            if series and not told_in:
                mention = mention._replace(kind="statistic", type="aggregate", weight=0.6)
            elif told_in or ((_tells_several(mention) or (is_told_below and _counts_several(reading, mention))) and not is_counted_off):
                mention = mention._replace(is_sum=True, told_in=told_in)
        out.append(mention)
    return out


def _only_kills(mention: Mention) -> bool:
    return all(t.strength != "strong" for t in mention.triggers)


def _number_told(reading: Reading, mention: Mention, series: list[Hit]) -> int:
    """How many attacks a sum is of, where that is few enough to tell each: "two separate attacks", "three car bombs"; else 0."""
    if any(c.entry.term.endswith(_DUAL) for c in series) or any(is_dual(reading, t.hit) for t in mention.triggers):
        return 2
    number = next((n for t in mention.triggers if (n := count_before(reading, t)) is not None), 0)
    return number if number <= _FEW else 0


def _tells_several(mention: Mention) -> bool:
    """Whether a plural first names what was done: "28 were killed in attacks on …"."""
    told = min((t for t in mention.triggers if t.strength != "weak"), key=lambda t: t.first, default=None)
    return told is not None and not told.is_definite and told.strength == "plural"


def _counts_several(reading: Reading, mention: Mention) -> bool:
    """ "Six explosions", "three car bombs", "two attacks" in one word."""
    told = (
        t
        for t in mention.triggers
        if t.type in _SUMMED and not (t.is_definite or t.hit.entry.is_verb or reading.hits.at("people", t.first))
    )
    return any((count_before(reading, t) or 0) > 1 or (t.type in _TWICE and is_dual(reading, t.hit)) for t in told)


def _of_group(reading: Reading, number: int, sentence: Sentence, group: Clause, told: Mention | None, *, follows: bool) -> list[Mention]:
    ours, our_harms = group.triggers, group.harms
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
        dates=tuple(group.dates),
        places=tuple(where(reading, group.places, group.first)),
        actors=tuple(between(reading.actors, group.first, group.last)),
        harms=tuple(our_harms),
        is_other=group.is_other,
        is_next=(bool(group.places) or any(h.has_figure or h.is_zero for h in our_harms)) and is_counted_off(reading, group.first),
    )
    statistics = read_statistics(reading, base, ours, follows=follows)
    if statistics:
        return statistics
    talk = [t for t in ours if t.kind == "coordination" and not is_call_taken(t, ours)]
    earlier = recalled(reading, base, talk)
    of_talk = with_host(reading, base, talk, told) if told else base
    others = [t for t in talk if t is not earlier]
    coordination = read_coordination(reading, _part(of_talk, base.first, earlier.first) if earlier else of_talk, others, sentence)
    further = _further(reading, base, talk, coordination, sentence)
    if earlier:
        own = _part(base, earlier.first, base.last)._replace(first=earlier.first)
        before = read_coordination(reading, own, [replace(earlier, is_definite=False)], sentence)
        further += [before._replace(is_other=True)] if before and before.weight >= 0.4 else []
    incident = read_incident(reading, base, [t for t in ours if t.kind == "incident"], sentence)
    led = any(t.type == "joint_operation" and incident and 0 <= incident.trigger - t.last <= _LED for t in talk)
    if incident and ((led and incident.type == "clash") or (_is_operation(incident) and _is_joint(reading, incident))):
        incident = incident._replace(kind="coordination", type="joint_operation")
    if (
        incident
        and coordination
        and (
            incident.is_definite
            or (incident.triggers[:1] and incident.triggers[0].strength == "plural")
            or _is_topic(reading, incident, talk)
        )
        and coordination.trigger < incident.trigger
    ):  # "visited the place of the shelling": the day and the place are the visit's, but those of a relative clause are the attack's
        incident, coordination = _told_beside(reading, incident, coordination)
    if incident and coordination and incident.is_definite and _is_after(reading, base, talk[0].first):
        incident = _part(incident, base.first, talk[0].first)  # "the attack came hours after his visit to Khanaqin"
    if incident and coordination and _is_agreed_on(reading, incident, coordination):
        incident = None
    if incident and coordination and _is_its_target(reading, incident, coordination):
        coordination = None
    behind = incident.triggers[0].last if incident and incident.triggers and incident.dates else group.last
    if incident and coordination and coordination.trigger < incident.trigger and reading.cues(behind, behind + 1, "second"):
        coordination = _part(coordination, base.first, incident.trigger)  # "this is the second, after a similar one on 28 April"
        incident = incident._replace(is_other=True)
    elif incident and coordination and coordination.type == "joint_operation" and _belongs_to_operation(incident):
        # What an operation destroyed, arrested or killed is its outcome, not another event.
        return [coordination._replace(harms=incident.harms), *further]
    return [*(m for m in (coordination, incident) if m), *further]


def _part(base: Mention, first: int, last: int) -> Mention:
    """A mention with only the days and places that stand at tokens `first` up to `last`."""
    dates = tuple(e for e in base.dates if first <= e.first < last)
    return base._replace(dates=dates, places=tuple(p for p in base.places if first <= p.first < last))


def _is_after(reading: Reading, base: Mention, at: int) -> bool:
    """Whether "after", "hours after" or "the day after" stands right before a token."""
    counted = any(e.last == at and e.rule in _COUNTED_FROM for e in base.dates)
    return counted or reading.document.forms[at - 1] in words("event_dates.after")


def _is_agreed_on(reading: Reading, incident: Mention, coordination: Mention) -> bool:
    """ "They agreed to supply the force with reconnaissance and air strikes"; what came before it stands behind "after"."""
    agreed = next((t for t in coordination.triggers if t.hit.entry.term in _AGREED), None)
    if agreed is None or incident.harms or not agreed.last <= incident.trigger <= agreed.last + _WHAT_WAS_AGREED:
        return False
    return _AFTER.isdisjoint(reading.document.forms[agreed.last : incident.trigger])


def _is_its_target(reading: Reading, incident: Mention, coordination: Mention) -> bool:
    """ "They attacked a joint checkpoint of the Asayish and the Peshmerga"."""
    if coordination.type != "joint_patrol" or incident.type in FORCE_TYPES or not incident.triggers:
        return False
    patrol, struck = coordination.triggers[0], min(t.first for t in incident.triggers)
    was = struck < patrol.last + _WAS_STRUCK and reading.document.forms[struck - 1] in _WAS  # "a joint patrol of the two was ambushed"
    was = was or bool(reading.cues(patrol.first - 2, patrol.first, "exposed"))
    return (struck < coordination.trigger or was) and not patrol.hit.entry.is_verb


def _is_topic(reading: Reading, incident: Mention, talk: list[Trigger]) -> bool:
    """ "They spoke about the killing of soldiers", "the meeting discussed the plan to free the city"."""
    if any(e.first > incident.trigger for e in incident.dates):
        return False
    if not _TOPIC.isdisjoint(reading.document.forms[max(incident.first, incident.trigger - 2) : incident.trigger]):
        return True
    last = incident.triggers[0].last if incident.triggers else incident.last
    to_free = not _TO_FREE.isdisjoint(reading.document.forms[last : last + 1]) or any(p.first == last for p in incident.places)
    if incident.type == "clash" and to_free and not incident.harms:
        return True  # "they agreed to work together in the battle of [Mosul]", "in the battle [to retake it]"
    discussed = max((t.last for t in talk if t.hit.entry.term in _DISCUSSED and t.first < incident.trigger), default=0)
    if not discussed or incident.harms or incident.triggers[0].hit.entry.is_verb:
        return False
    return incident.type in FORCE_TYPES or incident.trigger - discussed <= 1  # "they discussed (in it) the attack of Kirkuk"


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
    agreed = [t.last for t in triggers if t.type == "agreement" and t.hit.entry.is_verb]
    rest = [t for t in rest if _family(t.type) == "call" or not any(0 <= t.first - at <= _AGREED_ON for at in agreed)]
    second = read_coordination(reading, base, rest, sentence) if rest else None
    return [second] if second and second.weight >= 0.7 else []


def _family(type_: str) -> str:
    return _FAMILIES.get(type_, "")


def _belongs_to_operation(incident: Mention) -> bool:
    attack = [t for t in incident.triggers if t.type not in FORCE_TYPES and t.type not in _DONE_BY_OPERATIONS]
    return not attack and not any(t.is_definite and t.type == "armed_attack" for t in incident.triggers)


def _is_operation(incident: Mention) -> bool:
    """ "(The forces carried out a search)", "the operation began …, and the forces found two dens"."""
    led = any(t.type == "security_operation" and t.first <= incident.trigger for t in incident.triggers)
    return incident.type == "security_operation" or (incident.type == "weapons_seizure" and led)


def _is_of_the_asayish(mention: Mention, police: Actor) -> bool:
    """ "(Fought) the Asayish and the police": the Region's own police."""
    beside = (a for a in mention.actors if abs(a.first - police.first) <= 2)
    return police.mention.actor == "iraqi-police" and any(a.mention.actor == "asayish" for a in beside)


def _is_joint(reading: Reading, mention: Mention) -> bool:
    """Two sides' forces in one operation."""
    sides = {
        a.side
        for a in mention.actors
        if a.side in ("iraq", "kurdistan", "coalition")
        and a.kind not in ("person", "executive_office")
        and not _is_parted_by(reading, mention, a.first)
        and not _is_teller(reading, mention, a.first, a.last)
        and not _is_fought(mention, a.first)
        and not _is_of_the_asayish(mention, a)
        and _WITHOUT.isdisjoint(reading.document.forms[max(mention.first, a.first - _NEAR) : a.first])
        and reading.document.forms[a.first - 1] not in _WITHDRAWN
        and _HANDS.isdisjoint(reading.document.forms[max(mention.first, a.first - _NEAR) : a.first])
        and not (a.side == "coalition" and reading.cues(max(mention.first, a.first - _SUPPORTING), a.first, "support"))  # from the air
    }
    if reading.cues(mention.first, mention.trigger, "request"):
        return False  # "the command called on the brigade to leave its posts, as part of its operation"
    together = reading.cues(mention.first, mention.last, "jointly", "support", "coordinate")
    if {"iraq", "kurdistan"} <= sides or (len(sides) >= 2 and bool(together)):
        return True
    joint = any(h.entry.attributes["type"] == "joint_force" for h in reading.hits.between("triggers", mention.first, mention.trigger + 4))
    if joint and sides and together:
        return True  # "the joint forces searched the valley, with units of the Peshmerga taking part"
    return _is_done_by_two(reading, mention) or bool(reading.cues(mention.first, mention.trigger, "two_sides"))


def _is_teller(reading: Reading, mention: Mention, first: int, last: int) -> bool:
    """ "The Iraqi cell said that the Peshmerga searched the valley"; but who announces the results of an operation took part in it."""
    told = reading.document.forms[last : mention.trigger]
    return not _THAT.isdisjoint(told) and bool(reading.cues(first - _TELLER, first, "say"))


def _is_fought(mention: Mention, at: int) -> bool:
    """ "(The Iraqi forces retook the area, which saw) battles with the Peshmerga"."""
    return any(t.type == "clash" and t.last - 1 <= at <= t.last + 1 for t in mention.triggers)


def _is_parted_by(reading: Reading, mention: Mention, actor: int) -> bool:
    """ "A valley between the army and the Peshmerga": those it lies between did nothing there."""
    forms = reading.document.forms
    between_at = next((i for i in range(actor - 1, max(mention.trigger, actor - 5), -1) if forms[i] in _PARTING), None)
    if between_at is None or "," in forms[between_at:actor]:
        return False
    if any(t.last == between_at and t.type in FORCE_TYPES for t in mention.triggers):
        return False  # "a broad operation between the army and the Peshmerga"
    return _JOINT.isdisjoint(forms[max(0, between_at - 3) : between_at])  # "a joint operation between the army and the Peshmerga"


def _is_done_by_two(reading: Reading, mention: Mention) -> bool:
    """ "A force of the Peshmerga and units of the coalition carried out …": both sides in the verb's subject."""
    at = max((t.first for t in mention.triggers), default=mention.trigger)
    doers = [a for a in mention.actors if a.side in ("iraq", "kurdistan", "coalition") and 0 < at - a.first < _SUBJECT]
    pairs = [(a, b) for a, b in pairwise(doers) if a.side != b.side and b.first - a.last <= _SECOND_DOER]
    return any(_stand_together(reading.document.forms, a, b) for a, b in pairs)


def _stand_together(forms: list[str], one: Actor, two: Actor) -> bool:
    """ "The Peshmerga and the coalition", "units of the Peshmerga and an Italian force that serves in the coalition"."""
    if two.first - one.last <= _NEAR:
        return any(forms[i].startswith(_CONJUNCTIONS[0]) for i in range(one.last, two.first + 1))
    return "," not in forms[one.last : two.first] and any(form in _AND_A_FORCE for form in forms[one.last : two.first])
