"""Candidates as the extractor proposes them, without running it: a test says only what matters to it."""

from datetime import date
from typing import Any

from incidents.models import Candidate
from incidents.taxonomy import BY_SLUG
from sources.models import Article


def day(value: date, phrase: str = "اليوم", **more: Any) -> dict[str, Any]:
    return {"start": value.isoformat(), "end": value.isoformat(), "date_prec": 1, "phrase": phrase, "anchor": None, **more}


def candidate(article: Article, type: str = "armed_attack", *, words: str = "", **proposal: Any) -> Candidate:
    """A waiting candidate that quotes `words` of the article (all of it unless given)."""
    words = words or article.text
    start = article.text.index(words)
    quote = {"start": start, "end": start + len(words), "text": words}
    kind = proposal.pop("kind", "") or BY_SLUG[type].kind
    proposal = {"kind": kind, "type": type, "modality": "occurred", "quotes": [quote], **proposal}
    index = Candidate.objects.filter(article=article).count()
    return Candidate.objects.create(
        article=article, kind=kind, type=type, start=start, end=quote["end"], score=0.9, proposal={"index": index, **proposal}
    )


def span(article: Article, words: str, **value: Any) -> dict[str, Any]:
    """A value with the span of the words it was read from."""
    start = article.text.index(words)
    return {"start": start, "end": start + len(words), "name": words, **value}


def toll(article: Article, words: str, low: int, *, party: str = "mixed", harm: str = "killed", **more: Any) -> dict[str, Any]:
    return span(article, words, party=party, harm=harm, low=low, high=more.pop("high", low), quantifier="exact", **more)
