"""A view in the columns of ACLED and GED and in PLOVER's codes: what our own readers of them take back, and nothing they would misread."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entities.models import Actor, Place
from incidents.interchange import acled, as_acled, as_ged, ged
from incidents.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db

ISIS: dict[str, Any] = {"name_en": "Islamic State", "kind": "rebel_terrorist", "side": "isis", "acled_name": "Islamic State (Iraq)"}
ISIS |= {"acled_inter": 2, "ucdp_id": 234, "plover_code": "REB", "wikidata": "Q2429253"}
PESHMERGA: dict[str, Any] = {"name_en": "Peshmerga", "kind": "regional_military", "side": "kurdistan", "acled_inter": 1}
ARMY: dict[str, Any] = {"name_en": "Iraqi Army", "kind": "state_military", "side": "iraq", "acled_inter": 1}


def actor(values: dict[str, Any]) -> Actor:
    return make.actor(str(values["name_en"]).lower().replace(" ", "-"), **values)


def village() -> Place:
    """Khidir Jija, in the district Makhmour of Nineveh."""
    if found := Place.objects.filter(name_en="Khidir Jija").first():
        return found
    nineveh = make.place("نينوى", key="cod:IQG15", level="governorate", name_en="Nineveh", pcode="IQG15")
    makhmour = make.place("مخمور", level="district", name_en="Makhmour", under=nineveh)
    return make.place("خضر جيجة", name_en="Khidir Jija", under=makhmour)


def attack(*tolls: tuple[str, int], roles: tuple[tuple[dict[str, Any], str], ...] = ((ISIS, "perpetrator"),), **values: Any) -> Event:
    """A published attack told in one report, with so many dead of each party."""
    dead = sum(n for _party, n in tolls) or None
    values = {"deaths_low": dead, "deaths_best": dead, "deaths_high": dead, "origin_count": 1, "place": village(), **values}
    event = make.event(values.pop("type", "armed_attack"), status="published", **values)
    report = make.article(outlet=make.outlet("صحيفة الشمال", name_en="Northern Paper", reach="national"))
    words = make.quote(report, report.text, said_in=make.statement(make.speaker("الوزارة", name_en="The ministry")))
    make.claim(event, "type", passage=words)
    for party, n in tolls:
        make.claim(event, passage=words, party=party, low=n, high=n)
    for who, role in roles:
        make.participation(event, actor(who), role)
    return event


def rows(form: str, query: str = "") -> list[dict[str, str]]:
    body = b"".join(Client().get(f"/export.{form}{query}"))
    if form.endswith(".ndjson"):
        return [json.loads(line) for line in body.splitlines()]
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def picked(row: dict[str, str], *columns: str) -> tuple[str, ...]:
    return tuple(row[column] for column in columns)


def test_our_own_reader_takes_an_acled_row_back():
    attack(("peshmerga", 10), ("civilian", 3), roles=((ISIS, "perpetrator"), (PESHMERGA, "target")))
    [row] = rows("acled.csv")
    read = acled.read(row)
    assert (read.problems, read.left_out) == ([], None)
    assert (read.days.first, read.days.last, read.where.name, read.where.governorate) == (date(2021, 12, 2),) * 2 + (
        "Khidir Jija",
        "Ninewa",
    )
    assert [(who.name, who.role) for who in read.actors] == [("Islamic State (Iraq)", "participant"), ("Peshmerga", "participant")]
    assert [toll.low for toll in read.tolls] == [13]
    assert picked(row, "event_type", "inter1", "inter2", "interaction", "admin2", "source", "source_scale") == (
        "Battles", "2", "1", "12", "Makhmour", "Northern Paper", "National",
    )  # fmt: skip
    assert tuple(row)[:31] == as_acled.COLUMNS


def test_those_who_cooperate_stand_on_one_side():
    """On two, interaction 11, they would read as a fight between them."""
    event = make.event("meeting", status="published")
    for who, role in ((PESHMERGA, "visitor"), (ARMY, "host")):
        make.participation(event, actor(who), role)
    [row] = rows("acled.csv")
    assert picked(row, "actor1", "assoc_actor_1", "actor2", "interaction") == ("Iraqi Army", "Peshmerga", "", "10")
    assert row["notes"].startswith("Non-violent activity: On 2 December 2021: ")


def test_a_joint_operation_against_somebody_has_a_second_side():
    event = make.event("joint_operation", status="published")
    for who, role in ((PESHMERGA, "participant"), (ARMY, "participant"), (ISIS, "target")):
        make.participation(event, actor(who), role)
    assert picked(rows("acled.csv")[0], "actor1", "assoc_actor_1", "actor2", "interaction") == (
        "Peshmerga", "Iraqi Army", "Islamic State (Iraq)", "12",
    )  # fmt: skip


def test_an_attacker_nobody_names_is_unidentified_and_his_victims_civilians():
    attack(("civilian", 2), roles=())
    assert picked(rows("acled.csv")[0], "actor1", "actor2", "interaction", "civilian_targeting") == (
        "Unidentified Armed Group (Iraq)", "Civilians (Iraq)", "37", "Civilian targeting",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "day", "precision"),
    [
        ({"date_end": date(2021, 12, 3), "date_prec": 2, "time_of_day": "night"}, "2021-12-02", "1"),
        ({"date_end": date(2021, 12, 5), "date_prec": 2}, "2021-12-03", "2"),
        ({"date_start": date(2021, 12, 1), "date_end": date(2021, 12, 31), "date_prec": 4}, "2021-12-16", "3"),
    ],
)
def test_a_day_is_given_to_acled_no_more_exactly_than_it_is_known(values, day, precision):
    attack(**values)
    assert picked(rows("acled.csv")[0], "event_date", "time_precision", "ged_date_prec") == (day, precision, str(values["date_prec"]))


def test_what_acled_cannot_hold_is_left_out():
    attack(date_start=None)
    attack(date_end=date(2022, 10, 1), date_prec=5)
    attack(modality="denied")
    make.event("statement", status="published")
    make.event("ambush")
    assert rows("acled.csv") == []


def test_our_own_reader_takes_a_ged_row_back():
    """Its deaths by side are the sum that GED's rules ask for, and a government is side A."""
    attack(("peshmerga", 10), ("civilian", 3), roles=((ISIS, "perpetrator"), (PESHMERGA, "target")), deaths_low=10, deaths_high=14)
    [row] = rows("ged.csv")
    read = ged.read(row)
    assert (read.problems, read.left_out) == ([], None)
    assert picked(row, "type_of_violence", "conflict_new_id", "dyad_new_id", "side_a", "gwnoa", "side_b") == (
        "1", "259", "524", "Government of Iraq", "645", "IS",
    )  # fmt: skip
    deaths = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "best", "high")
    assert picked(row, *deaths) == ("10", "0", "3", "0", "10", "13", "14")
    assert picked(row, "adm_1", "source_office", "source_original") == ("Nīnawá province", "Northern Paper", "The ministry")
    assert tuple(row)[: len(as_ged.COLUMNS)] == as_ged.COLUMNS


