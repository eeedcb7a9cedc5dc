"""Whether a sentence, or a whole report, speaks of another theme, where attack and killing are figures of speech or old: sport, a trial."""

from extraction.lexicon import terms, words
from extraction.matching import Hit
from extraction.reading import Reading, between
from extraction.text import Sentence

_FAR_ANNIVERSARY = 14  # tokens
_POLICE = tuple(words("triggers.police"))
_TIGHT, _LAID = words("triggers.tight"), words("triggers.laid")
_OFFICE_FAR = 4  # tokens from "a judge" to his court
_OF_COURT = words("themes.of_court")
_BUILDINGS = terms("triggers.buildings")


def is_about(reading: Reading, sentence: Sentence, *themes: str) -> bool:
    """Whether a sentence speaks of another theme: sport, a trial. A court or a stadium an explosive went off near, or
    where people were killed, is only a place."""
    forms = reading.document.forms
    for c in reading.cues(sentence.first, sentence.last, *themes):
        is_beside = c.first > sentence.first and c.entry.term in _BUILDINGS and forms[c.first - 1] in words("triggers.beside")
        hurt = reading.hits.between("harm", sentence.first, sentence.last) if c.entry.term in _BUILDINGS else []
        is_struck = c.entry.attributes["cue"] == "sport" and any(h.entry.attributes["harm"] == "killed" for h in hurt)
        is_tight = forms[c.first] in _TIGHT and forms[c.first - 1] in _LAID  # "ambushes", "a plan", and no court
        # "a patrol of the criminal police"
        is_police = c.entry.attributes["cue"] == "trial" and c.first > sentence.first and forms[c.first - 1].endswith(_POLICE)
        # "A car bomb struck the head of the criminal court", "the killing of So-and-so, a judge at the court of X"
        before = forms[max(sentence.first, c.first - (_OFFICE_FAR if c.entry.term in _BUILDINGS else 1)) : c.first]
        is_police = is_police or (c.entry.attributes["cue"] == "trial" and not _OF_COURT.isdisjoint(before))
        talks = reading.hits.at("triggers", c.first - 1)
        is_regular = talks is not None and talks.entry.attributes["kind"] == "coordination"  # "the periodic meeting", and no league
        told = reading.hits.between("triggers", sentence.first, c.first) if c.entry.attributes["cue"] == "anniversary" else []
        if any(c.first - t.first > _FAR_ANNIVERSARY for t in told):
            continue  # "a policeman was killed in X, …, two weeks after the country marked the anniversary of …"
        if not (is_beside or is_struck or is_tight or is_police or is_regular or _inside_place(reading, c)):
            return True
    return False


def _inside_place(reading: Reading, cue: Hit) -> bool:
    """A village named after beasts is no beast."""
    return any(p.first <= cue.first < p.last for p in between(reading.places, cue.first - 3, cue.first + 1))


def figures_of_speech(reading: Reading) -> bool:
    """Whether the whole report is of sport, where attack, clash and killing are figures of speech."""
    sport = len(reading.cues(0, len(reading.document.forms), "sport"))
    return sport >= 3
