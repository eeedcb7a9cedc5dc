"""Read a news report: text in, candidate events out, every value with the span it was read from.

Pure Python: no Django, no database, no clock, no network. `extract` is the one door; docs/extraction.md says what each stage does.
"""

from extraction.compiled import IS_COMPILED  # the first import: it settles where the next ones come from
from extraction.pipeline import MOST_READ, extract
from extraction.places import Gazetteer
from extraction.types import Report

__all__ = ["IS_COMPILED", "MOST_READ", "Gazetteer", "Report", "extract"]
