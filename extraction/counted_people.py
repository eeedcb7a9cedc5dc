"""Count people in a noun phrase: "about 18 fighters of the Peshmerga", "two soldiers", "nine others", and the party the words name."""

from dataclasses import dataclass

from extraction.actors import Actor
from extraction.folding import fold
from extraction.lexicon import rows, words, words_and
from extraction.matching import Hit, bare_forms
from extraction.numbers import Number, may_be_range, number_at, range_at, word_value
from extraction.persons import stop_words
from extraction.quantities import QUANTIFIERS, counts_on, quantifier_behind
from extraction.reading import Reading, between
from extraction.records import Placed

_WAW, _BEH, _AL, _YEH = "\u0648", "\u0628", "\u0627\u0644", "\u064a"
_DATE_FAR = 6  # tokens of a date before its year
_NOUN_FAR = 5  # tokens of modifiers before an English noun
_NO_MODIFIERS = ("s", "ing", "ed", "ly")
_OF_COALITION, _FOREIGN = words("event_tolls.of_coalition"), words("event_tolls.foreign")
_DUAL = ("\u064a\u0646", "\u0627\u0646")
_DUAL_VOWELLED = "\u064e\u064a"  # fatha before -yn
_HELD_BY = words("counted_people.held_by")
_TANWEEN = "\u0627"
_DUAL_STILL = "\u064a\u0652\u0646"  # a sukun on its yeh
_NISBA = ("\u064a", "\u064a\u0647", "\u064a\u064a\u0646", "\u064a\u0648\u0646")  # endings of "Iraqi", "Kurdish"
_AFTER_COUNT = words("counted_people.after_count")
_HIS_AIDE, _TEH_MARBUTA = "\u0645\u0633\u0627\u0639\u062f\u0647", "\u0629"
_SOUND_PLURALS, _FEW = ("\u064a\u0646", "\u0648\u0646"), 10  # -in, -un
_OF_THE_PEOPLE = ("\u0647\u0645", "\u0647\u0645\u0627", "\u0648\u0627")  # -hum, -huma, and a verb's plural
_COUNTED_THINGS = words("counted_people.counted_things")
_LINKS = words("counted_people.links")
_RANGE = frozenset(("-", "/", "\u2013"))
_DETERMINERS = frozenset(("all", "a", "an", "the", "another", "his", "her", "their", "its"))
_ENGLISH_JOINS = frozenset(("and", "the", "a", "an"))
_GRADES = words("counted_people.grades")
_OTHERS = words("casualties.more")
_ITS_OWN = ("\u0627\u062a\u0647", "\u0631\u0647", "\u064a\u0647", "\u0647\u0627", "\u0647\u0645")  # "his forces", "its men"
_THEY = words_and("counted_people.they")
_SO_CALLED = words("counted_people.so_called")
_THINGS, _ADJECTIVES = words("counted_people.things"), words("counted_people.adjectives")
_EPITHETS = words("counted_people.epithets")
_INFANTRY = words("actors.unit_arms")
_HIS = words("counted_people.his")  # "a daughter of his"
_TWO = words("counted_people.two")
_NATIONS, _KURDISH = words("counted_people.nations"), words("counted_people.kurdish")
_ONE = words("counted_people.one")
_BETWEEN = words("counted_people.between")
_BOTH_SIDES = words("counted_people.both_sides")
_RESIDENTS = words("counted_people.residents")
SPECIFIC_PARTIES = frozenset(
    ("civilian", "peshmerga", "iraqi_army", "federal_police", "police", "cts", "pmf", "tribal", "isf", "coalition", "isis")
)

_NARROWER = (("police", "federal_police"), ("pmf", "tribal"))
_NAMED_AFTER = {"iraqi_army": SPECIFIC_PARTIES - {"civilian", "isis"}, "civilian": frozenset(("isis",))}
_NARROWED = {(kind, form): party for kind, party in _NARROWER for form in words(f"counted_people.{party}")}
_SIDES = SPECIFIC_PARTIES | {"other_armed", "attacker"}
_OF_ANY_PARTY = frozenset(("neutral", "member", "fighter", "officer", "leader", "other", "armed", "suspect", "attacker"))

