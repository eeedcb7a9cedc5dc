"""Whose toll each count of an event is: the party a word names, else the force or the people the passage speaks of; each party once."""

from extraction.counted_people import SIDE_PARTY, is_infantry, side_party
from extraction.lexicon import words, words_and
from extraction.matching import bare_forms
from extraction.mention import Mention
from extraction.reading import Reading, Span, between, is_within
from extraction.stated_tolls import STATED
from extraction.tolls import Harm, names_dependents, settle_party
from extraction.triggers import FORCE_TYPES
from extraction.types import Casualty

_COUNTED = frozenset(("killed", "wounded", "abducted", "arrested", "missing", "surrendered", "displaced"))
_OF_ATTACKS = frozenset(("killed", "wounded"))
_FORCES_NAMED = frozenset(SIDE_PARTY.values()) - {"isf", "isis"}
_OF_THE_STATE = _FORCES_NAMED - {"other_armed", "coalition"} | {"isf"}
_OF_SOLDIERS = frozenset(("iraqi_army", "police", "federal_police", "cts"))
_WITH_BRIGADES = frozenset(("peshmerga", "pmf", "tribal", "federal_police"))
_ARMED = _FORCES_NAMED | {"isf", "officer", "fighter"}
_ANYBODY = frozenset(("unsaid", "neutral", "other"))
_ARMED_GROUPS = frozenset(("rebel_terrorist", "paramilitary_state", "other"))
_FOLLOWING = words("apart.after")
_COUNTRY, _THEIR_SOLDIERS = words("event_tolls.country"), words("event_tolls.their_soldiers")
_OF_THE_HASHD, _CONTRAST = words("event_tolls.of_the_hashd"), words("event_tolls.contrast")
_NOT_STRUCK = words("event_tolls.not_struck")
_FOREIGN, _OF_COALITION, _OWN_ARMY = words("event_tolls.foreign"), words("event_tolls.of_coalition"), words("event_tolls.own_army")
_ADJECTIVE_OF = words("event_tolls.units")
_WHOSE_ARMY = _FOREIGN | _OF_COALITION | _OWN_ARMY
_SERVING = frozenset(("fighter", "member", "officer", "driver"))
_TAKEN_COUNT = words("stated_tolls.put") | words("event_tolls.received")
_NO_SIDES = frozenset((None, "isis"))
_ARMY = frozenset(("army",))
_BANDS = words("event_tolls.bands")
_MARTYRS = ("harm: \u0627\u0633\u062a\u0634\u0647", "harm: \u0634\u0647\u064a\u062f", "harm: \u0634\u0647\u062f\u0627\u0621")
_A_FORCE = words("event_tolls.a_force")
_HIS_MEN, _HER_MEN = words("event_tolls.his_men"), words("event_tolls.her_men")
_MASCULINE = frozenset(("isis", "iraqi_army", "pmf", "tribal", "cts"))
_OF_BODIES = {"joint-operations-command": "isf", "ministry-of-interior": "isf", "ministry-of-defence": "iraqi_army"}
_NARROWER = {"isf": _FORCES_NAMED, "police": {"federal_police"}, "pmf": {"tribal"}}
_HOSTILE = frozenset(("isis", "other_armed"))
_WE = "\u0646\u0627"  # -na
_FORCE_FAR = 60  # tokens back to the force whose men are told of
_FEMININE = ("\u0647", "\u0627\u062a")  # a folded teh marbuta, -at
_DUAL = ("\u064a\u0646", "\u0627\u0646", "two")
_GENERIC = frozenset(("islamic-state", "terrorists", None))


