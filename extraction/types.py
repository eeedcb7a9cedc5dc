"""What the extractor gives: frozen records whose every value carries the span it was read from and the rule that read it.

Offsets are Unicode code points into the text as read. Slugs are those of the domain (docs/model.md).
"""

from datetime import date
from typing import Any, NamedTuple

TALKS_HELD = frozenset(("meeting", "visit", "call", "conference"))  # types of coordination at which two sides speak on a day


class Quote(NamedTuple):
    """A passage, anchored: `text == source[start:end]`."""

    start: int
    end: int
    text: str


class DateMention(NamedTuple):
    """One expression of time. `first`/`last` are None while nothing anchors it (GED date_prec 1-5, None where unknown)."""

    start: int
    end: int
    phrase: str
    first: date | None
    last: date | None
    precision: str  # day, night, range, week, month, year, period, unknown
    date_prec: int | None
    anchor: date | None
    rule: str
    flags: tuple[str, ...] = ()


class PlaceMention(NamedTuple):
    """A named place; `place` is a gazetteer id, None where the name is unknown or stays ambiguous between `candidates`."""

    start: int
    end: int
    name: str
    place: str | None
    level: str
    lat: float | None
    lon: float | None
    where_prec: int  # GED 1-7
    rule: str
    candidates: tuple[str, ...] = ()


class ActorMention(NamedTuple):
    """A force, unit, office, person or group; `actor` is a slug of actors.csv, None where it is not listed."""

    start: int
    end: int
    name: str
    actor: str | None
    kind: str
    role: str
    rule: str


class Casualty(NamedTuple):
    """So many of one party came to one harm; `low`/`high` are None where the text gives only a vague word,
    `high` also where it says "at least"."""

    start: int
    end: int
    party: str
    harm: str
    low: int | None
    high: int | None
    quantifier: str  # exact, at_least, at_most, about, vague
    rule: str
    part_of_total: bool = False
    revised: bool = False  # the text says the toll rose (or fell) to this
    superseded: bool = False  # an earlier toll, which the text says rose (or fell) to another


class Origin(NamedTuple):
    """Who says it, and through which agencies (`relay`, outermost last) the words came."""

    start: int
    end: int
    name: str
    speaker: str | None
    kind: str
    phrase: str
    rule: str
    relay: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What a meeting promised or an operation achieved."""

    start: int
    end: int
    text: str
    status: str  # announced, implemented, not_implemented
    rule: str


class Figure(NamedTuple):
    """One number of an aggregate statement."""

    start: int
    end: int
    measure: str
    value: int


class Term(NamedTuple):
    """A weapon or an operation's name, as printed."""

    start: int
    end: int
    name: str
    slug: str
    rule: str


class Link(NamedTuple):
    """A stated relation to another event of the same report (`target` is its index)."""

    relation: str
    target: int
    phrase: str
    start: int
    end: int


class Event(NamedTuple):
    """One candidate: an attack, a coordination event, or an aggregate somebody asserts."""

    kind: str  # incident, coordination, statistic
    type: str
    modality: str
    score: float
    quotes: tuple[Quote, ...]
    rule: str
    date: DateMention | None = None
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    origins: tuple[Origin, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    figures: tuple[Figure, ...] = ()
    weapons: tuple[Term, ...] = ()
    operation_name: Term | None = None
    is_claimed: bool = False
    links: tuple[Link, ...] = ()
    flags: tuple[str, ...] = ()


class Published(NamedTuple):
    """The day the report came out, and how that is known."""

    date: date | None
    basis: str  # given, metadata, dateline, text, unknown
    start: int | None = None
    end: int | None = None
    rule: str = ""


class Report(NamedTuple):
    """One article read."""

    path: str | None
    sha256: str
    title: str | None
    outlet: str | None
    language: str
    published: Published
    events: tuple[Event, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()
    length: int = 0
    read_to: int = 0

    @property
    def text_spans(self) -> tuple[tuple[int, int], ...]:
        """Spans of the text that are not page furniture, in order; `furniture` holds the rest."""
        edges = [0, *(offset for span in self.furniture for offset in span), self.length]
        return tuple((start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form of one article (docs/extraction.md)."""
        from extraction.serialise import report_as_dict

        return report_as_dict(self)
