"""Page furniture: banners, crawl dates, share bars, "read also" headlines, comments, subscription lines.

A line is furniture where the lexicon says so, or where it stands before the headline or after the article's end and is no sentence.
Furniture yields no event and no date. Nothing is deleted from the text as read: spans are given, and a caller cuts them or passes them by.
"""

import re
from functools import lru_cache

from extraction.folding import fold
from extraction.lexicon import rows, words

_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"^\W*\d{1,2}[:.]\d{2}(?::\d{2})?\W*(?:\w{1,6}\W*){0,2}$")
_DAY = re.compile(r"(?<!\d)(?:\d{1,2} ?([/.\\-]) ?\d{1,2} ?\1 ?(?:19|20)?\d\d(?!\d)|(?:19|20)\d\d([/.-])\d{1,2}\2\d{1,2})(?!\d)")
_ANY_DAY = re.compile(r"\d{1,4} ?[/.\\-] ?\d{1,2} ?[/.\\-] ?\d{1,4}|\d{1,2}[ -]\D{3,20}[ -]\d{4}|[^\W\d]+ \d{1,2}, \d{4}")
_RUNS_ON = re.compile(
    r"^\u0648(?!\u0632[\u064a\u0627]|\u0641\u062f|\u0643[\u064a\u0627])|\b\u0648?\u0627\u0646\b|\bthat\b|:$"
)  # "and said", no "minister"
_LONGEST_ITEM = 120
_LONGEST_HEADLINE = 170
_TOP = 6  # lines
_LONGEST_CAPTION = 260
_WIDEST_LINE = 100
_NARROWEST_LINE = 28
_SHORTEST_ITEM = 25
# "(Photo by So-and-so / the agency)", "Picture taken January 25, 2015."
_CREDITED = re.compile(r"\((?:photo|image)\b[^()]{3,60}\)\W*$|\bpicture taken\b[^.]{5,30}\.")
_TAGS = tuple(words("furniture.tags"))
_THAT = words("furniture.that")
_DASHES = ("-", "\u2013", "\u2022")
_FEWEST_ITEMS = 3
_FEWEST_CUT = 2  # lines
_ITEM = re.compile(r"[-\u2013\u2014*\u2022\u25aa\u25cf#|\[]|\d{1,2}[.):-]|[^\w\s\"'(\u00ab\u201c]")
_SENTENCE_LENGTH = 90  # a line this long, or one that ends like a sentence, belongs to an article's body


Lines = list[tuple[int, int, str]]


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for row in rows("furniture.tsv"):
        kinds.setdefault(row["kind"], []).append(fold(row["phrase"]))
    return {kind: tuple(phrases) for kind, phrases in kinds.items()}


@lru_cache(maxsize=1)
def _whole_lines() -> dict[str, frozenset[str]]:
    """The phrases that are furniture where they are a line by themselves."""
    return {kind: frozenset(_phrases()[kind]) for kind in ("tail", "line", "related")}


def _lines(raw: str) -> list[tuple[int, int]]:
    """Spans of the lines; a paragraph broken at its page's width is one line."""
    spans, start, breaks = [], 0, soft_breaks(raw)
    end = 0
    for line in raw.splitlines(keepends=True):
        end += len(line)
        if end - 1 not in breaks:
            spans.append((start, end))
            start = end
    if start < end:
        spans.append((start, end))
    return spans


@lru_cache(maxsize=4)
def soft_breaks(raw: str) -> frozenset[int]:
    """Offsets of line ends inside paragraphs that were broken at their page's width, in a text that has such paragraphs at all.

    They are blocks of lines of one length, where only the last ends a sentence, or of lines cut behind a word that cannot end one.
    A block of headlines has no full stop and keeps its lines.
    """
    blocks: list[list[tuple[int, str]]] = [[]]  # the offset of each line's end, and its words
    at = 0
    for line in raw.splitlines(keepends=True):
        text = line.strip()
        at += len(line)
        if text and len(text) <= _WIDEST_LINE and not _ITEM.match(text):
            blocks[-1].append((at - 1, text))
        elif blocks[-1]:
            blocks.append([])
    if spaced := _spaced_breaks(raw):
        return spaced
    blocks = [block for block in blocks if len(block) > 1 and _ends_sentence(block[-1][1])]
    if not any(_is_even(block) or _is_cut(block) for block in blocks):
        return frozenset()
    return frozenset(end for block in blocks for end, text in block[:-1] if not _ends_sentence(text) and not text.endswith(":"))


