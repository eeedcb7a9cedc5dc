"""Frozen releases: every published event in every format, read at one moment, with checksums; written once and never again.

Under VAR_DIR/releases/<name>/: the files and SHA256SUMS, which `sha256sum --check` reads. The row of the release says the same.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from history.context import because
from history.verify import head
from incidents import exports
from incidents.models import Event, Release
from incidents.querysets import EventQuerySet

SUMS = "SHA256SUMS"
# Not XLSX: a spreadsheet ends after a million rows.
FORMS = ("csv", "geojson", "ndjson", "parquet")


class ReleaseError(Exception):
    """No release was made; the message says why."""


def folder_of(name: str) -> Path:
    return Path(settings.VAR_DIR) / "releases" / name


def freeze(*, site: str) -> Release:
    """Write what is published now as a release. `site`: the address it is published at, which every file names."""
    day = timezone.localdate()
    about = exports.About(f"{site.rstrip('/')}/", "", settings.DATA_LICENCE, day)
    folder_of("").mkdir(parents=True, exist_ok=True)
    draft = folder_of(f".draft.{os.getpid()}")
    draft.mkdir()
    try:
        with _one_moment():
            events = Event.objects.published()
            facts = {"read_at": timezone.now(), "events": events.count(), "history_head": head()}
            if not facts["events"]:
                raise ReleaseError("Nothing is published: there is nothing to freeze.")
            files = [_write(draft, form, events, about) for form in FORMS]
        (draft / SUMS).write_text("".join(f"{file['sha256']}  {file['name']}\n" for file in files))
        for path in draft.iterdir():
            path.chmod(0o444)
        with because(by=None, verb="freeze", reason=gettext_noop("A release was frozen.")):
            name = _next_name(day.isoformat())
            release = Release.objects.create(name=name, published_on=day, site=about.view, licence=about.licence, files=files, **facts)
            draft.rename(folder_of(name))
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return release


@contextmanager
def _one_moment() -> Iterator[None]:
    """One view of the database for all that is read inside: what is published meanwhile is not in one file and in another."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _write(folder: Path, form: str, events: EventQuerySet, about: exports.About) -> dict[str, str | int]:
    """One file, and what the release says of it."""
    path = folder / f"events.{form}"
    with path.open("wb") as out:
        out.writelines(exports.PIECES[form]([events], about))
    return {"name": path.name, "media_type": exports.FORMS[form][0], "bytes": path.stat().st_size, "sha256": sha256_of(path)}


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _next_name(day: str) -> str:
    """2026-01-31, and 2026-01-31-2 for the second of that day. A folder without a row, left by a crash, keeps its name."""
    taken = {*Release.objects.filter(name__startswith=day).values_list("name", flat=True), *(p.name for p in folder_of("").iterdir())}
    return next(name for name in (day, *(f"{day}-{n}" for n in range(2, 1000))) if name not in taken)


def faults() -> Iterator[str]:
    """Every file of a release that is gone, or is not what was frozen."""
    for release in Release.objects.order_by("pk"):
        for file in release.files:
            path = folder_of(release.name) / file["name"]
            if not path.exists():
                yield f"{release.name}: {file['name']} is gone"
            elif sha256_of(path) != file["sha256"]:
                yield f"{release.name}: {file['name']} is not what was frozen"
