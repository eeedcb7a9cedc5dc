"""Where each event took place: the places its passages name, those that hold them, and for a follow-up the place told just before.

A place that stands in another sentence than the event keeps its own span, and `events` quotes that passage too: no value without its words.
"""

from itertools import pairwise

from extraction.clause_places import is_bound_for, is_measured_from, is_of_claimant, orients, where
from extraction.folding import fold
from extraction.lexicon import words
from extraction.listing import Listing
from extraction.mention import SPATIAL, Mention
from extraction.place_mentions import WIDE, Located
from extraction.reading import Reading, between
from extraction.triggers import FORCE_TYPES

_ALI = "علي"
_TALKS = ("meeting", "visit", "conference", "call", "agreement")
_TOPICS = words("event_places.topics")
_HEAD = words("event_places.head")  # "at the head of a delegation"
_NAMED_AFTER = words("event_places.named_after")  # "the coordination committee"
_GOING_TO = words("event_places.going_to")
_WHOLE = ("gn:99237", "isnad:kurdistan-region")
_COUNCIL = words("event_places.council")
_BETWEEN = words("particles.between")
_CAPITALS = words("actors.capital_iraqi-government") | words("actors.capital_krg")
_COMMANDS = words("event_places.commands")
_SET_UP = words("event_places.set_up")
_DELEGATIONS = words("event_places.delegations")
_FROM = words("particles.from")
_BESIDE = words("event_places.beside")
_HOLDING = ("governorate", "district", "subdistrict")
_SHORTEST_SENTENCE = 6  # tokens
_LOOKED_BACK = 600  # tokens
_TOWNS = ("town", "district", "governorate")
_EXACT = frozenset(("village", "town", "subdistrict", "facility", "natural_feature", "road", "area"))
_SCENE, _SIDE = words("event_places.scene"), words("event_places.side")
_PLURALS = words("place_mentions.plurals")
_MAYORS = words("event_places.mayors")
_AL = "\u0627\u0644"
_FAR = 4  # events back to the one whose place a follow-up shares


def places_of(reading: Reading, groups: list[list[Mention]], types: list[str], listing: Listing) -> list[tuple[Located, ...]]:
    """For each event its places in order: named in its passages, else told just before; then the districts and governorates they lie in."""
    named = {id_: p for id_, p in reading.administrations.items() if _tells(reading, p)}
    owned = {m.sentence for mentions in groups for m in mentions}
    own = [_own(reading, mentions, type_) for mentions, type_ in zip(groups, types, strict=True)]
    out = []
    for index, mentions in enumerate(groups):
        places = own[index]
        places += _told_after(reading, mentions, places, owned) if mentions[0].kind == "incident" else ()
        if mentions[0].kind == "incident" and not any(p.mention.level in SPATIAL for p in places):
            places = _taken_up(reading, mentions) or _told_before(reading, groups, own, index, listing) or places
        elif types[index] in _TALKS and not places:
            places = _where_they_came(reading, groups, types, own, index) or _of_agreement_or_host(reading, mentions, types[index])
        elif not places:
            places = _taken_up(reading, mentions)
        own[index] = own[index] or places
        out.append(places + _holding(reading, places, mentions, named) if mentions[0].kind == "incident" else places)
    return out


def _own(reading: Reading, mentions: list[Mention], type_: str) -> tuple[Located, ...]:
    out: dict[str, Located] = {}
    for mention in mentions:
        for place in mention.places:
            if (type_ in _TALKS and _is_topic(reading, mention, place)) or (mention.kind != "statistic" and _is_of_actor(mention, place)):
                continue
            key = place.mention.place or fold(place.mention.name)
            if key not in out or out[key].mention.name.isupper():  # "BAQUBA - A bomb exploded in Baquba"
                out[key] = place
    held = {id_ for p in out.values() for o in p.options for id_ in o.parents if p.mention.level != "governorate"}
    natural = [p.last for p in out.values() if p.mention.level == "natural_feature"]  # "in the desert of X, west of Salahaddin"
    lie = [p for p in out.values() if p.mention.place in held or any(0 < p.first - last < 4 for last in natural)]
    told = [p for p in out.values() if p in lie or not orients(reading, p)]  # "in Balad (80 km north of Baghdad)"
    kept = [p for p in told if not is_bound_for(reading, p)] or told
    wide = [p for p in kept if p.mention.level not in ("country", "region") or type_ == "aggregate"]
    return tuple(wide or kept)


