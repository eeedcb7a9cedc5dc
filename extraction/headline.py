"""Which line is the headline, and where the body begins."""

import re

from extraction.folding import fold
from extraction.furniture import Lines, classify

_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}:\d\d")
_BYLINE = re.compile(  # place / agency, place: «agency»
    r"^[^\d/]{2,25}\s*(?:[/_]\s*[^\d/]{2,30}|:\s*[\u00ab\"\u201c][^\d/]{2,25}[\u00bb\"\u201d])$"
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def _words(text: str) -> set[str]:
    return {word.removeprefix("ال") for word in _WORD.findall(fold(text))}


def find_title(raw: str, lines: Lines | None = None) -> tuple[tuple[int, int] | None, int]:
    """Span of the headline (None where there is none) and the offset at which the body begins.

    Of the short lines before the body the headline is the one printed twice, else the one that shares most words with the first paragraphs.
    """
    lines = lines or classify(raw)
    kept = [(start, end, role) for start, end, role in lines if role != "furniture"]
    body = [(start, end) for start, end, role in kept if role == "body"]
    heads = [(start, end) for start, end, role in kept if role == "head"]
    body_at = body[0][0] if body else (heads[-1][1] if heads else 0)
    lead = {word for start, end in body[:3] for word in _words(raw[start:end])} if heads else set()
    best, best_score = None, 0.0
    seen: dict[str, int] = {}
    for start, end in heads:
        seen[fold(raw[start:end]).strip()] = seen.get(fold(raw[start:end]).strip(), 0) + 1
    for order, (start, end) in enumerate(heads):
        words = _words(raw[start:end])
        if len(words) < 3 or _DATE.search(fold(raw[start:end])) or _BYLINE.match(raw[start:end].strip()):
            continue
        # A headline stands above the time and the byline; what stands under them is a caption or a deck.
        under = any(role == "furniture" and heads[0][0] < at < start for at, _, role in lines)
        score = len(words & lead) / len(words) + (seen[fold(raw[start:end]).strip()] > 1) - 0.02 * order - 0.4 * under + 0.5
        if score > best_score:
            best, best_score = (start, end), score
    if best is None:
        return None, body_at
    start, end = best
    stripped = raw[start:end].strip()
    start += raw[start:end].index(stripped)
    return (start, start + len(stripped)), body_at
