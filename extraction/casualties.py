"""Who came to what harm, and how many: nouns and verbs of harm, the number and the people beside them, parts of a sum, revised tolls.

"13 killed, among them three civilians" is a mixed 13 and a civilian 3; "and wounded others" takes its people from the harm before it;
"without casualties" is a stated zero; a vague quantity ("a number of") keeps its word and has no figure.
"""

from itertools import chain

from extraction.asides import past_adjunct, past_adverbs, past_place, past_wounds
from extraction.companions import (
    DOERS,
    all_of_them,
    bodies_found,
    caught,
    companion_after,
    his_own,
    is_of_somebody,
    is_staff,
    killed_along_with,
    members_of,
    object_of,
    of_his_side,
    one_by_name,
    one_of_them,
    past_besides,
    people_before,
    people_meant,
    pronoun_subject,
    same_people,
    surrendered,
    taken_along,
    told_before,
    with_companions,
)
from extraction.counted_people import SPECIFIC_PARTIES, CountedPhrase, party_after, past_epithets, phrase_at, side_party
from extraction.english_harm import english_harms, english_subject, is_among, is_name_of
from extraction.harm_nouns import body_of_one, of_unknown, people_noun, two_beside_count
from extraction.harm_phrases import phrases_of_harm
from extraction.lexicon import terms, words, words_and
from extraction.matching import Hit, bare_forms
from extraction.modality import is_errand
from extraction.named_victims import names_listed, of_the_group, one_named
from extraction.numbers import is_definite_ordinal
from extraction.persons import given_names
from extraction.reading import Reading, between
from extraction.stated_tolls import stated_tolls, stated_zeros
from extraction.subjects import besides_after, joined_before, subject_before, subjects_before
from extraction.tolls import (
    AS_MANY,
    OF_THE_WOUNDED,
    Harm,
    all_of_one_party,
    inherit_parties,
    mark_revisions,
    rest_of_toll,
    spread_toll,
    sum_of_ranks,
    with_parts,
)
from extraction.unsplit_tolls import is_mixed, one_of_each, without_figure

_BY, _WOUNDS = "\u0628", words("casualties.wounds")
_FOR, _EXPOSED = "\u0644", words("casualties.exposed")
_WAW, _HEH, _AL, _DUAL, _ACCUSATIVE = "\u0648", "\u0647", "\u0627\u0644", "\u064a\u0646", "\u0627"
_NO_VERB_AFTER = words("casualties.no_verb_after")
_ACCUSED, _ACCUSED_OF = words("casualties.accused"), "\u0628"  # bi-
_STRUCK = terms("casualties.struck")
_MET = "\u0644\u0642\u064a"
_OF_SEVERAL = ("\u0648\u0627", "\u0627")  # a verb's plural and dual
_WERE = frozenset(("\u062a\u0645",))  # tamma: "(there) were killed ten of them", says who did it
_LOST, _AS_MANY = words("casualties.lost"), words("casualties.as_many")
_NAME_FAR = 14  # tokens of rank, name and office from "a commander" to the comma behind them
_COUNTED_BESIDE = SPECIFIC_PARTIES | {"member", "officer", "fighter"}
_OFFICER_FAR = 12  # tokens from "two officers, one of them a major," to the soldiers hurt with them
_WITH_OFFICERS = SPECIFIC_PARTIES - {"civilian", "isis", "coalition"}
_THEIR_MEN = words("event_tolls.his_men") | words("event_tolls.her_men")
_THEIR_LIVES = words("casualties.their_lives")
_HIS_VEHICLE = words("casualties.his_vehicle")
_ACTIVE_AGENTS = words("casualties.active_agents")
_NO_DOERS = frozenset(("civilians", "executive_office", "person"))
_OF_THEM = words("casualties.of_them")
_NOT_STRUCK = DOERS | {"isis", "other_armed"}
_AMONG_THEM = words("counted_people.of_them")
_DONE = frozenset(("arrested", "abducted", "killed"))
_STATED = ("no_toll", "spread", "rest", "bodies", "toll", "fall", "fate", "found_dead")
_TOLD_WITHOUT = (*_STATED, "themselves", "taken", "exposed", "gripped", "seized")


