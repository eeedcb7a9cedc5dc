"""A dated copy of everything published, which never changes."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from history.tracking import never_deleted


class Release(models.Model):
    """What was published on a day, as files with their checksums; to be cited, and to follow `/changes` from."""

    name = models.SlugField(_("name"), max_length=40, unique=True, help_text=_("The day, and a number where it is the day's second"))
    published_on = models.DateField(_("day"))
    read_at = models.DateTimeField(_("read at"), help_text=_("All files hold the record as it was at this moment"))
    site = models.URLField(_("site"), max_length=200)
    licence = models.CharField(_("licence"), max_length=100)
    events = models.PositiveIntegerField(_("events"))
    history_head = models.CharField(_("head of the history"), max_length=64, blank=True, help_text=_("Digest of the newest seal"))
    files = models.JSONField(_("files"), help_text=_("For each: name, media_type, bytes, sha256"))

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(files=[]), name="release_holds_files")]
        triggers = [never_deleted(), pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.name

    @property
    def citation(self) -> str:
        """One line that names the release and the record it was frozen from."""
        return f"Isnad, release {self.name}, {self.events} events. {self.site}. History head {self.history_head[:16] or '–'}."

    def file(self, name: str) -> dict[str, str] | None:
        """What is known of one of its files."""
        return next((file for file in self.files if file["name"] == name), None)
