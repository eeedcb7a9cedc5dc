"""Copy the few browser files Isnad serves from npm packages into static/vendor/; nothing is bundled or rewritten but source-map comments.

`npm ci` runs when package-lock.json changed. Node.js comes from the machine, or from requirements-node.txt in .venv where it has none.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from common import ROOT, VENV, die, digest, install_requirements, say

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
# folder under static/vendor -> files of the npm package, as glob patterns. Licences travel with the files.
FILES = {
    "leaflet": ("leaflet", ["LICENSE", "dist/leaflet.js", "dist/leaflet-src.esm.js", "dist/leaflet.css", "dist/images/*"]),
    "uplot": ("uplot", ["LICENSE", "dist/uPlot.esm.js", "dist/uPlot.iife.min.js", "dist/uPlot.min.css"]),
    "fonts/noto-sans-arabic": ("@fontsource-variable/noto-sans-arabic", ["LICENSE", "index.css", "files/*-wght-normal.woff2"]),
    "fonts/noto-naskh-arabic": ("@fontsource-variable/noto-naskh-arabic", ["LICENSE", "index.css", "files/*-wght-normal.woff2"]),
}
# Browsers' tools ask for a source map that is not served, and Django's manifest storage refuses a reference to a missing file.
SOURCE_MAP = re.compile(rb"^\s*(?://|/\*)# sourceMappingURL=.*$", re.MULTILINE)


def node_environment() -> dict[str, str]:
    """The environment in which `node` and `npm` are found, installed into .venv where the machine has none."""
    environment = dict(os.environ)
    # First, because Node.js is only there where the machine's own would not do.
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    if not usable_node(environment):
        say("No Node.js 18 or newer here: installing it into .venv")
        install_requirements("requirements-node.txt")
        if not usable_node(environment):
            die("Node.js 18 or newer with npm is needed for the browser libraries, and installing it into .venv did not work.")
    return environment


def usable_node(environment: dict[str, str]) -> bool:
    node, npm = (shutil.which(name, path=environment["PATH"]) for name in ("node", "npm"))
    if not (node and npm):
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, env=environment, check=False).stdout
    version = re.match(r"v(\d+)\.", answer)
    return version is not None and int(version[1]) >= 18


def copy_files() -> None:
    staged = VENDOR.with_name("vendor.new")
    shutil.rmtree(staged, ignore_errors=True)
    for folder, (package, patterns) in FILES.items():
        for pattern in patterns:
            found = sorted((MODULES / package).glob(pattern))
            if not found:
                die(f"The npm package {package} has no file {pattern} any more: mend FILES in bin/vendor.py.")
            for source in found:
                relative = source.relative_to(MODULES / package)
                target = staged / folder / Path(*[part for part in relative.parts if part != "dist"])
                target.parent.mkdir(parents=True, exist_ok=True)
                body = source.read_bytes()
                target.write_bytes(SOURCE_MAP.sub(b"", body) if source.suffix in {".js", ".css"} else body)
    shutil.rmtree(VENDOR, ignore_errors=True)
    staged.rename(VENDOR)


def main() -> None:
    wanted = digest(ROOT / "package-lock.json", Path(__file__))
    stamp = VENDOR / "made-from"
    if stamp.is_file() and stamp.read_text() == wanted and (MODULES / "leaflet").is_dir():
        return
    environment = node_environment()
    say("Fetching the browser libraries and fonts")
    npm = shutil.which("npm", path=environment["PATH"])
    done = subprocess.run([str(npm), "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        die("npm ci failed; its message stands above.")
    copy_files()
    stamp.write_text(wanted)


if __name__ == "__main__":
    main()
