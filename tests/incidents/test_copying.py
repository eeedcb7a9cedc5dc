"""Rows as columns straight from the database: what is there as it is, what is missing only where it was provided for."""

import pytest
from django.db import DataError
from django.db.models import F, Func, IntegerField, Value

from incidents import copying
from incidents.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def columns(**wanted):
    named = {f"_{name}": expression for name, (expression, _type) in wanted.items()}
    rows = Event.objects.order_by("pk").annotate(**named).values_list(*named)
    [found] = copying.numbers([(rows, {name: type for name, (_expression, type) in wanted.items()})])
    return {name: values.tolist() for name, values in found.items()}


def test_numbers_and_words_come_as_they_are(monkeypatch):
    monkeypatch.setattr(copying, "BLOCK", 2)  # the last block is not full
    for number, type in enumerate(("ied", "meeting", "ambush"), start=1):
        factories.event(type, code=f"ISN-2021-{number:06}", deaths_best=None if number == 2 else number)
    found = columns(
        code=(F("code"), "S15"), killed=(copying.Whole("deaths_best"), "i4"), type=(copying.Place(["ambush", "ied"], "type"), "i4")
    )
    assert found == {"code": [b"ISN-2021-000001", b"ISN-2021-000002", b"ISN-2021-000003"], "killed": [1, -1, 3], "type": [1, -1, 0]}


@pytest.mark.parametrize("second", [None, 7])
def test_a_missing_value_that_nothing_stands_for_is_refused(second):
    """It has no bytes: what follows would be read from the wrong place."""
    factories.event(deaths_best=None)
    factories.event(deaths_best=second)
    with pytest.raises(ValueError, match="killed"):
        columns(killed=(F("deaths_best"), "i4"))


def test_no_row_is_a_column_without_values():
    assert columns(killed=(copying.Whole("deaths_best"), "i4")) == {"killed": []}


def test_lines_are_sent_no_faster_than_they_are_read_and_no_longer(monkeypatch):
    """Whoever leaves a long file half read frees the database at once."""
    monkeypatch.setattr(copying, "PIECE", 100)
    factories.event()
    endless = Event.objects.annotate(n=Func(Value(1), Value(100_000_000), function="generate_series", output_field=IntegerField()))

    def read_one():
        with copying.lines(endless.order_by().values_list("code", "n")) as lines:
            yield lines.readline()

    reading = read_one()
    assert next(reading).startswith(b"ISN-")
    reading.close()
    assert Event.objects.count() == 1


def test_lines_that_break_off_are_not_the_whole_file():
    factories.event()
    broken = Event.objects.annotate(n=Func(Value(1), Value(0), template="(%(expressions)s)", arg_joiner="/", output_field=IntegerField()))
    with pytest.raises(DataError), copying.lines(broken.values_list("n")) as lines:
        lines.read()
