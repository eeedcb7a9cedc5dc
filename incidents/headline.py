"""From claims to the headline: which value is shown, by which rule or whom, and how many stand behind it.

Every choice is a Resolution; the event's columns are a copy of the current ones. Nothing here is written anywhere else.
"""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from extraction.text import search_text
from incidents import corroboration, titles
from incidents.choosing import choose, relevant, value_of
from incidents.conflicts import conflicts
from incidents.models import Claim, Event, Participation, Resolution
from incidents.voices import voices_of

__all__ = ["as_kept", "columns_of", "drift", "rebuild", "relevant", "store", "value_of"]

COLUMNS = {
    "date": ("date_start", "date_end", "date_prec"),
    "place": ("place_id", "point", "where_prec"),
    "type": ("type",),
    "modality": ("modality",),
    "killed": ("deaths_low", "deaths_best", "deaths_high"),
    "wounded": ("injured_low", "injured_best", "injured_high"),
}
VALUE_COLUMNS = tuple(column for columns in COLUMNS.values() for column in columns)
COUNTS = ("article_count", "outlet_count", "origin_count", "has_conflict", "grade", "grade_reason")
WORDS = ("title_ar", "title_en", "search_text")


def rebuild(event: Event) -> Event:
    """Choose, count, grade and title the event again; writes what changed and returns the event."""
    claims = list(event.claims.live().with_chain())
    current = {r.attribute: r for r in Resolution.objects.filter(event=event, is_current=True).prefetch_related("claims")}
    for attribute in Resolution.Attribute.values:
        _resolve_by_rule(event, attribute, claims, current.get(attribute))
    before = {column: getattr(event, column) for column in (*VALUE_COLUMNS, *COUNTS, *WORDS)}
    for column, value in columns_of(event).items():
        setattr(event, column, value)
    _participate(event, claims)
    for column, value in _counts(event, claims).items():
        setattr(event, column, value)
    if not event.title_is_edited:
        event.title_ar, event.title_en = titles.titles_of(event, claims)
    words = [event.code, event.title_ar, event.title_en, event.summary_ar, event.summary_en, *_words(claims)]
    event.search_text = search_text(" ".join(words))
    changed = [column for column, value in before.items() if getattr(event, column) != value]
    if changed:
        event.save(update_fields=[column.removesuffix("_id") for column in changed])
    return event


def as_kept(value: dict[str, Any]) -> dict[str, Any]:
    """A headline value as history keeps its columns: a point of two numbers as GeoJSON."""
    point = value.get("point")
    return {**value, "point": {"type": "Point", "coordinates": point}} if isinstance(point, list) else value


def columns_of(event: Event) -> dict[str, Any]:
    """The headline columns as the current resolutions have them: what the event row must hold."""
    columns: dict[str, Any] = dict.fromkeys(VALUE_COLUMNS)
    columns["type"], columns["modality"] = event.type, event.modality
    for resolution in Resolution.objects.filter(event=event, is_current=True):
        for column, value in resolution.value.items():
            if column == "point":
                value = Point(value[0], value[1], srid=4326) if value else None
            elif column in ("date_start", "date_end"):
                value = date.fromisoformat(value)
            columns[column] = value
    return columns


def drift(event: Event) -> list[str]:
    """The headline columns that differ from the event's resolutions, and the counts that differ from its claims."""
    claims = list(event.claims.live().with_chain())
    due = {**columns_of(event), **_counts(event, claims)}
    found = [column for column, value in due.items() if getattr(event, column) != value]
    if set(_roles(claims)) != {(p.actor_id, p.role) for p in event.participations.all()}:
        found.append("participations")
    return found


def _resolve_by_rule(event: Event, attribute: str, claims: list[Claim], current: Resolution | None) -> None:
    if current and current.method == Resolution.Method.EDITOR:
        chosen = {claim.pk for claim in current.claims.all()}
        # The choice falls with the last claim it rests on; one made on no claim (a point set by hand) stands on its reason.
        if not chosen or chosen & {claim.pk for claim in claims}:
            return
    usable = relevant(attribute, claims)
    if not usable:
        if current:
            Resolution.objects.filter(pk=current.pk).update(is_current=False)
        return
    preferred = [c for c in usable if c.rank == Claim.Rank.PREFERRED]
    method, chosen_claims = choose(attribute, preferred or usable)
    value = value_of(attribute, chosen_claims)
    if current and (current.method, current.value) == (method, value):
        if {claim.pk for claim in current.claims.all()} != {claim.pk for claim in chosen_claims}:
            current.claims.set(chosen_claims)
        return
    store(event, attribute, value, claims=chosen_claims, method=method)


