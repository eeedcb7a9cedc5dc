"""Who says it: verbs of telling with their subject, "according to", communiques and their issuers, and the agencies in between.

An attribution covers its sentence; "he added" and "the statement" go on with the source before them.
"""

from dataclasses import dataclass

from extraction.folding import fold
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.numbers import number_at
from extraction.persons import given_names, stop_words
from extraction.reading import Reading, between
from extraction.text import Sentence
from extraction.types import Origin

_BREAKS = words("attribution.breaks")
_CUTS = words("attribution.cuts")
_BACK = words("attribution.back")
_AGENCY = {clitics + word: len(clitics) for clitics in ("", "\u0644", "\u0628", "\u0644\u0628") for word in words("attribution.agency")}
_POINTING = words("attribution.pointing")
_ILA = "\u0627\u0644\u064a"
_SOURCE_ENDS = words("attribution.source_ends")
_UNLISTED_ENDS = words("attribution.unlisted_ends")
_ENGLISH_ARTICLES = ("a", "an", "the")
_TELLERS = words("attribution.tellers")
_ENGLISH_BODIES = words("attribution.english_bodies")
_NO_SOURCE = words("attribution.no_source")
_NEAR = 14
_LOOKED_BACK = 60  # sources and actors back to the one a definite word takes up; a hostile text has thousands
_FAR = 2_000  # tokens back: no report takes up a body it named a dozen pages before


@dataclass(slots=True, eq=False)
class Attribution:
    """A source named at tokens `first` up to `last` for the sentence it stands in."""

    first: int
    last: int
    sentence: int
    strength: int  # 3 according to, or a communique; 2 a verb of telling; 1 carried on from before
    origins: tuple[Origin, ...]


def find_attributions(reading: Reading) -> list[Attribution]:
    """Every attribution of the text, in order; a sentence may have several."""
    out: list[Attribution] = []
    for number, sentence in enumerate(reading.sentences):
        found = _in_sentence(reading, number, sentence, out)
        out += sorted(found, key=lambda a: a.first)
    return out


def _in_sentence(reading: Reading, number: int, sentence: Sentence, before: list[Attribution]) -> list[Attribution]:
    found: list[Attribution] = []
    last_source = next((a.origins for a in reversed(before) if a.origins), ())
    for cue in reading.cues(
        sentence.first, sentence.last, "say", "continue", "according", "statement", "the_statement", "relay_from", "relay", "count"
    ):
        name = cue.entry.attributes["cue"]
        if _only_names(reading, cue):
            continue
        if name in ("say", "relay"):
            origins = _subject(reading, cue, sentence, "attribution: who tells") or _taken_up(reading, cue, before, found)
            strength = 2
            if not origins and cue.last < sentence.last and _says_no_more(reading, cue, sentence):
                origins, strength = last_source, 1
            if origins and origins[0].speaker is None and any(word in _BACK for word in fold(origins[0].name).split()):
                origins = (
                    *origins,
                    *(o for o in last_source if o not in origins),
                )  # "the ministry's media centre": the ministry named before
        elif name == "count":
            origins, strength = _counting_body(reading, cue, sentence), 2
        elif name == "continue":
            named = () if cue.entry.attributes["pos"] == "fixed" else _subject(reading, cue, sentence, "attribution: who goes on")
            origins = named or last_source
            strength = 1
        elif name == "the_statement":
            origins, strength = last_source, 3
        elif name == "statement":
            origins, strength = _issuer(reading, cue, sentence), 3
        else:
            origins, strength = _sources_after(reading, cue, sentence) or (last_source if _refers_back(reading, cue) else ()), 3
        if origins:
            found.append(Attribution(cue.first, cue.last, number, strength, origins))
            last_source = origins
    if sentence.is_title or number == 0 or reading.sentences[number - 1].paragraph != sentence.paragraph:
        found += _line_speaker(reading, number, sentence)
    return found


def _only_names(reading: Reading, cue: Hit) -> bool:
    """ "A clerk called So-and-so", in the letters of "claims"."""
    forms = reading.document.forms
    return forms[cue.first] in words("roles.called") and cue.last < len(forms) and forms[cue.last] not in _BREAKS


