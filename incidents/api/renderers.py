"""JSON and GeoJSON as bytes."""

from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer


class JSON(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 by definition

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)


class GeoJSON(JSON):
    """RFC 7946; longitude before latitude, WGS 84."""

    media_type = "application/geo+json"
    format = "geojson"
