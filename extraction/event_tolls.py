"""Whose toll each count of an event is, each party once: figures that rose, parts of a total, figures that two sources tell apart."""

from extraction.counted_people import side_party
from extraction.event_dates import looks_back
from extraction.harm_parties import (
    ANYBODY,
    CARRYING,
    FORCES_NAMED,
    HOSTILE,
    force_before,
    force_of_headline,
    force_spoken_of,
    is_staff_told,
    party_of,
)
from extraction.lexicon import terms, words, words_and
from extraction.mention import Mention
from extraction.quantities import upper_of
from extraction.reading import Reading, Span, is_within
from extraction.stated_tolls import STATED
from extraction.tolls import OF_THE_WOUNDED, Harm, names_dependents
from extraction.triggers import FORCE_TYPES
from extraction.types import Casualty

_COUNTED = frozenset(("killed", "wounded", "abducted", "arrested", "missing", "surrendered", "displaced"))
_OF_ATTACKS = frozenset(("killed", "wounded"))
_POLICE = frozenset(("police", "federal_police"))
_ARMED = FORCES_NAMED | {"isf", "officer", "fighter"}
_CONTRAST = words("event_tolls.contrast")
_HIS_MEN = words("event_tolls.his_men")
_SERVICEMEN = words("event_tolls.servicemen")
_NOT_STRUCK = words("event_tolls.not_struck")
_TAKEN_COUNT = words("stated_tolls.put") | words("event_tolls.received")
_NO_SIDES = frozenset((None, "isis"))
_NARROWER = {"isf": FORCES_NAMED, "police": {"federal_police"}, "pmf": {"tribal"}}
_BY_PLACE, _BY_VICTIMS = "place", "victims"
_STRUCK_PEOPLE = terms("event_tolls.struck_people")
_BODIES = words_and("harm_nouns.bodies")
_ATTACKS_FAR = 2  # tokens from "nine people" to the attacks that killed them
_ON, _BETWEEN = words("particles.on"), "\u0628\u064a\u0646"
_WAW, _AT_A_TIME = "\u0648", ["\u0641\u064a", "\u062d\u064a\u0646"]
_THEY_FELL = "\u0648\u0627"
_DUAL = ("\u064a\u0646", "\u0627\u0646", "two")
_AND_WIDE = 5  # code points: " and "


