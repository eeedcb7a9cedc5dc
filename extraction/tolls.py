"""What counts of harm add up to: parts of a sum, ranks that are one force, tolls that were revised, people named only as "others"."""

from dataclasses import dataclass
from itertools import pairwise, takewhile

from extraction.counted_people import SPECIFIC_PARTIES, CountedPhrase, party_after, past_epithets, person_at, phrase_at
from extraction.folding import fold
from extraction.lexicon import terms, words, words_and
from extraction.matching import Hit
from extraction.numbers import is_definite_ordinal, number_at
from extraction.quantities import number_ending
from extraction.reading import Reading
from extraction.records import Placed

_WAW, _BEH = "\u0648", "\u0628"
AS_MANY = "as_many"  # the quantifier of "wounding the like of them" until the count before it is known
_ANY = frozenset(("unsaid", "neutral", "other"))
_BEFORE_PARTS = frozenset(",:(")
_MARKS = frozenset(('"', ":"))
_OF_EARLIER = "casualties: part of a toll told before"  # a rule
OF_THE_WOUNDED = "casualties: of the wounded told before"  # a rule
_THEY = words_and("tolls.they")
_MOST = words_and("tolls.most_of_them")
_ONE_OF_THEM = words("companions.one_of_them")
_AMONG_THEM = tuple(terms("tolls.among_them"))
_INCLUDE = frozenset(("include", "included", "includes"))
_ENGLISH_JOINS = frozenset(("and", "&"))
_OVER = words("particles.between") | words("particles.on")
_REST_OR_VICTIMS = words_and("counted_people.rest") | words_and("tolls.victims")
_RANKS = frozenset(("officer", "member", "leader", "fighter", "driver"))
_OF_PARTS = SPECIFIC_PARTIES | _RANKS | {"mixed"}
_MEMBERS = frozenset(("isis", "other_armed", "attacker", "armed", "suspect", "member", "fighter", "officer"))
_ATTACKING = frozenset(("attacker", "armed"))
_OTHER_PARTY = {"other_armed": "other_armed", "family": "civilian", "driver": "civilian"}
_AT_SOME_TIME = terms("tolls.at_some_time")


@dataclass(slots=True, init=False)
class Harm(Placed):
    """One count of people harmed, tokens `first` up to `last`; `party` may be a noun's own class until its context is known."""

    first: int
    last: int
    harm: str
    party: str
    value: int | None
    quantifier: str
    rule: str
    is_part: bool
    is_earlier: bool
    is_revised: bool
    is_elliptic: bool

    def __init__(
        self,
        first: int,
        last: int,
        harm: str,
        party: str,
        value: int | None,
        quantifier: str,
        rule: str,
        is_part: bool = False,
        is_earlier: bool = False,
        is_revised: bool = False,
        is_elliptic: bool = False,
    ):
        self.first = first
        self.last = last
        self.harm = harm
        self.party = party
        self.value = value
        self.quantifier = quantifier
        self.rule = rule
        self.is_part = is_part
        self.is_earlier = is_earlier
        self.is_revised = is_revised
        self.is_elliptic = is_elliptic

    @property
    def is_zero(self) -> bool:
        return self.value == 0

    @property
    def has_figure(self) -> bool:
        return bool(self.value)


def sum_of_ranks(harms: list[Harm]) -> list[Harm]:
    """ "An officer and a soldier": ranks of one force joined by "and" are one count of its party; so are "a child and a woman"."""
    party = next((h.party for h in harms if h.party in SPECIFIC_PARTIES and h.party != "civilian"), None)
    if len(harms) > 1 and party is None and all(h.party in _RANKS for h in harms):
        party = "officer" if any(h.party == "officer" for h in harms) else "fighter"
    out: list[Harm] = []
    for harm in harms:
        if party and harm.party in _RANKS:
            harm = harm._replace(party=party)
        if out and out[-1].party == harm.party and out[-1].value and harm.value and harm.party not in ("unsaid", "other", "neutral"):
            told = "at_least" if "at_least" in (out[-1].quantifier, harm.quantifier) else out[-1].quantifier
            out[-1] = out[-1]._replace(last=harm.last, value=out[-1].value + harm.value, quantifier=told)
        else:
            out.append(harm)
    return out


