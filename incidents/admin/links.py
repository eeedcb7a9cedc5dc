"""Links between events, promises and asserted aggregates."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from history.admin import ReadOnlyAdmin
from incidents import curation
from incidents.models import Comment, Commitment, EventLink, Statistic

from .search import FoundByEvent
from .verbs import editor, on_each


@admin.register(EventLink)
class EventLinkAdmin(FoundByEvent, ReadOnlyAdmin):
    event_fields = ("source", "target")
    also = ("phrase",)
    list_display = ["source", "relation", "target", "basis", "status", "phrase", "lag_days"]
    list_filter = ["status", "basis", "relation"]
    list_select_related = ["source", "target"]
    search_fields = ["source__code", "target__code", "phrase"]
    ordering = ["-id"]
    actions = ["confirm", "refuse"]

    @admin.action(description=_("Confirm"), permissions=["view"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda link: curation.judge_link(link=link, is_right=True, by=editor(request)))

    @admin.action(description=_("Reject"), permissions=["view"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda link: curation.judge_link(link=link, is_right=False, by=editor(request)))


@admin.register(Commitment)
class CommitmentAdmin(FoundByEvent, ReadOnlyAdmin):
    also = ("text",)
    list_display = ["event", "kind", "text", "status", "implemented_by"]
    list_filter = ["status", "kind"]
    list_select_related = ["event", "implemented_by"]
    search_fields = ["event__code", "text"]
    ordering = ["-id"]


@admin.register(Statistic)
class StatisticAdmin(ReadOnlyAdmin):
    list_display = ["value", "measure", "measure_text", "period_start", "period_end", "area", "status"]
    list_filter = ["status", "measure"]
    list_select_related = ["area"]
    search_fields = ["measure_text", "area_text"]
    ordering = ["-id"]
    actions = ["publish", "reject"]

    @admin.action(description=_("Publish"), permissions=["view"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda row: curation.publish_statistic(statistic=row, by=editor(request)))

    @admin.action(description=_("Set aside"), permissions=["view"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        reason = str(_("Set aside from the list."))
        on_each(request, queryset, lambda row: curation.reject_statistic(statistic=row, by=editor(request), reason=reason))


@admin.register(Comment)
class CommentAdmin(FoundByEvent, ReadOnlyAdmin):
    also = ("text",)
    list_display = ["event", "field", "text", "by", "at", "settled_by"]
    list_filter = ["field", ("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["event", "by", "settled_by"]
    search_fields = ["event__code", "text"]
    ordering = ["-id"]
    actions = ["settle"]

    @admin.action(description=_("Mark as settled"), permissions=["view"])
    def settle(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda remark: curation.settle_comment(comment=remark, by=editor(request)))
