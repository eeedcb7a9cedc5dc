"""Nobody decides unknowingly over what a colleague decided since the page was opened; said once, it is the editor's to decide."""

import re
from datetime import date

import pytest
from django.utils import timezone

from incidents import curation, triage
from incidents.models import Candidate, DatasetImport
from sources.models import TextReuse
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = {"links": "/desk/links/", "reuse": "/desk/reuse/", "statistics": "/desk/statistics/", "commitments": "/desk/commitments/"}


@pytest.fixture
def colleague(db):
    return factories.user("colleague", "reviewer")


def told(**values):
    return curation.refresh(factories.told_event(**{"status": "draft", **values}))


def seen_on(client, page, action):
    """What the form that is sent to `action` says it was filled in on."""
    content = client.get(page).content.decode()
    form = content[content.index(f'action="{action}"') :]
    return re.search(r'name="seen" value="([^"]*)"', form)[1]


def grade(colleague):
    event = told()
    path = f"/desk/events/{event.code}/"

    def act():
        curation.override_grade(event=event, grade="confirmed", by=colleague, reason="Both say so.")

    return path, f"{path}grade/", {"grade": "discounted", "reason": "A hoax."}, act, lambda: _of(event, "grade")


def assign(colleague):
    event = told()
    path = f"/desk/events/{event.code}/"

    def act():
        curation.assign(event=event, to=colleague, by=colleague)

    return path, f"{path}assign/", {"to": factories.user("third").pk}, act, lambda: _of(event, "assigned_to_id")


def choose(colleague):
    event = told()
    theirs, mine = factories.claim(event, low=9), factories.claim(event, low=20)
    curation.refresh(event)
    path = f"/desk/events/{event.code}/"

    def act():
        curation.resolve(event=event, attribute="killed", claims=[theirs], by=colleague, reason="The ministry.")

    values = {"attribute": "killed", "claims": [mine.pk], "reason": "The list of names."}
    return path, f"{path}choose/", values, act, lambda: _of(event, "deaths_best")


def give_back(colleague):
    event = told()
    first, second = factories.claim(event, low=9), factories.claim(event, low=20)
    curation.resolve(event=event, attribute="killed", claims=[first], by=colleague, reason="The ministry.")
    path = f"/desk/events/{event.code}/"

    def act():
        curation.resolve(event=event, attribute="killed", claims=[second], by=colleague, reason="The names.")

    return path, f"{path}give-back/", {"attribute": "killed", "reason": "By the rule."}, act, lambda: _methods(event)


def step(colleague):
    event = told()
    path = f"/desk/events/{event.code}/"

    def act():
        _told_more(event, colleague)

    return path, f"{path}move/", {"step": "reject"}, act, lambda: _of(event, "status")


def merge(colleague):
    event, other = told(), told()
    path = f"/desk/events/{event.code}/"

    def act():
        _told_more(event, colleague)

    return path, f"{path}merge/", {"drop": other.code, "reason": "One attack."}, act, lambda: _of(other, "status")


def link(colleague):
    row = factories.link(told(type="meeting"), told(), status="open")
    path = f"/desk/events/{row.source.code}/"

    def act():
        curation.judge_link(link=row, is_right=False, by=colleague)

    return path, f"{path}judge-link/", {"link": row.pk, "is_right": "yes"}, act, lambda: _of(row, "status")


def queued_link(colleague):
    row = factories.link(told(type="meeting"), told(), status="open")

    def act():
        curation.judge_link(link=row, is_right=False, by=colleague)

    return PAGE["links"], f"/desk/links/{row.pk}/", {"verdict": "right"}, act, lambda: _of(row, "status")


def statistic(colleague):
    row = factories.statistic()

    def act():
        curation.publish_statistic(statistic=row, by=colleague)

    return PAGE["statistics"], f"/desk/statistics/{row.pk}/", {"verdict": "reject"}, act, lambda: _of(row, "status")


def pair(colleague):
    first, second = (factories.quote(factories.article("بيان واحد من القيادة."), "بيان واحد") for _ in range(2))
    row = TextReuse.objects.create(first=first, second=second, containment=0.9)

    def act():
        curation.judge_reuse(pair=row, verdict="independent", by=colleague, reason="Each its own.")

    return PAGE["reuse"], f"/desk/reuse/{row.pk}/", {"verdict": "same_statement"}, act, lambda: _of(row, "verdict")


def commitment(colleague):
    row = factories.commitment(told(type="meeting"))

    def act():
        curation.set_commitment(commitment=row, status="implemented", by=colleague, reason="They met.")

    values = {"status": "unknown", "reason": "Nobody said"}
    return PAGE["commitments"], f"/desk/commitments/{row.pk}/", values, act, lambda: _of(row, "status")


