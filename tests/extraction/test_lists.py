"""Lists of events: every item an event of its own, on the day of its heading; and paragraphs broken at their page's width."""

from datetime import date

from extraction import extract
from extraction.furniture import soft_breaks

POSTS = """قناة أخبار السهل

السبت 6 تشرين الثاني 2021

🔴 انفجار عبوة ناسفة على دورية للجيش في الحويجة وإصابة جنديين
👁 1.1K 09:12

🔴 تحديث: انفجار الحويجة أوقع شهيداً وثلاثة جرحى من الجيش
👁 1.4K 10:40

الأحد 7 تشرين الثاني 2021

🔵 مسلحون هاجموا فجر اليوم نقطة للشرطة في جلولاء وأصابوا شرطياً
👁 900 08:15

🔵 القبض على ثلاثة إرهابيين في تلعفر
👁 700 21:30
"""

TOLL_LATER = """قناة أخبار السهل

السبت 6 تشرين الثاني 2021

🔴 09:10 هجوم لداعش على نقطة للبيشمركة بقرية كولجو قرب كفري

🔴 11:30 القبض على مطلوب في تلعفر

الأحد 7 تشرين الثاني 2021

🔴 08:05 الهجوم الذي طال النقطة يوم السبت انتهى باستشهاد 3 من البيشمركة
"""

CHRONOLOGY = """أحداث الأسبوع الأمني في المحافظات

الأحد 5 كانون الأول:
- خطف راعيين في ناحية قره تبه.
- سقوط قذيفتي هاون على قرية في جلولاء من دون خسائر.

الاثنين:
- مقتل جندي وإصابة آخر بانفجار عبوة ناسفة في الطارمية.

ليلة الثلاثاء - الأربعاء:
- هجوم على نقطة للحشد الشعبي في آمرلي أسفر عن إصابة مقاتلين اثنين.
"""

BULLETS = """Security round-up

- 3 November: gunmen opened fire on a police checkpoint near Hawija, killing two policemen.
- 3 November: a roadside bomb wounded three soldiers near Baqubah.
- 4 November: two mortar rounds hit a village near Makhmour, wounding a farmer.
"""

BROKEN = """مقتل ثلاثة جنود في ديالى

بعقوبة - قال مصدر في شرطة محافظة ديالى إن مسلحين
هاجموا مساء أمس نقطة تفتيش للجيش في أطراف ناحية
جلولاء، ما أدى إلى مقتل ثلاثة جنود وإصابة
أربعة آخرين.
"""


def _read(text, published=date(2021, 12, 9)):
    return extract(text, published=published)


def _days(report):
    return [(e.type, str(e.date.first), str(e.date.last)) if e.date else (e.type, "", "") for e in report.events]


def test_each_post_under_a_day_is_an_event_of_that_day():
    assert _days(_read(POSTS)) == [
        ("ied", "2021-11-06", "2021-11-06"),
        ("armed_attack", "2021-11-07", "2021-11-07"),
        ("arrest", "2021-11-07", "2021-11-07"),
    ]


def test_an_update_belongs_to_the_post_it_updates():
    first = _read(POSTS).events[0]
    assert any("تحديث" in quote.text or "شهيدا" in quote.text for quote in first.quotes)


def test_today_in_a_post_is_the_day_above_it_not_the_day_of_publication():
    attack = _read(POSTS).events[1]
    assert attack.date.phrase == "فجر اليوم"
    assert attack.date.first == date(2021, 11, 7)


def test_a_weekday_alone_is_the_next_one_after_the_heading_before_it():
    assert _days(_read(CHRONOLOGY)) == [
        ("abduction", "2021-12-05", "2021-12-05"),
        ("shelling", "2021-12-05", "2021-12-05"),
        ("ied", "2021-12-06", "2021-12-06"),
        ("armed_attack", "2021-12-07", "2021-12-08"),
    ]


def test_items_of_one_day_stay_apart():
    assert [e.type for e in _read(BULLETS).events] == ["armed_attack", "ied", "shelling"]


