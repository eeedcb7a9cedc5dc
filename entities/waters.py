"""Rivers and lakes under the map's marks: one file under VAR_DIR/basemap, not rows, for they are drawn and nothing hangs on them."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry

# Natural Earth's words for what is a lake (attribute `featurecla`); its playas are dry for most of the year.
LAKES = ("lake", "reservoir", "alkaline lake")
LINES = ("LineString", "MultiLineString")
DIGITS = 4  # of a degree: about ten metres


def waters_file() -> Path:
    """Where the GeoJSON of what was loaded is kept; it does not exist before."""
    return Path(settings.VAR_DIR) / "basemap" / "waters.geojson"


def kind_of(shape: GEOSGeometry, properties: dict[str, Any]) -> str:
    """ "river", "lake", or nothing for what is neither."""
    if shape.geom_type in LINES:
        return "river"
    return "lake" if str(properties.get("featurecla") or "").lower() in LAKES else ""


def keep(waters: list[tuple[str, GEOSGeometry]]) -> None:
    """Keep these instead of what was kept of the same kinds: a file of rivers loaded again leaves the lakes as they are."""
    file, kinds = waters_file(), {kind for kind, _shape in waters}
    kept = json.loads(file.read_bytes())["features"] if file.exists() else []
    features = [feature for feature in kept if feature["properties"]["kind"] not in kinds]
    features += [
        {"type": "Feature", "properties": {"kind": kind}, "geometry": json.loads(shape.geojson, parse_float=_short)}
        for kind, shape in waters
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.draft")
    draft.write_text(json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")))
    draft.replace(file)  # all of it or nothing: a reader never meets half a file


def _short(number: str) -> float:
    return round(float(number), DIGITS)
