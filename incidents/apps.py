from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """What happened, and what is claimed about it."""

    name = "incidents"
    verbose_name = _("Incidents")

    def ready(self) -> None:
        from incidents.roles import write_roles

        post_migrate.connect(write_roles, sender=self)
