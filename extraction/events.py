"""From mentions to candidate events: gathered, dated, placed, peopled, counted and credited, each value with its span and rule."""

from dataclasses import replace
from datetime import date

from extraction.actors import find_actors
from extraction.attribution import Attribution, find_attributions, origins_of
from extraction.dates import Expression
from extraction.event_dates import date_of, date_of_account, date_of_heading, resolve_all
from extraction.folding import fold
from extraction.lexicon import words
from extraction.listing import Listing, find_listing
from extraction.mention import Mention
from extraction.mentions import find_mentions
from extraction.merging import Cluster, Clusterer
from extraction.outcomes import is_claimed, links_of, operation_name_of, outcomes_of, weapons_of
from extraction.place_mentions import Located, find_places, without_datelines
from extraction.places import Gazetteer
from extraction.reading import Reading, between
from extraction.roles import actors_of
from extraction.statements import find_statement
from extraction.statistics import figures_of
from extraction.text import Document
from extraction.tolls import Harm, settle_party
from extraction.triggers import FORCE_TYPES, SPECIFICITY, figures_of_speech
from extraction.types import Casualty, DateMention, Event, Origin, PlaceMention, Quote
from extraction.vocabulary import Hits

_COUNTED = frozenset(("killed", "wounded", "abducted", "arrested", "missing", "surrendered", "displaced"))
_SIDE_PARTY = {
    "peshmerga": "peshmerga",
    "ministry-of-peshmerga": "peshmerga",
    "iraqi-army": "iraqi_army",
    "federal-police": "federal_police",
    "pmf": "pmf",
    "iraqi-police": "police",
    "asayish": "peshmerga",
    "tribal-mobilization": "tribal",
    "iraqi-security-forces": "isf",
    "islamic-state": "isis",
    "counter-terrorism-service": "cts",
    "global-coalition": "coalition",
    "us-forces": "coalition",
    "border-guard": "police",
}
_FORCES_NAMED = frozenset(_SIDE_PARTY.values()) - {"isf", "isis"}
_GENERIC = frozenset(("islamic-state", "terrorists", None))
_TALKS = ("meeting", "visit", "conference", "call", "agreement")
_TOPICS = words("events.topics")
_STATED_PERIODS = ("week", "period", "last_month")
_TALK_RANK = {"call": 5, "joint_operation": 5, "meeting": 4, "conference": 3, "visit": 3, "centre": 3, "joint_force": 3, "agreement": 1}


def find_events(document: Document, hits: Hits, dates: list[Expression], published: date | None, gazetteer: Gazetteer) -> tuple[Event, ...]:
    """Every attack, coordination event and aggregate the report tells of, in order."""
    if not (hits.all("triggers") or hits.all("harm")):
        return ()
    places = without_datelines(document, find_places(document, hits, gazetteer))
    actors = find_actors(document, hits)
    reading = Reading(document, hits, dates, places, actors)
    if figures_of_speech(reading):
        return ()
    listing = find_listing(document, reading.dates, published)
    resolved = resolve_all(reading, published, listing)
    clusterer = Clusterer(reading, resolved, listing)
    mentions = find_mentions(reading)
    for mention in sorted(mentions, key=_firmness):
        clusterer.add(mention)
    clusterer.settle()
    attributions = find_attributions(reading)
    statement = find_statement(reading, clusterer.clusters, attributions)
    if statement:
        clusterer.clusters.append(Cluster([statement]))
    groups = sorted(
        (sorted(c.mentions, key=lambda m: (m.is_title, m.sentence, m.first)) for c in clusterer.clusters), key=lambda ms: ms[0].first
    )
    lead = next((i for i, s in enumerate(reading.sentences) if not s.is_title and s.last - s.first > 8), 0)
    return tuple(_event(reading, groups, i, resolved, attributions, lead, published, listing) for i in range(len(groups)))


def _firmness(mention: Mention) -> tuple[int, int]:
    """Mentions that can stand alone first, then those that refer back, then headlines: each kind in order of the text."""
    return (2 if mention.is_title else 1 if mention.is_definite or mention.weight < 0.4 else 0, mention.first)


