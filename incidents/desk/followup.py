"""Statistics that somebody asserted, and promises: each beside what this record knows."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from history.clashes import with_seen
from incidents import curation
from incidents.desk.access import DeskRequest, attempt, desk, said, seen_in
from incidents.desk.fields import EventField, EvidenceForm
from incidents.desk.takeback import last_verdict
from incidents.evidence import passage_at
from incidents.models import Commitment, Statistic
from incidents.selection import Selection
from incidents.trends import own_count

AT_ONCE = 20


@desk
@require_GET
def statistics(request: DeskRequest) -> HttpResponse:
    """Asserted aggregates that wait, each with this record's own count for the same period and area."""
    waiting = with_seen(Statistic.objects.waiting()).prefetch_related("passage__statement__issuers")
    everything = Selection.shown({})
    rows = [{"statistic": row, "own": own_count(row, everything)} for row in waiting[:AT_ONCE]]
    may_publish = request.user.has_perm("incidents.approve_event")
    last = last_verdict(request.user, "statistics")
    return render(request, "desk/statistics.html", {"rows": rows, "count": waiting.count(), "may_publish": may_publish, "last": last})


@desk
@require_POST
def judge_statistic(request: DeskRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Statistic, pk=number)
    on_what: dict[str, Any] = {"statistic": row, "by": request.user, "seen": seen_in(request.POST)}
    reason = said(request.POST, "reason")
    if request.POST.get("verdict") == "publish":
        attempt(request, lambda: curation.publish_statistic(reason=reason, **on_what), done=gettext("Published."))
    else:
        reason = reason or gettext_noop("Set aside at the desk.")
        attempt(request, lambda: curation.reject_statistic(reason=reason, **on_what), done=gettext("Rejected."))
    return redirect("desk-statistics")


class CommitmentForm(EvidenceForm):
    """What became of a promise, on which words of which article, by which event."""

    status = forms.ChoiceField(choices=Commitment.Status.choices, label=_("Status"))
    reason = forms.CharField(max_length=500, label=_("Reason"))
    implemented_by = EventField(required=False, label=_("Implemented by"))

    field_order = ("status", "reason", "implemented_by", "article", "words")

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"c{commitment.pk}-%s", **kwargs})
        self.commitment = commitment
        self.initial = {**self.initial, "status": commitment.status}


@desk
@require_GET
def commitments(request: DeskRequest) -> HttpResponse:
    return _commitments(request)


def _commitments(request: DeskRequest, *, refused: CommitmentForm | None = None) -> HttpResponse:
    waiting = Commitment.objects.waiting()
    shown = {row.pk: CommitmentForm(commitment=row) for row in with_seen(waiting)[:AT_ONCE]}
    if refused:
        # Also of one that waits no more, since somebody judged it meanwhile; as it stands now.
        refused.commitment = with_seen(Commitment.objects.select_related("event", "passage")).get(pk=refused.commitment.pk)
        shown[refused.commitment.pk] = refused
    context = {"rows": [{"commitment": form.commitment, "form": form} for form in shown.values()], "count": waiting.count()}
    return render(request, "desk/commitments.html", context, status=400 if refused else 200)


@desk
@require_POST
def set_commitment(request: DeskRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Commitment, pk=number)
    form = CommitmentForm(request.POST, commitment=row)
    if not form.is_valid():
        return _commitments(request, refused=form)
    values = form.cleaned_data

    def follow_up() -> Commitment:
        evidence = passage_at(*values["evidence"]) if values["evidence"] else None
        changes = {name: values[name] for name in ("status", "reason", "implemented_by")}
        return curation.set_commitment(commitment=row, by=request.user, evidence=evidence, seen=seen_in(request.POST), **changes)

    if not attempt(request, follow_up, form=form, done=gettext("Noted.")):
        return _commitments(request, refused=form)
    return redirect("desk-commitments")
