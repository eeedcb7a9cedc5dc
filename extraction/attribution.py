"""Who says it: verbs of telling with their subject, "according to", communiques and their issuers, and the agencies in between.

An attribution covers its sentence; "he added" and "the statement" go on with the source before them.
"""

from dataclasses import dataclass
from operator import attrgetter

from extraction.folding import fold
from extraction.lexicon import terms, words
from extraction.matching import Hit
from extraction.numbers import number_at
from extraction.persons import stop_words
from extraction.reading import Reading, between
from extraction.speakers import AGENCY, BREAKS, is_definite_source, named, origin, relays
from extraction.telling import body_named_before, head_subject, subject, taken_up, unlisted_body
from extraction.telling_english import ARTICLES, english_sources, english_subject, is_pronoun
from extraction.text import Sentence
from extraction.types import Origin

_HEADS = words("attribution.heads")
_LABEL = words("attribution.label")
_HEADED = 5  # lines
_COLON = frozenset(":")
_LOOKED_BACK = 60  # sources
_BACK = words("attribution.back")
_THAT, _FAR_THAT = words("attribution.that"), 14  # tokens to "that"
_ILA = "\u0627\u0644\u064a"
_UNLISTED_ENDS = words("attribution.unlisted_ends")
_NO_SOURCE = words("attribution.no_source")
_ARRIVED = words("attribution.arrived")
_TAKEN_UP = words("attribution.taken_up")
_ISSUED, _OF_STATEMENT = words("attribution.issued"), words("attribution.of_statement")
_TOLD_IT = words("attribution.told_it")
_COUNTERS = words("attribution.counters")
_BODIES = words("attribution.bodies")
_ABBREVIATED = words("attribution.abbreviated")  # "according to Lt. Col. So-and-so"
_SOURCE_STOPS = BREAKS | words("attribution.onwards") | frozenset(",.")
_NO_NAME = tuple(words("attribution.no_name"))
_HIS_SAYING = words("attribution.his_saying")
_NOT_YET = words("attribution.not_yet")
_TAKES_TO = terms("attribution.takes_to")
_OF_NAME = words("attribution.of_name")
_SAID_TO = words("attribution.said_to")
_OF_WHICH = words("attribution.of_which")
_FROM = words("attribution.from")
_GOES_ON = words("attribution.goes_on")
_HOLD_RESPONSIBLE = words("attribution.hold_responsible")
_BLAME = words("attribution.blame")
_UNNAMED = ("unnamed_official", "security_source", "medical_source")
_PRESENT = ("\u064a", "\u062a")
_WAW = "\u0648"
_FA = "\u0641"
_LIL, _AL = "\u0644\u0644", "\u0627\u0644"
_LAM = "\u0644"
_HIS = words("attribution.by_it")
_WHO_TELLS = "attribution: who tells"
_CUES = (
    "say",
    "made_clear",
    "hold",
    "relay",
    "continue",
    "according",
    "statement",
    "the_statement",
    "relay_from",
    "count",
    "claim",
    "announcing",
)


@dataclass(slots=True, eq=False)
class Attribution:
    """A source named at tokens `first` up to `last` for the sentence it stands in."""

    first: int
    last: int
    sentence: int
    strength: int  # 3 according to, or a communique; 2 a verb of telling; 1 carried on from before
    origins: tuple[Origin, ...]


@dataclass(slots=True)
class _Told:
    """The sources named so far: all of them in order, and those of the last attribution."""

    all: list[Origin]
    last: tuple[Origin, ...] = ()


def find_issuer(reading: Reading) -> Attribution | None:
    """Whose communique the whole text is: of the bodies that head it, each alone on its line, the last, which is the narrowest; or, under
    "Communique", the one that signs it."""
    sentences, found = reading.sentences, None
    for number in range(min(_HEADED, len(sentences))):
        here = _whole_line(reading, number)
        if here and (found is None or here.origins[0].speaker != found.origins[0].speaker):
            found = here
    is_communique = any(reading.document.forms[s.first] in _HEADS and s.last - s.first <= 2 for s in sentences[:_HEADED])
    signed = (n for n in range(max(1, len(sentences) - 3), len(sentences)) if is_communique or _is_label(reading, sentences[n].first))
    return found or next((line for number in signed if (line := _whole_line(reading, number))), None)


def _is_label(reading: Reading, at: int) -> bool:
    """ "Source: [the official site of the ministry]"."""
    return reading.document.forms[at] in _LABEL and reading.document.forms[at + 1 : at + 2] == [":"]


