"""The headline of an event: how one value of each attribute is chosen from its claims, and what is counted behind it.

Every choice is a Resolution; the event's columns are a copy of the current ones. Nothing here is written anywhere else.
"""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.contrib.gis.geos import Point

from entities.models import Place
from extraction.text import search_text
from incidents import corroboration, titles
from incidents.models import Claim, Event, Participation, Resolution
from incidents.taxonomy import Party
from sources.models import Speaker

OFFICIAL = (Speaker.Kind.BODY, Speaker.Kind.OFFICE, Speaker.Kind.PERSON)
NEAR_KM = 25
HARM_COLUMNS = {"killed": "deaths", "wounded": "injured"}
COUNT_COLUMNS = (
    "article_count",
    "outlet_count",
    "origin_count",
    "has_conflict",
    "grade",
    "grade_reason",
    "title_ar",
    "title_en",
    "search_text",
)
VALUE_COLUMNS = (
    "type",
    "modality",
    "date_start",
    "date_end",
    "date_prec",
    "place_id",
    "point",
    "where_prec",
    "deaths_low",
    "deaths_best",
    "deaths_high",
    "injured_low",
    "injured_best",
    "injured_high",
)


def rebuild(event: Event) -> Event:
    """Choose, count, grade and title the event again; writes what changed and returns the event."""
    claims = list(event.claims.live().with_chain())
    for attribute in Resolution.Attribute.values:
        _resolve_by_rule(event, attribute, claims)
    for column, value in columns_of(event).items():
        setattr(event, column, value)
    _participate(event, claims)
    voices = voices_of(claims)
    counts = corroboration.count(voices)
    event.article_count, event.outlet_count, event.origin_count = counts.articles, counts.outlets, counts.origins
    event.has_conflict = any(_conflicts(attribute, claims) for attribute in Resolution.Attribute.values) or corroboration.is_contested(
        voices
    )
    if not event.grade_is_overridden:
        event.grade, event.grade_reason = corroboration.grade(voices, acting_sides=_acting_sides(event))
    event.title_ar = event.title_ar or titles.title_of(event, claims, "ar")
    event.title_en = event.title_en or titles.title_of(event, claims, "en")
    event.search_text = search_text(" ".join([event.code, event.title_ar, event.title_en, event.summary_ar, *_words(claims)]))
    event.save(update_fields=[c.removesuffix("_id") for c in (*VALUE_COLUMNS, *COUNT_COLUMNS)])
    return event


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
    """The headline columns that differ from the event's resolutions."""
    return [column for column, value in columns_of(event).items() if getattr(event, column) != value]


# Choosing


def _resolve_by_rule(event: Event, attribute: str, claims: list[Claim]) -> None:
    current = Resolution.objects.filter(event=event, attribute=attribute, is_current=True).first()
    if current and current.method == Resolution.Method.EDITOR:
        chosen = {claim.pk for claim in current.claims.all()}
        if chosen & {claim.pk for claim in claims}:
            return
    relevant = _relevant(attribute, claims)
    if not relevant:
        Resolution.objects.filter(event=event, attribute=attribute, is_current=True).update(is_current=False)
        return
    preferred = [c for c in relevant if c.rank == Claim.Rank.PREFERRED]
    method, chosen_claims = _choose(attribute, preferred or relevant)
    store(event, attribute, value_of(attribute, chosen_claims), claims=chosen_claims, method=method)


def _relevant(attribute: str, claims: list[Claim]) -> list[Claim]:
    asserted = [c for c in claims if c.polarity == Claim.Polarity.ASSERTS]
    match attribute:
        case "date":
            return [c for c in asserted if c.attribute == "date" and c.date_start]
        case "killed" | "wounded":
            return [
                c for c in asserted if c.attribute == "casualties" and c.harm == attribute and (c.low is not None or c.high is not None)
            ]
        case _:
            return [c for c in asserted if c.attribute == attribute]


