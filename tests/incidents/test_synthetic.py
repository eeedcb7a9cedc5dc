"""Made-up events are whole events: the database's rules hold for them, and the map can show them."""

import pytest
from django.core.management import CommandError, call_command

from incidents import columns, synthetic
from incidents.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def test_as_many_events_as_asked_for_are_published():
    for number in range(30):
        factories.place(f"قرية {number}", level="village" if number % 3 else "district")
    assert synthetic.make(200, approver=factories.user(role="reviewer").pk) == 200
    table = columns.build()
    assert table.num_rows == 200
    assert 0 < table["lon"].null_count < 40
    assert all(len(actors) == 1 for actors in table["actors"].to_pylist())


def test_a_real_record_is_never_mixed_with_made_up_events():
    factories.event(status="published")
    with pytest.raises(CommandError, match="holds a record"):
        call_command("make_synthetic", 10)
    assert Event.objects.count() == 1
