"""The day a report came out is read from where pages print it, and from nothing else."""

from datetime import date

import pytest

from extraction import extract

LEAD = "هاجم مسلحون من داعش، مساء أمس، نقطة للجيش في قضاء كفري، ما أسفر عن مقتل جنديين وإصابة ثلاثة آخرين، وفق مصدر أمني."
TITLE = "مقتل جنديين بهجوم لداعش على نقطة للجيش في كفري"


@pytest.mark.parametrize("line", ["2022-06-09", "11:42 - 2022/06/09", "09/06/2022", "الخميس 9 حزيران 2022"])
def test_a_line_with_a_day_under_the_headline_is_the_publication_day(line):
    report = extract(f"{TITLE}\n\n{line}\n\n{LEAD}\n")
    assert (report.published.date, report.published.basis) == (date(2022, 6, 9), "dateline")
    assert report.events[0].date.first == date(2022, 6, 8)


def test_a_byline_of_place_and_agency_is_no_headline_whatever_words_it_shares_with_the_lead():
    head = "قتيلان وثلاثة جرحى بهجوم\n\nالخميس 9 حزيران 2022 - 18:05\n\nكفري ديالى / وكالة المنارة"
    report = extract(f"{head}\n\n{LEAD} وقالت الوكالة في ديالى إنه وقع ليلا.\n")
    assert report.published.date == date(2022, 6, 9)


def test_a_line_with_only_a_clock_is_furniture_still():
    assert extract(f"{TITLE}\n\n11:42\n\n{LEAD}\n").published.date is None


def test_the_page_line_wins_over_a_weekday_counted_on_from_an_old_date():
    old = "وكان داعش قد سيطر على المدينة في 12 حزيران 2014 بعد معارك عنيفة مع الجيش."
    report = extract(f"{TITLE}\n\nالأحد 12 حزيران 2022\n\nأعلن مصدر أمني، اليوم الأحد، أن مسلحين هاجموا نقطة للجيش في كفري.\n\n{old}\n")
    assert report.published.date == date(2022, 6, 12)


def test_a_place_and_a_full_date_before_the_lead_are_its_dateline():
    report = extract(f"بغداد 14 يوليو / تموز 2013 - {LEAD}\n")
    assert (report.published.date, report.published.basis) == (date(2013, 7, 14), "dateline")


def test_a_full_date_inside_the_lead_is_no_dateline():
    assert extract("هاجم مسلحون نقطة للجيش في كفري يوم 14 تموز 2013 وقتلوا جنديين اثنين وأصابوا ثلاثة آخرين بجروح.").published.date is None
