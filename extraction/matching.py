"""Find every lexicon term in a text in one pass: an index from the first word of each term's forms, over words without their clitics.

Cost is linear: each word is analysed once (and remembered across texts), and a term has at most a handful of words.
"""

from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Final

from extraction.inflection import forms
from extraction.lexicon import words
from extraction.records import Placed
from extraction.text import Document

_CONJUNCTIONS = "\u0648\u0641"  # w, f
_PREPOSITIONS = "\u0628\u0644\u0643"  # b, l, k
_AL = "\u0627\u0644"
_LIL = "\u0644\u0644"
_FUTURE = "\u0633"
_PERSONS = "\u064a\u062a\u0646\u0627"
_MAY_BE_PROCLITIC = frozenset(_CONJUNCTIONS + _PREPOSITIONS + _AL + _FUTURE)
_WHOLE = words("matching.whole")
_NEGATIONS = words("matching.negations")  # short as they are, "and" is written to them
_LONGEST_WORD = 24
_NAMES = frozenset(("actors", "speakers"))
_REMEMBERED = 30_000


class Entry:
    """One line of a lexicon table; one object a line, so identity is equality.

    `shelf` names the hits it is listed among, where of those that overlap one stands; a term of `several` meanings (verb and noun of one
    spelling) has its hits beside those of other terms, one of each meaning.
    """

    __slots__ = ("attributes", "is_verb", "rivals", "several", "shelf", "table", "term")

    def __init__(self, table: str, term: str, attributes: dict[str, str], *, shelf: str = "", several: bool = False):
        self.table = table
        self.shelf = shelf or table
        self.term = term
        self.attributes = attributes
        self.is_verb = attributes.get("pos") == "verb"
        self.several = several
        self.rivals = f"{table} {_meaning(attributes)}" if several else self.shelf  # of the hits at one word one of each name stands

    @property
    def rule(self) -> str:
        return f"{self.table}: {self.term}"

    def may_follow(self, prefix: str) -> bool:
        """Whether these proclitics can stand before it: before a verb only and, so, will, in order to; before a month no article."""
        if prefix.endswith(_AL):
            return not (self.is_verb or self.table == "months")
        return not self.is_verb or ("\u0628" not in prefix and "\u0643" not in prefix)


def _meaning(attributes: dict[str, str]) -> str:
    return attributes.get("cue") or attributes.get("form") or attributes.get("with", "") + attributes.get("type", "")


class Hit(Placed):
    """A term found at tokens `first` up to `last`; `cut` letters of proclitic `prefix` stand before it in its first token."""

    __slots__ = ("cut", "entry", "first", "last", "prefix")

    def __init__(self, first: int, last: int, cut: int, prefix: str, entry: Entry):
        self.first = first
        self.last = last
        self.cut = cut
        self.prefix = prefix
        self.entry = entry


@lru_cache(maxsize=30_000)
def analyses(word: str) -> tuple[tuple[str, str], ...]:
    """(bare form, proclitics taken off), least cut first. The article is taken off too, but a term written with it matches only with it."""
    out = [(word, "")]
    if word.endswith("'s"):  # "the PMF's 44th Brigade"
        out.append((word[:-2], ""))
    if word[:1] not in _MAY_BE_PROCLITIC or not 3 <= len(word) <= _LONGEST_WORD or word in _WHOLE:
        return tuple(out)
    stems = [(word, "")]
    if word[0] in _CONJUNCTIONS and (len(word) > 3 or word[1:] in _NEGATIONS):
        stems.append((word[1:], word[0]))
    for stem, prefix in list(stems):
        if stem.startswith(_LIL) and len(stem) > 4:
            stems.append((_AL + stem[2:], prefix + "\u0644"))
        elif (stem[0] in _PREPOSITIONS and len(stem) > 3) or (stem[0] == _FUTURE and len(stem) > 3 and stem[1] in _PERSONS):
            stems.append((stem[1:], prefix + stem[0]))
    out += stems[1:]
    out += [(stem[2:], prefix + _AL) for stem, prefix in stems if stem.startswith(_AL) and len(stem) > 4]
    return tuple(out)


_BARE_FORMS: Final[dict[str, tuple[str, ...]]] = {}


def bare_forms(word: str) -> tuple[str, ...]:
    """The forms a word may be without its proclitics, each once; remembered, as the same words are asked for a thousand times a text."""
    known = _BARE_FORMS.get(word)
    if known is None:
        if len(_BARE_FORMS) >= _REMEMBERED:
            _BARE_FORMS.clear()
        known = _BARE_FORMS[word] = tuple(dict.fromkeys(form for form, _ in analyses(word)))
    return known


def cut_of(word: str, prefix: str) -> int:
    """How many letters of `word` stand before the term. The article stays with a name; lil- is two letters for two particles."""
    if not prefix.endswith(_AL):
        return len(prefix) + word[len(prefix) - 1 :].startswith(_LIL) if prefix.endswith("\u0644") else len(prefix)
    outer = prefix[: -len(_AL)]
    return len(outer) + (1 if word[len(outer) - 1 :].startswith(_LIL) and outer else 0)


