"""Text as newspapers print it: folded forms for search, page furniture, language, tokens and sentences with exact offsets."""

import re
from typing import NamedTuple

from extraction.folding import OffsetMap, fold
from extraction.furniture import clean

__all__ = ["Document", "Sentence", "clean", "fold", "language", "search_text"]

_TOKEN = re.compile(r"[a-z]+(?:['-][a-z]+)*|[^\W\d_a-z]+|\d+|\n|[^\w\s]|_")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ARABIC = re.compile(r"[\u0621-\u064a]+")
_SORANI = re.compile(r"[\u06d5\u06ce\u06c6\u0695\u06b5]+")
_LATIN = re.compile(r"[A-Za-z]+")
_CLITICS = re.compile(r"^(?:[\u0648\u0641])?(?:\u0628\u0627\u0644|\u0643\u0627\u0644|\u0644\u0644|\u0627\u0644)")  # w/f + bal, kal, lil, al
_SUFFIXES = re.compile(
    r"(?:\u0647\u0645\u0627|\u0647\u0627|\u0647\u0645|\u0627\u062a|\u0648\u0646|\u064a\u0646|\u0627\u0646|\u0647|\u064a)$"
)
_LONGEST_SENTENCE = 300  # tokens
_ENDERS = frozenset(".!?\n")


def language(text: str) -> str:
    """`ar`, `en` or `ckb` (Sorani) by script and telltale letters; `und` where there are too few letters to tell."""
    arabic, latin, sorani = (sum(map(len, pattern.findall(text))) for pattern in (_ARABIC, _LATIN, _SORANI))
    if max(arabic, latin) < 3:
        return "und"
    if latin > arabic:
        return "en"
    return "ckb" if sorani * 12 > arabic else "ar"


def stem(word: str) -> str:
    """Light stem of one folded word: clitics with the article off, then one inflectional ending; at least three letters stay."""
    bare = _CLITICS.sub("", word)
    word = bare if len(bare) >= 3 else word
    bare = _SUFFIXES.sub("", word)
    return bare if len(bare) >= 3 else word


def search_text(text: str) -> str:
    """What a full-text index stores and what a query becomes: folded words, letters parted from digits, lightly stemmed."""
    return " ".join(stem(word) for word in _WORD.findall(fold(text)))


class Sentence(NamedTuple):
    """Tokens `first` up to `last` (exclusive). `paragraph` counts lines with text; `is_title` marks the headline, its
    repetitions, and what else stands above the body."""

    first: int
    last: int
    paragraph: int
    is_title: bool


class Document:
    """A text with its folded tokens and sentences; furniture has no sentences, so nothing is ever read from it."""

    def __init__(self, raw: str, furniture: tuple[tuple[int, int], ...] = (), title: tuple[int, int] | None = None, body_at: int = 0):
        self.raw = raw
        self.folded = fold(raw)
        self._offsets = OffsetMap(raw)
        spans = [match.span() for match in _TOKEN.finditer(self.folded)]
        self.forms = [self.folded[start:end] for start, end in spans]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self._sentence_ends = frozenset(i for i, form in enumerate(self.forms) if form in _ENDERS and self._ends_sentence(i))
        self.title = title
        self.sentences = self._split(furniture, raw[slice(*title)].strip() if title else None, body_at)

    def span(self, first: int, last: int, cut: int = 0) -> tuple[int, int]:
        """Span in the text as read of tokens `first` up to `last` (exclusive), less `cut` folded letters of proclitic."""
        return self._offsets.start(self.starts[first] + cut), self._offsets.end(self.ends[last - 1])

    def is_sentence_end(self, index: int) -> bool:
        """Whether the token ends a sentence: a newline, or a full stop that is no decimal point, initial or abbreviation."""
        return index in self._sentence_ends

    def _ends_sentence(self, index: int) -> bool:
        form = self.forms[index]
        if form == "\n":
            return True
        after = self.folded[self.ends[index] : self.ends[index] + 1]
        if form == "." and after and not after.isspace() and after not in '")]}':
            return False
        glued = index > 0 and self.ends[index - 1] == self.starts[index]
        return not (form == "." and glued and len(self.forms[index - 1]) == 1 and not self.forms[index - 1].isdigit())

    def _split(self, furniture: tuple[tuple[int, int], ...], title: str | None, body_at: int) -> list[Sentence]:
        sentences: list[Sentence] = []
        first = paragraph = 0
        skip = 0
        count = len(self.forms)
        for index in range(count + 1):
            # A text without full stops is cut, so that no later stage pays for its length squared.
            if index < count and index - first < _LONGEST_SENTENCE and index not in self._sentence_ends:
                continue
            if index > first:
                start, end = self.span(first, index)
                while skip < len(furniture) and furniture[skip][1] <= start:
                    skip += 1
                if not (skip < len(furniture) and furniture[skip][0] <= start):
                    above = end <= body_at or (bool(title) and self.raw[start:end].strip(" .") in (title or ""))
                    sentences.append(Sentence(first, index, paragraph, above))
            if index < count and self.forms[index] == "\n" and sentences and sentences[-1].paragraph == paragraph:
                paragraph += 1
            ended = index < count and self.is_sentence_end(index)
            first = index + 1 if ended or index == first else index
        return sentences
