"""Who tells: the subject of a verb of telling in Arabic, behind it or before it, by name, by a word that takes him up, or as printed."""

from extraction.folding import fold
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.persons import given_names, stop_words
from extraction.reading import Reading, between
from extraction.speakers import AGENCY, BREAKS, named, origin, person_at, relays
from extraction.text import Sentence
from extraction.types import Origin

_CUTS = words("telling.cuts")
_WHO = [[word] for word in words("telling.who")]
_REVEALED = words("telling.revealed")  # "revealed details of the agreement between …"
_POINTING = words("telling.pointing")
_BODIES = words("attribution.bodies")
_STATEMENT = tuple(words("telling.the_statement"))
_ABOUT = words("attribution.from")
_AS, _GOES_ON = words("telling.as"), words("attribution.goes_on")
_NOT_SUBJECT = tuple(words("telling.not_subject"))
_HOLDERS = words("telling.holders")  # "the officer said", of a captain
_COURTESY = words("telling.courtesy")  # "made clear Mr [governor]"
_BUT = words("telling.but")
_IN_NAME_OF = words("telling.in_name_of")
_OFFICIALS = words("attribution.officials")
_HAD, _ALREADY = words("event_dates.had"), words("particles.already")
_LONG_SUBJECT = 18  # tokens
_ACCUSING = words("telling.accusing")
_BELONGING = words("telling.belonging")
_PRESENT, _THEY = ("\u064a", "\u062a"), ("\u0627\u0646", "\u0648\u0646")
_HERS = ("\u0647\u0627", "\u0647\u0645\u0627")  # "announced it"
_MANY = ("\u0627", "\u0648\u0627")
_AL, _LIL, _WAW = "\u0627\u0644", "\u0644\u0644", "\u0648"
_ILA = "\u0627\u0644\u064a"
_MAQSURA = "\u0649"  # the last letter of "upon"
_NEAR = 14
_BRACKETED = 6  # tokens
_RANK = 20  # characters
_LONGEST_TITLE = 8
_FAR_BREAK = 30  # tokens to "that", past what stands between commas
_LOOKED_BACK = 60  # sources and actors back to the one a definite word takes up; a hostile text has thousands
FAR = 2_000  # tokens back: no report takes up a body it named a dozen pages before


