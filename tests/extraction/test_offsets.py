"""Spans are exact in the text as read: no input raises, and no spelling, encoding form or invisible mark shifts an offset."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import Report, extract
from extraction.folding import OffsetMap, fold
from extraction.text import clean, language, search_text

REPORT = (
    "كفري: أعلنت وزارة البيشمركة، اليوم الأحد (5 كانون الأول 2021)، استشهاد ثلاثة من قواتها وإصابة خمسة آخرين بهجوم شنه داعش "
    'على نقطة قرب قرية "تل الزيتون" التابعة لناحية كولجو.\nوقال المصدر إن القوات عثرت على 4 عبوات ناسفة.\n'
)
PIECES = st.sampled_from(
    [
        "هجوم",
        "داعش",
        "مقتل",
        "3",
        "جنود",
        "في",
        "كفري",
        "،",
        ".",
        "\n",
        "\r\n",
        "\u200c",
        "\u0640",
        "اليوم",
        "السبت",
        "(4كانون الأول 2021)",
        "😔",
        '"',
        "«",
        "وقال",
        "مصدر أمني",
        "بيان",
        "لخلية الإعلام الأمني",
        "اجتماع",
        "بين",
        "البيشمركة",
        "والجيش",
        "قرية",
        "e\u0301",
        "ﷲ",
        "بينهم",
        "خمسة",
        "attack",
        "killed",
        "\x00",
        "²",
        "²⁰²¹",
        "①",
        "१२",
        "½",
    ]
)


def _spans(report: Report):
    for event in report.events:
        yield from ((q.start, q.end, q.text) for q in event.quotes)
        yield from ((p.start, p.end, p.name) for p in event.places)
        yield from ((a.start, a.end, a.name) for a in event.actors)
        yield from ((o.start, o.end, o.name) for o in event.origins)
        yield from ((o.start, o.end, o.text) for o in event.outcomes)
        yield from ((w.start, w.end, w.name) for w in event.weapons)
        if event.date:
            yield event.date.start, event.date.end, event.date.phrase


def _check(text: str) -> Report:
    report = extract(text, published=date(2021, 12, 6))
    for start, end, words in _spans(report):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words
    edges = [0, *(offset for span in report.furniture for offset in span), len(text)]
    assert edges == sorted(edges)
    return report


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_heap_of_news_words_is_read_with_exact_spans(text):
    _check(text)


@pytest.mark.parametrize("mark", ["²", "²⁰²¹", "①", "½"])
def test_a_raised_or_circled_figure_is_no_number_and_raises_nothing(mark):
    report = _check(f"قتل {mark} جنود في هجوم لداعش في كفري يوم {mark} كانون الأول عام {mark}.")
    assert [c.low for e in report.events for c in e.casualties if c.low] == []


@pytest.mark.parametrize("marks", ["\u200c", "\ufeff", "\u0640\u064b"])
def test_a_last_line_of_invisible_marks_alone_raises_nothing(marks):
    assert _check(marks).events == ()
    assert len(_check(REPORT + marks).events) == len(_check(REPORT).events)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_raises(text):
    _check(text)
    search_text(text)
    language(text)
    kept, removed = clean(text)
    assert len(kept) == len(text) - sum(end - start for start, end in removed)


@given(st.text(max_size=200))
def test_every_folded_letter_maps_back_to_the_letter_it_came_from(text):
    offsets, folded = OffsetMap(text), fold(text)
    for i, letter in enumerate(folded):
        assert letter in fold(text[offsets.start(i) : offsets.start(i) + 1])


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: unicodedata.normalize("NFC", t),
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("\n", "\r\u200c\n"),
        lambda t: t.replace("داعش", "داعـــش"),
        lambda t: t.replace("هجوم", "هُجُومٍ"),
        lambda t: t.replace("البيشمركة", "البيش\u200cمركة"),
        lambda t: "😔😔 " + t,
        lambda t: "\ufeff" + t,
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: t.replace("ك", "\u06a9").replace("ي", "\u06cc"),
        lambda t: t.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    ],
    ids=[
        "NFD",
        "NFC",
        "CRLF",
        "CR ZWNJ LF",
        "tatweel",
        "vowel signs",
        "ZWNJ",
        "emoji",
        "BOM",
        "NBSP",
        "Persian letters",
        "Arabic-Indic digits",
    ],
)
def test_the_same_report_reads_the_same_in_another_spelling(change):
    plain, changed = _check(REPORT), _check(change(REPORT))
    assert [(e.kind, e.type, e.date and e.date.first) for e in changed.events] == [
        (e.kind, e.type, e.date and e.date.first) for e in plain.events
    ]
    assert [(c.party, c.harm, c.low) for e in changed.events for c in e.casualties] == [
        (c.party, c.harm, c.low) for e in plain.events for c in e.casualties
    ]
    assert changed.published.date == plain.published.date == date(2021, 12, 6)


def test_a_page_read_in_the_wrong_coding_is_read_in_its_own_and_quoted_as_it_stands():
    text = "هاجم مسلحون من داعش, مساء أمس, نقطة للجيش في قضاء كفري, ما أسفر عن مقتل جنديين وإصابة ثلاثة آخرين.\nالموافق 9 / حزيران / 2022\n"
    garbled = "".join(bytes([b]).decode("latin-1") if b >= 0xC0 else c for c in text for b in c.encode("cp1256"))
    report = extract(garbled)
    assert report.published.date == date(2022, 6, 9)
    assert {(c.harm, c.low) for c in report.events[0].casualties} == {("killed", 2), ("wounded", 3)}
    assert all(garbled[q.start : q.end] == q.text for e in report.events for q in e.quotes)


def test_words_of_other_languages_keep_their_letters():
    assert extract("Der Präsident der Region traf am Mittwoch in Köln Äußerungen zufolge den Außenminister.").language == "en"