def with_parts(reading: Reading, harms: list[Harm], last: int) -> list[Harm]:
    """ "among them three civilians", "(they are three brothers)": parts of the count before; mixed where a part is another party."""
    out = list(harms)
    if not harms:
        return out
    cues = reading.cues(harms[0].first, last, "among")
    counted = [b for a, b in pairwise(harms) if b.party == "unsaid" and a.harm == b.harm and any(c.last == b.first for c in cues)]
    out = [h for h in out if h not in counted]  # "eight hurt, among them two hurt badly"
    marks = [_part_mark(reading, c, harms[0].first) for c in cues]
    marks += [
        (i, i + 1)
        for i in reading.document.where(_THEY, harms[0].first, last - 1)
        if number_at(reading.document, i + 1, last) or person_at(reading, i + 1)
    ]
    marks += [(i, i) for i in reading.document.where(_ONE_OF_THEM, harms[0].first, last - 1) if _one_more(reading, i, last)]
    for begin, after in sorted(marks):
        if (share := _killed_elsewhere(reading, begin, after, last)) and not any(h.first <= begin < h.last for h in out):
            # "44 were killed, among them 36 in an attack in X": the attack's toll is its own
            told = [h for h in out if h.last <= begin and not any(_is_attack(t) for t in reading.hits.between("triggers", h.last, begin))]
            harm = next((h.harm for h in reversed(out) if h.last <= begin), "killed")
            party = next((h.party for h in reversed(told) if h.has_figure and h.party != "mixed"), "unsaid")
            out = sorted([h for h in out if h not in told] + [share._replace(harm=harm, party=party)], key=lambda h: h.first)
            continue
        whole = next((h for h in reversed(out) if h.last <= begin and begin - h.last <= 12 and not h.is_part), None)
        own = (
            any(h is not whole and h.first <= begin < h.last and (h.harm != whole.harm or not whole.value) for h in out) if whole else True
        )
        if whole is not None and not whole.is_zero and not own:  # "abducted three and killed two of them" tells two harms
            parts = _parts(reading, after, last, whole)
            out = _divided(reading, out, whole, parts) if parts else _vaguely_mixed(reading, out, whole, after, last)
    for whole in [h for h in out if h.has_figure and not (h.is_part or h.party in SPECIFIC_PARTIES)]:
        out = _divided(reading, out, whole, _adding_up(reading, out, whole, last))
    return _mixed_by_parts(reading, out)


def _killed_elsewhere(reading: Reading, begin: int, at: int, last: int) -> Harm | None:
    """The bare number of "among them 36 (who died) in an attack"."""
    forms = reading.document.forms
    number = number_at(reading.document, at, last) if at < last else None
    if number is None or number.kind != "exact" or not number.value:
        return None
    end = number.last + (reading.hits.at("harm", number.last) is not None)
    end += forms[end : end + 1] == ["in"] or not words("particles.in").isdisjoint(forms[end : min(end + 1, last)])
    end += forms[end : end + 1] in (["a"], ["an"])
    attack = reading.hits.at("triggers", end) if end < last and (end > number.last or forms[end][:1] == _BEH) else None
    return Harm(begin, end, "killed", "unsaid", number.value, "exact", "casualties: of an attack") if _is_attack(attack) else None


def _is_attack(trigger: Hit | None) -> bool:
    """Whether a word names an attack, and not only the killing."""
    return trigger is not None and trigger.entry.attributes["kind"] == "incident" and trigger.entry.attributes["type"] != "killing"


