"""Passages that carry the same words."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .articles import Passage


class TextReuseQuerySet(models.QuerySet["TextReuse"]):
    def waiting(self) -> "TextReuseQuerySet":
        """Pairs nobody has judged, the most alike first."""
        rows = self.filter(verdict="pending").order_by("-containment", "pk")
        return rows.select_related("first__article__outlet", "second__article__outlet", "first__statement", "second__statement")


class TextReuse(models.Model):
    """Two passages with the same words (containment of folded word 3-grams), and an editor's verdict."""

    class Verdict(models.TextChoices):
        PENDING = "pending", _("Not judged")
        SAME_STATEMENT = "same_statement", _("One statement")
        INDEPENDENT = "independent", _("Independent")

    first = models.ForeignKey(Passage, models.CASCADE, related_name="reused_in", verbose_name=_("passage"))
    second = models.ForeignKey(Passage, models.CASCADE, related_name="reuses", verbose_name=_("other passage"))
    containment = models.FloatField(
        _("containment"), help_text=_("Share of the shorter passage's folded word 3-grams that stand in the other, 0 to 1")
    )
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict, default=Verdict.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    before = models.JSONField(
        default=dict, blank=True, editable=False, help_text=_("What the passages quoted before they were held to be one")
    )

    objects = TextReuseQuerySet.as_manager()

    class Meta:
        verbose_name = _("text reuse")
        verbose_name_plural = _("text reuse")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="textreuse_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="textreuse_pair_in_order"),
            models.CheckConstraint(condition=Q(containment__gte=0, containment__lte=1), name="textreuse_containment_is_a_share"),
            models.CheckConstraint(condition=Q(verdict="pending") | Q(decided_by__isnull=False), name="textreuse_verdict_has_a_judge"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id} ({self.containment:.2f})"
