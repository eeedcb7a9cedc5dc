"""Who came to what harm, and how many: nouns and verbs of harm, the number and the people beside them, parts of a sum, revised tolls.

"13 killed, among them three civilians" is a mixed 13 and a civilian 3; "and wounded others" takes its people from the harm before it;
"without casualties" is a stated zero; a vague quantity ("a number of") keeps its word and has no figure.
"""

from dataclasses import dataclass, replace

from extraction.lexicon import words
from extraction.matching import Hit, bare_forms
from extraction.numbers import Number, number_at
from extraction.reading import Reading, between

_WAW = "\u0648"
_LINKS = words("casualties.links")
_TWO = words("casualties.two")
_ONE = words("casualties.one")
_AFTER_VERB = words("casualties.after_verb")
_BETWEEN = words("casualties.between")
_LOSSES = words("casualties.losses")
_RESIDENTS = words("casualties.residents")
_SPECIFIC = frozenset(
    ("civilian", "peshmerga", "iraqi_army", "federal_police", "police", "cts", "pmf", "tribal", "isf", "coalition", "isis")
)
_ACTIVE_AGENTS = words("casualties.active_agents")
_OTHER_PARTY = {"other_armed": "other_armed", "armed": "other_armed", "attacker": "other_armed", "suspect": "unknown", "family": "civilian"}


@dataclass(frozen=True, slots=True)
class Harm:
    """One count of people harmed, tokens `first` up to `last`; `party` may be a noun's own class until its context is known."""

    first: int
    last: int
    harm: str
    party: str
    value: int | None
    quantifier: str
    rule: str
    is_part: bool = False
    is_earlier: bool = False
    is_revised: bool = False
    is_elliptic: bool = False

    @property
    def is_zero(self) -> bool:
        return self.value == 0

    @property
    def has_figure(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase that counts people."""

    first: int
    last: int
    party: str
    value: int | None
    quantifier: str
    counted: bool


def find_harms(reading: Reading, first: int, last: int) -> list[Harm]:
    """Every count of harm in a sentence's tokens, in order."""
    out: list[Harm] = [*_zeros(reading, first, last), *_spread(reading, first, last)]
    taken: set[int] = {i for harm in out for i in range(harm.first, harm.last)}
    for hits in _by_start(reading.hits.between("harm", first, last)):
        if any(i in taken for i in range(hits[0].first, hits[0].last)):
            continue
        for harm in _best([_read(reading, hit, first, last) for hit in hits]):
            if not any(i in taken for i in range(harm.first, harm.last)):
                taken.update(range(harm.first, harm.last))
                out.append(harm)
    out = _with_parts(reading, sorted(out, key=lambda h: h.first), last)
    return _inherit(_tolls(reading, out, first))


def _by_start(hits: list[Hit]) -> list[list[Hit]]:
    """Hits in groups of one first token: the noun and the verb of one spelling are both tried."""
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.first, []).append(hit)
    return list(groups.values())


def _best(readings: list[list[Harm]]) -> list[Harm]:
    """The reading that gives a figure, else the first that gives anything."""
    told = [r for r in readings if r]
    figures = [r for r in told if r[0].value is not None]
    named = [r for r in told if r[0].party != "unsaid"]
    return (figures or named or told or [[]])[0]


def _zeros(reading: Reading, first: int, last: int) -> list[Harm]:
    out = []
    for cue in reading.cues(first, last, "no_toll"):
        stop = min(cue.last + (14 if "سفر" in cue.entry.term else 5), last)
        named = reading.hits.between("harm", cue.first, stop)
        losses = any(bare in _LOSSES for form in reading.document.forms[cue.first : stop] for bare in bare_forms(form))
        if named or losses:
            end = max([cue.last, *(h.last for h in named[:1])])
            out.append(Harm(cue.first, min(end, last), "killed", "unknown", 0, "exact", "casualties: none"))
    return out


