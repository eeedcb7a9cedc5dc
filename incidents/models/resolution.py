"""How a headline value was chosen."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from history.tracking import never_deleted
from incidents.querysets import PublishedThroughEventQuerySet

from .claim import Claim
from .event import Event


class Resolution(models.Model):
    """The choice of one headline value of an event: from which claims, by which rule or whom, when and why. Earlier ones are kept."""

    class Attribute(models.TextChoices):
        DATE = "date", _("Date")
        PLACE = "place", _("Place")
        TYPE = "type", _("Type")
        MODALITY = "modality", _("Whether it happened")
        KILLED = "killed", _("Killed")
        WOUNDED = "wounded", _("Wounded")

    class Method(models.TextChoices):
        SINGLE = "single", _("The only claim")
        AGREE = "agree", _("The claims agree")
        MOST_RECENT = "most_recent", _("The most recent claim")
        OFFICIAL_SOURCE = "official_source", _("The official source")
        CONSERVATIVE_MIN = "conservative_min", _("The lowest figure")
        EDITOR = "editor", _("An editor's choice")

    event = models.ForeignKey(Event, models.PROTECT, related_name="resolutions", verbose_name=_("event"))
    attribute = models.CharField(_("attribute"), max_length=16, choices=Attribute)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    claims = models.ManyToManyField(Claim, related_name="resolutions", blank=True, verbose_name=_("claims"))
    value = models.JSONField(_("value"), help_text=_("The headline columns it sets, by name"))
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)
    is_current = models.BooleanField(_("current"), default=True)

    objects = PublishedThroughEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["event_id", "attribute", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "attribute"], condition=Q(is_current=True), name="resolution_one_current"),
            models.CheckConstraint(
                condition=~Q(method="editor") | (~Q(reason="") & Q(decided_by__isnull=False)), name="resolution_editor_gives_a_reason"
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.get_attribute_display()}: {self.get_method_display()}"
