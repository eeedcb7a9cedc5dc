"""Fold the spellings of one word into one form, and remember where each folded character stood.

Newspapers print one village in five spellings, with or without hamza, tatweel, vowel signs, Persian letters, Arabic-Indic digits or
presentation forms. Everything the extractor looks up is looked up folded; everything it reports is a span of the text as read.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

# \u escapes on purpose: combining marks typed into a character class once made a range that swallowed every letter.
_DROPPED = "\u0640\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
_LETTERS = {
    "\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0671": "\u0627",  # alef with madda, hamza, wasla
    "\u0649": "\u064a", "\u06cc": "\u064a", "\u06ce": "\u064a", "\u0626": "\u064a",  # alef maqsura, Persian yeh, Kurdish e, hamza on yeh
    "\u0629": "\u0647", "\u06d5": "\u0647", "\u06be": "\u0647", "\u06c1": "\u0647",  # teh marbuta, Kurdish ae, heh forms
    "\u0624": "\u0648", "\u06c6": "\u0648", "\u06c7": "\u0648", "\u06cb": "\u0648",  # hamza on waw, Kurdish o
    "\u06a9": "\u0643", "\u06af": "\u0643",  # keheh, gaf: kurdistan is printed with either
    "\u0686": "\u062c", "\u067e": "\u0628", "\u0698": "\u0632", "\u06a4": "\u0641",  # che, peh, zhe, veh
    "\u0695": "\u0631", "\u06b5": "\u0644",  # Kurdish trilled r, dark l
}  # fmt: skip
_PUNCTUATION = {"\u00ab": '"', "\u00bb": '"', "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u060c": ",", "\u061b": ";", "\u061f": "?",
                "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2011": "-", "\u2010": "-", "\u2019": "'", "\u2018": "'", "\u2026": ".",
                "\u066b": ".", "\u066c": ",", "\u06d4": "."}  # fmt: skip


def _build_table() -> dict[int, str]:
    table = {ord(c): "" for c in _DROPPED}
    table.update({ord(k): v for k, v in {**_LETTERS, **_PUNCTUATION}.items()})
    for code in [
        *range(0x0300, 0x0370),
        *range(0x0610, 0x061B),
        *range(0x064B, 0x0660),
        0x0670,
        *range(0x06D6, 0x06DD),
        *range(0x06DF, 0x06EE),
    ]:
        if unicodedata.combining(chr(code)):
            table[code] = ""
    for zero in (0x0660, 0x06F0):
        table.update({zero + digit: str(digit) for digit in range(10)})
    for code in [*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF), *range(0xFF01, 0xFF5F)]:
        plain = unicodedata.normalize("NFKD", chr(code))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        if plain != chr(code):
            table[code] = plain.lower().translate(table)
    for code in [*range(0x2000, 0x200B), 0x00A0, 0x202F, 0x3000, 0x0009]:
        table[code] = " "
    table.update({ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
    # str.translate raises and catches an exception for every character it does not find: letters that stay are named too.
    for code in [*range(0x80), *range(0x0600, 0x0700)]:
        table.setdefault(code, chr(code))
    return table


_TABLE = _build_table()
_RESIZED = re.compile("[" + "".join(re.escape(chr(k)) for k, v in _TABLE.items() if len(v) != 1) + "]")


_MISREAD = re.compile("[\u00c0-\u00ff][\u00c0-\u00ff]{2,}")  # "{3,}" would be searched for eight times as slowly
_MARKED = re.compile("[\u00c0-\u00ff]+")
_ENTITY = re.compile("&?(?:quot|ndash|nbsp|amp|laquo|raquo);|&#\\d{2,4};")
_LIGATURE = re.compile("\u0627([\u0622\u0623\u0625\u0627])\u0644")  # alef, alef, lam: lam-alef of a PDF, its letters the wrong way round
_QUOTED = re.compile("(?<=[\u0621-\u064a])['\u2018\u2019]|['\u2018\u2019](?=[\u0621-\u064a])")  # Arabic has no apostrophe
_STAMP = re.compile(r":\d\d(?=\d\d?/\d\d?/\d{4})|(?<![\d.])\d\d? ?\. ?\d\d? ?\. ?(?=\d{4}(?!\d))")
_MARKS = {"quot": '"', "laquo": '"', "raquo": '"', "ndash": "-", "#8220": '"', "#8221": '"', "#34": '"', "#8211": "-"}


def mended(text: str) -> str:
    """The text with what its page garbled put right, letter for letter: Arabic in the coding of Windows read as Latin ("ÃÐÇÑ"),
    lam-alef with its letters the wrong way round, as PDFs give it, entities left as such ("quot;"), single quotation marks, a day with
    dots and blanks ("18 . 07 . 2018") or its clock before it ("11:5519/08/2021"). Its length and every other letter stay."""
    if any(_as_arabic(word) != word for word in _MISREAD.findall(text)):
        text = _MARKED.sub(lambda m: _as_arabic(m.group()), text)
    if "\u0627\u0627" in text or "\u0627\u0623" in text or "\u0627\u0625" in text or "\u0627\u0622" in text:
        text = _LIGATURE.sub("\u0627\u0644\\1", text)
    if ";" in text:
        text = _ENTITY.sub(lambda m: _MARKS.get(m.group().strip("&;"), " ").ljust(len(m.group())), text)
    if "'" in text or "\u2019" in text:
        text = _QUOTED.sub('"', text)
    if ". " in text or ":" in text:
        text = _STAMP.sub(lambda m: m.group().replace(".", "/") if m.group()[0] != ":" else "   ", text)
    return text


def _as_arabic(word: str) -> str:
    """A word of Latin letters with marks, read again as the Arabic it was; itself where that gives no Arabic word."""
    arabic = word.encode("latin-1").decode("cp1256")
    return arabic if all("\u0621" <= c <= "\u0652" for c in arabic) else word


@lru_cache(maxsize=8_000)
def fold(text: str) -> str:
    """Fold spelling variants, letter case, digits and punctuation; whitespace and word order stay. NFC and NFD give the same."""
    return text.translate(_TABLE)


class OffsetMap:
    """Maps offsets in a folded text back to offsets in the text it was folded from."""

    def __init__(self, text: str):
        # Only characters that vanish or become several shift the offsets: keep those, and find them by bisection.
        self._at: list[int] = [0]
        self._shift: list[int] = [0]
        shift = 0
        for match in _RESIZED.finditer(text):
            width = len(_TABLE[ord(match.group())])
            here = match.start()
            if width > 1:  # every folded character of an expanded one stands at the one it came from
                for extra in range(1, width):
                    self._at.append(here - shift + extra)
                    self._shift.append(shift - extra)
            shift += 1 - width
            self._at.append(here + 1 - shift)
            self._shift.append(shift)
        self.length = len(text)
        self.is_identity = len(self._at) == 1

    def start(self, folded_offset: int) -> int:
        """Offset in the text of the character that folded to the one at `folded_offset`."""
        return folded_offset + self._shift[bisect_right(self._at, folded_offset) - 1]

    def end(self, folded_offset: int) -> int:
        """Offset just after the character that folded to the one before `folded_offset`."""
        if folded_offset <= 0:
            return 0
        return min(self.start(folded_offset - 1) + 1, self.length)

    def starts(self, offsets: list[int]) -> list[int]:
        """What `start` gives for each of these folded offsets, which are in order."""
        return offsets if self.is_identity else self._moved(offsets, 0)

    def ends(self, offsets: list[int]) -> list[int]:
        """What `end` gives for each of these folded offsets, which are in order and above zero."""
        return offsets if self.is_identity else self._moved(offsets, 1)

    def _moved(self, offsets: list[int], before: int) -> list[int]:
        out: list[int] = []
        at, shift, step = self._at, self._shift, 0
        for offset in offsets:
            while step + 1 < len(at) and at[step + 1] <= offset - before:
                step += 1
            out.append(offset + shift[step])
        return out
