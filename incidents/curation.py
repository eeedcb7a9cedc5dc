"""The editors' verbs. Each is one transaction, refuses with a sentence an editor can act on, and loses nothing."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from incidents import evidence, headline
from incidents.models import Candidate, Claim, CodeCounter, Commitment, Event, EventLink, Resolution, Statistic
from incidents.taxonomy import BY_SLUG, Grade
from sources import reuse
from sources.models import Passage, TextReuse
from sources.reuse import find_reuse


class CurationError(Exception):
    """What was asked cannot be done; the message says why, and what can be done instead."""


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update().get(pk=event.pk)


def _touch(event: Event) -> None:
    """A change after approval goes back to a reviewer; every change moves the version on."""
    changed = {"version": F("version") + 1, "modified_at": timezone.now()}
    if event.status in (Event.Status.APPROVED, Event.Status.PUBLISHED):
        changed["changed_since_approval"] = True
    Event.objects.filter(pk=event.pk).update(**changed)


# Candidates


@transaction.atomic
def accept(
    *, candidate: Candidate, by: User, into: Event | None = None, corrections: dict[str, Any] | None = None
) -> Event | list[Statistic]:
    """Make the candidate an event, or one more report of the event `into`; a statistic becomes Statistic rows, never an event.

    `corrections` replaces fields of the proposal (type, date, places…) before anything is written; what the machine proposed is kept.
    """
    candidate = Candidate.objects.select_for_update(of=("self",)).select_related("article__outlet").get(pk=candidate.pk)
    if candidate.verdict:
        raise CurationError(f"This candidate was already {candidate.get_verdict_display()}: undo that first.")
    proposal = {**candidate.proposal, **(corrections or {})}
    verdict = Candidate.Verdict.CORRECTED if corrections else Candidate.Verdict.ACCEPTED
    if candidate.kind == Candidate.Kind.STATISTIC:
        if into:
            raise CurationError("A statistic is an aggregate somebody asserts: it cannot become a report of an event.")
        statistics = evidence.write_statistics(candidate.article, proposal, by=by)
        _judge(candidate, verdict, by=by, corrections=corrections)
        return statistics
    if into and into.kind != proposal["kind"]:
        raise CurationError(f"{into.code} is of the kind {into.get_kind_display()}: this candidate cannot become part of it.")
    if proposal["type"] not in BY_SLUG or BY_SLUG[proposal["type"]].kind != proposal["kind"]:
        raise CurationError(f"“{proposal['type']}” is no type of the kind {proposal['kind']}.")
    event = _locked(into) if into else _new_event(candidate, proposal, by)
    if event.status in (Event.Status.MERGED, Event.Status.REJECTED):
        raise CurationError(f"{event.code} is {event.get_status_display()}: choose another event.")
    claims = evidence.write_claims(event, candidate.article, proposal, by=by)
    find_reuse({claim.passage_id: claim.passage for claim in claims}.values())
    _judge(candidate, Candidate.Verdict.MERGED if into else verdict, by=by, event=event, corrections=corrections)
    _link_siblings(candidate, event)
    _touch(event)
    return refresh(event)


def _new_event(candidate: Candidate, proposal: dict[str, Any], by: User) -> Event:
    start = (proposal.get("date") or {}).get("start")
    year = date.fromisoformat(start).year if start else (candidate.article.published_on or timezone.localdate()).year
    return Event.objects.create(
        code=CodeCounter.next_code(year),
        kind=proposal["kind"],
        type=proposal["type"],
        modality=proposal.get("modality") or "occurred",
        created_by=by,
    )


def _judge(
    candidate: Candidate, verdict: str, *, by: User, event: Event | None = None, corrections: dict[str, Any] | None = None, reason: str = ""
) -> None:
    candidate.verdict, candidate.event, candidate.judged_by, candidate.judged_at = verdict, event, by, timezone.now()
    candidate.corrections, candidate.reason = corrections or {}, reason
    candidate.save()


def _link_siblings(candidate: Candidate, event: Event) -> None:
    """Write the links the text states between this candidate's event and those of its article's other candidates."""
    siblings = {
        c.proposal.get("index"): c for c in Candidate.objects.filter(article=candidate.article, event__isnull=False).select_related("event")
    }
    for source in siblings.values():
        for stated in source.proposal.get("links", []):
            target = siblings.get(stated["target"])
            if not target or target.event_id == source.event_id or event.pk not in (source.event_id, target.event_id):
                continue
            if stated["relation"] not in EventLink.Relation.values:
                continue
            passage = evidence.passage_around(candidate.article, stated["start"], stated["end"], source.proposal)
            EventLink.objects.get_or_create(
                source=source.event,
                target=target.event,
                relation=stated["relation"],
                defaults={"basis": EventLink.Basis.STATED, "evidence": passage, "phrase": stated.get("phrase", "")[:300]},
            )


@transaction.atomic
def reject_candidate(*, candidate: Candidate, by: User, reason: str) -> None:
    """Keep the verdict and its reason: they measure the extractor."""
    if not reason.strip():
        raise CurationError("Say why it is rejected: the reasons show where the extractor errs.")
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if candidate.verdict:
        raise CurationError(f"This candidate was already {candidate.get_verdict_display()}.")
    _judge(candidate, Candidate.Verdict.REJECTED, by=by, reason=reason)


# Claims


@transaction.atomic
def attach_claim(*, event: Event, passage: Passage, attribute: str, by: User, **value: Any) -> Claim:
    """Add what one passage says of one attribute. Nothing that was claimed before is changed."""
    event = _locked(event)
    claim = Claim(event=event, passage=passage, attribute=attribute, created_by=by, **value)
    claim.full_clean()
    claim.save()
    _touch(event)
    refresh(event)
    return claim


@transaction.atomic
def rank_claim(*, claim: Claim, rank: str, by: User, reason: str = "", note: str = "") -> Claim:
    """Prefer, deprecate (with a reason of the list) or restore a claim; it stays in the record either way."""
    if rank == Claim.Rank.DEPRECATED and reason not in Claim.RankReason.values:
        raise CurationError(f"A deprecated claim needs a reason: one of {', '.join(Claim.RankReason.values)}.")
    event = _locked(claim.event)
    claim.rank, claim.rank_reason = rank, reason if rank == Claim.Rank.DEPRECATED else ""
    claim.note = note or claim.note
    claim.save(update_fields=["rank", "rank_reason", "note"])
    _touch(event)
    refresh(event)
    return claim


def retract_claim(*, claim: Claim, by: User, note: str) -> Claim:
    """Take a claim out of every count; it stays readable, with the note."""
    return rank_claim(claim=claim, rank=Claim.Rank.DEPRECATED, by=by, reason=Claim.RankReason.RETRACTED, note=note)


@transaction.atomic
def judge_reuse(*, pair: TextReuse, verdict: str, by: User, reason: str) -> list[Event]:
    """Say whether two passages carry one statement; the events that stand on them are counted again and given back."""
    if not reason.strip():
        raise CurationError("Say what shows that the two are, or are not, one statement.")
    reuse.judge_reuse(reuse=pair, verdict=verdict, by=by, reason=reason)
    events = Event.objects.filter(claims__passage__in=[pair.first_id, pair.second_id]).distinct()
    for event in events:
        _touch(event)
    return [refresh(event) for event in events]


# Headline values


@transaction.atomic
def resolve(*, event: Event, attribute: str, claims: list[Claim], by: User, reason: str) -> Resolution:
    """An editor chooses the headline value of one attribute from these claims, with a reason. The other claims stay beside it."""
    if not reason.strip():
        raise CurationError("Say why these claims are chosen over the others.")
    if not claims or any(claim.event_id != event.pk or not claim.is_live for claim in claims):
        raise CurationError("Choose from the live claims of this event.")
    event = _locked(event)
    resolution = headline.store(
        event, attribute, headline.value_of(attribute, claims), claims=claims, method="editor", by=by, reason=reason
    )
    _touch(event)
    refresh(event)
    return resolution


@transaction.atomic
def unresolve(*, event: Event, attribute: str, by: User) -> Event:
    """Give an attribute back to the rules."""
    event = _locked(event)
    Resolution.objects.filter(event=event, attribute=attribute, method="editor", is_current=True).update(is_current=False)
    _touch(event)
    return refresh(event)


@transaction.atomic
def override_grade(*, event: Event, grade: str, by: User, reason: str) -> Event:
    """Set the grade against the rule, with a reason; `grade=''` gives it back to the rule."""
    event = _locked(event)
    if grade and (grade not in Grade.values or not reason.strip()):
        raise CurationError("A grade set by hand needs one of the grades and a reason.")
    event.grade_is_overridden = bool(grade)
    if grade:
        event.grade, event.grade_reason = grade, reason
    event.save(update_fields=["grade_is_overridden", "grade", "grade_reason"])
    _touch(event)
    return refresh(event)


def refresh(event: Event) -> Event:
    """Work out the headline columns, counts and grade of an event again from its claims and its editors' choices."""
    return headline.rebuild(Event.objects.get(pk=event.pk))


