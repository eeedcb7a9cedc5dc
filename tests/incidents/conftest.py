"""After every scenario the headline of every event is what its claims and resolutions give, and the history is whole."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from history import verify


@pytest.fixture(autouse=True)
def english():
    """Refusals are matched in one language; a page a client asks for still speaks its reader's."""
    with translation.override("en"):
        yield


@pytest.fixture
def record(db):
    """The record a scenario works on; afterwards it is checked for drift and for changes behind the history's back."""
    yield
    call_command("rebuild_events", check=True, stdout=StringIO(), stderr=StringIO())
    connection.check_constraints()  # what a commit would do: seal the changes
    assert list(verify.faults()) == []
