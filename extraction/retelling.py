"""What says that a sentence goes on about an attack told before: its source's own account of the lead, "the gunmen", "the outpost", "a
clash that followed", an earlier toll, the lead's figures told again."""

from bisect import bisect_right
from functools import cache
from itertools import pairwise

from extraction.apart import BY_ITSELF
from extraction.cluster import POINTS, Cluster, is_rough, repeats_toll
from extraction.companions import THEIR_BODIES
from extraction.event_dates import looks_back
from extraction.folding import fold
from extraction.lexicon import rows, words, words_and
from extraction.mention import Mention
from extraction.place_mentions import WIDE
from extraction.reading import Reading
from extraction.triggers import FORCE_TYPES

_IN_ORDER_TO = "\u0644"  # li-
_AL = "\u0627\u0644"
_WAW = "\u0648"
_OF_A_LEAD = 3  # mentions
_LATER_ON, _OF_A_UNIT = 3, 3  # sentences; tokens
_OBJECT = 13  # tokens from an attack's word to what was struck: "went off beside the road that leads to X as the patrol passed"
_SAID_THAT = words("clause_places.that")
_TARGETS = words("retelling.targets")
_THE_TARGETS = frozenset(_AL + target for target in _TARGETS)
_THIS = words("retelling.this")
_SIDE = words("event_dates.side")
_DENS = words("incident_mentions.dens")
_DURING = words("retelling.during")
_WHILE_IT_WENT_ON = words_and("retelling.while_it_went_on")
_IN_THAT = words("retelling.in_that")
_THE_FORCE = words("retelling.the_force")
_WAS = words("retelling.was")
_THEY, _THE_ATTACKER = words("retelling.they"), words("retelling.the_attacker")
_CLARIFIED = words_and("retelling.clarified")  # spelt as "between" is
_THE_SOURCE = words("retelling.the_source")
_PHASES = frozenset(("armed_attack", "clash", "infiltration", "ambush", "sniper"))
_BOMBS = frozenset(("ied", "suicide_bombing"))
_EXACT, _VAGUE = frozenset(("village", "facility")), frozenset(("natural_feature", "area", "governorate"))
_OPENING = 12  # tokens: "a member of the council, So-and-so, said"
_STRIKES = frozenset(("shelling", "air_strike", "ied", "armed_attack"))