def subject(reading: Reading, cue: Hit, sentence: Sentence, rule: str, before: list[Origin]) -> tuple[Origin, ...]:
    """The speakers right after the verb, up to "that"; else the ones right before it; `before` are the sources named so far."""
    forms = reading.document.forms
    if forms[min(cue.last, len(forms) - 1)] in _REVEALED:
        return tuple(before[-1:])
    if any(c.first == cue.last for c in reading.cues(cue.last, cue.last + 1, "two_sides")):
        return ()  # "the two sides stressed that the army and the Peshmerga …"
    if cue.entry.is_verb and cue.last < sentence.last and forms[cue.last] in _ABOUT:  # "(reports that) spoke of [the return of the force]"
        return _before(reading, cue, sentence, rule, before)
    if had_told := _had_told(reading, cue, sentence, rule, before):
        return had_told
    # "The two presidents met and both affirmed", "while [he made clear that] …": in Arabic they stand before it.
    if _agrees_with_many(reading, cue) or forms[cue.last - 1] in BREAKS:
        return _before(reading, cue, sentence, rule, before)
    edge = min(cue.last + _NEAR, sentence.last)
    if ")" in forms[cue.last : edge]:  # "the director in Kirkuk [(240 km north of Baghdad)], So-and-so"
        edge = min(edge + _BRACKETED, sentence.last)
    if cue.last < edge and forms[cue.last] == '"':
        return _quoted_name(reading, cue, edge, rule) or _before(reading, cue, sentence, rule, before)
    stop = next((i for i in range(cue.last, edge) if forms[i] in BREAKS and not _encloses_name(reading, i)), edge)
    if stop < edge and forms[stop] == '"' and forms[stop - 1] in _IN_NAME_OF:  # "the spokesman for «the force», So-and-so"
        close = next((i for i in range(stop + 1, edge) if forms[i] == '"'), stop)
        stop = next((i for i in range(close + 1, edge) if forms[i] in BREAKS), edge) if close > stop else stop
    if fold(cue.entry.term) in _POINTING:  # "a doctor pointed to the fact that"
        stop = next((i for i in range(cue.last, stop) if forms[i] == _ILA), stop)
    stop -= stop > cue.last + 1 and forms[stop - 1] == _ILA  # "the official pointed to that"
    stop = _before_victims(reading, cue.last, stop)
    opens = cue.first == sentence.first
    if opens and any(e.last >= stop for e in between(reading.dates, cue.last, cue.last + 1)):
        return tuple(before[-1:])  # "and announced on Sunday that": whoever spoke before
    is_tail = cue.first > sentence.first and forms[cue.first - 1] in _AS
    if is_tail:  # "eight were killed, [as an officer said]": nobody before the verb is meant
        stop = next((i for i in range(cue.last, stop) if forms[i] in ",.;"), stop)
    bare = cue.last < stop and forms[cue.last] in given_names() and not between(reading.actors, cue.last, cue.last + 1)
    if surname := _by_surname_alone(reading, cue, stop, before):
        return surname
    found = (_untitled(reading, cue, stop, rule) if bare else ()) or named(reading, cue.last, stop, cue, rule, is_subject=True)
    if found:
        return _commander_known(reading, cue, found, before) or _less_apposition(reading, found)
    if taken := taken_up(reading, cue.last + (forms[min(cue.last, len(forms) - 1)] in _COURTESY), cue, before):
        return taken
    accused = between(reading.actors, cue.last + 1, stop) if fold(cue.entry.term) in _ACCUSING else []
    if accused and accused[0].kind == "rebel_terrorist":  # "the villagers accused [the organisation]"
        return _unlisted(reading, cue, accused[0].first, sentence, rule, ends=True)
    if is_tail or (cue.first > sentence.first and forms[cue.first - 1] == '"'):  # "…", says the mukhtar
        return _unlisted(reading, cue, min(stop, cue.last + 5), sentence, rule, ends=True)
    if cue.entry.attributes["cue"] in ("say", "hold") and (person := _untitled(reading, cue, stop, rule)):
        return person
    preceding = () if cue.entry.attributes["cue"] == "continue" else _before(reading, cue, sentence, rule, before)
    if not preceding and cue.last < edge and forms[cue.last].removeprefix(_AL) in AGENCY and (outlet := _outlet(reading, cue, rule)):
        return (outlet,)
    return preceding or _unlisted(reading, cue, stop, sentence, rule)


def _outlet(reading: Reading, cue: Hit, rule: str) -> Origin | None:
    """ "The Iraqi television reported that", "said the site «X» that": an outlet that tells and names nobody."""
    forms, relay = reading.document.forms, relays(reading, cue.last, cue.last + 1)
    last = next((i for i in range(cue.last + 1, len(forms)) if not forms[i].startswith(_AL)), cue.last + 1)
    start, end = reading.document.span(cue.last, last)
    end = start + len(relay[0]) if relay else end
    return origin(reading, start, end, None, "document", cue, rule, relay) if relay or last > cue.last + 1 else None


def _agrees_with_many(reading: Reading, cue: Hit) -> bool:
    """A verb of the dual or the plural, whose subject no verb of telling has behind it."""
    form = reading.document.forms[cue.first].removeprefix(_WAW)
    if cue.entry.is_verb and form.startswith(_PRESENT) and form.endswith(_THEY):
        return True
    return cue.entry.is_verb and form.endswith(_MANY) and not (form.endswith(_HERS) or cue.entry.term.endswith(_MANY))


def _had_told(reading: Reading, cue: Hit, sentence: Sentence, rule: str, before: list[Origin]) -> tuple[Origin, ...]:
    """ "The ministry had announced on Monday that it met …": the subject stands between "had" and the verb, whatever is named behind it."""
    forms = reading.document.forms
    if forms[cue.first - 1] not in _ALREADY:
        return ()
    had = next((i for i in range(cue.first - 2, max(sentence.first, cue.first - _LONG_SUBJECT) - 1, -1) if forms[i] in _HAD), None)
    if had is None:
        return ()
    found = named(reading, had + 1, cue.first - 1, cue, rule, is_subject=True)[:1]
    return found or (taken_up(reading, had + 1, cue, before) if cue.first - had == 3 else ())  # "the cell had announced"


def _commander_known(reading: Reading, cue: Hit, found: tuple[Origin, ...], before: list[Origin]) -> tuple[Origin, ...]:
    """ "The military commander explained": he who was introduced by his command, where the words name nobody."""
    words_ = fold(found[0].name).split()
    is_plain = len(found) == 1 and not found[0].speaker and found[0].kind == "office" and all(w.startswith(_AL) for w in words_)
    return taken_up(reading, cue.last, cue, before) if is_plain else ()


