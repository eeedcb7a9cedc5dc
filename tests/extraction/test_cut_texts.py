"""A text that breaks off anywhere, as a feed's summary does, is read: no rule looks past its last word."""

import pytest

from extraction import extract
from tests.extraction.test_sentences import PUBLISHED, table_rows

CUT_SHORT = (
    "2026",
    "بالمدفعية",
    "قتل جنديان في كفري. وأوضح المصدر أن الحصيلة جنديان قتيلان، في",
    "هاجم مسلحون نقطة للجيش في كفري. وهذا الهجوم هو الثالث في أقل من أسبوعين، إذ",
    "انسحب المسلحون من القرية. وانفجرت عبوة بعد نصف ساعة",
    "Islamic State claimed it had killed or wounded",
    "Gunmen killed a woman in Kirkuk and wounded her",
    "Gunmen attacked a post in Daquq. Four soldiers were killed and wounded",
    "The mayor, who runs the district south of Kirkuk, said the troops now deployed in the",
)


@pytest.mark.parametrize("text", CUT_SHORT)
def test_no_rule_looks_past_the_last_word(text):
    assert extract(text, published=PUBLISHED).read_to == len(text)


def test_every_sentence_of_the_table_is_read_cut_at_one_word_of_it():
    for number, row in enumerate(table_rows()):
        words = row["sentence"].split(" ")
        text = " ".join(words[: 1 + number % len(words)])
        assert extract(text, published=PUBLISHED).read_to == len(text)
