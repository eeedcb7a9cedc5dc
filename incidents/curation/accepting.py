"""From a candidate to the record."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_noop

from history.sentences import sentence as _
from incidents import evidence
from incidents.models import Candidate, Claim, CodeCounter, Event, EventLink, Statistic
from incidents.taxonomy import BY_SLUG
from sources.reuse import find_reuse

from .guard import CurationError, locked, still_there, touched, verb


def _waiting(candidate: Candidate, by: User) -> Candidate:
    """The candidate, locked; refused where it is judged already or somebody else is on it."""
    candidate = Candidate.objects.select_for_update(of=("self",)).select_related("article__outlet").get(pk=candidate.pk)
    if candidate.verdict:
        raise CurationError(
            _("This candidate was judged already (%(verdict)s): undo that first.") % {"verdict": candidate.get_verdict_display()}
        )
    if candidate.is_held_by_another(by):
        raise CurationError(
            _("%(name)s is on this candidate now: take the next one, or come back in a few minutes.") % {"name": candidate.held_by}
        )
    return candidate


@verb(why=gettext_noop("A candidate was accepted."))
def accept(
    *, candidate: Candidate, by: User, into: Event | None = None, corrections: dict[str, Any] | None = None, reason: str = ""
) -> Event | list[Statistic]:
    """Make the candidate an event, or one more report of the event `into`; a statistic becomes Statistic rows, never an event.

    `corrections` replaces fields of the proposal (type, date, places…) before anything is written; what the machine proposed is kept, and
    so is what was written, so that the verdict can be taken back.
    """
    candidate = _waiting(candidate, by)
    proposal = {**candidate.proposal, **(corrections or {})}
    verdict = Candidate.Verdict.CORRECTED if corrections else Candidate.Verdict.ACCEPTED
    if not proposal.get("quotes"):
        raise CurationError(_("The candidate quotes nothing: mark the words it stands on."))
    if candidate.kind == Candidate.Kind.STATISTIC:
        if into:
            raise CurationError(_("A statistic is an aggregate somebody asserts: it cannot become a report of an event."))
        if not proposal.get("figures"):
            raise CurationError(_("This statistic gives no figure that could be kept: reject it."))
        statistics = evidence.write_statistics(candidate.article, proposal, by=by)
        candidate.written = {"statistics": [row.pk for row in statistics]}
        _judge(candidate, verdict, by=by, corrections=corrections)
        return statistics
    if into and into.kind != proposal["kind"]:
        raise CurationError(
            _("%(code)s is of the kind “%(kind)s”: this candidate cannot become part of it.")
            % {"code": into.code, "kind": into.get_kind_display()}
        )
    if proposal["type"] not in BY_SLUG or BY_SLUG[proposal["type"]].kind != proposal["kind"]:
        raise CurationError(_("“%(type)s” is no type of the kind “%(kind)s”.") % {"type": proposal["type"], "kind": proposal["kind"]})
    event = still_there(locked(into)) if into else _new_event(candidate, proposal, by)
    before = dict(event.claims.values_list("pk", "rank"))
    claims = evidence.write_claims(event, candidate.article, proposal, by=by)
    find_reuse({claim.passage_id: claim.passage for claim in claims}.values())
    _judge(candidate, Candidate.Verdict.MERGED if into else verdict, by=by, event=event, corrections=corrections)
    after = dict(event.claims.values_list("pk", "rank"))
    candidate.written = {
        "is_new": into is None,
        "claims": [pk for pk in after if pk not in before],
        "superseded": [pk for pk, rank in after.items() if rank == Claim.Rank.DEPRECATED and before.get(pk, rank) != rank],
        "links": _link_siblings(candidate, event),
    }
    candidate.save(update_fields=["written"])
    return touched(event)


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


def _link_siblings(candidate: Candidate, event: Event) -> list[int]:
    """Write the links the text states between this candidate's event and those of its article's other candidates; the ids of new ones."""
    made = []
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
            link, is_new = EventLink.objects.get_or_create(
                source=source.event,
                target=target.event,
                relation=stated["relation"],
                defaults={"basis": EventLink.Basis.STATED, "evidence": passage, "phrase": stated.get("phrase", "")[:300]},
            )
            made += [link.pk] if is_new else []
    return made


@verb()
def reject_candidate(*, candidate: Candidate, by: User, reason: str) -> None:
    """Keep the verdict and its reason: they measure the extractor."""
    _judge(_waiting(candidate, by), Candidate.Verdict.REJECTED, by=by, reason=reason)