def _event(
    reading: Reading,
    groups: list[list[Mention]],
    index: int,
    resolved: dict[int, DateMention],
    attributions: list[Attribution],
    lead: int,
    published: date | None,
    listing: Listing,
) -> Event:
    mentions = groups[index]
    kind = mentions[0].kind
    type_ = _type(mentions)
    sentences = {m.sentence for m in mentions}
    speaking = sentences | {n + 1 for n in sentences if n + 1 < len(reading.sentences)} if type_ in ("statement", "request") else sentences
    origins = origins_of(reading, attributions, speaking, lead)
    sources = _source_starts(attributions, sentences)
    when = (
        date_of(reading, mentions, resolved)
        or date_of_heading(reading, mentions, listing)
        or date_of_account(reading, groups, index, resolved)
    )
    modality = (
        next((m.modality for m in mentions if m.modality != "occurred"), "occurred") if mentions[0].modality != "occurred" else "occurred"
    )
    places = _places(reading, mentions, type_)
    told = (kind == "incident" or type_ == "joint_operation") and modality != "denied"
    casualties = _casualties(reading, mentions, sources) if told else ()
    actors = actors_of(reading, mentions, type_, sources) if kind != "statistic" else ()
    return Event(
        kind=kind,
        type=type_,
        modality=modality,
        score=_score(mentions, when, places, casualties, origins),
        quotes=_quotes(reading, mentions),
        rule=f"triggers: {mentions[0].triggers[0].hit.entry.term}" if mentions[0].triggers else f"mentions: {type_}",
        date=when,
        places=places if kind != "statistic" or len(places) < 4 else (),
        actors=actors,
        casualties=casualties,
        origins=origins,
        outcomes=outcomes_of(reading, mentions, sentences) if kind == "coordination" else (),
        figures=figures_of(reading, mentions) if kind == "statistic" else (),
        weapons=weapons_of(reading, mentions) if kind == "incident" else (),
        operation_name=operation_name_of(reading, mentions) if type_ in ("joint_operation", "security_operation") else None,
        is_claimed=kind == "incident" and is_claimed(reading, mentions),
        links=links_of(reading, groups, index, resolved),
        flags=_flags(reading, mentions, when, published, resolved, modality),
    )


def _type(mentions: list[Mention]) -> str:
    """The most telling type among the mentions that told it strongly."""
    if mentions[0].kind == "coordination":
        strong = [m for m in mentions if m.weight >= 0.4] or mentions
        return max((m.type for m in strong), key=lambda t: _TALK_RANK.get(t, 2))
    strong = [m for m in mentions if m.weight >= 0.5] or mentions
    first = strong[0].type
    family = [m.type for m in strong if m.type not in ("arrest", "weapons_seizure", "security_operation")]
    if first in ("arrest", "weapons_seizure", "security_operation") or not family:
        return first
    if first == "clash":
        return first
    if first == "armed_attack" and not strong[0].is_title:
        return first  # an explosive or an aircraft named later is a phase of it
    return max(family, key=lambda t: SPECIFICITY.get(t, 0)) if first in ("armed_attack", "killing") else first


def _is_of_actor(mention: Mention, place: Located) -> bool:
    """A country or region that only says whose actor it is: "the coalition forces in Iraq"."""
    wide = place.mention.level in ("country", "region")
    return wide and any(0 <= place.first - actor.last <= 1 for actor in mention.actors)


def _is_topic(reading: Reading, mention: Mention, place: Located) -> bool:
    """A place that talks were about, or that belongs to somebody's office: not where they met."""
    forms = reading.document.forms
    if any(form in _TOPICS for form in forms[max(mention.first, mention.trigger + 1) : place.first]):
        return True
    return any(a.kind == "executive_office" and 0 <= place.first - a.last <= _near_office(reading, place) for a in mention.actors)


def _near_office(reading: Reading, place: Located) -> int:
    """How far a place may stand from the office it belongs to: "the mayor of X", but "in X" only of a country ("commander in Iraq")."""
    wide = place.mention.level in ("country", "region")
    return 2 if wide else 0 if reading.document.forms[place.first - 1] in ("في", "in", "at") else 1


