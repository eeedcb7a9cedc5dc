"""Links that no text states: a meeting or an operation soon after an attack, near it or between the forces it struck.

Suggested, never shown to the public until an editor confirms them.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from incidents.models import Event, EventLink
from incidents.querysets import ATTACKS
from incidents.taxonomy import Kind

WITHIN_DAYS = 10
NEAR_KM = 60
MOST = 3
# What answers an attack; a conference or a training goes by its own calendar.
ANSWERS = (
    "meeting",
    "visit",
    "call",
    "agreement",
    "joint_operation",
    "air_support",
    "joint_patrol",
    "joint_force",
    "centre",
    "committee",
    "request",
)
GONE = (Event.Status.REJECTED, Event.Status.MERGED)


@transaction.atomic
def suggest_links(event: Event) -> list[EventLink]:
    """Suggest `responds_to` between this event and the attacks before it, or the answers after it; pairs linked in any way are left alone.

    Near means: within WITHIN_DAYS, exact to the week at least, and within NEAR_KM or with an actor in common. The best MOST of an answer
    are kept.
    """
    if not event.date_start or (event.date_prec or 5) > 3 or event.status in GONE:
        return []
    if event.kind == Kind.COORDINATION:
        answers = [event] if event.type in ANSWERS else []
    else:
        answers = list(_answers_to(event)) if event.type in ATTACKS else []
    return [link for answer in answers for link in _suggest_for(answer)]


def _answers_to(attack: Event) -> list[Event]:
    until = attack.date_end + timedelta(days=WITHIN_DAYS)  # type: ignore[operator]
    after = Event.objects.filter(kind=Kind.COORDINATION, type__in=ANSWERS, date_start__range=(attack.date_end, until))
    return list(after.filter(_beside(attack)).exclude(status__in=GONE).distinct()[:20])


def _beside(event: Event) -> Q:
    """Events near this one, or with an actor of it. Perpetrators are no common ground: every attack would answer every other."""
    actors = event.participations.exclude(role="perpetrator").values("actor")
    beside = Q(participations__actor__in=actors)
    if event.point and event.where_prec in (1, 2, 3):
        beside |= Q(point__dwithin=(event.point, NEAR_KM / 111), where_prec__lte=3)
    return beside


def _suggest_for(answer: Event) -> list[EventLink]:
    since = answer.date_start - timedelta(days=WITHIN_DAYS)  # type: ignore[operator]
    attacks = Event.objects.filter(type__in=ATTACKS, date_prec__lte=3, date_start__gte=since, date_end__lte=answer.date_start)
    attacks = attacks.filter(_beside(answer)).exclude(status__in=GONE).distinct()
    linked = EventLink.objects.filter(Q(source=answer) | Q(target=answer)).values_list("source", "target")
    known = {pk for pair in linked for pk in pair}
    free = MOST - EventLink.objects.filter(source=answer, basis=EventLink.Basis.SUGGESTED, status=EventLink.Status.OPEN).count()
    # The deadliest and nearest in time are what people meet about.
    best = sorted((a for a in attacks if a.pk not in known), key=lambda a: (-(a.deaths_best or 0), -a.date_end.toordinal(), a.pk))
    rows = [
        EventLink(source=answer, target=attack, relation=EventLink.Relation.RESPONDS_TO, basis=EventLink.Basis.SUGGESTED)
        for attack in best[: max(0, free)]
    ]
    return EventLink.objects.bulk_create(rows, ignore_conflicts=True)
