"""From a request's parameters to the events they mean; what cannot be read is an answer of 400 that says so."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from incidents.filters import EventFilter, nearest
from incidents.models import Event
from incidents.querysets import EventQuerySet


def filtered(request: HttpRequest, *, besides: tuple[str, ...] = ()) -> tuple[EventFilter, EventQuerySet]:
    """The published events the address asks for. `besides`: parameters that are no filters, such as the page's place."""
    known = [*EventFilter.base_filters, *besides]
    for name in (name for name in request.GET if name not in known):
        near = nearest(name, known)
        hint = _("Did you mean “%(near)s”?") % {"near": near} if near else ""
        raise BadRequest(f"{_('There is no filter called “%(name)s”.') % {'name': name[:60]}} {hint}".strip())
    filters = EventFilter(request.GET, queryset=Event.objects.published())
    if not filters.is_valid():
        name, problems = next(iter(filters.errors.items()))
        raise BadRequest(f"{name}: {problems[0]}")
    return filters, filters.qs


def query_without(request: HttpRequest, *names: str, **changes: Any) -> str:
    """The address' query without some parameters and with others set."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return query.urlencode(safe=",:")
