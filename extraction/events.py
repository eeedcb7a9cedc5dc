"""From mentions to candidate events: gathered, dated, placed, peopled, counted and credited, each value with its span and rule."""

from datetime import date

from extraction.account_dates import date_of_account
from extraction.actors import Actor, find_actors
from extraction.attribution import Attribution, find_attributions, find_issuer
from extraction.cluster import Cluster
from extraction.datelines import without_datelines
from extraction.event_dates import Dating, date_of, date_of_heading, resolve_all
from extraction.event_places import places_of
from extraction.event_tolls import casualties_of
from extraction.incident_mentions import FORCES
from extraction.lexicon import words
from extraction.listing import Listing, find_listing
from extraction.matching import Hit
from extraction.mention import Mention
from extraction.mentions import find_mentions
from extraction.merging import Clusterer
from extraction.origins import in_sentences, origins_of
from extraction.outcomes import is_claimed, links_of, operation_name_of, outcomes_of, reports_at, weapons_of
from extraction.place_mentions import Located, find_places
from extraction.places import Gazetteer
from extraction.reading import Reading, Span, between
from extraction.roles import actors_of
from extraction.statements import find_statement
from extraction.statistics import figures_of
from extraction.text import Document, Sentence
from extraction.themes import figures_of_speech
from extraction.time_expressions import Expression
from extraction.triggers import SPECIFICITY
from extraction.types import Casualty, DateMention, Event, Origin, PlaceMention, Quote
from extraction.vocabulary import Hits

_TOLD_ON, _SEVERAL = 4, 2  # sentences; events told one by one below their sum
_NARROW = ("village", "town", "subdistrict", "facility", "area", "natural_feature")
_WORDS_BESIDE = 10  # of a place's name on either side, in the passage that tells it
_MEANS = frozenset(("ied", "suicide_bombing", "shelling", "air_strike", "sniper"))
_TOPICS = ("centre", "committee", "joint_force", "joint_operation")  # "the committees" that talks spoke of
_STATED_PERIODS = ("week", "period", "last_month")
_TALK_RANK = {"call": 5, "joint_operation": 5, "meeting": 4, "conference": 3, "visit": 3, "centre": 3, "joint_force": 3, "agreement": 1}


def find_events(document: Document, hits: Hits, dates: list[Expression], published: date | None, gazetteer: Gazetteer) -> tuple[Event, ...]:
    """Every attack, coordination event and aggregate the report tells of, in order."""
    if not (hits.all("triggers") or hits.all("harm") or hits.cues(0, len(document.forms), "coordinate")):
        return ()
    places = without_datelines(document, find_places(document, hits, gazetteer))
    actors = find_actors(document, hits)
    places = _less_surnames(document, places, actors)
    actors = _less_places(actors, places)
    reading = Reading(document, hits, dates, places, actors)
    if figures_of_speech(reading):
        return ()
    listing = find_listing(document, reading.dates, published)
    dating = Dating(reading, resolve_all(reading, published, listing))
    clusterer = Clusterer(reading, dating, listing)
    mentions = find_mentions(reading)
    for mention in sorted(mentions, key=_firmness):
        clusterer.add(mention)
    clusterer.settle()
    issuer = find_issuer(reading)
    attributions = find_attributions(reading, issuer)
    statement = find_statement(reading, clusterer.clusters, attributions)
    if statement:
        clusterer.clusters.append(Cluster([statement]))
    groups = sorted(
        (sorted(c.mentions, key=lambda m: (m.is_title, m.sentence, m.first)) for c in clusterer.clusters), key=lambda ms: ms[0].first
    )
    lead = next((i for i, s in enumerate(reading.sentences) if not s.is_title and s.last - s.first > 8), 0)
    elsewhere = _told_elsewhere(groups)
    reports = reports_at(groups)
    owned = {m.sentence for c in clusterer.clusters for m in c.mentions}
    types = [_type(mentions) for mentions in groups]
    located = places_of(reading, groups, types, listing)
    return tuple(
        _event(
            reading, groups, i, types[i], located[i], dating, attributions, issuer, lead, published, listing, elsewhere[i], reports, owned
        )
        for i in range(len(groups))
        if not _is_told_one_by_one(groups, i)
    )


def _less_surnames(document: Document, places: list[Located], actors: list[Actor]) -> list[Located]:
    """Without the small places whose name is the bare surname of somebody named before: "Obeidi met …"."""
    named = {a.first for a in actors if a.kind == "person" and a.mention.start < document.span(a.first, a.last)[0]}
    bare = (p for p in places if p.first in named and p.mention.start == document.span(p.first, p.last)[0])
    surnames = {p.first for p in bare if p.mention.level in ("village", "subdistrict")}
    return [p for p in places if p.first not in surnames]


def _less_places(actors: list[Actor], places: list[Located]) -> list[Actor]:
    """Without the names that are "in" and a place: "the minister of Peshmerga [in Erbil]"."""
    begins = {p.first: p.mention.start for p in places}
    return [a for a in actors if a.kind != "person" or begins.get(a.first, 0) <= a.mention.start]