def find_harms(reading: Reading, first: int, last: int) -> list[Harm]:
    """Every count of harm in a sentence's tokens, in order."""
    if not (reading.hits.between("harm", first, last) or reading.cues(first, last, *_TOLD_WITHOUT)):
        return []
    out = [*stated_zeros(reading, first, last), *spread_toll(reading, first, last), *surrendered(reading, first, last)]
    out += [*rest_of_toll(reading, first, last), *bodies_found(reading, first, last)]
    out += [*stated_tolls(reading, first, last), *taken_along(reading, first, last), *phrases_of_harm(reading, first, last)]
    taken: set[int] = {i for harm in out for i in range(harm.first, harm.last)}
    for hits in _by_start(reading.hits.between("harm", first, last)):
        if not taken.isdisjoint(range(hits[0].first, hits[0].last)):
            continue
        told = _best([_read(reading, hit, first, last) for hit in hits])
        for harm in told:
            if taken.isdisjoint(range(harm.first, harm.last)):
                taken.update(range(harm.first, harm.last))
                out.append(harm)
        if told and told[0].last <= hits[0].first:
            taken.update(range(hits[0].first, hits[0].last))  # "(two) met their death": the death is not read again
    out = [h for h in out if h.harm != "abducted" or words("casualties.freed").isdisjoint(reading.document.forms[h.first - 2 : h.first])]
    unsplit = [h for h in reading.hits.between("harm", first, last) if h.entry.attributes["harm"] == "unsplit"]
    out = [each for h in out for each in without_figure(h, unsplit)]
    # those who died of their wounds are among the dead of a total behind them
    out = [h._replace(is_earlier=True, rule=OF_THE_WOUNDED) if h.harm == "killed" and _are_of_the_wounded(reading, h) else h for h in out]
    out = with_parts(reading, _one_party(reading, sorted(out, key=lambda h: h.first)), last)
    return all_of_one_party(reading, inherit_parties(mark_revisions(reading, out, first)), last)


def _one_party(reading: Reading, harms: list[Harm]) -> list[Harm]:
    """ "Three dead and five wounded of the civilians": the party behind the second count is that of the first."""
    out: list[Harm] = []
    for harm, after in zip(harms, [*harms[1:], None], strict=False):
        gap = int(harm.rule.isascii() or reading.document.forms[harm.last : harm.last + 1] == [_WAW])  # whose "and" is a word of its own
        if harm.harm == "abducted" and after is not None and after.party in DOERS:
            after = None  # "freed two captives and killed three of the kidnappers"
        unsaid = harm.party == "unsaid" or (harm.party == "other" and not out)
        unsaid = unsaid or (after is not None and after.party == "mixed" and harm.party in ("armed", "neutral"))
        if after and unsaid and after.first - harm.last in (0, gap) and after.harm != harm.harm and after.party != "other":
            harm = harm._replace(party=after.party)
        if harm.party == "officer" and after and after.first - harm.last <= _OFFICER_FAR and after.party in _WITH_OFFICERS:
            harm = harm._replace(party=after.party)  # "an officer was killed and three soldiers were hurt"
        joined = out and reading.document.forms[out[-1].last : harm.first] in ([], [_WAW])
        if joined and harm.party == "unsaid" and out[-1].party in ("family", "civilian", "fighter"):
            party = "fighter" if out[-1].party == "fighter" else "civilian"
            harm = harm._replace(party=party)  # "three dead of one family and seven wounded"
        out.append(harm)
    return out


def _by_start(hits: list[Hit]) -> list[list[Hit]]:
    """Hits in groups of one first token: the noun and the verb of one spelling are both tried."""
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.first, []).append(hit)
    return list(groups.values())