def casualties_of(reading: Reading, mentions: list[Mention], sources: list[Span], elsewhere: dict[str, list[int]]) -> tuple[Casualty, ...]:
    """Each party's toll: a revised figure supersedes an earlier one, an unnamed party gives way to a named one of the same figure, and
    figures that two sources tell apart both stand. A toll the text calls earlier is superseded where it tells a later one."""
    counts: list[tuple[Mention, Casualty]] = []
    earlier: list[tuple[Mention, Casualty]] = []
    superseded: list[Casualty] = []
    unnamed: set[int] = set()  # starts of counts whose party no word of their own tells
    among_civilians = _among_civilians(reading, mentions)
    known = force_of_headline(reading, mentions, sources)  # "the attack killed five" goes on about the barracks named before
    is_isis = any(a.mention.actor == "islamic-state" for m in mentions for a in m.actors)
    first = min(mentions, key=lambda m: (m.is_title, m.first)).first
    is_without_army = "iraqi-army" not in reading.listed_actors and all(h.party != "peshmerga" for m in mentions for h in m.harms)
    ordered = sorted(mentions, key=lambda m: (m.is_title, m.first))
    for mention, before_it in zip(ordered, [ordered[0], *ordered], strict=False):
        told_last = before_it.sentence
        if mention.is_title and mention is not mentions[0] and _sums_up(reading, mention):
            continue  # "23 killed in attacks" sums up what the report tells one by one
        context = force_spoken_of(reading, mention, sources, known)
        if context == "police" and known == "federal_police":
            context = known
        known = context if context not in (None, "isis") else known
        is_of_several = len({side_party(a) for a in mention.actors} - _NO_SIDES) > 1
        settled: dict[str, str] = {}
        for harm in mention.harms:
            if is_of_several:
                context = force_spoken_of(reading, mention, sources, known, before=harm.first)
            set_against = context is not None and _is_set_against(reading, mention, harm)
            if harm.harm not in _COUNTED or (harm.value is None and harm.quantifier != "vague"):
                continue
            apart = any(t.strength == "plural" and 0 <= t.first - harm.last <= _ATTACKS_FAR for t in mention.triggers)
            if (harm.value is None or apart) and any(
                h.has_figure and h.harm == harm.harm and _contrast_in(reading, h.last, harm.first) is not None for h in mention.harms
            ):
                continue  # "three died, while members of the police fell in X", "while nine were killed in attacks": others
            if elsewhere and _is_sum_of_events(reading, mentions, mention, harm, elsewhere.get(harm.harm, [])):
                continue
            if harm.party == "family" and harm.harm == "displaced":
                continue  # so many families are no count of people
            is_unnamed = harm.party in ANYBODY
            is_anew = harm.party == "unsaid" and (harm.is_revised or harm.rule == STATED)
            if is_anew or _is_told_anew(counts, mention, harm):
                before = {c.party for _, c in counts if c.harm == harm.harm and not c.part_of_total}
                before -= frozenset() if is_anew or harm.harm == "arrested" else HOSTILE
                harm = harm._replace(party=before.pop()) if len(before) == 1 else harm
            if harm.is_elliptic and harm.party == "unsaid":  # "(Six soldiers and three villagers died.) Four others were hurt"
                harm = harm._replace(party=_told_together(counts, mention) or harm.party)
            is_divided = harm.party == "unsaid" and (any(c.party == "mixed" for _, c in counts) or _are_told_apart(counts, mention))
            in_parts = is_divided and any(
                m is mention and c.party == "mixed" for m, c in counts
            )  # "11 dead, seven of them policemen, and 70 hurt"
            forces = (None, None) if set_against or in_parts else (context, None if is_divided else known)
            party = party_of(reading, mention, harm, *forces, is_isis=is_isis)
            if (
                among_civilians
                and harm.harm != "arrested"
                and not (among_civilians == _BY_PLACE and _are_people(reading, harm))
                and harm.party in ANYBODY
                and (party == "unknown" or _comes_after(mention, harm, party))
            ):
                party = "civilian"
            if party == "iraqi_army" and {c.party for _, c in counts} & {"coalition", "iraqi_army"} == {"coalition"}:
                party = "coalition"  # "three American soldiers were hurt. The spokesman said two soldiers were"
            if party == "iraqi_army" and is_without_army and "peshmerga" in (context, known):
                party = "peshmerga"  # "they attacked a barracks of the Peshmerga and killed two soldiers"
            if party in FORCES_NAMED and known in (None, "police"):
                known = party  # who fell tells whose members fell besides
            if party == "unknown" and not _SERVICEMEN.isdisjoint(reading.document.forms[harm.first : harm.last]):
                party = "isf"
            # "the colonel and seven of his fighters"
            of_officer = party == "isf" and not _HIS_MEN.isdisjoint(reading.document.forms[harm.first : harm.last])
            if of_officer or (party == "unknown" and harm.party in ("fighter", "member") and not is_staff_told(reading, harm)):
                party = force_before(reading, harm) or party
            party = settled.get(harm.party, party) if harm.is_elliptic else settled.setdefault(harm.party, party)  # "and two others"
            goes_on = mention.sentence - told_last <= 1 and all(m is mention for m, _ in counts) and harm.rule != STATED
            goes_on = goes_on or (mention.sentence - told_last == 1 and not _is_told(counts, harm))
            told_of = goes_on or (bool(mention.triggers) and not mention.is_title and not _is_told(counts, harm))
            is_of_kind = harm.harm in _OF_ATTACKS or (harm.harm == "arrested" and mentions[0].type in FORCE_TYPES | {"joint_operation"})
            told_of = told_of and is_of_kind
            if party == "unknown" and harm.party in ANYBODY and _is_sum_of_parties(counts, harm):
                party = "mixed"
            if party == "unknown" and _is_doubtful(harm, is_own=mention.first == first or told_of):
                continue  # where it goes on ("… on the road. The blast killed two people") it tells whom it means
            is_bare = not (mention.triggers or any(h.has_figure for h in mention.harms))
            if harm.value is None and is_unnamed and is_bare and party in FORCES_NAMED | {"isf"}:
                party = "unknown"  # "the police closed the roads and the wounded were taken away": whoever they were
            entry = _casualty(reading, harm, party)
            if is_unnamed:
                unnamed.add(entry.start)
            if entry.part_of_total and harm.party in FORCES_NAMED:
                _mix_totals(counts, entry, unnamed)
            own = any(c.harm == harm.harm for _, c in counts)
            if mention.is_title and (not _agrees(counts, entry) or (harm.harm in elsewhere and not own)):
                continue  # a headline sums up what the text tells apart
            if names_dependents(reading, harm.first, harm.last) and _is_counted_in(counts, entry):
                continue  # "(eleven civilians were hurt.) Four women were hurt badly": of the eleven
            if harm.is_earlier:
                earlier.append((mention, entry))
            else:
                superseded += _count(reading, counts, mention, entry, sources)
    later = {c.harm for _, c in counts if c.low is not None}
    for mention, entry in earlier:
        if entry.harm not in later:
            _count(reading, counts, mention, entry, sources)
        elif entry.rule != OF_THE_WOUNDED:
            superseded.append(entry)
    kept = [c for _, c in counts]
    figures = [c for c in kept if c.low is not None]
    if any(c.low for c in figures if c.harm == "killed"):
        figures = [c for c in figures if c.low != 0]
    vague = [c for c in kept if c.low is None]
    figures = _settled(figures, vague)
    if all({c.party for c in figures if c.harm == h} & _POLICE != _POLICE for h in _OF_ATTACKS):
        narrow = any(c.party == "federal_police" for c in figures)
        figures, superseded = (
            [c._replace(party="federal_police") if narrow and c.party == "police" else c for c in told] for told in (figures, superseded)
        )
    return (
        *figures,
        *_superseded(superseded, figures),
        *(c for c in vague if not any(f.harm == c.harm and (f.party in HOSTILE) >= (c.party in HOSTILE) for f in figures)),
    )


