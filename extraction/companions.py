"""People who came to harm beside others, or whom only a pronoun names: guards, relatives, "he and his brother", "killed them both"."""

from extraction.actors import Actor
from extraction.counted_people import SPECIFIC_PARTIES, CountedPhrase, person_at, phrase_at
from extraction.folding import fold
from extraction.lexicon import words, words_and
from extraction.matching import Hit, bare_forms
from extraction.numbers import number_at, word_value
from extraction.persons import given_names, stop_words
from extraction.quantities import number_ending
from extraction.reading import Reading, between
from extraction.tolls import Harm, sum_of_ranks

_WAW, _AL = "\u0648", "\u0627\u0644"
_FEMININE = "\u0629"  # which folds to the letter of "his"
_BOTH, _THEM, _HIS = "\u0647\u0645\u0627", "\u0647\u0645", ("\u0647", "\u0647\u0627", "\u0647\u0645", "\u0647\u0645\u0627")
_THEY_HIM = ("\u0648\u0647", "\u0627\u0647")  # they, he and the two of them
_FAR = 25  # tokens back to the people a pronoun stands for
DOERS = frozenset(("attacker", "armed"))
_OF_FORCES = SPECIFIC_PARTIES - {"civilian", "isis"}
_ATTACKING = DOERS | {"isis", "other_armed"}
_MATES = words("companions.mates")
_NAMELESS = frozenset(("other", "them", "family", "neutral"))
THEIR_BODIES = "harm: their bodies"  # a rule


def companion_after(reading: Reading, at: int, last: int) -> int | None:
    """Where the count of companions begins: "the head of the district [and three of his guards]", "[with his son]"."""
    forms = reading.document.forms
    for k in range(at, min(at + 14, last)):
        if forms[k] == "," and k + 1 < last and forms[k + 1].startswith(_WAW) and _is_his(reading, k + 1, last):
            return k + 1  # "the colonel So-and-so, commander of the regiment, and his companion"
        if forms[k] == "," and k + 2 < last and forms[k + 1] in words("companions.with") and _is_his(reading, k + 2, last):
            return k + 2
        ends = reading.hits.at("harm", k) and forms[k] not in words("companions.his_end")
        if forms[k] in ",.;:" or forms[k] in words("companions.stops") or ends:
            return None
        if forms[k] in words("companions.with") and (_is_his(reading, k + 1, last) or _is_another(reading, k + 1, last)):
            return k + 1
        if forms[k].startswith(_WAW) and len(forms[k]) > 3 and _is_his(reading, k, last):
            return k
    return None


def _is_his(reading: Reading, at: int, last: int) -> bool:
    """People with a possessive pronoun at `at`, a number and "of" passed over."""
    forms = reading.document.forms
    if at < last and (forms[at].isdigit() or word_value(forms[at].removeprefix(_WAW)) is not None):
        at += 1
        while at < last and (forms[at] in words("companions.of") or forms[at] in words("companions.other")):
            at += 1
    person = person_at(reading, at) if at < last else None
    if person is None:
        return False
    own = (k for k in range(at, person.last) if forms[k].endswith(_HIS))
    return any(reading.document.raw[reading.document.span(k, k + 1)[1] - 1] != _FEMININE for k in own)  # "with men of the police"


def _is_another(reading: Reading, at: int, last: int) -> bool:
    """ "(The headman of the village, with) another civilian"."""
    phrase = phrase_at(reading, at, last) if at < last else None
    return (
        phrase is not None
        and phrase.counted
        and not words("companions.other").isdisjoint(reading.document.forms[phrase.last : phrase.last + 1])
    )


def with_companions(harms: list[Harm], more: CountedPhrase) -> list[Harm]:
    """One mixed sum of an official and guards whose force no word names; harms that stay apart are given back as they are."""
    first = harms[0]
    if first.party == "neutral" and first.value == 1 and {h.party for h in harms[1:]} == {"civilian"} and all(h.value for h in harms):
        return [first._replace(last=harms[-1].last, party="civilian", value=sum(h.value or 0 for h in harms))]  # "So-and-so and his son"
    if first.party == "civilian" and more.party == "member" and all(h.value for h in harms):
        return [first._replace(last=harms[-1].last, party="mixed", value=sum(h.value or 0 for h in harms))]
    return harms


