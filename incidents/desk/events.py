"""An event at the desk: where it stands, what is claimed of it by which report, what it leads to, and every verb on it."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from history.clashes import with_seen
from history.models import Revision
from history.reading import steps_of as history_of
from incidents import reading
from incidents.candidates import similar_events
from incidents.curation.guard import news_of
from incidents.desk.access import DeskRequest, attempt, desk, said, seen_in
from incidents.desk.home import admin_address
from incidents.desk.verbs import VERBS, Verb, steps_of
from incidents.models import Event, EventLink, Merge

# The verbs whose forms stand below the claims, each under its own heading. The others stand beside what they change.
# Each with the key that leads to it.
BELOW = {"merge": "M", "unmerge": "P", "move-report": "R", "link": "K", "grade": "G", "assign": "A", "comment": "O"}
ON_CLAIMS = ("choose", "split")
CHANGES = 15


def _found(code: str) -> Event:
    rows = Event.objects.select_related("place", "merged_into", "created_by", "approved_by", "assigned_to")
    return get_object_or_404(with_seen(rows), code=code)


@desk
@require_safe
def event(request: DeskRequest, code: str) -> HttpResponse:
    """The event, in any status."""
    return _page(request, _found(code))


@desk
@require_GET
def news(request: DeskRequest, code: str) -> JsonResponse:
    """What a page that shows an event has to tell: `told` is empty while nobody has changed it."""
    row = get_object_or_404(Event.objects.only("code"), code=code)
    return JsonResponse({"told": news_of(row, seen_in(request.GET) or 0, "version", "assigned_to_id")})


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
    return _page(request, _found(code), verb=verb, refused=form)


def _page(request: DeskRequest, row: Event, *, verb: str = "", refused: Verb | None = None) -> HttpResponse:
    forms = {name: form(event=row, by=request.user, auto_id=f"{name}-%s") for name, form in VERBS.items()}
    if refused:
        forms[verb] = refused
    merges = Merge.objects.filter(Q(keep=row) | Q(drop=row), undone_at=None).select_related("keep", "drop", "by")
    linked = EventLink.objects.filter(Q(source=row) | Q(target=row)).select_related("source", "target", "evidence")
    links = list(with_seen(linked).order_by("pk"))
    steps, similar = steps_of(row, request.user), _similar(row)
    claims = reading.claims_of(row)
    resolutions = row.resolutions.filter(is_current=True).prefetch_related("claims")
    is_open = row.status not in (Event.Status.MERGED, Event.Status.REJECTED)
    open_verbs = [name for name in BELOW if (merges if name == "unmerge" else is_open)]
    # What was written for a verb that is closed by now stays to be read.
    open_verbs += [verb] if verb in BELOW and verb not in open_verbs else []
    context = {
        "event": row,
        "admin_address": admin_address(row),
        "grade_reason": reading.grade_reason(row),
        "headline": reading.headline(row, resolutions),
        "claims": sorted(claims, key=lambda claim: (claim.attribute, not claim.is_live)),
        "chosen": {claim.pk for resolution in resolutions for claim in resolution.claims.all()},
        "ticked": set(request.POST.getlist("claims")),
        "steps": steps,
        "merges": merges,
        "links": links,
        "comments": row.comments.filter(settled_at=None).select_related("by").order_by("pk"),
        "commitments": row.commitments.standing(),
        "history": history_of(Revision.objects.about_event(row.pk).select_related("change__by").order_by("-id")[: CHANGES * 6])[:CHANGES],
        "similar": similar,
        "forms": forms,
        "below": [(name, BELOW[name], forms[name]) for name in open_verbs],
        "jumps": _jumps(steps, links, claims if is_open else [], similar, [(name, forms[name]) for name in open_verbs]),
        "is_open": is_open,
        "takes_claims": claims and (is_open or verb in ON_CLAIMS),
        "refused": verb,
        # Of a verb whose form is a button in a line, the reason stands on top.
        "refused_in_line": refused if verb not in ("move", *ON_CLAIMS, *BELOW) else None,
    }
    return render(request, "desk/event.html", context, status=400 if refused else 200)


def _jumps(steps: Any, links: Any, claims: Any, similar: Any, verbs: list[tuple[str, Verb]]) -> list[tuple[str, str, Any]]:
    """Where each single key leads: (id of the first thing to press or fill in there, the key, its words). A key does nothing by itself."""
    parts = [("next-step", "N", _("Next steps"), steps), ("first-link", "L", _("Links"), links), ("first-claim", "C", _("Claims"), claims)]
    jumps = [(target, key, words) for target, key, words, rows in parts if rows]
    for name, form in verbs:
        first = "merge-similar" if name == "merge" and similar else form.visible_fields()[0].id_for_label
        jumps.append((first, BELOW[name], form.short))
    return [*jumps, ("last-changes", "H", _("Last changes"))]


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
