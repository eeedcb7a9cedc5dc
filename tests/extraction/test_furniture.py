"""What a page prints beside its report, headlines of other reports first of all, gives neither events nor the day of publication."""

from datetime import date

import pytest

from extraction import extract

LEAD = "هاجم مسلحون من داعش، مساء أمس، نقطة للجيش في قضاء كفري، ما أسفر عن مقتل جنديين وإصابة ثلاثة آخرين، وفق مصدر أمني."
TITLE = "مقتل جنديين بهجوم لداعش على نقطة للجيش في كفري"


def test_a_line_of_headlines_under_latest_news_is_no_report():
    ticker = "انفجار سيارة في دمشق يقتل تسعة الرئيس يصل باريس في زيارة رسمية مقتل قيادي بغارة في إدلب أسعار النفط ترتفع مجدداً"
    report = extract(f"آخر الأخبار\n{ticker}\n\n{TITLE}\n\n{LEAD}\n")
    assert report.title == TITLE
    assert len(report.events) == 1


TICKER = (
    "انتخابات نقابة المحامين الأحد أجواء حارة في معظم المناطق غداً مقتل تسعة بتفجير في دمشق الرئيس يصل باريس في زيارة رسمية "
    "الأمن يضبط شحنة أسلحة في العقبة أسعار النفط ترتفع مجدداً اجتماع أمني في بغداد إعفاء المتقاعدين من الرسوم "
    "وفيات الأربعاء 2-4-2025 انطلاق مهرجان الربيع افتتاح مستشفى في إربد هجوم على دورية في سيناء يوقع قتلى جامعة تعلن نتائج القبول"
)


@pytest.mark.parametrize(
    "head",
    [
        TICKER,
        TICKER.replace(" الرئيس", "    الرئيس")
        .replace(" أسعار", "    أسعار")
        .replace(" اجتماع", "    اجتماع")
        .replace(" هجوم", "    هجوم"),
        "أحدث الأخبار\n  • 11:29 . مقتل تسعة بتفجير في دمشق... المزيد\n  • 11:20 . اجتماع أمني في بغداد... المزيد",
    ],
)
def test_headlines_that_run_along_the_top_are_no_news_and_no_day(head):
    report = extract(f"{head}\n\n{TITLE}\n\nوكالة المنارة 9-6-2022\n\n{LEAD}\n")
    assert report.published.date == date(2022, 6, 9)
    assert len(report.events) == 1


CLOSED = f"{LEAD}\n\nوقال المصدر إن القوات الأمنية فتحت تحقيقاً في الحادث ونقلت الجثتين إلى الطب العدلي."


@pytest.mark.parametrize(
    "foot",
    [
        "اعتقال قيادي في داعش بالأنبار\n12 مايو 2023\nانفجار عبوة ناسفة في ديالى\n13 مايو 2023",
        "اعتقال قيادي في داعش بالأنبار 12-05-2023\nانفجار عبوة ناسفة في ديالى 13-05-2023",
        "12 أيار 2023 - اعتقال قيادي في داعش بالأنبار\n13 أيار 2023 - انفجار عبوة ناسفة في ديالى",
        "اعتقال قيادي في داعش بالأنبار\nانفجار عبوة ناسفة في ديالى\nوزير الدفاع يلتقي السفير الفرنسي",
        "كلمات دلالية: داعش كفري\nإقرأ أيضاً:\nمقتل أربعة جنود في تدمر\nقتل أربعة جنود بهجوم لداعش فجر 13 مايو 2023، بحسب الوكالة.",
    ],
)
def test_headlines_of_other_reports_below_the_body_are_no_news_and_no_days(foot):
    report = extract(f"{TITLE}\n9 حزيران 2022\n{CLOSED}\n\n{foot}\n")
    assert report.published.date == date(2022, 6, 9)
    assert len(report.events) == 1


def test_who_signs_on_three_lines_under_the_text_is_read_still():
    foot = "المكتب الإعلامي\nلوزارة البيشمركة في حكومة الإقليم\n9 حزيران 2022"
    assert extract(f"{TITLE}\n\n{CLOSED}\n\n{foot}\n").published.date == date(2022, 6, 9)


def test_a_long_caption_that_ends_with_its_photographer_tells_no_event_of_its_own():
    caption = (
        "The bodies of soldiers who were killed in a suspected attack are carried from an airport on June 9, 2022. Gunmen in "
        "the north blew up a vehicle before they opened fire, killing nine, police sources said. No "
        "group immediately claimed responsibility for the attack, one of the deadliest in months. (Photo by Karwan Salih / The Agency)"
    )
    lead = "Two soldiers were killed in Kifri district on Thursday, the police said, when gunmen attacked their post near the town."
    report = extract(f"Two soldiers killed in Kifri\n\n{caption}\n\n{lead}\n")
    assert [place.name for event in report.events for place in event.places] == ["Kifri district"]
