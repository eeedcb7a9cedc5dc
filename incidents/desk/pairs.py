"""Links between events and copied words: two things side by side, a verdict by one key, the next at once."""

import re
from difflib import SequenceMatcher
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from extraction.text import fold
from history.clashes import with_seen
from incidents import curation
from incidents.desk.access import DeskRequest, attempt, desk, said, seen_in
from incidents.desk.home import event_address
from incidents.desk.takeback import last_verdict
from incidents.models import EventLink
from sources.models import Passage, TextReuse

_WORD = re.compile(r"\w+")


def _one(rows: Any, after: str) -> tuple[Any, int]:
    """(the first row after the one with this number, how many wait); the first of all where none comes after it."""
    numbers = list(rows.values_list("pk", flat=True))
    following = numbers[numbers.index(int(after)) + 1 :] if after.isdecimal() and int(after) in numbers else numbers
    wanted = (following or numbers)[:1]
    return (rows.get(pk=wanted[0]) if wanted else None), len(numbers)


@desk
@require_GET
def links(request: DeskRequest) -> HttpResponse:
    """The next link that a text states or the machine suggests."""
    waiting = with_seen(EventLink.objects.waiting()).select_related("source__place", "target__place", "evidence__article__outlet")
    link, count = _one(waiting, request.GET.get("after", ""))
    sides = (
        [{"event": event, "address": event_address(event), "quote": _first_words(event)} for event in (link.source, link.target)]
        if link
        else []
    )
    return render(request, "desk/links.html", {"link": link, "count": count, "sides": sides, "last": last_verdict(request.user, "links")})


def _first_words(event: Any) -> Passage | None:
    return Passage.objects.filter(claims__event=event, claims__attribute="type").select_related("article__outlet").order_by("pk").first()


@desk
@require_POST
def judge_link(request: DeskRequest, number: int) -> HttpResponse:
    link = get_object_or_404(EventLink, pk=number)
    is_right = request.POST.get("verdict") == "right"
    attempt(
        request,
        lambda: curation.judge_link(link=link, is_right=is_right, by=request.user, seen=seen_in(request.POST)),
        done=_("Confirmed.") if is_right else _("Rejected."),
    )
    return redirect("desk-links")


@desk
@require_GET
def reuse(request: DeskRequest) -> HttpResponse:
    """The next pair of passages that carry the same words."""
    waiting = with_seen(TextReuse.objects.waiting()).prefetch_related("first__statement__issuers", "second__statement__issuers")
    pair, count = _one(waiting, request.GET.get("after", ""))
    marks = {"first": [], "second": []} if not pair else _shared(pair)
    return render(request, "desk/reuse.html", {"pair": pair, "count": count, "marks": marks, "last": last_verdict(request.user, "reuse")})


def _shared(pair: TextReuse) -> dict[str, Any]:
    """Both texts and the runs of words they share, spelling variants folded, for the highlights."""
    texts = pair.first.exact, pair.second.exact
    words = [list(_WORD.finditer(text)) for text in texts]
    first, second = ([fold(match[0]) for match in found] for found in words)
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    spans: list[list[list[int]]] = [[], []]
    for block in blocks:
        for side, begin in enumerate((block.a, block.b)):
            # One word in common, an «and», is no sign of copying.
            if block.size > 1:
                spans[side].append([words[side][begin].start(), words[side][begin + block.size - 1].end()])
    return {side: {"text": text, "spans": found} for side, text, found in zip(("first", "second"), texts, spans, strict=True)}


@desk
@require_POST
def judge_reuse(request: DeskRequest, number: int) -> HttpResponse:
    pair = get_object_or_404(TextReuse, pk=number)
    verdict = request.POST.get("verdict", "")
    if verdict not in (TextReuse.Verdict.SAME_STATEMENT, TextReuse.Verdict.INDEPENDENT):
        return HttpResponse(status=400)
    plain = {
        TextReuse.Verdict.SAME_STATEMENT: gettext_noop("Read side by side: the same words."),
        TextReuse.Verdict.INDEPENDENT: gettext_noop("Read side by side: each in its own words."),
    }[TextReuse.Verdict(verdict)]
    reason = said(request.POST, "reason") or plain
    judged: dict[str, Any] = {"verdict": verdict, "reason": reason, "seen": seen_in(request.POST)}
    attempt(request, lambda: curation.judge_reuse(pair=pair, by=request.user, **judged), done=_("Judged."))
    return redirect("desk-reuse")
