"""The compiled build of this package: where there is one of these very sources, its modules are imported in place of the .py files.

`make compile-extraction` makes it, outside the package, in a folder named by a digest of the sources: a build of other sources has another
name, so that none can be taken for today's. COMPILED=off in the environment reads the sources all the same; COMPILED=on raises ImportError
where there is no build.
"""

import hashlib
import os
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import extraction

PACKAGE = Path(__file__).resolve().parent
BUILDS = PACKAGE.parent / "build" / "extraction"


def build_folder() -> Path:
    """Where a build of the sources as they are now would lie, for this Python."""
    digest = hashlib.sha256(EXTENSION_SUFFIXES[0].encode())
    for source in sorted(PACKAGE.rglob("*.py")):
        digest.update(f"\0{source.relative_to(PACKAGE).as_posix()}\0".encode() + source.read_bytes())
    return BUILDS / digest.hexdigest()[:16]


def _find() -> Path | None:
    wish = os.environ.get("COMPILED", "")
    if wish == "off":
        return None
    folder = build_folder() if wish == "on" or BUILDS.is_dir() else None
    if folder and folder.is_dir():
        return folder
    if wish == "on":
        raise ImportError("COMPILED=on, but extraction was not compiled since its sources changed: make compile-extraction")
    return None


_FOLDER = _find()
IS_COMPILED = _FOLDER is not None
if _FOLDER:
    extraction.__path__.insert(0, str(_FOLDER))