def _is_set_against(reading: Reading, mention: Mention, harm: Harm) -> bool:
    """ "Three died in the blasts, while members of the police fell in X": no force is named but behind the contrast."""
    forces = [a for a in mention.actors if side_party(a) not in _NO_SIDES]
    if not forces or harm.party not in ANYBODY:
        return False
    return all(a.first >= harm.last and _contrast_in(reading, harm.last, a.first) is not None for a in forces)


def _contrast_in(reading: Reading, first: int, last: int) -> int | None:
    """Where "while", "at a time when" stands among these tokens."""
    forms = reading.document.forms
    return next((k for k in range(first, last) if forms[k].removeprefix(_WAW) in _CONTRAST or forms[k - 1 : k + 1] == _AT_A_TIME), None)


def _told_together(counts: list[tuple[Mention, Casualty]], mention: Mention) -> str | None:
    """The party of all whom the sentence before counts, mixed where they are of several; None where it counts nobody."""
    told = [c for m, c in counts if not m.is_title and 0 <= mention.sentence - m.sentence <= 1 and c.low and c.party not in HOSTILE]
    parties = {c.party for c in told}
    return None if not parties or parties == {"unknown"} else parties.pop() if len(parties) == 1 else "mixed"


def _are_told_apart(counts: list[tuple[Mention, Casualty]], mention: Mention) -> bool:
    """Whether sentences before count victims of two parties or more: "the wounded were 165" of a later one is of neither alone."""
    parties = {c.party for m, c in counts if m.sentence < mention.sentence and c.low and not c.part_of_total} - HOSTILE - {"unknown"}
    return len(parties) > 1


