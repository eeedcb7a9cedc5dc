"""Victims told by their names: "Lieutenant So-and-so and the soldier So-and-so of the army", "both So-and-so and So-and-so"."""

from extraction.counted_people import SPECIFIC_PARTIES, CountedPhrase, party_after, person_at, phrase_at, side_party
from extraction.lexicon import words
from extraction.persons import given_names, stop_words
from extraction.reading import Reading, between

_WAW, _AL = "\u0648", "\u0627\u0644"
_BOTH_OF = words("named_victims.both_of")
_RANK_ENDS = words("counted_people.rank_ends")
_ON = words("particles.on")  # spelt as a common name is
_ONE_OF = words("counted_people.one_of")
_WHO_IS = words("named_victims.who_is")
_LONGEST_NAME = 4  # words of one name
_LONGEST_OFFICE = 7  # words of an office up to the group it is held in
_OF = ("\u0628", "\u0644")


def names_listed(reading: Reading, at: int, last: int) -> CountedPhrase | None:
    """Two or more people named one after the other from token `at`, as one count of the force named behind them, or of their ranks; None
    where fewer stand there. People of two forces are mixed."""
    forms = reading.document.forms
    listed = at + 2 < last and forms[at].removeprefix(_WAW) in _BOTH_OF and forms[at + 1] in words("particles.from")
    k = at + 2 * listed
    if not listed and not _is_titled(reading, k):
        return None
    parties: set[str] = set()
    count = 0
    while k < last and (end := _one_named(reading, k, last, parties)):
        count, k = count + 1, end
        if k >= last or not forms[k].startswith(_WAW) or forms[k] == _WAW:
            break
    if count < 2:
        return None
    party, reach = party_after(reading, k, last)
    specific = parties & SPECIFIC_PARTIES
    if party is None or party == "civilian":
        party = "mixed" if len(specific) > 1 else next(iter(specific or parties), "unsaid")
        reach = k
    return CountedPhrase(at, reach, party, count, "exact", True)


def one_named(reading: Reading, at: int, last: int) -> CountedPhrase | None:
    """ "(Gunmen shot) So-and-so, a member of the council": one by name alone, of the party his office behind it tells."""
    forms = reading.document.forms
    if at + 2 < last and forms[at] in words("counted_people.by_name") and (named := one_named(reading, at + 1, last)):
        return named._replace(first=at, party="leader") if named.party == "neutral" else named  # "the one called So-and-so"
    if at + 1 >= last or forms[at] not in given_names() or forms[at] in _ON or person_at(reading, at) or not _goes_on(reading, at + 1):
        return None
    end = at + 2
    while end < min(at + _LONGEST_NAME, last) and (forms[end] in given_names() or forms[end].startswith(_AL)) and _goes_on(reading, end):
        end += 1
    office = end
    while office < last and (forms[office] in ',"' or forms[office] in _WHO_IS):
        office += 1
    person = person_at(reading, office) if office < last else None
    is_told = office < last and (forms[office] in _ONE_OF or (person is not None and not person.prefix.startswith(_WAW)))
    phrase = phrase_at(reading, office, last) if is_told else None
    if phrase is None or (phrase.value or 1) != 1:
        return CountedPhrase(at, end, "neutral", 1, "exact", True)
    return phrase._replace(first=at, value=1, quantifier="exact", counted=True)


def of_the_group(reading: Reading, at: int, last: int) -> CountedPhrase | None:
    """ "(Arrested) the so-called head of supplies in the group": one of its men, told by his office there."""
    forms = reading.document.forms
    while at + 1 < last and (forms[at] in words("counted_people.so_called") or person_at(reading, at)):
        at += 1
    if at >= last or forms[at].removeprefix(_AL) not in words("named_victims.offices"):
        return None
    near = min(at + _LONGEST_OFFICE, last)
    group = next((a for a in between(reading.actors, at + 1, near) if a.kind == "rebel_terrorist" and _is_in(forms, a.first)), None)
    if group is None or reading.hits.between("triggers", at + 1, group.first):
        return None  # "(killed) the head of security in an attack of the group"
    party = "other_armed" if side_party(group) == "other_armed" else "isis"
    return CountedPhrase(at, group.last, party, 1, "exact", True)


def _is_in(forms: list[str], at: int) -> bool:
    """Whether "in" or "of" stands before a group, or is written together with it."""
    return forms[at - 1] in words("particles.in") or forms[at].startswith(_OF)


def _is_titled(reading: Reading, at: int) -> bool:
    """Whether a rank with the article and a name behind it stand at `at`: "the captain So-and-so"."""
    person = person_at(reading, at)
    if person is None or person.entry.attributes["number"] != "1" or not reading.document.forms[at].removeprefix(_WAW).startswith(_AL):
        return False
    return _name_begin(reading, person.last) is not None


def _name_begin(reading: Reading, at: int) -> int | None:
    """Where a given name begins, the rest of a rank ("first", "of the staff") passed over."""
    forms = reading.document.forms
    while at < len(forms) and forms[at] in _RANK_ENDS:
        at += 1
    return at if at < len(forms) and forms[at] in given_names() else None


def _one_named(reading: Reading, at: int, last: int, parties: set[str]) -> int | None:
    """Where one person, by rank and name or by name alone, ends; his rank's party is added to `parties`."""
    forms = reading.document.forms
    person = person_at(reading, at)
    begin = _name_begin(reading, person.last) if person else None
    if person and begin is not None:
        parties.add(person.entry.attributes["party"])
    elif forms[at].removeprefix(_WAW) in given_names():
        begin = at
    if begin is None:
        return None
    end = begin + 1
    while end < min(begin + _LONGEST_NAME, last) and _goes_on(reading, end):
        end += 1
    return end


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether a word may be one more of a name."""
    form = reading.document.forms[at]
    if form in given_names():
        return True
    if not form.isalpha() or form.startswith(_WAW) or form in stop_words() or form in words("counted_people.links"):
        return False
    return person_at(reading, at) is None and not reading.hits.between("harm", at, at + 1)
