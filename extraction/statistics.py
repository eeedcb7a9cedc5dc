"""The figures of an aggregate: attacks counted, fires, villages, and people by harm and party."""

from extraction.matching import Hit
from extraction.mention import Mention, count_before
from extraction.numbers import number_at
from extraction.reading import Reading
from extraction.tolls import settle_party
from extraction.triggers import Trigger
from extraction.types import Figure

_MEASURES = {
    "armed_attack": "attacks",
    "ied": "explosions",
    "clash": "clashes",
    "security_operation": "operations",
    "joint_operation": "joint operations",
    "meeting": "meetings",
    "air_strike": "air strikes",
    "abduction": "abductions",
    "arrest": "arrests",
    "killing": "killings",
}
_HARMED = {
    "casualties": "casualties",
    "killed": "killed",
    "wounded": "wounded",
    "abducted": "abducted",
    "arrested": "arrested",
    "missing": "missing",
    "displaced": "displaced",
    "surrendered": "surrendered",
}


def figures_of(reading: Reading, mentions: list[Mention]) -> tuple[Figure, ...]:
    """Every figure of the aggregate's clauses, once each."""
    out: dict[tuple[str, int], Figure] = {}
    for mention in mentions:
        for trigger in mention.triggers:
            _add(out, reading, trigger, _MEASURES.get(trigger.type, trigger.type.replace("_", " ")))
        for hit in reading.hits.between("measures", mention.first, mention.last):
            if count_before(reading, hit) is not None and not any(t.first <= hit.first < t.last for t in mention.triggers):
                _add(out, reading, hit, hit.entry.attributes["measure"])
        for harm in mention.harms:
            if harm.value:
                party = settle_party(harm.party, None)
                measure = _HARMED.get(harm.harm, harm.harm) if party == "unknown" else f"{party.replace('_', ' ')} {harm.harm}"
                quote = reading.quote(harm.first, harm.last)
                out.setdefault((measure, harm.value), Figure(quote.start, quote.end, measure, harm.value))
    return tuple(out.values())


def _add(out: dict[tuple[str, int], Figure], reading: Reading, counted: Trigger | Hit, measure: str) -> None:
    """The first number of two or more right before what is counted, as its figure."""
    for start in range(max(0, counted.first - 4), counted.first):
        number = number_at(reading.document, start, counted.first)
        if number and number.value and number.value >= 2:
            quote = reading.quote(number.first, counted.last)
            out.setdefault((measure, number.value), Figure(quote.start, quote.end, measure, number.value))
            return
