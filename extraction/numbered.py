"""Attacks counted off: "two bombs went off: the first hit a patrol …, the second …, as for the third …"."""

from bisect import bisect_right
from functools import cache

from extraction.folding import fold
from extraction.lexicon import rows, words
from extraction.matching import Hit
from extraction.mention import count_before
from extraction.reading import Reading

_AL = "\u0627\u0644"
_DUAL = ("\u064a\u0646", "\u0627\u0646")
_CONJUNCTIONS = ("\u0648", "\u0641")
_FEMININE = "\u0647"  # as folded
_IN_SUCCESSION = words("numbered.in_succession")
_NEXT = words("numbered.next")
_OPENING = words("numbered.opening")
_SAID = words("clause_places.that") | {'"'}
_TELLER = 14  # tokens: "the source, who asked not to be named, added that"
_VEHICLES = words("triggers.vehicles")
_SUMMED_UP = 3  # sentences back


def is_counted_off(reading: Reading, first: int) -> bool:
    """Whether what begins at token `first` opens with "the second", "as for the third", "while the other struck", of attacks the text has
    told of as several."""
    forms, at = reading.document.forms, _behind_teller(reading, first)
    last = min(at + 4, len(forms))
    while at < last:
        bare = forms[at].removeprefix(_CONJUNCTIONS[0]).removeprefix(_CONJUNCTIONS[1])
        if bare in _NEXT:
            return _are_summed_up(reading, first)
        hit = reading.hits.at("triggers", at)
        if hit.entry.attributes["type"] == "killing" if hit else forms[at] not in _OPENING:
            return False  # "the third was killed"
        at = hit.last if hit else at + 1
    return False


def _behind_teller(reading: Reading, first: int) -> int:
    """Where what is told begins: behind "he went on: ", "the source added that"."""
    forms = reading.document.forms
    if not reading.cues(first, first + 1, "say", "continue"):
        return first
    said = reading.document.where(_SAID, first, min(first + _TELLER, len(forms)))
    return said[-1] + 1 if said else first


def _are_summed_up(reading: Reading, before: int) -> bool:
    """Whether "two explosions", "attacks", "three car bombs" stand in the sentences up to a token; not two bombers, nor two bombs laid to
    go off one behind the other."""
    number = bisect_right(reading.sentence_starts, before) - 1
    hits = reading.hits.between("triggers", reading.sentence_starts[max(0, number - _SUMMED_UP)], before)
    told = [h for h in hits if h.entry.attributes["kind"] == "incident" and not reading.hits.at("people", h.first)]
    if any(not _IN_SUCCESSION.isdisjoint(reading.document.forms[h.last : h.last + 4]) for h in told):
        return False
    return any(h.entry.attributes["strength"] == "plural" or is_dual(reading, h) or count_before(reading, h) is not None for h in told)


def is_dual(reading: Reading, hit: Hit) -> bool:
    """ "Two separate attacks", "a bombing with two cars", in one word."""
    if hit.entry.is_verb:
        return False
    tokens = [i for i in range(hit.first, hit.last) if not reading.hits.at("people", i)]  # not "two bombers blew themselves up"
    forms = reading.document.forms
    bare = (forms[i][hit.cut if i == hit.first else 0 :].removeprefix(_AL) for i in tokens if forms[i].endswith(_DUAL))
    return any(form[:-2] in _nouns() or form[:-3] + _FEMININE in _nouns() or form[:-3] + _FEMININE in _VEHICLES for form in bare)


@cache
def _nouns() -> frozenset[str]:
    """The words for incidents that are one noun."""
    return frozenset(fold(row["term"]) for row in rows("triggers.tsv") if row["pos"] == "noun" and row["kind"] == "incident")
