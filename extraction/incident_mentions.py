"""Read an incident from a clause: which trigger names it, of which type, and whether enough stands beside it to report an event."""

from extraction.folding import fold
from extraction.lexicon import terms, words, words_and
from extraction.matching import bare_forms
from extraction.mention import SPATIAL, Mention
from extraction.no_deeds import is_worn
from extraction.reading import Reading
from extraction.text import Sentence
from extraction.themes import is_about
from extraction.triggers import FALSE_POSTS, FORCE_TYPES, SPECIFICITY, Trigger

_HOSTILE = frozenset(("rebel_terrorist", "unidentified"))
_NO_FORCES = _HOSTILE | {"civilians", "person", "executive_office"}
_NO_ACCIDENTS = frozenset(("suicide_bombing", "shelling", "air_strike", "sniper", "ambush"))
_EXPLOSIONS = tuple(terms("incident_mentions.explosions"))
_HELD_UP = FALSE_POSTS | {"اعترض"}  # who stops travellers need not have fought
_PRECEDED = words_and("apart.went_before")
_ALONGSIDE, _HEARD = words("incident_mentions.alongside"), words("incident_mentions.heard")
_DENS, _BY_MEANS_OF = words("incident_mentions.dens"), words("incident_mentions.by_means_of")
_ABOUT = words("incident_mentions.about")
_FOUND = "عثر"  # what is found beside the dead did not kill them
_ASSASSINATED = words("triggers.assassinated")
_SNIPERS, _ONE_OF = words("incident_mentions.snipers"), words("no_deeds.one_of")
_TAKEN, _WHICH, _LAID, _DURING = (words(name) for name in ("incident_mentions.taken", "mentions.which", "modality.laid", "no_deeds.during"))
_AFTER, _ORDINALS = words("event_dates.side"), words("actors.ordinals")
_ONCE = words("event_dates.after")
_COMMANDERS = words("incident_mentions.commanders")
_OF_ITS_KIND, _AIMS = words("incident_mentions.of_its_kind"), words("incident_mentions.aims")
_TIMED = words("incident_mentions.timed")
_LAUNCH, _THEY_LAUNCHED = words("incident_mentions.launch"), words("incident_mentions.they_launched")
_WAW, _BY = "\u0648", "\u0628"
_GROWING = words("incident_mentions.growing")
_FORCE_WORDS = words("incident_mentions.force_words")
_ON = words("particles.on")
_LAUNCHED = 14  # tokens back to the verb of "launched, at dawn on Friday, an attack"
_SHE_DID = ("\u062a\u0647", "\u062a\u0647\u0627")  # feminine, as "the forces" are
_BROKE_OUT = words("incident_mentions.broke_out")
_STRIKE = words("incident_mentions.strike")
_STRUCK_BY_AIR = frozenset(("killing", "armed_attack", "shelling", "arson_destruction"))
_FLYING, _AIR_FORCE = words("incident_mentions.flying"), words("incident_mentions.air_force")
_FAR_MEANS, _FAR_SUBJECT = 12, 6  # tokens
_FEMININE_VERB = "\u062a"
_HAD_BEEN = words("incident_mentions.had_been")
_ONGOING = terms("incident_mentions.ongoing")
_AIMED = words("incident_mentions.aimed")
_HUNTED = frozenset(("suspect", "attacker", "armed"))  # "the division killed three of those who had carried out the attack"
_LED_TO = words("incident_mentions.led_to")
_ATTACKERS = frozenset(("attacker", "armed", "isis"))
_BEFALLS = frozenset(("ied", "suicide_bombing", "sniper", "ambush"))
_FIRE, _LEFT_HIM_DEAD = words("incident_mentions.fire"), words("incident_mentions.left_him_dead")
_THROWN = terms("incident_mentions.thrown")
_BOMBERS = words("incident_mentions.bombers")
_SET_OUT = terms("incident_mentions.set_out")
_BOMBER = 10  # tokens back to the bomber of "a bomber who drove an old car full of explosives blew it up"
FORCES = ("state_military", "regional_military", "police", "paramilitary_state", "tribal", "coalition", "foreign_military")


