"""Whole folders through intake and extraction, one file's failure never another's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from incidents.candidates import propose
from sources.intake import IntakeError, ManifestRow, receive
from sources.models import Article


@dataclass(frozen=True)
class Ingested:
    """What became of one file: its article and how many candidates it gave, or the reason it was refused."""

    path: Path
    article: Article | None = None
    is_new: bool = False
    candidates: int = 0
    refusal: str = ""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The text files of these files and folders, in order of their names."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    return found


def ingest(files: Iterable[Path], manifest: dict[str, ManifestRow], *, is_sample: bool = False) -> Iterator[Ingested]:
    """Store each file as an article and propose its candidates. What was ingested before gives its article and nothing new."""
    for path in files:
        try:
            # One transaction: whatever ends the process in between leaves no article whose events nobody looked for.
            with transaction.atomic():
                article, is_new = receive(path.read_bytes(), row=manifest.get(path.name), is_sample=is_sample)
                candidates = propose(article) if is_new else []
        except (IntakeError, OSError) as error:
            yield Ingested(path, refusal=str(error))
            continue
        yield Ingested(path, article, is_new, len(candidates))
