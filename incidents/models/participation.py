"""Who took part in an event, and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entities.models import Actor, Side
from incidents.querysets import PublishedThroughEventQuerySet
from incidents.taxonomy import Role

from .event import Event


class Participation(models.Model):
    """An actor's role in an event; written from the live claims about actors."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations", verbose_name=_("event"))
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="participations", verbose_name=_("actor"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    side = models.CharField(_("side"), max_length=12, choices=Side, blank=True)

    objects = PublishedThroughEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [models.UniqueConstraint(fields=["event", "actor", "role"], name="participation_once")]

    def __str__(self) -> str:
        return f"{self.actor} ({self.get_role_display()})"