def read_incident(reading: Reading, base: Mention, triggers: list[Trigger], sentence: Sentence) -> Mention | None:
    if not triggers:
        return _killing(reading, base, sentence)
    told = [t for t in triggers if t.strength in ("strong", "weak")]
    struck = next((t.first for t in told if t.type not in FORCE_TYPES), None)
    hit = any(t.type in _BEFALLS and t.strength == "strong" and not t.is_definite for t in told)
    if struck is not None:  # "a bomb went off at a force that had set out to search", "on its way back, after a search"
        once = {t.first for t in triggers if reading.document.forms[t.first - 1] in _ONCE and (hit or t.first > struck)}
        aside = once | {t.first for t in triggers if t.hit.entry.term in _SET_OUT and t.first > struck}
        triggers = [t for t in triggers if t.type not in FORCE_TYPES or t.first not in aside]
        told = [t for t in told if t in triggers]
    if any(h.harm == "abducted" and h.party == "isis" for h in base.harms):  # fighters captured in battle are not abducted
        told = [t for t in told if t.type != "abduction"] or told
    if any(t.type == "arrest" for t in triggers) and not any(h.has_figure and h.harm in ("killed", "wounded") for h in base.harms):
        told = [t for t in told if t.type != "ambush"]  # the one they laid for him
        triggers = [t for t in triggers if t.type != "ambush"]
    fought = any(t.type == "clash" and t.strength == "strong" and not t.is_definite for t in told)
    if fought and any(h.harm == "killed" and h.has_figure for h in base.harms):
        told = [t for t in told if t.type not in ("arrest", "weapons_seizure")]  # "two were killed and a third arrested in a clash"
    plural, anaphors = ([t for t in triggers if t.strength == kind] for kind in ("plural", "anaphor"))
    by_means = [t for t in told if plural and (t.type == "killing" or t.first > plural[0].first) and t.strength == "weak"]
    if plural and by_means == told and not any(h.has_figure for h in base.harms):
        told = []  # "after a number of soldiers were killed in attacks", "attacks with snipers and bombs": of some time
    main = _main(told) or (plural[0] if plural else None) or (anaphors[0] if anaphors else None)
    if main is None or _is_accident(reading, base, told, main, sentence):
        return None
    known = next((t for t in triggers if t.is_definite and t.kind == "incident" and t.type not in FORCE_TYPES), None)
    anaphor = known is not None and known.strength == "anaphor"
    ends = base.last if anaphor else main.first  # "the blast killed three, besides destroying a car"
    during = known is not None and not _DURING.isdisjoint(reading.document.forms[known.last : min(known.last + 3, main.first)])
    if (
        known
        and known.first < main.first
        and main.type in FORCE_TYPES
        and (during or any(known.last <= h.first < ends and h.has_figure for h in base.harms))
    ):
        type_ = "armed_attack" if anaphor else known.type
        return base._replace(type=type_, triggers=(known,), is_definite=True, weight=0.3)  # the toll of "the incident"
    before = known is not None and not _HAD_BEEN.isdisjoint(reading.document.forms[known.last : main.last + 1])
    before = before or (known is not None and reading.document.forms[known.first - 1] in _PRECEDED)  # "the blast was preceded by an attack"
    if before and main.strength == "strong" and not main.is_definite:
        known = None  # "these are not the first clashes: six were killed before in similar clashes"
    if known and known.first < main.first and main.type == "clash" and not main.is_definite:  # "the attack set off a gunfight"
        type_ = "armed_attack" if anaphor else known.type
        return base._replace(type=type_, triggers=(known, main), is_definite=True, weight=0.3)
    operation = next((t for t in triggers if t.type == "security_operation" and t.first < main.first), None)
    is_its_aim = operation is not None and fold(main.hit.entry.term) in _AIMED
    if operation and operation.is_definite and main.type in ("air_strike", "shelling") and main.hit.prefix == _BY:
        is_its_aim = True  # "the operation began at dawn with air strikes"
    beside = reading.document.forms[operation.first - 1 : operation.last + 1] if operation else []
    if operation and operation.is_definite and main.type == "ied" and any(not _LED_TO.isdisjoint(bare_forms(f)) for f in beside):
        is_its_aim = True  # "the operation led to the killing of 130 of the group and the blowing up of seven car bombs"
    if operation and operation.is_definite and main.type not in FORCE_TYPES and not base.harms:
        # "the operation aims to put an end to the cells that attacked travellers"
        is_its_aim = is_its_aim or not _AIMS.isdisjoint(reading.document.forms[operation.last : main.first])
    if is_its_aim:  # "the operation began in the morning and targeted the hills"
        return base._replace(type="security_operation", triggers=(main,), is_definite=True, weight=0.3)
    if main.type == "security_operation" and _by_armed_group(base, main) and not _is_of_forces(base, main):
        return base._replace(type="armed_attack", triggers=(main,), is_definite=True, weight=0.3)  # "the gunmen carried out the operation"
    of_a_day = any(h.has_figure for h in base.harms) or any(
        e.rule in ("date", "weekday") or (e.rule == "days" and e.a == e.b) for e in base.dates
    )
    habits = reading.cues(sentence.first, base.last, "habit")
    if main.is_definite or main.type in FORCE_TYPES:  # "the attack took place in the district, which often sees such"
        habits = [c for c in habits if c.first < main.first or "," not in reading.document.forms[main.last : c.first]]
    if not of_a_day and habits:
        return None  # what happens time and again is no event of a day
    # "The attack was made by five men with a sniper": the weapon tells no other attack.
    is_definite = all(t.is_definite for t in [t for t in told if t.strength == "strong"] or told or [main])
    goes_on = _goes_on_about(reading, known, main, sentence)
    if known and known.type == "clash" and not _BROKE_OUT.isdisjoint(reading.document.forms[known.last : min(known.last + 3, main.first)]):
        return base._replace(type="clash", triggers=(known, main), is_definite=True, weight=0.3)  # "the clashes had broken out after …"
    if goes_on and known and main.type == "arson_destruction":  # "the explosion also burnt eighty cars"
        return base._replace(type=known.type, triggers=(known, main), is_definite=True, weight=0.3)
    is_definite = (is_definite or goes_on or _is_the_bomb(known, main)) and not (base.is_next or _is_numbered(reading, main))
    weight = _weight(reading, base, triggers, main, is_definite=is_definite)
    if weight <= 0:
        return None
    type_ = _type(reading, base, told, main)
    if type_ == "killing" and main.strength == "weak" and plural and plural[0].type not in FORCE_TYPES:
        type_ = plural[0].type  # "attacks on its posts led to the death of 25"
    led = (t for t in anaphors if t.type == "security_operation" and t.first < main.first)
    if type_ == "killing" and any(not _LED_TO.isdisjoint(bare_forms(reading.document.forms[t.first - 1])) for t in led):
        type_ = "security_operation"  # "the operation of Wadi So-and-so led to the killing of nine"
    return base._replace(
        type=type_,
        modality=main.modality,
        triggers=(main, *(t for t in triggers if t is not main)),
        is_definite=is_definite,
        is_condemned=bool(reading.cues(sentence.first, main.first, "condemn")),
        weight=weight,
    )


