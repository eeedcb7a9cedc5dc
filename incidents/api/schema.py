"""The OpenAPI description: in English whatever the site's language, with the parameters and errors every address shares."""

from typing import Any

from django.conf import settings
from django.forms import IntegerField
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from incidents.filters import DayField, FlagField, WordsField

from . import pagination
from .middleware import DESK
from .parameters import StrictParameters
from .problems import CONTENT_TYPE
from .renderers import GeoJSON

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "What could not be read: parameters, each with the nearest name or value there is, or fields of the body",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {name: {"type": "string"} for name in ("parameter", "field", "detail", "nearest")},
            },
        },
        "changes": {
            "type": "array",
            "description": "With 412: each field the request would change, as it was read, as the request wants it, as others left it",
            "items": {
                "type": "object",
                "required": ["field", "base", "mine", "theirs", "clashes"],
                "properties": {"field": {"type": "string"}, "base": {}, "mine": {}, "theirs": {}, "clashes": {"type": "boolean"}},
            },
        },
    },
}
LINK = {"type": ["string", "null"], "format": "uri"}
POINT = {
    "type": ["object", "null"],
    "description": "null where the map cannot show it",
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2, "examples": [[43.62, 35.77]]},
    },
}
GEOJSON = {
    "Feature": {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "description": "RFC 7946: longitude, then latitude",
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": POINT,
            "properties": {"type": "object", "description": "The fields of the JSON form but `lon` and `lat`"},
        },
    },
    "FeatureCollection": {
        "type": "object",
        "required": ["type", "next", "previous", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "count": {"type": "integer"},
            "next": LINK,
            "previous": LINK,
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
        },
    },
}


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """What this program answers, as committed: to generate it for each request would take half a second."""
    return HttpResponse(
        (settings.BASE_DIR / "docs" / "openapi.yaml").read_bytes(), content_type="application/vnd.oai.openapi; charset=utf-8"
    )


class EnglishGenerator(SchemaGenerator):
    """Writes docs/openapi.yaml, the same whatever the language of who asks for it."""

    def get_schema(self, request: Any = None, public: bool = True) -> Any:
        with translation.override("en"):
            return super().get_schema(request=None, public=True)


class PublicSchema(AutoSchema):
    """Adds what `PublicViewSet` does itself: filters, pages, orderings, chosen and expanded fields, GeoJSON."""

    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        if not isinstance(view, StrictParameters) or self.method != "GET":
            return []
        found = []
        if self._is_list_view():
            found += [_filter(name, each) for name, each in view.filterset_class.base_filters.items()] if view.filterset_class else []
            found += [
                _query("limit", {"type": "integer", "minimum": 1, "default": pagination.DEFAULT_LIMIT}, "Rows a page; 1000 at most"),
                _query("cursor", {"type": "string"}, "Where a page begins: follow `next` and `previous`"),
                _query("count", {"type": "string", "enum": ["yes", "no"]}, "yes: say how many rows there are"),
                _query("ordering", {"type": "string", "enum": [*view.orderings], "default": view.orderings[0]}, "Order of the rows"),
            ]
        found.append(_query("fields", {"type": "array", "items": {"type": "string"}}, "Names of the fields to show"))
        if view.expandable:
            found.append(_query("expand", {"type": "array", "items": {"type": "string", "enum": [*view.expandable]}}, "What to add"))
        formats = [renderer.format for renderer in view.renderer_classes]
        if len(formats) > 1:
            found.append(_query("format", {"type": "string", "enum": formats, "default": formats[0]}, "Instead of the Accept header"))
        return found

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0].removesuffix(".geojson")]

    def get_operation_id(self) -> str:
        if self.path.endswith(".geojson"):
            return "events_geojson"
        return super().get_operation_id().removeprefix("v1_")

    def _get_response_for_code(self, serializer: Any, status_code: Any, media_types: Any = None, direction: Any = "response") -> Any:
        """GeoJSON has a shape of its own, whatever the rows' serializer."""
        response = super()._get_response_for_code(serializer, status_code, media_types, direction)
        if GeoJSON.media_type in response.get("content", {}):
            shape = "FeatureCollection" if self._is_list_view() else "Feature"
            response["content"][GeoJSON.media_type]["schema"] = {"$ref": f"#/components/schemas/{shape}"}
        return response


def _filter(name: str, of: Any) -> OpenApiParameter:
    """The parameter of one filter; its values as the form field behind it takes them."""
    field = of.field
    schema: dict[str, Any] = {"type": "string"}
    if isinstance(field, WordsField):
        schema = {"type": "array", "items": {"type": "string", **({"enum": field.words} if field.words else {})}}
    elif isinstance(field, FlagField):
        schema = {"type": "string", "enum": ["yes", "no"]}
    elif isinstance(field, DayField):
        schema = {"type": "string", "format": "date"}
    elif isinstance(field, IntegerField):
        schema = {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    return _query(name, schema, str(of.extra.get("help_text") or ""))


def _query(name: str, schema: dict[str, Any], description: str) -> OpenApiParameter:
    if schema.get("type") == "array":  # by commas
        return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=description, style="form", explode=False)
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=description)


def add_problems(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Every operation may answer with a problem document or, to If-None-Match, with nothing new."""
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update({"Problem": PROBLEM, **GEOJSON})
    components["responses"] = {
        "NotModified": {"description": "If-None-Match holds the ETag this address still has"},
        "BadParameter": {"description": "A parameter is unknown or malformed", "content": content},
        "NotFound": {"description": "Nothing published is here", "content": content},
        "TooManyRequests": {"description": "Retry-After says how many seconds to wait", "content": content},
        "Merged": {"description": "It was merged: Location is the event it is part of now"},
        "Withdrawn": {"description": "It was published and has been withdrawn", "content": content},
        "NoToken": {"description": "No token, or one that is unknown, expired or revoked", "content": content},
        "NotAllowed": {"description": "The token has not the scope, or its owner not the role", "content": content},
        "Refused": {"description": "The record as it stands does not allow it; `detail` says what can be done", "content": content},
        "Stale": {"description": "Somebody else changed it since: `changes` has every field three times", "content": content},
        "NoCondition": {"description": "If-Match is missing", "content": content},
    }
    shared = {"304": "NotModified", "400": "BadParameter", "404": "NotFound", "429": "TooManyRequests"}
    for path, operations in result["paths"].items():
        is_desk = path.startswith(DESK)
        answers = shared | ({"301": "Merged", "410": "Withdrawn"} if path.endswith("/{code}/") and not is_desk else {})
        for method, operation in operations.items():
            told = answers | (_of_the_desk(operation, method, is_write_on_row="{" in path) if is_desk else {})
            if method != "get":
                told.pop("304")
            operation["responses"] |= {status: {"$ref": f"#/components/responses/{name}"} for status, name in told.items()}
    return result


def _of_the_desk(operation: dict[str, Any], method: str, *, is_write_on_row: bool) -> dict[str, str]:
    """The further answers of an operation behind a token; a write on a row names the state it was made on."""
    answers = {"401": "NoToken", "403": "NotAllowed"}
    if method != "get" and is_write_on_row:
        header = {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}, "description": "The row's ETag"}
        operation["parameters"] = [header, *operation.get("parameters", [])]
        answers |= {"409": "Refused", "412": "Stale", "428": "NoCondition"}
    return answers
