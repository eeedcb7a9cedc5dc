"""How fast the extractor reads: articles a second on one core with the full gazetteer, start-up, memory, growth with length, hostile input.

    python bench/extraction.py [--gazetteer CSV] [--fuzz SECONDS]

Reads the sample reports, cut or repeated to 2,000 characters: the compiled build where there is one (make compile-extraction) and the
sources, turn by turn in two processes, so that a slow moment hits both. All other figures are of the build; without one, or with
COMPILED=off, of the sources. Prints each with its goal; it is a benchmark, never a timed test.
"""

import argparse
import gc
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extraction import IS_COMPILED, Gazetteer, Report, extract  # noqa: E402  (the checkout's, whatever is installed)

ROUNDS = 7
DAY = date(2021, 12, 6)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
MARKS = ["\n", "\r\n", "\u200c", "\u0640", "\u064b", "😔", '"', "(", ")", "«", "»", "/", "-", "2021", "٣", "²", "①", "\x00", "ﷲ"]


def articles(length: int) -> list[str]:
    """The sample reports, each brought to `length` characters by repeating and cutting."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "incidents" / "samples").glob("*.txt"))]
    return [(text * (length // len(text) + 1))[:length] for text in texts]


def read_rounds(gazetteer: Gazetteer) -> None:
    """For each line of input one round over the articles, and a line with how many were read in a second of processor time."""
    texts = articles(2000)
    for number, _ in enumerate(sys.stdin):
        # Every round ends its lines with another number of blanks: nothing is a text, or a line, that was read before and is remembered.
        unread = [text.replace("\n", " " * number + "\n") + " " * number for text in texts]
        gc.collect()
        begin = time.process_time()
        for text in unread:
            extract(text, published=DAY, gazetteer=gazetteer)
        print(len(texts) / (time.process_time() - begin), flush=True)


def rates(gazetteer: Path | None) -> dict[str, list[float]]:
    """Articles a second in each round, of the build and of the sources; the first round, which learns the words, is not counted."""
    told: dict[str, list[float]] = {}
    readers = {}
    for name, compiled in (("compiled", "on"), ("the sources", "off")):
        if compiled == "off" or IS_COMPILED:
            command = [sys.executable, __file__, "--rounds", *(["--gazetteer", str(gazetteer)] if gazetteer else [])]
            environment = {**os.environ, "COMPILED": compiled}
            readers[name] = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for _ in range(ROUNDS + 1):
        for name, reader in readers.items():
            if not (reader.stdin and reader.stdout):
                continue
            print(file=reader.stdin, flush=True)
            told.setdefault(name, []).append(float(reader.stdout.readline()))
    for reader in readers.values():
        reader.communicate()
    return {name: rounds[1:] for name, rounds in told.items()}


def start_up() -> float:
    """CPU seconds of a fresh process to import, load lexicon and gazetteer, and read one sentence, less the bare interpreter's."""

    def run(code: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(run("from extraction import extract; extract('هجوم في كفري')") for _ in range(3)) - min(run("pass") for _ in range(3))


def hostile(length: int) -> dict[str, str]:
    """Texts meant to be slow: random Arabic, one endless word, digits, quotation marks, one trigger over and over."""
    dice = random.Random(1)
    words = ["".join(dice.choices(LETTERS, k=dice.randint(2, 9))) for _ in range(length // 6)]
    return {
        "random Arabic": " ".join(words)[:length],
        "one endless word": "و" * length,
        "digits and commas": ("1,2" * length)[:length],
        "quotation marks": ('"« ' * length)[:length],
        "one trigger over and over": ("هجوم داعش على " * length)[:length],
        "one place over and over": ("قتل جندي في هجوم لداعش. " + "في كفري " * length)[:length],
        "one sentence of harm": ("مقتل 3 جنود وإصابة 5 آخرين " * length)[:length],
        "one meeting over and over": ("بحث وزير الدفاع مع وفد من البيشمركة في بغداد التنسيق الأمني المشترك. " * length)[:length],
        "places nobody names": ("قتل جندي في كفري شرق المدينة وفي القضاء. " * length)[:length],
    }


def fuzz(seconds: float, read: Callable[..., Report]) -> int:
    """Random heaps of news words, marks and letters until the time is up; every quote is compared with its span. Returns how many."""
    dice = random.Random()
    pieces = [*" ".join(articles(3000)).split(), *MARKS]
    count, stop = 0, time.monotonic() + seconds
    while time.monotonic() < stop:
        text = dice.choice([" ", "", "\n"]).join(dice.choices(pieces, k=dice.randint(1, 300)))
        for event in read(text, published=dice.choice([None, DAY])).events:
            for quote in event.quotes:
                if text[quote.start : quote.end] != quote.text:
                    raise SystemExit(f"a span is not its quote in {text!r}")
        count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", type=Path, help="a full dump (CSV); the shipped gazetteer without it")
    parser.add_argument("--fuzz", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--rounds", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_known_args()[0]
    if args.rounds:
        read_rounds(Gazetteer.load(args.gazetteer))
        return
    for name, rounds in (read := rates(args.gazetteer)).items():
        of_rounds = f"(goal 300; slowest of {ROUNDS} rounds {min(rounds):.0f}, median {statistics.median(rounds):.0f})"
        print(f"2,000 characters, {name:12}{max(rounds):8.0f} articles a second  {of_rounds}")
    if IS_COMPILED:
        ratio = statistics.median(one / other for one, other in zip(*read.values(), strict=True))
        print(f"compiled / the sources        {ratio:8.2f} (median of {ROUNDS} pairs)")
    else:
        print("compiled                        no build of these sources: make compile-extraction")
    print(f"measured from here on         {'the compiled build' if IS_COMPILED else 'the sources'}")
    print(f"start-up                      {start_up():8.2f} s            (goal 1)")
    begin = time.perf_counter()
    gazetteer = Gazetteer.load(args.gazetteer)
    print(f"gazetteer of {len(gazetteer.places):6} places    {time.perf_counter() - begin:8.2f} s to load")
    texts = articles(2000)
    for text in texts:
        extract(text, published=DAY, gazetteer=gazetteer)
    times = {}
    for length in (5_000, 50_000):
        text = (" ".join(texts) * 3)[:length]
        begin = time.process_time()
        extract(text, published=DAY, gazetteer=gazetteer)
        times[length] = time.process_time() - begin
    print(f"10 x the length               {times[50_000] / times[5_000]:8.1f} x the time   (goal 12)")
    for name, text in hostile(1_000_000).items():
        begin = time.process_time()
        extract(text, published=DAY, gazetteer=gazetteer)
        print(f"1 MB of {name:26}{time.process_time() - begin:4.1f} s            (goal 2)", flush=True)
    print(f"memory at its peak            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB           (goal 300)")
    if args.fuzz:
        print(f"fuzzed for {args.fuzz:.0f} s: {fuzz(args.fuzz, extract)} texts, nothing raised, every quote exact")


if __name__ == "__main__":
    main()
