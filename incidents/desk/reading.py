"""A candidate as the desk shows it: fields with their words, each word with its place in the article."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from entities.models import Actor, Place
from incidents.models import Candidate, Claim, Statistic
from incidents.taxonomy import BY_SLUG, Harm, Modality, Party, PlacePrecision, Role
from incidents.wording import day
from sources.models import Article


@dataclass(frozen=True)
class Value:
    """One value: what it says, the words that say it, where they stand (None where an editor wrote it), and a remark."""

    text: str
    words: str = ""
    start: int | None = None
    end: int | None = None
    note: str = ""
    is_warning: bool = False


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    values: tuple[Value, ...]
    is_corrected: bool = False


def fields_of(candidate: Candidate) -> list[Field]:
    """The fields of a candidate that say something, in the order an editor checks them."""
    current, corrected = candidate.current, set(candidate.corrections)
    text = candidate.article.text
    readers = [
        ("type", _("Type"), [_type(current)]),
        ("date", _("Date"), _date(current.get("date") or {}, text)),
        ("places", _("Places"), _places(current.get("places", []), text)),
        ("actors", _("Actors"), _actors(current.get("actors", []), text)),
        ("casualties", _("Casualties"), [_toll(toll, text) for toll in current.get("casualties", [])]),
        ("figures", _("Figures"), [_figure(figure, text) for figure in current.get("figures", [])]),
        ("weapons", _("Weapons"), [_said(weapon, weapon["name"], text) for weapon in current.get("weapons", [])]),
        ("operation_name", _("Operation"), [_said(o, o["name"], text) for o in [current.get("operation_name")] if o]),
        ("outcomes", _("Outcomes"), [_said(outcome, outcome["text"], text) for outcome in current.get("outcomes", [])]),
        ("origins", _("Who says so"), [_said(origin, _chain(origin), text) for origin in current.get("origins", [])]),
        ("flags", _("Warnings"), [Value(flag_label(flag), is_warning=True) for flag in current.get("flags", [])]),
    ]
    return [Field(name, str(label), tuple(values), name in corrected) for name, label, values in readers if values]


def spans_of(fields: list[Field], quotes: list[dict[str, Any]]) -> dict[str, list[list[int]]]:
    """{field: [[start, end], …]} in code points, for the highlights; `quotes` holds the passages themselves."""
    spans = {field.name: [[v.start, v.end] for v in field.values if v.start is not None and v.end] for field in fields}
    return {"quotes": [[q["start"], q["end"]] for q in quotes], **{name: found for name, found in spans.items() if found}}  # type: ignore[dict-item]


def _said(value: dict[str, Any], says: str, text: str, *, note: str = "", is_warning: bool = False) -> Value:
    start, end = value.get("start"), value.get("end")
    has_span = start is not None and bool(end)
    words = text[start:end] if has_span else ""
    return Value(says, words if words != says else "", start if has_span else None, end if has_span else None, note, is_warning)


def _type(current: dict[str, Any]) -> Value:
    known = BY_SLUG.get(current["type"])
    modality = current.get("modality") or "occurred"
    note = "" if modality == "occurred" else str(Modality(modality).label) if modality in Modality.values else modality
    return Value(str(known.label) if known else _("Statistic"), note=note)


def _date(found: dict[str, Any], text: str) -> list[Value]:
    if not found.get("phrase") and not found.get("start"):
        return [Value(_("not given"), is_warning=True)]
    # A date's `start` and `end` are days; where its words stand is in `span`.
    words = dict(zip(("start", "end"), found.get("span") or (), strict=False))
    if not found.get("start"):
        unresolved = _("Unresolved: enter the day the article was published.")
        return [_said(words, f"«{found['phrase']}»", text, note=unresolved, is_warning=True)]
    first, last = date.fromisoformat(found["start"]), date.fromisoformat(found["end"] or found["start"])
    says = day(first, weekday=True) if first == last else f"{day(first)} – {day(last)}"
    return [_said(words, says, text)]


def _places(places: list[dict[str, Any]], text: str) -> list[Value]:
    known = Place.objects.prefetch_related("memberships__parent").in_bulk([p["place"] for p in places if p.get("place")], field_name="key")
    values = []
    for place in places:
        row = known.get(place.get("place") or "")
        precision = PlacePrecision(place["where_prec"]).label if place.get("where_prec") in PlacePrecision.values else ""
        if row:
            values.append(_said(place, row.name, text, note=" · ".join(filter(None, [above(row), str(precision)]))))
        else:
            values.append(_said(place, place["name"], text, note=_("not in the gazetteer"), is_warning=True))
    return values


def above(place: Place) -> str:
    """What the place lies in, by either administration: `Makhmour` or `Erbil / Nineveh`; its level where it lies in nothing."""
    parents = dict.fromkeys(m.parent.name for m in place.memberships.all())
    return " / ".join(parents) or str(place.get_level_display())


def _actors(actors: list[dict[str, Any]], text: str) -> list[Value]:
    known = Actor.objects.in_bulk([a["actor"] for a in actors if a.get("actor")], field_name="slug")
    values = []
    for actor in actors:
        row = known.get(actor.get("actor") or "")
        role = str(Role(actor["role"]).label) if actor.get("role") in Role.values else ""
        values.append(_said(actor, row.name if row else actor["name"], text, note=role))
    return values


def _toll(toll: dict[str, Any], text: str) -> Value:
    harm = str(Harm(toll["harm"]).label) if toll.get("harm") in Harm.values else toll.get("harm", "")
    party = str(Party(toll["party"]).label) if toll.get("party") in Party.values else toll.get("party", "")
    quantifier = toll.get("quantifier") or "exact"
    how = str(Claim.Quantifier(quantifier).label) if quantifier in Claim.Quantifier.values and quantifier != "exact" else ""
    low, high = toll.get("low"), toll.get("high")
    ends = [str(n) for n in dict.fromkeys((low, high)) if n is not None]
    figure = "–".join(ends)
    note = _("an earlier toll, superseded") if toll.get("superseded") else _("the toll rose") if toll.get("revised") else ""
    return _said(toll, f"{harm}: {' '.join(filter(None, [how, figure]))} ({party})", text, note=note)


def _figure(figure: dict[str, Any], text: str) -> Value:
    measures = dict(Statistic.Measure.choices)
    return _said(figure, f"{figure['value']} · {measures.get(figure['measure'], figure['measure'])}", text)


def _chain(origin: dict[str, Any]) -> str:
    return " ‹ ".join([*origin.get("relay", [])[::-1], origin["name"]])


def direction_of(article: Article) -> str:
    """Which way its text runs: its first letters, often a Latin name or a figure, do not tell."""
    return "ltr" if article.language == "en" else "rtl"


def flag_label(flag: str) -> str:
    """A warning of the extractor's in words; an unknown one as it is."""
    labels = {
        "date_outside_stated_period": _("The date lies outside the period the text speaks of."),
        "weekday_mismatch": _("The weekday does not fit the date."),
        "after_publication": _("The day lies after the article was published."),
        "figures_out_of_order": _("Its best figure does not lie between its lowest and its highest."),
        "unresolved_date": _("The date waits for the article's own day."),
    }
    return labels.get(flag, flag.replace("_", " "))
