"""Whether two tellings of talks are of one meeting, visit or call: who took part, on what day, where, and what refers back to what."""

from extraction.actors import Actor
from extraction.apart import opens_apart
from extraction.cluster import (
    HEADS,
    STRUCTURE,
    TALK,
    Cluster,
    bodies_of,
    heads_met,
    host_of,
    persons_of,
)
from extraction.event_dates import looks_back
from extraction.folding import fold
from extraction.lexicon import terms, words, words_and
from extraction.mention import Mention
from extraction.place_mentions import WIDE
from extraction.reading import Reading
from extraction.retelling import continues
from extraction.roles import holder_of
from extraction.setting_up import NEEDS_SETTING_UP
from extraction.talk_series import number_of

_COMPARED = 40  # mentions back
_FAR_ALSO, _FAR_DELEGATION, _FAR_POINTS = 5, 8, 14  # tokens
_SAME_VISIT = 6  # sentences
_BESIDE, _THE_TALKS = words("talks.beside"), words("talks.the_talks")
_THIS = words("event_dates.this")
_ALONG = words("talks.along")
_THE_DELEGATION = words("coordination_mentions.the_delegation")
_RANK = 4  # tokens between a body and the name of who holds an office in it
_BETWEEN_TWO = frozenset(("meeting", "visit", "call", "agreement"))
_MAY_BE_OTHERS = _BETWEEN_TWO | NEEDS_SETTING_UP | {"training"}
_THEN = words("talks.then")
_PROVIDES = words_and("coordination_mentions.includes")
_HOUR = words("talks.hour")
_WAS_HELD_AND, _DURING = words_and("talks.was_held"), words("talks.during")
_INSPECTING = terms("talks.inspecting")
_RECEIVED_OR_DISCUSSED = terms("coordination_mentions.receiving") | terms("coordination_mentions.discussed")
_HOLD_OFFICE = frozenset(("person", "executive_office"))
_HE = frozenset(("he", "she", "they"))


def tense(mention: Mention) -> str:
    """Whether talks are to come, were called off, or were held: "they met on Sunday" is no telling of those put off."""
    return mention.modality if mention.modality in ("announced", "cancelled") else ""


