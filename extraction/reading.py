"""Everything found in one text, by position: what the later stages ask for by token ranges."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from extraction.actors import Actor
from extraction.dates import Expression
from extraction.matching import Hit
from extraction.place_mentions import Located
from extraction.text import Document, Sentence
from extraction.types import Quote
from extraction.vocabulary import Hits


class _Placed(Protocol):
    @property
    def first(self) -> int: ...


T = TypeVar("T", bound=_Placed)


def between(items: list[T], first: int, last: int) -> list[T]:
    """Items (sorted by position) that begin at tokens `first` up to `last`."""
    starts = [item.first for item in items] if len(items) < 32 else None
    if starts is None:
        low = bisect_left(items, first, key=lambda item: item.first)
        high = bisect_left(items, last, key=lambda item: item.first)
        return items[low:high]
    return items[bisect_left(starts, first) : bisect_left(starts, last)]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its lexicon hits, dates, places and actors, each in order of position."""

    document: Document
    hits: Hits
    dates: list[Expression]
    places: list[Located]
    actors: list[Actor]
    sentence_at: dict[int, int] = field(default_factory=dict)

    @property
    def sentences(self) -> list[Sentence]:
        return self.document.sentences

    def quote(self, first: int, last: int) -> Quote:
        """The passage of tokens `first` up to `last`, without punctuation at its edges."""
        forms = self.document.forms
        while last - 1 > first and forms[last - 1] in (",", ";", '"', ":", "-", "("):
            last -= 1
        while first < last - 1 and forms[first] in (",", ";", ")", "-", ":"):
            first += 1
        start, end = self.document.span(first, last)
        return Quote(start, end, self.document.raw[start:end])

    def cues(self, first: int, last: int, *names: str) -> list[Hit]:
        """Cue words of these kinds that begin at tokens `first` up to `last`."""
        return [h for h in self.hits.between("cues", first, last) if h.entry.attributes["cue"] in names]