def test_a_day_of_an_item_takes_its_year_from_the_headline_where_nothing_else_gives_one():
    text = (
        "Incidents of March 2016\n\n2 March\n- A car bomb killed six people in Balad.\n\n"
        "5 March\n- Gunmen attacked a police base in Samarra.\n- A bomb killed one in Kirkuk.\n"
    )
    assert [str(e.date.first) for e in extract(text).events] == ["2016-03-02", "2016-03-05", "2016-03-05"]


def test_one_dated_line_over_an_article_is_no_heading():
    text = "7 تشرين الثاني 2021\n\nهاجم مسلحون نقطة للجيش في كفري. وفي طوزخورماتو انفجرت عبوة ناسفة على دورية للشرطة."
    assert all(e.date is None for e in _read(text).events)


def test_lines_broken_at_the_width_of_a_page_are_one_sentence():
    report = _read(BROKEN)
    (event,) = report.events
    assert event.date.first == date(2021, 12, 8)
    assert {(c.party, c.harm, c.low) for c in event.casualties} == {("iraqi_army", "killed", 3), ("iraqi_army", "wounded", 4)}
    assert all(BROKEN[q.start : q.end] == q.text for q in event.quotes)


SPACED = """ليلة دامية في قرى كفري

لم تمنع الحملات المتلاحقة مسلحي داعش من معاودة الظهور في ريف كفري.

وفي ليلة السبت، تسللت مجموعة من المسلحين إلى قرية

الشيخ سعد التابعة لكفري، وقتلت ثلاثة مدنيين من

عائلة واحدة، بحسب مسؤول محلي.

وفي أواخر أيار الماضي، أحرقت عناصر

التنظيم مزارع الحنطة في قضاء كفري.
"""


def test_lines_with_an_empty_line_behind_each_are_one_sentence_where_they_run_on():
    attack, _ = (e for e in _read(SPACED).events if e.kind == "incident")
    assert [p.name for p in attack.places][:1] == ["الشيخ سعد"]
    assert {(c.party, c.harm, c.low) for c in attack.casualties} == {("civilian", "killed", 3)}


def test_a_block_of_headlines_keeps_its_lines():
    assert not soft_breaks("هجوم على نقطة للجيش في كفري\nانفجار في بغداد يوقع خمسة جرحى\nارتفاع أسعار التمور قبل رمضان\n")
    assert not soft_breaks("- هجوم على نقطة للجيش في كفري.\n- انفجار في بغداد يوقع خمسة جرحى.\n- ارتفاع أسعار التمور قبل رمضان.\n")


def test_who_announces_a_list_speaks_for_its_items():
    text = (
        "أعلنت وزارة الداخلية، اليوم الأربعاء، حصيلة عملياتها وجاء فيها:\n"
        "١. القبض على ثلاثة متهمين بالإرهاب في كفري.\n"
        "٢. ضبط كدس للأعتدة في داقوق يحتوي على 30 عبوة ناسفة.\n"
        "٣. انفجار عبوة ناسفة على دورية للشرطة في طوزخورماتو وإصابة شرطيين.\n"
    )
    events = extract(text, published=date(2021, 12, 8)).events
    assert len(events) >= 3
    assert all([origin.name for origin in event.origins] == ["وزارة الداخلية"] for event in events)


def test_the_name_before_a_lines_colon_speaks_for_the_line():
    text = (
        "14:05 الحشد العشائري: ضبط مخبأ للأسلحة في كفري\n\n"
        "15:10 هجوم مسلح على نقطة للجيش في داقوق\n\n"
        "16:20 شرطة كركوك: القبض على مطلوبين اثنين في الحويجة\n"
    )
    names = [[origin.name for origin in event.origins] for event in extract(text, published=date(2021, 12, 8)).events]
    assert names[:2] == [["الحشد العشائري"], []]


def test_a_toll_told_in_a_later_post_is_of_the_attack_of_that_day():
    events = [e for e in _read(TOLL_LATER).events if e.type == "armed_attack"]
    assert [[(c.party, c.harm, c.low) for c in e.casualties] for e in events] == [[("peshmerga", "killed", 3)]]


