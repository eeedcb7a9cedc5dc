from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from incidents.demo import SAMPLES, curate, demo_user, to_judge
from incidents.ingestion import files_in, ingest
from sources.intake import IntakeError, read_manifest


class Command(BaseCommand):
    help = "Read a folder of reports (the shipped samples) and publish what is proposed, as a demo editor and reviewer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)

    def handle(self, *, folder: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder")
        try:
            manifest = read_manifest(folder / "manifest.csv") if (folder / "manifest.csv").exists() else {}
        except IntakeError as error:
            raise CommandError(str(error)) from error
        editor, editor_password = demo_user("demo-editor", "editor")
        reviewer, reviewer_password = demo_user("demo-reviewer", "reviewer")
        files = files_in([folder])
        articles, refused = [], 0
        bar = tqdm(total=len(files), unit=" reports", disable=not self.stderr.isatty(), file=self.stderr)
        is_sample = folder == SAMPLES
        for done in ingest(files, manifest, is_sample=is_sample):
            bar.update()
            if done.refusal:
                refused += 1
                self.stderr.write(f"{done.path}: {done.refusal}")
            elif done.article:
                articles.append(done.article)
        bar.close()
        events = curate(to_judge(articles) if is_sample else articles, editor=editor, reviewer=reviewer)
        self.stdout.write(f"{len(articles)} reports, {len(events)} events published")
        if settings.DEBUG:
            self.stdout.write(f"demo logins: demo-editor / {editor_password} · demo-reviewer / {reviewer_password}")
        if refused:
            raise CommandError(f"{refused} reports were refused; the others are stored.")
