"""A release holds everything published at one moment, and never changes."""

import csv
import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import InternalError, transaction

from incidents import releases
from incidents.models import Release
from tests import factories as make

pytestmark = pytest.mark.django_db
SITE = "https://isnad.example"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)


def test_a_release_holds_what_is_published_in_every_format_and_nothing_else(client) -> None:
    published, draft = make.told_event(), make.told_event(status="draft", title_en="Zanbaqsecret")
    release = releases.freeze(site=SITE)
    answer = client.get("/api/v1/releases/").json()["results"][0]
    assert (answer["name"], answer["events"], answer["history_head"]) == (release.name, 1, release.history_head)
    found = {}
    for file in answer["files"]:
        body = b"".join(client.get(file["url"]))
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (file["sha256"], file["bytes"])
        assert b"Zanbaqsecret" not in body
        found[file["name"]] = body
    rows = list(csv.DictReader(found["events.csv"].decode("utf-8-sig").splitlines()))
    assert [(row["code"], row["view"]) for row in rows] == [(published.code, f"{SITE}/")]
    assert json.loads(found["events.ndjson"])["code"] == published.code != draft.code
    assert set(found) == {f"events.{form}" for form in releases.FORMS}
    assert release.name in client.get("/about/").content.decode()


def test_a_release_never_changes(client) -> None:
    event = make.told_event(title_en="Before")
    release = releases.freeze(site=SITE)
    url = client.get("/api/v1/releases/").json()["results"][0]["files"][0]["url"]
    before = b"".join(client.get(url))
    event.title_en = "After"
    event.save()
    again = client.get(url)
    assert (b"".join(again), again["Cache-Control"]) == (before, "public, max-age=31536000, immutable")
    for change in (lambda: Release.objects.update(events=7), lambda: Release.objects.all().delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    assert releases.freeze(site=SITE).name == f"{release.name}-2"


def test_a_file_that_was_touched_is_found() -> None:
    make.told_event()
    call_command("freeze_release", site=SITE)
    call_command("freeze_release", check=True)
    path = releases.folder_of(Release.objects.get().name) / "events.csv"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"x")
    (path.parent / "events.ndjson").unlink()
    with pytest.raises(CommandError, match="2 files are not what was frozen"):
        call_command("freeze_release", check=True)


def test_nothing_is_left_of_a_release_that_fails(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(CommandError, match="nothing to freeze"):
        call_command("freeze_release", site=SITE)
    with pytest.raises(CommandError, match="--site"):
        call_command("freeze_release")
    make.told_event()
    monkeypatch.setitem(releases.exports.PIECES, "parquet", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        releases.freeze(site=SITE)
    assert list((tmp_path / "releases").iterdir()) == []
    assert not Release.objects.exists()


def test_no_path_leads_out_of_a_release(client) -> None:
    make.told_event()
    name = releases.freeze(site=SITE).name
    for file in ("..%2f..%2fsettings.env", "SHA256SUMS", ".", "events.csv.bak"):
        assert client.get(f"/releases/{name}/{file}").status_code == 404
