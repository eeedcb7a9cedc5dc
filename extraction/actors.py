"""Actors of a text: listed ones (actors.csv), units by number, commands and police of a place, persons and offices."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extraction.folding import fold
from extraction.lexicon import words, words_and
from extraction.matching import Hit, bare_forms
from extraction.numbers import number_at
from extraction.persons import find_persons, given_names, stop_words, title_words
from extraction.records import Placed
from extraction.text import Document
from extraction.types import ActorMention
from extraction.vocabulary import Hits

_CLITICS = ("", "\u0648", "\u0628", "\u0644", "\u0648\u0628", "\u0648\u0644")  # w, b, l before a word for a unit
_UNIT_CUTS = {clitic + unit: len(clitic) for clitic in _CLITICS for unit in words("actors.units")}
_UNIT_CUTS |= {"\u0644\u0644" + unit[2:]: 2 for unit in words("actors.units") if unit.startswith("\u0627\u0644")}  # lil-fawj
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_UNIT_WORDS = frozenset((*_UNIT_CUTS, *_ORDINAL_ENDS))
_UNIT_TAILS = words("actors.unit_tails")
_UNIT_ARMS = words("actors.unit_arms")
_SEVERAL = words("actors.several_units")
_AXES = words("actors.axes")
_OF_AXES = words("actors.of_axes")
_NAMED_ARMS = words("actors.named_arms")
_HOLDERS = frozenset(("person", "executive_office"))
_DELEGATIONS = words("actors.delegations")
_THE_DELEGATION = "\u0627\u0644\u0648\u0641\u062f"
_POSSESSIVE = "'s"
_DRESS, _ARMED, _ATTACKS = words("actors.dress"), words("actors.armed"), words("actors.attacks")
_ENCLOSED = frozenset((("(", ")"), ('"', '"')))
_CAPITALS = {word: slug for slug in ("iraqi-government", "krg") for word in words_and(f"actors.capital_{slug}")}
_CAPITAL_WORDS = frozenset(_CAPITALS)
_BOTH_MINISTRIES = ("\u0648\u0632\u0627\u0631\u062a\u0627", "\u0648\u0632\u0627\u0631\u062a\u064a")  # "the two ministries of [Defence]"
_TWO_MINISTRIES = words_and("actors.two_ministries")
_MINISTRIES = dict.fromkeys(words("actors.defence"), ("ministry-of-defence", "iraq"))
_MINISTRIES |= dict.fromkeys(words("actors.peshmerga_ministry"), ("ministry-of-peshmerga", "kurdistan"))
_BETWEEN = [[word] for word in words_and("particles.between")]
_SENTENCE_STARTS = frozenset(("\n", ".", ",", "that"))
_AGREE = words_and("actors.agree")
_ENGLISH_UNITS = words("actors.english_units")
_COMMITTEES = words("actors.committees")
_DIVISION = fold("فرقة")
_PESHMERGA = words("actors.peshmerga")
_OPERATIONS = words("actors.operations")
_OF_OPERATIONS, _OPERATIONS_GO_ON = words("actors.of_operations"), words("actors.operations_go_on")
_ADJECTIVES = frozenset(("iraqi", "kurdish"))
_IS_WHAT = words("actors.is_what")
_IS_WORDS = words("actors.is_words")
_NISBA = ("\u064a", "\u064a\u0647")
_LONGEST_TITLE = 10  # tokens from an office to the name of who holds it
_WAW, _AL = "\u0648", "\u0627\u0644"
_ORDINALS = words("actors.ordinals")


@dataclass(slots=True, eq=False, init=False)
class Actor(Placed):
    """An actor mention with where it stands in the tokens, and the proclitic before it ("l" in "an attack by": li-Daish)."""

    first: int
    last: int
    prefix: str
    mention: ActorMention
    kind: str  # the mention's: asked for time and again
    side: str

    def __init__(self, first: int, last: int, prefix: str, mention: ActorMention, kind: str, side: str = ""):
        self.first = first
        self.last = last
        self.prefix = prefix
        self.mention = mention
        self.kind = kind  # the mention's: asked for time and again
        self.side = side

    @property
    def slug(self) -> str:
        return self.mention.actor or fold(self.mention.name)


def find_actors(document: Document, hits: Hits) -> list[Actor]:
    """Every actor named in the sentences, in order of position; a longer mention swallows a shorter one of the same kind."""
    found: list[Actor] = []
    for hit in hits.all("actors"):
        row = hit.entry.attributes
        if (row["kind"] == "person" and _is_anothers_surname(document, hit)) or _is_common_noun(document, hits, hit):
            continue
        if not _DRESS.isdisjoint(document.forms[max(hit.first - 2, 0) : hit.first]):
            continue  # "gunmen in the uniform of the army"
        if found and found[-1].mention.actor == row["slug"] and _is_its_other_name(document, found[-1].last, hit):
            named = found.pop()  # "Islamic State (ISIS)"
            start, end = named.mention.start, document.span(hit.last, hit.last + 1)[1]
            found.append(replace(named, last=hit.last + 1, mention=named.mention._replace(end=end, name=document.raw[start:end])))
            continue
        of_two = hit.last == hit.first + 2 and document.forms[hit.first][hit.cut :].startswith(_BOTH_MINISTRIES)
        start, end = document.span(hit.first + 1, hit.last) if of_two else document.span(hit.first, hit.last, hit.cut)
        end -= 2 * document.forms[hit.last - 1].endswith(_POSSESSIVE)
        mention = ActorMention(start, end, document.raw[start:end], row["slug"], row["kind"], "", f"actors.csv: {row['slug']}")
        found.append(Actor(hit.first, hit.last, hit.prefix, mention, row["kind"], row["side"]))
    at = {a.first: a for a in found}
    known = {i for a in found if a.kind == "person" for i in range(a.first, a.last)} | set(at)
    ranges = [(s.first, s.last) for s in document.sentences]
    for first, last, mention in find_persons(document, hits, ranges):
        if not known.isdisjoint(range(first, last)) and (
            mention.kind == "person" or (first in at and at[first].mention.end >= mention.end)
        ):
            continue
        listed = at.get(first)
        if listed and mention.kind == listed.kind:  # "the police command of Anbar" is of the police command
            found.remove(listed)
            mention = mention._replace(actor=listed.mention.actor)
        side = "iraq" if mention.kind == "state_military" else ""  # "the operations command of Kirkuk"
        found.append(Actor(first, last, "", mention, mention.kind, side))
    found += _units(document, ranges)
    found += _committees(document, ranges, set(at))
    found += _islamic_state(document, ranges)
    found += _capitals(document)
    found += _second_ministries(document, set(at))
    found = [_in_full(document, actor, found) for actor in found]
    found += _by_surname(document, hits, found)
    found += _by_office(document, hits, found)
    found += _adjectives(document, found)
    found += _by_delegation(document, found)
    return sorted(found, key=lambda a: (a.first, -a.last))


def _acts(document: Document, at: int) -> bool:
    """Whether the capital at a token is who does: "Baghdad and Erbil set up …", and in Arabic behind the verb of agreeing."""
    before = document.forms[at - 1] if at else "\n"
    return before in _AGREE or (before in _SENTENCE_STARTS and document.forms[at].isascii())


def _capitals(document: Document) -> Iterator[Actor]:
    """ "The agreement between Baghdad and Erbil": two governments, by their capitals."""
    forms = document.forms
    found = document.where(_CAPITAL_WORDS)
    for a, b in pairwise(found):
        joined = forms[b].startswith(_WAW) if b == a + 1 else b == a + 2 and forms[a + 1] == "and"
        if not joined or _CAPITALS[forms[a]] == _CAPITALS[forms[b]] or not (_acts(document, a) or forms[a - 1 : a] in _BETWEEN):
            continue
        for i, cut in ((a, 0), (b, int(forms[b].startswith(_WAW)))):
            start, end = document.span(i, i + 1, cut)
            slug = _CAPITALS[forms[i]]
            mention = ActorMention(start, end, document.raw[start:end], slug, "executive_office", "", "actors: a government by its capital")
            yield Actor(i, i + 1, "", mention, mention.kind, "iraq" if slug == "iraqi-government" else "kurdistan")


def _second_ministries(document: Document, known: set[int]) -> Iterator[Actor]:
    """ "The two ministries of Peshmerga [and of Defence]"."""
    for i in document.where(_TWO_MINISTRIES):
        at = i + 2
        named = document.forms[at : at + 1]
        if not named or not named[0].startswith(_WAW) or named[0][1:] not in _MINISTRIES or at in known:
            continue
        slug, side = _MINISTRIES[named[0][1:]]
        start, end = document.span(at, at + 1, 1)
        mention = ActorMention(start, end, document.raw[start:end], slug, "ministry", "", "actors: the second of two ministries")
        yield Actor(at, at + 1, _WAW, mention, mention.kind, side)


def _by_surname(document: Document, hits: Hits, found: list[Actor]) -> list[Actor]:
    """ "Inad met the minister": a person named in full before, of whom only the last name is said; his quote is where he was named."""
    full: dict[str, Actor] = {}
    for person in found:
        surname = document.forms[person.last - 1]
        if person.kind == "person" and person.last - person.first > 1 and len(surname) > 3 and surname not in stop_words():
            full.setdefault(surname, person)
    named = {i for actor in found for i in range(actor.first, actor.last)}
    out = []
    for i in document.where(frozenset(full)) if full else ():
        person, before = full[document.forms[i]], document.forms[i - 1] if i else ""
        is_given = before in given_names() and not hits.at("triggers", i - 1)  # "met [Obeidi]", in the letters of "Taqi"
        if i < person.last or i in named or is_given or hits.at("place_words", i - 1):
            continue
        if any(hits.cues(k, k + 1, "say", "continue") for k in (i - 1, i + 1)):
            continue  # "Inad said": he tells
        out.append(replace(person, first=i, last=i + 1))
    return out


def _by_office(document: Document, hits: Hits, found: list[Actor]) -> list[Actor]:
    """ "(The minister of defence, So-and-so, came to Erbil.) The minister met …": who was last named with that office before."""
    forms, titles = document.forms, title_words()
    people = {a.first: a for a in found if a.kind == "person"}
    behind = {a.last: a for a in people.values()}
    named = {i for actor in found for i in range(actor.first, actor.last)}
    held: dict[str, Actor] = {}
    out = []
    for hit in hits.all("offices"):
        if hit.entry.attributes["kind"] != "office":
            continue
        office = " ".join(word.removeprefix(_AL) for word in fold(hit.entry.term).split())
        is_definite = hit.prefix.endswith(_AL) or f" {_AL}" in f" {fold(hit.entry.term)}" or forms[hit.first - 1 : hit.first] == ["the"]
        at, stop = hit.last, min(hit.last + _LONGEST_TITLE, len(forms))
        while at < stop and at not in people and (at in named or forms[at] == "," or forms[at].startswith(_AL) or forms[at] in titles):
            at += 1
        holder = people.get(at) or behind.get(hit.first - (forms[hit.first - 1] == ","))
        if holder:
            held[office] = holder
        some_other = any(
            form.startswith(_AL) and form.endswith(_NISBA) for form in forms[hit.last : hit.last + 1]
        )  # "the minister American"
        is_alone = office in held and named.isdisjoint((hit.first, hit.last)) and not some_other
        if is_definite and not holder and is_alone and not any(hits.cues(k, k + 1, "say", "continue") for k in (hit.first - 1, hit.last)):
            out.append(replace(held[office], first=hit.first, last=hit.last))
    return out


def _in_full(document: Document, actor: Actor, found: list[Actor]) -> Actor:
    """ "Major General Yawar", or the first parts of a name, where he was named in full before: the full name, and where it stands."""
    if actor.kind != "person" or actor.mention.actor:
        return actor
    ours = document.forms[actor.first : actor.last]
    full = (a for a in found if a.kind == "person" and a.last - a.first > 1 and a.last <= actor.first)
    if len(ours) > 1:
        same = next((a for a in full if document.forms[a.first : min(a.first + len(ours), a.last)] == ours), None)
    else:
        form = ours[0].removeprefix(_AL)
        same = next((a for a in full if document.forms[a.last - 1].removeprefix(_AL) == form), None)
    return replace(same, first=actor.first, last=actor.last) if same else actor


def _adjectives(document: Document, found: list[Actor]) -> Iterator[Actor]:
    """ "Iraqi and Peshmerga forces", "Kurdish and Iraqi forces": the forces of the side that only an adjective names."""
    sides = {"iraqi": ("iraqi-army", "kurdistan", "iraq"), "kurdish": ("peshmerga", "iraq", "kurdistan")}
    at = {a.first: a for a in found}
    for i in document.where(_ADJECTIVES):
        slug, beside, side = sides[document.forms[i]]
        other = at.get(i + 2)
        if i in at or document.forms[i + 1 : i + 2] != ["and"] or other is None or other.side != beside or other.kind in _HOLDERS:
            continue
        start, end = document.span(i, i + 1)
        kind = "state_military" if side == "iraq" else "regional_military"
        mention = ActorMention(start, end, document.raw[start:end], slug, kind, "", "actors: an adjective before two forces")
        yield Actor(i, i + 1, "", mention, kind, side)


def _by_delegation(document: Document, found: list[Actor]) -> list[Actor]:
    """ "The delegation met the adviser": the body whose delegation was named last; its quote is where it was named."""
    bodies = {a.first: a for a in found if a.kind not in _HOLDERS}
    forms, sent, out = document.forms, None, []
    for i in document.where(_DELEGATIONS):
        is_known = forms[i].endswith(_THE_DELEGATION) or (i > 0 and forms[i - 1] == "the")
        if is_known and sent:
            out.append(replace(sent, first=i, last=i + 1))
        elif not is_known:
            sent = next((bodies[k] for k in range(i + 1, i + 5) if k in bodies), sent)
    return out


def _is_its_other_name(document: Document, last: int, hit: Hit) -> bool:
    """Whether a name stands in brackets or quotation marks right behind another of the same actor."""
    forms = document.forms
    return hit.first == last + 1 and (forms[last], *forms[hit.last : hit.last + 1]) in _ENCLOSED


def _is_common_noun(document: Document, hits: Hits, hit: Hit) -> bool:
    """ "Joint operations against …", "a joint operations room", in the words for the Joint Operations Command; "an armed attack"."""
    forms = document.forms
    if hit.first and hit.last == hit.first + 1 and forms[hit.first].removeprefix(_AL) in _ARMED:
        attack = hits.at("triggers", hit.first - 1)
        return (attack is not None and not attack.entry.is_verb) or not _ATTACKS.isdisjoint(bare_forms(forms[hit.first - 1]))
    if hit.entry.attributes["slug"] != "joint-operations-command" or hit.last - hit.first != 2 or forms[hit.first] not in _OPERATIONS:
        return False
    before, after = forms[hit.first - 1 : hit.first], forms[hit.last : hit.last + 1]
    is_printed_small = forms[hit.first].isascii() and document.raw[document.span(hit.first, hit.first + 1)[0]].islower()
    return is_printed_small or not (_OF_OPERATIONS.isdisjoint(before) and _OPERATIONS_GO_ON.isdisjoint(after))


def _is_anothers_surname(document: Document, hit: Hit) -> bool:
    """Whether a listed person's surname, alone, follows a given name that is not his."""
    if hit.first == 0 or hit.last - hit.first > 1:
        return False
    before, row = document.forms[hit.first - 1], hit.entry.attributes
    return before in given_names() and before not in fold(f"{row['name_ar']} {row['spellings']}").replace("|", " ").split()


