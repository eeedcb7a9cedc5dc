"""Where a clause says its event was: its places less those its people were bound for or fled to, and those that only tell where another
lies or which attack is meant."""

from extraction.lexicon import words
from extraction.mention import SPATIAL
from extraction.place_mentions import Located
from extraction.reading import Reading, between

_AL = "\u0627\u0644"
_WHOLE = frozenset(("gn:99237", "isnad:kurdistan-region", "isnad:disputed-areas"))  # two places of one country are two places
_HOSPITAL, _MOVED, _TO = words("clause_places.hospital"), words("clause_places.moved"), words("clause_places.to")
_UNITS, _CLOSE_TO = words("clause_places.units"), words("clause_places.close_to")
_BOUND_FOR = words("clause_places.bound_for")
_TO_OR_FROM = words("clause_places.to_or_from")
_FAR_TOWARDS = 8  # tokens: "they fled towards distant parts to the north of X"
_TOWARDS = words("clause_places.towards")
_FLED = words("clause_places.fled")
LEADING = words("clause_places.leading")
_LYING = words("clause_places.lying")
_CAPITAL = words("clause_places.capital")
_DISPUTED = words("clause_places.disputed")
_BY_OR_BETWEEN = words("clause_places.by_or_between")
_THAT = words("clause_places.that")
_WHOSE_CAPITAL = words("clause_places.whose_capital")
_ORIENTING = words("place_mentions.directions") | words("clause_places.orienting") | _UNITS

_TELLERS = words("telling_english.tellers")
_TELLER_FAR = 8  # tokens


def where(reading: Reading, places: list[Located], first: int) -> list[Located]:
    """The places of a clause that begins at token `first`, less those its people were bound for, unless it names no other, and those
    a known place is so many kilometres from."""
    places = [p for p in places if not (_is_after_it(reading, p, first) or _is_fled_to(reading, p) or is_of_claimant(reading, p))]
    near = [p for p in places if not (is_bound_for(reading, p) or _is_of_speaker(reading, p))] or places
    if not any(p.mention.level in SPATIAL and not is_measured_from(reading, p) for p in near):
        return near
    return [p for p in near if not is_measured_from(reading, p)]


def _is_of_speaker(reading: Reading, place: Located) -> bool:
    """ "The director of Asayish in Khanaqin, So-and-so, said that …": where he who tells has his office."""
    forms = reading.document.forms
    if forms[place.first].isascii():
        return _is_of_english_teller(reading, place)
    office = next((a for a in between(reading.actors, place.first - 8, place.first) if a.last in (place.first - 1, place.first)), None)
    if office is None or office.kind != "executive_office" or not reading.cues(office.first - 2, office.first, "say"):
        return False
    return not _THAT.isdisjoint(forms[place.last : place.last + 6])


def _is_of_english_teller(reading: Reading, place: Located) -> bool:
    """ "So-and-so, mayor of [Khanaqin], told", "the head of the [Rashad] subdistrict in [Kirkuk] said"."""
    forms = reading.document.forms
    begin = next((i for i in range(place.first - 1, max(0, place.first - _TELLER_FAR), -1) if forms[i] in _TELLERS), None)
    if begin is None or forms[begin + 1] not in ("of", "in", "for"):
        return False
    told = next((c for c in reading.cues(place.last, place.last + _TELLER_FAR, "say", "continue")), None)
    return told is not None and not reading.hits.between("triggers", begin, told.first)


def is_of_teller(reading: Reading, place: Located) -> bool:
    """ "The head of the district of X said that …": a place that only names who tells."""
    if reading.document.forms[place.first].isascii():
        return _is_of_english_teller(reading, place)
    office = next((a for a in between(reading.actors, place.first - 4, place.first + 1) if a.first <= place.first < a.last), None)
    return office is not None and office.kind == "executive_office" and bool(reading.cues(office.first - 2, office.first, "say"))


def is_measured_from(reading: Reading, place: Located) -> bool:
    """Whether a place only says where another lies: "Balad Ruz, 90 km northeast of Baghdad"."""
    forms = reading.document.forms
    units = reading.document.where(_UNITS, place.first - 6, place.first)
    if units and "," not in forms[units[-1] : place.first]:
        return True
    if place.first and forms[place.first - 1] in _WHOSE_CAPITAL:
        return True  # "the council of Salahaddin, whose centre is Tikrit"
    lying = reading.document.where(_LYING, place.first - 3, place.first)  # "the governorate that lies north of the capital"
    return bool(lying) and forms[place.last - 1] in _CAPITAL and "," not in forms[lying[-1] : place.first]


