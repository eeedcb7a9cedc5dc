"""Who is named as a source between two words: listed speakers, forces and offices, persons with or without a title, sources without
a name."""

import re

from extraction.lexicon import words
from extraction.matching import Hit
from extraction.persons import given_names, stop_words
from extraction.reading import Reading, between
from extraction.types import Origin

AGENCY = {clitics + word: len(clitics) for clitics in ("", "\u0644", "\u0628", "\u0644\u0628") for word in words("speakers.agency")}
_AGENCIES = frozenset(AGENCY)
BREAKS = words("speakers.breaks")
UNNAMED = ("local-source", "security-source", "medical-source")
_AL, _LAM, _LIL, _WAW, _YEH = "\u0627\u0644", "\u0644", "\u0644\u0644", "\u0648", "\u064a"
_SOURCE_ENDS = words("speakers.source_ends")
_SOURCE_KINDS = words("speakers.source_kinds")
_OF = words("speakers.of")
_ABOUT = words("speakers.about")
_ABOUT_OR_BREAK = _ABOUT | BREAKS - {'"'}
_RANKED = words("speakers.ranked")
_DEFINITE_SOURCE = words("speakers.definite_source")
_OFFICIALS = words("attribution.officials")
_VAGUE = words("speakers.vague")
_DISPUTED = frozenset(word for word in words("clause_places.disputed") if not word.isascii())
_NEWS = words("speakers.news")
_PARTING = words("speakers.parting") | {","}
_TO_OR_BY = ("\u0644", "\u0628")
_LONGEST_NAME = 4
_LONGEST_TITLE = 4
_FURTHEST_HOLDER = 45  # characters between an office and who holds it
_SHORT = 3  # letters
_BRACKETED = re.compile(r"\([^()]*\)")  # "the director of police in Kirkuk (240 km north of Baghdad), Brigadier So-and-so"
_Span = tuple[int, int, Origin]  # first token, the token behind the last


def origin(reading: Reading, start: int, end: int, slug: str | None, kind: str, cue: Hit, rule: str, relay: tuple[str, ...] = ()) -> Origin:
    """The source named at `start` up to `end`, with the passage from its word for telling to its name."""
    first, last = reading.document.span(cue.first, cue.last)
    first, last = min(first, start), max(last, end)
    return Origin(start, end, reading.document.raw[start:end], slug, kind, reading.document.raw[first:last], rule, relay)


def named(
    reading: Reading, first: int, stop: int, cue: Hit, rule: str, *, nearest_last: bool = False, is_subject: bool = False
) -> tuple[Origin, ...]:
    """Speakers between two tokens: the office, the body it belongs to and its holder are one source under several names. The subject of a
    verb has no preposition."""
    forms = reading.document.forms
    stop = next(iter(reading.document.where(_DISPUTED, first, stop)), stop)  # "in Daquq, disputed between Baghdad and Erbil"
    speakers, actors = reading.hits.between("speakers", first, stop), between(reading.actors, first, stop)
    official = _official(reading, first, stop) if is_subject else None
    if not (speakers or actors or official):
        return ()
    spans: list[_Span] = []
    relay = relays(reading, cue.last, min(cue.last + 24, stop + 12))
    for hit in speakers:
        row = hit.entry.attributes
        if row["slug"] in UNNAMED:
            hit = _source_within(reading, hit, stop)
        beside = 0 <= hit.first - cue.last <= 1 or 0 <= cue.first - hit.last <= 1
        if row["slug"] == "islamic-state" and (not beside or cue.entry.attributes["cue"] == "hold"):
            continue  # named in what is told, unless it stands beside the verb
        if is_subject and hit.prefix[-1:] in _TO_OR_BY:
            continue
        span = reading.document.span(hit.first, hit.last, hit.cut)
        spans.append((hit.first, hit.last, origin(reading, *span, row["slug"], row["kind"], cue, rule, relay)))
    taken = {span[0]: i for i, span in enumerate(spans)}
    for actor in actors:
        if actor.kind in ("civilians", "unidentified", "rebel_terrorist"):
            continue
        if actor.first in taken:  # "the police command" that is listed, of Anbar
            at, last, listed = spans[taken[actor.first]]
            if actor.last > last and actor.kind != "person":
                spans[taken[actor.first]] = at, actor.last, _spanning(reading, listed, listed.start, actor.mention.end)
            continue
        if is_subject and actor.prefix[-1:] in _TO_OR_BY:
            continue
        kind = "person" if actor.kind == "person" else "office" if actor.kind == "executive_office" else "body"
        spans.append((actor.first, actor.last, origin(reading, actor.mention.start, actor.mention.end, None, kind, cue, rule, relay)))
    spans.sort(key=lambda span: span[0])
    if official and not any(s[2].kind == "person" for s in spans):
        unnamed = origin(reading, *reading.document.span(first, official), None, "unnamed_official", cue, rule, relay)
        spans = [(first, official, unnamed), *(s for s in spans if s[0] >= official)]
    if spans and 2 <= spans[0][0] - first <= 3 and spans[0][2].kind == "office":
        at, last, office = spans[0]
        if all(forms[i] in given_names() or _is_name(reading, i) for i in range(first, at)):  # "So-and-so, the director of health"
            spans[0] = first, last, _spanning(reading, office, reading.document.span(first, at)[0], office.end)._replace(kind="person")
    if spans and not any(o.kind == "person" or o.speaker in UNNAMED or o.kind == "unnamed_official" for _, _, o in spans):
        behind = max(last for _, last, _ in spans)
        behind += behind < stop and forms[behind] == '"'  # "the spokesman for «the force» So-and-so"
        if holder := _holder(reading, spans[0][0], behind, stop):
            spans.append((*holder, origin(reading, *reading.document.span(*holder), None, "person", cue, rule, relay)))
    vague = [s for s in spans if s[2].speaker == "local-source" and s[2].name.strip() in _VAGUE]
    kept = _one_source(reading, [s for s in spans if s not in vague or len(spans) == 1], stop)
    kept = [_before_bracket(each) for each in kept]
    return tuple(kept[-2:]) if nearest_last else tuple(kept)


