from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """What happened, and what is claimed about it."""

    name = "incidents"
    verbose_name = _("Incidents")
