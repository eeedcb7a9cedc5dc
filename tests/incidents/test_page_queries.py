"""A public page costs the same number of queries however many rows hang on what it shows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.models import Event
from tests.api.conftest import make_record
from tests.api.test_query_counts import more_rows

pytestmark = pytest.mark.django_db


def queries_of_pages() -> dict[str, int]:
    attack = Event.objects.earliest("id")
    article = attack.claims.earliest("id").passage.article_id
    event = attack.get_absolute_url()
    found = {}
    for path in ("/", "/events/", event, f"{event}panel/", f"/articles/{article}/", "/trends/", "/about/", "/feed/"):
        Client().get(path)  # the first one of a process also fills what is kept for the next
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200, path
        found[path] = len(queries)
    return found


def test_more_rows_cost_a_public_page_no_more_queries():
    make_record()
    more_rows(range(1))
    few = queries_of_pages()
    more_rows(range(1, 6))
    assert queries_of_pages() == few
    assert max(few.values()) <= 30
