"""Whose men a count of harm tells of: the party its own words name, else the force of its sentence, of the headline, or one told before."""

from extraction.counted_people import SIDE_PARTY, is_infantry, side_party
from extraction.lexicon import words, words_and
from extraction.matching import bare_forms
from extraction.mention import Mention
from extraction.reading import Reading, Span, between, is_within
from extraction.tolls import Harm, settle_party
from extraction.triggers import FORCE_TYPES

FORCES_NAMED = frozenset(SIDE_PARTY.values()) - {"isf", "isis"}
_OF_THE_STATE = FORCES_NAMED - {"other_armed", "coalition"} | {"isf"}
_OF_SOLDIERS = frozenset(("iraqi_army", "police", "federal_police", "cts"))
_WITH_BRIGADES = frozenset(("peshmerga", "pmf", "tribal", "federal_police"))
ANYBODY = frozenset(("unsaid", "neutral", "other"))
_ARMED_GROUPS = frozenset(("rebel_terrorist", "paramilitary_state", "other"))
_FOLLOWING = words("event_dates.after")
_COUNTRY, _THEIR_SOLDIERS = words("event_tolls.country"), words("event_tolls.their_soldiers")
_OF_THE_HASHD = words("event_tolls.of_the_hashd")
_FOREIGN, _OF_COALITION, _OWN_ARMY = words("event_tolls.foreign"), words("event_tolls.of_coalition"), words("event_tolls.own_army")
_ADJECTIVE_OF = words("event_tolls.units")
_WHOSE_ARMY = _FOREIGN | _OF_COALITION | _OWN_ARMY
_SERVING = frozenset(("fighter", "member", "officer", "driver"))
_ARMY = frozenset(("army",))
_BANDS = words("event_tolls.bands")
_CARS, _FAMILIES, _ITS = words_and("harm_parties.cars"), words_and("harm_parties.families"), "\u0647\u0627"
CARRYING = words("harm_parties.carrying")
_LEFT, _LEFT_FAR = words_and("harm_parties.left"), 7
_OWN_FORCES, _OWN_FAR = words("harm_parties.own_forces"), 9
_UNTOLD = (None, "isis")
_CHARGED = words("harm_parties.charged")
_POLICE_TELLS = words("harm_parties.police_tells")
_OTHER_POLICE = ("iraqi-police", "emergency-police", "swat")
_MARTYRS = ("harm: \u0627\u0633\u062a\u0634\u0647", "harm: \u0634\u0647\u064a\u062f", "harm: \u0634\u0647\u062f\u0627\u0621")
_A_FORCE = words("event_tolls.a_force")
_HIS_MEN, _HER_MEN = words("event_tolls.his_men"), words("event_tolls.her_men")
_OF_INTELLIGENCE = words("counted_people.intelligence")
_MASCULINE = frozenset(("isis", "iraqi_army", "pmf", "tribal", "cts"))
_OF_BODIES = {"joint-operations-command": "isf", "ministry-of-interior": "isf", "ministry-of-defence": "iraqi_army"}
HOSTILE = frozenset(("isis", "other_armed"))
_SHE_MANAGED = words_and("harm_parties.she_managed")  # a force, of the feminine
_WE = "\u0646\u0627"  # -na
_SHE = "\u062a"  # the verb of a force
_FORCE_FAR = 60  # tokens back to the force whose men are told of
_FEMININE = ("\u0647", "\u0627\u062a")  # a folded teh marbuta, -at
_GENERIC = frozenset(("islamic-state", "terrorists", None))


