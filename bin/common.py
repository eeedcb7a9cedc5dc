"""What the set-up scripts share. Standard library only: they run before anything is installed."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"


def say(message: str) -> None:
    print(f"\N{BULLET} {message}", file=sys.stderr, flush=True)


def die(message: str) -> NoReturn:
    """End with one sentence a person can act on."""
    print(f"\nIsnad: {message}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def digest(*paths: Path) -> str:
    """Sixteen hexadecimal digits that change when one of the files does."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def install_requirements(*names: str) -> None:
    """Install hashed requirement files into .venv; once, until one of them changes."""
    files = [ROOT / name for name in names]
    stamp = VENV / f"installed-{'-'.join(path.stem for path in files)}"
    wanted = digest(*files)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say(f"Installing {' and '.join(names)} into .venv (a minute or two)")
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    for path in files:
        command += ["-r", str(path)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        die("pip could not install the Python packages; its message stands above.")
    stamp.write_text(wanted)
