"""What says that a mention tells of another attack than a cluster does: elsewhere, later, in a similar attack, bodies found, a raid by
aircraft on those who attacked."""

from extraction.cluster import FINE, POINTS, Cluster, fit_toll
from extraction.counted_people import SPECIFIC_PARTIES
from extraction.event_dates import is_what_it_followed, looks_back
from extraction.folding import fold
from extraction.lexicon import words
from extraction.mention import Mention
from extraction.place_mentions import WIDE
from extraction.reading import Reading
from extraction.time_expressions import Expression
from extraction.triggers import FORCE_TYPES

BY_ITSELF = frozenset(("ied", "suicide_bombing", "air_strike", "abduction"))
_STRIKES = frozenset(("ied", "suicide_bombing", "shelling", "sniper", "air_strike"))
_STRIKES_OR_ABDUCTION = _STRIKES | {"abduction"}
_ADMINISTRATIONS = WIDE | {"governorate", "district"}
_BY_ATTACKERS = frozenset(
    ("armed_attack", "ambush", "killing", "ied", "suicide_bombing", "abduction", "infiltration", "shelling", "sniper")
)
_ON_THE_WAY = frozenset(("ied", "ambush", "armed_attack"))
_COMPARED = 40  # mentions back
_SPECIFIC = SPECIFIC_PARTIES - {"isis"}
_KILLED = frozenset(("killing", "abduction"))
_ATTACKING = frozenset(("isis", "attacker", "armed"))
_FOUND = words("apart.found")
_PRECEDED = words("apart.preceded")
_WAW = "\u0648"
_DRONES = words("triggers.drones")
_AIRCRAFT = words("triggers.aircraft")


def opens_apart(reading: Reading, mention: Mention) -> bool:
    """Whether its sentence opens with "in another incident", "meanwhile"."""
    first = reading.sentences[mention.sentence].first
    return bool(reading.cues(first, first + 3, "other_event", "other_subject"))


def is_another(reading: Reading, mention: Mention) -> bool:
    """Whether its sentence opens with "in another incident", "in a separate attack", or it happened at the same time elsewhere."""
    first = reading.sentences[mention.sentence].first
    return bool(reading.cues(first, first + 3, "another_incident"))


def is_apart(reading: Reading, mention: Mention, cluster: Cluster, place: float | None) -> bool:
    """Whether the words tell of another incident. `place` is how well their places fit."""
    if _is_also_told(reading, mention, cluster, place) or _is_on_the_ground(reading, mention, cluster):
        return True
    first = cluster.mentions[0]
    if mention.sentence < first.sentence and not mention.is_title and opens_apart(reading, first):
        return True
    fresh = not mention.is_definite and mention.weight >= 0.7
    harmed = fresh and any(h.has_figure for h in mention.harms)
    told = not mention.is_definite and not mention.is_title and mention.weight >= 0.5
    if told and looks_back(reading, mention) and first.sentence < mention.sentence and reading.cues(mention.first, mention.last, "series"):
        return True  # "the governorate had seen two policemen killed today in two separate incidents"
    if told and is_another(reading, mention) and first.sentence < mention.sentence and not first.is_title:
        return True  # "in another incident a man was killed by a bomb"
    at_once = told and first.sentence < mention.sentence and reading.cues(mention.first, mention.trigger + 4, "same_time")
    if at_once and any(p.mention.level in FINE and not p.keys & cluster.places for p in mention.places):
        return True  # "he went on that gunmen had entered at the same time the village of X"
    if harmed and opens_apart(reading, mention) and _repeats_no_toll(mention, cluster):
        return True  # "on another side, gunmen threw a grenade …, wounding two"
    if (
        harmed
        and _strikes_others(mention, cluster)
        and (opens_apart(reading, mention) or reading.cues(mention.first, mention.first + 2, "also"))
    ):
        return True  # "a bomber also attacked a barracks, killing three soldiers", of an attack on the Peshmerga
    if fresh and mention.type in BY_ITSELF - cluster.types and opens_apart(reading, mention) and not mention.is_title:
        return True  # "in a related context a bomber blew himself up near …"
    if (
        is_what_it_followed(reading, mention)
        or _is_later(reading, mention, cluster)
        or _is_reply_from_the_air(reading, mention, cluster)
        or _is_known_beside_raid(reading, mention, cluster)
    ):
        return True
    counted_on = not mention.is_definite and not mention.is_title and mention.weight >= 0.4
    if counted_on and reading.cues(mention.first, min(mention.trigger + 3, mention.last), "second"):
        return True
    return (
        _is_told_apart(reading, mention, cluster)
        or _is_in_another_quarter(mention, cluster)
        or _is_elsewhere_by_other_means(mention, cluster, place)
        or _are_bodies_found(reading, mention, cluster)
        or _hits_those_who_came(reading, mention, cluster)
    )