def casualties_of(reading: Reading, mentions: list[Mention], sources: list[Span], elsewhere: dict[str, list[int]]) -> tuple[Casualty, ...]:
    """Each party's toll: a revised figure replaces an earlier one, an unnamed party gives way to a named one of the same figure, and
    figures that two sources tell apart both stand. A toll the text calls earlier counts only where it tells no later one."""
    counts: list[tuple[Mention, Casualty]] = []
    earlier: list[tuple[Mention, Casualty]] = []
    guessed: set[int] = set()  # starts of counts held to be civilians for want of a word
    among_civilians = _is_among_civilians(reading, mentions)
    known = _of_headline(reading, mentions, sources)  # "the attack killed five" goes on about the barracks named before
    is_isis = any(a.mention.actor == "islamic-state" for m in mentions for a in m.actors)
    first = min(mentions, key=lambda m: (m.is_title, m.first)).first
    ordered = sorted(mentions, key=lambda m: (m.is_title, m.first))
    for mention, before_it in zip(ordered, [ordered[0], *ordered], strict=False):
        told_last = before_it.sentence
        if mention.is_title and mention is not mentions[0] and _sums_up(reading, mention):
            continue  # "23 killed in attacks" sums up what the report tells one by one
        context = _context(reading, mention, sources, known)
        known = context if context not in (None, "isis") else known
        is_of_several = len({side_party(a) for a in mention.actors} - _NO_SIDES) > 1
        settled: dict[str, str] = {}
        for harm in mention.harms:
            if is_of_several:
                context = _context(reading, mention, sources, known, before=harm.first)
            if harm.harm not in _COUNTED or (harm.value is None and harm.quantifier != "vague"):
                continue
            if elsewhere and _is_sum_of_events(reading, mentions, mention, harm, elsewhere.get(harm.harm, [])):
                continue
            if harm.party == "family" and harm.harm == "displaced":
                continue  # so many families are no count of people
            is_unnamed = harm.party in _ANYBODY
            is_anew = harm.party == "unsaid" and (harm.is_revised or harm.rule == STATED)
            if is_anew or _is_told_anew(counts, mention, harm):
                before = {c.party for _, c in counts if c.harm == harm.harm and not c.part_of_total}
                before -= frozenset() if is_anew else _HOSTILE
                harm = harm._replace(party=before.pop()) if len(before) == 1 else harm
            if harm.is_elliptic and harm.party == "unsaid":  # "(Six soldiers and three villagers died.) Four others were hurt"
                harm = harm._replace(party=_told_together(counts, mention) or harm.party)
            is_divided = harm.party == "unsaid" and any(c.party == "mixed" for _, c in counts)
            party = _party(reading, mention, harm, context, None if is_divided else known, is_isis=is_isis)
            party = settled.get(harm.party, party) if harm.is_elliptic else settled.setdefault(harm.party, party)  # "and two others"
            if (
                among_civilians
                and harm.harm != "arrested"
                and harm.party in _ANYBODY
                and (party == "unknown" or _comes_after(mention, harm, party))
            ):
                party = "civilian"
            if party == "iraqi_army" and {c.party for _, c in counts} & {"coalition", "iraqi_army"} == {"coalition"}:
                party = "coalition"  # "three American soldiers were hurt. The spokesman said two soldiers were"
            if party in _FORCES_NAMED and known in (None, "police"):
                known = party  # who fell tells whose members fell besides
            if party == "unknown" and harm.party in ("fighter", "member") and not _is_staff(reading, harm):
                party = _force_before(reading, harm) or party
            goes_on = mention.sentence - told_last <= 1 and all(m is mention for m, _ in counts) and harm.rule != STATED
            goes_on = goes_on or (mention.sentence - told_last == 1 and harm.is_elliptic and not _is_told(counts, harm))
            told_of = goes_on or (bool(mention.triggers) and not mention.is_title and not _is_told(counts, harm))
            told_of = told_of and harm.harm in _OF_ATTACKS and (mention.is_definite or not _tells_of_several(reading, mention))
            if party == "unknown" and _is_doubtful(reading, harm, is_own=mention.first == first or told_of):
                continue  # where it goes on ("… on the road. The blast killed two people") it tells whom it means
            entry = _casualty(reading, harm, party)
            own = any(c.harm == harm.harm for _, c in counts)
            if mention.is_title and (not _agrees(counts, entry) or (harm.harm in elsewhere and not own)):
                continue  # a headline sums up what the text tells apart
            if party == "civilian" and is_unnamed:
                guessed.add(entry.start)
            elif party == "civilian":
                _part_from_total(counts, mention, entry, guessed)
            if names_dependents(reading, harm.first, harm.last) and _is_counted_in(counts, entry):
                continue  # "(eleven civilians were hurt.) Four women were hurt badly": of the eleven
            if harm.is_earlier:
                earlier.append((mention, entry))
            else:
                _count(reading, counts, mention, entry)
    for mention, entry in earlier:
        if not any(c.harm == entry.harm and c.low is not None for _, c in counts):
            _count(reading, counts, mention, entry)
    kept = [c for _, c in counts]
    figures = [c for c in kept if c.low is not None]
    if any(c.low for c in figures if c.harm == "killed"):
        figures = [c for c in figures if c.low != 0]
    vague = [c for c in kept if c.low is None]
    return (*_settled(figures, vague), *(c for c in vague if not any(f.harm == c.harm for f in figures)))


