"""Cities that locate nothing: the one a report is sent from, one in an outlet's name, a surname, a correspondent's."""

from extraction.folding import fold
from extraction.lexicon import words, words_and
from extraction.numeric_dates import YEARS
from extraction.persons import given_names
from extraction.place_mentions import Located
from extraction.text import Document

_ADMINISTRATIVE = frozenset(("subdistrict", "town", "district", "village"))
_TO, _AL, _NISBA = "\u0644", "\u0627\u0644", "\u064a"
_CLOSES = {'"': '"', "(": ")"}
_RIVER = fold("نهر")
_OUTLETS = words_and("speakers.agency")
_REPORTERS, _FROM = words_and("datelines.reporters"), words("particles.in") | words("particles.from")
_DATELINE_ENDS = frozenset("-:)")
_SLASH = frozenset("/")
_LONGEST_SLASHED = 8  # tokens of city, writer and agency


def without_datelines(document: Document, places: list[Located]) -> list[Located]:
    """Without the city a report is sent from ("Baghdad (Agency) - ", "Erbil – Agency:", "Kirkuk / Agency") at the head of a paragraph."""
    ends = ((s.first, dateline_end(document, s.first, s.last, is_title=s.is_title)) for s in document.sentences)
    sent = {i for first, end in ends for i in range(first, end)}
    return [place for place in places if place.first not in sent and not _is_no_place(document, place)]


def _is_no_place(document: Document, place: Located) -> bool:
    """A city in an outlet's name, a surname, the town a river is called after."""
    if not _REPORTERS.isdisjoint(document.forms[max(0, place.first - 5) : place.first - 1]) and document.forms[place.first - 1] in _FROM:
        return True  # "told “the agency”'s correspondent in Iraq", "our correspondent in Baghdad"
    is_river = place.first > 0 and document.forms[place.first - 1] == _RIVER and place.mention.level in _ADMINISTRATIVE
    return is_river or _is_of_outlet(document, place) or _is_surname(document, place)


def _is_of_outlet(document: Document, place: Located) -> bool:
    """ "Told (Baghdad Today)", "the site "Baghdad Post" quoted": a city in an outlet's name, between brackets or quotation marks."""
    forms, first = document.forms, place.first
    if first < 2 or forms[first - 1] not in _CLOSES:
        return False
    close = _CLOSES[forms[first - 1]]
    return (forms[first - 2] == _TO or forms[first - 2] in _OUTLETS) and close in forms[place.last : place.last + 3]


def _is_surname(document: Document, place: Located) -> bool:
    """ "Muhammad Dayfan al-Ubaydi", of the people that a town is called after as well."""
    forms, first = document.forms, place.first
    if place.last - first != 1 or not (forms[first].startswith(_AL) and forms[first].endswith(_NISBA)):
        return False
    return first > 1 and forms[first - 1].isalpha() and not given_names().isdisjoint(forms[first - 2 : first])


def dateline_end(document: Document, first: int, last: int, *, is_title: bool) -> int:
    """Where the city, agency or writer at the head of a sentence ends; `first` where it has none."""
    forms, stop = document.forms, min(first + 12, last)
    if not is_title and forms[first].isascii() and forms[first + 1 : first + 2] == [":"]:
        return first + 1  # "BAGHDAD: Four fighters were killed"
    slashes = document.where(_SLASH, first + 1, min(first + _LONGEST_SLASHED, last))
    # But "KIRKUK/BAGHDAD (agency) -"
    is_slashed = bool(slashes) and slashes[0] - first <= 2 and "(" not in forms[slashes[-1] : slashes[-1] + 3]
    if is_slashed and all(form.isalpha() or form == "/" for form in forms[first : slashes[-1]]):
        return slashes[-1]  # "Baghdad / So-and-so / the agency"
    if slashes and 3 < slashes[0] - first < _LONGEST_SLASHED and forms[slashes[0] - 1] in YEARS:
        return slashes[0]  # "Baghdad 22 January 2015 / 21 were killed"
    if not document.where(_DATELINE_ENDS, first + 1, stop):
        return first
    is_printed_large = document.raw[slice(*document.span(first, first + 1))].isupper()  # "ERBIL, Kurdistan Region - ", no Arabic letter is
    for i in range(first + 1, stop):
        is_dash = forms[i] == "-" and i + 1 < last
        is_translated = (is_dash and forms[first].isascii() and not forms[i + 1].isascii()) or (forms[first + 1] == "," and i - first == 3)
        bracketed = is_dash and (forms[i - 1] in (")", "-") or i - first <= 2 or is_printed_large or is_translated)
        if bracketed or (forms[i] in (":", "/") and forms[i - 1] == ")"):
            return next((k for k in range(i, min(i + 5, last)) if forms[k] == ":" and all(map(str.isalpha, forms[i + 1 : k]))), i)
        if forms[i] == ")" and forms[i - 2] == "(" and forms[i - 1].isalpha() and any(f.isdecimal() for f in forms[i - 4 : i - 2]):
            return i  # "Baquba, Iraq, 9 November 2020 (the agency) five fighters were killed …"
        if not (forms[i].isalnum() or forms[i] in "(),./-\u2013"):
            break
    return first
