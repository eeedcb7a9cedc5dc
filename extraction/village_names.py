"""Whether a name that is a common word as well, or that of a village among thousands, stands where a place does."""

from extraction.lexicon import words
from extraction.matching import Hit
from extraction.persons import stop_words
from extraction.places import Place
from extraction.text import Document

_WAW = "\u0648"
_TEH_MARBUTA = "\u0629"
_PREPOSITIONS = words("place_mentions.prepositions")
_OF_HIM = words("place_mentions.of_him")
_ALSO_ADJECTIVES = words("place_mentions.also_adjectives")
_BUSINESS = words("village_names.business")
_AL = "\u0627\u0644"
_IN_WHICH = words("place_mentions.in_which")


def is_particle(document: Document, at: int, ends: set[int]) -> bool:
    """ "And that he" and "of him", which fold to the names of Wana and Anah; a name is printed otherwise, or stands behind "in" or,
    with "and", behind another place."""
    form, before = document.forms[at], document.forms[at - 1] if at else ""
    if form in stop_words() or (form in _ALSO_ADJECTIVES and before.removeprefix(_WAW).startswith(_AL)):
        return True  # "the existing cooperation", in the letters of al-Qaim
    if form in _ALSO_ADJECTIVES and not _BUSINESS.isdisjoint(document.forms[at + 1 : at + 2]):
        return True  # "the chargé d'affaires"
    if document.raw[document.span(at, at + 1)[1] - 1] == _TEH_MARBUTA or before in _PREPOSITIONS:
        return False
    bare = form.removeprefix(_WAW)
    return (bare in _OF_HIM and (bare == form or at not in ends)) or (bare != form and bare in stop_words())


def stands_as_village(forms: list[str], hit: Hit, options: tuple[Place, ...], ends: set[int]) -> bool:
    """Whether a village's name stands where a place does: after a preposition, beside another place, or before its district."""
    if hit.prefix[:1] == "\u0644":
        return False
    if not _IN_WHICH.isdisjoint(forms[hit.last : hit.last + 3]):
        return True
    prepositional = bool(hit.first and forms[hit.first - 1] in _PREPOSITIONS) or "\u0628" in hit.prefix[:2]
    stands = prepositional or hit.last - hit.first >= 2 or hit.first in ends or hit.first - 1 in ends
    return stands and any(p.curated for p in options)
