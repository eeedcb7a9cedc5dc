import hashlib
import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

# What a new installation starts with, and whose change is a reason to load it again.
SHIPPED = ("extraction/lexicon/places.csv", "extraction/lexicon/actors.csv", "extraction/lexicon/speakers.csv", "incidents/samples/*")


class Command(BaseCommand):
    help = "Bring the database up to date and load what a new installation starts with. Running it again changes nothing an editor did."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=Path, metavar="FOLDER", help="read and publish the reports in this folder as well")

    def handle(self, *, articles: Path | None, **options: Any) -> None:
        self.say("Bringing the database up to date")
        call_command("migrate", verbosity=0)
        call_command("check", databases=["default"], stdout=io.StringIO())
        if loaded() != shipped():
            self.say("Loading places, actors and speakers")
            call_command("load_places")
            call_command("load_cast")
            self.say("Reading the sample reports")
            call_command("load_demo")
            remember(shipped())
        if articles:
            self.say(f"Reading the reports in {articles}")
            try:
                call_command("load_demo", str(articles))
            except CommandError as error:
                # What was refused has been named; the rest is there to be looked at.
                self.stderr.write(str(error))
        for login in sorted((settings.VAR_DIR / "demo").glob("*")):
            self.say(f"Sign in at /admin/ as {login.name} with password {login.read_text(encoding='utf-8')}")

    def say(self, message: str) -> None:
        self.stderr.write(f"\N{BULLET} {message}")


def shipped() -> str:
    """Changes when a shipped file does."""
    digest = hashlib.sha256()
    for pattern in SHIPPED:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def loaded() -> str | None:
    """What was loaded last. The database itself remembers it, so that a restored backup or another DATABASE_URL tells the truth."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('entities_place'::regclass)")
        row = cursor.fetchone()
    return row[0] if row else None


def remember(digest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE entities_place IS %s", [digest])
