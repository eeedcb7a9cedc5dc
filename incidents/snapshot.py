"""The published events as one file for notebooks and one for the map's scripts: named by their content, so their name is their version.

Under VAR_DIR/snapshot: `<version>.arrow`, `<version>.columns` (see `incidents.packed`) with its compressed twins, and `current`, which
names the version and the state of the database it was read from. Nothing unpublished enters it (`incidents.columns`).

Nobody has to say that something was published: whoever asks for the snapshot compares that state with the database's, one indexed
look-up, and many askers at once are one build. A large one is not built for each change: what has changed since becomes a patch of it
(`incidents.arrays`), and base and patch are one version, `<base>-<patch>`. After `FOLD` the next base is built behind the readers' backs;
at once where an event was withdrawn that the base holds, and until then no file of that base is given out. What no event's change tells,
such as which place lies in which, is read anew after `AGE`.
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

import numpy as np
import pyarrow as pa
from django.conf import settings
from django.db import connection

from incidents import columns, packed
from incidents.arrays import Columns, Patched, patch_of
from incidents.models import public_changes, public_state, settled

log = logging.getLogger(__name__)

# Below this many bytes a rebuild takes less time than a reader notices; above it what has changed becomes a patch.
SMALL = 2_000_000
AGE = 3600  # seconds
FOLD = 60  # seconds after which a base that has a patch is built anew
MOMENT = 10  # seconds that files are kept when they are given out no more
MOST = 20_000  # changed events that a patch holds: more take as long as all


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
    """One version of the published events: a base, read whole, or a base and a patch of what has changed since (`<base>-<patch>`)."""

    version: str
    folder: Path

    @property
    def base(self) -> "Snapshot":
        return Snapshot(self.version.partition("-")[0], self.folder)

    @property
    def is_patched(self) -> bool:
        return self.base != self

    @property
    def is_public(self) -> bool:
        """Whether its files may be given out: not where the base's hold an event that was withdrawn since."""
        columns = self.columns() if self.is_patched else None
        return not (isinstance(columns, Patched) and columns.changes["withdrawn"])

    @property
    def arrow(self) -> Path:
        """The base's or the patch's rows as an Arrow file; its own bodies are compressed."""
        return self.folder / f"{self.version}.arrow"

    @property
    def ids(self) -> Path:
        """The ids of the base's rows, for ourselves."""
        return self.base.folder / f"{self.base.version}.ids"

    def packed(self, coding: str) -> Path:
        """The scripts' file in a content coding: '', 'zstd' or 'gzip'."""
        return self.folder / f"{self.version}.columns{ {'zstd': '.zst', 'gzip': '.gz', '': ''}[coding] }"

    def columns(self) -> Columns:
        """All its rows, whether patched or not."""
        return _columns(self)


def current() -> Snapshot:
    """The snapshot of the published events as they are now. Where more has changed than a patch holds it is the last one, while the next
    is built; but never one that holds what was withdrawn since."""
    folder = _folder()
    named = _named(folder)
    if named is None:
        return rebuild()
    found, state = named
    now, is_due = state.as_it_is_now(), _is_due(found)
    is_small = found.base.packed("").stat().st_size <= SMALL
    if now.database != state.database or (is_small and (is_due or now != state)):
        return rebuild()
    if now != state:
        patched = _patched(folder, now)
        if patched is None and now.withdrawn != state.withdrawn:
            return rebuild()
        found, is_due = patched or found, patched is None or _is_due(patched)
    if is_due:
        _begin()
    return found


def rebuild(*, wait: bool = True) -> Snapshot:
    """Read the whole database, write the files, and name them current. Others who ask for it wait and take what was built.

    `wait=False`: raises BlockingIOError where somebody else is building already.
    """
    folder = _folder()
    with _lock(folder, "building", wait=wait):
        named = _named(folder)
        if named and not named[0].is_patched and not _is_due(named[0]) and named[1] == named[1].as_it_is_now():
            return named[0]
        state = State.now(settled())  # before the rows are read: what is committed in between makes a patch, and is not lost
        table, ids = columns.read()
        with ThreadPoolExecutor(1) as beside:  # what compresses does not hold the interpreter
            content = beside.submit(_bytes, table)
            plain = packed.pack(table)
            built = Snapshot(hashlib.sha256(content.result()).hexdigest()[:20], folder)
            # The lowest levels: the next ones take several times as long for a fiftieth of the bytes.
            zipped = beside.submit(gzip.compress, plain, 1, mtime=0)
            _write(built.packed(""), plain)
            _write(built.packed("zstd"), pa.Codec("zstd", 1).compress(plain, asbytes=True))
            _write(built.ids, ids.tobytes())
            _write(built.arrow, content.result())
            with _lock(folder, "naming"):
                _name(built, state)
            _write(built.packed("gzip"), zipped.result())
        return built


