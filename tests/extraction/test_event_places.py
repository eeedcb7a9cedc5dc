"""Where events took place: a follow-up shares the place told before it, a place comes with what holds it, and each has its words."""

import pytest

from extraction.pipeline import extract


def places(text: str) -> list[list[str]]:
    """The names of each event's places, events in order of the text."""
    return [[place.name for place in event.places] for event in extract(text).events]


def test_a_second_blow_without_a_place_fell_where_the_first_did():
    told = places(
        "انفجرت عبوة ناسفة صباح اليوم في قرية الزاب وقتلت جنديين.\n"
        "وأصيب ثلاثة من عناصر الدفاع المدني بانفجار عبوة أخرى لدى وصولهم لإخلاء الجرحى."
    )
    assert [names[0] for names in told] == ["الزاب", "الزاب"]


def test_a_separate_event_without_a_place_has_none():
    told = places(
        "انفجرت عبوة ناسفة صباح اليوم في قرية الزاب وقتلت جنديين.\nوفي حادث منفصل أمس الأول، اغتال مسلحون مجهولون موظفا حكوميا أمام منزله."
    )
    assert told[1] == []


def test_a_place_comes_with_the_governorate_its_source_speaks_for():
    [names] = places("قال مصدر أمني في محافظة ديالى إن مسلحين هاجموا نقطة للجيش.\nوأوضح أن الهجوم وقع في ناحية جلولاء وأسفر عن مقتل جندي.")
    assert set(names) >= {"جلولاء", "ديالى"}


def test_a_governorate_named_far_from_the_event_is_none_of_its_places():
    text = "انفجرت عبوة ناسفة صباح اليوم في جلولاء وقتلت جنديا.\n" + "وتواصل الفرق الخدمية أعمالها في رفع الأنقاض.\n" * 4
    [names] = places(text + "وتشهد محافظة ديالى موجة حر.")
    assert names == ["جلولاء"]


def test_every_place_stands_in_a_quoted_passage():
    text = (
        "قال مصدر أمني في محافظة ديالى إن القوات تعرضت لهجوم.\n"
        "وأوضح أن مسلحين هاجموا نقطة للجيش في ناحية جلولاء فقتلوا جنديا.\nوأصيب آخر بانفجار عبوة."
    )
    for event in extract(text).events:
        for place in event.places:
            assert any(quote.start <= place.start < quote.end for quote in event.quotes)
            assert text[place.start : place.end] == place.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قتل مدني برصاص مسلحين مجهولين في حي واحد أيار وسط المدينة.", "واحد أيار"),
        ("عبوة ناسفة انفجرت في حي النصر قتلت اثنين من المارة.", "النصر"),
        ("انفجرت سيارة مفخخة في منطقة الحسينية شمالي بغداد فقتلت ثلاثة أشخاص.", "الحسينية"),
        ("A roadside bomb killed two soldiers near Tal Sindan on Sunday.", "Tal Sindan"),
        ("Gunmen shot dead a teacher in the Qadisiya neighbourhood on Friday.", "Qadisiya"),
    ],
)
def test_a_name_in_no_list_is_kept_as_the_text_has_it(text, name):
    assert name in [each for names in places(text) for each in names]


def test_what_is_no_name_is_kept_out():
    told = places('انفجرت سيارة قرب مدينة للألعاب في الموصل فقتلت طفلا، وأعلنت قرية "لم" يذكر اسمها الحداد.')
    assert not {name for names in told for name in names} & {"للألعاب", "لم"}


def test_the_town_a_dispatch_is_sent_from_is_no_place_of_its_events():
    [names] = places("ERBIL, Kurdistan Region - A bomb killed two Peshmerga fighters in Makhmour on Sunday.")
    assert names == ["Makhmour"]


def test_the_city_of_a_byline_holds_no_event():
    text = "هجوم على نقطة للبيشمركة\n\nوكالة المنارة – أربيل\n\nهاجم مسلحون نقطة للبيشمركة في قضاء مخمور وقتلوا مقاتلا وجرحوا اثنين."
    assert places(text) == [["مخمور"]]
