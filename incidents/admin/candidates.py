"""Candidates beside their article, for who works in the admin; the desk is the faster way."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from history.admin import ReadOnlyAdmin
from incidents import triage
from incidents.models import Candidate

from .search import FoundByEvent
from .verbs import editor, on_each


@admin.register(Candidate)
class CandidateAdmin(FoundByEvent, ReadOnlyAdmin):
    also = ("article__title",)
    list_display = ["type", "quote", "article", "score", "verdict", "event", "judged_by"]
    sortable_by = ()
    list_filter = ["verdict", "kind", "type"]
    list_select_related = ["article__outlet", "event", "judged_by"]
    search_fields = ["event__code", "article__title"]
    ordering = ["-id"]
    fields = ["kind", "type", "score", "beside", "verdict", "reason", "event", "judged_by", "judged_at", "corrections"]
    actions = ["accept", "refuse"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Candidate]:
        return super().get_queryset(request).defer("article__raw", "article__text", "article__search_text")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    @admin.display(description=_("quote"))
    def quote(self, candidate: Candidate) -> str:
        quotes = candidate.proposal.get("quotes") or [{"text": ""}]
        return str(quotes[0]["text"])[:160]

    @admin.display(description=_("article"))
    def beside(self, candidate: Candidate) -> SafeString:
        """The article's text with what the candidate quotes marked."""
        text, at, parts = candidate.article.text, 0, []
        for quote in sorted(candidate.proposal.get("quotes", []), key=lambda q: q["start"]):
            start = max(at, quote["start"])
            parts += [("", text[at:start]), ("mark", text[start : quote["end"]])]
            at = max(at, quote["end"])
        parts.append(("", text[at:]))
        body = format_html_join("", "{}", ((format_html("<mark>{}</mark>", words) if tag else words,) for tag, words in parts))
        return format_html('<div dir="auto" class="article-text">{}</div>', body)

    @admin.action(description=_("Accept"), permissions=["view"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda row: triage.accept(candidate=row, by=editor(request)))

    @admin.action(description=_("Reject"), permissions=["view"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        messages.info(request, _("The desk asks for the reason of each; here it is the same for all."))
        reason = gettext_noop("Rejected from the list.")
        on_each(request, queryset, lambda row: triage.reject_candidate(candidate=row, by=editor(request), reason=reason))