def _units(document: Document, ranges: list[tuple[int, int]]) -> list[Actor]:
    out = []
    forms = document.forms
    for first, last in ranges if document.where(_UNIT_WORDS) else ():
        for i in document.where(_UNIT_WORDS, first, last - 1):
            bare = forms[i]
            if bare in _ORDINAL_ENDS and i > first and forms[i - 1].isdecimal() and (unit := _english_unit(document, i - 1, last)):
                out.append(unit)
            if bare not in _UNIT_CUTS:
                continue
            cut = _UNIT_CUTS[bare]
            at = i + 1
            while at + 1 < last and at < i + 4 and forms[at] in _UNIT_ARMS:
                at += 1
            if forms[at - 1] in _NAMED_ARMS and not (forms[at].isdecimal() or forms[at] in _ORDINALS):
                at -= 1  # "the commando brigade" has no number
            if (forms[at].isdecimal() and len(forms[at]) <= 3) or forms[at] in _NAMED_ARMS:
                at += 1
            elif forms[at] in _ORDINALS:
                while at < last and at < i + 4 and forms[at] in _ORDINALS:
                    at += 1
            elif (
                (number := number_at(document, at, last))
                and number.value
                and not forms[at].isascii()
                and not (at == i + 1 and forms[at].startswith("\u0648"))
            ):
                at = number.last
            else:
                continue
            while at < last and at < i + 6 and forms[at] in _UNIT_TAILS:
                at += 1
            while bare[cut:] in _SEVERAL and at < last and (beside := _next_number(forms[at : at + 2])):
                at += beside  # "the 14th and 16th divisions"
            if bare[cut:] in _AXES and (i == first or forms[i - 1] not in _OF_AXES):
                continue  # "the first axis" is a way of advance, or a subject of talks
            start, end = document.span(i, at, cut)
            is_kurdish = bare[cut:] in _AXES or any(part in f for f in forms[i:at] for part in _PESHMERGA)
            side = "kurdistan" if is_kurdish else "iraq" if bare[cut:].endswith(_DIVISION) else ""
            out.append(
                Actor(
                    i,
                    at,
                    bare[:cut],
                    ActorMention(start, end, document.raw[start:end], None, "state_military", "", "actors: a unit by its number"),
                    "state_military",
                    side,
                )
            )
    return out