def _told_together(counts: list[tuple[Mention, Casualty]], mention: Mention) -> str | None:
    """The party of all whom the sentence before counts, mixed where they are of several; None where it counts nobody."""
    told = [c for m, c in counts if not m.is_title and 0 <= mention.sentence - m.sentence <= 1 and c.low and c.party not in _HOSTILE]
    parties = {c.party for c in told}
    return None if not parties or parties == {"unknown"} else parties.pop() if len(parties) == 1 else "mixed"


def _is_told_anew(counts: list[tuple[Mention, Casualty]], mention: Mention, harm: Harm) -> bool:
    """Whether a later sentence gives the people told before another figure: "four were killed … A doctor said he received five bodies"."""
    told = [m for m, c in counts if c.harm == harm.harm and c.low is not None]
    return harm.party in _ANYBODY and bool(told) and all(m.sentence < mention.sentence and not m.is_title for m in told)


def _is_sum_of_events(reading: Reading, mentions: list[Mention], mention: Mention, harm: Harm, others: list[int]) -> bool:
    """ "Six were killed in a bombing and a shelling. … The car killed four. … The shells killed two": the six are of both events."""
    if not (harm.value and others) or harm.is_revised or not (mention.is_title or mention is mentions[0]):
        return False
    if not _tells_of_several(reading, mention):
        return False
    later = [h for m in mentions if m.sentence > mention.sentence for h in m.harms if h.harm == harm.harm]
    own = {h.value for h in later if h.value and not (h.is_part or h.is_earlier)}
    rest = {sum(others), *others}
    return harm.value not in own and any(harm.value - value in rest for value in own if value + 1 < harm.value)


def _tells_of_several(reading: Reading, mention: Mention) -> bool:
    """ "In a bombing and a shelling", "in two attacks", "in attacks"."""
    told = [t for t in mention.triggers if t.strength in ("strong", "plural")]
    dual = any(reading.document.forms[t.first].endswith(_DUAL) and t.hit.entry.attributes["pos"] == "noun" for t in told)
    dual = dual or not words("event_tolls.two_events").isdisjoint(reading.document.forms[mention.first : mention.last])
    return dual or len({t.type for t in told}) > 1 or _sums_up(reading, mention)


def _force_before(reading: Reading, harm: Harm) -> str | None:
    """The force the text named last before it speaks of "the brigade's men", of whatever event."""
    named = between(reading.actors, max(0, harm.first - _FORCE_FAR), harm.first)
    return next((side for a in reversed(named) if (side := side_party(a)) not in (None, "isis", "coalition", "other_armed")), None)


def _is_told(counts: list[tuple[Mention, Casualty]], harm: Harm) -> bool:
    return any(c.harm == harm.harm and c.low is not None for _, c in counts)


def _is_doubtful(reading: Reading, harm: Harm, *, is_own: bool) -> bool:
    """Fighters and members of no force, and people told of in passing, further down: whose they are and of which event is a guess.
    `is_own`: told with the event's first words, or as the first toll of "the attack"."""
    if harm.is_zero or harm.is_revised or harm.party == "unknown" or harm.value is None:
        return False
    return (harm.party in ("fighter", "member") and not _is_staff(reading, harm)) or not is_own


def _are_martyrs(harm: Harm) -> bool:
    """Whether the dead are called martyrs, as no newspaper calls the dead of an armed group."""
    return harm.rule.startswith(_MARTYRS)


def _is_staff(reading: Reading, harm: Harm) -> bool:
    """Whether guards and drivers are told of, whosever they are."""
    return not words("companions.staff").isdisjoint(reading.document.forms[harm.first : harm.last])


def _is_counted_in(counts: list[tuple[Mention, Casualty]], entry: Casualty) -> bool:
    """Whether a larger figure of the same party and harm was told before."""
    return any((c.party, c.harm) == (entry.party, entry.harm) and (c.low or 0) > (entry.low or 0) for _, c in counts)


