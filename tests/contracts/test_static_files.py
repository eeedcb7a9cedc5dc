"""What collectstatic makes of our own scripts and stylesheets: hashed names throughout, so that a browser may keep them for good."""

import re
import shutil
from pathlib import Path, PurePosixPath

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from config.storage import HashedStorage

HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
IMPORTED = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([./][^"']+)["']""")
SOURCE = Path(settings.BASE_DIR, "static")


def collect(source: Path, into: Path) -> HashedStorage:
    """What collectstatic leaves of the folder, the vendored libraries apart."""
    files, storage = FileSystemStorage(source), HashedStorage(location=into, base_url="/static/")
    names = [str(path.relative_to(source)) for path in source.rglob("*") if path.is_file() and "vendor" not in path.parts]
    for name in names:
        with files.open(name) as content:
            storage.save(name, content)
    for _ in storage.post_process({name: (files, name) for name in names}):
        pass
    return storage


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> HashedStorage:
    return collect(SOURCE, tmp_path_factory.mktemp("staticfiles"))


def test_every_import_of_a_module_is_by_a_hashed_name_that_is_there(collected):
    seen = 0
    for name in (name for name in collected.hashed_files.values() if name.endswith(".js")):
        text = Path(collected.path(name)).read_text()
        for imported in IMPORTED.findall(text):
            seen += 1
            assert HASHED.search(imported), f"{name} imports {imported}"
            target = PurePosixPath(name).parent / imported
            assert Path(collected.location, target).is_file(), f"{name} imports {imported}, which is not there"
    assert seen > 50


def test_a_changed_module_changes_the_name_of_all_that_import_it(collected, tmp_path):
    """A page that is new must never meet a module that is old: the name of each stands for all it loads."""
    shutil.copytree(SOURCE, tmp_path / "source", ignore=shutil.ignore_patterns("vendor"))
    with (tmp_path / "source/js/data/calendar.js").open("a") as module:
        module.write("export const LATER = 1;\n")
    other = collect(tmp_path / "source", tmp_path / "collected")
    differing = {name for name, hashed in other.hashed_files.items() if hashed != collected.hashed_files[name]}
    assert {"js/data/calendar.js", "js/data/worker.js", "js/pages/index.js"} <= differing
    assert "js/map/theme.js" not in differing
