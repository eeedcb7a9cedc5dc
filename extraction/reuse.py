"""Passages of two articles that carry the same words: likely one statement, handed on by both.

Whole-article similarity misses a communique inside two different reports; passages are compared one by one, by how much of the shorter's
folded word 3-grams the other holds (containment).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extraction.folding import OffsetMap, fold

_WORD = re.compile(r"\w+")
_PASSAGE_END = re.compile(r"[.!?\n]")
_SHORTEST = 8  # words: shorter passages repeat by chance
_CONTAINMENT = 0.5


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """Spans in either text, and the share of the shorter one's 3-grams found in the other (0-1)."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    containment: float


def _passages(text: str) -> list[tuple[int, int, frozenset[tuple[str, ...]]]]:
    folded, offsets = fold(text), OffsetMap(text)
    edges = [0, *(m.end() for m in _PASSAGE_END.finditer(folded)), len(folded)]
    out = []
    for start, end in pairwise(edges):
        words = [w for w in _WORD.finditer(folded, start, end) if w.group()]
        if len(words) < _SHORTEST:
            continue
        grams = _grams([w.group() for w in words])
        out.append((offsets.start(words[0].start()), offsets.end(words[-1].end()), grams))
    return out


def containment(a: str, b: str) -> float:
    """Share (0-1) of the shorter text's folded word 3-grams that stand in the other; 0 where either is too short to tell."""
    ours, theirs = _grams_of(a), _grams_of(b)
    shorter = min(len(ours), len(theirs))
    return round(len(ours & theirs) / shorter, 3) if shorter > _SHORTEST - 2 else 0.0


@lru_cache(maxsize=4096)
def _grams_of(text: str) -> frozenset[tuple[str, ...]]:
    # One passage is compared with hundreds of others in a row.
    return _grams(_WORD.findall(fold(text)))


def _grams(words: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def shared_passages(a: str, b: str, *, containment: float = _CONTAINMENT) -> list[SharedPassage]:
    """Pairs of passages (sentences) of `a` and `b` that share at least `containment` of the shorter one's word 3-grams, best first."""
    ours, theirs = _passages(a), _passages(b)
    holders: dict[tuple[str, ...], set[int]] = {}
    for number, (_, _, grams) in enumerate(theirs):
        for gram in grams:
            holders.setdefault(gram, set()).add(number)
    out = []
    for start, end, grams in ours:
        counts: dict[int, int] = {}
        for gram in grams:
            for number in holders.get(gram, ()):
                counts[number] = counts.get(number, 0) + 1
        for number, count in counts.items():
            other_start, other_end, other = theirs[number]
            share = count / min(len(grams), len(other))
            if share >= containment:
                out.append(SharedPassage(start, end, other_start, other_end, round(share, 3)))
    return sorted(out, key=lambda p: (-p.containment, p.a_start, p.b_start))
