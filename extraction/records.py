"""Records that are read thousands of times a text: a slot is read several times as quickly as a named tuple's field.

Those made most often write out their `__init__`: where the package is compiled, that of a dataclass stays Python.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, Self, TypeVar


class Record:
    """Base of dataclasses with slots; written once, and copied where one value changes."""

    __slots__ = ()

    def _replace(self, **changes: Any) -> Self:
        """A copy with other values in these fields, as of a named tuple; raises AttributeError for a field that is not there."""
        kind: type = type(self)
        copy = type(self)(*_values(kind)(self))
        for name, value in changes.items():
            setattr(copy, name, value)
        return copy


class Placed(Record):
    """Base of what stands at tokens `first` up to `last` (exclusive) of a text; a dataclass of it writes out its `__init__`."""

    __slots__ = ()
    first: int
    last: int


T = TypeVar("T", bound=Placed)


def between(items: list[T], first: int, last: int) -> list[T]:
    """Items (in order of position) that begin at tokens `first` up to `last`."""
    if not items or items[-1].first < first or items[0].first >= last:  # asked hundreds of times a text, mostly in vain
        return []
    at, end = 0, len(items)
    while at < end:
        middle = (at + end) >> 1
        if items[middle].first < first:
            at = middle + 1
        else:
            end = middle
    while end < len(items) and items[end].first < last:
        end += 1
    return items[at:end]


@cache
def _values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(kind)))