def _told_after(reading: Reading, mentions: list[Mention], places: tuple[Located, ...], owned: set[int]) -> tuple[Located, ...]:
    """ "(Four policemen were killed in Kirkuk.) The post lies near the village of X": what the next sentences say of its scene, where the
    event's own name no village, town or hill."""
    forms, last = reading.document.forms, max(m.sentence for m in mentions)
    if any(p.mention.level in _EXACT for p in places):
        return ()
    within = {p.mention.place for p in places if p.mention.level != "country"} - {None}
    for number in range(last + 1, min(last + 3, len(reading.sentences))):
        first, end = reading.sentences[number].first, reading.sentences[number].last
        if number in owned or reading.sentences[number].is_title:
            break
        if reading.document.where(_SCENE, first, end):
            found = [p for p in where(reading, between(reading.places, first, end), first) if p.mention.level in _EXACT]
            found = [p for p in found if _SIDE.isdisjoint(forms[p.first - 3 : p.first])]  # "they came from the direction of the valley"
            return tuple(p for p in found if not (within and p.options) or any(o.parents & within for o in p.options))
    return ()


def _taken_up(reading: Reading, mentions: list[Mention]) -> tuple[Located, ...]:
    """ "(An attack on the field of X.) Gunmen had struck the field", "they combed the valley": the last place named that is called so."""
    forms = reading.document.forms
    for mention in mentions:
        for hit in reading.hits.between("place_words", mention.first, mention.last):
            head, level = fold(hit.entry.term), hit.entry.attributes["value"]
            if not hit.prefix.endswith(_AL) or hit.entry.attributes["kind"] != "level" or level == "area" or head in _PLURALS:
                continue
            for place in reversed(between(reading.places, max(0, hit.first - _LOOKED_BACK), hit.first)):
                called = head in (forms[place.first], forms[place.first - 1].removeprefix(_AL))
                if called or place.mention.level == level != "facility" or (level == "town" and place.mention.level in _TOWNS):
                    return (place,)
    return ()


def _of_agreement_or_host(reading: Reading, mentions: list[Mention], type_: str) -> tuple[Located, ...]:
    """What an agreement was about ("to settle matters in Sinjar"); the town whose governor or mayor received the guests."""
    places = [p for m in mentions for p in m.places if p.mention.level not in WIDE]
    if type_ == "agreement":
        return tuple(p for p in places if not any(a.first == p.first for m in mentions for a in m.actors))[:1]
    offices = [[*fold(a.mention.name).split(), ""] for m in mentions for a in m.actors if a.kind == "executive_office"]
    towns = {name[1] for name in offices if name[0] in _MAYORS}
    return tuple(p for p in reading.places if fold(p.mention.name) in towns)[:1]


def _told_before(
    reading: Reading, groups: list[list[Mention]], own: list[tuple[Located, ...]], index: int, listing: Listing
) -> tuple[Located, ...]:
    """The places of the incident told just before in its item, at most a paragraph up ("a second bomb hit those who came to help")."""
    mention = groups[index][0]
    paragraph, item = reading.sentences[mention.sentence].paragraph, listing.item(mention.sentence)
    for before in range(index - 1, max(index - 1 - _FAR, -1), -1):
        last = max(m.sentence for m in groups[before] if not m.is_title or m is groups[before][0])
        if paragraph - reading.sentences[last].paragraph > 2 or listing.item(last) != item:
            return ()
        if own[before] and (
            groups[before][0].kind == "incident" or mention.is_definite
        ):  # "(They agreed on a truce in X,) after the clashes"
            return () if _is_apart(reading, mention, groups[before]) else own[before]
    return ()


