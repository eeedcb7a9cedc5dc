"""The published events as one file that browsers and notebooks read: named by its content, so its name is its version.

Under VAR_DIR/snapshot: `<version>.arrow` with its compressed twins, and `current`, which names the version and the state of the
database it was read from. Nothing unpublished enters it (`incidents.columns`).

Nobody has to say that something was published: whoever asks for the snapshot compares that state with the database's, one indexed
look-up, and many askers at once are one build.
"""

import fcntl
import gzip
import hashlib
import io
import json
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import connection
from django.db.models import Max

from incidents import columns
from incidents.models import Event

log = logging.getLogger(__name__)

# Below this many bytes a rebuild takes less time than a reader notices; above it readers get the last snapshot meanwhile.
SMALL = 2_000_000
_building = threading.Lock()


@dataclass(frozen=True)
class Snapshot:
    """One version. `encoded` maps a content coding ('', 'zstd', 'gzip') to its file."""

    version: str
    folder: Path

    def encoded(self, coding: str) -> Path:
        return self.folder / f"{self.version}.arrow{ {'zstd': '.zst', 'gzip': '.gz', '': ''}[coding] }"

    def table(self) -> pa.Table:
        """The columns, mapped into memory."""
        return _table(str(self.encoded("")))

    def about(self) -> dict[str, Any]:
        """What the columns mean, as `incidents.columns` wrote it."""
        return json.loads(self.table().schema.metadata[b"isnad"])


def current() -> Snapshot:
    """The snapshot of the published events as they are now; where that takes long to build, the last one, while the next is built."""
    folder = _folder()
    version, stamp = _named(folder)
    if version and stamp == _stamp() and (folder / f"{version}.arrow").exists():
        return Snapshot(version, folder)
    if version and (folder / f"{version}.arrow").exists() and (folder / f"{version}.arrow").stat().st_size > SMALL:
        threading.Thread(target=_in_background, daemon=True).start()
        return Snapshot(version, folder)
    return rebuild()


def rebuild() -> Snapshot:
    """Read the database, write the file and its twins, and name it current. Other processes wait and take what was built."""
    folder = _folder()
    with _lock(folder):
        version, stamp = _named(folder)
        now = _stamp()
        if version and stamp == now and (folder / f"{version}.arrow").exists():
            return Snapshot(version, folder)
        content = _bytes(columns.build())
        version = hashlib.sha256(content).hexdigest()[:20]
        _write(folder / f"{version}.arrow.gz", gzip.compress(content, 6, mtime=0))
        _write(folder / f"{version}.arrow.zst", pa.Codec("zstd", 9).compress(content, asbytes=True))
        _write(folder / f"{version}.arrow", content)
        _write(folder / "current", f"{version} {now}".encode())
        _sweep(folder, version)
        return Snapshot(version, folder)


def _in_background() -> None:
    if not _building.acquire(blocking=False):
        return
    try:
        rebuild()
    except Exception:
        log.exception("The snapshot could not be built; readers keep the last one")
    finally:
        _building.release()
        connection.close()


def _stamp() -> str:
    """Changes whenever an event is saved, published or taken back. Never shown: unpublished work would show in it."""
    latest = Event.objects.aggregate(at=Max("modified_at"))["at"]
    return (
        f"{connection.settings_dict['NAME']}:{Event.objects.published().count() if latest is None else ''}{latest and latest.isoformat()}"
    )


def _named(folder: Path) -> tuple[str, str]:
    try:
        version, _, stamp = (folder / "current").read_text().partition(" ")
    except FileNotFoundError:
        return "", ""
    return version, stamp


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "snapshot"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    # One batch: the browser then has each column as one typed array, without copying.
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=max(table.num_rows, 1))
    return sink.getvalue()


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: a reader never meets half a file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    draft.write_bytes(content)
    draft.replace(path)


def _sweep(folder: Path, version: str) -> None:
    """Keep this version alone: an older one may hold what was withdrawn since, and whoever asks for it is sent on to this one."""
    for path in folder.glob("*.arrow*"):
        if not path.name.startswith(f"{version}.") and not path.name.endswith(".draft"):
            path.unlink(missing_ok=True)


@lru_cache(maxsize=2)
def _table(path: str) -> pa.Table:
    with pa.memory_map(path) as source:
        return pa.ipc.open_file(source).read_all()


def find(version: str) -> Snapshot | None:
    """A version that is still kept."""
    folder = _folder()
    known = version.isalnum() and (folder / f"{version}.arrow").exists()
    return Snapshot(version, folder) if known else None
