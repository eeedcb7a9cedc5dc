"""python -m extraction FILE...: what the extractor reads in reports, as JSON; --explain says by which rule and from which words."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from extraction.batch import expand, extract_files, read_text
from extraction.explain import explain
from extraction.pipeline import extract
from extraction.places import Gazetteer


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m extraction", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="text files, or folders of .txt files; - reads standard input")
    parser.add_argument("--manifest", type=Path, help="CSV with path, outlet, url, published")
    parser.add_argument("--published", type=date.fromisoformat, help="publication day of the one FILE, YYYY-MM-DD")
    parser.add_argument(
        "--gazetteer", type=Path, help="another gazetteer: the shipped form, or a dump with id, kind, name_ar, lat, lon, pcode"
    )
    parser.add_argument("--jsonl", action="store_true", help="one object an article, one line each")
    parser.add_argument("--explain", action="store_true", help="for each value the rule and the words that gave it")
    args = parser.parse_args(arguments)
    gazetteer = Gazetteer.load(args.gazetteer) if args.gazetteer else None
    if args.paths == [Path("-")]:
        reports = iter([extract(sys.stdin.read(), published=args.published, gazetteer=gazetteer)])
    elif args.published and len(expand(args.paths)) == 1:
        file = expand(args.paths)[0]
        reports = iter([extract(read_text(file), path=file.name, published=args.published, gazetteer=gazetteer)])
    else:
        reports = extract_files(args.paths, manifest=args.manifest, gazetteer=gazetteer)
    for report in reports:
        if args.explain:
            print(explain(report))
        else:
            print(json.dumps(report.as_dict(), ensure_ascii=False, indent=None if args.jsonl else 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
