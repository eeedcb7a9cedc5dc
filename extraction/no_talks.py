"""Words for talks that tell of none: the wounded a hospital received, a call from kidnappers, an official who told an agency by phone."""

from extraction.lexicon import terms, words, words_and
from extraction.matching import Hit
from extraction.reading import Reading

_RECEIVED = terms("no_talks.received")
_NEAR_HOSPITAL = 10  # tokens: "a doctor at the hospital said: “of the wounded we received 16”"
_HOSPITALS = words("no_talks.hospitals")
_CAPTORS = words("no_talks.captors")
_RETURN = words("no_talks.in_return")
_TAKEN_IN = words("no_talks.taken_in")
_FAR_TELLING = 10  # tokens back to "affirmed", over an office and its holder
_OUTLETS = words_and("speakers.agency") | words("no_talks.agencies")
_MET, _FORCES = "\u0627\u0644\u062a\u0642\u0649", words("no_talks.forces")
_WITH = words("triggers.with")
# "News spread in the media", "the army published a statement" (in the letters of "posted"), "a force searches for them" (of "discusses"),
# "a statement that the agency saw" (of "was shown the front"), "money in return for their release" (of "a meeting"): the tokens behind the
# word, and what stands there.
_NO_TROOPS, _PUBLISHED = words("no_talks.no_troops"), words("no_talks.published")
_FOR_HIM = words("no_talks.for_him")
_IN_OTHER_SENSE = {"انتشر": (3, _NO_TROOPS), "نشر": (4, _PUBLISHED), "بحث": (1, _FOR_HIM), "اطلع": (1, _FOR_HIM), "لقاء": (1, _RETURN)}
_NETWORKS, _NETWORK_FAR = words("no_talks.networks"), 6  # "(took apart) a network that supplied them with arms"
_IN_OTHER_SENSE["وقع"] = (1, words("no_talks.befell"))  # "the attack befell" (in the letters of "signed")


def is_no_talk(reading: Reading, hit: Hit) -> bool:
    """ "The hospital received two bodies", "a call from the kidnappers": no talks."""
    reach, behind = _IN_OTHER_SENSE.get(hit.entry.term, (0, _RETURN))
    if hit.entry.attributes["kind"] != "coordination":
        return False
    if not behind.isdisjoint(reading.document.forms[hit.last : hit.last + reach]):
        return True
    if hit.entry.attributes["type"] == "support":
        return not _NETWORKS.isdisjoint(reading.document.forms[max(0, hit.first - _NETWORK_FAR) : hit.first])
    if hit.entry.attributes["type"] not in ("meeting", "call"):
        return False
    before = reading.document.forms[max(0, hit.first - 2) : hit.first]
    if before == ["there", "are"] or before[-1:] == ["no"]:
        return True  # "there are talks on joint patrols, but nothing has been signed", "there was no meeting"
    near = reading.document.forms[max(0, hit.first - 3) : hit.last + 6]
    beside = reading.document.forms[max(0, hit.first - 1) : hit.first] + reading.document.forms[hit.last : hit.last + 1]
    if hit.entry.term == _MET and not _FORCES.isdisjoint(beside):
        return True  # "the two forces met at the bridge"
    received = hit.entry.term in _RECEIVED and (
        not _TAKEN_IN.isdisjoint(reading.document.forms[hit.last : hit.last + 4])
        or not _HOSPITALS.isdisjoint(reading.document.forms[max(0, hit.first - _NEAR_HOSPITAL) : hit.last + 2])
        or any(h.entry.attributes["form"] == "people" for h in reading.hits.between("harm", hit.last, hit.last + 4))
    )
    return received or not _CAPTORS.isdisjoint(near) or (hit.entry.attributes["type"] == "call" and _is_told_by_phone(reading, hit))


def _is_told_by_phone(reading: Reading, hit: Hit) -> bool:
    """ "He told the agency by phone": how somebody told it, where nobody else is on the line."""
    forms = reading.document.forms
    says = reading.cues(hit.first - _FAR_TELLING, hit.first, "say", "continue", "to_outlet")
    listener = not _OUTLETS.isdisjoint(forms[hit.last + 1 : hit.last + 3])  # "affirmed in a call with the agency X that"
    return (
        bool(says)
        and not hit.entry.is_verb
        and (listener or (says[-1].first >= hit.first - 6 and _WITH.isdisjoint(forms[hit.last : hit.last + 2])))
    )
