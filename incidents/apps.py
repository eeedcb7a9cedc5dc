from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """What happened, and what is claimed about it."""

    name = "incidents"
    verbose_name = _("Incidents")

    def ready(self) -> None:
        from history import words
        from incidents.models import Claim
        from incidents.roles import write_roles
        from incidents.triage import RejectReason

        words.REASONS |= dict(Claim.RankReason.choices) | dict(RejectReason.choices)
        post_migrate.connect(write_roles, sender=self)