def _spaced_breaks(raw: str) -> frozenset[int]:
    """The same for a text with an empty line behind every line, "in the village of" and then, two lines below, its name."""
    lines: list[tuple[int, str]] = []  # the offset of each line's end, and its words
    at = 0
    for line in raw.splitlines(keepends=True):
        at += len(line)
        lines.append((at - 1, line.strip()))
    spaced = [i for i in range(len(lines) - 2) if lines[i][1] and not lines[i + 1][1] and lines[i + 2][1]]
    cut = [i for i in spaced if _runs_on(lines[i][1])]
    if len(cut) < _FEWEST_CUT:
        return frozenset()
    full = 0.75 * max(len(lines[i][1]) for i in cut)
    soft = [i for i in spaced if i in cut or (i > cut[0] and len(lines[i][1]) >= full and not _ends_sentence(lines[i][1].rstrip(":")))]
    return frozenset(lines[k][0] for i in soft if len(lines[i][1]) <= _WIDEST_LINE for k in (i, i + 1))


def _runs_on(text: str) -> bool:
    return fold(text.rsplit(maxsplit=1)[-1]) in words("furniture.runs_on")


def _is_even(block: list[tuple[int, str]]) -> bool:
    lengths = [len(text) for _, text in block[:-1]]
    runs_on = any(not _ends_sentence(text) for _, text in block[:-1])
    return len(block) > 2 and runs_on and min(lengths) >= max(_NARROWEST_LINE, 0.6 * max(lengths))


def _is_cut(block: list[tuple[int, str]]) -> bool:
    """Whether a line ends with "in" or "that"."""
    return any(_runs_on(text) for _, text in block[:-1])


_MORE_BELOW = 2  # times as much text under the first line that would end an article as over it


def _ends_sentence(text: str) -> bool:
    return text.rstrip("\"'\u00bb) ").endswith((".", "!", "?", "\u061f"))


def _is_body(line: str) -> bool:
    """A paragraph, no headline: long, or closed by a mark; a headline may ask, and two full stops leave it open."""
    closed = line.rstrip("\"'\u00bb ").endswith((".", "!")) and not line.endswith("..")
    return len(line) >= _SENTENCE_LENGTH or (len(line) >= 45 and closed)


def _is_ticker(line: str) -> bool:
    """A long line of headlines one behind the other, under "latest news": it does not end like a sentence, and has few commas."""
    return len(line) >= _SENTENCE_LENGTH and not _ends_sentence(line) and line.count(",") * 120 < len(line)