def _best(readings: list[list[Harm]]) -> list[Harm]:
    """The reading that gives a figure, of two the one that reaches further ("a bomber killed 18"), else the first that gives anything."""
    told = [r for r in readings if r]
    figures = [r for r in told if r[0].value is not None]
    named = [r for r in told if r[0].party != "unsaid"]
    return max(figures, key=lambda r: r[-1].last) if figures else (named or told or [[]])[0]


def _read(reading: Reading, hit: Hit, first: int, last: int) -> list[Harm]:
    form, harm = hit.entry.attributes["form"], hit.entry.attributes["harm"]
    rule = f"harm: {hit.entry.term}"
    if harm == "missing" and not _THEIR_LIVES.isdisjoint(reading.document.forms[hit.last : min(hit.last + 10, last)]):
        harm = "killed"  # "the loss by six people of their lives"
    if harm == "unsplit":
        return one_of_each(reading, hit, first, last, rule)
    if harm == "casualties":
        harm = "killed" if form != "people" or not is_mixed(reading, hit, last) else "casualties"
    if form == "people":
        if harm == "wounded" and reading.document.forms[max(hit.first - 1, first)] in words_and("casualties.death_of"):
            return []  # the wounded who died are counted among the dead
        if harm == "wounded" and hit.last < last and reading.document.forms[hit.last] in words("casualties.died"):
            return []
        subjects = english_subject(reading, hit, harm, first, rule) if hit.entry.term.isascii() else []
        among = is_among(reading, hit) or is_name_of(reading, hit)
        if subjects and among:  # "three guards were among the dead"
            return [s._replace(is_part=True) for s in subjects]
        if len(subjects) > 1:  # "left 15 militants and two guards dead"
            return subjects
        if (one := body_of_one(reading, hit, harm, first, last)) is not None:
            return one
        phrase = people_noun(reading, hit, first, last)
        if phrase is None or (harm == "displaced" and (not phrase.counted or reading.hits.at("harm", phrase.last))):
            return []  # "a camp for the displaced", "three displaced men were killed"
        amid = (
            phrase.value is None and phrase.party != "unsaid" and reading.document.forms[hit.first - 1] in words_and("tolls.amid")
        )  # "among the dead are policemen"
        out = [Harm(phrase.first, phrase.last, harm, phrase.party, phrase.value, phrase.quantifier, rule, is_part=amid)]
        if phrase.last == hit.last and phrase.first < hit.first and phrase.value and not amid:
            out = joined_before(reading, phrase, harm, first, rule)
        return sum_of_ranks(out + _beside(reading, phrase, harm, last, rule)) if phrase.value else out
    if form in ("process", "verb") and _shares_its_count(reading, hit, form):
        return []
    if form == "verb" and hit.first > first and reading.document.forms[hit.first - 1] in _NO_VERB_AFTER and is_of_somebody(reading, hit):
        return []  # "with his family", which is spelt as "captured him"
    if hit.entry.term in terms("casualties.took_by") and not "".join(reading.document.forms[hit.last : last][:1]).startswith(_BY):
        return []  # "took (the group's attack) the lives of": the lives tell whose
    if hit.entry.term == _MET and (is_of_somebody(reading, hit) or _is_call(reading.hits.at("triggers", hit.first))):
        return []  # "received a call", "(a strike) on a force", in the letters of "meets his death"
    if form == "process" and (_is_accused(reading, hit, first) or is_errand(reading, hit)):
        return []
    if not hit.entry.term.isascii():
        return _after(reading, hit, harm, form, first, last, rule)
    return english_harms(reading, hit, harm, first, last, rule)


def _is_call(known: Hit | None) -> bool:
    return known is not None and known.entry.attributes["type"] == "call"