SIDE_PARTY = {row["slug"]: row["party"] for row in rows("actors.csv") if row["party"]}


@dataclass(slots=True, init=False)
class CountedPhrase(Placed):
    """A noun phrase that counts people."""

    first: int
    last: int
    party: str
    value: int | None
    quantifier: str
    counted: bool

    def __init__(self, first: int, last: int, party: str, value: int | None, quantifier: str, counted: bool):
        self.first = first
        self.last = last
        self.party = party
        self.value = value
        self.quantifier = quantifier
        self.counted = counted


def side_party(actor: Actor) -> str | None:
    """The party of an armed actor's own people; a unit known by its number alone is the army's, or the Peshmerga's where it says so."""
    if actor.mention.actor:
        return SIDE_PARTY.get(actor.mention.actor)
    if actor.mention.kind != "state_military":
        return None
    return "peshmerga" if actor.side == "kurdistan" else "iraqi_army"


def is_infantry(reading: Reading, unit: Actor) -> bool:
    """Whether a numbered unit is of the infantry, which the army alone calls so."""
    return not _INFANTRY.isdisjoint(reading.document.forms[unit.first : unit.last])


def phrase_at(reading: Reading, at: int, last: int) -> CountedPhrase | None:
    """A counted noun phrase at token `at`: [about] [number] people [two] [of party]; or a bare number; or "others"."""
    document, forms = reading.document, reading.document.forms
    begin = at
    if at + 1 < last and forms[at] == _WAW:  # "and 3 civilians": the digits stand apart
        at += 1
    if at + 2 < last and forms[at + 1] in words("particles.from") and forms[at].removeprefix(_WAW) in words("counted_people.before_of"):
        at += 2  # "each of the fighters So-and-so and So-and-so", "a group of five men"
    for cue in reading.cues(at, min(at + 3, last), *QUANTIFIERS):
        if cue.first == at:
            at = cue.last
            break
    while at + 1 < last and (forms[at] in _SO_CALLED or forms[at] in words("particles.to")):
        at += 1
    if at < last and forms[at] in _DETERMINERS:
        at += 1
        while at + 1 < last and forms[at] in _EPITHETS and (not person_at(reading, at) or forms[at + 1] in _EPITHETS):
            at += 1
        is_number = at < last and (forms[at].isdecimal() or number_at(document, at, last) is not None)  # "another 12", "another two"
        if forms[at - 1] == "another" and not is_number and (at == last or forms[at] in _AFTER_COUNT or not forms[at][0].isalpha()):
            return CountedPhrase(begin, at, "other", 1, "exact", True)
    number = number_at(document, at, last) if at < last else None
    # "between five and seven soldiers": the lower one counts, `upper_of` tells the other
    span = range_at(document, at, last) if may_be_range(document, number, at, last) else None
    number = span[0]._replace(first=at, last=span[1].last) if span else number
    if number and _names_unit(reading, number):
        return None
    number = number or _one_of(reading, at, last)
    after = number.last if number else at
    while number and after < last and forms[after] in _BETWEEN and not person_at(reading, after):
        after += 1
    force: str | None = None
    if after < last and forms[after].isascii():
        person, force = _english_noun(reading, after, last, is_told=number is not None or forms[after - 1] in _DETERMINERS)
    else:
        person = person_at(reading, after)
    if person is None and after + 1 < last and (forms[after] in _LINKS or (number and forms[after] == '"')):
        person = person_at(reading, after + 1)
    if person is None:
        return None if span else _bare_number(reading, number, begin, last)
    before, behind = reading.cues(begin, person.first, *QUANTIFIERS), quantifier_behind(reading, person.last, last)
    told = behind or (before[0] if before else None)  # "about ten people at least"
    quantifier = told.entry.attributes["cue"] if told else "exact"
    kind, size = person.entry.attributes["party"], person.entry.attributes["number"]
    if size == "p" and number is None and _is_vowelled_dual(reading, person.first):
        size = "2"
    end = person.last
    if end < last and (kind, forms[end]) in _NARROWED:
        kind, end = _NARROWED[kind, forms[end]], end + 1  # "two men of the police, the federal one"
    if end + 1 < last and forms[end] in words("counted_people.with_rank"):
        end += 2
        end += end < last and forms[end] in words("counted_people.rank_ends")
    if size == "p" and number is None and at > begin and forms[at - 1] in ("a", "an", "another"):
        size = "1"  # "a Peshmerga"
    value = number.value if number else (int(size) if size in "12" else None)
    counted = number is not None or size in ("1", "2")
    if end < last and forms[end] in _TWO and number is None and not _counts_others(reading, end, last):
        value, end, counted = 2, end + 1, True
    elif end < last and forms[end] in _ONE and number is None and not _is_and_one_of(reading, end, last):
        value, end, counted = 1, end + 1, True
    elif number is None and end < last and size not in "12" and (of_them := definite_number(forms[end])):
        value, end, counted = of_them, end + 1, True
    if kind == "leader" and end < last and forms[end] in words("counted_people.by_name"):
        kind = "attacker"  # whom forces know by an alias they hunt
    if number is None and size == "1" and person.prefix.endswith("\u0627\u0644") and kind not in ("civilian",):
        counted = end < last and forms[end] in words("counted_people.by_name")
    size_of = number_at(document, end + 1, last) if kind == "family" and forms[end : end + 1] == ["of"] and end + 1 < last else None
    if size_of and size_of.value:
        return CountedPhrase(begin, size_of.last, "civilian", size_of.value, "exact", True)  # "a family of five"
    if person.first and forms[person.first - 1] == '"' and '"' in forms[end : min(end + 3, last)]:
        end = forms.index('"', end) + 1  # "nine “important leaders” of the group"
    said_least = reading.cues(end, min(end + 1, last), "at_least")
    least = said_least[0].last if said_least else end
    end = least if least + 1 < last and forms[least] in words("particles.from") else end  # "seven fighters at least [of the Peshmerga]"
    party, reach = _of_both(reading, end, last) if kind == "neutral" else (None, end)
    party, reach = (party, reach) if party else party_after(reading, end, last)
    if party is None and kind == "member" and (community := _community_end(reading, end, last)):
        party, reach = "civilian", community
    if party is None and kind in ("officer", "leader", "member", "fighter"):
        party, reach = _unit_after(reading, end, last)
    if party is None and kind == "leader":  # "a local leader in the group"
        described = end
        while described < last and reading.document.forms[described] in words("counted_people.described"):
            described += 1
        party, reach = party_after(reading, described, last) if described > end else (None, end)
    party = party or force
    reach = max(reach, end)
    if kind == "member" and size == "1" and party is None and end < last and forms[end] in words("companions.other"):
        kind, end = "other", end + 1  # "(killed a bomber and hurt) another man"
    if kind in _OF_ANY_PARTY and party:
        is_military = party == "civilian" and fold(person.entry.term) in _ADJECTIVES  # "of the military and civilians"
        kind = "mixed" if is_military else party
        end = reach
    elif (
        kind in SPECIFIC_PARTIES
        and (party == "mixed" or party in SPECIFIC_PARTIES)
        and reach > end
        and party != kind
        and value != 1
        and _joined(reading, end, reach)
    ):
        kind, end = "mixed", reach
    elif party and party in _NAMED_AFTER.get(kind, ()):
        kind, end = party, reach  # "ten soldiers of the Peshmerga", "two brothers of the group"
    elif kind == "iraqi_army" and end < last and forms[end] in _KURDISH:
        kind, end = "peshmerga", end + 1
    elif kind == "iraqi_army" and end < last and (forms[end] in _OF_COALITION or forms[end] in _FOREIGN):
        kind, end = ("coalition" if forms[end] in _OF_COALITION else "other_armed"), end + 1  # "two Turkish soldiers"
    elif kind == party or (kind == "police" and party == "federal_police"):
        kind, end = party or kind, reach  # "two soldiers of the army"
    if end < last and forms[end] in words("counted_people.former"):
        kind, end = "civilian", end + 1
    elif kind in ("officer", "isf") and size == "1" and _was_once(reading, end, last):
        kind = "civilian"
    if value is None and number is None:
        quantifier = "vague"
    if number and number.value is None:
        quantifier = "vague"
    return CountedPhrase(begin, end, kind, value, quantifier, counted)


