"""How the changes of two people to one row join: field by field. Whatever writes on a state that somebody read goes by this rule.

What was read is named by the number of the row's last revision: `seen`. A page takes it with the row (`with_seen`) or before it
(`last_seen`), never after: what changed in between would pass for read.
"""

import json
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.gis.geos import GEOSGeometry
from django.db import models
from django.db.models.functions import Coalesce

from history.models import Revision

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


@dataclass(frozen=True)
class Clash:
    """One field that two people changed: as it was when the editor opened it, as the editor wants it, as the other left it."""

    field: str
    base: Any
    mine: Any
    theirs: Any


def plain(value: Any) -> Any:
    """A value as history keeps it, so that the two can be compared."""
    if isinstance(value, GEOSGeometry):
        return json.loads(value.geojson)
    return value.isoformat() if hasattr(value, "isoformat") else value


def same(first: Any, second: Any) -> bool:
    """Whether two values, as history keeps them, are one. Nothing and '' are; so are shapes less than a sixth decimal apart, since
    forms show no more."""
    if first in (None, "") or second in (None, ""):
        return first in (None, "") and second in (None, "")
    if all(isinstance(value, dict) and "coordinates" in value for value in (first, second)):
        return bool(GEOSGeometry(json.dumps(first)).equals_exact(GEOSGeometry(json.dumps(second)), 1e-6))
    return bool(first == second)


def wished(mine: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """What of `mine` is other than it was read: a field left as it was is nobody's wish, and another's value stays."""
    return {field: value for field, value in mine.items() if not same(plain(value), base.get(field))}


def clashes(mine: dict[str, Any], base: dict[str, Any], theirs: dict[str, Any]) -> list[Clash]:
    """The fields of `mine` that others have changed since `base`, to another value; all else joins by itself."""
    found = []
    for field, value in mine.items():
        clash = Clash(field, base.get(field), plain(value), theirs.get(field))
        if not same(clash.theirs, clash.base) and not same(clash.theirs, clash.mine):
            found.append(clash)
    return found


def with_seen(rows: Rows, model: type[models.Model] | None = None, *, key: str = "pk", name: str = "seen") -> Rows:
    """Annotate `seen`: the number of each row's last revision, 0 where nothing was ever kept of it; or under another `name` that of a row
    of `model` which its column `key` names."""
    kept = Revision.objects.filter(table=(model or rows.model)._meta.db_table, row=models.OuterRef(key)).order_by("-id")
    return rows.annotate(**{name: Coalesce(models.Subquery(kept.values("pk")[:1]), 0)})


def last_seen(model: type[models.Model], pk: Any) -> int:
    """The number of the row's last revision; 0 where nothing was ever kept of it."""
    kept = Revision.objects.filter(table=model._meta.db_table, row=pk).order_by("-id")
    return kept.values_list("pk", flat=True).first() or 0


def state_seen(row: models.Model, seen: int) -> dict[str, Any]:
    """The row's columns as its revision `seen` left them; empty where it has no such revision, so that nothing passes for read."""
    found = Revision.objects.of(row).filter(pk=seen).first()
    if found is None and not Revision.objects.of(row).exists():
        return _state(row)  # a row that nothing was kept of has not changed since
    return found.state if found else {}


def clashes_since(row: models.Model, seen: int, mine: dict[str, Any]) -> list[Clash]:
    """The columns of `mine` that others have changed since the row's revision `seen`, to another value. Call it with the row locked."""
    last = Revision.objects.of(row).order_by("-id").first()
    return [] if last is None or last.pk == seen else clashes(mine, state_seen(row, seen), last.state)


def change_since(row: models.Model, seen: int, columns: tuple[str, ...]) -> Revision | None:
    """The last revision after `seen` that changed one of these columns."""
    later = Revision.objects.of(row).filter(pk__gt=seen, changed__overlap=list(columns)).select_related("change__by")
    return later.order_by("-id").first()


def _state(row: models.Model) -> dict[str, Any]:
    return {str(field.column): plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
