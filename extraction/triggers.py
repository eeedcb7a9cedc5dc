"""Which words of a text report an event: lexicon triggers less those that only speak of one (to prevent, accused of, a verbal attack)."""

from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, takewhile

from extraction.folding import fold
from extraction.lexicon import terms, words, words_and
from extraction.matching import Hit, bare_forms
from extraction.modality import clause_break, inside_name, is_past, modality_of
from extraction.no_deeds import is_no_deed
from extraction.no_talks import is_no_talk
from extraction.numbers import is_definite_ordinal, word_value
from extraction.reading import Reading, between
from extraction.records import Placed
from extraction.text import Sentence
from extraction.themes import is_about

_AL = "\u0627\u0644"
_ALEF = "\u0627"
_NEAR_BEFORE = 12
FALSE_POSTS = terms("triggers.false_posts")
_BLOWN_UP = frozenset(("ied", "suicide_bombing", "arson_destruction", "shelling"))
_BY_WEAPONS = _BLOWN_UP - {"arson_destruction"} | {"air_strike", "clash", "sniper"}
_DISMANTLED = terms("triggers.dismantled")  # the sappers take a bomb apart: that is what is told
_CONSTRUCT = terms("triggers.construct")
_WHICH = words("mentions.which")
_SINCE = words("triggers.since")
_BY_PLACES = words("triggers.by_places")
_FOR, _OF_THE = "\u0644", "\u0644\u0644"
_LIGHT = words("triggers.light")
_KNOWN_BY_ARTICLE = frozenset(("ied", "security_operation"))
_LONG = frozenset(("month", "year", "last_month", "last_year", "this_year", "this_month", "months_back", "months_count", "period"))
_METHODS, _MOST, _EXPOSED = words("triggers.methods"), words("triggers.most"), fold("تعرضا")
_GRAVES, _MASS, _TO_GRAVE = words("triggers.graves"), words("triggers.mass"), 10  # tokens
_COURSE, _WITHOUT, _FLEEING = words("triggers.course"), words("mentions.without"), words("triggers.fleeing")
_AT_ONCE, _BROKE = words("triggers.at_once"), tuple(words("triggers.broke"))
_MARKS = frozenset('"(),')
_FIRST = words("triggers.first")
_SUPPORTED = words("triggers.supported")
_STILL_OF_THEM = 12  # tokens
_LASTING = words("triggers.lasting")
_FEMININE_PLURAL = "\u0627\u062a"
_BESIDE_KNOWN = words("triggers.beside_known")
_ONCE_DONE, _WENT_ON = words("event_dates.after"), words("triggers.went_on")
_DAYS = words("triggers.days")
_VEHICLES = words("triggers.vehicles")
_NEEDS_DOER = words("triggers.needs_doer")
_THIS, _IS_HELD = words("triggers.this"), words_and("triggers.is_held_for")
_GUNMEN = frozenset(("rebel_terrorist", "unidentified"))
_TOOK, _BLASTS = "أخذ", tuple(words("triggers.blasts"))
_WITH, _WAS_HELD = words("triggers.with"), words("triggers.was_held")
_ON, _BY = words("triggers.on"), "\u0628"
_SUMS = words("triggers.sums")
_THIS_IS = words("triggers.this_is")
_FIGURATIVE_OBJECTS = words("triggers.figurative_objects")
_DURING, _STRUCK = words("triggers.during"), "\u0636\u0631\u0628"
_BY_AIRCRAFT, _BY_WORDS, _BY_FAR = words("triggers.by_aircraft"), words("triggers.by"), 12  # tokens
_AIRCRAFT, _COALITION = words("triggers.aircraft"), words("triggers.coalition")
_FORCES_OF, _OF_THE_AIR = words("triggers.forces_of"), words("triggers.of_the_air")
_SEVERAL, _DEEDS, _INCLUDING = words("triggers.several"), words("triggers.deeds"), words("triggers.including")
_STORMING, _STORMERS, _SURPRISED = (
    terms("triggers.storming"),
    words("triggers.stormers"),
    ("\u062a\u0641\u0627\u062c", "\u0641\u0648\u062c\u064a"),
)
_TOPICS, _TOPICS_OF = frozenset(("intelligence_sharing", "redeployment", "training")), words("triggers.topics_of")
_THE_OPERATION = words("triggers.the_operation")
_HOLDS, _ETHNIC = terms("triggers.holds"), words("triggers.ethnic")
_STILL, _POSTS_OF = words("triggers.still"), words("triggers.posts_of")
_OWNERS = ("'s", "s'")
_HOLD = words("triggers.hold")
_SPREAD, _SUBJECT = "انتشر", 12  # tokens
_PASSIVE = words("coordination_mentions.passive")
_HIS_MINISTRY = words("triggers.his_ministry")
_DID, _NEAR_COMPANY = terms("triggers.did"), terms("triggers.near_company")
_ORDINALS = words("actors.ordinals")
_COMMAND = words("place_mentions.command")
_CAPTURE = fold("القبض")
_SORTS, _DESTROYS = words("triggers.sorts"), words("triggers.destroys")
_FROM_EXPOSED, _FROM_EXPOSED_TO = 5, 12  # tokens, the latter to "to [the attack]"
_OF_WHAT = 5  # tokens: "[the second phase] of the elections"
_FAR_THAT = 8  # tokens from "told" to "that"
_TO = "\u0627\u0644\u064a"
_WENT_OFF = ("\u0627\u0646\u0641\u062c\u0631", "\u0627\u0646\u0641\u062c\u0627\u0631")  # infajara, infijar
_PRONOUN_ENDINGS = ("ه", "ها", "هم", "هما")

