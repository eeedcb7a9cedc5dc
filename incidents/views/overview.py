"""The map page and the list: the same filters, the same rows; the list needs no JavaScript."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entities.waters import waters_file
from incidents import choices, exports, snapshot
from incidents.columns import number_of
from incidents.filters import EventFilter
from incidents.interchange import writing
from incidents.models import Claim, Event
from incidents.querysets import EventQuerySet
from incidents.selection import Selection
from incidents.views.filtering import filtered, query_without
from incidents.views.oembed import card_of
from incidents.views.words import words
from sources.models import Article

PAGE = 40
MOST_COUNTED = 10_000
MOST_ROWS = 100
LONG_WORKBOOK = 100_000  # events of a record whose workbooks keep their reader waiting


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Map, timeline and list. Without JavaScript, the list alone."""
    return render(request, "incidents/index.html", {**_listing(request), "setup": setup(), "words": words(), "oembed": card_of(request)})


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The list on a page of its own."""
    return render(request, "incidents/list.html", _listing(request))


@require_safe
def rows(request: HttpRequest) -> JsonResponse:
    """The list's rows for some codes, as the list itself prints them: {code: html}. Codes nobody may see are left out."""
    codes = [code for code in request.GET.get("codes", "").split(",") if code]
    if set(request.GET) - {"codes"} or len(codes) > MOST_ROWS:
        raise BadRequest(_("Ask for at most %(n)s codes.") % {"n": MOST_ROWS})
    found = _for_list(Event.objects.published().filter(code__in=codes))
    return JsonResponse({event.code: render_to_string("incidents/_row.html", {"event": event}, request) for event in found})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The articles behind some events, in the order asked for: the numbered sources of the printed report."""
    codes = [code for code in request.GET.get("codes", "").split(",") if code]
    if set(request.GET) - {"codes"} or len(codes) > MOST_ROWS:
        raise BadRequest(_("Ask for at most %(n)s codes.") % {"n": MOST_ROWS})
    found = {event.code: event for event in Event.objects.published().filter(code__in=codes)}
    told: dict[str, dict[int, Article]] = {code: {} for code in found}
    claims = Claim.objects.published().live().filter(event__code__in=found).select_related("event", "passage__article__outlet")
    for claim in claims.order_by("passage__article__published_on", "passage__article_id"):
        told[claim.event.code][claim.passage.article_id] = claim.passage.article
    events = [(found[code], told[code].values()) for code in codes if code in found]
    return render(request, "incidents/_sources.html", {"events": events})


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """The codes of the events that match `q`, as numbers (2021000123), for the map to join with its columns."""
    _filters, found = filtered(request)
    return JsonResponse({"codes": [number_of(code) for code in found.values_list("code", flat=True)]})


def _listing(request: HttpRequest) -> dict[str, object]:
    filters, found = filtered(request, besides=("after",))
    after, selection = request.GET.get("after"), Selection.of(filters.form.cleaned_data)
    events = _selected(selection, after) if selection else None
    if events is None:
        events = list(_for_list(_after(found, after).newest_first())[: PAGE + 1])
    following = query_without(request, after=events[PAGE - 1].code) if len(events) > PAGE else ""
    total = selection.count() if selection else found.order_by()[: MOST_COUNTED + 1].count()
    more_than = selection is None and total > MOST_COUNTED
    shown = snapshot.current()
    return {
        "filters": filters, "events": events[:PAGE], "following": following, "total": MOST_COUNTED if more_than else total,
        "more_than": more_than, "facets": choices.facets(shown, filters), "workbooks_take_long": len(shown.columns()) > LONG_WORKBOOK,
        "query": query_without(request, "after"), "export_forms": exports.FORMS,
        "foreign_forms": writing.FORMS,
        "given": {name: request.GET.get(name, "") for name in EventFilter.base_filters},
    }  # fmt: skip


def setup() -> dict[str, object]:
    """The addresses the map's scripts read from."""
    version = snapshot.current().version
    return {
        "snapshot": reverse("snapshot-version", args=[version]), "shapes": reverse("shapes", args=[version]), "rows": reverse("rows"),
        "sources": reverse("sources"),
        "search": reverse("search"), "panel": reverse("event-panel", args=["CODE"]), "event": reverse("event", args=["CODE"]),
        "tiles": settings.TILE_URL, "tileCredit": settings.TILE_ATTRIBUTION,
        "worker": static("js/data/worker.js"), "basemap": basemap(),
    }  # fmt: skip


def basemap() -> dict[str, str]:
    """Addresses of the offline outlines and labels, and of rivers and lakes where they were loaded."""
    shipped = {name: static(f"basemap/{name}.geojson") for name in ("countries", "governorates", "towns")}
    return shipped | ({"waters": reverse("waters")} if waters_file().exists() else {})


def _for_list(events: EventQuerySet) -> EventQuerySet:
    return events.select_related("place").defer("search_text", "summary_ar", "summary_en", "extent")


def _selected(selection: Selection, after: str | None) -> list[Event] | None:
    """The page's events where the snapshot tells which they are; None where SQL has to be asked after all."""
    codes = selection.codes(after=after or None, most=PAGE + 1)
    events = list(_for_list(Event.objects.published().filter(code__in=codes)).newest_first()) if codes is not None else []
    return events if codes is not None and len(events) == len(codes) else None


def _after(events: EventQuerySet, code: str | None) -> EventQuerySet:
    """The events that follow this one in the list: keyset, so that page 900 costs what page 1 costs."""
    if not code:
        return events
    last = Event.objects.published().filter(code=code).only("id", "date_start").first()
    if last is None:
        raise BadRequest(_("“after” names no event: %(code)s") % {"code": code[:40]})
    undated = Q(date_start__isnull=True)
    if last.date_start is None:
        return events.filter(undated, pk__lt=last.pk)
    return events.filter(undated | Q(date_start__lt=last.date_start) | Q(date_start=last.date_start, pk__lt=last.pk))
