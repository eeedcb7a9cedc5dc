"""The published events as one file for notebooks and one for the map's scripts: named by their content, so their name is their version.

Under VAR_DIR/snapshot: `<version>.arrow`, `<version>.columns` (see `incidents.packed`) with its compressed twins, and `current`, which
names the version and the state of the database it was read from. Nothing unpublished enters it (`incidents.columns`).

Nobody has to say that something was published: whoever asks for the snapshot compares that state with the database's, one indexed
look-up, and many askers at once are one build. Where a build takes long, readers get the last snapshot meanwhile, unless something
was withdrawn: then they wait. What no event's change tells, such as which place lies in which, is read anew after `AGE`.
"""

import fcntl
import gzip
import hashlib
import io
import json
import logging
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import connection

from incidents import columns, packed
from incidents.models import public_state, settled

log = logging.getLogger(__name__)

# Below this many bytes a rebuild takes less time than a reader notices; above it readers get the last snapshot meanwhile.
SMALL = 2_000_000
AGE = 3600  # seconds
_building = threading.Lock()


@dataclass(frozen=True)
class State:
    """What a snapshot was read from: all public changes before `since`, and those after it that the digests stand for."""

    database: str
    since: str
    changed: str
    withdrawn: str

    @classmethod
    def now(cls, since: datetime) -> "State":
        return cls(connection.settings_dict["NAME"], since.isoformat(), *public_state(since))

    def as_it_is_now(self) -> "State":
        return State.now(datetime.fromisoformat(self.since))


@dataclass(frozen=True)
class Snapshot:
    """One version of the published events."""

    version: str
    folder: Path

    @property
    def arrow(self) -> Path:
        """The Arrow file; its own bodies are compressed."""
        return self.folder / f"{self.version}.arrow"

    def packed(self, coding: str) -> Path:
        """The scripts' file in a content coding: '', 'zstd' or 'gzip'."""
        return self.folder / f"{self.version}.columns{ {'zstd': '.zst', 'gzip': '.gz', '': ''}[coding] }"

    def table(self) -> pa.Table:
        """The columns."""
        return _table(str(self.arrow))

    def about(self) -> dict[str, Any]:
        """What the columns mean, as `incidents.columns` wrote it."""
        return json.loads(self.table().schema.metadata[b"isnad"])


def current() -> Snapshot:
    """The snapshot of the published events as they are now; where that takes long to build, the last one, while the next is built.
    One that holds what was withdrawn since is never given out."""
    folder = _folder()
    found = _named(folder)
    if found is None:
        return rebuild()
    last, state = found
    now = state.as_it_is_now()
    if now == state and not _is_old(folder):
        return last
    if now.withdrawn == state.withdrawn and now.database == state.database and last.packed("").stat().st_size > SMALL:
        threading.Thread(target=_in_background, daemon=True).start()
        return last
    return rebuild()


def rebuild() -> Snapshot:
    """Read the database, write the file and its twins, and name it current. Other processes wait and take what was built."""
    folder = _folder()
    with _lock(folder):
        found = _named(folder)
        if found and found[1] == found[1].as_it_is_now() and not _is_old(folder):
            return found[0]
        state = State.now(settled())  # before the rows are read: what is committed in between makes the next build, not none
        table = columns.build()
        with ThreadPoolExecutor(1) as beside:  # what compresses does not hold the interpreter
            content = beside.submit(_bytes, table)
            plain = packed.pack(table)
            # The lowest levels: the next ones take several times as long for a fiftieth of the bytes.
            zipped = beside.submit(gzip.compress, plain, 1, mtime=0)
            built = Snapshot(hashlib.sha256(content.result()).hexdigest()[:20], folder)
            _write(built.packed(""), plain)
            _write(built.packed("zstd"), pa.Codec("zstd", 1).compress(plain, asbytes=True))
            _write(built.packed("gzip"), zipped.result())
            _write(built.arrow, content.result())
        _write(folder / "current", json.dumps({"version": built.version, **asdict(state)}).encode())
        _sweep(folder, built.version)
        return built


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


def _named(folder: Path) -> tuple[Snapshot, State] | None:
    """The last snapshot and what it was read from; None where there is none, or one of another form."""
    try:
        named = json.loads((folder / "current").read_bytes())
        last = Snapshot(named.pop("version"), folder)
        return (last, State(**named)) if last.arrow.exists() and last.packed("").exists() else None
    except (FileNotFoundError, ValueError, AttributeError, KeyError, TypeError):
        return None


def _is_old(folder: Path) -> bool:
    """Whether the last snapshot was read so long ago that the gazetteer may have changed since."""
    return (folder / "current").stat().st_mtime < time.time() - AGE


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
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table, max_chunksize=max(table.num_rows, 1))
    return sink.getvalue()


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: a reader never meets half a file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    draft.write_bytes(content)
    draft.replace(path)


def _sweep(folder: Path, version: str) -> None:
    """Keep this version alone: an older one may hold what was withdrawn since, and whoever asks for it is sent on to this one."""
    for path in [*folder.glob("*.arrow*"), *folder.glob("*.columns*")]:
        if not path.name.startswith(f"{version}.") and not path.name.endswith(".draft"):
            path.unlink(missing_ok=True)


@lru_cache(maxsize=2)
def _table(path: str) -> pa.Table:
    with pa.memory_map(path) as source:
        return pa.ipc.open_file(source).read_all()


def newest() -> Snapshot | None:
    """The snapshot that holds the published events as they are now; None where one would have to be built first."""
    named = _named(_folder())
    return named[0] if named and named[1] == named[1].as_it_is_now() else None


def is_newest(found: Snapshot) -> bool:
    """Whether it holds the published events as they are now: while the next one is built, readers get the last."""
    return newest() == found


def find(version: str) -> Snapshot | None:
    """That version, while it is what readers get."""
    found = current()
    return found if found.version == version else None
