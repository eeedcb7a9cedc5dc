"""What a reader takes along: the view as a file, as a feed, as a map for another page."""

from datetime import UTC, datetime, time

from csp.decorators import csp_replace
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from incidents import exports, releases, wording
from incidents.interchange import writing
from incidents.models import Release
from incidents.selection import in_parts
from incidents.views.filtering import filtered, query_without
from incidents.views.oembed import card_of
from incidents.views.overview import setup
from incidents.views.words import words

NEWEST = 50
FORMS = exports.FORMS | writing.FORMS
PIECES = exports.PIECES | writing.PIECES


@require_safe
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The events of the view as a file: sent as it is read."""
    if form not in FORMS:
        raise Http404
    filters, events = filtered(request)
    media_type, _label = FORMS[form]
    query = request.META.get("QUERY_STRING", "")
    page = request.build_absolute_uri(reverse("index"))
    about = exports.About(f"{page}?{query}" if query else page, query, settings.DATA_LICENCE, timezone.localdate())
    name = f"isnad-{about.as_of.isoformat()}.{form}"
    parts = in_parts(events, filters.form.cleaned_data)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(PIECES[form](parts, about), content_type=media_type, headers=headers)


@require_safe
def release(request: HttpRequest, name: str, file: str) -> FileResponse:
    """A file of a frozen release: for ever the same bytes."""
    found = get_object_or_404(Release, name=name)
    known = found.file(file)
    if known is None:
        raise Http404
    path = releases.folder_of(name) / known["name"]
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"isnad-{name}-{file}", content_type=known["media_type"])
    response.headers["ETag"] = quote_etag(known["sha256"])
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """An Atom feed of any view: the events published last."""
    _filters, events = filtered(request)
    here = request.build_absolute_uri()
    atom = Atom1Feed(
        title=_("Isnad"), link=request.build_absolute_uri(reverse("index")), feed_url=here, feed_guid=here, language=get_language() or "ar",
        description=_("Security incidents and joint coordination in Iraq"), author_name=_("Isnad"), feed_copyright=settings.DATA_LICENCE,
    )  # fmt: skip
    for event in events.select_related("place").order_by("-published_at", "-pk")[:NEWEST]:
        address = request.build_absolute_uri(event.get_absolute_url())
        line = [wording.when(event.date_start, event.date_end, event.date_prec), event.place.name if event.place else ""]
        line += [
            *wording.toll(event.deaths_best, event.injured_best),
            wording.sources(event.article_count, event.outlet_count, event.origin_count),
        ]
        published = event.published_at or datetime.combine(timezone.localdate(), time(), UTC)
        atom.add_item(
            title=event.title, link=address, unique_id=address, description=" · ".join(filter(None, line)),
            pubdate=published, updateddate=published,
            categories=[str(event.get_type_display())],
        )  # fmt: skip
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """The map and timeline of a view alone, for a frame in another page."""
    filters, events = filtered(request)
    context = {
        "setup": setup(),
        "words": words(),
        "oembed": card_of(request),
        "filters": filters,
        "query": query_without(request),
        "events": events.newest_first()[:10],
    }
    return render(request, "incidents/embed.html", context)
