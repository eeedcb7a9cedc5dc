"""docs/api.md is held to the API: its examples work, and it names every list, filter and parameter of events."""

import re
import shlex
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.utils import timezone

from incidents.api.pagination import PARAMETERS
from incidents.filters import EventFilter
from incidents.models import Token
from tests import factories
from tests.api.conftest import LISTS, Record

TEXT = (settings.BASE_DIR / "docs" / "api.md").read_text()
EXAMPLES = re.findall(r"^\$ curl (.*?)(?:  # (\d+))?$", TEXT, re.MULTILINE)


@pytest.mark.django_db
@pytest.mark.parametrize(("command", "status"), EXAMPLES)
def test_every_example_answers_as_it_says(client, record: Record, command: str, status: str) -> None:
    words = shlex.split(command)
    address = next(word for word in words if word.startswith("http")).removeprefix("http://127.0.0.1:8000")
    if "--data-urlencode" in words:
        name, _, value = words[-1].partition("=")
        address += f"?{name}={quote(value)}"
    headers = {}
    if "--header" in words:
        name, _, value = words[words.index("--header") + 1].partition(": ")
        tomorrow = timezone.now() + timedelta(days=1)
        _token, secret = Token.make(user=factories.user(), name="example", scopes=["read"], expires_at=tomorrow)
        headers[name] = value.replace("$TOKEN", secret)
    # A transaction that is rolled back gives its codes back: the first one is the attack's.
    assert record.attack.code == "ISN-2021-000001"
    assert client.get(address, headers=headers).status_code == int(status or 200)


def test_every_list_filter_and_parameter_is_named() -> None:
    named = set(re.findall(r"`([a-z_]+)=?`", TEXT)) | set(re.findall(r"`([a-z]+)=", TEXT)) | set(re.findall(r"[?&]([a-z]+)=", TEXT))
    assert {*LISTS, *EventFilter.base_filters, *PARAMETERS, "fields", "expand", "format"} - named == {"cursor"}  # `next` carries it
