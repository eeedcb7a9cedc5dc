"""Feeds the desk follows: sites that say by themselves what they have published."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from history.sentences import SentenceField
from sources.addresses import FetchError, target_of

from .articles import Outlet


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, now: datetime) -> "FeedQuerySet":
        """Those followed whose time has come: never read, or last read longer ago than their interval."""
        interval = ExpressionWrapper(F("every_minutes") * timedelta(minutes=1), output_field=DurationField())
        return self.filter(is_followed=True).filter(Q(read_at__isnull=True) | Q(read_at__lte=now - interval))

    def failing(self) -> "FeedQuerySet":
        """Those followed whose last reading failed."""
        return self.filter(is_followed=True).exclude(reason="")


class Feed(models.Model):
    """An RSS or Atom feed. What it offers and the record does not hold is handed in by itself."""

    url = models.CharField(_("address"), max_length=2000, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True, help_text=_("Empty: as the feed calls itself"))
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("outlet"),
        help_text=_("Empty: as each page or its text says"),
    )
    every_minutes = models.PositiveSmallIntegerField(
        _("every … minutes"), default=30, validators=[MinValueValidator(5), MaxValueValidator(10_080)]
    )
    is_followed = models.BooleanField(_("followed"), default=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    read_at = models.DateTimeField(_("last read at"), null=True, editable=False)
    offered = models.PositiveIntegerField(_("entries in its last answer"), default=0, editable=False)
    reason = SentenceField(_("reason of the failure"), blank=True, editable=False)
    etag = models.CharField(
        _("ETag"), max_length=200, blank=True, editable=False, help_text=_("Of its last answer, sent with the next request")
    )
    modified = models.CharField(
        _("Last-Modified"), max_length=200, blank=True, editable=False, help_text=_("Of its last answer, sent likewise")
    )
    unchanged_at = models.DateTimeField(
        _("unchanged at"), null=True, editable=False, help_text=_("When the site last said that nothing is new, without sending the feed")
    )

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["title", "pk"]
        constraints = [models.CheckConstraint(condition=Q(every_minutes__gte=5), name="feed_is_not_read_all_the_time")]

    def __str__(self) -> str:
        return self.title or self.url

    def clean(self) -> None:
        try:
            self.url = target_of(self.url).url
        except FetchError as error:
            raise ValidationError({"url": str(error)}) from error