def party_of(reading: Reading, mention: Mention, harm: Harm, context: str | None, known: str | None, *, is_isis: bool) -> str:
    """Whose toll a count is: the party its own words name, else the force of its sentence (`context`) or one told before (`known`)."""
    is_report_of_isis = "islamic-state" in reading.listed_actors
    if harm.party == "suspect" and harm.harm in ("killed", "wounded") and mention.type in FORCE_TYPES | {"clash", "air_strike"}:
        harm = harm._replace(party="attacker")  # "killed three of those who made the attack"
    is_armed = harm.party in _SERVING or (harm.party in ("unsaid", "other") and reading.cues(mention.first, mention.last, "armed_object"))
    told = context or (force_spoken_of(reading, mention, [], known) if is_armed and not is_staff_told(reading, harm) else None)
    if told is None and known and is_staff_told(reading, harm) and not harm.is_elliptic:
        told = known  # "(A bomb hit the police chief's convoy.) Two of his guards were hurt"
    if harm.party in ("driver", "member") and _of_car_or_family(reading, mention, harm):
        return "civilian"
    if (harm.party in _SERVING or harm.party == "unsaid") and (own := _of_his_forces(reading, mention, harm)):
        return own
    if (harm.party in _SERVING or harm.party == "armed") and (his := _his_men(reading, mention, harm)):
        if mention.type == "air_strike" and his in _OF_THE_STATE:
            return "isis" if is_report_of_isis else "other_armed"  # "aircraft targeted a detachment and killed three of its members"
        return "federal_police" if his == "police" and known == "federal_police" else his
    managed = reading.document.forms[max(0, harm.first - 2) : max(0, harm.first - 1)]
    by_us = reading.document.forms[harm.first].endswith(_WE) or not _SHE_MANAGED.isdisjoint(managed)
    if harm.party in _SERVING and by_us and harm.rule.startswith("harm:"):
        return "isis" if is_report_of_isis else "other_armed"  # "we killed two of their men", "(the force) managed to kill two"
    if harm.harm == "displaced" and harm.party in ANYBODY:
        return "unknown"  # "thousands fled the fighting of the army": no soldiers
    if harm.harm == "abducted" and harm.party == "unsaid":
        return "unknown"  # "the army freed two captives": the force it names is not theirs
    if harm.harm == "arrested":
        told = known = "isis" if told == "isis" else None  # a force named beside an arrest made it
    if told and harm.party in ANYBODY and _is_killed_by_defenders(reading, mention, harm):
        told = "isis" if is_report_of_isis else "other_armed"
    if (
        told is None
        and not (mention.is_title or is_staff_told(reading, harm))
        and (harm.is_elliptic or harm.party in _SERVING or harm.party == "unsaid")
    ):
        told = known or (_only_force(reading, of_fighters=True) if harm.party == "fighter" and mention.type not in FORCE_TYPES else None)
    if told in _OF_THE_STATE and mention.type == "air_strike" and harm.party == "member" and harm.harm == "killed" and is_report_of_isis:
        told = "isis"  # "on the army's side, a strike from the air killed seven members"
    if told in HOSTILE and _are_martyrs(harm):
        told = None
    if told == "isis" and any(a.last == harm.first and a.kind in ("rebel_terrorist", "unidentified") for a in mention.actors):
        told = None  # "militants kill seven"
    from_the_air = mention.type == "air_strike" and any(a.kind == "coalition" for a in mention.actors)
    is_hunted = from_the_air or ((is_isis or is_report_of_isis) and mention.type in {"clash", "air_strike"} | FORCE_TYPES)
    party = settle_party(harm.party, "isis" if harm.party == "them" and is_hunted else told, is_isis=is_isis)
    from_above = mention.type == "air_strike" and party == "unknown" and harm.party in _SERVING and harm.harm == "killed"
    if from_above and is_report_of_isis and not is_staff_told(reading, harm):
        return "isis"  # "two strikes on a cave killed four members"
    if harm.party == "isf" and context in FORCES_NAMED and "troops" in reading.document.forms[harm.first : harm.last]:
        return context  # "a convoy of the army was hit, and five more troops were hurt"
    hunted = harm.party in ("attacker", "armed")
    if hunted and party == "other_armed" and is_report_of_isis:
        return "isis"  # the attackers of a report that names no other group
    if harm.harm == "arrested" and party in ("unknown", "other_armed", "civilian"):
        if party == "civilian" and not _CHARGED.isdisjoint(reading.document.forms[harm.last : min(harm.last + 2, mention.last)]):
            return "unknown"  # "two men and a woman charged with funding the group"
        party = _group_of(reading, mention, harm) or party
    if harm.party == "driver" and party == "civilian" and _is_of_army_car(reading, mention, harm):
        return "isf"  # "hit a military vehicle and killed its driver"
    if harm.party in ANYBODY and party != "isis" and is_report_of_isis and _are_bodies(reading, harm):
        left = not _LEFT.isdisjoint(reading.document.forms[max(mention.first, harm.first - _LEFT_FAR) : harm.first])
        if left or (mention.type == "air_strike" and party == "unknown"):
            return "isis"  # "fled and left five bodies behind", "strikes on hideouts of the group … the force found nine bodies"
    if party == "iraqi_army":
        return _whose_soldiers(reading, mention, harm)
    if party == "police" and (known == "federal_police" or _of_federal_police(mention, harm) or _only_federal(reading)):
        return "federal_police"
    return party


