"""Geometry: distances, the coordinates of a point column in SQL, and the conditions the database holds them to."""

import math

from django.contrib.gis.geos import Point
from django.db import models

EARTH_KM = 6371.0


def km_between(first: Point, second: Point) -> float:
    """Kilometres between two points in degrees, along a great circle."""
    a, b = math.radians(first.y), math.radians(second.y)
    half = (math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(second.x - first.x) / 2) ** 2) ** 0.5
    return 2 * EARTH_KM * math.asin(min(1.0, half))


class PointX(models.Func):
    """Longitude of a point column in degrees, exactly as stored."""

    function = "ST_X"
    output_field = models.FloatField()


class PointY(models.Func):
    """Latitude of a point column in degrees, exactly as stored."""

    function = "ST_Y"
    output_field = models.FloatField()


class IsOnEarth(models.Func):
    """True for a point with finite degrees on the globe: PostGIS itself stores latitude 99, NaN and infinity."""

    template = "(ST_X(%(expressions)s) BETWEEN -180 AND 180 AND ST_Y(%(expressions)s) BETWEEN -90 AND 90)"
    output_field = models.BooleanField()

    def as_sql(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        sql, params = super().as_sql(*args, **kwargs)
        return sql, (*params, *params)  # the template names the column twice


class IsValid(models.Func):
    """True for a geometry that does not cross itself."""

    function = "ST_IsValid"
    output_field = models.BooleanField()


def point_check(field: str, name: str) -> models.CheckConstraint:
    """The database refuses a point in `field` that is not on the globe."""
    return models.CheckConstraint(condition=IsOnEarth(models.F(field)), name=name)


def shape_check(field: str, name: str) -> models.CheckConstraint:
    """The database refuses a shape in `field` that crosses itself."""
    return models.CheckConstraint(condition=IsValid(models.F(field)), name=name)
