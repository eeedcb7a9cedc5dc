"""Arabic is the first language of the pages: every sentence the code marks has its Arabic, whole and with the same placeholders."""

import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib import admin
from django.utils import dates, translation
from django.utils.formats import date_format, localize
from django.utils.functional import Promise
from django.utils.translation.template import templatize

from incidents import wording

CATALOG = settings.BASE_DIR / "locale" / "ar" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
# Zero, one, two, a few, many, a hundred.
ARABIC_FORMS = 6
OWN_APPS = ("entities", "history", "incidents", "sources")


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    with CATALOG.open("rb") as file:
        return [message for message in read_po(file, locale="ar", abort_invalid=True) if message.id]


def forms(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_no_sentence_is_left_in_english_or_unsure(messages):
    assert len(messages) > 1000
    assert [message.id for message in messages if message.fuzzy or not all(forms(message.string))] == []


def test_a_count_has_all_six_arabic_forms(messages):
    counted = [message for message in messages if message.pluralizable]
    assert counted
    assert [message.id for message in counted if len(forms(message.string)) != ARABIC_FORMS] == []


def test_a_translation_names_what_its_sentence_names(messages):
    """A counted form may leave its number out, where a word says it: “حدثان”."""
    wrong = []
    for message in messages:
        named = set().union(*map(placeholders, forms(message.id)))
        for form in forms(message.string):
            found = placeholders(form)
            if found - named or (found != named and not message.pluralizable):
                wrong.append((message.id, form))
    assert wrong == []


def test_the_catalog_passes_gettexts_own_check():
    done = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", str(CATALOG)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_sentence_the_code_marks_stands_in_the_catalog(messages, tmp_path):
    known = {forms(message.id)[0] for message in messages}
    assert marked(tmp_path) - known == set()


def test_what_is_counted_somewhere_is_counted_wherever_it_is_said(messages, tmp_path):
    """Asked for without its number, “5 killed” would be said in the first of its Arabic forms: “one killed”."""
    counted = {forms(message.id)[0] for message in messages if message.pluralizable}
    assert counted & marked(tmp_path, ONE_FORM) == set()


ONE_FORM = ("_", "gettext", "gettext_noop", "gettext_lazy", "pgettext:1c,2", "pgettext_lazy:1c,2")
COUNTED = ("ngettext:1,2", "ngettext_lazy:1,2", "npgettext:1c,2,3")


def marked(folder: Path, ways: tuple[str, ...] = (*ONE_FORM, *COUNTED)) -> set[str]:
    """The first forms of what Python and templates mark in these ways, as `makemessages` finds them; `folder` takes the templates as
    Python."""
    sources = [path for app in ("config", *OWN_APPS) for path in (settings.BASE_DIR / app).rglob("*.py")]
    for number, template in enumerate(sorted((settings.BASE_DIR / "templates").rglob("*.*"))):
        sources.append(folder / f"{number}.py")
        sources[-1].write_text(templatize(template.read_text(), origin=str(template)))
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--output=-", "--keyword", *(f"--keyword={way}" for way in ways)]
    printed = subprocess.run([*command, *map(str, sources)], capture_output=True, check=True).stdout
    entries = printed.partition(b"\n\n")[2]  # without the header, whose charset and plural rule are blanks to fill in
    return {forms(message.id)[0] for message in read_po(entries.splitlines(keepends=True), charset="utf-8") if message.id}


def test_every_word_the_admin_shows_of_a_model_is_marked():
    unmarked = []
    for model in admin.site._registry:
        if model._meta.app_label not in OWN_APPS:
            continue
        words = {str(model._meta): [model._meta.verbose_name, model._meta.verbose_name_plural]}
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]:
            if field.editable and not field.auto_created:
                labels = [label for _, label in field.flatchoices]
                words[str(field)] = [field.verbose_name, *filter(None, [field.help_text]), *labels]
        unmarked += [(name, word) for name, said in words.items() for word in said if not isinstance(word, Promise)]
    assert unmarked == []


def test_whatever_the_admins_sidebar_lists_has_an_arabic_name():
    with translation.override("ar"):
        names = {str(model._meta.verbose_name_plural) for model in admin.site._registry}
        names |= {str(model._meta.app_config.verbose_name) for model in admin.site._registry}
    assert {name for name in names if not re.search("[\u0621-\u064a]", name)} == set()


def test_months_are_iraqs_wherever_django_or_a_script_prints_them(admin_client):
    months = [str(Locale("ar", "IQ").months["format"]["wide"][number]) for number in range(1, 13)]
    with translation.override("ar"):
        for table in (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT):
            assert [str(name) for name in table.values()] == months
        assert date_format(date(2021, 12, 2), "DATE_FORMAT") == wording.day(date(2021, 12, 2)) == "2 كانون الأول 2021"
        assert date_format(date(2021, 12, 2), "SHORT_DATE_FORMAT") == "2021-12-02"
        assert localize(1234.5, use_l10n=True) == "1234.5"
    catalog = admin_client.get("/admin/jsi18n/", headers={"accept-language": "ar"}).content.decode()
    assert json.dumps("كانون الثاني") in catalog
    assert json.dumps("يناير") not in catalog
