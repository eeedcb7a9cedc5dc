"""What one event's mentions say together, and what two tellings share: their places, tolls, hosts and kinds of talk."""

from bisect import bisect_right
from dataclasses import dataclass, field

from extraction.counted_people import SPECIFIC_PARTIES
from extraction.lexicon import terms
from extraction.mention import Mention
from extraction.place_mentions import Located
from extraction.reading import Reading
from extraction.tolls import Harm
from extraction.triggers import FORCE_TYPES
from extraction.types import DateMention

_RECEIVED = terms("cluster.received")

TALK = frozenset(("meeting", "visit", "conference", "agreement", "committee"))
OPERATION = frozenset(("joint_operation", "air_support", "joint_patrol"))
STRUCTURE = frozenset(("centre", "joint_force", "committee", "agreement"))
POINTS = frozenset(("village", "town", "subdistrict", "facility", "road"))
_BY_FORCES = FORCE_TYPES | {"air_strike"}
HEADS = frozenset(("kurdistan-region-presidency", "krg-prime-minister", "prime-minister-of-iraq", "president-of-iraq"))
_PARTNER = 6  # tokens
_JUST_TOLD = 2  # sentences
_SIDES = SPECIFIC_PARTIES | {"other_armed"}
FINE = POINTS | {"district"}
_FALLEN = SPECIFIC_PARTIES - {"isis", "civilian"} | {"fighter", "officer"}
_ATTACKING = frozenset(("isis", "attacker", "armed", "other_armed"))


@dataclass(slots=True)
class Cluster:
    """Mentions of one event, in order of the text."""

    mentions: list[Mention]
    date: DateMention | None = None
    date_is_told: bool = False
    sentences: list[int] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)
    points: set[str] = field(default_factory=set)
    fine: set[str] = field(default_factory=set)
    governorates: set[str] = field(default_factory=set)
    tolls: set[tuple[str, int | None, str]] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)  # the persons of a telling of talks that names both
    sides: set[str] = field(default_factory=set)  # of the bodies that take part in talks
    has_unhurt: bool = False  # one of them says that nobody was killed or wounded

    @property
    def kind(self) -> str:
        return self.mentions[0].kind

    def sentences_behind(self, sentence: int) -> int:
        """How many sentences a sentence stands behind the last of the event's before it; below 0 before all of them."""
        told = bisect_right(self.sentences, sentence)
        return sentence - self.sentences[told - 1 if told else 0]

    def nearness(self, sentence: int) -> float:
        """What a sentence that refers back gains or loses by the place of the event: just before it, further up, or only told below it."""
        told = bisect_right(self.sentences, sentence)
        if not told:
            return -0.6
        gap = sentence - self.sentences[told - 1]
        return 0.5 if gap <= 1 else 0.2 if gap <= 3 else 0.0


def is_rough(place: Located) -> bool:
    """ "South of Samarra", "near Kirkuk": what happened there may be told of by the name of a village as well."""
    return place.mention.where_prec == 2 and place.mention.level in ("town", "district", "governorate")


def is_burnt_by_attackers(mention: Mention) -> bool:
    """ "The gunmen burnt seven houses": no deed of the forces that came after them."""
    doers = [a for a in mention.actors if a.kind in ("rebel_terrorist", "unidentified") and 0 <= mention.trigger - a.last <= 2]
    return mention.type == "arson_destruction" and bool(doers)


def is_one_of_several(mention: Mention) -> bool:
    """Whether a mention tells of one attack of several that were summed up."""
    if mention.is_sum or mention.is_title or mention.weight < 0.5:
        return False
    own = any(h.has_figure for h in mention.harms) and any(p.mention.level in POINTS for p in mention.places)
    return own or not mention.is_definite


def is_told_with_toll(mention: Mention) -> bool:
    """People killed, wounded or taken in an attack the words take as known, or by arms or an armed side."""
    armed = any(a.kind in ("rebel_terrorist", "unidentified") for a in mention.actors)
    harmed = any(h.has_figure and not h.is_earlier and h.harm in ("killed", "wounded", "abducted") for h in mention.harms)
    soldiers = any(h.party in SPECIFIC_PARTIES - {"civilian"} for h in mention.harms)
    return mention.kind == "incident" and harmed and (bool(mention.triggers) or armed or soldiers)


def same_talk(one: str, two: str) -> bool:
    if one == two:
        return True
    if "agreement" in (one, two) and {one, two} & (STRUCTURE - {"agreement", "committee"}):
        return True
    return any(one in family and two in family for family in (TALK, OPERATION, STRUCTURE)) or {one, two} <= {"call", "agreement"}


