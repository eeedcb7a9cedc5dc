"""Numbers over time for a view: a month a row, with low–high bands; and the lag from an attack to its response.

Counted from the columns the map works on, by the same filters: SQL would read a million rows for each of the tables.
"""

from datetime import UTC, date, datetime
from itertools import islice
from statistics import median_low
from typing import Any

import numpy as np
from django.db.models import F
from django.utils.translation import gettext as _

from entities.models import Place
from incidents.columns import PARTIES, number_of
from incidents.models import EventLink, Statistic
from incidents.querysets import ATTACKS, HAPPENED
from incidents.selection import Selection
from incidents.taxonomy import BY_SLUG, Kind, Party

MOST_MONTHS = 72
MOST_PLACES = 15
MOST_LAGS = 50
# Measure of a statistic that counts events → their types.
COUNTED_TYPES = {"attacks": ATTACKS, "operations": ("security_operation", "joint_operation")}
# Measure of a statistic that counts people → the columns that hold them.
COUNTED_PEOPLE = {"killed": ("killed",), "wounded": ("injured",), "casualties": ("killed", "injured")}
_BANDS = {
    f"{harm}_{bound}": column + suffix
    for harm, column in (("killed", "killed"), ("wounded", "injured"))
    for bound, suffix in (("low", "_low"), ("best", ""), ("high", "_high"))
}


def series(view: Selection) -> dict[str, Any]:
    """{unit, periods, by_type, by_place, by_party, lags, statistics}: everything the trends page draws and tabulates.

    Only what happened is in the charts; `undated` and `not_happened` say how many events of the view are not; `total` counts all.
    """
    everything, rows = view.rows(), view.narrowed(modality=HAPPENED).rows()
    dated = rows[rows < view.columns.dated]
    unit, periods = _periods(view, dated)
    return {
        "total": len(everything),
        "unit": unit,
        "periods": periods,
        "undated": len(rows) - len(dated),
        "not_happened": len(everything) - len(rows),
        "by_type": _by_type(view, rows),
        "by_place": _by_place(view, rows),
        "by_party": _by_party(view, rows),
        "lags": lags(view),
        "statistics": statistics(view),
    }


def _by_type(view: Selection, rows: np.ndarray) -> list[dict[str, Any]]:
    types = [BY_SLUG[slug] for slug in view.columns.words("type")]
    counts = np.bincount(view.columns["type"][rows], minlength=len(types)).tolist()
    found = [{"kind": each.kind, "type": each.slug, "label": each.label, "n": n} for each, n in zip(types, counts, strict=True) if n]
    return sorted(found, key=lambda row: (-row["n"], row["type"]))


def _by_place(view: Selection, rows: np.ndarray) -> list[dict[str, Any]]:
    keys, numbers = view.columns.words("place"), view.columns["place"][rows]
    counts = np.bincount(numbers[numbers >= 0], minlength=len(keys))
    most = [number for number in np.argsort(-counts, kind="stable")[:MOST_PLACES].tolist() if counts[number]]
    found = _named([keys[number] for number in most], view.columns.about["parents"])
    return [{"place": found[keys[number]], "n": int(counts[number])} for number in most]


def _named(keys: list[str], parents: dict[str, list[str]]) -> dict[str, str]:
    """The places' names, each with its district as in the events' titles: two villages of one name are two."""
    lines: dict[str, list[str]] = {}
    for key in keys:
        lines[key] = [key]
        for above in lines[key]:
            lines[key] += [up for up in parents.get(above, ()) if up not in lines[key]]
    listed = Place.objects.filter(key__in={key for line in lines.values() for key in line}).defer("boundary", "point")
    places = {place.key: place for place in listed}
    names = {}
    for key, line in lines.items():
        name = places[key].name
        district = next((places[up].name for up in line[1:] if up in places and places[up].level == Place.Level.DISTRICT), name)
        names[key] = name if district == name else f"{name} ({district})"
    return names


def _by_party(view: Selection, rows: np.ndarray) -> list[dict[str, Any]]:
    """How many of the events a live claim says harmed each party."""
    parties = view.columns["parties"][rows]
    found = [{"label": Party(party).label, "n": int(np.count_nonzero(parties & (1 << bit)))} for bit, party in enumerate(PARTIES)]
    return sorted((row for row in found if row["n"]), key=lambda row: -row["n"])