def _part_from_total(counts: list[tuple[Mention, Casualty]], mention: Mention, entry: Casualty, guessed: set[int]) -> None:
    """ "Seven were killed … They are four of the militia and three civilians": the seven were no civilians alone."""
    if not any(h.harm == entry.harm and h.party in _ARMED and h.has_figure for h in mention.harms):
        return
    for i, (told_in, told) in enumerate(counts):
        if (told.party, told.harm) == ("civilian", entry.harm) and told.start in guessed and (told.low or 0) > (entry.low or 0):
            counts[i] = (told_in, told._replace(party="unknown"))


def _casualty(reading: Reading, harm: Harm, party: str) -> Casualty:
    quote = reading.quote(harm.first, harm.last)
    high = None if harm.quantifier == "at_least" else harm.value
    return Casualty(quote.start, quote.end, party, harm.harm, harm.value, high, harm.quantifier, harm.rule, harm.is_part, harm.is_revised)


def _party(reading: Reading, mention: Mention, harm: Harm, context: str | None, known: str | None, *, is_isis: bool) -> str:
    """Whose toll a count is: the party its own words name, else the force of its sentence (`context`) or one told before (`known`)."""
    is_report_of_isis = "islamic-state" in reading.listed_actors
    is_armed = harm.party in _SERVING or (harm.party in ("unsaid", "other") and reading.cues(mention.first, mention.last, "armed_object"))
    told = context or (_context(reading, mention, [], known) if is_armed else None)
    if (harm.party in _SERVING or harm.party == "armed") and (his := _his_men(reading, mention, harm)):
        return "federal_police" if his == "police" and known == "federal_police" else his
    if harm.party in _SERVING and reading.document.forms[harm.first].endswith(_WE) and harm.rule.startswith("harm:"):
        return "isis" if is_report_of_isis else "other_armed"  # "we killed two of their men", says a soldier
    if harm.harm == "displaced" and harm.party in _ANYBODY:
        return "unknown"  # "thousands fled the fighting of the army": no soldiers
    if harm.harm == "abducted" and harm.party == "unsaid":
        return "unknown"  # "the army freed two captives": the force it names is not theirs
    if harm.harm == "arrested":
        told = known = "isis" if told == "isis" else None  # a force named beside an arrest made it
    if told and harm.party in _ANYBODY and _is_killed_by_defenders(reading, mention, harm):
        told = "isis" if is_report_of_isis else "other_armed"
    if (
        told is None
        and not (mention.is_title or _is_staff(reading, harm))
        and (harm.is_elliptic or harm.party in _SERVING or harm.party == "unsaid")
    ):
        told = known or (_only_force(reading, of_fighters=True) if harm.party == "fighter" and mention.type not in FORCE_TYPES else None)
    if told in _HOSTILE and _are_martyrs(harm):
        told = None
    if told == "isis" and any(a.last == harm.first and a.kind in ("rebel_terrorist", "unidentified") for a in mention.actors):
        told = None  # "militants kill seven"
    from_the_air = mention.type == "air_strike" and any(a.kind == "coalition" for a in mention.actors)
    is_hunted = from_the_air or (is_isis and mention.type in {"clash", "air_strike"} | FORCE_TYPES)
    party = settle_party(harm.party, "isis" if harm.party == "them" and is_hunted else told, is_isis=is_isis)
    hunted = harm.party in ("attacker", "armed")
    if hunted and party == "other_armed" and is_report_of_isis:
        return "isis"  # the attackers of a report that names no other group
    if harm.harm == "arrested" and party in ("unknown", "other_armed", "civilian"):
        party = _group_of(reading, mention, harm) or party
    if party == "iraqi_army":
        return _whose_soldiers(reading, mention, harm)
    if party == "police" and (known == "federal_police" or _of_federal_police(mention, harm)):
        return "federal_police"
    return party


def _of_federal_police(mention: Mention, harm: Harm) -> bool:
    """Whether the policemen a sentence counts are the federal ones it names before them, and it names no others there."""
    before = [a for a in mention.actors if side_party(a) in ("police", "federal_police") and a.first < harm.first]
    return bool(before) and side_party(before[-1]) == "federal_police"


