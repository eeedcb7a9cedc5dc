"""Dead and wounded counted together: "seven dead or wounded", "victims between dead and wounded", "a dead man and a wounded one"."""

from extraction.companions import number_after
from extraction.counted_people import SPECIFIC_PARTIES, party_after
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.quantities import number_ending
from extraction.reading import Reading
from extraction.tolls import Harm


def one_of_each(reading: Reading, hit: Hit, first: int, last: int, rule: str) -> list[Harm]:
    """ "Left a dead man and a wounded one"; "seven dead or wounded" tells neither."""
    if reading.document.forms[hit.first] not in words("harm_nouns.one_alone") or number_ending(reading, hit.first, first) is not None:
        return []
    party, end = party_after(reading, hit.last, last)
    edges = ((hit.first, hit.first + 1, "killed"), (hit.first + 1, max(end, hit.last), "wounded"))
    return [Harm(begin, stop, harm, party or "unsaid", 1, "exact", rule) for begin, stop, harm in edges]


def is_unsplit(harm: Harm, hit: Hit) -> bool:
    """ "Eleven, dead and wounded": neither the count before the words nor one of them is a toll; but "a dead man and a wounded one" is."""
    return harm.rule != f"harm: {hit.entry.term}" and harm.first < hit.last and hit.first <= harm.last


def without_figure(harm: Harm, unsplit: list[Hit]) -> list[Harm]:
    """The count as it is; of "39 civilians, dead and wounded" only that both were civilians, nothing where no party is named."""
    if not (harm.has_figure and any(is_unsplit(harm, hit) for hit in unsplit)):
        return [harm]
    if harm.party not in SPECIFIC_PARTIES:
        return []
    return [harm._replace(harm=each, value=None, quantifier="vague") for each in ("killed", "wounded")]


def is_mixed(reading: Reading, hit: Hit, last: int) -> bool:
    """Whether "victims" counts dead and wounded: wounded are told right behind it with no figure of their own."""
    near = reading.hits.between("harm", hit.last, min(hit.last + 6, last))
    near = [h for h in near if h.entry.attributes["harm"] == "wounded" and h.entry.attributes["form"] == "people"]
    wounded = [h for h in near if not (h.entry.attributes["number"] or _has_figure(reading, h, hit.last, last))]
    return bool(wounded)


def _has_figure(reading: Reading, hit: Hit, first: int, last: int) -> bool:
    """Whether a number of its own stands beside a noun of harm."""
    return number_ending(reading, hit.first, first) is not None or number_after(reading, hit.last, last) is not None
