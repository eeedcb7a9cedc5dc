"""Harm told in English: "killed five soldiers and two guards", "five soldiers were killed", "shot him dead along with two of his sons"."""

from extraction.companions import him_shot, is_staff, of_his_side, past_besides, people_meant
from extraction.counted_people import CountedPhrase, phrase_at, side_party
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.numbers import number_at
from extraction.persons import stop_words
from extraction.reading import Reading, between
from extraction.tolls import Harm, sum_of_ranks

_WHENCE = range(2, 6)  # tokens of "from the village of X"
_BESIDE_FAR = 12  # tokens from the first victim to "along with"
_LONGEST_NAME = 4  # words
_ASIDE_FAR = 18  # tokens between the commas of "five, including an officer, were wounded"
_AUXILIARIES = words("casualties.auxiliaries")
_JOINS = frozenset(("and", ","))
_ASIDE_MARKS = frozenset((",", "-", "\u2013", "\u2014"))
_GROUPS = words("english_harm.groups")
_GROUP_FAR = 7  # tokens
_HURT = words("english_harm.hurt")
_NOBODY, _DIED = words("english_harm.nobody"), words("english_harm.died")


def english_harms(reading: Reading, hit: Hit, harm: str, first: int, last: int, rule: str) -> list[Harm]:
    """ "killed five soldiers and two guards", "five soldiers were killed", "a major who led the force was hurt"."""
    forms = reading.document.forms
    both = forms[hit.last : hit.last + 2] if hit.entry.attributes["harm"] == "killed" else forms[hit.first - 2 : hit.first][::-1]
    if both == ["and", "killed"] and forms[hit.first - 3] not in _AUXILIARIES:
        return []  # "the bombing killed and injured fifteen"
    if both[:1] in (["and"], ["or"]) and both[1:] and both[1] in _HURT:
        at = min(hit.last + 2, last) if hit.entry.attributes["harm"] == "killed" else hit.last
        if number_at(reading.document, at, last) is None and hit.first > first and not "".join(forms[hit.last : hit.last + 1]).isdecimal():
            return []  # "six soldiers were killed and wounded" tells neither
    if hit.first - 1 > first and forms[hit.first - 1] == "or" and reading.hits.between("harm", hit.first - 2, hit.first - 1):
        return []  # "killed or wounded twenty" tells neither
    if hit.last < last and hit.first > first and forms[hit.first - 1] == forms[hit.last] == '"':  # "were “martyred” in"
        hit = Hit(hit.first - 1, hit.last + 1, hit.cut, hit.prefix, hit.entry)
    at = next((e.last for e in between(reading.dates, hit.last, hit.last + 2)), hit.last)  # "killed [on Sunday] three militants"
    at += forms[at : at + 1] == ["another"] and number_at(reading.document, at + 1, last) is not None  # "killing another three"
    phrase = phrase_at(reading, _past_group(reading, at, last), last)
    before = _before_adverbs(reading, hit.first, first)
    passive = before > first and (forms[before - 1] in _AUXILIARIES or forms[before - 1] == "and")
    phrase = him_shot(reading, hit, first) or phrase
    if hit.entry.term in words("english_harm.before_people") and (phrase is None or not phrase.counted):
        return []  # "wounds" is a noun more often
    stopped = hit.last < last and forms[hit.last] in ("in", "by", "when", "on", "after", "near", "during", "and", "as", "at")
    stopped = stopped and forms[hit.last : hit.last + 2] not in (["at", "least"], ["at", "most"])
    if phrase is None or not phrase.counted or (passive and stopped):
        return english_subject(reading, hit, harm, first, rule)
    phrase = people_meant(reading, phrase, first) if phrase.party == "them" else phrase
    out = [Harm(min(hit.first, phrase.first), max(hit.last, phrase.last), harm, phrase.party, phrase.value, phrase.quantifier, rule)]
    while (at := _next_counted(reading, _with_body(reading, phrase, last).last, last)) < last and not reading.hits.between(
        "harm", at, at + 1
    ):
        more = phrase_at(reading, at, last)
        if more is None or not more.counted or not more.value or more.party in ("other", "them"):
            break
        is_his = is_staff(reading, more) and more.party != "civilian" and out[-1].party != "neutral"
        party = out[-1].party if is_his else more.party
        out.append(Harm(more.first, more.last, harm, party, more.value, more.quantifier, rule))
        phrase = more
    return sum_of_ranks(out)


