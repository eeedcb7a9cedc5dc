"""`manage.py worker`: does what waits in the background, takes over what a killed worker left behind, and asks the followed feeds."""

import itertools
import logging
import threading
from typing import Any

from django.core.management.base import CommandParser
from django.db import Error, connection
from django_tasks_db.management.commands import db_worker

from incidents.following import ask_feeds
from incidents.presence import Presence
from incidents.tasks import sweep

log = logging.getLogger(__name__)

SWEEP_SECONDS = 5
ROUNDS_A_MINUTE = 60 // SWEEP_SECONDS


class Command(db_worker.Command):
    help = "Work in the background: reads what editors hand in. Any number may run; one is started by make run."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(reload=False, queue_name="*", startup_delay=False)

    def handle(self, **options: Any) -> None:  # type: ignore[override]
        presence = Presence(options["worker_id"])
        presence.hold()
        sweep()
        ask_feeds()
        stop = threading.Event()
        thread = threading.Thread(target=self._look_round, args=(stop, presence), daemon=True)
        if not options["batch"]:
            thread.start()
        try:
            super().handle(**options)
        finally:
            stop.set()
            presence.let_go()

    def _look_round(self, stop: threading.Event, presence: Presence) -> None:
        """Every few seconds take over what a killed worker left, every minute ask the feeds that are due."""
        for number in itertools.count(1):
            if stop.wait(SWEEP_SECONDS):
                break
            try:
                presence.hold()
                if count := sweep():
                    log.warning("%d tasks of a lost worker were queued again", count)
                if number % ROUNDS_A_MINUTE == 0:
                    ask_feeds()
            except Error:
                log.exception("The database did not answer; it is tried again")
                connection.close()
        connection.close()