def _less_apposition(reading: Reading, found: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """ "Said Lieutenant So-and-so, an officer in the police, that": who is named behind the comma is where he serves."""
    person = found[0]
    if person.kind != "person" or len(found) < 2:
        return found
    beside = reading.document.raw[person.end : found[1].start].lstrip(' "»”')
    return found[:1] if beside.startswith((",", "\u060c")) and not beside[1:].lstrip().startswith((_WAW, "and ")) else found


def _before_victims(reading: Reading, first: int, stop: int) -> int:
    """Where what is told begins: "(the cell) announced on Saturday [the death of two of the police]", "claimed several [attacks on …]"."""
    told = [h.first for h in reading.hits.between("harm", first, stop) if h.entry.attributes["form"] == "process"]
    # An attack, or strongly what else happened: "announced [a meeting of the two sides]".
    named_events = ((h, h.entry.attributes) for h in reading.hits.between("triggers", first + 1, stop))
    struck = [h for h, row in named_events if row["kind"] == "incident" or row["strength"] == "strong"]
    told += [h.first for h in struck if not any(a.last > h.first for a in between(reading.actors, h.first - _LONGEST_TITLE, h.first + 1))]
    return min(told, default=stop)


def _quoted_name(reading: Reading, cue: Hit, edge: int, rule: str) -> tuple[Origin, ...]:
    """ "Announced «the Security Media Cell»", "said «So-and-so», a captain, that": a name between quotation marks."""
    forms = reading.document.forms
    close = next((i for i in range(cue.last + 2, min(cue.last + 7, edge)) if forms[i] == '"'), None)
    if close is None:
        return ()
    if found := named(reading, cue.last + 1, close, cue, rule):
        return found
    name = forms[cue.last + 1 : close]
    is_person = 2 <= len(name) <= 4 and name[0] in given_names() and all(form.isalpha() for form in name)
    return (origin(reading, *reading.document.span(cue.last + 1, close), None, "person", cue, rule),) if is_person else ()


def _encloses_name(reading: Reading, at: int) -> bool:
    """Whether a quotation mark opens or closes a person's name, and nothing said."""
    if reading.document.forms[at] != '"':
        return False
    forms = reading.document.forms
    people = (a for a in between(reading.actors, at - 5, at + 2) if a.kind == "person")
    return any(at in (a.first - 1, a.last) and a.last < len(forms) and forms[a.first - 1] == forms[a.last] == '"' for a in people)


def _before(reading: Reading, cue: Hit, sentence: Sentence, rule: str, before: list[Origin]) -> tuple[Origin, ...]:
    """The speakers before the verb; a body only right before it, for further off it is spoken of; a surname, or a body no list knows, that
    opens the sentence."""
    officials = reading.document.where(_OFFICIALS, max(sentence.first, cue.first - _LONGEST_TITLE), cue.first)
    begin = next(
        (i for i in officials if i == sentence.first or reading.document.forms[i - 1] in _BUT), max(sentence.first, cue.first - 12)
    )
    found = named(reading, begin, cue.first, cue, rule, nearest_last=True, is_subject=True)  # "but an officer in the police said"
    reach = reading.document.span(max(sentence.first, cue.first - 5), cue.first)[0]
    forms, first = reading.document.forms, sentence.first
    if forms[cue.first - 1] in _GOES_ON and not BREAKS.isdisjoint(forms[cue.last - 1 : cue.last + 1]):
        return ()  # "the forces of X and Y, while she made clear that"
    parted = cue.first > first and forms[cue.first - 1] == ","  # "they hit the posts [of the force], he affirmed"
    opens = found and found[0].start < reading.document.span(first, min(first + 3, cue.first))[1]
    if found and (found[-1].end > reach or found[-1].kind in ("person", "office")) and (opens or not parted or found[-1].kind == "person"):
        return found
    if cue.first - first == 1:
        return taken_up(reading, first, cue, before)
    if 2 <= cue.first - first <= 5 and forms[first] in _BODIES and all(form.isalpha() for form in forms[first : cue.first]):
        return (origin(reading, *reading.document.span(first, cue.first), None, "body", cue, rule),)
    return ()


def taken_up(reading: Reading, at: int, cue: Hit, before: list[Origin]) -> tuple[Origin, ...]:
    """ "The official said", "the centre counted": the last source whose name holds the definite word at a token, or the body named last
    whose name begins with it; "Sinkawi said": the person whose name ended with it when he was introduced."""
    forms = reading.document.forms
    word = forms[at] if at < len(forms) else ""
    word = _AL + word.removeprefix(_LIL) if word.startswith(_LIL) else word  # "according to the official"
    bare = word.removeprefix(_AL)
    if len(bare) < 3 or not word.isalpha():
        return ()
    is_definite = word.isascii() or bare != word
    if not is_definite:
        return _by_surname(reading, cue, word, before)
    for each in reversed(before[-_LOOKED_BACK:]):
        name = reading.document.raw[max(0, each.start - _RANK) : each.end]  # "the colonel", of [Colonel] So-and-so
        if any(part.removeprefix(_LIL).removeprefix(_AL) == bare for part in fold(name).split()):
            return (each,)
    person = next((o for o in reversed(before[-_LOOKED_BACK:]) if o.kind == "person"), None) if word in _HOLDERS else None
    if person:
        return (person,)
    return _by_surname(reading, cue, word, before) or (body_named_before(reading, cue, bare) if bare in _BODIES else ())


def _by_surname(reading: Reading, cue: Hit, word: str, before: list[Origin]) -> tuple[Origin, ...]:
    """Of the person whose name ended with this word, with or without the article, when he told or was introduced."""
    word = word.removeprefix(_AL)
    told = (o for o in reversed(before[-_LOOKED_BACK:]) if " " in o.name and fold(o.name).split()[-1].removeprefix(_AL) == word)
    if each := next((o for o in told if o.kind == "person" or o.speaker is None), None):
        return (each,)
    for actor in reversed(between(reading.actors, cue.first - FAR, cue.first)[-_LOOKED_BACK:]):
        if actor.kind == "person" and fold(actor.mention.name).split()[-1].removeprefix(_AL) == word:
            m = actor.mention
            return (origin(reading, m.start, m.end, None, "person", cue, "attribution: the person introduced before"),)
    return ()


def _by_surname_alone(reading: Reading, cue: Hit, stop: int, before: list[Origin]) -> tuple[Origin, ...]:
    """ "Said Yawar, who led the Peshmerga's delegation", "affirmed Yawar support for the Peshmerga": the surname stands for him, whoever is
    named behind it."""
    at = cue.last
    word = reading.document.forms[at] if at < stop else ""
    if len(word) < 4 or between(reading.actors, at, at + 1) or reading.hits.at("speakers", at):
        return ()
    if word in given_names() and reading.document.forms[at + 1 : at + 2] not in _WHO:
        return ()
    return _by_surname(reading, cue, word, before)


def body_named_before(reading: Reading, cue: Hit, bare: str) -> tuple[Origin, ...]:
    """The body named last whose name begins with a word: "the service", of the counter-terrorism service."""
    for actor in reversed(between(reading.actors, cue.first - FAR, cue.first)):
        if actor.kind not in ("person", "executive_office") and fold(actor.mention.name).removeprefix(_AL).startswith(bare):
            m = actor.mention
            return (origin(reading, m.start, m.end, None, "body", cue, "attribution: the body named before"),)
    return ()


def _untitled(reading: Reading, cue: Hit, stop: int, rule: str) -> tuple[Origin, ...]:
    """A person who speaks under his bare name: "said So-and-so, …", "said the victim's brother, So-and-so, …"."""
    forms = reading.document.forms
    begin = cue.last
    if begin >= stop or not forms[begin].isalpha() or reading.document.raw[reading.document.span(begin, begin + 1)[1] - 1] == _MAQSURA:
        return ()  # "stressed [upon] …", in the letters of "Ali"
    if forms[begin] not in given_names():  # "the victim's brother, So-and-so"
        comma = next((i for i in range(begin, min(begin + 4, stop)) if forms[i] == ","), None)
        if comma is None or comma + 1 >= stop or forms[begin] in stop_words():
            return ()
        begin = comma + 1
    last = begin
    while last < stop and last < begin + 4 and forms[last].isalpha() and forms[last] not in BREAKS:
        is_ali = forms[last] in given_names() and reading.document.raw[reading.document.span(last, last + 1)[1] - 1] != _MAQSURA
        if last > begin and not is_ali and (forms[last] in stop_words() or forms[last] in _CUTS or forms[last].startswith(_LIL)):
            break
        last += 1
    if forms[begin] not in given_names() or last - begin < 2:
        return ()
    start, end = reading.document.span(begin, last)
    return (origin(reading, start, end, None, "person", cue, rule),)


def _unlisted(reading: Reading, cue: Hit, stop: int, sentence: Sentence, rule: str, *, ends: bool = False) -> tuple[Origin, ...]:
    """A subject no list knows ("one of the village's notables said that"), kept as printed, up to a comma and what stands behind it."""
    forms = reading.document.forms
    if forms[min(cue.last, len(forms) - 1)].startswith(_NOT_SUBJECT) or (cue.entry.attributes["cue"] == "hold" and not cue.entry.is_verb):
        return ()
    comma = next((i for i in range(cue.last, stop) if forms[i] in ",-\u2013"), None)
    if comma is not None and any(form in BREAKS and form != '"' for form in forms[comma : min(cue.last + _FAR_BREAK, sentence.last)]):
        stop, ends = comma, True
    if dates := between(reading.dates, cue.last + 1, stop):
        stop, ends = dates[0].first, True  # "health authorities said [on Thursday] that"
    harm = next((h.first for h in reading.hits.between("harm", cue.last + 1, stop) if h.entry.attributes["form"] == "process"), None)
    if harm is not None and not between(reading.dates, cue.last, harm):  # "an official of the party affirmed [the killing of …]"
        stop, ends = harm, True
    closed = ends or (stop < sentence.last and (forms[stop] in BREAKS or forms[stop] == _ILA))
    if (
        not cue.last < stop <= cue.last + _NEAR
        or (closed and stop > cue.last + _LONGEST_TITLE + 2)
        or cue.entry.attributes["cue"] not in ("say", "hold")
    ):
        return ()
    if ends:
        stop = next((i for i in range(cue.last, stop) if not forms[i].isalpha()), stop)
    if body := unlisted_body(reading, cue.last, stop):
        return (origin(reading, *reading.document.span(cue.last, body), None, "body", cue, rule),)
    if not closed:
        return ()
    if person := next((i for i in range(cue.last + 1, stop - 1) if person_at(reading, i, stop) == stop), None):
        first = cue.last if stop - cue.last <= _LONGEST_TITLE and all(w.isalpha() for w in forms[cue.last : person]) else person
        return (origin(reading, *reading.document.span(first, stop), None, "person", cue, rule),)
    first = cue.last + 1 + (forms[cue.last] in words("telling.media"))  # "Kurdish media"
    stop = next((i for i in range(first, stop) if forms[i] in _CUTS or forms[i] in AGENCY), stop)
    words_ = forms[cue.last : stop]
    if (
        not words_
        or words_[0].startswith(_STATEMENT)
        or words_[0].removeprefix(_AL) in AGENCY  # who was told, not who told
        or any(not w.isalpha() for w in words_)
        or words_[0] in stop_words()
    ):
        return ()
    start, end = reading.document.span(cue.last, stop)
    is_office = bool(reading.hits.at("offices", cue.last))  # "the chief of staff said"
    kind = "office" if is_office else "unnamed_official" if not _OFFICIALS.isdisjoint(words_) else "eyewitness"
    return (origin(reading, start, end, None, kind, cue, rule),)


def unlisted_body(reading: Reading, at: int, stop: int) -> int | None:
    """Where a body no list knows that begins at a token ends: "the ministry of electricity", "the office of migration and displaced"."""
    forms = reading.document.forms
    if at + 1 >= stop or forms[at].removeprefix(_LIL).removeprefix(_AL) not in _BODIES:
        return None
    last = at + 1
    while last < min(stop, at + 5) and forms[last].isalpha() and forms[last].removeprefix(_WAW).startswith((_AL, _LIL)):
        last += 1
    last -= forms[last - 1] in _BELONGING  # "the directorate of intelligence that belongs to the ministry"
    return last if last > at + 1 else None


def head_subject(reading: Reading, cue: Hit, sentence: Sentence) -> tuple[Origin, ...]:
    """Of whom a participle speaks: who did what the sentence tells first ("the minister visited …, affirming that")."""
    stop = min(sentence.first + _NEAR, cue.first)
    found = named(reading, sentence.first, stop, cue, "attribution: who did it and told", is_subject=True)
    opens = reading.document.span(sentence.first, min(sentence.first + 3, cue.first))[1] if cue.first > sentence.first else 0
    first = next((o for o in found if o.kind in ("person", "office") or o.start < opens), None)
    return (first,) if first else ()
