"""Names of places in Latin letters that are announced: by a word behind them ("the Zuhour district"), or by one before them."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extraction.folding import fold
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.persons import stop_words
from extraction.text import Document
from extraction.vocabulary import Hits

LONGEST_UNKNOWN = 3  # words of a name that no gazetteer holds
NO_NAMES = ("triggers", "cues", "place_words", "actors", "people", "harm")  # tables whose terms are no part of such a name
_ARTICLES = ("al-", "el-", "as-", "ar-", "ad-", "an-", "at-", "az-")
_NEAR = frozenset(("near",))
_IN = frozenset(("in", "at"))
_BEFORE = _NEAR | _IN
_DESCRIBED = words("latin_places.described")  # "the Kurdish-run region"


class LatinName(NamedTuple):
    """A name at tokens `first` up to `last`, with the word that announces it; `hit` where the gazetteer holds it."""

    first: int
    last: int
    level: str
    beside: str
    is_near: bool
    hit: Hit | None = None


def find_latin(document: Document, hits: Hits, known: dict[int, Hit]) -> Iterator[LatinName]:
    """ "The Zuhour district", "the Sumer and Wahda districts", "near Tal Qasab", "in Zarga, north of Kirkuk": capitalised words, in no
    list, before a word for quarter, behind one of nearness, or behind "in" where the comma behind them says where that is."""
    forms, levels = document.forms, _levels()
    behind = document.where(_level_words())
    listed = {hit.last: hit for hit in known.values()} if behind else {}

    def read(at: int, step: int) -> tuple[int, int]:
        """The capitalised words from a token on, none of a known name; empty where one with a meaning of its own stands among them."""
        end = at
        while 0 <= at < len(forms) and abs(at - end) < LONGEST_UNKNOWN and _is_capitalised(document, at) and at not in known:
            at += step
        first, last = (at + 1, end + 1) if step < 0 else (end, at)
        return (first, last) if not any(hits.at(table, k) for table in NO_NAMES for k in range(first, last)) else (last, last)

    for i in document.where(_BEFORE):
        first, last = read(i + 1, 1)
        if forms[i + 1 : i + 2] == ["eastern"]:
            continue  # "Near Eastern Affairs"
        if first < last and (forms[i] in _NEAR or _is_told_where(document, hits, known, last)):
            yield LatinName(first, last, "village", forms[i], forms[i] in _NEAR)
    within = {k for hit in known.values() for k in range(hit.first + 1, hit.last)} if behind else set()
    for i in behind:
        last = i
        if i in within:
            continue  # "Erbil International Airport" is one name
        while True:
            hit = listed.get(last)
            first = hit.first if hit and has_capital(document, hit.first, last) else read(last - 1, -1)[0]
            if first >= last:
                break
            yield LatinName(first, last, levels[forms[i]], forms[i], False, hit)
            if forms[first - 1] != "and":  # "the Sumer and Wahda districts"
                break
            last = first - 1


def _is_told_where(document: Document, hits: Hits, known: dict[int, Hit], last: int) -> bool:
    """Whether a comma follows, and behind it a direction or a known place, or "in"."""
    forms = document.forms
    if last + 1 >= len(forms) or forms[last] != ",":
        return False
    return last + 1 in known or forms[last + 1] in _IN or any(hits.at("place_words", k) for k in range(last + 1, last + 5))


def _is_capitalised(document: Document, at: int) -> bool:
    start, end = document.span(at, at + 1)
    word = document.raw[start:end]
    return (
        (word[:1].isupper() or (word.startswith(_ARTICLES) and word[3:4].isupper()))
        and word.isascii()
        and word.replace("-", "").replace("'", "").isalpha()
        and fold(word) not in stop_words()
        and word.rpartition("-")[2] not in _DESCRIBED
    )


def has_capital(document: Document, first: int, last: int) -> bool:
    """Whether a Latin name is printed with a capital, behind its article as well: "al-Rashad"."""
    start, end = document.span(first, last)
    name = document.raw[start:end]
    return name[:1].isupper() or (name.startswith(_ARTICLES) and name[3:4].isupper())


def is_first_name(document: Document, hits: Hits, first: int, last: int) -> bool:
    """ ", [Soran] Ali, head of the ward, said": a name of one word between a comma and a surname."""
    forms = document.forms
    if first == 0 or last + 1 >= len(forms) or forms[first - 1] != "," or forms[last + 1] != "," or last - first > 1:
        return False
    return forms[last].isalpha() and has_capital(document, last, last + 1) and not hits.at("place_words", last)


@cache
def _levels() -> dict[str, str]:
    """English words that follow a place's name, with its level."""
    levels = ("village", "town", "subdistrict", "facility", "natural_feature", "area")
    return {term: level for level in levels for term in words(f"place_mentions.after_name_{level}")}


@cache
def _level_words() -> frozenset[str]:
    return frozenset(_levels())
