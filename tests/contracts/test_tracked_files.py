"""What is committed belongs to the project: no folder of somebody's machine, no package registry, nothing too big to read."""

import re
import subprocess

import pytest
from django.conf import settings

# Each word has one letter in brackets, so that this file does not name what it looks for.
FOREIGN = {
    "a folder of one machine": r"/(ho[m]e|Use[r]s)/[\w.-]+/|/(ro[o]t|wo[r]k)/",
    "a package registry": r"py[p]i\.org|pythonho[s]ted\.org|registry\.n[p]mjs|deb\.de[b]ian\.org|--(extra-)?in[d]ex-url[ =]http",
    "a key": r"BEGIN [A-Z ]*PRI[V]ATE KEY|gh[p]_\w{30}|AK[I]A[A-Z0-9]{16}",
}
CODE = (".py", ".js", ".css", ".html", ".sh")


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout
    return [name for name in listing.split("\0") if name and (settings.BASE_DIR / name).is_file()]


@pytest.mark.parametrize("what", FOREIGN)
def test_no_tracked_file_names(what):
    texts = {name: (settings.BASE_DIR / name).read_bytes().decode("utf-8", "replace") for name in tracked()}
    assert {name: found[0] for name, text in texts.items() if (found := re.search(FOREIGN[what], text))} == {}


def test_no_file_of_code_has_outgrown_a_reader():
    lengths = {name: len((settings.BASE_DIR / name).read_text().splitlines()) for name in tracked() if name.endswith(CODE)}
    assert {name: length for name, length in lengths.items() if length > 500 and "/migrations/" not in name} == {}


def test_nothing_that_is_made_is_committed():
    assert [name for name in tracked() if re.match(r"static/vendor/|staticfiles/|build/|var/|node_modules/|\.env$|.*\.mo$", name)] == []