def _of_federal_police(mention: Mention, harm: Harm) -> bool:
    """Whether the policemen a sentence counts are the federal ones it names before them, and it names no others there."""
    before = [a for a in mention.actors if side_party(a) in ("police", "federal_police") and a.first < harm.first]
    return bool(before) and side_party(before[-1]) == "federal_police"


def _only_federal(reading: Reading) -> bool:
    """Whether the report names the federal police, and other police only as tellers ("a source in the police") when it first does."""
    federal = reading.listed_actors.get("federal-police")
    done = reading.hits.between("harm", max(federal.first - 2, 0), federal.first) if federal else []
    if federal is None or any(reading.document.forms[h.first].endswith(_SHE) for h in done):
        return False  # "(four policemen fell,) while the federal police killed three militants"
    others = [a for slug in _OTHER_POLICE if (a := reading.listed_actors.get(slug))]
    before = (reading.document.forms[max(0, a.first - 3) : a.first] for a in others)
    return all(not _POLICE_TELLS.isdisjoint(forms) for forms in before)


def _of_another_group(reading: Reading) -> bool:
    """Whether the report tells of an armed group by its name, and not of the Islamic State."""
    groups = {slug for slug, a in reading.listed_actors.items() if a.kind == "rebel_terrorist" and slug not in _GENERIC}
    return bool(groups) and "islamic-state" not in reading.listed_actors


def _his_men(reading: Reading, mention: Mention, harm: Harm) -> str | None:
    """The party of "its members", by the gender of the pronoun: the group (he), or a force (she), named last before them."""
    forms = reading.document.forms[harm.first : harm.last]
    is_his, is_hers = not _HIS_MEN.isdisjoint(forms), not _HER_MEN.isdisjoint(forms)
    if is_his == is_hers:
        return None
    start = reading.sentences[mention.sentence].first
    officer = reading.hits.between("people", harm.first, harm.last)
    if is_his and any(h.entry.attributes["party"] in ("officer", "leader") and h.entry.attributes["number"] == "1" for h in officer):
        return None  # "the colonel So-and-so and seven of his men"
    if is_his and (held := _holding(reading, start, harm.first)):
        return held  # "attacked a checkpoint of the police and killed six of its men"
    band = next((k for k in reversed(range(start, harm.first)) if reading.document.forms[k] in _BANDS), -1)
    named = [a for a in between(reading.actors, start, harm.last) if a.mention.actor or is_infantry(reading, a)]
    if is_hers and band > max((a.last for a in named), default=-1):
        return "other_armed" if _of_another_group(reading) else "isis"  # "opened fire on the group and killed one of its members"
    sides = [side for a in named if (side := side_party(a) or _OF_BODIES.get(a.mention.actor or ""))]
    if _are_martyrs(harm) or harm.harm == "wounded":  # "repelled the group, and one of its men was hurt"
        sides = [s for s in sides if s not in HOSTILE] or sides
    if harm.harm == "arrested":  # "(The Asayish) broke up a network of the group and arrested five of its members"
        return next((s for s in reversed(sides) if s in HOSTILE), None)
    if is_his and sides and reading.document.forms[harm.first].lstrip("\u0648\u0641") in words("event_tolls.they_killed"):
        return next(
            (s for s in reversed(sides) if s not in HOSTILE), None
        )  # "the militants stormed a police post and killed six of its men"
    if is_hers and not sides and not _A_FORCE.isdisjoint(reading.document.forms[start : harm.first]):
        return _only_force(reading) or "isf"  # "a force tried to take it apart, and one of its members fell"
    if not sides and any(not _OF_INTELLIGENCE.isdisjoint(bare_forms(form)) for form in reading.document.forms[start : harm.first]):
        return "isf"  # "stormed a seat of the intelligence and hurt three of its men"
    sides = [s for s in sides if (s in _MASCULINE if is_his else s not in _MASCULINE - {"iraqi_army", "pmf", "tribal"})]
    return sides[-1] if sides else None


