"""All 200 random addresses, each opened in a browser that knows nothing: minutes, so `make addresses-check` and not `make test`."""

import pytest

from tests.browser.test_addresses import STATES, mismatches, views_of_the_record

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_of_200_addresses_shows_its_view_in_a_fresh_browser(open_page):
    views = views_of_the_record(open_page)
    assert len({tuple(view) for view in views}) == STATES
    assert mismatches(open_page, views) == []