def orients(reading: Reading, place: Located) -> bool:
    """ "In Mosul (350 km north of Baghdad)", "Baquba, northeast of the capital": a larger place that only says where the one named right
    before it lies."""
    forms, at = reading.document.forms, place.first - 1
    while at > 0 and forms[at] in _ORIENTING:
        at -= 1
    if place.first - 1 - at < 1 or place.mention.level not in ("town", "governorate", "district"):
        return False
    while (at > 0 and forms[at] in ("(", ",", ")", '"')) or forms[at].isdecimal():
        at -= 1
    before = between(reading.places, at - 3, at + 1)
    known = before and (before[-1].mention.place or before[-1].mention.level == "governorate")
    return bool(known) and before[-1].last == at + 1 and before[-1].mention.place != place.mention.place


def is_of_claimant(reading: Reading, place: Located) -> bool:
    """ "Territories disputed by Baghdad and Erbil", "claimed by both": two governments, not where anything was."""
    forms, low = reading.document.forms, max(0, place.first - 7)
    disputed = next((i for i in range(place.first - 1, low - 1, -1) if forms[i] in _DISPUTED), None)
    return (
        disputed is not None
        and not _BY_OR_BETWEEN.isdisjoint(forms[disputed + 1 : place.first])
        and "," not in forms[disputed : place.first]
    )


def _is_after_it(reading: Reading, place: Located, first: int) -> bool:
    """Where the hurt were taken and where attackers withdrew to: "flown to Baghdad", "a hospital official in Kalar"."""
    forms = reading.document.forms
    if not _HOSPITAL.isdisjoint(forms[max(first, place.first - 4) : place.last + 2]):
        return True
    if (ward := reading.document.where(_HOSPITAL, place.last, place.last + 5)) and "," not in forms[place.last : ward[0]]:
        return True  # "the head of the emergency ward at Kalar's So-and-so hospital"
    wards = [k for k in range(max(1, place.first - 6), place.first) if forms[k].removeprefix(_AL) in words("clause_places.hospitals")]
    told = wards and reading.hits.between("triggers", wards[0], place.first)  # "taken to the hospital after a blast in X"
    if wards and not told and (forms[wards[0] - 1] in _TO or reading.cues(wards[0] - 4, wards[0], "say")):
        return True  # "the wounded reached the hospital in Erbil", "medical sources in the hospitals of X and Y confirmed"
    to = place.first - 1
    if to <= first or forms[to] not in _TO:
        return False
    return any(form.removeprefix("\u0648").removeprefix("\u0641") in _MOVED for form in forms[max(first, to - 3) : to])


def is_bound_for(reading: Reading, place: Located, going: frozenset[str] = _BOUND_FOR) -> bool:
    """Where people were going, or came from, when they were attacked: "on their way to X"; `LEADING`: where a road goes on."""
    forms, before = reading.document.forms, place.first - 2
    before -= before > 0 and forms[before + 1] in words("clause_places.city")
    return before >= 0 and forms[before] in going and forms[before + 1] in _TO_OR_FROM


def _is_fled_to(reading: Reading, place: Located) -> bool:
    """ "They withdrew towards the Narin basin"."""
    forms = reading.document.forms
    near = range(place.first - 1, max(0, place.first - _FAR_TOWARDS), -1)
    towards = next((i for i in near if forms[i] in _TOWARDS and "," not in forms[i : place.first]), None)
    return towards is not None and not _FLED.isdisjoint(forms[max(0, towards - 3) : towards])


def lies_near(reading: Reading, place: Located) -> bool:
    """ "(In the town of Y) close to X": where another place lies."""
    forms, before = reading.document.forms, place.first - 2
    before -= before >= 0 and forms[before + 1] in words("clause_places.city")
    return before >= 0 and forms[before] in _CLOSE_TO and forms[before + 1] in _TO_OR_FROM


def are_apart(ours: list[Located], theirs: list[Located]) -> bool:
    """Whether two clauses name places of which none lies in another; a name no gazetteer holds is apart from other points alone."""
    ours, theirs = ([p for p in finer(places) if p.mention.level in SPATIAL] for places in (ours, theirs))
    if not ours or not theirs:
        return False
    reach = [{p.mention.place or p.mention.name} | _within(p) - _WHOLE for p in (*ours, *theirs)]
    names = [p.mention.place or p.mention.name for p in (*ours, *theirs)]
    half = len(ours)
    return not any(names[j] in reach[i] or names[i] in reach[j] for i in range(half) for j in range(half, len(names)))


def _within(place: Located) -> set[str]:
    """A place and what it lies in, whichever of its namesakes a name stands for."""
    settled = (o for o in place.options if o.id == place.mention.place or not place.mention.place)
    return {i for o in settled for i in (o.id, *o.parents)}


def finer(places: list[Located]) -> list[Located]:
    """Places less the governorates they lie in."""
    return [p for p in places if p.mention.level != "governorate"] or places


def names_of(places: list[Located]) -> set[str]:
    return {p.mention.place or p.mention.name for p in places if p.mention.level in SPATIAL}