def fit_talks(reading: Reading, mention: Mention, cluster: Cluster, date: float, *, alike: bool) -> float | None:
    """None where a mention of talks and what was told of others contradict; else the evidence that they are one (0: none). `date` is what
    their days say for it, `alike` whether their kinds of talk go together."""
    near = cluster.sentences_behind(mention.sentence)
    held = {person.slug for a in mention.actors if (person := holder_of(reading, a))}  # "the ambassador", named before
    ours, theirs = persons_of(mention) | held, cluster.persons
    if _is_told_beside(reading, mention, cluster) or _opens_beside(reading, mention) or is_another_talk(mention, cluster):
        return None
    if _is_with_another(reading, mention, cluster) or _is_of_another_number(reading, mention, cluster):
        return None
    if mention.type == "agreement" and mention.dates and "agreement" not in cluster.types and not (cluster.date and cluster.date.first):
        return None  # "(They met.) The memorandum, which was first signed in 2016, …"
    if opens_apart(reading, mention) and not (mention.is_definite or mention.is_title or ours & theirs):
        return None  # "in a related matter the minister met …"
    host = host_of(mention)
    if host and cluster.hosts and host not in cluster.hosts and not (host in theirs and mention.is_title):
        return None
    others = len(ours & theirs) < 2 and mention.type != "agreement" and _has_others(mention, cluster)
    if not mention.is_definite and not mention.is_title and others and is_later_talk(reading, mention):
        return None
    if near == 1 and _is_held_during(reading, mention):
        return 1.0 + date
    bodies = bodies_of(mention) & cluster.bodies
    goes_on_telling = continues(reading, mention)
    goes_on = mention.is_definite and 0 <= near <= 1  # "the meeting, which So-and-so attended, …"
    told_on = goes_on_telling and near <= 2 and not mention.dates
    strangers = bool(ours and theirs) and ours.isdisjoint(theirs) and not goes_on
    if strangers and (len(bodies) < (1 if goes_on_telling else 2) or (date <= 0 and not told_on)):
        return None
    if mention.is_definite or mention.weight < 0.4:
        named = 0.5 if is_so_called(mention, cluster) else 0.2 if mention.type in cluster.types else 0.0
        return 1.0 + date + named + 0.5 * len(ours & theirs) + (0.2 if bodies else 0) + min(0.0, cluster.nearness(mention.sentence))
    shared = len(ours & theirs) + 0.6 * bool(bodies)
    if not alike:
        return 0.6
    if mention.type not in TALK and mention.type not in cluster.types and not cluster.types | {mention.type} <= {"call", "agreement"}:
        return None
    if mention.type == "agreement" and reading.document.where(_PROVIDES, mention.first, mention.trigger + _FAR_POINTS):
        return None  # "(They met.) The understandings of the two sides provide for six centres"
    if mention.type == "agreement" and not mention.dates and not ours and near <= 6:
        return 0.5 + shared  # what the talks told of before came to
    if shared:
        return date + shared
    agreed = date > 0 and near <= 1 and "agreement" in cluster.types | {mention.type}  # "agreed on Saturday to …. On Saturday they met"
    he = near == 1 and reading.document.forms[mention.first] in _HE
    first_told = cluster.date is None and len(cluster.mentions) == 1 and not (ours or theirs) and mention.type in cluster.types
    same_place = near <= _SAME_VISIT and any(p.keys & cluster.places for p in mention.places)
    said = near == 1 and date > 0 and bool(reading.cues(mention.first, mention.trigger, "say"))
    told_by = said and _shares_place(mention, cluster)  # "the ministry said that, today, …"
    both = near == 1 and cluster.date is None and bool(reading.cues(mention.first, mention.trigger, "two_sides"))
    came = mention.type == "visit" and date > 0 and near <= _SAME_VISIT and _shares_place(mention, cluster)
    bare = near <= 3 and not mention.dates and not mention.places and mention.type in NEEDS_SETTING_UP & cluster.types
    there = he or both or told_by or came or bare or (same_place and (first_told or not mention.dates))
    return 0.4 if mention.is_title or agreed or there or (not mention.dates and near <= 1) else 0.0


def _shares_place(mention: Mention, cluster: Cluster) -> bool:
    """ "(They met in Erbil.) They met at the ministry in the city of Erbil": the same place, or one that lies in the other."""
    around = cluster.places | cluster.within
    near = (p for p in mention.places if p.mention.level not in WIDE)
    return any(p.keys & around or any(o.parents & cluster.places for o in p.options) for p in near)


def _is_held_during(reading: Reading, mention: Mention) -> bool:
    """ "(The two delegations met.) The meeting, or that, came during a visit that So-and-so made": how the talks just told came about."""
    forms, first = reading.document.forms, reading.sentences[mention.sentence].first
    opens = first + 1 < len(forms) and forms[first] in _WAS_HELD_AND and forms[first + 1] in _THE_TALKS | _THIS
    return opens and not _DURING.isdisjoint(forms[first + 2 : first + 4])


def _principals_of(reading: Reading, mention: Mention) -> list[Actor]:
    """The persons talks are between, in order: not those who only came along."""
    people = [a for a in mention.actors if a.kind == "person"]
    along = reading.document.where(_ALONG, mention.first, mention.last) if people else []
    return [a for a in people if not any(i < a.first for i in along)]


def met_in(reading: Reading, mention: Mention) -> set[str]:
    """The persons of a telling of talks that names both sides; nobody was met where a delegation only arrived."""
    people = {a.slug for a in _principals_of(reading, mention)} if mention.type in _BETWEEN_TWO - {"visit"} else set()
    return people if len(people) > 1 else set()


