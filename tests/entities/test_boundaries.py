"""Outlines reach the places whose P-code they name, and nothing else; rivers and lakes reach the map."""

import json

import pytest
from django.test import Client

from entities.boundaries import load_boundaries
from entities.loading import LoadError
from tests import factories

pytestmark = pytest.mark.django_db
SQUARE = {"type": "Polygon", "coordinates": [[[43, 35], [44, 35], [44, 36], [43, 36], [43, 35]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[43, 35], [44, 36], [44, 35], [43, 36], [43, 35]]]}


def write(path, *features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_a_district_gets_its_outline_and_not_its_governorate_s(tmp_path):
    governorate = factories.place("أربيل", key="cod:IQG11", pcode="IQG11")
    district = factories.place("مخمور", key="cod:IQG11Q05", pcode="IQG11Q05")
    outcome = load_boundaries(write(tmp_path / "adm2.json", feature(SQUARE, ADM1_PCODE="IQG11", ADM2_PCODE="IQG11Q05", ADM2_EN="Makhmour")))
    governorate.refresh_from_db()
    district.refresh_from_db()
    assert outcome.written == 1
    assert district.boundary.geom_type == "Polygon"
    assert governorate.boundary is None


@pytest.mark.parametrize(
    "given",
    [
        feature(SQUARE, ADM2_PCODE="IQ9999"),
        feature(SQUARE, name="none"),
        feature(BOW_TIE, ADM2_PCODE="IQG11"),
        feature(None, ADM2_PCODE="IQG11"),
        feature({"type": "Point", "coordinates": [43, 35]}, ADM2_PCODE="IQG11"),
        feature({"type": "Polygon", "coordinates": [[[4300, 35], [4400, 35], [4400, 36], [4300, 35]]]}, ADM2_PCODE="IQG11"),
    ],
)
def test_what_is_no_outline_of_a_known_place_is_refused_with_its_reason(tmp_path, given):
    place = factories.place("أربيل", key="cod:IQG11", pcode="IQG11")
    outcome = load_boundaries(write(tmp_path / "adm.json", given))
    place.refresh_from_db()
    assert (outcome.written, len(outcome.refused), place.boundary) == (0, 1, None)


def test_a_file_that_is_no_collection_is_an_error_that_says_so(tmp_path):
    (tmp_path / "adm.json").write_text("[]")
    with pytest.raises(LoadError, match="no GeoJSON"):
        load_boundaries(tmp_path / "adm.json")


RIVER = {"type": "LineString", "coordinates": [[43.123456, 35], [44, 36]]}


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


def kinds():
    return [each["properties"]["kind"] for each in Client().get("/basemap/waters.json").json()["features"]]


def test_rivers_and_lakes_reach_the_map_and_no_place(tmp_path, var):
    assert Client().get("/basemap/waters.json").status_code == 404
    assert "waters.json" not in Client().get("/").content.decode()
    outcome = load_boundaries(write(tmp_path / "water.json", feature(RIVER, name="Tigris"), feature(SQUARE, featurecla="Reservoir")))
    assert (outcome.written, outcome.refused) == (2, [])
    assert kinds() == ["river", "lake"]
    assert Client().get("/basemap/waters.json").json()["features"][0]["geometry"]["coordinates"] == [[43.1235, 35.0], [44.0, 36.0]]
    assert "waters.json" in Client().get("/").content.decode()


def test_rivers_loaded_again_replace_the_rivers_and_leave_the_lakes(tmp_path, var):
    load_boundaries(write(tmp_path / "lakes.json", feature(SQUARE, featurecla="Lake")))
    for _ in range(2):
        load_boundaries(write(tmp_path / "rivers.json", feature(RIVER), feature(RIVER)))
    assert kinds() == ["lake", "river", "river"]


def test_a_line_with_a_p_code_is_no_outline(tmp_path, var):
    factories.place("أربيل", key="cod:IQG11", pcode="IQG11")
    assert load_boundaries(write(tmp_path / "adm.json", feature(RIVER, ADM1_PCODE="IQG11"))).written == 0
