"""The chain an event stands in: the attack, what answered it, what was promised, the operation that kept the promise."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from incidents.models import Commitment, Event, EventLink
from incidents.reading import INVERSE

# A chain is read by people: one that goes on is cut, and says so.
MOST = 60
# These say that two events are one, or exclude each other: no step from one to the next.
NO_STEPS = ("possible_duplicate", "contradicts")


@dataclass(frozen=True)
class Tie:
    """How a step hangs on an earlier one: “answers” and the event it answers, with the words that say so."""

    relation: str
    other: Event
    link: EventLink
    days: int | None


@dataclass
class Step:
    """One event of the chain. `days` since the step before; None where either is undated."""

    event: Event
    days: int | None = None
    ties: list[Tie] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)


@dataclass(frozen=True)
class Chain:
    steps: list[Step]
    is_cut: bool


def walk(start: Event, *, stated_only: bool = True) -> Chain:
    """Every published event that links or kept promises lead to from this one, in either direction, earliest first."""
    events, edge = {start.pk: start}, {start.pk}
    links: dict[int, EventLink] = {}
    while edge and len(events) <= MOST:
        found = _links(edge, stated_only=stated_only)
        links |= {link.pk: link for link in found}
        reached = {event.pk: event for link in found for event in (link.source, link.target)}
        for promise in _promises(edge):
            if promise.implemented_by and promise.implemented_by.status == Event.Status.PUBLISHED:
                reached |= {event.pk: event for event in (promise.event, promise.implemented_by)}
        edge = set(reached) - set(events)
        events = reached | events
    ordered = sorted(events.values(), key=lambda event: (event.date_start is None, event.date_start, event.pk))[:MOST]
    return Chain(_steps(ordered, links.values()), len(events) > MOST)


def _links(events: set[int], *, stated_only: bool) -> list[EventLink]:
    links = EventLink.objects.published().filter(Q(source__in=events) | Q(target__in=events)).exclude(relation__in=NO_STEPS)
    if stated_only:
        links = links.stated()
    return list(links.select_related("source__place", "target__place", "evidence__article__outlet").order_by("pk"))


def _promises(events: set[int]) -> list[Commitment]:
    promises = Commitment.objects.standing().filter(Q(event__in=events) | Q(implemented_by__in=events), event__status="published")
    return list(promises.select_related("event__place", "implemented_by__place", "passage__article", "evidence__article").order_by("pk"))


def _steps(events: list[Event], links: Iterable[EventLink]) -> list[Step]:
    steps = {event.pk: Step(event) for event in events}
    place = {event.pk: number for number, event in enumerate(events)}
    for before, step in zip(events, list(steps.values())[1:], strict=False):
        if before.date_start and step.event.date_start:
            step.days = (step.event.date_start - before.date_start).days
    for link in links:
        if link.source_id not in place or link.target_id not in place:
            continue
        is_later = place[link.source_id] > place[link.target_id]
        relation = link.get_relation_display() if is_later else INVERSE[link.relation]()
        later, other = (link.source, link.target) if is_later else (link.target, link.source)
        lag = link.lag_days
        steps[later.pk].ties.append(Tie(str(relation), other, link, lag if lag is None or is_later else -lag))
    for promise in _promises(set(place)):
        if promise.implemented_by and promise.implemented_by_id not in place:
            promise.implemented_by = None
        if promise.event_id in steps:
            steps[promise.event_id].commitments.append(promise)
    return list(steps.values())
