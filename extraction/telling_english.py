"""Who tells in English: the speakers before "said" and behind it, between commas, under a name, an office or no name at all."""

from extraction.datelines import dateline_end
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.reading import Reading, between
from extraction.speakers import UNNAMED, named, origin
from extraction.text import Sentence
from extraction.types import Origin

ARTICLES = ("a", "an", "the")
_ONE_OF_THEM = frozenset((*ARTICLES, "one"))
_TELLERS = words("telling_english.tellers")
_BODIES = words("telling_english.english_bodies")
_ENDS = words("telling_english.unnamed_ends")
_OPENING = words("telling_english.opening")
_COMPLEMENTS = frozenset(("of", "in", "for", "at"))
_WHENCE = frozenset(("from", "of"))
_OUTLETS = words("telling_english.outlets")
_PRONOUNS = frozenset(("it", "he", "she", "they"))
_NO_NAMES = _PRONOUNS.union(ARTICLES)
_POSSESSIVES = ("his", "her", "its", "their")
_INVERTED = frozenset(("said", "says"))
_FAR = 40  # tokens
_DATELINE_ENDS = frozenset(")-:")
_LONGEST_NAME = 4


def is_pronoun(reading: Reading, cue: Hit, sentence: Sentence) -> bool:
    """ "…, it said", "It did announce, however, that": the source before goes on."""
    before = [form for form in reading.document.forms[max(sentence.first, cue.first - 3) : cue.first] if form not in ("did", "also", "has")]
    return bool(before) and before[-1] in _PRONOUNS


def english_subject(reading: Reading, cue: Hit, sentence: Sentence, rule: str) -> tuple[Origin, ...]:
    """The speakers between the last comma and "said", in the apposition before it, or behind it; one no list knows as printed."""
    forms = reading.document.forms
    if forms[cue.first - 1] == "been":
        return ()  # "ten have been reported dead"
    head = dateline_end(reading.document, sentence.first, sentence.last, is_title=sentence.is_title)
    low = max(head + (forms[head] in _DATELINE_ENDS), cue.first - _FAR)
    commas = [i for i in range(low, cue.first) if forms[i] in ',";:']
    first = commas[-1] + 1 if commas else low
    # "it claimed ten while officials say", "in an attack that authorities said"
    first = next((i for i in range(cue.first - 1, first, -1) if forms[i] == "while" or (forms[i] == "that" and i > cue.first - 4)), first)
    if first < cue.first:
        return (_holder_before(reading, low, commas, cue, rule) if commas else ()) or _in_segment(reading, first, cue, rule)
    if not commas:
        return ()
    if forms[cue.first] in _INVERTED and forms[min(cue.last, len(forms) - 1)] != "that":  # "…, said X"
        rank, end = reading.hits.at("offices", cue.last), min(cue.last + 10, sentence.last)  # "said Lt. Col. So-and-so"
        stop = next((i for i in range(rank.last if rank else cue.last, end) if forms[i] in ',".'), end)
        is_told = bool(reading.hits.between("triggers", cue.last, stop) or reading.hits.between("harm", cue.last, stop))
        after = () if is_told else named(reading, cue.last, stop, cue, rule)  # "So-and-so, its mayor, said gunmen attacked …"
        if not is_told and not any(o.kind == "person" for o in after):
            after = _by_name(reading, cue.last, stop, cue, rule) or _joined(
                after, _unnamed(reading, cue.last, stop, cue, rule) if cue.last < stop else ()
            )
        if after:
            return after
    edges = [low - 1, *commas]
    if len(edges) < 2:
        return ()
    apposition = named(reading, edges[-2] + 1, edges[-1], cue, rule)  # "a spokesman, Major So-and-so, told"
    apposition = apposition or _by_name(reading, edges[-2] + 1, edges[-1], cue, rule)  # "an official in the ministry, So-and-so, said"
    if any(o.kind == "person" for o in apposition) or len(edges) < 3:
        return apposition
    lead = edges[-3] + 1, edges[-2]  # "Colonel So-and-so, who leads the sector, told", "So-and-so, head of the council, said"
    people = tuple(o for o in named(reading, *lead, cue, rule) if o.kind == "person")
    return people or _by_name(reading, *lead, cue, rule) or _unnamed(reading, *lead, cue, rule) or apposition


