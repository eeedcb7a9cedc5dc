"""The offline base map is small, whole, and speaks every language of the interface."""

import csv
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "static" / "basemap"
FILES = {"governorates": 18, "countries": 20, "towns": 64}


def features(name):
    return json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def positions(node):
    if isinstance(node[0], int | float):
        yield node
    else:
        for child in node:
            yield from positions(child)


def test_the_whole_base_map_stays_under_90_kilobytes():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 90_000


@pytest.mark.parametrize(("name", "count"), FILES.items())
def test_every_feature_is_there_with_names_in_three_languages(name, count):
    assert len(features(name)) == count
    for feature in features(name):
        assert re.search(r"[\u0621-\u064a]", feature["properties"]["name_ar"]), feature["id"]
        assert re.search(r"[A-Za-z]", feature["properties"]["name_en"]), feature["id"]
        assert re.search(r"[\u0626-\u06d5]", feature["properties"]["name_ckb"]), feature["id"]


@pytest.mark.parametrize("name", FILES)
def test_positions_are_longitude_then_latitude(name):
    for feature in features(name):
        for lon, lat in positions(feature["geometry"]["coordinates"]):
            assert 34 <= lon <= 56, feature["id"]
            assert 25 <= lat <= 42, feature["id"]


@pytest.mark.parametrize("name", ["governorates", "countries"])
def test_rings_are_closed_and_labels_lie_in_the_outline_box(name):
    for feature in features(name):
        shape = feature["geometry"]
        for polygon in [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]:
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in polygon), feature["id"]
        lons, lats = zip(*positions(shape["coordinates"]), strict=True)
        lon, lat = feature["properties"]["label"]
        assert min(lons) < lon < max(lons) and min(lats) < lat < max(lats), feature["id"]  # noqa: PT018


@pytest.mark.parametrize("name", ["governorates", "towns"])
def test_names_are_those_of_the_gazetteer(name):
    names = ("name_ar", "name_en", "name_ckb")
    with (ROOT / "extraction" / "lexicon" / "places.csv").open(encoding="utf-8", newline="") as lines:
        places = {row["id"]: row for row in csv.DictReader(lines)}
    for feature in features(name):
        row = places[feature["id"]]
        assert {key: row[key] for key in names}.items() <= feature["properties"].items(), feature["id"]
