"""Every event of every sample report is read as its kind, and on its day where one is told, whatever the figures over all of them say."""

import json
from datetime import date
from pathlib import Path

import pytest

from extraction import extract

SAMPLES = Path(__file__).resolve().parents[2] / "incidents" / "samples"
GOLD = json.loads((SAMPLES / "gold.json").read_text(encoding="utf-8"))["articles"]


def _required(name: str) -> list[tuple[tuple[str, ...], str | None]]:
    told = [event for event in GOLD[name]["events"] if event["required"]]
    return [(tuple(event["types"]), (event.get("date") or {}).get("start")) for event in told if event["kind"] != "statistic"]


@pytest.mark.parametrize("name", sorted(GOLD))
def test_each_event_of_a_sample_is_read_as_its_kind_on_its_day(name):
    published = date.fromisoformat(GOLD[name]["published"])
    events = extract((SAMPLES / name).read_text(encoding="utf-8"), published=published).events
    read = [(e.type, e.date.first.isoformat() if e.date and e.date.first else None) for e in events]
    missed = []
    for types, day in _required(name):
        found = next((pair for pair in read if pair[0] in types and day in (None, pair[1])), None)
        if found is None:
            missed.append((types, day))
        else:
            read.remove(found)
    assert not missed, f"{missed} is not among {read}"
