"""Nouns for people harmed: "13 dead of the Peshmerga", "two bodies", "the wounded reached 12", and whose they are."""

from extraction.companions import DOERS, him_shot, is_of_somebody, number_after, one_of_them, people_meant
from extraction.counted_people import CountedPhrase, definite_number, party_after, person_at, phrase_at, side_party
from extraction.lexicon import words
from extraction.matching import Hit, bare_forms
from extraction.numbers import number_at
from extraction.quantities import number_ending, quantifier_of
from extraction.reading import Reading, between
from extraction.tolls import Harm, names_dependents

_WAW, _AL = "\u0648", "\u0627\u0644"
_DUAL, _FEW_WORDS = "\u064a\u0646", 3
_ONE_OF = words("counted_people.one_of")
_ONE, _AMONG_THEM = words("counted_people.one"), words("counted_people.of_them")
_BESIDE = 6  # tokens from "a dead man and" to "(15) wounded"
_ONE_ALONE = words("harm_nouns.one_alone")
_SERVING = frozenset(("fighter", "officer", "member"))
_NOT_BY_NAME = frozenset(("other", "them", "family"))
_BETWEEN_THEM, _INFLICTED_AMONG = words("particles.between"), words("harm_nouns.inflicted_among")
_TAKEN, _FROM = frozenset(("arrested", "abducted")), words("particles.from")
_LEFT_BY = words("harm_nouns.left_by")
_LEFT_BEHIND = words("harm_nouns.left_behind")
_NAMELESS = words("harm_nouns.nameless")
_MAY_BE_DEAD = DOERS | {"isis", "other_armed", "suspect", "civilian"}


def body_of_one(reading: Reading, hit: Hit, harm: str, first: int, last: int) -> list[Harm] | None:
    """ "(The force chased the gunmen and) found the body of one of them": one of their dead, who may have been counted before."""
    if harm != "killed" or reading.document.forms[hit.first].removeprefix(_WAW) not in words("harm_nouns.body"):
        return None
    phrase = one_of_them(reading, hit.last, first, last)
    if phrase is None:
        return None
    if phrase.party not in _MAY_BE_DEAD:
        return []  # those who searched are alive
    return [Harm(hit.first, phrase.last, harm, phrase.party, 1, "exact", "harm: the body of one", is_part=True)]


def two_beside_count(reading: Reading, phrase: CountedPhrase, last: int) -> CountedPhrase:
    """ "(The death of) two civilians and the wounding of three": the dual is spelt as the plural is, and a count beside it tells it from
    many; else the phrase as it is."""
    forms = reading.document.forms
    noun = forms[phrase.first]
    if phrase.value is not None or not noun.endswith(_DUAL) or noun.startswith(_AL) or phrase.last - phrase.first > _FEW_WORDS:
        return phrase
    beside = next(iter(reading.hits.between("harm", phrase.last, min(phrase.last + _BESIDE, last))), None)
    if beside is None or not forms[beside.first].startswith(_WAW) or number_at(reading.document, beside.last, last) is None:
        return phrase
    return phrase._replace(value=2, quantifier="exact", counted=True)


def of_unknown(reading: Reading, phrase: CountedPhrase) -> CountedPhrase:
    """ "(The bodies of) five men of unknown identity", "(the bodies of) five": whose they are nobody says; else the phrase as it is."""
    nameless = not _NAMELESS.isdisjoint(reading.document.forms[phrase.last : phrase.last + 2])
    if nameless and phrase.party == "civilian" and not names_dependents(reading, phrase.first, phrase.last):
        return phrase._replace(party="unknown")
    if phrase.party == "other" and phrase.value == 1 and reading.document.forms[phrase.first - 1] in words("harm_nouns.bodies"):
        return phrase._replace(party="neutral", value=None, quantifier="vague")  # "other bodies"
    return phrase._replace(party="neutral") if phrase.party == "other" else phrase


_MOST_OF = words("harm_nouns.most_of")


