"""What the public may know of an event's changes: nothing of the work on it before it is published, or after it is withdrawn."""

from datetime import datetime, timedelta

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .event import Event

# Times are read from a clock just before the row is written, and servers' clocks differ a little.
MARGIN = timedelta(seconds=5)


class PublicChange(models.Model):
    """When a published event last changed, or when it was withdrawn. Written by the database itself (trigger `public_change`)."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="public_change", verbose_name=_("event"))
    at = models.DateTimeField(_("at"))
    is_public = models.BooleanField(_("published"), help_text=_("No: it was withdrawn or merged at that moment"))

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        indexes = [models.Index(fields=["at", "id"], name="publicchange_at")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.at}"


def settled() -> datetime:
    """The moment before which nothing can change any more: before the oldest transaction that has written and not yet committed.

    Without it a long import would commit rows with times that a client has already gone past. The database's own upkeep, which
    takes transactions too, writes no events and holds nobody up.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
            " AND backend_type <> 'autovacuum worker'"
        )
        oldest = cursor.fetchone()[0]
    return min(oldest or timezone.now(), timezone.now()) - MARGIN


_DIGESTS = """
    SELECT count(*) || ':' || sum(digest), count(*) FILTER (WHERE NOT is_public) || ':' || sum(digest) FILTER (WHERE NOT is_public)
    FROM (SELECT is_public, hashtextextended(event_id || ' ' || at::text || is_public::text, 0) AS digest
        FROM incidents_publicchange WHERE at >= %s) changes
"""


def public_state(since: datetime) -> tuple[str, str]:
    """Digests of what the public saw change since that moment, and of what it saw leave: the same again where nothing happened."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS, [since])
        changed, withdrawn = cursor.fetchone()
    return changed or "", withdrawn or ""


def public_changes(since: datetime, most: int) -> list[int]:
    """Ids of the events that the public saw change or leave since that moment, at most so many."""
    return list(PublicChange.objects.filter(at__gte=since).values_list("event_id", flat=True)[:most])