def _mixed_by_parts(reading: Reading, harms: list[Harm]) -> list[Harm]:
    """ "12 dead and 28 wounded, and among the dead are four guards": dead of whom a force has a part, and the wounded told with them, are
    of several parties."""
    out = list(harms)
    for part in [h for h in harms if h.rule == _OF_EARLIER and h.party in SPECIFIC_PARTIES and h.party != "civilian"]:
        for i, whole in enumerate(out):
            if whole.last > part.first or whole.harm != part.harm or whole.party not in _ANY or (whole.value or 0) <= (part.value or 0):
                continue
            out[i] = whole._replace(party="mixed")
            beside = out[i + 1]
            between_them = reading.document.forms[whole.last : beside.first]
            if beside.party in _ANY and beside.has_figure and beside.harm != whole.harm and between_them in ([], [_WAW]):
                out[i + 1] = beside._replace(party="mixed")
    return out


def _parts(reading: Reading, at: int, last: int, whole: Harm) -> list[CountedPhrase]:
    """Counted phrases joined by "and" from token `at`; "the rest" counts what the others leave of the whole."""
    forms = reading.document.forms
    out: list[CountedPhrase] = []
    while at < last and len(out) < 5:
        phrase = _one_more(reading, at, last) or _rest(reading, at, last, whole, out) or phrase_at(reading, at, last)
        if phrase is None or not phrase.counted or reading.hits.at("harm", at):
            break
        if out and any(h.entry.attributes["harm"] != whole.harm for h in reading.hits.between("harm", at, phrase.last + 1)):
            break  # "two dead, one of them a child, and eight wounded"
        out.append(phrase)
        at = next_joined(reading, phrase.last, last)
        if at < last and forms[at] in _ENGLISH_JOINS:
            at += 1
        elif at >= last or not forms[at].startswith(_WAW):
            break
    return out


def _vaguely_mixed(reading: Reading, harms: list[Harm], whole: Harm, at: int, last: int) -> list[Harm]:
    """ "Forty people, among them leaders of the militia": a part without a figure still says that the whole is of several parties."""
    phrase = phrase_at(reading, at, last) if at < last and whole.party in _ANY and whole.value and whole.harm != "arrested" else None
    if phrase is None or phrase.value is not None or phrase.party not in _OF_PARTS or phrase.party == "isis":
        return harms
    if names_dependents(reading, phrase.first, phrase.last) or _is_by_trade(reading, phrase):
        return harms
    return [h._replace(party="mixed") if h is whole else h for h in harms]


def next_joined(reading: Reading, at: int, last: int) -> int:
    """Where "and" joins another count, a comma and up to three words of the first one passed over; `at` where none does."""
    forms = reading.document.forms
    for k in range(at, min(at + 5, last)):
        if reading.hits.at("harm", k) or forms[k] in ".;:":
            break
        bare = forms[k].removeprefix(_WAW)
        if bare != forms[k] and (bare in words("counted_people.rest") or is_definite_ordinal(bare) or phrase_at(reading, k, last)):
            return k
    return at


def _one_more(reading: Reading, at: int, last: int) -> CountedPhrase | None:
    """ "(Four were killed,) one of them a policeman", "one of them of the police", "and the other a child", "and the sixth an officer"."""
    form = reading.document.forms[at]
    bare = form.removeprefix(_WAW)
    if at + 1 >= last or not (form in _ONE_OF_THEM or bare in words("casualties.the_other") or is_definite_ordinal(bare)):
        return None
    phrase = phrase_at(reading, at + 1, last) if reading.document.forms[at + 1] not in words("particles.from") else None
    if phrase is None:
        party, end = party_after(reading, at + 1, last)
        return CountedPhrase(at, end, party, 1, "exact", True) if party else None
    return phrase._replace(first=at, counted=True) if phrase.value == 1 else None


def _rest(reading: Reading, at: int, last: int, whole: Harm, parts: list[CountedPhrase]) -> CountedPhrase | None:
    """ "and the rest are civilians": as many as the parts before leave of the whole."""
    left = (whole.value or 0) - sum(p.value or 0 for p in parts)
    if not parts or left <= 0 or reading.document.forms[at].removeprefix(_WAW) not in words("counted_people.rest"):
        return None
    party, end = party_after(reading, at + 1, last)
    return CountedPhrase(at, end, party, left, "exact", True) if party else None


