"""What editors say to each other about one field of an event. Never public."""

import textwrap

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from history.tracking import never_deleted

from .event import Event
from .resolution import Resolution


class Comment(models.Model):
    """A remark on an event or on one field of it, open until somebody settles it."""

    class Field(models.TextChoices):
        WHOLE = "", _("The whole event")
        TITLE = "title", _("Title")
        SUMMARY = "summary", _("Summary")
        DATE = Resolution.Attribute.DATE.value, _("Date")
        PLACE = Resolution.Attribute.PLACE.value, _("Place")
        TYPE = Resolution.Attribute.TYPE.value, _("Type")
        MODALITY = Resolution.Attribute.MODALITY.value, _("Whether it happened")
        KILLED = Resolution.Attribute.KILLED.value, _("Killed")
        WOUNDED = Resolution.Attribute.WOUNDED.value, _("Wounded")
        ACTORS = "actors", _("Actors")
        GRADE = "grade", _("Grade")
        LINKS = "links", _("Links between events")

    event = models.ForeignKey(Event, models.PROTECT, related_name="comments", verbose_name=_("event"))
    field = models.CharField(_("field"), max_length=12, choices=Field, blank=True)
    text = models.TextField(_("comment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["event_id", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return textwrap.shorten(self.text, 60, placeholder="…")
