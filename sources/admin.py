"""What was published, for editors: to read, to credit, never to rewrite."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from extraction.text import search_text
from history.admin import JoiningInline, ReadOnlyAdmin, RecordAdmin
from sources.models import Article, Feed, Outlet, Passage, Relay, Speaker, Statement, Submission, TextReuse


@admin.register(Outlet)
class OutletAdmin(RecordAdmin):
    list_display = ["name_ar", "name_en", "kind", "side", "reliability", "domain", "is_sample"]
    list_filter = ["kind", "side", "reliability", "is_sample"]
    search_fields = ["name_ar", "name_en", "domain"]


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Title, outlet and date may be corrected; text and bytes never change."""

    list_display = ["__str__", "outlet", "published", "published_basis", "language", "is_current"]
    sortable_by = ["published"]
    list_filter = ["published_basis", "language", "is_current", ("published_on", admin.EmptyFieldListFilter)]
    list_select_related = ["outlet"]
    search_fields = ["title"]
    fields = [
        "title",
        "byline",
        "outlet",
        "language",
        "url",
        "published_on",
        "published_basis",
        "retrieved_at",
        "encoding",
        "sha256",
        "text",
        "reason",
    ]
    readonly_fields = ["url", "published_on", "published_basis", "retrieved_at", "encoding", "sha256", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # articles come in through intake, which keeps the bytes

    # As the index has them, read from either end.
    @admin.display(description=_("published on"), ordering=F("published_on").asc(nulls_first=True))
    def published(self, article: Article) -> date | None:
        return article.published_on

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).defer("raw", "text", "search_text")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        words = search_text(search_term).split()
        if not words:
            return queryset, False
        found = Q(url__icontains=search_term.strip()) if "/" in search_term else Q(pk__in=matching(words))
        return queryset.filter(found), False


def matching(words: list[str]) -> QuerySet[Any, Any]:
    """Articles that hold all these folded and stemmed words."""
    from django.contrib.postgres.search import SearchQuery, SearchVector

    query = SearchQuery(words[0], config="simple")
    for word in words[1:]:
        query &= SearchQuery(word, config="simple")
    return Article.objects.annotate(vector=SearchVector("search_text", config="simple")).filter(vector=query).values("pk")


class RelayInline(JoiningInline):
    model = Relay
    extra = 0
    autocomplete_fields = ["outlet"]


@admin.register(Passage)
class PassageAdmin(RecordAdmin):
    list_display = ["__str__", "article", "statement", "anchor_on"]
    sortable_by = ()
    list_filter = [("statement", admin.EmptyFieldListFilter)]
    list_select_related = ["article__outlet", "statement"]
    search_fields = ["exact"]
    fields = ["article", "exact", "start", "end", "anchor_on", "statement", "reason"]
    readonly_fields = ["article", "exact", "start", "end"]
    inlines = [RelayInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a passage is marked in its article, at the desk

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        return super().get_queryset(request).defer("article__text", "article__raw", "article__search_text")


@admin.register(Speaker)
class SpeakerAdmin(RecordAdmin):
    list_display = ["name_ar", "name_en", "kind", "organ_of", "actor", "outlet"]
    list_filter = ["kind"]
    list_select_related = ["organ_of", "actor", "outlet"]
    search_fields = ["name_ar", "name_en", "slug"]


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    list_display = ["__str__", "kind", "said_on", "said_by"]
    sortable_by = ()
    list_filter = ["kind"]
    search_fields = ["title", "issuers__name_ar", "issuers__name_en"]
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).prefetch_related("issuers")

    @admin.display(description=_("issued by"))
    def said_by(self, statement: Statement) -> str:
        return "، ".join(str(speaker) for speaker in statement.issuers.all())


@admin.register(TextReuse)
class TextReuseAdmin(ReadOnlyAdmin):
    """Pairs of passages with the same words; judged by the action or at the desk."""

    list_display = ["__str__", "first_words", "second_words", "verdict", "decided_by"]
    list_filter = ["verdict"]
    list_select_related = ["first", "second", "decided_by"]

    @admin.display(description=_("passage"))
    def first_words(self, pair: TextReuse) -> str:
        return pair.first.exact[:120]

    @admin.display(description=_("other passage"))
    def second_words(self, pair: TextReuse) -> str:
        return pair.second.exact[:120]


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin[Feed]):
    """The feeds that are followed. What one brought stands among the jobs; one that is no longer wanted is not followed any more."""

    list_display = ["__str__", "is_followed", "reason", "read_at", "unchanged_at", "offered", "every_minutes", "outlet"]
    list_filter = ["is_followed"]
    list_select_related = ["outlet"]
    search_fields = ["title", "url"]
    autocomplete_fields = ["outlet"]
    readonly_fields = ["read_at", "unchanged_at", "etag", "modified", "offered", "reason", "added_by"]
    actions = ["read_soon"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        if not change:
            obj.added_by = request.user  # type: ignore[assignment]
        if "url" in form.changed_data:
            obj.etag = obj.modified = ""  # of another feed
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Read at the worker's next round, within a minute"), permissions=["change"])
    def read_soon(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        queryset.update(read_at=None, is_followed=True, etag="", modified="")


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """What was handed in, and what became of it."""

    list_display = ["label", "form", "state", "reason", "article", "feed", "submitted_by", "submitted_at"]
    list_filter = ["state", "form", ("feed", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["article__outlet", "submitted_by", "feed"]
    search_fields = ["label", "url"]
    exclude = ["raw"]
    ordering = ["-id"]