def _is_vowelled_dual(reading: Reading, at: int) -> bool:
    """Whether the text prints the vowel that tells a dual from a plural of the same letters: "muzari'ayn"."""
    document = reading.document
    written = _written(reading, at)
    return document.forms[at].endswith(_DUAL[0]) and (_DUAL_VOWELLED in written or written.endswith(_DUAL_STILL))


def _counts_others(reading: Reading, at: int, last: int) -> bool:
    """ "(Killed members of the group) two of the soldiers": the number is of those behind it."""
    forms = reading.document.forms
    return at + 2 < last and not forms[at - 1].endswith(_DUAL) and forms[at + 1] in words("particles.from")


def past_epithets(reading: Reading, at: int, last: int) -> int:
    """Past "the Iraqi", "the Kurdish", "others", a quotation mark and "at least" behind the people they go with."""
    forms = reading.document.forms
    while at < last:
        least = next((c for c in reading.cues(at, at + 1, "at_least") if c.last <= last), None)
        is_plain = forms[at] == '"' or forms[at] in _OTHERS or forms[at] in _GRADES or forms[at] in _NATIONS or forms[at] in _HIS
        if least is None and not (is_plain or (forms[at][:2] == _AL and forms[at].endswith(_NISBA))):
            break
        at = least.last if least else at + 1
    return at


