"""The day a report came out is read from where pages print it, and from nothing else."""

from datetime import date

import pytest

from extraction import extract

LEAD = "هاجم مسلحون من داعش، مساء أمس، نقطة للجيش في قضاء كفري، ما أسفر عن مقتل جنديين وإصابة ثلاثة آخرين، وفق مصدر أمني."
TITLE = "مقتل جنديين بهجوم لداعش على نقطة للجيش في كفري"


@pytest.mark.parametrize(
    "line",
    [
        "2022-06-09",
        "9\\6\\2022",
        "2022 حزيران 9",
        "11:42 - 2022/06/09",
        "09/06/2022",
        "الخميس 9 حزيران 2022",
        "09.06.2022",
        "نشر في وكالة المنارة يوم 09 - 06 - 2022",
        "كفري / وكالة المنارة 9 /6 /2022 الساعة 19:20:04",
        "الخميس - 9 ذو القعدة 1443 هـ - 09 يونيو 2022 مـ",
        "9 - يونيو - 2022",
        "الخميس 09/حزيران/2022",
        "حزيران 9, 2022 10:22 م",
        "يونيو 9th, 2022",
        "يونيو 9 2022",
        "خميس, 06/09/2022 - 10:22",
        "09.06.22",
        "11:5509/06/2022, Perşembe",
        "• أخبار\n  • دولية\n  • 2022/06/09 09:48",
        "09 . 06 . 2022",
        "٩. ٦. ٢٠٢٢ | وكالة المنارة",
        "6/9/2022 9:15:00 PM",
        "نشر بتاريخ 9/6/2022",
        "Thu, 06/09/2022 - 10:22",
        "أمنيحزيران 9, 2022",
        "آسو كريم\nGMT 11:20 2022 الخميس 9 يونيو",
    ],
)
def test_a_line_with_a_day_under_the_headline_is_the_publication_day(line):
    report = extract(f"{TITLE}\n\n{line}\n\n{LEAD}\n")
    assert report.published.date == date(2022, 6, 9)
    assert report.published.basis == ("metadata" if "نشر" in line else "dateline")
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


TOLD = "أعلن مصدر أمني، اليوم السبت، أن مسلحين من داعش هاجموا نقطة للجيش في قضاء كفري، ما أسفر عن مقتل جنديين وإصابة ثلاثة آخرين."
BANNER = "وكالة المنارة\nالسبت 4 كانون الأول 2021\n\n"


def test_a_banner_above_the_headline_counts_where_the_text_says_today_of_its_weekday():
    assert extract(f"{BANNER}{TITLE}\n\n{TOLD}\n").published.date == date(2021, 12, 4)
    assert extract(f"{BANNER}{TITLE}\n\n{LEAD}\n").published.date is None
    assert extract(f"{BANNER}{TITLE}\n\n{TOLD.replace('السبت', 'الأحد')}\n").published.date is None


def test_a_labelled_day_wins_over_a_banner_of_the_same_weekday():
    report = extract(f"{BANNER}{TITLE}\n\nتاريخ النشر: 8/1/2022\n\n{TOLD}\n")
    assert report.published.date == date(2022, 1, 8)


@pytest.mark.parametrize(
    "banner",
    [
        "المنارة\nآراء\n2022/6/9 11:02:17 م",
        "المنارة    - 9/6/22//",
        "المنارة العدد 4521 الخميس 9 حزيران 2022",
        "المنارة  الخميس 9 يونيو 2022",
        "2022/06/09 16:45",
        "المنارة - محليات\n9 يونيو 2022",
        "المنارة\n9 يونيو، 2022   أخبار كفري   اترك تعليقا",
    ],
)
def test_a_stamp_in_figures_or_a_masthead_above_the_headline_is_the_publication_day(banner):
    assert extract(f"{banner}\n\n{TITLE}\n\n{LEAD}\n").published.date == date(2022, 6, 9)


