"""Heaps of words that are no sentences."""

from datetime import date

from extraction import MOST_READ, extract

ATTACK = "قتل ثلاثة جنود في هجوم لداعش على قرية في قضاء كفري يوم 5 كانون الأول 2021."
DAY = date(2021, 12, 6)


def test_a_heap_of_words_for_attacks_reports_nothing():
    assert extract("هجوم داعش على " * 100, published=DAY).events == ()


def test_a_heap_of_words_hides_no_sentence_beside_it():
    alone, beside = (extract(text, published=DAY).events for text in (ATTACK, f"{ATTACK}\n{'هجوم داعش على ' * 100}"))
    assert len(alone) == len(beside) == 1
    assert [(c.low, c.party) for c in beside[0].casualties] == [(c.low, c.party) for c in alone[0].casualties]


def test_a_day_of_many_attacks_without_full_stops_is_still_read():
    villages = ("كفري", "خانقين", "مخمور", "طوزخورماتو", "سنجار")
    text = " ".join(f"وفي هجوم على {name} قتل {n} مدنيين وأصيب {n + 1} آخرون" for n, name in enumerate(villages * 3, 2))
    assert extract(text, published=DAY).events


def test_of_a_text_longer_than_any_report_the_first_part_is_read_and_the_rest_is_kept():
    text = f"{ATTACK}\n" + "وتناولت الصحف شؤون الزراعة والري في المحافظة. " * (MOST_READ // 40) + ATTACK
    report = extract(text, published=DAY)
    assert len(report.events) == 1
    assert MOST_READ - 1000 < report.read_to <= MOST_READ < report.length == len(text)
    assert text[report.read_to] in " \n"
    assert report.text_spans[-1][1] == len(text)
    assert extract(ATTACK, published=DAY).read_to == len(ATTACK)
