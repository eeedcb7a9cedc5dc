"""Every named read of events and claims. `published()` is the only door of every public surface."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.gis.geos import Polygon
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value

from entities.geometry import PointX, PointY
from entities.models import Place
from extraction.text import search_text
from incidents.areas import Area, bounds, polygon
from sources.models import Speaker

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from incidents.models import Claim, Event  # noqa: F401 - named in strings below

LIVE = ("preferred", "normal")
FEW_FOUND = 5_000  # events that hold a word: so many are sorted in the time in which the newest twenty of more are looked for
PROMISING = ("agreement_item", "outcome")  # attributes of claims that make a promise
HAPPENED = ("occurred", "ongoing")
ATTACKS = ("armed_attack", "ambush", "clash", "ied", "suicide_bombing", "shelling", "sniper", "abduction", "killing", "arson_destruction")


def _whole(number: models.Expression) -> models.Func:
    """The nearest whole number, as a float: Django's Round would go through `numeric`, at twenty times the cost."""
    return models.Func(number, function="ROUND", output_field=models.FloatField())


def _covers(shape: str, x: str, y: str) -> models.Func:
    """Whether a shape (WKT) covers the point of these two columns."""
    point = models.Func(F(x), F(y), function="ST_MakePoint")
    return models.Func(
        models.Func(Value(shape), function="ST_GeomFromText"), point, function="ST_Covers", output_field=models.BooleanField()
    )


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> EventQuerySet:
        """The events the public may see."""
        return self.filter(status="published")

    def during(self, start: date | None, end: date | None) -> EventQuerySet:
        """Events whose range of days meets the closed range; an open end is None. Undated events meet no range."""
        events = self
        if start:
            events = events.filter(date_end__gte=start)
        if end:
            events = events.filter(date_start__lte=end)
        return events

    def within(self, bbox: tuple[float, float, float, float]) -> EventQuerySet:
        """Events whose point lies in (west, south, east, north) in degrees, edges included, to the microdegree."""
        return self.within_microdegrees(tuple(round(degrees * 1e6) for degrees in bbox))  # type: ignore[arg-type]

    def within_microdegrees(self, bbox: tuple[int, int, int, int]) -> EventQuerySet:
        """The same in whole microdegrees, the unit of the map's snapshot: both must let in the same rows.

        `&&` on points compares float32 boxes and lets a few neighbours in: the coordinates are compared exactly after it.
        """
        west, south, east, north = bbox
        # A point half a microdegree outside still rounds to the edge.
        box = Polygon.from_bbox(((west - 1) / 1e6, (south - 1) / 1e6, (east + 1) / 1e6, (north + 1) / 1e6))
        box.srid = 4326
        return (
            self.filter(point__bboverlaps=box)
            .alias(x=_whole(PointX("point") * 1e6), y=_whole(PointY("point") * 1e6))
            .filter(x__gte=west, x__lte=east, y__gte=south, y__lte=north)
        )

    def within_box(self, bbox: tuple[float, float, float, float]) -> EventQuerySet:
        """Events the map shows in that box: one known to its country alone has a point and no place on the map."""
        return self.within(bbox).located()

    def within_area(self, area: Area) -> EventQuerySet:
        """Events the map shows in that area, edges included, to the microdegree; corners in microdegrees."""
        return self.within_microdegrees(bounds(area)).located().filter(_covers(polygon(area).wkt, "x", "y"))

    def located(self) -> EventQuerySet:
        """Events the map can show."""
        return self.filter(point__isnull=False).exclude(where_prec=6)

    def with_location(self, is_located: bool) -> EventQuerySet:
        """Events the map can show, or those it cannot."""
        return self.located() if is_located else self.filter(Q(point__isnull=True) | Q(where_prec=6))

    def with_day(self, is_dated: bool) -> EventQuerySet:
        """Events with a known day or range of days, or those without."""
        return self.filter(date_start__isnull=not is_dated)

    def with_conflict(self, has_conflict: bool) -> EventQuerySet:
        """Events whose live claims conflict, or those whose claims do not."""
        return self.filter(has_conflict=has_conflict)

    def with_origins_from(self, least: int) -> EventQuerySet:
        """Events told by so many origins or more."""
        return self.filter(origin_count__gte=least)

    def since(self, day: date) -> EventQuerySet:
        """Events that end on that day or later."""
        return self.during(day, None)

    def until(self, day: date) -> EventQuerySet:
        """Events that begin on that day or earlier."""
        return self.during(None, day)

    def at_places(self, keys: list[str]) -> EventQuerySet:
        """Events at one of these places or in a place that lies in it, in either administrative tree."""
        return self.filter(place__in=Place.objects.inside(keys))

    def involving(self, slugs: list[str]) -> EventQuerySet:
        """Events one of these actors took part in."""
        return self._having(participations__actor__slug__in=slugs)

    def harming(self, parties: list[str]) -> EventQuerySet:
        """Events of which a live claim says that one of these parties was harmed."""
        return self._having(claims__party__in=parties, claims__rank__in=LIVE)

    def carried_by(self, outlets: list[str]) -> EventQuerySet:
        """Events about which one of these outlets (ids) carries a live claim."""
        numbers = [int(word) for word in outlets if word.isdecimal() and len(word) < 10]
        return self._having(claims__passage__article__outlet__in=numbers, claims__rank__in=LIVE)

    def told_by(self, speakers: list[str]) -> EventQuerySet:
        """Events about which one of these speakers (slugs or ids), or an organ of one, makes a live claim."""
        organs = Speaker.objects.speaking_for(speakers)
        return self._having(claims__passage__statement__issuers__in=organs, claims__rank__in=LIVE)

    def _having(self, **conditions: object) -> EventQuerySet:
        """Events with one related row that meets all the conditions; as a subquery, so that no row comes twice."""
        return self.filter(pk__in=self.model._base_manager.filter(**conditions).values("pk"))

    def matching(self, text: str) -> EventQuerySet:
        """Full-text search with Arabic spelling variants folded and light stemming; every word must occur."""
        words = search_text(text).split()
        if not words:
            return self
        query = SearchQuery(words[0], config="simple")
        for word in words[1:]:
            query &= SearchQuery(word, config="simple")
        return self.annotate(search_vector=SearchVector("search_text", config="simple")).filter(search_vector=query)

    def reviewable_by(self, user: User) -> EventQuerySet:
        """Events in review that somebody else made: nobody approves what is their own."""
        return self.filter(status="in_review").exclude(created_by=user)

    def newest_first(self) -> EventQuerySet:
        """The order of lists and pages: last day first, undated events at the end."""
        return self.order_by(sortable(self, "date_start").desc(nulls_last=True), "-id")