def _is_the_bomb(known: Trigger | None, main: Trigger) -> bool:
    """ "The bomb had been laid beside a track and went off as …": the bomb told of before."""
    return known is not None and main.hit.entry.is_verb and known.type == main.type == "ied" and known.first < main.first


def _is_numbered(reading: Reading, main: Trigger) -> bool:
    """ "The first attack hit a car in …": one of several, told of for itself; not "the second of its kind"."""
    follows = reading.document.forms[main.last : main.last + 2]
    return len(follows) == 2 and follows[0] in _ORDINALS and follows[1] not in _OF_ITS_KIND


def _goes_on_about(reading: Reading, known: Trigger | None, main: Trigger, sentence: Sentence) -> bool:
    """ "The attack was made with a bomb", "the attack was large: the gunmen surprised a post": of the attack told before; what came "after
    the attack" may be another."""
    if known is None or known.first >= main.first or main.type in FORCE_TYPES or main.type == "abduction":
        return False
    if known.strength == "plural" or (known.type == "killing" and known.strength == "weak"):
        return False  # "the bodies of three were found: they had been kidnapped …"
    if reading.document.forms[known.last] in _ORDINALS:
        return False  # "the first explosion was of a bomb beside a garage": told of for itself
    before = [form.removeprefix(_WAW) for form in reading.document.forms[max(sentence.first, known.first - 3) : main.first]]
    if not (_AFTER.isdisjoint(before) and _TIMED.isdisjoint(before)):
        return False
    return not reading.cues(known.first, main.first, "other_event", "second", "after_that", "same_time")