def english_sources(reading: Reading, first: int, stop: int, cue: Hit, rule: str) -> tuple[Origin, ...]:
    """ "(According to) two police officers and a hospital official": listed speakers, and who stands beside them under no name."""
    listed, forms = named(reading, first, stop, cue, rule), reading.document.forms
    found = _joined(listed, _unnamed(reading, first, stop, cue, rule)) if first < stop else listed
    if len(found) != 1 or found[0].kind != "unnamed_official" or forms[stop : stop + 1] != [","]:
        return found
    end = next((i for i in range(stop + 1, min(stop + 2 + _LONGEST_NAME, len(forms))) if forms[i] in ",."), stop)
    return (_by_name(reading, stop + 1, end, cue, rule) if end > stop + 2 else ()) or found  # "the town's mayor, So-and-so"


def _holder_before(reading: Reading, low: int, commas: list[int], cue: Hit, rule: str) -> tuple[Origin, ...]:
    """ "So-and-so, spokesman for the command told": who stands before the office that no comma closes."""
    forms = reading.document.forms
    at = commas[-1] + 1
    at += forms[at] in ARTICLES
    if at + 1 >= cue.first or forms[at] not in _TELLERS or forms[at + 1] not in _COMPLEMENTS or forms[commas[-1]] != ",":
        return ()
    first = commas[-2] + 1 if len(commas) > 1 else low
    people = tuple(o for o in named(reading, first, commas[-1], cue, rule) if o.kind == "person")
    return people[-1:] or _by_name(reading, first, commas[-1], cue, rule)


def _in_segment(reading: Reading, first: int, cue: Hit, rule: str) -> tuple[Origin, ...]:
    forms = reading.document.forms
    near = max(first, cue.first - 14)
    listed = named(reading, near, cue.first, cue, rule)
    is_ours = len(listed) == 1 and bool(listed[0].speaker) and forms[first].endswith("'s")  # "Iraq's media cell in a statement said"
    found = listed if is_ours else _joined(listed, _unnamed(reading, first, cue.first, cue, rule))
    if not found or (len(found) == 1 and found[0].kind == "body"):
        begins = range(max(first, cue.first - _LONGEST_NAME), max(first + 1, cue.first - 1))  # "the ministry's secretary [So-and-so] told"
        whence = next((i for i in range(first + 2, cue.first - 1) if forms[i] in _WHENCE), first)  # "So-and-so from the police told"
        person = _by_name(reading, first, whence, cue, rule)
        person = person or next((name for begin in begins if (name := _by_name(reading, begin, cue.first, cue, rule))), ())
        return person or found
    return found


def _by_name(reading: Reading, first: int, stop: int, cue: Hit, rule: str) -> tuple[Origin, ...]:
    """A person no list knows and no title introduces: two to four words with capitals, and nothing else, up to `stop`."""
    forms, raw = reading.document.forms, reading.document.raw
    begin = first + (first < stop and forms[first] in words("telling_english.english_titles"))
    if not 1 <= stop - begin <= _LONGEST_NAME or (stop - begin == 1 and (begin != first or forms[begin - 1 : begin] != [","])):
        return ()  # one word only between a comma and the verb: "In a statement, Lazgin said"
    for i in range(begin, stop):
        letter = raw[reading.document.span(i, i + 1)[0]]
        is_word = forms[i].replace("-", "").replace("'", "").isalpha() and forms[i].isascii()
        if not is_word or not (letter.isupper() or forms[i].startswith(("al-", "el-"))) or forms[i] in _BODIES or forms[i] in _TELLERS:
            return ()
    if between(reading.places, begin, stop) or reading.hits.between("actors", begin, stop) or forms[begin] in _NO_NAMES:
        return ()
    return (origin(reading, *reading.document.span(begin, stop), None, "person", cue, rule),)


