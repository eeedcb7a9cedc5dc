from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from incidents.ingestion import files_in, ingest
from sources.intake import IntakeError, read_manifest


class Command(BaseCommand):
    help = "Store reports as articles and propose events from them. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="text files, or folders of them")
        parser.add_argument(
            "--manifest", type=Path, help="CSV with path, outlet, url, published, language; a folder's own manifest.csv is found"
        )

    def handle(self, *, paths: list[Path], manifest: Path | None, **options: Any) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no {', '.join(missing)}")
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