def _past_group(reading: Reading, at: int, last: int) -> int:
    """ "(Arrested) a cell composed of [five terrorists]": where those it counts begin."""
    forms = reading.document.forms
    of = next((k for k in range(at, min(at + _GROUP_FAR, last)) if forms[k] in ("of", "comprising")), at)
    return of + 1 if not _GROUPS.isdisjoint(forms[at:of]) and number_at(reading.document, of + 1, last) else at


def _next_counted(reading: Reading, at: int, last: int) -> int:
    """Where another count joined by "and" or "along with" may begin, a name between commas passed over; `last` where none does."""
    forms = reading.document.forms
    if forms[at : at + 1] == [","] and (more := phrase_at(reading, at + 1, last)) and more.counted:
        is_listed = more.value == 1 and forms[more.last : more.last + 1] in (["and"], [","])
        if (more.value or 0) > 1 or (is_listed and more.party != "other"):
            return at + 1  # "four officers, two guards and a child"
    if forms[at : at + 1] == [","]:  # "the man, So-and-so, and his two sons"
        at = next((k + 1 for k in range(at, min(at + 6, last - 1)) if forms[k] == "," and forms[k + 1] == "and"), at)
    stop = next((k for k in range(at, min(at + _BESIDE_FAR, last)) if not forms[k].isalpha() or reading.hits.between("harm", k, k + 1)), at)
    for k in range(at, stop):  # "the mukhtar [of a village near X] along with his two sons"
        if forms[k] in ("along", "together", "alongside") and (beside := past_besides(reading, k, last)) > k:
            return beside
    beside = past_besides(reading, at, last)
    return beside if beside > at else at + 1 if forms[at : at + 1] == ["and"] else last


def _with_body(reading: Reading, phrase: CountedPhrase, end: int) -> CountedPhrase:
    """The people with the rest of their force's name: "a member of the Peshmerga [forces]", "two members [of the Hashd al-Shaabi]"."""
    forms, at, party = reading.document.forms, phrase.last, phrase.party
    at = max([a.last for a in reading.actors if a.first < at < a.last], default=at) if at < end else at
    of = at + (forms[at : at + 1] == ["of"]) + (forms[at : at + 2] == ["of", "the"])
    if of > at:  # "two members of the [Kirkuk] police", "of the [Energy] Police"
        of = next((p.last for p in between(reading.places, of, of + 1)), of + 1 if forms[of + 1 : of + 2] == ["police"] else of)
    body = next((a for a in between(reading.actors, of, of + 1) if of > at and a.last <= end and side_party(a)), None)
    if body:
        at, party = body.last, (side_party(body) or party) if party in ("member", "fighter", "officer") else party
    at += 3 * (forms[at : at + 1] == ["("] and forms[at + 2 : at + 3] == [")"])  # "of the Islamic State (IS) group"
    while at < end and forms[at] in words("english_harm.forces"):
        at += 1
    return phrase._replace(last=at, party=party)


def _with_name(reading: Reading, phrase: CountedPhrase, end: int) -> CountedPhrase:
    """One person with his name: "a Peshmerga fighter [So-and-so]", "Colonel [So-and-so] of the Peshmerga"."""
    forms, at = reading.document.forms, phrase.last
    if phrase.value != 1:
        return phrase
    while at < min(phrase.last + _LONGEST_NAME, end) and forms[at].isalpha() and forms[at] not in stop_words():
        if reading.hits.at("people", at) or reading.hits.at("triggers", at) or reading.hits.at("harm", at):
            return phrase
        at += 1
    return phrase._replace(last=at) if at == end or forms[at] == "of" else phrase


def _before_adverbs(reading: Reading, at: int, first: int) -> int:
    """Where "lightly", "also" before a verb of harm begin."""
    while at > first and reading.document.forms[at - 1] in words("english_harm.adverbs"):
        at -= 1
    return at