def people_noun(reading: Reading, hit: Hit, first: int, last: int) -> CountedPhrase | None:
    """ "13 dead of the Peshmerga and civilians": the number before (or in) the noun, the party after it."""
    document = reading.document
    own, harm = hit.entry.attributes["number"], hit.entry.attributes["harm"]
    is_body = document.forms[hit.last - 1].removeprefix(_WAW) in words("harm_nouns.bodies")
    if document.forms[hit.first - 1] in _MOST_OF:
        return None  # "most of the victims are civilians"
    if own == "" and document.forms[hit.first - 1] in _ONE_OF:
        return None  # "the funeral of one of the dead of the attack"
    if own == "1" and (hit.prefix.endswith(_AL) or (hit.entry.attributes["harm"] == "casualties" and is_of_somebody(reading, hit))):
        return None  # "the martyr So-and-so" is a title; "its victims were two" counts those behind it
    behind = max(hit.first - 1, first)
    if document.forms[hit.first] in _ONE_ALONE and any(
        h.entry.attributes["form"] == "verb" and h.last == hit.first for h in reading.hits.between("harm", behind, hit.first)
    ):
        return None  # "shot him dead" is one word more in Arabic
    if document.forms[behind] in ("him", "her"):
        return him_shot(reading, hit, first, before=1)  # "opened fire on a farmer, leaving him dead"
    if (
        hit.entry.term.isascii() and not is_body and (person_at(reading, behind) or document.forms[behind] == "them")
    ):  # "leaving twelve people dead"
        before = (phrase_at(reading, k, hit.first) for k in range(max(first, hit.first - 9), hit.first))
        found = next((p._replace(last=hit.last) for p in before if p and p.last == hit.first and p.counted), None)
        return people_meant(reading, found, first) if found and found.party == "them" else found
    if not hit.prefix:  # "four soldiers, wounded, were moved", "four of the Peshmerga fell as martyrs"
        before = (phrase_at(reading, k, hit.first) for k in range(max(first, hit.first - 6), hit.first))
        found = next((p for p in before if p and p.last == hit.first and p.counted and p.value and p.party not in _NOT_BY_NAME), None)
        if found and (own != "2" or found.value == 2):  # "shot two of the gunmen dead"
            return found._replace(last=hit.last)
    if own == "" and hit.last < last and document.forms[hit.last] in words("counted_people.two"):
        party, end = party_after(reading, hit.last + 1, last)
        return CountedPhrase(hit.first, end, party or "unsaid", 2, "exact", True)
    number = None if hit.prefix.startswith(_WAW) else number_ending(reading, hit.first, first)
    if number and harm in _TAKEN and hit.prefix.endswith(_AL) and document.forms[hit.first - 1] in _FROM:
        return None  # "two of the detained confessed", "four of the abducted were let go": of those taken before
    party, end = party_after(reading, hit.last, last)
    if number is None and document.forms[hit.first] in _ONE_ALONE:
        own = "1"  # "left one dead and 15 wounded"
    if is_body and party is None and own == "2":  # "the bodies of two fighters"
        whose = phrase_at(reading, hit.last, last)
        party, end = (whose.party, whose.last) if whose and whose.party in _SERVING else (None, hit.last)
    is_most = hit.last < last and document.forms[hit.last] in words("tolls.most_of_them")
    if is_body and party is None and hit.last + 1 < last and not (document.forms[hit.last].startswith(_WAW) or is_most):
        party, end = party_after(reading, hit.last + 1, last)  # "five charred bodies of terrorists"
        end = end if party else hit.last
    if party is None and is_body and not _LEFT_BEHIND.isdisjoint(document.forms[max(first, hit.first - 3) : hit.first]):
        party = "attacker"  # "the group left behind it 25 bodies"
    if party is None and own != "1" and not _LEFT_BY.isdisjoint(document.forms[max(first, hit.first - 3) : hit.first]):
        party = "attacker"  # "left two bodies behind them"
    if is_body and not _NAMELESS.isdisjoint(document.forms[hit.last : min(end + 2, last)]):
        party = "unknown"
    elif is_body and party is None:
        party = "neutral"  # whose bodies nobody says, forces found or not
    is_all = document.forms[hit.first].lstrip(_WAW).startswith(_AL) or document.forms[hit.first - 1] in words("harm_nouns.number_of")
    if not (number and number.value) and own not in ("1", "2") and is_all:
        value = number_after(reading, max(end, hit.last), last)
        value = value or (definite_number(document.forms[hit.last]) if hit.last < last else None)  # "the eight dead"
        if value:
            return CountedPhrase(hit.first, max(end, hit.last) + 1, party or "unsaid", value, "exact", True)
    if not number and own == "" and is_body:
        of = hit.last < last and document.forms[hit.last] == "of"
        counted = phrase_at(reading, hit.last + of, last)  # "the bodies of seven soldiers"
        if counted and counted.counted and counted.value:
            theirs = counted.party == "them" and party == "attacker"  # "left behind them the bodies of nine of them"
            return counted._replace(first=hit.first, party="attacker" if theirs else counted.party)
    if number and number.kind != "ordinal":
        quantifier, begin = quantifier_of(reading, number.first, hit.last, first)
        quantifier = "vague" if number.value is None else quantifier
        if party is None and document.forms[hit.first].removeprefix(_WAW) in words("harm_nouns.their_dead"):
            party = people_meant(reading, CountedPhrase(begin, begin + 1, "unsaid", None, "exact", True), first).party
        loser = next((a for a in between(reading.actors, begin - 4, begin) if a.last == begin), None)
        if party is None and loser and document.forms[loser.first - 1] in words("harm_nouns.cost"):
            party = side_party(loser)  # "an attack that cost the Kurdish forces 14 dead"
        party = party or _inflicted_on(reading, begin, first)
        return CountedPhrase(begin, max(end, hit.last), party or "unsaid", number.value, quantifier, True)
    among = own in ("1", "2") and document.forms[hit.first - 1] in _BETWEEN_THEM  # "felled two among them"
    among = among and not _INFLICTED_AMONG.isdisjoint(bare_forms(document.forms[hit.first - 2]))
    if own in ("1", "2"):
        party = party or _inflicted_on(reading, hit.first, first)  # "our forces inflicted on them two dead"
    if own in ("1", "2") and party is None and (among or document.forms[hit.first - 1] in _AMONG_THEM):  # "of them fell two dead"
        party = people_meant(reading, CountedPhrase(hit.first, hit.last, "unsaid", None, "exact", True), first).party
    if own in ("1", "2"):
        after = document.forms[hit.last] if hit.last < last else ""
        joined = hit.prefix.startswith(_WAW) and _follows_dead(reading, hit, first)  # "two dead of the police and a wounded man"
        beside = joined or (
            after.startswith(_WAW) and reading.hits.between("harm", hit.last, hit.last + _BESIDE)
        )  # "a dead man and three wounded"
        if own == "1" and (
            not words("particles.between").isdisjoint(document.forms[hit.first - 1 : hit.first]) or not (party or after in _ONE or beside)
        ):
            return None
        return CountedPhrase(hit.first, max(end, hit.last), party or "unsaid", int(own), "exact", True)
    return CountedPhrase(hit.first, max(end, hit.last), party or "unsaid", None, "vague", False)


def _follows_dead(reading: Reading, hit: Hit, first: int) -> bool:
    """Whether one or two dead are told right before a noun of harm that "and" joins to them, their force between."""
    near = reading.hits.between("harm", max(first, hit.first - _BESIDE), hit.first)
    dead = [h for h in near if h.entry.attributes["form"] == "people" and h.entry.attributes["number"] in ("1", "2")]
    return bool(dead) and all(form.isalpha() for form in reading.document.forms[dead[-1].last : hit.first])


def _inflicted_on(reading: Reading, at: int, first: int) -> str | None:
    """ "The force inflicted on the attackers (twelve dead)": the party named right before the count."""
    before = max(first, at - 3)
    if any(f.removeprefix(_WAW) in words("harm_nouns.inflicted_on_it") for f in reading.document.forms[before:at]):
        return "attacker"
    people = reading.hits.between("people", before, at)
    inflicted = any(f.removeprefix(_WAW) in words("harm_nouns.inflicted") for f in reading.document.forms[before:at])
    inflicted = inflicted or (bool(people) and reading.document.forms[people[-1].first - 1] in words("harm_nouns.ranks"))
    return people[-1].entry.attributes["party"] if people and inflicted else None
