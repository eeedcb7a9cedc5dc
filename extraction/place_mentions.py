"""Places named in a text, with their precision and, where it can be told, their gazetteer id.

A village is taken for one only after a word for village, a preposition of place, or beside its district, because many villages bear the
names of people and of common things. Names a cue announces that no gazetteer holds are kept as text. Of several places of one name the one
inside another named place wins; else it stays ambiguous, with its candidates.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extraction.folding import fold
from extraction.latin_places import LONGEST_UNKNOWN, NO_NAMES, find_latin, has_capital, is_first_name
from extraction.lexicon import terms, words
from extraction.matching import Hit, bare_forms
from extraction.numbers import word_value
from extraction.persons import NO_SURNAMES, given_names, stop_words
from extraction.places import Gazetteer, Place
from extraction.records import Placed
from extraction.text import Document
from extraction.types import PlaceMention
from extraction.village_names import is_particle, stands_as_village
from extraction.vocabulary import Hits

_WAW, _BEH, _AL = "\u0648", "\u0628", "\u0627\u0644"
_DUALS = ("تي", "تين", "تا", "تان", "اءي")
_PLURALS = words("place_mentions.plurals")
_ADJECTIVES = words("place_mentions.adjectives")
_FEMININE, _FEMININES, _TEH_MARBUTA = "\u0647", "\u0627\u062a", "\u0629"
_PREPOSITIONS = words("place_mentions.prepositions")
_NOT_NAMES, _COMMON = words("place_mentions.not_names"), words("place_mentions.common")
_BODY_WORDS = words("place_mentions.body_words")
_SECTOR, _COMMAND = words("place_mentions.sector"), words("place_mentions.command")
_PREC = {"country": 6, "region": 5, "governorate": 4, "district": 3, "subdistrict": 2, "road": 5, "area": 5, "natural_feature": 2}
_LARGEST_FIRST = ("governorate", "district", "subdistrict", "town", "area", "natural_feature", "facility", "village", "road", "region")
_RANK = {level: rank for rank, level in enumerate((*_LARGEST_FIRST, "country"))}
WIDE = frozenset(("country", "region"))
_RIVER = fold("نهر")
_QUARTERS = ("حي", "بحي", "لحي", "وحي", "حيي", "بحيي")  # so short a word is listed with its proclitics
_SORTS, _OF_KNOWN = words("place_mentions.sorts"), terms("place_mentions.of_known")
_SURE = words("place_mentions.sure")
_IN = words("particles.in")
_SHORTEST_PLURAL, _THEY_DID = 5, "\u0648\u0627"
_PRESENT = ("\u062a", "\u064a")
_FAR = 40  # tokens behind a word for a place
_CALLED_BY = words("place_mentions.called_by")
_CLOSES = {'"': '"', "(": ")"}
_QUOTE, _COMMAS = frozenset('"'), frozenset(",\u060c")
_NAMELY = words("place_mentions.namely")
_FOR_THE = "\u0644\u0644"
_REFERENCES = {
    word: levels
    for what, levels in (
        ("city", ("town", "governorate", "district")),
        ("town", ("town", "subdistrict", "district")),
        ("district", ("district",)),
        ("subdistrict", ("subdistrict",)),
        ("governorate", ("governorate",)),
        ("village", ("village",)),
    )
    for word in words(f"place_mentions.the_{what}")
}
_REFERENCE_WORDS = frozenset(_REFERENCES)
_PROVINCE = frozenset(("province", "governorate"))
_HEADS = words("place_mentions.heads")
_NEGATIONS = words("place_mentions.negations")
_DIRECTIONS = words("place_mentions.directions")  # "south of the town of X"
_FIRST_PARTS = terms("place_mentions.first_parts") | words("place_mentions.first_parts")


@dataclass(slots=True, eq=False, init=False)
class Located(Placed):
    """A place mention with its tokens, and the gazetteer rows it may stand for."""

    first: int
    last: int
    mention: PlaceMention
    options: tuple[Place, ...]
    keys: frozenset[str]  # what tells it from another: its id, else its folded name and its candidates; a country or region has none

    def __init__(self, first: int, last: int, mention: PlaceMention, options: tuple[Place, ...], keys: frozenset[str]):
        self.first = first
        self.last = last
        self.mention = mention
        self.options = options
        self.keys = keys  # what tells it from another: its id, else its folded name and its candidates; a country or region has none


@dataclass(slots=True, eq=False)
class _Name:
    """A name read at tokens `first` up to `last` (span `start` to `end`), before it is settled which of `options` it stands for."""

    first: int
    last: int
    start: int
    end: int
    level: str
    where_prec: int
    rule: str
    options: tuple[Place, ...] = ()


def find_places(document: Document, hits: Hits, gazetteer: Gazetteer) -> list[Located]:
    """Every named place of the sentences, in order."""
    # A village named Bridge: where the word stands alone it is the word.
    known = {hit.first: hit for hit in gazetteer.find(document) if hit.last > hit.first + 1 or not hits.at("place_words", hit.first)}
    actor_tokens = {i for hit in hits.all("actors") for i in range(hit.first, hit.last)}
    out: dict[int, _Name] = {}
    for hit in hits.all("place_words"):
        for name in _announced(document, hits, hit, known, gazetteer):
            out.setdefault(name.first, name)
    for name in (*_quoted(document, hits), *_latin(document, hits, known, gazetteer), *_headed(document, hits, known)):
        out.setdefault(name.first, name)
    covered = {i for name in out.values() for i in range(name.first, name.last)}
    ends = {name.last for name in out.values()}
    sure = (hit for hit in known.values() if hit.entry.attributes["kind"] == "name")
    stated = {p.id for hit in sure for p in gazetteer.options(hit) if p.level in ("governorate", "district")}
    for hit in known.values():
        if hit.first in covered or not actor_tokens.isdisjoint(range(hit.first, hit.last)):
            continue
        unannounced = _unannounced(document, hits, hit, gazetteer, ends, stated)
        if unannounced:
            out[unannounced.first] = unannounced
            ends.add(unannounced.last)
    return _with_references(document, _settled(document, [out[first] for first in sorted(out)]))


def _with_references(document: Document, places: list[Located]) -> list[Located]:
    """With "east of the city", "in the district": the last place of that level named before, its quote where it was named."""
    forms, out = document.forms, list(places)
    spoken = words("place_mentions.reference_before")
    latest: dict[str, Located] = {}
    at = 0
    for i in document.where(_REFERENCE_WORDS) if places else ():
        while at < len(places) and places[at].first < i:
            latest[places[at].mention.level] = places[at]
            at += 1
        levels = _REFERENCES[forms[i]]
        before = i - 1 - (forms[i - 1] == "the")
        if before < 0 or forms[before] not in spoken or forms[i + 1 : i + 2] in (["علي"], ["of"]):
            continue
        named = max((latest[level] for level in levels if level in latest), key=lambda p: p.first, default=None)
        if named:
            out.append(replace(named, first=i, last=i + 1))
    return sorted(out, key=lambda place: place.first)


def _quoted(document: Document, hits: Hits) -> list[_Name]:
    """ "In "X", in the subdistrict of …", "at «the crossroads of X»": a name in quotation marks between a preposition and a word for
    district, or with a word of its own."""
    forms, out = document.forms, []
    containers = words("place_mentions.containers")
    for i in document.where(_QUOTE):
        sentence = document.sentence_at(i) if forms[i - 1] in _PREPOSITIONS else None
        if sentence is None or not sentence.first < i < sentence.last - 3:
            continue
        close = next((k for k in range(i + 2, min(i + 5, sentence.last)) if forms[k] == '"'), None)
        after = forms[close + 1 : min(close + 3, sentence.last)] if close and not hits.at("actors", i + 1) else ()
        head = hits.at("place_words", i + 1)
        if (
            close
            and close - i > 2
            and forms[i + 2] not in _COMMON
            and head
            and head.last == i + 2
            and head.entry.attributes["kind"] == "level"
        ):
            level = head.entry.attributes["value"]
            out.append(_Name(i + 1, close, *document.span(i + 1, close), level, _PREC.get(level, 1), "places: a quoted name"))
        elif close and any(bare in containers for form in after for bare in bare_forms(form)):
            start, end = document.span(i + 1, close)
            out.append(_Name(i + 1, close, start, end, "village", 1, "places: a quoted name in a district"))
    return out


def _headed(document: Document, hits: Hits, known: dict[int, Hit]) -> Iterator[_Name]:
    """ "In Tal Rim", in no list: after a preposition a word that names of villages begin with, and the word behind it."""
    forms = document.forms
    for i in document.where(_HEADS):
        if i == 0 or i in known or i + 1 >= len(forms) or i + 1 in known or (i - 1 in known and known[i - 1].last > i):
            continue
        if forms[i - 1] not in _PREPOSITIONS and not hits.at("place_words", i - 1):
            continue
        if _can_name(forms[i + 1], any(hits.at(table, i + 1) for table in NO_NAMES), False):
            start, end = document.span(i, i + 2)
            yield _Name(i, i + 2, start, end, "village", 1, f"places: unlisted name of {forms[i]}")


def _latin(document: Document, hits: Hits, known: dict[int, Hit], gazetteer: Gazetteer) -> Iterator[_Name]:
    """Names in Latin letters by what stands beside them (`latin_places`)."""
    for found in find_latin(document, hits, known):
        if found.hit:
            yield _name(document, found.hit, gazetteer.options(found.hit), "", f"places: before {found.beside}")
        else:
            prec = 2 if found.is_near else _PREC.get(found.level, 1)
            span = document.span(found.first, found.last)
            yield _Name(found.first, found.last, *span, found.level, prec, f"places: unlisted name beside {found.beside}")


def _announced(document: Document, hits: Hits, hit: Hit, known: dict[int, Hit], gazetteer: Gazetteer) -> list[_Name]:
    """The name or names after a word for village, district, road, or nearness: "the villages of X and Y"."""
    kind, value = hit.entry.attributes["kind"], hit.entry.attributes["value"]
    stop = min(document.sentence_end(hit.last), hit.last + _FAR)
    at = hit.last
    if hit.first in known and known[hit.first].last > hit.last and kind == "level":
        return []  # the gazetteer knows the name with its word: Mount So-and-so
    forms = document.forms
    if kind in ("near", "direction", "between"):
        return [_near(p) for p in _named_at(document, at, stop, known, gazetteer, "", hit)] if kind != "between" else []
    out = []
    conjoined, are_many = False, fold(hit.entry.term) in _PLURALS or hit.entry.term.endswith(_DUALS)
    if are_many and forms[at : at + 1] == ['"']:  # "the villages of «X, Y and Z»": each name of its own
        inside = forms[at + 2 : min(at + _FAR, stop)]
        at += any(form.startswith(_WAW) for form in inside[: inside.index('"') if '"' in inside else 0])
    at = _namely(forms, at, stop) if are_many else at
    while at < stop:
        found = _named_at(document, at, stop, known, gazetteer, value, hit)
        found = found or _unknown_at(document, hits, at, stop, value, hit, known, conjoined=conjoined)
        if not found:
            break
        out += [_near(n) for n in found] if value == "town" and _is_behind_direction(forms, hit.first) else found
        at = found[-1].last
        at += at < stop and forms[at] in _CLOSES.values()
        at += are_many and at + 1 < stop and forms[at] in _COMMAS and forms[at + 1].startswith(_WAW)  # "the two villages of X, and Y"
        is_parted = at + 1 < stop and (forms[at] == "and" or (forms[at] == _WAW and forms[at + 1] in _CLOSES))  # (X) and (Y), "X and Y"
        at += is_parted
        conjoined = at < stop and forms[at].startswith(_WAW)
        is_known = at in known and (is_parted or known[at].prefix.startswith(_WAW))
        is_name = is_parted or (conjoined and (len(forms[at]) > 3 or forms[at][1:] in _HEADS))
        if not (conjoined or is_parted) or not (is_known or (are_many and at not in known and is_name)):
            break
    return out


def _namely(forms: list[str], at: int, stop: int) -> int:
    """Where the names begin in "the villages, the foremost of them [X and Y]"; `at` itself where no list follows."""
    names = at + (at < stop and forms[at] in _COMMAS) + 1
    is_list = names < stop and forms[names - 1].removeprefix(_WAW) in _NAMELY and forms[names - 1] != _WAW
    return names if is_list and any(form.startswith(_WAW) for form in forms[names + 1 : min(names + 4, stop)]) else at


def _is_behind_direction(forms: list[str], at: int) -> bool:
    """ "South of [the town of X]", "to the south-west of [the town of X]"."""
    if at > 1 and forms[at - 1] in words("particles.from"):
        return any(form[2:] in _DIRECTIONS and form.startswith(_AL) for form in forms[max(0, at - 3) : at - 1])
    return at > 0 and forms[at - 1] in _DIRECTIONS


def _named_at(document: Document, at: int, stop: int, known: dict[int, Hit], gazetteer: Gazetteer, level: str, cue: Hit) -> list[_Name]:
    """A name the gazetteer knows at token `at` (a quotation mark, a bracket or another place word may stand before it)."""
    opened = at < stop and document.forms[at] in _CLOSES
    hit = known.get(at + opened)
    if hit is None or hit.last > stop or (opened and hit.last < stop and document.forms[hit.last].isalpha()):
        return []  # "the quarter «X Y»" is no X
    options = gazetteer.options(hit)
    fitting = tuple(p for p in options if p.level == level or (level == "town" and p.level in ("town", "subdistrict", "district")))
    if cue.entry.term in _QUARTERS and all(p.level in ("governorate", "district") for p in options):
        return []  # a quarter named after a governorate
    if level == "village" and not fitting:
        fitting = tuple(p for p in options if p.level in ("town", "subdistrict", "facility", "area", "natural_feature"))
        if not fitting:
            return []
    if hit.last < stop and document.forms[hit.last] in _PROVINCE:
        level, fitting = "governorate", tuple(p for p in options if p.level == "governorate")  # "the sub-district of Diyala province"
    rule = f"places: after {cue.entry.term}" if level else f"places: {cue.entry.term}"
    return [_name(document, hit, fitting or options, level, rule)]


def _name(document: Document, hit: Hit, options: tuple[Place, ...], level: str, rule: str) -> _Name:
    """A name the gazetteer knows, at the level its words say (empty: that of the largest place it may be)."""
    largest = options[0] if len(options) == 1 else min(options, key=lambda p: _RANK.get(p.level, 99))
    level = level or largest.level
    prec = 5 if fold(largest.name).startswith(_RIVER) else _PREC.get(level, 1)  # a river is a line
    return _Name(hit.first, hit.last, *document.span(hit.first, hit.last, hit.cut), level, prec, rule, options)


def _near(name: _Name) -> _Name:
    if name.level in ("governorate", "region", "country") and not any(p.level in ("town", "district") for p in name.options):
        return name
    return replace(name, where_prec=5 if name.where_prec == 5 else 2)


def _unknown_at(
    document: Document, hits: Hits, at: int, stop: int, level: str, cue: Hit, known: dict[int, Hit], *, conjoined: bool = False
) -> list[_Name]:
    """A name no gazetteer holds, kept as text: what stands in quotation marks, or the words up to one that ends a name."""
    forms = document.forms
    if level not in ("village", "town", "subdistrict", "district", "road", "natural_feature", "area", "facility"):
        return []
    complete = cue.prefix.endswith(_AL) and _namely(forms, cue.last, stop) == cue.last
    if (complete and not _is_quarter(cue, forms[at]) and forms[at : at + 1] != ['"']) or cue.entry.term in _OF_KNOWN:
        return []  # "the director of the subdistrict So-and-so", "the valley that": a word with its article is complete
    if at + 1 < stop and forms[at] in _CLOSES:
        close = next((i for i in range(at + 1, min(at + 6, stop)) if forms[i] == _CLOSES[forms[at]]), None)
        if close is None or close == at + 1 or not all(forms[i].isalnum() for i in range(at + 1, close)):
            return []
        if any(forms[i] in stop_words() and not _begins_name(document, i, at + 1) for i in range(at + 1, close)):
            return []
        first, last, cut = at + 1, close, 0
    else:
        beside = any(hits.at("place_words", cue.first - k) for k in (1, 2))  # "the village of X, the area of Y"
        is_sure = beside or _is_contained(document, at, stop, known)
        is_noun, is_quarter = _is_named(cue, forms[at][conjoined:], level), _is_quarter(cue, forms[at])
        is_sure = is_sure or (fold(cue.entry.term) in _SURE and _is_bare_name(hits, forms, at, cue))
        if level in ("area", "facility", "district") and not (is_sure or is_noun or is_quarter):
            return []
        is_alone = is_noun and level in ("area", "facility") and not (is_sure or is_quarter)
        blocked = {h.first for table in NO_NAMES for h in hits.between(table, at, at + LONGEST_UNKNOWN)}
        if is_quarter or (is_noun and _is_no_event(hits, at, level)):
            blocked.discard(at)
        if document.raw[document.span(at, at + 1)[1] - 1] == _TEH_MARBUTA and _are_verbs(hits, at):
            blocked.discard(at)  # "the village of Hulwa", in the letters of "they solved it": no verb ends in this letter
        first, cut = at, 1 if conjoined else 0
        last = at + (is_quarter and forms[at] in _SORTS)  # "the military quarter"
        while last < stop and last < at + LONGEST_UNKNOWN:
            ends = (
                forms[last][0] == _WAW or (last in known and known[last].prefix) or word_value(forms[last].removeprefix(_WAW)) is not None
            )
            titled = last > at and hits.at("offices", last - 1)  # "the quarter of the Imam Qasim"
            alone = is_alone or (is_quarter and forms[at].startswith(_AL) and not titled)
            counts = not is_quarter and word_value(forms[at][1:]) is not None  # "the headman of a village and three of his sons"
            if counts or (last > at and (ends or _is_month(hits, last - 1) or (alone and not forms[last].startswith(_AL)))):
                break
            stopped = last in blocked and not (last > at and forms[last - 1] in _FIRST_PARTS)  # "Umm al-Khanazir"
            dated = is_quarter and last == at and _is_month(hits, at + 1) and forms[at].isdecimal()  # "the quarter of 17 July"
            can = dated or (not forms[last].isascii() and _can_name(forms[last][cut if last == at else 0 :], stopped, last == at))
            if not (can or _begins_name(document, last, at)):
                break
            last += 1
        if last == at:
            return []
    if cue.last == first and fold(cue.entry.term) in _CALLED_BY:
        first, cut = cue.first, cue.cut  # "the base of X" is called by its word
    start, end = document.span(first, last, cut)
    return [_Name(first, last, start, end, level, _PREC.get(level, 1), f"places: unlisted name after {cue.entry.term}")]


def _is_bare_name(hits: Hits, forms: list[str], at: int, cue: Hit) -> bool:
    """ "The orchards of Kubashi", "Atlas Street": a word no list knows, and no adjective by its ending."""
    form = forms[at]
    adjective = (_FEMININE, _FEMININES) if fold(cue.entry.term) in _PLURALS else ("\u064a", "\u064a\u0627")
    is_noun = len(form) > 3 and not form.startswith((_AL, *_PRESENT)) and not form.endswith(adjective)
    return is_noun and form not in _COMMON and not any(hits.at(table, at) for table in NO_NAMES)


def _is_month(hits: Hits, at: int) -> bool:
    hit = hits.at("times", at)
    return hit is not None and hit.entry.table == "months"


def _are_verbs(hits: Hits, at: int) -> bool:
    return all(hit.entry.is_verb for table in NO_NAMES if (hit := hits.at(table, at)))


def _is_quarter(cue: Hit, form: str) -> bool:
    """ "The quarter of al-Amil", "of One June", "of Rahim Awa": a town's quarters bear the names of common things and of people."""
    return cue.entry.term in _QUARTERS and form not in _NOT_NAMES


