"""Make .venv and fill it from the hashed requirement files named on the command line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from common import ROOT, VENV, die, install_requirements, say

if __name__ == "__main__":
    if not (VENV / "bin" / "python").exists():
        say(f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor}")
        if VENV.is_dir() and not VENV.is_symlink():
            shutil.rmtree(VENV)
        # A fresh environment, whatever one this command was started from.
        environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}}
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], cwd=ROOT, env=environment, check=False).returncode:
            die("Python could not make .venv; its message stands above.")
    install_requirements(*sys.argv[1:])
