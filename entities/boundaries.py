"""Outlines of administrative areas from a register's GeoJSON, matched to the gazetteer by P-code; rivers and lakes for the map."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry
from django.db import transaction

from entities.loading import LoadError, Outcome
from entities.models import Place
from entities.waters import LINES, keep, kind_of

# The finest level names a feature: a district's row carries its governorate's code as well.
CODE = re.compile(r"adm(\d)_?pcode", re.IGNORECASE)
AREAS = ("Polygon", "MultiPolygon")


@transaction.atomic
def load_boundaries(path: Path, *, tick: Callable[[], object] = lambda: None) -> Outcome:
    """Give every place whose P-code a feature names that feature's outline; keep lines as rivers and what says that it is a lake as a lake.
    A feature that is neither, is no valid shape, or names no known place, is refused with its reason; the others are loaded."""
    outcome, waters = Outcome(), []
    for number, feature in enumerate(_features(path), start=1):
        tick()
        properties = feature.get("properties") or {}
        code = _code(properties)
        shape = _shape(feature.get("geometry"), AREAS if code else (*AREAS, *LINES))
        if not code and shape and (kind := kind_of(shape, properties)):
            waters.append((kind, shape))
            outcome.written += 1
        elif not code:
            outcome.refused.append(f"feature {number}: it has no ADMn_PCODE, and is no valid river or lake")
        elif shape is None:
            outcome.refused.append(f"feature {number} ({code}): it is no valid polygon in degrees")
        elif not Place.objects.filter(pcode__iexact=code).update(boundary=shape):
            outcome.refused.append(f"feature {number} ({code}): no place has this P-code")
        else:
            outcome.written += 1
    if waters:
        keep(waters)
    return outcome


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8-sig"))
        return list(collection["features"])
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise LoadError(f"{path} is no GeoJSON feature collection: {error}") from error


def _code(properties: dict[str, Any]) -> str:
    levels = {int(found[1]): str(value) for name, value in properties.items() if (found := CODE.fullmatch(name)) and value}
    return levels[max(levels)] if levels else ""


def _shape(geometry: Any, types: tuple[str, ...]) -> GEOSGeometry | None:
    try:
        shape = GEOSGeometry(json.dumps(geometry), srid=4326)
    except (GEOSException, GDALException, ValueError, TypeError):
        return None
    west, south, east, north = shape.extent if not shape.empty else (181, 0, 0, 0)
    on_earth = west >= -180 and east <= 180 and south >= -90 and north <= 90
    return shape if shape.geom_type in types and shape.valid and on_earth else None
