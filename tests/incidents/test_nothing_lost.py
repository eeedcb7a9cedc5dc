"""What an editor wrote is never lost: neither to a refusal, nor to a colleague, nor to a session that ended."""

import re
from html import unescape

import pytest
from django.test import Client

from incidents import curation, triage
from incidents.models import Candidate, Claim
from tests import factories
from tests.incidents.test_desk import correction

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    """A candidate, on the editor's screen."""
    row = factories.candidate(factories.article("قتل ثلاثة عشر شخصاً في هجوم شنه داعش على قرية خضر جيجة مساء الخميس."))
    cast.editor.get(f"/desk/candidates/{row.pk}/")
    return row


def judge(client, row, **values):
    return client.post(f"/desk/candidates/{row.pk}/judge/", values)


def test_a_correction_joins_what_a_colleague_corrected_and_asks_once_where_both_did(cast, row):
    opened = correction(row)
    triage.correct(candidate=row, by=cast_user(row), changes={"modality": "foiled", "type": "ied"})
    assert judge(cast.editor, row, **{**opened, "verb": "correct", "casualties-0-low": "12"}).status_code == 302
    row.refresh_from_db()
    assert (row.current["modality"], row.current["type"], row.current["casualties"][0]["low"]) == ("foiled", "ied", 12)
    refused = judge(cast.editor, row, **{**opened, "verb": "correct", "head-type": "ambush"})
    assert (refused.status_code, Candidate.objects.get(pk=row.pk).current["type"]) == (400, "ied")
    assert '<option value="ambush" selected>' in refused.content.decode()
    told = re.search(r'name="head-shown" value="(\d+)"', refused.content.decode())[1]
    assert judge(cast.editor, row, **{**opened, "verb": "correct", "head-type": "ambush", "head-shown": told}).status_code == 302
    row.refresh_from_db()
    assert (row.current["modality"], row.current["type"]) == ("foiled", "ambush")


def cast_user(row):
    """Whoever has the candidate on screen."""
    return Candidate.objects.get(pk=row.pk).held_by


def test_a_candidate_judged_or_held_by_a_colleague_keeps_what_was_written_on_it(cast, row):
    written = {**correction(row), "casualties-0-low": "4", "casualties-0-high": "77"}
    marked = {"verb": "value", "claim-words": "خضر جيجة", "claim-attribute": "weapon", "claim-text": "a truck full of it"}
    triage.reject_candidate(candidate=row, by=cast_user(row), reason="misread")
    for values, kept in ((written, 'value="77"'), (marked, "a truck full of it")):
        answer = judge(cast.reviewer, row, **values)
        page = answer.content.decode()
        assert (answer.status_code, kept in page, 'class="errors"' in page) == (400, True, True), values["verb"]
    assert Candidate.objects.get(pk=row.pk).corrections == {}


def test_a_claim_a_promise_and_an_event_that_are_refused_stay_in_their_forms(cast):
    event, meeting = factories.told_event(status="draft"), factories.told_event("meeting", status="draft")
    promise, article = factories.commitment(meeting), factories.article("انفجرت عبوة ناسفة قرب القرية.")
    curation.reject(event=event, by=factories.user("colleague"), reason="No event.")
    claim = {"claim-words": "عبوة ناسفة", "claim-attribute": "weapon", "claim-event": event.code, "claim-text": "a roadside bomb"}
    kept = {"status": "implemented", "reason": "They met again", "implemented_by": meeting.code}
    for path, values, words in (
        (f"/desk/articles/{article.pk}/claim/", claim, "a roadside bomb"),
        (f"/desk/commitments/{promise.pk}/", kept, "They met again"),
    ):
        answer = cast.editor.post(path, values)
        page = answer.content.decode()
        assert (answer.status_code, words in page, 'class="errors"' in page) == (400, True, True), path
    assert not Claim.objects.filter(text="a roadside bomb").exists()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_form_sent_after_the_session_ended_is_kept_until_its_editor_is_back(cast, row, language):
    event, note = factories.told_event(status="draft"), 'Two lines:\r\n"which" <village>?'
    path, browser = f"/desk/events/{event.code}/comment/", Client(enforce_csrf_checks=True, headers={"Accept-Language": language})
    ours = {"Origin": "http://testserver"}
    signed_out = browser.post(path, {"text": note, "field": "place"}, headers=ours)
    assert signed_out.status_code == 403
    kept = {
        name: unescape(value)
        for name, value in re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', signed_out.content.decode(), re.S)
    }
    assert kept == {"text": note, "field": "place"}
    browser.force_login(factories.user("editor"), backend="django.contrib.auth.backends.ModelBackend")
    stale = browser.post(path, kept, headers=ours)  # signing in made another token
    assert (stale.status_code, note.splitlines()[0] in stale.content.decode()) == (403, True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', stale.content.decode())[1]
    assert browser.post(path, {**kept, "csrfmiddlewaretoken": token}, headers=ours).status_code == 302
    assert event.comments.get().text == note


def test_what_another_site_filled_in_is_not_offered_to_be_sent_and_a_password_is_never_kept(cast):
    browser = Client(enforce_csrf_checks=True)
    for path, origin in (("/desk/sources/", "https://elsewhere.example"), ("/admin/login/", "http://testserver")):
        answer = browser.post(path, {"text": "put there by somebody", "password": "the right one"}, headers={"Origin": origin})
        page = answer.content.decode()
        assert (answer.status_code, "put there" in page, "the right one" in page) == (403, False, False), path
