"""Clauses gathered into runs that are each about one event.

A clause begins a new event where it opens with a date of its own, says "another", follows an attack, or tells of another deed: at another
place, on another day, with other victims.
"""

from extraction.clause_places import are_apart, is_bound_for, lies_near, names_of
from extraction.clauses import Clause, clauses_of, has_own_story, is_ellipsis, opens_blast
from extraction.cluster import is_rough
from extraction.counted_people import SPECIFIC_PARTIES
from extraction.lexicon import words
from extraction.matching import Hit
from extraction.mention import SPATIAL
from extraction.numbered import is_counted_off, is_dual
from extraction.reading import Reading, between
from extraction.text import Sentence
from extraction.tolls import Harm
from extraction.triggers import FORCE_TYPES, Trigger, is_compatible
from extraction.types import TALKS_HELD

_CONJUNCTIONS = "\u0648\u0641"
_WHILE = words("clauses.while")
_WHEN = words("clauses.when")
_AS_BEFORE = words("clause_runs.as_before")
_STRUCK_SIDES = SPECIFIC_PARTIES - {"isis"}
_FOLLOWED = words("clause_runs.followed")
_THEN = words("clause_runs.then")
_FOREMOST = words("clause_runs.foremost")
_IN = words("clauses.in")
_WHAT = words("clause_runs.what")
_AND = words("clauses.and")
_OTHER_GROUP = words("clause_runs.other_group")
_ORDINALS = words("clause_runs.ordinals")
_SECOND_OPENS = (_CONJUNCTIONS[0], *_WHILE)
_BY = "\u0628"
_AS = words("clause_runs.as")
_AT_EVENT = words("asides.at_event")
_BY_FORCES = FORCE_TYPES | {"clash", "infiltration", "air_strike"}
_DOER = 2  # tokens behind the verb
_NO_FORCES = frozenset(("person", "rebel_terrorist", "civilians", "unidentified"))
_A_FORCE = words("clause_runs.a_force")
_DEEDS = frozenset(("armed_attack", "ambush", "ied", "suicide_bombing", "shelling", "air_strike"))
_STRUCK = frozenset(("ied", "suicide_bombing", "sniper", "shelling", "air_strike"))
_ONE_OF, _FOUND = words("clause_runs.one_of"), words("apart.found")
_COUNTED = frozenset(("days_after", "next_day"))
_STAGED = frozenset(("training", "joint_patrol", "redeployment"))
_PHASES = FORCE_TYPES | {"clash"}


def groups(reading: Reading, sentence: Sentence, triggers: list[Trigger], harms: list[Harm]) -> list[Clause]:
    """Runs of clauses, each about one event of either kind."""
    groups: list[Clause] = []
    for clause in clauses_of(reading, sentence, triggers, harms):
        if groups and not clause.is_other and not _is_told_again(reading, groups[-1], clause):
            clause.is_other = _is_another_deed(reading, groups[-1], clause, harms)
        if groups and not (clause.is_other or _begins_another(reading, groups[-1], clause)):
            groups[-1].take_in(clause)
        else:
            groups.append(clause)
    return groups


