"""Sources that come in by themselves: followed feeds and watched folders. What they bring is handed in like what an editor brings."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from history.sentences import sentence as _
from history.sentences import sentence_of
from incidents import tasks
from sources.addresses import FetchError
from sources.feeds import TYPES, read_feed
from sources.fetching import Unchanged, Version, fetch
from sources.intake import MAX_BYTES, IntakeError, ManifestRow, outlet_named, read_manifest
from sources.models import Article, Feed, Submission

SUFFIXES = (".txt", ".html", ".htm")


# Feeds


@transaction.atomic
def ask_feeds() -> int:
    """Queue a reading of every feed whose time has come; how many. Several may ask at once: each feed is queued by one of them."""
    due = list(Feed.objects.due(timezone.now()).select_for_update(skip_locked=True))
    for feed in due:
        Feed.objects.filter(pk=feed.pk).update(read_at=timezone.now())
        follow_feed.enqueue(feed.pk)
    return len(due)


@task()
def follow_feed(number: int) -> int:
    """Read a feed and hand in what the record does not hold; how many reports. What goes wrong stands at the feed, in a sentence."""
    feed = Feed.objects.select_related("added_by", "outlet").get(pk=number)
    with override(settings.LANGUAGE_CODE):
        try:
            fetched = fetch(feed.url, types=TYPES, known=Version(feed.etag, feed.modified))
            offer = read_feed(fetched)
        except Unchanged:
            Feed.objects.filter(pk=number).update(reason="", unchanged_at=timezone.now())
            return 0
        except (FetchError, IntakeError) as error:
            Feed.objects.filter(pk=number).update(reason=sentence_of(error), offered=0)
            return 0
        except Exception:
            # The queue keeps the traceback; the editor sees that this feed is not being followed.
            Feed.objects.filter(pk=number).update(reason=_("An error of the program's own; it was recorded. Try again later."), offered=0)
            raise
        addresses = [entry.canonical_url for entry in offer.entries]
        held = set(Article.objects.filter(canonical_url__in=addresses).values_list("canonical_url", flat=True))
        rows = [
            Submission(
                form=Submission.Form.ADDRESS,
                label=entry.title,
                url=entry.url,
                outlet=feed.outlet,
                feed=feed,
                found_as=_digest("page", entry.canonical_url),
                submitted_by=feed.added_by,
            )
            for entry in offer.entries
            if entry.canonical_url not in held
        ]
        # A feed lists the newest first; the oldest is read first, so that a later report finds the events of an earlier one.
        stored = tasks.hand_in(rows[::-1], language=settings.LANGUAGE_CODE)
    title = feed.title or offer.title
    # Only now: a version that was named before its reports were handed in would hide them from the next reading.
    version = {"etag": fetched.version.etag, "modified": fetched.version.modified}
    Feed.objects.filter(pk=number, url=feed.url).update(reason="", offered=len(offer.entries), title=title, **version)
    return len(stored)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


# Folders


class Watch:
    """A folder whose reports are handed in as they appear. A file still being written is left for the next look.

    A `manifest.csv` in it says outlet, address and day of its files, as for `manage.py ingest`.
    """

    def __init__(self, folder: Path, *, by: User, complain: Callable[[str], None]) -> None:
        self.folder, self.by, self.complain = folder, by, complain
        self.seen: dict[Path, tuple[int, int]] = {}
        self.handed: dict[Path, tuple[int, int]] = {}

    def look(self) -> list[Submission]:
        """Hand in the files that are new or changed and have stood still since the last look. What was handed in before, also by a
        process that is gone, is known by its name and bytes."""
        now = {path: (found.st_size, found.st_mtime_ns) for path in self._files() if (found := _stat(path))}
        ready = [path for path, state in now.items() if self.seen.get(path) == state and self.handed.get(path) != state]
        self.seen = now
        if not ready:
            return []
        try:
            manifest = self._manifest()
        except IntakeError as error:
            self.complain(sentence_of(error))
            return []
        rows = [row for path in ready if (row := self._submission(path, manifest.get(path.name) or ManifestRow(path="")))]
        stored = tasks.hand_in(rows, language=settings.LANGUAGE_CODE)
        self.handed |= {path: now[path] for path in ready}
        return stored

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.suffix.lower() in SUFFIXES and not path.name.startswith("."))

    def _manifest(self) -> dict[str, ManifestRow]:
        file = self.folder / "manifest.csv"
        return read_manifest(file) if file.exists() else {}

    def _submission(self, path: Path, row: ManifestRow) -> Submission | None:
        try:
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)  # one byte too many is enough for the refusal
        except OSError as error:
            self.complain(f"{path}: {error}")
            return None
        name = str(path.relative_to(self.folder))
        return Submission(
            form=Submission.Form.FILE,
            label=name[-300:],
            url=row.url,
            raw=raw,
            outlet=outlet_named(row.outlet, name_en=row.outlet_en, kind=row.outlet_kind, side=row.side) if row.outlet else None,
            published_on=row.published,
            found_as=_digest("file", name, hashlib.sha256(raw).hexdigest()),
            submitted_by=self.by,
        )


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None  # gone between the listing and the look
