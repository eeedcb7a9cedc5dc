"""Who stands behind what other sentences tell."""

from datetime import date

import pytest

from extraction import extract

DAY = date(2021, 12, 6)
ARREST = "اعتقلت قوة من الجيش إرهابيين اثنين في الحويجة."
TOLD = "قال مصدر أمني إن مسلحين هاجموا قرية في داقوق وقتلوا مدنيا."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{ARREST}\nالمصدر: الموقع الرسمي لوزارة الدفاع", ["الموقع الرسمي لوزارة الدفاع"]),
        (f"{ARREST}\nالمصدر: وكالات", []),
        (f"{TOLD} واعتقلت قوة مشتركة مشتبها بهما في الحويجة.", ["مصدر أمني"]),
        (f"{TOLD}\nواعتقلت قوة مشتركة مشتبها بهما في الحويجة.", []),  # a paragraph that credits nobody is the outlet's own word
        (f"{TOLD}\nوفي الموصل قتل شرطيان بانفجار عبوة.", []),
        (f"{TOLD}\nوكان جنديان قتلا الأحد في الرياض.", []),
    ],
)
def test_the_label_below_or_who_told_earlier_in_the_paragraph(text, wanted):
    assert [o.name for o in extract(text, published=DAY).events[-1].origins] == wanted
