"""Every sentence of the table reads as its row says: one difficulty a row, so that a failure names what broke."""

import csv
from datetime import date
from pathlib import Path

import pytest

from extraction import Report, extract
from extraction.folding import fold
from extraction.types import Event

PUBLISHED = date(2021, 12, 8)
TABLE = Path(__file__).parent / "sentences.tsv"


def table_rows() -> list[dict[str, str]]:
    with open(TABLE, encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _bare(name: str) -> str:
    return "".join(word.removeprefix("ال") for word in fold(name).split())


def _names(event: Event, key: str) -> set[str]:
    return {_bare(item.name) for item in getattr(event, f"{key}s")}


def _holds(report: Report, key: str, wanted: str) -> bool:
    events = report.events
    if key == "events":
        return len(events) == int(wanted)
    if key == "event":
        return any(f"{e.kind}/{e.type}" == wanted for e in events)
    if len(events) < 1 + key.endswith("2"):
        return False
    if key.endswith("2"):  # of the second event told
        events, key = events[1:2], key[:-1]
    event = events[0]
    if key == "modality":
        return event.modality == wanted
    if key == "date":
        first, _, last = wanted.partition("..")
        found = (str(event.date.first), str(event.date.last)) if event.date and event.date.first else ("none", "none")
        return found == (first, last or first)
    if key == "prec":
        return any(place.where_prec == int(wanted) for place in event.places)
    if key == "figure":
        return int(wanted) in {figure.value for figure in event.figures}
    if key in ("place", "actor", "origin"):
        names = _names(event, key)
        return not names if wanted == "none" else any(_bare(wanted) in name or name in _bare(wanted) for name in names)
    if key in ("no actor", "no origin", "no place"):
        return _bare(wanted) not in _names(event, key.removeprefix("no "))
    *earlier, harm, party = key.split()
    tolls = [c for c in event.casualties if (c.harm, c.party, c.superseded) == (harm, party, bool(earlier))]
    if wanted == "none":
        return not [c for c in tolls if c.low is not None]
    return [c.low for c in tolls] == [None if wanted == "vague" else int(wanted)]


@pytest.mark.parametrize("row", table_rows(), ids=lambda row: row["difficulty"])
def test_a_sentence_reads_as_its_row_says(row):
    report = extract(row["sentence"], published=PUBLISHED)
    if row["expects"] == "none":
        assert not report.events, [f"{e.kind}/{e.type}: {e.rule}" for e in report.events]
        return
    for expectation in row["expects"].split("; "):
        key, _, wanted = expectation.partition("=")
        assert _holds(report, key, wanted), (expectation, report.as_dict()["events"])


def test_the_table_holds_at_least_150_sentences_each_with_a_difficulty_of_its_own():
    rows = table_rows()
    assert len(rows) >= 150
    assert len({row["sentence"] for row in rows}) == len(rows)
    assert len({row["difficulty"] for row in rows}) == len(rows)


def test_at_least_so_many_has_no_upper_end():
    (event,) = extract("مقتل ما لا يقل عن عشرة جنود وإصابة خمسة بهجوم مسلح في كفري", published=PUBLISHED).events
    assert [(c.harm, c.low, c.high) for c in event.casualties] == [("killed", 10, None), ("wounded", 5, 5)]
    (event,) = extract("فجر انتحاري نفسه في سوق بكفري فقضى 38 شخصاً وأصيب أكثر من 70", published=PUBLISHED).events
    assert [(c.harm, c.low, c.high) for c in event.casualties] == [("killed", 38, 38), ("wounded", 70, None)]


def test_figures_that_two_sources_tell_of_one_attack_both_stand():
    text = "هاجم مسلحون نقطة للجيش قرب الطوز فجر أمس وقتلوا ثلاثة جنود. وأشار طبيب في المستشفى إلى أنه تسلم جثث أربعة جنود"
    (event,) = extract(text, published=PUBLISHED).events
    assert [(c.party, c.harm, c.low) for c in event.casualties] == [("iraqi_army", "killed", 3), ("iraqi_army", "killed", 4)]


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        (
            "Two policemen were killed and three wounded when gunmen attacked a checkpoint near Hawija on Monday. "
            "The Interior Ministry put the number of wounded at five",
            [("police", "killed", 2), ("police", "wounded", 3), ("police", "wounded", 5)],
        ),
        (
            "Coalition jets struck a cave near Hawija on Monday, killing six militants, according to a coalition statement, "
            "while the Iraqi army spoke of four",
            [("isis", "killed", 6), ("isis", "killed", 4)],
        ),
        (
            "قتل 24 شخصا وأصيب 80 في تفجير سيارة بطوزخورماتو أمس. وأكد قائمقام قضاء طوزخورماتو مقتل 24 شخصا وإصابة 85 آخرين",
            [("unknown", "killed", 24), ("unknown", "wounded", 80), ("unknown", "wounded", 85)],
        ),
        (
            "قتل عدد من رجال الشرطة أمس بعبوة قرب كركوك. وقال مصدر إن تسعة من أفراد الشرطة قتلوا، بينما نقلت وكالة المدار أن التفجير أدى "
            "إلى مقتل ثمانية وجرح اثنين، في حين ذكرت وكالة السهم أن عدد القتلى سبعة والجرحى ثلاثة",
            [("police", harm, n) for harm, n in [("killed", 9), ("killed", 8), ("wounded", 2), ("killed", 7), ("wounded", 3)]],
        ),
        (
            "Gunmen killed four policemen at a checkpoint near Hawija on Monday. A doctor at Kirkuk general hospital received five bodies",
            [("police", "killed", 4), ("police", "killed", 5)],
        ),
        (
            "هاجم مسلحون ثكنة للجيش قرب العظيم أمس وقتلوا ستة جنود. لكن قيادة العمليات قالت إن الهجوم أدى إلى استشهاد جنديين",
            [("iraqi_army", "killed", 6), ("iraqi_army", "killed", 2)],
        ),
    ],
)
def test_a_figure_that_another_source_tells_without_people_is_of_the_people_told_before(text, tolls):
    (event,) = extract(text, published=PUBLISHED).events
    assert [(c.party, c.harm, c.low) for c in event.casualties] == tolls