def _adding_up(reading: Reading, harms: list[Harm], whole: Harm, last: int) -> list[CountedPhrase]:
    """ "Nine were killed …, six of the Peshmerga and three civilians": counts behind a comma that make up the whole."""
    later = min((h.first for h in harms if h.first >= whole.last and h.party in SPECIFIC_PARTIES and not h.is_part), default=last)
    for comma in reading.document.where(_BEFORE_PARTS, whole.last, min(whole.last + 25, later)):
        parts = _parts(reading, comma + 1, last, whole) if comma + 1 < last else []
        if len(parts) > 1 and sum(p.value or 0 for p in parts) == whole.value:
            return parts
    return []


def _divided(reading: Reading, harms: list[Harm], whole: Harm, phrases: list[CountedPhrase]) -> list[Harm]:
    """The harms with these parts of one of them behind it: a sum of several parties is mixed, and none is counted twice."""
    if not phrases:
        return harms
    dependents = any(names_dependents(reading, phrase.first, phrase.last) for phrase in phrases)
    by_trade = all(_is_by_trade(reading, phrase) for phrase in phrases)
    if (dependents and whole.harm == "arrested") or (by_trade and whole.party in _MEMBERS):
        return harms  # a woman among the members of a cell is one of them, so is an engineer
    rule = "casualties: part of a sum"
    parts = [Harm(p.first, p.last, whole.harm, p.party, p.value, p.quantifier, rule, is_part=True) for p in phrases]
    overlapped = {i for part in parts for i in range(part.first, part.last)}
    out = [h for h in harms if h is whole or not overlapped & set(range(h.first, h.last))]
    place = out.index(whole)
    parties = {p.party for p in parts if p.party in SPECIFIC_PARTIES or (p.party in _ATTACKING and whole.party not in _MEMBERS)}
    if whole.party in SPECIFIC_PARTIES and parties - {whole.party}:
        out[place] = whole._replace(party="mixed")
    elif whole.party not in SPECIFIC_PARTIES and whole.party != "mixed" and parties:
        adds_up = sum(p.value or 0 for p in parts) == whole.value
        beside = whole.party == "other" and any(h.party in SPECIFIC_PARTIES - {"civilian"} for h in out[:place])  # others than two soldiers
        of_one = (parties == {"civilian"} and (dependents or by_trade) and not beside) or (len(parties) == 1 and adds_up)
        if (whole.party, whole.harm) != ("suspect", "arrested") or not parties <= _MEMBERS:  # "37 wanted men, one of them an emir"
            out[place] = whole._replace(party=min(parties) if of_one else "mixed")
        if whole.party in _MEMBERS and len(parties) == 1 and (whole.party, whole.harm) != ("suspect", "arrested"):
            out[place] = whole._replace(party=min(parties))  # "five members, among them a leader of the group"
    elif whole.party == "neutral" and whole.harm != "arrested" and any(p.party in _RANKS for p in parts):
        out[place] = whole._replace(party="mixed")  # "seven people, among them an officer"
    kept = out[place].party
    out[place + 1 : place + 1] = [p for p in parts if (p.party in parties or p.party == "other_armed") and p.party != kept]
    return out


