"""docs/model.md names every model, every field and every code of the record, and nothing that is gone."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from incidents import taxonomy

TEXT = (settings.BASE_DIR / "docs" / "model.md").read_text(encoding="utf-8")
MODELS = [
    m for label in ("entities", "sources", "incidents", "history") for m in apps.get_app_config(label).get_models() if not m._meta.proxy
]
LISTS = [value for value in vars(taxonomy).values() if isinstance(value, type) and issubclass(value, models.Choices) and value.choices]


def section(heading):
    """The part of the document under this heading."""
    found = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"docs/model.md has no part on {heading}"
    return found[1]


def first_cells(part):
    return re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.object_name)
def test_every_field_is_described_and_no_other(model):
    fields = [*model._meta.fields, *model._meta.many_to_many]
    names = [f.name for f in fields if not (f.name == "id" and isinstance(f, models.BigAutoField))]
    assert sorted(first_cells(section(model._meta.object_name))) == sorted(names)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.object_name)
def test_every_code_of_a_field_s_own_list_is_named(model):
    lines = dict(re.findall(r"^\| `([^`]+)` \|(.*)$", section(model._meta.object_name), re.MULTILINE))
    for field in model._meta.fields:
        if field.choices and field.name != "type":
            listed = set(re.findall(r"`([^`]+)`", lines[field.name]))
            codes = {str(code) for code, _ in field.flatchoices if code != ""}
            assert listed in (codes, set()), field.name


def test_no_model_is_described_that_is_gone():
    described = set(re.findall(r"^### ([A-Z][A-Za-z]+)$", TEXT.split("## Code lists")[0], re.MULTILINE))
    assert described == {m._meta.object_name for m in MODELS}


def test_every_code_of_every_list_is_named_and_no_other():
    named = first_cells(TEXT.split("## Code lists")[1])
    codes = [str(value) for choices in LISTS for value in choices.values]
    assert sorted(named) == sorted([t.slug for t in taxonomy.EVENT_TYPES] + codes)
