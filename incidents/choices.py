"""The choices of the filter bar: what published events hold, with its label in the language of the page and how often it occurs."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from entities.models import Actor, Place
from incidents.arrays import LISTS
from incidents.columns import PARTIES
from incidents.filters import EventFilter
from incidents.snapshot import Snapshot
from incidents.taxonomy import BY_SLUG, EVENT_TYPES, Grade, Kind, Party
from sources.models import Outlet, Speaker

MOST = 300
_LEVELS = ("governorate", "region", "district", "subdistrict")


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    value: str
    label: str
    count: int
    group: str = ""


@dataclass(frozen=True)
class Facet:
    """One filter of the bar. `chosen` are the values the address holds."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    chosen: frozenset[str] = frozenset()


def facets(snapshot: Snapshot, filters: EventFilter) -> list[Facet]:
    """Every filter that is a list of choices, those of the address ticked, also where no event has them."""
    values = filters.form.cleaned_data if filters.form.is_valid() else {}
    found = []
    for facet in _all(snapshot, get_language() or "ar"):
        chosen = frozenset(values.get(facet.name) or ())
        strangers = tuple(Choice(value, value, 0) for value in sorted(chosen - {choice.value for choice in facet.choices}))
        found.append(Facet(facet.name, facet.title, (*facet.choices, *strangers), chosen))
    return found


@lru_cache(maxsize=8)
def _all(snapshot: Snapshot, language: str) -> tuple[Facet, ...]:
    with override(language):
        return (
            Facet("kind", _("Kind"), tuple(_kinds(snapshot))),
            Facet("type", _("Type"), tuple(_types(snapshot))),
            Facet("place", _("Place"), tuple(_places(snapshot))),
            Facet("actor", _("Actor"), tuple(_actors(snapshot))),
            Facet("party", _("Party harmed"), tuple(_parties(snapshot))),
            Facet("outlet", _("Outlet"), tuple(_outlets(snapshot))),
            Facet("speaker", _("Origin"), tuple(_speakers(snapshot))),
            Facet("grade", _("Grade"), tuple(_grades(snapshot))),
        )


def _counts(snapshot: Snapshot, column: str) -> dict[str, int]:
    """{value: events that have it}, most frequent first."""
    columns = snapshot.columns()
    words, numbers = columns.words(column), columns.lists(column)[1] if column in LISTS else columns[column]
    counts = np.bincount(numbers[numbers >= 0], minlength=len(words)).tolist()
    return dict(sorted(((word, n) for word, n in zip(words, counts, strict=True) if n), key=lambda pair: (-pair[1], pair[0])))


def _kinds(snapshot: Snapshot) -> list[Choice]:
    counts = _counts(snapshot, "type")
    return [Choice(value, str(label), sum(n for slug, n in counts.items() if BY_SLUG[slug].kind == value)) for value, label in Kind.choices]


def _types(snapshot: Snapshot) -> list[Choice]:
    counts = _counts(snapshot, "type")
    labels = dict(Kind.choices)
    return [Choice(t.slug, str(t.label), counts[t.slug], str(labels[t.kind])) for t in EVENT_TYPES if t.slug in counts]


def _grades(snapshot: Snapshot) -> list[Choice]:
    counts = _counts(snapshot, "grade")
    return [Choice(value, str(label), counts[value]) for value, label in Grade.choices if value in counts]


def _parties(snapshot: Snapshot) -> list[Choice]:
    bits = snapshot.columns()["parties"]
    counts = {party: int(np.count_nonzero(bits & (1 << i))) for i, party in enumerate(PARTIES)}
    return [Choice(value, str(label), counts[value]) for value, label in Party.choices if counts[value]]


def _actors(snapshot: Snapshot) -> list[Choice]:
    counts = _counts(snapshot, "actors")
    names = {actor.slug: actor.name for actor in Actor.objects.filter(slug__in=list(counts)[:MOST])}
    return [Choice(slug, names[slug], counts[slug]) for slug in counts if slug in names]


def _outlets(snapshot: Snapshot) -> list[Choice]:
    counts = _counts(snapshot, "outlet_ids")
    names = {str(outlet.pk): outlet.name for outlet in Outlet.objects.filter(pk__in=[int(key) for key in list(counts)[:MOST]])}
    return [Choice(key, names[key], counts[key]) for key in counts if key in names]


def _speakers(snapshot: Snapshot) -> list[Choice]:
    counts = _counts(snapshot, "speakers")
    names = {speaker.slug or str(speaker.pk): speaker.name for speaker in Speaker.objects.speaking_for(list(counts)[:MOST]).order_by("-pk")}
    return [Choice(key, names[key], counts[key]) for key in counts if key in names]


def _places(snapshot: Snapshot) -> list[Choice]:
    """Places events lie in, and what those lie in: each event counted once in each place above it."""
    counts = _counts(snapshot, "place")
    parents = snapshot.columns().about["parents"]
    sums: dict[str, int] = {}
    for key, n in counts.items():
        above, edge = {key}, [key]
        while edge:
            edge = [up for each in edge for up in parents.get(each, ()) if up not in above]
            above.update(edge)
        for each in above:
            sums[each] = sums.get(each, 0) + n
    rows = Place.objects.filter(key__in=sums).exclude(level="country").defer("boundary", "point")
    ranked = sorted(rows, key=lambda p: (_LEVELS.index(p.level) if p.level in _LEVELS else 9, -sums[p.key], p.name))
    return [Choice(p.key, p.name, sums[p.key], str(p.get_level_display())) for p in ranked[:MOST]]