def _english_noun(reading: Reading, at: int, last: int, *, is_told: bool) -> tuple[Hit | None, str | None]:
    """The noun for people in "(two) [CTS] members", "(a) [senior ISIS] commander", and the force named before it; words that are not
    known are passed over only behind a number or an article (`is_told`)."""
    forms, force = reading.document.forms, None
    end = min(at + _NOUN_FAR, last)
    while at < end:
        person = person_at(reading, at)
        beyond = person.last if person else at
        unit = next((a for a in between(reading.actors, at, at + 1) if a.last < last and side_party(a)), None)
        if unit and person_at(reading, unit.last):
            at, force = unit.last, side_party(unit)
        elif person and beyond < end and person.entry.attributes["party"] in _SIDES and person_at(reading, beyond):
            at, force = beyond, person.entry.attributes["party"]
        elif person or not is_told or not _is_modifier(reading, at):
            return person, force
        else:
            force = "coalition" if forms[at] in _OF_COALITION else force
            at += 1
    return None, None


def _is_modifier(reading: Reading, at: int) -> bool:
    """Whether an English word may stand between a number and the noun it counts: "two [taxi] drivers", no verb, plural or particle."""
    form = reading.document.forms[at]
    if form in _EPITHETS:
        return True
    if not form.isalpha() or len(form) < 3 or form.endswith(_NO_MODIFIERS) or form in stop_words() or word_value(form):
        return False
    return not (reading.hits.between("harm", at, at + 1) or reading.hits.between("triggers", at, at + 1))


def definite_number(form: str) -> int | None:
    """ "His [three] children": a number with the article behind the people it counts."""
    known = word_value(form.removeprefix("\u0627\u0644")) if form.startswith("\u0627\u0644") else None
    return known[0] if known and known[1] == "unit" and known[0] > 2 else None


