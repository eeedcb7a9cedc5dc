"""What a client asks before it asks for features: the landing page, the conformance classes, the collections, the description."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from rest_framework.settings import api_settings

from incidents.api import pagination
from incidents.api.problems import bad_parameter, problem_of
from incidents.api.renderers import JSON, GeoJSON
from incidents.filters import EventFilter

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CLASSES = [f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson")]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
IRAQ = (38.79, 29.06, 48.57, 37.39)  # west, south, east, north: what the record is about; single events may lie beyond it


@dataclass(frozen=True)
class Collection:
    name: str
    title: str
    description: str
    filters: tuple[str, ...] = ()


_OF_EVENTS = tuple(name for name in EventFilter.base_filters if name not in ("kind", "from", "to"))
COLLECTIONS = {
    each.name: each
    for each in (
        Collection("incidents", "Incidents", "Attacks, clashes, arrests and other security incidents", _OF_EVENTS),
        Collection("coordination", "Joint coordination", "Meetings, visits, agreements and joint operations", _OF_EVENTS),
        Collection("places", "Places", "Places events happened at, and the places they lie in", ("bbox",)),
    )
}


def document(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A view that gives a JSON object; an unknown parameter is a 400, as everywhere in the API."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for name in request.GET:
            refusal = problem_of(bad_parameter(name[:80], "There is no such parameter here."), {})
            if refusal is not None:
                return refusal
        found = view(request, *args, **kwargs)
        media_type = OPENAPI if view is description else JSON.media_type
        response = HttpResponse(JSON().render(found), content_type=media_type)
        response.holds_until_a_change = True  # type: ignore[attr-defined]
        return response

    return answer


def link(request: HttpRequest, rel: str, media_type: str, route: str, title: str, **names: str) -> dict[str, str]:
    return {"rel": rel, "type": media_type, "title": title, "href": request.build_absolute_uri(reverse(route, kwargs=names))}


def landing(request: HttpRequest) -> dict[str, Any]:
    return {
        "title": "Isnad",
        "description": settings.SPECTACULAR_SETTINGS["DESCRIPTION"],
        "links": [
            link(request, "self", JSON.media_type, "ogc:landing", "This document"),
            link(request, "service-desc", OPENAPI, "ogc:api", "What can be asked here"),
            link(request, "service-doc", "text/html", "api:docs", "The whole API, to browse and try"),
            link(request, "conformance", JSON.media_type, "ogc:conformance", "The classes of the standard that hold here"),
            link(request, "data", JSON.media_type, "ogc:collections", "The collections"),
        ],
    }


def conformance(request: HttpRequest) -> dict[str, Any]:
    return {"conformsTo": CLASSES}


def collections(request: HttpRequest) -> dict[str, Any]:
    here = link(request, "self", JSON.media_type, "ogc:collections", "This document")
    return {"links": [here], "collections": [_collection(request, each) for each in COLLECTIONS.values()]}


def collection(request: HttpRequest, name: str) -> dict[str, Any]:
    return _collection(request, COLLECTIONS[name])


def _collection(request: HttpRequest, each: Collection) -> dict[str, Any]:
    return {
        "id": each.name,
        "title": each.title,
        "description": each.description,
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [IRAQ], "crs": CRS84}},
        "crs": [CRS84],
        "links": [
            link(request, "self", JSON.media_type, "ogc:collection", each.title, name=each.name),
            link(request, "items", GeoJSON.media_type, f"ogc:{each.name}", each.title),
        ],
    }


def description(request: HttpRequest) -> dict[str, Any]:
    """OpenAPI 3.0, which the standard's clients read; the whole API is described by 3.1."""
    paths: dict[str, Any] = {
        "/": _get("The landing page", "landing"),
        "/conformance": _get("The classes of the standard that hold here", "conformance"),
        "/collections": _get("The collections", "collections"),
    }
    for each in COLLECTIONS.values():
        paths[f"/collections/{each.name}"] = _get(f"What {each.title} are", f"describe_{each.name}")
        names = ("limit", "bbox", "datetime", "cursor", *(name for name in each.filters if name != "bbox"))
        items = _get(each.description, f"list_{each.name}", GeoJSON.media_type)
        paths[f"/collections/{each.name}/items"] = items
        items["get"]["parameters"] = [_parameter(name) for name in names]
        one = _get(f"One feature of {each.title}", f"get_{each.name}", GeoJSON.media_type)
        one["get"]["parameters"] = [{"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}]
        paths[f"/collections/{each.name}/items/{{featureId}}"] = one
    return {
        "openapi": "3.0.3",
        "info": {"title": "Isnad: features", "version": api_settings.DEFAULT_VERSION or "1", "license": {"name": settings.DATA_LICENCE}},
        "servers": [{"url": request.build_absolute_uri(reverse("ogc:landing")).rstrip("/")}],
        "paths": paths,
    }


def _get(summary: str, name: str, media_type: str = JSON.media_type) -> dict[str, Any]:
    content = {media_type: {"schema": {"type": "object"}}}
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    answers = {"200": {"description": summary, "content": content}, "default": {"description": "A problem", "content": problem}}
    return {"get": {"operationId": name, "summary": summary, "responses": answers}}


def _parameter(name: str) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        "limit": {"type": "integer", "minimum": 1, "maximum": pagination.HIGHEST_LIMIT, "default": pagination.DEFAULT_LIMIT},
        "bbox": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    }
    help_texts = {
        "limit": "Features a page",
        "datetime": "A day or a moment, or a range: 2021-12-01/2021-12-31, 2021-12-01/.., ../2021-12-31",
        "cursor": "Where a page begins: follow the link `next`",
    }
    known = EventFilter.base_filters.get(name)
    words = help_texts.get(name) or str(known.extra.get("help_text") or name if known else name)
    return {
        "name": name, "in": "query", "required": False, "description": words,
        "schema": kinds.get(name, {"type": "string"}), "style": "form", "explode": False,
    }  # fmt: skip
