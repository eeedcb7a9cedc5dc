"""Incidents and coordination events: lists that stay fast at a million rows, and a page with every claim side by side."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from entities.forms import is_far
from extraction.text import search_text
from history.models import Revision
from incidents import curation, reading, wording
from incidents.curation.editing import EDITABLE
from incidents.curation.guard import APPROVE
from incidents.models import Comment, CoordinationEvent, Event, Incident

from .forms import CHOSEN, EventForm, in_order
from .verbs import WrittenByVerbs, editor, on_each


class MineFilter(admin.SimpleListFilter):
    """What is assigned to me, or to nobody."""

    title = _("assigned to")
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("me")), ("nobody", _("nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "me":
                return queryset.filter(assigned_to=editor(request))
            case "nobody":
                return queryset.filter(assigned_to__isnull=True)
        return queryset


class CommentInline(admin.TabularInline[Comment, Event]):
    """Remarks of the editors; what was said is not changed."""

    model = Comment
    fields = ["field", "text", "by", "at", "settled_at"]
    readonly_fields = ["by", "at", "settled_at"]
    extra = 1

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EventAdmin(WrittenByVerbs):
    form = EventForm
    list_display = ["code", "title", "type", "first_day", "place", "status", "grade", "told", "has_conflict", "changed_since_approval"]
    sortable_by = ["code", "first_day"]
    list_display_links = ["code", "title"]
    list_filter = ["status", "changed_since_approval", "has_conflict", "grade", MineFilter, "where_prec", "date_prec", "type"]
    list_select_related = ["place"]
    search_fields = ["code"]
    search_help_text = _("A code, or words of its quotes, places and actors; spelling variants are found")
    ordering = ["-id"]
    inlines = [CommentInline]
    autocomplete_fields = ["place"]
    readonly_fields = [
        "code",
        "status",
        "grade",
        "why",
        "told",
        "toll",
        "approved_by",
        "approved_at",
        "assigned_to",
        "claims_side_by_side",
    ]
    fieldsets = [
        (None, {"fields": ["code", ("status", "assigned_to"), ("approved_by", "approved_at"), ("grade", "told", "toll"), "why"]}),
        (_("Words"), {"fields": ["title_ar", "title_en", "summary_ar", "summary_en"]}),
        (_("When"), {"fields": [CHOSEN["date"], "time_of_day"]}),
        (_("Where"), {"fields": [("place", "where_prec"), "point"]}),
        (_("What is claimed"), {"fields": ["claims_side_by_side"]}),
        (None, {"fields": ["reason"]}),
    ]
    actions = ["submit", "approve", "publish", "withdraw", "reject", "take"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # an event is made from a passage: at the desk

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        if term.upper().startswith("ISN-"):
            return queryset.filter(code__startswith=term.upper()), False
        return (queryset.matching(term) if search_text(term).strip() else queryset), False  # type: ignore[attr-defined]

    def revisions(self, obj: Any) -> Any:
        return Revision.objects.about_event(obj.pk)

    # Columns

    # As the index has them, read from either end.
    @admin.display(description=_("first day"), ordering=F("date_start").asc(nulls_first=True))
    def first_day(self, event: Event) -> date | None:
        return event.date_start

    @admin.display(description=_("title"))
    def title(self, event: Event) -> str:
        return event.title or "–"

    @admin.display(description=_("reason of the grade"))
    def why(self, event: Event) -> str:
        return reading.grade_reason(event) or "–"

    @admin.display(description=_("told by"))
    def told(self, event: Event) -> str:
        return wording.sources(event.article_count, event.outlet_count, event.origin_count)

    @admin.display(description=_("killed · wounded"))
    def toll(self, event: Event) -> str:
        def best(low: int | None, middle: int | None, high: int | None) -> str:
            return "–" if middle is None else str(middle) if low == high else f"{low}–{middle}–{high}"

        return f"{best(event.deaths_low, event.deaths_best, event.deaths_high)} · " + best(
            event.injured_low, event.injured_best, event.injured_high
        )

    @admin.display(description="")
    def claims_side_by_side(self, event: Event) -> SafeString:
        """Every claim in a table: one attribute after the other, the chosen ones marked, each with its quote and who said it."""
        claims = event.told if hasattr(event, "told") else in_order(event.claims.with_chain())
        current = event.resolutions.filter(is_current=True).prefetch_related("claims")
        chosen = {claim.pk for resolution in current for claim in resolution.claims.all()}
        return render_to_string("admin/incidents/claims.html", {"event": event, "claims": claims, "chosen": chosen, "resolutions": current})

    # Writing

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the verbs. What the form holds is not written as it stands: others may have saved since it was opened."""
        reason, seen, user = form.cleaned_data["reason"], form.cleaned_data["seen"], editor(request)
        event = Event.objects.get(pk=obj.pk)
        words = {field: value for field, value in form.wishes.items() if field in EDITABLE}
        chosen = {attribute: form.chosen(attribute) for attribute in CHOSEN}
        if form.has_joined and (words or any(chosen.values())):
            messages.info(request, _("Somebody else changed other fields meanwhile: both changes are kept."))
        if words:  # before a headline value is chosen: a title that nobody wrote follows it
            curation.edit(event=event, changes=words, by=user, reason=reason, seen=seen)
        for attribute, value in chosen.items():
            if value:
                claims = [claim for claim in event.claims.live() if _supports(claim, attribute, value)]
                curation.resolve(event=event, attribute=attribute, claims=claims, value=value, by=user, reason=reason, seen=seen)
        for claim, rank, why in form.ranked():
            curation.rank_claim(claim=claim, rank=rank, by=user, reason=why or reason, note=reason)
        point, place = form.cleaned_data.get("point"), form.cleaned_data.get("place")
        if chosen["place"] and (warning := is_far(place, point)):
            messages.warning(request, warning)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for remark in formset.save(commit=False):
            curation.comment(event=Event.objects.get(pk=form.instance.pk), field=remark.field, text=remark.text, by=editor(request))
        formset.save_m2m()

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return super().response_change(request, Event.objects.get(pk=obj.pk))

    # Actions

    @admin.action(description=_("Hand to the reviewers"))
    def submit(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda event: curation.submit(event=event, by=editor(request)))

    @admin.action(description=_("Approve"), permissions=["approve"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda event: curation.approve(event=event, by=editor(request)))

    @admin.action(description=_("Publish"), permissions=["approve"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda event: curation.publish(event=event, by=editor(request)))

    @admin.action(description=_("Withdraw to review"), permissions=["approve"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda event: curation.withdraw(event=event, by=editor(request)))

    @admin.action(description=_("Set aside"))
    def reject(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda event: curation.reject(event=event, by=editor(request)))

    @admin.action(description=_("Assign to me"))
    def take(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        on_each(request, queryset, lambda event: curation.assign(event=event, to=editor(request), by=editor(request)))

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(APPROVE)


def _supports(claim: Any, attribute: str, value: dict[str, Any]) -> bool:
    """Whether a claim says what the editor chose."""
    if claim.attribute != attribute or claim.polarity != "asserts":
        return False
    if attribute == "date":
        return bool(claim.date_start and claim.date_start <= value["date_end"] and claim.date_end >= value["date_start"])
    return bool(claim.place_id and claim.place_id == value["place_id"])


@admin.register(Incident)
class IncidentAdmin(EventAdmin):
    pass


@admin.register(CoordinationEvent)
class CoordinationEventAdmin(EventAdmin):
    pass


@admin.register(Event)
class AnyEventAdmin(EventAdmin):
    """Both kinds together: for the fields that name an event."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
