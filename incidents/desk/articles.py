"""An article at the desk: its whole text, what was read in it, its day, and marking by hand."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from extraction import MOST_READ
from history.clashes import with_seen
from incidents import curation, triage
from incidents.candidates import propose
from incidents.desk.access import DeskRequest, attempt, desk, said, seen_in
from incidents.desk.claims import ClaimForm
from incidents.desk.fields import EventField, SpanForm
from incidents.desk.forms import TYPES, DayInput
from incidents.desk.reading import direction_of
from incidents.evidence import passage_at
from incidents.models import Candidate, Claim, Event
from sources.models import Article


class EventClaimForm(ClaimForm):
    """A claim read by hand about an event that is known already."""

    event = EventField(near="events-here", label=_("Event"))

    def clean_event(self) -> Event:
        event: Event = self.cleaned_data["event"]
        return event.merged_into or event


class NewEventForm(SpanForm):
    """Marked words that report an event nobody has recorded."""

    type = forms.ChoiceField(choices=TYPES, label=_("Type"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "new", **kwargs})


def _found(number: int) -> Article:
    return get_object_or_404(with_seen(Article.objects.select_related("outlet", "replaces")), pk=number)


@desk
@require_GET
def article(request: DeskRequest, number: int) -> HttpResponse:
    return _page(request, _found(number))


def _page(request: DeskRequest, row: Article, *, claim: Any = None, new: Any = None) -> HttpResponse:
    claims = Claim.objects.filter(passage__article=row).select_related("passage", "event").order_by("passage__start", "pk")
    passages: dict[int, dict[str, Any]] = {}
    for row_of in claims:
        entry = passages.setdefault(row_of.passage_id, {"passage": row_of.passage, "claims": []})
        entry["claims"].append(row_of)
    context = {
        "article": row,
        "direction": direction_of(row),
        "most_read": MOST_READ if len(row.text) > MOST_READ else None,
        "passages": list(passages.values()),
        "events": Event.objects.filter(claims__passage__article=row).distinct(),
        "candidates": row.candidates.exclude(verdict=Candidate.Verdict.STALE).select_related("event").order_by("start"),
        "marks": {"text": row.text, "spans": {"quotes": [[e["passage"].start, e["passage"].end] for e in passages.values()]}},
        "claim_form": claim or EventClaimForm(text=row.text, initial={"event": request.GET.get("event", "")[:20]}),
        "new_form": new or NewEventForm(text=row.text),
        "day_input": DayInput().render("published_on", row.published_on, {"id": "published-on"}),
    }
    return render(request, "desk/article.html", context, status=400 if claim or new else 200)


@desk
@require_POST
def day(request: DeskRequest, number: int) -> HttpResponse:
    """The editor enters the day the article was published; the dates that waited for it are resolved, verdicts and corrections stay."""
    row = get_object_or_404(Article, pk=number)
    try:
        published_on = date.fromisoformat(request.POST.get("published_on", ""))
    except ValueError:
        published_on = None
        messages.error(request, gettext("A day is written YYYY-MM-DD."))
    if published_on and attempt(request, lambda: date_and_read(row, published_on, request), done=gettext("The dates were resolved again.")):
        back = said(request.POST, "back", most=15)
        if back.isdecimal() and Candidate.objects.filter(pk=back).exists():
            return redirect("desk-candidate", back)
    return redirect("desk-article", row.pk)


def date_and_read(row: Article, published_on: date, request: DeskRequest) -> Article:
    """Set the day and propose again what nobody has judged."""
    given: dict[str, Any] = {"published_on": published_on, "reason": gettext_noop("Entered at the desk."), "seen": seen_in(request.POST)}
    curation.date_article(article=row, by=request.user, **given)
    dated = Article.objects.select_related("outlet").get(pk=row.pk)
    propose(dated)
    return dated


@desk
@require_POST
def claim(request: DeskRequest, number: int) -> HttpResponse:
    """Marked words become a passage, and what they say a claim about an event."""
    row = _found(number)
    form = EventClaimForm(request.POST, text=row.text)
    if not form.is_valid():
        return _page(request, row, claim=form)
    values = form.cleaned_data

    def attach() -> Claim:
        passage = passage_at(row, values["start"], values["end"], anchor_on=row.published_on)
        made = {"event": values["event"], "passage": passage, "attribute": values["attribute"], "by": request.user}
        return curation.attach_claim(**made, **form.as_claim())

    if not attempt(request, attach, form=form, done=gettext("A passage and a claim about %(code)s.") % {"code": values["event"].code}):
        return _page(request, row, claim=form)
    if warning := form.warning():
        messages.warning(request, warning)
    return redirect("desk-article", row.pk)


@desk
@require_POST
def event(request: DeskRequest, number: int) -> HttpResponse:
    """Marked words become a candidate made by hand, to be completed and accepted like any other."""
    row = _found(number)
    form = NewEventForm(request.POST, text=row.text)
    if not form.is_valid():
        return _page(request, row, new=form)
    values = form.cleaned_data
    span = {name: values[name] for name in ("start", "end", "type")}
    made = attempt(request, lambda: triage.propose_by_hand(article=row, by=request.user, **span), form=form)
    return redirect("desk-candidate", made.pk) if made else _page(request, row, new=form)
