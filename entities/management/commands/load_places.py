from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from entities.loading import PLACES, LoadError, load_places


class Command(BaseCommand):
    help = "Load places: the shipped gazetteer, or a full dump (our CSV, a register's CSV, or GeoNames' tab-separated export)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=settings.BASE_DIR / PLACES, help="without one: the shipped gazetteer")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with tqdm(unit=" places", disable=not self.stderr.isatty(), file=self.stderr) as bar:
                outcome = load_places(file, tick=bar.update)
        except LoadError as error:
            raise CommandError(str(error)) from error
        for reason in outcome.refused:
            self.stderr.write(reason)
        self.stdout.write(f"{outcome.written} places loaded, {len(outcome.refused)} refused")
        if outcome.refused:
            raise CommandError("Some rows were refused; the others are loaded.")
