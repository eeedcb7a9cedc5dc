"""The review queue: one candidate beside its article, a verdict by one key, the next at once."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entities.forms import whereabouts
from entities.models import Actor, Place
from extraction.text import fold
from history.clashes import with_seen
from incidents import curation, triage
from incidents.candidates import similar_events
from incidents.desk.access import DeskRequest, attempt, desk, said, seen_in
from incidents.desk.claims import ClaimForm
from incidents.desk.fields import PlaceField, actor_line, place_line
from incidents.desk.forms import CorrectionForm, DayInput
from incidents.desk.reading import direction_of, fields_of, spans_of
from incidents.models import Candidate, Event
from sources.models import Article

SUGGESTIONS = 12
Row = dict[str, Any]


@desk
@require_GET
def queue(request: DeskRequest) -> HttpResponse:
    """The next candidate; the dashboard where none waits."""
    following = triage.queue_of(request.user).first()
    if following:
        return redirect("desk-candidate", following.pk)
    skipped = Candidate.objects.waiting().filter(skipped_by=request.user).count()
    messages.success(request, _("The queue is empty. You set %(n)d aside.") % {"n": skipped} if skipped else _("The queue is empty."))
    return redirect("desk")


def _found(number: int) -> Candidate:
    """The candidate as a page shows it, with what was read of it and of its article."""
    rows = Candidate.objects.select_related("article__outlet", "held_by", "event", "judged_by")
    row = get_object_or_404(with_seen(with_seen(rows), Article, key="article_id", name="article_seen"), pk=number)
    row.article.seen = row.article_seen  # type: ignore[attr-defined]
    return row


@desk
@require_GET
def candidate(request: DeskRequest, number: int) -> HttpResponse:
    """A candidate and its article. Whoever looks at a waiting one holds it."""
    row = _found(number)
    is_free = not row.verdict and not row.is_held_by_another(request.user)
    if is_free:
        try:
            triage.hold(candidate=row, by=request.user)
        except curation.CurationError:
            row, is_free = _found(number), False
    return _page(request, row, is_free=is_free)


def _page(request: DeskRequest, row: Candidate, *, is_free: bool, form: CorrectionForm | None = None, claim: Any = None) -> HttpResponse:
    fields = fields_of(row)
    done, waiting = triage.progress_of(request.user)
    is_statistic = row.kind == Candidate.Kind.STATISTIC
    context = {
        "candidate": row,
        "article": row.article,
        "direction": direction_of(row.article),
        "fields": fields,
        "quotes": row.current["quotes"],
        "marks": {"text": row.article.text, "spans": spans_of(fields, row.current["quotes"])},
        "similar": [] if row.verdict or is_statistic else similar_events(row),
        "form": form or (None if row.verdict else CorrectionForm(row)),
        "claim_form": claim or ClaimForm(text=row.article.text, is_for_candidate=True),
        "day_input": DayInput().render("published_on", row.article.published_on, {"id": "published-on"}),
        "reasons": triage.RejectReason.choices,
        "is_free": is_free,
        "is_statistic": is_statistic,
        "is_held": row.is_held_by_another(request.user),
        "position": done + 1,
        "total": done + waiting,
        "last": triage.last_judged(request.user),
        "siblings": row.article.candidates.exclude(verdict=Candidate.Verdict.STALE).order_by("start"),
    }
    return render(request, "desk/candidate.html", context, status=400 if form or claim else 200)


@desk
@require_POST
@transaction.atomic
def judge(request: DeskRequest, number: int) -> HttpResponse:
    """The verdict in the form's `verb`; then the next candidate, or the same one again with the reason why not."""
    # A form is compared with the state that its verb then finds.
    Candidate.objects.select_for_update().filter(pk=number).values_list("pk").first()
    row = _found(number)
    here = redirect("desk-candidate", row.pk)
    verb = request.POST.get("verb", "")
    on_what: Row = {"candidate": row, "by": request.user, "seen": seen_in(request.POST)}
    match verb:
        case "accept":
            done = attempt(request, lambda: triage.accept(**on_what), done=_("Accepted."))
        case "merge":
            event = get_object_or_404(Event, code=said(request.POST, "into", most=20))
            done_well = _("One more report of %(code)s.") % {"code": event.code}
            done = attempt(request, lambda: triage.accept(into=event, **on_what), done=done_well)
        case "reject":
            reason = triage.RejectReason.text(said(request.POST, "reason"), said(request.POST, "words"))
            done = attempt(request, lambda: triage.reject_candidate(reason=reason, **on_what), done=_("Rejected."))
        case "skip":
            done = attempt(request, lambda: triage.skip(candidate=row, by=request.user) or True)
        case "correct" | "correct-accept":
            form = CorrectionForm(row, request.POST)
            if not form.is_valid():
                return _page(request, row, is_free=not row.is_held_by_another(request.user), form=form)
            corrected = attempt(request, lambda: triage.correct(candidate=row, by=request.user, changes=form.changes()), form=form.head)
            if not corrected:
                return _page(request, row, is_free=not row.is_held_by_another(request.user), form=form)
            for warning in form.warnings():
                messages.warning(request, warning)
            if verb == "correct":
                return here
            done = attempt(request, lambda: triage.accept(candidate=corrected, by=request.user), done=_("Corrected and accepted."))
        case "split":
            return _split(request, row, on_what)
        case "value":
            return _add_value(request, row, on_what)
        case _:
            return HttpResponse(status=400)
    return redirect("desk-queue") if done else here


