"""An event as the public could read it at a moment in the past, out of the history.

Names of places, actors, speakers and outlets are today's, and nothing is told that the public may not see today: an event that was
withdrawn has no past either, nor has a claim that went over to one.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from history.past import rows_at
from incidents import public
from incidents.models import Claim, Commitment, Event, EventLink, Participation, Resolution
from incidents.querysets import PROMISING

CHAIN = ("place", "actor", "passage__article__outlet", "passage__relays__outlet")
SPEAKERS = ("passage__statement__issuers__organ_of", "passage__statement__issuers__actor")


@dataclass(frozen=True)
class Past:
    """A published event at a moment, and what hung on it then."""

    event: Event
    claims: list[Claim]
    resolutions: list[Resolution]
    participations: list[Participation]
    links: list[EventLink]
    commitments: list[Commitment]


def end_of(day: date) -> datetime:
    """The first moment after that day, by the record's clock."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def event_at(event: Event, moment: datetime) -> Past | None:
    """The event as its last change before the moment left it; None where it was not published then."""
    rows = rows_at(moment, events=[event.pk], kinds=(Event, Claim, Resolution, Participation, EventLink, Commitment))
    then = next((row for row in rows[Event] if row.pk == event.pk), None)
    if then is None or then.status != Event.Status.PUBLISHED:
        return None
    claims, resolutions, participations, commitments = (
        [row for row in rows[kind] if row.event_id == event.pk] for kind in (Claim, Resolution, Participation, Commitment)
    )
    commitments = _standing(commitments, claims)
    links = [row for row in rows[EventLink] if event.pk in (row.source_id, row.target_id) and row.status == EventLink.Status.CONFIRMED]
    shown = set(Claim.objects.published().filter(pk__in=[claim.pk for claim in claims]).values_list("pk", flat=True))
    claims = [claim for claim in claims if claim.pk in shown]
    others = _others(then, moment, links, commitments)
    prefetch_related_objects(claims, *CHAIN, *SPEAKERS)
    prefetch_related_objects(resolutions, "claims")
    prefetch_related_objects(participations, "actor")
    return Past(
        then,
        sorted(claims, key=_order),
        sorted(resolutions, key=lambda row: (row.decided_at, row.pk), reverse=True),
        sorted(participations, key=lambda row: (row.role, row.pk)),
        _between(links, others),
        _promised(commitments, others),
    )


def _order(claim: Claim) -> tuple[date, int, int, int]:
    """As `reading.claims_of` gives them: by publication, those of unknown day last."""
    article = claim.passage.article
    return (article.published_on or date.max, article.pk, claim.passage.start, claim.pk)


def _standing(commitments: list[Commitment], claims: list[Claim]) -> list[Commitment]:
    """Promises some live claim made then, as `CommitmentQuerySet.standing` has them."""
    said: dict[str, bool] = {}
    for claim in claims:
        if claim.attribute in PROMISING:
            said[claim.text] = claim.is_live or said.get(claim.text, False)
    return [row for row in commitments if said.get(row.text, True)]


def _others(then: Event, moment: datetime, links: list[EventLink], commitments: list[Commitment]) -> dict[int, Event]:
    """The events these lead to as they stood then, and this one; only what was published then and is now."""
    ends = {number for link in links for number in (link.source_id, link.target_id)}
    ends |= {row.implemented_by_id for row in commitments if row.implemented_by_id}
    shown = set(Event.objects.published().filter(pk__in=ends - {then.pk}).values_list("pk", flat=True))
    found = rows_at(moment, events=shown, kinds=(Event,))[Event] if shown else []
    return {then.pk: then} | {row.pk: row for row in found if row.pk in shown and row.status == Event.Status.PUBLISHED}


def _between(links: list[EventLink], others: dict[int, Event]) -> list[EventLink]:
    """The links whose two ends and whose evidence the public may see."""
    links = [link for link in links if link.source_id in others and link.target_id in others]
    quoted = _quoted({link.evidence_id for link in links})
    links = [link for link in links if link.evidence_id is None or link.evidence_id in quoted]
    for link in links:
        link.source, link.target = others[link.source_id], others[link.target_id]
    prefetch_related_objects(links, "evidence__article__outlet")
    return links


def _promised(commitments: list[Commitment], others: dict[int, Event]) -> list[Commitment]:
    """The promises whose words the public may see, each with the event that kept it, if the public may see that."""
    quoted = _quoted({row.passage_id for row in commitments})
    rows = [row for row in commitments if row.passage_id is None or row.passage_id in quoted]
    for row in rows:
        row.implemented_by = others.get(row.implemented_by_id or 0)
    prefetch_related_objects(rows, "passage__article")
    return rows


def _quoted(passages: set[int | None]) -> set[int]:
    """Those of these passages that the public may see now."""
    return set(public.passages().filter(pk__in=[number for number in passages if number]).values_list("pk", flat=True))
