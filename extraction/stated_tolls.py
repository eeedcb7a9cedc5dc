"""Tolls told by a figure alone: "the toll rose to nine", "Injured: 30", "put the wounded at five", "while the army spoke of four"."""

from extraction.counted_people import party_after
from extraction.lexicon import words
from extraction.numbers import number_at
from extraction.reading import Reading
from extraction.tolls import Harm

STATED = "casualties: a stated toll"
_OF = words("stated_tolls.of")
_FAR = 35  # tokens from the dead to the figure they rose to


def stated_tolls(reading: Reading, first: int, last: int) -> list[Harm]:
    """Figures of a sentence's tokens that stand with neither a verb of harm nor people beside them."""
    return [
        *_tolls(reading, first, last),
        *_risen(reading, first, last),
        *_headed(reading, first, last),
        *_put(reading, first, last),
        *_spoken_of(reading, first, last),
    ]


def _tolls(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "The toll rose to nine", "Death toll: 8"."""
    forms = reading.document.forms
    out: list[Harm] = []
    for cue in reading.cues(first, last, "toll"):
        reach = min(cue.last + 16, last - 1)
        at = next((k for k in range(cue.last, reach) if forms[k] in words("stated_tolls.stands") and _figure(reading, k + 1, last)), None)
        named = reading.hits.between("harm", cue.last, at) if at is not None else []
        if at is not None and all(h.first == cue.last for h in named):  # "the toll of the dead of the blast in X rose to three"
            rose = any(form in words("stated_tolls.rose") for form in forms[max(first, cue.first - 2) : at])
            out += [h._replace(is_revised=rose) for h in _told(reading, cue.first, at + 1, last, "killed")]
    return out


def _risen(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "The number of the dead of the attack, which …, rose to seven": the figure far behind the people it counts."""
    forms = reading.document.forms
    out: list[Harm] = []
    rose = words("stated_tolls.rose") if reading.hits.between("harm", first, last) else ()
    for rise in (k for k in range(first, last) if rose and forms[k].removeprefix("\u0648") in rose):
        dead = next((h for h in reading.hits.between("harm", rise + 1, rise + 4) if h.entry.attributes["form"] == "people"), None)
        if dead is None or dead.entry.attributes["harm"] not in ("killed", "wounded", "casualties"):
            continue
        party, end = party_after(reading, dead.last, last)
        at = next(
            (k for k in range(end, min(end + _FAR, last - 1)) if forms[k] in words("stated_tolls.to") and _figure(reading, k + 1, last)),
            None,
        )
        if at is None or reading.hits.between("harm", end, at):
            continue
        harm = "wounded" if dead.entry.attributes["harm"] == "wounded" else "killed"
        told = [h._replace(is_revised=True, party=party or "unsaid") for h in _told(reading, at, at + 1, last, harm)]
        out += told
    return out


def _headed(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "Injured: 30"."""
    out: list[Harm] = []
    for hit in reading.hits.between("harm", first, min(first + 3, last)):
        if hit.last + 1 < last and reading.document.forms[hit.last] == ":":
            out += _told(reading, hit.first, hit.last + 1, last, hit.entry.attributes["harm"])
    return out


def _put(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "The ministry put [the number of] the wounded at five", "revised it to six"."""
    forms = reading.document.forms
    out: list[Harm] = []
    for hit in reading.hits.between("harm", first, last):
        is_put = not words("stated_tolls.put").isdisjoint(forms[max(first, hit.first - 5) : hit.first])
        is_revised = not words("stated_tolls.revised").isdisjoint(forms[max(first, hit.first - 5) : hit.first])
        if hit.last + 1 < last and ((is_put and forms[hit.last] == "at") or (is_revised and forms[hit.last] == "to")):
            told = _told(reading, hit.first, hit.last + 1, last, hit.entry.attributes["harm"])
            out += [h._replace(is_revised=is_revised) for h in told]
    return out


def _spoken_of(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "Six were killed, a statement said, while the army spoke of four": of the harm told before."""
    forms = reading.document.forms
    out: list[Harm] = []
    for k in range(first, last - 2):
        if forms[k] in words("stated_tolls.spoke") and forms[k + 1] in _OF:
            before = [h for h in reading.hits.between("harm", first, k) if h.entry.attributes["harm"] in ("killed", "wounded")]
            if before:
                out += _told(reading, k, k + 2, last, before[-1].entry.attributes["harm"])
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