def fit_toll(mention: Mention, cluster: Cluster) -> float | None:
    """1 where a figure repeats, None where figures clash and none was revised."""
    harms = [h for h in mention.harms if h.has_figure]
    harms = [h for h in harms if not h.is_earlier] or harms  # "two of the wounded died, so that the dead rose to six"
    unhurt = [any(h.is_zero for h in mention.harms), cluster.has_unhurt]
    hurt = [any(h.party not in _ATTACKING for h in harms), any(value and party not in _ATTACKING for _, value, party in cluster.tolls)]
    if (unhurt[0] and hurt[1] and not harms) or (unhurt[1] and hurt[0] and not cluster.tolls):
        return None  # nobody was hurt in one of them
    if not (harms and cluster.tolls):
        return 0.0
    telling = [h for h in harms if h.value != 1] or harms  # one man beside several tells no attack from another
    same = [(h.party, party) for h in telling for harm, value, party in cluster.tolls if h.harm == harm and h.value == value]
    if any(one_party(ours, theirs) or mention.is_title for ours, theirs in same):
        return 1.0  # a headline's "soldiers" may be the report's policemen
    ours = [(h.harm, h.value or 0) for h in harms if (h.party not in _ATTACKING or h.harm == "arrested") and not h.is_part]
    theirs = [(harm, value or 0) for harm, value, party in cluster.tolls if party not in _ATTACKING or harm == "arrested"]
    if _adds_up_to(ours, theirs) or _adds_up_to(theirs, ours):
        return 1.0  # "the toll rose to twelve … killed nine of the Peshmerga and three civilians"
    totals: dict[str, int] = {}
    for harm, value, party in cluster.tolls:
        if any((h.party in _ATTACKING) == (party in _ATTACKING) for h in harms):  # what attackers lost is another toll
            totals[harm] = max(totals.get(harm, 0), value or 0)
    if any(h.harm in totals for h in harms) and all(h.is_revised and (h.value or 0) < totals.get(h.harm, 0) for h in harms):
        return None  # no toll rises to less than it was
    back = all(t.strength == "anaphor" for t in mention.triggers) and (mention.is_definite or not mention.places)
    if back and all((h.value or 0) <= totals.get(h.harm, 10**9) for h in harms):
        return 0.0  # parts of the toll told before
    if mention.type in cluster.types and set(totals) == {"killed", "wounded"} and sum(totals.values()) == _sum(harms):
        return 1.0  # as many in all: one of the wounded died since
    clashing = [h for h in harms if h.harm in totals]
    risen = all(h.is_revised and (h.value or 0) > totals[h.harm] for h in clashing)
    if clashing and risen and cluster.sentences[0] < mention.sentence:
        return 0.7  # what the toll told before rose to
    return None if clashing and not any(h.is_revised or h.is_part for h in harms) else 0.0


def is_risen_to(mention: Mention, cluster: Cluster) -> bool:
    """ "The toll of the attack on two villages rose to twelve", of the nine and three told of one of them."""
    return mention.is_definite and any(h.is_revised for h in mention.harms) and fit_toll(mention, cluster) == 1.0


def _adds_up_to(parts: list[tuple[str, int]], totals: list[tuple[str, int]]) -> bool:
    """Whether figures of several parties make up the one total of three victims or more of a harm."""
    for harm in {h for h, _ in totals}:
        told, whole = [v for h, v in parts if h == harm], {v for h, v in totals if h == harm}
        if len(told) > 1 == len(whole) and sum(told) == max(whole) > 2:
            return True
    return False


def tells_the_same(mention: Mention, cluster: Cluster) -> bool:
    """Whether a figure of three victims or more is told again: "the blast and the attack left seven martyrs", of the seven told before."""
    harms = [h for h in mention.harms if (h.value or 0) > 2 and not h.is_part and h.party not in _ATTACKING]
    return any((h.harm, h.value) == (harm, value) and one_party(h.party, party) for h in harms for harm, value, party in cluster.tolls)


def is_part_of_toll(mention: Mention, cluster: Cluster) -> bool:
    """Whether each figure is at most one the cluster has for its harm: "as they withdrew they killed one" of three in all."""
    totals = {harm: max(v or 0 for h, v, _ in cluster.tolls if h == harm) for harm, _, _ in cluster.tolls}
    told = [h for h in mention.harms if h.has_figure]
    return bool(told) and all((h.value or 0) <= totals.get(h.harm, 0) for h in told)