def _whole_line(reading: Reading, number: int) -> Attribution | None:
    """A listed body or office that is all its line says."""
    first, last = reading.sentences[number].first, reading.sentences[number].last
    is_label = _is_label(reading, first)
    first += 2 * is_label
    hit = next(iter(reading.hits.between("speakers", first, last)), None) if is_label else reading.hits.at("speakers", first)
    if hit is None or hit.last != last or hit.entry.attributes["kind"] not in ("body", "office"):
        return None
    start, end = reading.document.span(first, last, 0 if is_label else hit.cut)
    name, row = reading.document.raw[start:end], hit.entry.attributes
    return Attribution(first, last, number, 3, (Origin(start, end, name, row["slug"], row["kind"], name, "attribution: whose communique"),))


def find_attributions(reading: Reading, issuer: Attribution | None) -> list[Attribution]:
    """Every attribution of the text, in order; a sentence may have several. `issuer` is whom "the ministry" means before any other."""
    out: list[Attribution] = []
    told = _Told(list(issuer.origins) if issuer else [])
    for number, sentence in enumerate(reading.sentences):
        out += sorted(_in_sentence(reading, number, sentence, told), key=attrgetter("first"))
    return out


def _in_sentence(reading: Reading, number: int, sentence: Sentence, told: _Told) -> list[Attribution]:
    found: list[Attribution] = []
    within = sentence.first  # the last word of a longer cue: "was [quoted] saying"
    for cue in reading.cues(sentence.first, sentence.last, *_CUES):
        if cue.first < within or _is_untold(reading, cue):
            continue
        origins, strength = _of_cue(reading, cue, sentence, told, found)
        if origins:
            origins = tuple(_first_named(o, told) for o in origins)
            found.append(Attribution(cue.first, cue.last, number, strength, origins))
            told.all += origins
            told.last = origins
            within = cue.last - 1 if cue.entry.term.isascii() else within
    if sentence.is_title or number == 0 or reading.sentences[number - 1].paragraph != sentence.paragraph:
        for spoken in _line_speaker(reading, number, sentence):
            found.append(spoken)
            told.all += spoken.origins
    return found


def _of_cue(reading: Reading, cue: Hit, sentence: Sentence, told: _Told, found: list[Attribution]) -> tuple[tuple[Origin, ...], int]:
    """The sources of one word for telling in a sentence in which `found` were told before, and the attribution's strength."""
    name = cue.entry.attributes["cue"]
    if name == "relay" and _FROM.isdisjoint(reading.document.forms[cue.last : cue.last + 12]):
        return (), 2  # "the force cordoned the place off and took the wounded away"
    if name == "relay" and (passed_on := _passed_on(reading, cue, sentence)):
        return passed_on, 2
    if name in ("say", "made_clear", "hold", "relay"):
        return _teller(reading, cue, sentence, told, found)
    if name == "continue":
        if cue.entry.term.isascii():
            return _told_in_english(reading, cue, sentence, "attribution: who goes on", told) or told.last, 1
        if cue.entry.attributes["pos"] == "fixed":
            return (found[-1].origins if found else head_subject(reading, cue, sentence) or told.last), 1
        return subject(reading, cue, sentence, "attribution: who goes on", told.all) or told.last, 1
    if name == "count":
        return _counting_body(reading, cue, sentence, told), 2
    if name == "announcing":
        return _announcer(reading, cue, sentence), 2
    if name == "claim":
        return _claimant(reading, cue, sentence), 2
    if name == "the_statement":
        return _issuer(reading, cue, sentence, told) or told.last, 3
    if name == "statement":
        return _issuer(reading, cue, sentence, told), 3
    return _sources_after(reading, cue, sentence, told), 3


def _passed_on(reading: Reading, cue: Hit, sentence: Sentence) -> tuple[Origin, ...]:
    """ "The network “X” passed on from So-and-so that …", "… from an officer his saying that …": who stands behind "from"."""
    forms = reading.document.forms
    first = next((i + 1 for i in range(cue.last, min(cue.last + 12, sentence.last)) if forms[i] in _FROM), sentence.last)
    edge = min(first + 14, sentence.last)
    stop = next((i for i in range(first, edge) if forms[i] in BREAKS or forms[i] in _HIS_SAYING or forms[i] in ",."), edge)
    stop = _with_apposition(reading, stop, sentence.last)
    return named(reading, first, stop, cue, _WHO_TELLS, is_subject=True) if first < stop else ()