def past_besides(reading: Reading, at: int, last: int) -> int:
    """Past "in addition to", "besides", "along with" where counted people stand behind it."""
    end = at
    while end < last and end - at < 4 and reading.document.forms[end].removeprefix(_WAW) in words("companions.besides"):
        end += 1
    phrase = phrase_at(reading, end, last) if end - at > 1 and end < last else None
    return end if phrase and phrase.counted and phrase.value else at


def pronoun_subject(reading: Reading, at: int, first: int, last: int) -> CountedPhrase | None:
    """ "was killed, he and his brother": the one person named before."""
    if at + 1 >= last or reading.document.forms[at] not in words("companions.he") or not _is_his(reading, at + 1, last):
        return None
    known = [p for p in people_before(reading, at, first) if p.value == 1]
    return CountedPhrase(at, at + 1, known[-1].party if known else "unsaid", 1, "exact", True)


def object_of(reading: Reading, hit: Hit, first: int) -> CountedPhrase | None:
    """ "and killed them": the people the sentence counted before, who are not the doers; "them both" are two whoever they are."""
    at = hit.last - 1
    form = reading.document.forms[at]
    is_both, is_him = form.endswith(_BOTH), form.endswith(_THEY_HIM) or _is_verb_with_him(reading, hit)
    if not (is_both or is_him or form.endswith(_THEM)):
        return None
    by_guards = at > first and reading.document.forms[at - 1].removeprefix(_WAW) in words("companions.defenders")
    known = [p for p in people_before(reading, at, first) if p.value and (p.value == 2) == is_both and (by_guards or p.party not in DOERS)]
    if is_him:
        known = [p for p in known if p.value == 1]
        known = [p for p in known if p.party not in _ATTACKING] or known
    if is_him and not known and (aimed := _aimed_at(reading, at, first)):
        known = [aimed]
    if known:
        return known[-1]._replace(first=at, last=at + 1)
    return CountedPhrase(at, at + 1, "unsaid", 2, "exact", True) if is_both else None


def _aimed_at(reading: Reading, at: int, first: int) -> CountedPhrase | None:
    """ "(Gunmen opened fire on) Lieutenant Colonel So-and-so of the police (and killed him)": the one they shot at."""
    people = reading.hits.between("people", max(first, at - _FAR), at)
    aimed = [h for h in people if h.entry.attributes["number"] == "1" and reading.document.forms[h.first - 1] in words("companions.aimed")]
    phrase = phrase_at(reading, aimed[-1].first, at) if aimed else None
    return phrase._replace(value=1, counted=True) if phrase and phrase.party not in _ATTACKING else None


def _is_verb_with_him(reading: Reading, hit: Hit) -> bool:
    """ "(Gunmen) killed him", where the form is no noun of harm as well ("his injury")."""
    if not (reading.document.forms[hit.last - 1].endswith(_HIS[0]) and is_of_somebody(reading, hit)):
        return False
    return not any(h.entry.attributes["pos"] == "noun" for h in reading.hits.between("harm", hit.first, hit.first + 1))


def caught(reading: Reading, at: int, first: int, last: int) -> CountedPhrase | None:
    """ "(a force lay in wait for a wanted man) and laid hands on him": on the one, the two or the many counted before."""
    form = reading.document.forms[at] if at < last else ""
    if form not in words("companions.on_him"):
        return None
    known = [p for p in people_before(reading, at, first) if p.party not in _OF_FORCES]
    known = [p for p in known if ((p.value or 0) > 2 if form.endswith(_THEM) else p.value == 1 + form.endswith(_BOTH))]
    return known[-1]._replace(first=at, last=at + 1) if known else None


