"""What the program says and keeps is read by everybody in their own language."""

from html import unescape

import pytest
from django.utils import translation

from history.sentences import in_a_row, kept, sentence, told
from incidents import importing
from incidents.models import Event, ImportedRow
from tests import factories
from tests.incidents.test_importing import GED, table_of

pytestmark = pytest.mark.django_db


def test_each_reader_has_the_reasons_of_an_import_in_their_own_language_whoever_started_it(cast):
    editor = factories.user("editor")
    source = importing.open_import(dataset="Register", label="a.csv", raw=table_of({**GED, "best": "many"}), becomes="drafts", by=editor)
    with translation.override("ar"):
        importing.check(source, by=editor)
    row, event = source.rows.get(), factories.told_event(status="published")
    with translation.override("ar"):
        remark = in_a_row([sentence("%(code)s is %(status)s by now: take it back to review first, then undo.") % {
            "code": event.code, "status": Event.Status.PUBLISHED.label}])  # fmt: skip
    ImportedRow.objects.filter(pk=row.pk).update(remark=remark)
    answers = {
        language: cast.editor.get(f"/desk/imports/{source.pk}/", headers={"Accept-Language": language}).content.decode()
        for language in ("ar", "en")
    }
    for language, words in (("en", ("is no whole number", f"{event.code} is Published by now")), ("ar", ("منشور",))):
        assert all(one in unescape(answers[language]) for one in words), language
    assert "is no whole number" not in answers["ar"]
    with translation.override("en"):
        assert ImportedRow.objects.get(pk=row.pk).remark == f"{event.code} is Published by now: take it back to review first, then undo."


def test_an_editor_s_own_words_are_read_as_they_were_written():
    for words in ("", "plain", '{"msgid": 3', '{"row": 1}', '["a", 1]'):
        assert (told(words), kept(words)) == (words, words)
