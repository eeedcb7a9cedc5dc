"""From an article to candidates: read it, keep what it proposes, and find the events each candidate may belong to."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from entities.models import Place
from extraction import extract
from extraction.reuse import containment
from incidents.models import Candidate, Event
from sources.models import Article
from sources.reuse import LIKELY

NEAR_DAYS = 3
NEAR_KM = 30


@transaction.atomic
def propose(article: Article) -> list[Candidate]:
    """Read the article and store its candidates. Read again (its day was entered, the extractor learned), nothing an editor did is lost:
    verdicts and candidates made by hand stay, corrections stay on the candidate they were made on."""
    report = extract(
        article.text, published=article.published_on, outlet=article.outlet.name_ar if article.outlet else None, url=article.url or None
    )
    known = list(Candidate.objects.select_for_update().filter(article=article).exclude(verdict=Candidate.Verdict.STALE, parts=None))
    waiting = {(c.kind, c.type, c.start, c.end): c for c in known if not c.verdict and not c.made_by_id}
    settled = [c for c in known if c.verdict or c.made_by_id]
    fresh = []
    for index, event in enumerate(report.as_dict()["events"]):
        start, end = min(q["start"] for q in event["quotes"]), max(q["end"] for q in event["quotes"])
        proposal = {**event, "index": index}
        if any(_shares_words(c, proposal) for c in settled):
            continue
        same = waiting.pop((proposal["kind"], proposal["type"], start, end), None)
        if same:
            Candidate.objects.filter(pk=same.pk).update(proposal=proposal, score=proposal["score"])
        elif not any(_shares_words(c, proposal) for c in waiting.values() if c.corrections):
            key = {"kind": proposal["kind"], "type": proposal["type"], "start": start, "end": end}
            fresh.append(Candidate(article=article, score=proposal["score"], proposal=proposal, **key))
    Candidate.objects.filter(pk__in=[c.pk for c in waiting.values() if not c.corrections]).delete()
    Candidate.objects.bulk_create(fresh, ignore_conflicts=True)
    return list(Candidate.objects.filter(article=article, verdict=""))


def _shares_words(candidate: Candidate, proposal: dict[str, Any]) -> bool:
    """Whether the two stand on the same words of the article."""
    if candidate.kind != proposal["kind"]:
        return False
    quotes = candidate.current["quotes"]
    return any(q["start"] < other["end"] and other["start"] < q["end"] for q in quotes for other in proposal["quotes"])


@dataclass(frozen=True)
class Similar:
    """An event a candidate may belong to: a score from 0 to 1, and the reasons in words."""

    event: Event
    score: float
    reasons: tuple[str, ...]


def days_of(proposal: dict[str, Any]) -> tuple[date, date] | None:
    """The days a proposal gives, None while they are unresolved."""
    found = proposal.get("date") or {}
    if not found.get("start"):
        return None
    return date.fromisoformat(found["start"]), date.fromisoformat(found["end"] or found["start"])


def similar_events(candidate: Candidate, *, most: int = 5) -> list[Similar]:
    """Events of the same kind near in time that share place, actors or words with the candidate, best first."""
    events = Event.objects.filter(kind=candidate.kind).exclude(status__in=[Event.Status.REJECTED, Event.Status.MERGED])
    days = days_of(candidate.proposal)
    if days:
        start, end = days[0] - timedelta(days=NEAR_DAYS), days[1] + timedelta(days=NEAR_DAYS)
        events = events.filter(Q(date_start__lte=end, date_end__gte=start) | Q(date_start__isnull=True))
    elif candidate.article.published_on:
        published = candidate.article.published_on
        events = events.filter(Q(date_start__range=(published - timedelta(days=30), published)) | Q(date_start__isnull=True))
    places = {p["place"] for p in candidate.proposal.get("places", []) if p.get("place")}
    actors = {a["actor"] for a in candidate.proposal.get("actors", []) if a.get("actor")}
    near = set()
    points = list(Place.objects.filter(key__in=places, point__isnull=False).values_list("point", flat=True))
    if points:
        close = Q()
        for point in points:
            close |= Q(point__dwithin=(point, NEAR_KM / 111))
        near = set(events.filter(close).values_list("pk", flat=True))
    found = []
    for event in events.select_related("place").prefetch_related("participations__actor", "claims__place", "claims__passage")[:200]:
        found.append(_compare(event, candidate, days=days, places=places, actors=actors, is_near=event.pk in near))
    return sorted((s for s in found if s.score >= 0.4), key=lambda s: -s.score)[:most]


def _compare(
    event: Event, candidate: Candidate, *, days: tuple[date, date] | None, places: set[str], actors: set[str], is_near: bool
) -> Similar:
    score, reasons = 0.0, []
    if days and event.date_start and event.date_end:
        apart = max((event.date_start - days[1]).days, (days[0] - event.date_end).days, 0)
        score += (0.35, 0.2, 0.1, 0.05)[apart]
        reasons.append("the same day" if apart == 0 else f"{apart} days apart")
    claimed = {claim.place.key for claim in event.claims.all() if claim.place}
    if claimed & places:
        score += 0.35
        reasons.append("the same place")
    elif is_near:
        score += 0.2
        reasons.append("near it")
    if event.type == candidate.type:
        score += 0.1
        reasons.append("the same type")
    cast = {p.actor.slug for p in event.participations.all()}
    quotes = [quote["text"] for quote in candidate.proposal["quotes"]]
    words = {claim.passage.exact for claim in event.claims.all() if claim.passage.article_id != candidate.article_id}
    if any(containment(a, b) >= LIKELY for a in quotes for b in words):
        score += 0.3
        reasons.append("the same words")
    if cast and actors:
        score += 0.2 * len(cast & actors) / len(cast | actors)
        if cast & actors:
            reasons.append("shared actors")
    return Similar(event, round(min(score, 1.0), 3), tuple(reasons))
