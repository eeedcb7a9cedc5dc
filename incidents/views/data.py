"""What the map's scripts read: the snapshot of the columns, and the outlines of areas."""

import json
from pathlib import Path

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import conditional_page, require_safe

from entities.models import Place, PlaceMembership
from entities.waters import waters_file
from incidents import snapshot
from incidents.models import Event

ARROW = "application/vnd.apache.arrow.file"
PACKED = "application/octet-stream"
# Kept, and asked about before each use: a copy that holds what was withdrawn since is used by nobody.
ASK = "no-cache"


@require_safe
def latest(request: HttpRequest) -> HttpResponseBase:
    """The current snapshot as Arrow under a name that does not change, for notebooks."""
    found = snapshot.whole()
    headers = {"Cache-Control": ASK, "ETag": quote_etag(found.version)}
    return _file(request, found, found.arrow, headers, content_type=ARROW, filename=f"isnad-{found.version}.arrow")


@require_safe
def version(request: HttpRequest, name: str) -> HttpResponseBase:
    """One version of the columns, for the map. A version that is gone leads to the current one: its readers only want the newest."""
    found = snapshot.find(name)
    if found is None:
        return redirect("snapshot-version", snapshot.given_out().version)
    coding = _coding(request.headers.get("Accept-Encoding", ""), found)
    headers = {"Cache-Control": ASK, "Vary": "Accept-Encoding", "ETag": quote_etag(f"{found.version}{coding}")}
    if coding:
        headers["Content-Encoding"] = coding
    return _file(request, found, found.packed(coding), headers, content_type=PACKED)


def _file(
    request: HttpRequest, found: snapshot.Snapshot, path: Path, headers: dict[str, str], *, content_type: str, filename: str = ""
) -> HttpResponseBase:
    given = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponseBase
    if headers["ETag"] in given or "*" in given:
        response = HttpResponseNotModified(headers={name: value for name, value in headers.items() if name != "Content-Encoding"})
    else:
        response = FileResponse(path.open("rb"), content_type=content_type, filename=filename)
        for name, value in headers.items():
            response.headers[name] = value
    response.holds_until_a_change = snapshot.is_newest(found)
    return response


def _coding(accepted: str, found: snapshot.Snapshot) -> str:
    """The best coding of ours the reader takes; one with q=0 is one it does not take, and the last is written a moment after the others."""
    taken = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.strip().partition(";q=")
        taken[name] = weight.strip() not in ("0", "0.0", "0.00", "0.000")
    return next((coding for coding in ("zstd", "gzip") if taken.get(coding) and found.packed(coding).exists()), "")


@require_safe
@conditional_page
def shapes(request: HttpRequest, name: str) -> HttpResponseBase:
    """Outlines of the places that published events are known to only by district, governorate or area: {key: {outline or circle}}."""
    if snapshot.find(name) is None:
        return redirect("shapes", snapshot.current().version)
    vague = Event.objects.published().filter(where_prec__in=(3, 4, 5), place__isnull=False).order_by().values("place")
    rows = Place.objects.filter(pk__in=vague).annotate(outline=AsGeoJSON("boundary", precision=4))
    parts: dict[int, list[str]] = {}
    # A region without an outline of its own is drawn by its governorates.
    for region, key in (
        PlaceMembership.objects.filter(parent__in=rows, place__level="governorate").values_list("parent", "place__key").distinct()
    ):
        parts.setdefault(region, []).append(key)
    shapes = {
        place.key: {
            "names": {"ar": place.name_ar, "en": place.name_en or place.name_ar}, "level": place.level, "pcode": place.pcode,
            "outline": json.loads(outline) if (outline := getattr(place, "outline", None)) else None,
            "parts": parts.get(place.pk, []),
            "lon": place.point.x if place.point else None, "lat": place.point.y if place.point else None, "radius_km": place.radius_km,
        }
        for place in rows
    }  # fmt: skip
    return JsonResponse(shapes, headers={"Cache-Control": ASK})


@require_safe
@conditional_page
def waters(request: HttpRequest) -> HttpResponse:
    """The rivers and lakes that `manage.py load_boundaries` was given."""
    try:
        return HttpResponse(waters_file().read_bytes(), content_type="application/geo+json", headers={"Cache-Control": ASK})
    except FileNotFoundError as error:
        raise Http404 from error