def _teller(reading: Reading, cue: Hit, sentence: Sentence, told: _Told, found: list[Attribution]) -> tuple[tuple[Origin, ...], int]:
    """Who speaks: the verb's subject, else whoever told before it in the sentence or, where it opens one, before the sentence."""
    if cue.entry.term.isascii():
        if is_pronoun(reading, cue, sentence):
            return told.last, 2
        origins = _told_in_english(reading, cue, sentence, _WHO_TELLS, told)
    else:
        origins = subject(reading, cue, sentence, _WHO_TELLS, told.all) if _may_tell(reading, cue, sentence) else ()
    if not origins and cue.last < sentence.last and _says_no_more(reading, cue):
        if cue.first <= sentence.first + 1:
            return told.last, 1
        forms = reading.document.forms
        goes_on = forms[cue.first].startswith(_WAW) or forms[cue.first - 1] in _GOES_ON  # "the command denied …, and said that"
        return ((found[-1].origins if found else head_subject(reading, cue, sentence)) if goes_on else ()), 2
    if origins and origins[0].speaker is None and any(word in _BACK for word in fold(origins[0].name).split()):
        origins = (*origins, *(o for o in told.last if o not in origins))  # "the ministry's media centre": the ministry named before
    return origins, 2


def _told_in_english(reading: Reading, cue: Hit, sentence: Sentence, rule: str, told: _Told) -> tuple[Origin, ...]:
    """The subject of an English verb of telling; "the ministry said" goes on with the ministry told of before."""
    found = english_subject(reading, cue, sentence, rule)
    is_bare = len(found) == 1 and not found[0].speaker and " " not in found[0].name
    return ((not found or is_bare) and taken_up(reading, cue.first - 1, cue, told.all)) or found


def _may_tell(reading: Reading, cue: Hit, sentence: Sentence) -> bool:
    """Whether a word that is a verb of telling only before "that" stands before one: "a source answered that …"."""
    if cue.entry.attributes["cue"] != "hold" or cue.entry.is_verb:
        return True
    return not BREAKS.isdisjoint(reading.document.forms[cue.last : min(cue.last + 14, sentence.last)])


def _first_named(each: Origin, told: _Told) -> Origin:
    """ "The source said": the one without a name who was told of before."""
    if not is_definite_source(each):
        return each
    before = [o for o in told.all[-_LOOKED_BACK:] if not is_definite_source(o)]
    return next((o for o in reversed(before) if o.kind in _UNNAMED), before[-1] if before else each)


def _is_untold(reading: Reading, cue: Hit) -> bool:
    """ "What is wanted is that the command announce": a verb of telling that says what was not, or not yet, told."""
    forms = reading.document.forms
    if cue.last < len(forms) and forms[cue.last] in _OF_NAME:
        return True  # "who preferred not to [tell] his name"
    if cue.last < len(forms) and forms[cue.last] in _OF_WHICH:
        return True  # "the first time that the army announces"
    if cue.entry.attributes["cue"] == "made_clear":
        return not _opens_with_telling(reading, cue)
    if cue.first == 0 or forms[cue.first - 1].removeprefix(_WAW) not in _NOT_YET or not cue.entry.is_verb:
        return False
    return forms[cue.first].startswith(_PRESENT)


def _opens_with_telling(reading: Reading, cue: Hit) -> bool:
    """ "The commander made clear that …", whose verb has the letters of "between": it opens the sentence, and "that" follows."""
    sentence = reading.sentence_of(cue.first)
    return cue.first == sentence.first and not _THAT.isdisjoint(reading.document.forms[cue.last : min(cue.last + _FAR_THAT, sentence.last)])


def _announcer(reading: Reading, cue: Hit, sentence: Sentence) -> tuple[Origin, ...]:
    """ "The visit coincided with the police's announcement of a man's death": who stands between the noun and what is told."""
    forms, edge = reading.document.forms, min(cue.last + 8, sentence.last)
    stop = next((i for i in range(cue.last, edge) if forms[i] in BREAKS or forms[i] in _FROM or forms[i] in ",."), edge)
    stop = min([stop, *(h.first for h in reading.hits.between("harm", cue.last, stop) if h.entry.attributes["form"] == "process")])
    beside = reading.hits.at("speakers", cue.last) or between(reading.actors, cue.last, cue.last + 1)
    return named(reading, cue.last, stop, cue, _WHO_TELLS)[:1] if stop < edge and beside else ()