def _split(request: DeskRequest, row: Candidate, on_what: Row) -> HttpResponse:
    start, end = (request.POST.get(name, "") for name in ("start", "end"))
    if not (start.isdecimal() and end.isdecimal() and len(start) < 9 and len(end) < 9):
        messages.error(request, _("Mark the words that are an event of their own, or choose one of the passages."))
        return redirect("desk-candidate", row.pk)
    parts = attempt(request, lambda: triage.split(start=int(start), end=int(end), **on_what), done=_("Two candidates now."))
    return redirect("desk-candidate", parts[0].pk if parts else row.pk)


def _add_value(request: DeskRequest, row: Candidate, on_what: Row) -> HttpResponse:
    form = ClaimForm(request.POST, text=row.article.text, is_for_candidate=True)
    if not form.is_valid():
        return _page(request, row, is_free=not row.is_held_by_another(request.user), claim=form)
    field, value = form.as_proposed()
    add = partial(triage.add_value, field=field, value=value, **on_what)
    if not attempt(request, add, form=form, done=_("Added to the candidate.")):
        return _page(request, row, is_free=not row.is_held_by_another(request.user), claim=form)
    if warning := form.warning():
        messages.warning(request, warning)
    return redirect("desk-candidate", row.pk)


@desk
@require_POST
def undo(request: DeskRequest) -> HttpResponse:
    """Take back the verdict named in the form, or the editor's last one."""
    number = request.POST.get("candidate", "")
    row = Candidate.objects.filter(pk=number).first() if number.isdecimal() else triage.last_judged(request.user)
    if not row:
        messages.error(request, _("There is no verdict of yours to take back."))
        return redirect("desk")
    undone = partial(triage.undo, candidate=row, by=request.user, seen=seen_in(request.POST))
    done = attempt(request, undone, done=_("Undone: it waits again."))
    return redirect("desk-candidate", row.pk) if done else _back(request)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    number = request.POST.get("back") or request.POST.get("candidate", "")
    return HttpResponseRedirect(reverse("desk-candidate", args=[number]) if number.isdecimal() and len(number) < 15 else reverse("desk"))


@desk
@require_POST
def hold(request: DeskRequest, number: int) -> HttpResponse:
    """The page says that it is still on screen: ten more minutes."""
    try:
        triage.hold(candidate=get_object_or_404(Candidate, pk=number), by=request.user)
    except curation.CurationError as error:
        return JsonResponse({"refused": str(error)}, status=409)
    return JsonResponse({"until": (timezone.now() + triage.LEASE).isoformat()})


@desk
@require_GET
def news(request: DeskRequest, number: int) -> JsonResponse:
    """What a page that shows a candidate has to tell whoever looks at it: `told` is empty while nothing happened."""
    row = get_object_or_404(Candidate.objects.select_related("held_by", "judged_by").defer("written"), pk=number)
    told = triage.news(candidate=row, to=request.user, seen=seen_in(request.GET) or 0, was_held="held" in request.GET)
    return JsonResponse({"told": told})


@desk
@require_POST
def take_up(request: DeskRequest) -> HttpResponse:
    """What the editor set aside comes back into the queue."""
    triage.take_up_skipped(by=request.user)
    return redirect("desk-queue")


@desk
@require_GET
def places(request: DeskRequest) -> JsonResponse:
    """Places any of whose spellings holds `q`, those with the most to them first, as lines to pick from."""
    text = said(request.GET, "q", most=100)
    if len(fold(text)) < 2:
        return JsonResponse({"lines": []})
    found = Place.objects.matching(text).prefetch_related("memberships__parent")
    begins = Count("spellings", filter=Q(spellings__folded__startswith=fold(text)))
    return JsonResponse({"lines": [place_line(row) for row in found.annotate(begins=begins).order_by("-begins", "name_ar")[:SUGGESTIONS]]})


@desk
@require_GET
def where(request: DeskRequest) -> JsonResponse:
    """Where the place lies that a line of a form names, and whether the point `at` lies outside it."""
    try:
        place = PlaceField().clean(said(request.GET, "place", most=400))
    except ValidationError:
        place = None  # half a name is no fault while somebody writes it
    return JsonResponse(whereabouts(place, said(request.GET, "at", most=60)))


@desk
@require_GET
def actors(request: DeskRequest) -> JsonResponse:
    """Actors any of whose spellings holds `q`, as lines to pick from."""
    text = said(request.GET, "q", most=100)
    found = Actor.objects.matching(text) if len(fold(text)) >= 2 else Actor.objects.none()
    return JsonResponse({"lines": [actor_line(row) for row in found[:SUGGESTIONS]]})