def _is_named(cue: Hit, form: str, level: str) -> bool:
    """ "The area of al-Hawra", "the bridge of al-Wand": behind a head without an article a word with one is a noun of its own, so the
    name of the place where it is none of the common nouns that such heads take ("a market of vegetables")."""
    return (
        level in ("area", "facility", "village")
        and not cue.prefix.endswith(_AL)
        and form.startswith(_AL)
        and len(form) > 4
        and (form not in _COMMON and form not in _NOT_NAMES)
    )


def _is_no_event(hits: Hits, at: int, level: str) -> bool:
    """ "The area of al-Husseiniya", "the village of al-Imam": a word for people or buildings, which no event or force is, may name one."""
    return level != "facility" and not any(hits.at(table, at) for table in ("triggers", "actors", "place_words"))


def _begins_name(document: Document, at: int, first: int) -> bool:
    """Umm and Ali, which fold to "or" and "on": parts of a name before another word, by the letters as printed; in Latin, a capital."""
    form = document.forms[at]
    start, end = document.span(at, at + 1)
    if form.isascii():
        is_word = form.replace("-", "").replace("'", "").isalpha()
        return has_capital(document, at, at + 1) and is_word and form not in stop_words() and form not in _NOT_NAMES
    follows = document.forms[at + 1] if at + 1 < len(document.forms) else ""
    return at == first and document.raw[start:end] in _FIRST_PARTS and follows.isalpha() and follows not in stop_words()