def _is_sum_of_parties(counts: list[tuple[Mention, Casualty]], harm: Harm) -> bool:
    """ "(Three guards and four soldiers were hurt.) The hospital took in seven wounded": all of them."""
    told = [c for _, c in counts if c.harm == harm.harm and c.low and not c.part_of_total]
    return len({c.party for c in told}) > 1 and sum(c.low or 0 for c in told) == harm.value


def _mix_totals(counts: list[tuple[Mention, Casualty]], part: Casualty, unnamed: set[int]) -> None:
    """ "(17 were killed and 94 hurt.) Three of the dead were guards": neither the dead nor the wounded told with them were all guards."""
    whole = next((m for m, c in counts if _is_guess(c, part, unnamed) and c.harm == part.harm and (c.low or 0) > (part.low or 0)), None)
    for i, (told_in, told) in enumerate(counts):
        if whole is not None and told_in is whole and _is_guess(told, part, unnamed):
            counts[i] = (told_in, told._replace(party="mixed"))


def _is_guess(told: Casualty, part: Casualty, unnamed: set[int]) -> bool:
    """Whether a total nobody named has the party of one of its parts."""
    return told.start in unnamed and told.party == part.party and not told.part_of_total and part.party in FORCES_NAMED


def _is_told_anew(counts: list[tuple[Mention, Casualty]], mention: Mention, harm: Harm) -> bool:
    """Whether a later sentence gives the people told before another figure: "four were killed … A doctor said he received five bodies"."""
    told = [m for m, c in counts if c.harm == harm.harm and (c.low is not None or harm.harm == "arrested")]
    return harm.party in ANYBODY and bool(told) and all(m.sentence < mention.sentence and not m.is_title for m in told)


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


def _is_told(counts: list[tuple[Mention, Casualty]], harm: Harm) -> bool:
    return any(c.harm == harm.harm and c.low is not None for _, c in counts)


def _is_doubtful(harm: Harm, *, is_own: bool) -> bool:
    """People told of in passing, further down: of which event is a guess. `is_own`: told with the event's first words, or as the first toll
    of "the attack"."""
    return not (is_own or harm.is_zero or harm.is_revised or harm.party == "unknown" or harm.value is None)


def _is_counted_in(counts: list[tuple[Mention, Casualty]], entry: Casualty) -> bool:
    """Whether a larger figure of the same party and harm was told before."""
    return any((c.party, c.harm) == (entry.party, entry.harm) and (c.low or 0) > (entry.low or 0) for _, c in counts)


def _casualty(reading: Reading, harm: Harm, party: str) -> Casualty:
    quote = reading.quote(harm.first, harm.last)
    high = None if harm.quantifier == "at_least" or harm.value is None else upper_of(reading, harm.first, harm.last, harm.value)
    return Casualty(quote.start, quote.end, party, harm.harm, harm.value, high, harm.quantifier, harm.rule, harm.is_part, harm.is_revised)


def _among_civilians(reading: Reading, mentions: list[Mention]) -> str:
    """Why figures nobody names are civilians, empty where nothing says so: a market, a mosque, a street was struck and nothing tells of
    forces there (by their place, and of so many "people" nobody knows then who they were), mourners were, women and children are among the
    victims, or two tribes fought. A hospital that took them in, or whose doctor tells of them, was not struck."""
    if any(reading.document.where(words("event_tolls.feud"), m.first, m.last) for m in mentions):
        return _BY_VICTIMS
    if mentions[0].type in FORCE_TYPES or any(h.party in _ARMED and not (h.is_zero or h.is_part) for m in mentions for h in m.harms):
        return ""
    objects = [c for m in mentions for c in reading.cues(m.first, m.last, "civilian_object", "armed_object")]
    struck = [c.entry for c in objects if _NOT_STRUCK.isdisjoint(reading.document.forms[max(0, c.first - 3) : c.first])]
    if any(entry.attributes["cue"] == "armed_object" for entry in struck):
        return ""
    people = any(entry.term in _STRUCK_PEOPLE for entry in struck) or any(names_dependents(reading, m.first, m.last) for m in mentions)
    people = people or any(_strikes_civilians(reading, m) for m in mentions)
    people = people and not any(h.party in FORCES_NAMED and h.is_part for m in mentions for h in m.harms)
    return _BY_VICTIMS if people else _BY_PLACE if struck else ""


