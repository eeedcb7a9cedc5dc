"""The headline and the report under it."""

from datetime import date

from extraction import extract

PUBLISHED = date(2021, 12, 8)


def test_a_headlines_soldiers_may_be_the_reports_policemen():
    text = (
        "داعش يقتل 8 جنود في كركوك\n\n"
        "قتل ثمانية من رجال الشرطة على الأقل أمس بعد أن انفجرت عبوة ناسفة في موكبهم جنوب غربي مدينة كركوك. "
        "وأضاف المصدر أن الانفجار وقع قرب قرية تبعد نحو 30 كيلومتراً عن المدينة.\n"
    )
    assert len(extract(text, published=PUBLISHED).events) == 1


def test_a_headline_that_two_full_stops_leave_open_is_a_headline():
    headline = "كركوك/مقتل 6 شرطيين و12 مسلحا في هجمات على كركوك و”داعش” يتبنى العملية.."
    lead = "قتل ستة من عناصر الشرطة على الأقل و12 مسلحا في اشتباكات وقعت أمس في مدينة كركوك خلال محاولة للسيطرة عليها من جهات عدة."
    report = extract(f"{headline}\n\n{lead}\n", published=PUBLISHED)
    assert report.title == headline
    assert len(report.events) == 1


def test_latest_news_over_most_of_the_text_is_a_section_and_ends_no_article():
    deck = "قتل جندي وجرح ثلاثة آخرون في هجوم لداعش على حاجز للجيش العراقي بأطراف خانقين."
    body = [
        "وأوضح مصدر أمني في ديالى أن مجموعة من داعش هاجمت ليل أمس حاجزاً للجيش قرب قرية علي سعدون بين ناحية السعدية وأطراف خانقين.",
        "وعلى صعيد متصل، هاجم مسلحون مساء أمس مجلس عزاء في ناحية الإسحاقي بمحافظة صلاح الدين، ما أوقع ستة قتلى من المدنيين.",
        "وقال المصدر إن قوة من قيادة عمليات سامراء طوقت المكان وباشرت البحث عن الفاعلين وإن تحقيقاً فتح في الحادث.",
    ]
    report = extract("\n".join(("هجوم بأطراف خانقين", deck, "آخر الأخبار", *body)), published=PUBLISHED)
    assert len(report.events) == 2


def test_a_question_is_a_headline():
    headline = "هل يعود تنظيم داعش إلى كركوك بعد هجومه على نقاط البيشمركة؟"
    lead = "قتل ثلاثة من البيشمركة في هجوم لداعش على نقطة قرب كركوك أمس، وقال مصدر أمني إن المهاجمين فروا إلى جهة مجهولة."
    assert extract(f"{headline}\n\n{lead}\n", published=PUBLISHED).title == headline


def test_a_long_headline_below_a_pages_menu_is_a_headline():
    menu = "أخبار محلية أخبار عربية رياضة اقتصاد ثقافة\nالإشراف العام\nرئيس التحرير\nالمدير التنفيذي\nاتصل بنا\n\n"
    headline = "مقتل وإصابة أكثر من 60 شخصا في هجوم انتحاري استهدف مقرا لحزب الاتحاد الوطني الكردستاني ببعقوبة"
    lead = (
        "أفاد مصدر أمني، أمس، بأن أكثر من 60 شخصا سقطوا بين قتيل وجريح في هجوم انتحاري استهدف مقرا للحزب في قضاء خانقين شمال شرقي بعقوبة."
    )
    report = extract(f"{menu}{headline}\n\n{lead}\n", published=PUBLISHED)
    assert report.title == headline
    assert len(report.events) == 1


def test_gunmen_killed_in_the_headline_are_those_the_operation_killed():
    text = (
        "مقتل ثلاثة مسلحين بعملية للقوات الأمنية في محافظة كركوك\n\n"
        "قالت القيادة أمس إن ثلاثة إرهابيين قتلوا خلال عملية أمنية نفذتها قوة من الشرطة الاتحادية في محافظة كركوك، بعد أن داهمت أوكارا."
    )
    assert [e.type for e in extract(text, published=date(2021, 12, 8)).events] == ["security_operation"]
