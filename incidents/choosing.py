"""Which claims an attribute's headline value is taken from, and the value they give. Reads claims, writes nothing."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib.gis.geos import Point

from entities.models import Place
from incidents import corroboration
from incidents.models import Claim, Resolution
from incidents.taxonomy import Harm, Party
from sources.models import Speaker

OFFICIAL = (Speaker.Kind.BODY, Speaker.Kind.OFFICE, Speaker.Kind.PERSON)
NEAR_KM = 25
KM_PER_DEGREE = 111
HARM_COLUMNS = {"killed": "deaths", "wounded": "injured"}


def relevant(attribute: str, claims: list[Claim]) -> list[Claim]:
    """The claims that give a value for the attribute or harm: what is denied, unresolved or without a figure gives none."""
    asserted = [c for c in claims if c.polarity == Claim.Polarity.ASSERTS]
    match attribute:
        case "date":
            return [c for c in asserted if c.attribute == "date" and c.date_start]
        case harm if harm in Harm.values:
            return [c for c in asserted if c.attribute == "casualties" and c.harm == harm and (c.low is not None or c.high is not None)]
        case _:
            return [c for c in asserted if c.attribute == attribute]


def choose(attribute: str, claims: list[Claim]) -> tuple[str, list[Claim]]:
    """The rule that applies to these claims (one or more), and those it takes the value from."""
    if len(claims) == 1:
        return Resolution.Method.SINGLE, claims
    if attribute == "place":
        return Resolution.Method.AGREE, claims  # the value itself says where claims disagree: GED where_prec 4
    if attribute in HARM_COLUMNS:
        if len({toll(group) for group in by_article(claims).values()}) == 1:
            return Resolution.Method.AGREE, claims
        latest = _latest(claims)
        return Resolution.Method.MOST_RECENT, [*latest, *(c for c in claims if c not in latest)]
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


def value_of(attribute: str, claims: list[Claim]) -> dict[str, Any]:
    """The headline columns these claims (one or more) give, in a form JSON can keep."""
    first = claims[0]
    match attribute:
        case "date":
            start, end = _days(first)
            return {"date_start": start.isoformat(), "date_end": end.isoformat(), "date_prec": first.date_prec}
        case "type":
            return {"type": first.type}
        case "modality":
            return {"modality": first.event_modality}
        case "place":
            return _where(claims)
        case _:
            return _harm(attribute, claims)


def by_article(claims: list[Claim]) -> dict[int, list[Claim]]:
    groups: dict[int, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.passage.article_id, []).append(claim)
    return groups


def toll(claims: list[Claim]) -> tuple[int, int | None]:
    """(low, high) over one article's claims of one harm: a total where it gives one, else the sum over the parties; None: no upper end."""
    totals = [c for c in claims if c.party == Party.MIXED]
    parts = [max(totals, key=lambda c: c.high or c.low or 0)] if totals else list({c.value_key: c for c in claims}.values())
    low = sum(c.low or 0 for c in parts)
    if any(c.high is None for c in parts):
        return low, None
    return low, max(low, sum(c.high or 0 for c in parts))


def _harm(attribute: str, claims: list[Claim]) -> dict[str, Any]:
    """low, best, high of one harm: best by the first claim's article (the latest, by rule), low and high over all."""
    prefix = HARM_COLUMNS[attribute]
    tolls = [toll(group) for group in by_article(claims).values()]
    best = toll(by_article(claims)[claims[0].passage.article_id])[0]
    known = [high if high is not None else low for low, high in tolls]
    return {f"{prefix}_low": min(low for low, _ in tolls), f"{prefix}_best": best, f"{prefix}_high": max(known)}


def _days(claim: Claim) -> tuple[date, date]:
    return claim.date_start, claim.date_end  # type: ignore[return-value]


def _is_official(claim: Claim) -> bool:
    statement = claim.passage.statement
    return statement is not None and any(s.kind in OFFICIAL for s in statement.issuers.all())


