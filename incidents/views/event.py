"""One event: its page, the same in the map's panel, and how to cite it."""

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents import chains, citation, reading
from incidents.models import Event
from incidents.views.overview import basemap


def _event(code: str) -> Event:
    return get_object_or_404(Event.objects.published().select_related("place"), code=code)


def _context(request: HttpRequest, event: Event) -> dict[str, object]:
    claims = reading.claims_of(event)
    everything = request.GET.get("links") == "all"
    return {
        "event": event,
        "headline": reading.headline(event, event.resolutions.filter(is_current=True).prefetch_related("claims")),
        "history": event.resolutions.order_by("-decided_at", "-id"),
        "origins": reading.origins(claims),
        "conflicts": reading.conflicts(claims),
        "chain": reading.chain(event, stated_only=not everything),
        "all_links": everything,
        "commitments": reading.commitments(event),
        "grade_reason": reading.grade_reason(event),
        "participations": event.participations.select_related("actor").order_by("role", "id"),
        "warnings": reading.warnings(claims),
        "as_of": timezone.localdate(),
        "where": _where(event),
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
    """The event's page. A merged code leads to the event it became part of, if the public may see that."""
    merged = Event.objects.filter(code=code, status=Event.Status.MERGED, merged_into__status=Event.Status.PUBLISHED).first()
    if merged:
        return redirect("event", merged.merged_into.code, permanent=True)
    return render(request, "incidents/event.html", _context(request, _event(code)))


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
    """How to cite the event, as BibTeX (bib), RIS (ris) or CSL-JSON (json)."""
    if form not in citation.FORMS:
        raise Http404
    found = _event(code)
    write, media_type = citation.FORMS[form]
    address = request.build_absolute_uri(found.get_absolute_url())
    body = write(found, address=address, seen_on=timezone.localdate())
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{found.code}.{form}"'})
