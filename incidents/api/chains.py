"""The rows an answer shows with their chain, each kind fetched by a fixed number of queries however many rows there are."""

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from incidents import public
from incidents.models import Claim, Commitment, EventLink
from sources.models import Article

from .serializers.events import ChainSerializer, ClaimSerializer

QUOTE = ("statement__issuers__actor", "relays__outlet")
# An article's bytes and text are the bulk of the database, and no list shows them.
BULK = ("raw", "text", "search_text")


def with_passages(rows: QuerySet[Any], *names: str) -> QuerySet[Any]:
    """Rows with what the passages in these columns hang on."""
    articles = Article.objects.defer(*BULK).select_related("outlet")
    steps: list[Any] = [
        step for name in names for step in (Prefetch(f"{name}__article", articles), *(f"{name}__{further}" for further in QUOTE))
    ]
    return rows.select_related(*names).prefetch_related(*steps)


def claims() -> QuerySet[Claim]:
    return with_passages(Claim.objects.published().select_related("event", "place", "actor"), "passage")


def links() -> QuerySet[EventLink]:
    return with_passages(EventLink.objects.published().select_related("source", "target"), "evidence")


def commitments() -> QuerySet[Commitment]:
    return with_passages(Commitment.objects.published().select_related("event", "implemented_by"), "passage", "evidence")


def articles() -> QuerySet[Article]:
    """Quoted articles with their quoted passages; the text is read only where it is shown."""
    quotes = public.passages().select_related("statement").prefetch_related(*QUOTE).order_by("start", "id")
    return public.articles().defer(*BULK).select_related("outlet").prefetch_related(Prefetch("passages", quotes))


def claims_of(events: list[int]) -> dict[int, list[Claim]]:
    """Event id → its claims."""
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims().filter(event__in=events).order_by("event", "attribute", "id"):
        found[claim.event_id].append(claim)
    return found


def chains_of(events: list[int]) -> dict[int, dict[str, list[Any]]]:
    """Event id → what led to it and what came of it, as the texts state it: links at either end, and commitments."""
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: {"links": [], "commitments": []})
    for link in links().stated().filter(Q(source__in=events) | Q(target__in=events)).order_by("id"):  # type: ignore[attr-defined]
        for end in {link.source_id, link.target_id} & set(events):
            found[end]["links"].append(link)
    for commitment in commitments().filter(event__in=events).order_by("id"):
        found[commitment.event_id]["commitments"].append(commitment)
    return found


def expand(objects: list[dict[str, Any]], ids: list[int], names: list[str], context: dict[str, Any]) -> None:
    """Add to each event object what was asked for: its claims, its chain."""
    if "claims" in names:
        told = claims_of(ids)
        for one, pk in zip(objects, ids, strict=True):
            one["claims"] = ClaimSerializer(told[pk], many=True, context=context).data
    if "chain" in names:
        hanging = chains_of(ids)
        for one, pk in zip(objects, ids, strict=True):
            one["chain"] = ChainSerializer(hanging[pk], context=context).data
