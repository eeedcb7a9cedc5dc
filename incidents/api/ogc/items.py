"""Features: the events of one kind, and the places they happened at."""

import re
from datetime import date
from typing import Any

from django.contrib.gis.geos import Polygon
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import public
from incidents.api import rows
from incidents.api.base import PublicViewSet
from incidents.api.events import EventViewSet
from incidents.api.problems import bad_parameter
from incidents.api.renderers import GeoJSON
from incidents.api.serializers.entities import PlaceSerializer
from incidents.filters import BoxField
from incidents.models import CoordinationEvent, Incident

from .documents import COLLECTIONS, link

_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$", re.ASCII)
_PARAMETERS = ("limit", "cursor", "datetime")


class AlwaysGeoJSON(BaseContentNegotiation):
    """Clients of the standard ask for all sorts of JSON, and browsers for HTML: they all get what there is."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


def days_of(text: str) -> tuple[str, str]:
    """(first day, last day) of a `datetime`: a moment, a day, or a range of them with `..` or nothing for an open end."""
    ends = text.split("/")
    found = [_MOMENT.match(end) for end in ends]
    is_read = len(ends) <= 2 and all(match or (len(ends) == 2 and end in ("", "..")) for end, match in zip(ends, found, strict=True))
    days = [match[1] if match else "" for match in found]
    try:
        [date.fromisoformat(day) for day in days if day]
    except ValueError:
        is_read = False
    if not is_read or not any(days):
        raise bad_parameter("datetime", "A day or a moment, or a range: 2021-12-01/2021-12-31, 2021-12-01/.., ../2021-12-31.")
    return days[0], days[-1]


class Items:
    """What both sorts of features share: no `fields`, no `format`; links instead of `next` and `previous`."""

    schema = None  # described at /ogc/api
    renderer_classes = (GeoJSON,)
    content_negotiation_class = AlwaysGeoJSON
    expandable: tuple[str, ...] = ()
    collection = ""

    def answer(self, request: Request, features: list[dict[str, Any]], paginator: Any) -> HttpResponse:
        links = [{"rel": "self", "type": GeoJSON.media_type, "href": request.build_absolute_uri()}]
        for rel, address in (("next", paginator.next), ("prev", paginator.previous)):
            links += [{"rel": rel, "type": GeoJSON.media_type, "href": address}] if address else []
        links.append(link(request._request, "collection", "application/json", "ogc:collection", "The collection", name=self.collection))
        answer = {"type": "FeatureCollection", "numberReturned": len(features), "links": links, "features": features}
        return HttpResponse(GeoJSON().render(answer), content_type=GeoJSON.media_type)

    def with_links(self, request: Request, feature: dict[str, Any]) -> Response:
        links = [
            {"rel": "self", "type": GeoJSON.media_type, "href": request.build_absolute_uri()},
            link(request._request, "collection", "application/json", "ogc:collection", "The collection", name=self.collection),
        ]
        return Response({**feature, "links": links})


class EventItems(Items, EventViewSet):
    """The events of one kind; `datetime` meets an event whose range of days it touches."""

    def parameters(self) -> list[str]:
        return [*COLLECTIONS[self.collection].filters, *_PARAMETERS] if self.action == "list" else []

    def refuse_unknown(self, request: Request) -> None:
        super().refuse_unknown(request)
        if request.query_params.get("datetime"):
            first, last = days_of(request.query_params["datetime"])
            given = request._request.GET.copy()
            given["from"], given["to"] = first, last
            request._request.GET = given  # type: ignore[assignment]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        objects, _ids = self._page(request, list(rows.COLUMNS))
        return self.answer(request, rows.as_features(objects, keep_code=True), self.paginator)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        found = self.get_queryset().filter(code=self.kwargs["code"]).values_list("pk", flat=True).first()
        if found is None:
            return self._elsewhere(request)
        event = rows.fetch([found], list(rows.COLUMNS), site=request.build_absolute_uri("/")[:-1])[found]
        return self.with_links(request, rows.as_features([event], keep_code=True)[0])


class IncidentItems(EventItems):
    queryset = Incident.objects.published()
    collection = "incidents"


class CoordinationItems(EventItems):
    queryset = CoordinationEvent.objects.published()
    collection = "coordination"


class PlaceItems(Items, PublicViewSet):
    """Places have no day: every `datetime` meets them."""

    serializer_class = PlaceSerializer
    lookup_field = "key"
    orderings = ("id",)
    collection = "places"

    def get_queryset(self) -> Any:
        places = public.places().defer("boundary").prefetch_related("memberships__parent")
        text = self.request.query_params.get("bbox")
        if not text or self.action != "list":
            return places
        west, south, east, north = _box(text)
        box = Polygon.from_bbox((west, south, east, north))
        box.srid = 4326
        return places.filter(point__coveredby=box)

    def parameters(self) -> list[str]:
        return ["bbox", *_PARAMETERS] if self.action == "list" else []

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.query_params.get("datetime"):
            days_of(request.query_params["datetime"])
        page = self.paginate_queryset(self.filtered())
        return self.answer(request, [_feature(row) for row in self.get_serializer(page, many=True).data], self.paginator)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.with_links(request, _feature(self.get_serializer(self.get_object()).data))


def _feature(place: Any) -> dict[str, Any]:
    properties = dict(place)
    lon, lat = properties.pop("lon"), properties.pop("lat")
    geometry = None if lon is None else {"type": "Point", "coordinates": (lon, lat)}
    return {"type": "Feature", "id": properties["key"], "geometry": geometry, "properties": properties}


def _box(text: str) -> Any:
    try:
        return BoxField().clean(text)
    except ValidationError as error:
        raise bad_parameter("bbox", " ".join(error.messages)) from None
