"""Words for deeds that tell of none: dawn, a belt somebody wore, a bomb that lies there, a brigade moved on paper."""

from itertools import pairwise

from extraction.folding import fold
from extraction.lexicon import terms, words
from extraction.matching import Hit
from extraction.reading import Reading, between
from extraction.text import Sentence

_ALEF, _THEY_DID = "\u0627", "\u0648\u0627"
_DAWN = "\u0641\u062c\u0631"  # or "blew up", of the same letters
_DAWN_OBJECTS = words("no_deeds.dawn_objects")
_WORN, _IDENTITY = words("no_deeds.worn"), words("no_deeds.identity")
_ROLLS = words("no_deeds.rolls")
_DID_NOT, _GOES_OFF = words("particles.did_not"), words("no_deeds.goes_off")
_SPREAD, _SEARCHING = "انتشر", words("no_deeds.searching")
_CONTROL, _DURING = fold("سيطر"), words("no_deeds.during")  # "(executed them) during its control of the area"
_HUNTED = frozenset(("isis", "attacker", "suspect", "armed"))
_ONE_OF = words("no_deeds.one_of")  # "(killed four,) among them the sniper So-and-so"
_CALLED_FAR = 10  # tokens
_ONCE, _AWAITED = words("no_deeds.once"), words("no_deeds.awaited")
_TO_BEGIN = frozenset(("security_operation", "clash"))
_MATERIALS, _MANAGED, _OF = words("no_deeds.materials"), words("no_deeds.managed"), words("particles.from")
_LASTED, _YEARS = words("no_deeds.lasted"), words("no_deeds.years")
_THROUGH_IT = words("no_deeds.through_it")
_STILL, _SEES, _WAW = words("no_deeds.still"), words("no_deeds.sees"), "\u0648"
_FORCES = frozenset(("state_military", "regional_military", "police", "paramilitary_state", "tribal", "coalition"))
_MAY_FLY = terms("no_deeds.may_fly")
_FLIES = words("triggers.aircraft") | words("triggers.coalition") | words("no_deeds.in_the_air")  # "the air force", "F-16s"