def _strikes_civilians(reading: Reading, mention: Mention) -> bool:
    """ "Opened fire on farmers", "a bus carrying civilians", "six civilians fell, [between] dead and wounded": who was struck."""
    forms = reading.document.forms
    people = [h for h in reading.hits.between("people", mention.first, mention.last) if h.entry.attributes["party"] == "civilian"]
    people = [h for h in people if not ((armed := reading.hits.at("people", h.last)) and armed.entry.attributes["party"] in _ARMED)]
    behind = (forms[h.last + forms[h.last].endswith(_THEY_FELL)] for h in people if h.last + 1 < len(forms))
    return any(forms[h.first - 1] in _ON or forms[h.first - 1] in CARRYING for h in people) or _BETWEEN in behind


def _are_people(reading: Reading, harm: Harm) -> bool:
    """Whether a count says "people", or "others" of them, and no more: bodies and bare figures have no noun at all."""
    return harm.party == "neutral" and _BODIES.isdisjoint(reading.document.forms[harm.first : harm.last])


def _comes_after(mention: Mention, harm: Harm, party: str) -> bool:
    """Whether the force is named only behind the toll: "one dead and two wounded, and the police closed the streets"."""
    ours = [a for a in mention.actors if side_party(a) == party]
    return bool(ours) and all(a.first >= harm.last for a in ours)


def _sums_up(reading: Reading, mention: Mention) -> bool:
    return any(t.strength == "plural" for t in mention.triggers) or bool(reading.cues(mention.first, mention.last, "series"))


def _agrees(counts: list[tuple[Mention, Casualty]], entry: Casualty) -> bool:
    """Whether the text gives no figure for this harm, or this very figure."""
    told = {c.low for _, c in counts if c.harm == entry.harm and c.low is not None}
    return not told or entry.low in told


def _count(
    reading: Reading, counts: list[tuple[Mention, Casualty]], mention: Mention, entry: Casualty, sources: list[Span]
) -> list[Casualty]:
    """Add a toll to those of its event: in the place of the one it supersedes, beside one another source tells, or not at all. Gives the
    one that is superseded."""
    same = [i for i, (_, c) in enumerate(counts) if (c.party, c.harm) == (entry.party, entry.harm)]
    if not same:
        counts.append((mention, entry))
    elif entry.low is not None and (entry.revised or counts[same[0]][1].low is None):
        _, old = counts[same[0]]
        counts[same[0]] = (mention, entry)
        return [old]
    elif (entry.low or 0) < (counts[same[0]][1].low or 0) and not entry.part_of_total and _was_told(reading, mention):
        return [entry]
    elif _is_told_otherwise(reading, mention, entry, known := [counts[i] for i in same], sources) or _is_contrasted(reading, entry, known):
        counts.append((mention, entry))
    return []


def _was_told(reading: Reading, mention: Mention) -> bool:
    """ "A source had spoken on Saturday evening of five dead"."""
    first = reading.sentences[mention.sentence].first
    return looks_back(reading, mention) and bool(reading.cues(first, mention.last, "say", "hold"))


def _superseded(earlier: list[Casualty], figures: list[Casualty]) -> list[Casualty]:
    """Earlier tolls other than those that stand, each once; of nobody named, they are of the party of the one toll that superseded them."""
    out: dict[tuple[str, str, int], Casualty] = {}
    for toll in earlier:
        later = {c.party for c in figures if c.harm == toll.harm and not c.part_of_total}
        party = later.pop() if toll.party == "unknown" and len(later) == 1 else toll.party
        if toll.low and not any((c.party, c.harm, c.low) == (party, toll.harm, toll.low) for c in figures):
            out.setdefault((party, toll.harm, toll.low), toll._replace(party=party, superseded=True))
    return list(out.values())


