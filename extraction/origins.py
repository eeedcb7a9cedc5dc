"""Which of the sources a report names stand behind one event: those of its sentences, else its neighbours', else whose communique it is."""

from bisect import bisect_left, bisect_right
from operator import attrgetter

from extraction.attribution import Attribution
from extraction.folding import fold
from extraction.lexicon import words
from extraction.listing import Listing
from extraction.reading import Reading, between
from extraction.speakers import UNNAMED
from extraction.types import Origin

_SENTENCE = attrgetter("sentence")
_APART = words("event_dates.had") | words("origins.apart")


def in_sentences(attributions: list[Attribution], numbers: set[int]) -> list[Attribution]:
    """The attributions of these sentences, in order; all of them stand in order of their sentences."""
    out: list[Attribution] = []
    for number in sorted(numbers):
        first = bisect_left(attributions, number, key=_SENTENCE)
        out += attributions[first : bisect_right(attributions, number, first, key=_SENTENCE)]
    return out


def _opens_apart(reading: Reading, first: int) -> bool:
    """ "It is recalled that", "in Mosul, two soldiers were killed", under what is told of Kirkuk."""
    return reading.document.forms[first] in _APART or bool(between(reading.places, first, first + 3))


def origins_of(
    reading: Reading, attributions: list[Attribution], issuer: Attribution | None, sentences: set[int], lead: int, listing: Listing
) -> tuple[Origin, ...]:
    """Sources of what these sentences tell; where they name none, a neighbour's of the paragraph; for the lead, the first named."""
    own = in_sentences(attributions, sentences)
    if not own and issuer:
        own = [issuer]
    if not own:
        near = {n + 1 for n in sentences} | {n - 1 for n in sentences}
        paragraphs = {reading.sentences[n].paragraph for n in sentences}
        own = [a for a in in_sentences(attributions, near) if reading.sentences[a.sentence].paragraph in paragraphs]
    if not own:  # a communique speaks with its issuer's voice throughout
        own = [a for a in in_sentences(attributions, {0, 1}) if a.strength == 3 and reading.sentences[a.sentence].first == a.first][:1]
    if not own and listing.preamble is not None and listing.item(min(sentences)) is not None:
        own = in_sentences(attributions, {listing.preamble})[:1]  # "the ministry announced the following:"
    if not own and lead in sentences:
        after = bisect_right(attributions, lead, key=_SENTENCE)
        own = attributions[after : after + 1]
    number = min(sentences)
    sentence, at = reading.sentences[number], bisect_left(attributions, number, key=_SENTENCE) - 1
    if not own and at >= 0 and listing.item(number) is None and not _opens_apart(reading, sentence.first):
        told = reading.sentences[attributions[at].sentence]  # who told earlier in the paragraph goes on
        own = attributions[at : at + 1] if told.paragraph == sentence.paragraph else []
    unique: dict[str, Origin] = {}
    for attribution in own:
        for origin in attribution.origins:
            name = fold(origin.name)  # of two sources without a name "a medical source" is not "doctors at the hospital"
            key = origin.speaker if origin.speaker and origin.speaker not in UNNAMED else ""
            key = key or next((k for k in unique if name in k or k in name), name)
            if key not in unique or len(origin.name) > len(unique[key].name):  # "the police", and then its spokesman by name
                unique[key] = origin
    return tuple(unique.values())
