"""A snapshot and what has changed since are, row by row, what a new snapshot would be; and nothing that was withdrawn is given out."""

import random
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from entities.models import Place
from incidents import columns, packed, snapshot
from incidents.arrays import CODED, LISTS, Columns
from incidents.models import Event, Participation, publicchange
from incidents.selection import Selection
from sources.models import Speaker
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_large")]


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every snapshot is too large to be built while a reader waits, and nothing is built behind the test's back."""
    monkeypatch.setattr(snapshot, "SMALL", 0)
    monkeypatch.setattr(snapshot, "_begin", lambda: None)
    monkeypatch.setattr(publicchange, "MARGIN", timedelta(0))


def told(found: Columns) -> dict[str, list[Any]]:
    """Every column in words, whatever their numbers."""
    read: dict[str, list[Any]] = {}
    for name in found.table.column_names:
        read[f"{name} known"] = found.known(name).tolist()
        if name in LISTS:
            words, (begins, members) = found.words(name), found.lists(name)
            read[name] = [{words[n] for n in members[begin:end]} for begin, end in pairwise(begins)]
        else:
            read[name] = found[name].tolist()
        if name in CODED:
            read[name] = [found.words(name)[number] if number >= 0 else None for number in found[name]]
    return read


def some_event(chance: random.Random, places: list[Place], speakers: list[Speaker]) -> Event:
    day = None if chance.random() < 0.2 else date(2021, 12, 1) + timedelta(days=chance.randrange(6))
    event = factories.told_event(
        date_start=day,
        date_end=day,
        date_prec=1 if day else None,
        place=chance.choice([None, *places]),
        at=chance.choice([None, (43.5, 35.25), (44.0, -35.0)]),
        deaths_low=None,
        deaths_best=chance.choice([None, 4]),
        deaths_high=None,
        by=chance.choice(speakers),
    )
    factories.participation(event, factories.actor(f"force-{chance.randrange(9)}"))
    return event


def changed(event: Event, **values: Any) -> None:
    Event.objects.filter(pk=event.pk).update(**values, modified_at=timezone.now())


def test_a_patched_snapshot_is_what_a_new_one_would_be():
    chance, places, speakers = random.Random(3), [factories.place() for _ in range(16)], [factories.speaker() for _ in range(5)]
    events = [some_event(chance, places[:8], speakers) for _ in range(30)]
    base = snapshot.rebuild()
    for _turn in range(8):
        for event in chance.sample(events, 3):
            work = chance.choice(["withdrawn", "published", "moved", "edited"])
            if work in ("withdrawn", "published"):
                changed(event, status={"withdrawn": "in_review"}.get(work, "published"))
            elif work == "moved":
                day = date(2021, 11, 28) + timedelta(days=chance.randrange(12))
                changed(event, date_start=day, date_end=day + timedelta(days=chance.randrange(300)), date_prec=2)
            else:
                Participation.objects.filter(event=event).delete()
                factories.participation(event, factories.actor(f"force-{chance.randrange(20)}"))
                changed(event, place=chance.choice(places), deaths_best=300)
        events.append(some_event(chance, places, [*speakers, factories.speaker()]))
        patched = snapshot.current()
        assert patched.base == base != patched
        assert told(patched.columns()) == told(Columns(columns.build()))
        assert len(patched.columns().changes["gone"]) < 30, "nothing of the base is left: the test shows nothing"


def test_a_patch_tells_where_new_places_lie():
    factories.told_event(place=factories.place(key="isnad:old"))
    snapshot.rebuild()
    factories.told_event(place=factories.place(key="isnad:village", under=factories.place(key="isnad:nineveh")))
    found = snapshot.current().columns()
    assert found.about["parents"] == {"isnad:village": ["isnad:nineveh"]}
    assert found.words("place") == ["isnad:old", "isnad:nineveh", "isnad:village"]