def store(
    event: Event,
    attribute: str,
    value: dict[str, Any],
    *,
    claims: list[Claim],
    method: str,
    by: User | None = None,
    reason: str = "",
) -> Resolution:
    """Keep a choice as the current resolution, in the place of the one before it."""
    Resolution.objects.filter(event=event, attribute=attribute, is_current=True).update(is_current=False)
    resolution = Resolution.objects.create(event=event, attribute=attribute, method=method, value=value, decided_by=by, reason=reason)
    resolution.claims.add(*claims)
    return resolution


# Counting


def _counts(event: Event, claims: list[Claim]) -> dict[str, Any]:
    """The counts and the grade that follow from the claims."""
    voices = voices_of(claims)
    counts = corroboration.count(voices)
    grade, reason = corroboration.grade(voices, acting_sides=_acting_sides(event, claims))
    if event.grade_is_overridden:
        grade, reason = event.grade, event.grade_reason  # type: ignore[assignment]
    return {
        "article_count": counts.articles,
        "outlet_count": counts.outlets,
        "origin_count": counts.origins,
        "has_conflict": bool(conflicts(claims)),
        "grade": str(grade),
        "grade_reason": reason,
    }


def _acting_sides(event: Event, claims: list[Claim]) -> frozenset[str]:
    """The sides whose own word acknowledges the event: the perpetrators', or those of all who met or operated together."""
    acting = [actor for (_, role), actor in _roles(claims).items() if event.kind != "incident" or role == "perpetrator"]
    acting += [c.actor for c in claims if c.actor and c.attribute == "responsibility" and c.polarity == Claim.Polarity.ASSERTS]
    return frozenset(actor.side for actor in acting if actor.side)


def _roles(claims: list[Claim]) -> dict[tuple[int, str], Any]:
    """Who took part in which role, by the live claims that assert it."""
    return {
        (c.actor_id, c.role): c.actor
        for c in claims
        if c.actor_id and c.attribute != Claim.Attribute.RESPONSIBILITY and c.polarity == Claim.Polarity.ASSERTS
    }


def _participate(event: Event, claims: list[Claim]) -> None:
    """Participations follow the live claims about actors."""
    wanted = _roles(claims)
    existing = {(p.actor_id, p.role): p for p in event.participations.all()}
    for key, row in existing.items():
        if key not in wanted:
            row.delete()
    for (actor_id, role), actor in wanted.items():
        if (actor_id, role) not in existing:
            Participation.objects.create(event=event, actor=actor, role=role, side=actor.side)


def _words(claims: list[Claim]) -> list[str]:
    """What a search finds the event by: the quotes, and every name of its places and actors."""
    words = [claim.passage.exact for claim in {c.passage_id: c for c in claims}.values()]
    for claim in claims:
        for named in (claim.place, claim.actor):
            if named:
                words += [named.name_ar, named.name_en, named.name_ckb]
    return words


def checked_value(attribute: str, given: dict[str, Any], chosen: dict[str, Any]) -> dict[str, Any]:
    """Columns an editor sets by hand, as a resolution keeps them. Raises ValueError, in a sentence, naming the columns that
    do not belong there or are missing."""
    wrong = set(given) - set(COLUMNS[attribute])
    if wrong:
        said = {"columns": _named(wrong), "attribute": Resolution.Attribute(attribute).label}
        raise ValueError(_("%(columns)s: no part of “%(attribute)s”.") % said)
    missing = set(COLUMNS[attribute]) - set(given) - set(chosen)
    if given and missing:
        raise ValueError(_("%(columns)s: give this as well.") % {"columns": _named(missing)})
    value = {}
    for column, one in given.items():
        if isinstance(one, Point):
            one = [one.x, one.y]
        value[column] = one.isoformat() if isinstance(one, date) else one
    return value


def _named(columns: set[str]) -> str:
    """The columns by the names a form shows; one that an event has not, as it was written."""
    names = {field.column: str(field.verbose_name) for field in Event._meta.concrete_fields}
    return _(", ").join(names.get(column, column) for column in sorted(columns))
