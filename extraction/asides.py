"""What stands between a verb of harm and the people it tells of: a day, a place, a source between commas, the battle they fell in."""

from extraction.counted_people import person_at, phrase_at
from extraction.lexicon import words
from extraction.quantities import QUANTIFIERS
from extraction.reading import Reading, between

_AFTER_VERB = words("asides.after_verb")
_AT = words("asides.at")
_ASIDE = frozenset((",", "-", "\u2013", "\u2014"))
_OPENS_ADJUNCT = words("asides.opens_adjunct")
_RELATIVE_FAR = 14  # tokens of what "that" tells of the attack
_ADJUNCT_FAR = 8  # tokens of such an adjunct
_MAY_HAVE_DONE = frozenset(("isis", "other_armed", "attacker", "armed", "suspect", "other", "family", "them", "neutral"))
_AND, _BEH = "\u0648", "\u0628"
_PRONOUNS = ("\u0647", "\u0647\u0627", "\u0647\u0645")


def past_adverbs(reading: Reading, at: int, last: int) -> int:
    """Past "in it", "also", a time and a place between a verb and the people it harmed, commas around them or not."""
    forms, verb = reading.document.forms, at
    while at < last:
        if reading.cues(at, at + 1, *QUANTIFIERS):
            break  # of the count behind it
        start = at + (forms[at] == "," and at + 1 < last)
        start += forms[start] in _AT and start + 1 < last
        # "from the village of X": the place stands behind the word for what it is
        places = between(reading.places, start, start + 1 + (start > at))
        ends = [e.last for e in between(reading.dates, start, start + 1)] + [p.last for p in places]
        aside = ends[0] if ends else None
        if (
            aside is None
            and forms[start - 1] in words("particles.from")
            and forms[start].endswith(_PRONOUNS)
            and phrase_at(reading, start, last) is None
        ):
            aside = start + 1  # "abducted from his village two herdsmen"
        aside = aside or _past_source(reading, at, last)
        bracketed = [e.last for e in between(reading.dates, at + 1, at + 2)] if forms[at] == "(" else []
        if bracketed and forms[bracketed[0] : bracketed[0] + 1] == [")"]:
            at = bracketed[0] + 1  # "were killed (Wednesday) three soldiers"
        elif aside is not None and aside < last:
            aside += aside + 1 < last and forms[aside] in words("asides.last")
            at = aside + (forms[aside] == ",")
        elif forms[at] in _AFTER_VERB and not (at == verb and person_at(reading, at)):  # "killed the bomber"
            at += 1
            at += at + 1 < last and forms[at] == ","  # "in 72 hours only, eight soldiers"
        elif at > verb and forms[at] in words("casualties.who") and (beyond := _to_people(reading, at, last)) is not None:
            at = beyond  # "fell victim to the attack that took place in X last night …"
        elif (beyond := _past_event(reading, at, last)) is not None:
            at = beyond
        else:
            break
    return at


def past_adjunct(reading: Reading, at: int, last: int) -> int:
    """Past what stands between a verb and the people it harmed where it opens with a particle: "were killed [near the bridge at the
    hands of the group] three soldiers"; `at` where no counted people stand behind it, or only those who may have done it."""
    forms = reading.document.forms
    if (
        at >= last
        or reading.cues(at, at + 1, *QUANTIFIERS)
        or not (_OPENS_ADJUNCT & {forms[at], forms[at - 1]} or (forms[at].startswith(_BEH) and len(forms[at]) > 3))
    ):
        return at
    for k in range(at + 1, min(at + _ADJUNCT_FAR, last)):
        verb = reading.hits.at("triggers", k)
        if forms[k] in ',.;:"()' or reading.hits.at("harm", k) or (verb and verb.entry.is_verb) or forms[k].startswith(_AND):
            return at
        if forms[k - 1] in _OPENS_ADJUNCT:
            continue  # "by the fire of [three soldiers]"
        phrase = phrase_at(reading, k, last)
        if phrase and phrase.counted and phrase.value and phrase.first == k and phrase.party not in _MAY_HAVE_DONE:
            return k
    return at


def _past_event(reading: Reading, at: int, last: int) -> int | None:
    """Past the battle or the raid in "were killed in Saturday's battles ten fighters", up to the people; None where it names its own."""
    forms = reading.document.forms
    event = reading.hits.at("triggers", at)
    if event is None or event.entry.is_verb or not (event.prefix or forms[at - 1] in words("asides.at_event")):
        return None
    beyond = _past_source(reading, event.last, last) if event.last < last else None
    start = event.last if beyond is None else beyond + (forms[beyond] == ",")  # "killed in the fighting, according to X, were four"
    return _to_people(reading, start, last)


def _to_people(reading: Reading, start: int, last: int) -> int | None:
    """Where the counted people behind an attack's name begin, what "that" tells of it passed over; None where it names its own."""
    forms = reading.document.forms
    is_told = start < last and forms[start] in words("casualties.who")
    for k in range(start, min(start + (_RELATIVE_FAR if is_told else 7), last)):
        if forms[k] in ',.;:"(' or reading.hits.at("harm", k) or (reading.hits.at("triggers", k) and not is_told):
            return None
        phrase = phrase_at(reading, k, last)
        if phrase and phrase.counted and phrase.value and phrase.party not in ("other", "family", "isis"):
            return k
    return None


def _past_source(reading: Reading, at: int, last: int) -> int | None:
    """Past the source between commas or dashes: "were hurt, according to witnesses, four men"."""
    forms = reading.document.forms
    if forms[at] not in _ASIDE or not reading.cues(at + 1, min(at + 2, last), "according"):
        return None
    end = next((k for k in range(at + 2, min(at + 16, last)) if forms[k] == forms[at]), None)
    return None if end is None or reading.hits.between("harm", at, end) else end + (forms[at] != ",")


def past_place(reading: Reading, at: int) -> int:
    """Past the village in "the mukhtar of X and two of his sons", past unit and name in "the brigade's commander X and 16 fighters"."""
    for _ in range(3):
        if person_at(reading, at) and reading.document.forms[at].startswith(_AND):
            break  # "three soldiers [and a civilian]"
        ends = [p.last for p in between(reading.places, at, at + 1)] + [a.last for a in between(reading.actors, at, at + 1)]
        if not ends and at + 1 < len(reading.document.forms) and reading.document.forms[at] in words("particles.in"):
            ends = [p.last for p in between(reading.places, at + 1, at + 2)]  # "a man in X [and another in Y]"
        if not ends and at + 1 < len(reading.document.forms) and reading.document.forms[at] in words("particles.from"):
            ends = [a.last for a in between(reading.actors, at + 1, at + 2)]  # "three soldiers of the Eighth Division [and a guard]"
        if not ends:
            break
        at = max(ends)
    return at


def past_wounds(reading: Reading, at: int, last: int) -> int:
    """Past "with light wounds" behind the wounded; `at` where they are not told of."""
    forms = reading.document.forms
    if at + 1 >= last or forms[at] not in words("casualties.with_wounds"):
        return at
    return at + 1 + (not forms[at + 1].startswith(_AND) and forms[at + 1].isalpha())
