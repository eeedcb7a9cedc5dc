"""Events that prove to be one, and one that proves to be two. Whatever moves can move back.

`seen` is the revision that was read of the event the verb is asked of: what moves is what was seen there.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone

from history.sentences import sentence as _
from incidents.models import Candidate, Claim, CodeCounter, Commitment, Event, EventLink, Merge, Resolution
from sources.models import Article

from .guard import CurationError, as_read, both_locked, locked, refresh, still_there, touch, touched, verb


@verb()
def merge(*, keep: Event, drop: Event, by: User, reason: str, seen: int | None = None) -> Event:
    """Move all claims, commitments and links of `drop` to `keep`; `drop` keeps its code and redirects. Nothing is chosen, nothing lost."""
    keep, drop = both_locked(keep, drop)
    as_read(keep, seen, "version")
    if keep.kind != drop.kind:
        raise CurationError(
            _("%(code)s is of the kind “%(kind)s”: it cannot become part of %(other)s.")
            % {"code": drop.code, "kind": drop.get_kind_display(), "other": keep.code}
        )
    still_there(keep)
    still_there(drop)
    moved: dict[str, Any] = {
        "status": drop.status,
        "claims": _moved(Claim, drop, keep),
        "candidates": _moved(Candidate, drop, keep),
        "commitments": _moved(Commitment, drop, keep),
        "implemented": _moved_fulfilments(drop, keep),
        "links": _moved_links(drop, keep),
        "resolutions": list(Resolution.objects.filter(event=drop, is_current=True).values_list("pk", flat=True)),
        "heirs": list(Event.objects.filter(merged_into=drop).values_list("pk", flat=True)),
    }
    Resolution.objects.filter(pk__in=moved["resolutions"]).update(is_current=False)
    drop.participations.all().delete()
    Event.objects.filter(pk__in=moved["heirs"]).update(merged_into=keep)
    _step(drop, status=Event.Status.MERGED, merged_into=keep)
    Merge.objects.create(keep=keep, drop=drop, moved=moved, reason=reason, by=by)
    return touched(keep)


def _moved(model: Any, source: Event, target: Event) -> list[int]:
    """Hang this model's rows of one event on the other; the ids of those that moved."""
    ids = list(model.objects.filter(event=source).order_by("pk").values_list("pk", flat=True))
    if model is Commitment:  # what the other event fulfilled cannot be its own promise
        ids = [row.pk for row in model.objects.filter(pk__in=ids) if row.implemented_by_id != target.pk]
    model.objects.filter(pk__in=ids).update(event=target)
    return ids


def _moved_fulfilments(source: Event, target: Event) -> list[int]:
    ids = list(Commitment.objects.filter(implemented_by=source).exclude(event=target).values_list("pk", flat=True))
    Commitment.objects.filter(pk__in=ids).update(implemented_by=target)
    return ids


def _moved_links(source: Event, target: Event) -> list[tuple[int, str]]:
    """Links follow their event, unless they would tie it to itself or say twice what is said: those stay behind, out of sight."""
    moved = []
    for link in EventLink.objects.filter(source=source) | EventLink.objects.filter(target=source):
        end = "source" if link.source_id == source.pk else "target"
        ends = {"source": link.source_id, "target": link.target_id, end: target.pk}
        if ends["source"] != ends["target"] and not EventLink.objects.filter(**ends, relation=link.relation).exists():
            EventLink.objects.filter(pk=link.pk).update(**{end: target})
            moved.append((link.pk, end))
    return moved


def _step(event: Event, **columns: Any) -> None:
    Event.objects.filter(pk=event.pk).update(version=F("version") + 1, modified_at=timezone.now(), **columns)


@verb()
def unmerge(*, merge: Merge, by: User, reason: str) -> Event:
    """Part two merged events: what moved with the merge, and still is where it went, moves back. What came later stays where it is."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at:
        raise CurationError(_("This merge was undone already."))
    keep, drop = both_locked(merge.keep, merge.drop)
    if keep.status == Event.Status.MERGED:
        raise CurationError(
            _("%(code)s itself became part of %(other)s: undo that merge first.") % {"code": keep.code, "other": keep.merged_into.code}
        )
    moved = merge.moved
    for model, ids in ((Claim, moved["claims"]), (Candidate, moved["candidates"]), (Commitment, moved["commitments"])):
        model.objects.filter(pk__in=ids, event=keep).update(event=drop)
    Commitment.objects.filter(pk__in=moved["implemented"], implemented_by=keep).update(implemented_by=drop)
    for pk, end in moved["links"]:
        EventLink.objects.filter(pk=pk, **{end: keep}).update(**{end: drop})
    Resolution.objects.filter(pk__in=moved["resolutions"]).update(is_current=True)
    Event.objects.filter(pk__in=moved["heirs"], merged_into=keep).update(merged_into=drop)
    _step(drop, status=moved["status"], merged_into=None)
    merge.undone_by, merge.undone_at, merge.undone_reason = by, timezone.now(), reason
    merge.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    for event in (keep, drop):
        _forget_lost_choices(event)
        touch(Event.objects.get(pk=event.pk))
    refresh(keep)
    return refresh(drop)


def _forget_lost_choices(event: Event) -> None:
    """A choice that rests on claims of another event is no choice any more."""
    for resolution in Resolution.objects.filter(event=event, is_current=True, claims__isnull=False).exclude(claims__event=event).distinct():
        Resolution.objects.filter(pk=resolution.pk).update(is_current=False)


@verb()
def split(*, event: Event, claims: list[Claim], by: User, reason: str, type: str = "", seen: int | None = None) -> Event:
    """Make a new event of some claims of this one; merging the two again is its undoing. Returns the new event."""
    event = still_there(locked(event))
    as_read(event, seen, "version")
    ids = {claim.pk for claim in claims}
    own = set(Claim.objects.filter(event=event).values_list("pk", flat=True))
    if not ids or not ids < own:
        raise CurationError(_("Choose some of this event's claims, not none and not all."))
    year = event.date_start.year if event.date_start else timezone.localdate().year
    made = Event.objects.create(
        code=CodeCounter.next_code(year), kind=event.kind, type=type or event.type, modality=event.modality, created_by=by
    )
    Claim.objects.filter(pk__in=ids).update(event=made)
    _candidates_follow(event, made)
    _forget_lost_choices(event)
    touched(event)
    return touched(made)


@verb()
def move_report(*, article: Article, source: Event, target: Event, by: User, reason: str, seen: int | None = None) -> Event:
    """Everything this article claims of `source` is claimed of `target` from now on. Returns the target."""
    source, target = both_locked(source, target)
    as_read(source, seen, "version")
    still_there(source)
    still_there(target)
    if source.kind != target.kind:
        raise CurationError(
            _("%(code)s is of the kind “%(kind)s”: this report cannot be about it.")
            % {"code": target.code, "kind": target.get_kind_display()}
        )
    if not Claim.objects.filter(event=source, passage__article=article).update(event=target):
        raise CurationError(_("“%(article)s” claims nothing of %(code)s.") % {"article": article, "code": source.code})
    Commitment.objects.filter(event=source, passage__article=article).exclude(implemented_by=target).update(event=target)
    _candidates_follow(source, target)
    _forget_lost_choices(source)
    touched(source)
    return touched(target)


def _candidates_follow(source: Event, target: Event) -> None:
    """A candidate belongs where the claims of its article are now."""
    left = Claim.objects.filter(event=source).values("passage__article")
    here = Claim.objects.filter(event=target).values("passage__article")
    Candidate.objects.filter(event=source, article__in=here).exclude(article__in=left).update(event=target)
