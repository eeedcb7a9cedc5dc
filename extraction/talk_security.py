"""Whether talks are about security: by their words, by the people in them, or by the sentences around them."""

from bisect import bisect_left

from extraction.actors import Actor
from extraction.incident_mentions import FORCES
from extraction.lexicon import words
from extraction.mention import Mention
from extraction.reading import Reading, between
from extraction.text import Sentence

_SPOKEN_OF = words("talk_security.latter") | words("coordination_mentions.the_delegation")
_IN_ARMS = frozenset(FORCES) - {"tribal"}
_OFFICES = frozenset(("executive_office", "ministry"))
_MILITARY = words("talk_security.military")
_RANK = 4  # tokens: "Lieutenant General (So-and-so)"


def _named_at(reading: Reading, person: Actor) -> int | None:
    """The token at which somebody of whom only the surname is said was named in full; None where he was not."""
    at = bisect_left(reading.actor_starts, (person.mention.start, 0))
    start, number = reading.actor_starts[at] if at < len(reading.actor_starts) else (-1, 0)
    first = reading.actors[number].first
    return first if start == person.mention.start and first != person.first else None


def is_of_security(reading: Reading, base: Mention, sentence: Sentence) -> bool:
    """Whether the talk is about security: its words, its people, or the sentences around it."""
    near = list(base.actors)
    by_surname = [a for a in base.actors if a.kind == "person" and a.last - a.first == 1]
    named = [first for a in by_surname if (first := _named_at(reading, a)) is not None]
    met = bool(reading.cues(base.first, base.last, "two_sides"))  # "the two sides met": sides named before
    # So are those of "the latter met …", "the delegation met …", and of "the first meeting was held in Erbil", which names nobody.
    if met or by_surname or not base.actors or reading.document.where(_SPOKEN_OF, base.first, base.last):
        near += between(reading.actors, reading.sentences[max(0, base.sentence - 2)].first, base.first)
    if any(a.kind in _IN_ARMS or (a.kind in _OFFICES and not _MILITARY.isdisjoint(reading.document.forms[a.first : a.last])) for a in near):
        return True  # "the chief of staff of the army"
    ranks = [reading.hits.between("offices", max(0, first - _RANK), first) for first in named]
    ranks.append(reading.hits.between("offices", base.first, base.last))
    if any(h.entry.attributes["kind"] == "rank" for hits in ranks for h in hits):
        return True  # "received Lieutenant General So-and-so", also where only his surname is said
    first = reading.sentences[max(0, base.sentence - 2)].first
    last = reading.sentences[min(len(reading.sentences) - 1, base.sentence + 2)].last
    if reading.cues(sentence.first, sentence.last, "security") or len(reading.cues(first, last, "security")) >= 3:
        return True
    everywhere = len(reading.document.forms)
    arms = [h for h in reading.hits.between("triggers", 0, everywhere) if h.entry.attributes["kind"] == "incident"]
    return len(reading.cues(0, everywhere, "security")) + len(arms) >= (3 if met else 6)
