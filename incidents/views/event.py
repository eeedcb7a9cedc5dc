"""One event: its page, the same in the map's panel, and how to cite it."""

import json
from datetime import date

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from incidents import chains, citation, past, reading
from incidents.models import Claim, Event, EventLink
from incidents.views.overview import basemap


def _event(code: str) -> Event:
    return get_object_or_404(Event.objects.published().select_related("place"), code=code)


def _day(request: HttpRequest) -> date | None:
    """The day of `as_of`, where the record is asked for as it stood at that day's end; None for the record as it is."""
    given = request.GET.get("as_of", "")
    try:
        day = parse_date(given)
    except ValueError:
        day = None
    if given and day is None:
        raise BadRequest(_("“%(given)s” is no day: write it as 2024-05-31.") % {"given": given[:40]})
    return day if day and day < timezone.localdate() else None


def _context(request: HttpRequest, event: Event) -> dict[str, object]:
    everything = request.GET.get("links") == "all"
    return {
        **_said(event, reading.claims_of(event)),
        "headline": reading.headline(event, event.resolutions.filter(is_current=True).prefetch_related("claims")),
        "history": event.resolutions.order_by("-decided_at", "-id"),
        "chain": reading.chain(event, stated_only=not everything),
        "all_links": everything,
        "commitments": reading.commitments(event),
        "parts": reading.parts(event.participations.select_related("actor").order_by("role", "id")),
        "as_of": timezone.localdate(),
    }


def _past_context(request: HttpRequest, event: Event, day: date) -> dict[str, object]:
    """The same of a day in the past."""
    then = past.event_at(event, past.end_of(day))
    if then is None:
        return {"event": event, "past": day, "is_absent": True}
    everything = request.GET.get("links") == "all"
    return {
        **_said(then.event, then.claims),
        "headline": reading.headline(then.event, [row for row in then.resolutions if row.is_current]),
        "history": then.resolutions,
        "chain": reading.linked(then.event, [link for link in then.links if everything or link.basis == EventLink.Basis.STATED]),
        "all_links": everything,
        "commitments": then.commitments,
        "parts": reading.parts(then.participations),
        "as_of": day,
        "past": day,
    }


def _said(event: Event, claims: list[Claim]) -> dict[str, object]:
    return {
        "event": event,
        "origins": reading.origins(claims),
        "conflicts": reading.conflicts(claims),
        "grade_reason": reading.grade_reason(event),
        "warnings": reading.warnings(claims),
        "where": _where(event),
        "today": timezone.localdate(),
    }


def _where(event: Event) -> dict[str, object]:
    """What the small map draws."""
    place = event.place
    outline = event.extent or (place.boundary if place and event.where_prec in (3, 4, 5) else None)
    return {
        "lon": event.point.x if event.point else None, "lat": event.point.y if event.point else None, "kind": event.kind,
        "where_prec": event.where_prec, "place": place.key if place else "", "radius_km": place.radius_km if place else None,
        "outline": json.loads(outline.geojson) if outline else None, "basemap": basemap(),
    }  # fmt: skip


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse | HttpResponsePermanentRedirect:
    """The event's page; with `as_of` as it stood at the end of that day, 404 where it was not published then. A merged code leads to the
    event it became part of, if the public may see that."""
    merged = Event.objects.filter(code=code, status=Event.Status.MERGED, merged_into__status=Event.Status.PUBLISHED).first()
    if merged:
        return redirect("event", merged.merged_into.code, permanent=True)
    found, day = _event(code), _day(request)
    context = _past_context(request, found, day) if day else _context(request, found)
    return render(request, "incidents/event.html", context, status=404 if "is_absent" in context else 200)


@require_safe
def panel(request: HttpRequest, code: str) -> HttpResponse:
    """The event without the page around it, for the map's panel."""
    return render(request, "incidents/_event.html", {**_context(request, _event(code)), "in_panel": True})


@require_safe
def chain(request: HttpRequest, code: str) -> HttpResponse:
    """The whole chain the event stands in, each step with the days since the one before."""
    found, everything = _event(code), request.GET.get("links") == "all"
    context = {"event": found, "chain": chains.walk(found, stated_only=not everything), "all_links": everything}
    return render(request, "incidents/chain.html", context)


@require_safe
def cite(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """How to cite the event, as BibTeX (bib), RIS (ris) or CSL-JSON (json); with `as_of` as it stood at the end of that day."""
    if form not in citation.FORMS:
        raise Http404
    found, day = _event(code), _day(request)
    if day:
        then = past.event_at(found, past.end_of(day))
        if then is None:
            raise Http404
        found = then.event
    write, media_type = citation.FORMS[form]
    address = request.build_absolute_uri(found.get_absolute_url()) + (f"?as_of={day.isoformat()}" if day else "")
    body = write(found, address=address, seen_on=day or timezone.localdate())
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{found.code}.{form}"'})