def _repeats_no_toll(mention: Mention, cluster: Cluster) -> bool:
    """Whether no figure is told again, or only that of one man, who may be another man, in an attack of another kind."""
    if mention.type in cluster.types:
        return False
    return fit_toll(mention, cluster) != 1.0 or all((h.value or 0) < 2 for h in mention.harms)


def _strikes_others(mention: Mention, cluster: Cluster) -> bool:
    """Whether both count those they struck, each of another force, or forces in one and civilians in the other."""
    ours = {h.party for h in mention.harms if h.has_figure} & _SPECIFIC
    theirs = {party for _, _, party in cluster.tolls} & _SPECIFIC
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _is_also_told(reading: Reading, mention: Mention, cluster: Cluster, place: float | None) -> bool:
    """ "Also on Saturday a bomber blew himself up", "clashes also broke out in …", "they also seized a cache in …"."""
    told = max((t.last + 1 for t in mention.triggers[:1] if t.last - mention.first < 6), default=0)  # "a roadside bomb also hit …"
    opening = reading.cues(mention.first, max(mention.first + 2, min(mention.trigger, mention.first + 6), told), "also")
    if not opening:
        return False
    new = mention.type not in cluster.types
    if mention.type in BY_ITSELF and new and (mention.weight >= 0.5 or not mention.is_definite):
        return True
    own = any(h.has_figure for h in mention.harms) and mention.weight >= 0.7
    if mention.type in BY_ITSELF and own and not (mention.is_definite or mention.places or mention.is_title):
        return True  # "a bomb also struck a patrol in the same region, killing a child"
    if mention.is_definite or not mention.places:
        return False
    if new and mention.type in _STRIKES and any(p.mention.level in FINE and not p.keys & cluster.places for p in mention.places):
        return True  # "shells also fell on a village near Jalawla"
    own_toll = any(h.has_figure for h in mention.harms) and (
        fit_toll(mention, cluster) != 1.0 or all((h.value or 0) < 2 for h in mention.harms)
    )
    elsewhere = any(not p.keys & cluster.places for p in mention.places)
    if own_toll and elsewhere and mention.weight >= 0.6:
        return True  # "a soldier and his wife were also killed as gunmen fired at their car in the area of X in the same district"
    by_forces = mention.type in FORCE_TYPES and new and (bool(mention.dates) or (elsewhere and mention.weight >= 0.7))
    return (mention.weight >= 0.5 and (place or 0) < 1.0) or by_forces


