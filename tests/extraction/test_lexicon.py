"""The lexicon is data an Arabist edits: a wrong line is refused here, with its file and its words."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from extraction.folding import fold
from extraction.lexicon import HERE, rows

TABLES = [
    "triggers",
    "harm",
    "cues",
    "people",
    "offices",
    "place_words",
    "weapons",
    "measures",
    "months",
    "weekdays",
    "numbers",
    "time_phrases",
    "furniture",
    "words",
]
KEYS = {
    "triggers": ("term", "pos", "with"),
    "harm": ("term", "pos"),
    "cues": ("term", "pos", "cue"),
    "months": ("name",),
    "weekdays": ("name",),
    "numbers": ("word",),
    "time_phrases": ("phrase",),
    "furniture": ("kind", "phrase"),
    "words": ("set", "word"),
}
INCIDENTS = {
    "armed_attack",
    "ambush",
    "clash",
    "ied",
    "suicide_bombing",
    "shelling",
    "air_strike",
    "sniper",
    "abduction",
    "killing",
    "arson_destruction",
    "arrest",
    "security_operation",
    "weapons_seizure",
    "infiltration",
    "other_incident",
}
COORDINATION = {
    "meeting",
    "visit",
    "conference",
    "call",
    "agreement",
    "joint_operation",
    "air_support",
    "joint_patrol",
    "training",
    "centre",
    "joint_force",
    "committee",
    "intelligence_sharing",
    "support",
    "statement",
    "request",
    "redeployment",
    "suspension",
    "other_coordination",
}
HARMS = {"killed", "wounded", "abducted", "arrested", "missing", "surrendered", "displaced", "casualties", "unsplit"}


@pytest.mark.parametrize("table", TABLES)
def test_no_line_stands_twice(table):
    keys = KEYS.get(table, ("term",))
    seen = Counter(tuple(fold(row[key]) for key in keys) for row in rows(f"{table}.tsv"))
    assert not [line for line, count in seen.items() if count > 1]


@pytest.mark.parametrize("table", TABLES)
def test_every_line_has_its_columns_and_no_stray_space(table):
    with open(HERE / f"{table}.tsv", encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]
    width = lines[0].count("\t")
    assert not [line for line in lines if line.count("\t") != width or line != line.replace("\t ", "\t").rstrip(" ")]


def test_a_trigger_names_one_type_and_one_of_ours():
    types: dict[tuple[str, str], set[str]] = {}
    for row in rows("triggers.tsv"):
        assert row["pos"] in {"noun", "verb", "fixed"}, row
        assert row["strength"] in {"strong", "weak", "plural", "anaphor"}, row
        assert row["type"] in (INCIDENTS if row["kind"] == "incident" else COORDINATION), row
        assert " " not in row["with"], f"what must stand near is looked for word by word: {row}"
        if not row["with"]:
            types.setdefault((fold(row["term"]), row["pos"]), set()).add(row["type"])
    assert not {term: found for term, found in types.items() if len(found) > 1}


def test_a_word_of_harm_names_one_harm():
    harms: dict[str, set[str]] = {}
    for row in rows("harm.tsv"):
        assert row["harm"] in HARMS, row
        assert row["form"] in {"process", "people", "verb", "idiom"}, row
        harms.setdefault(fold(row["term"]), set()).add(row["harm"])
    assert not {term: found for term, found in harms.items() if len(found) > 1 and term not in {fold("احتجاز"), fold("أسر")}}


def test_a_person_noun_has_a_party_and_a_number():
    assert {row["number"] for row in rows("people.tsv")} <= {"1", "2", "p"}


def test_months_and_weekdays_stay_in_the_calendar():
    assert {int(row["month"]) for row in rows("months.tsv") if row["calendar"] == "gregorian"} == set(range(1, 13))
    assert {int(row["day"]) for row in rows("weekdays.tsv")} == set(range(7))


@pytest.mark.parametrize("table", ["actors", "speakers"])
def test_a_name_stands_for_one_row(table):
    names: dict[str, set[str]] = {}
    for row in rows(f"{table}.csv"):
        for name in (row["name_ar"], *row["spellings"].split("|")):
            if name:
                names.setdefault(fold(name), set()).add(row["slug"])
    assert not {name: slugs for name, slugs in names.items() if len(slugs) > 1}


def test_parents_and_organs_are_rows():
    actors = {row["slug"] for row in rows("actors.csv")}
    assert {row["parent"] for row in rows("actors.csv")} - {""} <= actors
    speakers = {row["slug"] for row in rows("speakers.csv")}
    assert {row["organ_of"] for row in rows("speakers.csv")} - {""} <= speakers
    assert {row["actor"] for row in rows("speakers.csv")} - {""} <= actors


def test_the_words_of_a_set_stand_together_and_the_sets_in_order_of_name():
    sets = [row["set"] for row in rows("words.tsv")]
    assert sets == sorted(sets), next(f"“{b}” stands behind “{a}”" for a, b in pairwise(sets) if b < a)


def test_every_kind_of_cue_is_asked_for_by_some_module():
    sources = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "extraction").glob("*.py"))
    unread = {row["cue"] for row in rows("cues.tsv")} - set(re.findall(r'"(\w+)"', sources))
    assert not unread
