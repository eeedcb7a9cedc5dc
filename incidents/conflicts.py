"""Where live claims cannot all be right. The event's mark of conflict and what its page shows side by side are one answer."""

from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Any

from incidents import corroboration
from incidents.choosing import by_article, relevant, told_apart, toll
from incidents.models import Claim
from incidents.taxonomy import Harm, Party
from incidents.voices import compared, voices_of


@dataclass(frozen=True)
class Conflict:
    """One question and its answers, two or more: each the claims that give it. `harm` and `party` are '' but for casualties;
    a harm without a party is the whole toll of each article."""

    attribute: str
    answers: list[list[Claim]]
    harm: str = ""
    party: str = ""


def conflicts(claims: list[Claim]) -> list[Conflict]:
    """Every question on which these live claims of one event contradict each other."""
    found = []
    days = relevant("date", claims)
    if any(corroboration.ranges_clash((a.date_start, a.date_end), (b.date_start, b.date_end)) for a, b in combinations(days, 2)):  # type: ignore[arg-type]
        found.append(Conflict("date", _alike(days)))
    places = [claim for claim in relevant("place", claims) if claim.place]
    if told_apart(places):
        found.append(Conflict("place", _alike(places)))
    contested = corroboration.contested(voices_of(claims))
    for attribute, told_in in (("type", ("type",)), ("modality", ("modality",)), ("perpetrator", ("perpetrator", "responsibility"))):
        if attribute in contested:
            found.append(Conflict(attribute, _alike([claim for claim in claims if claim.attribute in told_in and compared(claim)])))
    for harm in Harm.values:
        found += _tolls(harm, claims)
    return found


def _alike(claims: list[Claim]) -> list[list[Claim]]:
    """The claims that give one answer together, in the order the answers were given."""
    groups: dict[Any, list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.polarity, compared(claim)), []).append(claim)
    return list(groups.values())


def _tolls(harm: str, claims: list[Claim]) -> list[Conflict]:
    """Articles whose figures of one harm clash: as a whole, or else for one party. Parts of one article add up and never clash."""
    told = relevant(harm, claims)
    parties = sorted({claim.party for claim in told} - {Party.MIXED})
    for party in ("", *parties):
        groups = by_article([claim for claim in told if not party or claim.party == party])
        figures = sorted(groups.values(), key=_bounds)
        if any(corroboration.figures_clash(toll(a), toll(b)) for a, b in combinations(figures, 2)):
            answers = [[claim for article in alike for claim in article] for _, alike in groupby(figures, key=_bounds)]
            return [Conflict("casualties", answers, harm, party)]
    return []


def _bounds(claims: list[Claim]) -> tuple[int, float]:
    low, high = toll(claims)
    return low, float("inf") if high is None else high