def _latest(claims: list[Claim]) -> list[Claim]:
    """The claims of the article published last; of two on one day, the one received last."""
    return max(by_article(claims).values(), key=lambda g: (g[0].passage.article.published_on or date.min, g[0].passage.article_id))


# Places


def _where(claims: list[Claim]) -> dict[str, Any]:
    """The most exact place the claims agree on; the governorate where they disagree on the district (GED where_prec 4)."""
    known = [c for c in claims if c.place]
    if not known:
        return {"place_id": None, "where_prec": claims[0].where_prec or 6, "point": xy(claims[0].point)}
    lines = _lines(known)
    are_apart = told_apart(known, lines)
    exact = min(known, key=lambda c: (c.where_prec or 6, -len(lines[c.place_id]), c.pk))
    leaves = [c for c in known if not any(c.place in line[1:] for line in lines.values())]
    districts = {_level(lines[c.place_id], "district") for c in leaves} - {None}
    near = all(_is_near(exact, c) for c in leaves)
    if len(districts) <= 1 or (near and not are_apart):
        return {"place_id": exact.place_id, "where_prec": exact.where_prec or 1, "point": xy(exact.point or exact.place.point)}
    backed = [] if are_apart else _most_told(known)
    if backed and len({_level(lines[c.place_id], "district") for c in backed} - {None}) <= 1:
        exact = min(backed, key=lambda c: (c.where_prec or 6, -len(lines[c.place_id]), c.pk))
        return {"place_id": exact.place_id, "where_prec": exact.where_prec or 1, "point": xy(exact.point or exact.place.point)}
    governorates = Counter(g for g in (_level(lines[c.place_id], "governorate") for c in leaves) if g)
    if not governorates or (len(governorates) > 1 and not are_apart):
        return {"place_id": None, "where_prec": 6, "point": None}  # one text names several governorates: a list, not a place
    governorate = governorates.most_common(1)[0][0]
    return {"place_id": governorate.pk, "where_prec": 4, "point": xy(governorate.point)}


def _most_told(claims: list[Claim]) -> list[Claim]:
    """The claims of the places that most articles name, where that is more than one: the rest of each list is detail."""
    articles: dict[int, set[int]] = {}
    for claim in claims:
        articles.setdefault(claim.place_id, set()).add(claim.passage.article_id)  # type: ignore[arg-type]
    most = max(len(told) for told in articles.values())
    return [c for c in claims if len(articles[c.place_id]) == most] if most > 1 else []  # type: ignore[index]


def _level(line: list[Place], level: str) -> Place | None:
    return next((place for place in line if place.level == level), None)


def _is_near(first: Claim, second: Claim) -> bool:
    a, b = (c.point or c.place.point for c in (first, second))
    return a is not None and b is not None and bool(a.distance(b) * KM_PER_DEGREE <= NEAR_KM)


def _lines(claims: list[Claim]) -> dict[int | None, list[Place]]:
    """Place id → the place and those above it, nearest first; asked for once however many claims name it."""
    places = {claim.place_id: claim.place for claim in claims if claim.place}
    return {pk: [place, *place.ancestors()] for pk, place in places.items()}


def told_apart(claims: list[Claim], lines: dict[int | None, list[Place]] | None = None) -> bool:
    """Whether different passages name different districts: a disagreement, not a list."""
    lines = lines or _lines(claims)
    told: dict[int, set[int]] = {}
    for claim in claims:
        district = _level(lines[claim.place_id], "district")
        if district:
            told.setdefault(claim.passage_id, set()).add(district.pk)
    sets = list(told.values())
    return any(not (a & b) for i, a in enumerate(sets) for b in sets[i + 1 :])


def xy(point: Point | None) -> list[float] | None:
    """[longitude, latitude] in degrees."""
    return [point.x, point.y] if point else None
