"""Find every lexicon term in a text in one pass: an index from the first word of each term's forms, over words without their clitics.

Cost is linear: each word is analysed once (and remembered across texts), and a term has at most a handful of words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from extraction.inflection import forms
from extraction.lexicon import words
from extraction.text import Document

_CONJUNCTIONS = "\u0648\u0641"  # w, f
_PREPOSITIONS = "\u0628\u0644\u0643"  # b, l, k
_AL = "\u0627\u0644"
_LIL = "\u0644\u0644"
_FUTURE = "\u0633"
_PERSONS = "\u064a\u062a\u0646\u0627"
_MAY_BE_PROCLITIC = frozenset(_CONJUNCTIONS + _PREPOSITIONS + _AL + _FUTURE)
_WHOLE = words("matching.whole")
_LONGEST_WORD = 24
_REMEMBERED = 30_000


class Entry:
    """One line of a lexicon table; one object a line, so identity is equality."""

    __slots__ = ("attributes", "is_verb", "meaning", "table", "term")

    def __init__(self, table: str, term: str, attributes: dict[str, str]):
        self.table = table
        self.term = term
        self.attributes = attributes
        self.is_verb = attributes.get("pos") == "verb"
        self.meaning = attributes.get("cue") or attributes.get("form") or attributes.get("with", "") + attributes.get("type", "")

    @property
    def rule(self) -> str:
        return f"{self.table}: {self.term}"


@dataclass(slots=True, eq=False)  # read thousands of times a text, and a slot is read quicker than a named tuple's field
class Hit:
    """A term found at tokens `first` up to `last`; `cut` letters of proclitic `prefix` stand before it in its first token."""

    first: int
    last: int
    cut: int
    prefix: str
    entry: Entry


@lru_cache(maxsize=30_000)
def analyses(word: str) -> tuple[tuple[str, str], ...]:
    """(bare form, proclitics taken off), least cut first. The article is taken off too, but a term written with it matches only with it."""
    out = [(word, "")]
    if word.endswith("'s"):  # "the PMF's 44th Brigade"
        out.append((word[:-2], ""))
    if word[:1] not in _MAY_BE_PROCLITIC or not 3 <= len(word) <= _LONGEST_WORD or word in _WHOLE:
        return tuple(out)
    stems = [(word, "")]
    if word[0] in _CONJUNCTIONS and len(word) > 3:
        stems.append((word[1:], word[0]))
    for stem, prefix in list(stems):
        if stem.startswith(_LIL) and len(stem) > 4:
            stems.append((_AL + stem[2:], prefix + "\u0644"))
        elif (stem[0] in _PREPOSITIONS and len(stem) > 3) or (stem[0] == _FUTURE and len(stem) > 4 and stem[1] in _PERSONS):
            stems.append((stem[1:], prefix + stem[0]))
    out += stems[1:]
    out += [(stem[2:], prefix + _AL) for stem, prefix in stems if stem.startswith(_AL) and len(stem) > 4]
    return tuple(out)


@lru_cache(maxsize=30_000)
def bare_forms(word: str) -> tuple[str, ...]:
    """The forms a word may be without its proclitics, each once."""
    return tuple(dict.fromkeys(form for form, _ in analyses(word)))


def cut_of(word: str, prefix: str) -> int:
    """How many letters of `word` stand before the term. The article stays with a name; lil- is two letters for two particles."""
    if not prefix.endswith(_AL):
        return len(prefix) + word[len(prefix) - 1 :].startswith(_LIL) if prefix.endswith("\u0644") else len(prefix)
    outer = prefix[: -len(_AL)]
    return len(outer) + (1 if word[len(outer) - 1 :].startswith(_LIL) and outer else 0)


def _before_verb(prefix: str) -> bool:
    """Whether these proclitics can stand before a verb: and, so, will, in order to; never the article, by or like."""
    return not prefix.endswith(_AL) and "\u0628" not in prefix and "\u0643" not in prefix


_Start = tuple[int, str, tuple[str, ...], Entry]
_Starts = tuple[tuple[_Start, ...], dict[str, list[_Start]]]  # terms of one word; longer ones, by their second word
_NOTHING: _Starts = ((), {})


class TermIndex:
    """Terms by the first word of each of their forms."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._of_word: dict[str, _Starts] = {}

    def __len__(self) -> int:
        return len(self._by_first)

    def add(self, entry: Entry, pos: str) -> None:
        for form in forms(entry.term, pos):
            self.add_form(entry, form)

    def add_form(self, entry: Entry, form: tuple[str, ...]) -> None:
        if form:
            self._by_first.setdefault(form[0], []).append((form[1:], entry))

    def entries(self, form: str) -> Iterator[Entry]:
        """Entries written with this one word."""
        return (entry for rest, entry in self._by_first.get(form, ()) if not rest)

    def _starts(self, word: str) -> _Starts:
        """What may begin at `word`, remembered: a newspaper's words are few, and most begin nothing."""
        alone: list[_Start] = []
        longer: dict[str, list[_Start]] = {}
        seen: set[Entry] = set()
        plain = word[:1] not in _MAY_BE_PROCLITIC and not word.endswith("'s") and ((word, ""),)
        for bare, prefix in plain or analyses(word):
            for rest, entry in self._by_first.get(bare, ()):
                if entry in seen or (prefix and entry.is_verb and not _before_verb(prefix)):
                    continue
                start = (cut_of(word, prefix), prefix, rest, entry)
                if rest:
                    longer.setdefault(rest[0], []).append(start)
                else:
                    alone.append(start)
                    seen.add(entry)
        if len(self._of_word) >= _REMEMBERED:
            self._of_word.clear()
        self._of_word[word] = starts = (tuple(alone), longer) if alone or longer else _NOTHING
        return starts

    def find(self, document: Document, ranges: Iterable[tuple[int, int]]) -> list[Hit]:
        """Every hit inside the token ranges, in order of position; overlapping hits are all given (see `longest`)."""
        words_, of_word, hits = document.forms, self._of_word, []
        for start, stop in ranges:
            for index, starts in enumerate(map(of_word.get, words_[start:stop]), start):
                if starts is None:
                    starts = self._starts(words_[index])
                if starts is _NOTHING:
                    continue
                alone, longer = starts
                for cut, prefix, _, entry in alone:
                    hits.append(Hit(index, index + 1, cut, prefix, entry))
                if not longer or index + 1 >= stop:
                    continue
                for form in bare_forms(words_[index + 1]):
                    for cut, prefix, rest, entry in longer.get(form, ()):
                        last = index + 1 + len(rest)
                        if last <= stop and (len(rest) == 1 or _follows(words_, index + 2, rest[1:])):
                            hits.append(Hit(index, last, cut, prefix, entry))
        return hits


def _follows(words_: list[str], at: int, rest: tuple[str, ...]) -> bool:
    for part in rest:
        word = words_[at]
        if part != word and part not in bare_forms(word):
            return False
        at += 1
    return True


def longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits, in order of position, the first, and of those at one token the longest with the least cut."""
    kept: list[Hit] = []
    begin = end = 0
    for hit in hits:
        if hit.first >= end:
            kept.append(hit)
        elif hit.first == begin and (hit.last > end or (hit.last == end and hit.cut < kept[-1].cut)):
            kept[-1] = hit
        else:
            continue
        begin, end = hit.first, hit.last
    return kept
