from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    """Every past value: who changed it, when and why."""

    name = "history"
    verbose_name = _("History")