def _says_no_more(reading: Reading, cue: Hit, sentence: Sentence) -> bool:
    """ "And pointed out that …": the speaker of the sentence before goes on."""
    after = reading.document.forms[cue.last]
    opens = cue.first <= sentence.first + 1 and not cue.entry.term.isascii()
    return opens and (after in _BREAKS or after == _ILA) and after != '"'


def _refers_back(reading: Reading, cue: Hit) -> bool:
    return any(
        form in ("البيان", "المصدر", "الوزاره", "المتحدث", "الخليه", "قوله", "القياده")
        for form in reading.document.forms[cue.last : cue.last + 2]
    )


def _counting_body(reading: Reading, cue: Hit, sentence: Sentence) -> tuple[Origin, ...]:
    """Who counted: "the UN mission recorded 2,417 dead", "the X centre counted 33 attacks", up to the figure."""
    forms, rule = reading.document.forms, "attribution: who counted"
    if cue.entry.term.isascii():
        return _named(reading, max(sentence.first, cue.first - 6), cue.first, cue, rule)
    near = range(cue.last, min(cue.last + 8, sentence.last))
    stop = next((i for i in near if forms[i] == ":" or number_at(reading.document, i, sentence.last)), cue.last)
    named = _named(reading, cue.last, stop, cue, rule)
    if named or stop - cue.last not in (1, 2, 3, 4) or forms[cue.last] not in words("attribution.counters"):
        return named
    start, end = reading.document.span(cue.last, stop)
    return (_origin(reading, start, end, None, "document", cue, rule, ()),)


def _subject(reading: Reading, cue: Hit, sentence: Sentence, rule: str) -> tuple[Origin, ...]:
    """The speakers right after the verb, up to "that"; else the ones right before it."""
    forms = reading.document.forms
    stop = next(
        (i for i in range(cue.last, min(cue.last + _NEAR, sentence.last)) if forms[i] in _BREAKS), min(cue.last + _NEAR, sentence.last)
    )
    if cue.entry.term.isascii():
        return _english_subject(reading, cue, sentence, rule)
    if cue.entry.term in _POINTING:  # "a doctor pointed to the fact that"
        stop = next((i for i in range(cue.last, stop) if forms[i] == _ILA), stop)
    is_tail = cue.first > sentence.first and forms[cue.first - 1] in words("attribution.as")
    if is_tail:  # "eight were killed, [as an officer said]": nobody before the verb is meant
        stop = next((i for i in range(cue.last, stop) if forms[i] in ",.;"), stop)
    bare = cue.last < stop and forms[cue.last] in given_names() and not between(reading.actors, cue.last, cue.last + 1)
    origins = (_untitled(reading, cue, stop, rule) if bare else ()) or _named(reading, cue.last, stop, cue, rule)
    if origins:
        return origins
    if is_tail:
        return _unlisted(reading, cue, min(stop, cue.last + 5), sentence, rule, ends=True)
    if cue.first > sentence.first and forms[cue.first - 1] == '"':  # "…", says the mukhtar
        return _unlisted(reading, cue, min(stop, cue.last + 5), sentence, rule, ends=True)
    if cue.entry.attributes["cue"] == "say" and (person := _untitled(reading, cue, stop, rule)):
        return person
    before = () if cue.entry.attributes["cue"] == "continue" else _before(reading, cue, sentence, rule)
    return before or _unlisted(reading, cue, stop, sentence, rule)


def _before(reading: Reading, cue: Hit, sentence: Sentence, rule: str) -> tuple[Origin, ...]:
    """The speakers before the verb; a body only right before it, for further off it is spoken of."""
    found = _named(reading, max(sentence.first, cue.first - 12), cue.first, cue, rule, nearest_last=True)
    reach = reading.document.span(max(sentence.first, cue.first - 5), cue.first)[0]
    return found if found and (found[-1].end > reach or found[-1].kind in ("person", "office")) else ()