def one_of_them(reading: Reading, at: int, first: int, last: int) -> CountedPhrase | None:
    """ "(clashed with gunmen and arrested) one of them": of the two, or of the many, named last before."""
    form = reading.document.forms[at] if at < last else ""
    if form not in words("companions.one_of_them"):
        return None
    near = reading.hits.between("people", max(first, at - _FAR), at)
    many = [h.entry.attributes for h in near if h.entry.attributes["number"] != "1"]
    of_two = [a for a in many if a["number"] == "2"] if form.endswith(_BOTH) else []
    meant = of_two or many
    return CountedPhrase(at, at + 1, meant[-1]["party"] if meant else "unsaid", 1, "exact", True)


def him_shot(reading: Reading, hit: Hit, first: int, *, before: int = 0) -> CountedPhrase | None:
    """ "(Raided a mukhtar's house) and shot him dead", "and killed them": the one person told before, or the many. The pronoun stands
    among the words of the hit, right behind it or up to `before` tokens in front of it ("leaving him dead")."""
    near = reading.document.forms[hit.first - before : hit.last + 1]
    if near[-1] == "her" and number_at(reading.document, hit.last + 1, hit.last + 2):
        return None  # "(killed a woman and) wounded her two children"
    pronoun = next((form for form in near if form in ("him", "her", "them")), None)
    known = [p for p in people_before(reading, hit.first, first) if p.party not in _ATTACKING and pronoun]
    known = [p for p in known if (p.value == 1) != (pronoun == "them")]
    return known[-1]._replace(first=hit.first, last=hit.last) if known else None


def killed_along_with(reading: Reading, hit: Hit, harm: str, at: int, first: int, last: int, rule: str) -> list[Harm]:
    """ "(The colonel So-and-so, who) was killed with two of his companions": he and they, of his side where theirs is not named."""
    if at + 1 >= last:
        return []
    beside = past_besides(reading, at, last)
    if beside == at and reading.document.forms[at] not in words("companions.with"):
        return []
    phrase = phrase_at(reading, beside if beside > at else at + 1, last)
    known = [h for h in reading.hits.between("people", max(first, hit.first - _FAR), hit.first) if h.entry.attributes["number"] == "1"]
    if phrase is None or not phrase.counted or not phrase.value or not known:
        return []
    party = phrase.party if phrase.party in SPECIFIC_PARTIES - {"civilian"} else known[-1].entry.attributes["party"]
    count, end = phrase.value + 1, phrase.last
    while end < last and reading.document.forms[end].startswith(_WAW) and not reading.hits.at("harm", end):
        more = phrase_at(reading, end, last)
        if more is None or not more.counted or not more.value or more.party == "civilian":
            break
        count, end = count + more.value, more.last
    return [Harm(hit.first, end, harm, party, count, phrase.quantifier, rule)]


def told_before(reading: Reading, hit: Hit, harm: str, first: int, last: int, rule: str) -> list[Harm]:
    """ "(The tractor of a farmer was hit) and he was killed at once", "two men who …, were killed": a verb with nobody beside it."""
    form = reading.document.forms[hit.first]
    size = 2 if form in words("companions.both_were") else 1
    at_once = not words("companions.at_once").isdisjoint(reading.document.forms[hit.last : min(hit.last + 2, last)])
    if size == 1 and not at_once:
        return []
    known = [p for p in people_before(reading, hit.first, first) if p.value == size and p.party not in _ATTACKING]
    return [Harm(hit.first, hit.last, harm, known[-1].party, size, "exact", rule)] if known else []