def _next_number(forms: list[str]) -> int:
    """How many tokens "and 16", "and the second" takes; 0 where the next tokens are no such number."""
    if forms[0].startswith(_WAW) and forms[0][1:] in _ORDINALS:
        return 1
    return 2 if forms[0] == _WAW and forms[1:] and forms[1].isdecimal() else 0


def _committees(document: Document, ranges: list[tuple[int, int]], known: set[int]) -> list[Actor]:
    """ "The higher joint military committee": bodies by what kind of committee they are."""
    out, forms = [], document.forms
    for first, last in ranges if document.where(_COMMITTEES) else ():
        for i in document.where(_COMMITTEES, first, last - 1):
            if i in known:
                continue
            end = i + 1
            while end < min(last, i + 6) and forms[end].startswith(_AL) and forms[end].isalpha():
                end += 1
            if end > i + 1:
                start, stop = document.span(i, end)
                mention = ActorMention(start, stop, document.raw[start:stop], None, "other", "", "actors: a committee by its kind")
                out.append(Actor(i, end, "", mention, "other"))
    return out


def _islamic_state(document: Document, ranges: list[tuple[int, int]]) -> list[Actor]:
    """ "An IS hideout", in capitals, where "is" is another word; and "the State" in quotation marks."""
    out, forms = [], document.forms
    for first, last in ranges if document.where(_IS_WORDS) else ():
        for i in document.where(_IS_WORDS, first, last - 1):
            start, end = document.span(i, i + 1)
            name = document.raw[start:end]
            quoted = forms[i] != "is" and i > first and (forms[i - 1], forms[i + 1]) == ('"', '"')
            if quoted or (name == "IS" and forms[i + 1] in _IS_WHAT):
                rule = "actors: the State, in quotation marks" if quoted else "actors: IS, in capitals"
                mention = ActorMention(start, end, name, "islamic-state", "rebel_terrorist", "", rule)
                out.append(Actor(i, i + 1, "", mention, mention.kind, "isis"))
    return out


def _english_unit(document: Document, first: int, last: int) -> Actor | None:
    """ "The 44th Brigade", "the 5th Infantry Brigade"; its number stands at token `first`."""
    for at in range(first + 2, min(first + 4, last)):
        if document.forms[at] in _ENGLISH_UNITS:
            start, end = document.span(first, at + 1)
            mention = ActorMention(start, end, document.raw[start:end], None, "state_military", "", "actors: a unit by its number")
            return Actor(first, at + 1, "", mention, mention.kind)
    return None