@pytest.mark.parametrize("banner", ["Friday, 13 February 2026", "13/02/2026 10:22\nوكالة المنارة", "الثلاثاء 24 أيلول 2024 04:22"])
def test_a_live_banner_is_no_publication_day(banner):
    assert extract(f"{banner}\n\n{TITLE}\n\n{LEAD}\n").published.date is None


@pytest.mark.parametrize(
    "foot",
    [
        "المركز الإعلامي\n9/6/2022",
        "أربيل 9/6/2022",
        "بغداد في 9 حزيران 2022",
        "المكتب الإعلامي للمحافظ - 9/6/2022",
        "بقلم: هيئة التحرير | 09-06-2022",
        "الخميس ٩ حزيران ٢٠٢٢  العدد ١٠٢٢\nصفحة: الأخيرة / محليات\nسعر النسخة ٥٠٠ دينار\nرئيس التحرير: سعد ناصر\nالمنارة – الكرادة",
    ],
)
def test_who_signs_where_and_when_under_the_text_gives_the_publication_day(foot):
    assert extract(f"{TITLE}\n\n{LEAD}\n\n{LEAD}\n\n{foot}\n").published.date == date(2022, 6, 9)


@pytest.mark.parametrize("end", [" (انتهى) 9/6/2022", "\n(انتهى) 9-6-2022", " /انتهى/ 9 حزيران 2022", "\nمحرر الموقع : 2022 - 06 - 09"])
def test_behind_the_agencys_last_word_stands_the_publication_day(end):
    assert extract(f"{TITLE}\n\n{LEAD}\n\n{LEAD}{end}").published.date == date(2022, 6, 9)


def test_the_line_below_the_code_of_the_news_dates_it_wherever_it_stands():
    assert extract(f"{LEAD}\nرمز الخبر: 85423\n٩ حزيران ٢٠٢٢ - ١٦:٢٠\n- الطباعة\n{LEAD}\n").published.date == date(2022, 6, 9)
    assert extract(f"{LEAD}\n{LEAD} وكان الهجوم قد انتهى في 9/6/2021.").published.date is None


@pytest.mark.parametrize("foot", ["وتأسس اللواء 9/6/2014", "تم الاطلاع عليه بتاريخ 9/6/2022", "التعليقات\nقارئ - 9 حزيران 2022"])
def test_a_loose_line_that_tells_of_another_day_is_no_publication_day(foot):
    assert extract(f"{TITLE}\n\n{LEAD}\n\n{foot}\n").published.date is None


def test_a_label_in_the_middle_of_a_line_counts_for_the_day_behind_it_alone():
    assert extract(f"رمز الخبر: 85423 - تاريخ النشر: 9 حزيران 2022 - 10:18\n\n{TITLE}\n\n{LEAD}\n").published.date == date(2022, 6, 9)
    assert extract(f"رمز الخبر: 85423 | تاريخ الخبر: 9 حزيران 2022\n\n{TITLE}\n\n{LEAD}\n").published.date == date(2022, 6, 9)
    assert extract(f"الجمعة 3 مايو 2024 | آخر تحديث 12:20\nمحليات\n\n{TITLE}\n\n{LEAD}\n").published.date is None


def test_a_paper_with_its_section_and_both_calendars_above_the_headline_gives_the_publication_day():
    yesterday = LEAD.replace("مساء أمس", "أمس الأربعاء")
    banner = "المنارة - محليات - الخميس 10 ذو القعدة 1443 - 9 يونيو 2022"
    assert extract(f"{banner}\n\n{TITLE}\n\n{yesterday}\n").published.date == date(2022, 6, 9)


def test_a_witness_told_an_agency_on_the_publication_day_however_long_he_is_introduced():
    told = 'وقال آسو كريم، وهو من أهالي قرية "قوالي" القريبة، لشبكة المنارة الإعلامية، الخميس (9 حزيران 2022)، إن مسلحين خطفوا راعيين.'
    assert extract(f"{TITLE}\n\n{LEAD}\n\n{told}\n").published.date == date(2022, 6, 9)


