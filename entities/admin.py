"""Places and actors for editors: found under every spelling."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path

from entities.forms import PointField, whereabouts
from entities.models import Actor, ActorSpelling, Command, Place, PlaceMembership, PlaceSpelling
from history.admin import JoiningInline, ReasonForm, RecordAdmin


class NamedAdmin(RecordAdmin):
    """Searched by any spelling, its variants folded, or by its own key."""

    key = "slug"

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        named = self.model.objects.matching(term).values("pk")
        return queryset.filter(Q(pk__in=named) | Q(name_en__icontains=term) | Q(**{f"{self.key}__iexact": term})), False


class PlaceForm(ReasonForm):
    point = PointField()


class PlaceSpellingInline(JoiningInline):
    model = PlaceSpelling
    extra = 0


class MembershipInline(JoiningInline):
    model = PlaceMembership
    fk_name = "place"
    extra = 0
    autocomplete_fields = ["parent"]


@admin.register(Place)
class PlaceAdmin(NamedAdmin):
    key = "key"
    form = PlaceForm
    list_display = ["name_ar", "name_en", "level", "key", "source"]
    list_filter = ["level", "memberships__hierarchy"]
    search_fields = ["name_ar"]
    inlines = [PlaceSpellingInline, MembershipInline]
    exclude = ["boundary"]

    def get_urls(self) -> list[URLPattern]:
        own = [path("where/", self.admin_site.admin_view(self.where), name="entities_place_where")]
        return [*own, *super().get_urls()]

    def where(self, request: HttpRequest) -> JsonResponse:
        """Where the place of that number lies, for the map that picks a point."""
        number = request.GET.get("place", "")
        place = Place.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 15 else None
        return JsonResponse(whereabouts(place, request.GET.get("at", "")))


class ActorSpellingInline(JoiningInline):
    model = ActorSpelling
    extra = 0


class CommandInline(JoiningInline):
    model = Command
    fk_name = "actor"
    extra = 0
    autocomplete_fields = ["parent"]


@admin.register(Actor)
class ActorAdmin(NamedAdmin):
    list_display = ["name_ar", "name_en", "kind", "side", "slug"]
    list_filter = ["kind", "side"]
    search_fields = ["name_ar"]
    inlines = [ActorSpellingInline, CommandInline]