def _one_of(reading: Reading, at: int, last: int) -> Number | None:
    """ "One of the village's elders", "one of the group's [most dangerous] leaders": no Sunday where people stand behind it."""
    forms = reading.document.forms
    if at + 2 > last or forms[at].removeprefix(_WAW) not in words("counted_people.one_of"):
        return None
    end = at + 1 + (forms[at + 1] in words("counted_people.most"))
    person = person_at(reading, end) if end < last else None
    return Number(at, end, 1, "exact") if person and person.entry.attributes["number"] == "p" else None


def _bare_number(reading: Reading, number: Number | None, begin: int, last: int) -> CountedPhrase | None:
    """ "and wounded five": no noun, the people are the last ones named. A unit of time or money after it means it counts no people."""
    if number is None or (number.kind == "vague" and number.first != begin):
        return None
    if any(e.last > number.first for e in between(reading.dates, number.first - _DATE_FAR, number.first)):
        return None  # "on 30 January [2015] So-and-so was killed"
    after = reading.document.forms[number.last] if number.last < last else ""
    if after in _RANGE and number.last + 1 < last and reading.document.forms[number.last + 1].isdecimal():
        return None  # "executed on the night of 14-15 of the month"
    is_national = after in _NATIONS
    is_noun = after[:1].isalpha() and not is_national and after != "more" and not _goes_on(after)
    is_noun = is_noun and not (number.kind == "ordinal" and reading.document.forms[number.first].endswith(_TANWEEN))  # "a seventh tried to"
    is_beside = bool(between(reading.actors, number.last, number.last + 1) or between(reading.dates, number.last, number.last + 1))
    if is_noun and not (is_beside or reading.hits.at("harm", number.last)):
        if (
            2 < (number.value or 0) <= _FEW
            and after.endswith(_SOUND_PLURALS)
            and len(after) > 4
            and after not in words("counted_people.no_people")
        ):
            return CountedPhrase(begin, number.last + 1, "neutral", number.value, "exact", True)  # "three [of whatever trade]"
        return None
    beside = reading.hits.at("harm", number.last)  # "five [abducted] civilians"
    is_taken = beside is not None and beside.entry.attributes["form"] == "people" and number.value is not None
    least = next((c.last for c in reading.cues(number.last, number.last + 1, "at_least")), number.last)  # "12 at least of the attackers"
    whence = beside.last if beside and is_taken else least + is_national
    is_held = is_taken and not _HELD_BY.isdisjoint(reading.document.forms[whence : whence + 1])  # "eight captives held by the group"
    party, end = ("neutral", whence) if is_held else party_after(reading, whence, last)
    end = end if party else number.last
    is_theirs = (after in words("counted_people.of_them")) + 2 * (reading.document.forms[number.last : number.last + 2] == ["of", "them"])
    told = next((c.entry.attributes["cue"] for c in reading.cues(begin, number.first, *QUANTIFIERS)), "exact")
    is_more = after == "more"  # "five more"
    named = number.last + is_theirs + is_national + is_more
    behind = reading.cues(named, min(named + 1, last), "at_least")
    told = "vague" if number.kind == "vague" else "at_least" if behind and not counts_on(reading, behind[0]) else told
    whose = "them" if is_theirs else "neutral" if is_national else "other"
    return CountedPhrase(begin, max(end, named), party or whose, number.value or None, told, True)


def _goes_on(form: str) -> bool:
    """Whether a word behind a number is no noun it counts: a particle, "most of them", "were taken (to hospital)"."""
    if form in _LINKS or form in _AFTER_COUNT or form.startswith((_WAW, _BEH)) or (len(form) > 3 and form.endswith(_OF_THE_PEOPLE)):
        return True
    return form in stop_words() and form not in _COUNTED_THINGS


def _names_unit(reading: Reading, number: Number) -> bool:
    """Whether a number is a unit's own: "three men of Brigade 51 fell"."""
    return any(a.last >= number.last for a in between(reading.actors, max(number.first - 4, 0), number.first))


def _written(reading: Reading, at: int) -> str:
    return reading.document.raw[slice(*reading.document.span(at, at + 1))]


