"""How the headline is chosen: by rule from the live claims, or by an editor with a reason; and that drift is found."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command

from history.clashes import last_seen
from incidents import curation, headline
from incidents.models import Event, Resolution
from tests import factories

pytestmark = pytest.mark.usefixtures("record")

SECOND, THIRD, FOURTH = (date(2021, 12, n) for n in (2, 3, 4))


@pytest.fixture
def editor(db):
    return factories.user("editor")


@pytest.fixture
def event(db):
    return curation.refresh(factories.event(date_start=None, at=None))


def dated(event, start, end=None, **more):
    return factories.claim(event, "date", date_start=start, date_end=end or start, **more)


def by(kind="office", **more):
    return factories.speaker(kind=kind, **more)


@pytest.fixture
def land(db):
    """Two governorates: the first with two districts and a village in each, the second with one."""
    rows = {}
    for name, level, under, at in (
        ("north", "governorate", None, (43.0, 36.0)),
        ("south", "governorate", None, (45.0, 33.0)),
        ("hill", "district", "north", (43.5, 35.8)),
        ("river", "district", "north", (44.5, 35.0)),
        ("plain", "district", "south", (45.1, 33.1)),
        ("upper", "village", "hill", (43.51, 35.81)),
        ("lower", "village", "river", (44.51, 35.01)),
        ("far", "village", "plain", (45.11, 33.11)),
    ):
        rows[name] = factories.place(name, level=level, under=rows.get(under), point=Point(*at, srid=4326))
    return rows


def at(event, place, prec=1, **more):
    return factories.claim(event, "place", place=place, place_text=place.name_ar, where_prec=prec, point=place.point, **more)


def test_an_event_without_claims_has_no_headline(event):
    event = headline.rebuild(event)
    assert (event.date_start, event.place, event.deaths_best, event.origin_count, event.grade) == (None, None, None, 0, "discounted")
    assert not event.resolutions.exists()


def test_a_single_claim_is_the_headline(event):
    claim = dated(event, SECOND)
    event = headline.rebuild(event)
    assert (event.date_start, event.date_end, event.date_prec) == (SECOND, SECOND, 1)
    resolution = event.resolutions.get()
    assert (resolution.method, list(resolution.claims.all())) == ("single", [claim])


def test_of_two_days_that_fit_the_narrower_is_shown_and_nothing_conflicts(event):
    dated(event, SECOND, FOURTH, date_prec=2)
    dated(event, THIRD)
    event = headline.rebuild(event)
    assert (event.date_start, event.date_prec, event.has_conflict) == (THIRD, 1, False)


def test_of_two_days_that_clash_the_official_one_is_shown_and_the_conflict_too(event):
    dated(event, SECOND, by=by("security_source"))
    dated(event, FOURTH, by=by("office"))
    event = headline.rebuild(event)
    assert (event.date_start, event.has_conflict) == (FOURTH, True)
    assert event.resolutions.get().method == "official_source"


def test_an_unresolved_phrase_is_a_claim_and_no_date(event):
    factories.claim(event, "date", date_start=None, date_end=None, date_prec=None, phrase="يوم الإثنين")
    event = headline.rebuild(event)
    assert event.date_start is None
    assert event.claims.count() == 1


def test_a_denied_toll_is_no_toll(event):
    factories.claim(event, low=13, polarity="denies")
    assert headline.rebuild(event).deaths_best is None


def test_at_least_ten_and_thirteen_do_not_conflict(event):
    factories.claim(event, low=10, high=None, quantifier="at_least")
    factories.claim(event, low=13)
    event = headline.rebuild(event)
    assert (event.deaths_low, event.deaths_best, event.deaths_high, event.has_conflict) == (10, 13, 13, False)


def test_the_parties_of_one_text_add_up_unless_it_gives_a_total(event):
    report = factories.article()
    passage = factories.quote(report, report.text)
    factories.claim(event, low=5, party="peshmerga", passage=passage)
    factories.claim(event, low=3, party="civilian", passage=passage)
    assert headline.rebuild(event).deaths_best == 8
    factories.claim(event, low=13, party="mixed", passage=passage)
    assert headline.rebuild(event).deaths_best == 13


def test_a_place_and_the_district_around_it_agree_on_the_place(event, land):
    at(event, land["hill"], 3)
    at(event, land["upper"])
    event = headline.rebuild(event)
    assert (event.place, event.where_prec, event.has_conflict) == (land["upper"], 1, False)


def test_where_sources_disagree_on_the_district_only_the_governorate_is_shown(event, land):
    at(event, land["upper"])
    at(event, land["lower"])
    event = headline.rebuild(event)
    assert (event.place, event.where_prec, event.has_conflict) == (land["north"], 4, True)


def test_until_an_editor_prefers_one_with_a_reason(event, land, editor):
    at(event, land["upper"])
    chosen = at(event, land["lower"])
    headline.rebuild(event)
    with pytest.raises(curation.CurationError, match="Say why"):
        curation.resolve(event=event, attribute="place", claims=[chosen], by=editor, reason="")
    curation.resolve(event=event, attribute="place", claims=[chosen], by=editor, reason="The speaker commands there.")
    event.refresh_from_db()
    assert (event.place, event.where_prec) == (land["lower"], 1)
    assert event.claims.filter(attribute="place").count() == 2
    assert curation.unresolve(event=event, attribute="place", by=editor).where_prec == 4
    assert Resolution.objects.filter(event=event, attribute="place").count() == 3  # earlier choices stay readable


def test_one_text_that_names_several_governorates_gives_a_list_and_no_place(event, land):
    report = factories.article()
    passage = factories.quote(report, report.text)
    at(event, land["upper"], passage=passage)
    at(event, land["far"], passage=passage)
    event = headline.rebuild(event)
    assert (event.place, event.where_prec, event.has_conflict) == (None, 6, False)


def test_of_two_lists_the_place_that_both_name_is_shown(event, land):
    for other in ("upper", "far"):
        report = factories.article()
        passage = factories.quote(report, report.text)
        at(event, land["lower"], passage=passage)
        at(event, land[other], passage=passage)
    event = headline.rebuild(event)
    assert (event.place, event.where_prec, event.has_conflict) == (land["lower"], 1, False)


def test_an_unknown_place_keeps_its_words_and_no_point(event):
    factories.claim(event, "place", place_text="قرية مجهولة", where_prec=1)
    event = headline.rebuild(event)
    assert (event.place, event.point) == (None, None)


def test_an_editor_sets_a_point_more_exact_than_any_claim(event, land, editor):
    claim = at(event, land["upper"])
    headline.rebuild(event)
    curation.resolve(
        event=event, attribute="place", claims=[claim], by=editor, reason="Seen on the picture.", value={"point": Point(43.52, 35.82)}
    )
    event.refresh_from_db()
    assert (event.point.coords, event.place) == ((43.52, 35.82), land["upper"])


def test_a_value_by_hand_belongs_to_its_attribute_and_is_whole(event, editor):
    for value, words in (({"deaths_best": 3}, "killed, best: no part of"), ({"date_start": SECOND}, "give this as well")):
        with pytest.raises(curation.CurationError, match=words):
            curation.resolve(event=event, attribute="date", claims=[], by=editor, reason="x", value=value)


def test_a_choice_falls_with_the_last_claim_it_rests_on(event, editor):
    first, second = factories.claim(event, low=10), factories.claim(event, low=13)
    curation.resolve(event=event, attribute="killed", claims=[first], by=editor, reason="The hospital.")
    curation.retract_claim(claim=first, by=editor, note="Another attack's.")
    event.refresh_from_db()
    assert event.deaths_best == 13
    assert list(event.resolutions.get(attribute="killed", is_current=True).claims.all()) == [second]


def test_claims_of_another_event_and_dead_ones_are_no_choice(event, editor):
    foreign, dead = factories.claim(factories.event(date_start=None, at=None), low=3), factories.claim(event, low=4)
    curation.retract_claim(claim=dead, by=editor, note="x")
    curation.refresh(foreign.event)
    dead.refresh_from_db()
    for claims in ([foreign], [dead], []):
        with pytest.raises(curation.CurationError, match="live claims"):
            curation.resolve(event=event, attribute="killed", claims=claims, by=editor, reason="x")


def test_the_same_choice_again_is_not_a_new_one(event):
    dated(event, SECOND)
    headline.rebuild(event)
    headline.rebuild(event)
    assert Resolution.objects.count() == 1


def test_a_grade_set_by_hand_stays_and_can_be_given_back(event, editor):
    factories.claim(event)
    event = curation.override_grade(event=event, grade="discounted", by=editor, reason="A training exercise.")
    assert (event.grade, curation.refresh(event).grade) == ("discounted", "discounted")
    assert curation.override_grade(event=event, grade="", by=editor).grade == "weak"
    with pytest.raises(curation.CurationError, match="needs one of the grades"):
        curation.override_grade(event=event, grade="excellent", by=editor, reason="x")


@pytest.mark.parametrize("columns", [{"deaths_best": 99, "deaths_low": 99, "deaths_high": 99}, {"origin_count": 7}, {"where_prec": 1}])
def test_drift_is_found_and_mended(event, columns):
    factories.claim(event, low=13)
    headline.rebuild(event)
    Event.objects.filter(pk=event.pk).update(**columns)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("rebuild_events", check=True, stdout=out, stderr=out)
    assert event.code in out.getvalue()
    call_command("rebuild_events", stdout=out, stderr=out)
    call_command("rebuild_events", check=True, stdout=out, stderr=out)


def test_two_who_choose_at_once_hear_of_each_other(event, editor):
    first, second = factories.claim(event, low=10), factories.claim(event, low=13)
    event = curation.refresh(event)
    read = last_seen(Event, event.pk)
    curation.resolve(event=event, attribute="killed", claims=[first], by=editor, reason="The hospital.", seen=read)
    with pytest.raises(curation.Clashing) as stale:
        curation.resolve(event=event, attribute="killed", claims=[second], by=factories.user(), reason="The ministry.", seen=read)
    clash = next(c for c in stale.value.clashes if c.field == "deaths_best")
    assert (clash.base, clash.mine, clash.theirs) == (13, 13, 10)


@pytest.mark.parametrize(("leader", "named"), [("مسعود", "مسعود"), (None, "الحزب")])
def test_a_title_names_who_spoke_and_not_the_party_in_his_title(leader, named):
    call = factories.event("call", at=None)
    for name, side, code in (("رئيس الوزراء", "federal", "GOV"), ("الحزب", "kurdistan", "PTY"), (leader, "kurdistan", "")):
        if name:
            factories.claim(call, "participant", actor=factories.actor(name_ar=name, side=side, plover_code=code), actor_text=name)
    assert curation.refresh(call).title_ar.endswith(f"رئيس الوزراء، {named}")
