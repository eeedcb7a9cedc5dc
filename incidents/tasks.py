"""Work in the background: what editors handed in becomes articles and candidates. A task run twice finds its work done the second time."""

from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from history.context import because
from history.sentences import sentence as _
from history.sentences import sentence_of
from incidents.candidates import propose
from incidents.presence import is_gone
from sources.addresses import FetchError
from sources.fetching import Fetched, fetch
from sources.intake import IntakeError, ManifestRow, decode, receive
from sources.models import Article, Submission
from sources.pages import Page, read_page

MOST_ATTEMPTS = 3
Step = Submission.Step


@transaction.atomic
def hand_in(rows: list[Submission], *, language: str) -> list[Submission]:
    """Store each source as it came and queue it; a file that cannot be a text fails at once, by its name, instead of in the queue.

    What a feed or a folder found before (`found_as`) is left out, however many look at once. Gives back what was stored.
    """
    for row in rows:
        if row.form == Submission.Form.FILE:
            try:
                decode(bytes(row.raw or b""))
            except IntakeError as error:
                row.state, row.reason = Submission.State.FAILED, sentence_of(error)
    found = [row.found_as for row in rows if row.found_as]
    known = set(Submission.objects.filter(found_as__in=found).values_list("found_as", flat=True))
    stored = [row for row in rows if row.found_as not in known and _store(row)]
    for row in stored:
        if row.state == Submission.State.QUEUED:
            submit(row, language=language)
    return stored


def _store(row: Submission) -> bool:
    """Whether it was stored: of two who found the same at once, one is second."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if not row.found_as:
            raise
        return False
    return True


def submit(submission: Submission, *, language: str) -> None:
    """Queue a stored submission; call it in the transaction that stores it."""
    read_submission.enqueue(submission.pk, language)


@task()
def read_submission(number: int, language: str) -> int | None:
    """Fetch (where it is an address), read, store and propose; the submission's row says how far it has come. Returns the article's id."""
    with override(language):
        row = _begin(number)
        if row is None:
            return None
        try:
            article = _read(row)
        except (FetchError, IntakeError) as error:
            _end(row, state=Submission.State.FAILED, reason=sentence_of(error))
            return None
        except Exception:
            # The queue keeps the traceback; the editor is told what can be done.
            _end(
                row,
                state=Submission.State.FAILED,
                reason=_("An error of the program's own; it was recorded. Try again later."),
            )
            raise
    return article.pk


def _begin(number: int) -> Submission | None:
    """Mark it as being read; None where it is done already or was given up."""
    with transaction.atomic():
        row = Submission.objects.select_for_update(of=("self",)).select_related("outlet", "submitted_by").get(pk=number)
        if row.state in (Submission.State.DONE, Submission.State.FAILED):
            return None
        row.state, row.step, row.started_at = Submission.State.RUNNING, "", timezone.now()
        row.attempts += 1
        row.save(update_fields=["state", "step", "started_at", "attempts"])
    return row


def _read(row: Submission) -> Article:
    _at(row, Step.FETCHING)
    page: Page | None = None
    if row.form == Submission.Form.ADDRESS:
        fetched = fetch(row.url)
        Submission.objects.filter(pk=row.pk).update(raw=fetched.body)
        raw, url = fetched.body, fetched.url
        _at(row, Step.READING)
        page = read_page(fetched) if fetched.content_type != "text/plain" else None
    else:
        raw, url = bytes(row.raw or b""), row.url
        _at(row, Step.READING)
        if raw.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
            page = read_page(Fetched(url or "https://localhost/", "text/html", "", raw))
    if page and row.feed_id and not page.title:
        page = replace(page, title=row.label)
    manifest = ManifestRow(path="", outlet=row.outlet.name_ar if row.outlet else "", url=url, published=row.published_on)
    who: dict[str, Any] = {"by": row.submitted_by, "verb": "hand_in", "reason": str(row)[:200]}
    with because(**who):
        article, is_new = receive(raw, row=manifest, page=page)
    _at(row, Step.PROPOSING)
    # Also for an article that was there: a worker that died between storing and proposing left it without candidates.
    with because(**who):
        candidates = propose(article) if is_new or not article.candidates.exists() else []
    _end(row, state=Submission.State.DONE, article=article, is_new=is_new, candidates=len(candidates))
    return article


def _at(row: Submission, step: str) -> None:
    Submission.objects.filter(pk=row.pk).update(step=step)


def _end(row: Submission, **columns: Any) -> None:
    Submission.objects.filter(pk=row.pk).update(finished_at=timezone.now(), **columns)


@transaction.atomic
def retry(submission: Submission, *, language: str) -> bool:
    """Queue a failed submission again; False where it has not failed."""
    row = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if row.state != Submission.State.FAILED:
        return False
    fresh = {"step": "", "reason": "", "attempts": 0, "started_at": None, "finished_at": None}
    Submission.objects.filter(pk=row.pk).update(state=Submission.State.QUEUED, **fresh)
    submit(row, language=language)
    return True


@transaction.atomic
def sweep() -> int:
    """Queue again what a killed worker left as running; how many. What killed a worker three times is given up."""
    count = 0
    for result in DBTaskResult.objects.select_for_update(skip_locked=True).filter(status=TaskResultStatus.RUNNING):
        if not is_gone(result.worker_ids[-1]):
            continue
        if len(result.worker_ids) >= MOST_ATTEMPTS:
            result.set_failed(RuntimeError(f"the worker was lost {MOST_ATTEMPTS} times"))
            _give_up(result)
            continue
        DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.READY, started_at=None)
        count += 1
    return count


def _give_up(result: DBTaskResult[Any, Any]) -> None:
    if result.task_path == read_submission.module_path:
        reason = _("The worker broke off while reading it, %(n)d times.") % {"n": MOST_ATTEMPTS}
        row = Submission(pk=result.args_kwargs["args"][0])
        _end(row, state=Submission.State.FAILED, reason=reason)
