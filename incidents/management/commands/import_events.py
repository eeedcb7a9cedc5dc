import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from incidents import importing
from incidents.curation import CurationError
from incidents.interchange import columns
from incidents.models import DatasetImport, ImportedRow
from sources.intake import IntakeError

SHOWN = 20


class Command(BaseCommand):
    help = "Import the rows of another dataset (ACLED, UCDP GED, any CSV). Running it again changes nothing that did not change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV of ACLED or its deleted events, of UCDP GED, or by --columns")
        parser.add_argument("--dataset", required=True, metavar="NAME", help="the dataset's name; its rows are known by it and their keys")
        parser.add_argument("--by", required=True, metavar="NAME", help="the user in whose name it is done")
        parser.add_argument("--columns", metavar="JSON", help='what the columns of another table hold: {"type": "Kind", "date": "Day"}')
        parser.add_argument("--drafts", action="store_true", help="make draft events; otherwise every row waits as a candidate")
        parser.add_argument("--dry-run", action="store_true", help="show what would become of every row, and write nothing to the record")

    def handle(self, *, file: Path, dataset: str, by: str, drafts: bool, dry_run: bool, **options: Any) -> None:
        user = get_user_model().objects.filter(username=by, is_active=True).first()
        if not user:
            raise CommandError(f"There is no user “{by}”.")
        becomes = DatasetImport.Becomes.DRAFTS if drafts else DatasetImport.Becomes.CANDIDATES
        try:
            raw = file.read_bytes()
            source = importing.open_import(dataset=dataset, label=file.name, raw=raw, becomes=becomes, by=user)
            if source.format == DatasetImport.Format.TABLE:
                self.assign(source, options["columns"], user)
            self.step(source, DatasetImport.State.CHECKING, user)
            self.tell(source)
            if not dry_run:
                self.step(source, DatasetImport.State.RUNNING, user)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except (IntakeError, CurationError) as error:
            raise CommandError(f"{file}: {error}") from error
        rows = source.rows.all()
        if not dry_run:
            failed = rows.exclude(remark="")
            for row in failed[:SHOWN]:
                self.stderr.write(f"{file.name}, line {row.line}: {row.remark}")
            done = "withdrawn" if source.format == DatasetImport.Format.DELETED else "imported"
            self.stdout.write(f"{rows.filter(is_done=True).count()} rows {done}")
        if rows.filter(fate=ImportedRow.Fate.REFUSED).exists():
            raise CommandError("Some rows were refused.")

    def assign(self, source: DatasetImport, given: str | None, user: Any) -> None:
        try:
            mapping = json.loads(given) if given else source.mapping
        except ValueError as error:
            raise CommandError(f"--columns: {error}") from error
        if not isinstance(mapping, dict) or not all(isinstance(column, str) for column in mapping.values()):
            raise CommandError(f"--columns is an object of names: {', '.join(slot.name for slot in columns.SLOTS)}")
        importing.assign(source=source, mapping=mapping, by=user)
        self.stdout.write(f"columns: {json.dumps(mapping, ensure_ascii=False)}")

    def step(self, source: DatasetImport, to: str, user: Any) -> None:
        importing.move(source=source, to=to, by=user, language=settings.LANGUAGE_CODE, is_queued=False)
        importing.work.call(source.pk, user.pk, settings.LANGUAGE_CODE)
        source.refresh_from_db()
        if source.state == DatasetImport.State.FAILED:
            raise CommandError(source.reason)

    def tell(self, source: DatasetImport) -> None:
        """Every row's fate by its number, and the first of those that will not be imported, by line, column and reason."""
        for row in source.rows.filter(fate=ImportedRow.Fate.REFUSED)[:SHOWN]:
            for column, reason in row.reasons:
                self.stderr.write(f"{source.label}, line {row.line}{', ' + column if column else ''}: {reason}")
        counts = dict(source.rows.order_by().values_list("fate").annotate(n=Count("pk")))
        alike = source.rows.exclude(resembles="").count()
        told = [f"{counts.get(fate, 0)} {fate.replace('_', ' ')}" for fate in ImportedRow.Fate.values]
        self.stdout.write(f"{sum(counts.values())} rows: {', '.join(told)}; {alike} like a known event")