@pytest.mark.parametrize(
    ("tolls", "roles", "expected"),
    [
        ([("civilian", 3)], [(ISIS, "perpetrator")], ("3", "506", "IS", "Civilians", "Clear")),
        ([("iraqi_army", 3)], [(ISIS, "perpetrator")], ("1", "259", "Government of Iraq", "IS", "Clear")),
        ([("isis", 3)], [(ARMY, "perpetrator"), (ISIS, "target")], ("1", "259", "Government of Iraq", "IS", "Clear")),
        ([("peshmerga", 3)], [], ("1", "", "Government of Iraq", "Unidentified", "Check type_of_violence")),
        ([("mixed", 3)], [(ISIS, "perpetrator")], ("1", "", "IS", "Unidentified", "Check type_of_violence")),
    ],
)
def test_whom_it_was_done_to_tells_geds_kind_of_violence(tolls, roles, expected):
    attack(*tolls, roles=tuple(roles))
    assert picked(rows("ged.csv")[0], "type_of_violence", "conflict_new_id", "side_a", "side_b", "code_status") == expected


def test_parts_that_do_not_make_up_the_best_figure_leave_the_rest_unknown():
    attack(("civilian", 3), ("mixed", 10), **dict.fromkeys(["deaths_low", "deaths_best", "deaths_high"], 10))
    assert picked(rows("ged.csv")[0], "deaths_civilians", "deaths_unknown", "best") == ("3", "7", "10")


def test_ged_holds_deadly_incidents_alone():
    attack()
    attack(("isis", 1), modality="foiled")
    make.event("meeting", status="published", deaths_best=1)
    assert rows("ged.csv") == []


@pytest.mark.parametrize(("lon", "lat", "cell"), [(43.786124, 33.355813, 177568), (43.873899, 34.196632, 179008), (-180.0, -90.0, 1)])
def test_the_cell_of_a_point_is_prio_grids(lon, lat, cell):
    assert as_ged.priogrid(lon, lat) == cell


def test_a_plover_line_has_who_did_it_to_whom_the_words_and_where_they_stand():
    event = attack(("peshmerga", 1), roles=((ISIS, "perpetrator"), (PESHMERGA, "target")))
    make.event("statement", status="published")
    [line] = rows("plover.ndjson")
    assert (line["id"], line["event"], line["mode"], line["cameo"]) == (event.code, "ASSAULT", "firearms", "190")
    assert [who["wikidata"] for who in line["actor"]] == ["Q2429253"]
    assert [who["name"] for who in line["recipient"]] == ["Peshmerga"]
    [words] = line["text_info"]
    passage = event.claims.first().passage
    assert passage.article.text[words["start"] : words["end"]] == words["text"]
    assert words["cite_info"]["publisher"] == "Northern Paper"
    assert (line["link"], line["licence"]) == (f"http://testserver{event.get_absolute_url()}", "CC BY 4.0")


@pytest.mark.parametrize("form", ["acled.csv", "ged.csv", "plover.ndjson"])
def test_only_the_view_is_in_the_file_and_more_events_cost_no_more_queries(form):
    shown = attack(("civilian", 1), type="ied")
    attack(("civilian", 1))
    make.event("ied", deaths_best=1)
    with CaptureQueriesContext(connection) as few:
        [row] = rows(form, "?type=ied")
    assert row["id" if form == "plover.ndjson" else "isnad_code"] == shown.code
    for _ in range(3):
        attack(("civilian", 1), type="ied")
    with CaptureQueriesContext(connection) as many:
        assert len(rows(form, "?type=ied")) == 4
    assert len(many) == len(few)


def test_no_cell_is_a_formula():
    attack(("civilian", 1), place=make.place("=1+1", name_en="=1+1"))
    assert rows("acled.csv")[0]["location"] == "'=1+1"
    assert rows("ged.csv")[0]["where_coordinates"] == "'=1+1"
