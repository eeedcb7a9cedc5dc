import signal
import threading
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from incidents.following import Watch
from incidents.ingestion import files_in, ingest
from sources.intake import IntakeError, read_manifest

EVERY_SECONDS = 2.0


class Command(BaseCommand):
    help = "Store reports as articles and propose events from them. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="text files, or folders of them")
        parser.add_argument(
            "--manifest", type=Path, help="CSV with path, outlet, url, published, language; a folder's own manifest.csv is found"
        )

        parser.add_argument(
            "--watch", action="store_true", help="go on: hand in what appears in the folder, to be read by manage.py worker; needs --by"
        )
        parser.add_argument("--by", metavar="NAME", help="the user in whose name --watch hands in")

    def handle(self, *, paths: list[Path], manifest: Path | None, watch: bool, by: str | None, **options: Any) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no {', '.join(missing)}")
        if watch:
            self.watch(paths, by)
        else:
            self.ingest(paths, manifest)

    def ingest(self, paths: list[Path], manifest: Path | None) -> None:
        known = [manifest] if manifest else [p / "manifest.csv" for p in paths if (p / "manifest.csv").exists()]
        rows = {}
        try:
            for file in known:
                rows.update(read_manifest(file))
        except IntakeError as error:
            raise CommandError(str(error)) from error
        files = files_in(paths)
        new = candidates = refused = 0
        for done in tqdm(ingest(files, rows), total=len(files), unit=" reports", disable=not self.stderr.isatty(), file=self.stderr):
            new, candidates, refused = new + done.is_new, candidates + done.candidates, refused + bool(done.refusal)
            if done.refusal:
                self.stderr.write(f"{done.path}: {done.refusal}")
        self.stdout.write(
            f"{len(files)} reports: {new} new, {len(files) - new - refused} known, {refused} refused; {candidates} candidates proposed"
        )
        if refused:
            raise CommandError("Some reports were refused; the others are stored.")

    def watch(self, paths: list[Path], by: str | None) -> None:
        user = get_user_model().objects.filter(username=by or "", is_active=True).first()
        if not user:
            raise CommandError(f"--watch hands in as a user: there is none called “{by}”." if by else "--watch needs --by NAME.")
        if len(paths) != 1 or not paths[0].is_dir():
            raise CommandError("--watch watches one folder.")
        folder, stop = Watch(paths[0], by=user, complain=self.stderr.write), threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(f"Watching {paths[0]}; Ctrl+C ends it.")
        while not stop.wait(EVERY_SECONDS):
            for row in folder.look():
                self.stdout.write(f"{row.label}: {row.get_state_display()}")