def _english_subject(reading: Reading, cue: Hit, sentence: Sentence, rule: str) -> tuple[Origin, ...]:
    """The speakers between the last comma and "said"; "…, said X" names them after; an unlisted "local official" is kept as printed."""
    forms = reading.document.forms
    low = max(sentence.first, cue.first - 12)
    commas = [i for i in range(low, cue.first) if forms[i] in ',";:']
    first = commas[-1] + 1 if commas else low
    if first == cue.first and commas:  # "…, said X"; "a spokesman, Major So-and-so, told"
        after = _named(reading, cue.last, min(cue.last + 8, sentence.last), cue, rule) if cue.entry.term == "said" else ()
        edges = [low - 1, *commas]
        if len(edges) > 2 and forms[edges[-2] + 1] in ("who", "which", "of"):  # "Colonel So-and-so, who leads the sector, told"
            edges.pop()
        return after or _named(reading, edges[-2] + 1, edges[-1], cue, rule)
    return _joined(_named(reading, first, cue.first, cue, rule), _teller(reading, first, cue, rule))


def _teller(reading: Reading, first: int, cue: Hit, rule: str) -> tuple[Origin, ...]:
    """Who tells under no name, right before the verb: "[…] a hospital official said", "the ministry of electricity said"."""
    forms = reading.document.forms
    if forms[first].endswith("'s") and not _ENGLISH_BODIES.isdisjoint(forms[first + 1 : cue.first]):  # "Iraq's military said"
        return (_origin(reading, *reading.document.span(first, cue.first), None, "body", cue, rule, ()),)
    for begin in range(cue.first - 1, first - 1, -1):
        known = _ENGLISH_BODIES if forms[begin] == "the" else _TELLERS if forms[begin] in (*_ENGLISH_ARTICLES, "one") else None
        if known and not known.isdisjoint(forms[begin + 1 : cue.first]):
            kind = "body" if forms[begin] == "the" else "unnamed_official"
            return (_origin(reading, *reading.document.span(begin + 1, cue.first), None, kind, cue, rule, ()),)
    begin = next((i + 1 for i in range(cue.first - 1, first - 1, -1) if forms[i] not in _TELLERS and forms[i] != "and"), first)
    if begin < cue.first and forms[begin] in _TELLERS:  # "officers and medics said"
        return (_origin(reading, *reading.document.span(begin, cue.first), None, "unnamed_official", cue, rule, ()),)
    return ()