def _is_contained(document: Document, at: int, stop: int, known: dict[int, Hit]) -> bool:
    """Whether a word for district or direction, or "in" a known place, follows within a name's length: then an unlisted word after "area"
    is a name."""
    if any(document.forms[i] in _IN and i + 1 in known for i in range(at + 1, min(at + 3, stop - 1))):
        return True
    return any(
        bare in words("place_mentions.containers") for i in range(at + 1, min(at + 4, stop)) for bare in bare_forms(document.forms[i])
    )


def _can_name(form: str, blocked: bool, is_first: bool) -> bool:
    they_did = len(form) > _SHORTEST_PLURAL and form.endswith(_THEY_DID)  # "and they took up positions"
    if they_did or not form.isalpha() or len(form) < 2 or form in stop_words() or form in _NOT_NAMES or blocked or form[1:] in _NEGATIONS:
        return False
    return not form.startswith(_FOR_THE) and not (
        form[0] in "\u0628\u0644" and not is_first and len(form) > 3 and form[1:3] == "\u0627\u0644"
    )


@cache
def _names_of_people() -> frozenset[str]:
    return given_names() - _PREPOSITIONS


def _is_sector(document: Document, at: int) -> bool:
    """ "In the sector of operations of [Kirkuk]": where, and not whose; but "the command of the sector of operations of Kirkuk"."""
    sector = next(iter(document.where(_SECTOR, max(0, at - 3), at)), None)
    return sector is not None and document.forms[sector - 1] not in _COMMAND


