from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents import releases


class Command(BaseCommand):
    help = "Freeze what is published as a dated release with checksums; --check compares the releases there are with theirs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", default="", help="the address the record is published at, which every file names")
        parser.add_argument("--check", action="store_true", help="freeze nothing; exit 1 where a release is not what it was")

    def handle(self, *, site: str, check: bool, **options: Any) -> None:
        if check:
            found = list(releases.faults())
            for fault in found:
                self.stderr.write(fault)
            if found:
                raise CommandError(f"{len(found)} files are not what was frozen")
            self.stdout.write("Every file of every release is what was frozen.")
            return
        if not site.startswith(("http://", "https://")):
            raise CommandError("Say where the record is published: --site https://…")
        try:
            release = releases.freeze(site=site)
        except releases.ReleaseError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{release.name}: {release.events} events in {releases.folder_of(release.name)}")
