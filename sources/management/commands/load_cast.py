from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from entities.loading import LoadError, load_actors
from sources.cast import load_speakers

LEXICON = settings.BASE_DIR / "extraction" / "lexicon"


class Command(BaseCommand):
    help = "Load the shipped cast: the actors and the speakers that reports name."

    def handle(self, **options: Any) -> None:
        for what, load, name in (("actors", load_actors, "actors.csv"), ("speakers", load_speakers, "speakers.csv")):
            try:
                outcome = load(LEXICON / name)
            except LoadError as error:
                raise CommandError(str(error)) from error
            for reason in outcome.refused:
                self.stderr.write(f"{name}: {reason}")
            self.stdout.write(f"{outcome.written} {what} loaded, {len(outcome.refused)} refused")
            if outcome.refused:
                raise CommandError("Some rows were refused; the others are loaded.")
