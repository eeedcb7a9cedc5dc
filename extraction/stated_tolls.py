"""Tolls told by a figure alone: "the toll rose to nine", "Injured: 30", "put the wounded at five", "while the army spoke of four"."""

from collections.abc import Callable
from itertools import chain

from extraction.counted_people import SPECIFIC_PARTIES, CountedPhrase, party_after, phrase_at
from extraction.lexicon import words
from extraction.matching import Hit, bare_forms
from extraction.numbers import number_at
from extraction.quantities import number_ending, quantifier_of
from extraction.reading import Reading, between
from extraction.tolls import Harm

_EXCEPT, _LOSSES = words("stated_tolls.except"), words("stated_tolls.losses")
_IDENTITY = ("\u0647\u0648\u064a\u062a", "\u0647\u0648\u064a\u0647")
STATED = "casualties: a stated toll"
_OF = words("stated_tolls.of")
_TO, _ROSE = words("stated_tolls.to"), words("stated_tolls.rose") | words("stated_tolls.rise")
_NUMBER_OF = words("tolls.count") | words("harm_nouns.number_of")
_UP, _HAD_BEEN, _PREVIOUS = frozenset(("up",)), words("stated_tolls.had_been"), words("stated_tolls.previous")
_AT, _BY = words("stated_tolls.about"), "\u0628"
_NEAR = 12  # tokens from "the dead of the ambush in X" to the verb
_TOLD = frozenset(("killed", "wounded", "casualties"))
_COUNTED = SPECIFIC_PARTIES | {"neutral", "fighter", "member", "officer", "armed"}
_FAR = 35  # tokens from the dead to the figure they rose to


def stated_tolls(reading: Reading, first: int, last: int) -> list[Harm]:
    """Figures of a sentence's tokens that stand with neither a verb of harm nor people beside them."""
    out: list[Harm] = []
    told = reading.hits.between("harm", first, last)
    if told or reading.cues(first, last, "toll"):
        for at in reading.document.where(_READ, first, last):
            out += _READERS[reading.document.forms[at]](reading, at, first, last)
    tolls = [h for h in _tolls(reading, first, last) if all(h.last != known.last for known in out)]
    return [*out, *tolls, *_headed(reading, first, last), *_put(reading, told, first, last)]


def stated_zeros(reading: Reading, first: int, last: int) -> list[Harm]:
    """Stated zeros among a sentence's tokens: "without casualties", "no losses"."""
    out = []
    for cue in reading.cues(first, last, "no_toll"):
        if any(form.startswith(_IDENTITY) for form in reading.document.forms[cue.last : cue.last + 1]):
            continue  # "whose identity is not known"
        stop = min(cue.last + (14 if "سفر" in cue.entry.term else 5), last)
        if not _EXCEPT.isdisjoint(reading.document.forms[cue.last : stop + 4]):
            continue  # "no losses but one man wounded"
        named = reading.hits.between("harm", cue.first, stop)
        losses = not _LOSSES.isdisjoint(chain.from_iterable(map(bare_forms, reading.document.forms[cue.first : stop])))
        if named or losses:
            end = max([cue.last, *(h.last for h in named[:1])])
            out.append(Harm(cue.first, min(end, last), "killed", "unknown", 0, "exact", "casualties: none"))
    return out


