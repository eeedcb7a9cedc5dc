from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from entities.boundaries import load_boundaries
from entities.loading import LoadError


class Command(BaseCommand):
    help = (
        "Give governorates, districts and subdistricts the outlines of a register's GeoJSON (ADMn_PCODE names the place); "
        "put rivers (lines) and lakes (featurecla) of a GeoJSON under the map's marks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", type=Path)

    def handle(self, *, file: list[Path], **options: Any) -> None:
        for path in file:
            try:
                with tqdm(unit=" shapes", disable=not self.stderr.isatty(), file=self.stderr) as bar:
                    outcome = load_boundaries(path, tick=bar.update)
            except LoadError as error:
                raise CommandError(str(error)) from error
            for reason in outcome.refused:
                self.stderr.write(reason)
            self.stdout.write(f"{path.name}: {outcome.written} shapes loaded, {len(outcome.refused)} refused")
