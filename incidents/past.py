"""An event as the public could read it at a moment in the past, out of the history.

Names of places, actors, speakers and outlets are today's, and nothing is told that the public may not see today: an event that was
withdrawn has no past either, nor has a claim that went over to one.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from history.past import rows_at
from incidents.models import Claim, Event, Participation, Resolution

CHAIN = ("place", "actor", "passage__article__outlet", "passage__relays__outlet")
SPEAKERS = ("passage__statement__issuers__organ_of", "passage__statement__issuers__actor")


@dataclass(frozen=True)
class Past:
    """A published event at a moment, and what hung on it then."""

    event: Event
    claims: list[Claim]
    resolutions: list[Resolution]
    participations: list[Participation]


def end_of(day: date) -> datetime:
    """The first moment after that day, by the record's clock."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def event_at(event: Event, moment: datetime) -> Past | None:
    """The event as its last change before the moment left it; None where it was not published then."""
    rows = rows_at(moment, event=event.pk, kinds=(Event, Claim, Resolution, Participation))
    then = next((row for row in rows[Event] if row.pk == event.pk), None)
    if then is None or then.status != Event.Status.PUBLISHED:
        return None
    claims, resolutions, participations = (
        [row for row in rows[kind] if row.event_id == event.pk] for kind in (Claim, Resolution, Participation)
    )
    public = set(Claim.objects.published().filter(pk__in=[claim.pk for claim in claims]).values_list("pk", flat=True))
    claims = [claim for claim in claims if claim.pk in public]
    prefetch_related_objects(claims, *CHAIN, *SPEAKERS)
    prefetch_related_objects(resolutions, "claims")
    prefetch_related_objects(participations, "actor")
    return Past(
        then,
        sorted(claims, key=_order),
        sorted(resolutions, key=lambda row: (row.decided_at, row.pk), reverse=True),
        sorted(participations, key=lambda row: (row.role, row.pk)),
    )


def _order(claim: Claim) -> tuple[date, int, int, int]:
    """As `reading.claims_of` gives them: by publication, those of unknown day last."""
    article = claim.passage.article
    return (article.published_on or date.max, article.pk, claim.passage.start, claim.pk)
