"""Text as newspapers print it: folded forms for search, page furniture, language, tokens and sentences with exact offsets."""

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter

from extraction.folding import OffsetMap, fold, mended
from extraction.furniture import clean, soft_breaks
from extraction.lexicon import words
from extraction.records import Placed

__all__ = ["Document", "Sentence", "clean", "fold", "language", "search_text"]

# Between tokens stand blanks alone. A whole word of Arabic letters is told by their range, which is quicker than by what letters are.
_TOKEN = re.compile(r"([\u0621-\u064a]++(?![^\W\d_a-z])|[a-z]+(?:['-][a-z]+)*|[^\W\d_a-z]+|\d+|\n|[^\w\s]|_)")
_HASHTAG = re.compile(r"#(?=[^\W\d_])|(?<=[^\W\d_])_(?=[^\W\d_])")  # "#Ministry_of_Defence": as long as the blanks it becomes
_FIRST = attrgetter("first")
_JOINED, _CUT = re.compile("(?<=[a-z])\u2013(?=[A-Z])"), re.compile("(?<=[a-zA-Z])\u2014(?=[a-zA-Z])")
_AGED = re.compile(r"\b(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)-year-old\b(?=( +(?:was|were|who|from|died|and)\b)?)")
# "The fighters of «Daesh»": the marks, which the press sets at will round the group's name, say nothing and would part verb and object.
_GROUP_NAMES = "|".join(fold(name) for name in sorted(words("text.group_names")))
_GROUP_IN_MARKS = re.compile(f'(?<!\u0633\u0644\u0627\u0645\u064a\u0647 )"( ?(?:{_GROUP_NAMES}) ?)"')  # not "the Islamic State «Daesh»"
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ARABIC = re.compile("[\u0621-\u064a]+")
_COMMON = "\u0627\u0644\u064a"  # alef, lam, yeh
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_SORANI = "\u06d5\u06ce\u06c6\u0695\u06b5"
_CLITICS = re.compile(r"^(?:[\u0648\u0641])?(?:\u0628\u0627\u0644|\u0643\u0627\u0644|\u0644\u0644|\u0627\u0644)")  # w/f + bal, kal, lil, al
_SUFFIXES = re.compile(
    r"(?:\u0647\u0645\u0627|\u0647\u0627|\u0647\u0645|\u0627\u062a|\u0648\u0646|\u064a\u0646|\u0627\u0646|\u0647|\u064a)$"
)
_LONGEST_SENTENCE = 300  # tokens
_ENDERS = frozenset(".!?\n")
_WAW = "\u0648"
_QUOTES = frozenset('")')
_MONTHS = words("text.months")
_TITLES = words("text.titles")


def language(text: str) -> str:
    """`ar`, `en` or `ckb` (Sorani) by script and telltale letters; `und` where there are too few letters to tell."""
    latin = len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    sorani = sum(map(text.count, _SORANI))
    arabic = sum(map(text.count, _COMMON))
    if arabic < max(3, latin, sorani * 12):  # else there are enough of the most common letters alone
        arabic = sum(map(len, _ARABIC.findall(text)))
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


def _blank(told: re.Match[str]) -> str:
    """As many blanks as an age takes, beside whose it is; "a 24-year-old was killed": a person."""
    return ("person" if told[1] else "").ljust(len(told[0]))


class Sentence(Placed):
    """Tokens `first` up to `last` (exclusive). `paragraph` counts lines with text; `is_title` marks the headline, its
    repetitions, and what else stands above the body."""

    __slots__ = ("first", "is_title", "last", "paragraph")

    def __init__(self, first: int, last: int, paragraph: int, is_title: bool):
        self.first = first
        self.last = last
        self.paragraph = paragraph
        self.is_title = is_title


