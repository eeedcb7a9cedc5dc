"""Aggregates that somebody asserts. Never events."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entities.models import Place
from history.tracking import never_deleted
from sources.models import Passage

from .claim import Claim


class StatisticQuerySet(models.QuerySet["Statistic"]):
    def published(self) -> "StatisticQuerySet":
        """Statistics an editor published."""
        return self.filter(status="published")

    def waiting(self) -> "StatisticQuerySet":
        """Statistics nobody has judged, with what the desk shows of them."""
        return self.filter(status="draft").select_related("passage__article__outlet", "passage__statement", "area").order_by("pk")


class Statistic(models.Model):
    """An asserted aggregate: so many attacks, victims or arrests in a period and an area."""

    class Measure(models.TextChoices):
        ATTACKS = "attacks", _("Attacks")
        CASUALTIES = "casualties", _("Killed, wounded and abducted")
        KILLED = "killed", _("Killed")
        WOUNDED = "wounded", _("Wounded")
        ABDUCTED = "abducted", _("Abducted")
        ARRESTED = "arrested", _("Arrested")
        OPERATIONS = "operations", _("Operations")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        REJECTED = "rejected", _("Rejected")

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="statistics", verbose_name=_("passage"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    measure_text = models.CharField(_("measure as written"), max_length=200, blank=True)
    value = models.PositiveIntegerField(_("value"))
    quantifier = models.CharField(_("quantifier"), max_length=10, choices=Claim.Quantifier, default=Claim.Quantifier.EXACT)
    period_start = models.DateField(_("first day"), null=True, blank=True)
    period_end = models.DateField(_("last day"), null=True, blank=True)
    period_phrase = models.CharField(_("period as written"), max_length=200, blank=True)
    area = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="statistics", verbose_name=_("area"))
    area_text = models.CharField(_("area as written"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = StatisticQuerySet.as_manager()

    class Meta:
        verbose_name = _("statistic")
        verbose_name_plural = _("statistics")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_start__isnull=True) | Q(period_start__lte=F("period_end")), name="statistic_starts_before_it_ends"
            ),
            models.UniqueConstraint(fields=["passage", "measure", "measure_text"], name="statistic_once"),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.value} {self.get_measure_display()}"