def _his_men(reading: Reading, mention: Mention, harm: Harm) -> str | None:
    """The party of "its members", by the gender of the pronoun: the group (he), or a force (she), named last before them."""
    forms = reading.document.forms[harm.first : harm.last]
    is_his, is_hers = not _HIS_MEN.isdisjoint(forms), not _HER_MEN.isdisjoint(forms)
    if is_his == is_hers:
        return None
    start = reading.sentences[mention.sentence].first
    if is_his and (held := _holding(reading, start, harm.first)):
        return held  # "attacked a checkpoint of the police and killed six of its men"
    band = next((k for k in reversed(range(start, harm.first)) if reading.document.forms[k] in _BANDS), -1)
    named = [a for a in between(reading.actors, start, harm.last) if a.mention.actor or is_infantry(reading, a)]
    if is_hers and band > max((a.last for a in named), default=-1):
        return "isis"  # "opened fire on the group and killed one of its members"
    sides = [side for a in named if (side := side_party(a) or _OF_BODIES.get(a.mention.actor or ""))]
    if _are_martyrs(harm) or harm.harm == "wounded":  # "repelled the group, and one of its men was hurt"
        sides = [s for s in sides if s not in _HOSTILE] or sides
    if is_his and sides and reading.document.forms[harm.first].lstrip("\u0648\u0641") in words("event_tolls.they_killed"):
        return next(
            (s for s in reversed(sides) if s not in _HOSTILE), None
        )  # "the militants stormed a police post and killed six of its men"
    if is_hers and not sides and not _A_FORCE.isdisjoint(reading.document.forms[start : harm.first]):
        return "isf"  # "a force tried to take it apart, and one of its members fell"
    sides = [s for s in sides if (s in _MASCULINE if is_his else s not in _MASCULINE - {"iraqi_army", "pmf", "tribal"})]
    return sides[-1] if sides else None


def _holding(reading: Reading, first: int, last: int) -> str | None:
    """The force that holds the post named last in these tokens, a masculine noun: "a barrier of the police"."""
    posts = [c for c in reading.cues(first, last, "armed_object") if not reading.document.forms[c.first].endswith(_FEMININE)]
    holder = between(reading.actors, posts[-1].last, min(posts[-1].last + 3, last)) if posts else []
    side = side_party(holder[0]) if holder else None
    return side if side not in _HOSTILE else None


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
    start = reading.sentences[mention.sentence].first
    if "iraqi-army" not in slugs and any(
        forms[k] in _OF_COALITION and not _ADJECTIVE_OF.isdisjoint(bare_forms(forms[k - 1])) for k in range(start + 1, harm.first)
    ):
        return "coalition"  # "a bomb hit an American patrol and hurt two soldiers"
    if _THEIR_SOLDIERS.isdisjoint(forms[harm.first : harm.last]):
        return "iraqi_army"
    said = next((form for form in reversed(forms[start : harm.first]) if form in _WHOSE_ARMY), "")
    if not said:
        named = [side for a in between(reading.actors, start, harm.first) if (side := side_party(a)) in _WITH_BRIGADES]
        return named[-1] if named else "iraqi_army"  # "the Peshmerga stepped in, and ten of its soldiers fell"
    return "other_armed" if said in _FOREIGN else "coalition" if said in _OF_COALITION else "iraqi_army"


def _is_among_civilians(reading: Reading, mentions: list[Mention]) -> bool:
    """Whether people nobody names are civilians: a market, a mosque, a street was struck and nothing tells of forces there, women and
    children are among the victims, or two tribes fought. A hospital that took them in, or whose doctor tells of them, was not struck."""
    if any(reading.document.where(words("event_tolls.feud"), m.first, m.last) for m in mentions):
        return True
    if mentions[0].type in FORCE_TYPES or any(h.party in _ARMED and not (h.is_zero or h.is_part) for m in mentions for h in m.harms):
        return False
    objects = [c for m in mentions for c in reading.cues(m.first, m.last, "civilian_object", "armed_object")]
    struck = {c.entry.attributes["cue"] for c in objects if _NOT_STRUCK.isdisjoint(reading.document.forms[max(0, c.first - 3) : c.first])}
    if "armed_object" in struck:
        return False
    return bool(struck) or any(names_dependents(reading, m.first, m.last) for m in mentions)


def _group_of(reading: Reading, mention: Mention, harm: Harm) -> str | None:
    """The party of people arrested as members of an armed group ("on the charge of belonging to", "three members of the cell")."""
    if harm.party == "member" and "islamic-state" in reading.listed_actors:
        return "isis"
    belonging = reading.document.where(words("event_tolls.belonging"), mention.first, mention.last)
    belonging = [
        *belonging,
        *reading.document.where(words("casualties.cells"), harm.first, harm.last),
    ]  # "a cell of the group made up of five"
    working = reading.document.where(words("event_tolls.working"), harm.first, mention.last)
    groups = [a for a in mention.actors if any(0 < a.first - i <= 4 for i in belonging) or any(0 < a.first - i <= 10 for i in working)]
    if any(a.mention.actor == "islamic-state" for a in groups):
        return "isis"
    return "other_armed" if any(a.kind in _ARMED_GROUPS and side_party(a) in (None, "other_armed") for a in groups) else None