def _unnamed(reading: Reading, first: int, stop: int, cue: Hit, rule: str) -> tuple[Origin, ...]:
    """Who tells under no name, up to `stop`: "[…] a hospital official said", "the ministry of electricity said", "officers and medics"."""
    forms = reading.document.forms
    if forms[first].endswith("'s") and not _BODIES.isdisjoint(forms[first + 1 : stop]):  # "Iraq's military said", "… in a statement said"
        end = next((i for i in range(first + 2, stop) if forms[i] in ("in", "on")), stop)
        return (origin(reading, *reading.document.span(first, end), None, "body", cue, rule),)
    outlet = next((i for i in range(first, min(stop - 1, first + _LONGEST_NAME)) if forms[i] in _OUTLETS), None)
    if outlet is not None and stop - outlet <= _LONGEST_NAME and not any(forms[i] in _TELLERS for i in range(outlet + 1, stop)):
        at, raw = first + (forms[first] in ARTICLES), reading.document.raw  # "private broadcaster So-and-so said", "the agency So-and-so"
        if all(raw[reading.document.span(i, i + 1)[0]].isupper() for i in range(outlet + 1, stop)):
            return (origin(reading, *reading.document.span(at, stop), None, "body", cue, rule),)
    stop = next((i for i in range(first + 1, stop) if forms[i] in _ENDS), stop)  # "an official [who asked not to be named] said"
    for begin in range(stop - 1, first - 1, -1):
        known = _BODIES if forms[begin] == "the" or forms[begin] in _POSSESSIVES else _TELLERS if forms[begin] in _ONE_OF_THEM else None
        is_held = forms[begin] == "the" and not _TELLERS.isdisjoint(forms[begin + 1 : begin + 2])
        of_what = is_held and forms[min(begin + 2, stop - 1)] in _COMPLEMENTS
        if of_what or (known and not known.isdisjoint(forms[begin + 1 : stop])):  # "the commander of the front"
            kind = "body" if known is _BODIES and not of_what else "unnamed_official"
            begin += forms[begin] not in _POSSESSIVES  # "his office said"
            return (origin(reading, *reading.document.span(begin, stop), None, kind, cue, rule),)
    begin = next((i + 1 for i in range(stop - 1, first - 1, -1) if forms[i] not in _TELLERS and forms[i] != "and"), first)
    opens = first + (forms[first] in _OPENING)
    has_body = stop - opens > 1 and begin == stop and not (forms[opens] in ARTICLES or _BODIES.isdisjoint(forms[opens:stop]))
    start, end = reading.document.span(opens, stop)
    if has_body and reading.document.raw[start].isupper() and not reading.hits.between("triggers", opens, stop):
        return (origin(reading, start, end, None, "body", cue, rule),)  # "Kirkuk Health Directorate said"
    if opens + 1 < stop and forms[opens] in _TELLERS and forms[opens + 1] in _COMPLEMENTS:  # "farmers in the village reported"
        begin = opens
    if begin < stop and forms[begin] in _TELLERS:  # "officers and medics said", "the town's mayor said"
        begin -= begin > first and forms[begin - 1].endswith("'s")
        return (origin(reading, *reading.document.span(begin, stop), None, "unnamed_official", cue, rule),)
    return ()


def _joined(listed: tuple[Origin, ...], teller: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """Listed speakers and one without a name beside them, unless they are the same words: "a peshmerga colonel" is no Peshmerga."""

    def is_part(o: Origin, t: Origin) -> bool:
        return t.start <= o.start and (o.end < t.end or (o.speaker in UNNAMED and t.start < o.start and o.end == t.end))

    listed = tuple(o for o in listed if o.kind == "person" or not any(is_part(o, t) for t in teller))
    return (*listed, *(t for t in teller if all(t.start >= o.end or t.end <= o.start for o in listed)))