def _beside(reading: Reading, phrase: CountedPhrase, harm: str, last: int, rule: str) -> list[Harm]:
    """ "44 dead of the protesters [and three of the soldiers]": a count joined to dead or wounded people is of the same harm."""
    at = phrase.last
    if not (at < last and reading.document.forms[at].startswith(_WAW)) or reading.hits.at("harm", at):
        return []
    more = phrase_at(reading, at, last)
    if (
        more is None
        or not (more.counted and more.value and more.party in _COUNTED_BESIDE)
        or reading.hits.between("harm", at, more.last + 1)
    ):
        return []
    return [Harm(more.first, more.last, harm, more.party, more.value, more.quantifier, rule)]


def _shares_its_count(reading: Reading, hit: Hit, form: str) -> bool:
    """ "the killing and wounding of 15": one figure for two harms tells neither. "His killing and the wounding of 15" is two."""
    if is_of_somebody(reading, hit):
        return False
    pairs = [h for h in reading.hits.between("harm", hit.last, hit.last + 1) if h.prefix.startswith(_WAW)]
    if reading.document.forms[hit.first].startswith(_WAW):
        pairs += [h for h in reading.hits.between("harm", max(hit.first - 1, 0), hit.first) if h.last == hit.first]
    pairs = [h for h in pairs if h.entry.attributes["form"] == form and not is_of_somebody(reading, h)]
    if form == "verb" and not pairs and reading.document.forms[hit.first].startswith(_WAW):  # "and the wounding of", spelt as a verb is
        own = [h for h in reading.hits.between("harm", hit.first, hit.first + 1) if h.entry.attributes["form"] == "process"]
        return bool(own) and _shares_its_count(reading, own[0], "process")
    if form == "verb":  # "(three soldiers) were killed and five hurt": the first verb's subject stands before it
        start = reading.sentence_of(hit.first).first
        pairs = [h for h in pairs if subject_before(reading, min(h, hit, key=lambda each: each.first), start) is None]
    return bool(pairs)


def _is_accused(reading: Reading, hit: Hit, first: int) -> bool:
    """ "(Arrested a man) accused of killing three policemen": a deed somebody stands accused of is no toll of the arrest."""
    near = chain.from_iterable(map(bare_forms, reading.document.forms[max(first, hit.first - 4) : hit.first]))
    return hit.prefix.endswith(_ACCUSED_OF) and not _ACCUSED.isdisjoint(near)