def test_a_caption_with_a_day_yields_to_the_labelled_day_below_it():
    head = "قوات عراقية في ديالى - 5 مارس 2020 (الوكالة)\nنشر: 9 حزيران 2022"
    assert extract(f"{TITLE}\n\n{head}\n\n{LEAD}\n").published.date == date(2022, 6, 9)


def test_figures_are_read_month_first_only_where_the_weekday_told_fits_no_other_way():
    told = LEAD.replace("مساء أمس", "الأربعاء")
    assert extract(f"{TITLE}\n\n4/7/2021\n\n{told}\n").published.date == date(2021, 4, 7)
    assert extract(f"{TITLE}\n\n7/4/2021\n\n{told}\n").published.date == date(2021, 4, 7)
    assert extract(f"{TITLE}\n\n4/7/2021\n\n{told.replace('الأربعاء', 'السبت')}\n").published.date == date(2021, 7, 4)


def test_the_address_at_the_foot_gives_the_day_where_nothing_else_does():
    body = "\n\n".join([LEAD.replace("، مساء أمس،", "")] * 6)
    assert extract(f"{TITLE}\n\n{body}\n\nالمصدر: https://example.org/2022/06/09/two-soldiers").published.date == date(2022, 6, 9)


def test_a_banner_over_news_of_yesterday_by_its_weekday_is_the_publication_day():
    yesterday = LEAD.replace("مساء أمس", "مساء أمس الأربعاء")
    assert extract(f"الخميس 9 حزيران 2022 04:22\n\n{TITLE}\n\n{yesterday}\n").published.date == date(2022, 6, 9)
    assert extract(f"المنارة | الخميس، ٩ حزيران ٢٠٢٢، ١٣:٠٨\n\nمحليات\n\n{TITLE}\n\n{yesterday}\n").published.date == date(2022, 6, 9)
    assert extract(f"الجمعة 10 حزيران 2022 04:22\n\n{TITLE}\n\n{yesterday}\n").published.date is None


def test_the_signed_day_wins_over_a_day_counted_from_yesterday():
    lead = "هاجم مسلحون، أمس الجمعة (3 كانون الأول 2021)، نقطة للجيش في كفري وقتلوا جنديين."
    assert extract(f"{TITLE}\n\n{lead}\n\nالمركز الإعلامي\n5/12/2021\n").published.date == date(2021, 12, 5)


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        (
            "في الساعة 10:20 من ليلة أمس، الثلاثاء على الأربعاء 11-12/5/2021، هاجم مسلحون نقطة للجيش في كفري وقتلوا جنديين.",
            date(2021, 5, 12),
        ),
        ("أفاد مصدر أمني، أمس الثلاثاء (7 كانون الأول 2021)، بأن مسلحين هاجموا نقطة للجيش في كفري وقتلوا جنديين.", date(2021, 12, 8)),
    ],
    ids=["last night, by its two days", "yesterday, with its date"],
)
def test_what_is_told_of_the_day_before_with_its_date_dates_the_report_the_day_after(lead, day):
    assert extract(f"{TITLE}\n\n{lead}\n").published.date == day


@pytest.mark.parametrize("line", ["© 2021 AFP\nSat, Dec 4, 2021, 7:12 PM GMT", "2021/12/4", "Published: December 4, 2021"])
def test_a_line_of_nothing_but_a_day_at_the_end_is_the_publication_day(line):
    assert extract(f"{TITLE}\n\n{LEAD}\n\n{line}\n").published.date == date(2021, 12, 4)


def test_a_dateline_may_stand_between_slashes_or_in_brackets():
    assert extract(f"{TITLE}\n\nبغداد/ 4-12-2021/ المنارة: {LEAD}\n").published.date == date(2021, 12, 4)
    assert extract(f"{TITLE}\n\nكفري- المنارة (4 كانون الأول 2021) : {LEAD}\n").published.date == date(2021, 12, 4)
    assert extract(f"{TITLE}\n\nكفري (العراق) (المنارة) - 4-12-2021 - {LEAD}\n").published.date == date(2021, 12, 4)
    assert extract(f"{TITLE}\n\n(كفري، 4 كانون الأول 2021) {LEAD}\n").published.date == date(2021, 12, 4)


