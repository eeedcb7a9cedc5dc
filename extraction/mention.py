"""One mention of an event: a clause, or a run of clauses, with what stands in it."""

from dataclasses import dataclass

from extraction.actors import Actor
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.numbers import number_at
from extraction.place_mentions import Located
from extraction.reading import Reading, between
from extraction.records import Record
from extraction.time_expressions import Expression
from extraction.tolls import Harm
from extraction.triggers import Trigger

_PREPOSITIONS = frozenset("\u0628\u0644\u0643")  # bi-, li-, ka-
_NO_UNIT = words("particles.in") | words("speakers.breaks")  # "(told Kurdistan 24) that a joint force"
SPATIAL = frozenset(("village", "town", "subdistrict", "district", "governorate", "natural_feature", "area", "facility", "road"))


@dataclass(slots=True)
class Mention(Record):
    """One clause or run of clauses, tokens `first` up to `last`, that speaks of one event."""

    sentence: int
    first: int
    last: int
    kind: str
    type: str
    modality: str
    triggers: tuple[Trigger, ...]
    is_definite: bool
    is_title: bool
    dates: tuple[Expression, ...] = ()
    places: tuple[Located, ...] = ()
    actors: tuple[Actor, ...] = ()
    harms: tuple[Harm, ...] = ()
    weight: float = 0.5
    is_condemned: bool = False
    is_sum: bool = False  # of attacks that are told one by one below it
    told_in: int = 0  # of how many it is the sum, where they are few
    is_next: bool = False  # said to be the second, or the third, of several told of
    is_other: bool = False  # said to be another event than the one told before it in its sentence

    @property
    def trigger(self) -> int:
        """The token its main trigger stands at."""
        return self.triggers[0].first if self.triggers else self.first


def count_before(reading: Reading, trigger: Trigger | Hit) -> int | None:
    """The number two or more that counts a trigger, or another noun: "206 attacks"."""
    forms = reading.document.forms
    hit = trigger if isinstance(trigger, Hit) else trigger.hit
    if not _PREPOSITIONS.isdisjoint(hit.prefix):
        return None  # "(two soldiers of Division 14) by a bomb"
    for start in range(max(0, trigger.first - 4), trigger.first):
        number = number_at(reading.document, start, trigger.first)
        if number is None or not number.value or number.value < 2 or number.kind != "exact" or _is_of_date(reading, number.first):
            continue
        if forms[number.first - 1] == "-" and forms[number.first - 2].isascii():
            continue  # "F-16 strikes"
        if any(a.last > number.first for a in between(reading.actors, number.first - 3, number.first + 1)):
            continue  # "Brigade 110 repelled an attack"
        # "(Two men) who took part in the attack" are no two attacks, and "three men they abducted" no three abductions.
        is_bare = isinstance(trigger, Hit) or not (
            trigger.hit.prefix or reading.hits.at("people", number.last) or reading.hits.at("harm", number.last)
        )
        beside = is_bare and number.last == trigger.first - 1 and forms[number.last].isalpha() and forms[number.last] not in _NO_UNIT
        if number.last == trigger.first or beside:
            return number.value
    return None


def _is_of_date(reading: Reading, token: int) -> bool:
    return any(e.first <= token < e.last for e in between(reading.dates, token - 12, token + 1))
