"""A small desk for tests that run on whole reports: load the cast, ingest files, accept what is proposed, as people would."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from incidents import curation
from incidents.candidates import propose, similar_events
from incidents.demo import SAME_EVENT
from incidents.models import Candidate, Event
from sources.intake import read_manifest, receive
from sources.models import Article
from tests import factories


@contextmanager
def cast_of_a_new_installation(blocker: Any) -> Iterator[None]:
    """Places, actors and speakers as a new installation has them, for all tests of a module; undone after the last."""
    with blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        call_command("load_places", verbosity=0)
        call_command("load_cast", verbosity=0)
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def ingest(folder: Path, *names: str, dated: bool = True) -> list[Article]:
    """These files of a folder as articles with their candidates; `dated=False` leaves out what its manifest says of the day."""
    rows = read_manifest(folder / "manifest.csv")
    articles = []
    for name in names:
        row = rows.get(name)
        if row and not dated:
            row = type(row)(**{**vars(row), "published": None, "url": ""})
        article, _ = receive((folder / name).read_bytes(), row=row)
        propose(article)
        articles.append(article)
    return articles


def accept_all(*articles: Article, by: Any = None) -> list[Event]:
    """Every waiting candidate of these articles, each into the event it plainly belongs to; statistics become statistics."""
    by = by or factories.user("editor")
    for article in articles:
        for candidate in Candidate.objects.waiting().filter(article=article).order_by("start"):
            own = set(Candidate.objects.filter(article=article, event__isnull=False).values_list("event_id", flat=True))
            known = similar_events(candidate) if candidate.kind != Candidate.Kind.STATISTIC else []
            into = next((s.event for s in known if s.score >= SAME_EVENT and s.event.pk not in own), None)
            curation.accept(candidate=candidate, by=by, into=into)
    return list(Event.objects.filter(claims__passage__article__in=articles).distinct().order_by("pk"))


def event_on(day: Any, *types: str, **more: Any) -> Event:
    """The one event of these types that begins on that day."""
    return Event.objects.filter(date_start=day, type__in=types, **more).distinct().get()


def files_of(folder: Path) -> list[str]:
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        return [row["path"] for row in csv.DictReader(file)]
