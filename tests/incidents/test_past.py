"""The event page as of a day: what the public could read then, and nothing it may not read now."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from history.context import because
from incidents import past
from incidents.models import Claim, Commitment, Event, EventLink
from tests import factories

pytestmark = pytest.mark.django_db


def now() -> datetime:
    """The database's own clock, which dates the history also within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@pytest.fixture
def told() -> tuple[Event, datetime]:
    """An event of ten killed, and the moment at which it stood like that: since then a second report raised it to thirteen."""
    event = factories.told_event(title_en="Ten killed", deaths_low=10, deaths_best=10, deaths_high=10)
    moment = now()
    with because(by=None, verb="raise", reason="A second report."):
        Event.objects.filter(pk=event.pk).update(title_en="Thirteen killed", deaths_low=13, deaths_best=13, deaths_high=13)
        event.claims.update(rank="deprecated", rank_reason="superseded")
        factories.claim(event, passage=factories.quote(factories.article("قتل ثلاثة عشر."), "قتل ثلاثة عشر."), low=13, high=13)
    return event, moment


def test_headline_and_claims_are_those_of_the_moment(told):
    event, moment = told
    then = past.event_at(event, moment)
    assert (then.event.title_en, then.event.deaths_best, then.event.point.coords) == ("Ten killed", 10, event.point.coords)
    assert [claim.is_live for claim in then.claims] == [True]
    assert len(then.participations) == 1
    as_it_is = past.event_at(event, now())
    assert (as_it_is.event.title_en, [claim.is_live for claim in as_it_is.claims]) == ("Thirteen killed", [False, True])


def test_an_event_has_no_past_before_it_was_published():
    event = factories.event("armed_attack", status="draft")
    drafted = now()
    Event.objects.filter(pk=event.pk).update(status="in_review")
    assert past.event_at(event, drafted) is None


def test_a_claim_that_went_over_to_a_withdrawn_event_is_not_told(told):
    event, moment = told
    Claim.objects.filter(event=event).update(event=factories.event("armed_attack", status="draft"))
    assert past.event_at(event, moment).claims == []


@pytest.fixture
def answered() -> tuple[Event, Event, datetime]:
    """An attack, the meeting that answered it and promised a committee, and the moment at which it stood like that: since then the meeting
    has another title, the link is rejected and the promise kept by an operation."""
    attack, meeting = factories.told_event(title_en="An attack"), factories.told_event("meeting", title_en="A meeting")
    link, promise = factories.link(meeting, attack), factories.commitment(meeting)
    for row in (link.evidence, factories.claim(meeting, "agreement_item", text=promise.text).passage):
        factories.claim(attack, passage=row)
    moment = now()
    operation = factories.told_event("joint_operation", title_en="An operation")
    with because(by=None, verb="judge", reason="Seen again."):
        Event.objects.filter(pk=meeting.pk).update(title_en="Another meeting")
        EventLink.objects.filter(pk=link.pk).update(status="rejected")
        Commitment.objects.filter(pk=promise.pk).update(status="implemented", implemented_by=operation)
    return attack, meeting, moment


def test_links_and_promises_are_those_of_the_moment(answered):
    attack, meeting, moment = answered
    [link] = past.event_at(attack, moment).links
    assert (link.source.title_en, link.target.title_en, link.lag_days) == ("A meeting", "An attack", 0)
    then, as_it_is = past.event_at(meeting, moment), past.event_at(meeting, now())
    assert [(row.status, row.implemented_by) for row in then.commitments] == [("announced", None)]
    assert [(row.status, row.implemented_by.title_en) for row in as_it_is.commitments] == [("implemented", "An operation")]
    assert as_it_is.links == []


def test_an_event_withdrawn_since_is_the_end_of_no_past_link_and_keeps_no_promise(answered):
    attack, meeting, moment = answered
    Event.objects.filter(pk=meeting.pk).update(status="in_review")
    assert past.event_at(attack, moment).links == []
    Event.objects.filter(pk=meeting.pk).update(status="merged", merged_into=attack)
    Event.objects.filter(pk=meeting.pk).update(status="published", merged_into=None)
    Event.objects.filter(type="joint_operation").update(status="in_review")
    assert [row.implemented_by for row in past.event_at(meeting, now()).commitments] == [None]


def test_a_link_to_an_event_not_yet_published_then_is_not_told():
    attack, meeting = factories.told_event(), factories.told_event("meeting", status="approved")
    factories.link(meeting, attack)
    moment = now()
    with because(by=None, verb="publish", reason=""):
        Event.objects.filter(pk=meeting.pk).update(status="published", published_at=timezone.now())
    assert past.event_at(attack, moment).links == []
    assert len(past.event_at(attack, now()).links) == 1


def test_a_link_whose_words_are_public_no_more_is_not_told(answered):
    attack, _meeting, moment = answered
    evidence = EventLink.objects.get().evidence
    Claim.objects.filter(passage=evidence).update(event=factories.event("armed_attack", status="draft"))
    assert past.event_at(attack, moment).links == []


def test_a_promise_that_nobody_held_to_any_more_is_not_told():
    meeting = factories.told_event("meeting")
    promise = factories.commitment(meeting)
    claim = factories.claim(meeting, "agreement_item", text=promise.text)
    moment = now()
    with because(by=None, verb="retract", reason="Seen again."):
        Claim.objects.filter(pk=claim.pk).update(rank="deprecated", rank_reason="retracted")
    assert len(past.event_at(meeting, moment).commitments) == 1
    assert past.event_at(meeting, now()).commitments == []


def test_the_page_of_a_day_in_the_past_shows_its_links(answered, monkeypatch):
    _attack, meeting, moment = answered
    monkeypatch.setattr(past, "end_of", lambda day: moment)
    yesterday = timezone.localdate() - timedelta(days=1)
    page = Client(headers={"Accept-Language": "en"}).get(f"{meeting.get_absolute_url()}?as_of={yesterday.isoformat()}").content.decode()
    assert "An attack" in page
    assert "An operation" not in page
    assert f"?links=all&amp;as_of={yesterday.isoformat()}" in page


def test_the_page_shows_the_day_it_is_asked_for(told, monkeypatch):
    event, moment = told
    yesterday = timezone.localdate() - timedelta(days=1)
    address = f"{event.get_absolute_url()}?as_of={yesterday.isoformat()}"
    client = Client(headers={"Accept-Language": "en"})
    answer = client.get(address)
    assert answer.status_code == 404
    assert "this event was not in the public record" in answer.content.decode()
    monkeypatch.setattr(past, "end_of", lambda day: moment)
    page = client.get(address).content.decode()
    assert "Ten killed" in page
    assert "Thirteen killed" not in page
    assert "قتل ثلاثة عشر." not in page
    cited = client.get(f"{event.get_absolute_url()}cite.bib?as_of={yesterday.isoformat()}").content.decode()
    assert "Ten killed" in cited
    assert f"as of {yesterday.isoformat()}" in cited
    assert f"?as_of={yesterday.isoformat()}" in cited


def test_today_is_the_event_as_it_is_and_no_day_is_refused(told):
    event, _moment = told
    assert (
        "Thirteen killed" in Client(headers={"Accept-Language": "en"}).get(f"{event.get_absolute_url()}?as_of=2999-01-01").content.decode()
    )
    for wrong in ("2021-02-30", "yesterday"):
        assert Client().get(f"{event.get_absolute_url()}?as_of={wrong}").status_code == 400
