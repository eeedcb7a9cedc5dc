"""A worker's sign of life: an advisory lock on a connection of its own, which the database lets go of the moment the worker is gone."""

from collections.abc import Iterable
from typing import Any

from django.db import InterfaceError, OperationalError, connection

KEY = "hashtextextended('worker:' || %s, 0)"


class Presence:
    """Says that the worker of this name is there, from `hold` until `let_go` or the end of its process, however it ends."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.line: Any = None

    def hold(self) -> None:
        """Take the lock; again, take it anew where the connection was lost. Raises OperationalError while the database is away."""
        try:
            if self.line:
                self._run("SELECT 1")
                return
        except (OperationalError, InterfaceError):
            self.let_go()
        with connection.wrap_database_errors:
            self.line = connection.get_new_connection(connection.get_connection_params())
            self.line.autocommit = True
        # A machine that lost its network sends no farewell: the server asks, and gives it up after half a minute.
        self._run("SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3")
        self._run(f"SELECT pg_advisory_lock({KEY})", [self.worker])

    def let_go(self) -> None:
        try:
            if self.line:
                self._run("SELECT pg_advisory_unlock_all()")  # now, not when the server reads that the line was closed
        except (OperationalError, InterfaceError):
            pass  # the line was cut, and the lock went with it
        finally:
            if self.line:
                self.line.close()
            self.line = None

    def _run(self, sql: str, params: Iterable[str] = ()) -> None:
        with connection.wrap_database_errors, self.line.cursor() as cursor:
            cursor.execute(sql, list(params))


def is_gone(worker: str) -> bool:
    """Whether no process holds this worker's lock. Call it in a transaction, whose end gives the lock back."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({KEY})", [worker])
        return bool(cursor.fetchone()[0])