def _of_car_or_family(reading: Reading, mention: Mention, harm: Harm) -> bool:
    """ "(A bomb hit a lorry, killing) its driver", "(shot at a car with a family in it and killed five of) its members": of no force named
    behind the car or the family."""
    forms = reading.document.forms
    theirs = _CARS if harm.party == "driver" else _FAMILIES
    is_its = forms[harm.last - 1].endswith(_ITS) or "its" in forms[harm.first : harm.last]
    start = reading.sentences[mention.sentence].first
    at = next((k for k in range(harm.first - 1, start, -1) if forms[k] in theirs), None) if is_its else None
    return at is not None and not (
        reading.cues(at, at + 1, "armed_object") or any(side_party(a) for a in between(reading.actors, at, harm.first))
    )


def _is_of_army_car(reading: Reading, mention: Mention, harm: Harm) -> bool:
    return any(reading.document.forms[c.first] in _CARS for c in reading.cues(mention.first, harm.first, "armed_object"))


def _of_his_forces(reading: Reading, mention: Mention, harm: Harm) -> str | None:
    """ "(A commander of the Peshmerga said that) his forces had lost five men": the side named last before them, the teller's own."""
    start = reading.sentences[mention.sentence].first
    at = next((k for k in range(harm.first - 1, max(start, harm.first - _OWN_FAR), -1) if reading.document.forms[k] in _OWN_FORCES), None)
    if at is None or any(side_party(a) for a in between(reading.actors, at, harm.first)):
        return None
    return next((side for a in reversed(between(reading.actors, start, at)) if (side := side_party(a)) not in _UNTOLD), None)


def _holding(reading: Reading, first: int, last: int) -> str | None:
    """The force that holds the post named last in these tokens, a masculine noun: "a barrier of the police"."""
    posts = [c for c in reading.cues(first, last, "armed_object") if not reading.document.forms[c.first].endswith(_FEMININE)]
    holder = between(reading.actors, posts[-1].last, min(posts[-1].last + 3, last)) if posts else []
    side = side_party(holder[0]) if holder else None
    return side if side not in HOSTILE else None


def _whose_soldiers(reading: Reading, mention: Mention, harm: Harm) -> str:
    """The party of soldiers no word calls Iraqi: "(the Turkish ministry said) two of its soldiers", "a soldier of another country"."""
    forms = reading.document.forms
    slugs = {a.mention.actor for a in mention.actors}
    if "us-forces" in slugs and "iraqi-army" not in slugs:
        return "coalition"
    if "pkk" in slugs and not slugs & {"iraqi-army", "peshmerga"}:
        return "other_armed"  # those it fights are Turkey's
    if "global-coalition" in slugs and not _COUNTRY.isdisjoint(forms[harm.last : harm.last + 3]):
        return "coalition"
    is_theirs = "peshmerga" in slugs and "iraqi-army" not in slugs and all(h.party != "peshmerga" for h in mention.harms)
    if is_theirs and forms[harm.last - 1].isascii():
        return "peshmerga"  # "a bomb hit a Peshmerga vehicle, wounding a captain and two soldiers"
    start = reading.sentences[mention.sentence].first
    if "iraqi-army" not in slugs and any(
        forms[k] in _OF_COALITION and not _ADJECTIVE_OF.isdisjoint(bare_forms(forms[k - 1])) for k in range(start + 1, harm.first)
    ):
        return "coalition"  # "a bomb hit an American patrol and hurt two soldiers"
    if _THEIR_SOLDIERS.isdisjoint(forms[harm.first : harm.last + 2]):
        return "iraqi_army"
    said = next((form for form in reversed(forms[start : harm.first]) if form in _WHOSE_ARMY), "")
    if not said:
        named = [side for a in between(reading.actors, start, harm.first) if (side := side_party(a)) in _WITH_BRIGADES]
        return named[-1] if named else "iraqi_army"  # "the Peshmerga stepped in, and ten of its soldiers fell"
    return "other_armed" if said in _FOREIGN else "coalition" if said in _OF_COALITION else "iraqi_army"