def _is_accident(reading: Reading, base: Mention, told: list[Trigger], main: Trigger, sentence: Sentence) -> bool:
    """An accident or a private quarrel, unless a weapon of war or an armed group is named."""
    cues = reading.cues(sentence.first, sentence.last, "accident", "crime")
    armed = any(a.kind == "rebel_terrorist" for a in base.actors) or reading.hits.between("weapons", sentence.first, sentence.last)
    if not cues or armed or any(t.type in _NO_ACCIDENTS for t in told):
        return False
    return main.type == "killing" or any(c.entry.attributes["cue"] == "accident" for c in cues)


def _by_armed_group(mention: Mention, main: Trigger) -> bool:
    """A verb with an armed group right after or before it as its doer: it reports by itself."""
    if not main.hit.entry.is_verb:
        return False
    # "(They came upon six men of the group,) and stopped two": its doer stands before the comma.
    before = not main.hit.prefix.startswith(_WAW)
    return any(
        a.kind in ("rebel_terrorist", "unidentified") and (0 <= a.first - main.last <= 1 or (before and 0 <= main.first - a.last <= 1))
        for a in mention.actors
    )


def _main(told: list[Trigger]) -> Trigger | None:
    """The trigger that names the event: strong before weak, asserted before definite, then the first."""
    return min(told, key=lambda t: (t.strength != "strong", t.is_definite, t.first), default=None)


def _from_the_air(reading: Reading, base: Mention, main: Trigger, told: list[Trigger]) -> bool:
    """Hideouts destroyed by aircraft or in a strike."""
    # "The air force's planes destroyed", but "an operation […] with air support".
    forms = reading.document.forms
    first = max(base.first, main.first - _FAR_SUBJECT) if main.hit.entry.is_verb else main.last
    near = [forms[i] for i in range(first, min(main.last + 3, base.last)) if forms[i - 1] not in _ALONGSIDE]
    struck = any(t.type == "air_strike" and t.strength == "strong" and not t.is_definite for t in told)
    return struck or not words("triggers.aircraft").isdisjoint(near)


def _is_by_aircraft(reading: Reading, base: Mention, main: Trigger) -> bool:
    """ "The killing of three terrorists by means of F-16 aircraft", "of eight in a strike that the coalition's aircraft carried out"."""
    forms, aircraft = reading.document.forms, words("triggers.aircraft")
    stop = min(main.last + _FAR_MEANS, base.last)
    by = next((i for i in range(main.last, min(main.last + 8, stop)) if forms[i] in _BY_MEANS_OF), None)
    if by is not None and not aircraft.isdisjoint(forms[by + 1 : by + 3]):
        return True
    strike = next((i for i in range(main.last, stop) if forms[i] in _STRIKE), None)
    return strike is not None and not aircraft.isdisjoint(forms[strike + 1 : strike + 5])


def _is_done_by_aircraft(reading: Reading, base: Mention, main: Trigger) -> bool:
    """ "An Iraqi aircraft struck a guesthouse", "the planes hit the village": behind the verb, or before it where it agrees with them."""
    forms, aircraft = reading.document.forms, words("triggers.aircraft")
    if main.hit.entry.attributes["pos"] == "noun":
        return False
    if not aircraft.isdisjoint(forms[main.last : main.last + 1]):
        return True
    before = forms[max(base.first, main.first - _FAR_SUBJECT) : main.first]
    since = max((i + 1 for i, form in enumerate(before) if form == ","), default=0)
    agree = aircraft if forms[main.first].endswith(_FEMININE_VERB) else _FLYING
    return not agree.isdisjoint(before[since:]) or _AIR_FORCE.issubset(before[since:])


def fired_by_forces(base: Mention, main: Trigger) -> bool:
    """Forces that open fire on armed men: a clash, not an attack on the forces."""
    if not main.hit.entry.is_verb or main.type != "armed_attack" or main.hit.entry.term.startswith("تعرض"):
        return False  # who "was exposed to" an attack did not open fire
    if any(main.first <= a.first < main.last for a in base.actors):
        return False  # the trigger's own words name the doer
    doer = [a for a in base.actors if main.last <= a.first <= main.last + 2 or 0 <= main.first - a.last <= 1]
    hostile = [a for a in base.actors if a.kind in ("rebel_terrorist", "unidentified") and a.first > main.first]
    return bool(doer) and doer[0].kind in FORCES and bool(hostile) and hostile[0] is not doer[0]


