"""Candidate events of a report."""

from datetime import date

from extraction.dates import Expression
from extraction.places import Gazetteer
from extraction.text import Document
from extraction.types import Event
from extraction.vocabulary import Hits


def find_events(document: Document, hits: Hits, dates: list[Expression], published: date | None, gazetteer: Gazetteer) -> tuple[Event, ...]:
    """Every attack, coordination event and aggregate the report tells of, in order."""
    return ()
