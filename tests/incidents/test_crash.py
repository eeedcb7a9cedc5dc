"""kill -9 at any statement, of the worker or of an import: run again, and the record is what one run would have made of it."""

import itertools
import os
import random
import signal
import traceback
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django_tasks_db.models import DBTaskResult

from history import verify
from incidents import presence, tasks
from incidents.models import Candidate
from sources.models import Article, Submission
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

REPORTS = [
    f"بغداد {n + 2} كانون الأول 2021\nقتل {n + 3} أشخاص في هجوم شنه داعش على قرية خضر جيجة قرب مخمور، بحسب مصدر أمني.\n"
    f"وعقد وفد من البيشمركة اجتماعاً مع قيادة العمليات المشتركة في بغداد لبحث التنسيق الأمني، بحسب البيان {n}."
    for n in range(8)
]


def picture():
    """All that was made of the reports, but for keys and clocks."""
    return {
        "articles": sorted(Article.objects.values_list("sha256", "text", "title", "published_on", "is_current")),
        "candidates": sorted(
            Candidate.objects.values_list("article__sha256", "start", "end", "type", "proposal"), key=lambda row: (*row[:4], str(row[4]))
        ),
        "submissions": sorted(Submission.objects.values_list("label", "state", "reason", "article__sha256", "candidates")),
    }


def killed(command, *args, at: int, after: bool, **options) -> bool:
    """Run a command in a process of its own that gets SIGKILL before or after its statement number `at`; whether it got that far.

    A process that fails for another reason fails the test: it prints why, and ends with 1.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        # Connections that other threads of the parent left open are the parent's: this process makes its own.
        for alias in connections:
            del connections[alias]
        count = itertools.count(1)

        def strike(execute, sql, params, many, context):
            is_now = next(count) == at
            if is_now and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = execute(sql, params, many, context)
            if is_now:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        try:
            with connection.execute_wrapper(strike):
                call_command(command, *args, stdout=StringIO(), stderr=StringIO(), **options)
        except BaseException:
            os.write(2, traceback.format_exc().encode())
            os._exit(1)
        os._exit(0)  # no test framework runs its end in a copy of its process
    ended = os.waitpid(child, 0)[1]
    assert ended == 0 or os.WTERMSIG(ended) == signal.SIGKILL
    return os.WIFSIGNALED(ended)


def hand_in():
    for number, text in enumerate(REPORTS):
        tasks.submit(factories.submission(f"{number}.txt", raw=text.encode()), language="ar")


def until_the_server_noticed():
    """The server lets go of a dead worker's lock when it reads the end of its connection: whoever asks for the lock waits for that."""
    for *_, last in DBTaskResult.objects.filter(status="RUNNING").values_list("worker_ids", flat=True):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock({presence.KEY})", [last])


def work():
    call_command("worker", batch=True, verbosity=0)


@pytest.fixture
def points():
    """Where to strike: random statements of a run, before or after them; the same in every run of the test."""
    chance = random.Random(9)

    def draw(count, most):
        return [(chance.randint(1, most), chance.random() < 0.5) for _ in range(count)]

    return draw


def test_a_worker_killed_anywhere_loses_no_submission_and_leaves_nothing_half_done(points):
    hand_in()
    work()
    whole = picture()
    call_command("flush", interactive=False, verbosity=0)
    hand_in()
    struck = 0
    for at, after in points(2 * len(REPORTS), 45):
        struck += killed("worker", batch=True, verbosity=0, at=at, after=after)
        until_the_server_noticed()
    work()
    assert picture() == whole
    assert {state for _, state, *_ in whole["submissions"]} == {"done"}
    assert struck >= len(REPORTS)
    assert list(verify.faults()) == []


def test_an_import_killed_anywhere_is_completed_by_the_next(points, tmp_path):
    for number, text in enumerate(REPORTS):
        (tmp_path / f"{number}.txt").write_text(text)
    call_command("ingest", tmp_path, stdout=StringIO())
    whole = picture()
    call_command("flush", interactive=False, verbosity=0)
    struck = 0
    for at, after in points(2 * len(REPORTS), 12):
        known = 2 * Article.objects.count()  # statements that find a report there already
        struck += killed("ingest", tmp_path, at=known + at, after=after)
    call_command("ingest", tmp_path, stdout=StringIO())
    assert picture() == whole
    assert struck >= len(REPORTS)
    assert list(verify.faults()) == []
