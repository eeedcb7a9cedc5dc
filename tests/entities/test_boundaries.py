"""Outlines reach the places whose P-code they name, and nothing else."""

import json

import pytest

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
