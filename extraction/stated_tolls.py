"""Tolls told by a figure alone: "the toll rose to nine", "Injured: 30", "put the wounded at five", "while the army spoke of four"."""

from collections.abc import Callable
from itertools import chain

from extraction.counted_people import SPECIFIC_PARTIES, party_after, phrase_at
from extraction.lexicon import words
from extraction.matching import Hit, bare_forms
from extraction.numbers import number_at
from extraction.reading import Reading
from extraction.tolls import Harm

_EXCEPT, _LOSSES = words("stated_tolls.except"), words("stated_tolls.losses")
_IDENTITY = ("\u0647\u0648\u064a\u062a", "\u0647\u0648\u064a\u0647")
STATED = "casualties: a stated toll"
_OF = words("stated_tolls.of")
_TO, _ROSE = words("stated_tolls.to"), words("stated_tolls.rose") | words("stated_tolls.rise")
_AT, _BY = words("stated_tolls.about"), "\u0628"
_NEAR = 12  # tokens from "the dead of the ambush in X" to the verb
_TOLD = frozenset(("killed", "wounded", "casualties"))
_FAR = 35  # tokens from the dead to the figure they rose to


def stated_tolls(reading: Reading, first: int, last: int) -> list[Harm]:
    """Figures of a sentence's tokens that stand with neither a verb of harm nor people beside them."""
    out: list[Harm] = []
    told = reading.hits.between("harm", first, last)
    if told:
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
    if rise + 3 < last and forms[rise + 1] in _TO and (number := number_at(reading.document, rise + 2, last)) and number.kind == "exact":
        noun = next(
            (h for h in reading.hits.between("harm", number.last, min(number.last + 2, last))), None
        )  # "rose to 47 the number of dead"
        if noun and noun.first == number.last + 1 and forms[number.last] in words("tolls.count") | words("harm_nouns.number_of"):
            party, end = party_after(reading, noun.last, last)
            harm = "wounded" if noun.entry.attributes["harm"] == "wounded" else "killed"
            return [Harm(rise, max(end, noun.last), harm, party or "unsaid", number.value, "exact", STATED, is_revised=True)]
    counted = phrase_at(reading, rise + 2, last) if rise + 2 < last and forms[rise + 1] in _TO else None
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
    counted = phrase_at(reading, at + 1, last)  # "to ten [of the policemen]"
    party = party or (counted.party if counted and counted.party in SPECIFIC_PARTIES else None)
    harm = "wounded" if dead.entry.attributes["harm"] == "wounded" else "killed"
    return [h._replace(is_revised=True, party=party or "unsaid") for h in _told(reading, at, at + 1, last, harm)]


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
    party, end = party_after(reading, dead.last, last)
    k = next((k for k in range(max(end, dead.last), min(dead.last + 6, last)) if _figure(reading, k, last)), None)
    if k is None or reading.hits.between("harm", dead.last, k):
        return []
    harm = "wounded" if dead.entry.attributes["harm"] == "wounded" else "killed"
    return [h._replace(is_revised=True, party=party or "unsaid") for h in _told(reading, dead.first, k, last, harm)]


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
    """The figure at token `at` as one count that begins at token `first`; nothing where none stands there."""
    number = number_at(reading.document, at, last) if _figure(reading, at, last) else None
    return [Harm(first, number.last, harm, "unsaid", number.value, "exact", STATED)] if number and number.value else []


def _figure(reading: Reading, at: int, last: int) -> bool:
    """Whether an exact number that counts nothing named after it stands at `at`."""
    number = number_at(reading.document, at, last) if at < last else None
    if number is None or number.kind != "exact":
        return False
    after = reading.document.forms[number.last] if number.last < last else "."
    return not after[0].isalpha() or after in words("counted_people.after_count") or after == "with"


_READERS: dict[str, Callable[[Reading, int, int, int], list[Harm]]] = {
    **{conj + form: _risen for form in words("stated_tolls.rose") for conj in ("", "\u0648")},
    **dict.fromkeys(words("stated_tolls.their_number"), _their_number),
    **dict.fromkeys(words("stated_tolls.spoke"), _spoken_of),
    **dict.fromkeys(words("stated_tolls.became"), _became),
    **{conj + form: _estimated for form in words("stated_tolls.estimated") for conj in ("", "\u0648")},
}
_READ = frozenset(_READERS)
