"""How many are counted: the number before a noun, "at least" before or behind it, the two ends of a range."""

from extraction.lexicon import terms, words
from extraction.matching import Hit
from extraction.numbers import Number, number_at, range_at, word_value
from extraction.reading import Reading

QUANTIFIERS = ("about", "at_least", "at_most")
_WAW = "\u0648"
_BEHIND = terms("quantities.behind")
_QUANTIFIER_FAR = 4  # tokens from the people to "at least" behind them
_OF_OTHERS = words("quantities.of_others")
_JOINS = frozenset(("and",))


def number_ending(reading: Reading, at: int, first: int) -> Number | None:
    """The number that ends at token `at`, or right before "others" there; none that begins before `first`."""
    for start in range(max(first, at - 5), at):
        number = number_at(reading.document, start, at)
        if number and (number.last == at or (number.last == at - 1 and reading.document.forms[at - 1] in _OF_OTHERS)):
            return number
    return None


def quantifier_of(reading: Reading, start: int, end: int, first: int) -> tuple[str, int]:
    """at_least, about, at_most by a cue beside the number; and where the phrase then begins."""
    for cue in reading.cues(max(first, start - 4), start, *QUANTIFIERS):
        if cue.last in (start, start - 1):
            return cue.entry.attributes["cue"], cue.first
    behind = quantifier_behind(reading, end, len(reading.document.forms))
    return (behind.entry.attributes["cue"] if behind else "exact"), start


def quantifier_behind(reading: Reading, end: int, last: int) -> Hit | None:
    """ "at least" behind the people it goes with, up to three words of their force between: none of a count that follows."""
    forms = reading.document.forms
    for cue in reading.cues(end, min(end + _QUANTIFIER_FAR, last), *QUANTIFIERS):
        if cue.entry.term not in _BEHIND:
            continue
        aside = forms[end : cue.first]
        stopped = any(f.startswith(_WAW) or not f.isalnum() or f in _JOINS or word_value(f) for f in aside)
        return None if stopped or counts_on(reading, cue) or reading.hits.between("harm", end, cue.first) else cue
    return None


def counts_on(reading: Reading, cue: Hit) -> bool:
    """Whether "more than" stands before a number of its own: "38 were killed and more than 70 hurt"."""
    number = number_at(reading.document, cue.last, len(reading.document.forms)) if cue.last < len(reading.document.forms) else None
    return number is not None and number.kind == "exact"


def upper_of(reading: Reading, first: int, last: int, low: int) -> int:
    """The upper end of a range whose lower one is `low` among these tokens ("between 5 and 7 soldiers"); `low` where none is told."""
    for at in range(first, last):
        span = range_at(reading.document, at, last)
        if span and span[0].value == low:
            return span[1].value or low
    return low
