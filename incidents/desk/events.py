"""An event at the desk: where it stands, what is claimed of it by which report, what it leads to, and every verb on it."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from history.models import Revision
from history.reading import steps_of as history_of
from incidents import reading, wording
from incidents.candidates import similar_events
from incidents.desk.access import DeskRequest, attempt, desk, said
from incidents.desk.home import admin_address
from incidents.desk.verbs import VERBS, Verb, steps_of
from incidents.models import Event, EventLink, Merge

# The verbs whose forms stand below the claims, each under its own heading. The others stand beside what they change.
BELOW = ("merge", "unmerge", "move-report", "link", "grade", "assign", "comment")
CHANGES = 15


def _found(code: str) -> Event:
    return get_object_or_404(Event.objects.select_related("place", "merged_into", "created_by", "approved_by", "assigned_to"), code=code)


@desk
@require_safe
def event(request: DeskRequest, code: str) -> HttpResponse:
    """The event, in any status."""
    return _page(request, _found(code))


@desk
@require_POST
def act(request: DeskRequest, code: str, verb: str) -> HttpResponse:
    """Do one of the verbs; where it refuses, the page again with what was written and the reason."""
    row = _found(code)
    if verb not in VERBS:
        return HttpResponse(status=404)
    form = VERBS[verb](request.POST, event=row, by=request.user, auto_id=f"{verb}-%s")
    if form.is_valid() and (shown := attempt(request, form.act, form=form, done=str(form.said))):
        return redirect("desk-event", shown.code)
    return _page(request, row, verb=verb, refused=form)


def _page(request: DeskRequest, row: Event, *, verb: str = "", refused: Verb | None = None) -> HttpResponse:
    forms = {name: form(event=row, by=request.user, auto_id=f"{name}-%s") for name, form in VERBS.items()}
    if refused:
        forms[verb] = refused
    merges = Merge.objects.filter(Q(keep=row) | Q(drop=row), undone_at=None).select_related("keep", "drop", "by")
    claims = reading.claims_of(row)
    resolutions = row.resolutions.filter(is_current=True).prefetch_related("claims")
    if row.status in (Event.Status.MERGED, Event.Status.REJECTED):
        open_verbs = ["unmerge"] if merges else []
    else:
        open_verbs = [name for name in BELOW if name != "unmerge" or merges]
    context = {
        "event": row,
        "admin_address": admin_address(row),
        "sources": wording.sources(row.article_count, row.outlet_count, row.origin_count),
        "grade_reason": reading.grade_reason(row),
        "headline": reading.headline(row, resolutions),
        "claims": sorted(claims, key=lambda claim: (claim.attribute, not claim.is_live)),
        "chosen": {claim.pk for resolution in resolutions for claim in resolution.claims.all()},
        "ticked": set(request.POST.getlist("claims")),
        "steps": steps_of(row, request.user),
        "merges": merges,
        "links": EventLink.objects.filter(Q(source=row) | Q(target=row)).select_related("source", "target", "evidence").order_by("pk"),
        "comments": row.comments.filter(settled_at=None).select_related("by").order_by("pk"),
        "commitments": row.commitments.standing(),
        "history": history_of(Revision.objects.about_event(row.pk).select_related("change__by").order_by("-id")[: CHANGES * 6])[:CHANGES],
        "similar": _similar(row),
        "forms": forms,
        "below": [(name, forms[name]) for name in open_verbs],
        "is_open": row.status not in (Event.Status.MERGED, Event.Status.REJECTED),
        "refused": verb if refused else "",
    }
    return render(request, "desk/event.html", context, status=400 if refused else 200)


def _similar(row: Event) -> list[Any]:
    """Known events that look like the report this one was made of."""
    candidate = row.candidates.select_related("article__outlet").first()
    return [found for found in similar_events(candidate) if found.event.pk != row.pk] if candidate else []


@desk
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Straight to an event by its code."""
    code = said(request.GET, "code", most=20).upper()
    if Event.objects.filter(code=code).exists():
        return redirect("desk-event", code)
    messages.error(request, _("There is no event with this code."))
    return redirect("desk")
