"""The shipped gazetteer (extraction/lexicon/places.csv) keeps its own rules: a loader may trust every row of it."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "extraction" / "lexicon" / "places.csv"
COLUMNS = [
    "id", "level", "name_ar", "name_en", "name_ckb", "spellings", "parent_federal", "parent_kurdistan",
    "lat", "lon", "radius_km", "pcode", "geonames_id", "extent", "source",
]  # fmt: skip
LEVELS = {
    "country", "region", "governorate", "district", "subdistrict", "town", "village", "natural_feature", "road", "area", "facility",
}  # fmt: skip
SOURCES = ("GeoNames CC BY 4.0", "OCHA COD-AB 2019 CC BY 3.0 IGO", "curated: ")
HIERARCHIES = ("parent_federal", "parent_kurdistan")
# West, south, east, north of Iraq with a margin for representative points of border features.
BOX = (38.7, 29.0, 48.7, 37.5)
# Districts that both administrations count as theirs, by the memoranda of either side; the gazetteer takes no side.
CLAIMED_TWICE = {
    "Makhmour", "Kifri", "Khanaqin", "Kirkuk", "Daquq", "Dibis", "Tuz Khurmatu", "Sinjar", "Shekhan", "Akre", "Tel Keif", "Hamdaniya",
}  # fmt: skip


def read():
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ROWS = read()
BY_ID = {row["id"]: row for row in ROWS}


def fold(name):
    """As a reader compares names: no marks, one alef, one yeh, one kaf; independent of the extractor on purpose."""
    name = unicodedata.normalize("NFKC", name)
    name = "".join(c for c in name if not unicodedata.combining(c) and c != "\u0640").lower()
    for variants, plain in (("أإآٱ", "ا"), ("ىیې", "ي"), ("ةە", "ه"), ("ؤ", "و"), ("ئ", "ي"), ("کگ", "ك")):
        name = re.sub(f"[{variants}]", plain, name)
    return re.sub(r"[^\w]+", " ", name).strip()


def ancestors(row, hierarchy):
    """Ids from the parent of `row` up to the root; raises on a cycle."""
    seen = []
    while parent := row[hierarchy]:
        assert parent not in seen, f"{row['id']} is its own ancestor"
        seen.append(parent)
        row = BY_ID[parent]
    return seen


def in_the_country(lon, lat):
    west, south, east, north = BOX
    return west <= lon <= east and south <= lat <= north


def points(extent):
    return [tuple(map(float, pair.split())) for pair in re.search(r"\(+([^()]*)\)+", extent)[1].split(",")]


def test_the_file_has_the_columns_the_loader_reads():
    with FILE.open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == COLUMNS


def test_it_stays_compact():
    assert 600 <= len(ROWS) <= 760


def test_ids_are_unique_sorted_and_say_where_they_come_from():
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"gn:\d+|cod:IQG\d\d(Q\d\d(N\d\d)?)?|isnad:[a-z0-9-]+", i) for i in ids)


def test_an_id_agrees_with_the_code_columns():
    for row in ROWS:
        scheme, _, code = row["id"].partition(":")
        assert scheme != "gn" or row["geonames_id"] == code
        assert scheme != "cod" or row["pcode"] == code
        assert scheme != "isnad" or row["source"].startswith("curated: ")


def test_every_row_names_its_source():
    assert [row["id"] for row in ROWS if not row["source"].startswith(SOURCES)] == []
    assert [row["id"] for row in ROWS if row["source"] == "curated: "] == []


def test_levels_are_the_known_ones():
    assert {row["level"] for row in ROWS} == LEVELS


def test_names_are_there_and_in_their_own_script():
    arabic = re.compile(r"[\u0600-\u06ff]")
    for row in ROWS:
        assert arabic.search(row["name_ar"]), row["id"]
        assert re.search("[A-Za-z]", row["name_en"]), row["id"]
        assert not arabic.search(row["name_en"]), row["id"]
        assert not re.search("[A-Za-z]", row["name_ar"] + row["name_ckb"]), row["id"]


def test_sorani_names_use_sorani_letters():
    # Arabic yeh, kaf and teh marbuta in a Sorani name are a keyboard's slip: searches for the right letters would miss it.
    assert [row["id"] for row in ROWS if re.search("[\u064a\u0643\u0629\u0649\u06be]", row["name_ckb"])] == []


def test_names_are_clean_text():
    for row in ROWS:
        for name in [row["name_ar"], row["name_en"], row["name_ckb"], *row["spellings"].split("|")]:
            assert name == " ".join(name.split()), (row["id"], name)
            assert not any(unicodedata.category(c) in ("Cf", "Cc", "Mn") for c in name), (row["id"], name)
            assert unicodedata.normalize("NFC", name) == name, (row["id"], name)
            # The district a page adds in brackets tells places of one name apart, not the name itself.
            assert not set("()[]") & set(name), (row["id"], name)


def test_no_spelling_repeats_another_of_its_row():
    for row in ROWS:
        names = [row["name_ar"], row["name_en"], *filter(None, row["spellings"].split("|"))]
        again = [name for name, n in Counter(map(fold, names)).items() if n > 1]
        assert not again, (row["id"], again)


@pytest.mark.parametrize("hierarchy", HIERARCHIES)
def test_parents_exist_and_no_row_is_its_own_ancestor(hierarchy):
    for row in ROWS:
        assert not row[hierarchy] or row[hierarchy] in BY_ID, row["id"]
        ancestors(row, hierarchy)


def test_the_federal_tree_ends_at_the_country_and_the_other_at_the_region():
    for row in ROWS:
        if row["parent_federal"]:
            assert BY_ID[ancestors(row, "parent_federal")[-1]]["level"] == "country", row["id"]
        if row["parent_kurdistan"]:
            assert BY_ID[ancestors(row, "parent_kurdistan")[-1]]["level"] == "region", row["id"]


def test_every_row_but_the_country_hangs_in_a_tree():
    assert [row["id"] for row in ROWS if not row["parent_federal"] and not row["parent_kurdistan"]] == ["gn:99237"]


def test_every_village_town_and_subdistrict_lies_in_a_district():
    for row in ROWS:
        if row["level"] in ("village", "town", "subdistrict"):
            above = {BY_ID[i]["level"] for h in HIERARCHIES for i in ancestors(row, h)}
            assert "district" in above, row["id"]


def test_districts_hang_under_governorates():
    for row in ROWS:
        if row["level"] == "district" and row["parent_federal"]:
            assert BY_ID[row["parent_federal"]]["level"] == "governorate", row["id"]


def test_all_governorates_and_districts_of_the_country_are_there():
    codes = Counter(row["level"] for row in ROWS if row["id"].startswith("cod:"))
    assert (codes["governorate"], codes["district"]) == (18, 101)


def test_districts_that_both_sides_claim_stand_in_both_trees():
    named = {row["name_en"]: row for row in ROWS if row["level"] == "district"}
    for name in CLAIMED_TWICE:
        row = named[name]
        assert all(row[hierarchy] for hierarchy in HIERARCHIES), name
        assert row["parent_federal"] != row["parent_kurdistan"] or name in ("Kirkuk", "Daquq", "Dibis"), name


def test_coordinates_lie_in_the_country():
    for row in ROWS:
        assert in_the_country(float(row["lon"]), float(row["lat"])), row["id"]
        assert not row["radius_km"] or 0 < float(row["radius_km"]) <= 400, row["id"]


def test_only_things_that_are_not_points_have_an_extent():
    for row in ROWS:
        if row["extent"]:
            assert row["level"] in ("area", "natural_feature", "road"), row["id"]
            assert re.fullmatch(r"(POLYGON \(\(|LINESTRING \()[-0-9., ]+\)+", row["extent"]), row["id"]
            line = points(row["extent"])
            assert len(line) >= 2
            assert not row["extent"].startswith("POLYGON") or (line[0] == line[-1] and len(line) >= 4), row["id"]


def test_extents_lie_in_the_country():
    for row in ROWS:
        assert all(in_the_country(*point) for point in points(row["extent"] or "(44 33)")), row["id"]


def test_every_road_is_a_line():
    assert [row["id"] for row in ROWS if row["level"] == "road" and not row["extent"].startswith("LINESTRING")] == []


def test_the_village_of_many_spellings_is_found_by_each():
    row = BY_ID["gn:94401"]
    names = {fold(n) for n in [row["name_ar"], *row["spellings"].split("|")]}
    assert {fold(n) for n in ("خضر جيجة", "خضرجيجة", "خدرجيجة", "خضر جيجه", "خدر جيجة")} <= names


def test_places_of_one_name_stay_apart():
    balkana = [r for r in ROWS if r["level"] == "village" and fold(r["name_ar"]) == fold("بلكانة")]
    districts = {i for r in balkana for i in ancestors(r, "parent_federal") if re.fullmatch(r"cod:IQG..Q..", i)}
    assert {"cod:IQG16Q07", "cod:IQG13Q03"} <= districts
    plain, village = BY_ID["isnad:khazir-plain"], BY_ID["gn:94413"]
    assert plain["extent"].startswith("POLYGON")
    assert "cod:IQG13Q01" in ancestors(village, "parent_federal")


@pytest.mark.parametrize("slug", ["mount-qarachogh", "quriyjay", "garmian", "khazir-plain", "security-vacuum-belt"])
def test_what_no_gazetteer_holds_is_curated(slug):
    assert BY_ID[f"isnad:{slug}"]["source"].startswith("curated: ")


def test_the_belt_reaches_from_khanaqin_to_sahela():
    line = points(BY_ID["isnad:security-vacuum-belt"]["extent"])
    for end in ("gn:94591", "gn:6910088"):
        lon, lat = float(BY_ID[end]["lon"]), float(BY_ID[end]["lat"])
        assert min(abs(x - lon) + abs(y - lat) for x, y in line) < 0.35, end


@pytest.mark.parametrize("spelling", ["Ninewa", "Salah Al-Din", "Tooz Khurmato", "Al-Hawiga", "Telafar", "Al-Sulaymaniyah"])
def test_the_spellings_of_humanitarian_data_sets_are_known(spelling):
    names = {fold(name) for row in ROWS if row["id"].startswith("cod:") for name in [row["name_en"], *row["spellings"].split("|")]}
    assert fold(spelling) in names
