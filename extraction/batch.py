"""Read files, each with what a manifest knows beside its text: the work behind `manage.py extract` and `python -m extraction --jsonl`."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from extraction.pipeline import extract
from extraction.places import Gazetteer
from extraction.types import Report


def read_manifest(path: Path | None) -> dict[str, dict[str, str]]:
    """Rows by file name: columns path, outlet, url, published (ISO day), language; all but path may be empty."""
    if path is None:
        return {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {Path(row["path"]).name: {k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file)}


def read_text(path: Path) -> str:
    """The file's text as read: UTF-8, strictly, then Windows-1256; line ends stay. Raises UnicodeDecodeError if neither fits."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1256")


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files as given, and the .txt files of folders, in order of name."""
    return [file for path in paths for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]


def extract_files(paths: Iterable[Path], manifest: Path | None = None, gazetteer: Gazetteer | None = None) -> Iterator[Report]:
    """One report a file, in order. The manifest gives outlet, URL and publication day where an editor knows them."""
    known = read_manifest(manifest)
    for path in expand(paths):
        row = known.get(path.name, {})
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        yield extract(
            read_text(path),
            path=path.name,
            published=published,
            outlet=row.get("outlet") or None,
            url=row.get("url") or None,
            gazetteer=gazetteer,
        )
