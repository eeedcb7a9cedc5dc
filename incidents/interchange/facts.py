"""What foreign code lists ask of an event beyond its own columns: whose camps stood where, in which districts, after whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.db.models import Prefetch

from entities.models import Actor, Place, PlaceMembership, Side
from incidents.choosing import relevant
from incidents.models import Claim, Event, Participation
from incidents.querysets import HAPPENED, EventQuerySet
from incidents.taxonomy import BY_SLUG, EventType, Harm, Kind, Party, Role
from sources.models import Article

BATCH = 200  # events whose claims, articles and actors are fetched together
COUNTRY = "Iraq"
CAPITAL, MIDDLE = (44.4009, 33.3406), (44.0, 33.0)  # longitude and latitude of where ACLED and GED put what is known to the country alone
_SECOND = (Role.TARGET, Role.VICTIM, Role.DEFENDER)
_STATE = (Side.IRAQ, Side.KURDISTAN, Side.COALITION)
_STATE_KINDS = (
    Actor.Kind.STATE_MILITARY, Actor.Kind.REGIONAL_MILITARY, Actor.Kind.POLICE, Actor.Kind.PARAMILITARY_STATE, Actor.Kind.COALITION,
    Actor.Kind.FOREIGN_MILITARY, Actor.Kind.EXECUTIVE_OFFICE, Actor.Kind.MINISTRY,
)  # fmt: skip


def english(row: Actor | Place) -> str:
    """The English name; the Arabic one where there is none."""
    return row.name_en or row.name_ar


def is_state(actor: Actor) -> bool:
    """Whether it fights or speaks for a state: Iraq's, the Kurdistan Region's, a foreign one."""
    return actor.kind in _STATE_KINDS


def is_civilian(actor: Actor) -> bool:
    return actor.kind == Actor.Kind.CIVILIANS or actor.side == Side.CIVILIANS


@dataclass(frozen=True)
class Divisions:
    """The federal administration: which governorate, district and subdistrict a place lies in."""

    places: dict[int, Place]
    parents: dict[int, int]

    @classmethod
    def read(cls) -> "Divisions":
        levels = ("country", "governorate", "district", "subdistrict")
        rows = PlaceMembership.objects.filter(hierarchy=PlaceMembership.Hierarchy.FEDERAL).values_list("place", "parent")
        places = Place.objects.filter(level__in=levels).only("level", "pcode", "name_ar", "name_en")
        return cls({place.pk: place for place in places}, dict(rows))

    def of(self, place: Place | None) -> dict[str, Place]:
        """{level: the place itself or the one above it of that level}."""
        found: dict[str, Place] = {}
        number = place.pk if place else None
        while number:
            if number in self.places:
                found.setdefault(self.places[number].level, self.places[number])
            number = self.parents.get(number)
        return found


@dataclass(frozen=True)
class Facts:
    """One event with what hangs on it."""

    event: Event
    above: dict[str, Place]
    address: str

    @property
    def type(self) -> EventType:
        return BY_SLUG[self.event.type]

    @property
    def has_happened(self) -> bool:
        return self.event.modality in HAPPENED

    @cached_property
    def claims(self) -> list[Claim]:
        """Its live claims."""
        return list(self.event.claims.all())

    @cached_property
    def articles(self) -> list[Article]:
        """The articles that tell of it, by day."""
        found = {claim.passage.article_id: claim.passage.article for claim in self.claims}
        return sorted(found.values(), key=lambda article: (article.published_on is None, article.published_on, article.pk))

    @cached_property
    def outlets(self) -> list[str]:
        """Their outlets, each once, by name."""
        return sorted({article.outlet.name_en or article.outlet.name_ar for article in self.articles if article.outlet})

    @cached_property
    def speakers(self) -> list[str]:
        """Who is quoted, each once, by name."""
        issuers = [speaker for claim in self.claims if claim.passage.statement for speaker in claim.passage.statement.issuers.all()]
        return sorted({speaker.name_en or speaker.name_ar for speaker in issuers})

    @cached_property
    def sides(self) -> tuple[list[Actor], list[Actor]]:
        """(who did it or met, whom it was done to), the main one of each first; an actor stands on one of them alone.

        Those of whom only their presence is told stand with their own camp. Joint coordination has a second side only where it is turned
        against somebody. Persons come behind the forces and offices they speak for.
        """
        roles: dict[Actor, set[str]] = {}
        for row in sorted(self.event.participations.all(), key=_by_role):
            roles.setdefault(row.actor, set()).add(row.role)
        if self.event.kind == Kind.COORDINATION:
            against = [actor for actor in roles if actor.side == Side.ISIS or not roles[actor].isdisjoint(_SECOND)]
            return [actor for actor in roles if actor not in against], against
        first = [actor for actor in roles if Role.PERPETRATOR in roles[actor]]
        second = [actor for actor in roles if actor not in first and not roles[actor].isdisjoint(_SECOND)]
        for actor in roles:
            if actor not in first + second:
                ours, theirs = ({_camp(each) for each in side} for side in (first, second))
                (second if _camp(actor) in theirs or (first and _camp(actor) not in ours) else first).append(actor)
        return first, second

    @cached_property
    def killed(self) -> dict[str, int]:
        """{party: dead}, as the article tells them from which the best figure is taken; together that figure, what is left as unknown."""
        best, dead = self.event.deaths_best or 0, relevant(Harm.KILLED, self.claims)
        told: dict[int, dict[str, int]] = {}
        for claim in dead:
            if claim.low and claim.party not in (Party.MIXED, Party.UNKNOWN):
                parts = told.setdefault(claim.passage.article_id, {})
                parts[claim.party] = max(parts.get(claim.party, 0), claim.low)
        fitting = [parts for parts in told.values() if sum(parts.values()) <= best]
        found = max(fitting, key=lambda parts: sum(parts.values()), default={})
        left = best - sum(found.values())
        return {**found, Party.UNKNOWN.value: left} if left else found

    def point(self, country: tuple[float, float]) -> tuple[float, float]:
        """(longitude, latitude); `country` where it is known to the country alone."""
        known = self.event.point and self.event.where_prec != 6
        return (self.event.point.x, self.event.point.y) if known else country

    @property
    def where_prec(self) -> int:
        return (self.event.where_prec or 6) if self.event.point else 6


def _by_role(row: Participation) -> tuple[bool, int, int]:
    return row.actor.kind == Actor.Kind.PERSON, list(Role.values).index(row.role), row.pk


def _camp(actor: Actor) -> str:
    return "state" if actor.side in _STATE or is_state(actor) else actor.side or actor.kind


def gather(parts: Iterable[EventQuerySet], *, page: str) -> Iterator[list[Facts]]:
    """The facts of all events, some at a time; `page` is the address of an event's page, with CODE for its code."""
    claims = (
        Claim.objects.live()
        .select_related("passage__article__outlet", "passage__statement")
        .prefetch_related("passage__statement__issuers")
        .defer("passage__article__raw", "passage__article__text", "passage__article__search_text")
    )
    divisions = Divisions.read()
    # In a transaction, else the database would read the whole view before it gives its first row.
    with transaction.atomic():
        for events in parts:
            rows = events.newest_first().select_related("place").defer("search_text", "place__boundary")
            rows = rows.prefetch_related(Prefetch("claims", claims), "participations__actor")
            found: list[Facts] = []
            for event in rows.iterator(chunk_size=BATCH):
                found.append(Facts(event, divisions.of(event.place), page.replace("CODE", event.code)))
                if len(found) == BATCH:
                    yield found
                    found = []
            yield found
