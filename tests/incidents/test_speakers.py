import pytest

from incidents.evidence import body_named_in, speaker_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    actor = factories.actor("ministry-of-peshmerga", name_ar="وزارة البيشمركة", spellings=("البيشمركة",))
    return factories.speaker(slug="ministry-of-peshmerga", name_ar="وزارة البيشمركة", kind="body", actor=actor)


@pytest.mark.parametrize("office", ["الأمين العام لوزارة البيشمركة", "وكيل وزارة البيشمركه", "المتحدث باسم وزارة البيشمركة"])
def test_an_unlisted_office_speaks_for_the_body_its_name_holds(ministry, office):
    speaker = speaker_of({"name": office, "speaker": None, "kind": "office"}, None)
    assert speaker.root == ministry


def test_an_unnamed_source_speaks_for_its_outlet_alone(ministry):
    outlet = factories.outlet()
    speaker = speaker_of({"name": "مصدر في وزارة البيشمركة", "speaker": None, "kind": "security_source"}, outlet)
    assert (speaker.organ_of, speaker.outlet) == (None, outlet)


def test_a_name_that_holds_no_known_body_is_an_origin_of_its_own(ministry):
    assert body_named_in("شاهد عيان من القرية") is None