def _claimant(reading: Reading, cue: Hit, sentence: Sentence) -> tuple[Origin, ...]:
    """Who claims an attack: the agency or paper of the group that carried the claim, else the group beside the verb, in its statement."""
    rule = "attribution: who claims it"
    speakers = [(h, h.entry.attributes) for h in reading.hits.between("speakers", sentence.first, sentence.last)]
    media = [(h, row) for h, row in speakers if row["kind"] == "armed_group_media" and row["slug"] != "islamic-state"]
    if media:
        hit, row = media[-1]
        start, end = reading.document.span(hit.first, hit.last, hit.cut)
        return (origin(reading, start, end, row["slug"], row["kind"], cue, rule),)
    if fold(cue.entry.term) in _BLAME:  # "the cell held the forces responsible"
        verb = next(
            (i for i in range(sentence.first, cue.first) if reading.document.forms[i].removeprefix(_WAW) in _HOLD_RESPONSIBLE), None
        )
        return () if verb is None else named(reading, verb + 1, cue.first, cue, rule, is_subject=True)[:1]
    group = next((a for a in between(reading.actors, cue.first - 5, cue.last + 3) if a.kind == "rebel_terrorist"), None)
    if group is None or not reading.cues(cue.first, sentence.last, "statement"):
        return ()
    slug = "islamic-state" if group.mention.actor == "islamic-state" else None
    return (origin(reading, group.mention.start, group.mention.end, slug, "armed_group_media", cue, rule),)


def _says_no_more(reading: Reading, cue: Hit) -> bool:
    """ "And pointed out that …": whoever spoke before goes on."""
    after = reading.document.forms[cue.last]
    return not cue.entry.term.isascii() and (after in BREAKS or after == _ILA) and after != '"'


def _without_to(form: str) -> str:
    """A word less the "to" written with it: "(according) to the agreement"."""
    return _AL + form.removeprefix(_LIL) if form.startswith(_LIL) else form.removeprefix(_LAM)


def _counting_body(reading: Reading, cue: Hit, sentence: Sentence, told: _Told) -> tuple[Origin, ...]:
    """Who counted: "the UN mission recorded 2,417 dead", "the X centre counted 33 attacks", up to the figure."""
    forms, rule = reading.document.forms, "attribution: who counted"
    if cue.entry.term.isascii():
        return english_subject(reading, cue, sentence, rule)
    near = range(cue.last, min(cue.last + 8, sentence.last))
    stop = next((i for i in near if forms[i] in ",:" or number_at(reading.document, i, sentence.last)), cue.last)
    listed = named(reading, cue.last, stop, cue, rule)
    if not listed and (body := unlisted_body(reading, cue.last, sentence.last)):
        return (origin(reading, *reading.document.span(cue.last, body), None, "body", cue, rule),)
    if listed or stop - cue.last not in (1, 2, 3, 4) or forms[cue.last] not in _COUNTERS:
        return listed
    if stop - cue.last == 1 and (before := taken_up(reading, cue.last, cue, told.all)):
        return before  # "which the observatory documented, …"
    start, end = reading.document.span(cue.last, stop)
    return (origin(reading, start, end, None, "document", cue, rule),)


def _issuer(reading: Reading, cue: Hit, sentence: Sentence, told: _Told) -> tuple[Origin, ...]:
    """Whose communique: "a statement by/of/from X", "the official statement that X issued today"."""
    forms = reading.document.forms
    edge = min(cue.last + 12, sentence.last)
    first = next((i for i in range(cue.last, min(cue.last + 4, edge)) if forms[i] not in _OF_STATEMENT), edge)
    if first >= edge or not (forms[first].startswith(_LAM) or forms[first] in _ISSUED):
        return ()
    stop = next((i for i in range(first, edge) if forms[i] in _SOURCE_STOPS), edge)
    if stop < edge and forms[stop] == '"' and (forms[stop - 1] == _LAM or forms[stop - 1].removeprefix(_LAM) in _BODIES):
        stop = next((i for i in range(stop + 2, min(stop + 5, edge)) if forms[i] == '"'), stop)  # "issued by the ministry of «Peshmerga»"
    if fold(cue.entry.term) in _SAID_TO and forms[first : first + 2] == [_LAM, '"']:
        return ()  # "in remarks to “the News”"
    listed = named(reading, first, stop, cue, "attribution: whose statement")
    if not listed and (body := _issuing_body(reading, first, stop)):  # "a statement of the central command"
        return (origin(reading, *body, None, "body", cue, "attribution: whose statement"),)
    return listed or _body_taken_up(reading, cue, min(stop, first + 1), told)