def _is_told_again(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "(Seven were hurt in clashes in Kirkuk,) and the cell said in a statement that the people of a village had clashed …, seven being
    hurt": its source's account."""
    if not reading.cues(clause.first, clause.first + 1, "say") or {t.type for t in group.triggers}.isdisjoint(
        t.type for t in clause.triggers
    ):
        return False
    return bool({(h.harm, h.value) for h in group.harms if (h.value or 0) > 2} & {(h.harm, h.value) for h in clause.harms})


def _is_another_deed(reading: Reading, group: Clause, clause: Clause, harms: list[Harm]) -> bool:
    """Whether a clause cannot be of the event told before it in the sentence, whose harms are all of `harms`."""
    ours, theirs = ([t for t in c.triggers if t.strength != "anaphor" and t.kind == "incident"] for c in (group, clause))
    if _meets_others_too(reading, group, clause):
        return True
    if ours and reading.document.forms[clause.first] in _AND and opens_blast(reading, clause.first):
        return True
    if _puts_to_death(group, clause) or _is_followed(reading, group, clause, theirs) or _is_next(reading, group, clause):
        return True
    if ours and _hits_those_who_came(reading, clause, theirs):
        return True
    if _is_one_of_two(reading, group, clause, theirs) or _is_found_besides(reading, group, clause, ours, theirs):
        return True
    if _is_the_second(reading, group, clause, theirs, harms):
        return True
    if ours and (_kills_elsewhere(reading, group, clause) or _is_by_another_force(reading, group, clause, theirs)):
        return True
    if ours and _is_found_elsewhere(reading, group, clause, ours, theirs):
        return True
    if not (ours and theirs) or reading.document.forms[clause.first] in _WHAT:
        return False  # "…, which left two dead and wounded another"
    if theirs[0].is_definite and theirs[0].first == clause.first and theirs[0].hit.prefix.startswith(_CONJUNCTIONS[0]):
        return _differ(clause, group) and any(h.has_figure for h in clause.harms)  # "…, and the attack on the village of X, which killed 7"
    others = reading.document.where(_OTHER_GROUP, clause.first, min(theirs[0].last + 3, clause.last))
    if others and not theirs[0].is_definite and not any(h.first < others[0] for h in clause.harms):
        return True  # "while another group burnt …", but "and five others were wounded"
    told = _news(theirs) or _news_by_toll(group, clause, theirs)
    return bool(told) and (
        _is_elsewhere(reading, group, clause, ours, told)
        or _is_after_attack(group, ours, told)
        or _has_own_day_in_contrast(reading, group, clause, told)
        or (_is_likewise(reading, clause, told) and (_differ(clause, group) or _is_struck_besides(group, clause, told)))
    )


def _meets_others_too(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "(He held a meeting with officers,) as also he met elders of the tribes": with people not named before."""
    talks = [t for t in _news(clause.triggers) if t.type in TALKS_HELD and t.hit.entry.is_verb and t.modality == "occurred"]
    if not talks or reading.document.forms[clause.first] not in words("clause_runs.likewise"):
        return False
    known = {a.slug for a in between(reading.actors, group.first, group.last)}
    others = [a for a in between(reading.actors, clause.first, clause.last) if a.slug not in known]
    return bool(others) and any(o.type in TALKS_HELD for o in _news(group.triggers))


def _is_found_elsewhere(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], theirs: list[Trigger]) -> bool:
    """ "(… witnessed the killing of four soldiers in X,) and the finding of a cache in Y": what forces did, in a chain of nouns."""
    told = theirs[0] if theirs else None
    if told is None or told.type not in FORCE_TYPES or told.strength != "strong" or told.hit.entry.is_verb or told.first - clause.first > 1:
        return False
    return _goes_on(reading, clause) and not any(o.type in FORCE_TYPES for o in ours) and _differ(clause, group)


def _news(triggers: list[Trigger]) -> list[Trigger]:
    """Those that strongly tell of what was not told before."""
    return [t for t in triggers if t.strength == "strong" and not t.is_definite]


def _news_by_toll(group: Clause, clause: Clause, triggers: list[Trigger]) -> list[Trigger]:
    """ "A sniper targeted a post in X, killing two", "two were killed in X": words that are not enough by themselves, with a toll not told
    before and a place."""
    told = {(h.harm, h.value) for h in group.harms}
    if not (clause.places and any(h.has_figure and (h.harm, h.value) not in told for h in clause.harms)):
        return []
    return [t for t in triggers if t.strength == "weak" and not t.is_definite]


def _is_followed(reading: Reading, group: Clause, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "…, which was followed by a raid on the village of X in which eight were killed", "… three days later by a meeting at the command's
    seat"; fighting and a search are phases."""
    forms = reading.document.forms
    at = clause.first + (forms[clause.first] in _AS_BEFORE)  # "[as] it was preceded by a blast …"
    if _FOLLOWED.isdisjoint(forms[at : at + 1]):
        return False
    if any(t.type in TALKS_HELD and t.strength == "strong" and not t.is_definite for t in clause.triggers):
        return bool(clause.dates or clause.places)
    told = next((t for t in theirs if t.kind == "incident" and not t.is_definite), None)
    if told is None or told.type in _PHASES:
        return False
    return names_of(clause.places).isdisjoint(names_of(group.places)) and any(p.mention.level in SPATIAL for p in clause.places)


def _is_next(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "(The first hit a patrol and killed two,) the second a market, wounding four"."""
    told = any(h.has_figure or h.is_zero for h in clause.harms)  # else it struck those who came to the first
    return bool(group.triggers) and told and is_counted_off(reading, clause.first)


def _is_one_of_two(reading: Reading, group: Clause, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "(The governorate saw two attacks,) one of them with a bomb in X, which killed three"."""
    if not theirs or reading.document.forms[clause.first] not in _ONE_OF:
        return False
    return any(is_dual(reading, t.hit) for t in group.triggers if t.kind == "incident" and not t.is_definite)


def _is_found_besides(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], theirs: list[Trigger]) -> bool:
    """ "(The toll was two dead and three cars burnt,) while the body of a shepherd was found on Saturday", "(bodies were found,) while a
    force carried out a search, which ended in an arrest"."""
    if not theirs or not clause.harms or not group.harms or not _is_contrast(reading, clause):
        return False
    told = theirs[0]
    if told.type == "security_operation" and any(t.type == "arrest" for t in theirs):
        return not any(o.type in FORCE_TYPES or o.type == "clash" for o in ours)
    found = told.type == "killing" and reading.document.forms[told.first] in _FOUND
    return found and bool(clause.dates or clause.places) and not any(o.type in ("killing", "abduction") for o in ours)


def _is_the_second(reading: Reading, group: Clause, clause: Clause, theirs: list[Trigger], harms: list[Harm]) -> bool:
    """ "(The first went off beside a convoy and killed three,) while the second bomb hit a patrol, wounding four"; `harms` are those of
    the sentence."""
    if not theirs or not group.harms or not reading.document.forms[clause.first].startswith(_SECOND_OPENS):
        return False
    told = [t for t in theirs if t.kind == "incident"]
    if not told or told[0].first - clause.first > 3:
        return False
    after = reading.sentence_of(clause.first).last
    counted = not _ORDINALS.isdisjoint(reading.document.forms[told[0].first : told[0].last + 2])
    if not (counted and between(harms, clause.first, after)):
        return False
    return any(p.mention.level in SPATIAL for p in between(reading.places, clause.first, after))  # else it struck those who came


def _begins_another(reading: Reading, group: Clause, clause: Clause) -> bool:
    """Whether a clause tells of an event of its own, which may yet prove to be that of another sentence."""
    ours = [t for t in group.triggers if t.strength != "anaphor"]
    if _is_counted_from(reading, group, clause):
        return True
    if not ours and _opens_with_day(reading, clause) and group.harms and group.dates:
        return any(t.kind == "incident" and not t.is_definite for t in clause.triggers)  # "on the first of May IS killed the headman"
    if not ours:
        return _is_set_against(reading, group, clause) or _strikes_elsewhere(reading, group, clause)
    opening = reading.document.forms[clause.first]
    if opening in _WHAT:
        return False
    theirs = [t for t in clause.triggers if t.strength != "anaphor"]
    told = _news(theirs)
    if _is_said_of_another_kind(reading, clause, ours, told or _news_by_toll(group, clause, theirs)):
        return True
    if is_ellipsis(reading, clause, theirs) or (told and _is_beside_known(reading, ours, told, clause)):
        return True
    dates = clause.dates
    if not (theirs or dates) or reading.cues(clause.first, clause.last, "bodies"):
        return False
    at_once = bool(dates) and dates[0].first == clause.first
    if opening in _FOREMOST and ((dates and (theirs or clause.harms)) or (told and clause.places)):
        return True  # "a series of attacks, the worst of them on Tuesday, when …", "the worst of them the attack on X, which killed 13"
    opens_with_date = (
        bool(dates)
        and dates[0].first - clause.first <= 3
        and opening not in _IN  # "in", whose first letter is no conjunction
        and (opening in _AND or opening[:1] in (_CONJUNCTIONS[0] if at_once else _CONJUNCTIONS))
    )
    settled = bool(group.dates or group.places)
    if opens_with_date and settled:
        return True
    if theirs and dates and settled and has_own_story(reading, theirs, dates, clause):
        return True
    if _is_then_elsewhere(reading, group, clause, ours, told):
        return True
    if (dates and settled and (_has_own_talk(told, ours) or _has_own_deed(told, ours))) or (
        dates and reading.document.forms[clause.first - 1] == ";" and theirs
    ):
        return True
    if not theirs or all(t.is_definite for t in theirs):
        return False
    said_other = any(not _is_of_people(reading, c) for c in reading.cues(clause.first, min(theirs[0].last + 4, clause.last), "other_event"))
    new_place = _differ(clause, group)
    if said_other and (new_place or clause.harms or opening.startswith(_CONJUNCTIONS[0])):
        return True
    return new_place and bool(dates) and opening[:1] in _CONJUNCTIONS and theirs[0].strength == "strong"


def _is_said_of_another_kind(reading: Reading, clause: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """ "(He said that they had agreed to send forces,) noting that the group killed nine in 17 attacks": talks beside attacks."""
    if not (news and clause.harms) or any(t.kind == "incident" for t in ours) or any(t.kind != "incident" for t in news):
        return False
    return bool(reading.cues(clause.first, clause.first + 2, "say", "continue"))


def _differ(one: Clause, two: Clause) -> bool:
    """Whether both name places, and none in common."""
    ours, theirs = names_of(one.places), names_of(two.places)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _is_likewise(reading: Reading, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "…, as also a man was killed in an attack in the quarter of X"."""
    return reading.document.forms[clause.first] in words("clause_runs.likewise") and not theirs[0].is_definite


def _is_struck_besides(group: Clause, clause: Clause, news: list[Trigger]) -> bool:
    """ "(They attacked a patrol and killed two,) as also four soldiers were killed by a bomb": by other means, with a toll of its own."""
    struck = [t for t in news if t.type in _STRUCK]
    if not struck or any(t.type == struck[0].type for t in group.triggers):
        return False
    return any(h.has_figure for h in clause.harms) and any(h.has_figure for h in group.harms)


def _is_by_another_force(reading: Reading, group: Clause, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "(They arrested three men in X,) and a force of the third regiment found a cache in Y", "… on Monday": another deed of other
    forces, elsewhere or on a day of its own."""
    told = next((t for t in theirs if t.type in _BY_FORCES and not t.is_definite), None)
    if told is None or not (_goes_on(reading, clause) or reading.document.forms[clause.first] in _WHILE):
        return False
    near = between(reading.actors, clause.first, told.last + _DOER)
    known = {a.slug for a in between(reading.actors, group.first, group.last)}
    doers = any(a.slug not in known and a.kind not in _NO_FORCES for a in near)
    doers = doers or not _A_FORCE.isdisjoint(reading.document.forms[clause.first : told.last + _DOER])
    return doers and (_differ(clause, group) or bool(clause.dates and group.dates))


def _is_after_attack(group: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """ "A day after a bombing that killed 30, the police arrested six men": what came after it is another event."""
    if not group.dates or group.dates[0].rule != "days_after" or group.dates[0].first >= group.first + 2:
        return False
    attack = any(t.kind == "incident" and t.type not in FORCE_TYPES for t in _news(ours))
    return attack and any(t.type in FORCE_TYPES for t in news)


def _has_own_day_in_contrast(reading: Reading, group: Clause, clause: Clause, news: list[Trigger]) -> bool:
    """ "Gunmen shot a mayor on Monday evening, while another escaped a bomb yesterday", "the area saw an attack in January that killed
    eleven, while a post was hit two weeks ago"."""
    if not _is_contrast(reading, clause) or not any(t.kind == "incident" for t in news):
        return False
    counted = bool(group.dates and clause.dates) and any(h.has_figure for h in group.harms) and any(h.has_figure for h in clause.harms)
    return (_names_day(group) and _names_day(clause)) or (counted and group.dates[0].phrase != clause.dates[0].phrase)


def _names_day(clause: Clause) -> bool:
    return any(e.rule in ("date", "days", "weekday") for e in clause.dates)


def _is_beside_known(reading: Reading, ours: list[Trigger], news: list[Trigger], clause: Clause) -> bool:
    """ "The attacks were not confined to X and Y; the police foiled one in Z": what comes before names no event of its own."""
    if reading.document.forms[clause.first - 1] != ";" or not any(t.kind == "incident" for t in news):
        return False
    known = all(t.is_definite or t.strength == "plural" for t in ours)
    return known and any(p.mention.level in SPATIAL for p in clause.places)


def _opens_with_day(reading: Reading, clause: Clause) -> bool:
    """ "And on the fifth of it they abducted …"."""
    days = between(reading.dates, clause.first, clause.first + 4)
    return reading.document.forms[clause.first][:1] in _CONJUNCTIONS and any(e.rule in ("date", "of_it", "day_of_month") for e in days)


def _is_set_against(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "25 of them died, while the coalition said it had carried out five strikes": the toll is of another event."""
    if not group.harms or not _is_contrast(reading, clause):
        return False
    return any(t.kind == "incident" for t in _news(clause.triggers))


def _strikes_elsewhere(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "(The group killed four in X,) and abducted two shepherds in Y": a first deed that has no word but for its harm."""
    counted = all(any(h.has_figure for h in c.harms) for c in (group, clause))
    deed = any(t.kind == "incident" for t in _news(clause.triggers))
    return counted and deed and _goes_on(reading, clause) and are_apart(group.places, clause.places)


def _is_contrast(reading: Reading, clause: Clause) -> bool:
    """ "While …", "at the time when …"."""
    forms, opening = reading.document.forms, reading.document.forms[clause.first]
    return opening in _WHILE or (opening in _IN and not _WHEN.isdisjoint(forms[clause.first + 1 : clause.first + 2]))


def _is_of_people(reading: Reading, cue: Hit) -> bool:
    """ "Wounded another": one more victim, no other event."""
    return bool(reading.hits.between("harm", cue.first - 1, cue.first))


def _is_counted_from(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "Four were killed on Sunday, hours after militants attacked …", "the operation came at a time when …": an earlier event."""
    counted = bool(clause.dates) and clause.dates[0].rule in _COUNTED and clause.dates[0].first < clause.first + 2
    if not counted and not reading.cues(clause.first, clause.first + 1, "came_after"):
        return False
    known = [t for t in group.triggers if t.kind == "incident"]
    operation = any(t.kind == "coordination" or t.type in FORCE_TYPES for t in group.triggers)
    told = any(h.has_figure for h in group.harms) or (known and all(t.is_definite for t in known))
    if not operation and not (told and counted):
        return False
    if _news(clause.triggers) or _news_by_toll(group, clause, clause.triggers):
        return True
    return _differ(clause, group) and any(h.has_figure for h in clause.harms)


def _is_then_elsewhere(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """ "They met in Erbil, then visited the Bashmakh crossing"."""
    talks = [t for t in news if t.type in TALKS_HELD and t.modality == "occurred"]
    if not talks or reading.document.forms[clause.first] not in _THEN or any(o.type == talks[0].type for o in ours):
        return False
    theirs_at, ours_at = names_of(clause.places), names_of(group.places)
    return any(o.type in TALKS_HELD for o in ours) and bool(theirs_at) and theirs_at.isdisjoint(ours_at)


def _has_own_talk(news: list[Trigger], ours: list[Trigger]) -> bool:
    """Talks with a day of their own behind other talks: "… a meeting on Thursday, and before it a meeting on the 20th"."""
    talks = [t for t in news if t.type in TALKS_HELD]
    return bool(talks) and any(o.type == talks[0].type for o in _news(ours))


def _has_own_deed(news: list[Trigger], ours: list[Trigger]) -> bool:
    """ "(They signed a memorandum in April,) and a batch of fighters completed a course last week"."""
    deeds = {t.type for t in news if t.type in _STAGED and t.hit.entry.is_verb and t.modality == "occurred"}
    return bool(deeds) and deeds.isdisjoint(o.type for o in ours)


def _is_elsewhere(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger], news: list[Trigger]) -> bool:
    """A clause that strongly tells of an attack in another place: "in Mosul …", "while …", "and … killed four in …"; or, after "while",
    of what cannot be part of the same attack."""
    told = [t for t in news if t.kind == "incident"]
    if not told:
        return False
    hurt = clause.harms[0] if clause.harms and clause.harms[0].first == clause.first else None
    if hurt and hurt.harm == "wounded" and hurt.is_elliptic and all(o.type == "killing" for o in ours):
        return False  # "the killing of two, and the wounding of five others by a bomber"
    forms = reading.document.forms
    opening = forms[clause.first]
    in_contrast = _is_contrast(reading, clause)
    placed = [p for p in clause.places if not is_bound_for(reading, p)]
    own_harm = any(not h.is_zero for h in clause.harms)
    if are_apart([p for p in group.places if not is_rough(p)] or group.places, placed):
        led_by_place = placed[0].first - clause.first <= 2 and opening.startswith(_CONJUNCTIONS[0])
        return in_contrast or led_by_place or (_goes_on(reading, clause) and own_harm)
    if (in_contrast or _goes_on(reading, clause)) and _has_other_victims(reading, group, clause, ours):
        return True
    struck = any(h.has_figure for h in group.harms) and own_harm
    if in_contrast and struck and placed and names_of(placed).isdisjoint(names_of(group.places)):
        return True  # "a policeman was killed in X, while a child was killed by a bomb in Y"
    alien = not any(is_compatible(t.type, o.type) for t in told for o in ours if o.kind == "incident")
    adds = opening.startswith(_CONJUNCTIONS[0]) or opening in _AND or bool(reading.cues(clause.first, clause.first + 2, "say", "continue"))
    by_other_means = told[0].type in _STRUCK and all(o.type != told[0].type for o in ours)
    if adds and struck and by_other_means and placed and names_of(placed).isdisjoint(names_of(group.places)):
        return True  # "four were killed by gunmen in X, and a policeman was hurt by a bomb in Y", a town of the same district
    if alien and own_harm and adds and told[0].type in _STRUCK and any(o.kind == "incident" for o in ours):
        return True  # "a bomb killed a lawyer, and a soldier was killed by a sniper"
    return in_contrast and alien and told[0].type != "security_operation" and (own_harm or bool(placed))


def _kills_elsewhere(reading: Reading, group: Clause, clause: Clause) -> bool:
    """ "(A bomb went off in X,) and gunmen killed a soldier in Y": no word but for the harm, and who did it; or, after "while", whom it
    was done to."""
    told = {(h.harm, h.value) for h in group.harms if h.value != 1}  # one man may be another man
    if clause.triggers or not clause.places or not any(h.has_figure and (h.harm, h.value) not in told for h in clause.harms):
        return False
    armed = any(a.kind in ("unidentified", "rebel_terrorist") for a in between(reading.actors, clause.first, clause.harms[0].last))
    in_contrast = _is_contrast(reading, clause)
    armed = armed or (in_contrast and any(h.has_figure and h.harm == "killed" and h.party in _STRUCK_SIDES for h in clause.harms))
    placed = [p for p in clause.places if not lies_near(reading, p)]
    return armed and (in_contrast or _goes_on(reading, clause)) and are_apart(group.places, placed)


def _goes_on(reading: Reading, clause: Clause) -> bool:
    """Whether a clause goes on to what happened besides: "and …", "as also …", or behind a semicolon."""
    forms = reading.document.forms
    opening = forms[clause.first]
    if opening.startswith(_CONJUNCTIONS[0]) or opening in _AND or forms[clause.first - 1] == ";":
        return True
    return bool(reading.cues(clause.first, clause.first + 1, "also"))


def _has_other_victims(reading: Reading, group: Clause, clause: Clause, ours: list[Trigger]) -> bool:
    """ "(Two were killed in an attack on a market,) and five wounded by a bomb", "… when a car bomb went off": victims of their own, of a
    deed named as unknown."""
    deed = next((t for t in clause.triggers if t.type in _DEEDS and t.strength == "strong"), None)
    known = next((t for t in ours if t.type in _DEEDS), None)
    if deed is None or known is None or deed.is_definite or known.is_definite:
        return False
    told = {(h.harm, h.value, h.party) for h in group.harms if h.has_figure}
    struck = next((h for h in clause.harms if h.has_figure and (h.harm, h.value, h.party) not in told), None)
    if struck is None or not told or struck.first >= deed.first:
        return False
    if reading.document.where(_AS, struck.first, deed.first):
        return True
    return deed.hit.prefix.endswith(_BY) or reading.document.forms[deed.first - 1] in _AT_EVENT


def _hits_those_who_came(reading: Reading, clause: Clause, theirs: list[Trigger]) -> bool:
    """ "(Gunmen raided a village,) and when a force reached it a bomb went off that wounded three of its men"."""
    deed = next((t for t in theirs if t.type in _DEEDS and t.strength == "strong" and not t.is_definite), None)
    return deed is not None and any(h.has_figure for h in clause.harms) and bool(reading.cues(clause.first, deed.last, "relief"))


def _puts_to_death(group: Clause, clause: Clause) -> bool:
    """ "They blew up a shrine, and put five men to death": what was destroyed and who was killed are two deeds."""
    theirs = clause.triggers
    if not theirs or theirs[0].type != "killing" or theirs[0].strength != "strong" or group.harms:
        return False
    destroyed = bool(group.triggers) and all(o.type in ("ied", "arson_destruction") for o in group.triggers)
    return destroyed and any(h.has_figure and h.harm == "killed" for h in clause.harms)