def _patched(folder: Path, now: State) -> Snapshot | None:
    """The last snapshot with what has changed since, named current; None where that is too much for a patch."""
    with _lock(folder, "naming"):
        named = _named(folder)
        if named is None:
            return None
        found, state = named
        if state.since != now.since:  # the base was built anew meanwhile
            now = state.as_it_is_now()
        if now == state:
            return found
        changed = public_changes(datetime.fromisoformat(state.since), MOST + 1)
        if len(changed) > MOST:
            return None
        base = found.base
        table = patch_of(base.columns(), np.fromfile(base.ids, np.int64), base.version, changed)
        content = _bytes(table)
        built = Snapshot(f"{base.version}-{hashlib.sha256(content).hexdigest()[:12]}", folder)
        _write(built.arrow, content)
        if built.is_public:
            plain = packed.pack(table)
            _write(built.packed(""), plain)
            _write(built.packed("zstd"), pa.Codec("zstd", 1).compress(plain, asbytes=True))
            _write(built.packed("gzip"), gzip.compress(plain, 1, mtime=0))
        _name(built, now)
        return built


def _begin() -> None:
    """Build the next one behind the reader's back."""
    threading.Thread(target=_in_background, daemon=True).start()


def _in_background() -> None:
    try:
        rebuild(wait=False)
    except BlockingIOError:
        pass
    except Exception:
        log.exception("The snapshot could not be built; readers keep the last one")
    finally:
        connection.close()


def _named(folder: Path) -> tuple[Snapshot, State] | None:
    """The last snapshot and what it was read from; None where there is none, or one of another form."""
    try:
        named = json.loads((folder / "current").read_bytes())
        last = Snapshot(named.pop("version"), folder)
        files = (last.arrow, last.base.arrow, last.base.packed(""), last.ids)
        return (last, State(**named)) if all(path.exists() for path in files) else None
    except (FileNotFoundError, ValueError, AttributeError, KeyError, TypeError):
        return None


def _is_due(found: Snapshot) -> bool:
    """Whether the database is to be read anew: the base holds what was withdrawn, or it was read so long ago."""
    age = time.time() - found.base.arrow.stat().st_mtime
    return age > (FOLD if found.is_patched else AGE) or not found.is_public


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "snapshot"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _lock(folder: Path, name: str, *, wait: bool = True) -> Iterator[None]:
    with (folder / name).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        # One batch, also of no rows: what the numbers stand for is written with it.
        writer.write_batch(pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema))
    return sink.getvalue()


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: a reader never meets half a file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    draft.write_bytes(content)
    draft.replace(path)


def _name(built: Snapshot, state: State) -> None:
    """Give it out from now on, and no other. Files of the one before stay a moment, for who has just been told its name."""
    last = _named(built.folder)
    _write(built.folder / "current", json.dumps({"version": built.version, **asdict(state)}).encode())
    kept, just_left = ({found.version, found.base.version} if found else set() for found in (built, last and last[0]))
    for path in built.folder.iterdir():
        version = path.name.partition(".")[0]
        if path.suffix in ("", ".draft") or version in kept:
            continue
        if version in just_left:
            path.touch()
        elif path.stat().st_mtime < time.time() - MOMENT:
            path.unlink()


@lru_cache(maxsize=2)
def _columns(version: Snapshot) -> Columns:
    with pa.memory_map(str(version.arrow)) as source:
        table = pa.ipc.open_file(source).read_all()
    return Patched(version.base.columns(), table) if version.is_patched else Columns(table)


def newest() -> Snapshot | None:
    """The snapshot that holds the published events as they are now; None where one would have to be built first."""
    named = _named(_folder())
    return named[0] if named and named[1] == named[1].as_it_is_now() else None


def is_newest(found: Snapshot) -> bool:
    """Whether it holds the published events as they are now: while the next one is built, readers get the last."""
    return newest() == found


def given_out() -> Snapshot:
    """The current one, where its files may be given out; else the next, after a wait."""
    found = current()
    while not found.is_public:
        rebuild()
        found = current()
    return found


def whole() -> Snapshot:
    """The newest as one file."""
    found = given_out()
    if found.is_patched:
        rebuild()
        found = given_out()
    return found.base


def find(version: str) -> Snapshot | None:
    """That version, while its files are what readers get: the current one, or the base that its patch is of."""
    found = given_out()
    return next((each for each in (found, found.base) if each.version == version), None)