# A trigger of a more telling type names the event where several stand together: an ambush with an explosive is an IED attack.
SPECIFICITY = {
    "suicide_bombing": 12,
    "ied": 11,
    "air_strike": 10,
    "abduction": 9,
    "sniper": 9,
    "ambush": 8,
    "shelling": 8,
    "armed_attack": 6,
    "arson_destruction": 5,
    "clash": 5,
    "killing": 4,
    "infiltration": 3,
    "arrest": 7,
    "weapons_seizure": 6,
    "security_operation": 5,
    "other_incident": 0,
}
FORCE_TYPES = frozenset(("arrest", "weapons_seizure", "security_operation"))
_ANY = frozenset(("armed_attack", "killing", "clash", "other_incident"))
_FORCE, _BY_FORCES = FORCE_TYPES | {"clash"}, FORCE_TYPES | {"redeployment"}
_EXPLOSIVE = frozenset(("ied", "suicide_bombing"))


@dataclass(slots=True, eq=False, init=False)
class Trigger(Placed):
    """A word that reports an event, after its surroundings were heard."""

    first: int
    last: int
    kind: str
    type: str
    strength: str  # strong, weak, plural, anaphor
    is_definite: bool
    modality: str  # occurred, foiled, announced, denied, alleged
    hit: Hit

    def __init__(self, first: int, last: int, kind: str, type: str, strength: str, is_definite: bool, modality: str, hit: Hit):
        self.first = first
        self.last = last
        self.kind = kind
        self.type = type
        self.strength = strength  # strong, weak, plural, anaphor
        self.is_definite = is_definite
        self.modality = modality  # occurred, foiled, announced, denied, alleged
        self.hit = hit