def _where_they_came(
    reading: Reading, groups: list[list[Mention]], types: list[str], own: list[tuple[Located, ...]], index: int
) -> tuple[Located, ...]:
    """ "The minister arrived in Erbil. On his arrival he met …", "after the meeting the delegation called on …": talks are where the visit
    told just before them led, and those behind them are there too."""
    before = next((i for i in range(index - 1, max(index - 1 - _FAR, -1), -1) if types[i] in _TALKS), None)
    if before is None or "call" in (types[index], types[before]) or not own[before]:
        return ()
    told = groups[index][0].sentence
    first = reading.sentences[told].first
    arrived = reading.cues(groups[index][0].first, groups[index][0].last, "occasion") and types[before] == "visit"
    went_on = reading.cues(first, first + 3, "after_that", "before_that", "also")
    near = max((m.sentence for m in groups[before] if m.sentence <= told and not m.is_title), default=groups[before][0].sentence)
    return own[before] if arrived or (0 <= told - near <= 1 and (types[before] == "visit" or went_on)) else ()


def _is_apart(reading: Reading, mention: Mention, before: list[Mention]) -> bool:
    """Whether an event is said to be another one, or told with days of its own: then nothing says it was in the same place."""
    if mention.dates and reading.document.where(_BESIDE, mention.first, mention.last):
        return False  # "in a village nearby, on the same day"
    days = [e for e in mention.dates if not (e.rule == "next_day" and not e.a)]  # "an hour later" is the same account
    return mention.is_other or mention.is_title or before[0].is_title or (bool(days) and mention.type not in FORCE_TYPES)


def _holding(reading: Reading, places: tuple[Located, ...], mentions: list[Mention], named: dict[str, Located]) -> tuple[Located, ...]:
    """The governorates and districts the report names that hold these places. What an unlisted place lies in no gazetteer knows: the only
    one named in the event's paragraphs, with what holds that, else the last one named before."""
    near = {reading.sentences[m.sentence].paragraph for m in mentions}
    near |= {0, 1, 2} if min(near) <= 2 else set()  # headline and lead are about the first event
    beside = {p.first: p for p in named.values() if reading.sentence_of(p.first).paragraph in near}
    known = {fold(p.mention.name) for p in places}
    out: dict[int, Located] = {}
    for place in places:
        if place.options:
            parents = frozenset.intersection(*[o.parents for o in place.options])
            holders = [named[id_] for id_ in parents.intersection(named)]
        elif beside:
            holders = list(beside.values()) if _is_chain(list(beside.values())) else []
        elif not any(p.options for p in places):  # else what is listed tells
            holders = sorted((p for p in named.values() if p.first < place.first), key=lambda p: p.first)[-1:]
        else:
            continue
        out.update((p.first, p) for p in holders if fold(p.mention.name) not in known)
    return tuple(sorted(out.values(), key=lambda p: (_HOLDING.index(p.mention.level), p.first), reverse=True))


def _is_chain(places: list[Located]) -> bool:
    """Whether of these places each holds the next: "in Balad Ruz, in Diyala"."""
    rows = sorted(places, key=lambda p: _HOLDING.index(p.mention.level))
    return all(any({a.id for a in one.options} & b.parents for b in two.options) for one, two in pairwise(rows))


def _tells(reading: Reading, place: Located) -> bool:
    """Whether a place is named by a sentence and not by a byline ("Agency - Erbil"), nor only to say where another lies."""
    sentence = reading.sentence_of(place.first)
    return sentence.last - sentence.first >= _SHORTEST_SENTENCE and not (
        _is_government(reading, place) or is_measured_from(reading, place) or is_of_claimant(reading, place)
    )


def _is_government(reading: Reading, place: Located) -> bool:
    """ "An agreement between Baghdad and Erbil": two governments."""
    return any(actor.first == place.first for actor in between(reading.actors, place.first, place.first + 1))


def _is_of_actor(mention: Mention, place: Located) -> bool:
    """A country or region that only says whose actor it is: "the coalition forces in Iraq"."""
    if any(actor.first == place.first for actor in mention.actors):
        return True  # "an agreement between Baghdad and Erbil": two governments
    wide = place.mention.level in ("country", "region")
    owns = place.mention.name.endswith(("'s", "\u2019s"))  # "Iraq's defence ministry"
    return wide and (owns or any(0 <= place.first - actor.last <= (mention.type != "visit") for actor in mention.actors))


