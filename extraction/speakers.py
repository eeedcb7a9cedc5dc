"""Who is named as a source between two words: listed speakers, forces and offices, persons with or without a title, sources without
a name."""

from extraction.lexicon import words
from extraction.matching import Hit
from extraction.persons import given_names, stop_words
from extraction.reading import Reading, between
from extraction.types import Origin

AGENCY = {clitics + word: len(clitics) for clitics in ("", "\u0644", "\u0628", "\u0644\u0628") for word in words("attribution.agency")}
BREAKS = words("attribution.breaks")
UNNAMED = ("local-source", "security-source", "medical-source")
_AL, _LAM, _LIL, _WAW, _YEH = "\u0627\u0644", "\u0644", "\u0644\u0644", "\u0648", "\u064a"
_SOURCE_ENDS = words("attribution.source_ends")
_SOURCE_KINDS = words("attribution.source_kinds")
_OF = words("attribution.of")
_ABOUT = words("attribution.about")
_RANKED = words("attribution.ranked")
_DEFINITE_SOURCE = words("attribution.definite_source")
_LONGEST_NAME = 4
_FURTHEST_HOLDER = 45  # characters between an office and who holds it


def origin(reading: Reading, start: int, end: int, slug: str | None, kind: str, cue: Hit, rule: str, relay: tuple[str, ...] = ()) -> Origin:
    """The source named at `start` up to `end`, with the passage from its word for telling to its name."""
    first, last = reading.document.span(cue.first, cue.last)
    first, last = min(first, start), max(last, end)
    return Origin(start, end, reading.document.raw[start:end], slug, kind, reading.document.raw[first:last], rule, relay)


def named(reading: Reading, first: int, stop: int, cue: Hit, rule: str, *, nearest_last: bool = False) -> tuple[Origin, ...]:
    """Speakers between two tokens: the office, the body it belongs to and its holder are one source under several names."""
    spans: dict[int, tuple[int, Origin]] = {}  # by first token, with the token behind the last
    relay = relays(reading, cue.last, min(cue.last + 24, stop + 12))
    for hit in reading.hits.between("speakers", first, stop):
        row = hit.entry.attributes
        if row["slug"] in UNNAMED:
            hit = _source_within(reading, hit, stop)
        if row["slug"] == "islamic-state" and not (0 <= hit.first - cue.last <= 1 or 0 <= cue.first - hit.last <= 1):
            continue  # named in what is told, unless it stands beside the verb
        start, end = reading.document.span(hit.first, hit.last, hit.cut)
        spans[hit.first] = hit.last, origin(reading, start, end, row["slug"], row["kind"], cue, rule, relay)
    for actor in between(reading.actors, first, stop):
        if actor.kind in ("civilians", "unidentified", "rebel_terrorist") or actor.first in spans:
            continue
        kind = "person" if actor.kind == "person" else "office" if actor.kind == "executive_office" else "body"
        m = actor.mention
        spans[actor.first] = actor.last, origin(reading, m.start, m.end, None, kind, cue, rule, relay)
    if spans and not any(o.kind == "person" or o.speaker in UNNAMED for _, o in spans.values()):
        holder = _holder(reading, min(spans), max(last for last, _ in spans.values()), stop)
        if holder:
            start, end = reading.document.span(*holder)
            spans[holder[0]] = holder[1], origin(reading, start, end, None, "person", cue, rule, relay)
    ordered = [spans[k][1] for k in sorted(spans)]
    ordered = [o for o in ordered if not (o.speaker == "local-source" and len(ordered) > 1 and o.name.strip() in ("مصدر", "المصدر"))]
    return tuple(ordered[-2:]) if nearest_last else tuple(_one_source(reading, ordered))


def _holder(reading: Reading, first: int, last: int, stop: int) -> tuple[int, int] | None:
    """Who holds an office, named without a title behind all that belongs to it: "a deputy for Diyala in the parliament So-and-so"."""
    forms = reading.document.forms
    told = next((i for i in range(last, stop) if forms[i] in BREAKS or forms[i] in ",;."), stop)
    for i in range(last, told):
        if (end := person_at(reading, i, told)) and (i == last or forms[i - 1] not in stop_words()):
            return i, end
    end = next((i for i in range(last, min(told, len(forms) - 1)) if forms[i] in _ABOUT), told)
    unknown = end - last in (2, 3) and end < len(forms) and forms[end] in _ABOUT | BREAKS - {'"'}
    if unknown and reading.hits.between("offices", first - 1, last) and all(_is_name(reading, i) for i in range(last, end)):
        return last, end
    return None


