"""A point as editors give it: pasted coordinates, or a click on the map."""

import re
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

_NUMBERS = re.compile(r"^\s*(-?\d{1,3}(?:[.٫]\d+)?)\s*[°]?\s*[,،;\s]\s*(-?\d{1,3}(?:[.٫]\d+)?)\s*[°]?\s*$")


class PointInput(forms.TextInput):
    """A line for "latitude, longitude", and beside it the map that fills it. Without JavaScript the line alone."""

    class Media:
        css = {"all": ["leaflet/leaflet.css"]}
        js = ["leaflet/leaflet.js"]

    def __init__(self, *, place_field: str = "place", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", "size": 30, "placeholder": "35.7644, 43.6795", **(attrs or {})})
        self.place_field = place_field

    def format_value(self, value: Any) -> str:
        return f"{value.y:.6f}, {value.x:.6f}" if isinstance(value, Point) else (value or "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        base = {layer: static(f"basemap/{layer}.geojson") for layer in ("countries", "governorates", "towns")}
        context = {"id": (attrs or {}).get("id", f"id_{name}"), "base": base, "place_field": self.place_field}
        return super().render(name, value, attrs, renderer) + render_to_string("admin/point.html", context)


class PointField(forms.CharField):
    """A point in WGS 84, written as latitude and longitude in degrees. Arabic digits and separators are understood."""

    widget = PointInput

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Latitude, longitude in degrees: paste them, or click on the map")
        super().__init__(**{"label": _("point"), "required": False, "help_text": help_text, **kwargs})

    def prepare_value(self, value: Any) -> str:
        return PointInput().format_value(value)

    def clean(self, value: Any) -> Point | None:
        text = super().clean(value).translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789."))
        if not text:
            return None
        match = _NUMBERS.match(text)
        if not match:
            raise ValidationError(_("Two numbers, latitude and longitude in degrees: 35.7644, 43.6795."))
        latitude, longitude = (float(number) for number in match.groups())
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise ValidationError(_("Latitude lies within 90 degrees, longitude within 180; latitude comes first."))
        return Point(longitude, latitude, srid=4326)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or "").strip()
