"""Who else took part in an event: people whom only a noun names ("two policemen"), those said to have come along to talks, the force
whose communique tells what its men did, and the group a report blames."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from extraction.actors import Actor
from extraction.counted_people import SIDE_PARTY
from extraction.incident_mentions import FORCES
from extraction.lexicon import rows, words, words_and
from extraction.mention import Mention
from extraction.reading import Reading, Span, between, is_within
from extraction.triggers import FORCE_TYPES
from extraction.types import ActorMention, Origin

_ATTENDED = words("company.attended")
_BOTH_SIDES = words("company.both_sides")
_VICTIMS = words_and("company.victims")
_HIS_MEN = words_and("company.his_men")
_OF_FORCES = frozenset(("air_strike", "clash", "infiltration"))
_BLAMED = words("company.blamed")
_SEVERAL = words("company.several")
_BOMBERS = frozenset(word for word in words("incident_mentions.bombers") if not word.startswith("\u0627\u0644"))
_TALKS = frozenset(("meeting", "visit", "conference", "call", "agreement", "committee", "centre", "joint_operation", "joint_force"))
_OF_TWO = _TALKS | {"joint_patrol", "suspension", "redeployment", "training", "intelligence_sharing"}
_BODIES = frozenset(("ministry", "state_military", "regional_military", "executive_office"))
_LEAD = 4  # sentences that may sum up, the headline among them
_BEHIND = 3  # sentences behind the one that tells of talks
_NAMED_IN_SOURCE = 4  # actors
_NEAR_BLAME = 5  # tokens from the word that blames to the group
_HURT = frozenset(("killed", "wounded", "abducted"))
# The first actor of each party, but for those of whom another is the whole, and other armed men, who may be anybody's.
_PARTY_ACTOR = {party: slug for slug, party in reversed(SIDE_PARTY.items()) if party != "other_armed"}
_PARTY_ACTOR |= {"civilian": "civilians", "isf": "iraqi-security-forces", "pmf": "pmf", "cts": "counter-terrorism-service"}


@cache
def _kinds() -> dict[str, str]:
    return {row["slug"]: row["kind"] for row in rows("actors.csv")}


def hurt_people(reading: Reading, mention: Mention) -> Iterator[tuple[ActorMention, str]]:
    """The people a mention counts as killed, wounded or abducted, by their noun, with their role: "two policemen", "truffle hunters"."""
    harms = [h for h in mention.harms if h.harm in _HURT and not h.is_zero]
    for harm in harms:
        for hit in reading.hits.between("people", harm.first, harm.last):
            slug = _PARTY_ACTOR.get(hit.entry.attributes["party"])
            if slug is None or slug == "islamic-state":
                continue
            start, end = reading.document.span(hit.first, hit.last, hit.cut)
            role = "victim" if slug == "civilians" else "target"
            yield ActorMention(start, end, reading.document.raw[start:end], slug, _kinds()[slug], role, f"company: {hit.entry.term}"), role


def named_victims(reading: Reading, mentions: list[Mention], owned: set[int]) -> Iterator[Actor]:
    """Those whom a sentence behind an attack names as the ones it harmed: "the kidnapped are So-and-so and So-and-so"."""
    told = {m.sentence for m in mentions if not m.is_title}
    for number in sorted({n for t in told for n in range(t + 1, min(t + 1 + _BEHIND, len(reading.sentences)))} - owned):
        sentence = reading.sentences[number]
        at = reading.document.where(_VICTIMS, sentence.first, sentence.last)
        for person in between(reading.actors, at[0], sentence.last) if at else ():
            if person.kind == "person" and not reading.cues(at[0], person.first, "say", "according"):
                yield person


def came_along(reading: Reading, mentions: list[Mention], owned: set[int], sources: list[Span]) -> Iterator[Actor]:
    """Those whom the sentences behind talks say to have attended or to have been of a delegation; and of "the two sides" those named just
    before."""
    if mentions[0].type in _OF_TWO:
        yield from _the_two_sides(reading, mentions)
    if mentions[0].type not in _TALKS:
        return
    forms = reading.document.forms
    both_named = {"iraq", "kurdistan"} <= {a.side for m in mentions for a in m.actors if a.kind in _BODIES}
    told = sorted({m.sentence for m in mentions if not m.is_title})
    for number in dict.fromkeys(n for t in told for n in range(t, min(t + 1 + _BEHIND, len(reading.sentences)))):
        sentence = reading.sentences[number]
        if sentence.is_title or (number in owned and number not in told):
            continue
        attended = reading.document.where(_ATTENDED, sentence.first, sentence.last)
        if attended:
            from_ = sentence.first if forms[attended[0]].isascii() else attended[0]
            yield from (a for a in between(reading.actors, from_, sentence.last) if not is_within(sources, a.mention.start))
    for number in told:
        sentence = reading.sentences[number]
        if number and not both_named and reading.document.where(_BOTH_SIDES, sentence.first, sentence.last):
            before = reading.sentences[number - 1]
            yield from (a for a in between(reading.actors, before.first, before.last) if not is_within(sources, a.mention.start))


def _the_two_sides(reading: Reading, mentions: list[Mention]) -> Iterator[Actor]:
    """ "The two sides had held a meeting in Erbil": of either side that the talks name nobody of, the body named last before them."""
    unnamed = not any(m.actors for m in mentions)
    both = next((m for m in mentions if unnamed or reading.cues(m.first, m.last, "two_sides")), None)
    if both is None:
        return
    named = {a.side for m in mentions for a in m.actors if a.kind in _BODIES}
    for side in ("iraq", "kurdistan"):
        if side not in named:
            known = [a for a in reading.actors if a.side == side and a.kind in _BODIES]
            before = [a for a in known if a.first < both.trigger]
            yield from [a for a in before if a.kind != "executive_office"][-1:] or before[-1:] or known[:1]


def issuing_force(reading: Reading, mentions: list[Mention], type_: str, origins: tuple[Origin, ...], *, is_named: bool) -> Actor | None:
    """The force whose own communique tells of a raid or a strike that it names no force for, or of what "its men" did."""
    if type_ not in FORCE_TYPES and type_ not in _OF_FORCES:
        return None
    if is_named and not any(reading.document.where(_HIS_MEN, m.first, m.last) for m in mentions):
        return None
    for origin in origins:
        at = bisect_left(reading.actor_starts, (origin.start, 0))
        for start, number in reading.actor_starts[at : at + _NAMED_IN_SOURCE]:
            if start < origin.end and reading.actors[number].kind in FORCES:
                return reading.actors[number]
    return None


def bomber(reading: Reading, mentions: list[Mention]) -> ActorMention | None:
    """The "suicide bomber" whom an attack names alone, of no group."""
    for mention in mentions:
        for i in reading.document.where(_BOMBERS, mention.first, mention.last):
            start, end = reading.document.span(i, i + 1)
            name = reading.document.raw[start:end]
            return ActorMention(start, end, name, None, "unidentified", "perpetrator", "company: a bomber of no group named")
    return None


def blamed_group(reading: Reading, mentions: list[Mention], owned: set[int]) -> Actor | None:
    """The group behind an attack, said in the sentences behind it ("they are believed to be of ISIS") or in a lead that sums up several
    attacks ("in two attacks by ISIS")."""
    forms = reading.document.forms
    told = [m.sentence for m in mentions if not m.is_title] or [mentions[0].sentence]
    for number in dict.fromkeys(n for t in told for n in range(t, min(t + 3, len(reading.sentences)))):
        sentence = reading.sentences[number]
        if number in owned and number not in told:
            continue
        for actor in between(reading.actors, sentence.first, sentence.last):
            near = range(max(sentence.first, actor.first - _NEAR_BLAME), actor.first)
            if actor.kind == "rebel_terrorist" and any(forms[i].removeprefix("\u0648") in _BLAMED for i in near):
                return actor
    for sentence in reading.sentences[: min(told[0], _LEAD)]:
        for at in reading.document.where(_SEVERAL, sentence.first, sentence.last):
            group = next((a for a in between(reading.actors, at, at + _NEAR_BLAME) if a.kind == "rebel_terrorist"), None)
            if group:
                return group
    return None