def test_a_place_and_the_outlet_in_quotation_marks_are_no_headline():
    head = "ستة قتلى في هجومين على ثكنات ونقاط تفتيش\n\nالسبت 4 كانون الأول 2021\nكفري: «جنديين الجيش»"
    assert extract(f"{head}\n\n{LEAD}\n").title == "ستة قتلى في هجومين على ثكنات ونقاط تفتيش"


def test_yesterday_with_its_date_dates_the_report_a_day_later_however_short_the_lead():
    lead = "هاجم مسلحون، أمس الجمعة (3 كانون الأول 2021)، نقطة للجيش في كفري وقتلوا جنديين."
    assert extract(f"{TITLE}\n\n{lead}\n").published.date == date(2021, 12, 4)


def test_a_leads_weekday_with_its_full_date_dates_the_report_unless_a_later_day_is_told():
    lead = "شارك وزير البيشمركة شورش إسماعيل، يوم الخميس الموافق 15 حزيران 2023، في اجتماع مع وزير الدفاع في أربيل وبحثا التنسيق."
    assert extract(f"{TITLE}\n\n{lead}\n").published.date == date(2023, 6, 15)
    assert extract(f"{TITLE}\n\n{lead}\n\nوفي 20 حزيران 2023 عقد الوزيران اجتماعاً ثانياً في بغداد.\n").published.date is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("20211204/story", date(2021, 12, 4)),
        ("04122021", date(2021, 12, 4)),
        ("4-12-2021/a", date(2021, 12, 4)),
        ("041220213", date(2021, 12, 4)),
        ("2021/12/12-04/7.htm", date(2021, 12, 4)),
        ("2021/12/211204_kifri_attack", date(2021, 12, 4)),
        ("2021/1204/c31-88.html", date(2021, 12, 4)),
        ("20211204200652.htm", date(2021, 12, 4)),
        ("123456789", None),
    ],
)
def test_a_url_may_spell_the_day_with_or_without_the_number_of_the_report(url, day):
    assert extract(f"{TITLE}\n\n{LEAD}\n", url=f"https://example.org/a/{url}").published.date == day


def test_a_night_written_by_its_two_days_in_figures_is_both_of_them():
    [event] = extract("في ليلة 18/19-1-2022 هاجم مسلحون نقطة للبيشمركة قرب قرية كاني كوره وقتلوا مقاتلا.").events
    assert (event.date.first, event.date.last) == (date(2022, 1, 18), date(2022, 1, 19))


@pytest.mark.parametrize(
    "line",
    [
        "4 ديسمبر، 2021   أخبار   322 زيارة",
        "عدد القراءات: 2104    2021/12/04 13:20",
        "4 كانون الأول, 2021 | 1204 مشاهدة",
        "December 4, 2021 - 1,204 views",
    ],
)
def test_how_often_a_page_was_visited_is_no_news_beside_its_day(line):
    assert extract(f"{TITLE}\n\n{line}\n\n{LEAD}\n").published.date == date(2021, 12, 4)


def test_a_day_in_figures_alone_under_the_outlets_name_is_the_publication_day():
    assert extract(f"Courier\n04-12-2021\n\n{TITLE}\n\n{LEAD}\n").published.date == date(2021, 12, 4)


def test_an_agency_that_signs_the_last_line_with_a_day_gives_the_day_of_publication():
    assert extract(f"{TITLE}\n\n{LEAD}\n\nThe Agency English - 9/6/2022").published.date == date(2022, 6, 9)


def test_a_day_whose_line_is_half_garbled_by_the_pages_coding_is_still_read():
    line = "الخميس ٠٩ ÐÜæ ÇáÞÚÏÉ ١٤٤٣ هـ - الموافق ٠٩ / حزيران / ٢٠٢٢ م"
    assert extract(f"{TITLE}\n\n{LEAD}\n\n{line}\n").published.date == date(2022, 6, 9)


