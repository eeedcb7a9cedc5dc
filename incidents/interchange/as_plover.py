"""Events coded after PLOVER, one JSON object a line, each with the words that tell of it and a citation.

Left out: what PLOVER has no category for (statements), and what has no day.
"""

from typing import Any

from entities.models import Actor
from incidents.interchange.facts import Facts, english
from incidents.models import Claim

MODES = {
    "armed_attack": "firearms", "ambush": "firearms", "clash": "firearms", "sniper": "firearms", "ied": "explosives",
    "suicide_bombing": "suicide-attack", "shelling": "heavy-weapons", "air_strike": "aerial", "abduction": "abduct", "killing": "execute",
    "arrest": "arrest", "weapons_seizure": "seize", "visit": "visit", "conference": "multilateral", "call": "phone",
    "request": "assist", "redeployment": "troops", "suspension": "assist",
}  # fmt: skip
CONTEXTS = {
    "meeting": ("military", "terrorism"), "agreement": ("military", "intelligence"), "joint_operation": ("military", "terrorism"),
    "centre": ("military", "intelligence"), "intelligence_sharing": ("intelligence",), "redeployment": ("territory",),
}  # fmt: skip


def row(facts: Facts) -> dict[str, Any] | None:
    """The event's object; None where PLOVER cannot hold it."""
    event, plover = facts.event, facts.type.plover
    if not plover or not event.date_start:
        return None
    first, second = facts.sides
    point = {"longitude": event.point.x, "latitude": event.point.y} if event.point and event.where_prec != 6 else {}
    return {
        "id": event.code,
        "date": str(event.date_start), "date_end": str(event.date_end), "date_prec": event.date_prec,
        "event": plover, "mode": MODES.get(event.type, ""), "context": CONTEXTS.get(event.type, ("military",)),
        "cameo": facts.type.cameo, "type": event.type, "modality": event.modality,
        "actor": [_actor(each) for each in first], "recipient": [_actor(each) for each in second],
        "location": {"name": english(event.place) if event.place else "", "where_prec": event.where_prec, **point},
        "fatalities": {"low": event.deaths_low, "best": event.deaths_best, "high": event.deaths_high},
        "text_info": [_words(claim) for claim in {claim.passage_id: claim for claim in facts.claims}.values()],
        "origins": event.origin_count, "grade": event.grade, "link": facts.address,
    }  # fmt: skip


def _actor(actor: Actor) -> dict[str, str]:
    country = "IRQ" if actor.side in ("iraq", "kurdistan", "civilians") else ""
    return {"name": english(actor), "sector": actor.plover_code, "country": country, "wikidata": actor.wikidata}


def _words(claim: Claim) -> dict[str, Any]:
    """Where the words stand in their article, by code points, and how to cite it."""
    passage, article = claim.passage, claim.passage.article
    outlet = (article.outlet.name_en or article.outlet.name_ar) if article.outlet else ""
    return {
        "text": passage.exact, "start": passage.start, "end": passage.end, "language": article.language,
        "cite_info": {"publisher": outlet, "date": str(article.published_on or ""), "title": article.title, "url": article.url},
    }  # fmt: skip
