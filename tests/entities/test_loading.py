from pathlib import Path

import pytest

from entities.loading import LoadError, load_actors, load_places
from entities.models import Actor, Place, PlaceSpelling

pytestmark = pytest.mark.django_db
HEADER = "id,level,name_ar,name_en,name_ckb,spellings,parent_federal,parent_kurdistan,lat,lon,radius_km,pcode,geonames_id,extent,source\n"
DISTRICT = "cod:T1,district,مخمور,Makhmour,مەخموور,,,,35.77,43.58,20,T1,,,OCHA\n"
VILLAGE = "gn:9,village,خضر جيجة,Khidir Jija,,خضرجيجة|خدرجيجة,cod:T1,cod:T1,35.76,43.68,1,,9,,GeoNames\n"


def write(folder: Path, text: str) -> Path:
    file = folder / "places.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_spelling_finds_the_one_place(tmp_path):
    load_places(write(tmp_path, HEADER + DISTRICT + VILLAGE))
    for spelling in ("خضر جيجة", "خضرجيجه", "خدرجيجة", "khidir jija"):
        assert [p.key for p in Place.objects.named(spelling)] == ["gn:9"]


def test_a_disputed_place_lies_in_both_administrations(tmp_path):
    load_places(write(tmp_path, HEADER + DISTRICT + VILLAGE))
    village = Place.objects.get(key="gn:9")
    assert village.parent_in("federal").key == village.parent_in("kurdistan").key == "cod:T1"


def test_loading_twice_changes_nothing(tmp_path):
    file = write(tmp_path, HEADER + DISTRICT + VILLAGE)
    load_places(file)
    before = (Place.objects.count(), PlaceSpelling.objects.count())
    assert load_places(file).refused == []
    assert (Place.objects.count(), PlaceSpelling.objects.count()) == before


def test_a_changed_file_moves_the_place_and_keeps_its_row(tmp_path):
    load_places(write(tmp_path, HEADER + DISTRICT + VILLAGE))
    pk = Place.objects.get(key="gn:9").pk
    load_places(write(tmp_path, HEADER + DISTRICT + VILLAGE.replace("35.76", "35.80")))
    assert (Place.objects.get(key="gn:9").pk, Place.objects.get(key="gn:9").point.y) == (pk, 35.80)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x:1,hamlet,قرية,,,,,,35,43,,,,,\n", "line 2: level: “hamlet”"),
        ("x:1,village,قرية,,,,,,north,43,,,,,\n", "line 2: lat, lon"),
        ("x:1,village,قرية,,,,,,99,43,,,,,\n", "line 2: lat, lon: 99.0, 43.0 is not on earth"),
        ("x:1,village,,,,,,,35,43,,,,,\n", "line 2: name_ar"),
        ("x:1,village,قرية,,,,,,35,43,,,,POLYGON((,\n", "line 2: extent"),
        ("x:1,village,قرية,,,,cod:none,,35,43,,,,,\n", "line 2: parent_federal: there is no place “cod:none”"),
    ],
)
def test_a_refused_row_names_its_line_field_and_reason_and_the_rest_goes_on(tmp_path, row, reason):
    outcome = load_places(write(tmp_path, HEADER + row + DISTRICT))
    assert outcome.refused[0].startswith(reason)
    assert Place.objects.filter(key="cod:T1").exists()


def test_a_register_dump_loads_with_its_tree(tmp_path):
    text = (
        "id,kind,name_en,name_ar,name_ku,alt_latin,lat,lon,pcode,source\n"
        "cod:IQG01,ADM1,Anbar,الانبار,,,33.2,41.4,IQG01,OCHA\n"
        "cod:IQG01Q02,ADM2,Heet,هيت,,,33.6,42.8,IQG01Q02,OCHA\n"
        "gn:77,PPL,Village,قرية,,Qarya;Qarya 2,33.61,42.81,IQG01Q02,GeoNames\n"
    )
    assert load_places(write(tmp_path, text)).refused == []
    assert [p.key for p in Place.objects.get(key="gn:77").ancestors()] == ["cod:IQG01Q02", "cod:IQG01"]


def test_a_geonames_export_loads(tmp_path):
    row = "94401\tKhidir Jija\tKhidir Jija\tخضر جيجة,Xidir\t35.76\t43.68\tP\tPPL\tIQ\t\t11\t\t\t\t0\t\t300\tAsia/Baghdad\t2020-01-01\n"
    load_places(write(tmp_path, row))
    place = Place.objects.get(key="gn:94401")
    assert (place.name_ar, place.name_en, place.level) == ("خضر جيجة", "Khidir Jija", "village")


def test_a_file_of_another_form_is_refused_whole(tmp_path):
    with pytest.raises(LoadError, match="line 1"):
        load_places(write(tmp_path, "a,b\n1,2\n"))


def test_the_cast_knows_who_commands_whom(tmp_path):
    file = tmp_path / "actors.csv"
    file.write_text(
        "slug,kind,name_ar,name_en,name_ckb,spellings,parent,side,acled_name,acled_inter,ucdp_id,plover_code,wikidata\n"
        "ministry,ministry,وزارة البيشمركة,Ministry,,,,kurdistan,,1,,GOV,\n"
        "brigade-10,regional_military,اللواء العاشر,10th Brigade,,اللواء 10,ministry,kurdistan,,1,,MIL,\n",
        encoding="utf-8",
    )
    load_actors(file)
    load_actors(file)
    assert Actor.objects.named("اللواء 10").get().parent_on().slug == "ministry"
