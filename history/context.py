"""Tells the history who is at work, with which verb and why, for everything written inside the block."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

_NOBODY = ("", "", "")
_current: ContextVar[tuple[str, str, str]] = ContextVar("history_context", default=_NOBODY)


def _announce(who_and_why: tuple[str, str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('history.by', %s, true), set_config('history.verb', %s, true), set_config('history.reason', %s, true),"
            " set_config('history.change', '', true)",
            who_and_why,
        )


@contextmanager
def because(*, by: Any, verb: str, reason: str) -> Iterator[None]:
    """One transaction whose changes are kept as this user's, by this verb, for this reason. An inner block is a change of its own."""
    outer = _current.get()
    inner = (str(getattr(by, "pk", "") or ""), verb[:60], reason)
    with transaction.atomic():
        _announce(inner)
        token = _current.set(inner)
        try:
            yield
        finally:
            _current.reset(token)
        # Not after an error: the rollback gives the settings back their values.
        _announce(outer)