def day(colleague):
    row = factories.article("هجوم يوم أمس.", published_on=None, published_basis="unknown")
    path = f"/desk/articles/{row.pk}/"

    def act():
        curation.date_article(article=row, published_on=date(2021, 12, 4), by=colleague)

    return path, f"{path}day/", {"published_on": "2021-12-05"}, act, lambda: _of(row, "published_on")


def _candidate():
    return factories.candidate(factories.article("قتل ثلاثة عشر شخصاً في هجوم شنه داعش على قرية خضر جيجة مساء الخميس."))


def _judged(colleague, **values):
    """A verdict on a candidate that a colleague took up and corrected while the page was open."""
    row = _candidate()
    path = f"/desk/candidates/{row.pk}/"

    def act():
        Candidate.objects.filter(pk=row.pk).update(held_by=None, held_until=None)
        triage.correct(candidate=row, by=colleague, changes={"modality": "foiled"})

    return path, f"{path}judge/", values, act, lambda: _of(row, "verdict")


def accept(colleague):
    return _judged(colleague, verb="accept")


def reject(colleague):
    return _judged(colleague, verb="reject", reason="misread")


def undo(colleague):
    row = _candidate()
    triage.reject_candidate(candidate=row, by=colleague, reason="misread")

    def act():
        triage.undo(candidate=row, by=colleague)
        triage.reject_candidate(candidate=row, by=colleague, reason="off_topic")

    return f"/desk/candidates/{row.pk}/", "/desk/undo/", {"candidate": row.pk}, act, lambda: _of(row, "verdict")


# What a colleague judged waits no more: its page shows the next one.
GONE = [queued_link, statistic, pair, commitment]


def imported(colleague):
    row = factories.dataset_import(format="table", state="checked", finished_at=timezone.now())
    path = f"/desk/imports/{row.pk}/"
    factories.imported_row(source=row, fate="new")

    def act():
        DatasetImport.objects.filter(pk=row.pk).update(finished_at=timezone.now())  # checked anew, by other columns

    return path, f"{path}start/", {}, act, lambda: _of(row, "state")


SCENES = [*GONE, grade, assign, choose, give_back, step, merge, link, day, accept, reject, undo, imported]


def _told_more(event, by):
    passage = factories.quote(factories.article("استخدم المهاجمون عبوة."), "عبوة")
    return curation.attach_claim(event=event, passage=passage, attribute="weapon", text="a bomb", by=by)


def _of(row, column):
    return type(row)._base_manager.values_list(column, flat=True).get(pk=row.pk)


def _methods(event):
    return event.resolutions.get(attribute="killed", is_current=True).method


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_what_a_colleague_decided_since_stands_until_it_was_read(cast, colleague, scene):
    page, path, values, act, outcome = scene(colleague)
    seen = seen_on(cast.editor, page, path)
    act()
    stands = outcome()
    refused = cast.editor.post(path, {**values, "seen": seen}, follow=True, headers={"Accept-Language": "en"})
    assert outcome() == stands
    assert re.search("colleague changed this|checked anew", refused.content.decode())
    again = seen_on(cast.editor, page, path) if scene not in GONE else None
    if again:
        cast.editor.post(path, {**values, "seen": again}, follow=True)
        assert outcome() != stands


def test_lists_and_hanging_rows_of_an_admin_form_join_too(cast):
    first, second, third = (factories.speaker() for _ in range(3))
    row, place = factories.statement(first), factories.place("خضر جيجة", spellings=("خدرجيجة",))
    path = f"/admin/sources/statement/{row.pk}/change/"
    form = cast.editor.get(path).context["adminform"].form
    opened = {name: form[name].value() or "" for name in form.fields} | {"initial-issuers": [first.pk], "reason": "As it says."}
    cast.reviewer.post(path, {**opened, "issuers": [first.pk, second.pk]})
    cast.editor.post(path, {**opened, "title": "A communique"})
    row.refresh_from_db()
    assert (row.title, set(row.issuers.all())) == ("A communique", {first, second})
    refused = cast.editor.post(path, {**opened, "issuers": [third.pk]})
    assert refused.context["adminform"].form.errors["issuers"]
    cast.editor.post(path, dict(refused.context["adminform"].form.data.lists()))
    assert set(row.issuers.all()) == {third}

    path = f"/admin/entities/place/{place.pk}/change/"
    page = cast.editor.get(path)
    sets = [shown.formset for shown in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form, *(form for rows in sets for form in (rows.management_form, *rows))]
    values = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    opened = {name: value for name, value in values.items() if value is not None and value is not False}
    [spelling] = [name for name, value in opened.items() if value == "خدرجيجة"]
    cast.reviewer.post(path, {**opened, spelling: "خضرجيجة", "reason": "As on the sign."})
    assert place.spellings.filter(text="خضرجيجة").exists()
    cast.editor.post(path, {**opened, "name_en": "Khidir Jija", "reason": "In English."})
    place.refresh_from_db()
    assert (place.name_en, place.spellings.filter(text="خضرجيجة").exists()) == ("Khidir Jija", True)
