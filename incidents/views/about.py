"""What the marks, grades and precisions mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.models import Release
from incidents.taxonomy import EVENT_TYPES, DatePrecision, Kind, PlacePrecision

NEWEST = 12  # releases


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The legend, the code lists and where the data come from."""
    kinds = [(label, [each for each in EVENT_TYPES if each.kind == value]) for value, label in Kind.choices]
    codes = {"kinds": kinds, "days": DatePrecision.choices, "places": PlacePrecision.choices}
    return render(request, "incidents/about.html", {**codes, "releases": Release.objects.all()[:NEWEST]})
