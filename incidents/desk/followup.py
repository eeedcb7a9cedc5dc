"""Statistics that somebody asserted, and promises: each beside what this record knows."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from incidents import curation
from incidents.desk.access import DeskRequest, attempt, desk, said
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
    waiting = Statistic.objects.waiting().prefetch_related("passage__statement__issuers")
    everything = Selection.shown({})
    rows = [{"statistic": row, "own": own_count(row, everything)} for row in waiting[:AT_ONCE]]
    may_publish = request.user.has_perm("incidents.approve_event")
    last = last_verdict(request.user, "statistics")
    return render(request, "desk/statistics.html", {"rows": rows, "count": waiting.count(), "may_publish": may_publish, "last": last})


@desk
@require_POST
def judge_statistic(request: DeskRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Statistic, pk=number)
    if request.POST.get("verdict") == "publish":
        attempt(request, lambda: curation.publish_statistic(statistic=row, by=request.user), done=gettext("Published."))
    else:
        reason = said(request.POST, "reason") or gettext("Set aside at the desk.")
        attempt(request, lambda: curation.reject_statistic(statistic=row, by=request.user, reason=reason), done=gettext("Rejected."))
    return redirect("desk-statistics")


class CommitmentForm(EvidenceForm):
    """What became of a promise, on which words of which article, by which event."""

    status = forms.ChoiceField(choices=Commitment.Status.choices, label=_("Status"))
    reason = forms.CharField(max_length=500, label=_("Reason"))
    implemented_by = EventField(required=False, label=_("Implemented by"))

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    field_order = ("status", "reason", "implemented_by", "article", "words", "seen")

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"c{commitment.pk}-%s", **kwargs})
        self.commitment = commitment
        self.initial = {**self.initial, "status": commitment.status, "seen": commitment.status}

    def clean(self) -> dict[str, Any]:
        """Refuses once where somebody else judged it since the page was opened."""
        values, now = super().clean(), self.commitment
        if values.get("seen") and values["seen"] != now.status and values.get("status") != now.status:
            said = gettext("Somebody set it to “%(status)s” since you opened it. Save again to keep yours.")
            self.add_error(None, said % {"status": now.get_status_display()})
            self.data = {**dict(self.data.items()), "seen": now.status}
        return values


@desk
@require_GET
def commitments(request: DeskRequest) -> HttpResponse:
    return _commitments(request)


def _commitments(request: DeskRequest, *, refused: CommitmentForm | None = None) -> HttpResponse:
    waiting = Commitment.objects.waiting()
    shown = {row.pk: CommitmentForm(commitment=row) for row in waiting[:AT_ONCE]}
    if refused:
        shown[refused.commitment.pk] = refused  # also of one that waits no more, since somebody judged it meanwhile
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
        changes = {"status": values["status"], "reason": values["reason"], "implemented_by": values["implemented_by"]}
        return curation.set_commitment(commitment=row, by=request.user, evidence=evidence, **changes)

    if not attempt(request, follow_up, form=form, done=gettext("Noted.")):
        return _commitments(request, refused=form)
    return redirect("desk-commitments")
