"""Numbers over time for a set of events: a month a row, with low–high bands; and the lag from an attack to its response."""

from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncYear
from django.utils.translation import gettext as _

from entities.models import Place
from incidents.models import Claim, EventLink, Statistic
from incidents.querysets import EventQuerySet
from incidents.taxonomy import BY_SLUG, Kind, Party

MOST_MONTHS = 72


def series(events: EventQuerySet) -> dict[str, Any]:
    """{unit, periods, by_type, by_place, lags, statistics}: everything the trends page draws and tabulates.

    Only what happened is in the charts; `undated` and `not_happened` say how many events of the view are not.
    """
    everything, events = events, events.happened()
    dated = events.filter(date_start__isnull=False)
    months = _periods(dated, TruncMonth)
    unit = "month" if len(months) <= MOST_MONTHS else "year"
    return {
        "unit": unit,
        "periods": months if unit == "month" else _periods(dated, TruncYear),
        "undated": events.filter(date_start__isnull=True).count(),
        "not_happened": everything.count() - events.count(),
        "by_type": [
            {**row, "label": BY_SLUG[row["type"]].label}
            for row in events.order_by().values("kind", "type").annotate(n=Count("pk")).order_by("-n", "type")
        ],
        "by_place": _by_place(events),
        "by_party": _by_party(events),
        "lags": lags(everything),
        "statistics": statistics(everything),
    }


def _by_place(events: EventQuerySet) -> list[dict[str, Any]]:
    rows = events.filter(place__isnull=False).order_by().values("place").annotate(n=Count("pk")).order_by("-n", "place")[:15]
    places = Place.objects.in_bulk([row["place"] for row in rows])
    return [{"place": places[row["place"]], "n": row["n"]} for row in rows]


def _by_party(events: EventQuerySet) -> list[dict[str, Any]]:
    """How many of the events a live claim says harmed each party."""
    harm = Claim.objects.live().filter(event__in=events.order_by().values("pk")).exclude(party="")
    rows = harm.order_by().values("party").annotate(n=Count("event", distinct=True)).order_by("-n", "party")
    return [{"label": Party(row["party"]).label, "n": row["n"]} for row in rows]


def chart(found: dict[str, Any]) -> dict[str, Any]:
    """The same as plain columns for the charts: x in seconds, killed and wounded as [best, low, high]."""
    rows = found["periods"]
    columns = {
        f"{harm}_{bound}": [row[f"{harm}_{bound}"] or 0 for row in rows]
        for harm in ("killed", "wounded")
        for bound in ("best", "low", "high")
    }
    return {
        "unit": found["unit"],
        "x": [int(datetime(row["period"].year, row["period"].month, 1, tzinfo=UTC).timestamp()) for row in rows],
        "incidents": [row["incidents"] for row in rows], "coordination": [row["coordination"] for row in rows],
        "killed": [columns[f"killed_{bound}"] for bound in ("best", "low", "high")],
        "wounded": [columns[f"wounded_{bound}"] for bound in ("best", "low", "high")],
        "labels": {"incidents": _("Incidents"), "coordination": _("Joint coordination"), "killed": _("Killed"), "wounded": _("Wounded"),
                   "period": _("Period")},
    }  # fmt: skip


def _periods(events: QuerySet[Any, Any], trunc: type[TruncMonth] | type[TruncYear]) -> list[dict[str, Any]]:
    """One row a period by an event's first day: counts a kind, killed and wounded low, best, high."""
    sums = {
        f"{harm}_{bound}": Sum(f"{column}_{bound}")
        for harm, column in (("killed", "deaths"), ("wounded", "injured"))
        for bound in ("low", "best", "high")
    }
    rows = events.order_by().annotate(period=trunc("date_start")).values("period")
    counts = {"incidents": Count("pk", filter=Q(kind=Kind.INCIDENT)), "coordination": Count("pk", filter=Q(kind=Kind.COORDINATION))}
    found = {row["period"]: row for row in rows.annotate(**counts, **sums)}
    if not found:
        return []
    # A month in which nothing happened is a nought in the line, not a gap that the eye bridges.
    nothing = {"incidents": 0, "coordination": 0, **dict.fromkeys(sums)}
    return [
        found.get(period, {"period": period, **nothing}) for period in _between(min(found), max(found), 1 if trunc is TruncMonth else 12)
    ]


def _between(first: date, last: date, months: int) -> list[date]:
    """The first days of all periods of so many months from `first` to `last`."""
    start, end = (12 * day.year + day.month - 1 for day in (first, last))
    return [date(number // 12, number % 12 + 1, 1) for number in range(start, end + 1, months)]


def lags(events: EventQuerySet) -> list[dict[str, Any]]:
    """Days from an incident to each published response to it, shortest first."""
    links = EventLink.objects.published().filter(relation__in=["responds_to", "retaliates_for"], source__in=events.values("pk"))
    rows = [{"link": link, "days": link.lag_days} for link in links.select_related("source", "target")]
    return sorted((row for row in rows if row["days"] is not None), key=lambda row: row["days"])


def statistics(events: EventQuerySet) -> list[dict[str, Any]]:
    """What officials asserted, each beside this database's own count for the same days and area within the view."""
    asserted = (
        Statistic.objects.published().select_related("passage__article__outlet", "area").prefetch_related("passage__statement__issuers")
    )
    return [{"asserted": row, "own": row.own_count(events)} for row in asserted.order_by("period_start", "pk")]