def is_no_deed(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """Whether a word for an attack, a find or a move tells of none where it stands."""
    if not _IDENTITY.isdisjoint(reading.document.forms[hit.last : hit.last + 2]):
        return True  # "asked that his identity not be disclosed": nothing was found
    return (
        (hit.entry.term == _DAWN and _is_dawn(reading, hit))
        or (hit.entry.attributes["type"] in ("suicide_bombing", "sniper") and _is_killed(reading, hit))
        or (hit.entry.attributes["type"] == "sniper" and not _ONE_OF.isdisjoint(reading.document.forms[max(0, hit.first - 2) : hit.first]))
        or _is_on_paper(reading, hit)
        or (hit.first > 0 and reading.document.forms[hit.first].startswith(_CONTROL) and reading.document.forms[hit.first - 1] in _DURING)
        or is_worn(reading, hit)
        or _is_set_off_by_forces(reading, hit, sentence)
        or _is_opinion(reading, hit, sentence)
        # "(Victory was declared) after battles that lasted three years"
        or not (
            _LASTED.isdisjoint(reading.document.forms[hit.last : hit.last + 1])
            or _YEARS.isdisjoint(reading.document.forms[hit.last : hit.last + 4])
        )
        or _has_not_gone_off(reading, hit)
        or _is_grenade(reading, hit)
        or _lacks_aircraft(reading, hit, sentence)
        or _is_relief(reading, hit, sentence)
        or _is_called_for(reading, hit, sentence)
        or _is_to_begin(reading, hit)
    )


def is_how_things_stand(reading: Reading, sentence: Sentence) -> bool:
    """ "Many areas of the governorate still see attacks and abductions, two years after …": of no day."""
    forms = reading.document.forms
    reach = 8 if forms[sentence.first].isascii() else 2  # tokens
    still = next(
        (i for i in range(sentence.first, min(sentence.first + reach, sentence.last)) if forms[i].removeprefix(_WAW) in _STILL), None
    )
    if still is None or sentence.is_title or not reading.document.where(_SEES, still, min(still + 2 * _CALLED_FAR, sentence.last)):
        return False
    return not any(e.rule in ("date", "days", "weekday") for e in between(reading.dates, sentence.first, sentence.last))


def is_worn(reading: Reading, hit: Hit) -> bool:
    """A belt that a man killed or caught was wearing, or that was found on him: it did not go off."""
    return not _WORN.isdisjoint(reading.document.forms[max(0, hit.first - 2) : hit.first])


def _is_opinion(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "The expert holds that the group seeks no land, and attacks when it knows that no help will come": a verb in the present."""
    if not hit.entry.is_verb or hit.entry.attributes["kind"] != "incident" or hit.first == sentence.first or sentence.is_title:
        return False
    form = reading.document.forms[hit.first][hit.cut :]
    present = form.startswith(("\u064a", "\u062a\u062a")) or (form.startswith("\u062a") and not hit.entry.term.startswith("\u062a"))
    still = reading.document.forms[hit.first - 1] in _STILL  # "its cells still target the forces"
    still = still or not _THROUGH_IT.isdisjoint(reading.document.forms[hit.last : hit.last + 1])  # "a gap that the group slips through"
    return (
        present
        and (still or bool(reading.cues(sentence.first, sentence.first + 2, "habit")))
        and not reading.hits.between("harm", sentence.first, sentence.last)
    )


def _is_set_off_by_forces(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "The forces managed to blow up five bombs", "explosives and blasting material were seized"."""
    if hit.entry.attributes["type"] != "ied" or hit.entry.is_verb or not hit.first:
        return False
    if reading.document.forms[hit.first - 1] in _MATERIALS:
        return True
    forms, near = reading.document.forms, slice(hit.first - 3, hit.first)  # "to blow up five bombs"
    forces = any(a.kind in _FORCES for a in between(reading.actors, max(sentence.first, hit.first - 7), hit.first))
    managed = forces and not _OF.isdisjoint(forms[near]) and not _MANAGED.isdisjoint(forms[max(sentence.first, hit.first - 8) : hit.first])
    return managed and not reading.hits.between("harm", sentence.first, sentence.last)


def _has_not_gone_off(reading: Reading, hit: Hit) -> bool:
    """ "Because of other charges that have not gone off": they lie there."""
    after = reading.document.forms[hit.last : hit.last + 4]
    is_thing = hit.entry.attributes["type"] == "ied" and not hit.entry.is_verb
    return is_thing and any(one in _DID_NOT and two in _GOES_OFF for one, two in pairwise(after))


def _is_grenade(reading: Reading, hit: Hit) -> bool:
    """ "(They attacked the post) with RPG grenades and rifles": the arms of men on foot, no shelling."""
    is_thing = hit.entry.attributes["type"] == "shelling" and hit.entry.attributes["strength"] == "weak" and not hit.entry.is_verb
    return is_thing and any(w.entry.attributes["slug"] == "rpg" for w in reading.hits.between("weapons", hit.first, hit.last + 3))


def _is_dawn(reading: Reading, hit: Hit) -> bool:
    """Dawn, not "he blew up": the bare word, beside a day; "at dawn", not "the two blew up", where nothing to blow up follows."""
    forms = reading.document.forms
    if forms[hit.first].endswith(_DAWN + _ALEF):
        return _DAWN_OBJECTS.isdisjoint(forms[hit.last : hit.last + 2])
    bare = reading.document.forms[hit.first].endswith(_DAWN)
    return bare and any(e.first in (hit.first, hit.last) for e in between(reading.dates, hit.first, hit.last + 1))


def _lacks_aircraft(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "Troops targeted hideouts", with nothing that flies in the sentence: no strike from the air."""
    forms = reading.document.forms[sentence.first : sentence.last]
    return hit.entry.term in _MAY_FLY and _FLIES.isdisjoint(forms)


def _is_relief(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "Reinforcements reached the scene", in a sentence that tells of an attack, "the police spread out in search of …": its aftermath."""
    told = hit.entry.attributes["type"] == "redeployment" and reading.document.forms[hit.first].endswith(_THEY_DID)
    if told and any(a.kind == "rebel_terrorist" for a in between(reading.actors, sentence.first, hit.first)):
        return True  # "men of the group opened fire on the post and then withdrew"
    if hit.entry.term == _SPREAD and not _SEARCHING.isdisjoint(reading.document.forms[hit.last : min(hit.last + 20, sentence.last)]):
        return True
    if hit.entry.attributes["type"] != "redeployment" or not reading.cues(hit.first, hit.last + 4, "relief"):
        return False
    return any(h.entry.attributes["kind"] == "incident" for h in reading.hits.between("triggers", sentence.first, hit.first))


def _is_to_begin(reading: Reading, hit: Hit) -> bool:
    """ "Once the operations are launched", "preparations for the battle", "the awaited campaign", "the operation of the withdrawal"."""
    if hit.entry.attributes["type"] not in _TO_BEGIN or hit.entry.is_verb:
        return False
    forms, moves = reading.document.forms, reading.hits.at("triggers", hit.last)
    if moves is not None and moves.entry.attributes["type"] == "redeployment":
        return True
    return not (_ONCE.isdisjoint(forms[max(0, hit.first - 3) : hit.first]) and _AWAITED.isdisjoint(forms[hit.last : hit.last + 2]))


def _is_called_for(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "(Eight were killed in three attacks,) which made the authorities launch a search": what came of the attacks told before it."""
    if hit.entry.attributes["type"] != "security_operation" or not reading.cues(hit.first - _CALLED_FAR, hit.first, "called_for"):
        return False
    if between(reading.dates, hit.last, hit.last + _CALLED_FAR):
        return False  # "… launch a search this morning in the villages": told for itself
    return any(h.entry.attributes["kind"] == "incident" for h in reading.hits.between("triggers", sentence.first, hit.first - 1))


def _is_killed(reading: Reading, hit: Hit) -> bool:
    """ "(Repelled the attack and) killed a bomber who wore a vest", "killed on Friday a sniper", in the accusative,
    "killed militants, a bomber among them": he did nothing."""
    if reading.document.forms[hit.first - 1] in _ONE_OF and reading.hits.at("people", hit.first) is not None:
        among = reading.hits.between("people", hit.first - 3, hit.first - 1)
        if any(h.entry.attributes["party"] in _HUNTED for h in among):
            return True
    before = reading.hits.at("harm", hit.first - 1) if hit.first else None
    is_man = not hit.entry.is_verb and reading.hits.at("people", hit.first) is not None
    if is_man and before is None and reading.document.forms[hit.first].endswith(_ALEF):
        before = next(iter(reading.hits.between("harm", hit.first - 8, hit.first)), None)
    return before is not None and is_man and before.entry.attributes["harm"] == "killed" and before.entry.attributes["form"] != "people"


def _is_on_paper(reading: Reading, hit: Hit) -> bool:
    """ "The transfer of 18 brigades to the ministry's rolls", "a post in which policemen are deployed": nobody moves."""
    if hit.entry.attributes["type"] != "redeployment":
        return False
    if not words("no_deeds.in_it").isdisjoint(reading.document.forms[hit.last : hit.last + 1]):
        return True
    return bool(reading.document.where(_ROLLS, hit.last, min(hit.last + 12, reading.sentence_of(hit.first).last)))
