"""The sample reports and their truth (incidents/samples) are whole: spans are exact, names are known, texts are their own."""

import csv
import json
import re
import unicodedata
from datetime import date
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from incidents.models import EventLink
from incidents.taxonomy import COORDINATION_TYPES, INCIDENT_TYPES, Harm, Modality, Party, Role

FOLDER = Path(__file__).parents[2] / "incidents" / "samples"
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
GOLD = json.loads((FOLDER / "gold.json").read_text(encoding="utf-8"))
with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as lines:
    MANIFEST = {row["path"]: row for row in csv.DictReader(lines)}

NOTICES = ("نموذج توضيحي كُتب لمشروع إسناد، وليس خبراً منشوراً.", "Illustrative sample written for the Isnad project; not a published report.")
COMMUNIQUE = {"communique-1-agency.txt", "communique-2-newspaper.txt"}
TYPES = {"incident": INCIDENT_TYPES, "coordination": COORDINATION_TYPES, "statistic": ["aggregate"]}
EVENTS = [(name, i, event) for name, article in GOLD["articles"].items() for i, event in enumerate(article["events"])]


def ngrams(text, n):
    """Folded word n-grams of a report without its notice."""
    for notice in NOTICES:
        text = text.replace(notice, "")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace("ة", "ه").replace("ى", "ي")
    words = re.findall(r"\w+", text)
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def test_every_report_is_in_the_manifest_and_in_the_truth():
    assert set(TEXTS) == set(MANIFEST) == set(GOLD["articles"])


@pytest.mark.parametrize("name", TEXTS)
def test_every_report_says_that_it_is_a_sample(name):
    assert any(notice in TEXTS[name] for notice in NOTICES)


@pytest.mark.parametrize("name", TEXTS)
def test_outlets_stand_on_domains_that_can_never_exist(name):
    address = urlsplit(MANIFEST[name]["url"])
    assert address.scheme == "https"
    assert address.hostname.endswith(".example")


def test_addresses_are_unique():
    assert len({row["url"] for row in MANIFEST.values()}) == len(MANIFEST)


def test_the_manifest_uses_the_words_of_the_model():
    for row in MANIFEST.values():
        assert row["outlet_kind"] in {"newspaper", "agency", "broadcaster", "website", "official_site", "social", "monitor", "dataset"}
        assert row["side"] in {"", "iraq", "kurdistan", "coalition"}
        assert row["language"] in {"ar", "en"}
        assert row["outlet"]
        assert row["outlet_en"]


@pytest.mark.parametrize("name", TEXTS)
def test_manifest_and_truth_agree_on_the_day_and_the_language(name):
    assert date.fromisoformat(MANIFEST[name]["published"])
    assert MANIFEST[name]["published"] == GOLD["articles"][name]["published"]
    assert MANIFEST[name]["language"] == GOLD["articles"][name]["language"]


@pytest.mark.parametrize("name", TEXTS)
def test_the_title_stands_in_the_text(name):
    assert GOLD["articles"][name]["title"] in TEXTS[name].splitlines()


@pytest.mark.parametrize(("name", "index", "event"), EVENTS)
def test_every_quote_is_exactly_its_span(name, index, event):
    start, end = event["span"]
    assert TEXTS[name][start:end] == event["quote"]


@pytest.mark.parametrize(("name", "index", "event"), EVENTS)
def test_events_use_known_slugs(name, index, event):
    assert set(event["types"]) <= set(TYPES[event["kind"]])
    assert {a["role"] for a in event["actors"]} <= set(Role.values)
    assert {c["harm"] for c in event["casualties"]} <= set(Harm.values)
    assert {c["party"] for c in event["casualties"]} <= set(Party.values)
    assert event.get("modality", "occurred") in Modality.values


@pytest.mark.parametrize(("name", "index", "event"), EVENTS)
def test_values_are_possible(name, index, event):
    for count in event["casualties"]:
        assert 0 <= count["low"] <= count["high"]
    if "date" in event:
        start, end = (date.fromisoformat(event["date"][key]) for key in ("start", "end"))
        assert start <= end <= date.fromisoformat(GOLD["articles"][name]["published"])


@pytest.mark.parametrize(("name", "index", "event"), EVENTS)
def test_named_places_stand_in_the_text(name, index, event):
    assert [place for place in event["places"] if place not in TEXTS[name]] == []


def test_merges_and_links_point_at_events():
    events = {(name, i) for name, i, _ in EVENTS}
    ends = [tuple(m) for merge in GOLD["merges"] for m in merge["members"]]
    ends += [tuple(link[end]) for link in GOLD["links"] for end in ("source", "target")]
    assert [end for end in ends if end not in events] == []
    assert {link["relation"] for link in GOLD["links"]} <= set(EventLink.Relation.values)


def test_merged_reports_speak_of_one_kind_of_event():
    kinds = {(name, i): event["kind"] for name, i, event in EVENTS}
    for merge in GOLD["merges"]:
        assert len({kinds[tuple(m)] for m in merge["members"]}) == 1, merge["event"]


def test_only_the_communique_is_carried_in_the_same_words():
    for one, other in combinations(TEXTS, 2):
        shared = ngrams(TEXTS[one], 8) & ngrams(TEXTS[other], 8)
        assert bool(shared) == ({one, other} == COMMUNIQUE), (one, other, sorted(shared)[:1])


def test_the_samples_cover_what_a_desk_meets():
    types = {slug for _, _, event in EVENTS for slug in event["types"]}
    assert {"ied", "abduction", "air_strike", "arrest", "shelling", "sniper", "suicide_bombing", "infiltration"} <= types
    assert {"meeting", "call", "joint_operation", "centre", "committee", "agreement", "visit"} <= types
    assert {event["kind"] for _, _, event in EVENTS} == set(TYPES)
    assert {event.get("modality") for _, _, event in EVENTS} >= {"denied", "foiled", "announced"}
    assert any(not article["events"] for article in GOLD["articles"].values())


def test_the_attack_told_by_four_outlets_has_a_toll_that_rises():
    reports = [GOLD["articles"][name]["events"][index] for name, index in GOLD["merges"][0]["members"]]
    assert [c["high"] for report in reports for c in report["casualties"] if c["party"] == "mixed"] == [9, 10, 12, 13]