def _issuing_body(reading: Reading, first: int, stop: int) -> tuple[int, int] | None:
    """The span of the body no list knows behind "of": "of the military media", "of «X»"."""
    forms = reading.document.forms
    if forms[first : first + 2] == [_LAM, '"'] and stop > first + 2:
        return reading.document.span(first + 2, stop)
    cut = 2 * forms[first].startswith(_LIL) or int(forms[first].startswith(_LAM))
    words_ = next((i for i in range(first + 1, stop) if not forms[i].startswith(_AL)), stop)
    is_body = cut and words_ > first + 1 and not (forms[first] in AGENCY or reading.hits.at("cues", first))
    last = unlisted_body(reading, first, stop) or (words_ if is_body else None)
    return reading.document.span(first, last, cut) if last and cut else None


def _sources_after(reading: Reading, cue: Hit, sentence: Sentence, told: _Told) -> tuple[Origin, ...]:
    """Whom the words go back to: "according to X", "according to a statement of X", "citing X"."""
    forms = reading.document.forms
    told_it = forms[cue.last] in _TOLD_IT or reading.cues(cue.last, cue.last + 1, "say") if cue.last < sentence.last else False
    said = cue.last + bool(told_it)
    teller = _past_medium(forms, said, min(said + 8, sentence.last))
    if said > cue.last or (teller > said and (forms[said] == _LAM or forms[said - 1] in _HIS)):  # "as a policeman told “the Radio”"
        return _who_told_it(reading, cue, sentence, teller)
    stop = min(cue.last + 10, sentence.last)
    ends = (i for i in range(cue.last, stop) if forms[i] in _SOURCE_STOPS and not (forms[i] == "." and forms[i - 1] in _ABBREVIATED))
    stop = next(ends, stop)
    if stop - cue.last == 2 and forms[cue.last] == "the":  # "according to the statement", "the official"
        listed = named(reading, cue.last, stop, cue, "attribution: according to")
        return listed or taken_up(reading, cue.last + 1, cue, told.all) or (told.last if forms[cue.last + 1] in _TAKEN_UP else ())
    if stop - cue.last == 1 and (before := taken_up(reading, cue.last, cue, told.all)) and not reading.hits.at("speakers", cue.last):
        return before  # "according to al-Attiya"
    if cue.last < stop and _without_to(forms[cue.last]) in _NO_SOURCE:
        return ()  # "according to precise information from X", "under article 4"
    inside = reading.hits.between("speakers", cue.first, cue.last)  # "a source", in "quoting a source"
    first = inside[0].first if inside else cue.last
    read = english_sources if cue.entry.term.isascii() else named
    found = read(reading, first, _with_apposition(reading, stop, sentence.last), cue, "attribution: according to")
    if found:
        return found
    body = _body_taken_up(reading, cue, stop, told)
    if body:
        return body
    if not _ARRIVED.isdisjoint(forms[cue.last : min(cue.last + 3, sentence.last)]):
        return ()  # "according to a statement that reached the X agency"
    return _through_agency(reading, cue, stop, sentence) or _unlisted_after(reading, cue, stop)


def _who_told_it(reading: Reading, cue: Hit, sentence: Sentence, teller: int) -> tuple[Origin, ...]:
    """ "According to what was said to the X by …": the source from a token on, up to the comma."""
    forms, edge = reading.document.forms, min(cue.last + 14, sentence.last)
    stop = next((i for i in range(teller, edge) if forms[i] in ",." or forms[i].removeprefix(_FA) in BREAKS), edge)
    stop = _with_apposition(reading, stop, sentence.last)
    listed = named(reading, teller, stop, cue, "attribution: according to what was said")
    agency = next((i for i in range(teller, stop) if forms[i] in AGENCY), stop)  # "as officials told [the X agency]"
    unlisted = _unlisted_after(reading, cue, agency, teller) if agency > teller else ()
    return listed or unlisted or _through_agency(reading, cue, stop, sentence)


def _through_agency(reading: Reading, cue: Hit, stop: int, sentence: Sentence) -> tuple[Origin, ...]:
    """ "According to the agency X", "as the newspaper «X» reported"."""
    relay = relays(reading, cue.last, stop + 1) or relays(reading, cue.first, stop + 1)
    if not relay:
        return ()
    start, end = reading.document.span(cue.first, min(cue.last + 3, sentence.last))
    return (Origin(start, end, relay[0], None, "document", reading.document.raw[start:end], "attribution: according to an agency", relay),)