def _group_of(reading: Reading, mention: Mention, harm: Harm) -> str | None:
    """The party of people arrested as members of an armed group ("on the charge of belonging to", "three members of the cell")."""
    if harm.party in ("member", "leader") and ("islamic-state" in reading.listed_actors or "terrorists" in reading.listed_actors):
        return "isis"
    belonging = reading.document.where(words("event_tolls.belonging"), mention.first, mention.last)
    belonging = [
        *belonging,
        *reading.document.where(words("casualties.cells"), harm.first, harm.last),
    ]  # "a cell of the group made up of five"
    working = reading.document.where(words("event_tolls.working"), harm.first, mention.last)
    groups = [a for a in mention.actors if any(0 < a.first - i <= 4 for i in belonging) or any(0 < a.first - i <= 10 for i in working)]
    if any(a.mention.actor == "islamic-state" or (a.mention.actor == "terrorists" and not _of_another_group(reading)) for a in groups):
        return "isis"
    return "other_armed" if any(a.kind in _ARMED_GROUPS and side_party(a) in (None, "other_armed") for a in groups) else None


def _is_killed_by_defenders(reading: Reading, mention: Mention, harm: Harm) -> bool:
    """ "The force repelled an attack and killed eight": an active verb behind the repelling, so it is not the force that fell."""
    verb = reading.document.forms[harm.first].removeprefix("\u0648")
    if verb not in words("event_tolls.killed_actively"):
        return False
    pursued = reading.document.where(words_and("event_tolls.pursued"), mention.first, harm.first)
    return bool(pursued or reading.cues(mention.first, harm.first, "repel", "foil"))


def _are_bodies(reading: Reading, harm: Harm) -> bool:
    return not words_and("harm_nouns.bodies").isdisjoint(reading.document.forms[harm.first : harm.last])


def _are_martyrs(harm: Harm) -> bool:
    """Whether the dead are called martyrs, as no newspaper calls the dead of an armed group."""
    return harm.rule.startswith(_MARTYRS)


def is_staff_told(reading: Reading, harm: Harm) -> bool:
    """Whether guards and drivers are told of, whosever they are."""
    return not words("companions.staff").isdisjoint(reading.document.forms[harm.first : harm.last])


def force_before(reading: Reading, harm: Harm) -> str | None:
    """The force the text named last before it speaks of "the brigade's men", of whatever event."""
    named = between(reading.actors, max(0, harm.first - _FORCE_FAR), harm.first)
    return next((side for a in reversed(named) if (side := side_party(a)) not in (None, "isis", "coalition", "other_armed")), None)


def _only_force(reading: Reading, *, of_fighters: bool = False) -> str | None:
    """The one force the whole report speaks of; an army has soldiers and a police policemen where another force has fighters."""
    forces = (slug for slug, a in reading.listed_actors.items() if slug in SIDE_PARTY and a.kind != "rebel_terrorist")
    parties = {SIDE_PARTY[slug] for slug in forces} - {"isf", "coalition"}
    parties = (parties - _OF_SOLDIERS if of_fighters else parties) or parties
    return parties.pop() if len(parties) == 1 else None