def chart(found: dict[str, Any]) -> dict[str, Any]:
    """The same as plain columns for the charts: x in seconds, killed and wounded as [best, low, high]."""
    rows = found["periods"]
    return {
        "unit": found["unit"],
        "x": [int(datetime(row["period"].year, row["period"].month, 1, tzinfo=UTC).timestamp()) for row in rows],
        "incidents": [row["incidents"] for row in rows], "coordination": [row["coordination"] for row in rows],
        "killed": [[row[f"killed_{bound}"] or 0 for row in rows] for bound in ("best", "low", "high")],
        "wounded": [[row[f"wounded_{bound}"] or 0 for row in rows] for bound in ("best", "low", "high")],
        "labels": {"incidents": _("Incidents"), "coordination": _("Joint coordination"), "killed": _("Killed"), "wounded": _("Wounded"),
                   "period": _("Period")},
    }  # fmt: skip


def _periods(view: Selection, rows: np.ndarray) -> tuple[str, list[dict[str, Any]]]:
    """(month, or year where the months are too many; one row a period by an event's first day: counts a kind, killed and wounded low, best,
    high). A period in which nothing happened is a nought in the line, not a gap that the eye bridges."""
    if not len(rows):
        return "month", []
    columns = view.columns
    days = columns["date_start"][rows].astype("datetime64[D]")  # in order, as the rows are
    months = [days[at].astype("datetime64[M]") for at in (0, -1)]
    unit, code = ("month", "M") if (months[1] - months[0]).astype(int) < MOST_MONTHS else ("year", "Y")
    first, last = (month.astype(f"datetime64[{code}]") for month in months)
    begins = np.arange(first, last + 2).astype("datetime64[D]")
    bounds = np.searchsorted(days, begins)
    is_incident = np.array([BY_SLUG[slug].kind == Kind.INCIDENT for slug in columns.words("type")])[columns["type"][rows]]
    sums: dict[str, list[Any]] = {
        "incidents": _sums(is_incident, bounds),
        "coordination": _sums(~is_incident, bounds),
        **{name: _figures(columns[column][rows], columns.known(column)[rows], bounds) for name, column in _BANDS.items()},
    }
    periods: list[date] = begins[:-1].astype(object).tolist()
    return unit, [{"period": day, **{name: values[n] for name, values in sums.items()}} for n, day in enumerate(periods)]


def _sums(values: np.ndarray, bounds: np.ndarray) -> list[int]:
    """The sum of each stretch between two bounds."""
    running = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
    return np.diff(running[bounds]).tolist()


def _figures(values: np.ndarray, known: np.ndarray, bounds: np.ndarray) -> list[int | None]:
    """The sum of each stretch; None where no event of it has a figure."""
    return [total if count else None for total, count in zip(_sums(values, bounds), _sums(known, bounds), strict=True)]


def lags(view: Selection) -> dict[str, Any]:
    """{total, median, rows}: how many published responses to an incident the view holds, the days half of them took at most, and the
    quickest of them, each with its days."""
    links = EventLink.objects.published().filter(relation__in=["responds_to", "retaliates_for"])
    took = links.annotate(took=F("source__date_start") - F("target__date_start")).filter(took__isnull=False).order_by("took", "pk")
    listed = list(took.values_list("pk", "source__code", "took"))
    codes = view.columns["code"][view.rows()]
    in_view = np.isin([number_of(code) for _pk, code, _took in listed], codes)
    found = {pk: took.days for (pk, _code, took), is_in in zip(listed, in_view.tolist(), strict=True) if is_in}
    quickest = links.select_related("source", "target").in_bulk(list(islice(found, MOST_LAGS)))
    return {
        "total": len(found),
        "median": median_low(found.values()) if found else None,
        "rows": [{"link": quickest[pk], "days": found[pk]} for pk in islice(found, MOST_LAGS)],
    }


def statistics(view: Selection) -> list[dict[str, Any]]:
    """What officials asserted, each beside this database's own count for the same days and area within the view."""
    asserted = (
        Statistic.objects.published().select_related("passage__article__outlet", "area").prefetch_related("passage__statement__issuers")
    )
    return [{"asserted": row, "own": own_count(row, view)} for row in asserted.order_by("period_start", "pk")]


def own_count(statistic: Statistic, view: Selection) -> int | None:
    """What these events give for the same measure, days and area; None where the days are unknown or events do not tell.

    Only what happened counts. Dead and wounded by the best estimate; an event without a figure counts none.
    """
    measure, area = statistic.measure, statistic.area
    if not statistic.period_start or measure not in {**COUNTED_TYPES, **COUNTED_PEOPLE}:
        return None
    period = {"from": statistic.period_start, "to": statistic.period_end}
    view = view.narrowed(modality=HAPPENED, place=[area.key] if area else [], type=[*COUNTED_TYPES.get(measure, ())], **period)
    rows = view.rows()
    return sum(int(view.columns[column][rows].sum()) for column in COUNTED_PEOPLE[measure]) if measure in COUNTED_PEOPLE else len(rows)