def _launched_by_forces(reading: Reading, base: Mention, main: Trigger) -> bool:
    """ "The Peshmerga launched an attack on the group's posts", "an attack the forces carried out": theirs, and not on them."""
    if main.type != "armed_attack" or main.hit.entry.is_verb:
        return False
    forms = reading.document.forms
    back = range(main.first - 1, max(base.first, main.first - _LAUNCHED) - 1, -1)
    verb = next((i for i in back if forms[i].removeprefix(_WAW) in _LAUNCH), None)
    if verb is not None:
        after = [a for a in base.actors if verb < a.first < main.first and forms[a.first - 1] not in _ON]
        doers = after[:1] or [a for a in base.actors if verb - 4 <= a.first < verb][-1:]
        return bool(doers) and doers[0].kind in FORCES
    behind = next((i for i in range(main.last - 1, min(main.last + 4, base.last)) if forms[i] in _THEY_LAUNCHED), None)
    if behind is None:
        return False
    after = [a for a in base.actors if behind < a.first <= behind + 5]  # "[that] men of the group [launched]"
    before = [a for a in base.actors if a.first < main.first and a.kind in FORCES]
    return after[0].kind in FORCES if after else bool(before) and forms[behind].endswith(_SHE_DID)


def _is_of_forces(base: Mention, main: Trigger) -> bool:
    """Whether forces are the doers of the verb, right behind or before it."""
    doer = [a for a in base.actors if main.last <= a.first <= main.last + 1 or 0 <= main.first - a.last <= 1]
    hostile = any(a.kind in _HOSTILE and a.first < main.first for a in base.actors)  # "gunmen in the forces' dress stormed"
    return bool(doer) and doer[0].kind in FORCES and not hostile


def _is_of_a_force(reading: Reading, base: Mention, main: Trigger) -> bool:
    """ "The service's forces stormed the quarter and killed 22 gunmen"."""
    before = reading.document.forms[max(base.first, main.first - 3) : main.first]
    return any(h.has_figure for h in base.harms) and all(h.party in _ATTACKERS for h in base.harms) and not _FORCE_WORDS.isdisjoint(before)