class _Start:
    """A term that may begin at a word: the letters cut off there, as in a hit, and the term's words behind it."""

    __slots__ = ("cut", "entry", "prefix", "rest")

    def __init__(self, cut: int, prefix: str, rest: tuple[str, ...], entry: Entry):
        self.cut = cut
        self.prefix = prefix
        self.rest = rest
        self.entry = entry


class _Starts:
    """What may begin at a word: terms that are this word `alone`, and `longer` ones by their second word."""

    __slots__ = ("alone", "longer")

    def __init__(self, alone: list[_Start], longer: dict[str, list[_Start]]):
        self.alone = alone
        self.longer = longer


_NONE: Final[list[_Start]] = []
_NOTHING = _Starts(_NONE, {})
_Found = tuple[int, _Start]  # where a term ends, and how it begins


class TermIndex:
    """Terms by the first word of each of their forms."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._of_word: dict[str, _Starts] = {}  # what may begin at a word, for a newspaper's words are few; at most of them nothing

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
        alone: dict[str, _Start] = {}
        longer: dict[str, list[_Start]] = {}
        seen: set[Entry] = set()
        plain = word[:1] not in _MAY_BE_PROCLITIC and not word.endswith("'s") and ((word, ""),)
        for bare, prefix in plain or analyses(word):
            for rest, entry in self._by_first.get(bare, ()):
                if entry in seen or (prefix and not entry.may_follow(prefix)):
                    continue
                start = _Start(cut_of(word, prefix), prefix, rest, entry)
                if rest:
                    longer.setdefault(rest[0], []).append(start)
                    continue
                seen.add(entry)
                known = alone.get(entry.rivals)
                if known is None or (start.cut < known.cut and not entry.several):
                    alone[entry.rivals] = start
        return _Starts(list(alone.values()), longer) if alone or longer else _NOTHING

    def find(self, document: Document, found: dict[str, list[Hit]]) -> None:
        """Put every hit inside the document's sentences on its shelf of `found`, in order of position.

        Of overlapping hits of one shelf the first stands, and of those at one token the longest with the least cut; those of several
        meanings all stand, of one meaning the longest.
        """
        if len(self._of_word) >= _REMEMBERED:
            self._of_word.clear()
        starting: list[_Starts] = [_NOTHING] * len(document.forms)
        for word, token in document.first_at.items():
            known = self._of_word.get(word)
            if known is None:
                known = self._of_word[word] = self._starts(word)
            while known is not _NOTHING and token >= 0:
                starting[token] = known
                token = document.next_at[token]
        for sentence in document.sentences:
            last = sentence.last
            for index in range(sentence.first, last):
                here = starting[index]
                if here is _NOTHING:
                    continue
                if here.longer and index + 1 < last and (long := _longer(here.longer, document.forms, index, last)):
                    _put_longest([(index + 1, start) for start in here.alone] + long, index, found)
                    continue
                for start in here.alone:
                    _put(found[start.entry.shelf], index, index + 1, start)

    def begins(self, words_: list[str], at: int, stop: int, table: str) -> list[Hit]:
        """The hits of one table's terms at token `at` that end by `stop`."""
        here = self._starts(words_[at]) if at < stop else _NOTHING
        starts = [(at + 1, start) for start in here.alone] + (_longer(here.longer, words_, at, stop) if at + 1 < stop else [])
        return [Hit(at, last, start.cut, start.prefix, start.entry) for last, start in starts if start.entry.table == table]


def _longer(longer: dict[str, list[_Start]], words_: list[str], index: int, stop: int) -> list[_Found]:
    """Which terms of several words stand at a token, and where each ends."""
    out: list[_Found] = []
    following = words_[index + 1]
    for form in bare_forms(following):
        for start in longer.get(form, _NONE):
            rest = start.rest
            last = index + 1 + len(rest)
            if last <= stop and (len(rest) == 1 or _follows(words_, index + 2, rest[1:])):
                if form != following and start.entry.table in _NAMES and following[0] in _PREPOSITIONS:
                    continue  # "(an officer of) the Peshmerga [told] Kurdistan 24": no Peshmerga of Kurdistan
                out.append((last, start))
    return out


def _put_longest(starts: list[_Found], index: int, found: dict[str, list[Hit]]) -> None:
    """The longest at one token of those that are rivals, and of these that with the least cut."""
    kept: dict[str, _Found] = {}
    for each in starts:
        last, start = each
        known = kept.get(start.entry.rivals)
        if known is None or last > known[0] or (last == known[0] and start.cut < known[1].cut and not start.entry.several):
            kept[start.entry.rivals] = each
    for last, start in sorted(kept.values(), key=itemgetter(0), reverse=True):
        _put(found[start.entry.shelf], index, last, start)


def _put(shelf: list[Hit], first: int, last: int, start: _Start) -> None:
    """Put a hit on its shelf, unless it overlaps with the one before it and only one of them can be meant."""
    if start.entry.several or not shelf or shelf[-1].last <= first:
        shelf.append(Hit(first, last, start.cut, start.prefix, start.entry))


def _follows(words_: list[str], at: int, rest: tuple[str, ...]) -> bool:
    for part in rest:
        word = words_[at]
        if part != word and part not in bare_forms(word):
            return False
        at += 1
    return True
