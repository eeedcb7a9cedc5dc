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
from incidents.desk.fields import SpanForm
from incidents.desk.takeback import last_verdict
from incidents.evidence import passage_at
from incidents.models import Commitment, Event, Statistic
from incidents.selection import Selection
from incidents.trends import own_count
from sources.models import Article

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


class CommitmentForm(forms.Form):
    """What became of a promise, on which words of which article, by which event."""

    status = forms.ChoiceField(choices=Commitment.Status.choices, label=_("Status"))
    reason = forms.CharField(max_length=500, label=_("Reason"))
    implemented_by = forms.CharField(required=False, max_length=20, label=_("Implemented by"), help_text=_("Code of the event"))
    article = forms.IntegerField(required=False, min_value=1, label=_("Article"), help_text=_("Number of the article that shows it"))
    words = forms.CharField(
        required=False, max_length=5000, label=_("Its words"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "lang": "ar"})
    )

    def clean_implemented_by(self) -> Event | None:
        code = self.cleaned_data["implemented_by"].strip().upper()
        event = Event.objects.filter(code=code).first() if code else None
        if code and not event:
            raise forms.ValidationError(gettext("There is no event with this code."))
        return event

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["evidence"] = None
        if not values.get("article") and not values.get("words"):
            return values
        article = Article.objects.filter(pk=values.get("article")).first()
        if not article:
            raise forms.ValidationError(gettext("Name the article by its number, as in its address at the desk."))
        marked = SpanForm({"words": values.get("words")}, text=article.text)
        if not marked.is_valid():
            raise forms.ValidationError([error for errors in marked.errors.values() for error in errors])
        values["evidence"] = (article, marked.cleaned_data["start"], marked.cleaned_data["end"])
        return values


@desk
@require_GET
def commitments(request: DeskRequest) -> HttpResponse:
    return _commitments(request)


def _commitments(request: DeskRequest, *, number: int = 0, refused: CommitmentForm | None = None) -> HttpResponse:
    waiting = Commitment.objects.waiting()
    rows = []
    for row in waiting[:AT_ONCE]:
        fresh = CommitmentForm(initial={"status": row.status}, auto_id=f"c{row.pk}-%s")
        rows.append({"commitment": row, "form": refused if refused and row.pk == number else fresh})
    return render(request, "desk/commitments.html", {"rows": rows, "count": waiting.count()}, status=400 if refused else 200)


@desk
@require_POST
def set_commitment(request: DeskRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Commitment, pk=number)
    form = CommitmentForm(request.POST, auto_id=f"c{row.pk}-%s")
    if not form.is_valid():
        return _commitments(request, number=row.pk, refused=form)
    values = form.cleaned_data

    def follow_up() -> Commitment:
        evidence = passage_at(*values["evidence"]) if values["evidence"] else None
        changes = {"status": values["status"], "reason": values["reason"], "implemented_by": values["implemented_by"]}
        return curation.set_commitment(commitment=row, by=request.user, evidence=evidence, **changes)

    attempt(request, follow_up, done=gettext("Noted."))
    return redirect("desk-commitments")
