"""The people before a verb of harm: "three soldiers were killed", "he said that two brothers who work in the fields met their death"."""

from extraction.companions import one_of_them, past_besides
from extraction.counted_people import CountedPhrase, past_epithets, phrase_at, side_party
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.named_victims import one_named
from extraction.reading import Reading, between
from extraction.tolls import Harm, sum_of_ranks

_WAW = "\u0648"
_DUAL = "\u064a\u0646"
_CONJUNCTIONS = (_WAW, "\u0641")
_FAR = 16  # tokens from a verb back to the people that open its clause
_NAMED_FAR = 12  # tokens of a name and the office behind it
_OPENERS, _ANOTHERS_VERB = words("subjects.openers"), words("subjects.anothers_verb")
_LONGEST_DAY = 6  # tokens
_IN_IT = words("subjects.in_it")
_TOLD_OF_ONE = frozenset(("killed", "wounded"))
_STOPS = frozenset(".,;:!?()")
_THEY_WERE = "\u0648\u0627"
_ASIDES = frozenset((",", "-", "\u2013"))
_THEY_ARE, _OF_THEM = words("tolls.they_are"), words("subjects.of_them")
_ANOTHER = "\u0627\u062e\u0631\u064a"  # of the feminine: another force, or woman
_AUXILIARIES = words("casualties.auxiliaries")


def subjects_before(reading: Reading, hit: Hit, harm: str, first: int, rule: str) -> list[Harm]:
    """ "Three policemen and two civilians were killed": the counts that stand before the verb, the last one first read."""
    phrase = subject_before(reading, hit, first)
    if phrase is None:
        return []
    told = joined_before(reading, _whole_before(reading, phrase, first), harm, first, rule)
    whole = _whole_of(reading, told[0], first)
    return [Harm(whole.first, whole.last, harm, whole.party, whole.value, whole.quantifier, rule)] if whole else told


def _whole_of(reading: Reading, part: Harm, first: int) -> CountedPhrase | None:
    """The four of "four people who are a child and three gunmen were killed", the five of "five people, three of them soldiers"."""
    forms = reading.document.forms
    if forms[part.first] not in _THEY_ARE and _OF_THEM.isdisjoint(forms[part.first : part.last - 1]):
        return None  # "(six wounded,) three of them [died]"
    return _count_up_to(reading, part.first - (forms[part.first - 1] in _ASIDES), first)


def _count_up_to(reading: Reading, end: int, first: int) -> CountedPhrase | None:
    """The counted people who stand right before token `end`."""
    counts = (phrase_at(reading, k, end) for k in range(max(first, end - 7), end))
    return next((p for p in counts if p and p.last == end and p.counted and p.value), None)


def joined_before(reading: Reading, phrase: CountedPhrase, harm: str, first: int, rule: str) -> list[Harm]:
    """A count and those before it that "and" joins to it: "(the clash left) an officer and two fighters (dead)"."""
    out = [Harm(phrase.first, phrase.last, harm, phrase.party, phrase.value, phrase.quantifier, rule)]
    while reading.document.forms[phrase.first].startswith(_WAW) and phrase.value:
        end, begin = phrase.first, max(first, phrase.first - 7)
        found = (phrase_at(reading, k, end) for k in range(begin, end))
        before = next((p for p in found if p and p.counted and p.value and past_epithets(reading, p.last, end) == end), None)
        if before is None or reading.hits.between("harm", before.first, end):
            break
        phrase = before
        out.insert(0, Harm(phrase.first, phrase.last, harm, phrase.party, phrase.value, phrase.quantifier, rule))
    return sum_of_ranks(out)


def besides_after(reading: Reading, at: int, last: int, harm: str, rule: str) -> list[Harm]:
    """ "(Seven of its fighters fell) besides three brothers of the village": those counted behind the verb as well."""
    beside = past_besides(reading, at, last)
    phrase = phrase_at(reading, beside, last) if beside > at else None
    if phrase is None or phrase.party in ("other", "them"):
        return []
    return [Harm(phrase.first, phrase.last, harm, phrase.party, phrase.value, phrase.quantifier, rule)]


def subject_before(reading: Reading, hit: Hit, first: int) -> CountedPhrase | None:
    """ "Two soldiers were killed": the people stand right before the verb."""
    forms, end = reading.document.forms, hit.first
    while end > first and forms[end - 1] in _AUXILIARIES:
        end -= 1
    if end - 1 > first and forms[end - 1] in words("companions.one_of_them") and not reading.hits.between("harm", end - 4, end - 1):
        return one_of_them(reading, end - 1, first, end)  # "(two men,) one of whom was killed"
    if end - 1 > first and forms[end - 1].removeprefix(_WAW) in words("casualties.the_other"):
        one = next((k for k in range(end - 2, first, -1) if forms[k] in words("companions.one_of_them")), None)
        meant = one_of_them(reading, one, first, end) if one is not None else None
        return meant._replace(first=end - 1, last=end) if meant else None
    if end > first and forms[end - 1] in _ASIDES:  # "four, among them two officers, were wounded"
        bare = end - forms[hit.first].endswith(_THEY_WERE)  # "two of the fighters, were killed", a verb that agrees with them
        end = next((i for i in range(end - 2, max(first, end - 9), -1) if forms[i] == forms[end - 1]), bare)
    for start in range(max(first, end - 9), end):
        phrase = phrase_at(reading, start, end) if not _is_dated(reading, start) else None
        if phrase and not phrase.counted and forms[phrase.last - 1].endswith(_DUAL) and forms[hit.first] in words("subjects.two_were"):
            phrase = phrase._replace(value=2, counted=True, quantifier="exact")  # the verb tells a dual from a plural
        if (
            phrase
            and phrase.counted
            and phrase.value is not None
            and (
                past_epithets(reading, phrase.last, end) == end
                or (not forms[start].endswith(_ANOTHER) and _is_unit(reading, phrase.last, end))
            )
        ):
            return phrase
        if phrase and phrase.value == 1 and phrase.last + 2 < end and forms[phrase.last] in words("casualties.who"):
            return phrase  # "his father, who ran to the place, was hit"
    return _named_subject(reading, hit, first) or _who_was(reading, hit, first) or _far_subject(reading, hit, first, end)


