"""Whether a word that reports an event asserts it: or says that it was foiled, is to come, was denied, or only speaks of it."""

from extraction.folding import fold
from extraction.lexicon import terms, words, words_and
from extraction.matching import Hit
from extraction.numbers import word_value
from extraction.reading import Reading, between
from extraction.text import Sentence

_AL = "\u0627\u0644"
_NEAR_BEFORE = 12
_DESTROYED = words("modality.destroyed")
_BREAKS = frozenset(",;:")
_THERE_IS = words("modality.there_is")
_WHICH = words("mentions.which")
_FOR, _SO = "\u0644", "\u0641"  # li-, fa-
_ATTEMPTS = words("modality.attempts")
_EXCEPT = words("modality.except")
_HARDLY = words("modality.hardly")
_AIMS = words("modality.aims")
_SETS_OUT = words_and("modality.sets_out")
_LAID, _CAUGHT = words("modality.laid"), words("modality.caught")
_QAD = "\u0642\u062f"
_THAT = "\u0623\u0646"
_PAST = words("modality.past")
_BRIGADES = terms("modality.brigades")
_IS = words("modality.is")
_AIM_WORDS = words("modality.aim_words")
_INFINITIVES = words("modality.infinitives")
_MEANS = frozenset(("ied", "weapons_seizure", "shelling"))
_STILL = words("triggers.still")
_THAT_WILL = frozenset(("that", "which", "who"))
_CALLS, _CALLS_OFF = words("modality.calls_off"), 5  # tokens
_CALLED_OFF, _ANY_OF = words("modality.called_off"), words("modality.any")
_DENIERS, _NOT_DONE = words("modality.deniers"), words("modality.not_done")
_NOT = words("particles.not")
_DOERS_OF = words("modality.doers_of")
_IN_IT = words("modality.in_it")
_FAR_TOLL = 14  # tokens
_MODAL = ("purpose", "maybe", "plot", "guilt", "foil", "attempt", "deny", "negate", "plan", "repel")


def modality_of(reading: Reading, hit: Hit, sentence: Sentence) -> str:
    """Asserted, foiled, announced, denied; or not told at all, where the word is only spoken of."""
    low = max(sentence.first, hit.first - 2 * _NEAR_BEFORE)
    cues = reading.cues(low, hit.first, *_MODAL)
    names = {c.entry.attributes["cue"] for c in cues if _is_over(reading, c, hit)} if cues else set()
    if "purpose" in names and hit.first > low and _is_number(reading.document.forms[hit.first - 1]):
        names.discard("purpose")  # "the number of attacks was 71 attacks": counted, not spoken of
    relative = reading.document.forms[hit.last : hit.last + 1]
    was_made = hit.prefix.endswith(_AL) and not _WHICH.isdisjoint(relative)
    if was_made and hit.entry.attributes["type"] == "agreement":
        names -= {"purpose", "plot"}  # "ready to support the carrying out of the agreement that the two signed on 9 October"
    if "guilt" in names and (was_made or _has_its_toll(reading, hit, sentence)):
        names.discard("guilt")  # "accused of the attack that killed two": it was made, whoever made it
    if is_errand(reading, hit) or (hit.prefix.startswith("\u0644") and (hit.entry.is_verb or _is_aim(reading, hit))):
        return "not told"  # in order to
    before = reading.document.forms[max(sentence.first, hit.first - 2 * _NEAR_BEFORE) : hit.first]
    if hit.entry.attributes["type"] in _MEANS and not hit.entry.is_verb and not _STILL.isdisjoint(before[-8:]):
        return "not told"  # "the organisation still owns bombs and arms"
    if hit.entry.attributes["type"] == "ied" and not hit.entry.is_verb and not _DESTROYED.isdisjoint(before[-2:]):
        counted = any(h.entry.attributes["harm"] == "killed" for h in reading.hits.between("harm", sentence.first, hit.first))
        return "not told" if counted else "foiled"  # "(they killed 13 of the group,) destroying three car bombs"
    if hit.entry.attributes["type"] == "ied" and "foil" not in names and _is_being_laid(reading, hit):
        return "not told"
    if before and before[-1] in _IS and not _AIM_WORDS.isdisjoint(before):
        return "not told"  # "the aim of the rooms is to watch the movements of …"
    if len(before) > 4 and before[-1] == "and" and "to" in before[-5:-2] and reading.document.forms[hit.first] in _INFINITIVES:
        return "not told"  # "rooms to exchange information and launch operations"
    if names & {"purpose", "guilt"} or ("maybe" in names and hit.entry.attributes["kind"] == "incident"):
        return "foiled" if "foil" in names else "not told"
    if "plot" in names:
        return "foiled" if reading.cues(sentence.first, hit.first, "foil", "repel") else "not told"
    if "foil" in names:
        return "foiled"
    if hit.entry.attributes["kind"] == "incident" and _is_rumour(reading, hit, sentence):
        return "denied"
    deniable = hit.entry.attributes["kind"] == "incident" or hit.entry.attributes["type"] == "redeployment"
    deniable = deniable or not _THERE_IS.isdisjoint(reading.document.forms[max(low, hit.first - 3) : hit.first])
    if "negate" in names or ("deny" in names and deniable):
        return "denied"
    if hit.entry.attributes["kind"] == "coordination" and before and (undone := _is_undone(reading, hit, before)):
        return undone
    if hit.entry.is_verb and before and not hit.prefix and before[-1].removeprefix("\u0648") in _NOT:
        return "not told"  # "and neither side spreads out there"
    if "plan" in names or "\u0633" in hit.prefix or (sentence.is_title and before and before[-1] == "to"):
        return "announced"  # so a headline's "delegation to visit Baghdad"
    will = reading.cues(hit.last, min(hit.last + 3, sentence.last), "will") if hit.entry.attributes["kind"] == "coordination" else []
    if any(reading.document.forms[c.first - 1] not in _THAT_WILL for c in will):  # but "formed committees that will visit …"
        return "announced"
    return "occurred"