def people_meant(reading: Reading, phrase: CountedPhrase, first: int) -> CountedPhrase:
    """ "killed three of them": the last people named before, counted or not; the phrase as it is where none are."""
    forms, since = reading.document.forms, max(first, phrase.first - _FAR)
    near = [
        h for h in reading.hits.between("people", since, phrase.first) if h.entry.attributes["number"] != "1" or _is_many(reading, h, since)
    ]
    doing = {form.lstrip("\u0648\u0641") for form in forms[max(first, phrase.first - 5) : phrase.first]}
    managed = not words("companions.managed").isdisjoint(doing)
    by = words("companions.by")
    near = [
        h for h in near if by.isdisjoint(forms[h.first - 2 : h.first]) and not (_shot_behind(reading, h.first) or _whose(reading, h.first))
    ]
    named = [(h.first, h.entry.attributes["party"]) for h in near if managed or not _struck(reading, h.first)]
    cells = words("casualties.cells_named")
    named = [
        (at, "attacker" if party == "member" and not cells.isdisjoint(forms[max(first, at - 6) : at]) else party)
        for at, party in named
        if party != "coalition"
    ]  # "the network is made up of nine members, of whom two were killed"
    armed = [a for a in between(reading.actors, since, phrase.first) if a.kind in ("rebel_terrorist", "unidentified")]
    armed = [a for a in armed if by.isdisjoint(forms[a.first - 2 : a.first])]
    groups = [(a.first, _of_group(a)) for a in armed if not (_shoots(reading, a) or _whose(reading, a.first))]
    hostile = [(at, party) for at, party in named if party in _ATTACKING]
    named = ((hostile or named) if managed else named) + groups  # "the force managed to kill three of them"
    party = max(named)[1] if named else phrase.party
    return phrase if party in ("other", "neutral") else phrase._replace(party=party)


def _is_many(reading: Reading, hit: Hit, first: int) -> bool:
    """ "Twenty civilians", whose noun is a singular behind such a number."""
    number = number_ending(reading, hit.first, first)
    return number is not None and number.last == hit.first and (number.value or 0) > 10


def _shot_behind(reading: Reading, at: int) -> bool:
    """Whether those who stand at `at` are said to shoot: "(the villagers ran to help, and) opened at them [the men of the group] fire"."""
    near = (form.lstrip("\u0648\u0641") for form in reading.document.forms[max(0, at - 3) : at])
    return reading.document.forms[at - 1] not in words("companions.aimed") and not words("companions.shot").isdisjoint(near)


def _struck(reading: Reading, at: int) -> bool:
    """Whether a verb of attacking stands right before those at `at`, who are its subject: "(the policemen) whom the group attacked"."""
    hits = reading.hits.between("triggers", at - 2, at)
    return any(h.entry.is_verb and h.last >= at - 1 and h.entry.attributes["type"] == "armed_attack" for h in hits)


def _shoots(reading: Reading, actor: Actor) -> bool:
    """ "(The villagers ran to help, and) men of the group fired [at them]": those hit are not the group's."""
    hits = reading.hits.between("triggers", actor.first - 4, actor.first)
    return _shot_behind(reading, actor.first) or any(h.entry.is_verb and h.entry.attributes["type"] == "armed_attack" for h in hits)


def _whose(reading: Reading, at: int) -> bool:
    """ "(They were hit) by the shelling of [the group]": whose attack it was, and no victims."""
    hit = reading.hits.at("triggers", at - 1)
    return hit is not None and hit.last == at and not hit.entry.is_verb and hit.entry.attributes["kind"] == "incident"


def _of_group(actor: Actor) -> str:
    """The party of the men of an armed group."""
    return (
        "armed"
        if actor.kind == "unidentified"
        else "isis"
        if actor.mention.actor in ("islamic-state", "terrorists", None)
        else "other_armed"
    )


def is_staff(reading: Reading, phrase: CountedPhrase) -> bool:
    """An officer's driver, aides and guards are counted with his own side."""
    return not words("companions.staff").isdisjoint(reading.document.forms[phrase.first : phrase.last])


