"""One set of filters for pages, exports and the API: each keeps what fits and refuses what it cannot read."""

from datetime import date

import pytest
from django.http import QueryDict

from incidents.filters import EventFilter
from incidents.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db


def found(query: str) -> set[Event]:
    filters = EventFilter(QueryDict(query), queryset=Event.objects.all())
    assert filters.is_valid(), filters.errors
    return set(filters.qs)


def refused(query: str) -> list[str]:
    return list(EventFilter(QueryDict(query), queryset=Event.objects.all()).errors)


def test_a_list_by_commas_or_by_repetition_keeps_any_of_its_values() -> None:
    ambush, bomb, _meeting = make.event("ambush"), make.event("ied"), make.event("meeting")
    assert found("type=ambush,ied") == found("type=ambush&type=ied") == found("kind=incident") == {ambush, bomb}


def test_a_period_keeps_every_event_whose_range_meets_it_and_no_undated_one() -> None:
    one_day = make.event(date_start=date(2021, 12, 2))
    month = make.event(date_start=date(2021, 12, 1), date_end=date(2021, 12, 31), date_prec=4)
    undated = make.event(date_start=None)
    assert found("from=2021-12-02&to=2021-12-02") == {one_day, month}
    assert found("from=2021-12-03") == {month}
    assert found("") == {one_day, month, undated}
    assert found("dated=no") == {undated}


def test_a_place_holds_the_places_in_it_in_either_administration() -> None:
    nineveh, erbil = make.place(level="governorate"), make.place(level="governorate")
    makhmour = make.place(under=nineveh, level="district")
    makhmour.memberships.create(parent=erbil, hierarchy="kurdistan")
    event = make.event(place=make.place(under=makhmour))
    elsewhere = make.event(place=make.place())
    for place in (nineveh, erbil, makhmour, event.place):
        assert found(f"place={place.key}") == {event}
    assert elsewhere not in found(f"place={nineveh.key},{erbil.key}")


def test_an_event_known_to_its_country_alone_lies_in_no_box() -> None:
    here, country, nowhere = make.event(at=(43.6, 35.7)), make.event(at=(43.6, 35.7), where_prec=6), make.event(at=None)
    assert found("bbox=43.6,35.7,44,36") == {here}
    assert found("located=yes") == {here}
    assert found("located=no") == {country, nowhere}


def test_what_an_organ_says_counts_for_the_body_it_speaks_for() -> None:
    command = make.speaker(slug="command")
    cell = make.speaker(slug="cell", organ_of=command)
    event = make.event()
    make.claim(event, by=cell)
    make.claim(make.event(), by=make.speaker())
    assert found("speaker=command") == found("speaker=cell") == found(f"speaker={cell.pk}") == {event}


def test_claims_that_no_longer_count_are_not_found() -> None:
    event = make.event()
    claim = make.claim(event, party="peshmerga", rank="deprecated", rank_reason="typo")
    outlet = claim.passage.article.outlet_id
    assert found("party=peshmerga") == found(f"outlet={outlet}") == set()
    make.claim(event, party="peshmerga", passage=claim.passage)
    make.claim(event, party="peshmerga", passage=claim.passage)
    assert found("party=peshmerga") == found(f"outlet={outlet}") == {event}


def test_actors_grades_origins_conflicts_and_words() -> None:
    event = make.event(grade="fair", origin_count=2, has_conflict=True, title_ar="هجوم على البيشمركة", modality="foiled")
    make.participation(event, make.actor("islamic-state"))
    make.event()
    for query in ("actor=islamic-state", "grade=fair", "origins=2", "conflict=yes", "q=بيشمركة", "modality=foiled"):
        assert found(query) == {event}, query


UNREADABLE = """
bbox=NaN,1,2,3 bbox=1,2,3 bbox=inf,1,2,3 bbox=44,35,43,36 bbox=-999,0,0,0 from=2021-13-01 from=05/06/2021 from=20211202 from=10000-01-01
to=0000-01-01 located=maybe origins=-1 origins=1e9 origins=99999999999999999999 q=%00 q=!! actor=a%00b type=ambsh where_prec=8
"""


@pytest.mark.parametrize("query", [*UNREADABLE.split(), "q=" + "a" * 201, "actor=" + ",".join(map(str, range(101)))])
def test_a_malformed_value_is_refused_by_its_name(query: str) -> None:
    assert refused(query) == [query.partition("=")[0]]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    assert refused("from=2021-12-02&to=2021-12-01") == ["to"]


def test_an_unknown_actor_fits_no_event() -> None:
    make.told_event()
    assert found("actor=nobody") == found("place=gn:0") == found("outlet=x,99999999999999999999") == found("speaker=nobody") == set()
