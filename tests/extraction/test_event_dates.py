"""Which day of a report is an event's."""

from datetime import date

import pytest

from extraction import extract

SATURDAY = date(2021, 12, 4)


def days(text):
    return [event.date.first if event.date else None for event in extract(text, published=SATURDAY).events]


@pytest.mark.parametrize(
    "text",
    [
        "قالت وزارة البيشمركة في بيان نشرته اليوم السبت إن حصيلة شهداء الهجوم على قرية خدرجيجة بلغت 12 شهيداً.",
        "تبنّى تنظيم داعش الهجوم على قرية خدرجيجة في بيان بثته وكالة تابعة له، مساء الجمعة.",
        "قالت وزارة البيشمركة إن حصيلة شهداء الهجوم على قرية خدرجيجة بلغت 12 شهيداً، بعدما فارق جريحان الحياة يوم أمس.",
    ],
)
def test_the_day_of_a_communique_or_of_what_followed_is_no_day_of_the_event(text):
    assert days(text) == [None]


def test_the_day_a_communique_tells_of_is_the_events():
    told = 'قالت وزارة البيشمركة في بيان بأنه "تم يوم الخميس تنفيذ هجوم على قرية خدرجيجة أسفر عن مقتل ثلاثة مدنيين".'
    assert days(told) == [date(2021, 12, 2)]


LEAD = "قُتل ثلاثة من الشرطة بانفجار عبوة ناسفة في داقوق أمس الجمعة.\n\n"
FRIDAY = date(2021, 12, 3)


def test_the_bomb_that_met_the_help_has_the_day_of_the_attack_in_the_paragraph_before():
    assert days(LEAD + "وانفجرت عبوة على سيارة كانت قادمة للنجدة في قرية كولجو، فأصيب شرطيان.") == [FRIDAY, FRIDAY]


def test_an_event_of_the_next_paragraphs_has_the_only_day_told_but_none_four_paragraphs_on():
    bomb = "وانفجرت عبوة على سيارة مدنية في قرية كولجو، فأصيب شرطيان."
    assert days(LEAD + bomb) == [FRIDAY, FRIDAY]
    assert days(LEAD + "وقال القائد إن الوضع هادئ.\n\n" * 3 + bomb) == [FRIDAY, None]


def test_a_day_told_between_two_events_keeps_the_first_ones_day_from_the_second():
    between = "وقال قائد الشرطة الخميس إن الوضع هادئ. "
    assert days(LEAD.strip() + " " + between + "وانفجرت عبوة على سيارة مدنية في قرية كولجو، فأصيب شرطيان.") == [FRIDAY, None]


TALKS = "عقد وزير الدفاع جمعة عناد، الجمعة، اجتماعاً مع وزير البيشمركة شورش إسماعيل في أربيل.\n\n"
VISIT = "وزار رئيس أركان الجيش عبد الأمير يار الله{then} محور مخمور والتقى قادة البيشمركة."


def test_a_visit_told_in_the_next_paragraph_has_the_day_of_the_talks_only_where_it_followed_them():
    assert days(TALKS + VISIT.format(then=" بعد ذلك")) == [FRIDAY, FRIDAY]
    assert days(TALKS + VISIT.format(then="")) == [FRIDAY, None]


def test_talks_of_the_same_official_in_the_next_paragraph_have_the_day_of_his_visit():
    visit = "وصل القائد العام للقوات المسلحة مصطفى الكاظمي أمس الجمعة إلى خانقين في جولة ميدانية لمتابعة القطعات.\n\n"
    assert days(visit + "وترأس القائد العام اجتماعاً أمنياً في مقر القيادة بحضور وزير الداخلية.") == [FRIDAY, FRIDAY]


def test_a_day_runs_through_events_told_one_after_another_but_not_into_the_background():
    told = "قتل شرطيان بانفجار عبوة ناسفة في داقوق الجمعة. كما قتل مدني برصاص مسلحين في الحويجة. وفي الرشاد، خطف مسلحون راعيين اثنين."
    assert days(told) == [FRIDAY, FRIDAY, FRIDAY]
    background = "وتشهد المنطقة هجمات متكررة لداعش، حيث قتل مسلحون مختار قرية في الرياض."
    assert days(LEAD + background) == [FRIDAY, None]


@pytest.mark.parametrize(
    "opening",
    [
        "وفي وقت لاحق، انفجرت عبوة",
        "وفي الوقت نفسه انفجرت عبوة",
        "وعقب الانفجار، انفجرت عبوة",
        "وفي الحويجة انفجرت عبوة",
        "وانفجرت ظهراً عبوة",
        "وانفجرت، بحسب المصادر ذاتها، عبوة",
    ],
)
def test_an_event_of_the_next_paragraph_has_the_day_told_where_its_words_go_on(opening):
    assert days(LEAD + f"{opening} على سيارة مدنية في قرية كولجو، فأصيب شرطيان.") == [FRIDAY, FRIDAY]


def test_what_befell_a_joint_operation_has_the_operations_day():
    operation = "نفذت قوات من الجيش والبيشمركة عملية مشتركة في جبال قرجوخ أمس الجمعة.\n\n"
    assert days(operation + "وأثناء تقدم القوات انفجر لغم أرضي على جرافة للجيش قرب قرية قره سالم فقتل سائقها.") == [FRIDAY, FRIDAY]


def test_the_listed_results_of_an_operation_have_its_day_but_none_that_another_item_names():
    operation = "انطلقت أمس الجمعة عملية أمنية في شمال قره تبه بمشاركة لواءين من الجيش.\nوأسفرت العملية عن:\n1- تفتيش تسع قرى.\n"
    found = operation + "2- العثور على نفق في وادي ثلاب.\n{}3- إصابة مقاتل بانفجار عبوة ناسفة في قرية باوه محمود."
    assert days(found.format(""))[-1] == FRIDAY
    assert days(found.format("3- مقتل شرطي برصاص قناص في الحويجة يوم الأربعاء.\n"))[-1] is None
