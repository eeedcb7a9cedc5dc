"""Events: lists as JSON or GeoJSON, one event with its claims and its chain."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from rest_framework.request import Request
from rest_framework.response import Response

from incidents.filters import EventFilter
from incidents.models import CoordinationEvent, Event, Incident, Participation, Resolution
from incidents.selection import Selection

from . import chains, rows
from .base import PublicViewSet
from .problems import Gone
from .renderers import JSON, GeoJSON
from .serializers.events import DetailedEventSerializer, ListedEventSerializer

# The kind that the events of a proxy are of.
KINDS: dict[Any, str] = {Incident: "incident", CoordinationEvent: "coordination"}
# Filters that an index of the events does not answer.
SLOW = {"bbox", "area", "place", "actor", "party", "outlet", "speaker"}
HIGHEST_EXPANDED = 100  # rows a page, where each brings its claims or its chain


class EventViewSet(PublicViewSet):
    """Incidents and joint coordination, newest first."""

    queryset = Event.objects.published()
    filterset_class = EventFilter
    orderings = ("-date_start", "date_start", "-modified_at", "modified_at")
    expandable = ("claims", "chain")
    renderer_classes = (JSON, GeoJSON)
    lookup_field = "code"
    lookup_value_converter = "slug"

    @property
    def highest_limit(self) -> int:  # type: ignore[override]
        return HIGHEST_EXPANDED if self.expanded() else 1000

    def get_serializer_class(self) -> Any:
        return ListedEventSerializer if self.action == "list" else DetailedEventSerializer

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        is_map = request.accepted_renderer.format == "geojson"
        names = [name for name in self.chosen([*rows.COLUMNS, *self.expandable]) if name in rows.COLUMNS]
        selected = list(dict.fromkeys([*names, "lon", "lat", "code"])) if is_map else names
        objects, ids = self._page(request, selected)
        chains.expand(objects, ids, self.expanded(), self.get_serializer_context())
        if is_map:
            features = rows.as_features(objects, keep_code="code" in names)
            answer = {"type": "FeatureCollection", **self.paginator.members(), "features": features}
        else:
            answer = {**self.paginator.members(), "results": objects}
        return HttpResponse(request.accepted_renderer.render(answer), content_type=request.accepted_renderer.media_type)

    def _page(self, request: Request, names: Sequence[str]) -> tuple[Any, Any]:
        """The events of the page with these columns, and their ids."""
        site = request.build_absolute_uri("/")[:-1]
        events = self.read_filters()
        order = self.ordering_of(request).removeprefix("-")
        ranges = count = None
        if not self.given_filters():
            ranges = rows.ranges_of(self.queryset.model, names)
        elif order == "date_start" and (selection := self._selection(request)):
            ranges, count = rows.selected(selection, names, lambda: events().values_list(order, "pk")), selection.count
        if ranges:
            page = self.paginator.page(self.queryset, request, self, position=lambda row: row[-2:], ranges=ranges, count=count)
            return rows.as_objects(page, names, site=site), [row[-1] for row in page]
        page = self.paginator.page(events().values_list(order, "pk"), request, self, position=lambda row: row)
        found = rows.fetch([pk for _value, pk in page], names, site=site)
        return list(found.values()), list(found)

    def _selection(self, request: Request) -> Selection | None:
        """The snapshot's answer where SQL takes longer: in an area, by what hangs on an event, and where all are to be counted."""
        given = {name: self.cleaned.get(name) for name in self.given_filters()}
        kind = KINDS.get(self.queryset.model)
        if not (SLOW & set(given) or self.flag_of(request, "count")) or (kind and given.get("kind")):
            return None
        return Selection.of(given | ({"kind": [kind]} if kind else {}))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        event = self._one().first()
        if event is None:
            return self._elsewhere(request)
        serializer: Any = self.get_serializer(event)
        for name in self.expandable:  # fetched for all rows at once below, not attribute by attribute
            serializer.fields.pop(name, None)
        answer = dict(serializer.data)
        chains.expand([answer], [event.pk], self.expanded(), self.get_serializer_context())
        if request.accepted_renderer.format == "geojson":
            answer = rows.as_features([answer], keep_code=True)[0]
        return Response(answer)

    def _one(self) -> Any:
        resolutions = Resolution.objects.filter(is_current=True).prefetch_related("claims").order_by("attribute")
        taking_part = Participation.objects.select_related("actor").order_by("role", "actor__slug")
        return (
            self.get_queryset()
            .filter(code=self.kwargs["code"])
            .select_related("place")
            .prefetch_related(
                Prefetch("participations", taking_part), Prefetch("resolutions", resolutions, to_attr="current_resolutions"), "merged_from"
            )
        )

    def _elsewhere(self, request: Request) -> HttpResponse:
        """Where an event went that was published once: to its heir (301), or nowhere (410). Of any other code nothing is said (404)."""
        lost = self.get_queryset().model.objects.filter(code=self.kwargs["code"], published_at__isnull=False).first()
        if lost is None:
            raise Http404
        heir = lost
        while heir.merged_into:
            heir = heir.merged_into
        if heir.status != Event.Status.PUBLISHED:
            raise Gone
        return HttpResponsePermanentRedirect(request.get_full_path().replace(lost.code, heir.code, 1))


class IncidentViewSet(EventViewSet):
    """Events of the kind incident."""

    queryset = Incident.objects.published()


class CoordinationViewSet(EventViewSet):
    """Events of the kind coordination."""

    queryset = CoordinationEvent.objects.published()