def bodies_found(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "Six villagers were abducted …, their bodies were found": the people counted before were killed."""
    for cue in reading.cues(first, last, "bodies"):
        known = [p for p in people_before(reading, cue.first, first) if p.party not in DOERS and p.value]
        if not known and first:  # "(Gunmen abducted three farmers.) Their bodies were found today"
            known = _abducted_before(reading, first)
        if known and reading.document.forms[cue.first - 1] not in words("companions.left_behind"):
            return [Harm(cue.first, cue.last, "killed", known[-1].party, known[-1].value, known[-1].quantifier, THEIR_BODIES)]
    return []


def _abducted_before(reading: Reading, first: int) -> list[CountedPhrase]:
    """The people the sentence before token `first` counts, where it tells of an abduction."""
    before = reading.sentence_of(first - 1)
    if not any(h.entry.attributes["harm"] == "abducted" for h in reading.hits.between("harm", before.first, before.last)):
        return []
    return [p for p in people_before(reading, before.last, before.first) if p.party not in _ATTACKING and p.value]


def all_of_them(reading: Reading, phrase: CountedPhrase, first: int, last: int) -> CountedPhrase:
    """ "Before the attackers were all killed": as many as the sentence said struck; the phrase as it is where it says no "all"."""
    near = reading.document.forms[phrase.last : min(phrase.last + 2, last)]
    if phrase.value is not None or phrase.party not in DOERS or words("companions.all").isdisjoint(near):
        return phrase
    known = [p for p in people_before(reading, phrase.first, first) if p.party in _ATTACKING]
    return phrase._replace(party=known[0].party, value=known[0].value, quantifier="exact", counted=True) if known else phrase


def members_of(reading: Reading, at: int, last: int, *, is_body: bool = False, of_gang: bool = False) -> CountedPhrase | None:
    """ "A terrorist cell made up of five men", "the crew of three", "a gang [for kidnapping] of five": whom a body is said to have."""
    forms = reading.document.forms
    for k in range(at, min(at + 14, last - 1)):
        if forms[k] in ",.;:" or (reading.hits.at("harm", k) and not of_gang):
            return None
        begin = k + 1 if forms[k] in words("companions.has") else k + 2 if forms[k] in words("companions.made_up") else None
        if begin is None and is_body and forms[k] in words("particles.from") and number_at(reading.document, k + 1, last):
            begin = k + 1
        if begin is not None and begin < last:
            phrase = phrase_at(reading, begin, last)
            hostile = not words("companions.terrorist").isdisjoint(forms[at:k]) or any(
                a.kind == "rebel_terrorist" for a in between(reading.actors, at, k)
            )
            party = "isis" if hostile else "other_armed" if of_gang else ""
            return phrase._replace(party=party) if phrase and party and phrase.party in ("member", "neutral") else phrase
    return None


def one_by_name(reading: Reading, phrase: CountedPhrase, last: int) -> CountedPhrase:
    """ "The Peshmerga Ako Jalal fell", "they killed a Peshmerga": one man of a force whose name also stands for the whole of it."""
    forms = reading.document.forms
    bare = forms[phrase.last - 1]
    if (
        phrase.counted
        or phrase.value is not None
        or phrase.last - phrase.first != 1
        or bare.removeprefix(_AL) not in words("companions.force_man")
    ):
        return phrase
    beyond = phrase.last + (phrase.last < last and forms[phrase.last] in words("companions.hero"))
    phrase = phrase._replace(last=beyond)
    named = phrase.last < last and (forms[phrase.last] == "(" or forms[phrase.last] in given_names() or _is_named(reading, phrase.last))
    if named or not bare.startswith(_AL):
        return phrase._replace(value=1, quantifier="exact", counted=True)
    return phrase


def _is_named(reading: Reading, at: int) -> bool:
    """Whether what follows a rank may be a name: two plain words that mean nothing else here."""
    pair = reading.document.forms[at : at + 2]
    known = reading.hits.at("people", at) or reading.hits.between("cues", at, at + 1)
    is_place = bool(between(reading.places, at, at + 1))
    return (
        len(pair) == 2
        and not known
        and not is_place
        and all(f.isalpha() and f not in stop_words() and not f.startswith((_AL, _WAW)) for f in pair)
    )


def same_people(reading: Reading, harm: Harm, first: int) -> Harm:
    """ "The three fell": the people counted before by the same number."""
    forms = reading.document.forms[harm.first : harm.last]
    if not words("companions.other").isdisjoint(forms) or (
        forms[-1].isalpha() and not forms[-1].isascii() and not forms[-1].startswith(_AL)
    ):
        return harm  # "(three shoppers died,) and three were hurt" are others
    known = [p for p in people_before(reading, harm.first, first) if p.value == harm.value and p.party != "other"]
    return harm._replace(party=known[-1].party) if known else harm


def people_before(reading: Reading, at: int, first: int) -> list[CountedPhrase]:
    """The counted people of the tokens before `at`, `first` the earliest, in order."""
    out: list[CountedPhrase] = []
    k = max(first, at - _FAR)
    while k < at:
        phrase = phrase_at(reading, k, at) if person_at(reading, k) or number_at(reading.document, k, at) else None
        if phrase and not phrase.counted and any(a.kind == "person" for a in between(reading.actors, phrase.last, phrase.last + 1)):
            phrase = phrase._replace(value=1, quantifier="exact", counted=True)  # "the colonel So-and-so"
        if phrase and phrase.counted and phrase.value and not (phrase.value == 1 and reading.cues(k - 1, k, "say")):
            if not (out and out[-1].last == k and phrase.party == "suspect"):  # "a terrorist, a wanted one"
                out.append(phrase)
            k = phrase.last
        else:
            k += 1
    return out


def surrendered(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "Handed over eight terrorists themselves": the people stand between the verb and the pronoun."""
    forms = reading.document.forms
    for end in (cue.first for cue in reading.cues(first, last, "themselves")):
        for start in range(end - 1, max(first - 1, end - 10), -1):
            if forms[start].removeprefix(_WAW) in words("companions.hand_over"):
                phrase = phrase_at(reading, start + 1, end) if start + 1 < end else None
                before = (phrase_at(reading, k, start) for k in range(max(first, start - 7), start))
                phrase = phrase or next((p for p in before if p and p.last == start), None)
                if phrase and phrase.counted:
                    return [
                        Harm(start, end + 1, "surrendered", phrase.party, phrase.value, phrase.quantifier, "harm: handed themselves over")
                    ]
    return []


def number_after(reading: Reading, at: int, last: int) -> int | None:
    """The figure of "the number of dead reached 7", "and the wounded 12", read after the noun."""
    forms = reading.document.forms
    reached = next((k for k in range(at, min(at + 4, last)) if forms[k] in words("companions.reached")), at)
    if all(forms[k].isalpha() and not reading.hits.at("harm", k) for k in range(at, reached)):  # "the dead [of the blast in X] rose to two"
        at = reached
    while at < last and forms[at] in words("companions.reached"):
        at += 1
    number = number_at(reading.document, at, last) if at < last else None
    if number is None or number.kind != "exact":
        return None
    after = forms[number.last] if number.last < last else ","
    joined = after.startswith(_WAW) or not after[0].isalpha() or after in words("counted_people.after_count")
    return number.value if joined and number_ending(reading, number.last, at) else None


def taken_along(reading: Reading, first: int, last: int) -> list[Harm]:
    """ "And took his son with them": the people stand between the verb and "with them"."""
    forms = reading.document.forms
    for cue in reading.cues(first, last, "taken"):
        verb = next((k for k in range(cue.first - 1, max(first - 1, cue.first - 8), -1) if forms[k] in words("companions.take")), None)
        phrase = phrase_at(reading, verb + 1, cue.first) if verb is not None and verb + 1 < cue.first else None
        phrase = phrase or (phrase_at(reading, cue.last, last) if verb == cue.first - 1 and cue.last < last else None)
        if verb is not None and phrase and phrase.counted:
            end = max(cue.last, phrase.last)
            return [Harm(verb, end, "abducted", phrase.party, phrase.value, phrase.quantifier, "harm: taken along")]
    return []


def his_own(reading: Reading, hit: Hit, harm: str, first: int, last: int, rule: str) -> list[Harm]:
    """ "(A bomb hit an officer's car and led to) his killing": the one person, the two or the many the sentence named before; "his
    killing with two of his sons" counts them with him."""
    form = reading.document.forms[hit.last - 1]
    takes_life = form in words("companions.his_life")
    # "and went on to his execution", but "of his wounds" tells no new harm
    done = hit.first > first and reading.document.forms[hit.first - 1] in words_and("companions.went_on_to")
    if not (takes_life or is_of_somebody(reading, hit)) or ("\u0628" in hit.prefix and not done):
        return []
    size = 2 if form.endswith(_BOTH) else 1
    doing = {form.lstrip("\u0648\u0641") for form in reading.document.forms[max(first, hit.first - 6) : hit.first]}
    managed = not doing.isdisjoint(words("companions.managed"))  # "(six stormed the building) before the forces managed their killing"
    known = [p for p in people_before(reading, hit.first, first) if (p.party in _ATTACKING) == managed]
    if form.endswith(_THEM):  # not in "(20 wounded,) while policemen met their death"
        known = [p for p in known if (p.value or 0) > 2 and not reading.hits.between("harm", p.last, hit.first)]
    else:
        known = [p for p in known if p.value == size]
    if not known:
        return []
    more = phrase_at(reading, beside, last) if (beside := _beside_him(reading, hit.last, last)) < last else None
    out = [Harm(hit.first, hit.last, harm, known[-1].party, known[-1].value, known[-1].quantifier, rule)]
    if more is None or not more.counted or not more.value:
        return out
    party = known[-1].party if is_staff(reading, more) or more.party == "other" else more.party
    return sum_of_ranks([*out, Harm(more.first, more.last, harm, party, more.value, more.quantifier, rule)])


def _beside_him(reading: Reading, at: int, last: int) -> int:
    """Where those who came to harm with him may begin: "his killing [with], [as well as], [and so] two of his guards"; `last` where
    none."""
    forms = reading.document.forms
    if at + 1 < last and (forms[at] in words("companions.with") or forms[at] in words_and("companions.likewise")):
        return at + 1
    beyond = past_besides(reading, at, last)
    return beyond if beyond > at else at if at < last and forms[at].startswith(_WAW) and _is_his(reading, at, last) else last


def of_his_side(reading: Reading, phrase: CountedPhrase, first: int) -> CountedPhrase:
    """ "(An officer was killed) and his driver hurt", "(four workers died) and two of their mates were hurt": of the officer's, the
    workers' side; the phrase as it is where nobody's driver is meant."""
    if not _MATES.isdisjoint(reading.document.forms[phrase.first : phrase.last]):
        known = [p.party for p in people_before(reading, phrase.first, first) if p.party not in _ATTACKING and p.party not in _NAMELESS]
        return phrase._replace(party=known[-1]) if known else phrase
    if phrase.party not in ("civilian", "member") or not is_staff(reading, phrase):
        return phrase
    before = [p for p in people_before(reading, phrase.first, first) if p.value == 1]
    known = [p.party for p in before]
    if before and phrase.party == "member" and known[-1] == "civilian" and phrase.value == 1 and not _holds_office(reading, before[-1]):
        return phrase._replace(party="civilian")  # "killed a driver and abducted the man with him"
    theirs = (
        SPECIFIC_PARTIES if phrase.party == "civilian" else ("isis",)
    )  # whose guards "his guards" are is a guess but for a wanted man's
    return phrase._replace(party=known[-1]) if known and known[-1] in theirs else phrase


def _holds_office(reading: Reading, phrase: CountedPhrase) -> bool:
    """Whether one man is told by an office, with which guards come: "the head of the district"."""
    return any(a.kind == "executive_office" for a in between(reading.actors, phrase.first - 1, phrase.last))


def is_of_somebody(reading: Reading, hit: Hit) -> bool:
    """Whether a noun of harm carries a possessive pronoun: "his killing"."""
    form = reading.document.forms[hit.first]
    return form.endswith(_HIS) and hit.last == hit.first + 1 and fold(hit.entry.term) not in bare_forms(form)
