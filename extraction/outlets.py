"""Which outlet a report says it is from: its dateline ("Name/ ...", "Name - City") or a line of its own."""

import re

from extraction.lexicon import terms
from extraction.text import Document

_DATELINE = re.compile(r"^\s*([^\W\d_][^\n/:|–—-]{2,28}?)\s*(?:[/|]|[–—-])\s*\S")
_MARKS = re.compile("|".join(sorted(terms("outlets.marks"))), re.IGNORECASE)


def find_outlet(document: Document) -> str | None:
    """The outlet's name as printed, or None; a guess for an editor to confirm, used for nothing else."""
    for sentence in document.sentences[:6]:
        start, end = document.span(sentence.first, sentence.last)
        line_end = document.raw.find("\n", start)
        match = _DATELINE.match(document.raw[start : line_end if line_end > 0 else end])
        if match and len(match[1].split()) <= 4 and _MARKS.search(match[1]):
            return match[1].strip()
    return None
