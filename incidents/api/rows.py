"""The hot lists: events as tuples from SQL to JSON. A model object and a serializer a row would cost thirty times as much."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, FloatField, Value, When
from django.urls import reverse

from entities.geometry import PointX, PointY
from incidents.querysets import EventQuerySet

from .serializers.events import COUNTRY_ONLY, EventSerializer


def _unless_country_only(coordinate: Any) -> Case:
    return Case(When(where_prec=COUNTRY_ONLY, then=Value(None)), default=coordinate, output_field=FloatField())


# Name in the answer → column or expression, as the serializer of one event has them.
COLUMNS: dict[str, Any] = {name: str(field.source).replace(".", "__") for name, field in EventSerializer().fields.items()}
COLUMNS |= {"page": F("code"), "lon": _unless_country_only(PointX("point")), "lat": _unless_country_only(PointY("point"))}


def select(events: EventQuerySet, names: Sequence[str], *, position: str) -> Any:
    """The events as tuples: these columns, then the column the page is ordered by, then the id."""
    computed = {f"_{name}": COLUMNS[name] for name in names if not isinstance(COLUMNS[name], str)}
    columns = [f"_{name}" if f"_{name}" in computed else COLUMNS[name] for name in names]
    return events.annotate(**computed).values_list(*columns, position, "pk")


def as_objects(rows: Sequence[tuple[Any, ...]], names: Sequence[str], *, site: str) -> list[dict[str, Any]]:
    """Plain JSON objects, the coordinates as `lon` and `lat`; `site` is the host their pages are at."""
    objects = [dict(zip(names, row, strict=False)) for row in rows]
    if "page" in names:
        before, after = (site + reverse("event", args=["CODE"])).split("CODE")
        for one in objects:
            one["page"] = f"{before}{one['page']}{after}"
    return objects


def as_features(objects: Sequence[dict[str, Any]], *, keep_code: bool) -> list[dict[str, Any]]:
    """GeoJSON features; an event without a place on the map has a null geometry and keeps its properties."""
    features = []
    for properties in objects:
        code = properties["code"] if keep_code else properties.pop("code")
        lon, lat = properties.pop("lon"), properties.pop("lat")
        geometry = None if lon is None else {"type": "Point", "coordinates": (lon, lat)}
        features.append({"type": "Feature", "id": code, "geometry": geometry, "properties": properties})
    return features
