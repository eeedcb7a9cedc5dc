"""Read a coordination event from a clause: talks, agreements, joint operations, centres, where officials and security are in it."""

from dataclasses import replace

from extraction.event_dates import this_came
from extraction.folding import fold
from extraction.incident_mentions import FORCES
from extraction.lexicon import terms, words, words_and
from extraction.mention import SPATIAL, Mention, count_before
from extraction.modality import is_past
from extraction.reading import Reading, between
from extraction.setting_up import (
    BEGAN,
    DECIDED,
    NEEDS_SETTING_UP,
    as_at_work,
    is_at_work,
    is_of_both,
    is_set_up,
    names_both_sides,
    was_set_up,
)
from extraction.talk_security import is_of_security
from extraction.text import Sentence
from extraction.time_expressions import Expression
from extraction.triggers import Trigger
from extraction.types import TALKS_HELD

_COORDINATION = {
    "joint_operation": 10,
    "call": 9,
    "centre": 5,
    "joint_force": 5,
    "joint_patrol": 5,
    "training": 5,
    "committee": 5,
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
_STAGED_LATER = NEEDS_SETTING_UP | {"joint_patrol", "training", "agreement"}
_POINTS_AGREED = _STAGED_LATER - {"agreement"} | {"joint_operation", "intelligence_sharing"}
_DISCUSSED = terms("coordination_mentions.discussed")
_REINFORCED = terms("coordination_mentions.reinforced")
_IN_VIRTUE_OF = words("coordination_mentions.in_virtue_of")
_ASKED = words("coordination_mentions.asked")
_AFTER = words("talks.beside")  # "after the meeting, a joint brigade was posted in X"
_FLEEING = words("coordination_mentions.fleeing")
_GAP = words("coordination_mentions.gap")
_DELEGATIONS = words("coordination_mentions.delegations")
_THE_MEETING, _PART_OF = words("coordination_mentions.the_meeting"), words("coordination_mentions.part_of")
_COUNCILS = words("coordination_mentions.councils")
_SENT = terms("coordination_mentions.sent")  # "agreed with a delegation of …": it is who agreed
_SENDING = words("coordination_mentions.sending")
_ARMED = words("coordination_mentions.armed")
_ARMED_FORMS = frozenset(("joint_force", "joint_patrol", "joint_operation", "centre"))
_WE = "\u0646\u0627"
_CARRIED_OUT = words("coordination_mentions.carried_out")
_IN_ORDER_TO = words("coordination_mentions.in_order_to")
_TOPIC_OF = words("coordination_mentions.topic_of")
_STOPPED, _WHAT_STOPPED = words("coordination_mentions.stopped"), 10  # tokens
_NO_STOP = words("mentions.which") | words("event_dates.after")  # "the centre [was opened] after it had stopped"
_MAY_STOP = frozenset(("joint_patrol", "centre", "committee", "training", "meeting"))
_PLANNED = frozenset(("redeployment", "joint_force", "joint_patrol", "suspension", "training"))
# What stands before the noun of talks, a force or an operation that is only spoken of.
_SPOKEN_OF = dict.fromkeys((*_COORDINATION, "other_coordination", "statement", "request"), words("coordination_mentions.proposed"))
_SPOKEN_OF |= {t: _SPOKEN_OF[t] | words("coordination_mentions.topics") for t in _PLANNED}
for _type, _group in (("joint_operation", "topic_of"), ("agreement", "continuing"), ("redeployment", "prevented")):
    _SPOKEN_OF[_type] |= words(f"coordination_mentions.{_group}")
_SET_UP_VERBS = words("coordination_mentions.set_up_verbs")
_BEGUN = words_and("coordination_mentions.begun")
_DECIDED = words("coordination_mentions.decided") | DECIDED
_FOR_TALKS = words("coordination_mentions.for_talks")
_TAKEN = terms("coordination_mentions.taken")  # "received a phone call"
_OF_THE_PRESS = words("coordination_mentions.of_the_press")
_AGREED = terms("mentions.agreed")
_ROOMS = words("coordination_mentions.rooms")
_REACHED = words("coordination_mentions.reached")
_AGREED_ON = words("coordination_mentions.agreed_on")
_PASSIVE = words_and("coordination_mentions.passive")
_TO_COME = words("coordination_mentions.to_come")
_OPERATIONS, _LAUNCHED = "operations", words("coordination_mentions.launched")
_BY_PHONE = terms("coordination_mentions.by_phone")
_FAR_PHONE = 24  # tokens: "discussed [the president of the region and the prime minister, on Tuesday,] by phone"
_THAT_WILL = frozenset(("that", "which", "who"))
_WILL_BEGIN = words("coordination_mentions.will_begin")
_ARRIVED = terms("coordination_mentions.arrived")
_HEADED = terms("coordination_mentions.headed")
_ONCE = words("coordination_mentions.once")
_RECEIVING = terms("coordination_mentions.receiving")
_REPRESENTED = terms("coordination_mentions.represented")
_THE_DELEGATION = words("coordination_mentions.the_delegation")
_THOSE_PRESENT = words("coordination_mentions.those_present")
_INCLUDES = words("coordination_mentions.includes")
_GOING_ON = words("coordination_mentions.going_on")
_PREPARING = words("coordination_mentions.preparing")
_DURING = words("retelling.during") | words("particles.in")
_FAR_BEGUN = 14  # tokens from "they began [who, when]" to "joint operations"
_YEAR = 4  # digits
_AL = "\u0627\u0644"
_LAM = "\u0644"
_HOUR = words("talks.hour")
_THAT, _WITH = words("speakers.breaks"), words("particles.with")
_WHO_SPEAK = frozenset(("person", "executive_office"))
_INSPECTED = words("coordination_mentions.inspected")
_ON, _TO_BE = words("particles.on"), words("outcomes.that")
_OWN_DAY = 8  # tokens: "meetings [held in Baghdad,] last Sunday"
_FAR_PARTNER = 24  # tokens: "discussed [the chief of staff, Lieutenant General So-and-so, on Thursday,] with"
_FAR_REQUEST = 24  # tokens from "called on" to what is asked for, in English
_PRESENT = ("\u064a", "\u062a")
_WILL = "\u0633"
_WOULD = words("coordination_mentions.would")
_WHAT_WAS_AGREED = 6  # tokens: "the two sides agreed [that the committee hold its first] meeting"


def read_coordination(reading: Reading, base: Mention, triggers: list[Trigger], sentence: Sentence) -> Mention | None:
    if not triggers:
        return None
    forms = reading.document.forms
    told = [_as_told(reading, base, t) for t in triggers if not _is_only_spoken_of(reading, base, t)]
    told = [t for t in told if not _arrives(t) or _is_of_an_official(reading, base, t)]
    if any(t.strength == "strong" for t in told):
        told = [t for t in told if t.strength == "strong" or t.hit.entry.term not in _SENT]
    dealt = [t.first for t in told if t.hit.entry.term in _DISCUSSED and not _THE_MEETING.isdisjoint(forms[t.last : t.last + 1])]
    told = [as_at_work(reading, base, t) for t in told if t.first <= min(dealt, default=t.first)]  # "the talks dealt with a meeting of …"
    told = [t for t in told if not (t.is_definite and t.type in TALKS_HELD and not _AFTER.isdisjoint(forms[t.first - 2 : t.first]))] or told
    told = [t for t in told if t.type != "joint_force" or t.strength == "strong"] or told  # "a joint force sent out patrols"
    strong = {t.type for t in told if t.strength == "strong"}  # "the joint brigades took up their duties", "sent a shipment of arms"
    stays = BEGAN if "joint_force" in strong else frozenset()
    told = [t for t in told if t.type != "redeployment" or not ("support" in strong or fold(t.hit.entry.term) in stays)]
    formed = next((t.first for t in told if t.type == "joint_force" and t.modality == "announced"), len(forms))
    told = [t for t in told if t.type != "redeployment" or t.first < formed]  # "two brigades are to be formed, which deploy in X"
    # "Ordered a delegation sent"
    told = [t for t in told if t.type != "visit" or t.hit.entry.is_verb or forms[t.first - 1] not in _SENDING]
    old = _IN_VIRTUE_OF | _CARRIED_OUT  # "by virtue of the agreement", "to carry out the agreement"
    new = [t for t in told if t.type != "agreement" or old.isdisjoint(forms[max(0, t.first - 3) : t.first]) or _is_dated_pact(reading, t)]
    told = new or [t for t in told if forms[t.first - 1] in _IN_VIRTUE_OF]
    if any(t.modality == "announced" for t in told):  # "will visit Baghdad for talks"
        told = [t for t in told if t.hit.entry.is_verb or not _is_purpose(forms, t)] or told
    if not told:
        return None
    agreeing = (t for t in told if t.type == "agreement" and (t.hit.entry.is_verb or t.hit.entry.term in _AGREED))
    agreed = next((t for t in agreeing if not (t.is_definite and _ON.isdisjoint(forms[t.last : t.last + 1]))), None)
    if agreed:  # "agreed on posting joint checkpoints": what was agreed on is not yet there
        base, told = _less_talks_to_come(reading, base, told, agreed)
        told = [t for t in told if t.first <= agreed.first or t.type not in ("joint_patrol", "training", "joint_operation")]
        if agreed.hit.entry.term.isascii() or not _ON.isdisjoint(forms[agreed.last : agreed.last + 4]):  # "agreed on opening four centres"
            told = [replace(t, strength="strong") if t.type in NEEDS_SETTING_UP and t.first > agreed.first else t for t in told]
    if any(t.type in NEEDS_SETTING_UP and not t.is_definite for t in told):  # "the previous talks led to the forming of five committees"
        told = [t for t in told if t.type not in TALKS_HELD or not t.is_definite or t.hit.entry.is_verb]
    talk = next((t for t in told if t.type in TALKS_HELD and not t.is_definite), None)
    days = [e.first for e in base.dates if e.rule in ("date", "days", "weekday")]
    of_one_day = talk is not None and talk.strength == "plural" and count_before(reading, talk) is None and bool(base.places)
    of_one_day = of_one_day and talk is not None and any(talk.last <= day <= talk.last + _OWN_DAY for day in days)
    if talk and (talk.strength == "strong" or of_one_day or _bilateral(reading, base, talk)):
        # What talks were about ("discussed setting up joint brigades") is their topic, not another event.
        told = [t for t in told if t.first <= talk.first or t.type not in _STAGED_LATER]
        told = [replace(t, strength="strong") if t is talk else t for t in told]
    firm = [t for t in told if t.strength == "strong"] or [t for t in told if t.strength == "weak"] or told
    new = [t for t in firm if t.type != "agreement" or not t.is_definite]  # "will visit Baghdad to carry out what was agreed on"
    past = [t for t in new if t.modality == "occurred"] or new or firm  # "he visited Baghdad, where he is to meet …"
    main = max(past, key=lambda t: (_COORDINATION.get(t.type, 0) - (2 if t.is_definite else 0), -t.first))
    base = _with_who_spoke(reading, base)
    officials = [a for a in base.actors if a.kind not in ("rebel_terrorist", "unidentified", "civilians")]
    two_sides = bool(reading.cues(base.first, base.last, "two_sides"))
    delegation = main.type == "visit" and _is_of_delegation(reading, base)
    in_arms = any(t.type in _ARMED_FORMS and t.strength == "strong" for t in told)
    brigade = main.type == "redeployment" and bool(base.places) and any(t.type == "joint_force" for t in triggers)
    unnamed = brigade or is_of_both(reading, base, main)
    staged = main.type in TALKS_HELD and main.strength == "strong" and main.hit.entry.term not in _RECEIVING
    held = staged and not main.is_definite and bool(base.places) and bool(days)
    held = held or (main.type == "agreement" and _is_dated_pact(reading, main) and names_both_sides(reading))
    if not (in_arms or unnamed or is_of_security(reading, base, sentence)) or not (officials or two_sides or delegation or unnamed or held):
        # "The meeting took place in X", "the men were moved on the 9th"
        known = main.is_definite and bool(
            base.places if main.type in TALKS_HELD and not base.dates else base.dates and main.type not in TALKS_HELD
        )
        return base._replace(kind="coordination", type=main.type, triggers=(main,), is_definite=True, weight=0.2) if known else None
    if _is_topic_only(reading, base, main, told):
        return base._replace(kind="coordination", type="meeting", triggers=(main,), is_definite=True, weight=0.2, modality=main.modality)
    bodies = {a.slug for a in officials}
    sides = {a.side for a in officials if a.side}
    with_us = main.hit.entry.is_verb and forms[main.first].endswith(_WE)  # "we agreed with the command"
    with_us = with_us or (main.type == "agreement" and not _WITH.isdisjoint(forms[main.last : main.last + 6]))
    enough = len(bodies) >= 2 or len(sides) >= 2 or two_sides or (with_us and bool(bodies))
    weight = 0.75 if enough or (main.type == "centre" and main.strength == "strong" and officials) else 0.45
    civil = len(reading.cues(base.first, base.last, "civil"))
    if (not enough and not delegation and not unnamed and (main.strength == "weak" or civil)) or (civil > 1 and len(sides) < 2):
        weight = 0.2
    moved = main.type == "redeployment" and main.strength != "plural" and (brigade or _is_of_a_force(base))
    if moved and not enough and days and not main.is_definite and any(p.mention.level in SPATIAL for p in base.places):
        weight = 0.45  # one side's own: "the Peshmerga began to withdraw from X"
    if main.type in ("redeployment", "suspension") and (
        reading.cues(base.first, main.first, "request")
        or _flees(reading, base, main)
        or (not base.dates and not _GAP.isdisjoint(reading.document.forms[main.last : main.last + 10]))
        or (main.hit.entry.term in _REINFORCED and not base.dates)
        or (not days and any(e.rule in ("month", "months_count", "year") and _names_year(reading, e) for e in base.dates))
    ):
        return None  # a gap left by some withdrawal; the attackers' own; what follows every attack; how things came to be "in October 2017"
    if main.type == "other_coordination" and (not enough or reading.cues(base.first, base.last, "themselves")):
        return None  # suspects handed over by one force to another; those who hand themselves over surrender
    near = forms[max(base.first, main.first - _FAR_BEGUN) : main.first]
    # But "they began joint operations", and "meetings that the command hosted in Baghdad on Sunday and Monday".
    is_one = (main.type in TALKS_HELD or len(sides) > 1) and bool(days and base.places) and not main.is_definite
    series = main.strength == "plural" and not is_one and (main.type != "joint_operation" or _BEGUN.isdisjoint(near))
    shares = main.hit.entry.is_verb and (base.dates or is_past(reading, main.hit))  # but "the officers share information around the clock"
    lone = (main.type == "agreement" and not enough) or (main.type == "intelligence_sharing" and not shares)
    if series or lone or main.type == "air_support":
        weight = 0.3
    if main.type == "agreement" and _is_dated_pact(reading, main):
        weight = max(weight, 0.45)
    inspects = main.type == "meeting" and bool(reading.document.where(_INSPECTED, base.first, main.first))
    return base._replace(
        kind="coordination",
        type="visit" if inspects else main.type,  # "he inspected the front, and met the fighters"
        modality=main.modality,
        triggers=(main, *(t for t in told if t is not main)),
        is_definite=(main.is_definite and not _is_first_told(reading, base, main))
        or series
        or _is_of_known_talks(forms, base.first, main, triggers),
        weight=weight,
    )


def _with_who_spoke(reading: Reading, base: Mention) -> Mention:
    """ "(The president and the general stressed that …) That came in a meeting they held": it is they who met."""
    if not (base.sentence and this_came(reading, base.sentence)):
        return base
    before = reading.sentences[base.sentence - 1]
    said = reading.document.where(_THAT, before.first, before.last) or [before.last]
    spoke = [a for a in between(reading.actors, before.first, said[0]) if a.kind in _WHO_SPEAK]
    known = {a.slug for a in base.actors}
    return base._replace(actors=(*(a for a in spoke if a.slug not in known), *base.actors))


def _arrives(trigger: Trigger) -> bool:
    """ "Arrived", whoever did; "headed for", of a visit: units that head somewhere move."""
    return trigger.hit.entry.term in _ARRIVED or (trigger.type == "visit" and trigger.hit.entry.term in _HEADED)


def _is_of_an_official(reading: Reading, base: Mention, arrival: Trigger) -> bool:
    """ "The adviser arrived in Erbil", "a delegation arrived", close behind the verb or before it: no reinforcements, and no bodies."""
    if reading.document.where(_DELEGATIONS, base.first, base.last):
        return True
    people = [a for a in base.actors if a.kind in ("person", "executive_office")]
    return any(0 <= a.first - arrival.last <= 2 or 0 <= arrival.first - a.last <= 1 for a in people)


def _is_purpose(forms: list[str], talks: Trigger) -> bool:
    """ "(Will visit Baghdad) for talks"."""
    return talks.hit.prefix[-1:] == _LAM or not _FOR_TALKS.isdisjoint(forms[talks.first - 2 : talks.first])


def _is_dated_pact(reading: Reading, trigger: Trigger) -> bool:
    """ "By virtue of an agreement that was reached last week in Baghdad", "had reached the agreement on 9 October": with its own day it is
    told as well."""
    if _REACHED.isdisjoint(reading.document.forms[trigger.last : trigger.last + 4]) and not trigger.hit.entry.is_verb:
        return False
    return bool(between(reading.dates, trigger.last, trigger.last + 10))


def _is_only_spoken_of(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """A centre, force or committee that nobody sets up: called for, discussed, pledged help for, or only named; talks that are wanted."""
    forms, low, is_verb = reading.document.forms, max(base.first, trigger.first - 4), trigger.hit.entry.is_verb
    near, follows = forms[max(base.first, trigger.first - 2) : trigger.first], forms[trigger.last : trigger.last + 1]
    if trigger.type == "joint_operation" and forms[trigger.last - 1] == _OPERATIONS and _LAUNCHED.isdisjoint(forms[low : trigger.first]):
        return True  # "forces for conducting joint operations": none in particular
    spoken_of = (not is_verb or trigger.type == "redeployment") and not _SPOKEN_OF[trigger.type].isdisjoint(near)
    if spoken_of or (trigger.type == "conference" and not _OF_THE_PRESS.isdisjoint(follows)):
        return True  # "an understanding about a joint posting", "a proposal for a ceasefire", "pressure prevents the redeployment"
    if trigger.hit.entry.term in _SENT and not _WOULD.isdisjoint(forms[trigger.last : trigger.last + 3]):
        return True  # "said that a delegation would press for …": nobody went anywhere
    if trigger.type == "support" and trigger.strength == "weak" and not is_verb and not base.dates:
        return True  # "affirmed the coalition's support for the Peshmerga": nothing was given
    if trigger.type in NEEDS_SETTING_UP and not trigger.is_definite and is_at_work(reading, base, trigger):
        return False  # "mechanisms that include joint centres, which began their work in 2021"
    if trigger.type in _POINTS_AGREED and not _INCLUDES.isdisjoint(forms[base.first : trigger.first]):
        return True  # "the agreement provides for joint checkpoints"
    if trigger.type in TALKS_HELD and not is_verb and not trigger.is_definite:
        regular = trigger.strength == "plural" and not _GOING_ON.isdisjoint((*near, *follows))
        return regular or _is_asked(reading, base, trigger)  # "there are regular meetings", "demanded that a meeting be held"
    if trigger.type not in NEEDS_SETTING_UP:
        return False
    if (trigger.is_definite or forms[trigger.first].startswith(_AL)) and not _ONCE.isdisjoint(forms[low : trigger.first]):
        return True  # "meetings will begin once the centre is set up"
    to = [i for i in range(low, trigger.first) if forms[i] in _IN_ORDER_TO and forms[i + 1] in _SET_UP_VERBS]
    aimed = any(_DECIDED.isdisjoint(forms[max(0, i - 4) : i]) for i in to)
    if aimed or not is_set_up(reading, base, trigger) or _is_asked(reading, base, trigger):
        return True
    return not _TOPIC_OF.isdisjoint(forms[base.first : trigger.first]) and not is_at_work(reading, base, trigger)


def _as_told(reading: Reading, base: Mention, trigger: Trigger) -> Trigger:
    """A force agreed on goes on about the agreement, unless that is news itself ("it was agreed to form a brigade"); what is to be set up,
    or told in the present of a day to come, is announced."""
    forms = reading.document.forms
    is_news = not _PASSIVE.isdisjoint(form.removeprefix("\u0648") for form in forms[max(base.first, trigger.first - 6) : trigger.first])
    agreed_on = not _AGREED_ON.isdisjoint(forms[max(base.first, trigger.first - 3) : trigger.first])
    if trigger.type == "joint_force" and agreed_on and not is_news:
        trigger = replace(trigger, is_definite=True)
    if trigger.type == "agreement" and _REACHED.isdisjoint(forms[base.first : trigger.first]):
        named = not trigger.hit.entry.is_verb and any(p.first == trigger.last for p in base.places)
        trigger = replace(trigger, is_definite=True) if named else trigger  # "the Sinjar agreement"
    took_up = trigger.type == "redeployment" and fold(trigger.hit.entry.term) in BEGAN
    if took_up and not _ROOMS.isdisjoint(forms[max(base.first, trigger.first - 10) : trigger.last + 3]):
        trigger = replace(trigger, type="centre", is_definite=True)  # "the centre took up its duties": no force moved
    stops = reading.document.where(_STOPPED, trigger.last, min(trigger.last + _WHAT_STOPPED, base.last))
    if stops and trigger.type in _MAY_STOP and not trigger.hit.entry.is_verb and forms[stops[0] - 1] not in _NO_STOP:
        return replace(trigger, type="suspension", strength="strong", is_definite=False)  # "the joint patrols in X stopped two weeks ago"
    planned = False
    if trigger.type in NEEDS_SETTING_UP:
        near = reading.cues(max(base.first, trigger.first - 8), trigger.first, "set_up")
        near += reading.cues(trigger.last, trigger.last + 4, "set_up")
        planned = any(_WILL in c.prefix or reading.cues(max(base.first, c.first - 3), c.first, "plan") for c in near)
        # "Preparations for setting up a brigade"
        planned = planned or not _PREPARING.isdisjoint(forms[max(base.first, trigger.first - 6) : trigger.first + 1])
        will = reading.document.where(_WILL_BEGIN, trigger.last, min(trigger.last + 12, base.last))
        planned = planned or any(forms[i - 1] not in _THAT_WILL for i in will)  # "formed committees that will visit …"
    if trigger.type == "joint_operation":  # "the forces will carry out joint operations"
        near_by = forms[max(base.first, trigger.first - 4) : trigger.first]
        planned = planned or any(form.startswith(_WILL) and form in _BEGUN for form in near_by)
    if trigger.hit.entry.is_verb or trigger.hit.entry.attributes["pos"] == "fixed":
        is_open = forms[trigger.first].startswith(_PRESENT) and not trigger.hit.entry.term.startswith(_PRESENT[1])
    else:
        is_open = not trigger.is_definite
    low = trigger.first if trigger.hit.entry.is_verb else max(base.first, trigger.first - 4)
    if planned or (is_open and not _TO_COME.isdisjoint(forms[low : min(trigger.first + 12, base.last)])):
        return replace(trigger, modality="announced") if trigger.modality == "occurred" else trigger
    return trigger


def _is_of_known_talks(forms: list[str], first: int, main: Trigger, triggers: list[Trigger]) -> bool:
    """ "During the meeting they discussed …", "those present discussed …", "the delegation was received by …": of the talks told before."""
    opening = range(first + 1, min(first + 6, main.first) if main.type in TALKS_HELD else 0)
    if any(forms[i] in _THE_MEETING and not _PART_OF.isdisjoint(forms[i - 2 : i]) for i in opening):
        return True  # "in another part of the meeting the two sides discussed …"
    known = (i for i in range(main.last, min(main.last + 5, len(forms))) if forms[i] in _THE_DELEGATION)
    if main.type == "meeting" and main.hit.entry.term in _RECEIVING and any(not forms[i].isascii() or forms[i - 1] == "the" for i in known):
        return _HOUR.isdisjoint(forms[max(0, main.first - 3) : main.last + 5])  # but "in the afternoon he received the delegation"
    if main.hit.entry.term not in _DISCUSSED:
        return main.hit.entry.term in _REPRESENTED  # "the ministry was represented by …"
    if not _THOSE_PRESENT.isdisjoint(forms[max(0, main.first - 1) : main.first] + forms[main.last : main.last + 1]):
        return True
    return any(t.is_definite and t.type in ("meeting", "visit") and 0 < abs(t.first - main.first) <= 12 for t in triggers)


def is_call_taken(trigger: Trigger, triggers: list[Trigger]) -> bool:
    """ "Received a phone call from the prime minister": nobody was received; "held, on Sunday, talks by phone": they did not meet."""
    if trigger.type == "meeting" and any(t.hit.entry.term in _BY_PHONE and 0 < t.first - trigger.first <= _FAR_PHONE for t in triggers):
        return True
    held = trigger.hit.entry.is_verb and trigger.type == "meeting" and bool(trigger.hit.entry.attributes["with"])
    reach = 10 if held else 3 if trigger.hit.entry.term in _TAKEN else 0
    return any(0 < t.first - trigger.first <= reach and t.type == "call" for t in triggers)


def _less_talks_to_come(reading: Reading, base: Mention, told: list[Trigger], agreed: Trigger) -> tuple[Mention, list[Trigger]]:
    """ "Agreed on holding a similar meeting in Baghdad next month", "reached an agreement, to be signed in Erbil next Sunday": what is to
    come, and where and when it is to be, is not what is told; they are where it was agreed "in a meeting"."""
    forms = reading.document.forms
    to_be = next((i for i in range(agreed.last, base.last - 1) if forms[i] in _ON and forms[i + 1] in _TO_BE), base.last)
    upon = {t.first for t in told if forms[t.first - 1].removeprefix("\u0648") in _ON}  # "… and on holding the third meeting"
    later = (t for t in told if t.first > agreed.first and t.type in TALKS_HELD and (not t.is_definite or t.first in upon))
    talks = next(later, None)
    if talks and (
        (talks.modality == "announced" and agreed.modality == "occurred")  # "they agreed to meet on, and a delegation will visit …"
        or talks.first in upon
        or (talks.first - agreed.last <= _WHAT_WAS_AGREED and forms[talks.first - 1] not in words("particles.in"))
    ):
        told, to_be = [t for t in told if t.first < talks.first], min(to_be, talks.first)
    dates = tuple(e for e in base.dates if e.first < to_be)
    return base._replace(dates=dates, places=tuple(p for p in base.places if p.first < to_be)), told


def _is_of_delegation(reading: Reading, base: Mention) -> bool:
    """ "A high-ranking security delegation arrived": nobody in it is named."""
    forms = reading.document.forms
    at = (i for i in range(base.first, base.last - 1) if forms[i] in _DELEGATIONS)
    return any(not _ARMED.isdisjoint(forms[max(base.first, i - 3) : i] if forms[i].isascii() else forms[i + 1 : i + 3]) for i in at)


def _is_of_a_force(base: Mention) -> bool:
    """Whether it was a force that moved, and no gunmen."""
    hostile = any(a.kind in ("rebel_terrorist", "unidentified") for a in base.actors)
    return not hostile and not base.harms and any(a.kind in FORCES for a in base.actors)


def _names_year(reading: Reading, e: Expression) -> bool:
    return any(len(form) == _YEAR and form.isdecimal() for form in reading.document.forms[e.first : e.last])


def _flees(reading: Reading, base: Mention, main: Trigger) -> bool:
    """ "The attackers' withdrawal"."""
    hostile = any(a.kind in ("rebel_terrorist", "unidentified") and 0 <= a.first - main.last <= 1 for a in base.actors)
    return hostile or not _FLEEING.isdisjoint(reading.document.forms[main.last : main.last + 2])


def _is_topic_only(reading: Reading, base: Mention, main: Trigger, told: list[Trigger]) -> bool:
    """ "Discussed" without a second side: what a meeting told before was about."""
    if main.type != "meeting" or main.hit.entry.term not in _DISCUSSED or any(t.type in TALKS_HELD for t in told if t is not main):
        return False
    if main.hit.entry.is_verb and base.dates and not _COUNCILS.isdisjoint(reading.document.forms[main.last : main.last + 1]):
        return False  # "the security committee discussed yesterday …": it met
    return not _bilateral(reading, base, main)


def _is_asked(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """ "They stressed the need to activate the coordination centres", "called for a joint force to be set up"."""
    if not _DURING.isdisjoint(reading.document.forms[max(base.first, trigger.first - 1) : trigger.first + 1]):
        return False  # "he called, in a phone call with the prime minister, for …": it was held
    called_to = reading.document.forms[trigger.first - 1] in words("particles.to")  # "called, […] on Sunday, for a meeting"
    far = _FAR_REQUEST if trigger.hit.entry.term.isascii() or called_to else 12
    asked = reading.cues(max(base.first, trigger.first - far), trigger.first, "request")
    before = reading.document.forms[max(base.first, trigger.first - 9) : trigger.first]
    return bool(asked) or not _ASKED.isdisjoint(before[-4:]) or (trigger.type in NEEDS_SETTING_UP and not _ASKED.isdisjoint(before))


def _is_first_told(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """ "The opening of the joint operations centre" is the first telling of it, whatever its article."""
    if trigger.type == "agreement" and _is_dated_pact(reading, trigger):
        return True  # "the agreement that the two governments signed on 9 October 2020"
    agreed_on = not _AGREED_ON.isdisjoint(reading.document.forms[max(base.first, trigger.first - 3) : trigger.first])
    if trigger.type not in NEEDS_SETTING_UP or agreed_on:
        return False
    said = any(c.last == trigger.first for c in reading.cues(max(base.first, trigger.first - 3), trigger.first, "set_up"))
    return said or is_at_work(reading, base, trigger) or was_set_up(reading, base, trigger)


def _bilateral(reading: Reading, base: Mention, trigger: Trigger) -> bool:
    """Two sides discuss: "with" after the verb, or two actors before the topic; in "it was discussed", all that follows is the topic."""
    if trigger.hit.entry.term in _DISCUSSED and not _PASSIVE.isdisjoint(
        reading.document.forms[max(base.first, trigger.first - 4) : trigger.first]
    ):
        return False
    window = reading.document.forms[trigger.first : min(trigger.first + _FAR_PARTNER, base.last)]
    people = [a for a in base.actors if a.first < trigger.first + _FAR_PARTNER]
    if trigger.hit.entry.is_verb and not words("particles.with").isdisjoint(window) and people:
        return True
    before = {a.slug for a in people if a.first < trigger.first}
    after = {a.slug for a in people if trigger.last <= a.first < trigger.last + 8 and a.kind != "rebel_terrorist"}
    return len(before) >= 2 or (trigger.hit.entry.is_verb and len(after) >= 2)