def _after(reading: Reading, hit: Hit, harm: str, form: str, first: int, last: int, rule: str) -> list[Harm]:
    """What follows "the killing of", "was killed": one count, and others joined to it by "and"."""
    forms = reading.document.forms
    at = hit.last + (forms[hit.last : hit.last + 1] == [_BY])  # "the toppling of 3 men", its preposition apart
    if form == "process" and forms[at - 1] in _WOUNDS:  # "slight wounds to two soldiers"
        while at < last and forms[at] in words("casualties.grave"):
            at += 1
        to = (_FOR, _BY) if forms[hit.first - 1].removeprefix(_WAW) in words("casualties.caused") else _FOR
        theirs = at < last and forms[at].startswith(to) and not hit.prefix.endswith(_BY)
        if not theirs and forms[hit.last - 1] not in words("harm_nouns.injuries"):
            return []  # "with wounds"
    if form == "process" and hit.prefix == _FOR and hit.first > first and forms[hit.first - 1] in _EXPOSED:
        return []  # "he was exposed to the hit of a sniper": who hit him
    if forms[hit.first].removeprefix(_WAW) in words("casualties.they_were"):  # such a verb stands behind its subject
        if _is_joined_to_verb(reading, hit, harm, last):
            return []  # "five soldiers were killed and wounded" tells neither
        before = subjects_before(reading, hit, harm, first, rule)
        if before:
            return [*before, *besides_after(reading, hit.last, last, harm, rule)]
    if form == "verb":
        at = past_adverbs(reading, at, last)
        at = at if forms[hit.first].removeprefix(_WAW) in words("casualties.undergone") else _skip_agent(reading, at, last)
        if not forms[hit.last - 1].endswith(_OF_SEVERAL):  # a verb before its people stands in the singular
            at = past_adjunct(reading, at, last)
    if form == "process" and (doer := _doer_end(reading, hit, harm, at, last)):
        at = doer
    elif form == "process":  # "the arrest in X of three men"
        beyond = past_adverbs(reading, at, last)
        is_lost = not _LOST.isdisjoint(bare_forms(forms[hit.first]))
        if beyond > at and beyond + 1 < last and (is_lost or forms[beyond - 1] in words("particles.on")):
            at = beyond
    is_body = form == "process" and forms[hit.last - 1] in words("casualties.cells")
    is_gang = is_body and forms[hit.last - 1] in words("casualties.gangs")
    if at < last and forms[at] in _AS_MANY:
        return [Harm(hit.first, at + 1, harm, "other", None, AS_MANY, rule)]
    phrase = members_of(reading, at, last, is_body=True, of_gang=is_gang) if is_body else None
    phrase = (
        phrase
        or names_listed(reading, at, last)
        or phrase_at(reading, at, last)
        or members_of(reading, at, last)
        or one_named(reading, at, last)
        or of_the_group(reading, at, last)
    )
    if phrase is None and form == "verb" and harm == "arrested":  # "the directorate took apart a network of five"
        cell = next((k for k in range(hit.last, min(hit.last + 5, last - 1)) if forms[k] in words("casualties.cells")), None)
        phrase = members_of(reading, cell + 1, last, is_body=True) if cell is not None else None
    is_active = harm == "abducted" or forms[hit.first].removeprefix(_WAW) in words("casualties.active")
    doers = _WITH_OFFICERS | DOERS if harm == "arrested" else DOERS if is_active else frozenset()
    is_theirs = phrase is not None and (harm == "arrested" or not is_of_somebody(reading, hit))
    if is_theirs and phrase and (form == "verb" or harm == "abducted") and phrase.value is None and phrase.party in doers:
        return []  # "the forces stopped their advance", "gunmen stopped cars", "gunmen murdered journalists": who did it
    if phrase is None and hit.last + 1 < last and forms[hit.last] in _AMONG_THEM:
        phrase = phrase_at(reading, hit.last + 1, last)  # "(attacked the group) and killed of them eighteen"
    if form == "verb" and (along := killed_along_with(reading, hit, harm, at, first, last, rule)):
        return along
    if form == "verb":
        phrase = pronoun_subject(reading, at, first, last) or object_of(reading, hit, first) or _of_a_side(reading, at, last) or phrase
    phrase = _the_fourth(reading, at, first, last) or _of_a_family(reading, phrase, last) or phrase
    died = forms[hit.first].removeprefix(_WAW) in words("casualties.died")  # one of the wounded told before
    phrase = caught(reading, hit.last, first, last) or (None if died else one_of_them(reading, at, first, last)) or phrase
    is_next = forms[hit.first].startswith(_WAW) and not forms[hit.last - 1].endswith(_OF_SEVERAL)
    counted = phrase is not None and phrase.counted
    is_apart = at > hit.last and not (is_next and counted)
    if form == "verb" and phrase and (is_apart or not (counted or is_next)):  # "(five fell,) and hurt were some of the force"
        before = subjects_before(reading, hit, harm, first, rule)
        if before and before[0].party not in _NOT_STRUCK:
            return before  # "(two policemen) were killed in an attack of a bomber"
    if phrase is None and (form == "verb" or (form == "idiom" and harm == "missing")):
        return subjects_before(reading, hit, harm, first, rule) or told_before(reading, hit, harm, first, last, rule)
    with_him = phrase is not None and phrase.first == hit.last and forms[hit.last].startswith(_WAW)  # "his killing and two guards"
    if phrase is None or (is_of_somebody(reading, hit) and (with_him or (phrase.party in DOERS and not phrase.value))):
        own = his_own(reading, hit, harm, first, last, rule)  # "his killing", "gunmen killed him"
        if own or phrase is None or not with_him:
            return own
    if phrase.party == "other" and is_of_somebody(reading, hit):
        phrase = phrase._replace(first=hit.first, party="them")  # "their killing, three in number"
    was_done = forms[hit.first - 1] in _WERE and not _AMONG_THEM.isdisjoint(forms[phrase.last : last][:1])
    is_of_them = was_done or not _AMONG_THEM.isdisjoint(forms[hit.last : phrase.first])
    if phrase.party in ("other", "neutral", "member", "fighter") and is_of_them:
        phrase = phrase._replace(party="them")
    if phrase.party == "them":
        phrase = people_meant(reading, phrase, first)
    if phrase.party == "them" and was_done:
        phrase = phrase._replace(party="attacker")
    if form == "verb" and at > hit.last and forms[hit.first].removeprefix(_WAW) in _LOST:
        phrase = _loser(reading, hit.last, at, phrase)
    if form == "process" and forms[hit.last - 1] in words("harm_nouns.bodies"):
        phrase = of_unknown(reading, phrase)
    phrase = two_beside_count(reading, phrase, last)
    phrase = of_his_side(reading, one_by_name(reading, all_of_them(reading, phrase, first, last), last), first)
    out = [Harm(min(hit.first, phrase.first), max(phrase.last, hit.last), harm, phrase.party, phrase.value, phrase.quantifier, rule)]
    more = None
    while (at := _next_counted(reading, phrase, last)) < last and at > hit.first:
        if reading.hits.at("harm", at):
            break
        more = phrase_at(reading, at, last)
        if more and not more.counted and _may_be_two(reading, more):
            more = more._replace(value=2, quantifier="exact", counted=True)
        if more is None or not more.counted or (more.party == "other" and (phrase.value != 1 or _has_verb(reading, more.last))):
            break  # "a commander and four others", but "four soldiers and another, hurt"
        is_his = is_staff(reading, more) and out[-1].party not in ("civilian", "neutral")
        party = out[-1].party if is_his or more.party == "other" else more.party
        out.append(Harm(more.first, more.last, harm, party, more.value, more.quantifier, rule))
        phrase = more
    if harm == "arrested" and not _HIS_VEHICLE.isdisjoint(forms[phrase.last : phrase.last + 3]):
        return []  # "a bomber stopped his lorry"
    if hit.entry.term in _STRUCK and out[0].party == "other" and "".join(forms[phrase.last : last][:1]).startswith(_AL):
        return []  # "(a rocket came down,) and another hit the school"
    if out[0].party == "other":
        out[0] = same_people(reading, out[0], first)
    if out[0].party == "member" and not _THEIR_MEN.isdisjoint(forms[out[0].first : out[0].last]):
        return [out[0], *sum_of_ranks(out[1:])]  # "two of its men and one of another force"
    return sum_of_ranks(with_companions(out, more) if more else out)


