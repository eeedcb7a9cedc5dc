"""`manage.py worker`: does what waits in the background, takes over what a killed worker left behind, and asks the followed feeds."""

import logging
import threading
from typing import Any

from django.core.management.base import CommandParser
from django.db import OperationalError, connection
from django_tasks_db.management.commands import db_worker

from incidents.following import ask_feeds
from incidents.tasks import LEASE, sweep

log = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "Work in the background: reads what editors hand in. Any number may run; one is started by make run."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(reload=False, queue_name="*", startup_delay=False)

    def handle(self, **options: Any) -> None:  # type: ignore[override]
        sweep()
        ask_feeds()
        stop = threading.Event()
        thread = threading.Thread(target=self._sweep_now_and_then, args=(stop,), daemon=True)
        if not options["batch"]:
            thread.start()
        try:
            super().handle(**options)
        finally:
            stop.set()

    def _sweep_now_and_then(self, stop: threading.Event) -> None:
        while not stop.wait(LEASE.total_seconds() / 3):
            try:
                if count := sweep():
                    log.warning("%d tasks of a lost worker were queued again", count)
                ask_feeds()
            except OperationalError:
                log.exception("The database did not answer; the sweep is tried again")
            finally:
                connection.close()
