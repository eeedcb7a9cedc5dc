"""From an article to candidates: read it, keep what it proposes, and find the events each candidate may belong to."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entities.models import Place
from extraction import extract
from extraction.reuse import containment
from incidents.models import Candidate, Claim, Event, Participation
from incidents.taxonomy import Kind
from sources.models import Article
from sources.reuse import LIKELY

NEAR_DAYS = 3
NEAR_KM = 30
AT_MOST = 300
LISTED = 0.4  # the least score that is shown
# To share one of these says little.
WIDE = ("country", "region", "governorate")


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
    """Events of the same kind near in time that share place, actors, toll or words with the candidate, best first."""
    events = Event.objects.filter(kind=candidate.current["kind"]).exclude(status__in=[Event.Status.REJECTED, Event.Status.MERGED])
    looks = _Looks.of(candidate)
    if looks.days:
        start, end = looks.days[0] - timedelta(days=NEAR_DAYS), looks.days[1] + timedelta(days=NEAR_DAYS)
        events = events.filter(Q(date_start__lte=end, date_end__gte=start) | Q(date_start__isnull=True))
    elif candidate.article.published_on:
        published = candidate.article.published_on
        events = events.filter(Q(date_start__range=(published - timedelta(days=30), published)) | Q(date_start__isnull=True))
    close = Q()
    for point in Place.objects.filter(key__in=looks.places, point__isnull=False).exclude(level__in=WIDE).values_list("point", flat=True):
        close |= Q(point__dwithin=(point, NEAR_KM / 111))
    near = set(events.filter(close).values_list("pk", flat=True)) if close else set()
    # In a busy week only those that share a place or an actor are looked at one by one.
    if events[AT_MOST : AT_MOST + 1].exists():
        shared = Q(claims__place__key__in=looks.places) | Q(participations__actor__slug__in=looks.actors)
        events = events.filter(pk__in=events.filter(Q(pk__in=near) | shared).values("pk"))
    known = list(events.order_by("-pk").only("kind", "type", "date_start", "date_end")[:AT_MOST])
    told, cast = _told_of(known), _cast_of(known)
    found = [_compare(event, told.get(event.pk, []), cast.get(event.pk, set()), looks, is_near=event.pk in near) for event in known]
    best = sorted((s for s in found if s.score >= LISTED), key=lambda s: -s.score)[:most]
    whole = Event.objects.select_related("place").defer("search_text", "place__boundary").in_bulk([s.event.pk for s in best])
    return [replace(s, event=whole[s.event.pk]) for s in best]


class _Told(NamedTuple):
    """What of a claim is compared: no more is read of hundreds of events, of which five are shown."""

    article: int
    words: str
    place: str | None
    level: str | None
    harm: str
    low: int | None


def _told_of(events: list[Event]) -> dict[int, list[_Told]]:
    columns = ("event", "passage__article", "passage__exact", "place__key", "place__level", "harm", "low")
    found: dict[int, list[_Told]] = {}
    for event, *values in Claim.objects.live().filter(event__in=events).order_by().values_list(*columns):
        found.setdefault(event, []).append(_Told(*values))
    return found


def _cast_of(events: list[Event]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for event, slug in Participation.objects.filter(event__in=events).order_by().values_list("event", "actor__slug"):
        found.setdefault(event, set()).add(slug)
    return found


@dataclass(frozen=True)
class _Looks:
    """What of a candidate is compared."""

    article: int
    type: str
    days: tuple[date, date] | None
    published: date | None
    places: frozenset[str]
    actors: frozenset[str]
    tolls: frozenset[tuple[str, int]]
    quotes: tuple[str, ...]

    @classmethod
    def of(cls, candidate: Candidate) -> "_Looks":
        current = candidate.current
        return cls(
            article=candidate.article_id,
            type=current["type"],
            days=days_of(current),
            published=candidate.article.published_on,
            places=frozenset(p["place"] for p in current.get("places", []) if p.get("place")),
            actors=frozenset(a["actor"] for a in current.get("actors", []) if a.get("actor")),
            tolls=frozenset((t["harm"], t["low"]) for t in current.get("casualties", []) if t.get("low")),
            quotes=tuple(quote["text"] for quote in current["quotes"]),
        )


def _compare(event: Event, claims: list[_Told], cast: set[str], looks: _Looks, *, is_near: bool) -> Similar:
    score, reasons = 0.0, []
    if looks.days and event.date_start and event.date_end:
        apart = max((event.date_start - looks.days[1]).days, (looks.days[0] - event.date_end).days, 0)
        score += (0.35, 0.2, 0.1, 0.05)[apart]
        reasons.append(ngettext("%(n)d day apart", "%(n)d days apart", apart) % {"n": apart} if apart else _("the same day"))
    elif not looks.days and looks.published and event.date_end and 0 <= (looks.published - event.date_end).days <= NEAR_DAYS:
        # News without a day of its own is hardly older than that.
        score += 0.2
        reasons.append(_("published within days of it"))
    shared = {claim.level for claim in claims if claim.place in looks.places}
    if shared - {*WIDE, "district"}:
        score += 0.35
        reasons.append(_("the same place"))
    elif is_near:
        score += 0.25 if shared else 0.2
        reasons.append(_("near it"))
    elif shared:
        score += 0.2 if "district" in shared else 0.1
        reasons.append(_("the same district or governorate"))
    if event.type == looks.type:
        score += 0.1
        reasons.append(_("the same type"))
    words = {claim.words for claim in claims if claim.article != looks.article}
    if any(containment(a, b) >= LIKELY for a in looks.quotes for b in words):
        score += 0.3
        reasons.append(_("the same words"))
    if looks.tolls & {(claim.harm, claim.low) for claim in claims if claim.harm}:
        score += 0.1
        reasons.append(_("the same toll"))
    if cast & looks.actors:
        share = len(cast & looks.actors) / len(cast | looks.actors)
        score += 0.2 * share
        if event.kind == Kind.COORDINATION and not (looks.places and any(claim.place for claim in claims)):
            # Of a meeting or a call the press often tells no place: who took part tells it from others of that day.
            score += 0.35 * share
        reasons.append(_("shared actors"))
    if claims and not words:
        # The extractor told it apart from this one in the same article; where they share anything, an editor may see that they are one.
        score = max(score - 0.1, LISTED) if score >= 0.1 else 0.0
        reasons.append(_("from the same article"))
    return Similar(event, round(max(0.0, min(score, 1.0)), 3), tuple(reasons))