def person_at(reading: Reading, at: int) -> Hit | None:
    """The noun for people at token `at`; None for "civilian" and "military" beside a car or a uniform, which are adjectives there."""
    hit = reading.hits.at("people", at)
    if hit is not None and hit.entry.term == _HIS_AIDE and _written(reading, hit.last - 1).endswith(_TEH_MARBUTA):
        return None  # "help", in the folded letters of "his aide"
    if hit is None or at == 0 or reading.document.forms[at - 1] not in _THINGS:
        return hit
    return None if fold(hit.entry.term) in _ADJECTIVES else hit


def _joined(reading: Reading, first: int, last: int) -> bool:
    return any(form.startswith(_WAW) for form in reading.document.forms[first:last])


def party_after(reading: Reading, at: int, last: int) -> tuple[str | None, int]:
    """The party named after a noun ("of the Peshmerga and civilians" is mixed), and where its name ends."""
    forms = reading.document.forms
    party: str | None = None
    joined = military = False
    end = at
    limit = min(at + 9, last)
    while at < limit:
        form = forms[at]
        if (form == "(" and forms[at + 2 : at + 3] == [")"]) or (form == ")" and forms[at - 2] == "("):
            end += form == ")" and end == at  # "38 of (Daesh)"
            at += 1
            continue
        if (form in ',;.:"()' and form != '"') or _is_and_one_of(reading, at, last):
            break
        if (at > end and reading.hits.at("harm", at)) or form.removeprefix(_WAW) in words("counted_people.rest"):
            break
        person = person_at(reading, at)
        if form in _THEY and (party is not None or _is_counted_anew(reading, at + 1, limit)):
            break  # "(three of one family), they are a man, his wife and his daughter": the same people again
        if form in _ENGLISH_JOINS and at + 1 < limit and (form != "and" or party) and _body_follows(reading, at + 1):
            joined = joined or form == "and"
            at += 1
            continue
        if person and person.prefix.startswith(_WAW) and (person.entry.attributes["number"] in "12" or _says_two(reading, person.last)):
            break  # "an officer and a soldier": the next one counted
        if person and person.entry.attributes["party"] in ("member", "officer") and fold(person.entry.term) in _ADJECTIVES:
            military, at = True, person.last
            if party == "civilian" and form.startswith(_WAW):  # "of the civilians and the military"
                party, end = "mixed", at
            elif party is None and form.startswith(_WAW + _AL):
                party, end = "isf", at  # "(of the civilians) and the military"
            continue
        if military and person and person.entry.attributes["party"] == "civilian":
            party, at, end = "mixed", person.last, person.last
            continue
        if person and person.entry.attributes["party"] in _SIDES:
            found = person.entry.attributes["party"]
            if party is not None and not (forms[at].startswith(_WAW) or joined):
                break
            at = end = person.last
            if at < limit and (found, forms[at]) in _NARROWED:
                found, at, end = _NARROWED[found, forms[at]], at + 1, at + 1
            party = found if party in (None, found) else "mixed"
            continue
        if party is None and person and person.entry.attributes["party"] in ("member", "fighter") and form.endswith(_ITS_OWN):
            return person.entry.attributes["party"], person.last  # "(the ministry announced) two dead of its forces"
        if form in _BOTH_SIDES:  # "thirty people of both sides"
            return "mixed", at + 1
        if not _RESIDENTS.isdisjoint(bare_forms(form)):
            party, end = ("civilian" if party in (None, "civilian") else "mixed"), at + 1
            end += end < limit and forms[end] in _ONE  # "of one family"
            at = end - 1
        elif party is None and form in words("counted_people.offices"):
            pass  # "members of the directorate of the police", "of the electricity department"
        elif party is None and form.endswith(_YEH) and at + 1 < limit and _is_of_side(reading, at + 1):
            pass  # "of the [financiers] of the group"
        elif party is not None and form.startswith(_AL) and form.endswith(_NISBA) and at == end:
            pass  # "of the [Kurdish] Peshmerga and the police"
        elif party in ("isf", None) and form in words("counted_people.known_as"):
            party = None  # "of the Kurdish security forces known as the Peshmerga"
        elif form not in _LINKS and _LINKS.isdisjoint(bare_forms(form)) and not person and (party is not None or not _is_filler(form)):
            break
        at += 1
    return party, end