def _choose(attribute: str, claims: list[Claim]) -> tuple[str, list[Claim]]:
    """The rule that applies, and the claims it takes the value from."""
    if len(claims) == 1:
        return Resolution.Method.SINGLE, claims
    if attribute == "place":
        return Resolution.Method.AGREE, claims  # the value itself says where claims disagree: GED where_prec 4
    if attribute in HARM_COLUMNS:
        latest = _latest(claims)
        tolls = {_toll(group) for group in _by_article(claims).values()}
        return (
            (Resolution.Method.AGREE, claims)
            if len(tolls) == 1
            else (Resolution.Method.MOST_RECENT, [*latest, *(c for c in claims if c not in latest)])
        )
    if len({c.value_key for c in claims}) == 1:
        return Resolution.Method.AGREE, claims
    if attribute == "date":
        narrow = min(claims, key=lambda c: (_days(c)[1] - _days(c)[0], c.pk))
        if not any(corroboration.ranges_clash(_days(narrow), _days(c)) for c in claims):
            return Resolution.Method.AGREE, [narrow]
    official = [c for c in claims if _is_official(c)]
    if official and len({c.value_key for c in official}) == 1:
        return Resolution.Method.OFFICIAL_SOURCE, official
    if attribute in ("type", "modality"):
        common = Counter(c.value_key for c in claims).most_common(1)[0][0]
        return Resolution.Method.AGREE, [c for c in claims if c.value_key == common]
    return Resolution.Method.MOST_RECENT, _latest(claims)


def _days(claim: Claim) -> tuple[date, date]:
    return claim.date_start, claim.date_end  # type: ignore[return-value]


def _is_official(claim: Claim) -> bool:
    statement = claim.passage.statement
    return statement is not None and any(s.kind in OFFICIAL for s in statement.issuers.all())


def _by_article(claims: list[Claim]) -> dict[int, list[Claim]]:
    groups: dict[int, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.passage.article_id, []).append(claim)
    return groups


def _latest(claims: list[Claim]) -> list[Claim]:
    """The claims of the article published last; of two on one day, the one received last."""
    return max(_by_article(claims).values(), key=lambda g: (g[0].passage.article.published_on or date.min, g[0].passage.article_id))


# Values


def value_of(attribute: str, claims: list[Claim]) -> dict[str, Any]:
    """The headline columns these claims give, in a form JSON can keep."""
    first = claims[0]
    match attribute:
        case "date":
            return {"date_start": first.date_start.isoformat(), "date_end": first.date_end.isoformat(), "date_prec": first.date_prec}
        case "type":
            return {"type": first.type}
        case "modality":
            return {"modality": first.event_modality}
        case "place":
            return _where(claims)
        case _:
            return _harm(attribute, claims)


def _toll(claims: list[Claim]) -> tuple[int, int]:
    """(low, high) over one article's claims of one harm: a mixed total where it is given, else the sum over the parties."""
    totals = [c for c in claims if c.party == Party.MIXED] or list({c.value_key: c for c in claims}.values())
    if totals and totals[0].party == Party.MIXED:
        totals = [max(totals, key=lambda c: c.high or c.low or 0)]
    low = sum(c.low if c.low is not None else 0 for c in totals)
    return low, max(low, sum(c.high if c.high is not None else (c.low or 0) for c in totals))


def _harm(attribute: str, claims: list[Claim]) -> dict[str, Any]:
    """low, best, high of one harm: best by the first article (the latest, by rule), low and high over all."""
    prefix = HARM_COLUMNS[attribute]
    tolls = [_toll(group) for group in _by_article(claims).values()]
    best = _toll(_by_article(claims)[claims[0].passage.article_id])[0]
    return {f"{prefix}_low": min(t[0] for t in tolls), f"{prefix}_best": best, f"{prefix}_high": max(t[1] for t in tolls)}


def _where(claims: list[Claim]) -> dict[str, Any]:
    """The most exact place the claims agree on; the governorate where they disagree on the district (GED where_prec 4)."""
    known = [c for c in claims if c.place]
    if not known:
        return {"place_id": None, "where_prec": claims[0].where_prec or 6, "point": _xy(claims[0].point)}
    lines = {c.pk: [c.place, *c.place.ancestors()] for c in known}
    exact = min(known, key=lambda c: (c.where_prec or 6, -len(lines[c.pk]), c.pk))
    leaves = [c for c in known if not any(c.place in lines[o.pk][1:] for o in known)]
    districts = {_level(lines[c.pk], "district") for c in leaves} - {None}
    near = all(_is_near(exact, c) for c in leaves)
    if len(districts) <= 1 or (near and not _told_apart(known)):
        return {"place_id": exact.place_id, "where_prec": exact.where_prec or 1, "point": _xy(exact.point or exact.place.point)}
    governorates = Counter(g for g in (_level(lines[c.pk], "governorate") for c in leaves) if g)
    if len(governorates) > 1 and not _told_apart(known):
        return {"place_id": None, "where_prec": 6, "point": None}  # one text names several governorates: a list, not a place
    governorate = governorates.most_common(1)[0][0]
    return {"place_id": governorate.pk, "where_prec": 4, "point": _xy(governorate.point)}