def test_scripts_get_the_patch_and_the_base_it_names():
    factories.told_event()
    base = snapshot.rebuild()
    factories.told_event(code="ISN-2021-000777")
    patched = snapshot.current()
    first, second = (
        Client().get(f"/snapshot/{version.version}.columns", headers={"Accept-Encoding": "zstd"}) for version in (patched, base)
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert first["ETag"] != second["ETag"]
    bodies = [b"".join(answer) for answer in (first, second)]
    assert [body == found.packed("zstd").read_bytes() for body, found in zip(bodies, (patched, base), strict=True)] == [True, True]
    assert f'"base":"{base.version}"'.encode() in patched.packed("").read_bytes()


def test_an_older_patch_leads_to_the_newest():
    factories.told_event()
    snapshot.rebuild()
    factories.told_event()
    older = snapshot.current()
    factories.told_event()
    answer = Client().get(f"/snapshot/{older.version}.columns")
    assert answer["Location"] == f"/snapshot/{snapshot.current().version}.columns"
    shapes = Client().get(f"/snapshot/{older.version}/shapes.json")
    assert shapes["Location"] == f"/snapshot/{snapshot.current().version}/shapes.json"


def test_a_withdrawn_event_is_in_no_count_at_once_and_its_base_is_given_out_no_more():
    event, _other = factories.told_event(code="ISN-2021-000777"), factories.told_event()
    base = snapshot.rebuild()
    changed(event, status="in_review")
    patched = snapshot.current()
    assert (patched.base, Selection.shown({}).count()) == (base, 1)
    for version in (patched, base):
        answer = Client().get(f"/snapshot/{version.version}.columns", follow=True)
        assert len(answer.redirect_chain) == 1
        found = snapshot.current()
        assert not found.is_patched
        assert b"".join(answer) == found.packed("").read_bytes()
        assert found.columns()["code"].tolist() == [columns.number_of(_other.code)]


def test_an_event_published_and_withdrawn_since_leaves_its_base_as_it_was():
    """The base never held it: there is nothing to hide, and nobody has to wait."""
    factories.told_event()
    base = snapshot.rebuild()
    passing = factories.told_event()
    held = snapshot.current().version
    changed(passing, status="in_review")
    assert (snapshot.current().base, snapshot.current().is_public, len(snapshot.current().columns())) == (base, True, 1)
    assert snapshot.find(held) is None


def test_files_of_older_versions_are_deleted(monkeypatch):
    monkeypatch.setattr(snapshot, "MOMENT", -1)
    factories.told_event()
    versions = [snapshot.rebuild()]
    for _ in range(4):
        factories.told_event()
        versions.append(snapshot.current())
    stems = {path.name.partition(".")[0] for path in versions[0].folder.iterdir() if path.suffix}
    assert stems == {version.version for version in (versions[0], *versions[-2:])}


def test_notebooks_get_one_file():
    factories.told_event()
    snapshot.rebuild()
    factories.told_event()
    assert snapshot.current().is_patched
    answer = Client().get("/snapshot.arrow")
    assert answer["ETag"] == f'"{snapshot.current().version}"'
    assert not snapshot.current().is_patched
    assert len(b"".join(answer)) == snapshot.current().arrow.stat().st_size


def test_a_base_is_read_anew_behind_its_readers_when_its_patch_is_old_or_hides_what_was_withdrawn(monkeypatch):
    begun: list[bool] = []
    monkeypatch.setattr(snapshot, "_begin", lambda: begun.append(True))
    event = factories.told_event()
    snapshot.rebuild()
    factories.told_event()
    snapshot.current()
    assert begun == []
    monkeypatch.setattr(snapshot, "FOLD", -1)
    snapshot.current()
    assert begun == [True]
    monkeypatch.setattr(snapshot, "FOLD", 60)
    changed(event, status="in_review")
    snapshot.current()
    assert begun == [True, True]


def test_more_than_a_patch_holds_is_read_as_a_whole_and_readers_wait_for_it_only_where_something_was_withdrawn(monkeypatch):
    monkeypatch.setattr(snapshot, "MOST", 1)
    first = factories.told_event()
    base = snapshot.rebuild()
    factories.told_event()
    factories.told_event()
    assert snapshot.current() == base
    changed(first, status="in_review")
    assert (snapshot.current().is_patched, len(snapshot.current().columns())) == (False, 2)


def test_names_of_the_base_are_not_told_again():
    said_by = factories.speaker(slug="known")
    factories.told_event(place=factories.place(key="isnad:old"), by=said_by)
    snapshot.rebuild()
    factories.told_event(place=factories.place(key="isnad:new"), by=said_by)
    content = snapshot.current().packed("").read_bytes()
    assert b"isnad:new" in content
    assert b"isnad:old" not in content
    assert b"known" not in content
    assert content[:8] == packed.MAGIC
    assert np.array_equal(snapshot.current().columns()["origins"], [1, 1])
