from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents import snapshot, synthetic
from incidents.models import Event


class Command(BaseCommand):
    help = "Fill a bench database with N made-up published events. Refuses where there is a real record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("size", type=int)
        parser.add_argument("--beside", action="store_true", help="also where there are other events")

    def handle(self, *, size: int, beside: bool, **options: Any) -> None:
        if Event.objects.exclude(code__startswith="ISN-19").exists() and not beside:
            raise CommandError("This database holds a record. Made-up events belong into a database of their own.")
        if Event.objects.filter(code__startswith="ISN-19").exists():
            raise CommandError("This database holds made-up events already.")
        approver, _ = get_user_model().objects.get_or_create(username="synthetic", defaults={"is_active": False})
        made = synthetic.make(size, approver=approver.pk)
        self.stdout.write(f"{made} events made; snapshot {snapshot.rebuild().version}")
