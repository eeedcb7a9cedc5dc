"""How one event leads to another, and what became of what was promised."""

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_noop

from history.sentences import sentence as _
from incidents.models import Commitment, Event, EventLink
from sources.models import Passage

from .guard import CurationError, both_locked, hold_to, locked, still_there, touched, verb


@verb(why=gettext_noop("Two events were linked."))
def link(
    *, source: Event, target: Event, relation: str, by: User, evidence: Passage | None = None, phrase: str = "", reason: str = ""
) -> EventLink:
    """Relate two events: stated where a passage says so, inferred by the editor otherwise. What was judged wrong, or stands on words
    already, is not overwritten by drawing it anew."""
    if relation not in EventLink.Relation.values:
        raise CurationError(_("A relation is one of %(choices)s.") % {"choices": ", ".join(EventLink.Relation.values)})
    if source.pk == target.pk:
        raise CurationError(_("An event cannot be linked to itself."))
    for event in both_locked(source, target):
        still_there(event)
    known = EventLink.objects.select_for_update(of=("self",)).filter(source=source, target=target, relation=relation).first()
    if known and known.status == EventLink.Status.REJECTED:
        raise CurationError(_("This link was judged wrong: judge it right where it stands on the event's page."))
    if known and known.status == EventLink.Status.CONFIRMED and (known.evidence_id or not evidence):
        raise CurationError(_("The two are linked so already."))
    return EventLink.objects.update_or_create(
        source=source,
        target=target,
        relation=relation,
        defaults={
            "basis": EventLink.Basis.STATED if evidence else EventLink.Basis.INFERRED,
            "evidence": evidence,
            "phrase": phrase[:300],
            "status": EventLink.Status.CONFIRMED,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )[0]


@verb(why=gettext_noop("A proposed link was judged."))
def judge_link(*, link: EventLink, is_right: bool, by: User, reason: str = "", seen: int | None = None) -> EventLink:
    """Confirm or reject a link that a text or the machine proposed; what the machine alone suggested becomes the editor's inference."""
    link = EventLink.objects.select_for_update().get(pk=link.pk)
    status = EventLink.Status.CONFIRMED if is_right else EventLink.Status.REJECTED
    hold_to(link, seen, status=status)
    link.status = status
    if is_right and link.basis == EventLink.Basis.SUGGESTED:
        link.basis = EventLink.Basis.INFERRED
    link.decided_by, link.decided_at = by, timezone.now()
    link.save()
    return link


@verb()
def set_commitment(
    *,
    commitment: Commitment,
    status: str,
    by: User,
    reason: str,
    evidence: Passage | None = None,
    implemented_by: Event | None = None,
    seen: int | None = None,
) -> Commitment:
    """Say what became of a promise, on which passage, and by which event it was fulfilled."""
    if status not in Commitment.Status.values:
        raise CurationError(_("A commitment is one of %(choices)s.") % {"choices": ", ".join(Commitment.Status.values)})
    if implemented_by and status not in (Commitment.Status.PARTLY, Commitment.Status.IMPLEMENTED):
        raise CurationError(_("An event that fulfils a promise makes it implemented, wholly or partly."))
    if implemented_by and implemented_by.pk == commitment.event_id:
        raise CurationError(_("A meeting does not fulfil its own promise: name the event that did."))
    event = still_there(locked(commitment.event))
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    words = {"evidence_id": evidence.pk} if evidence else {}
    hold_to(commitment, seen, status=status, implemented_by_id=implemented_by.pk if implemented_by else None, **words)
    commitment.status, commitment.implemented_by = status, implemented_by
    commitment.evidence = evidence or commitment.evidence
    commitment.save(update_fields=["status", "implemented_by", "evidence"])
    touched(event)
    return commitment
