"""Aggregates that somebody asserts: shown or set aside, never counted as events."""

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_noop

from history.sentences import sentence as _
from incidents.models import Statistic

from .guard import APPROVE, CurationError, hold_to, verb


def _decide(statistic: Statistic, status: str, by: User, seen: int | None) -> Statistic:
    statistic = Statistic.objects.select_for_update().get(pk=statistic.pk)
    hold_to(statistic, seen, status=status)
    if statistic.status == status:
        raise CurationError(_("It is already “%(status)s”.") % {"status": statistic.get_status_display()})
    statistic.status, statistic.decided_by, statistic.decided_at = status, by, timezone.now()
    statistic.save(update_fields=["status", "decided_by", "decided_at"])
    return statistic


@verb(APPROVE, why=gettext_noop("Shown beside this database's own count."))
def publish_statistic(*, statistic: Statistic, by: User, reason: str = "", seen: int | None = None) -> Statistic:
    """Show an asserted aggregate, beside this database's own count."""
    return _decide(statistic, Statistic.Status.PUBLISHED, by, seen)


@verb()
def reject_statistic(*, statistic: Statistic, by: User, reason: str, seen: int | None = None) -> Statistic:
    """Set an asserted aggregate aside."""
    return _decide(statistic, Statistic.Status.REJECTED, by, seen)