def find_triggers(reading: Reading, sentence: Sentence) -> list[Trigger]:
    """Triggers of one sentence that assert something, in order."""
    hits = reading.hits.between("triggers", sentence.first, sentence.last)
    if not hits or is_about(reading, sentence, "sport", "anniversary", "fiction"):
        return []
    # A false checkpoint is an ambush, no exercise.
    is_exercise = is_about(reading, sentence, "exercise", "trial") and not any(hit.entry.term in FALSE_POSTS for hit in hits)
    figures = reading.cues(sentence.first, sentence.last, "figurative")
    figurative = {i for c in figures for i in range(c.first, c.last)} if figures else set()
    out: list[Trigger] = []
    for hit in hits:
        if is_exercise and hit.entry.attributes["kind"] == "incident" and not _comes_to_trial(reading, sentence, hit):
            continue
        if _dates_another(reading, hit) or _lacks_doer(reading, hit) or is_no_talk(reading, hit) or is_no_deed(reading, hit, sentence):
            continue
        if (
            _is_lasting(reading, hit, sentence)
            or not _has_company(reading, hit, sentence, figurative)
            or (figurative and not figurative.isdisjoint(range(hit.first, hit.last)))
        ):
            continue
        if _is_figure(reading, hit, sentence) or inside_name(reading, hit):
            continue
        modality = modality_of(reading, hit, sentence)
        if modality == "not told":
            continue
        row = hit.entry.attributes
        kind, type_ = ("incident", "shelling") if row["type"] == "shelling" else (row["kind"], row["type"])
        strength = "strong" if row["with"] and row["strength"] == "weak" else row["strength"]
        if reading.document.forms[hit.first] in _SUMS and hit.last == hit.first + 1:
            strength = "plural"  # "attacks have picked up since October"
        if reading.document.forms[hit.first].isascii() and _is_one_of_several(reading, hit, sentence):
            strength = "plural"
        reach = 12 if hit.prefix == _BY else 4  # "the helicopters of the army replied, yesterday morning, by shelling"
        beside = slice(hit.first - 12, hit.first) if hit.entry.term.isascii() and hit.first > 11 else slice(hit.last, hit.last + 2)
        by_coalition = not _COALITION.isdisjoint(reading.document.forms[beside])
        if type_ == "shelling" and by_coalition:
            type_ = "air_strike"  # "the coalition's bombing killed two"
        elif type_ == "armed_attack" and not _BY_AIRCRAFT.isdisjoint(_by_whom(reading, hit)):
            type_, strength = "air_strike", "strong"  # "they were targeted by aircraft"
        elif hit.entry.term in _DESTROYS and not _AIRCRAFT.isdisjoint(
            reading.document.forms[max(sentence.first, hit.first - 6) : hit.first]
        ):
            type_ = "air_strike"  # "fighters of the air force destroyed three dens"
        elif type_ == "shelling" and _is_of_aircraft(reading.document.forms[max(sentence.first, hit.first - reach) : hit.last + 4]):
            type_ = "air_strike"
        if type_ == "suicide_bombing" and not words("triggers.drones").isdisjoint(
            reading.document.forms[max(hit.first - 2, 0) : hit.first]
        ):
            type_ = "air_strike"  # a "suicide drone" carries nobody
        if type_ == "killing" and _is_mass_grave(reading, hit):
            type_ = "other_incident"  # "found a mass grave with the remains of 17": nobody was killed that day
        out.append(Trigger(hit.first, hit.last, kind, type_, strength, _is_definite(reading, hit), modality, hit))
    if is_about(reading, sentence, "animal"):  # no beast shells a shepherd and his flock
        out = [t for t in out if t.type in _BY_WEAPONS]
    return _longest_of_type(out)


def _is_of_aircraft(forms: list[str]) -> bool:
    """ "Warplanes bombed", "the air force bombed"."""
    return not _AIRCRAFT.isdisjoint(forms) or any(one in _FORCES_OF and two in _OF_THE_AIR for one, two in pairwise(forms))


