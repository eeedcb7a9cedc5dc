"""Talks that a report counts: "held two meetings: the first with …, the second with …", "a third meeting"."""

from extraction.lexicon import words
from extraction.mention import Mention, count_before
from extraction.numbers import is_ordinal
from extraction.reading import Reading
from extraction.triggers import Trigger
from extraction.types import TALKS_HELD

_AL, _ALEF, _HEH = "\u0627\u0644", "\u0627", "\u0647"
_SHORT = 3  # letters
_FIRST, _ONE = words("talk_series.the_first"), "1"
_DUAL = ("\u064a\u0646", "\u0627\u0646")
_FEW = 6
_TOLD = 0.4  # the weight of what can stand alone
_LOOKED_AT = 20  # talks: a report tells of few
_WHICH, _WAS_HELD, _OWN_DAY = words("talk_series.which"), words("talk_series.was_held"), 12  # tokens
_REACHED = words("coordination_mentions.reached")
_PEOPLE = frozenset(("person", "executive_office"))


def with_counted_talks(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Talks that a sentence counts and the next ones tell one by one: those are no more than these, and have its day, place and host."""
    told = [
        m for m in mentions if m.kind == "coordination" and not (m.is_title or m.is_definite) and m.type in TALKS_HELD and m.weight >= _TOLD
    ]
    counted: Mention | None = None
    out = []
    for mention in mentions:
        if mention.kind == "coordination" and not mention.is_title and (held := _talks_counted(reading, mention)):
            if sum(m.sentence > mention.sentence for m in told[-_LOOKED_AT:]) >= held:
                mention = counted = mention._replace(told_in=held)
        elif counted and 0 < mention.sentence - counted.sentence <= counted.told_in:
            if number_of(reading, mention):
                mention = _of_counted(reading, mention, counted)
            elif mention in told and not mention.dates and _meets_the_same(mention, counted):
                mention = mention._replace(dates=counted.dates, places=mention.places or counted.places)
        out.append(mention)
    return out


def recalled(reading: Reading, base: Mention, triggers: list[Trigger]) -> Trigger | None:
    """ "(A delegation will reach Baghdad tomorrow to go on with) the talks that were held in Erbil on 5 July": told besides, with their own
    day and place; None where no other talks stand before them."""
    forms = reading.document.forms
    for t in triggers:
        if t.hit.entry.is_verb or not any(o.first < t.first for o in triggers):
            continue
        held = forms[t.last : t.last + 3]
        own = any(t.last < e.first <= t.last + _OWN_DAY for e in base.dates)
        reached = t.type == "agreement" and not _REACHED.isdisjoint(
            held
        )  # "rooms will be opened, after an agreement that was reached in Erbil"
        talks = t.type in TALKS_HELD and t.is_definite and not (_WHICH.isdisjoint(held[:1]) or _WAS_HELD.isdisjoint(held))
        if own and (reached or talks):
            return t
    return None


def with_host(reading: Reading, base: Mention, triggers: list[Trigger], told: Mention) -> Mention:
    """ "(The commander met officers in Erbil,) then he went to Kirkuk, where he met the governor": his talks as well; `told` is what the
    sentence told before."""
    verb = next((t for t in triggers if t.type in TALKS_HELD and t.hit.entry.is_verb), None)
    people = [a for a in base.actors if a.kind in _PEOPLE]
    holders = {person.first for _, person in reading.office_holders}
    if verb is None or any(a.first < verb.first for a in people) or sum(a.first not in holders for a in people) > 1:
        return base
    host = next((a for a in told.actors if a.kind in _PEOPLE and a.slug not in {b.slug for b in base.actors}), None)
    return base._replace(actors=(host, *base.actors)) if host else base


def _talks_counted(reading: Reading, mention: Mention) -> int:
    """How many talks a mention counts, where they are few: "three meetings were held", "two meetings"; else 0."""
    talks = [t for t in mention.triggers if t.type in TALKS_HELD and not t.hit.entry.is_verb]
    if any(reading.document.forms[t.first].endswith(_DUAL) for t in talks):
        return 2
    number = next((n for t in talks if t.strength == "plural" and (n := count_before(reading, t)) is not None), 0)
    return number if number <= _FEW else 0


def _of_counted(reading: Reading, mention: Mention, counted: Mention) -> Mention:
    """ "(The minister held two meetings yesterday in Erbil.) The first was with …": his as well, on that day and there."""
    says = reading.cues(reading.sentences[counted.sentence].first, counted.trigger, "say")
    known = {a.slug for a in mention.actors}
    return mention._replace(
        dates=mention.dates or (() if says else counted.dates),
        places=mention.places or counted.places,
        actors=(*mention.actors, *(a for a in counted.actors if a.slug not in known)),
    )


def _meets_the_same(mention: Mention, counted: Mention) -> bool:
    """ "(The president and the prime minister met the adviser, each apart.) The president received the adviser"."""
    ours, theirs = ({a.slug for a in m.actors if a.kind == "person"} for m in (mention, counted))
    return len(ours & theirs) > 1


def number_of(reading: Reading, mention: Mention) -> str:
    """The "third" of "the third meeting", "a third meeting"; empty where its word has none."""
    at = mention.triggers[0].last if mention.triggers else len(reading.document.forms)
    follows = reading.document.forms[at] if at < len(reading.document.forms) else ""
    bare = follows.removeprefix(_AL)
    bare = bare.removesuffix(_ALEF) if len(bare) > _SHORT else bare
    if follows in _FIRST:
        return _ONE
    return bare.removesuffix(_HEH) if is_ordinal(bare) else ""
