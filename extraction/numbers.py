"""Read cardinal numbers from tokens: digits, thousands, number words with gender, dual, teens, tens and hundreds, and vague quantities."""

from dataclasses import dataclass
from functools import lru_cache

from extraction.folding import fold
from extraction.lexicon import rows, words
from extraction.matching import analyses, bare_forms
from extraction.records import Placed
from extraction.text import Document

_WAW = "\u0648"
_AL = "\u0627\u0644"
_ALFAN = "\u0641\u0627"
_BETWEEN = words("particles.between")
_RANGE_OPENS = _BETWEEN | words("particles.from") | {"from"}
_RANGE_AND = frozenset((_WAW, "and"))
_RANGE_JOINS, _CHANNELS, _YEARS_BEFORE = words("numbers.range_joins"), words("numbers.channels"), words("numbers.years_before")
_ON_AIR = "24"  # hours, of which broadcasters name themselves
_AROUND = {"(": ")", "/": "/"}  # what some print around a number


@dataclass(slots=True, init=False)
class Number(Placed):
    """A number at tokens `first` up to `last`; `value` is None for a vague word ("a number of", "dozens")."""

    first: int
    last: int
    value: int | None
    kind: str  # exact, vague, ordinal

    def __init__(self, first: int, last: int, value: int | None, kind: str):
        self.first = first
        self.last = last
        self.value = value
        self.kind = kind


_WORDS = {fold(row["word"]): (int(row["value"]), row["kind"]) for row in rows("numbers.tsv")}
_TENS, _UNITS = ([(word, value[0]) for word, value in _WORDS.items() if value[1] == kind and word.isascii()] for kind in ("ten", "unit"))
_WORDS |= {f"{ten}-{unit}": (tens + units, "whole") for ten, tens in _TENS for unit, units in _UNITS if units < 10}  # "forty-four"
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in _WORDS)
_SECOND_WORDS = frozenset(phrase.split()[1] for phrase in _WORDS if " " in phrase)


@lru_cache(maxsize=30_000)
def _may_begin(word: str) -> bool:
    """Whether a number may begin with this word: most cannot, and are passed over at once."""
    return word.isdecimal() or not _FIRST_WORDS.isdisjoint(bare_forms(word))


def word_value(word: str) -> tuple[int, str] | None:
    """(value, kind) of one folded number word; b- and l- before it are passed over, a conjunction is not."""
    if word in _WORDS:
        return _WORDS[word]
    for bare, prefix in analyses(word)[1:]:
        value, kind = _WORDS.get(bare, (0, ""))
        if value == 2 and prefix.endswith("\u0627\u0644"):  # Monday
            continue
        if kind == "one_of" and "\u0627" in prefix:  # Sunday
            continue
        if kind and kind != "ordinal" and (kind != "unit" or len(bare) > 2):
            return value, kind
    return None


def is_ordinal(word: str) -> bool:
    """Whether a folded word is "fourth" or "the fourth"."""
    return _WORDS.get(word.removeprefix(_AL), (0, ""))[1] == "ordinal"


def is_definite_ordinal(word: str) -> bool:
    """Whether a folded word is "the fourth", "the sixth"."""
    return word.startswith(_AL) and is_ordinal(word)