def _has_its_toll(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "He took part in an attack on a post near X in which five were killed"."""
    if hit.entry.is_verb or hit.entry.attributes["strength"] != "strong":
        return False
    in_it = reading.document.where(_IN_IT, hit.last, min(hit.last + _FAR_TOLL, sentence.last))
    return bool(in_it) and bool(reading.hits.between("harm", in_it[0] - 3, in_it[0] + 3))


def _is_being_laid(reading: Reading, hit: Hit) -> bool:
    """ "They shot two men who were trying to lay a bomb", "as they were laying it": it did not go off."""
    forms = reading.document.forms
    return any(forms[i] in _LAID and not _CAUGHT.isdisjoint(forms[max(0, i - 3) : i]) for i in range(max(0, hit.first - 3), hit.first + 1))


def _is_undone(reading: Reading, hit: Hit, before: list[str]) -> str:
    """ "The meeting was called off", "denied holding any meeting", "did not meet": how talks that were not held are told; else empty."""
    far = before[-2:] if hit.entry.is_verb else before[-_CALLS_OFF:]  # "the ministry of X called off a meeting"
    calls = next((i for i, form in enumerate(far) if form in _CALLS), None)
    if not _CALLED_OFF.isdisjoint(before[-2:]) or (calls is not None and "," not in far[calls:]):
        return "cancelled"
    of_any = not _ANY_OF.isdisjoint((before[-1], *reading.document.forms[hit.last : hit.last + 1]))
    denied = (of_any and not _DENIERS.isdisjoint(before[-10:])) or (hit.entry.is_verb and before[-1].removeprefix("\u0648") in _NOT_DONE)
    return "denied" if denied else ""


def _is_over(reading: Reading, cue: Hit, hit: Hit) -> bool:
    """Whether a cue of modality is said of this trigger."""
    if cue.entry.term == _QAD and (is_past(reading, hit) or (not hit.entry.is_verb and _is_of_past(reading, cue))):
        return False
    # "The Counter-Terrorism Service arrested"
    return _governs(reading, cue, hit) and _reaches(reading, cue, hit) and not inside_name(reading, cue)


def _is_rumour(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """ "What pages published about the capture of two men is untrue": the denial stands behind it."""
    before = reading.document.forms[max(sentence.first, hit.first - _NEAR_BEFORE) : hit.first]
    if words("modality.rumour").isdisjoint(before):
        return False
    return bool(reading.cues(hit.last, min(hit.last + 2 * _NEAR_BEFORE, sentence.last), "deny"))


def _is_aim(reading: Reading, hit: Hit) -> bool:
    """ "(They set out) to attack the villages", beside "were exposed to an attack"."""
    before = reading.document.forms[max(0, hit.first - 4) : hit.first]
    return hit.prefix == _FOR and fold(hit.entry.term) in _AIMS and not reading.cues(hit.first - 5, hit.first, "exposed") and bool(before)


def is_errand(reading: Reading, hit: Hit) -> bool:
    """ "(The force was on its way) to arrest a suspect": whom it has not caught."""
    if "arrest" not in (hit.entry.attributes.get("type") or hit.entry.attributes["harm"]):
        return False
    if not any(form.startswith(_FOR) for form in reading.document.forms[max(0, hit.first - 1) : hit.first + 1]):
        return False  # the infinitive itself, or "[to lay] hands on"
    return not _SETS_OUT.isdisjoint(reading.document.forms[max(0, hit.first - _NEAR_BEFORE) : hit.first])


def is_past(reading: Reading, hit: Hit) -> bool:
    """Whether a verb is not in the imperfect: "qad hajama", he had attacked, beside "qad yuhajim", he may attack."""
    form, term = reading.document.forms[hit.first][hit.cut :], fold(hit.entry.term)
    if hit.entry.is_verb and form.startswith(term):
        return True  # "nafadhat", she carried out, is no "we …"
    imperfect = form.startswith("\u062a") and (not term.startswith("\u062a") or form.startswith("\u062a" + term[:3]))
    return hit.entry.is_verb and not form.startswith(("\u064a", "\u0646")) and not imperfect


def _is_of_past(reading: Reading, qad: Hit) -> bool:
    """ "Had been", beside "may be": the word after "qad" is a verb in its past."""
    after = reading.document.forms[qad.last : qad.last + 1]
    if not after or after[0][0] not in "\u064a\u062a":
        return bool(after)
    return after[0] in _PAST or (after[0][0] == "\u062a" and after[0].endswith(("\u062a", "\u0648\u0627")))


def _is_number(form: str) -> bool:
    return form.isdecimal() or (not form.isascii() and word_value(form) is not None)  # "a" is one in other places


def _governs(reading: Reading, cue: Hit, hit: Hit) -> bool:
    """Whether the cue reaches the trigger: guilt and plots far, a purpose only to the words right after it."""
    gap = hit.first - cue.last
    name = cue.entry.attributes["cue"]
    if name == "negate" and not _HARDLY.isdisjoint(reading.document.forms[cue.last : cue.last + 1]):
        return False  # "they had hardly finished when shells fell"
    if name == "purpose" and hit.entry.is_verb and cue.entry.attributes["pos"] == "noun":
        return False  # "the department for combating crime arrested": the noun governs no verb
    if name == "guilt" and fold(cue.entry.term) in _DOERS_OF:
        return gap <= 1  # "the doers of the attack" were killed "in an air strike"
    if hit.entry.is_verb and hit.prefix == _SO and name != "deny":
        return False  # "(went to catch a man accused), so a bomb went off"
    if name in ("guilt", "plot"):
        return gap <= 6
    if name in ("deny", "negate") and not _EXCEPT.isdisjoint(reading.document.forms[cue.last : hit.first]):
        return False  # "no breach was seen today except two shells that fell on …"
    if name in ("deny", "negate"):
        rumour = not words("modality.rumour").isdisjoint(reading.document.forms[cue.last : hit.first])
        gap -= sum(e.last - e.first + 2 for e in between(reading.dates, cue.last, hit.first)) if name == "deny" else 0
        return gap <= (_NEAR_BEFORE + 12 if rumour else 11)
    if name == "plan" and _THAT in cue.entry.term:
        return gap <= _NEAR_BEFORE and not clause_break(
            reading, cue.last, hit.first
        )  # "it is expected that the units begin in the coming days"
    if name == "foil" and not _ATTEMPTS.isdisjoint(reading.document.forms[cue.last : cue.last + 3]):
        return gap <= _NEAR_BEFORE  # "foiled an attempt by the group to infiltrate"
    return gap <= (3 if name == "maybe" else 4)


def _reaches(reading: Reading, cue: Hit, hit: Hit) -> bool:
    """Whether no comma parts a cue from the trigger, or, for a denial, none behind the rumour it denies."""
    first = cue.last
    if cue.entry.attributes["cue"] == "deny":
        first = next((i for i in range(cue.last, hit.first) if reading.document.forms[i] in words("modality.rumour")), first)
        dates = between(reading.dates, first, hit.first)  # "the command denied, today, Friday, that …"
        breaks = [i for i in range(first, hit.first) if reading.document.forms[i] in _BREAKS]
        if all(any(i in (e.first - 1, e.last) for e in dates) for i in breaks):
            return True
    return not clause_break(reading, first, hit.first)


def clause_break(reading: Reading, first: int, last: int) -> bool:
    return not _BREAKS.isdisjoint(reading.document.forms[first:last])


def inside_name(reading: Reading, hit: Hit) -> bool:
    """Joint Operations is a command, not joint operations; the First Joint Brigade is what was formed."""
    if hit.entry.term in _BRIGADES or (hit.entry.attributes.get("type") == "air_strike" and hit.entry.attributes.get("with")):
        return False  # "Iraqi F-16 jets also struck"
    near = between(reading.actors, hit.first - 6, hit.last)
    if hit.entry.attributes.get("kind") == "incident":  # "Turkish airstrikes" names who struck and is what happened
        near = [a for a in near if a.kind != "foreign_military" or (a.first < hit.first and hit.last < a.last)]
    return bool(near) and any(a.first <= hit.first and hit.last <= a.last and a.kind != "rebel_terrorist" for a in near)