def _places(reading: Reading, mentions: list[Mention], type_: str) -> tuple[PlaceMention, ...]:
    out: dict[str, PlaceMention] = {}
    for mention in mentions:
        for place in mention.places:
            if (type_ in _TALKS and _is_topic(reading, mention, place)) or _is_of_actor(mention, place):
                continue
            key = place.mention.place or fold(place.mention.name)
            if key not in out:
                out[key] = place.mention
    wide = [p for p in out.values() if p.level not in ("country", "region")]
    return tuple(wide or out.values())


def _casualties(reading: Reading, mentions: list[Mention], sources: set[int]) -> tuple[Casualty, ...]:
    """Each party's toll once: a revised figure replaces an earlier one; an unnamed party gives way to a named one of the same figure."""
    counts: dict[tuple[str, str], tuple[Harm, Casualty]] = {}
    known: str | None = None  # "the attack killed five" goes on about the barracks named before
    is_isis = any(a.mention.actor == "islamic-state" for m in mentions for a in m.actors)
    for mention in sorted(mentions, key=lambda m: (m.is_title, m.first)):
        context = _context(reading, mention, sources)
        known = context if context not in (None, "isis") else known
        for harm in mention.harms:
            if harm.harm not in _COUNTED or harm.is_earlier or (harm.value is None and harm.quantifier != "vague"):
                continue
            from_the_air = mention.type == "air_strike" and any(a.kind == "coalition" for a in mention.actors)
            is_hunted = from_the_air or (is_isis and mention.type in {"clash", "air_strike"} | FORCE_TYPES)
            told = context or (_context(reading, mention, set()) if harm.party in ("fighter", "member", "officer") else None)
            if told is None and (harm.is_elliptic or harm.party in ("fighter", "member", "officer")) and not mention.is_title:
                told = known or (_only_force(reading) if harm.party == "fighter" and mention.type not in FORCE_TYPES else None)
            party = settle_party(harm.party, "isis" if harm.party == "them" and is_hunted else told, is_isis=is_isis)
            quote = reading.quote(harm.first, harm.last)
            entry = Casualty(
                quote.start, quote.end, party, harm.harm, harm.value, harm.value, harm.quantifier, harm.rule, harm.is_part, harm.is_revised
            )
            if mention.is_title and not _agrees(counts, entry):
                continue  # a headline sums up what the text tells apart
            _count(counts, harm, entry)
    kept = [c for _, c in counts.values()]
    figures = [c for c in kept if c.low is not None]
    if any(c.high for c in figures if c.harm == "killed"):
        figures = [c for c in figures if c.low != 0]
    vague = [c for c in kept if c.low is None]
    return (*_settled(figures, vague), *(c for c in vague if not any(f.harm == c.harm for f in figures)))


def _only_force(reading: Reading) -> str | None:
    """The one force the whole report speaks of, whose fighters they are who struck nobody."""
    parties = {_SIDE_PARTY[slug] for slug in reading.listed_actors if slug in _SIDE_PARTY} - {"isis", "isf", "coalition"}
    return parties.pop() if len(parties) == 1 else None


def _agrees(counts: dict[tuple[str, str], tuple[Harm, Casualty]], entry: Casualty) -> bool:
    """Whether the text gives no figure for this harm, or this very figure."""
    told = {c.low for _, c in counts.values() if c.harm == entry.harm and c.low is not None}
    return not told or entry.low in told


def _count(counts: dict[tuple[str, str], tuple[Harm, Casualty]], harm: Harm, entry: Casualty) -> None:
    key = (entry.party, entry.harm)
    known = counts.get(key)
    if known is None or known[1].low is None or (harm.is_revised and entry.low is not None):
        counts[key] = (harm, entry)