def _level(line: list[Place], level: str) -> Place | None:
    return next((place for place in line if place.level == level), None)


def _is_near(first: Claim, second: Claim) -> bool:
    a, b = (c.point or c.place.point for c in (first, second))
    return a is not None and b is not None and a.distance(b) * 111 <= NEAR_KM


def _told_apart(claims: list[Claim]) -> bool:
    """Whether different passages name different districts: a disagreement, not a list."""
    told: dict[int, set[int]] = {}
    for claim in claims:
        district = _level([claim.place, *claim.place.ancestors()], "district")  # type: ignore[list-item]
        if district:
            told.setdefault(claim.passage_id, set()).add(district.pk)
    sets = list(told.values())
    return any(not (a & b) for i, a in enumerate(sets) for b in sets[i + 1 :])


def _xy(point: Point | None) -> list[float] | None:
    return [point.x, point.y] if point else None


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
    """Keep a choice as the current resolution; the same choice again is not a new one."""
    current = Resolution.objects.filter(event=event, attribute=attribute, is_current=True).first()
    if current:
        if current.method == method and current.value == value and not reason:
            current.claims.set(claims)
            return current
        Resolution.objects.filter(pk=current.pk).update(is_current=False)
    resolution = Resolution.objects.create(event=event, attribute=attribute, method=method, value=value, decided_by=by, reason=reason)
    resolution.claims.set(claims)
    return resolution


# Counting


def voices_of(claims: list[Claim]) -> list[corroboration.Voice]:
    """The claims as corroboration sees them."""
    voices = []
    for claim in claims:
        article, statement = claim.passage.article, claim.passage.statement
        speakers = [
            corroboration.Speaking(
                root=s.root.pk, side=s.side, is_unnamed=s.kind in Speaker.UNNAMED, is_dataset=s.kind == Speaker.Kind.DATASET
            )
            for s in (statement.issuers.all() if statement else [])
        ]
        voices.append(
            corroboration.Voice(
                attribute=claim.attribute,
                value=claim.value_key if claim.attribute != "perpetrator" else (claim.actor_id or claim.actor_text,),
                article=article.pk,
                outlet=article.outlet_id,
                statement=claim.passage.statement_id,
                origins=corroboration.origins_of(
                    speakers, outlet=article.outlet_id, outlet_side=article.outlet.side if article.outlet else "", article=article.pk
                ),
                denies=claim.polarity == Claim.Polarity.DENIES,
            )
        )
    return voices


def _conflicts(attribute: str, claims: list[Claim]) -> bool:
    relevant = _relevant(attribute, claims)
    match attribute:
        case "date":
            return any(corroboration.ranges_clash(_days(a), _days(b)) for i, a in enumerate(relevant) for b in relevant[i + 1 :])
        case "killed" | "wounded":
            tolls = [_toll(group) for group in _by_article(relevant).values()]
            return any(corroboration.figures_clash(a, b) for i, a in enumerate(tolls) for b in tolls[i + 1 :])
        case "place":
            known = [c for c in relevant if c.place]
            return bool(known) and _told_apart(known)
        case _:
            return False


def _acting_sides(event: Event) -> frozenset[str]:
    """The sides whose own word acknowledges the event: the perpetrators', or those of all who met or operated together."""
    rows = event.participations.all()
    if event.kind == "incident":
        rows = rows.filter(role="perpetrator")
    return frozenset(rows.exclude(side="").values_list("side", flat=True))


def _participate(event: Event, claims: list[Claim]) -> None:
    """Participations follow the live claims about actors."""
    wanted = {
        (c.actor_id, c.role): c.actor
        for c in claims
        if c.actor and c.attribute != "responsibility" and c.polarity == Claim.Polarity.ASSERTS
    }
    existing = {(p.actor_id, p.role): p for p in event.participations.all()}
    for key, row in existing.items():
        if key not in wanted:
            row.delete()
    for (actor_id, role), actor in wanted.items():
        if (actor_id, role) not in existing:
            Participation.objects.create(event=event, actor=actor, role=role, side=actor.side)


def _words(claims: list[Claim]) -> list[str]:
    words = [claim.passage.exact for claim in {c.passage_id: c for c in claims}.values()]
    for claim in claims:
        for named in (claim.place, claim.actor):
            if named:
                words += [named.name_ar, named.name_en, named.name_ckb]
    return words