def rest_of_toll(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "The remaining six were Peshmerga", "among the dead were three civilians": parts of a toll an earlier sentence gave."""
    forms, rest, victims = reading.document.forms, words("counted_people.rest"), words("tolls.victims")
    out: list[Harm] = []
    for i in reading.document.where(_REST_OR_VICTIMS, first + 1, last):
        bare = forms[i].removeprefix(_WAW)
        if bare in rest:
            number = number_ending(reading, i, first)
            party, end = party_after(reading, i + 1, last)
            if number and number.kind == "exact" and number.value and number.last == i and party in SPECIFIC_PARTIES:
                out.append(_of_toll(reading, number.first, end, party or "", number.value, first))
        elif bare in victims and i + 2 < last and forms[i + 1] in words("tolls.they_are"):  # "the dead are four guards and a farmer"
            named = [p for p in _of_victims(reading, i + 2 + (forms[i + 2] in _MARKS), last) if p.first > i + 1]
            out += [_of_toll(reading, p.first, p.last, p.party, p.value or 0, i)._replace(harm=_harm_of(reading, i)) for p in named]
        elif bare in victims and forms[i - 1] in words("particles.from"):
            if (told := _before_victims(reading, i - 1, first)) is not None and told.last < i - 1:
                out.append(_of_toll(reading, told.first, told.last, told.party, told.value or 0, i)._replace(harm=_harm_of(reading, i)))
                continue
            number = number_ending(reading, i - 1, first)
            party, end = party_after(reading, i + 1, last)
            if number and number.kind == "exact" and number.value and number.last == i - 1 and party in SPECIFIC_PARTIES:
                out.append(_of_toll(reading, number.first, end, party or "", number.value, i)._replace(is_revised=True))
                more = phrase_at(reading, end, last) if end < last and forms[end].startswith(_WAW) else None
                if more and more.counted and more.value and more.party in SPECIFIC_PARTIES and not reading.hits.at("harm", more.last):
                    out.append(_of_toll(reading, more.first, more.last, more.party, more.value, i))  # "and six of the villagers"
        elif forms[i - 2 : i] == ["among", "the"] and bare in victims:
            at = i + 1 + (i + 1 < last and forms[i + 1] in ("were", "are", "was"))
            for phrase in _of_victims(reading, at, last) if at > i + 1 else ():
                out.append(_of_toll(reading, phrase.first, phrase.last, phrase.party, phrase.value or 0, i))
        elif forms[i - 1] == "the" and bare in victims and i + 2 < last and forms[i + 1] in _INCLUDE:
            for phrase in _of_victims(reading, i + 2, last):
                out.append(_of_toll(reading, phrase.first, phrase.last, phrase.party, phrase.value or 0, i))
        elif bare in victims and forms[i - 1] in words_and("tolls.amid"):
            if (told := _before_victims(reading, i - 1, first)) is not None:
                out.append(_of_toll(reading, told.first, told.last, told.party, told.value or 0, i)._replace(harm=_harm_of(reading, i)))
                continue
            for p in _of_victims(reading, i + 1, last):
                out.append(_of_toll(reading, p.first, p.last, p.party, p.value or 0, i)._replace(harm=_harm_of(reading, i)))
    return out


def _before_victims(reading: Reading, among: int, first: int) -> CountedPhrase | None:
    """ "(He said) three officers of the police [were among] the dead"."""
    forms, end = reading.document.forms, among
    while end > first and (forms[end - 1] in words("tolls.they_are") or forms[end - 1] in words("particles.from")):
        end -= 1
    phrases = (phrase_at(reading, k, end) for k in range(max(first, end - 8), end))
    found = next(
        (p for p in phrases if p and past_epithets(reading, p.last, end) == end and p.counted and p.value and p.party != "other"), None
    )
    opens = found is not None and (forms[found.first].startswith(_WAW) or forms[found.first - 1] in words("subjects.openers"))
    return found if end < among or opens else None


def _harm_of(reading: Reading, at: int) -> str:
    noun = reading.hits.at("harm", at)
    known = noun.entry.attributes["harm"] if noun is not None else ""
    return known if known in ("wounded", "abducted", "arrested", "missing") else "killed"


def spread_toll(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "The toll is spread over three villagers and three policemen": the parts of a toll told before."""
    cue = next((c for c in reading.cues(first, last, "spread") if reading.cues(first, c.first, "toll")), None)
    out: list[Harm] = []
    at = cue.last if cue else last
    while cue and at < last and len(out) < 5:
        at += reading.document.forms[at] in _OVER
        phrase = phrase_at(reading, at, last) if at < last else None
        if phrase is None or not phrase.counted or phrase.party == "other":
            break
        out.append(
            Harm(phrase.first, phrase.last, "killed", phrase.party, phrase.value, phrase.quantifier, "casualties: parts of a toll", True)
        )
        at = next_joined(reading, phrase.last, last)
    return out


def _of_victims(reading: Reading, at: int, last: int) -> list[CountedPhrase]:
    """Counted people right after "among the dead (were)"."""
    out: list[CountedPhrase] = []
    while at < last and len(out) < 4:
        phrase = phrase_at(reading, at, last)
        if phrase is None or not phrase.counted or not phrase.value:
            break
        if phrase.party in SPECIFIC_PARTIES:  # "a captain was among the dead" tells of no other side
            out.append(phrase)
        after = next_joined(reading, phrase.last, last)
        after += reading.document.forms[after : after + 2] == [",", "and"]
        after += after < last and (reading.document.forms[after] == "and" or _is_listed(reading, after, last))
        if after == phrase.last and not (after < last and reading.document.forms[after].startswith(_WAW)):
            break
        at = after
    return out


def _is_listed(reading: Reading, comma: int, last: int) -> bool:
    """ "A soldier, [a guard] and a child": counted people behind a comma with one more behind them, and nobody who "said"."""
    forms = reading.document.forms
    more = phrase_at(reading, comma + 1, last) if forms[comma] == "," and comma + 1 < last else None
    return more is not None and more.counted and more.last < last and forms[more.last] in ("and", ",")


def _of_toll(reading: Reading, first: int, last: int, party: str, value: int, since: int) -> Harm:
    before = [h for h in reading.hits.between("harm", since, first) if h.entry.attributes["harm"] in ("killed", "wounded")]
    harm = before[-1].entry.attributes["harm"] if before else "killed"
    return Harm(first, last, harm, party, value, "exact", _OF_EARLIER, is_part=True)


def _part_mark(reading: Reading, cue: Hit, first: int) -> tuple[int, int]:
    """Where a part is marked and where its count begins: after "among them", or before it ("ten of them")."""
    is_share = cue.entry.term.endswith(_AMONG_THEM) or fold(cue.entry.term) in _MOST  # "31, most of them civilians"
    number = None if is_share else number_ending(reading, cue.first, first)
    return (number.first, number.first) if number and number.kind == "exact" and number.last == cue.first else (cue.first, cue.last)


def _is_by_trade(reading: Reading, phrase: CountedPhrase | Harm) -> bool:
    """Whether people are told by what they do ("a mukhtar", "an engineer"): it sets nobody apart from those they are counted among, as
    "three civilians" does."""
    named = reading.hits.between("people", phrase.first, phrase.last)
    return phrase.party == "civilian" and bool(named) and not any(fold(h.entry.term) in words("tolls.civilians") for h in named)


def names_dependents(reading: Reading, first: int, last: int) -> bool:
    """Women and children among the victims say who they were, not that the others were no civilians."""
    return any(fold(h.entry.term) in words("tolls.dependents") for h in reading.hits.between("people", first, last))


def _is_of_day(reading: Reading, cue: Hit, harm: Harm) -> bool:
    """ "Earlier on Sunday, militants attacked a post, killing four": earlier that day, and no earlier toll that somebody gave."""
    if cue.entry.term not in _AT_SOME_TIME or reading.cues(max(0, cue.first - 4), harm.first, "say"):
        return False
    return any(h.entry.attributes["kind"] == "incident" for h in reading.hits.between("triggers", cue.last, harm.first))


def mark_revisions(reading: Reading, harms: list[Harm], first: int) -> list[Harm]:
    """Mark tolls that were revised ("rose to 13") and the earlier ones they replace ("after it had been ten")."""
    out: list[Harm] = []
    for harm in harms:
        # "the number of dead rose to 13": the verb may stand behind the noun it counts
        before = reading.cues(max(first, harm.first - 14), max(harm.last, harm.first + 1), "revised", "earlier")
        before = [c for c in before if not _is_of_day(reading, c, harm)]
        last = before[-1].entry.attributes["cue"] if before else ""
        start = reading.document.forms[harm.first - 1] if harm.first else ""
        from_to = start in words("particles.from") and not words("particles.to").isdisjoint(
            reading.document.forms[harm.last : harm.last + 2]
        )
        earlier = last == "earlier" or (last == "revised" and from_to)
        earlier = earlier or harm.is_earlier or (not before and bool(out) and out[-1].is_earlier and harm.first - out[-1].last <= 2)
        raised = start in words("particles.to") and reading.document.forms[harm.first - 2] in words(
            "tolls.count"
        )  # "raised the number to five dead"
        raised = raised or (bool(out) and out[-1].is_revised and harm.first == out[-1].last)
        others = reading.document.forms[harm.last : harm.last + 1]
        if last == "revised" and start not in words("particles.to") and not words("companions.other").isdisjoint(others):
            harm = harm._replace(value=None, quantifier="vague")  # "the toll rose with the fall of two others": to how many, nobody says
        elif before or raised or earlier:
            harm = harm._replace(is_earlier=earlier, is_revised=(raised or last == "revised") and not earlier)
        out.append(harm)
    return out


def inherit_parties(harms: list[Harm]) -> list[Harm]:
    """ "others" and a bare number take the party of the count before them; "a fourth" is one more of them."""
    out: list[Harm] = []
    for harm in harms:
        if harm.quantifier == AS_MANY:
            known = next((h for h in reversed(out) if h.has_figure and not h.is_part), None)
            if known is None:
                continue
            harm = harm._replace(value=known.value, quantifier=known.quantifier)
        if harm.party in ("other", "them"):
            before = next((h.party for h in reversed(out) if not h.is_zero and not h.is_part), "unsaid")
            before = harm.party if harm.party == "them" and before == "unsaid" else before
            if (parties := _parties_told(out)) or (before == "mixed" and any(h.is_part for h in out)):
                before = "mixed" if parties and "civilian" not in parties else "unknown"  # of which of them, nobody says
            harm = harm._replace(party=before, is_elliptic=True)
        out.append(harm)
    return out


def _parties_told(told: list[Harm]) -> set[str]:
    """The parties of the last harm told where they are two or more: "two soldiers and three civilians were killed"."""
    together = list(takewhile(lambda h: h.harm == told[-1].harm, reversed(told)))
    parties = {h.party for h in together if h.value and not h.is_part}
    return parties if len(parties) > 1 and parties <= (SPECIFIC_PARTIES | {"fighter", "member"}) - {"isis"} else set()


def all_of_one_party(reading: Reading, harms: list[Harm], last: int) -> list[Harm]:
    """ "Two bodies and seven wounded, all of them civilians": the party of every count before that names none; "most of them" mixes it."""
    out = list(harms)
    for i in reading.document.where(words_and("tolls.all_of_them") | _MOST, harms[0].last, last - 1) if harms else ():
        phrase = phrase_at(reading, i + 1, last)
        party = phrase.party if phrase else party_after(reading, i + 1, last)[0]
        if reading.document.forms[i] in _MOST:
            told_who = phrase is not None and (names_dependents(reading, phrase.first, phrase.last) or _is_by_trade(reading, phrase))
            party = None if told_who or party not in SPECIFIC_PARTIES else "mixed"
        near = i
        for k in range(len(out) - 1, -1, -1):
            own = out[k].party in _ANY or (out[k].party == "civilian" and _is_by_trade(reading, out[k]))
            own = own and not (party == "mixed" and out[k].harm == "arrested")
            if not (party in SPECIFIC_PARTIES or party == "mixed") or not 0 <= near - out[k].last <= 6 or not own:
                continue
            out[k], near = out[k]._replace(party=party or ""), out[k].first
    return out


def settle_party(party: str, context: str | None, *, is_isis: bool = False) -> str:
    """A noun's own class turned into a party slug, by the force it fights for where the context names one."""
    if party == "police" and context == "federal_police":
        return context
    if party == "pmf" and context == "tribal":
        return context
    if party in SPECIFIC_PARTIES or party == "mixed":
        return party
    if party in ("member", "fighter", "officer", "leader", "driver", "unsaid", "them") and context:
        return context
    if party == "officer":
        return "isf"
    if party in ("armed", "attacker"):
        return "isis" if context == "isis" or is_isis else "other_armed"
    return _OTHER_PARTY.get(party, "unknown")