def test_the_weekday_of_the_lead_is_counted_on_from_a_weekday_with_its_full_date():
    lead = "أعلنت مديرية آسايش كلار، الخميس، اعتقال ثلاثة من عناصر داعش في قضاء كلار ومناطق أخرى قريبة منه."
    told = "وأضافت أن القوة اعتقلتهم في عمليتين يومي الثلاثاء والأربعاء الموافقين 18 و19/10/2022 في كلار."
    assert extract(f"{lead}\n\n{told}\n").published.date == date(2022, 10, 20)
    assert extract(f"{lead}\n\nوكان داعش قد سيطر على المنطقة في 19/10/2014.\n").published.date is None
    one = "وأضافت أن القوة اعتقلتهم في عملية يوم الأربعاء المصادف 19/10/2022 في كلار."
    assert extract(f"{lead}\n\n{one}\n").published.date == date(2022, 10, 20)


def test_a_stamp_above_the_lead_is_its_day_where_the_lead_was_told_on_its_weekday():
    lead = (
        "Al-Manar News / The Security Media Cell announced on Wednesday that a soldier was killed in an ISIS attack in Diyala governorate."
    )
    assert extract(f"2021-02-10 14:02:51\n\n{lead}\n").published.date == date(2021, 2, 10)
    assert extract(f"2021-02-12 14:02:51\n\n{lead}\n").published.date is None


def test_a_post_quoted_dates_the_weekday_of_the_lead():
    lead = "أعلنت بعثة الأمم المتحدة لمساعدة العراق، الثلاثاء، مقتل 320 مدنيا وإصابة 405 آخرين في أعمال العنف خلال تشرين الأول الماضي."
    assert extract(f"{lead}\n\nأعداد الضحايا\n— UNAMI (@UNIraq) November 1, 2016\n").published.date == date(2016, 11, 1)
    assert extract(f"{lead}\n\nأعداد الضحايا\n— UNAMI (@UNIraq) November 3, 2016\n").published.date is None


@pytest.mark.parametrize(
    "line",
    [
        "date 2022-06-09 KIFRI (Agency) - Two soldiers were killed on Thursday.",
        "date 2022-06-09 منذ 31 دقيقة",
        "date 2022-06-09 نائب رئيس الأركان يستقبل وفداً ويبحث معه تدريب الألوية",
    ],
)
def test_a_label_and_a_day_that_open_the_page_date_it_whatever_stands_beside_them(line):
    assert extract(f"{line}\n\n{LEAD}\n").published.date == date(2022, 6, 9)


def test_a_caption_is_no_headline_and_tells_no_meeting():
    headline = "Peshmerga delegation to visit Baghdad on Tuesday"
    caption = (
        "Peshmerga officials are pictured during a meeting with officials of the Defense Ministry in Erbil, July 20, 2020. (An Agency)"
    )
    lead = "SULAIMANI (Agency) - A delegation from the Peshmerga ministry will visit Baghdad on Tuesday, an official said on Monday."
    report = extract("\n\n".join((headline, caption, lead)))
    assert report.title == headline
    assert [(event.type, event.modality) for event in report.events] == [("visit", "announced")]


def test_a_day_written_to_the_lead_without_a_blank_is_the_publication_day():
    assert extract(f"{TITLE}\n٩ حزيران ٢٠٢٢{LEAD}\n").published.date == date(2022, 6, 9)


def test_a_month_by_its_number_in_the_two_that_share_a_name_is_a_date():
    assert extract(f"{TITLE}\n12 ت1 2021\n{LEAD}\n").published.date == date(2021, 10, 12)
    assert extract(f"{TITLE}\n12 ك2 2021\n{LEAD}\n").published.date == date(2021, 1, 12)