# Workflow


@transaction.atomic
def submit(*, event: Event, by: User) -> Event:
    """Hand a draft to the reviewers."""
    return _move(event, {Event.Status.DRAFT}, Event.Status.IN_REVIEW)


@transaction.atomic
def approve(*, event: Event, by: User) -> Event:
    """A second person vouches for the record; also after a change to an approved or published event."""
    locked = _locked(event)
    if locked.created_by_id == by.pk:
        raise CurationError("You made this record: a second person has to approve it.")
    if not by.has_perm("incidents.approve_event"):
        raise CurationError("Only reviewers approve.")
    if locked.status == Event.Status.PUBLISHED and locked.changed_since_approval:
        to = Event.Status.PUBLISHED
    elif locked.status == Event.Status.IN_REVIEW or (locked.status == Event.Status.APPROVED and locked.changed_since_approval):
        to = Event.Status.APPROVED
    else:
        raise CurationError(f"{locked.code} is {locked.get_status_display()}: only what is in review, or changed since, is approved.")
    if not locked.claims.live().exists():
        raise CurationError(f"{locked.code} has no claim that counts: there is nothing to vouch for.")
    Event.objects.filter(pk=locked.pk).update(
        status=to,
        approved_by=by,
        approved_at=timezone.now(),
        changed_since_approval=False,
        version=F("version") + 1,
        modified_at=timezone.now(),
    )
    return Event.objects.get(pk=locked.pk)