def sortable(rows: models.QuerySet[Any], column: str) -> Any:
    """That column to order by; where a search finds few rows, so that they are read and sorted.

    The database would rather look for the first of them in the order of an index, row by row and each read anew for its words: it takes a
    page that lies in memory for one on a disk, and for a word of a thousand events that is a hundred times as long.
    """
    if "search_vector" not in rows.query.annotations:
        return F(column)
    [plan] = json.loads(rows.order_by().explain(format="json"))
    return models.Func(F(column), function="GREATEST") if plan["Plan"]["Plan Rows"] <= FEW_FOUND else F(column)


class EventManager(models.Manager["Event"].from_queryset(EventQuerySet)):  # type: ignore[misc]
    """Events in any status: whoever serves the public calls `published()`."""


class ClaimQuerySet(models.QuerySet["Claim"]):
    def published(self) -> ClaimQuerySet:
        """Claims about published events."""
        return self.filter(event__status="published")

    def live(self) -> ClaimQuerySet:
        """Claims that count: neither deprecated nor retracted."""
        return self.exclude(rank="deprecated")

    def with_chain(self) -> ClaimQuerySet:
        """With everything a shown claim needs: passage, article, outlet, statement, issuers, relays."""
        return self.select_related("passage__article__outlet", "passage__statement", "place", "actor").prefetch_related(
            "passage__statement__issuers__organ_of", "passage__statement__issuers__actor", "passage__relays__outlet"
        )


class PublishedThroughEventQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows that hang on one event through a field named `event`."""

    def published(self) -> PublishedThroughEventQuerySet:
        return self.filter(event__status="published")


class CommitmentQuerySet(PublishedThroughEventQuerySet):
    def standing(self) -> CommitmentQuerySet:
        """Promises some live claim still makes; one that no claim was ever made of stands by itself, a retracted one does not."""
        claims = apps.get_model("incidents", "Claim").objects.filter(attribute__in=PROMISING)
        said = claims.filter(event=OuterRef("event"), text=OuterRef("text"))
        return self.filter(Exists(said.filter(rank__in=LIVE)) | ~Exists(said))

    def published(self) -> CommitmentQuerySet:
        return self.standing().filter(event__status="published")

    def waiting(self) -> CommitmentQuerySet:
        """What was promised and not yet followed up, the oldest promise first."""
        rows = self.standing().filter(status="announced").exclude(event__status__in=["rejected", "merged"])
        return rows.select_related("event", "passage__article__outlet").order_by("event__date_start", "pk")


class EventLinkQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def published(self) -> EventLinkQuerySet:
        """Confirmed links whose two ends are published: a link to a draft would betray it."""
        return self.filter(Q(source__status="published") & Q(target__status="published") & Q(status="confirmed"))

    def waiting(self) -> EventLinkQuerySet:
        """Links nobody has judged between events that are still in the record; stated ones first, then the nearest in time."""
        gone = ("rejected", "merged")
        rows = self.filter(status="open").exclude(source__status__in=gone).exclude(target__status__in=gone)
        return rows.annotate(lag=F("source__date_start") - F("target__date_start")).order_by("basis", "lag", "pk")

    def stated(self) -> EventLinkQuerySet:
        """Links a text states, as against those an editor inferred or the machine suggested."""
        return self.filter(basis="stated")