def _spread(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "The toll is spread over three villagers and three policemen": the parts of a toll told before."""
    cue = next((c for c in reading.cues(first, last, "spread") if reading.cues(first, c.first, "toll")), None)
    out: list[Harm] = []
    at = cue.last if cue else last
    while cue and at < last and len(out) < 5:
        at += reading.document.forms[at] in ("بين", "على", "علي", ",")
        phrase = _phrase(reading, at, last) if at < last else None
        if phrase is None or not phrase.counted or phrase.party == "other":
            break
        out.append(
            Harm(phrase.first, phrase.last, "killed", phrase.party, phrase.value, phrase.quantifier, "casualties: parts of a toll", True)
        )
        at = phrase.last
    return out


def _read(reading: Reading, hit: Hit, first: int, last: int) -> list[Harm]:
    form, harm = hit.entry.attributes["form"], hit.entry.attributes["harm"]
    rule = f"harm: {hit.entry.term}"
    if harm == "casualties":
        harm = "killed" if form != "people" or not _is_mixed_toll(reading, hit, last) else "casualties"
    if form == "people":
        phrase = _people_noun(reading, hit, first, last)
        return [Harm(phrase.first, phrase.last, harm, phrase.party, phrase.value, phrase.quantifier, rule)] if phrase else []
    if form == "process" and _shares_its_count(reading, hit):
        return []
    if form in ("process", "idiom") or (form == "verb" and not hit.entry.term.isascii()):
        return _after(reading, hit, harm, form, first, last, rule)
    return _english(reading, hit, harm, form, first, last, rule)


def _shares_its_count(reading: Reading, hit: Hit) -> bool:
    """ "the killing and wounding of 15": one figure for two harms tells neither."""
    forms = reading.document.forms
    joined = [
        h
        for h in reading.hits.between("harm", hit.last, hit.last + 1)
        if h.prefix.startswith(_WAW) and h.entry.attributes["form"] == "process"
    ]
    before = [
        h
        for h in reading.hits.between("harm", max(hit.first - 1, 0), hit.first)
        if h.entry.attributes["form"] == "process" and h.last == hit.first
    ]
    return bool(joined) or (bool(before) and forms[hit.first].startswith(_WAW))


def _is_mixed_toll(reading: Reading, hit: Hit, last: int) -> bool:
    return (
        any(h.entry.attributes["harm"] == "wounded" for h in reading.hits.between("harm", hit.last, min(hit.last + 6, last)))
        and "بين" in (reading.document.forms[hit.last : hit.last + 2])
    )


def _after(reading: Reading, hit: Hit, harm: str, form: str, first: int, last: int, rule: str) -> list[Harm]:
    """What follows "the killing of", "was killed": one count, and others joined to it by "and"."""
    document = reading.document
    at = hit.last
    if form == "verb":
        at = _skip_adverbs(reading, at, last)
        at = _skip_agent(reading, at, last)
    phrase = _phrase(reading, at, last)
    if phrase is None and form == "verb":
        phrase = _subject_before(reading, hit, first)
    if phrase is None:
        return []
    out = [Harm(min(hit.first, phrase.first), max(phrase.last, hit.last), harm, phrase.party, phrase.value, phrase.quantifier, rule)]
    while phrase.last < last and document.forms[phrase.last].startswith(_WAW) and phrase.last > hit.first:
        if reading.hits.between("harm", phrase.last, phrase.last + 1):
            break
        more = _phrase(reading, phrase.last, last)
        if more is None or not more.counted:
            break
        out.append(Harm(more.first, more.last, harm, more.party, more.value, more.quantifier, rule))
        phrase = more
    return _sum_of_ranks(out)


def _skip_adverbs(reading: Reading, at: int, last: int) -> int:
    """Past "in it", "also" and a time between a verb and the people it harmed."""
    forms = reading.document.forms
    while at < last:
        date = next((e for e in between(reading.dates, at, at + 1)), None)
        if date and date.last < last:
            at = date.last + (forms[date.last] == ",")
        elif forms[at] in _AFTER_VERB:
            at += 1
        else:
            break
    return at


def _sum_of_ranks(harms: list[Harm]) -> list[Harm]:
    """ "An officer and a soldier": ranks of one force joined by "and" are one count of its party."""
    party = next((h.party for h in harms if h.party in _SPECIFIC and h.party != "civilian"), None)
    harms = [replace(h, party=party) if party and h.party in ("officer", "member", "leader", "fighter") else h for h in harms]
    if len(harms) > 1 and len({h.party for h in harms}) == 1 and all(h.value for h in harms):
        total = sum(h.value or 0 for h in harms)
        return [replace(harms[0], last=harms[-1].last, value=total)]
    return harms


def _skip_agent(reading: Reading, at: int, last: int) -> int:
    """Past the doer between an active verb and the people it harmed: "killed unknown gunmen two civilians"."""
    forms = reading.document.forms
    if at < last and (forms[at] in _ACTIVE_AGENTS or any(a.first == at and a.kind != "civilians" for a in reading.actors)):
        for k in range(at, min(at + 7, last)):
            if forms[k] in ",.;" or reading.hits.between("harm", k, k + 1):
                break
            phrase = _phrase(reading, k, last)
            if k > at and phrase and phrase.counted and phrase.value is not None:
                return k
    return at


def _subject_before(reading: Reading, hit: Hit, first: int) -> _Phrase | None:
    """ "Two soldiers were killed": the people stand right before the verb."""
    for start in range(max(first, hit.first - 6), hit.first):
        phrase = _phrase(reading, start, hit.first)
        if phrase and phrase.last == hit.first and phrase.counted and phrase.value is not None:
            return phrase
    return None


def _people_noun(reading: Reading, hit: Hit, first: int, last: int) -> _Phrase | None:
    """ "13 dead of the Peshmerga and civilians": the number before (or in) the noun, the party after it."""
    document = reading.document
    own = hit.entry.attributes["number"]
    if own == "1" and hit.prefix.endswith("\u0627\u0644"):
        return None  # "the martyr So-and-so" is a title
    number = _number_ending(reading, hit.first, first)
    party, end = _party_after(reading, hit.last, last)
    if number and number.kind != "ordinal":
        quantifier, begin = _quantifier(reading, number.first, hit.last, first)
        return _Phrase(begin, max(end, hit.last), party or "unsaid", number.value, "vague" if number.value is None else quantifier, True)
    if own in ("1", "2"):
        after = document.forms[hit.last] if hit.last < last else ""
        if own == "1" and not (party or after in _ONE):
            return None
        return _Phrase(hit.first, max(end, hit.last), party or "unsaid", int(own), "exact", True)
    return _Phrase(hit.first, max(end, hit.last), party or "unsaid", None, "vague", False)


def _number_ending(reading: Reading, at: int, first: int) -> Number | None:
    for start in range(max(first, at - 5), at):
        number = number_at(reading.document, start, at)
        if number and (number.last == at or (number.last == at - 1 and reading.document.forms[at - 1] in ("من", "اخرين"))):
            return number
    return None


def _quantifier(reading: Reading, start: int, end: int, first: int) -> tuple[str, int]:
    """at_least, about, at_most by a cue beside the number; and where the phrase then begins."""
    for cue in reading.cues(max(first, start - 4), min(end + 3, end + 3), "about", "at_least", "at_most"):
        if cue.last in (start, start - 1) or cue.first in (end, end - 1, end + 1):
            return cue.entry.attributes["cue"], min(start, cue.first)
    return "exact", start


def _phrase(reading: Reading, at: int, last: int) -> _Phrase | None:
    """A counted noun phrase at token `at`: [about] [number] people [two] [of party]; or a bare number; or "others"."""
    document, forms = reading.document, reading.document.forms
    begin = at
    for cue in reading.cues(at, min(at + 3, last), "about", "at_least", "at_most"):
        if cue.first == at:
            at = cue.last
            break
    if at < last and forms[at] in ("ما", "الي"):
        at += 1
    if at < last and forms[at] in ("a", "an", "the", "another"):
        at += 1
    number = number_at(document, at, last) if at < last else None
    if number is None and at < last and forms[at].startswith(_WAW) and len(forms[at]) > 3:
        number = _conjoined_number(reading, at, last)
    after = number.last if number else at
    while number and after < last and forms[after] in _BETWEEN and not _person_at(reading, after):
        after += 1
    person = _person_at(reading, after)
    if person is None and after + 1 < last and forms[after] in _LINKS:
        person = _person_at(reading, after + 1)
    if person is None:
        return _bare_number(reading, number, begin, last)
    quantifier = next(
        (c.entry.attributes["cue"] for c in reading.cues(begin, min(person.last + 3, last), "about", "at_least", "at_most")), "exact"
    )
    kind, size = person.entry.attributes["party"], person.entry.attributes["number"]
    end = person.last
    if end + 1 < last and forms[end] == "برتبه":
        end += 2
    value = number.value if number else (int(size) if size in "12" else None)
    counted = number is not None or size in ("1", "2")
    if end < last and forms[end] in _TWO:
        value, end, counted = 2, end + 1, True
    elif end < last and forms[end] in _ONE:
        value, end, counted = 1, end + 1, True
    if number is None and size == "1" and person.prefix.endswith("\u0627\u0644") and kind not in ("civilian",):
        counted = False
    party, reach = _party_after(reading, end, last)
    if kind in ("neutral", "member", "fighter", "officer", "leader", "other", "armed", "suspect", "attacker") and party:
        kind = party
        end = reach
    elif party and kind in _SPECIFIC and reach > end and party != kind and party in _SPECIFIC and _joined(reading, end, reach):
        kind, end = "mixed", reach
    if value is None and number is None:
        quantifier = "vague"
    if number and number.value is None:
        quantifier = "vague"
    return _Phrase(begin, end, kind, value, quantifier, counted)


def _conjoined_number(reading: Reading, at: int, last: int) -> Number | None:
    """A number with "and" written to it ("and five others")."""
    from extraction.numbers import word_value

    known = word_value(reading.document.forms[at][1:])
    if known and known[1] in ("unit", "ten", "whole", "hundred"):
        return Number(at, at + 1, known[0], "exact")
    return None


def _bare_number(reading: Reading, number: Number | None, begin: int, last: int) -> _Phrase | None:
    """ "and wounded five": no noun, the people are the last ones named. A unit of time or money after it means it counts no people."""
    if number is None or number.kind == "vague":
        return None
    after = reading.document.forms[number.last] if number.last < last else ""
    if (
        after
        and after[0].isalpha()
        and after not in _LINKS
        and not after.startswith(_WAW)
        and after not in ("بجروح", "جراء", "اثر", "بينهم", "على", "خلال", "اثناء", "منهم", "بعضهم")
    ):
        names_body = any(a.first == number.last for a in reading.actors)
        if not names_body:
            return None
    party, end = _party_after(reading, number.last, last)
    return _Phrase(begin, max(end, number.last), party or "other", number.value, "exact", True)


def _person_at(reading: Reading, at: int) -> Hit | None:
    found = reading.hits.between("people", at, at + 1)
    return found[0] if found else None


def _joined(reading: Reading, first: int, last: int) -> bool:
    return any(form.startswith(_WAW) for form in reading.document.forms[first:last])


def _party_after(reading: Reading, at: int, last: int) -> tuple[str | None, int]:
    """The party named after a noun ("of the Peshmerga and civilians" is mixed), and where its name ends."""
    forms = reading.document.forms
    party: str | None = None
    end = at
    limit = min(at + 9, last)
    while at < limit:
        form = forms[at]
        if form in ',;.:"()' and form != '"':
            break
        if at > end and reading.hits.between("harm", at, at + 1):
            break
        person = _person_at(reading, at)
        if person and person.prefix.startswith(_WAW) and person.entry.attributes["number"] in "12":
            break  # "an officer and a soldier": the next one counted
        if person and person.entry.attributes["party"] in _SPECIFIC:
            found = person.entry.attributes["party"]
            if party is not None and not forms[at].startswith(_WAW):
                break
            party = found if party in (None, found) else "mixed"
            at = end = person.last
            continue
        if any(bare in _RESIDENTS for bare in bare_forms(form)):
            party, end = ("civilian" if party in (None, "civilian") else "mixed"), at + 1
        elif (
            form not in _LINKS
            and not any(bare in _LINKS for bare in bare_forms(form))
            and not person
            and (party is not None or not _is_filler(form))
        ):
            break
        at += 1
    return party, end


def _is_filler(form: str) -> bool:
    return form in (
        "عراقي",
        "عراقيين",
        "كردي",
        "كورد",
        "كوردي",
        "اخرين",
        "اخرون",
        "واحد",
        '"',
        "اثنين",
        "اثنان",
        "محليين",
        "بارز",
        "بارزين",
        "المحليه",
        "iraqi",
        "kurdish",
    )


def _english(reading: Reading, hit: Hit, harm: str, form: str, first: int, last: int, rule: str) -> list[Harm]:
    """ "killed five soldiers", "five soldiers were killed", "killing five and wounding two"."""
    phrase = _phrase(reading, hit.last, last)
    passive = hit.first > first and reading.document.forms[hit.first - 1] in ("was", "were", "been", "being", "and")
    if (
        phrase is None
        or not phrase.counted
        or (passive and hit.last < last and reading.document.forms[hit.last] in ("in", "by", "when", "on", "after"))
    ):
        end = hit.first
        while end > first and reading.document.forms[end - 1] in ("was", "were", "been", "have", "had", "has", "being"):
            end -= 1
        for start in range(max(first, end - 9), end):
            before = _phrase(reading, start, end)
            if before and before.last == end and before.counted:
                phrase = before
                break
    if phrase is None or not phrase.counted:
        return []
    return [Harm(min(hit.first, phrase.first), max(hit.last, phrase.last), harm, phrase.party, phrase.value, phrase.quantifier, rule)]


def _with_parts(reading: Reading, harms: list[Harm], last: int) -> list[Harm]:
    """ "among them three civilians", "(they are three brothers)": parts of the count before; mixed where a part is another party."""
    out = list(harms)
    forms = reading.document.forms
    marks = [_part_mark(reading, c, harms[0].first) for c in reading.cues(harms[0].first, last, "among")] if harms else []
    if harms:
        marks += [
            (i, i + 1)
            for i in range(harms[0].first, last - 1)
            if forms[i] in ("هم", "وهم") and (number_at(reading.document, i + 1, last) or _person_at(reading, i + 1))
        ]
    for begin, after in sorted(marks):
        whole = next((h for h in reversed(out) if h.last <= begin and begin - h.last <= 12 and not h.is_part), None)
        if whole is None or whole.is_zero:
            continue
        at, dependents = after, False
        parts: list[Harm] = []
        while at < last and len(parts) < 5:
            phrase = _phrase(reading, at, last)
            if phrase is None or not phrase.counted or reading.hits.between("harm", at, at + 1):
                break
            if _names_dependents(reading, phrase):
                dependents = True
            parts.append(
                Harm(
                    phrase.first,
                    phrase.last,
                    whole.harm,
                    phrase.party,
                    phrase.value,
                    phrase.quantifier,
                    "casualties: part of a sum",
                    is_part=True,
                )
            )
            at = phrase.last
            if at >= last or not forms[at].startswith(_WAW):
                break
        overlapped = {i for part in parts for i in range(part.first, part.last)}
        out = [h for h in out if h.is_part or not (overlapped & set(range(h.first, h.last)) and h is not whole)]
        place = next((i for i, h in enumerate(out) if h is whole), 0)
        parties = {p.party for p in parts if p.party in _SPECIFIC}
        if whole.party in _SPECIFIC and parties - {whole.party}:
            out[place] = replace(whole, party="mixed")
        elif whole.party not in _SPECIFIC and whole.party != "mixed" and parties:
            out[place] = replace(whole, party="civilian" if dependents and parties == {"civilian"} else "mixed")
        kept = out[place].party
        out[place + 1 : place + 1] = [p for p in parts if p.party in _SPECIFIC and p.party != kept]
    return out


def _part_mark(reading: Reading, cue: Hit, first: int) -> tuple[int, int]:
    """Where a part is marked and where its count begins: after "among them", or before it ("ten of them")."""
    number = _number_ending(reading, cue.first, first) if not cue.entry.term.endswith(("بينهم", "بينهن", "including")) else None
    return (number.first, number.first) if number and number.kind == "exact" and number.last == cue.first else (cue.first, cue.last)


def _names_dependents(reading: Reading, phrase: _Phrase) -> bool:
    """Women and children among the victims say who they were, not that the others were no civilians."""
    return any(h.entry.term in words("casualties.dependents") for h in reading.hits.between("people", phrase.first, phrase.last))


def _tolls(reading: Reading, harms: list[Harm], first: int) -> list[Harm]:
    """Mark tolls that were revised ("rose to 13") and the earlier ones they replace ("after it had been ten")."""
    out = []
    for harm in harms:
        before = reading.cues(max(first, harm.first - 14), harm.first, "revised", "earlier")
        last = before[-1].entry.attributes["cue"] if before else ""
        start = reading.document.forms[harm.first - 1] if harm.first else ""
        earlier = last == "earlier" or (
            last == "revised" and start == "من" and any(f in ("الي",) for f in reading.document.forms[harm.last : harm.last + 2])
        )
        out.append(replace(harm, is_earlier=earlier, is_revised=last == "revised" and not earlier))
    return out


def _inherit(harms: list[Harm]) -> list[Harm]:
    """ "others" and a bare number take the party of the count before them; "a fourth" is one more of them."""
    out: list[Harm] = []
    for harm in harms:
        if harm.party == "other":
            before = next((h.party for h in reversed(out) if not h.is_zero), "unsaid")
            harm = replace(harm, party=before if before != "mixed" else "unsaid", is_elliptic=True)
        out.append(harm)
    return out


def settle_party(party: str, context: str | None, *, is_isis: bool = False) -> str:
    """A noun's own class turned into a party slug, by the force it fights for where the context names one."""
    if party == "police" and context == "federal_police":
        return context
    if party in _SPECIFIC or party == "mixed":
        return party
    if party in ("member", "fighter", "officer", "leader", "unsaid") and context:
        return context
    if party == "officer":
        return "isf"
    if party in ("armed", "attacker", "suspect"):
        return "isis" if context == "isis" or (is_isis and party != "suspect") else ("other_armed" if party != "suspect" else "unknown")
    return _OTHER_PARTY.get(party, "unknown")