@transaction.atomic
def publish(*, event: Event, by: User) -> Event:
    """Show an approved event to everybody."""
    locked = _locked(event)
    if not by.has_perm("incidents.approve_event"):
        raise CurationError("Only reviewers publish.")
    if locked.changed_since_approval:
        raise CurationError(f"{locked.code} was changed since it was approved: approve it again first.")
    return _move(event, {Event.Status.APPROVED}, Event.Status.PUBLISHED, published_at=locked.published_at or timezone.now())


@transaction.atomic
def withdraw(*, event: Event, by: User) -> Event:
    """Take an event back from the public, to review."""
    return _move(event, {Event.Status.PUBLISHED, Event.Status.APPROVED}, Event.Status.IN_REVIEW, approved_by=None, approved_at=None)


@transaction.atomic
def reject(*, event: Event, by: User) -> Event:
    """Set an event aside; it keeps its code and its claims."""
    return _move(event, {Event.Status.DRAFT, Event.Status.IN_REVIEW}, Event.Status.REJECTED)


def _move(event: Event, allowed: set[str], to: str, **columns: Any) -> Event:
    locked = _locked(event)
    if locked.status not in allowed:
        raise CurationError(f"{locked.code} is {locked.get_status_display()}: it cannot become {Event.Status(to).label}.")
    Event.objects.filter(pk=locked.pk).update(status=to, version=F("version") + 1, modified_at=timezone.now(), **columns)
    return Event.objects.get(pk=locked.pk)


# Events together


@transaction.atomic
def merge(*, keep: Event, drop: Event, by: User, reason: str) -> Event:
    """Move every claim of `drop` to `keep`; `drop` keeps its code and redirects. Nothing is chosen, nothing is lost."""
    if keep.pk == drop.pk:
        raise CurationError(f"{keep.code} is one event already.")
    if keep.kind != drop.kind:
        raise CurationError(f"{drop.code} is of the kind {drop.get_kind_display()}: it cannot become part of {keep.code}.")
    if not reason.strip():
        raise CurationError("Say why the two are one event.")
    keep, drop = _locked(keep), _locked(drop)
    if Event.Status.MERGED in (keep.status, drop.status):
        raise CurationError("One of the two was merged before: choose the event it became part of.")
    Claim.objects.filter(event=drop).update(event=keep)
    Candidate.objects.filter(event=drop).update(event=keep)
    Commitment.objects.filter(event=drop).update(event=keep)
    Commitment.objects.filter(implemented_by=drop).exclude(event=keep).update(implemented_by=keep)
    Resolution.objects.filter(event=drop, is_current=True).update(is_current=False)
    for link in EventLink.objects.filter(source=drop) | EventLink.objects.filter(target=drop):
        source, target = (keep.pk if pk == drop.pk else pk for pk in (link.source_id, link.target_id))
        if source == target or EventLink.objects.filter(source=source, target=target, relation=link.relation).exists():
            link.delete()
        else:
            EventLink.objects.filter(pk=link.pk).update(source=source, target=target)
    drop.participations.all().delete()
    Event.objects.filter(merged_into=drop).update(merged_into=keep)
    Event.objects.filter(pk=drop.pk).update(
        status=Event.Status.MERGED, merged_into=keep, version=F("version") + 1, modified_at=timezone.now()
    )
    _touch(keep)
    return refresh(keep)


@transaction.atomic
def link(*, source: Event, target: Event, relation: str, by: User, evidence: Passage | None = None, phrase: str = "") -> EventLink:
    """Relate two events: stated where a passage says so, inferred by the editor otherwise."""
    if source.pk == target.pk:
        raise CurationError("An event cannot be linked to itself.")
    basis = EventLink.Basis.STATED if evidence else EventLink.Basis.INFERRED
    return EventLink.objects.update_or_create(
        source=source,
        target=target,
        relation=relation,
        defaults={
            "basis": basis,
            "evidence": evidence,
            "phrase": phrase[:300],
            "status": EventLink.Status.CONFIRMED,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )[0]


@transaction.atomic
def judge_link(*, link: EventLink, is_right: bool, by: User) -> EventLink:
    """Confirm or reject a link that a text or the machine proposed; what the machine alone suggested becomes the editor's inference."""
    link.status = EventLink.Status.CONFIRMED if is_right else EventLink.Status.REJECTED
    if is_right and link.basis == EventLink.Basis.SUGGESTED:
        link.basis = EventLink.Basis.INFERRED
    link.decided_by, link.decided_at = by, timezone.now()
    link.save()
    return link
