"""Harm that no one word tells: "four soldiers fell", "two herdsmen were exposed to abduction", "their fate is unknown", "fell into the
hands of the police", "four soldiers, wounded, were moved".

Each phrase counts only people named beside it: shells, cities and prices fall as well, and a convoy is exposed to fire.
"""

from extraction.counted_people import CountedPhrase, past_epithets, person_at, phrase_at
from extraction.lexicon import words
from extraction.matching import Hit, bare_forms
from extraction.reading import Reading, between
from extraction.tolls import Harm

_OF_SEVERAL = ("\u0648\u0627", "\u0637\u0627", "\u062f\u0627")  # saqatu, saqata, faqada
_WAW, _LAM = "\u0648", "\u0644"
_AS_DEAD = words("harm_phrases.as_dead")
_FALLEN = words("harm_phrases.fallen")
_THEIR_LIVES = words("casualties.their_lives")
_HER_MEN = words("event_tolls.her_men")
_PEOPLE_FAR = 9  # tokens from "fell" or "were exposed" to what they fell into


def phrases_of_harm(reading: Reading, first: int, last: int) -> list[Harm]:
    """Counts of a sentence's tokens told by such phrases, in order."""
    out: list[Harm] = []
    for cue in reading.cues(first, last, *_READERS):
        harm = _READERS[cue.entry.attributes["cue"]](reading, cue, last)
        if harm and not (out and harm.first < out[-1].last):
            out.append(harm)
    return out


def people_behind(reading: Reading, at: int, last: int) -> CountedPhrase | None:
    """The counted people right behind a verb, a day, a place, "of them" and what stands between commas passed over."""
    forms = reading.document.forms
    while at < last:
        aside = [e.last for e in between(reading.dates, at, at + 1)] + [p.last for p in between(reading.places, at + 1, at + 2)]
        if forms[at] in words("asides.after_verb") and person_at(reading, at) is None:
            at += 1
        elif aside and (between(reading.dates, at, at + 1) or forms[at] in words("asides.at")):
            at = aside[0]
        else:
            break
    return phrase_at(reading, at, last) if at < last else None


def _named(phrase: CountedPhrase | None) -> bool:
    return phrase is not None and phrase.counted and phrase.value is not None and phrase.party not in ("other", "family", "them")


def _fallen(reading: Reading, cue: Hit, last: int) -> Harm | None:
    """ "Four soldiers fell", "the fall of two policemen": killed, unless the words behind them say otherwise ("fell wounded")."""
    is_lost = cue.entry.term in words("harm_phrases.lost")
    if is_lost and reading.hits.at("harm", cue.first):
        return None  # "the force lost an officer and two men" is told as the killing of them
    loser = next(iter(between(reading.actors, cue.last, cue.last + 1)), None) if is_lost else None  # "the army lost on Friday two men"
    phrase = people_behind(reading, past_epithets(reading, loser.last, last) if loser else cue.last, last)
    if phrase is None and reading.document.forms[cue.last - 1].endswith(_OF_SEVERAL):
        phrase = _those_before(reading, cue)  # "seven policemen fell [victims of an attack]"
    if phrase is None or not _named(phrase):
        return None
    if any(h.entry.attributes["form"] == "people" for h in reading.hits.between("harm", phrase.first, phrase.last)):
        return None  # "the fall of five wounded": the noun tells it
    if cue.entry.term in words("harm_phrases.went_missing") and loser is None and (phrase.value or 0) > 1:
        behind = max(phrase.last, cue.last)
        lives = not _THEIR_LIVES.isdisjoint(reading.document.forms[behind : min(behind + 2, last)])
        lives = lives or not _HER_MEN.isdisjoint(reading.document.forms[phrase.first : phrase.last])  # "the force lost four of its men"
        return _harm(cue, phrase, "killed" if lives else "missing")
    if is_lost and phrase.party in ("civilian", "neutral"):
        return None  # a man lost two of his sons: nobody says when, nor how
    told = [h for h in reading.hits.between("harm", phrase.last, phrase.last + 3) if h.entry.attributes["form"] != "verb"]
    if told and not reading.document.forms[phrase.last].startswith(_WAW) and reading.document.forms[told[0].first] not in _AS_DEAD:
        return None  # "between dead and wounded", "wounded": the noun tells it
    behind = max(phrase.last, cue.last)
    held = not words("harm_phrases.grip").isdisjoint(
        reading.document.forms[behind : min(behind + 2, last)]
    )  # "fell into the grip of the police"
    return _harm(cue, phrase, "arrested" if held else "killed")