def _is_at_seat(document: Document, at: int) -> bool:
    """ "Near the headquarters of the police of [Kirkuk]", "in front of the hospital of [Tuz]": where, as well as whose."""
    forms = document.forms
    if forms[at - 1] in words("place_mentions.buildings"):
        return at > 1 and forms[at - 2] in words("place_mentions.at_building")
    return at > 2 and forms[at - 2] in words("place_mentions.seats") and forms[at - 3] in words("place_mentions.at_seat")


def _unannounced(document: Document, hits: Hits, hit: Hit, gazetteer: Gazetteer, ends: set[int], stated: set[str]) -> _Name | None:
    """A name without a word before it: taken where its place is large or its position is a place's."""
    first, last, prefix, entry, forms = hit.first, hit.last, hit.prefix, hit.entry, document.forms
    form, before = forms[first], forms[first - 1] if first else ""
    options = gazetteer.options(hit)
    described = forms[last : last + 1] and forms[last].startswith(_AL) and forms[last] not in words("place_mentions.containers")
    held = any(p.level == "subdistrict" and p.parents & stated for p in options) and (before in _PREPOSITIONS or first in ends)
    is_common = entry.attributes["kind"] == "common" and (described or not held)
    if is_common or (last == first + 1 and is_particle(document, first, ends)):
        return None  # but "in [Rashad]", of a report on Kirkuk
    of_body = not (prefix.endswith(_BEH) or _BODY_WORDS.isdisjoint((before, before[1:], before.removeprefix(_AL))))
    if of_body and not (
        _is_sector(document, first)
        or (last > first + 1 and forms[last - 1] in words("clause_places.capital"))  # "a delegation visited [the capital, Baghdad]"
        or _is_at_seat(document, first)
        or (all(p.level == "natural_feature" for p in options) and before not in words("place_mentions.units"))
    ):
        return None  # "the police of [Kirkuk]", "the Tigris Regiment"; but "the police in Kirkuk", and "the Peshmerga searched Wadi X"
    follows_name = (before in _names_of_people() and form not in NO_SURNAMES) or (first in ends and form in given_names())
    if (not prefix and follows_name) or hits.cues(first - 1, first, "say", "continue"):
        return None  # "Qasim Sulaimani", "(the director in Erbil) Barzan So-and-so", "Al-Obeidi explained": a person's name
    if not prefix and any(h.entry.attributes["kind"] == "rank" and h.last == first for h in hits.between("offices", first - 3, first)):
        return None  # "Major General Sirwan", not the river
    if form.isascii() and (not has_capital(document, first, last) or is_first_name(document, hits, first, last)):
        return None
    if forms[last : last + 1] in (["today"], ["state"]) and has_capital(document, last, last + 1):
        return None  # "Baghdad Today reported": an outlet; the group's "so-called Kirkuk State"
    if form in _ADJECTIVES and before.endswith((_FEMININE, _FEMININES)) and not before.startswith(_AL):
        return None  # "a new car": no Haditha
    large = tuple([p for p in options if p.level not in ("village", "facility")])
    if not large and not stands_as_village(forms, hit, options, ends):
        return None
    return _name(document, hit, large or options, "", "places: gazetteer name")