def _past_medium(forms: list[str], first: int, stop: int) -> int:
    """Past the outlet it was told to, in quotation marks: "according to what told it “the Radio” a police officer"."""
    opened = first + (first < stop and forms[first] == _LAM)
    if opened >= stop or forms[opened] != '"':
        return first
    return next((i + 1 for i in range(opened + 1, stop) if forms[i] == '"'), first)


def _with_apposition(reading: Reading, comma: int, last: int) -> int:
    """Where the source ends whose holder follows behind a comma: "the spokesman for the axis, So-and-so"; else the comma itself."""
    forms = reading.document.forms
    if comma + 1 >= last or forms[comma] != "," or forms[comma + 1].removeprefix(_FA) in BREAKS:
        return comma
    person = next((a for a in between(reading.actors, comma + 1, comma + 4) if a.kind == "person"), None)
    office = any(a.kind == "executive_office" for a in between(reading.actors, comma - 8, comma))
    if (
        not person or not office or reading.cues(comma + 1, person.first, "say", "hold")
    ):  # "in the presidency's statement, So-and-so affirmed"
        return comma
    return person.last


def _body_taken_up(reading: Reading, cue: Hit, stop: int, told: _Told) -> tuple[Origin, ...]:
    """ "According to a statement of the service": the body that told last whose name begins with that word; else the one named last."""
    for form in reading.document.forms[cue.last : stop]:
        bare = form.removeprefix(_LIL).removeprefix(_AL)
        if bare != form and bare in _BODIES:
            spoken = (o for o in reversed(told.all[-_LOOKED_BACK:]) if o.kind == "body")
            teller = next((o for o in spoken if fold(o.name).removeprefix(_AL).startswith(bare)), None)
            return (teller,) if teller else body_named_before(reading, cue, bare)
    return ()


def _unlisted_after(reading: Reading, cue: Hit, stop: int, first: int | None = None) -> tuple[Origin, ...]:
    """ "According to a local research centre": a source no list knows, up to the comma, kept as printed."""
    forms = reading.document.forms
    first = cue.last if first is None else first
    first += first < stop and forms[first] in ARTICLES
    stop = next((i for i in range(first + 1, stop) if not _is_word(forms[i]) or forms[i] in _UNLISTED_ENDS), stop)
    words_ = forms[first:stop]
    if (
        not 1 <= len(words_) <= 5
        or not all(_is_word(w) for w in words_)
        or words_[0] in stop_words()
        or words_[0] in _NO_SOURCE
        or _without_to(words_[0]) in _TAKEN_UP
        or words_[0].startswith(_NO_NAME)
    ):
        return ()
    to = forms[first].startswith(_LAM) and forms[first - 1] == forms[cue.last - 1] and cue.entry.term in _TAKES_TO
    start, end = reading.document.span(first, stop, int(to))  # "according [to] figures of the organisation"
    return (origin(reading, start, end, None, "document", cue, "attribution: according to, unlisted"),)


def _is_word(form: str) -> bool:
    """ "Mayor", "the town's"."""
    return form.removesuffix("'s").isalpha()


def _line_speaker(reading: Reading, number: int, sentence: Sentence) -> list[Attribution]:
    """ "Joint Operations: coordination goes on": the name before the colon of a headline or a list's line speaks; a clock time has none."""
    forms = reading.document.forms
    colons = reading.document.where(_COLON, sentence.first + 1, min(sentence.first + 12, sentence.last))
    colon = next((i for i in colons if not forms[i - 1].isdecimal()), None) if colons else None
    if colon is None:
        return []
    hit = next(iter(reading.hits.between("speakers", sentence.first, colon)), None)
    if hit is None or hit.entry.attributes["slug"] in ("local-source", "islamic-state") or reading.cues(sentence.first, hit.first, *_CUES):
        return []  # "Source: X"
    if reading.hits.between("harm", sentence.first, hit.first):
        return []  # "Attack kills four Iraqi police: medics"
    start, end = reading.document.span(hit.first, hit.last, hit.cut)
    row, raw = hit.entry.attributes, reading.document.raw
    spoken = Origin(start, end, raw[start:end], row["slug"], row["kind"], raw[start : end + 1], "attribution: headline's colon")
    return [Attribution(sentence.first, colon, number, 2, (spoken,))]
