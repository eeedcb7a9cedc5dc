"""Draft, review, approval, publication: who may do which step, and that the database refuses the rest."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from incidents import curation
from incidents.models import Event
from tests import factories
from tests.proposals import candidate

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def editor(db):
    return factories.user("editor")


@pytest.fixture
def reviewer(db):
    return factories.user("reviewer", "reviewer")


@pytest.fixture
def draft(editor):
    return curation.accept(candidate=candidate(factories.article()), by=editor)


@pytest.fixture
def published(draft, editor, reviewer):
    curation.submit(event=draft, by=editor)
    curation.approve(event=draft, by=reviewer)
    return curation.publish(event=draft, by=reviewer)


def edited(event, by, title="Another title"):
    return curation.edit(event=event, changes={"title_en": title}, by=by, reason="Plainer.")


def test_the_way_of_an_event_to_the_public(published, editor, reviewer):
    assert (published.status, published.created_by, published.approved_by) == ("published", editor, reviewer)
    assert published.approved_at
    assert published.published_at
    assert not published.changed_since_approval


def test_whoever_made_it_may_not_approve_it(reviewer):
    own = curation.accept(candidate=candidate(factories.article()), by=reviewer)
    curation.submit(event=own, by=reviewer)
    with pytest.raises(curation.CurationError, match="second person"):
        curation.approve(event=own, by=reviewer)
    assert curation.approve(event=own, by=factories.user(role="reviewer")).status == "approved"


def test_whoever_changed_it_since_may_not_approve_it_either(draft, editor, reviewer):
    curation.submit(event=draft, by=editor)
    edited(draft, reviewer)
    with pytest.raises(curation.CurationError, match="second person"):
        curation.approve(event=draft, by=reviewer)
    other = factories.user(role="reviewer")
    assert curation.approve(event=draft, by=other).status == "approved"
    edited(draft, editor, "Again another")
    assert curation.approve(event=draft, by=reviewer).status == "approved"  # the other's approval covered the reviewer's own words


def test_judging_a_proposed_link_does_not_make_one_a_writer(draft, editor, reviewer):
    other = curation.accept(candidate=candidate(factories.article()), by=editor)
    curation.judge_link(link=factories.link(draft, other, status="open"), is_right=True, by=reviewer)
    curation.submit(event=draft, by=editor)
    assert curation.approve(event=draft, by=reviewer)


def test_editors_neither_approve_nor_publish_nor_withdraw(draft, published, editor):
    other = factories.user()
    second = curation.accept(candidate=candidate(factories.article()), by=editor)
    curation.submit(event=second, by=editor)
    for verb, event in ((curation.approve, second), (curation.publish, second), (curation.withdraw, published)):
        with pytest.raises(curation.CurationError, match="Only reviewers"):
            verb(event=event, by=other)


def test_a_change_after_approval_goes_back_to_a_reviewer(published, editor, reviewer):
    event = edited(published, editor)
    assert (event.status, event.changed_since_approval) == ("published", True)
    event = curation.approve(event=event, by=reviewer)
    assert (event.status, event.changed_since_approval) == ("published", False)


def test_what_changed_since_approval_is_not_published(draft, editor, reviewer):
    curation.submit(event=draft, by=editor)
    curation.approve(event=draft, by=reviewer)
    edited(draft, editor)
    with pytest.raises(curation.CurationError, match="approve it again"):
        curation.publish(event=draft, by=reviewer)


def test_there_is_nothing_to_vouch_for_without_a_claim_that_counts(draft, editor, reviewer):
    curation.submit(event=draft, by=editor)
    for claim in draft.claims.all():
        curation.retract_claim(claim=claim, by=editor, note="Taken back.")
    with pytest.raises(curation.CurationError, match="no claim"):
        curation.approve(event=draft, by=reviewer)


def test_withdrawing_hides_it_at_once_and_needs_a_new_approval(published, reviewer):
    event = curation.withdraw(event=published, by=reviewer, reason="A doubt.")
    assert (event.status, event.approved_by) == ("in_review", None)
    assert not Event.objects.published().exists()


def test_a_rejected_event_keeps_its_code_and_its_claims_and_can_be_reopened(draft, editor):
    gone = curation.reject(event=draft, by=editor, reason="An exercise.")
    assert gone.claims.exists()
    with pytest.raises(curation.CurationError, match="rejected"):
        edited(gone, editor)
    assert curation.reopen(event=gone, by=editor).code == draft.code


@pytest.mark.parametrize("verb", ["publish", "approve", "withdraw", "reopen"])
def test_a_step_from_the_wrong_place_is_refused_with_the_state_it_is_in(draft, reviewer, verb):
    with pytest.raises(curation.CurationError, match="ISN-"):
        getattr(curation, verb)(event=draft, by=factories.user(role="reviewer"))


def test_assigning_and_commenting_leave_an_approval_standing(published, editor, reviewer):
    event = curation.assign(event=published, to=reviewer, by=editor)
    remark = curation.comment(event=event, field="killed", text="The ministry says ten.", by=reviewer)
    event.refresh_from_db()
    assert (event.assigned_to, event.changed_since_approval) == (reviewer, False)
    assert curation.settle_comment(comment=remark, by=editor).settled_by == editor
    with pytest.raises(curation.CurationError, match="empty"):
        curation.comment(event=event, text=" ", by=editor)


def refused(event, **columns):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**columns)


def test_the_database_itself_refuses_to_skip_a_step(draft, reviewer):
    now = draft.created_at
    refused(draft, status="published", approved_by=reviewer, approved_at=now, published_at=now)
    refused(draft, status="approved", approved_by=reviewer, approved_at=now)


def test_the_database_itself_refuses_a_first_person_s_approval(draft, editor):
    curation.submit(event=draft, by=editor)
    refused(draft, status="approved", approved_by=editor, approved_at=draft.created_at)


def test_nobody_rewrites_who_made_an_event_or_its_code(draft, reviewer):
    refused(draft, created_by=reviewer)
    refused(draft, code="ISN-2021-999999")
