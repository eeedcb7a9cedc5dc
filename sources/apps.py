from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """What was published, and the words themselves."""

    name = "sources"
    verbose_name = _("Sources")