def _is_one_of_several(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "Have launched several military operations", "witnessed many attacks, including abductions", of no day: such things went on."""
    if any(e.rule in ("date", "days", "weekday") for e in between(reading.dates, sentence.first, sentence.last)):
        return False
    forms = reading.document.forms
    near = range(max(sentence.first, hit.first - 3), min(hit.last + 4, sentence.last))
    several = next((i for i in near if forms[i] in _SEVERAL), None)
    if several is None and not _INCLUDING.isdisjoint(forms[sentence.first : hit.first]):
        several = next((i for i in range(sentence.first, hit.first) if forms[i] in _SEVERAL), None)
    return several is not None and any(form in _DEEDS for form in forms[several + 1 : several + 5])


def _comes_to_trial(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """ "Arrested two men yesterday […], who confessed before the judge": the court comes after what is told with its day."""
    themed = reading.cues(sentence.first, sentence.last, "exercise", "trial")
    days = between(reading.dates, hit.first - 8, hit.last + 8)
    return bool(days) and all(c.entry.attributes["cue"] == "trial" and c.first > hit.last + 6 for c in themed)


def _is_lasting(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "(The group) holds the town of X", "its men lay bombs on the roads": a body sentence that opens with the present, and gives neither
    a day nor a loss, tells how things stand. A headline's present tells of today."""
    forms = reading.document.forms
    launched = (
        hit.first - sentence.first <= _STILL_OF_THEM
        and forms[hit.first].endswith(_FEMININE_PLURAL)
        and forms[sentence.first].lstrip("\u0648") in _LASTING
    )
    if sentence.is_title or (not launched and (hit.first != sentence.first or not hit.entry.is_verb or "\u0633" in hit.prefix)):
        return False
    if hit.entry.attributes["kind"] == "coordination" and hit.entry.attributes["type"] != "redeployment":
        return False
    told = any(e.rule not in _LONG for e in between(reading.dates, sentence.first, sentence.last))
    told = told or bool(reading.hits.between("harm", sentence.first, sentence.last))
    return not told and (launched or (forms[hit.first].removeprefix("\u0648")[0] in "\u064a\u062a" and not is_past(reading, hit)))


def _is_mass_grave(reading: Reading, hit: Hit) -> bool:
    forms = reading.document.forms[hit.last : hit.last + _TO_GRAVE]
    return any({one, two} & _MASS and {one, two} & _GRAVES for one, two in pairwise(forms))


def _lacks_doer(reading: Reading, hit: Hit) -> bool:
    """ "Appeared", "crossed", "entered" and "took" in their past are also "noon", "across" and ordinary words: gunmen must do it."""
    if hit.entry.term in _DID and hit.first and (known := reading.hits.at("triggers", hit.first - 1)):
        return known.entry.attributes["kind"] == "coordination"  # "a visit that a joint team made to survey the area"
    if hit.entry.is_verb and (reading.document.forms[hit.first] in _STILL or reading.document.forms[hit.first] in _HIS_MINISTRY):
        return True  # "it still owns", in the letters of "removes"; "his ministry", in those of "and she visited him"
    if hit.entry.is_verb and hit.entry.term == _TOOK:  # "the forces took civilians to a safe place"
        sentence = reading.sentence_of(hit.first)
        return not any(a.kind in _GUNMEN for a in between(reading.actors, sentence.first, hit.last + 2))
    if hit.entry.is_verb and hit.entry.term in _HOLDS and not is_past(reading, hit):
        return True  # "the group holds the countryside around the town"
    if not hit.entry.is_verb or fold(hit.entry.term) not in _NEEDS_DOER or hit.entry.attributes["type"] in _BY_FORCES:
        return False  # "the forces entered the valley to search it"
    if any(form.removeprefix("\u0648").startswith(_BROKE) for form in reading.document.forms[max(0, hit.first - 4) : hit.first]):
        return True  # "broke the group's back"
    return not any(a.kind in _GUNMEN for a in between(reading.actors, hit.first - 3, hit.last + 2))


def _by_whom(reading: Reading, hit: Hit) -> list[str]:
    """The words behind "by" after a trigger, in its clause."""
    forms = reading.document.forms
    near = takewhile(lambda k: forms[k] not in ",.;", range(hit.last, min(hit.last + _BY_FAR, len(forms))))
    by = next((k for k in near if forms[k] in _BY_WORDS), None)
    return forms[by + 1 : by + 3] if by is not None else []


def _dates_another(reading: Reading, hit: Hit) -> bool:
    """ "On the day on which he was abducted, …", "after the withdrawal of …": told only to say when something else was."""
    forms = reading.document.forms[max(0, hit.first - 3) : hit.first]
    if forms and hit.entry.attributes["type"] in ("redeployment", "infiltration", "suspension") and forms[-1] in _SINCE:
        return True  # "since the Peshmerga's withdrawal", "after movements were seen"
    if forms and hit.entry.term in _STORMING and (forms[-1] in _STORMERS or forms[-1].startswith(_SURPRISED)):
        return True  # "an assault force of the police", "were surprised by the raid"
    if hit.entry.attributes["type"] in _TOPICS and not _TOPICS_OF.isdisjoint(forms):
        return True  # "they discussed ways of exchanging information"
    after = reading.document.forms[hit.last : hit.last + 1]
    if not (_THE_OPERATION if hit.entry.attributes["type"] == "armed_attack" else _ETHNIC).isdisjoint(after):
        return True  # "the operation will target the north of the district", "ethnic cleansing"
    if forms and hit.entry.attributes["type"] == "redeployment" and forms[-1] in _POSTS_OF:
        return True  # "not far from the points where the Peshmerga are deployed"
    if hit.entry.attributes["type"] == "air_strike" and not _SUPPORTED.isdisjoint(forms) and not hit.entry.is_verb:
        return True  # "retook some districts with the support of air strikes"
    if forms and hit.prefix.endswith(_AL) and not _METHODS.isdisjoint(bare_forms(forms[-1])):
        return True  # "went back to the method of night raids"
    if fold(hit.entry.term) == _EXPOSED and not _MOST.isdisjoint(reading.document.forms[max(0, hit.first - 5) : hit.first]):
        return True  # "one of the areas most exposed to the group's activity"
    if forms and forms[-1] in _COURSE and hit.prefix.endswith(_AL):
        return True  # "on the course of the battles, the major said …"
    if forms and hit.entry.attributes["type"] == "clash" and (forms[-1] in _WITHOUT or not _FLEEING.isdisjoint(forms[-2:])):
        return True  # "took the town without fighting", "for their flight from the battles of X"
    if len(forms) > 1 and hit.prefix.endswith(_AL) and any(f in _AT_ONCE for f in forms[:2]) and forms[-1] != forms[0]:
        return True  # "at the same time as this attack they burnt two houses"
    return len(forms) == 3 and forms[2] in _WHICH and forms[1].removeprefix(_AL) in _DAYS and forms[0] in _ON


def _is_figure(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "Attacked the decision fiercely", "blew it up under control": no attack."""
    if hit.entry.attributes["kind"] != "incident":
        return False
    if not _FIGURATIVE_OBJECTS.isdisjoint(chain.from_iterable(map(bare_forms, reading.document.forms[hit.last : hit.last + 3]))):
        return True
    type_ = hit.entry.attributes["type"]
    if (type_ not in _BLOWN_UP and type_ not in FORCE_TYPES) or hit.entry.term in _DISMANTLED:
        return False
    hurt = bool(reading.hits.between("harm", sentence.first, sentence.last))
    if hurt and hit.entry.term.startswith(_WENT_OFF):
        return False  # "a policeman was killed when a bomb went off as the explosives squad took it apart"
    reach = min(hit.last + _NEAR_BEFORE, sentence.last) if hurt else sentence.last
    controlled = reading.cues(hit.last, reach, "controlled")
    found = hit.entry.is_verb and type_ in FORCE_TYPES  # found, and then, behind a comma, blown up
    if controlled and not (found and clause_break(reading, hit.last, controlled[0].first)):
        return True
    return type_ == "ied" and not hurt and bool(reading.cues(sentence.first, hit.first, "controlled"))


def _firmest(trigger: Trigger) -> tuple[int, int, int, bool]:
    """Of triggers that begin at one word the longest, then the one whose own letters the word has: "came to" is no "brings"."""
    return trigger.first, trigger.first - trigger.last, -len(trigger.hit.entry.term), not trigger.hit.entry.attributes["with"]


def _longest_of_type(triggers: list[Trigger]) -> list[Trigger]:
    """Where triggers overlap the longest stands; of one length, the one that needed company and had it."""
    out: list[Trigger] = []
    for before, after in pairwise(triggers):
        if before.strength == "plural" and after.hit.entry.is_verb and 0 <= after.first - before.last <= 1:
            after.strength = "plural"  # "several attacks that struck …"
    for trigger in sorted(triggers, key=_firmest):
        if not out or trigger.first >= out[-1].last:
            out.append(trigger)
        elif trigger.type == out[-1].type and trigger.first > out[-1].first and (out[-1].strength, trigger.strength) == ("weak", "strong"):
            out[-1].strength = "strong"  # "Katyusha rockets fired …": the noun's own verb
    return out


def _has_company(reading: Reading, hit: Hit, sentence: Sentence, figurative: set[int]) -> bool:
    wanted = hit.entry.attributes["with"]
    if not wanted:
        return True
    company = _company(wanted)
    forms = reading.document.forms
    # Between "arrived" and "with a delegation" stand names and offices.
    reach = 3 if hit.entry.attributes["type"] == "redeployment" else 10
    if hit.entry.is_verb:
        reach = 24 if hit.entry.attributes["kind"] == "coordination" else 14 if hit.entry.attributes["type"] in FORCE_TYPES else 10
    if hit.entry.attributes["type"] == "visit":
        reach = max(reach, 18)  # "the arrival of the commander, Lieutenant General So-and-so, in X at the head of a delegation"
    if hit.entry.term in _NEAR_COMPANY and hit.entry.attributes["type"] in ("support", "clash"):
        reach = 8  # "gave them, on Sunday, a shipment of arms", and not "a briefing on men caught with arms"
    if hit.entry.is_verb:  # the name in "men of the group "X" set, on Tuesday, fire to …" is no further for its marks
        reach += sum(form in _MARKS for form in forms[hit.last : hit.last + reach])
    near = forms[hit.last : min(hit.last + reach, sentence.last)]
    if hit.entry.term == _SPREAD and hit.entry.attributes["type"] == "redeployment":  # "the two brigades […] were posted in X"
        near += forms[max(sentence.first, hit.first - _SUBJECT) : hit.first]
    if hit.entry.attributes["type"] == "ied" and hit.entry.is_verb:
        near = [f for f in near if not f.startswith(_FOR)]  # "the village saw an attack in an attempt to blow up a school"
    if hit.entry.attributes["type"] == "security_operation":  # "[the command of] operations", "the second phase of the elections"
        near = [f for i, f in enumerate(near, hit.last) if forms[i - 1] not in _COMMAND and not reading.cues(i + 1, i + _OF_WHAT, "civil")]
    if hit.entry.attributes["type"] == "air_strike" or hit.entry.term == _STRUCK:
        # "Struck Aviation Square", "struck the crowd during a march" (in the letters of "a drone")
        named = {i for p in between(reading.places, hit.last, hit.last + reach) for i in range(p.first, p.last)}
        near = [f for i, f in enumerate(near, hit.last) if i not in named and forms[i - 1] not in _DURING]
    if hit.entry.attributes["type"] == "armed_attack" and _CAPTURE in near:  # "they caught (threw the catch on) two men with a bomb"
        near = near[: near.index(_CAPTURE)]
    if hit.entry.attributes["type"] == "weapons_seizure":  # "disclosed the toll of the blast of two bombs"
        near = [f for i, f in enumerate(near, hit.last) if not forms[i - 1].endswith(_BLASTS)]
    if hit.entry.attributes["type"] == "arson_destruction" and hit.entry.is_verb:  # what was blown up, not what it was blown up beside
        near = [f for i, f in enumerate(near, hit.last) if forms[i - 1] not in _BY_PLACES and not f.startswith(_FOR)]
        near = list(takewhile(lambda f: not _VEHICLES & set(bare_forms(f)), near))  # "blew up his truck, and part of the building fell"
    if company.isdisjoint(chain.from_iterable(map(bare_forms, near))):
        return False
    return not figurative or any(i not in figurative and not company.isdisjoint(bare_forms(form)) for i, form in enumerate(near, hit.last))


@cache
def _folded(alternatives: str) -> frozenset[str]:
    return frozenset(fold(word) for word in alternatives.split("|"))


@cache
def _company(alternatives: str) -> frozenset[str]:
    """The words that must stand near, with and without the accusative's alef, and their duals."""
    return frozenset(form for word in _folded(alternatives) for form in (word, word + _ALEF, *_duals(word)))


def _duals(word: str) -> tuple[str, ...]:
    if word.isascii() or " " in word:
        return ()
    base = word[:-1] + "\u062a" if word.endswith("\u0647") else word
    return base + "\u064a\u0646", base + "\u0627\u0646"


def _is_this(reading: Reading, hit: Hit) -> bool:
    """ "This is the latest attack that the group …"."""
    forms = reading.document.forms[max(0, hit.first - 4) : hit.first]
    it_was = forms[-2:] == ["it", "was"] or forms[-3:-1] == ["it", "was"]  # "officials believe it was a suicide attack"
    return not hit.entry.is_verb and (it_was or not (_THIS.isdisjoint(forms) or _IS_HELD.isdisjoint(forms)))


def _is_definite(reading: Reading, hit: Hit) -> bool:
    forms = reading.document.forms
    form, rest = forms[hit.first], forms[hit.first + 1 : hit.last]
    if hit.prefix == _BY + _AL and not _LIGHT.isdisjoint(forms[max(0, hit.first - 5) : hit.first]):
        return False  # "they carried out the attack on the post": attacked it
    if is_known_by_its_place(reading, hit) or (hit.entry.attributes["kind"] == "incident" and _is_this(reading, hit)):
        return True
    far = _FROM_EXPOSED_TO if hit.prefix.startswith(_FOR) or forms[hit.first - 1] == _TO else _FROM_EXPOSED
    if hit.entry.attributes["kind"] == "incident" and reading.cues(hit.first - far, hit.first, "exposed"):
        return False  # "two herdsmen were exposed to abduction"
    if (
        (hit.entry.attributes["kind"] == "coordination" or hit.entry.term in _CONSTRUCT or hit.entry.attributes["type"] in _EXPLOSIVE)
        and any(f.startswith(_AL) for f in rest)
        and f" {_AL}" not in fold(hit.entry.term)
    ):
        return True
    if hit.entry.attributes["with"] and hit.entry.attributes["kind"] == "coordination" and not form.startswith(_AL):
        # "The meeting was held": one told of before
        wanted = _folded(hit.entry.attributes["with"])
        follows = reading.document.forms[hit.last : hit.last + 3]
        at = next((i for i, f in enumerate(follows) if f.startswith(_AL) and f not in wanted and wanted & set(bare_forms(f))), None)
        return at is not None and _ORDINALS.isdisjoint(follows[at + 1 :])  # "the first round was held" is news
    if hit.entry.is_verb and hit.entry.attributes["with"] and hit.entry.attributes["type"] in _KNOWN_BY_ARTICLE:
        follows = forms[hit.last : hit.last + 1]  # "the mine exploded", "the operation began": told before
        return any(f.startswith(_AL) and _folded(hit.entry.attributes["with"]) & set(bare_forms(f)) for f in follows)
    if hit.entry.attributes["kind"] == "coordination" and _is_numbered_talk(forms, hit.last):
        return False
    done = (form.removeprefix("\u0648") for form in forms[max(0, hit.first - 3) : hit.first])
    if hit.entry.attributes["type"] == "agreement" and any(form in _PASSIVE for form in done):
        return False  # "it was agreed (during the meeting) to", in Arabic "the agreeing was done"
    if hit.prefix.endswith(_AL) or (
        hit.entry.attributes["pos"] == "fixed" and fold(hit.entry.term).startswith(_AL) and hit.last == hit.first + 1
    ):
        return True
    before = forms[hit.first - 1] if hit.first and not hit.entry.is_verb else ""
    if before.endswith("'s") and any(e.first == hit.first - 1 for e in between(reading.dates, hit.first - 1, hit.first)):
        return True  # "over Sunday's bombing"
    if before.endswith(_OWNERS) and hit.entry.attributes["kind"] == "coordination" and hit.entry.attributes["pos"] == "noun":
        return True  # "the delegation's visit was successful"
    if not hit.prefix and before and is_definite_ordinal(_AL + before) and forms[hit.first - 2] in _THIS_IS:
        return True  # "this is the third attack of its kind"
    if not hit.prefix and before in _FIRST and forms[hit.first - 2] in _THIS_IS:
        return True  # "this is the first operation of its kind since"
    if before.isascii() and forms[hit.first - 2 : hit.first - 1] == ["the"] and (word_value(before) is not None or before in _SORTS):
        return True  # "the two hostages", "the twin attack"
    if before in _ONCE_DONE and form.endswith(_PRONOUN_ENDINGS[1:]):
        return True  # "fighting broke out after its shelling"
    if before in _WENT_ON and hit.entry.attributes["kind"] == "incident" and hit.entry.attributes["type"] not in FORCE_TYPES:
        return True  # "they went on firing"
    named = (
        forms[hit.first - 2 : hit.first - 1] == ["the"]
        and reading.document.raw[reading.document.span(hit.first - 1, hit.first)[0]].isupper()
    )
    if named and hit.entry.attributes["kind"] == "incident" and hit.entry.attributes["type"] not in FORCE_TYPES:
        return True  # "the group claimed the Tabaj attack"
    if before == "the" and "of" in forms[hit.last - 1 : hit.last + 1] and reading.cues(hit.first - 3, hit.first, "say"):
        return False  # "announced the arrest of a leader": told for the first time
    if before.isascii() and (before in _THIS or before in ("the", "same")):
        # "Told the agency that joint patrols had begun"
        return before != "that" or not (form.endswith("s") or reading.cues(hit.first - _FAR_THAT, hit.first, "say"))
    if hit.entry.attributes["kind"] == "coordination" and not _HOLD.isdisjoint(forms[max(0, hit.first - 4) : hit.first]):
        return False  # "the committee held its periodic meeting"
    return (
        hit.entry.attributes["pos"] == "noun"
        and hit.last == hit.first + 1
        and form.endswith(_PRONOUN_ENDINGS)
        and not form.endswith(("يه",))
        and len(form) > 5
        and (fold(hit.entry.term) not in bare_forms(form))
    )


def _is_numbered_talk(forms: list[str], after: int) -> bool:
    """ "(He held two meetings.) The first meeting was with …", "brought together …": told there, and not before; `after` is the token
    behind the word."""
    if forms[after : after + 1] == [] or forms[after] not in _ORDINALS:
        return False
    if forms[after + 1 : after + 2] and forms[after + 1].startswith(_OF_THE):
        return True  # "during the fourth meeting of the committee, which was hosted by …"
    return any(form in _WITH or form in _WAS_HELD for form in forms[after + 1 : after + 3])


def is_known_by_its_place(reading: Reading, hit: Hit) -> bool:
    """ "Three days before the Udhaim attack", "together with the Kulajo attack": told only to say when something else was."""
    if hit.entry.is_verb or hit.prefix:
        return False
    before = reading.document.forms[max(0, hit.first - 1) : hit.first]
    return bool(before) and before[0] in _BESIDE_KNOWN and any(p.first == hit.last for p in between(reading.places, hit.last, hit.last + 1))


def is_compatible(one: str, two: str) -> bool:
    """Whether two words for incidents, by their types, may speak of one."""
    if one == two or (one in _ANY and two not in FORCE_TYPES) or (two in _ANY and one not in FORCE_TYPES):
        return True
    if one in _EXPLOSIVE and two in _EXPLOSIVE:
        return True
    if "infiltration" in (one, two) and {one, two} & {"clash", "armed_attack", "infiltration"}:
        return True
    if {one, two} in ({"ambush", "ied"}, {"shelling", "air_strike"}):
        return True
    return one in _FORCE and two in _FORCE and bool({one, two} & FORCE_TYPES)