def _loser(reading: Reading, first: int, last: int, phrase: CountedPhrase) -> CountedPhrase:
    """ "The group lost (a hundred fighters)", "(a source in the force said that) his men lost": they are of the one who lost them."""
    subject = next(iter(between(reading.actors, first, last)), None)
    if subject is None or phrase.party in SPECIFIC_PARTIES:
        return phrase
    return phrase._replace(party="isis" if subject.kind == "rebel_terrorist" else side_party(subject) or phrase.party)


def _of_a_side(reading: Reading, at: int, last: int) -> CountedPhrase | None:
    """ "(Were killed) on the side of the group 23 men": the side stands before its dead."""
    forms = reading.document.forms
    if (
        at + 2 >= last
        or (forms[at] not in words("particles.from") and forms[at] not in words("particles.in"))
        or forms[at + 1] not in words("casualties.side")
    ):
        return None
    party, end = party_after(reading, at + 2, last)
    phrase = phrase_at(reading, end, last) if party and end < last else None
    return phrase._replace(party=party or "") if phrase and phrase.counted and phrase.party in ("neutral", "other", "member") else None


def _may_be_two(reading: Reading, more: CountedPhrase) -> bool:
    """ "(A captain) and two men", whose dual and plural are spelt alike: many would have their number."""
    form = reading.document.forms[more.last - 1]
    return more.last - more.first == 1 and form.startswith(_WAW) and form.endswith(_DUAL) and not form.startswith(_WAW + _AL)


