"""A sentence reads the same however a newspaper prints it: digits, stretched letters, hamzas left out, marks round the group's name."""

import re
from functools import cache

import pytest

from extraction import extract
from tests.extraction.test_sentences import PUBLISHED, table_rows

_GROUP = re.compile("(?<![\u0621-\u064a\"'«])داعش(?![\u0621-\u064a\"'»])")

PRINTINGS = {
    "Arabic-Indic digits": lambda text: re.sub(r"\d", lambda digit: chr(0x660 + int(digit.group())), text),
    "a stretched word": lambda text: text.replace("قت", "قـت").replace("هج", "هـج"),
    "no hamza on alef": lambda text: re.sub("[أإآ]", "ا", text),
    "marks round the group's name": lambda text: _GROUP.sub("«داعش»", text),
    "straight marks round it": lambda text: _GROUP.sub('"داعش"', text),
}


@cache
def read(text: str) -> list[tuple]:
    """Of each event its type, its days and its tolls."""
    return [
        (e.type, e.date and (e.date.first, e.date.last), {(c.party, c.harm, c.low, c.high, c.superseded) for c in e.casualties})
        for e in extract(text, published=PUBLISHED).events
    ]


@pytest.mark.parametrize("printing", PRINTINGS)
def test_every_sentence_of_the_table_reads_alike_in_another_printing(printing):
    reprint = PRINTINGS[printing]
    texts = [row["sentence"] for row in table_rows() if reprint(row["sentence"]) != row["sentence"]]
    assert len(texts) > 100
    assert [text for text in texts if read(reprint(text)) != read(text)] == []
