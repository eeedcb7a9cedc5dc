"""Claims and the choices made among them. A value is never rewritten: a claim is ranked, and another one attached."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from entities.models import Actor, Place
from extraction.text import search_text
from history.admin import ReadOnlyAdmin
from incidents import curation, wording
from incidents.choosing import HARM_COLUMNS
from incidents.models import Claim, Merge, Participation, Resolution
from incidents.taxonomy import BY_SLUG, Modality, PlacePrecision

from .search import FoundByEvent, events_found
from .verbs import WrittenByVerbs, editor, on_each


@admin.register(Claim)
class ClaimAdmin(FoundByEvent, WrittenByVerbs):
    list_display = ["event", "attribute", "phrase", "said", "rank", "polarity", "passage"]
    list_filter = ["attribute", "rank", "polarity", "rank_reason"]
    list_select_related = ["event", "passage", "place", "actor"]
    search_fields = ["event__code"]
    # By event would sort every claim by its event's day.
    sortable_by = ()
    ordering = ["-id"]
    fields = [
        "event",
        "attribute",
        "said",
        "phrase",
        "quote",
        "quantifier",
        "polarity",
        "modality",
        "flags",
        "rank",
        "rank_reason",
        "note",
        "reason",
    ]
    readonly_fields = ["event", "attribute", "said", "phrase", "quote", "quantifier", "polarity", "modality", "flags"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a claim stands on a passage: it is attached at the desk

    @admin.display(description=_("value"))
    def said(self, claim: Claim) -> str:
        return claim.said

    @admin.display(description=_("quote"))
    def quote(self, claim: Claim) -> str:
        return claim.passage.exact

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        reason = given["rank_reason"] if given["rank"] == Claim.Rank.DEPRECATED else given["reason"]
        curation.rank_claim(
            claim=Claim.objects.get(pk=obj.pk), rank=given["rank"], by=editor(request), reason=reason, note=given["note"] or given["reason"]
        )


@admin.register(Resolution)
class ResolutionAdmin(FoundByEvent, ReadOnlyAdmin):
    list_display = ["event", "attribute", "method", "chosen", "decided_by", "decided_at", "is_current"]
    sortable_by = ()
    list_filter = ["attribute", "method", "is_current"]
    list_select_related = ["event", "decided_by"]
    search_fields = ["event__code"]
    ordering = ["-id"]
    fields = ["event", "attribute", "method", "chosen", "claims", "reason", "decided_by", "decided_at", "is_current"]
    readonly_fields = ["chosen"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        place = Place.objects.filter(pk=Cast(KeyTextTransform("place_id", OuterRef("value")), BigIntegerField())).order_by()
        return super().get_queryset(request).annotate(**{name: Subquery(place.values(name)) for name in ("name_ar", "name_en")})

    @admin.display(description=_("value"))
    def chosen(self, resolution: Any) -> str:
        value = resolution.value
        match resolution.attribute:
            case "date":
                first, last = (date.fromisoformat(value[end]) for end in ("date_start", "date_end"))
                return wording.when(first, last, value["date_prec"])
            case "place":
                name = (resolution.name_en if get_language() == "en" else resolution.name_ar) or resolution.name_ar
                precision = PlacePrecision(value["where_prec"]).label if value.get("where_prec") else ""
                return " · ".join(str(part) for part in (name, precision) if part)
            case "type":
                return str(BY_SLUG[value["type"]].label)
            case "modality":
                return str(Modality(value["modality"]).label)
            case _:
                prefix = HARM_COLUMNS[resolution.attribute]
                return wording.figure(*(value.get(f"{prefix}_{end}") for end in ("low", "best", "high")))


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    list_display = ["event", "actor", "role", "side"]
    list_filter = ["role", "side"]
    list_select_related = ["event", "actor"]
    search_fields = ["event__code", "actor__name_ar", "actor__name_en"]
    sortable_by = ()
    ordering = ["-id"]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """By the event's code, or by the actor, under any spelling."""
        term = search_term.strip()
        if not search_text(term).strip():
            return queryset, False
        if term.upper().startswith("ISN-"):
            return queryset.filter(event__in=events_found(term).values("pk")), False
        return queryset.filter(actor__in=list(Actor.objects.matching(term).values_list("pk", flat=True))), False


@admin.register(Merge)
class MergeAdmin(FoundByEvent, ReadOnlyAdmin):
    event_fields = ("keep", "drop")
    list_display = ["__str__", "reason", "by", "at", "undone_at", "undone_by"]
    list_select_related = ["keep", "drop", "by", "undone_by"]
    search_fields = ["keep__code", "drop__code"]
    ordering = ["-id"]
    actions = ["undo"]

    @admin.action(description=_("Part them again"), permissions=["view"])
    def undo(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(
            request, queryset, lambda merge: curation.unmerge(merge=merge, by=editor(request), reason=gettext_noop("Merged by mistake."))
        )