def _is_topic(reading: Reading, mention: Mention, place: Located) -> bool:
    """A place that talks were about, or that belongs to somebody's office: not where they met."""
    forms = reading.document.forms
    said = range(max(mention.first, mention.trigger + 1), place.first)
    if mention.type == "agreement" and any(forms[i] in _SET_UP for i in said):
        return False  # "agreed on opening centres in X and Y"
    days = {e.first for e in mention.dates} | {e.first - 1 for e in mention.dates}  # "on Sunday in X"
    if any(
        forms[i] in _TOPICS
        and i not in days
        and forms[i + 1] not in _HEAD
        and forms[i - 1] not in _NAMED_AFTER
        and not _is_the_name_ali(reading, i)
        for i in said
    ):
        return True
    visited = mention.type == "visit" and place.first in {
        i for e in mention.dates for i in (e.last, e.last + 1)
    }  # ", on Sunday, [the Region]"
    if place.mention.place in _WHOLE and not visited and _GOING_TO.isdisjoint(forms[max(mention.first, place.first - 2) : place.first]):
        return True  # "stability in Iraq": a country is where talks were only for those who went to it
    before = place.first - 1 - (forms[place.first - 1] in _FROM)
    if before >= 0 and forms[before] in _DELEGATIONS:
        return True  # "the delegation of Baghdad", "a delegation from Baghdad"
    if not _COUNCIL.isdisjoint(forms[max(0, place.first - 2) : place.first]):
        return True  # "the council of Erbil governorate"
    if _is_between_capitals(reading, place) or _is_of_attack(reading, mention, place) or _is_of_command(reading, mention, place):
        return True
    offices = [a for a in mention.actors if a.kind == "executive_office"]
    goes = mention.type == "visit" and forms[place.first - 1] in _GOING_TO
    verb = goes or reading.hits.at("triggers", place.first - 1)  # "the chief of staff visited [Erbil]" has no office there
    return any(a.first <= place.first < a.last or (0 <= place.first - a.last <= _near_office(reading, place) and not verb) for a in offices)


def _is_between_capitals(reading: Reading, place: Located) -> bool:
    """ "The agreement between Baghdad and Tehran": two governments, of which one may be in no list."""
    forms = reading.document.forms
    joined = any(form.startswith("\u0648") or form == "and" for form in forms[place.last : place.last + 1])
    return joined and forms[place.first - 1] in _BETWEEN and forms[place.last - 1] in _CAPITALS


def _is_the_name_ali(reading: Reading, token: int) -> bool:
    """Ali, which folds to "on", by the dots of its last letter."""
    return reading.document.forms[token] == _ALI and reading.document.raw[reading.document.span(token, token + 1)[1] - 1] == _ALI[-1]


def _is_of_attack(reading: Reading, mention: Mention, place: Located) -> bool:
    """The last event named before the place is an attack: "after the attack on X, they met"."""
    hits = reading.hits.between("triggers", mention.first, place.first)
    sure = [h for h in hits if h.entry.attributes["strength"] != "weak" and not h.entry.attributes["with"]]
    named = [h for h in hits if h.first == mention.trigger or h in sure]
    if not named or named[-1].first == mention.trigger:
        return False
    last = named[-1].entry.attributes
    return last["kind"] == "incident" and last["type"] != "security_operation"


def _is_of_command(reading: Reading, mention: Mention, place: Located) -> bool:
    """ "The commanders of operations in X and Y": the name of their command, which its places end."""
    forms, first = reading.document.forms, place.first
    before = next((p for p in mention.places if p.last == first), None)
    if before and forms[first].startswith("\u0648"):
        first = before.first
    return first >= 2 and forms[first - 1] in words("particles.in") and forms[first - 2] in _COMMANDS


def _near_office(reading: Reading, place: Located) -> int:
    """How far a place may stand from the office it belongs to: "the mayor of X", but "in X" only of a country ("commander in Iraq")."""
    wide = place.mention.level in ("country", "region")
    return 2 if wide else 0 if reading.document.forms[place.first - 1] in words("event_places.at") else 1
