"""An event at the desk: every verb on it is one form away, for whom the verb allows it, and what it refuses loses nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from history.context import because
from history.models import Revision
from incidents import curation
from incidents.models import Event, EventLink
from sources.models import Outlet
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return curation.refresh(factories.told_event(status="draft"))


def act(client, event, verb, **values):
    answer = client.post(f"/desk/events/{event.code}/{verb}/", {"reason": "read again", **values})
    if isinstance(event, Event):
        event.refresh_from_db()
    return answer


def steps_shown(client, event):
    page = client.get(f"/desk/events/{event.code}/", headers={"Accept-Language": "en"}).content.decode()
    return re.findall(r'name="step" value="(\w+)"', page)


def test_the_steps_shown_are_those_that_are_open_to_whoever_looks(cast, event):
    way = [
        (cast.editor, ["submit", "reject"], "submit", "in_review"),
        (cast.reviewer, ["approve", "reopen", "reject"], "approve", "approved"),
        (cast.reviewer, ["publish", "withdraw"], "publish", "published"),
        (cast.reviewer, ["withdraw"], "withdraw", "in_review"),
        (cast.editor, ["reopen", "reject"], "reject", "rejected"),
        (cast.editor, ["reopen"], "reopen", "draft"),
    ]
    for client, shown, step, status in way:
        assert steps_shown(client, event) == shown
        act(client, event, "move", step=step)
        assert event.status == status
    factories.event(code="ISN-2021-000777", status="published", changed_since_approval=True)
    assert steps_shown(cast.reviewer, Event.objects.get(code="ISN-2021-000777")) == ["approve", "withdraw"]
    assert steps_shown(cast.editor, Event.objects.get(code="ISN-2021-000777")) == []


def test_what_a_verb_refuses_is_shown_with_what_was_written(cast, event):
    before = Event.objects.get(pk=event.pk)
    refusals = [
        ("move", {"step": "publish"}),
        ("move", {"step": "delete"}),
        ("merge", {"drop": event.code}),
        ("merge", {"drop": "ISN-1999-000001"}),
        ("split", {"claims": [claim.pk for claim in event.claims.all()]}),
        ("split", {"claims": []}),
        ("link", {"relation": "implements", "target": event.code}),
        ("link", {"relation": "implements", "target": factories.event(status="draft").code, "article": 1, "words": "no such words"}),
        ("grade", {"grade": "excellent"}),
    ]
    for verb, values in refusals:
        answer = act(cast.editor, event, verb, **values)
        page = answer.content.decode()
        assert (answer.status_code, 'class="errors"' in page) == (400, True), (verb, values)
        assert "read again" in page, verb
    assert act(cast.editor, event, "erase").status_code == 404
    assert Event.objects.get(pk=event.pk).version == before.version


def test_two_events_are_merged_parted_split_and_a_report_moved_by_forms(cast, event):
    other = curation.refresh(factories.told_event(status="draft"))
    report = other.claims.first().passage.article
    assert act(cast.editor, event, "merge", drop=other.code).headers["Location"] == f"/desk/events/{event.code}/"
    other.refresh_from_db()
    assert (other.status, event.article_count) == ("merged", 2)
    act(cast.editor, event, "unmerge", merge=event.merges.get().pk)
    other.refresh_from_db()
    assert (other.status, event.article_count) == ("draft", 1)
    act(cast.editor, other, "move-report", article=report.pk, to=event.code.lower())
    assert (event.claims.count(), other.claims.count()) == (2, 0)
    moved = event.claims.get(passage__article=report)
    where = act(cast.editor, event, "split", claims=[moved.pk], type="ambush").headers["Location"]
    made = Event.objects.get(code=where.split("/")[3])
    assert (list(made.claims.all()), event.claims.count()) == ([moved], 1)


def test_a_headline_value_is_chosen_from_ticked_claims_and_given_back(cast, event):
    second = factories.claim(event, low=9, high=9)
    act(cast.editor, event, "choose", claims=[second.pk], attribute="killed")
    assert event.deaths_best == 9
    act(cast.editor, event, "give-back", attribute="killed")
    assert not event.resolutions.filter(method="editor", is_current=True).exists()


def test_a_link_is_drawn_judged_again_and_set_back(cast, event):
    meeting = curation.refresh(factories.told_event("meeting", status="draft"))
    report = factories.article("عقد الاجتماع ردا على الهجوم.")
    act(cast.editor, meeting, "link", relation="responds_to", target=event.code, article=report.pk, words="ردا على الهجوم")
    link = EventLink.objects.get()
    assert (link.basis, link.status, link.evidence.exact) == ("stated", "confirmed", "ردا على الهجوم")
    act(cast.editor, event, "judge-link", link=link.pk, is_right="no")
    assert EventLink.objects.get().status == "rejected"
    assert set_back(cast.editor, f"/desk/events/{event.code}/").headers["Location"] == f"/desk/events/{event.code}/"
    assert EventLink.objects.get().status == "confirmed"


def set_back(client, page):
    """Press the first button of a page that sets a change back."""
    action = re.search(r'action="(/desk/set-back/\d+/)"', client.get(page).content.decode())
    return client.post(action[1], {"reason": "read again", "next": page}) if action else None


def test_what_was_written_of_a_row_is_set_back_from_its_history_by_editors_alone(cast, event):
    outlet = event.claims.first().passage.article.outlet
    was, page = outlet.reliability, f"/admin/sources/outlet/{outlet.pk}/history/"
    with because(by=factories.user(role="editor"), verb="admin: outlet", reason="known for it"):
        Outlet.objects.filter(pk=outlet.pk).update(reliability="B")
    assert set_back(cast.viewer, page) is None
    revision = Revision.objects.of(outlet).order_by("-pk").first()
    assert cast.viewer.post(f"/desk/set-back/{revision.pk}/", {"reason": "no"}).status_code == 403
    assert cast.editor.post(f"/desk/set-back/{revision.pk}/", {"reason": " "}).status_code == 400
    assert Outlet.objects.get(pk=outlet.pk).reliability == "B"
    assert set_back(cast.editor, page).headers["Location"] == page
    assert Outlet.objects.get(pk=outlet.pk).reliability == was
    refused = cast.editor.post(f"/desk/set-back/{revision.pk}/", {"reason": "once more", "next": page})
    assert all(f'value="{kept}"' in refused.content.decode() for kept in ("once more", page))
    newer = Revision.objects.of(outlet).order_by("-pk").first()
    away = {"reason": "as it was", "next": "https://elsewhere.example/"}
    assert cast.editor.post(f"/desk/set-back/{newer.pk}/", away).headers["Location"] == "/desk/"


def test_grade_and_assignment_are_set_and_taken_away(cast, event):
    rule = event.grade
    act(cast.editor, event, "grade", grade="discounted")
    assert (event.grade, event.grade_is_overridden) == ("discounted", True)
    act(cast.editor, event, "grade", grade="")
    assert (event.grade, event.grade_is_overridden) == (rule, False)
    colleague = factories.user(role="reviewer")
    act(cast.editor, event, "assign", to=colleague.pk, reason="")
    assert event.assigned_to == colleague
    act(cast.editor, event, "assign", to="", reason="")
    assert event.assigned_to is None


def test_a_comment_on_a_field_stands_on_the_page_until_it_is_settled(cast, event):
    assert act(cast.editor, event, "comment", field="place", text=" ").status_code == 400
    act(cast.editor, event, "comment", field="place", text="Which of the two villages?")
    assert "Which of the two villages?" in cast.reviewer.get(f"/desk/events/{event.code}/").content.decode()
    act(cast.reviewer, event, "settle", comment=event.comments.get().pk)
    assert event.comments.get().settled_by.groups.get().name == "reviewer"
    assert "Which of the two villages?" not in cast.editor.get(f"/desk/events/{event.code}/").content.decode().split('id="changes"')[0]
    assert event.status == "draft"


def test_an_event_s_page_at_the_desk_asks_as_much_for_many_reports_as_for_few(cast, event):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            cast.editor.get(f"/desk/events/{event.code}/")
        return len(queries)

    asked()
    few = asked()
    for number in range(5):
        article = factories.article(outlet=factories.outlet(f"الصحيفة {number}"))
        factories.claim(event, passage=factories.quote(article, article.text[:10], said_in=factories.statement(factories.speaker())))
    curation.refresh(event)
    assert asked() == few
