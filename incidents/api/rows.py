"""The hot lists, as tuples from SQL to JSON: a model object and a serializer a row cost many times as much.

Filtered: which events by one query, then their columns by id, since the planner misjudges a join beside a search or a box. Unfiltered: by
one query, whose SQL is written once, since writing it takes the ORM longer than running it takes.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any

from django.db import connection
from django.db.models import Case, DateField, DateTimeField, F, FloatField, QuerySet, Value, When
from django.urls import reverse

from entities.geometry import PointX, PointY
from incidents.models import Event
from incidents.selection import Selection

from .pagination import Order, Ranges
from .pagination import ranges_of as ranges_by_sql
from .serializers.events import COUNTRY_ONLY, EventSerializer


def _unless_country_only(coordinate: Any) -> Case:
    return Case(When(where_prec=COUNTRY_ONLY, then=Value(None)), default=coordinate, output_field=FloatField())


# Name in the answer → column or expression, as the serializer of one event has them.
COLUMNS: dict[str, Any] = {name: str(field.source).replace(".", "__") for name, field in EventSerializer().fields.items()}
COLUMNS |= {"page": F("code"), "lon": _unless_country_only(PointX("point")), "lat": _unless_country_only(PointY("point"))}


@lru_cache(maxsize=256)
def _statement(names: tuple[str, ...], key: str) -> tuple[str, tuple[Any, ...]]:
    """SQL of these columns, the first day and the id, for a list of ids or of codes: its last parameter."""
    computed = {f"_{name}": COLUMNS[name] for name in names if not isinstance(COLUMNS[name], str)}
    columns = [f"_{name}" if f"_{name}" in computed else COLUMNS[name] for name in names]
    events = Event.objects.published()
    if key == "id":
        events = events.extra(where=["incidents_event.id = ANY(%s)"], params=[None])
    else:
        events = events.extra(where=["incidents_event.code = ANY(%s)"], params=[None])
    # As an annotation, so that it has a place of its own at the end also where it is among the names.
    events = events.annotate(**computed, _first_day=F("date_start"))
    return events.order_by().values_list(*columns, "_first_day", "pk").query.sql_with_params()


def _rows(names: Sequence[str], key: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """These columns, the first day and the id of the published events of these ids or codes, in no order."""
    sql, params = _statement(tuple(names), key)
    with connection.cursor() as cursor:
        cursor.execute(sql, (*params[:-1], list(values)))
        return cursor.fetchall()  # type: ignore[no-any-return]


def _by_id(names: Sequence[str], ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The same of ids, in their order."""
    found = {row[-1]: row for row in _rows(names, "id", ids)}
    return [found[pk] for pk in ids if pk in found]


def fetch(ids: Sequence[int], names: Sequence[str], *, site: str) -> dict[int, dict[str, Any]]:
    """Id → the event as a plain JSON object of these columns, in the order of `ids`; `site` is the host their pages are at."""
    rows = _by_id(names, ids)
    return dict(zip((row[-1] for row in rows), as_objects(rows, names, site=site), strict=True))


def as_objects(rows: Iterable[Sequence[Any]], names: Sequence[str], *, site: str) -> list[dict[str, Any]]:
    """Rows that begin with these columns as plain JSON objects."""
    objects = [dict(zip(names, row, strict=False)) for row in rows]
    if "page" in names:
        before, after = (site + reverse("event", args=["CODE"])).split("CODE")
        for one in objects:
            one["page"] = f"{before}{one['page']}{after}"
    return objects


# What stands for a cursor's position in a statement that is kept.
_ANY: dict[Any, Any] = {DateField: date(1, 2, 3), DateTimeField: datetime(1, 2, 3, tzinfo=UTC)}
_ANY_ID = 2**62


@lru_cache(maxsize=256)
def _page_statements(model: type[Event], names: tuple[str, ...], order: Order, start: str) -> list[tuple[str, tuple[Any, ...]]]:
    """SQL of a page of unfiltered events: these columns, the order's column and the id. `start`: '' for the first page, else whether
    the position it goes on from is of a row with a `value` or of one that is `empty`."""
    computed = {f"_{name}": COLUMNS[name] for name in names if not isinstance(COLUMNS[name], str)}
    columns = [f"_{name}" if f"_{name}" in computed else COLUMNS[name] for name in names]
    # As an annotation, so that it has a place of its own at the end also where it is among the names.
    events = model.objects.published().annotate(**computed, _order=F(order.column)).values_list(*columns, "_order", "pk")
    value = _ANY[type(Event._meta.get_field(order.column))] if start == "value" else None
    return [part[:_ANY_ID].query.sql_with_params() for part in order.ranges(events, (value, _ANY_ID) if start else None)]


def ranges_of(model: type[Event], names: Sequence[str]) -> Ranges:
    """How the pages of unfiltered events are read: by one query, whose SQL is written once."""

    def ranges(order: Order, start: tuple[Any, int] | None) -> list[Callable[[int], Sequence[Any]]]:
        kind = "" if start is None else "empty" if start[0] is None else "value"
        return [partial(_first, *statement, start) for statement in _page_statements(model, tuple(names), order, kind)]

    return ranges


def selected(selection: Selection, names: Sequence[str], by_sql: Callable[[], QuerySet[Any, Any]]) -> Ranges:
    """How the pages of filtered events are read where the snapshot tells which they are. `by_sql`: (first day, id) of the same events, for
    where one was withdrawn between the two looks."""

    def ranges(order: Order, start: tuple[Any, int] | None) -> list[Callable[[int], Sequence[Any]]]:
        def first(most: int) -> list[Any]:
            after = Event.objects.published().filter(pk=start[1]).values_list("code", flat=True).first() if start else None
            codes = None if start and not after else selection.codes(is_descending=order.is_descending, after=after, most=most)
            found = _rows(names, "code", codes) if codes is not None else []
            if codes is not None and len(found) == len(codes):
                return sorted(found, key=lambda row: (row[-2] or date.min, row[-1]), reverse=order.is_descending)
            positions: list[Any] = []
            for part in ranges_by_sql(by_sql())(order, start):
                positions += part(most - len(positions)) if len(positions) < most else []
            return _by_id(names, [pk for _day, pk in positions])

        return [first]

    return ranges


def _first(sql: str, params: tuple[Any, ...], start: tuple[Any, int] | None, most: int) -> list[tuple[Any, ...]]:
    value, pk = start or (None, 0)
    given = [pk if param == _ANY_ID else value if param in _ANY.values() else param for param in params]
    with connection.cursor() as cursor:
        cursor.execute(sql.replace(f"LIMIT {_ANY_ID}", f"LIMIT {int(most)}"), given)
        return cursor.fetchall()  # type: ignore[no-any-return]


def as_features(objects: Sequence[dict[str, Any]], *, keep_code: bool) -> list[dict[str, Any]]:
    """GeoJSON features; an event without a place on the map has a null geometry and keeps its properties."""
    features = []
    for properties in objects:
        code = properties["code"] if keep_code else properties.pop("code")
        lon, lat = properties.pop("lon"), properties.pop("lat")
        geometry = None if lon is None else {"type": "Point", "coordinates": (lon, lat)}
        features.append({"type": "Feature", "id": code, "geometry": geometry, "properties": properties})
    return features
