"""A view of the map as a card for other sites: oEmbed 1.0, by the address of the map or of its embedded form."""

from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

WIDTH, HEIGHT = 800, 500
SMALLEST = 200


def card_of(request: HttpRequest) -> str:
    """The address of this page's card, for the links by which other sites find it."""
    return request.build_absolute_uri(reverse("oembed")) + "?" + urlencode({"url": request.build_absolute_uri()})


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`url`: a view of this site's map; `maxwidth`, `maxheight` in pixels; `format`: json or xml. 404 for any other address, 501 for
    another format."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse(status=501)
    try:
        given = urlsplit(request.GET.get("url", ""))
    except ValueError as error:
        raise Http404 from error
    is_ours = given.scheme in ("http", "https") and given.netloc == request.get_host()
    if not is_ours or given.path not in (reverse("index"), reverse("embed")):
        raise Http404
    width, height = _at_most(request, "maxwidth", WIDTH), _at_most(request, "maxheight", HEIGHT)
    address = request.build_absolute_uri(reverse("embed")) + (f"?{given.query}" if given.query else "")
    tag = '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>'
    frame = format_html(tag, address, width, height, _("Map and timeline"))
    card: dict[str, Any] = {
        "version": "1.0", "type": "rich", "title": _("Security incidents and joint coordination in Iraq"), "provider_name": _("Isnad"),
        "provider_url": request.build_absolute_uri(reverse("index")), "width": width, "height": height, "html": str(frame),
    }  # fmt: skip
    if form == "json":
        return JsonResponse(card, headers={"Access-Control-Allow-Origin": "*"})
    body = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in card.items())
    return HttpResponse(f'<?xml version="1.0" encoding="utf-8"?><oembed>{body}</oembed>', content_type="text/xml; charset=utf-8")


def _at_most(request: HttpRequest, name: str, usual: int) -> int:
    text = request.GET.get(name, "")
    return max(SMALLEST, min(usual, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else usual
