"""Made-up events for benchmarks: as many as asked for, spread over places and years as real ones are. Never part of a real record.

Written by the database itself, with its own random numbers from a fixed seed: a million events in minutes.
"""

from pathlib import Path

from django.db import connection, transaction

from entities.models import Actor
from incidents.models import Event
from sources.models import Outlet, Speaker, Statement

STATEMENTS = Path(__file__).with_suffix(".sql")
OUTLETS = 12
SPEAKERS = 9
ACTORS = 14
FILLED = ("incidents_event", "sources_article", "sources_passage", "incidents_claim", "incidents_participation")

# One in a hundred undated, one in twenty known to no place; villages far more often than districts; 2013 to 2024, most of it 2014–2017.


@transaction.atomic
def make(size: int, *, approver: int, articles: int = 200_000) -> int:
    """`size` published events of the years 1900 and up in their codes (which no real one has), with claims, articles and actors."""
    articles = max(1, min(size, articles))
    values = {"size": size, "articles": articles, "outlets": OUTLETS, "speakers": SPEAKERS, "actors": ACTORS, "approver": approver}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.42)")
        _cast()
        # No history of what nobody did: row by row its triggers would take an hour and three times the room. CHECKs and foreign keys hold.
        for table in FILLED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in STATEMENTS.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
        # Deferred foreign keys are checked now: a table whose checks wait cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in FILLED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ANALYZE {table}")
    return Event.objects.filter(code__startswith="ISN-19").count()


def _cast() -> None:
    """Outlets, speakers with one statement each, and actors, all with names that say they are made up."""
    for i in range(OUTLETS):
        Outlet.objects.get_or_create(name_ar=f"صحيفة اصطناعية {i + 1}", defaults={"name_en": f"Synthetic paper {i + 1}", "is_sample": True})
    for i in range(SPEAKERS):
        speaker, is_new = Speaker.objects.get_or_create(
            slug=f"synthetic-{i + 1}", defaults={"kind": "body", "name_ar": f"جهة اصطناعية {i + 1}", "name_en": f"Synthetic body {i + 1}"}
        )
        if is_new:
            Statement.objects.create(kind="communique", title="بيان اصطناعي").issuers.add(speaker)
    for i in range(ACTORS):
        names = {"name_ar": f"قوة اصطناعية {i + 1}", "name_en": f"Synthetic force {i + 1}", "kind": "other"}
        Actor.objects.get_or_create(slug=f"synthetic-{i + 1}", defaults=names)
