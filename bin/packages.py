"""Find what the machine lacks and install it with apt where that is allowed; otherwise say in one sentence what to install.

What counts is the thing itself (a program, a library), not the name of a package, so that any system that has it will do.
"""

import ctypes.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from common import die, say


def postgres_program(name: str) -> str:
    """Path of a PostgreSQL program of the newest server installed, or '' where there is none. Debian keeps them out of PATH."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: [int(part) for part in re.findall(r"\d+", path.parent.name)]
    )
    # The newest version that has PostGIS: a second, bare PostgreSQL may be installed beside it.
    for folder in reversed(versions):
        if (folder / name).exists() and Path(f"/usr/share/postgresql/{folder.parent.name}/extension/postgis.control").exists():
            return str(folder / name)
    return shutil.which(name) or ""


def has_postgis() -> bool:
    initdb = postgres_program("initdb")
    if not initdb:
        return False
    if initdb.startswith("/usr/lib/postgresql/"):
        return True
    # A link in PATH may lead to a bare server, with pg_config in another package or in none.
    beside = Path(initdb).resolve().with_name("pg_config")
    pg_config = str(beside) if beside.exists() else shutil.which("pg_config")
    if not pg_config:
        return False
    share = subprocess.run([pg_config, "--sharedir"], capture_output=True, text=True, check=False).stdout.strip()
    return (Path(share) / "extension" / "postgis.control").exists()


def has_libraries() -> bool:
    """GDAL, GEOS and PROJ as Django looks for them."""
    return all(ctypes.util.find_library(name) for name in ("gdal", "geos_c"))


# The headless shell first: the same engine without windows, at less than half the processor time a page.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Path of the Chromium that tests and benchmarks drive, None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def has_chromium() -> bool:
    return chromium() is not None


def has_headless_shell() -> bool:
    return shutil.which(CHROMIUM[0]) is not None


def has_arabic_font() -> bool:
    fonts = (
        subprocess.run(["fc-list", ":lang=ar", "family"], capture_output=True, text=True, check=False).stdout
        if shutil.which("fc-list")
        else ""
    )
    return bool(fonts.strip())


def has_venv() -> bool:
    return subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode == 0


def has_headers() -> bool:
    """What a C compiler needs of Python."""
    return (Path(sysconfig.get_paths()["include"]) / "Python.h").exists()


# For each goal: what must be there, how to see it, Debian's package for it.
Needs = dict[str, list[tuple[str, Callable[[], bool], str]]]
NEEDS: Needs = {
    "python": [("Python's venv module", has_venv, "python3-venv")],
    "libraries": [
        ("GDAL and GEOS", has_libraries, "libgdal32 libgeos-c1v5"),
        ("gettext", lambda: shutil.which("msgfmt") is not None, "gettext"),
    ],
    "database": [("PostgreSQL with PostGIS", has_postgis, "postgresql-15-postgis-3")],
    "compiler": [
        ("a C compiler", lambda: shutil.which("cc") is not None, "gcc libc6-dev"),
        ("Python's headers", has_headers, "python3-dev"),
    ],
    "browser": [
        ("Chromium", has_chromium, "chromium-headless-shell"),
        ("libatomic, which Playwright's own Node.js asks for", lambda: ctypes.util.find_library("atomic") is not None, "libatomic1"),
        ("an Arabic font", has_arabic_font, "fonts-noto-core fontconfig"),
    ],
}
# Better than what serves as well: tried where root asks, never demanded.
WISHES: Needs = {"browser": [("Chromium's headless shell", has_headless_shell, "chromium-headless-shell")]}


def missing(goals: list[str], needs: Needs = NEEDS) -> list[tuple[str, str]]:
    return [(what, package) for goal in goals for what, is_there, package in needs.get(goal, []) if not is_there()]


def install(packages: list[str]) -> bool:
    """Install Debian packages as root or through sudo; False where that is not to be had."""
    if not shutil.which("apt-get"):
        return False
    sudo: list[str] = []
    if os.getuid():
        # Without a terminal a password cannot be asked for: sudo then works at once or not at all.
        sudo = ["sudo"] if sys.stdin.isatty() else ["sudo", "--non-interactive"]
        if not shutil.which("sudo") or subprocess.run([*sudo, "true"], check=False).returncode:
            return False
    # /usr/bin/env, because sudo drops the environment.
    apt = [*sudo, "/usr/bin/env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    for command in ([*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout)
    return done.returncode == 0


def main(goals: list[str]) -> None:
    if lacking := missing(goals):
        packages = " ".join(package for _, package in lacking).split()
        say(f"Not here yet: {', '.join(what for what, _ in lacking)}. Installing {' '.join(packages)}")
        if not install(packages) or missing(goals):
            names = ", ".join(what for what, _ in missing(goals))
            command = f"apt-get install {' '.join(packages)}"
            die(f"{names} could not be installed from here: run `{command}` as root (or your system's like), then this again.")
    if not os.getuid() and (wished := missing(goals, WISHES)):
        say(f"Better with {', '.join(what for what, _ in wished)}: installing it")
        if not install([package for _, package in wished]):
            say("Not to be had; what is here serves as well")


if __name__ == "__main__":
    if not set(sys.argv[1:]) <= NEEDS.keys():
        die(f"usage: packages.py [{' | '.join(NEEDS)}]…")
    main(sys.argv[1:])