def test_a_claimed_toll_is_of_the_attack_and_not_of_the_arrests_after_it():
    text = (
        "قتل تسعة من الشرطة الاتحادية بانفجار عبوة قرب الرياض أول أمس. واعتقلت القوات الأمنية أمس سبعة مشتبه بهم في الحويجة. "
        "وتبنى داعش الهجوم وقال إنه قتل عشرة"
    )
    attack, arrest = extract(text, published=PUBLISHED).events
    assert [(c.party, c.harm, c.low) for c in attack.casualties] == [("federal_police", "killed", 9), ("federal_police", "killed", 10)]
    assert [(c.harm, c.low) for c in arrest.casualties] == [("arrested", 7)]


def test_a_toll_that_rose_far_behind_its_dead_is_mixed_where_its_parts_are_of_two_parties():
    text = (
        "ارتفع عدد شهداء الهجوم الذي نفذه مسلحو داعش مساء أمس على قرية كولجو في قضاء كفري إلى سبعة. "
        "وقال مدير الناحية إن الشهداء هم أربعة من الحشد العشائري وثلاثة مدنيين"
    )
    (event,) = extract(text, published=PUBLISHED).events
    figures = {(c.party, c.harm, c.low) for c in event.casualties if c.low}
    assert figures == {("mixed", "killed", 7), ("tribal", "killed", 4), ("civilian", "killed", 3)}


@pytest.mark.parametrize(
    "text",
    [
        "هاجم داعش نقطتين للحشد الشعبي في منطقة كولجو فجر أمس وقتل سبعة من عناصر الحشد. وعقد مجلس الوزراء جلسة طارئة. "
        "وتبنى داعش الهجوم على كولجو زاعماً قتل 12 عنصراً من الحشد",
        "ISIS attacked a Hashd al-Shaabi post in Kulajo early on Tuesday, killing seven Hashd fighters. "
        "The governor visited the town. A medic put the death toll at 12 on Wednesday",
    ],
)
def test_another_figure_is_of_the_attack_whatever_day_or_place_it_names(text):
    (event,) = [e for e in extract(text, published=PUBLISHED).events if e.kind == "incident"]
    assert [(c.party, c.harm, c.low) for c in event.casualties] == [("pmf", "killed", 7), ("pmf", "killed", 12)]


def test_a_headline_that_sums_up_attacks_gives_none_of_them_its_toll():
    title = "23 قتيلاً في هجمات متفرقة في العراق"
    text = f"{title}\n\nقصفت مروحيات الجيش أمس مواقع لتنظيم داعش في قرية كولجو قرب كفري وأوقعت خسائر في صفوف مسلحيه.\n"
    report = extract(text, published=PUBLISHED)
    assert report.events
    assert not [c for event in report.events for c in event.casualties if c.low == 23]
