"""Every direct dependency has its reason, every lock file its hashes, and no lock file names the machine it was made on."""

import json
import re
import sys
from importlib.metadata import packages_distributions

import pytest
from django.conf import settings

LISTS = sorted(path.name for path in settings.BASE_DIR.glob("requirements*.in"))
LOCKS = [name.replace(".in", ".txt") for name in LISTS] + ["package-lock.json", ".npmrc"]


def read(name: str) -> str:
    return (settings.BASE_DIR / name).read_text()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def direct_dependencies(name: str) -> list[tuple[str, str]]:
    """Pairs (package, reason) of one .in file."""
    lines = [line for line in read(name).splitlines() if line and not line.startswith(("#", "-c"))]
    return [(canonical(re.split(r"[\s<>=\[;]", line)[0]), line.partition("#")[2].strip()) for line in lines]


@pytest.mark.parametrize("name", LISTS)
def test_each_direct_dependency_says_why_it_is_there(name):
    without = [package for package, reason in direct_dependencies(name) if not reason]
    assert not without


@pytest.mark.parametrize("name", LISTS)
def test_each_direct_dependency_is_locked_with_hashes(name):
    locked = re.findall(r"^([A-Za-z0-9._-]+)==\S+ \\\n    --hash=sha256:", read(name.replace(".in", ".txt")), re.MULTILINE)
    missing = {package for package, _ in direct_dependencies(name)} - {canonical(package) for package in locked}
    assert not missing, "run make requirements"


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_file_names_a_host_or_a_folder(name):
    text = re.sub(r'"funding": \{.*?\}', "", read(name), flags=re.DOTALL)
    assert not re.findall(r"\S*(?:://|find-links|index-url|trusted-host|file:/)\S*", text)


def test_every_npm_package_is_locked_with_its_hash():
    packages = json.loads(read("package-lock.json"))["packages"]
    assert not [name for name, entry in packages.items() if name and "integrity" not in entry]


def test_psycopg_3_is_not_even_locked():
    for name in LISTS:
        assert not re.search(r"^psycopg(-binary|-c)?==", read(name.replace(".in", ".txt")), re.MULTILINE)


APPLICATION = ("config", "history", "entities", "sources", "incidents", "extraction")
# Used without being imported by the application's own code.
USED_OTHERWISE = {
    "argon2-cffi": "the password hasher's library",
    "gunicorn": "a command in bin/run.sh and the Dockerfile",
    "psycopg2-binary": "the database backend",
}


def distributions_used() -> set[str]:
    """The packages whose modules the application imports, installs as apps or names as middleware, storage or backend."""
    code = "\n".join(path.read_text() for folder in APPLICATION for path in (settings.BASE_DIR / folder).rglob("*.py"))
    modules = set(re.findall(r"^\s*(?:from|import) (\w+)", code, re.MULTILINE))
    modules |= {name.partition(".")[0] for name in [*settings.INSTALLED_APPS, *settings.MIDDLEWARE]}
    modules -= {*sys.stdlib_module_names, *APPLICATION}
    known = packages_distributions()
    return {canonical(known[module][0]) for module in modules if module in known}


def test_everything_the_application_imports_is_a_direct_dependency():
    assert distributions_used() - {package for package, _ in direct_dependencies("requirements.in")} == set()


def test_no_direct_dependency_goes_unused():
    assert {package for package, _ in direct_dependencies("requirements.in")} - distributions_used() - USED_OTHERWISE.keys() == set()
