"""Two events found to be one, and what it takes to part them again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from history.tracking import never_deleted

from .event import Event


class Merge(models.Model):
    """`drop` became part of `keep`. What moved is kept by id, so that undoing it moves just that back."""

    keep = models.ForeignKey(Event, models.PROTECT, related_name="merges", verbose_name=_("kept"))
    drop = models.ForeignKey(Event, models.PROTECT, related_name="merged_by", verbose_name=_("became part of it"))
    moved = models.JSONField(_("what moved"), help_text=_("Ids by table, and the status the merged event had"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_reason = models.TextField(_("why it was undone"), blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(condition=~Q(keep=F("drop")), name="merge_of_two"),
            models.UniqueConstraint(fields=["drop"], condition=Q(undone_at__isnull=True), name="merge_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason="")),
                name="merge_undone_by_somebody_for_a_reason",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.drop.code} → {self.keep.code}"