def repeats_toll(mention: Mention, cluster: Cluster) -> bool:
    """Whether a mention gives a figure of the cluster again, and no other for a harm and a side it has counted."""
    told: dict[tuple[str, bool], set[int | None]] = {}
    for harm, value, party in cluster.tolls:
        told.setdefault((harm, party in _ATTACKING), set()).add(value)
    again = [h.value in told[key] for h in mention.harms if h.has_figure and (key := (h.harm, h.party in _ATTACKING)) in told]
    return bool(again) and all(again)


def killed_attackers(mention: Mention, cluster: Cluster) -> bool:
    """Whether an operation killed the armed men whose killing is told: "three gunmen killed", "three fell in the forces' operation"."""
    if FORCE_TYPES.isdisjoint({mention.type, *cluster.types}) or not cluster.tolls or fit_toll(mention, cluster) != 1.0:
        return False
    return {h.party for h in mention.harms} | {party for _, _, party in cluster.tolls} <= _ATTACKING


def counts_the_same(mention: Mention, cluster: Cluster) -> bool:
    """Whether a mention that refers back counts people of a harm and a side the cluster has counted: another source's figure."""
    if mention.triggers and not mention.is_definite:
        return False
    told = {(harm, party in _ATTACKING) for harm, _, party in cluster.tolls}
    return any((h.harm, h.party in _ATTACKING) in told for h in mention.harms if h.has_figure)


def is_no_toll_of(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """Whether a mention that only counts people is not of what forces did: their raids and arrests have no fallen soldiers."""
    if mention.is_title or not cluster.types <= _BY_FORCES or mention.sentence in cluster.sentences:
        return False
    fallen = any(h.harm in ("killed", "wounded") and h.party in _FALLEN for h in mention.harms if h.has_figure)
    told = any(harm in ("killed", "wounded") and party in _FALLEN for harm, _, party in cluster.tolls)
    return not mention.triggers and fallen and not told


def _sum(harms: list[Harm]) -> int:
    """Killed and wounded together; 0 where either is not told."""
    told = {h.harm: h.value or 0 for h in harms if not h.is_part}
    return sum(told.values()) if set(told) == {"killed", "wounded"} else 0


def one_party(one: str, two: str) -> bool:
    return one == two or not (one in _SIDES and two in _SIDES)


def persons_of(mention: Mention) -> set[str]:
    return {a.slug for a in mention.actors if a.kind == "person"}


def bodies_of(mention: Mention) -> set[str]:
    """The listed bodies of a mention, and committees by their name."""
    no_bodies = ("person", "rebel_terrorist", "civilians")
    return {a.slug for a in mention.actors if (a.mention.actor and a.kind not in no_bodies) or a.kind == "other"}


def heads_met(mention: Mention) -> set[str]:
    """The presidents and prime ministers named as the partners of talks, right behind their word or before their verb."""
    verb = any(t.hit.entry.is_verb for t in mention.triggers[:1])
    near = (a for a in mention.actors if -_PARTNER * verb <= a.first - mention.trigger <= _PARTNER)
    return {a.mention.actor for a in near if a.mention.actor} & HEADS


def host_of(mention: Mention) -> str | None:
    """Who receives: the person around the verb of receiving, before the guest."""
    verb = next((t for t in mention.triggers if t.hit.entry.term in _RECEIVED), None)
    if verb is None:
        return None
    people = [a for a in mention.actors if a.kind == "person"]
    after = [a for a in people if a.first > verb.first]
    before = [a for a in people if a.first < verb.first]
    if before and verb.first - before[-1].last <= 3:
        return before[-1].slug
    return after[0].slug if len(after) >= 2 and after[0].first - verb.first <= 12 else None


def is_told_by_itself(mention: Mention) -> bool:
    """A strike from the air with a toll of its own, though an operation on the ground went on below."""
    strike = mention.type == "air_strike" and not mention.is_definite and mention.weight >= 0.7
    return strike and any(h.has_figure for h in mention.harms) and any(a.kind == "coalition" for a in mention.actors)


def fine_places(mention: Mention) -> list[Located]:
    """Its places below a governorate."""
    return [p for p in mention.places if p.mention.level in FINE]


def less_those_below(mention: Mention, fitting: list[tuple[float, Cluster]]) -> list[tuple[float, Cluster]]:
    """ "The attack" is the one just told, whatever is told below of the same city."""
    behind = [c.sentences_behind(mention.sentence) for _, c in fitting]
    return [told for told, n in zip(fitting, behind, strict=True) if n >= 0] if any(0 <= n <= _JUST_TOLD for n in behind) else fitting