def test_a_line_of_nothing_but_a_day_and_its_hour_under_a_deck_is_the_publication_day():
    deck = "أعلنت قيادة الشرطة في إدارة كرميان أن مسلحين هاجموا ليلاً نقطة للجيش على الطريق الذي يصل كلار بكفري"
    report = extract(f"{TITLE}\n\n{deck}\n\n{TITLE}\nالخميس 9 حزيران, 2022   07:59\nمركز الأخبار\n\n{LEAD}\n")
    assert (report.published.date, report.published.basis) == (date(2022, 6, 9), "dateline")


def test_the_address_a_page_prints_at_its_top_gives_the_day_it_spells():
    report = extract(f"https://www.example.net/ar/2022/06/09/14233\n\n{TITLE}\n\n{LEAD}\n")
    assert (report.published.date, report.published.basis) == (date(2022, 6, 9), "metadata")


def test_a_month_written_to_the_name_of_the_section_stamps_the_page():
    lead = LEAD.replace("مساء أمس", "ليلة الأربعاء")
    assert extract(f"أمنيونيو 9, 2022\n{TITLE}\nكلار/ وكالات\n{lead}\n").published.date == date(2022, 6, 9)


@pytest.mark.parametrize(("weekday", "day"), [("الخميس", date(2022, 6, 9)), ("الأربعاء", date(2022, 6, 9)), ("السبت", None)])
def test_a_banner_above_the_headline_dates_news_of_its_day_or_the_day_before(weekday, day):
    lead = LEAD.replace("مساء أمس", f"يوم {weekday}")
    assert extract(f"الخميس، 9 يونيو 2022\n{TITLE}\n{lead}\n").published.date == day


def test_the_day_under_an_agencys_picture_is_no_publication_day():
    caption = "A Peshmerga convoy drives towards a frontline in Khazir, east of Mosul, Monday, Oct. 17, 2016. (AP)"
    lead = "SULAIMANI — Gunmen attacked an army post in Kifri district on Saturday, killing two soldiers, a security source said."
    report = extract(f"Two soldiers killed in Kifri\n\n{caption}\n\n{lead}\n")
    assert report.published.date is None


@pytest.mark.parametrize("foot", ["السبت 21 شباط 2026 | 17:50", "SAT, 21 FEB 2026 17:50 Erbil, GMT +3"])
def test_a_clock_at_the_foot_neither_dates_the_report_nor_its_today(foot):
    lead = "هاجم مسلحون من داعش، اليوم الأربعاء، نقطة للجيش في قضاء كفري، ما أسفر عن مقتل جنديين وإصابة ثلاثة آخرين، وفق مصدر أمني."
    assert extract(f"{TITLE}\n\n{lead}\n\n{foot}\n").published.date is None


def test_a_day_with_its_clock_and_zone_under_the_headline_is_the_publication_day():
    line = "السبت، 4 كانون الأول 2021، 09:15 م (GMT+3)"
    assert extract(f"ku | عربي | en\n\n{TITLE}\n\n{line}\n\n{LEAD}\n").published.date == date(2021, 12, 4)


def test_a_day_of_last_month_is_none_that_today_is_counted_on_to():
    lead = "وصل وفد عسكري من الإقليم اليوم السبت إلى بغداد، وكان آخر لقاء بين الجانبين قد عقد في 13 كانون الثاني الماضي 2013 في أربيل."
    assert extract(f"{TITLE}\n\n{lead}\n").published.date is None


def test_a_line_that_ends_with_the_agency_of_its_photograph_is_no_part_of_the_report():
    caption = "جنود يفتشون قرية قرب الدبس - 10 ديسمبر 2021 - REUTERS"
    lead = "قال مصدر أمني إن ثلاثة جنود قتلوا اليوم الثلاثاء (14 ديسمبر 2021) بهجوم لداعش على نقطة في كفري."
    report = extract(f"مقتل ثلاثة جنود في كفري\n\n{caption}\n\n{lead}\n")
    assert [event.type for event in report.events] == ["armed_attack"]


