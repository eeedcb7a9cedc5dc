from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntitiesConfig(AppConfig):
    """Who and where: places and actors."""

    name = "entities"
    verbose_name = _("Entities")
