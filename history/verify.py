"""Proof that nobody rewrote the history, or changed the record behind its back."""

from collections.abc import Iterator

from django.db import connection

from history.models import Seal
from history.tracking import tracked_tables

_ALTERED_REVISIONS = "SELECT id FROM history_revision r WHERE digest <> history_digest(r) ORDER BY id"
_BROKEN_SEALS = """
    SELECT number FROM (
        SELECT s.number, s.previous, s.digest,
            lag(s.digest, 1, '') OVER (ORDER BY s.number) AS before,
            row_number() OVER (ORDER BY s.number) AS place,
            encode(sha256(convert_to(s.previous || history_digest(c) || coalesce((
                SELECT string_agg(r.digest, '' ORDER BY r.id) FROM history_revision r WHERE r.change_id = c.id
            ), ''), 'UTF8')), 'hex') AS counted
        FROM history_seal s LEFT JOIN history_change c ON c.id = s.change_id
    ) chain WHERE previous <> before OR number <> place OR counted IS DISTINCT FROM digest ORDER BY number
"""
_UNSEALED = "SELECT c.id FROM history_change c LEFT JOIN history_seal s ON s.change_id = c.id WHERE s.number IS NULL"
_UNEXPLAINED = """
    SELECT coalesce(t.id, last."row") FROM (
        SELECT DISTINCT ON ("row") "row", operation, state FROM history_revision WHERE "table" = '{table}' ORDER BY "row", id DESC
    ) last FULL JOIN {table} t ON t.id = last."row"
    WHERE CASE WHEN t.id IS NULL THEN last.operation <> 'D'
        ELSE last."row" IS NULL OR last.operation = 'D' OR last.state <> history_state(to_jsonb(t), '{{{digested}}}') END
    ORDER BY 1
"""


def faults(*, head: str = "") -> Iterator[str]:
    """A sentence for each sign of tampering: an edited, removed or added link, and rows that differ from their last revision.

    `head` is a digest known from outside (an export, a release): it must stand in the chain, or its end was cut off.
    """
    for (number,) in _rows(_ALTERED_REVISIONS):
        yield f"revision {number} was altered"
    for (number,) in _rows(_BROKEN_SEALS):
        yield f"seal {number} does not fit what it seals or the seal before it"
    for (change,) in _rows(_UNSEALED):
        yield f"change {change} is not sealed"
    for table, digested in tracked_tables().items():
        for (row,) in _rows(_UNEXPLAINED.format(table=table, digested=",".join(digested))):
            yield f"{table} {row} is not as its last revision left it"
    if head and not Seal.objects.filter(digest=head).exists():
        yield f"the chain does not hold {head}: its end was cut off or rewritten"


def head() -> str:
    """The digest of the newest link: it goes into exports and releases, where nobody here can change it."""
    return Seal.objects.order_by("-number").values_list("digest", flat=True).first() or ""


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