def _is_dated(reading: Reading, at: int) -> bool:
    """ "(In an attack in) 2021 were killed three men": the number of a year, or of a day, counts nobody; nor does "on another side"."""
    turns = reading.cues(at - 2, at, "other_event", "other_subject")
    return any(at < e.last for e in between(reading.dates, at - _LONGEST_DAY, at + 1)) or any(at < c.last for c in turns)


def _named_subject(reading: Reading, hit: Hit, first: int) -> CountedPhrase | None:
    """ "(He said that) So-and-so, a member of the council, was killed"."""
    forms = reading.document.forms
    if forms[hit.first].startswith(_CONJUNCTIONS):
        return None
    for start in range(max(first, hit.first - _NAMED_FAR), hit.first - 1):
        if start == first or forms[start - 1] in _OPENERS:
            named = one_named(reading, start, hit.first)
            aside = forms[named.last : hit.first] if named else [""]
            if named and (all(form in ',"' for form in aside) or (aside[-1] == "," and "," in forms[start : named.last])):
                return named
    return None


def _who_was(reading: Reading, hit: Hit, first: int) -> CountedPhrase | None:
    """ "The fighter So-and-so, who fell yesterday": the one person told last before "who"."""
    forms = reading.document.forms
    if hit.first - 2 <= first or forms[hit.first - 1] not in words("casualties.who") or hit.entry.attributes["harm"] not in _TOLD_OF_ONE:
        return None
    if not _IN_IT.isdisjoint(forms[hit.last : hit.last + 1]):
        return None  # "the attack in which thirteen fell"
    people = reading.hits.between("people", max(first, hit.first - _FAR), hit.first - 1)
    one = next((h for h in reversed(people) if h.entry.attributes["number"] == "1"), None)
    phrase = phrase_at(reading, one.first, hit.first - 1) if one is not None else None
    if one is None or phrase is None or phrase.party in ("other", "them") or not _STOPS.isdisjoint(forms[one.last : hit.first]):
        return None
    return phrase._replace(value=1, counted=True, quantifier="exact")


def _far_subject(reading: Reading, hit: Hit, first: int, end: int) -> CountedPhrase | None:
    """ "(He said that) two brothers who work in the fields were killed": the people open the sentence or stand behind "that", and what
    lies between them and the verb tells of them alone."""
    forms = reading.document.forms
    if forms[hit.first].startswith(_CONJUNCTIONS) or (end > first and forms[end - 1] in _ANOTHERS_VERB):
        return None
    end -= forms[end - 1] == "," and forms[hit.first].endswith(_THEY_WERE)  # "three men of the guard, were killed", a plural verb
    begin = max(first, end - _FAR)
    start = next((k for k in range(end - 1, begin - 1, -1) if k == first or forms[k - 1] in _OPENERS), None)
    start = start + 1 if start is not None and forms[start] in _OPENERS else start
    phrase = phrase_at(reading, start, end) if start is not None and start < end else None
    if phrase is None or not phrase.value or phrase.party in ("other", "them"):
        return None
    between_them = forms[phrase.last : end]
    stopped = not _STOPS.isdisjoint(between_them) or reading.hits.between("harm", phrase.last, end)
    return None if stopped else phrase


def _whole_before(reading: Reading, part: CountedPhrase, first: int) -> CountedPhrase:
    """The seven of "seven civilians, among them four children, were killed"; the phrase as it is where it is no part of a count."""
    cue = next((c for c in reading.cues(max(first, part.first - 2), part.first, "among") if c.last == part.first), None)
    whole = _count_up_to(reading, cue.first - (reading.document.forms[cue.first - 1] in _ASIDES), first) if cue else None
    return whole._replace(last=cue.first) if whole and cue else part


def _is_unit(reading: Reading, at: int, end: int) -> bool:
    """Whether a unit alone stands up to `end`, or "of" and a body: "three men [of Brigade 51] fell", "a soldier [of Task Force X]"."""
    forms = reading.document.forms[at:end]
    start = at + (len(forms) > 1 and forms[0] in words("particles.from"))
    names = [a for a in between(reading.actors, start, end) if side_party(a)]
    if names and names[0].first == start and names[-1].last == end and sum(a.last - a.first for a in names) >= end - start - len(names) + 1:
        return True  # one, or one "in" the other
    plain = all(form == '"' or form.isalpha() for form in forms) and not any(form.startswith(_WAW) for form in forms)
    others = [h for h in reading.hits.between("people", at, end) if h.entry.attributes["number"] != "p"]  # "of the guard forces" is a body
    known = others or reading.hits.between("harm", at, end)
    return len(forms) > 1 and forms[0] in words("particles.from") and plain and not known