def force_of_headline(reading: Reading, mentions: list[Mention], sources: list[Span]) -> str | None:
    """The force that the headline alone names: "an attack on a post of the police. … The militants opened fire on the post"."""
    title = next((m for m in mentions if m.is_title and m.actors), None)
    told = force_spoken_of(reading, title, sources, None) if title else None
    if told not in _OF_THE_STATE:
        return None
    body = (force_spoken_of(reading, m, sources, None) for m in mentions if not m.is_title)
    return told if all(context in (None, "isis") for context in body) else None


def force_spoken_of(reading: Reading, mention: Mention, sources: list[Span], known: str | None, *, before: int | None = None) -> str | None:
    """The party of fighters and members that no word names: the one force the mention speaks of; of several the one struck, which
    stands in front of the toll at token `before`, and not those that came to its help."""
    forms, trigger = reading.document.forms, mention.trigger
    since = (
        trigger if mention.triggers and forms[trigger - 1] in _FOLLOWING else mention.first
    )  # "the army searched on, [after a blast] that …"
    forces = [
        a
        for a in mention.actors
        if a.first >= since
        and side_party(a) not in (None, "isis")
        and not (a.kind == "rebel_terrorist" and a.mention.actor != "pkk")  # who claims an attack did not suffer it
        and not is_within(sources, a.mention.start)
        and not (mention.type == "air_strike" and a.kind == "coalition")  # it flies, others are hit
    ]
    if before is not None:
        forces = [a for a in forces if a.first < before] or forces
    listed = [a for a in forces if a.mention.actor] or [a for a in forces if is_infantry(reading, a)]
    parties = list(dict.fromkeys(side_party(a) for a in listed or forces))
    if parties == ["iraqi_army"] and not listed and not _OF_THE_HASHD.isdisjoint(reading.document.forms[mention.first : mention.last]):
        return "pmf"  # which alone calls its fighters so
    if parties == ["iraqi_army"] and not listed:  # a number alone does not say whose brigade it is
        beside = (side_party(a) for a in mention.actors if a.mention.actor)  # "the commander of the Fifth Brigade of the Peshmerga" says so
        named = {SIDE_PARTY[slug] for slug in reading.listed_actors if slug in SIDE_PARTY} & (_WITH_BRIGADES | {"iraqi_army"})
        only = named.pop() if len(named) == 1 else None  # the one force of the report that has brigades
        return next((p for p in (*beside, known, only) if p in _WITH_BRIGADES), parties[0])
    if "tribal" in parties:
        parties = [p for p in parties if p != "pmf"]  # the tribal mobilisation is called by its parent's name as well
    if parties:
        return parties[0] if len(parties) == 1 else "mixed" if "peshmerga" not in parties else parties[0]
    people = reading.hits.between("people", mention.first, mention.last)
    carried = [
        h.entry.attributes["party"] for h in people if forms[h.first - 1] in CARRYING and h.entry.attributes["party"] in FORCES_NAMED
    ]
    if carried:
        return carried[0]  # "an attack on a car with soldiers in it killed five people"
    hostile = any(a.kind == "rebel_terrorist" for a in mention.actors)
    if any(_is_army_post(reading, k) for k in reading.document.where(_ARMY, mention.first + 1, mention.last)):
        return "iraqi_army"
    if any(a.kind == "rebel_terrorist" and a.mention.actor not in _GENERIC for a in mention.actors):
        return "other_armed"
    fighters = reading.document.where(words("event_tolls.armed_parties"), mention.first + 1, mention.last)
    if not hostile and any(reading.document.forms[k - 1] not in words("harm_parties.office") for k in fighters):
        return "other_armed"  # but not of "a bomb near the office of a party"
    return "isis" if hostile and mention.type in ("security_operation", "air_strike", "arrest") else None


def _is_army_post(reading: Reading, at: int) -> bool:
    """ "(Attacked an) army post", where no word names whose army."""
    forms = reading.document.forms
    return forms[at - 1] == "an" and (not _ADJECTIVE_OF.isdisjoint(forms[at : at + 2]) or bool(reading.cues(at, at + 2, "armed_object")))
