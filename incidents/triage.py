"""What editors do with candidates: take one up, correct it, split it, judge it, take a verdict back.

A candidate is held for minutes by whoever has it on screen; the verbs refuse while somebody else holds it. A verdict is given on what was
read, the candidate's revision `seen`. Every verb is one transaction and refuses with a sentence an editor can act on.
"""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy, gettext_noop

from history.clashes import with_seen
from history.sentences import sentence as _
from incidents import curation
from incidents.curation import CurationError
from incidents.curation.guard import as_read, news_of, verb
from incidents.links import suggest_links
from incidents.models import Candidate, Claim, Commitment, Event, EventLink, Statistic
from incidents.taxonomy import BY_SLUG
from sources.models import Article

LEASE = timedelta(minutes=10)
# The lists of values a proposal carries, each value with its span; and what it has one of.
VALUES = ("places", "actors", "casualties", "outcomes", "weapons", "figures", "origins")
ONE_VALUE = ("date", "operation_name")


class RejectReason(models.TextChoices):
    """Why a candidate is none. Stored at the head of the reason: the counts show where the extractor errs."""

    NO_EVENT = "no_event", gettext_lazy("Reports no event")
    REPEATED = "repeated", gettext_lazy("The same event again in this article")
    COMMENT = "comment", gettext_lazy("Comment, condolence or analysis")
    OFF_TOPIC = "off_topic", gettext_lazy("Not what this record is about")
    MISREAD = "misread", gettext_lazy("Misread by the machine")
    FURNITURE = "furniture", gettext_lazy("Page furniture")

    @classmethod
    def text(cls, slug: str, words: str) -> str:
        """`misread: the name is a person's`; the words alone where no reason of the list was chosen; '' for neither."""
        return ": ".join(filter(None, [slug if slug in cls.values else "", words.strip()[:500]]))


def queue_of(user: User) -> Any:
    """The candidates that wait for this editor: those nobody else is on, without those set aside by the editor."""
    others = Candidate.objects.held_by_another(user).values("pk")
    return Candidate.objects.waiting().exclude(skipped_by=user).exclude(pk__in=others)