def _tolls(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "The toll rose to nine", "Death toll: 8"."""
    forms = reading.document.forms
    out: list[Harm] = []
    for cue in reading.cues(first, last, "toll"):
        reach = min(cue.last + 16, last - 1)
        at = next((k for k in range(cue.last, reach) if forms[k] in words("stated_tolls.stands") and _figure(reading, k + 1, last)), None)
        named = reading.hits.between("harm", cue.last, at) if at is not None else []
        if at is not None and all(h.first == cue.last for h in named):  # "the toll of the dead of the blast in X rose to three"
            rose = any(form in words("stated_tolls.rose") for form in forms[max(first, cue.first - 3) : at])
            harm = "wounded" if named and named[0].entry.attributes["harm"] == "wounded" else "killed"
            out += [h._replace(is_revised=rose) for h in _told(reading, cue.first, at + 1, last, harm)]
    return out


def _risen(reading: Reading, rise: int, first: int, last: int) -> list[Harm]:
    """ "The number of the dead of the attack, which …, rose to seven": the figure far behind the people it counts."""
    forms = reading.document.forms
    is_to = rise + 2 < last and forms[rise + 1] in _TO
    of = next((k for k in range(rise + 3, min(rise + 8, last)) if forms[k] in _NUMBER_OF), None) if is_to else None
    number = number_ending(reading, of, rise + 2) if of else None
    noun = reading.hits.at("harm", of + 1) if of and number and of + 1 < last else None
    if noun and number and number.kind == "exact":  # "rose to 47 the number of dead"
        party, end = party_after(reading, noun.last, last)
        harm = "wounded" if noun.entry.attributes["harm"] == "wounded" else "killed"
        told, _ = quantifier_of(reading, number.first, number.last, rise)
        return [Harm(rise, max(end, noun.last), harm, party or "unsaid", number.value, told, STATED, is_revised=True)]
    counted = phrase_at(reading, rise + 2, last) if is_to else None
    of = next((k + 2 for k in range(max(first, rise - _FAR), rise - 2) if forms[k : k + 2] == ["number", "of"]), None)
    if of and counted and (done := _harm_before(reading, of, rise)) and (people := phrase_at(reading, of, rise)):
        return [h._replace(is_revised=True, party=people.party) for h in _told(reading, rise, rise + 2, last, done)]
    if counted and counted.value and counted.party != "other":  # "the dead of the ambush rose to 13 policemen"
        known = [h for h in reading.hits.between("harm", max(first, rise - _NEAR), rise) if h.entry.attributes["form"] == "people"]
        if known and not reading.hits.between("harm", counted.last - 1, counted.last + 1) and known[-1].entry.attributes["harm"] in _TOLD:
            harm = "wounded" if known[-1].entry.attributes["harm"] == "wounded" else "killed"
            return [Harm(rise, counted.last, harm, counted.party, counted.value, counted.quantifier, STATED, is_revised=True)]
    dead = next((h for h in reading.hits.between("harm", rise + 1, rise + 4) if h.entry.attributes["form"] == "people"), None)
    if dead is None or dead.entry.attributes["harm"] not in _TOLD:
        return []
    party, end = party_after(reading, dead.last, last)
    at = next((k for k in range(end, min(end + _FAR, last - 1)) if forms[k] in _TO and _figure(reading, k + 1, last)), None)
    if at is None or reading.hits.between("harm", end, at):
        return []
    harm = "wounded" if dead.entry.attributes["harm"] == "wounded" else "killed"
    return [h._replace(is_revised=True, party=party or h.party) for h in _told(reading, at, at + 1, last, harm)]


def _their_number(reading: Reading, at: int, first: int, last: int) -> list[Harm]:
    """ "(Six guards were killed,) and it was announced later that their number had risen to eight": of the harm told before."""
    forms = reading.document.forms
    if not _ROSE & set(forms[max(first, at - 2) : at]) or at + 2 >= last or forms[at + 1] not in _TO:
        return []
    harm, number = _harm_before(reading, first, at), number_at(reading.document, at + 2, last)
    if harm is None or number is None or number.kind != "exact":
        return []
    return [Harm(at, number.last, harm, "unsaid", number.value, "exact", STATED, is_revised=True)]


def _spoken_of(reading: Reading, at: int, first: int, last: int) -> list[Harm]:
    """ "Six were killed, a statement said, while the army spoke of four": of the harm told before."""
    harm = _harm_before(reading, first, at) if reading.document.forms[at + 1 : at + 2] and reading.document.forms[at + 1] in _OF else None
    return _told(reading, at, at + 2, last, harm) if harm else []


def _became(reading: Reading, at: int, first: int, last: int) -> list[Harm]:
    """ "(One of the wounded died,) so that the number of the blast's martyrs became five"."""
    dead = next((h for h in reading.hits.between("harm", at + 1, at + 4) if h.entry.attributes["form"] == "people"), None)
    if dead is None or dead.entry.attributes["harm"] not in _TOLD:
        return []
    if (number := number_at(reading.document, at + 1, last)) and number.kind == "exact":
        return []  # "reached 11 dead" is read by its dead
    party, end = party_after(reading, dead.last, last)
    k = next((k for k in range(max(end, dead.last), min(dead.last + 6, last)) if _figure(reading, k, last)), None)
    if k is None or reading.hits.between("harm", dead.last, k):
        return []
    harm = "wounded" if dead.entry.attributes["harm"] == "wounded" else "killed"
    return [h._replace(is_revised=True, party=party or h.party) for h in _told(reading, dead.first, k, last, harm)]


def _reached(reading: Reading, at: int, first: int, last: int) -> list[Harm]:
    """ "The number of the blast's dead reached five"."""
    return [h._replace(is_revised=False) for h in _became(reading, at, first, last)]


def _from(reading: Reading, at: int, first: int, last: int) -> list[Harm]:
    """ "(The toll rose to 18) from 11", "up from a previous toll of 11", "after it had been 11", "from 11 to 18": what it was before."""
    forms = reading.document.forms
    since = max(first, at - _FAR)
    if forms[at] in _HAD_BEEN:
        is_past = any(c.last == at + 1 for c in reading.cues(max(first, at - 2), at, "earlier"))
    else:
        is_past = any(form.removeprefix("\u0648") in _ROSE or form in _UP for form in forms[since:at])
    harm = (_harm_before(reading, since, at) or ("killed" if reading.cues(since, at, "toll") else None)) if is_past else None
    if harm is None:
        return []
    k = next((k for k in range(at + 1, min(at + 6, last)) if forms[k] not in _PREVIOUS), last)
    number = number_at(reading.document, k, last) if k < last else None
    if number and number.kind == "exact" and forms[number.last : number.last + 1] and forms[number.last] in _TO:
        return [Harm(k, number.last, harm, "unsaid", number.value, "exact", STATED, is_earlier=True)]
    return [h._replace(is_earlier=True) for h in _told(reading, k, k, last, harm)]


def _estimated(reading: Reading, at: int, first: int, last: int) -> list[Harm]:
    """ "Sources put the group's dead at about 70 (fighters)": the verb stands before the dead, the figure behind them."""
    dead = next((h for h in reading.hits.between("harm", at + 1, min(at + 9, last)) if h.entry.attributes["form"] == "people"), None)
    if dead is None or dead.entry.attributes["harm"] not in _TOLD:
        return []
    party, end = party_after(reading, dead.last, last)
    k = max(end, dead.last)
    phrase = phrase_at(reading, k + (reading.document.forms[k] in _AT), last) if k + 1 < last else None
    if phrase is None or not phrase.value or not reading.document.forms[k].startswith(_BY):
        return []
    party = party or (phrase.party if phrase.party in SPECIFIC_PARTIES else "unsaid")
    harm = "wounded" if dead.entry.attributes["harm"] == "wounded" else "killed"
    return [Harm(dead.first, phrase.last, harm, party, phrase.value, phrase.quantifier, STATED)]


def _harm_before(reading: Reading, first: int, at: int) -> str | None:
    before = (h.entry.attributes["harm"] for h in reversed(reading.hits.between("harm", first, at)))
    return next((harm for harm in before if harm in ("killed", "wounded")), None)


def _headed(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "Injured: 30"."""
    out: list[Harm] = []
    for hit in reading.hits.between("harm", first, min(first + 3, last)):
        if hit.last + 1 < last and reading.document.forms[hit.last] == ":":
            out += _told(reading, hit.first, hit.last + 1, last, hit.entry.attributes["harm"])
    return out


def _put(reading: Reading, told: list[Hit], first: int, last: int) -> list[Harm]:
    """ "The ministry put [the number of] the wounded at five", "revised it to six"."""
    forms = reading.document.forms
    out: list[Harm] = []
    for hit in told:
        is_put = not words("stated_tolls.put").isdisjoint(forms[max(first, hit.first - 5) : hit.first])
        is_revised = not words("stated_tolls.revised").isdisjoint(forms[max(first, hit.first - 5) : hit.first])
        if hit.last + 1 < last and ((is_put and forms[hit.last] == "at") or (is_revised and forms[hit.last] == "to")):
            figures = _told(reading, hit.first, hit.last + 1, last, hit.entry.attributes["harm"])
            out += [h._replace(is_revised=is_revised) for h in figures]
    return out


def _told(reading: Reading, first: int, at: int, last: int, harm: str) -> list[Harm]:
    """The people counted at token `at` as one count that begins at token `first`; nothing where no count stands there."""
    phrase = _figure(reading, at, last)
    return [Harm(first, phrase.last, harm, phrase.party, phrase.value, phrase.quantifier, STATED)] if phrase else []


def _figure(reading: Reading, at: int, last: int) -> CountedPhrase | None:
    """The people or the bare exact number counted at `at`: no dead or wounded, who are read as such, and no day."""
    phrase = phrase_at(reading, at, last) if at < last else None
    if phrase is None or not phrase.value or phrase.quantifier == "vague" or reading.hits.between("harm", at, phrase.last + 1):
        return None
    if between(reading.dates, at, at + 1) or not words("companions.other").isdisjoint(reading.document.forms[at : phrase.last]):
        return None
    return phrase._replace(party="unsaid") if phrase.party == "other" else phrase if phrase.party in _COUNTED else None


_READERS: dict[str, Callable[[Reading, int, int, int], list[Harm]]] = {
    **{conj + form: _risen for form in words("stated_tolls.rose") for conj in ("", "\u0648")},
    **dict.fromkeys(words("stated_tolls.their_number"), _their_number),
    **dict.fromkeys(words("stated_tolls.spoke"), _spoken_of),
    **dict.fromkeys(words("stated_tolls.became"), _became),
    **{conj + form: _reached for form in words("stated_tolls.reached") for conj in ("", "\u0648")},
    **dict.fromkeys(_HAD_BEEN | words("stated_tolls.from"), _from),
    **{conj + form: _estimated for form in words("stated_tolls.estimated") for conj in ("", "\u0648")},
}
_READ = frozenset(_READERS)