def _is_joined_to_verb(reading: Reading, hit: Hit, harm: str, last: int) -> bool:
    """Whether "and were wounded" follows at once, with no people of its own."""
    after = (h for h in reading.hits.between("harm", hit.last, hit.last + 1) if h.entry.attributes["harm"] != harm)
    joined = [h for h in after if reading.document.forms[h.first].startswith(_WAW)]
    return bool(joined) and (joined[0].last >= last or phrase_at(reading, joined[0].last, last) is None)


def _are_of_the_wounded(reading: Reading, harm: Harm) -> bool:
    """ "(The death of three) of the wounded", "one of the wounded died"."""
    forms, wounded = reading.document.forms, words("casualties.the_wounded")
    near = range(max(harm.first - 2, 0), min(harm.last + 1, len(forms) - 1))
    return any(forms[k] in _OF_THEM and forms[k + 1] in wounded for k in near)


def _the_fourth(reading: Reading, at: int, first: int, last: int) -> CountedPhrase | None:
    """ "(Three were arrested and) the arrest of the fourth followed"; no rocket is of the masculine. "(Of three bombers two …,) the third
    was killed" is of those bombers."""
    form = reading.document.forms[at] if at < last else ""
    if not is_definite_ordinal(form) or form.endswith(_HEH) or between(reading.dates, at, at + 1):
        return None
    told = reading.hits.between("harm", first, at - 1)
    known = [] if told else [p for p in people_before(reading, at, first) if (p.value or 0) > 2 and p.party in _NOT_STRUCK]
    return CountedPhrase(at, at + 1, known[-1].party if known else "other", 1, "exact", True)


def _of_a_family(reading: Reading, phrase: CountedPhrase | None, last: int) -> CountedPhrase | None:
    """ "A family of five was killed"."""
    if phrase is None or phrase.party != "family" or phrase.last + 1 >= last:
        return None
    of = phrase.last + (reading.document.forms[phrase.last] in words("casualties.whole"))
    of += reading.document.forms[of] in words("companions.made_up")  # "a (whole) family made up of five"
    if of + 1 >= last or reading.document.forms[of] not in words("companions.of"):
        return None
    people = phrase_at(reading, of + 1, last)
    return people._replace(first=phrase.first, party="civilian") if people and people.counted and people.value else None


def _doer_end(reading: Reading, hit: Hit, harm: str, at: int, last: int) -> int | None:
    """Where the doer ends in "the army's arrest of two men", "the group's killing three farmers"; None where no people stand behind it."""
    people = phrase_at(reading, at, last)
    if harm not in _DONE or (people and people.counted) or (people is None and is_of_somebody(reading, hit)):
        return None
    doers = [a for a in between(reading.actors, at, at + 1) if a.kind not in _NO_DOERS]
    end = max((a.last for a in doers), default=at)
    end += end < last and (reading.document.forms[end] == '"' or reading.document.forms[end] in words("casualties.of_a_country"))
    phrase = phrase_at(reading, end, last) if at < end < last else None
    return end if phrase and phrase.counted and phrase.value and phrase.party not in ("other", "isis") else None