def _comes_after(mention: Mention, harm: Harm, party: str) -> bool:
    """Whether the force is named only behind the toll: "one dead and two wounded, and the police closed the streets"."""
    ours = [a for a in mention.actors if side_party(a) == party]
    return bool(ours) and all(a.first >= harm.last for a in ours)


def _is_killed_by_defenders(reading: Reading, mention: Mention, harm: Harm) -> bool:
    """ "The force repelled an attack and killed eight": an active verb behind the repelling, so it is not the force that fell."""
    verb = reading.document.forms[harm.first].removeprefix("\u0648")
    if verb not in words("event_tolls.killed_actively"):
        return False
    pursued = reading.document.where(words_and("event_tolls.pursued"), mention.first, harm.first)
    return bool(pursued or reading.cues(mention.first, harm.first, "repel", "foil"))


def _sums_up(reading: Reading, mention: Mention) -> bool:
    return any(t.strength == "plural" for t in mention.triggers) or bool(reading.cues(mention.first, mention.last, "series"))


def _only_force(reading: Reading, *, of_fighters: bool = False) -> str | None:
    """The one force the whole report speaks of; an army has soldiers and a police policemen where another force has fighters."""
    parties = {SIDE_PARTY[slug] for slug in reading.listed_actors if slug in SIDE_PARTY} - {"isis", "isf", "coalition"}
    parties = (parties - _OF_SOLDIERS if of_fighters else parties) or parties
    return parties.pop() if len(parties) == 1 else None


def _agrees(counts: list[tuple[Mention, Casualty]], entry: Casualty) -> bool:
    """Whether the text gives no figure for this harm, or this very figure."""
    told = {c.low for _, c in counts if c.harm == entry.harm and c.low is not None}
    return not told or entry.low in told


def _count(reading: Reading, counts: list[tuple[Mention, Casualty]], mention: Mention, entry: Casualty) -> None:
    """Add a toll to those of its event: in the place of the one it replaces, beside one another source tells, or not at all."""
    same = [i for i, (_, c) in enumerate(counts) if (c.party, c.harm) == (entry.party, entry.harm)]
    if not same:
        counts.append((mention, entry))
    elif entry.low is not None and (entry.revised or counts[same[0]][1].low is None):
        counts[same[0]] = (mention, entry)
    elif _is_told_otherwise(reading, mention, entry, known := [counts[i] for i in same]) or _is_contrasted(reading, entry, known):
        counts.append((mention, entry))


def _is_told_otherwise(reading: Reading, mention: Mention, entry: Casualty, known: list[tuple[Mention, Casualty]]) -> bool:
    """Whether another source tells another figure: conflicting tolls stay side by side."""
    if entry.low is None or entry.part_of_total or mention.is_title or any(m.is_title or m.sentence == mention.sentence for m, _ in known):
        return False
    if entry.low in [c.low for _, c in known]:
        return False
    sentence = reading.sentences[mention.sentence]
    is_claimed = not mention.dates and bool(reading.cues(sentence.first, sentence.last, "claim"))
    if is_claimed or not _TAKEN_COUNT.isdisjoint(reading.document.forms[sentence.first : sentence.last]):
        return True  # whatever place is named beside
    if mention.dates or mention.places:
        return False
    return bool(reading.cues(sentence.first, sentence.last, "say", "according", "statement", "count"))


def _is_contrasted(reading: Reading, entry: Casualty, known: list[tuple[Mention, Casualty]]) -> bool:
    """Whether another teller's figure stands behind a "while": "he said it killed two, while the police said one fell"."""
    mention, last = known[-1]
    ends = [h.last for h in mention.harms if reading.quote(h.first, h.last).start == last.start]
    if not ends or entry.low is None or entry.part_of_total or entry.low in [c.low for _, c in known]:
        return False
    stop = reading.sentences[mention.sentence].last
    until = next((k for k in range(ends[0], stop) if reading.quote(k, k + 1).start >= entry.start), ends[0])
    contrast = next((k for k in range(ends[0], until) if reading.document.forms[k].removeprefix("\u0648") in _CONTRAST), None)
    if contrast is None:
        return False
    spoke = not words("stated_tolls.spoke").isdisjoint(reading.document.forms[contrast : until + 2])
    return spoke or bool(reading.cues(contrast, until, "say", "according", "count"))