def _keys(mention: PlaceMention) -> frozenset[str]:
    known = (mention.place,) if mention.place else (fold(mention.name), *mention.candidates)
    return frozenset() if mention.level in WIDE else frozenset(known)


def _is_elsewhere(document: Document, names: list[_Name], index: int, village: Place) -> bool:
    """Whether a village's sentence names districts or governorates, and the report none that holds it."""
    sentence = document.sentence_at(names[index].first)
    near = [n for n in names[max(0, index - 3) : index + 4] if n.level in ("governorate", "district", "town") and n.options]
    is_placed = sentence and any(sentence.first < n.first < sentence.last and document.forms[n.last : n.last + 1] != ["("] for n in near)
    return bool(is_placed) and not any(o.id in village.parents for n in names for o in n.options if o.level not in WIDE)


def _settled(document: Document, names: list[_Name]) -> list[Located]:
    """Give each name its place: the one option of its level, or the one that lies inside another place named near it."""
    out = []
    for i, name in enumerate(names):
        options = tuple(p for p in name.options if p.level == name.level) or name.options
        if len(options) > 1:
            beside = [other for other in names[max(0, i - 6) : i + 7] if other is not name and abs(other.first - name.first) < 30]
            inside = [sum(q.id in p.parents for other in beside for q in other.options) for p in options]
            options = tuple(p for p, depth in zip(options, inside, strict=True) if depth == max(inside))
        elif options and name.level == "village" and _is_elsewhere(document, names, i, options[0]):
            options = name.options = ()  # a namesake: "in the village of X, 60 km from Kirkuk", of which a list knows one in Diyala
        place = options[0] if len(options) == 1 else None
        end = name.end - 2 * document.raw.endswith(("'s", "\u2019s"), name.start, name.end)  # "[Kirkuk]'s Daquq district"
        mention = PlaceMention(
            name.start,
            end,
            document.raw[name.start : end],
            place.id if place else None,
            name.level,
            place.lat if place else None,
            place.lon if place else None,
            name.where_prec,
            name.rule,
            tuple(p.id for p in options[:12]) if len(options) > 1 else (),
        )
        out.append(Located(name.first, name.last, mention, name.options, _keys(mention)))
    return out
