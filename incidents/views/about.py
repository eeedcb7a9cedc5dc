"""What the marks, grades and precisions mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.taxonomy import EVENT_TYPES, DatePrecision, Kind, PlacePrecision


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The legend, the code lists and where the data come from."""
    kinds = [(label, [each for each in EVENT_TYPES if each.kind == value]) for value, label in Kind.choices]
    return render(request, "incidents/about.html", {"kinds": kinds, "days": DatePrecision.choices, "places": PlacePrecision.choices})
