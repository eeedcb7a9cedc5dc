"""Compile extraction/ to machine code with mypyc, into build/extraction/DIGEST, where the package finds it.

compile_extraction.py            compile, then compare what it reads in the sample reports with what the sources read
compile_extraction.py --check    only ask mypyc whether it can (seconds, no C compiler)
"""

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from common import ROOT, die, say
from constants import with_constants

os.environ["COMPILED"] = "off"
sys.path.insert(0, str(ROOT))
import setuptools
from mypyc.build import mypycify
from setuptools.command.build_ext import build_ext

from extraction.compiled import BUILDS, PACKAGE, build_folder

SAMPLES = ROOT / "incidents" / "samples"
# What Python itself must find as a file: the package, its command, and what settles where the others come from.
INTERPRETED = {"__init__", "__main__", "compiled"}


def translate(folder: Path) -> list[setuptools.Extension]:
    """C of every module of the package, written into `folder`; ends with mypyc's own words where it cannot."""
    sources = sorted(path.relative_to(ROOT).as_posix() for path in PACKAGE.glob("*.py") if path.stem not in INTERPRETED)
    for path in PACKAGE.rglob("*.py"):
        copy = folder / "sources" / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(with_constants(path.read_text(encoding="utf-8")), encoding="utf-8")
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.chdir(folder / "sources"):
            # -O2 takes half as long again to compile as -O1 and reads 3 % quicker. No configuration: Django's plugins have no say here.
            options = ["--config-file=", *sources]
            return mypycify(options, opt_level="2", debug_level="0", target_dir=str(folder), group_name="extraction.all")
    except SystemExit:
        sys.stderr.writelines(line for line in printed.getvalue().splitlines(keepends=True) if ": warning:" not in line)
        die("mypyc cannot compile extraction/: the line it names must be written another way (docs/extraction.md, Compiled).")


def compile_into(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as work:
        extensions = translate(Path(work) / "c")
        # In place of the flags Python itself was built with, whose -Wall triples the time. No other library replaces a function of the
        # build: calls inside it need not ask, and may be inlined.
        os.environ.setdefault("CFLAGS", "-fwrapv -DNDEBUG -fno-semantic-interposition")
        lib = Path(work) / "lib"
        build = build_ext(setuptools.Distribution({"name": "extraction", "ext_modules": extensions}))
        build.build_lib, build.build_temp, build.parallel = str(lib), str(Path(work) / "o"), True
        build.ensure_finalized()
        build.run()
        shutil.copytree(lib / "extraction", folder)


def read_samples(compiled: str) -> bytes:
    """The JSON of the sample reports, by the sources ("off") or by the build ("on")."""
    command = [sys.executable, "-m", "extraction", str(SAMPLES), "--jsonl", "--manifest", str(SAMPLES / "manifest.csv")]
    environment = {**os.environ, "COMPILED": compiled, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False).stdout


def main() -> None:
    os.chdir(ROOT)
    if sys.argv[1:] == ["--check"]:
        with tempfile.TemporaryDirectory() as work:
            translate(Path(work))
        return
    folder = build_folder()
    if folder.is_dir():
        say("extraction/ has not changed since it was compiled")
        return
    say("Compiling extraction/ (two minutes or more, 1.5 GB of memory)")
    BUILDS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILDS, prefix=".") as unfinished:
        compile_into(Path(unfinished) / folder.name)
        if build_folder() != folder:
            die("The sources changed while they were compiled: once more.")
        (Path(unfinished) / folder.name).rename(folder)
    if read_samples("on") != read_samples("off"):
        shutil.rmtree(folder)
        die("The compiled extractor reads the sample reports otherwise than its sources do; the build was deleted.")
    for other in BUILDS.iterdir():
        if other != folder:
            shutil.rmtree(other)


if __name__ == "__main__":
    main()