def _is_told_otherwise(
    reading: Reading, mention: Mention, entry: Casualty, known: list[tuple[Mention, Casualty]], sources: list[Span]
) -> bool:
    """Whether another source tells another figure: conflicting tolls stay side by side."""
    if entry.low is None or entry.part_of_total or mention.is_title or any(m.is_title or m.sentence == mention.sentence for m, _ in known):
        return False
    if entry.low in [c.low for _, c in known]:
        return False
    sentence = reading.sentences[mention.sentence]
    is_claimed = not mention.dates and bool(reading.cues(sentence.first, sentence.last, "claim"))
    if is_claimed or not _TAKEN_COUNT.isdisjoint(reading.document.forms[sentence.first : sentence.last]):
        return True  # whatever place is named beside
    # "The mayor of X confirmed …" names no place of the attack
    if mention.dates or any(not is_within(sources, reading.quote(p.first, p.last).start) for p in mention.places):
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
    contrast = _contrast_in(reading, ends[0], until)
    if contrast is None:
        return False
    spoke = not (words("stated_tolls.spoke") | words("event_tolls.relayed")).isdisjoint(reading.document.forms[contrast : until + 2])
    return spoke or bool(reading.cues(contrast, until, "say", "according", "count"))


def _settled(figures: list[Casualty], vague: list[Casualty]) -> list[Casualty]:
    """An unnamed party gives way to a named one of the same figure; a total that named parties are part of is mixed."""
    out = []
    for casualty in figures:
        same = [c for c in figures if c is not casualty and c.harm == casualty.harm]
        named = [c for c in same if c.party in FORCES_NAMED]
        if any(c.low == casualty.low and c.party in _NARROWER.get(casualty.party, ()) for c in named):
            continue  # the headline's policemen are the federal ones of the text
        if any(c.low == casualty.low and c.party == "mixed" and casualty.party in ("unknown", "civilian") for c in same):
            continue  # "three Kurds … three civilians, among them a guard"
        if casualty.party == "unknown" and casualty.harm == "arrested" and any(c.harm == "arrested" and c.party == "isis" for c in vague):
            casualty = casualty._replace(party="isis")  # "broke up a network of the group … two were arrested at a checkpoint"
        if casualty.party == "unknown" and casualty.revised and len(same) == 1 and same[0].low and not same[0].part_of_total:
            casualty = casualty._replace(party=same[0].party if same[0].start < casualty.start else "mixed")
        if casualty.party in ("unknown", "other_armed") and casualty.low and casualty.harm != "arrested":
            if any(c.low == casualty.low and (casualty.party == "unknown" or c.party == "isis") for c in same):
                continue
            parts = [c for c in same if c.low and c.party not in ("unknown", "mixed") and c.party not in HOSTILE]
            described = [c.party for c in vague if c.harm == casualty.harm and c.party != "unknown"]
            described += ["mixed" for c in vague if c.harm == casualty.harm and c.part_of_total and c.party not in ("unknown", "civilian")]
            # "four guards and five people", "ten people and two policemen"
            joined = any(0 < max(casualty.start - c.end, c.start - casualty.end) <= _AND_WIDE and not c.part_of_total for c in parts)
            of_several = not joined and any(
                c.party != "civilian" for c in parts
            )  # "eight … seven civilians": nobody says that the eighth was none
            if of_several and casualty.party == "unknown" and sum(c.low or 0 for c in parts) <= casualty.low:
                casualty = casualty._replace(party="mixed")
            elif described and not same:
                casualty = casualty._replace(party=described[0] if len(set(described)) == 1 else "mixed")
        out.append(casualty)
    return out