def _those_before(reading: Reading, cue: Hit) -> CountedPhrase | None:
    """The counted people right before a verb."""
    end = cue.first - (reading.document.forms[cue.first - 1] == ",")  # "two of the fighters, lost their lives"
    first = max(reading.sentence_of(cue.first).first, end - _PEOPLE_FAR)
    before = (phrase_at(reading, k, end) for k in range(first, end))
    return next((p for p in before if p and p.counted and p.value and past_epithets(reading, p.last, end) == end), None)


def _exposed(reading: Reading, cue: Hit, last: int) -> Harm | None:
    """ "Three villagers were exposed to abduction": the harm is the noun behind "to"."""
    phrase = people_behind(reading, cue.last, last)
    if phrase is None or not _named(phrase):
        return None
    for hit in reading.hits.between("harm", phrase.last, min(phrase.last + 4, last)):
        if _LAM in hit.prefix and hit.entry.attributes["form"] in ("process", "people"):
            return _harm(cue, phrase._replace(last=max(phrase.last, hit.last)), hit.entry.attributes["harm"])
    return None


def _of_unknown_fate(reading: Reading, cue: Hit, last: int) -> Harm | None:
    """ "The fate of the three others is unknown"."""
    forms = reading.document.forms
    at = next((k for k in range(cue.last, min(cue.last + 3, last)) if forms[k] not in ("of", "the", "other")), last)
    phrase = phrase_at(reading, at, last) if at < last else None
    if phrase is None or not phrase.counted or not phrase.value:
        return None
    after = reading.document.forms[phrase.last : min(phrase.last + 5, last)]
    unknown = any(not words("harm_phrases.unknown").isdisjoint(bare_forms(form)) for form in after)
    taken = any(h.entry.attributes["harm"] == "abducted" for h in reading.hits.between("harm", phrase.first, phrase.last + 1))
    return _harm(cue, phrase, "abducted" if taken else "missing") if unknown else None


def _gripped(reading: Reading, cue: Hit, last: int) -> Harm | None:
    """ "A leader of the group fell into the hands of the police": the people stand between the verb and its end."""
    phrase = people_behind(reading, cue.last, last)
    if phrase is None or not _named(phrase):
        return None
    after = reading.document.forms[phrase.last : min(phrase.last + _PEOPLE_FAR, last)]
    held = next((k for k, form in enumerate(after) if form in words("harm_phrases.hands")), None)
    if held is not None and any(form.removeprefix(_WAW) in _FALLEN for form in after[:held]):
        return None  # "nine fell dead in an ambush"
    return _harm(cue, phrase._replace(last=phrase.last + held + 1), "arrested") if held is not None else None


def _seized(reading: Reading, cue: Hit, last: int) -> Harm | None:
    """ "Gunmen seized four herdsmen"; what forces seize is not counted among people."""
    phrase = phrase_at(reading, cue.last, last) if cue.last < last else None
    return _harm(cue, phrase, "abducted") if phrase and _named(phrase) and phrase.party == "civilian" else None


def _found_dead(reading: Reading, cue: Hit, last: int) -> Harm | None:
    """ "The headmaster was found killed": the people stand between "upon" and the word for dead."""
    forms, first = reading.document.forms, reading.sentence_of(cue.first).first
    upon = next((k for k in range(cue.first - 1, max(first, cue.first - 8), -1) if forms[k] in words("harm_phrases.upon")), None)
    phrase = phrase_at(reading, upon + 1, cue.first) if upon is not None and upon + 1 < cue.first else None
    if phrase is None or phrase.value is None or phrase.party in ("other", "family", "them"):
        return None
    return Harm(phrase.first, cue.last, "killed", phrase.party, phrase.value, phrase.quantifier, f"harm: {cue.entry.term}")


def _harm(cue: Hit, phrase: CountedPhrase, harm: str) -> Harm:
    first, last = min(cue.first, phrase.first), max(cue.last, phrase.last)
    return Harm(first, last, harm, phrase.party, phrase.value, phrase.quantifier, f"harm: {cue.entry.term}")


_READERS = {
    "fall": _fallen,
    "exposed": _exposed,
    "fate": _of_unknown_fate,
    "gripped": _gripped,
    "seized": _seized,
    "found_dead": _found_dead,
}
