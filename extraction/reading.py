"""Everything found in one text, by position: what the later stages ask for by token ranges."""

from bisect import bisect_left, bisect_right
from itertools import pairwise
from sys import maxsize

from extraction.actors import Actor
from extraction.matching import Hit
from extraction.place_mentions import Located
from extraction.records import between
from extraction.text import Document, Sentence
from extraction.time_expressions import Expression
from extraction.types import Quote
from extraction.vocabulary import Hits

__all__ = ["Reading", "Span", "begins", "between", "is_within"]

Span = tuple[int, int]  # start and end in the text as read
_WIDE = ("governorate", "district", "subdistrict")


def is_within(spans: list[Span], at: int) -> bool:
    """Whether one of these spans, in order, covers a place in the text."""
    before = bisect_right(spans, (at, maxsize))
    return any(at < end for _, end in spans[max(0, before - 3) : before])


def begins(spans: list[Span], at: int) -> bool:
    """Whether one of these spans, in order, begins at a place in the text."""
    first = bisect_left(spans, (at, 0))
    return first < len(spans) and spans[first][0] == at


class Reading:
    """A text with its lexicon hits, dates, places and actors, each in order of position."""

    def __init__(self, document: Document, hits: Hits, dates: list[Expression], places: list[Located], actors: list[Actor]):
        self.document = document
        self.sentences = document.sentences
        self.hits = hits
        self.sentence_starts = [sentence.first for sentence in document.sentences]
        self.dates = dates
        self.places = places
        self.actors = actors
        # The first mention of each listed actor the text names, by slug.
        self.listed_actors = {actor.mention.actor: actor for actor in reversed(actors) if actor.mention.actor}
        # Where each actor's mention begins in the text as read, with the actor's number, in order.
        self.actor_starts = sorted([(actor.mention.start, number) for number, actor in enumerate(actors)])
        # The first mention of each governorate and district the text names, by gazetteer id, also where a name may stand for several.
        self.administrations = {
            option.id: p for p in reversed(places) for option in p.options if option.level in _WIDE and p.mention.level in _WIDE
        }
        # Offices with the person named right after them.
        self.office_holders = [
            (a, b) for a, b in pairwise(actors) if a.kind == "executive_office" and b.kind == "person" and 0 <= b.first - a.last <= 2
        ]

    def cues(self, first: int, last: int, *names: str) -> list[Hit]:
        """Cue words of these kinds that begin at tokens `first` up to `last`, in order."""
        return self.hits.named(first, last, names)

    def sentence_of(self, token: int) -> Sentence:
        """The sentence a token stands in."""
        return self.sentences[bisect_right(self.sentence_starts, token) - 1]

    def quote(self, first: int, last: int) -> Quote:
        """The passage of tokens `first` up to `last`, without punctuation at its edges."""
        forms = self.document.forms
        while last - 1 > first and forms[last - 1] in (",", ";", '"', ":", "-", "("):
            last -= 1
        while first < last - 1 and forms[first] in (",", ";", ")", "-", ":"):
            first += 1
        start, end = self.document.span(first, last)
        return Quote(start, end, self.document.raw[start:end])