def _next_counted(reading: Reading, phrase: CountedPhrase, last: int) -> int:
    """Where another count joined by "and" or "with" may begin; `last` where none does."""
    at = phrase.last
    beside = companion_after(reading, at, last)
    if beside is not None:
        return beside
    forms = reading.document.forms
    at = past_epithets(reading, at, last)
    if at < last and forms[at] in words("companions.one_of_them") and phrase.value and phrase.value > 1:
        # "Two officers, one of them a division's commander, and ten soldiers"
        joined = (k for k in range(at + 1, min(at + 6, last - 1)) if forms[k].startswith(_WAW))
        at = next((k for k in joined if (more := phrase_at(reading, k, last)) and more.counted), at)
    while at < last and forms[at] in words("casualties.more"):
        at += 1
    if at + 1 < last and forms[at] in words("counted_people.with_rank"):
        at += 2  # "another officer with the rank of captain"
    at = past_wounds(reading, at, last)
    at = past_besides(reading, past_place(reading, at), last)
    if forms[at - 1] in words("companions.besides") and at < last:
        return at
    openers = (_WAW, *words("companions.besides"))
    far = _NAME_FAR if phrase.value == 1 and phrase.party not in ("civilian", "neutral") else 4
    for comma in (k for k in range(at, min(at + far, last - 1)) if forms[k] == "," and forms[k + 1].startswith(openers)):
        if (beyond := past_besides(reading, comma + 1, last)) > comma + 1:
            return beyond  # "the brigade's commander, So-and-so, in addition to another man"
        more = phrase_at(reading, comma + 1, last)  # "the brigade's commander So-and-so, and 16 other fighters"
        ours = more and more.counted and more.value and (more.party != "other" or phrase.value == 1)
        if more and ours and not _has_verb(reading, more.last):
            return comma + 1
    return at if at < last and forms[at].startswith(_WAW) else last


def _has_verb(reading: Reading, at: int) -> bool:
    """ "(A soldier was killed,) and three others [were hurt]": they have a harm of their own."""
    return any(not reading.document.forms[h.first].startswith(_WAW) for h in reading.hits.between("harm", at, at + 2))


def _skip_agent(reading: Reading, at: int, last: int) -> int:
    """Past the doer between an active verb and the people it harmed: "killed unknown gunmen two civilians"."""
    forms = reading.document.forms
    struck = phrase_at(reading, at, last) if at < last else None
    is_two = struck is not None and struck.counted and struck.value == 2 and struck.party not in DOERS
    if struck and is_two and forms[struck.last - 1] in words("counted_people.two"):
        return at  # "(a force) killed two terrorists", two written behind them
    if at < last and (forms[at] in _ACTIVE_AGENTS or any(a.kind not in _NO_DOERS for a in between(reading.actors, at, at + 1))):
        k, end = at, min(at + 12, last)
        while k < end and not reading.hits.at("harm", k):
            if forms[k] in words("companions.one_of_them"):
                return k
            if k == at + 1 and forms[k] in words("casualties.of_agents"):  # "a [suicide] attacker killed nine"
                k += 1
                continue
            if k == at + 1 and forms[at] in _ACTIVE_AGENTS and one_named(reading, k, last):
                return k  # "abducted gunmen So-and-so"
            phrase = phrase_at(reading, k, last)
            is_named = phrase is not None and phrase.value == 1 and phrase.last < last and forms[phrase.last] in given_names()
            is_one = phrase is not None and phrase.value == 1 and (phrase.party == "leader" or forms[k].endswith(_ACCUSATIVE))
            if k > at and phrase and phrase.value is not None and (phrase.counted or is_named or is_one):
                return k  # "the forces killed yesterday a leader of the group"
            beyond = past_adverbs(reading, k, last)
            is_quote = forms[k] == '"' and not (between(reading.actors, k + 1, k + 2) or forms[k - 2] == '"')
            if (is_quote or forms[k] in ",.;") and beyond == k:
                break
            end = min(end + beyond - k, last)  # what is passed over brings the people no further off
            k = max(beyond, k + 1)
    return at
