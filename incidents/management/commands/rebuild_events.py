from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from incidents import headline
from incidents.models import Event


class Command(BaseCommand):
    help = "Work out the headline columns of every event again from its claims and resolutions; --check only names what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where a column differs from its resolution")

    def handle(self, *, check: bool, **options: Any) -> None:
        events = Event.objects.exclude(status=Event.Status.MERGED).order_by("pk")
        drifted = 0
        for event in tqdm(events.iterator(), total=events.count(), unit=" events", disable=not self.stderr.isatty(), file=self.stderr):
            columns = headline.drift(event)
            if columns:
                drifted += 1
                self.stderr.write(f"{event.code}: {', '.join(columns)}")
            if not check:
                headline.rebuild(event)
        self.stdout.write(f"{drifted} events had drifted from their resolutions")
        if check and drifted:
            raise CommandError("Run rebuild_events without --check to mend them.")
