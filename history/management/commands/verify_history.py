from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from history import verify
from history.models import Seal


class Command(BaseCommand):
    help = "Recompute the chain of the history and compare the record with it; exit 1 and name every place that was tampered with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="", help="a digest from an export or a release, which must stand in the chain")

    def handle(self, *, head: str, **options: Any) -> None:
        found = 0
        for fault in verify.faults(head=head):
            found += 1
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{found} signs that the record was changed behind its history")
        self.stdout.write(f"{Seal.objects.count()} changes, every one as it was sealed; head {verify.head() or 'none'}")