def test_a_bulletin_s_items_have_the_day_that_it_gives_its_results_for():
    head = "واصلت القطعات الأمنية واجباتها، وكانت النتائج ليوم الأربعاء الموافق 8 شباط 2023 كما يلي:"
    items = [
        "- قيادة عمليات كركوك: ألقت قوة من الجيش القبض على ثلاثة إرهابيين في ناحية الرياض.",
        "- قيادة عمليات ديالى: عثرت قوة من الجيش على كدس للعتاد في العظيم.",
        "- قيادة عمليات نينوى: انفجر لغم على قوة من الشرطة الاتحادية في الحضر وأصاب شرطياً.",
    ]
    report = extract("\n\n".join(["نشاطات القطعات", head, *items, "خلية الإعلام الأمني\n9 شباط 2023"]))
    assert [event.date.first for event in report.events if event.date] == [date(2023, 2, 8)] * 3
    told = "أعلنت القيادة اليوم الأربعاء 8 شباط 2023 ما يلي:"
    report = extract("\n\n".join(["نشاطات القطعات", told, *items]))
    assert [event.date and event.date.first for event in report.events] == [None] * 3


def test_a_text_broken_around_its_links_is_read_as_sentences():
    text = (
        "قتل جنديان وأصيب ثالث، اليوم الثلاثاء، في\nانفجار عبوة قرب كفري.\n"
        "إلى ذلك خطف مسلحون رجلين كانا\nيجمعان الكمأ في صحراء الحضر أمس، ولم يعرف مصيرهما."
    )
    report = extract(text, published=date(2021, 12, 7))
    assert [(e.type, str(e.date.first)) for e in report.events] == [("ied", "2021-12-07"), ("abduction", "2021-12-06")]


def test_a_round_up_whose_items_open_with_a_place_in_capitals_has_the_day_of_its_heading():
    text = (
        "Oct 23 (Agency) - Following are security developments in Iraq at 1700 GMT on Tuesday:\n\n"
        "MOSUL - Gunmen shot dead a teacher in Mosul, police said.\n\n"
        "NEAR BAQUBA - A roadside bomb killed two soldiers near Buhriz, police said.\n\n"
        "KIRKUK - Police arrested six suspected militants west of Kirkuk on Monday, police said.\n"
    )
    report = extract(text, published=date(2007, 10, 24))
    assert [str(e.date.first) for e in report.events] == ["2007-10-23", "2007-10-23", "2007-10-22"]


def test_a_line_or_two_behind_a_dash_between_paragraphs_are_headlines_of_other_reports():
    first = "ألقت الآسايش القبض على سبعة من عناصر داعش في عمليات مختلفة نفذتها أمس في مناطق كلار وجمجمال، بحسب بيان للمديرية."
    last = "ولفت البيان إلى أن المقبوض عليهم كانوا قد راقبوا منازل ضباط في الأجهزة الأمنية، وأنهم أحيلوا إلى القضاء لمحاكمتهم."
    report = _read(f"{first}\n- داعش يعلن مسؤوليته عن هجوم في خانقين\n- التحالف يسلم معدات للبيشمركة\n{last}\n")
    assert [e.type for e in report.events] == ["arrest"]


def test_a_round_up_whose_heading_ends_in_a_full_stop_has_its_day_too():
    text = (
        "Oct 15 (Agency) - Following are security developments in Iraq as of 1915 GMT on Wednesday.\n\n"
        "* KHALIS - A roadside bomb killed six soldiers near Khalis, police said.\n\n"
        "MOSUL - A roadside bomb killed a policeman in eastern Mosul, police said.\n\n"
        "KIRKUK - Gunmen killed a police captain in Kirkuk, police said.\n"
    )
    assert [str(e.date.first) for e in extract(text, published=date(2008, 10, 15)).events] == ["2008-10-15"] * 3


BANNER = """المسار
السبت 14 حزيران

استشهاد أربعة من البيشمركة بتفجير في كولجو

2021/11/28

استشهد أربعة من مقاتلي البيشمركة بانفجار عبوة ناسفة، مساء أمس السبت، في ناحية كولجو بقضاء كفري.

وأعلن مستشفى كلار صباح اليوم وفاة أحد الجرحى، ليصبح عدد شهداء التفجير خمسة.
"""


def test_a_banners_day_over_the_headline_heads_no_list():
    events = extract(BANNER, published=date(2021, 11, 28)).events
    assert [(e.type, [(c.party, c.low) for c in e.casualties]) for e in events] == [("ied", [("peshmerga", 5), ("peshmerga", 4)])]