def _joined(named: tuple[Origin, ...], teller: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """Listed speakers and one without a name beside them, unless they are the same words: "a peshmerga colonel" is no Peshmerga."""
    named = tuple(o for o in named if o.kind == "person" or not any(t.start <= o.start and o.end < t.end for t in teller))
    return (*named, *(t for t in teller if all(t.start >= o.end or t.end <= o.start for o in named)))


def _taken_up(reading: Reading, cue: Hit, before: list[Attribution], found: list[Attribution]) -> tuple[Origin, ...]:
    """ "The official said", "the centre counted": the last source whose name holds the definite word beside the verb."""
    forms = reading.document.forms
    word = forms[cue.first - 1] if cue.entry.term.isascii() and cue.first else forms[cue.last] if cue.last < len(forms) else ""
    bare = word.removeprefix("\u0627\u0644")
    if len(bare) < 3:
        return ()
    if not word.isascii() and bare == word:
        return _by_surname(reading, cue, word)
    for attribution in reversed([*before[-_LOOKED_BACK:], *found[-_LOOKED_BACK:]]):
        for origin in attribution.origins:
            if any(part.removeprefix("\u0627\u0644") == bare for part in fold(origin.name).split()):
                return (origin,)
    return ()


def _by_surname(reading: Reading, cue: Hit, word: str) -> tuple[Origin, ...]:
    """ "Sinkawi said", of the person whose name ended with it when he was introduced."""
    for actor in reversed(between(reading.actors, cue.first - _FAR, cue.first)[-_LOOKED_BACK:]):
        if actor.kind == "person" and fold(actor.mention.name).split()[-1] == word:
            m = actor.mention
            return (_origin(reading, m.start, m.end, None, "person", cue, "attribution: the person introduced before", ()),)
    return ()


def _untitled(reading: Reading, cue: Hit, stop: int, rule: str) -> tuple[Origin, ...]:
    """A person who speaks under his bare name: "said So-and-so, …", "said the victim's brother, So-and-so, …"."""
    forms = reading.document.forms
    begin = cue.last
    if begin >= stop or not forms[begin].isalpha():
        return ()
    if forms[begin] not in given_names():  # "the victim's brother, So-and-so"
        comma = next((i for i in range(begin, min(begin + 4, stop)) if forms[i] == ","), None)
        if comma is None or comma + 1 >= stop or forms[begin] in stop_words():
            return ()
        begin = comma + 1
    last = begin
    while last < stop and last < begin + 4 and forms[last].isalpha() and forms[last] not in _BREAKS:
        if last > begin and (forms[last] in stop_words() or forms[last].startswith("\u0644\u0644")):
            break
        last += 1
    if forms[begin] not in given_names() or last - begin < 2:
        return ()
    start, end = reading.document.span(begin, last)
    return (_origin(reading, start, end, None, "person", cue, rule, ()),)


def _unlisted(reading: Reading, cue: Hit, stop: int, sentence: Sentence, rule: str, *, ends: bool = False) -> tuple[Origin, ...]:
    """A subject no list knows ("one of the village's notables said that"), kept as printed."""
    forms = reading.document.forms
    closed = ends or (stop < sentence.last and (forms[stop] in _BREAKS or forms[stop] == _ILA))
    if not (cue.last < stop <= cue.last + 8 and closed) or cue.entry.attributes["cue"] != "say":
        return ()
    if ends:
        stop = next((i for i in range(cue.last, stop) if not forms[i].isalpha()), stop)
    stop = next((i for i in range(cue.last, stop) if forms[i] in _CUTS and i > cue.last), stop)
    words_ = forms[cue.last : stop]
    if (
        not words_
        or words_[0].startswith("البيان")
        or words_[0] in _AGENCY
        or words_[0].removeprefix("\u0627\u0644") in _AGENCY  # who was told, not who told
        or any(not w.isalpha() for w in words_)
        or words_[0] in stop_words()
        or words_[0].startswith(("ب", "ل", "عن"))
    ):
        return ()
    start, end = reading.document.span(cue.last, stop)
    kind = "unnamed_official" if any(w in ("ضابط", "مسؤول", "مسوول", "مصدر") for w in words_) else "eyewitness"
    return (_origin(reading, start, end, None, kind, cue, rule, ()),)


def _named(reading: Reading, first: int, stop: int, cue: Hit, rule: str, *, nearest_last: bool = False) -> tuple[Origin, ...]:
    """Speakers between two tokens: the office, the body it belongs to and its holder are one source under several names."""
    spans: dict[int, Origin] = {}
    relay = _relay(reading, cue.last, min(cue.last + 24, stop + 12))
    for hit in reading.hits.between("speakers", first, stop):
        row = hit.entry.attributes
        if row["slug"] in ("local-source", "security-source", "medical-source"):
            hit = _source_within(reading, hit, stop)
        if row["slug"] == "islamic-state" and not (0 <= hit.first - cue.last <= 1 or 0 <= cue.first - hit.last <= 1):
            continue  # named in what is told, unless it stands beside the verb
        start, end = reading.document.span(hit.first, hit.last, hit.cut)
        spans[hit.first] = _origin(reading, start, end, row["slug"], row["kind"], cue, rule, relay)
    for actor in between(reading.actors, first, stop):
        if actor.kind in ("civilians", "unidentified", "rebel_terrorist") or actor.first in spans:
            continue
        kind = "person" if actor.kind == "person" else "office" if actor.kind == "executive_office" else "body"
        m = actor.mention
        spans[actor.first] = _origin(reading, m.start, m.end, None, kind, cue, rule, relay)
    ordered = [spans[k] for k in sorted(spans)]
    ordered = [o for o in ordered if not (o.speaker in ("local-source",) and len(ordered) > 1 and o.name.strip() in ("مصدر", "المصدر"))]
    if nearest_last:
        return tuple(ordered[-2:])
    return tuple(_one_source(reading, ordered))


def _source_within(reading: Reading, hit: Hit, stop: int) -> Hit:
    """ "A source in the police of the governorate": an unnamed source with the body he belongs to, up to what he said."""
    forms = reading.document.forms
    if hit.last >= stop or forms[hit.last] not in ("في", "من"):
        return hit
    last = hit.last + 1
    while last < stop and last < hit.last + 5 and forms[last].isalpha() and forms[last] not in _BREAKS | _SOURCE_ENDS:
        last += 1
    return Hit(hit.first, last, hit.cut, hit.prefix, hit.entry) if last > hit.last + 1 else hit


def _one_source(reading: Reading, origins: list[Origin]) -> list[Origin]:
    """An office, its body and its holder are one source under one name; what stands further off is somebody else."""
    kept: list[Origin] = []
    for origin in origins:
        if not kept:
            kept.append(origin)
            continue
        last = kept[-1]
        if origin.end <= last.end:  # the body inside an office's name
            kept[-1] = last._replace(speaker=last.speaker or origin.speaker)
            continue
        gap = reading.document.raw[last.end : origin.start]
        if len(gap) > 45:
            break
        if last.kind == "office" and origin.kind == "person" and len(gap) <= 25:
            name = reading.document.raw[last.start : origin.end]
            kept[-1] = origin._replace(start=last.start, name=name, speaker=origin.speaker or last.speaker)
        else:
            kept.append(origin)
    return kept[:4]


def _origin(reading: Reading, start: int, end: int, slug: str | None, kind: str, cue: Hit, rule: str, relay: tuple[str, ...]) -> Origin:
    first, last = reading.document.span(cue.first, cue.last)
    first, last = min(first, start), max(last, end)
    return Origin(start, end, reading.document.raw[start:end], slug, kind, reading.document.raw[first:last], rule, relay)


def _relay(reading: Reading, first: int, stop: int) -> tuple[str, ...]:
    """Agencies the words came through: "to the X agency", "quoted by the X network"."""
    forms = reading.document.forms
    out = []
    for i, form in enumerate(forms[first : min(stop, len(forms) - 1)], first):
        if form in _AGENCY and forms[i + 1].isalpha():
            last = i + 2
            while (
                last < min(i + 4, len(forms))
                and forms[last].isalpha()
                and forms[last] not in _BREAKS
                and forms[last].startswith("\u0627\u0644")
            ):
                last += 1
            start, end = reading.document.span(i, last, _AGENCY[form])
            out.append(reading.document.raw[start:end])
    return tuple(dict.fromkeys(out))


def _issuer(reading: Reading, cue: Hit, sentence: Sentence) -> tuple[Origin, ...]:
    """Whose communique: "a statement by/of/from X"."""
    forms = reading.document.forms
    stop = min(cue.last + 9, sentence.last)
    stop = next((i for i in range(cue.last, stop) if forms[i] in _BREAKS or forms[i] in ",."), stop)
    joined = cue.last < len(forms) and (
        forms[cue.last].startswith("\u0644")
        or forms[cue.last] in ("من", "عن", "صادر", "صدر", "اصدره", "اصدرته", "للمكتب", "by", "from", "of")
    )
    if not joined:
        return ()
    return _named(reading, cue.last, stop, cue, "attribution: whose statement") or _body_taken_up(reading, cue, min(stop, cue.last + 1))


def _sources_after(reading: Reading, cue: Hit, sentence: Sentence) -> tuple[Origin, ...]:
    forms = reading.document.forms
    stop = min(cue.last + 10, sentence.last)
    stop = next((i for i in range(cue.last, stop) if forms[i] in _BREAKS or forms[i] in ",."), stop)
    if cue.last < stop and forms[cue.last] in words("attribution.told_it"):  # "according to what was said to the X by …"
        stop = next((i for i in range(cue.last, min(cue.last + 14, sentence.last)) if forms[i] in ",."), min(cue.last + 14, sentence.last))
        stop = _with_apposition(reading, stop, sentence.last)
        told = _named(reading, cue.last + 1, stop, cue, "attribution: according to what was said")
        return told or _unlisted_after(reading, cue, stop, cue.last + 1)
    if cue.last < stop and forms[cue.last].removeprefix("\u0644") in _NO_SOURCE:
        return ()  # "according to precise information from X", "under article 4"
    found = _named(reading, cue.last, _with_apposition(reading, stop, sentence.last), cue, "attribution: according to")
    if found:
        return found
    body = _body_taken_up(reading, cue, stop)
    if body:
        return body
    relay = _relay(reading, cue.last, stop + 1) or _relay(reading, cue.first, stop + 1)
    if not relay:
        return _unlisted_after(reading, cue, stop)
    start, end = reading.document.span(cue.first, min(cue.last + 3, sentence.last))
    return (Origin(start, end, relay[0], None, "document", reading.document.raw[start:end], "attribution: according to an agency", relay),)


def _with_apposition(reading: Reading, comma: int, last: int) -> int:
    """Where the source ends whose holder follows behind a comma: "the spokesman for the axis, So-and-so"; else the comma itself."""
    if comma >= last or reading.document.forms[comma] != ",":
        return comma
    person = next((a for a in between(reading.actors, comma + 1, comma + 4) if a.kind == "person"), None)
    office = any(a.kind == "executive_office" for a in between(reading.actors, comma - 8, comma))
    return person.last if person and office else comma


def _body_taken_up(reading: Reading, cue: Hit, stop: int) -> tuple[Origin, ...]:
    """ "According to a statement of the service": the body named last whose name begins with that word."""
    for i in range(cue.last, stop):
        bare = reading.document.forms[i].removeprefix("\u0644\u0644").removeprefix("\u0627\u0644")
        if bare == reading.document.forms[i] or bare not in words("attribution.bodies"):
            continue
        for actor in reversed(between(reading.actors, cue.first - _FAR, cue.first)):
            if actor.kind not in ("person", "executive_office") and fold(actor.mention.name).removeprefix("\u0627\u0644").startswith(bare):
                m = actor.mention
                return (_origin(reading, m.start, m.end, None, "body", cue, "attribution: the body named before", ()),)
    return ()


def _unlisted_after(reading: Reading, cue: Hit, stop: int, first: int | None = None) -> tuple[Origin, ...]:
    """ "According to a local research centre": a source no list knows, up to the comma, kept as printed."""
    forms = reading.document.forms
    first = cue.last if first is None else first
    first += first < stop and forms[first] in _ENGLISH_ARTICLES
    by = next((i for i in range(first, stop) if forms[i] == "by"), None)  # "according to figures released today by the X mission"
    if by is not None and by + 1 < stop:
        first = by + 1
        first += first + 1 < stop and forms[first] in _ENGLISH_ARTICLES
    stop = next((i for i in range(first + 1, stop) if not forms[i].isalpha() or forms[i] in _UNLISTED_ENDS), stop)
    words_ = forms[first:stop]
    if (
        not 1 <= len(words_) <= 5
        or any(not w.isalpha() for w in words_)
        or words_[0] in stop_words() | _NO_SOURCE
        or words_[0].startswith(("البيان", "ما"))
    ):
        return ()
    start, end = reading.document.span(first, stop)
    return (_origin(reading, start, end, None, "document", cue, "attribution: according to, unlisted", ()),)


def _line_speaker(reading: Reading, number: int, sentence: Sentence) -> list[Attribution]:
    """ "Joint Operations: coordination goes on": the name before the colon of a headline or a list's line speaks; a clock time has none."""
    forms = reading.document.forms
    near = range(sentence.first + 1, min(sentence.first + 12, sentence.last))
    colon = next((i for i in near if forms[i] == ":" and not forms[i - 1].isdecimal()), None)
    if colon is None:
        return []
    hits = reading.hits.between("speakers", sentence.first, colon)
    if not hits:
        return []
    hit = hits[0]
    start, end = reading.document.span(hit.first, hit.last, hit.cut)
    row = hit.entry.attributes
    origin = Origin(
        start,
        end,
        reading.document.raw[start:end],
        row["slug"],
        row["kind"],
        reading.document.raw[start : end + 1],
        "attribution: headline's colon",
    )
    return [Attribution(sentence.first, colon, number, 2, (origin,))]