def english_subject(reading: Reading, hit: Hit, harm: str, first: int, rule: str) -> list[Harm]:
    """The people before "was killed", right before it or with a relative clause between; "another" is one more of the people before."""
    forms, end = reading.document.forms, _before_adverbs(reading, hit.first, first)
    if is_among(reading, hit):
        end -= 2
    elif is_name_of(reading, hit):  # "a soldier and a farmer are the dead"
        end -= 1
    while end > first and forms[end - 1] in _AUXILIARIES:
        end -= 1
    is_part = is_among(reading, hit)
    is_who = (
        end - 4 >= first
        and forms[end - 1] == "who"
        and forms[end - 3] == "the"
        and number_at(reading.document, end - 2, end - 1) is not None
    )
    if is_who and forms[end - 4] in _AUXILIARIES:  # "a soldier and a farmer are the two who lost their lives"
        end, is_part = end - 4, True
    if forms[end - 4 : end - 1] == ["the", "rank", "of"] and end - 5 > first:
        end -= 5  # "three soldiers [with the rank of major] were killed"
    if end > first and not _NOBODY.isdisjoint(forms[max(first, end - 2) : end]):
        return []  # "no one was hurt", "no policeman was hurt"
    is_aside = (end < hit.first or hit.entry.term in _DIED) and forms[end - 1] in _ASIDE_MARKS
    if is_aside:  # "five, including an officer, were wounded"
        end = next((i for i in range(end - 2, max(first, end - _ASIDE_FAR), -1) if forms[i] == forms[end - 1]), end)
    is_one_more = number_at(reading.document, end - 1, end) if end - 1 > first and forms[end - 2] == "a" else None
    if end > first and (forms[end - 1] in ("another", "one") or (is_one_more and is_one_more.kind == "ordinal")):
        return [Harm(end - 1, hit.last, harm, "other", 1, "exact", rule)]
    for start in range(max(first, end - 16), end):
        before = phrase_at(reading, start, end)
        if before and forms[start] == "the" and forms[start - 1] == "of" and before.value == 1 and before.last == end:
            break  # "40 members of the minority", "the sons of the mukhtar"
        before = _with_body(reading, _with_name(reading, before, end), end) if before else None
        related = before is not None and before.last < end and forms[before.last] in ("who", "whose")
        whence = before is not None and end < hit.first and _is_whence(reading, before.last, end)
        if before and before.counted and before.value is not None and (before.last == end or whence or (related and end < hit.first)):
            before = of_his_side(reading, before, first)
            stop = before.last if is_aside else hit.last
            out = [Harm(before.first, stop, harm, before.party, before.value, before.quantifier, rule)]
            while one := _joined_before(reading, out[0].first, first):
                out.insert(0, Harm(one.first, one.last, harm, one.party, one.value, one.quantifier, rule))
            out = [h._replace(is_part=True) for h in out] if is_part else out
            return sum_of_ranks(out) if len(out) > 1 else out
    return []


def _is_whence(reading: Reading, first: int, last: int) -> bool:
    """Whether these tokens say where people are from, and no more: "three brothers [from the village] were killed"."""
    forms = reading.document.forms[first:last]
    plain = len(forms) in _WHENCE and forms[0] in ("from", "in") and all(form.isalpha() for form in forms) and "who" not in forms
    return plain and not any(reading.hits.between(table, first, last) for table in ("people", "harm", "triggers"))


def is_among(reading: Reading, hit: Hit) -> bool:
    """ "(Three guards were) among the [dead]", "among those [killed]"."""
    return reading.document.forms[hit.first - 2 : hit.first] in (["among", "the"], ["among", "those"])


def is_name_of(reading: Reading, hit: Hit) -> bool:
    """Whether the words before say who "the dead" are."""
    forms = reading.document.forms
    return hit.first > 1 and forms[hit.first - 1] == "the" and forms[hit.first - 2] in _AUXILIARIES


def _joined_before(reading: Reading, at: int, first: int) -> CountedPhrase | None:
    """The count that "and" or the comma of a list joins to the one at token `at`: "[a soldier], two guards and a child were killed"."""
    forms, end = reading.document.forms, at
    while end > first and forms[end - 1] in _JOINS and at - end < 2:
        end -= 1
    if end < at and forms[end - 1] == ")":  # "two men of the Mobilisation (the Hashd) and a policeman"
        end = next((k for k in range(end - 2, max(first, end - _ASIDE_FAR), -1) if forms[k] == "("), end)
    earlier = (phrase_at(reading, k, end) for k in range(max(first, end - 9), end)) if end < at else ()
    whole = (_with_body(reading, p, end) for p in earlier if p)
    return next((p for p in whole if p.last == end and p.counted and p.value and p.party not in ("other", "them")), None)
