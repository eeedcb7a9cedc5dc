"""A compiled build is imported in place of the sources it was made of, and of no others; here a build is one plain module that says so."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

sys.path.insert(0, str(settings.BASE_DIR / "bin"))
from constants import with_constants

PACKAGE = settings.BASE_DIR / "extraction"
ASK = "import extraction, extraction.reuse as one; print(extraction.IS_COMPILED, hasattr(one, 'FROM_THE_BUILD'))"


def ask(root: Path, compiled: str = "", code: str = ASK) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COMPILED": compiled}
    return subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path) -> Path:
    """The package by itself, with a build of its sources."""
    shutil.copytree(PACKAGE, tmp_path / "extraction", ignore=shutil.ignore_patterns("__pycache__"))
    folder = ask(tmp_path, "off", "from extraction.compiled import build_folder; print(build_folder())").stdout.strip()
    Path(folder).mkdir(parents=True)
    (Path(folder) / "reuse.py").write_text("FROM_THE_BUILD = True\n")
    return tmp_path


def test_a_build_of_these_sources_is_imported_unless_it_is_switched_off(checkout):
    assert ask(checkout).stdout == "True True\n"
    assert ask(checkout, "off").stdout == "False False\n"


@pytest.mark.parametrize("changed", ["tolls.py", "lexicon/__init__.py"])
def test_a_build_of_other_sources_is_never_imported(checkout, changed):
    stood = (checkout / "extraction" / changed).stat()
    with (checkout / "extraction" / changed).open("a") as source:
        source.write("\n")
    os.utime(checkout / "extraction" / changed, ns=(stood.st_atime_ns, stood.st_mtime_ns))  # no older, no newer than the build
    assert ask(checkout).stdout == "False False\n"
    assert "make compile-extraction" in ask(checkout, "on").stderr


def test_a_module_that_came_or_went_makes_a_build_one_of_other_sources(checkout):
    (checkout / "extraction" / "explain.py").rename(checkout / "extraction" / "explained.py")
    assert ask(checkout).stdout == "False False\n"


def test_nothing_is_kept_by_a_cached_property_which_compiled_is_worked_out_anew_each_time():
    assert [path.name for path in PACKAGE.glob("*.py") if re.search(r"^ +@.*cached_property", path.read_text(), re.MULTILINE)] == []


MODULE = """\
from extraction.lexicon import (  # two lines
    words,
)

ONE, _TWO = 1, words("text.months")  # of a kind
CHANGED = {1: "a"}
CHANGED |= {2: "b"}

def has_word(form): return form in words("قرى.two") or form in words("text.titles")
"""


def test_what_never_changes_is_compiled_as_a_constant_and_no_line_moves():
    lines = with_constants(MODULE).splitlines()
    assert len(lines) == len(MODULE.splitlines())
    assert lines[0].startswith("from typing import Final; from extraction.lexicon")
    assert lines[2] == "); _WORDS_قرى_TWO: Final = words('قرى.two'); _WORDS_TEXT_TITLES: Final = words('text.titles')"
    assert lines[4] == "ONE: Final = 1; _TWO: Final = words('text.months')"
    assert lines[5:7] == ['CHANGED = {1: "a"}', 'CHANGED |= {2: "b"}']
    assert lines[8] == "def has_word(form): return form in _WORDS_قرى_TWO or form in _WORDS_TEXT_TITLES"
