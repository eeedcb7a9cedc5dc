"""One article. The public sees what it is and the passages quoted from it; its whole text is for staff."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from incidents import public
from incidents.models import Claim
from sources.models import Article, Passage


@require_safe
def article(request: HttpRequest, number: int) -> HttpResponse:
    """Public where a published event, statistic, link or commitment quotes it; staff see every article."""
    is_staff = request.user.is_staff
    rows = Article.objects.select_related("outlet").defer("raw", "search_text")
    found = get_object_or_404(rows if is_staff else rows.filter(pk__in=public.articles().values("pk")), pk=number)
    claims = Claim.objects.published().select_related("event")
    passages = (
        public.passages()
        .filter(article=found)
        .select_related("statement")
        .prefetch_related(Prefetch("claims", claims, to_attr="shown"), "statement__issuers", "relays__outlet")
        .order_by("start")
    )
    spans = [{"id": f"p{p.pk}", "start": p.start, "end": p.end} for p in passages]
    return render(
        request, "incidents/article.html", {"article": found, "passages": _with_events(passages), "whole": is_staff, "spans": spans}
    )


def _with_events(passages: Iterable[Passage]) -> list[Passage]:
    """Each passage with the published events it is quoted for, each once."""
    rows = list(passages)
    for passage in rows:
        passage.events = list({claim.event_id: claim.event for claim in passage.shown}.values())  # type: ignore[attr-defined]
    return rows
