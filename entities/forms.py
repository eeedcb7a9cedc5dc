"""A point as editors give it: pasted coordinates, or a click on the map."""

import re
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from entities.models import Place

_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")
_NUMBERS = re.compile(r"^\s*(-?\d{1,3}(?:[.٫]\d+)?)\s*[°]?\s*[,،;\s]\s*(-?\d{1,3}(?:[.٫]\d+)?)\s*[°]?\s*$")


class PointInput(forms.TextInput):
    """A line for "latitude, longitude", and beside it the map that fills it. Without JavaScript the line alone."""

    class Media:
        css = {"all": ["leaflet/leaflet.css", "css/point.css"]}
        js = ["leaflet/leaflet.js"]

    def __init__(self, *, where: str = "admin:entities_place_where", attrs: dict[str, Any] | None = None) -> None:
        """`where`: the route that is asked where the place lies which the form's field `place` names."""
        super().__init__({"dir": "ltr", "size": 24, "placeholder": "35.7644, 43.6795", "autocomplete": "off", **(attrs or {})})
        self.where = where

    def format_value(self, value: Any) -> str:
        return f"{value.y:.6f}, {value.x:.6f}" if isinstance(value, Point) else (value or "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        base = {layer: static(f"basemap/{layer}.geojson") for layer in ("countries", "governorates", "towns")}
        own = (attrs or {}).get("id", f"id_{name}")
        context = {"id": own, "base": base, "place": f"{own.removesuffix('point')}place", "where": reverse(self.where)}
        return super().render(name, value, attrs, renderer) + render_to_string("admin/point.html", context)


def point_of(text: str) -> Point | None:
    """The point a line of coordinates means, None for an empty one. Raises ValidationError for what is no point."""
    text = text.strip().translate(_FIGURES)
    if not text:
        return None
    match = _NUMBERS.match(text)
    if not match:
        raise ValidationError(_("Two numbers, latitude and longitude in degrees: 35.7644, 43.6795."))
    latitude, longitude = (float(number) for number in match.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValidationError(_("Latitude lies within 90 degrees, longitude within 180; latitude comes first."))
    return Point(longitude, latitude, srid=4326)


class PointField(forms.CharField):
    """A point in WGS 84, written as latitude and longitude in degrees. Arabic digits and separators are understood."""

    widget = PointInput

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Latitude, longitude in degrees: paste them, or click on the map")
        super().__init__(**{"label": _("point"), "required": False, "help_text": help_text, **kwargs})

    def prepare_value(self, value: Any) -> str:
        return PointInput().format_value(value)

    def clean(self, value: Any) -> Point | None:
        return point_of(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or "").strip()


def whereabouts(place: Place | None, at: str) -> dict[str, Any]:
    """What the map asks about a place and a line of coordinates: {latitude, longitude} of the place where it has a point, and
    `is_outside`, whether the point of that line lies where the place is not. {} for no place."""
    if not place:
        return {}
    try:
        point = point_of(at[:60])
    except ValidationError:
        point = None
    found: dict[str, Any] = {"is_outside": point is not None and place.is_outside(point)}
    return {**found, "latitude": place.point.y, "longitude": place.point.x} if place.point else found


def is_far(place: Place | None, point: Point | None) -> str:
    """The warning for a point that lies outside the place that is named with it; '' for none."""
    if not place or not point or not place.is_outside(point):
        return ""
    return str(_("The point lies outside %(place)s: is it the right one?") % {"place": place})
