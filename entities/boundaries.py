"""Outlines of administrative areas from a register's GeoJSON, matched to the gazetteer by P-code."""

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

# The finest level names a feature: a district's row carries its governorate's code as well.
CODE = re.compile(r"adm(\d)_?pcode", re.IGNORECASE)
AREAS = ("Polygon", "MultiPolygon")


@transaction.atomic
def load_boundaries(path: Path, *, tick: Callable[[], object] = lambda: None) -> Outcome:
    """Give every place whose P-code a feature names that feature's outline. A feature that is no valid area, or names no known
    place, is refused with its reason; the others are loaded."""
    outcome = Outcome()
    for number, feature in enumerate(_features(path), start=1):
        tick()
        code = _code(feature.get("properties") or {})
        shape = _area(feature.get("geometry"))
        if not code:
            outcome.refused.append(f"feature {number}: it has no ADMn_PCODE")
        elif shape is None:
            outcome.refused.append(f"feature {number} ({code}): it is no valid polygon in degrees")
        elif not Place.objects.filter(pcode__iexact=code).update(boundary=shape):
            outcome.refused.append(f"feature {number} ({code}): no place has this P-code")
        else:
            outcome.written += 1
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


def _area(geometry: Any) -> GEOSGeometry | None:
    try:
        shape = GEOSGeometry(json.dumps(geometry), srid=4326)
    except (GEOSException, GDALException, ValueError, TypeError):
        return None
    west, south, east, north = shape.extent if not shape.empty else (181, 0, 0, 0)
    on_earth = west >= -180 and east <= 180 and south >= -90 and north <= 90
    return shape if shape.geom_type in AREAS and shape.valid and on_earth else None