def test_the_full_date_of_a_statement_quoted_in_the_lead_dates_the_report():
    lead = "يعتزم الجانبان تشكيل لواء مشترك ثالث يتمركز في المناطق التي لم يصلها اللواءان السابقان."
    told = "وفي تصريح يوم الثلاثاء 5 تشرين الثاني 2024، قال مسؤول إن اللواءين انتشرا في ديالى وخانقين."
    assert extract(f"{lead}\n\n{told}\n").published.date == date(2024, 11, 5)


def test_a_bar_across_the_top_gives_no_day_where_the_agency_prints_one():
    bar = "رئيس التحرير: سامي ناصر 08:03 مساءً | الجمعة 17 ديسمبر 2023 م | 08 ربيع الثاني 1445 هـ | القاهرة 21 درجة غائم جزئياً"
    report = extract(f"{bar}\n\n{TITLE}\n\nالعرب والعالم\n\nوكالة المنارة 9 يونيو 2022 16:08\n\n{LEAD.replace('أمس', 'اليوم الخميس')}\n")
    assert report.published.date == date(2022, 6, 9)


def test_the_day_of_a_caption_is_the_publication_day_where_it_is_the_leads_weekday():
    caption = "The two delegations after their meeting on the joint rooms in Baghdad, October 13, 2020."
    lead = "SULAIMANI — Iraqi and Kurdish officers agreed to open two rooms in Baghdad and Erbil, the Iraqi military said on {}."
    title = "Iraqi and Kurdish officers agree to open rooms"
    days = [extract("\n\n".join((title, caption, lead.format(day)))).published.date for day in ("Tuesday", "Friday")]
    assert days == [date(2020, 10, 13), None]


def test_a_day_the_page_writes_with_hyphens_above_a_caption_is_the_publication_day():
    assert extract(f"9-حزيران-2022\n\nجرحى وفق إحصائيات أولية\n\nالمنارة ـ فريق التحرير\n\n{LEAD}\n").published.date == date(2022, 6, 9)


MORE = f"{LEAD}\n\n{'وقال المصدر إن القوات فتشت المنطقة. ' * 20}"


def test_an_address_on_a_line_of_its_own_near_the_foot_is_the_pages():
    assert extract(f"{TITLE}\n\n{MORE}\n\nhttps://manara.example/2022/06/09/77\nالوسوم: كفري\nأضف تعليقا\n").published.date == date(
        2022, 6, 9
    )


@pytest.mark.parametrize("line", ["Last Modified: Thursday، 09 June 2022 03:09 PM", "وقت النشر 9 حزيران 2022", "تمت الإضافة 2022-06-09"])
def test_a_labelled_day_at_the_foot_is_the_publication_day(line):
    assert extract(f"{TITLE}\n\n{LEAD}\n\n{line}\n").published.date == date(2022, 6, 9)


def test_a_bulleted_banner_of_the_pages_menu_dates_no_news_of_its_weekday():
    lead = LEAD.replace("مساء أمس", "يوم الخميس")
    assert extract(f"• Thursday, 09 June 2022\nlogo\n\n{TITLE}\n\n{lead}\n").published.date is None


@pytest.mark.parametrize(("weekday", "day"), [("الخميس", date(2022, 6, 9)), ("السبت", None)])
def test_today_with_its_weekday_and_month_is_of_the_year_told_where_it_fits(weekday, day):
    lead = f"قال مصدر أمني إن مسلحين هاجموا، اليوم {weekday} 9 حزيران/يونيو، نقطة للجيش في كفري وقتلوا جنديين."
    assert extract(f"{TITLE}\n\n{lead}\n\nوشهد القضاء ثمانية هجمات منذ مطلع العام 2022.\n").published.date == day


def test_a_city_with_a_day_before_a_stroke_is_where_the_report_was_sent_from():
    report = extract("بغداد 9 حزيران 2022 / قتل جنديان اليوم (الخميس) بهجوم شنه مسلحون على نقطة للجيش في قضاء كفري.")
    assert report.published.date == date(2022, 6, 9)
    assert [place.name for place in report.events[0].places] == ["كفري"]


