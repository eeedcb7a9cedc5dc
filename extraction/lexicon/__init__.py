"""The lexicon: data files of one term a line, editable by an Arabist who writes no code (docs/extraction.md explains the columns)."""

import csv
from functools import cache
from pathlib import Path

from extraction.folding import fold

HERE = Path(__file__).parent
AND = "\u0648"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `name` (.tsv with tabs, .csv with commas) by column; blank lines and lines that start with # are comments."""
    delimiter = "\t" if name.endswith(".tsv") else ","
    with open(HERE / name, encoding="utf-8", newline="") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        table = csv.DictReader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)
        return tuple({key: (value or "").strip() for key, value in row.items() if key} for row in table)


@cache
def _sets() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("words.tsv"):
        found.setdefault(row["set"], []).append(row["word"])
    return found


@cache
def terms(name: str) -> frozenset[str]:
    """The words of one set of words.tsv as written there and in the other tables; raises KeyError for a set that is not there."""
    return frozenset(_sets()[name])


@cache
def words(name: str) -> frozenset[str]:
    """The folded words of one set of words.tsv ("module.set"); raises KeyError for a set that is not there."""
    return frozenset(map(fold, terms(name)))


@cache
def words_and(name: str) -> frozenset[str]:
    """The words of a set, alone and with "and" written before them."""
    alone = words(name)
    return alone | {AND + word for word in alone if not word.isascii()}