def number_at(document: Document, index: int, stop: int) -> Number | None:
    """The number that begins at token `index`, read as far as it goes, or None, as at the end of a text cut short."""
    forms = document.forms
    if index >= len(forms):
        return None
    word = forms[index]
    closing = _AROUND.get(word)  # "arrested (3) men", "killed /7/ soldiers"
    if closing and index + 2 < stop and forms[index + 1].isdecimal() and forms[index + 2] == closing:
        if word == "/" and (forms[index - 1].isdecimal() or (index + 3 < stop and forms[index + 3].isdecimal())):
            return None  # a date
        return Number(index, index + 3, int(forms[index + 1][:9]), "exact")
    if not _may_begin(word):
        return None
    if word.isdecimal() and index and forms[index - 1] in (_CHANNELS if word == _ON_AIR else _YEARS_BEFORE):
        return None  # the name of a broadcaster, "in the year 2014"
    if word.isdecimal():
        return _digits(document, index, stop)
    if index + 1 < stop and forms[index + 1] in _SECOND_WORDS:
        pair = next((_WORDS[k] for b in bare_forms(word) if (k := f"{b} {forms[index + 1]}") in _WORDS), None)
        if pair:
            return Number(index, index + 2, pair[0], "exact")
    known = word_value(word)
    if known is None or known[1] == "article":
        return None
    value, kind = known
    if kind == "one_of":  # "one of the soldiers", not Sunday
        follows = index + 1 < stop and (forms[index + 1].startswith("\u0627\u0644") or forms[index + 1] in words("numbers.members"))
        return Number(index, index + 1, 1, "exact") if follows else None
    if kind in ("vague", "ordinal"):
        return Number(index, index + 1, 1 if kind == "ordinal" else None, kind)
    total, part, at = 0, value, index + 1
    if kind == "thousand":
        total, part = 1000, 0
    last_kind = kind
    while at < stop:
        following = forms[at]
        conj = following.startswith(_WAW) and _WORDS.get(following[1:]) is not None and following not in _WORDS
        known = _WORDS.get(following[1:]) if conj else _WORDS.get(following)
        if known is None or known[1] in ("vague", "ordinal", "article", "whole"):
            break
        value, kind = known
        if kind == "thousand" and not conj:
            total, part = (part or 1) * 1000, 0
        elif kind == "hundred" and value in (12, 100) and not conj and part < 10:  # "two dozen"
            part *= value
        elif (conj and (kind in ("ten", "hundred") or (kind == "unit" and last_kind in ("hundred", "thousand")))) or (
            kind == "unit" and last_kind == "ten" and not conj
        ):
            part += value
        elif kind == "unit" and value == 10 and last_kind == "unit" and part < 10 and not conj:  # thalathat 'ashar
            part += 10
        else:
            break
        last_kind = kind
        at += 1
    is_round = total + part in (1000, 2000) and at + 1 < stop and forms[at] == _WAW
    if is_round and forms[at + 1].isdecimal() and len(forms[at + 1]) < 4:  # "a thousand and 200": alfan with its tanween is no dual
        return Number(index, at + 2, (1000 if word.endswith(_ALFAN) else total + part) + int(forms[at + 1]), "exact")
    return Number(index, at, total + part, "exact")


def may_be_range(document: Document, number: Number | None, index: int, stop: int) -> bool:
    """Whether a range may begin at token `index`, where `number` (or none) stands: most do not, and are told at once."""
    if number is None:
        return index < stop and document.forms[index] in _RANGE_OPENS
    return number.last < stop and document.forms[number.last] in _RANGE_JOINS


def range_at(document: Document, index: int, stop: int) -> tuple[Number, Number] | None:
    """The lower and the upper number of a range that begins at token `index`: "between 5 and 7", "six or seven", "from 5 to 7", "5-7"."""
    forms = document.forms
    opener = forms[index] if index < stop else ""
    if not (opener in _RANGE_OPENS or _may_begin(opener)):
        return None
    at = index + (opener in _RANGE_OPENS)
    low = number_at(document, at, stop) if at < stop else None
    return (low, high) if low and (high := _upper_of(document, low, stop, is_between=opener in _BETWEEN)) else None


def _upper_of(document: Document, low: Number, stop: int, *, is_between: bool) -> Number | None:
    if low.kind != "exact" or not low.value or low.last + 1 >= stop:
        return None
    joint = document.forms[low.last]
    if joint in _RANGE_JOINS or (is_between and joint in _RANGE_AND):
        high = number_at(document, low.last + 1, stop)
    elif is_between and joint.startswith(_WAW):
        known = word_value(joint[1:])
        high = Number(low.last, low.last + 1, known[0], known[1]) if known else None
        high = high._replace(kind="exact") if high and high.kind in ("unit", "ten", "hundred") else None
    else:
        return None
    return high if high is not None and high.kind == "exact" and (high.value or 0) > low.value else None


def _digits(document: Document, index: int, stop: int) -> Number | None:
    """Digits, with thousands written 1,200 or 1.200, and a following word for thousand; a decimal or a score is no count."""
    forms, starts, ends = document.forms, document.starts, document.ends
    text, at = forms[index], index + 1
    if len(text) > 9:
        return None
    while at + 1 < stop and forms[at] in ",." and forms[at + 1].isdecimal() and ends[at - 1] == starts[at] and ends[at] == starts[at + 1]:
        if len(forms[at + 1]) != 3 or len(text) > 6:
            return None
        text += forms[at + 1]
        at += 2
    value = int(text)
    if at < stop and (_WORDS.get(forms[at]) or (0, ""))[1] == "thousand":
        return Number(index, at + 1, value * 1000, "exact")
    return Number(index, at, value, "exact")
