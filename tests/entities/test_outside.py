"""When a point cannot be meant by a place that is named with it."""

import pytest
from django.contrib.gis.geos import LineString, Point, Polygon

from tests import factories

pytestmark = pytest.mark.django_db


def at(longitude, latitude):
    return Point(longitude, latitude, srid=4326)


def square(west, south, east, north):
    return Polygon.from_bbox((west, south, east, north))


def test_a_place_with_an_outline_holds_what_lies_in_it():
    district = factories.place(level="district", boundary=square(43, 35, 44, 36), point=at(43.5, 35.5))
    assert not district.is_outside(at(43.99, 35.99))
    assert district.is_outside(at(44.01, 35.5))


def test_a_village_reaches_25_km_but_not_out_of_its_district():
    district = factories.place(level="district", boundary=square(43, 35, 44, 36))
    village = factories.place(under=district, point=at(43.95, 35.5))
    assert not village.is_outside(at(43.99, 35.5))
    assert village.is_outside(at(44.01, 35.5))
    assert village.is_outside(at(43.5, 35.5))


def test_what_two_administrations_claim_lies_in_either():
    federal, kurdistan = (factories.place(level="district", boundary=square(*b)) for b in ((43, 35, 44, 36), (44, 35, 45, 36)))
    village = factories.place(under=federal, point=at(44, 35.5))
    village.memberships.create(parent=kurdistan, hierarchy="kurdistan")
    assert not village.is_outside(at(43.95, 35.5))
    assert not village.is_outside(at(44.05, 35.5))


def test_a_road_reaches_along_its_line_and_a_place_of_no_known_shape_holds_anything():
    road = factories.place(level="road", point=at(43, 35), boundary=LineString((43, 35), (45, 35)))
    assert not road.is_outside(at(45, 35.1))
    assert road.is_outside(at(45, 35.5))
    assert not factories.place(point=None).is_outside(at(10, 50))
