"""Heaps of words that are no sentences."""

from datetime import date

from extraction import extract

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