def person_at(reading: Reading, index: int, stop: int) -> int | None:
    """Where the untitled name of two words or more that begins at a token ends; None where none begins: a given name with what follows
    it, or a word and a surname in -i with the article, right before what he says."""
    forms, hits = reading.document.forms, reading.hits
    is_given = forms[index] in given_names()
    if not is_given and not _is_name(reading, index):
        return None
    last = index + 1
    while last < stop and last < index + _LONGEST_NAME and forms[last].isalpha() and forms[last] not in BREAKS:
        told = forms[last] in stop_words() or forms[last].startswith(_LIL) or forms[last] in AGENCY or hits.at("cues", last)
        if told and forms[last] not in given_names():
            break
        last += 1
    if is_given:
        return last if last - index >= 2 else None
    return last if last - index == 2 and forms[last - 1].startswith(_AL) and forms[last - 1].endswith(_YEH) else None


def _is_name(reading: Reading, index: int) -> bool:
    """Whether a word no list knows may be a given name: no word of ours, without the article or a preposition."""
    form = reading.document.forms[index]
    known = ("actors", "speakers", "offices", "place_words", "cues", "triggers", "people", "weapons")
    return (
        form.isalpha()
        and not form.isascii()
        and len(form) > 2
        and not form.startswith(_AL)
        and form not in stop_words() | _SOURCE_ENDS
        and not between(reading.places, index, index + 1)
        and not any(reading.hits.at(table, index) for table in known)
    )


def _source_within(reading: Reading, hit: Hit, stop: int) -> Hit:
    """ "A source in the police of the governorate", "security and medical sources", "an officer with the rank of colonel": an unnamed
    source with what is said of him, up to what he said."""
    forms, last = reading.document.forms, hit.last
    if last < stop and forms[last - 1] in _RANKED and forms[last].isalpha():
        last += 1
    if last < stop and forms[last][:1] == _WAW and forms[last][1:] in _SOURCE_KINDS:
        last += 1
    inside = not _OF.isdisjoint(forms[hit.first + 1 : last])
    at = last if inside else last + 1
    if not inside and (last >= stop or forms[last] not in _OF):
        return Hit(hit.first, last, hit.cut, hit.prefix, hit.entry) if last > hit.last else hit
    while at < stop and at < last + 5 and forms[at].isalpha() and not _ends_source(forms[at]):
        at += 1
    last = at if at > last + 1 or inside else last
    return Hit(hit.first, last, hit.cut, hit.prefix, hit.entry) if last > hit.last else hit


def _ends_source(form: str) -> bool:
    return form in BREAKS or form in _SOURCE_ENDS or form in AGENCY or form.startswith(_LIL)


def _one_source(reading: Reading, origins: list[Origin]) -> list[Origin]:
    """An office, its body and its holder are one source under one name; what stands further off is somebody else."""
    kept: list[Origin] = []
    for each in origins:
        if not kept:
            kept.append(each)
            continue
        last = kept[-1]
        if each.end <= last.end:  # the body inside an office's name
            kept[-1] = last._replace(speaker=last.speaker or each.speaker)
            continue
        gap = reading.document.raw[last.end : each.start]
        if len(gap) > _FURTHEST_HOLDER:
            break
        if last.kind == "office" and each.kind == "person" and len(gap) <= 25:
            name = reading.document.raw[last.start : each.end]
            kept[-1] = each._replace(start=last.start, name=name, speaker=each.speaker or last.speaker)
        else:
            kept.append(each)
    return kept[:4]


def relays(reading: Reading, first: int, stop: int) -> tuple[str, ...]:
    """Agencies the words came through: "to the X agency", "quoted by the X network"."""
    forms = reading.document.forms
    out = []
    for i, form in enumerate(forms[first : min(stop, len(forms) - 1)], first):
        if form in AGENCY and forms[i + 1].isalpha():
            last = i + 2
            while last < min(i + 4, len(forms)) and forms[last].isalpha() and forms[last] not in BREAKS and forms[last].startswith(_AL):
                last += 1
            start, end = reading.document.span(i, last, AGENCY[form])
            out.append(reading.document.raw[start:end])
    return tuple(dict.fromkeys(out))


def is_definite_source(each: Origin) -> bool:
    """ "The source", who was named before."""
    return each.name.strip() in _DEFINITE_SOURCE
