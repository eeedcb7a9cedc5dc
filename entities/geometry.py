"""Geometry in SQL: the coordinates of a point column, and the conditions the database holds them to."""

from django.db import models


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
