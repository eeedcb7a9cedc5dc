"""How the changes of two people to one row join: field by field. Whatever writes on a state that somebody read goes by this rule."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry


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