def _says_two(reading: Reading, at: int) -> bool:
    return not _TWO.isdisjoint(reading.document.forms[at : at + 1])


def _is_of_side(reading: Reading, at: int) -> bool:
    person = person_at(reading, at)
    return person is not None and person.entry.attributes["party"] == "isis" and person.entry.attributes["number"] == "p"


def _is_counted_anew(reading: Reading, at: int, last: int) -> bool:
    person = person_at(reading, at) if at < last else None
    counted = person is not None and person.entry.attributes["number"] in "12"
    return counted or (at < last and number_at(reading.document, at, last) is not None)


def _is_and_one_of(reading: Reading, at: int, last: int) -> bool:
    """ "(A policeman) and one of the passers-by", which is spelt as "one policeman" is where the hamza is left out."""
    beside = person_at(reading, at + 1) if at + 1 < last and reading.document.forms[at].startswith(_WAW) else None
    return beside is not None and not beside.prefix.startswith(_WAW)


def _of_both(reading: Reading, at: int, last: int) -> tuple[str | None, int]:
    """ "(Ninety people), civilian and guardsman": the parties a count is spread between, mixed where they differ."""
    forms = reading.document.forms
    if at + 2 >= last or forms[at] not in words("counted_people.spread"):
        return None, at
    one = person_at(reading, at + 1)
    other = person_at(reading, one.last) if one and one.last < last and forms[one.last].startswith(_WAW) else None
    if one is None or other is None:
        return None, at
    parties = {h.entry.attributes["party"] for h in (one, other)}
    return (parties.pop() if len(parties) == 1 else "mixed"), other.last


def _unit_after(reading: Reading, at: int, last: int) -> tuple[str | None, int]:
    """ "A battalion's commander in the Fourth Infantry Brigade", "of the First Brigade of the Peshmerga": the unit an officer serves in."""
    start = at + (at < last and reading.document.forms[at] in _LINKS)
    while start < last and _is_filler(reading.document.forms[start]):
        start += 1
    unit = next((a for a in between(reading.actors, start, min(start + 1, last)) if side_party(a)), None)
    if unit is None:
        of_intelligence = start < last and reading.document.forms[start] in words("counted_people.intelligence")
        return ("isf", start + 1) if of_intelligence else (None, at)
    party, end = party_after(reading, unit.last, last)
    is_plain = unit.mention.actor or is_infantry(reading, unit)
    return (party, end) if party else (side_party(unit), unit.last) if is_plain else (None, at)


def _community_end(reading: Reading, at: int, last: int) -> int | None:
    """Where "of the Kaka'i minority" ends behind "six members", who bear no arms."""
    forms = reading.document.forms
    if at >= last or forms[at] not in _LINKS:
        return None
    return next((k + 1 for k in range(at + 1, min(at + 4, last)) if forms[k] in words("counted_people.communities")), None)


def _was_once(reading: Reading, at: int, last: int) -> bool:
    """ "(Colonel) So-and-so, the former officer": his rank is of the past, up to the next comma."""
    for form in reading.document.forms[at : min(at + 7, last)]:
        if form in ",.;:":
            return False
        if form in words("counted_people.former"):
            return True
    return False


def _body_follows(reading: Reading, at: int) -> bool:
    """Whether a force, not people counted anew, is named at `at`: "members of the army and [the police]"."""
    at += reading.document.forms[at] in _DETERMINERS
    person = person_at(reading, at)
    return person is not None and person.entry.attributes["party"] in SPECIFIC_PARTIES and person.entry.attributes["number"] == "p"


def _is_filler(form: str) -> bool:
    return form == '"' or form in words("counted_people.fillers")
