"""The counting rules of corroboration. Pure: no database, only what a claim's chain says.

A `Voice` is one claim as corroboration sees it: which article and outlet print it, which statement it quotes, and which origins stand
behind it. An origin is the root of a speaker's line of organs. An outlet's own word is an origin only where the passage credits nobody;
an unnamed source counts with its outlet; a dataset is a chain, never a fresh origin.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.utils.translation import gettext_noop as _

from incidents.taxonomy import Grade

# Outlets and speakers of no known side are one side together: two of them are not proof against each other's interest.
PRESS = "press"

# The questions on which one denial is enough to contest an event: what was done, by whom, and whether it was.
CONTESTABLE = {"perpetrator", "type", "modality"}


@dataclass(frozen=True)
class Origin:
    """A root speaker, or an outlet speaking for itself; `side` is '' where it stands with nobody."""

    key: tuple[str, int]
    side: str = ""
    is_official_site: bool = False

    @property
    def speaks_for_its_side(self) -> bool:
        """As a named speaker or an official site does; a newspaper that stands with a side only reports on it."""
        return self.key[0] == "speaker" or self.is_official_site


@dataclass(frozen=True)
class Voice:
    """One live claim about one value."""

    attribute: str
    value: tuple[object, ...]
    article: int
    outlet: int | None
    statement: int | None = None
    origins: frozenset[Origin] = frozenset()
    denies: bool = False


@dataclass(frozen=True)
class Count:
    """How many stand behind an event or a value. Always shown together."""

    articles: int
    outlets: int
    statements: int
    origins: int


@dataclass(frozen=True)
class Speaking:
    """A credited speaker as far as counting needs it: its root, the root's side, and whether it is unnamed or a dataset."""

    root: int
    side: str = ""
    is_unnamed: bool = False
    is_dataset: bool = False


def origins_of(
    speakers: Iterable[Speaking],
    *,
    outlet: int | None,
    outlet_side: str = "",
    outlet_is_official: bool = False,
    outlet_is_dataset: bool = False,
    article: int = 0,
) -> frozenset[Origin]:
    """The origins behind one passage: the roots of those it credits; the outlet itself where it credits nobody or an unnamed source."""
    # An article whose outlet is unknown speaks for an outlet of its own: it may not vouch for another.
    own = Origin(("outlet", outlet) if outlet is not None else ("article", article), outlet_side, outlet_is_official)
    own_word = frozenset() if outlet_is_dataset else frozenset({own})
    credited = list(speakers)
    if not credited:
        return own_word
    named = {Origin(("speaker", s.root), s.side) for s in credited if not (s.is_unnamed or s.is_dataset)}
    return own_word | named if any(s.is_unnamed for s in credited) else frozenset(named)


def count(voices: Iterable[Voice]) -> Count:
    """Distinct articles, outlets, statements and origins behind these voices."""
    voices = list(voices)
    return Count(
        articles=len({v.article for v in voices}),
        outlets=len({v.outlet for v in voices if v.outlet is not None}),
        statements=len({v.statement for v in voices if v.statement is not None}),
        origins=len({origin for v in voices for origin in v.origins}),
    )


def contested(voices: Iterable[Voice]) -> frozenset[str]:
    """On which of perpetrator, type and modality live claims contradict each other. An empty value contradicts nothing."""
    asserted: dict[str, set[tuple[object, ...]]] = {}
    denied: dict[str, set[tuple[object, ...]]] = {}
    blamed: dict[int, set[tuple[object, ...]]] = {}
    for voice in voices:
        if not voice.value:
            continue
        # Who is blamed and who claims it answer one question: a group may deny what only others say of it.
        question = "perpetrator" if voice.attribute == "responsibility" else voice.attribute
        (denied if voice.denies else asserted).setdefault(question, set()).add(voice.value)
        if voice.attribute == "perpetrator" and not voice.denies:
            blamed.setdefault(voice.article, set()).add(voice.value)
    found = {
        attribute for attribute in ("perpetrator", "type", "modality") if asserted.get(attribute, set()) & denied.get(attribute, set())
    }
    # One text that blames two groups blames them together; two texts that share no culprit contradict each other.
    if any(not (a & b) for a, b in combinations(blamed.values(), 2)):
        found.add("perpetrator")
    happened = asserted.get("modality", set())
    if ("denied",) in happened and len(happened) > 1:
        found.add("modality")
    return frozenset(found)


def is_contested(voices: Iterable[Voice]) -> bool:
    """A live contradiction about who did it, or about whether it happened."""
    return bool(contested(voices))


def grade(voices: Iterable[Voice], *, acting_sides: frozenset[str]) -> tuple[Grade, str]:
    """The grade by rule, and its reason: a sentence in English that pages translate.

    `acting_sides`: the sides of those who did it or took part.
    """
    told = list(voices)
    voices = [v for v in told if v.origins]
    origins = {origin for v in voices for origin in v.origins}
    if told and not voices:
        return Grade.DISCOUNTED, _("Only a dataset tells of it, which is nobody's own word.")
    if not voices:
        return Grade.DISCOUNTED, _("No claim is left that counts.")
    if is_contested(voices):
        return Grade.CONTESTED, _("Live claims contradict each other about who did it or whether it happened.")
    telling = {(origin, v.attribute) for v in voices if not v.denies for origin in v.origins if origin.speaks_for_its_side}
    # Who claims it is the acting side's own word, whether or not a side is on record for it.
    acknowledging = {o for o, attribute in telling if o.side in acting_sides or (attribute == "responsibility" and not o.side)}
    if acknowledging and (len(origins) > len(acknowledging) or len(acknowledging) > 1):
        return Grade.CONFIRMED, _("The acting side acknowledges or claims it, and another origin reports it.")
    sides = {origin.side or PRESS for origin in origins}
    if len(origins) >= 2 and len(sides) >= 2:
        return Grade.FAIR, _("Two origins or more, of two sides or more, report it.")
    if len(origins) >= 2:
        return Grade.WEAK, _("Several origins report it, all of one side.")
    return Grade.WEAK, _("One origin reports it.")


def ranges_clash(first: tuple[date, date], second: tuple[date, date]) -> bool:
    """Two ranges of days that share no day."""
    return first[1] < second[0] or second[1] < first[0]


def figures_clash(first: tuple[int | None, int | None], second: tuple[int | None, int | None]) -> bool:
    """Two figures (low, high) that cannot both be right; an open end is None."""
    (low_a, high_a), (low_b, high_b) = first, second
    return (high_a is not None and low_b is not None and high_a < low_b) or (high_b is not None and low_a is not None and high_b < low_a)