def _is_told_one_by_one(groups: list[list[Mention]], index: int) -> bool:
    """ "Nine were killed in two separate attacks", "in attacks on …", "three meetings were held", told one by one below: no more than
    those, unless they leave some of its dead untold."""
    told = [m for m in groups[index] if not m.is_title]
    if not told or not all(m.told_in or m.is_sum for m in told):
        return False
    last = max(m.sentence for m in told)
    kind = groups[index][0].kind
    below = [g for i, g in enumerate(groups) if i != index and g[0].kind == kind and not g[0].is_title]
    below = [g for g in below if min(m.sentence for m in g if not m.is_title) >= last]
    bare = not any(m.harms or any(p.mention.level != "governorate" for p in m.places) for m in told)
    first = min(m.sentence for g in groups for m in g if m.kind in (kind, "statistic") and not m.is_title)
    fell = [max((h.value or 0 for m in g for h in m.harms if h.harm == "killed" and h.party != "isis"), default=0) for g in (told, *below)]
    return len(below) >= (told[0].told_in or _SEVERAL) and (bool(told[0].told_in) or ((last == first or bare) and fell[0] <= sum(fell[1:])))


def _told_elsewhere(groups: list[list[Mention]]) -> list[dict[str, list[int]]]:
    """For each event and harm the largest figure of every other event, headlines aside."""
    told: list[dict[str, int]] = []
    for mentions in groups:
        told.append({})
        harms = (h for m in mentions if not m.is_title and m.kind == "incident" for h in m.harms)
        for harm in harms:
            if harm.value:
                told[-1][harm.harm] = max(harm.value, told[-1].get(harm.harm, 0))
    values: dict[str, list[tuple[int, int]]] = {}
    for i, figures in enumerate(told):
        for name, value in figures.items():
            values.setdefault(name, []).append((i, value))
    return [{name: others for name, known in values.items() if (others := [v for j, v in known if j != i])} for i in range(len(groups))]


def _firmness(mention: Mention) -> tuple[int, int]:
    """Mentions that can stand alone first, then those that refer back, then headlines: each kind in order of the text."""
    brought_up = mention.is_definite and not (mention.triggers and mention.dates and mention.places)
    return (2 if mention.is_title else 1 if brought_up or mention.weight < 0.4 else 0, mention.first)


def _event(
    reading: Reading,
    groups: list[list[Mention]],
    index: int,
    type_: str,
    located: tuple[Located, ...],
    dating: Dating,
    attributions: list[Attribution],
    issuer: Attribution | None,
    lead: int,
    published: date | None,
    listing: Listing,
    elsewhere: dict[str, list[int]],
    reports: dict[int, list[int]],
    owned: set[int],
) -> Event:
    mentions = groups[index]
    kind = mentions[0].kind
    sentences = {m.sentence for m in mentions}
    speaking = sentences | {n + 1 for n in sentences if n + 1 < len(reading.sentences)} if type_ in ("statement", "request") else sentences
    origins = origins_of(reading, attributions, issuer, speaking | _told_on(reading, attributions, mentions, owned), lead, listing)
    if not origins and kind == "statistic":  # figures go on under the source that gave the first
        near = [a for a in attributions if a.strength == 3 and 0 < min(sentences) - a.sentence <= 4]
        origins = near[-1].origins if near else ()
    sources = _sources(attributions, sentences)
    when = date_of(dating, mentions) or date_of_heading(reading, mentions, listing) or date_of_account(dating, groups, index, listing)
    modality = (
        next((m.modality for m in mentions if m.modality != "occurred"), "occurred") if mentions[0].modality != "occurred" else "occurred"
    )
    places = tuple(p.mention for p in located)
    told = (kind == "incident" or type_ == "joint_operation") and modality != "denied"
    casualties = casualties_of(reading, mentions, sources, elsewhere) if told else ()
    actors = actors_of(reading, mentions, type_, sources, origins, owned) if kind != "statistic" else ()
    return Event(
        kind=kind,
        type=type_,
        modality=modality,
        score=_score(mentions, when, places, casualties, origins),
        quotes=_quotes(reading, mentions, located),
        rule=f"triggers: {mentions[0].triggers[0].hit.entry.term}" if mentions[0].triggers else f"mentions: {type_}",
        date=when,
        places=places,
        actors=actors,
        casualties=casualties,
        origins=origins,
        outcomes=outcomes_of(reading, mentions, sentences) if kind == "coordination" else (),
        figures=figures_of(reading, mentions) if kind == "statistic" else (),
        weapons=weapons_of(reading, mentions) if kind == "incident" else (),
        operation_name=operation_name_of(reading, mentions) if type_ in ("joint_operation", "security_operation") else None,
        is_claimed=kind == "incident" and is_claimed(reading, mentions),
        links=links_of(reading, groups, index, dating.resolved, reports),
        flags=_flags(reading, mentions, when, published, dating.resolved, modality),
    )


