"""What the passages say, and how much of it counts."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from history.sentences import sentence as _
from incidents.models import Claim, Event
from incidents.taxonomy import BY_SLUG
from sources import reuse
from sources.models import Passage, TextReuse

from .guard import CurationError, hold_to, locked, refresh, still_there, touch, touched, verb


@verb(why=gettext_noop("A claim was added from a passage."))
def attach_claim(*, event: Event, passage: Passage, attribute: str, by: User, reason: str = "", **value: Any) -> Claim:
    """Add what one passage says of one attribute. Nothing that was claimed before is changed."""
    event = still_there(locked(event))
    if value.get("type") and (value["type"] not in BY_SLUG or BY_SLUG[value["type"]].kind != event.kind):
        raise CurationError(_("“%(type)s” is no type of the kind “%(kind)s”.") % {"type": value["type"], "kind": event.get_kind_display()})
    if attribute == Claim.Attribute.CASUALTIES:
        value |= Claim.toll(value.get("low"), value.get("high"), value.get("quantifier") or Claim.Quantifier.EXACT)
    claim = Claim(event=event, passage=passage, attribute=attribute, created_by=by, **value)
    try:
        claim.full_clean()
    except ValidationError as error:
        raise CurationError(" ".join(error.messages)) from error
    claim.save()
    touched(event)
    return claim


def _rank(claim: Claim, rank: str, reason: str, note: str) -> Claim:
    event = locked(claim.event)
    claim = Claim.objects.get(pk=claim.pk)
    claim.rank, claim.rank_reason, claim.note = rank, reason, note or claim.note
    claim.save(update_fields=["rank", "rank_reason", "note"])
    touched(event)
    return claim


@verb(why=gettext_noop("A claim was ranked."))
def rank_claim(*, claim: Claim, rank: str, by: User, reason: str = "", note: str = "") -> Claim:
    """Prefer, deprecate (`reason` is then one of the list) or restore a claim; it stays in the record either way."""
    if rank not in Claim.Rank.values:
        raise CurationError(_("A rank is one of %(choices)s.") % {"choices": ", ".join(Claim.Rank.values)})
    if rank == Claim.Rank.DEPRECATED and reason not in Claim.RankReason.values:
        raise CurationError(_("A deprecated claim needs a reason: one of %(choices)s.") % {"choices": ", ".join(Claim.RankReason.values)})
    if rank == Claim.Rank.PREFERRED and not (note or reason).strip():
        raise CurationError(_("Say why this claim is preferred to the others."))
    return _rank(claim, rank, reason if rank == Claim.Rank.DEPRECATED else "", note or ("" if rank == Claim.Rank.DEPRECATED else reason))


@verb(why=gettext_noop("A claim was retracted."))
def retract_claim(*, claim: Claim, by: User, note: str, reason: str = "") -> Claim:
    """Take a claim out of every count; it stays readable, with the note."""
    if not note.strip():
        raise CurationError(_("Say why it is retracted: the claim stays readable, with that note."))
    return _rank(claim, Claim.Rank.DEPRECATED, Claim.RankReason.RETRACTED, note)


@verb()
def judge_reuse(*, pair: TextReuse, verdict: str, by: User, reason: str, seen: int | None = None) -> list[Event]:
    """Say whether two passages carry one statement, or take that back; the events that stand on them are counted again and given back."""
    if verdict not in TextReuse.Verdict.values:
        raise CurationError(_("The two are one statement, or they are independent."))
    hold_to(TextReuse.objects.select_for_update(of=("self",)).get(pk=pair.pk), seen, verdict=verdict)
    reuse.judge_reuse(reuse=pair, verdict=verdict, by=by, reason=reason)
    events = Event.objects.filter(claims__passage__in=[pair.first_id, pair.second_id]).distinct().order_by("pk")
    for event in events:
        touch(locked(event))
    return [refresh(event) for event in events]