def _is_on_the_ground(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "The division also found, on a search, …": what forces on the ground did is no part of a raid from the air."""
    if mention.type not in FORCE_TYPES or cluster.types != {"air_strike"} or mention.is_definite:
        return False
    opening = reading.cues(mention.first, max(mention.first + 2, min(mention.trigger, mention.first + 6)), "also")
    own = bool(mention.dates) or (any(h.has_figure for h in mention.harms) and fit_toll(mention, cluster) != 1.0)
    return bool(opening) or mention.type == "arrest" or (own and mention.weight >= 0.7)


def _is_in_another_quarter(mention: Mention, cluster: Cluster) -> bool:
    """Bombs in two quarters of one city that no gazetteer lists, or a bomb and a shooting, each told with where it was."""
    first = cluster.mentions[0]
    if BY_ITSELF.isdisjoint((mention.type, first.type)) or first.is_title or mention.is_title:
        return False
    if mention.is_definite or min(mention.weight, first.weight) < 0.7:
        return False
    ours, theirs = ({p.mention.name for p in m.places if not p.mention.place} for m in (mention, first))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _is_elsewhere_by_other_means(mention: Mention, cluster: Cluster, place: float | None) -> bool:
    """A bomb in one village, told with its day and its toll, beside an attack of another kind on another: that both were today makes
    them no one event."""
    if mention.type not in _STRIKES_OR_ABDUCTION or mention.type in cluster.types or mention.is_definite or mention.is_title:
        return False
    if mention.weight < 0.7 or (place or 0.0) >= 1.0 or cluster.types <= FORCE_TYPES:
        return False
    return bool(cluster.fine) and any(p.mention.level in FINE for p in mention.places)


def _is_told_apart(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "Elsewhere, …", "in the same night they took the village of X": an attack of its own where its place was not named before."""
    if mention.is_definite or mention.weight < 0.5 or not mention.places:
        return False
    offices = {i for a in mention.actors if a.kind == "executive_office" for i in range(a.first, a.last + 1)}
    places = [p for p in mention.places if p.mention.level not in _ADMINISTRATIONS and p.first not in offices]
    ours = frozenset().union(*[p.keys for p in places])
    if not ours or ours & cluster.places:
        return False
    if mention.type in cluster.types and any((h.value or 0) > 1 for h in mention.harms) and fit_toll(mention, cluster) == 1.0:
        return False  # what the lead had summed up, told with its place
    apart = reading.cues(mention.first, mention.first + 3, "other_event")
    at_once = any(e.rule == "next_day" and not e.a for e in mention.dates)
    return bool(apart) or (at_once and bool(cluster.places) and any(p.mention.level in POINTS for p in mention.places))


def _is_later(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "Later four mortar shells fell on …", "earlier an official had told of …", "an hour before the attack a bomb hit a car": another
    event, unless of the same means and with no toll that contradicts."""
    if mention.is_definite or mention.is_title or mention.weight < 0.5:
        return False
    first = reading.sentences[mention.sentence].first
    if mention.weight >= 0.7 and any(_is_counted_in_hours(e) and e.first - first <= 1 for e in mention.dates):
        return mention.type not in FORCE_TYPES and fit_toll(mention, cluster) != 1.0
    if mention.sentence > cluster.mentions[0].sentence and _opens_with_what_preceded(reading, mention):
        return True
    if mention.type not in _STRIKES | {"armed_attack", "ambush", "clash"} or (
        mention.type in cluster.types and fit_toll(mention, cluster) is not None
    ):
        return False
    opening = reading.cues(mention.first, mention.first + 4, "after_that", "previously")
    return bool(opening or reading.cues(mention.trigger, mention.trigger + 7, "after_that"))


def _opens_with_what_preceded(reading: Reading, mention: Mention) -> bool:
    """ "That was preceded by a blast that hit a patrol in the area of X": an earlier event."""
    first = reading.sentences[mention.sentence].first
    opening = (form.removeprefix(_WAW) for form in reading.document.forms[first : first + 2])
    return mention.first == first and mention.type not in FORCE_TYPES and any(form in _PRECEDED for form in opening)


def _is_counted_in_hours(e: Expression) -> bool:
    """ "Some hours later", "an hour before the attack"; "the same night" is no other time."""
    return e.rule == "next_day" and not e.a and bool(words("apart.hours") & set(fold(e.phrase).split()))


def _is_raid(reading: Reading, mention: Mention) -> bool:
    """A strike by the aircraft of the forces."""
    if mention.type != "air_strike":
        return False
    forms = reading.document.forms[mention.first : mention.last]
    aircraft = not _AIRCRAFT.isdisjoint(forms) and _DRONES.isdisjoint(forms)
    forces = aircraft or any(a.kind in ("coalition", "state_military") for a in mention.actors)
    return forces and all(h.party in _ATTACKING for h in mention.harms)


def _is_reply_from_the_air(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """Aircraft of the forces bomb the attackers: another event than the attack, on whatever day and ground."""
    if mention.is_definite or mention.is_title or not cluster.types <= _BY_ATTACKERS:
        return False
    return _is_raid(reading, mention)


def _is_known_beside_raid(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "The attack IS made on …", with those it killed or on a day of its own, of which a raid told before is no part."""
    if mention.type not in _BY_ATTACKERS or mention.is_title or cluster.types != {"air_strike"}:
        return False
    if not any(a.kind in ("rebel_terrorist", "unidentified") for a in mention.actors):
        return False
    fallen = any(h.party not in _ATTACKING and not h.is_zero for h in mention.harms)
    drones = any(not _DRONES.isdisjoint(reading.document.forms[m.first : m.last]) for m in (mention, cluster.mentions[0]))
    return (fallen or (bool(mention.dates) and not mention.is_definite)) and not drones


def _are_bodies_found(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "The police found two bodies with gunshot wounds in …": no victims of a bombing or a clash told before."""
    if mention.type != "killing" or mention.is_definite or not mention.triggers or cluster.types & _KILLED:
        return False
    found = reading.document.forms[mention.trigger].lstrip("\u0648\u0641") in _FOUND
    return found and any(p.mention.level not in WIDE for p in mention.places)


def _hits_those_who_came(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "A force on its way to help the post ran into a bomb", "a patrol sent to the village came under attack": another attack."""
    if mention.type not in _ON_THE_WAY or mention.is_definite or mention.is_title or mention.weight < 0.6:
        return False
    if not reading.cues(mention.first, mention.trigger, "relief") or (mention.type == "ied" and "ied" in cluster.types):
        return False
    return not any(reading.cues(m.first, m.last, "relief") for m in cluster.mentions[-_COMPARED:])