def _before_bracket(each: Origin) -> Origin:
    """ "The deputy commander of the first axis [(Khanaqin]": without a bracket that closes behind the name."""
    opened = 0 if ")" in each.name else each.name.find(" (")
    return each._replace(end=each.start + opened, name=each.name[:opened]) if opened > 0 else each


def _official(reading: Reading, first: int, stop: int) -> int | None:
    """Where "an officer in the police of Kirkuk", "an official of the union", at a token, ends; None where none stands there."""
    forms = reading.document.forms
    if first >= stop or forms[first] not in _OFFICIALS or reading.hits.at("speakers", first):
        return None
    last = first + 1
    while last < stop and last < first + 6 and forms[last].isalpha() and not (_ends_source(forms[last]) or reading.hits.at("harm", last)):
        last += 1
    return last if not _OF.isdisjoint(forms[first + 1 : last]) else None


def _holder(reading: Reading, first: int, last: int, stop: int) -> tuple[int, int] | None:
    """Who holds an office, named without a title behind all that belongs to it: "a deputy for Diyala in the parliament So-and-so"."""
    forms = reading.document.forms
    told = next((i for i in range(last, stop) if forms[i] in BREAKS or forms[i] in ",;.-"), stop)
    for i in range(last, told):
        if (end := person_at(reading, i, told)) and (i == last or forms[i - 1] not in stop_words()):
            return i, end
    end = next((i for i in range(last, min(told, len(forms) - 1)) if forms[i] in _ABOUT), told)
    if told + 1 < stop and forms[told] == "," and forms[told + 1] in given_names() and (behind := person_at(reading, told + 1, stop)):
        return told + 1, behind
    unknown = end - last in (2, 3) and end < len(forms) and forms[end] in _ABOUT_OR_BREAK
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
        told = forms[last] in stop_words() or forms[last].startswith(_LAM) or forms[last] in AGENCY or hits.at("cues", last)
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
        and form not in stop_words()
        and form not in _SOURCE_ENDS
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
    if inside or (last < stop and forms[last] in _OF):
        at = last if inside else last + 1
        while at < stop and at < last + 5 and _goes_on(reading, at):
            at += 1
        last = at if at > last + 1 or inside else last
    return Hit(hit.first, last, hit.cut, hit.prefix, hit.entry) if last > hit.last else hit


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether what is said of a source goes on at a token."""
    return reading.document.forms[at].isalpha() and not (_ends_source(reading.document.forms[at]) or _opens_told(reading, at))


def _opens_told(reading: Reading, at: int) -> bool:
    """ "(A source in Diyala told) [of the toll's] rise", "[of] two men's death"."""
    if not reading.document.forms[at].startswith(_TO_OR_BY[1]):
        return False
    return any(reading.hits.at(table, at) for table in ("harm", "triggers", "cues"))


def _ends_source(form: str) -> bool:
    return form in BREAKS or form in _SOURCE_ENDS or form in AGENCY or form.startswith(_LIL)


def _one_source(reading: Reading, spans: list[_Span], stop: int) -> list[Origin]:
    """An office, its body and its holder are one source under one name, unless "and" or a comma parts them; what stands further off, or
    behind what is told, is somebody else."""
    kept: list[Origin] = []
    begin = reach = 0  # the first token of the first, and the token behind the last that was taken in
    for first, last, each in spans:
        if not kept:
            begin = first
            kept.append(_from_rank(reading, first, each) if each.kind == "body" else each)
        elif first < reach:  # the body inside an office's name
            kept[-1] = kept[-1]._replace(speaker=kept[-1].speaker or each.speaker)
        else:
            before = kept[-1]
            gap = reading.document.raw[reading.document.span(reach - 1, reach)[1] : each.start]
            title = reading.document.forms[max(reach, first - _LONGEST_TITLE) : first]
            in_apposition = each.kind == "person" and before.kind != "person" and "," in title and not gap.endswith(_WAW)
            # "the commander of operations, So-and-so", but "the Peshmerga announced the death of a commander, So-and-so"
            is_told = bool(reading.hits.between("harm", reach, first)) or (
                not in_apposition and bool(reading.hits.between("triggers", reach, first))
            )
            # "Kadhimi affirmed support for the Peshmerga's efforts", beside "Major So-and-so of the Peshmerga"
            is_object = before.kind == "person" and each.kind == "body" and first - reach > 1 and "," not in title
            is_object = is_object and reading.document.forms[reach] not in _OF
            elsewhere = each.start < before.end or reading.document.span(reach - 1, reach)[1] - before.end > _SHORT  # by his surname
            is_far = len(_BRACKETED.sub("", gap)) > _FURTHEST_HOLDER
            if elsewhere or is_far or is_told or is_object or (first == reach and before.kind == each.kind == "body"):
                break
            parted = not _PARTING.isdisjoint(reading.document.forms[reach:first]) or gap.endswith(_WAW)
            if (parted and not in_apposition) or before.kind == each.kind == "person":
                kept.append(each)
            elif before.kind == "person":  # "[Captain] So-and-so of the police [of Diyala]"
                end = next((i for i in range(last, min(last + 3, stop)) if not _goes_on(reading, i)), min(last + 3, stop))
                ranked = _from_rank(reading, begin, before)
                kept[-1] = _spanning(reading, ranked, ranked.start, reading.document.span(end - 1, end)[1])
            else:
                main, other = (each, before) if each.kind == "person" else (before, each)
                kept[-1] = _spanning(reading, main, before.start, each.end)._replace(speaker=main.speaker or other.speaker)
        reach = max(reach, last)
    return kept[:4]


def _from_rank(reading: Reading, first: int, each: Origin) -> Origin:
    """ "[Captain] So-and-so", "[the colonel in] the police of Kirkuk So-and-so": from his rank on."""
    at = first - (reading.document.forms[first - 1] in _OF | _ABOUT)
    rank = next((h for h in reading.hits.between("offices", max(0, at - 3), at) if h.last == at), None)
    begin = rank.first if rank else at - (reading.document.forms[at - 1].removeprefix(_AL) in _OFFICIALS)
    return each if begin == at else _spanning(reading, each, reading.document.span(begin, at)[0], each.end)


def _spanning(reading: Reading, each: Origin, start: int, end: int) -> Origin:
    return each._replace(start=start, end=end, name=reading.document.raw[start:end])


def relays(reading: Reading, first: int, stop: int) -> tuple[str, ...]:
    """Agencies the words came through: "to the X agency", "quoted by the X network"."""
    forms = reading.document.forms
    out = []
    for i in reading.document.where(_AGENCIES, first, min(stop, len(forms) - 1)):
        form = forms[i]
        if forms[i + 1] == '"':  # "the newspaper «X»"
            close = next((k for k in range(i + 3, min(i + 7, len(forms))) if forms[k] == '"'), None)
            if close:
                out.append(reading.document.raw[slice(*reading.document.span(i, close, AGENCY[form]))])
        elif forms[i + 1].isalpha():
            last = i + 2
            while last < min(i + 4, len(forms)) and forms[last].isalpha() and forms[last] not in BREAKS:
                if not (forms[last].startswith(_AL) or forms[last] in _NEWS):
                    break
                last += 1
            start, end = reading.document.span(i, last, AGENCY[form])
            out.append(reading.document.raw[start:end])
    return tuple(dict.fromkeys(out))


def is_definite_source(each: Origin) -> bool:
    """ "The source", who was named before."""
    return each.name.strip() in _DEFINITE_SOURCE