def goes_on_elsewhere(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "(He said that) the attack took place in the village of X, 12 kilometres south of Kifri", right behind "an attack near Kifri": an
    unknown village tells more exactly where it was."""
    at = min((t.first for t in mention.triggers), default=mention.trigger)
    opens = mention.trigger - mention.first <= 3 or not _SAID_THAT.isdisjoint(reading.document.forms[at - 2 : at])
    unknown = any(not p.mention.place and p.mention.level in POINTS for p in mention.places)
    unknown = unknown and 0 < mention.sentence - cluster.mentions[-1].sentence <= _LATER_ON
    # "The attack targeted the third regiment of the brigade of X", in the next sentence: where they are from
    of_unit = cluster.sentences_behind(mention.sentence) == 1 and reading.document.forms[at - 1].removeprefix(_WAW) not in _SIDE
    of_unit = of_unit and all(p.first - at > _OF_A_UNIT for p in mention.places)
    return mention.is_definite and opens and (unknown or of_unit)


def is_sources_account(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "The source said that gunmen attacked …", right behind the lead: its account of the lead's attack."""
    lead = _told_so_far(cluster)
    if not lead or mention.sentence != lead[-1].sentence + 1:
        return False
    kinds = {t.type for t in mention.triggers if t.strength == "strong" and not t.is_definite} or {mention.type}
    forms = reading.document.forms
    at_the_post = mention.type == "suicide_bombing" and not _THE_TARGETS.isdisjoint(forms[mention.trigger : mention.trigger + _OBJECT])
    if kinds <= (BY_ITSELF | FORCE_TYPES) - cluster.types and not at_the_post:
        return False
    first = reading.sentences[mention.sentence].first
    if forms[first] in _CLARIFIED:
        return not _THE_SOURCE.isdisjoint(forms[first + 1 : first + 2])
    told = reading.cues(first, first + 3, "say")
    return any(not _THE_SOURCE.isdisjoint(forms[max(first, c.first - 1) : c.last + 1]) for c in told)


def is_leads_account(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "The major said gunmen had attacked the village of X", right behind an attack on "a village of the subdistrict of Y": the first who
    tells behind the lead tells of the lead's attack, at a village or a river that says more exactly where it was."""
    lead = _told_so_far(cluster)
    kin = cluster.types | (_PHASES if not _PHASES.isdisjoint(cluster.types) else set())  # "an attack was beaten off": one that crept up
    known = cluster.places | cluster.within
    kin = kin | (_BOMBS if not _BOMBS.isdisjoint(kin) else set())
    if any(h.has_figure for h in mention.harms) or (cluster.places and any(p.mention.place and not p.keys & known for p in mention.places)):
        kin = kin - _BOMBS  # "(A car bomb killed 18 in the north.) Witnesses said a man had driven it to a market in X": the lead's
    if not lead or not 0 < mention.sentence - lead[-1].sentence <= 2 or mention.type not in kin - (BY_ITSELF - _BOMBS) or mention.is_other:
        return False
    first = reading.sentences[mention.sentence].first
    governorates = frozenset().union(*[p.keys for p in mention.places if p.mention.level == "governorate"])
    if governorates and cluster.governorates and governorates.isdisjoint(cluster.governorates):
        return False  # "(… in Salahaddin.) And in Diyala the police announced …"
    if not reading.cues(first, first + _OPENING, "say", "relay") or reading.cues(
        first, mention.trigger + 3, "other_event", "also", "second"
    ):
        return False
    places = [p for m in lead for p in m.places]
    if all(is_rough(p) or p.mention.level == "governorate" or p.mention.level in WIDE for p in places):
        return True
    rough = not any(p.mention.level in _EXACT for p in places if p.mention.where_prec != 2)
    return rough and all(not p.mention.place or p.mention.level in _VAGUE or p.keys & known for p in mention.places)


def is_placed_account(mention: Mention, cluster: Cluster) -> bool:
    """ "(Five Peshmerga were killed in an attack on Saturday night.) Militants hit their car with a bomb in the district of X": told
    without a toll, and without another day, right behind a lead that gives no place."""
    told = _told_so_far(cluster)
    if len(told) != 1 or mention.sentence != told[0].sentence + 1 or mention.is_other or not mention.places:
        return False
    lead = told[0]
    if (mention.dates and lead.dates) or mention.harms or lead.places or lead.is_sum or not any(h.has_figure for h in lead.harms):
        return False
    sides = {a.slug for a in mention.actors if a.kind != "person"} & {a.slug for a in lead.actors}
    return len(sides) >= 2 and lead.type in ("armed_attack", mention.type)


def is_of_the_condemned(mention: Mention, cluster: Cluster) -> bool:
    """ "(He offered his condolences for those who fell in the group's attack on X.) The ministry had announced that four were wounded as
    they fought off an attack by the group": the first attack told with a toll, below words about one."""
    told = cluster.mentions
    if mention.is_other or len(told) > _OF_A_LEAD or not all(m.is_condemned and not any(h.has_figure for h in m.harms) for m in told):
        return False
    doers = [{a.slug for a in m.actors if a.kind in ("rebel_terrorist", "unidentified")} for m in (mention, told[0])]
    return mention.type in cluster.types and any(h.has_figure for h in mention.harms) and not doers[0].isdisjoint(doers[1])


def _told_so_far(cluster: Cluster) -> list[Mention]:
    """What the text has told of the event, below the headlines, where that is a few sentences on end and nothing else between them."""
    told = [m for m in cluster.mentions if not m.is_title]
    return told if len(told) <= _OF_A_LEAD and all(b.sentence - a.sentence <= 1 for a, b in pairwise(told)) else []


def is_retold(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "(Four were killed north of Muqdadiya.) The source said the bomb went off near the village of X, killing four": who tells right
    behind the lead, with no figures but the lead's, tells more exactly where it was."""
    first = reading.sentences[mention.sentence].first
    near = 0 < mention.sentence - cluster.sentences[-1] <= 2
    if not near or not reading.cues(first, first + 3, "say", "continue", "the_statement", "according"):
        return False
    if reading.cues(mention.first, mention.trigger + 3, "other_event", "also"):
        return False
    telling = sum(h.value or 0 for h in mention.harms) > 1  # one man killed may be another man
    return telling and not mention.is_other and repeats_toll(mention, cluster)


def hits_dens(reading: Reading, mention: Mention) -> bool:
    """ "The forces shelled the group's dens"."""
    return not _DENS.isdisjoint(reading.document.forms[mention.trigger : mention.trigger + 4])


def is_struck_again(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "They attacked the outpost", of the outpost that an earlier mention brought up."""
    forms = reading.document.forms
    first = reading.sentences[mention.sentence].first
    opens = [f.removeprefix(_WAW) for f in forms[first : first + 3] if f not in _WAS][:1]
    if mention.sentence == cluster.mentions[-1].sentence + 1 and mention.type in cluster.types and not _THE_FORCE.isdisjoint(opens):
        return True  # "The force was on a search when its vehicle hit a bomb", right behind the attack on a force
    after = forms[mention.trigger + 1 : min(mention.trigger + _OBJECT, mention.last)]
    targets = {form.removeprefix(_AL) for form in _THE_TARGETS.intersection(after)}
    known = targets | {_AL + target for target in targets}
    return bool(targets) and any(not known.isdisjoint(forms[m.first : m.last]) for m in cluster.mentions)


def opens_with_the_known(reading: Reading, mention: Mention) -> bool:
    """ "In that attack, a bomb hit …": what follows is told of the attack known before."""
    forms = reading.document.forms
    known = (t for t in mention.triggers if t.is_definite and t.kind == "incident" and 0 < t.first - mention.first <= 3)
    return any(forms[t.first - 1] in _IN_THAT for t in known)


def is_during_this(reading: Reading, mention: Mention) -> bool:
    """ "They took three posts during this attack, but the force struck back in the morning", "during the clashes a bomb went off": of the
    attack told before, whatever else."""
    forms = reading.document.forms
    singular = [t for t in mention.triggers if t.is_definite and t.strength != "plural" and t.kind == "incident"]
    if any(t.first - mention.first == 1 and t.type not in FORCE_TYPES and forms[mention.first] in _WHILE_IT_WENT_ON for t in singular):
        return True
    day = min((e.first for e in mention.dates), default=mention.last)  # what has a day before it goes on about what that sentence tells
    known = (t for t in singular if mention.first + 1 < t.first < day)
    return any(forms[t.first - 1] in _THIS and forms[t.first - 2] in _DURING for t in known)


def is_by_the_known(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "The gunmen then burnt three cars": deeds of attackers told of just before, told with neither day nor place of their own."""
    if mention.dates and not cluster.date_is_told:
        return False
    if not 0 <= mention.sentence - cluster.mentions[-1].sentence <= 2 or cluster.types <= FORCE_TYPES:
        return False
    forms = reading.document.forms
    if not _THEY.isdisjoint(forms[mention.first : mention.first + 2]):
        return True  # "They came from the valley and opened fire"
    if not _THE_ATTACKER.isdisjoint(forms[mention.trigger : mention.trigger + 3]):
        return True  # "(A bomber killed ten.) The attacker blew himself up in X"
    gunmen = (a for a in mention.actors if a.kind == "unidentified" or a.mention.actor == "terrorists")
    told = (a for a in gunmen if forms[a.first].startswith(_AL) or "the" in forms[max(a.first - 1, mention.first) : a.first + 1])
    return any(0 <= mention.trigger - a.last <= 6 for a in told)


def is_account(reading: Reading, mention: Mention, cluster: Cluster, place: float) -> bool:
    """What an officer says right behind the lead, of the same forces in the same district: his figures differ from the lead's."""
    near = 0 < mention.sentence - cluster.mentions[0].sentence <= 2 and len(cluster.mentions) == 1 + cluster.mentions[0].is_title
    if not near or (mention.dates and cluster.date):
        return False
    first = reading.sentences[mention.sentence].first
    if not (reading.cues(first, first + 3, "say", "continue") or reading.document.forms[first] == '"'):
        return False
    if mention.type in BY_ITSELF and mention.type in cluster.types and (not mention.places or place >= 1.5):
        elsewhere = any(p.mention.level not in WIDE and not p.keys & cluster.places for p in mention.places)
        if elsewhere and mention.sentence - cluster.mentions[-1].sentence > 1:
            return False  # another blast may stand between the two
        return not reading.cues(mention.first, mention.trigger + 3, "other_event", "also", "second")
    if place < 1.0:
        return False
    ours = {a.slug for a in mention.actors if a.kind not in ("person", "executive_office")}
    return len(ours & {a.slug for m in cluster.mentions for a in m.actors}) >= 1 and mention.type in cluster.types


def counts_again(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """Whether a sum is that of the headline or of the lead, told again: a large figure of both."""
    told = _figures(reading, cluster.mentions[0])
    return bool(told & _figures(reading, mention))


def _figures(reading: Reading, mention: Mention) -> set[str]:
    days = {i for e in mention.dates for i in range(e.first, e.last)}
    forms = reading.document.forms
    return {forms[i] for i in range(mention.first, mention.last) if i not in days and forms[i].isdecimal() and len(forms[i]) > 1}


def is_one_phrase(one: str, two: str) -> bool:
    """ "Yesterday" and "on the evening of yesterday, Sunday"."""
    ours, theirs = (set(fold(phrase).split()) for phrase in (one, two))
    return (ours <= theirs or theirs <= ours) and ours ^ theirs <= _times_and_weekdays()


@cache
def _times_and_weekdays() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in rows("weekdays.tsv")) | words("event_dates.times_of_day")


def continues(reading: Reading, mention: Mention) -> bool:
    """Whether the sentence continues its source's account ("the statement added")."""
    first = reading.sentences[mention.sentence].first
    return bool(reading.cues(first, first + 3, "continue", "the_statement"))


def is_one_strike(mention: Mention, cluster: Cluster, place: float | None) -> bool:
    """Rockets in one sentence and drones in the next, on one point, undated: one attack told twice."""
    if mention.type not in _STRIKES or (place or 0) < 1.5 or mention.dates or not cluster.types <= _STRIKES:
        return False
    return 0 <= mention.sentence - cluster.mentions[-1].sentence <= 2


def finds_the_taken(mention: Mention, cluster: Cluster) -> bool:
    """ "(Gunmen abducted three farmers.) Their bodies were found today in the valley of X": the end of the abduction just told."""
    found = any(h.rule == THEIR_BODIES for h in mention.harms)
    return found and "abduction" in cluster.types and 0 < mention.sentence - cluster.mentions[-1].sentence <= 1


def follows_the_known(mention: Mention) -> bool:
    """ "A clash that followed the attack": a phase of the attack told before."""
    if mention.type != "clash" or len(mention.triggers) < 2:
        return False
    return any(t.is_definite and 0 < t.first - mention.triggers[0].last <= 2 for t in mention.triggers[1:])


def is_earlier_toll(mention: Mention) -> bool:
    """ "An earlier toll spoke of five dead": of no attack but the one told before."""
    if not mention.harms or mention.dates or mention.places:
        return False
    return all(h.is_earlier for h in mention.harms)


def is_first_count(reading: Reading, mention: Mention, cluster: Cluster) -> bool:
    """ "(13 were killed on Saturday night.) A source had told on Saturday evening of five killed in an attack": what was known that day."""
    first = reading.sentences[mention.sentence].first
    told = mention.type in cluster.types and cluster.sentences[0] < mention.sentence
    return told and looks_back(reading, mention) and bool(reading.cues(first, first + _OPENING, "say"))


def hunts_culprits(reading: Reading, mention: Mention) -> bool:
    """ "The forces began a wide search for the perpetrators": what follows an attack, where it has no toll of its own."""
    if mention.type not in ("security_operation", "arrest") or any(h.has_figure for h in mention.harms):
        return False
    if any(t.type == "arrest" and not t.hit.prefix.endswith(_IN_ORDER_TO) for t in mention.triggers):
        return False  # "the forces arrested the perpetrators" is done, and not only meant
    return bool(reading.document.where(words("retelling.culprits"), mention.trigger, mention.last))


def akin(type_: str) -> frozenset[str]:
    """The types of an event that a word of a type may refer back to: "the blast" is the suicide bombing as well."""
    return _BOMBS if type_ in _BOMBS else frozenset((type_,))


def turns(reading: Reading) -> list[int]:
    """The sentences that open "on another subject", by number, in order."""
    turns = reading.cues(0, len(reading.document.forms), "other_subject")
    numbers = ((bisect_right(reading.sentence_starts, turn.first) - 1, turn.first) for turn in turns)
    return list(dict.fromkeys(n for n, first in numbers if first - reading.sentence_starts[n] < 2))
