"""What counts of harm add up to: parts of a sum, ranks that are one force, tolls that were revised, people named only as "others"."""

from typing import NamedTuple

from extraction.counted_people import SPECIFIC_PARTIES, CountedPhrase, number_ending, person_at, phrase_at
from extraction.folding import fold
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.numbers import number_at
from extraction.reading import Reading

_WAW = "\u0648"
_OTHER_PARTY = {"other_armed": "other_armed", "family": "civilian"}


class Harm(NamedTuple):
    """One count of people harmed, tokens `first` up to `last`; `party` may be a noun's own class until its context is known."""

    first: int
    last: int
    harm: str
    party: str
    value: int | None
    quantifier: str
    rule: str
    is_part: bool = False
    is_earlier: bool = False
    is_revised: bool = False
    is_elliptic: bool = False

    @property
    def is_zero(self) -> bool:
        return self.value == 0

    @property
    def has_figure(self) -> bool:
        return bool(self.value)


def sum_of_ranks(harms: list[Harm]) -> list[Harm]:
    """ "An officer and a soldier": ranks of one force joined by "and" are one count of its party."""
    party = next((h.party for h in harms if h.party in SPECIFIC_PARTIES and h.party != "civilian"), None)
    harms = [h._replace(party=party) if party and h.party in ("officer", "member", "leader", "fighter") else h for h in harms]
    if len(harms) > 1 and len({h.party for h in harms}) == 1 and all(h.value for h in harms):
        total = sum(h.value or 0 for h in harms)
        return [harms[0]._replace(last=harms[-1].last, value=total)]
    return harms


def with_parts(reading: Reading, harms: list[Harm], last: int) -> list[Harm]:
    """ "among them three civilians", "(they are three brothers)": parts of the count before; mixed where a part is another party."""
    out = list(harms)
    forms = reading.document.forms
    marks = [_part_mark(reading, c, harms[0].first) for c in reading.cues(harms[0].first, last, "among")] if harms else []
    if harms:
        marks += [
            (i, i + 1)
            for i in range(harms[0].first, last - 1)
            if forms[i] in ("هم", "وهم") and (number_at(reading.document, i + 1, last) or person_at(reading, i + 1))
        ]
    for begin, after in sorted(marks):
        whole = next((h for h in reversed(out) if h.last <= begin and begin - h.last <= 12 and not h.is_part), None)
        if whole is None or whole.is_zero:
            continue
        at, dependents = after, False
        parts: list[Harm] = []
        while at < last and len(parts) < 5:
            phrase = phrase_at(reading, at, last)
            if phrase is None or not phrase.counted or reading.hits.between("harm", at, at + 1):
                break
            if _names_dependents(reading, phrase):
                dependents = True
            parts.append(
                Harm(
                    phrase.first,
                    phrase.last,
                    whole.harm,
                    phrase.party,
                    phrase.value,
                    phrase.quantifier,
                    "casualties: part of a sum",
                    is_part=True,
                )
            )
            at = phrase.last
            if at >= last or not forms[at].startswith(_WAW):
                break
        overlapped = {i for part in parts for i in range(part.first, part.last)}
        out = [h for h in out if h.is_part or not (overlapped & set(range(h.first, h.last)) and h is not whole)]
        place = next((i for i, h in enumerate(out) if h is whole), 0)
        parties = {p.party for p in parts if p.party in SPECIFIC_PARTIES}
        if whole.party in SPECIFIC_PARTIES and parties - {whole.party}:
            out[place] = whole._replace(party="mixed")
        elif whole.party not in SPECIFIC_PARTIES and whole.party != "mixed" and parties:
            out[place] = whole._replace(party="civilian" if dependents and parties == {"civilian"} else "mixed")
        kept = out[place].party
        out[place + 1 : place + 1] = [p for p in parts if p.party in SPECIFIC_PARTIES and p.party != kept]
    return out


def _part_mark(reading: Reading, cue: Hit, first: int) -> tuple[int, int]:
    """Where a part is marked and where its count begins: after "among them", or before it ("ten of them")."""
    number = number_ending(reading, cue.first, first) if not cue.entry.term.endswith(("بينهم", "بينهن", "including")) else None
    return (number.first, number.first) if number and number.kind == "exact" and number.last == cue.first else (cue.first, cue.last)


def _names_dependents(reading: Reading, phrase: CountedPhrase) -> bool:
    """Women and children among the victims say who they were, not that the others were no civilians."""
    return any(fold(h.entry.term) in words("tolls.dependents") for h in reading.hits.between("people", phrase.first, phrase.last))


def mark_revisions(reading: Reading, harms: list[Harm], first: int) -> list[Harm]:
    """Mark tolls that were revised ("rose to 13") and the earlier ones they replace ("after it had been ten")."""
    out = []
    for harm in harms:
        before = reading.cues(max(first, harm.first - 14), harm.first, "revised", "earlier")
        last = before[-1].entry.attributes["cue"] if before else ""
        start = reading.document.forms[harm.first - 1] if harm.first else ""
        earlier = last == "earlier" or (
            last == "revised" and start == "من" and any(f in ("الي",) for f in reading.document.forms[harm.last : harm.last + 2])
        )
        out.append(harm._replace(is_earlier=earlier, is_revised=last == "revised" and not earlier) if before else harm)
    return out


def inherit_parties(harms: list[Harm]) -> list[Harm]:
    """ "others" and a bare number take the party of the count before them; "a fourth" is one more of them."""
    out: list[Harm] = []
    for harm in harms:
        if harm.party in ("other", "them"):
            before = next((h.party for h in reversed(out) if not h.is_zero), "unsaid")
            before = harm.party if harm.party == "them" and before == "unsaid" else before
            harm = harm._replace(party=before if before != "mixed" else "unsaid", is_elliptic=True)
        out.append(harm)
    return out


def settle_party(party: str, context: str | None, *, is_isis: bool = False) -> str:
    """A noun's own class turned into a party slug, by the force it fights for where the context names one."""
    if party == "police" and context == "federal_police":
        return context
    if party in SPECIFIC_PARTIES or party == "mixed":
        return party
    if party in ("member", "fighter", "officer", "leader", "unsaid", "them") and context:
        return context
    if party == "officer":
        return "isf"
    if party in ("armed", "attacker", "suspect"):
        return "isis" if context == "isis" or (is_isis and party != "suspect") else ("other_armed" if party != "suspect" else "unknown")
    return _OTHER_PARTY.get(party, "unknown")
