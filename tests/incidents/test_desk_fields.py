"""The desk's own form fields."""

import pytest
from django import forms
from django.test.html import parse_html

from incidents.desk.fields import LeanSelect
from incidents.desk.forms import TYPES
from incidents.taxonomy import Harm


@pytest.mark.parametrize("choices", [[], [("", "—"), *Harm.choices], TYPES, [("<&\"'", '<b>"bold"</b>')]])
@pytest.mark.parametrize("value", [None, "", "killed", "ambush", "<&\"'", "no such choice"])
def test_a_lean_list_of_choices_is_what_django_would_write(choices, value):
    written = [
        widget(attrs={"dir": "auto"}, choices=choices).render("harm", value, attrs={"id": "id-harm", "required": True})
        for widget in (LeanSelect, forms.Select)
    ]
    assert parse_html(written[0]) == parse_html(written[1])