@pytest.mark.parametrize(
    "told",
    [
        "وكانت الوزارة قد أعلنت في 13 آذار 2021 عن تشكيل أربعة مراكز للتنسيق مع الجيش.",
        "وقال قائد في البيشمركة إن قواته انسحبت من داقوق في 20 تشرين الأول 2017 ولن تعود إليها.",
        "وأعلن جهاز مكافحة الإرهاب اعتقال إرهابي شارك في هجوم على القضاء في 4 آذار 2019.",
        "وأعلنت بغداد في التاسع من كانون الأول من عام 2017 استعادة جميع الأراضي من التنظيم.",
        "وأعلن العراق في 10 كانون الأول 2017 الانتصار على التنظيم.",
    ],
)
@pytest.mark.parametrize("today", ["مساء أمس", "مساء اليوم (الخميس)"])
def test_a_day_told_of_some_time_before_is_neither_that_of_the_telling_nor_one_today_is_counted_on_to(told, today):
    assert extract(f"{TITLE}\n\n{LEAD.replace('مساء أمس', today)}\n\n{told}\n").published.date is None


def test_a_caption_that_ends_with_a_day_as_a_sentence_of_its_own_is_no_line_of_the_page():
    lead = LEAD.replace("مساء أمس", "السبت")
    assert extract(f"{TITLE}\n\nقوات أمن في موقع قرب كفري. 12 آذار 2019\n\n{lead}\n").published.date is None


def test_a_stamp_in_figures_over_a_lead_without_a_headline_is_its_day():
    assert extract(f"09/06/2022 07:49AM\n{LEAD}\n").published.date == date(2022, 6, 9)


@pytest.mark.parametrize(("banner", "day"), [("Thursday, June 9, 2022", date(2022, 6, 9)), ("Wednesday, June 15, 2022", None)])
def test_a_banner_over_a_dateline_without_a_year_is_the_day_after_it(banner, day):
    lead = "KIRKUK, Iraq, June 8 (the agency) -- Gunmen attacked an army post in Kifri district, killing two soldiers, the police said."
    assert extract(f"{banner}\n\nTwo soldiers killed in Kifri\n\n{lead}\n").published.date == day


def test_a_short_weekday_before_a_month_is_the_banners():
    lead = "Two soldiers were killed and three wounded in Kifri district on Thursday, the police said, when gunmen attacked their post."
    assert extract(f"Thu Jun 9, 2022 9:02AM\nTwo soldiers killed in Kifri\n\n{lead}\n").published.date == date(2022, 6, 9)


def test_a_day_the_second_paragraph_tells_of_is_not_the_publication_day_where_today_is_another_weekday():
    told = "وأعلنت وزارة الداخلية في 12 تشرين الثاني 2014 تشكيل لجنة تحقيق."
    assert extract(f"{TITLE}\n\n{LEAD.replace('مساء أمس', 'اليوم الاثنين')}\n\n{told}\n").published.date is None


@pytest.mark.parametrize("line", ["كفري، 9 حزيران 2022، وكالات", "كفري، العراق، 9 حزيران 2022، (المنارة، وكالات)"])
def test_a_place_a_day_and_the_agencies_on_a_line_of_their_own_are_a_dateline(line):
    assert extract(f"{line}\n\n{LEAD}\n").published.date == date(2022, 6, 9)


@pytest.mark.parametrize("told", ["اليوم الأحد (12 حزيران 2022)", "اليوم الأحد"])
def test_the_day_a_page_was_printed_wins_over_a_today_of_the_day_before(told):
    old = "وكان داعش قد سيطر على القضاء يوم الثلاثاء 10 حزيران 2014 بعد معارك مع الجيش."
    report = extract(f"{TITLE}\n\nنشر بتاريخ الاثنين 13 حزيران 2022\n\n{LEAD.replace('مساء أمس', told)}\n\n{old}\n")
    assert report.published.date == date(2022, 6, 13)
    assert report.events[0].date.first == date(2022, 6, 12)