def _told_on(reading: Reading, attributions: list[Attribution], mentions: list[Mention], owned: set[int]) -> set[int]:
    """Sentences behind an event's, of no event themselves, in which somebody else goes on about it: its victims, "the attack", "the
    meeting", the forces or the place it names. One sentence that nobody tells may stand between."""
    out: set[int] = set()
    actors = {a.slug for m in mentions for a in m.actors if a.kind in FORCES}
    places = {p.mention.place for m in mentions for p in m.places if p.mention.place and p.mention.level in _NARROW}
    for number in sorted({m.sentence for m in mentions if not m.is_title}):
        silent = 0
        for n in range(number + 1, min(number + _TOLD_ON, len(reading.sentences))):
            if n in owned or reading.sentences[n].is_title or silent > 1:
                break
            told = [a for a in in_sentences(attributions, {n}) if a.strength == 2]
            if told and _is_about(reading, reading.sentences[n], mentions[0], actors, places, told):
                out.add(n)
            silent += not told
    return out


def _is_about(reading: Reading, sentence: Sentence, event: Mention, actors: set[str], places: set[str], told: list[Attribution]) -> bool:
    """Whether a sentence that names no event of its own speaks of this one."""
    kind, topics = event.kind, {type_ for type_ in _TOPICS if type_ != event.type}
    hits = reading.hits.between("triggers", sentence.first, sentence.last)
    if any(h.entry.attributes["kind"] == kind and h.entry.attributes["type"] not in topics and _is_known(reading, h) for h in hits):
        return True
    if kind != "incident":
        return False
    if reading.hits.between("harm", sentence.first, sentence.last) or _names_attackers(reading, sentence):
        return True
    speakers = [(o.start, o.end) for a in told for o in a.origins]
    return any(
        a.slug in actors and not any(start <= a.mention.start < end for start, end in speakers)
        for a in between(reading.actors, sentence.first, sentence.last)
    ) or any(p.mention.place in places for p in between(reading.places, sentence.first, sentence.last))


def _is_known(reading: Reading, hit: Hit) -> bool:
    """ "The attack", "the meeting"."""
    return hit.prefix.endswith("\u0627\u0644") or (hit.first > 0 and reading.document.forms[hit.first - 1] == "the")


def _names_attackers(reading: Reading, sentence: Sentence) -> bool:
    """ "The gunmen", as known."""
    forms = reading.document.forms
    attackers = [a for a in between(reading.actors, sentence.first, sentence.last) if a.kind in ("unidentified", "rebel_terrorist")]
    return any(forms[a.first].startswith("\u0627\u0644") or (a.first > 0 and forms[a.first - 1] == "the") for a in attackers)


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
        # An explosive or an aircraft named later is a phase of it, but where a lead that names neither arms nor gunmen is told in full.
        return strong[1].type if len(strong) > 1 and _is_told_in_full(strong[0], strong[1]) else first
    if first == "infiltration" and any(m.type in ("armed_attack", "killing") and m.harms for m in mentions[1:]):
        return "armed_attack"  # "(They slipped into the village.) The attackers killed the owner of a house"
    if first == "infiltration" and any(m.type == "air_strike" for m in strong):
        return "air_strike"  # "watched a band's movements. … Aircraft targeted it"
    if first == "ied" and any(m.type == "suicide_bombing" and (not m.is_title or len(m.places) < 2) for m in strong):
        return "suicide_bombing"  # "a car bomb went off at the gate (…) a bomber had driven it into the gate"
    if first == "killing" and strong[0].triggers and strong[0].triggers[0].hit.entry.term in words("triggers.assassinated"):
        family = [t for t in family if t not in ("armed_attack", "clash")]
    return max(family, key=lambda t: SPECIFICITY.get(t, 0)) if first in ("armed_attack", "killing", "shelling") else first


def _is_told_in_full(lead: Mention, account: Mention) -> bool:
    """ "(A patrol came under attack in X.) A bomb went off beside it on the road to Y"."""
    named = any(a.kind in ("rebel_terrorist", "unidentified") for a in lead.actors)
    verb = not lead.triggers or (lead.triggers[0].hit.entry.is_verb and not lead.triggers[0].hit.entry.attributes["with"])
    near = 0 < account.sentence - lead.sentence <= 2
    return not named and not verb and near and not account.is_definite and account.type in _MEANS


def _sources(attributions: list[Attribution], sentences: set[int]) -> list[Span]:
    """The spans of those who tell in these sentences, in order."""
    return sorted({(o.start, o.end) for a in in_sentences(attributions, sentences) if a.strength >= 2 for o in a.origins})


def _quotes(reading: Reading, mentions: list[Mention], places: tuple[Located, ...]) -> tuple[Quote, ...]:
    """One passage a mention, the one that tells most first; then the words that name a place told outside of them."""
    quotes: dict[int, Quote] = {}
    for mention in sorted(mentions, key=lambda m: (m.is_title, -m.weight, m.first)):
        quote = reading.quote(mention.first, mention.last)
        quotes.setdefault(quote.start, quote)
    for place in places:
        if not any(quote.start <= place.mention.start < quote.end for quote in quotes.values()):
            sentence = reading.sentence_of(place.first)
            quote = reading.quote(max(sentence.first, place.first - _WORDS_BESIDE), min(sentence.last, place.last + _WORDS_BESIDE))
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