def _is_bar(line: str) -> bool:
    """A bar across the page's top: "Editor: X | Friday 17 December 2021 | 21 degrees", headlines parted by bullets or gaps"""
    parts = max(line.count("|") - 1, line.count("\u2022") - 2, line.count("   ") - len(line) // 80, line.count(".php on line"))
    return len(line) >= _SENTENCE_LENGTH and parts > 0


def _is_long_headline(line: str) -> bool:
    """A line as long as a sentence, near the top, with no comma, no full stop and no day in it."""
    return len(line) < _LONGEST_HEADLINE and "," not in line and not _ends_sentence(line) and not re.search(r"\d{4}", line)


def _headlines_below(lines: Lines, told: list[int], first_body: int) -> set[int]:
    """The headlines of other reports under a body whose paragraphs are closed: three at least, or two where each has its day."""
    last = max((i for i, length in enumerate(told) if length), default=len(lines))
    tail = next((i for i in range(last + 1, len(lines)) if lines[i][2] in _whole_lines()["tail"]), len(lines))
    body, foot = told[first_body : last + 1], range(last + 1, tail)
    heads = [i for i in foot if _SHORTEST_ITEM <= len(lines[i][2]) < _LONGEST_ITEM and len(lines[i][2].split()) > _FEWEST_ITEMS]
    days = {m.group() for i in foot for m in _ANY_DAY.finditer(lines[i][2])}
    runs_on = any(_RUNS_ON.search(lines[i][2]) for i in heads) or any(len(lines[i][2]) >= _LONGEST_ITEM for i in foot)
    if runs_on or sum(map(bool, body)) * 3 < len(body) * 2 or len(heads) < _FEWEST_ITEMS - (len(days) > 1):
        return set()
    return set(foot) if len(days) > 1 else {i for i in heads if not _ANY_DAY.search(lines[i][2])}


def classify(raw: str) -> Lines:
    """Each line with text as (start, end, role); role is `furniture`, `head` (before the body), or `body`."""
    phrases, whole = _phrases(), _whole_lines()
    lines = [(start, end, fold(raw[start:end]).strip(" \t\r\n\ufeff•|*·-–")) for start, end in _lines(raw)]
    lines = [line for line in lines if line[2]]
    headed = {i + 1 for i, line in enumerate(lines[:_TOP]) if line[2] in whole["tail"] or line[2] in whole["related"]}
    tickers = {i for i, line in enumerate(lines[: _TOP + 1]) if (i in headed and _is_ticker(line[2])) or (i < _TOP and _is_bar(line[2]))}
    for i, (_, _, text) in enumerate(
        lines[: min(2, len(lines) - 2)]
    ):  # headlines that run along the top, over the report's own: nobody tells "that" in them
        if len(text) > 2 * _LONGEST_HEADLINE and _is_ticker(text) and _THAT.isdisjoint(text.split()) and not _is_body(lines[i + 1][2]):
            tickers.add(i)
    first_body = next(
        (i for i, line in enumerate(lines) if _is_body(line[2]) and i not in tickers and not (i <= _TOP and _is_long_headline(line[2]))), 0
    )
    items = [i for i, (start, end, text) in enumerate(lines) if len(text) >= _SHORTEST_ITEM and _ITEM.match(raw[start:end].lstrip())]
    if len(items) >= _FEWEST_ITEMS:  # a list's short lines are its body
        first_body = min(first_body, items[0])
    # One or two lines behind a dash, between paragraphs that end in full stops: headlines of other reports.
    dashed = {i for i, (start, end, _) in enumerate(lines) if raw[start:end].lstrip()[:1] in _DASHES and first_body < i < len(lines) - 1}
    dashed = {i for i in dashed if len(dashed) < _FEWEST_ITEMS and len(lines[i][2]) < _SENTENCE_LENGTH and not _ends_sentence(lines[i][2])}
    told = [len(text) if _is_body(text) and _ends_sentence(text) else 0 for _, _, text in lines]
    dashed |= _headlines_below(lines, told, first_body)
    out: list[tuple[int, int, str]] = []
    is_tail = skip_next = False
    for index, (start, end, text) in enumerate(lines):
        role = "head" if index < first_body else "body"
        short = len(text) < _SENTENCE_LENGTH
        starts_tail = index > first_body and short and (text in whole["tail"] or text.startswith(phrases["tail_prefix"]))
        # "Latest news" over a deck's second printing is its section's name.
        starts_tail = starts_tail and sum(told[index:]) <= _MORE_BELOW * sum(told[:index])
        # Under the page's tags stands another report, whole.
        is_tail = is_tail or starts_tail or (text in whole["related"] and lines[index - 1][2].startswith(_TAGS))
        skip_next = skip_next and short and not _is_body(text)
        if skip_next or (
            is_tail
            or index in dashed
            or index in tickers
            or index + 1 in tickers
            or text in whole["line"]
            or (len(text) < 200 and text.startswith(phrases["prefix"]))
            or (len(text) < _LONGEST_CAPTION and (text.endswith(phrases["credit"]) or any(p in text for p in phrases["caption"])))
            or (_CREDITED.search(text) and len(text) < 3 * _LONGEST_CAPTION)
            or (short and text.startswith(phrases["counter"]) and not _DAY.search(text))  # beside it stands the day of publication
            or (
                short
                and (
                    any(p in text for p in phrases["contains"])
                    or (_CLOCK.match(text) and not _DAY.search(text))
                    or not (_WORD.search(text) or _DAY.search(text))
                )
            )
        ):  # the headlines under a "read also" line of its own
            role = "furniture"
        skip_next = skip_next or text in whole["related"]
        if text in whole["related"] or (text.startswith(phrases["related_prefix"]) and len(text) < 250):
            role = "furniture"
        out.append((start, end, role))
    return out


def furniture_spans(raw: str, lines: Lines | None = None) -> tuple[tuple[int, int], ...]:
    """Spans of the text as read, in order and apart, that are page furniture."""
    merged: list[tuple[int, int]] = []
    for start, end, role in lines or classify(raw):
        if role == "furniture":
            if merged and not raw[merged[-1][1] : start].strip():
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
    return tuple(merged)


def clean(raw: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without its page furniture, and the spans of `raw` that were taken out, in order."""
    removed = furniture_spans(raw)
    kept, at = [], 0
    for start, end in removed:
        kept.append(raw[at:start])
        at = end
    kept.append(raw[at:])
    return "".join(kept), removed
