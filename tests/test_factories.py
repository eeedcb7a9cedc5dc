"""The factories build rows the database takes, for every status and every attribute."""

import pytest

from incidents.models import Claim, Event
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [s for s in Event.Status.values if s != "merged"])
def test_an_event_can_be_built_in_every_status(status: str) -> None:
    assert make.event(status=status).status == status


@pytest.mark.parametrize("attribute", Claim.Attribute.values)
def test_a_claim_can_be_built_for_every_attribute(attribute: str) -> None:
    assert make.claim(make.event(), attribute).attribute == attribute


def test_the_other_rows_can_be_built() -> None:
    told, other = make.told_event(), make.event("meeting", date_start=None, at=None)
    make.link(other, told)
    make.commitment(other)
    make.statistic(status="published")
    make.resolution(told, told.claims.get())
    make.relay(told.claims.get().passage, make.outlet("وكالة"))
    make.place("سنجار", under=make.place(level="governorate"), spellings=("شنكال",))
    heir = make.event(status="merged", merged_into=told)
    assert heir.merged_into.claims.get().passage.statement.issuers.count() == 1


def test_the_cast_knows_who_is_signed_in(cast) -> None:
    assert "_auth_user_id" not in cast.outsider.session
    assert all("_auth_user_id" in client.session for name, client in cast.everyone().items() if name != "outsider")
