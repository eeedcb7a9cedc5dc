"""A statement on coordination: the lead announces, urges or affirms that two sides work together, and tells of no event itself."""

from extraction.attribution import Attribution
from extraction.cluster import Cluster, persons_of
from extraction.event_dates import this_came
from extraction.mention import Mention
from extraction.reading import Reading, between

_BEHIND = 2  # sentences
_TALKS = ("meeting", "visit", "conference")
_SIDES = frozenset(("iraq", "kurdistan", "coalition"))


def find_statement(reading: Reading, clusters: list[Cluster], attributions: list[Attribution]) -> Mention | None:
    """A `statement` or `request` read from the first sentences of the body, or None."""
    taken = {m.sentence for c in clusters if c.kind == "coordination" for m in c.mentions}
    body = [i for i, s in enumerate(reading.sentences) if not s.is_title and s.last - s.first > 8][:2]
    for number in body:
        sentence = reading.sentences[number]
        told = [a for a in attributions if a.sentence == number and a.strength >= 2]
        asked = reading.cues(sentence.first, sentence.last, "request")
        if number in taken:
            return None  # what follows goes on about it
        wanted = reading.hits.between("triggers", asked[0].last, sentence.last) if asked else []  # "demanded that they meet"
        meet = any(h.entry.attributes["type"] in _TALKS for h in wanted)
        denied = reading.cues(sentence.first, sentence.last, "deny")
        moved = (
            reading.hits.between("triggers", denied[0].last, sentence.last) if denied else []
        )  # "denied that the Peshmerga had returned"
        moves = any(h.entry.attributes["type"] == "redeployment" for h in moved)
        together = meet or moves or reading.cues(sentence.first, sentence.last, "coordinate", "jointly")
        actors = between(reading.actors, sentence.first, sentence.last)
        sides = {a.side for a in actors} & _SIDES
        enough = len(sides) > 1 or meet  # "the governor demanded an urgent meeting of the security council"
        if not (told or asked or moves) or not together or not enough or not reading.cues(sentence.first, sentence.last, "security"):
            continue
        mention = Mention(
            sentence=number,
            first=sentence.first,
            last=sentence.last,
            kind="coordination",
            type="request" if asked and not (told or moves) else "statement",
            modality="occurred",
            triggers=(),
            is_definite=False,
            is_title=False,
            dates=tuple(between(reading.dates, sentence.first, sentence.last)),
            places=tuple(between(reading.places, sentence.first, sentence.last)),
            actors=tuple(actors),
            weight=0.5,
        )
        talks = _talks_of(reading, mention, clusters)
        if talks:  # "The minister stressed …. This came as he received the commander": what he said there
            talks.mentions.append(mention._replace(type=talks.mentions[0].type, is_definite=True, weight=0.2))
            return None
        return mention
    return None


def _talks_of(reading: Reading, mention: Mention, clusters: list[Cluster]) -> Cluster | None:
    """The talks told right behind a statement in which who makes it took part, or at which it says that "this came"."""
    held = [c for c in clusters if c.kind == "coordination" and c.mentions[0].type in _TALKS and c.mentions[0].modality == "occurred"]
    told = [(c, min((m.sentence for m in c.mentions if not m.is_title), default=0)) for c in held]
    near = [c for c, sentence in told if 0 < sentence - mention.sentence <= _BEHIND]
    came = (c for c, sentence in told if c in near and this_came(reading, sentence))
    return next((c for c in near if persons_of(mention) & c.persons), next(came, None))
