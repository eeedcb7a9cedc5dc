"""Events and casualties over time, and what officials assert beside what this database holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from incidents import choices, snapshot, trends
from incidents.filters import EventFilter
from incidents.selection import Selection
from incidents.views.filtering import filtered, query_without


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The same filters as the map; every chart has its table."""
    filters, _events = filtered(request)
    found = trends.series(Selection.shown(filters.form.cleaned_data))
    return render(
        request,
        "incidents/trends.html",
        {
            "filters": filters, "facets": choices.facets(snapshot.current(), filters), "query": query_without(request),
            "given": {name: request.GET.get(name, "") for name in EventFilter.base_filters},
            "action": reverse("trends"), **found, "series": trends.chart(found),
        },
    )  # fmt: skip
