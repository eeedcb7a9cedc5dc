"""What the public gets is the same byte for byte, whether or not the database holds rows that are not published."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from incidents import snapshot
from incidents.models import Event, publicchange
from tests import factories
from tests.contracts.test_routes import ROWS
from tests.contracts.world import SECRET, add_secrets, build_world

# What names a secret row in its path has nothing to compare: without the row there is no such path.
NAMES_A_SECRET = re.compile(r"\{(draft|in_review|approved|rejected|secret)")
PUBLIC = [row["path"] for row in ROWS if row["outsider"] == "200" and not NAMES_A_SECRET.search(row["path"])]


def answer(path: str) -> bytes:
    response = Client().get(path)
    body = b"".join(response) if response.streaming else response.content
    # A nonce and a form's token are new in every answer.
    return re.sub(rb'(nonce|value)="[A-Za-z0-9+/=]{20,}"|"csrfToken": "[^"]*"', b"", body)


def test_secret_rows_change_no_public_answer(db, monkeypatch):
    monkeypatch.setattr(publicchange, "MARGIN", timedelta(0))  # else what is listed would hang on how long the answers take
    world = build_world(secrets=False)
    paths = [template.format_map(world) for template in PUBLIC]
    before = {path: answer(path) for path in paths}
    add_secrets(Event.objects.get(code=world["published"]))
    after = {path: answer(path) for path in paths}
    assert len(paths) > 40
    assert [path for path in paths if SECRET.encode() in after[path]] == []
    assert [path for path in paths if after[path] != before[path]] == []


def test_a_withdrawn_event_leaves_every_public_answer_at_once(db, monkeypatch):
    """Also the snapshot, however large it is; and what is done to it afterwards shows nowhere, not even that something is done."""
    monkeypatch.setattr(snapshot, "SMALL", 0)
    monkeypatch.setattr(snapshot, "_begin", lambda: None)
    monkeypatch.setattr(publicchange, "MARGIN", timedelta(0))
    world = build_world(secrets=False)
    paths = [template.format_map(world) for template in PUBLIC]
    actor = factories.actor(name_ar=f"{SECRET} قوة", name_en=f"{SECRET} force")
    event = factories.told_event(title_ar=f"{SECRET} هجوم", title_en=f"{SECRET} attack", by=factories.speaker(f"{SECRET} ناطق"))
    factories.participation(event, actor, "target")
    assert [path for path in paths if SECRET.encode() in answer(path)] != []
    Event.objects.filter(pk=event.pk).update(status="in_review", modified_at=timezone.now())
    assert [path for path in paths if SECRET.encode() in answer(path)] == []
    # Who asked for a file had the snapshot read anew: from now on all answers are of that one.
    withdrawn = {path: answer(path) for path in paths}
    Event.objects.filter(pk=event.pk).update(title_en=f"{SECRET} correction", modified_at=timezone.now())
    assert [path for path in paths if answer(path) != withdrawn[path]] == []
