"""One text reads the same in every process: nothing is decided by the order in which a set happens to be walked."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHELLED_AND_AMBUSHED = "قصف تنظيم داعش بقذائف الهاون ثكنة للجيش في كفري ونصب كمينا لقوة جاءت لنجدتها فقتل جنديان."


def _read(hash_seed: int) -> str:
    code = f"from extraction import extract; print(extract({SHELLED_AND_AMBUSHED!r}).events[0].type)"
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONUTF8": "1"}
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return answer.stdout.strip()


def test_of_two_types_that_tell_as_much_the_first_told_stands_in_every_process():
    assert {_read(seed) for seed in range(4)} == {"shelling"}