def _settled(figures: list[Casualty], vague: list[Casualty]) -> list[Casualty]:
    """An unnamed party gives way to a named one of the same figure; a total that named parties are part of is mixed."""
    out = []
    for casualty in figures:
        same = [c for c in figures if c is not casualty and c.harm == casualty.harm]
        named = [c for c in same if c.party in _FORCES_NAMED]
        if casualty.party == "isf" and any(c.low == casualty.low for c in named):
            continue
        if any(c.revised and c.party == "unknown" for c in same) and len(same) == 1 and casualty.low and same[0].low:
            continue  # the toll that rose is of the one party told before
        if casualty.party == "unknown" and casualty.revised and len(same) == 1 and same[0].low and same[0].party != "unknown":
            casualty = replace(casualty, party=same[0].party)
        if casualty.party in ("unknown", "other_armed") and casualty.low:
            if any(c.low == casualty.low for c in same):
                continue
            parts = [c.low for c in same if c.low and c.party not in ("unknown", "mixed")]
            described = [c.party for c in vague if c.harm == casualty.harm and c.party != "unknown"]
            if parts and sum(parts) <= casualty.low:
                casualty = replace(casualty, party="mixed")
            elif described and not same:
                casualty = replace(casualty, party=described[0] if len(set(described)) == 1 else "mixed")
        out.append(casualty)
    return out


def _context(reading: Reading, mention: Mention, sources: set[int]) -> str | None:
    """The party of fighters and members that no word names: the one force the mention speaks of."""
    forces = [
        a
        for a in mention.actors
        if a.mention.actor in _SIDE_PARTY
        and a.mention.actor != "islamic-state"
        and a.mention.start not in sources
        and not (mention.type == "air_strike" and a.kind == "coalition")  # it flies, others are hit
    ]
    parties = list(dict.fromkeys(_SIDE_PARTY[a.mention.actor or ""] for a in forces))
    if "tribal" in parties:
        parties = [p for p in parties if p != "pmf"]  # the tribal mobilisation is called by its parent's name as well
    if parties:
        return parties[0] if len(parties) == 1 else "isf" if "peshmerga" not in parties else parties[0]
    hostile = any(a.kind == "rebel_terrorist" for a in mention.actors)
    if any(a.kind == "rebel_terrorist" and a.mention.actor not in _GENERIC for a in mention.actors):
        return "other_armed"
    if not hostile and any(form in words("events.armed_parties") for form in reading.document.forms[mention.first : mention.last]):
        return "other_armed"
    return "isis" if hostile and mention.type in ("security_operation", "air_strike", "arrest") else None


def _source_starts(attributions: list[Attribution], sentences: set[int]) -> set[int]:
    return {o.start for a in attributions if a.sentence in sentences and a.strength >= 2 for o in a.origins}


def _quotes(reading: Reading, mentions: list[Mention]) -> tuple[Quote, ...]:
    """One passage a mention; the one that tells most comes first."""
    quotes: dict[int, Quote] = {}
    for mention in sorted(mentions, key=lambda m: (m.is_title, -m.weight, m.first)):
        quote = reading.quote(mention.first, mention.last)
        quotes.setdefault(quote.start, quote)
    return tuple(quotes.values())


def _score(
    mentions: list[Mention],
    when: DateMention | None,
    places: tuple[PlaceMention, ...],
    casualties: tuple[Casualty, ...],
    origins: tuple[Origin, ...],
) -> float:
    base = max(m.weight for m in mentions)
    more = (
        0.04 * bool(when and when.first) + 0.04 * bool(places) + 0.03 * bool(casualties) + 0.03 * bool(origins) + 0.02 * (len(mentions) > 1)
    )
    return round(min(0.99, base + more), 2)


def _flags(
    reading: Reading,
    mentions: list[Mention],
    when: DateMention | None,
    published: date | None,
    resolved: dict[int, DateMention],
    modality: str,
) -> tuple[str, ...]:
    flags = list(when.flags) if when else []
    if when and when.first is None:
        flags.append("date_unresolved")
    if when and when.first and published and when.first > published and modality not in ("announced",):
        flags.append("date_after_publication")
    if when and _is_outside_period(reading, mentions[0], when, resolved):
        flags.append("date_outside_stated_period")
    return tuple(dict.fromkeys(flags))


def _is_outside_period(reading: Reading, mention: Mention, when: DateMention, resolved: dict[int, DateMention]) -> bool:
    """ "In the past week …: on 17 November": a part that cannot lie in the whole the sentence opened with. Kept as claimed, and flagged."""
    if not (when.first and when.last):
        return False
    sentence = reading.sentences[mention.sentence]
    periods = [resolved[e.first] for e in between(reading.dates, sentence.first, mention.first) if e.rule in _STATED_PERIODS]
    return any(p.first and p.last and (when.last < p.first or when.first > p.last) for p in periods)