def _type(reading: Reading, base: Mention, told: list[Trigger], main: Trigger) -> str:
    """The most telling type of the main trigger's family; the means (an explosive, an aircraft) tell more than "attack"."""
    family = [t for t in told if (t.type in FORCE_TYPES) == (main.type in FORCE_TYPES) and t.modality == main.modality]
    if main.strength == "strong" and not main.is_definite:  # "gunmen attacked a post, while the bomb …": of another event
        family = [t for t in family if not t.is_definite]
    family = family or [main]
    if _launched_by_forces(reading, base, main):
        return "security_operation"
    if main.type == "arrest" and _by_armed_group(base, main) and not _is_of_forces(base, main):
        return "abduction"  # whom the group "arrests" it takes
    if main.type == "security_operation" and (befell := _struck_on_duty(base, told, main)):
        return befell
    if main.type == "security_operation" and _from_the_air(reading, base, main, told):
        return "air_strike"
    flown = any(_is_done_by_aircraft(reading, base, t) for t in told if t.type in _STRUCK_BY_AIR and t.first <= main.first)
    if main.type in _STRUCK_BY_AIR and (flown or _is_by_aircraft(reading, base, main)):
        return "air_strike"
    if main.type == "armed_attack" and not _DENS.isdisjoint(reading.document.forms[main.last : main.last + 2]):
        sentence = reading.sentence_of(main.first)
        by_air = not words("triggers.aircraft").isdisjoint(reading.document.forms[sentence.first : sentence.last])
        return "air_strike" if by_air else "security_operation"  # "a den of terrorists was targeted"
    known = any(t.is_definite and t.type == "armed_attack" and t.first < main.first for t in told)
    if main.type == "arson_destruction" and known and not _by_armed_group(base, main):
        return "armed_attack"  # "the toll of the attack on the post was one dead, and a vehicle burnt"
    felled = any(h.harm == "killed" and h.has_figure and h.party not in _ATTACKERS for h in base.harms)
    if main.type == "infiltration" and felled:
        return "armed_attack"  # "gunmen entered a village, killed two brothers and burnt their home"
    done = (t.type for t in family if t.type in ("abduction", "arson_destruction") and t.strength == "strong")
    if main.type == "infiltration" and (did := next(done, "")):
        return did  # "gunmen entered a village and burnt three orchards", "and led a farmer away"
    if main.type == "killing" and felled:
        family = [t for t in family if t.type != "arson_destruction"]
    if main.type in ("infiltration", "arson_destruction", "suicide_bombing") or main.hit.entry.term.startswith(_FOUND):
        return main.type
    if fired_by_forces(base, main):
        return "clash"
    if (
        main.type == "armed_attack"
        and fold(main.hit.entry.term) in _TAKEN
        and (_is_of_forces(base, main) or _is_of_a_force(reading, base, main))
    ):
        return "security_operation"  # "the Peshmerga took three villages"
    if main.type in FORCE_TYPES:
        return "arrest" if any(t.type == "arrest" and t.first <= main.first + 12 for t in family) else main.type
    destroyed = any(t.type == "arson_destruction" and t.strength == "strong" for t in family)
    if destroyed and main.type in ("ied", "armed_attack") and not any(h.has_figure for h in base.harms):
        return "arson_destruction"  # "the line was exposed to sabotage, two pylons having been blown up with bombs"
    foiled = reading.cues(main.last, base.last, "foil")  # "… two days after a drone attack was foiled": its means are another's
    means = reading.hits.between("weapons", base.first, foiled[0].first if foiled else base.last)
    forms = reading.document.forms
    # Not of "the commander of the artillery", "among them the sniper So-and-so", nor of "caught planting a bomb".
    other = _COMMANDERS | _ONE_OF | _LAID
    weapons = {h.entry.attributes["type"] for h in means if not (is_worn(reading, h) or other & set(forms[h.first - 2 : h.first]))} - {""}
    types = {t.type for t in family if abs(t.first - main.first) <= 25} | (
        weapons if main.type in ("armed_attack", "killing", "ied", "shelling") else set()
    )
    if main.type in ("clash", "abduction", "ambush", "air_strike"):
        types &= {main.type, "suicide_bombing", "air_strike", "abduction", "ambush"} if main.type != "clash" else {"clash", "armed_attack"}
        types |= {main.type}
        if main.type == "clash":
            return (
                "armed_attack" if any(t.type == "armed_attack" and not t.is_definite and t.first < main.first for t in family) else "clash"
            )
    taken = [t for t in family if t.type == "abduction"]
    fought = main.type == "armed_attack" and main.strength == "strong" and main.hit.entry.term not in _HELD_UP
    fought = fought or (main.type == "ambush" and any(h.harm == "killed" for h in base.harms))
    if fought and all(t.first > main.first for t in taken):
        types.discard("abduction")  # "they attacked a post, killed ten guards and captured three"
    near = reading.document.forms[max(base.first, main.first - 8) : main.last + 8]
    before = reading.document.forms[max(base.first, main.first - _BOMBER) : main.first]
    at_the_wheel = (
        main.hit.entry.is_verb and main.type == "ied" and not _BOMBERS.isdisjoint(before)
    )  # "a bomber drove a car and blew it up"
    if at_the_wheel or (main.type == "armed_attack" and "ied" in types and not _BOMBERS.isdisjoint(near)):
        types.add("suicide_bombing")  # "a bomber with a car bomb attacked a headquarters"
    shooter = reading.document.forms[main.last : main.last + 3] + before[-4:]
    if main.type in ("armed_attack", "killing") and not _SNIPERS.isdisjoint(shooter) and _ONE_OF.isdisjoint(before[-6:]):
        types.add("sniper")
    if main.type == "armed_attack" and types <= {"armed_attack", "killing"} and _is_shot_dead(reading, base, main):
        return "killing"
    if main.type == "ied" and main.hit.entry.term.startswith(_EXPLOSIONS) and not weapons:
        struck = {t.type for t in family if t.first > main.first and t.strength == "strong" and not t.is_definite}
        types = struck & {"air_strike", "shelling"} or types  # "an explosion that came of an air strike on a workshop"
    if main.type == "armed_attack" and main.hit.entry.term in _THROWN:
        types.discard("ied")  # a bomb that was thrown lay beside no road
    if "ied" in types and "shelling" in types and main.type == "shelling":
        types.discard("ied")
    if "sniper" in types and main.type not in ("sniper", "killing", "armed_attack"):
        types.discard("sniper")
    if main.type == "killing" and main.hit.entry.term in _ASSASSINATED:
        types -= {"armed_attack", "clash"}
    # A set has no order of its own: of two types that tell as much, the main trigger's stands.
    return max(types, key=lambda t: (SPECIFICITY.get(t, 0), t == main.type, t))


