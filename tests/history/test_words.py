"""The history page speaks the reader's language: verbs by their names, values by their labels, rows by what they are called."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from history.models import Revision
from history.reading import steps_of
from history.words import VERBS, verb_label
from incidents import curation, importing, triage
from incidents.curation import guard
from tests import factories
from tests.proposals import candidate, day, toll

pytestmark = pytest.mark.django_db


def verbs_of(*modules):
    """The names of what these modules keep in the history: functions that are guarded."""
    functions = [value for module in modules for value in vars(module).values() if callable(value) and hasattr(value, "__wrapped__")]
    return {f.__name__ for f in functions if f.__code__.co_filename == guard.__file__}


def test_every_verb_has_its_name_in_words_and_no_other():
    assert verbs_of(curation, triage, importing) | {"hand_in", "freeze"} == set(VERBS)


@pytest.fixture
def told():
    """An event with a past: accepted, edited, ranked, resolved, and edited past the application."""
    editor = factories.user("editor")
    place = factories.place("خضر جيجة", name_en="Khidir Jija")
    report = factories.article("مقتل 13 شخصاً في هجوم على خضر جيجة.")
    where = {"start": 0, "end": 3, "name": "خضر جيجة", "place": place.key, "where_prec": 1}
    row = candidate(report, date=day(date(2021, 12, 2)), casualties=[toll(report, "13", 13)], places=[where])
    triage.hold(candidate=row, by=editor)
    event = triage.accept(candidate=row, by=editor)
    curation.edit(event=event, changes={"title_en": "A title", "time_of_day": "night"}, by=editor, reason="Named.")
    claim = event.claims.get(attribute="casualties")
    curation.rank_claim(claim=claim, rank="deprecated", by=editor, reason="typo", note="Read 13 for 3.")
    return event


def pages(cast, event):
    for language in ("ar", "en"):
        cast.editor.cookies["django_language"] = language
        yield language, cast.editor.get(f"/admin/incidents/event/{event.pk}/history/").content.decode()


def test_no_slug_no_column_and_no_bare_key_stands_on_the_page(cast, told):
    for language, page in pages(cast, told):
        body = re.sub(r"<[^>]+>", " ", page[page.index("history-step") :])
        slugs = re.findall(r"\b[a-z]+_[a-z_]+\b|\b(?:armed_attack|mixed|killed|typo|night|casualties|asserts)\b", body)
        assert set(slugs) <= ({"mixed", "killed", "typo", "night", "casualties", "asserts"} if language == "en" else set())
        with translation.override(language):
            for words in (
                verb_label("accept"),
                verb_label("edit"),
                verb_label("rank_claim"),
                told.claims.get(attribute="place").place.name,
            ):
                assert words in page
            assert told.claims.get(attribute="casualties").get_rank_reason_display() in page


def test_an_added_row_says_what_it_says_and_a_choice_of_several_columns_each_of_them(told):
    with translation.override("en"):
        diffs = [diff for step in steps_of(Revision.objects.about_event(told.pk).order_by("-id")) for diff in step.diffs]
    added = {
        label: after for diff in diffs if diff.name == "resolution" and diff.revision.operation == "I" for label, _, after in diff.values
    }
    assert "Khidir Jija" in " ".join(
        after for diff in diffs if diff.name == "resolution" for label, _, after in diff.values if "value" in label
    )
    assert added
    assert not any("place_id" in str(diff.values) for diff in diffs)


def test_a_reason_of_the_rules_is_said_in_the_reader_s_language(cast, told):
    assert told.grade_reason == "One origin reports it."
    assert "One origin reports it." not in dict(pages(cast, told))["ar"]


def test_the_page_costs_the_same_for_a_long_past(cast, told):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            cast.editor.get(f"/admin/incidents/event/{told.pk}/history/")
        return len(queries)

    first = cost()
    for number in range(10):
        curation.edit(event=told, changes={"title_en": f"Title {number}"}, by=factories.user("editor"), reason="Again.")
    assert cost() == first


def test_what_the_desk_writes_beside_the_verbs_is_somebodys_and_named(told):
    changes = {r.change.verb for r in Revision.objects.filter(table="incidents_candidate").exclude(operation="I").select_related("change")}
    assert changes == {"hold", "accept"}
