import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from extraction.batch import extract_files
from incidents.ingestion import files_in


class Command(BaseCommand):
    help = "Print what the extractor reads in reports, without storing anything: one JSON object an article, one line each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="text files, or folders of them")
        parser.add_argument("--manifest", type=Path, help="CSV with path, outlet, url, published")
        parser.add_argument("--format", choices=["jsonl"], default="jsonl")

    def handle(self, *, paths: list[Path], manifest: Path | None, **options: Any) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no {', '.join(missing)}")
        for report in extract_files(files_in(paths), manifest=manifest):
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
