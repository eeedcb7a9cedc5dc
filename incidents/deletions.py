"""Rows that a dataset has deleted: what it said there counts no longer, and stays readable as retracted; taken back like an import.

ACLED names the events it deletes in a list of their ids (`event_id_cnty`, `deleted_timestamp`), which is given as a file.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from history.sentences import in_a_row, kept
from history.sentences import sentence as _
from incidents import curation
from incidents.curation import CurationError
from incidents.curation.guard import verb
from incidents.models import Candidate, Claim, Event, ImportedRow
from sources.intake import row_address
from sources.models import Article, Outlet

Fate = ImportedRow.Fate


def versions_of(dataset: Outlet, keys: Iterable[str]) -> QuerySet[Article]:
    """What the dataset ever said under these keys: the version of now and those before it."""
    return Article.objects.filter(canonical_url__in=[row_address(dataset, key) for key in keys]).defer("raw", "search_text")


def standing(articles: Iterable[Article]) -> set[int]:
    """Of these articles, those with a candidate that waits or was judged: what was taken back or deleted leaves none."""
    found = Candidate.objects.filter(article__in=articles).exclude(verdict=Candidate.Verdict.STALE)
    return set(found.values_list("article", flat=True))


def settle(dataset: Outlet, rows: list[ImportedRow]) -> None:
    """The fate of rows of a list of deletions: to be withdrawn where the record holds something of them."""
    articles = list(versions_of(dataset, [row.key for row in rows]))
    held = {article.canonical_url for article in articles if article.pk in standing(articles)}
    for row in rows:
        row.fate = Fate.DELETED
        if row_address(dataset, row.key) not in held:
            row.fate, row.problems = Fate.LEFT_OUT, [("", kept(_("nothing of it is in this record")))]


@verb(why=gettext_noop("Its dataset deleted the row."))
def withdraw_row(*, row: ImportedRow, by: User) -> ImportedRow:
    """Retract what the dataset claims under the row's key, in all its versions; an event that then stands on nothing is set aside.

    What is published stays for a reviewer to withdraw: the row's remark names it. Keeps what was written, for `restore_row`.
    """
    articles = list(versions_of(row.source.dataset, [row.key]))
    candidates = Candidate.objects.filter(article__in=articles).exclude(verdict=Candidate.Verdict.STALE)
    claims = list(Claim.objects.live().filter(passage__article__in=articles).select_related("event"))
    written: dict[str, Any] = {
        "candidates": list(candidates.values_list("pk", "verdict")),
        "claims": [(claim.pk, claim.rank, claim.note) for claim in claims],
        "events": [],
    }
    Candidate.objects.filter(pk__in=[pk for pk, _verdict in written["candidates"]]).update(
        verdict=Candidate.Verdict.STALE, held_by=None, held_until=None
    )
    for claim in claims:
        curation.retract_claim(claim=claim, by=by, note=_("Its dataset deleted the row."))
    remarks = []
    for event in Event.objects.filter(pk__in={claim.event_id for claim in claims}).order_by("pk"):
        if event.claims.live().exists():
            continue
        if event.status in (Event.Status.DRAFT, Event.Status.IN_REVIEW):
            written["events"].append((event.pk, event.status))
            curation.reject(event=event, by=by, reason=gettext_noop("Its dataset deleted the row."))
        elif event.status in (Event.Status.APPROVED, Event.Status.PUBLISHED):
            name = {"code": event.code, "status": Event.Status(event.status).label}
            remarks.append(_("%(code)s is “%(status)s”, and no claim of it counts any more: withdraw it.") % name)
    row.article = next((article for article in articles if article.is_current), articles[-1])
    row.is_done, row.remark, row.written = True, in_a_row(remarks), written
    row.save(update_fields=["article", "is_done", "remark", "written"])
    return row


@verb(why=gettext_noop("The deletion of a row was taken back."))
def restore_row(*, row: ImportedRow, by: User) -> None:
    """Let what was withdrawn with the row count again, as far as nobody has judged it otherwise since."""
    if standing(versions_of(row.source.dataset, [row.key])):
        raise CurationError(_("Another import brought this row meanwhile."))
    for pk, status in row.written["events"]:
        event = Event.objects.get(pk=pk)
        if event.status == Event.Status.REJECTED:
            event = curation.reopen(event=event, by=by)
            if status == Event.Status.IN_REVIEW:
                curation.submit(event=event, by=by)
    for pk, rank, note in row.written["claims"]:
        claim = Claim.objects.get(pk=pk)
        if claim.rank_reason == Claim.RankReason.RETRACTED:
            curation.rank_claim(claim=claim, rank=rank, by=by, note=note or _("The deletion of the row was taken back."))
    for pk, verdict in row.written["candidates"]:
        Candidate.objects.filter(pk=pk, verdict=Candidate.Verdict.STALE).update(verdict=verdict)
    ImportedRow.objects.filter(pk=row.pk).update(is_done=False, remark="", written={})
