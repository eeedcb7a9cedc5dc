"""Rows as they were at a moment, put together from the kept history."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.gis.geos import GEOSGeometry
from django.db import models

from history.models import Revision

Row = TypeVar("Row", bound=models.Model)


def rows_at(moment: datetime, *, events: Collection[int], kinds: tuple[type[models.Model], ...]) -> dict[type[models.Model], list[Any]]:
    """{model: its rows that hung on one of these events or are it, as the last change before the moment left them}, in order of their ids.

    They are for reading: nothing saves them. A row that was removed by then is none of them. One query.
    """
    tables = {kind._meta.db_table: kind for kind in kinds}
    last = (
        Revision.objects.filter(events__overlap=list(events), table__in=tables, change__at__lt=moment)
        .order_by("table", "row", "-id")
        .distinct("table", "row")
        .values_list("table", "operation", "state")
    )
    found: dict[type[models.Model], list[Any]] = {kind: [] for kind in kinds}
    for table, operation, state in last:
        if operation != Revision.Operation.DELETE:
            found[tables[table]].append(_row(tables[table], state))
    return found


def _row(kind: type[Row], state: dict[str, Any]) -> Row:
    """The row of that state; a column that came later has its default."""
    fields = kind._meta.concrete_fields
    values = [kept(field, state[field.column]) if field.column in state else field.get_default() for field in fields]
    return kind.from_db(None, [field.attname for field in fields], values)


def kept(field: Any, value: Any) -> Any:
    """A column's value out of the JSON it is kept in."""
    if isinstance(value, dict) and hasattr(field, "srid"):
        return GEOSGeometry(json.dumps(value))
    return field.to_python(value)