def progress_of(user: User) -> tuple[int, int]:
    """(how many the editor judged today, how many still wait)."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Candidate.objects.filter(judged_by=user, judged_at__gte=today).count(), queue_of(user).count()


def _locked(candidate: Candidate, by: User) -> Candidate:
    """The row, locked, if nobody else holds it."""
    row = Candidate.objects.select_for_update(of=("self",)).select_related("article__outlet", "held_by", "event").get(pk=candidate.pk)
    if row.is_held_by_another(by):
        raise CurationError(_held(row))
    return row


def _held(row: Candidate) -> str:
    until = time_format(timezone.localtime(row.held_until), "H:i")
    return _("%(name)s is on this candidate until %(until)s.") % {"name": row.held_by, "until": until}


def news(*, candidate: Candidate, to: User, seen: int, was_held: bool = False) -> str:
    """What happened to a candidate since it came on this editor's screen, in a sentence: judged, taken over, corrected; '' for nothing.
    `was_held`: the page said that somebody else was on it."""
    if candidate.verdict:
        if not candidate.judged_by:
            return _("A later reading of the article took this candidate's place.")
        at = time_format(timezone.localtime(candidate.judged_at), "H:i")
        words = {"name": candidate.judged_by, "at": at, "verdict": candidate.get_verdict_display()}
        return _("%(name)s judged this candidate at %(at)s: %(verdict)s.") % words
    if candidate.is_held_by_another(to):
        return "" if was_held else _held(candidate)
    if was_held:
        return _("Nobody is on this candidate any more: open it anew to judge it.")
    return news_of(candidate, seen, "proposal", "corrections")


def _open(candidate: Candidate, by: User, seen: int | None = None) -> Candidate:
    """The row, locked, if it still waits, as it was read."""
    row = _locked(candidate, by)
    if row.verdict:
        raise CurationError(
            _("This candidate was judged already (%(verdict)s): undo that first.") % {"verdict": Candidate.Verdict(row.verdict).label}
        )
    as_read(row, seen, "proposal", "corrections")
    return row


@verb(why=gettext_noop("Taken up at the desk."))
def hold(*, candidate: Candidate, by: User) -> Candidate:
    """Take the candidate up for ten minutes; again, for ten more. Any other candidate the editor held is let go."""
    row = _locked(candidate, by)
    Candidate.objects.filter(held_by=by).exclude(pk=row.pk).update(held_by=None, held_until=None)
    row.held_by, row.held_until = by, timezone.now() + LEASE
    row.save(update_fields=["held_by", "held_until"])
    return row


@verb(why=gettext_noop("Set aside for later."))
def skip(*, candidate: Candidate, by: User) -> None:
    """Set it aside for this editor alone; it waits for the others as before."""
    row = _open(candidate, by)
    row.skipped_by.add(by)
    Candidate.objects.filter(pk=row.pk).update(held_by=None, held_until=None)


def take_up_skipped(*, by: User) -> None:
    Candidate.skipped_by.through.objects.filter(user=by).delete()


@verb(why=gettext_noop("Corrected at the desk."))
def correct(*, candidate: Candidate, by: User, changes: dict[str, Any]) -> Candidate:
    """Replace fields of what is proposed, which is kept beside them. A field set back to what was proposed is no correction."""
    row = _open(candidate, by)
    kind = BY_SLUG[changes["type"]].kind if changes.get("type") in BY_SLUG else None
    if changes.get("type") and row.kind != Candidate.Kind.STATISTIC and not kind:
        raise CurationError(_("“%(type)s” is no type of event.") % {"type": changes["type"]})
    corrections = {**row.corrections, **changes, **({"kind": kind} if kind else {})}
    row.corrections = {field: value for field, value in corrections.items() if value != row.proposal.get(field)}
    row.save(update_fields=["corrections"])
    return row


@transaction.atomic
def add_value(*, candidate: Candidate, by: User, field: str, value: dict[str, Any], seen: int | None = None) -> Candidate:
    """Add one value of a list (places, actors, casualties…) or the date, read by hand from a stretch of the article.

    `value` carries `start` and `end` (a date: `span`): the passage it will stand on, also where no quote of the proposal reaches.
    """
    current = _open(candidate, by, seen if field in ONE_VALUE else None).current
    start, end = value["span"] if field == "date" else (value["start"], value["end"])
    quote = {"start": start, "end": end, "text": candidate.article.text[start:end]}
    quotes = current["quotes"]
    inside = any(q["start"] <= quote["start"] and quote["end"] <= q["end"] for q in quotes)
    changes: dict[str, Any] = {field: value if field in ONE_VALUE else [*current.get(field, []), value]}
    if not inside:
        changes["quotes"] = [*quotes, quote]
    return correct(candidate=candidate, by=by, changes=changes)


@verb(why=gettext_noop("Marked by hand at the desk."))
def propose_by_hand(*, article: Article, start: int, end: int, type: str, by: User) -> Candidate:
    """A candidate from a stretch of text that an editor marked, for an event the machine did not see."""
    if type not in BY_SLUG:
        raise CurationError(_("“%(type)s” is no type of event.") % {"type": type})
    if not article.text[start:end].strip():
        raise CurationError(_("Mark the words that report the event."))
    proposal: dict[str, Any] = {
        "kind": BY_SLUG[type].kind,
        "type": type,
        "modality": "occurred",
        "score": 1.0,
        "date": {},
        "quotes": [{"start": start, "end": end, "text": article.text[start:end]}],
        **{field: [] for field in VALUES},
    }
    return _part(article, proposal, by=by)


@verb(why=gettext_noop("Two events were read as one."))
def split(*, candidate: Candidate, by: User, start: int, end: int, seen: int | None = None) -> list[Candidate]:
    """Make two candidates of one: what stands between `start` and `end` (code points), and the rest. The one is set aside as read twice."""
    row = _open(candidate, by, seen)
    current = row.current
    inner, outer = _divided(current["quotes"], start, end, row.article.text)
    if not inner or not outer:
        raise CurationError(_("Mark a part of the quoted words: what is marked becomes a candidate of its own, the rest stays one."))
    row.verdict, row.judged_by, row.judged_at = Candidate.Verdict.STALE, by, timezone.now()
    row.held_by = row.held_until = None
    row.save()
    parts = []
    for quotes, is_inner in ((inner, True), (outer, False)):
        proposal = {**current, "quotes": quotes}
        for field in VALUES:
            # What says who speaks, and a value without a span, belongs to both.
            proposal[field] = [
                v for v in current.get(field, []) if field == "origins" or "start" not in v or (start <= v["start"] < end) is is_inner
            ]
        parts.append(_part(row.article, proposal, by=by, split_from=row))
    return parts


def _part(article: Article, proposal: dict[str, Any], *, by: User, split_from: Candidate | None = None) -> Candidate:
    return Candidate.objects.create(
        article=article,
        kind=proposal["kind"],
        type=proposal["type"],
        start=min(q["start"] for q in proposal["quotes"]),
        end=max(q["end"] for q in proposal["quotes"]),
        score=proposal["score"],
        proposal=proposal,
        made_by=by,
        split_from=split_from,
    )


def _divided(quotes: list[dict[str, Any]], start: int, end: int, text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The quotes' parts inside and outside a stretch, without empty ones and without spaces at their edges."""
    inner: list[dict[str, Any]] = []
    outer: list[dict[str, Any]] = []
    for quote in quotes:
        cuts = sorted({quote["start"], quote["end"], *(c for c in (start, end) if quote["start"] < c < quote["end"])})
        for first, last in pairwise(cuts):
            words = text[first:last]
            left = first + len(words) - len(words.lstrip())
            right = left + len(words.strip())
            if right > left:
                (inner if start <= left < end else outer).append({"start": left, "end": right, "text": text[left:right]})
    return inner, outer