def _settled(figures: list[Casualty], vague: list[Casualty]) -> list[Casualty]:
    """An unnamed party gives way to a named one of the same figure; a total that named parties are part of is mixed."""
    out = []
    for casualty in figures:
        same = [c for c in figures if c is not casualty and c.harm == casualty.harm]
        named = [c for c in same if c.party in _FORCES_NAMED]
        if any(c.low == casualty.low and c.party in _NARROWER.get(casualty.party, ()) for c in named):
            continue  # the headline's policemen are the federal ones of the text
        risen = any(c.revised and c.party == "unknown" and c.start > casualty.start for c in same) and not casualty.part_of_total
        if risen and len(same) == 1 and casualty.low and same[0].low:
            continue  # the toll that rose is of the one party told before
        if casualty.party == "unknown" and any(c.revised and (c.low or 0) > (casualty.low or 0) for c in same):
            continue
        if casualty.party == "unknown" and casualty.revised and len(same) == 1 and same[0].low and not same[0].part_of_total:
            casualty = casualty._replace(party=same[0].party if same[0].start < casualty.start else "mixed")
        if casualty.party in ("unknown", "other_armed") and casualty.low and casualty.harm != "arrested":
            if any(c.low == casualty.low and (casualty.party == "unknown" or c.party == "isis") for c in same):
                continue
            parts = [c.low for c in same if c.low and c.party not in ("unknown", "mixed") and c.party not in _HOSTILE]
            described = [c.party for c in vague if c.harm == casualty.harm and c.party != "unknown"]
            described += ["mixed" for c in vague if c.harm == casualty.harm and c.part_of_total and c.party not in ("unknown", "civilian")]
            if casualty.harm == "abducted" and all(c.party == "civilian" for c in same if c.low):
                parts = []  # "eight were abducted … seven civilians were": nobody says that the eighth was none
            if parts and sum(parts) <= casualty.low and casualty.party == "unknown":
                casualty = casualty._replace(party="mixed")
            elif described and not same:
                casualty = casualty._replace(party=described[0] if len(set(described)) == 1 else "mixed")
        out.append(casualty)
    return out


def _is_army_post(reading: Reading, at: int) -> bool:
    """ "(Attacked an) army post", where no word names whose army."""
    forms = reading.document.forms
    return forms[at - 1] == "an" and (not _ADJECTIVE_OF.isdisjoint(forms[at : at + 2]) or bool(reading.cues(at, at + 2, "armed_object")))


def _of_headline(reading: Reading, mentions: list[Mention], sources: list[Span]) -> str | None:
    """The force that the headline alone names: "an attack on a post of the police. … The militants opened fire on the post"."""
    title = next((m for m in mentions if m.is_title and m.actors), None)
    told = _context(reading, title, sources, None) if title else None
    if told not in _OF_THE_STATE:
        return None
    body = (_context(reading, m, sources, None) for m in mentions if not m.is_title)
    return told if all(context in (None, "isis") for context in body) else None


def _context(reading: Reading, mention: Mention, sources: list[Span], known: str | None, *, before: int | None = None) -> str | None:
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
        return next((p for p in (*beside, known, _only_force(reading)) if p in _WITH_BRIGADES), parties[0])
    if "tribal" in parties:
        parties = [p for p in parties if p != "pmf"]  # the tribal mobilisation is called by its parent's name as well
    if parties:
        return parties[0] if len(parties) == 1 else "isf" if "peshmerga" not in parties else parties[0]
    hostile = any(a.kind == "rebel_terrorist" for a in mention.actors)
    if any(_is_army_post(reading, k) for k in reading.document.where(_ARMY, mention.first + 1, mention.last)):
        return "iraqi_army"
    if any(a.kind == "rebel_terrorist" and a.mention.actor not in _GENERIC for a in mention.actors):
        return "other_armed"
    if not hostile and not words("event_tolls.armed_parties").isdisjoint(reading.document.forms[mention.first : mention.last]):
        return "other_armed"
    return "isis" if hostile and mention.type in ("security_operation", "air_strike", "arrest") else None