def _struck_on_duty(base: Mention, told: list[Trigger], main: Trigger) -> str:
    """ "A bomb hit a force on its way to search the orchards, and two soldiers were hurt": what befell it; "they search for those who
    abducted seven": what befell these; else empty."""
    if any(h.harm == "abducted" for h in base.harms) and all(h.harm == "abducted" for h in base.harms if h.has_figure):
        return next((t.type for t in told if t.type == "abduction" and t.first > main.first), "")
    hurt = any(h.has_figure and h.harm in ("killed", "wounded") and h.party not in _ATTACKERS for h in base.harms)
    struck = (t.type for t in told if t.type in _BEFALLS and t.strength == "strong" and not t.is_definite and t.modality == main.modality)
    return next(struck, "") if hurt else ""


def _is_shot_dead(reading: Reading, base: Mention, main: Trigger) -> bool:
    """ "They opened fire on the mayor and left him dead": one man was meant, and is dead."""
    forms = reading.document.forms
    shot = not _FIRE.isdisjoint(forms[main.first : main.last + 6])
    return shot and not _LEFT_HIM_DEAD.isdisjoint(forms[main.last : base.last])


def _weight(reading: Reading, base: Mention, triggers: list[Trigger], main: Trigger, *, is_definite: bool) -> float:
    """How much stands beside the trigger; 0 where too little does for the word to report an event."""
    kinds = {a.kind for a in base.actors}
    hostile, forces, civilians = not kinds.isdisjoint(_HOSTILE), not kinds <= _NO_FORCES, "civilians" in kinds
    harmed = any(not h.is_zero for h in base.harms)
    weapon = bool(reading.hits.between("weapons", base.first, base.last))
    placed = any(p.mention.level in SPATIAL for p in base.places)
    several = len({t.type for t in triggers if t.strength in ("strong", "weak")}) > 1 or sum(t.strength != "plural" for t in triggers) > 1
    paired = bool(main.hit.entry.attributes["with"])  # a verb and its object, a noun and its means: two words agree
    company = paired + 2 * harmed + hostile + forces + civilians + weapon + placed + several + bool(base.dates)
    if main.strength == "plural" and reading.cues(base.first, base.last, "tally"):
        return 0  # the heading of a sum
    growing = not main.hit.entry.is_verb and not _GROWING.isdisjoint(reading.document.forms[max(base.first, main.first - 4) : main.first])
    if growing and not (harmed or base.is_title):
        return 0  # "urged forces on Monday to spread out, citing a growing number of attacks"
    if main.strength == "plural":
        specific = [e for e in base.dates if e.rule in ("date", "weekday") or (e.rule == "days" and e.a == e.b)]  # not "recently"
        figure = any(h.has_figure for h in base.harms)
        told = (specific and (placed or harmed)) or (placed and figure)
        if is_definite and figure and not told:
            return 0.3  # "four were killed in the attacks"
        return 0.5 if told else (0.2 if base.is_title and company else 0)
    if main.strength == "anaphor":
        felled = any(h.has_figure and h.party == "isis" and h.harm in ("killed", "arrested") for h in base.harms)
        if main.type == "security_operation" and not is_definite and felled and base.places:
            return 0.7  # "the forces killed four of the group in an operation in Wadi So-and-so"
        return 0.2 if company >= 1 else 0
    spoken_of = main.type == "armed_attack" and reading.document.forms[main.first - 1] in _ABOUT and not main.hit.entry.is_verb
    if spoken_of and not (base.dates or harmed or base.is_title):
        return 0.3  # "he spoke on the programme about the group's targeting of the area of X"
    heard = not _HEARD.isdisjoint(reading.document.forms[max(base.first, main.first - 4) : main.first + 1])
    if main.type == "ied" and heard and not (harmed or base.places or base.dates or base.is_title):
        return 0.2  # "residents heard an explosion"
    if main.type in ("air_strike", "shelling") and main.strength == "weak" and not (base.harms or several or base.is_title):
        return 0.2 if company >= 1 else 0
    if main.type == "sniper" and main.strength == "weak" and not harmed:
        return 0.2 if company >= 1 else 0
    if main.strength == "weak" and company < 2 and not _by_armed_group(base, main):
        where = is_definite and placed and main.type == "ied"  # "the blast occurred in the village of X"
        return 0.3 if company and (base.is_title or where) else 0
    if main.hit.entry.term in _ONGOING and not (placed or harmed or base.dates or base.is_title):
        return 0  # "the forces went on with their operations in all governorates"
    if company < 1:
        return 0.25 if base.is_title or is_definite else 0
    return min(0.95, 0.55 + 0.06 * company)