# Verdicts


@verb(why=gettext_noop("A candidate was accepted."))
def accept(*, candidate: Candidate, by: User, into: Event | None = None, seen: int | None = None) -> Event | list[Statistic]:
    """Accept it with its corrections, as an event of its own or as one more report of `into`."""
    row = _open(candidate, by, seen)
    result = curation.accept(candidate=row, by=by, into=into, corrections=row.corrections or None)
    if isinstance(result, Event):
        suggest_links(result)
    else:
        again = [statistic.pk for statistic in result]
        Statistic.objects.filter(pk__in=again, status=Statistic.Status.REJECTED).update(status=Statistic.Status.DRAFT)
    Candidate.objects.filter(pk=row.pk).update(held_by=None, held_until=None)
    return result


@verb()
def reject_candidate(*, candidate: Candidate, by: User, reason: str, seen: int | None = None) -> None:
    """Keep it as rejected, with the reason."""
    row = _open(candidate, by, seen)
    curation.reject_candidate(candidate=row, by=by, reason=reason)
    Candidate.objects.filter(pk=row.pk).update(held_by=None, held_until=None)


def last_judged(user: User) -> Candidate | None:
    """The verdict this editor gave last and may take back."""
    judged = with_seen(Candidate.objects.filter(judged_by=user)).exclude(verdict="").select_related("article", "event")
    return judged.order_by("-judged_at").first()


@verb(why=gettext_noop("The verdict was taken back."))
def undo(*, candidate: Candidate, by: User, seen: int | None = None) -> Candidate:
    """Take a verdict back: the candidate waits again. What it wrote stays in the record as retracted; an event of its own is set aside."""
    return hold(candidate=take_back(candidate=candidate, by=by, seen=seen), by=by)


def take_back(*, candidate: Candidate, by: User, seen: int | None = None) -> Candidate:
    """What `undo` does, for a verb of its own: the candidate waits, and nobody has it on screen."""
    row = _locked(candidate, by)
    as_read(row, seen, "verdict", "judged_at")
    if not row.verdict:
        raise CurationError(_("This candidate waits for a verdict: there is nothing to undo."))
    if row.verdict == Candidate.Verdict.STALE:
        _rejoin(row)
    elif row.event:
        _take_back(row, row.event, by)
    for statistic in Statistic.objects.filter(pk__in=row.written.get("statistics", [])):
        if statistic.status == Statistic.Status.PUBLISHED:
            raise CurationError(_("The statistic is published: withdraw it first."))
        Statistic.objects.filter(pk=statistic.pk).update(status=Statistic.Status.REJECTED, decided_by=by, decided_at=timezone.now())
    row.verdict, row.event, row.reason, row.written = "", None, "", {}
    row.judged_by = row.judged_at = None
    row.save()
    return row


def _rejoin(row: Candidate) -> None:
    parts = list(row.parts.select_for_update())
    if not parts:
        raise CurationError(_("A later reading of the article took this candidate's place: judge that one."))
    if any(part.verdict for part in parts):
        raise CurationError(_("A part of it was judged already: undo that first."))
    row.parts.update(verdict=Candidate.Verdict.STALE)


def _take_back(row: Candidate, event: Event, by: User) -> None:
    """Retract what the candidate wrote; where nothing else carries the event, set the event aside."""
    if "claims" not in row.written:
        raise CurationError(_("What this verdict wrote was not kept: retract its claims on the page of %(code)s.") % {"code": event.code})
    written = set(row.written.get("claims", []))
    others = event.claims.live().exclude(pk__in=written)
    if row.written.get("is_new", True) and not others.exists():
        if event.status not in (Event.Status.DRAFT, Event.Status.IN_REVIEW):
            name = {"code": event.code, "status": Event.Status(event.status).label}
            raise CurationError(_("%(code)s is %(status)s by now: take it back to review first, then undo.") % name)
        curation.reject(event=event, by=by)
    else:
        note = _("The candidate's verdict was undone.")
        for claim in Claim.objects.filter(pk__in=written).exclude(rank=Claim.Rank.DEPRECATED):
            curation.retract_claim(claim=claim, by=by, note=note)
        # What it said of another report's promise is taken back with it.
        broken = Commitment.objects.filter(event=event, status=Commitment.Status.NOT_IMPLEMENTED, evidence__claims__in=written)
        broken.exclude(passage=F("evidence")).update(status=Commitment.Status.ANNOUNCED, evidence=None)
        for claim in Claim.objects.filter(pk__in=row.written.get("superseded", []), rank_reason=Claim.RankReason.SUPERSEDED):
            curation.rank_claim(claim=claim, rank=Claim.Rank.NORMAL, by=by)
    for link in EventLink.objects.filter(pk__in=row.written.get("links", [])).exclude(status=EventLink.Status.REJECTED):
        curation.judge_link(link=link, is_right=False, by=by)