def _is_with_another(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "(The minister met the adviser.) He met the governor": talks of one man with somebody else, named behind the word for them."""
    if mention.is_definite or mention.is_title or mention.type not in _BETWEEN_TWO:
        return False
    people = _principals_of(reading, mention)
    known = {a.slug for a in people} & cluster.persons
    new = [a for a in people if a.first > mention.trigger and a.slug not in cluster.persons]
    if cluster.met and new and len(known) == 1:
        return True
    return len(cluster.sides) > 1 and bool(new) and _is_delegations_own(reading, mention, new[-1])


def _is_delegations_own(reading: Reading, mention: Mention, partner: Actor) -> bool:
    """ "(A delegation of the Peshmerga met officers of the army.) The delegation met the region's envoy": no talks of two sides."""
    near = reading.document.where(_THE_DELEGATION, max(mention.first, mention.trigger - 2), mention.trigger + 3)
    sides = {a.side for i in near for a in mention.actors if a.first == i and a.side}
    office = [a for a in mention.actors if 0 <= partner.first - a.last <= _RANK or a is partner]
    return len(sides) == 1 and sides == {a.side for a in office if a.side}


def _opens_beside(reading: Reading, mention: Mention) -> bool:
    """ "After the meeting he headed for Makhmour and met …", "before the ceremony …": other talks than those known."""
    first = reading.sentences[mention.sentence].first
    forms = reading.document.forms
    if first + 1 >= len(forms) or mention.is_title or mention.type not in ("meeting", "visit", "call"):
        return False
    return forms[first] in _BESIDE and forms[first + 1] in _THE_TALKS and mention.trigger > first + 1 and not mention.is_definite


def _is_told_beside(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """Whether talks are others than those told before by their words alone: elsewhere with other people, of another kind, or of another
    time."""
    if mention.is_title or mention.is_definite or mention.weight < 0.4:
        return False
    elsewhere = bool(mention.places and cluster.places) and not any(p.keys & cluster.places for p in mention.places)
    if elsewhere and reading.document.forms[mention.first] in _THEN:
        return True  # "(They met the minister in Erbil,) then headed for Sulaymaniyah"
    first = cluster.mentions[0]
    named = first.triggers and mention.triggers and not first.is_title
    if not named or mention.sentence in cluster.sentences or mention.type not in _MAY_BE_OTHERS:
        return False
    return (
        _is_with_others(mention, cluster, elsewhere=elsewhere)
        or _is_of_another_kind(reading, mention, cluster)
        or _is_of_another_time(reading, mention, cluster)
    )


def _is_with_others(mention: Mention, cluster: Cluster, *, elsewhere: bool) -> bool:
    """ "(The commander of X met officers in Y.) The commander of Z met …", "the command held a meeting in Erbil": nobody named is the same,
    or who held them took no part in the others; in one place only where two offices each hold a meeting."""
    first = cluster.mentions[0]
    ours, theirs = ({a.slug for a in m.actors if a.kind in _HOLD_OFFICE} for m in (mention, first))
    holder, other = _holder(mention), _holder(first)
    if ours and theirs:
        offices = holder is not None and other is not None and holder.kind == other.kind == "executive_office"
        return ours.isdisjoint(theirs) and (elsewhere or offices)
    return elsewhere and holder is not None and all(a.slug != holder.slug for m in cluster.mentions for a in m.actors)


def _holder(mention: Mention) -> Actor | None:
    """Who is named right behind the word for talks: "[the command] held a meeting"."""
    return next((a for a in mention.actors if mention.triggers and 0 <= a.first - mention.triggers[0].last <= 1), None)


def _is_of_another_kind(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "(They met.) The minister inspected the room", "(The rooms are at work again.) Five joint
    committees were formed", "the coalition also opened a course"."""
    if mention.type == "training":
        return bool(reading.cues(mention.first, mention.first + 3, "also", "other_event"))
    held = mention.modality != "announced" and _is_held(mention)
    if cluster.types == {"visit"} and mention.type == "meeting" and cluster.sentences[0] < mention.sentence and held:
        return True  # "(The minister arrived in Kirkuk.) He held a meeting with the commanders"
    if {mention.type, *cluster.types} <= NEEDS_SETTING_UP and mention.type not in cluster.types:
        return True
    return bool(cluster.types & TALK) and _inspects(mention) != any(_inspects(m) for m in cluster.mentions[-_COMPARED:])


def _is_of_another_time(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "(They had met.) He met, yesterday, …", "(A team visited the area.) The two sides had agreed to …"."""
    ours, theirs = looks_back(reading, mention), looks_back(reading, cluster.mentions[0])
    if theirs and not ours:
        return bool(mention.dates) and cluster.date is None and cluster.sentences[0] < mention.sentence
    return ours and not theirs and mention.type == "agreement"


def _is_held(mention: Mention) -> bool:
    """A meeting by its word, and no reception of who arrived or talk "about" something."""
    return mention.weight >= 0.7 and mention.triggers[0].hit.entry.term not in _RECEIVED_OR_DISCUSSED


def _inspects(mention: Mention) -> bool:
    return mention.type == "visit" and mention.triggers[:1] != () and mention.triggers[0].hit.entry.term in _INSPECTING


def _is_of_another_number(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "(The first meeting brought together …) The second meeting was held …", "a third meeting brought together …"."""
    ours, theirs = number_of(reading, mention), {number_of(reading, m) for m in cluster.mentions[-_COMPARED:]} - {""}
    return bool(ours and theirs) and ours not in theirs


def _has_others(mention: Mention, cluster: Cluster) -> bool:
    """Whether a person, an office or another side takes part that the talks told so far do not name, or who held them."""
    named = {a.slug for m in cluster.mentions for a in m.actors}
    holder = _holder(mention)
    new = [a for a in mention.actors if a.slug not in named]
    return any(a.kind in _HOLD_OFFICE or a is holder or (a.side and a.side not in cluster.sides) for a in new)


def is_another_talk(mention: Mention, cluster: Cluster) -> bool:
    """ "(The minister met the commander.) On 14 November the prime minister and a delegation reached …", "(They met the prime minister.)
    They met the president of the region": nothing but the kind of talks and a delegation is the same."""
    if mention.is_title or mention.is_definite:
        return False
    heads, known, shared = heads_met(mention), cluster.bodies & HEADS, persons_of(mention) & cluster.persons
    if heads and known and not heads & known and len(shared) < 2:
        return True
    if shared:
        return False
    elsewhere = bool(mention.places and cluster.places) and not any(p.keys & cluster.places for p in mention.places)
    if elsewhere and mention.type in STRUCTURE - {"agreement"}:
        return True  # centres had been set up elsewhere
    opens = bool(mention.dates) and mention.dates[0].first - mention.first <= 3 and mention.dates[0].rule == "date"
    return opens and cluster.date is None and all(not m.is_title for m in cluster.mentions)


def is_later_talk(reading: Reading, mention: Mention) -> bool:
    """ "Later in the day the president received him", "in the afternoon he also met the minister": talks of their own."""
    first = reading.sentences[mention.sentence].first
    said = reading.cues(first, first + 4, "after_that", "before_that", "also", "other_event")
    said += reading.cues(mention.trigger, mention.trigger + _FAR_ALSO, "also")  # "the delegation visited also the head of the party"
    forms = reading.document.forms[first : mention.trigger + _FAR_DELEGATION]
    hour = not (_HOUR.isdisjoint(forms) or _THE_DELEGATION.isdisjoint(forms))  # "the delegation met in the afternoon the minister"
    return hour or (mention.weight >= 0.7 and bool(said or any(e.rule == "days" and e.first - first <= 2 for e in mention.dates)))


def is_how_they_talked(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "In a phone call the two sides spoke of …", right behind a lead that two leaders discussed something."""
    lead = cluster.mentions[-1]
    if mention.type != "call" or mention.sentence != lead.sentence + 1 or len(cluster.mentions) > 1 or not lead.triggers:
        return False
    discussed = lead.triggers[0].hit.entry.term in terms("coordination_mentions.discussed")
    return discussed and bool(reading.cues(mention.first, mention.last, "two_sides"))


def is_so_called(mention: Mention, cluster: Cluster) -> bool:
    """Whether one word names both: "the meeting" and what was called a meeting, "the attack" and the attack the forces made."""
    return any(not _words_for(mention).isdisjoint(_words_for(m)) for m in cluster.mentions[-_COMPARED:])


def _words_for(mention: Mention) -> set[str]:
    """The words of its triggers."""
    return {word for t in mention.triggers for word in fold(t.hit.entry.term).split()}
