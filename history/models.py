"""Every past value of the record. The rows are written by triggers alone, so that raw SQL and bulk writes are kept as well."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """Who changed something, by which verb and why: one row for each verb, or for each transaction that names none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    verb = models.CharField(_("verb"), max_length=60, help_text=_("Empty where somebody wrote past the application"))
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("at"), db_index=True)
    role = models.CharField(_("database role"), max_length=63)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.verb or self.role} · {self.at:%Y-%m-%d %H:%M}"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, row: models.Model) -> "RevisionQuerySet":
        """The past states of one row, oldest first."""
        return self.filter(table=row._meta.db_table, row=row.pk).order_by("id")

    def about_event(self, pk: int) -> "RevisionQuerySet":
        """What happened to an event and to all that ever hung on it, oldest first."""
        return self.filter(events__contains=[pk]).order_by("id")


class Revision(models.Model):
    """One row of the record as one change left it; a deleted row as it was."""

    class Operation(models.TextChoices):
        INSERT = "I", _("added")
        UPDATE = "U", _("changed")
        DELETE = "D", _("removed")

    id = models.BigAutoField(primary_key=True)
    change = models.ForeignKey(Change, models.PROTECT, related_name="revisions", verbose_name=_("change"))
    table = models.CharField(_("table"), max_length=63)
    row = models.BigIntegerField(_("row"))
    operation = models.CharField(_("operation"), max_length=1, choices=Operation)
    events = ArrayField(
        models.BigIntegerField(), verbose_name=_("events"), help_text=_("Ids of the events the row hangs on, before and after")
    )
    changed = ArrayField(models.TextField(), verbose_name=_("changed columns"))
    state = models.JSONField(_("state"), help_text=_("The row's columns; long texts as their SHA-256"))
    digest = models.CharField(_("digest"), max_length=64, help_text=_("SHA-256 of all the columns before it but the id"))

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [
            models.Index(fields=["table", "row", "id"], name="revision_of_row"),
            GinIndex(fields=["events"], name="revision_of_event"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.get_operation_display()}"


class Seal(models.Model):
    """A link of the chain: the digest of one change and its revisions, over the digest of the link before it."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    change = models.OneToOneField(Change, models.PROTECT, related_name="seal", verbose_name=_("change"))
    previous = models.CharField(_("digest before"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"


def state_of_record() -> tuple[int, int]:
    """The same again as long as nothing in the tracked tables has changed: the newest seal, and the newest revision, which in a
    transaction of one's own comes before its seal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce((SELECT max(number) FROM history_seal), 0), coalesce((SELECT max(id) FROM history_revision), 0)")
        return cursor.fetchone()
