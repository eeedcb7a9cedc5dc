"""What the public gets is the same byte for byte, whether or not the database holds rows that are not published."""

import re

from django.test import Client

from incidents.models import Event
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


def test_secret_rows_change_no_public_answer(db):
    world = build_world(secrets=False)
    paths = [template.format_map(world) for template in PUBLIC]
    before = {path: answer(path) for path in paths}
    add_secrets(Event.objects.get(code=world["published"]))
    after = {path: answer(path) for path in paths}
    assert len(paths) > 40
    assert [path for path in paths if SECRET.encode() in after[path]] == []
    assert [path for path in paths if after[path] != before[path]] == []
