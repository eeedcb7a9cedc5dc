"""The chain of an event: from the attack to the operation, each step with its days, and nothing that is not published."""

from datetime import date

import pytest
from django.test import Client

from incidents.chains import MOST, walk
from tests import factories as make

pytestmark = pytest.mark.django_db


def told(type: str, day: date | None, **values):
    return make.told_event(type, date_start=day, date_end=day, date_prec=day and 1, **values)


@pytest.fixture
def story():
    attack = told("armed_attack", date(2021, 12, 2))
    meeting = told("meeting", date(2021, 12, 4))
    operation = told("joint_operation", date(2021, 12, 14))
    make.link(meeting, attack, "responds_to")
    make.commitment(meeting, "operation", status="implemented", implemented_by=operation)
    return attack, meeting, operation


def test_every_step_is_reached_from_every_other(story):
    for start in story:
        chain = walk(start)
        assert [(step.event, step.days) for step in chain.steps] == list(zip(story, (None, 2, 10), strict=True))
        assert not chain.is_cut


def test_a_tie_is_told_at_the_later_step_whichever_way_it_points(story):
    attack, meeting, _operation = story
    assert [(tie.relation, tie.other, tie.days) for tie in walk(attack).steps[1].ties] == [("responds to", attack, 2)]
    plan = told("call", date(2021, 12, 1))
    make.link(plan, meeting, "prepares")
    steps = walk(attack).steps
    assert steps[0].event == plan
    assert ("prepared by", plan, 3) in [(tie.relation, tie.other, tie.days) for tie in steps[2].ties]


def test_what_is_not_published_is_no_step_and_leads_nowhere(story):
    attack, meeting, operation = story
    secret = make.event("meeting", status="draft")
    beyond = told("statement", date(2021, 12, 20))
    make.link(secret, operation)
    make.link(beyond, secret)
    make.commitment(operation, "secret", status="implemented", implemented_by=secret)
    chain = walk(attack)
    assert [step.event for step in chain.steps] == [attack, meeting, operation]
    assert chain.steps[-1].commitments[0].implemented_by is None


def test_an_inferred_link_is_a_step_only_on_request(story):
    attack, *_ = story
    other = told("ambush", None)
    make.link(other, attack, "retaliates_for", basis="inferred", evidence=None)
    make.link(other, attack, "possible_duplicate", basis="inferred", evidence=None)
    assert other not in [step.event for step in walk(attack).steps]
    last = walk(attack, stated_only=False).steps[-1]
    assert (last.event, last.days, [tie.relation for tie in last.ties]) == (other, None, ["retaliates for"])


def test_a_chain_without_end_is_cut_and_says_so():
    first = told("armed_attack", date(2021, 1, 1))
    for _ in range(MOST + 3):
        make.link(told("statement", date(2021, 2, 1)), first)
    chain = walk(first)
    assert (len(chain.steps), chain.is_cut) == (MOST, True)


def test_the_page_shows_the_chain_to_everyone_and_a_draft_s_to_nobody(story):
    attack = story[0]
    answer = Client(headers={"Accept-Language": "en"}).get(f"/events/{attack.code}/chain/")
    text = answer.content.decode()
    assert all(event.get_absolute_url() in text for event in story)
    assert "10 days later" in text
    assert f"/events/{attack.code}/chain/" in Client().get(attack.get_absolute_url()).content.decode()
    assert Client().get(f"/events/{make.event().code}/chain/").status_code == 404


def test_a_long_promise_is_named_by_its_first_whole_words(story):
    promise = make.commitment(story[1], "تنفيذ عمليات مشتركة بين الجيش والبيشمركة في المناطق ذات الاهتمام الأمني المشترك قبل نهاية السنة")
    assert str(promise) == "تنفيذ عمليات مشتركة بين الجيش والبيشمركة في المناطق ذات الاهتمام الأمني المشترك…"
