"""How rows that hang on an event are found in the admin: by the event, in time that does not grow with the record."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from extraction.text import search_text
from incidents.models import Event


def events_found(term: str) -> QuerySet[Event]:
    """Events by the beginning of their code, or by the words of their quotes, places and actors, spelling variants folded."""
    code = term.strip().upper()
    return Event.objects.filter(code__startswith=code) if code.startswith("ISN-") else Event.objects.matching(term)


class FoundByEvent:
    """Search of an admin whose rows hang on events through `event_fields`; words are looked for in `also` as well.

    A join of every row with its event, as `search_fields` makes it, takes seconds at a million rows.
    """

    event_fields: tuple[str, ...] = ("event",)
    also: tuple[str, ...] = ()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        if not search_text(term).strip():
            return queryset, False
        events = events_found(term).values("pk")
        found = Q()
        for field in self.event_fields:
            found |= Q(**{f"{field}__in": events})
        if not term.upper().startswith("ISN-"):
            for field in self.also:
                found |= Q(**{f"{field}__icontains": term})
        return queryset.filter(found), False