def _killing(reading: Reading, base: Mention, sentence: Sentence) -> Mention | None:
    """Harm with no word for an attack beside it: an event where arms or an armed side are named, else only more about one told before."""
    counted = [h for h in base.harms if h.harm in ("killed", "wounded", "abducted", "arrested", "surrendered") and not h.is_zero]
    if not counted:
        return _claim(reading, base)
    if is_about(reading, sentence, "accident", "crime", "anniversary", "trial", "exercise", "sport", "fiction"):
        return None
    at, forms = counted[0].first, reading.document.forms
    if any(_WHICH.isdisjoint(forms[c.last : at]) for c in reading.cues(at - 4, at, "plot")):
        return None  # "they planned to murder two officers", beside "the planning of the attack in which 13 fell"
    hostile = any(a.kind in ("rebel_terrorist", "unidentified") for a in base.actors)
    soldiers = any(
        h.party in ("peshmerga", "iraqi_army", "pmf", "police", "federal_police", "cts", "isf", "tribal", "isis", "coalition", "fighter")
        for h in counted
    )
    armed = bool(reading.hits.between("weapons", base.first, base.last)) or any(
        f in words("incident_mentions.armed") or any(part in f for part in words("incident_mentions.arms"))
        for f in reading.document.forms[base.first : base.last]
    )
    hunted = any(h.party in _HUNTED and h.harm == "killed" for h in counted) and any(a.kind in FORCES for a in base.actors)
    only_isis = all(h.party == "isis" or (hunted and h.party in _HUNTED) for h in counted if h.harm == "killed") and any(
        h.harm == "killed" for h in counted
    )
    harm = counted[0].harm
    type_ = {"abducted": "abduction", "arrested": "arrest", "surrendered": "other_incident"}.get(
        harm, ("air_strike" if _flown(reading, base) else "clash") if only_isis else "armed_attack" if hostile or soldiers else "killing"
    )
    if harm in ("killed", "wounded") and not _SNIPERS.isdisjoint(reading.document.forms[base.first : base.last]):
        type_ = "sniper"
    placed = any(p.mention.level in SPATIAL for p in base.places)
    figure = any(h.has_figure and not h.is_earlier for h in counted)
    besides = placed and bool(reading.cues(base.first, base.first + 1, "also"))  # "as also a builder was killed in the quarter of X"
    weight = 0.6 if figure and (hostile or soldiers or armed or hunted or besides) and (placed or base.dates) else 0.3
    weight = max(weight, 0.5) if _is_told_of_a_war(reading, base) else weight
    condemned = bool(reading.cues(sentence.first, counted[0].first, "condemn"))
    weight = 0.3 if condemned else weight  # the dead are mourned or buried: how they died is not told here
    return base._replace(type=type_, is_definite=weight < 0.5, weight=weight, is_condemned=condemned)


def _is_told_of_a_war(reading: Reading, base: Mention) -> bool:
    """ "(The third attack of the group in two weeks.) Thirteen people were killed in X on Thursday": so many, with a day and a village of
    their own, in a report of an armed group."""
    killed = any(h.harm == "killed" and (h.value or 0) > 1 and not (h.is_earlier or h.is_part or h.is_revised) for h in base.harms)
    dated = any(e.rule in ("date", "weekday", "day_of_month") for e in base.dates)
    placed = any(p.mention.level in SPATIAL and p.mention.level not in ("governorate", "district") for p in base.places)
    return killed and dated and placed and not base.is_title and "islamic-state" in reading.listed_actors


def _flown(reading: Reading, base: Mention) -> bool:
    """ "(The coalition said) its aircraft had hit (a hideout, killing six militants)", "F-16 aircraft did away with four"."""
    return bool(reading.document.where(words("triggers.aircraft"), base.first, base.harms[0].last))


def _claim(reading: Reading, base: Mention) -> Mention | None:
    """A claim of responsibility without a word for the attack: more about one told before."""
    hostile = any(a.kind == "rebel_terrorist" for a in base.actors)
    claims = reading.cues(base.first, base.last, "claim")
    if claims and reading.cues(base.first, claims[0].first, "negate"):
        return None  # "no group has claimed it"
    return base._replace(type="armed_attack", is_definite=True, weight=0.2) if hostile and claims else None
