"""Areas that readers draw on the map: one closed line of corners that never meets itself.

In an address `1~43.1,34.9~44.2,34.9~44.2,35.8`: the version of this spelling, then longitude and latitude of each corner in degrees of at
most six decimals. Corners are whole microdegrees, as the events' points are to every filter; its edge belongs to an area. On whole numbers
of this size doubles are exact, so the database, the columns of the snapshot (`covered`) and the browser (static/js/data/area.js) let in the
same events, those on the edge too.
"""

import re

import numpy as np
from django.contrib.gis.geos import Polygon
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

VERSION = "1"
FEWEST, MOST = 3, 50
# Above it the products of two differences outgrow the 53 bits in which a double is exact.
WIDEST = 90_000_000
_CORNER = re.compile(r"(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)", re.ASCII)

Area = tuple[tuple[int, int], ...]


def read(text: str) -> Area:
    """The corners, in microdegrees; ValidationError with a sentence where this is no area."""
    version, *parts = text.split("~")
    if version != VERSION:
        raise ValidationError(_("An area begins with the version of its spelling: 1~43.1,34.9~44.2,34.9~44.2,35.8."))
    if not FEWEST <= len(parts) <= MOST:
        raise ValidationError(_("An area has %(fewest)d to %(most)d corners."), params={"fewest": FEWEST, "most": MOST})
    corners = tuple(_corner(part) for part in parts)
    for values in zip(*corners, strict=True):
        if max(values) - min(values) > WIDEST:
            raise ValidationError(_("An area spans at most %(n)d degrees."), params={"n": WIDEST // 1_000_000})
    # A corner given twice in a row would be no edge at all.
    if any(one == next_ for one, next_ in zip(corners, (*corners[1:], corners[0]), strict=True)) or not polygon(corners).valid:
        raise ValidationError(_("The line around an area must not cross or touch itself."))
    return corners


def _corner(text: str) -> tuple[int, int]:
    found = _CORNER.fullmatch(text)
    lon, lat = (round(float(part) * 1e6) for part in found.groups()) if found else (None, None)
    if lon is None or lat is None or abs(lon) > 180_000_000 or abs(lat) > 90_000_000:
        raise ValidationError(
            _("“%(corner)s” is no corner: longitude,latitude in degrees of at most six decimals."), params={"corner": text[:40]}
        )
    return lon, lat


def polygon(area: Area) -> Polygon:
    """The area in the plane of whole microdegrees, without a reference system."""
    return Polygon((*area, area[0]))


def bounds(area: Area) -> tuple[int, int, int, int]:
    """(west, south, east, north)."""
    lons, lats = zip(*area, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def covered(area: Area, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Which of these points lie in it or on its edge; all in whole microdegrees, as everywhere."""
    x, y = lon.astype(np.int64), lat.astype(np.int64)
    is_inside, is_on_edge = np.zeros(len(x), bool), np.zeros(len(x), bool)
    for (ax, ay), (bx, by) in zip((area[-1], *area[:-1]), area, strict=True):
        turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        is_on_edge |= (turn == 0) & (x >= min(ax, bx)) & (x <= max(ax, bx)) & (y >= min(ay, by)) & (y <= max(ay, by))
        # A ray to the east meets the edge: its lower end counts, its upper one does not.
        is_inside ^= ((ay <= y) & (y < by) & (turn > 0)) | ((by <= y) & (y < ay) & (turn < 0))
    return is_inside | is_on_edge