class Document:
    """A text with its folded tokens and sentences; furniture has no sentences, so nothing is ever read from it."""

    def __init__(self, raw: str, furniture: tuple[tuple[int, int], ...] = (), title: tuple[int, int] | None = None, body_at: int = 0):
        self.raw = raw
        text = mended(raw)
        if "\u2013" in raw or "\u2014" in raw:  # "the Tuz Khurmatu–Amerli road", "a patrol—the third this week—was hit"
            text = _JOINED.sub(" ", _CUT.sub(",", text))
        if "year-old" in raw:
            text = _AGED.sub(_blank, text)  # "killing a 50-year-old farmer": one man
        folded = "".join(map(fold, text.splitlines(keepends=True)))  # most lines were folded before, to tell furniture
        if '"' in folded:
            folded = _GROUP_IN_MARKS.sub(r" \1 ", folded)
        self.folded = _HASHTAG.sub(" ", folded) if "#" in raw or "_" in raw else folded
        self._offsets = OffsetMap(text)
        parts: list[str] = _TOKEN.split(self.folded)  # blanks, a token, blanks, a token, …, blanks
        self.forms = parts[1::2]
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = 0
        for i in range(0, len(parts) - 1, 2):
            at += len(parts[i])
            self.starts.append(at)
            at += len(parts[i + 1])
            self.ends.append(at)
        if breaks := soft_breaks(raw):
            kept = [i for i, form in enumerate(self.forms) if form != "\n" or self._offsets.start(self.starts[i]) not in breaks]
            self.forms = [self.forms[i] for i in kept]
            self.starts, self.ends = ([column[i] for i in kept] for column in (self.starts, self.ends))
        self._raw_starts, self._raw_ends = self._offsets.starts(self.starts), self._offsets.ends(self.ends)
        # Where each folded word stands first, and for each token where its word stands next (-1: nowhere).
        self.first_at: dict[str, int] = {}
        self.next_at = [-1] * len(self.forms)
        for token in range(len(self.forms) - 1, -1, -1):
            form = self.forms[token]
            self.next_at[token] = self.first_at.get(form, -1)
            self.first_at[form] = token
        self._words = frozenset(self.first_at)
        self._where: dict[frozenset[str], list[int]] = {}
        self._sentence_ends = [i for i in self.where(_ENDERS) if self._ends_sentence(i)]
        self.title = title
        self.sentences = self._split(furniture, raw[slice(*title)].strip() if title else None, body_at)

    def span(self, first: int, last: int, cut: int = 0) -> tuple[int, int]:
        """Span in the text as read of tokens `first` up to `last` (exclusive), less `cut` folded letters of proclitic."""
        start = self._offsets.start(self.starts[first] + cut) if cut else self._raw_starts[first]
        return start, self._raw_ends[last - 1]

    def where(self, words: frozenset[str], first: int = 0, last: int | None = None) -> list[int]:
        """At which of the tokens `first` up to `last` one of these folded words stands, in order; a text is long, and a word seldom."""
        known = self._where.get(words)
        if known is None:
            known = self._where[words] = []
            for word in words & self._words:
                token = self.first_at[word]
                while token >= 0:
                    known.append(token)
                    token = self.next_at[token]
            known.sort()
        if not known or (last is None and not first):
            return known
        at = bisect_left(known, first)
        return known[at : None if last is None else bisect_left(known, last, at)]

    def sentence_at(self, token: int) -> Sentence | None:
        """The sentence a token stands in; None in page furniture and between sentences."""
        at = bisect_right(self.sentences, token, key=_FIRST) - 1
        return self.sentences[at] if at >= 0 and token < self.sentences[at].last else None

    def sentence_end(self, index: int) -> int:
        """The first token at or after `index` that ends a sentence, or the number of tokens."""
        at = bisect_left(self._sentence_ends, index)
        return self._sentence_ends[at] if at < len(self._sentence_ends) else len(self.forms)

    def _ends_sentence(self, index: int) -> bool:
        """Whether the token ends a sentence: a newline, or a full stop that is no decimal point, initial or abbreviation."""
        form = self.forms[index]
        if form == "\n":
            return True
        after = self.folded[self.ends[index] : self.ends[index] + 1]
        if form == "." and after and not after.isspace() and after not in '")]}[' and not self._is_glued(index):
            return False
        if after == ")" and self.forms[max(index - 3, 0) : index] == ["(", ".", "."]:
            return False  # "21 people (...), all of them civilians"
        before = self.forms[index - 1] if index > 0 and self.ends[index - 1] == self.starts[index] else ""
        if form != "." or not before.isalpha():
            return True
        if before in _MONTHS:  # "Dec. 4", "on 4 Dec. near"
            follows = self.raw[self._offsets.start(self.starts[index + 1])] if index + 1 < len(self.forms) else "\n"
            return not (follows.isdecimal() or (follows.islower() and follows.isascii()))
        return not (len(before) == 1 or before in _TITLES)

    def _is_glued(self, index: int) -> bool:
        """Whether a full stop without a blank behind it ends a sentence of Arabic: "… hours”.And he added"; an abbreviation's letters are
        fewer."""
        before, after = self.forms[max(0, index - 1) : index], self.forms[index + 1 : index + 2]
        if before and before[0].isalnum() and after == [_WAW]:
            return True  # "… of 2003 .and on Saturday", with the blank behind the conjunction
        if not before or not after or after[0].isascii() or not after[0].isalpha() or len(after[0]) < 3:
            return False
        return before[0] in _QUOTES or (not before[0].isascii() and before[0].isalpha() and len(before[0]) > 2)

    def _split(self, furniture: tuple[tuple[int, int], ...], title: str | None, body_at: int) -> list[Sentence]:
        sentences: list[Sentence] = []
        first = paragraph = skip = 0
        for stop in (*self._sentence_ends, len(self.forms)):
            while first < stop:
                # A text without full stops is cut, so that no later stage pays for its length squared.
                last = min(stop, first + _LONGEST_SENTENCE)
                start, end = self.span(first, last)
                while skip < len(furniture) and furniture[skip][1] <= start:
                    skip += 1
                if not (skip < len(furniture) and furniture[skip][0] <= start):
                    above = end <= body_at or (bool(title) and self.raw[start:end].strip(" .") in (title or ""))
                    sentences.append(Sentence(first, last, paragraph, above))
                first = last
            if stop < len(self.forms) and self.forms[stop] == "\n" and sentences and sentences[-1].paragraph == paragraph:
                paragraph += 1
            first = stop + 1
        return sentences
