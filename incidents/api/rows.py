"""The hot lists: which events by one query, then their columns by id, as tuples from SQL to JSON.

By id, since the planner misjudges a join beside a search or a box. As tuples, since a model object and a serializer a row cost many times
as much.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Case, F, FloatField, Value, When
from django.urls import reverse

from entities.geometry import PointX, PointY
from incidents.models import Event

from .serializers.events import COUNTRY_ONLY, EventSerializer


def _unless_country_only(coordinate: Any) -> Case:
    return Case(When(where_prec=COUNTRY_ONLY, then=Value(None)), default=coordinate, output_field=FloatField())


# Name in the answer → column or expression, as the serializer of one event has them.
COLUMNS: dict[str, Any] = {name: str(field.source).replace(".", "__") for name, field in EventSerializer().fields.items()}
COLUMNS |= {"page": F("code"), "lon": _unless_country_only(PointX("point")), "lat": _unless_country_only(PointY("point"))}


@lru_cache(maxsize=256)
def _statement(names: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """SQL of these columns and the id, for a list of ids: its last parameter. Writing it takes the ORM longer than running it takes."""
    computed = {f"_{name}": COLUMNS[name] for name in names if not isinstance(COLUMNS[name], str)}
    columns = [f"_{name}" if f"_{name}" in computed else COLUMNS[name] for name in names]
    events = Event.objects.published().extra(where=["incidents_event.id = ANY(%s)"], params=[None])
    return events.annotate(**computed).order_by().values_list(*columns, "pk").query.sql_with_params()


def fetch(ids: Sequence[int], names: Sequence[str], *, site: str) -> dict[int, dict[str, Any]]:
    """Id → the event as a plain JSON object of these columns, in the order of `ids`; `site` is the host their pages are at."""
    sql, params = _statement(tuple(names))
    with connection.cursor() as cursor:
        cursor.execute(sql, (*params[:-1], list(ids)))
        found = {row[-1]: dict(zip(names, row, strict=False)) for row in cursor.fetchall()}
    if "page" in names:
        before, after = (site + reverse("event", args=["CODE"])).split("CODE")
        for one in found.values():
            one["page"] = f"{before}{one['page']}{after}"
    return {pk: found[pk] for pk in ids if pk in found}


def as_features(objects: Sequence[dict[str, Any]], *, keep_code: bool) -> list[dict[str, Any]]:
    """GeoJSON features; an event without a place on the map has a null geometry and keeps its properties."""
    features = []
    for properties in objects:
        code = properties["code"] if keep_code else properties.pop("code")
        lon, lat = properties.pop("lon"), properties.pop("lat")
        geometry = None if lon is None else {"type": "Point", "coordinates": (lon, lat)}
        features.append({"type": "Feature", "id": code, "geometry": geometry, "properties": properties})
    return features
