"""The day of an event told without one: that of the account it is part of, of its sentence, of the series a lead sums up."""

from extraction.event_dates import (
    ALREADY,
    HAD,
    THAT,
    Dating,
    date_of,
    is_dateline,
    is_what_it_followed,
    looks_back,
    tells_of_before,
    this_came,
)
from extraction.lexicon import words, words_and
from extraction.listing import Listing
from extraction.mention import Mention
from extraction.reading import Reading, between
from extraction.setting_up import DECIDED
from extraction.statistic_mentions import is_until
from extraction.text import Sentence
from extraction.triggers import FORCE_TYPES
from extraction.types import TALKS_HELD, DateMention

_EXACT = frozenset(("days", "weekday", "date"))
_LOOKED_BACK = 40  # events: a report tells of few, a hostile text of thousands
_NEWS_OF_DAYS = 3
_GOES_ON = 2  # sentences, or paragraphs, from one event of an account to the next
_STAGED = TALKS_HELD | {"centre", "training", "joint_operation", "joint_patrol"}  # what has a day and a place, unlike support
_ONE_OF = words("clause_runs.one_of") | words("clause_runs.foremost")
_AND, _AS_ALSO = "\u0648", words("clause_runs.likewise")
_AND_IN = words("event_dates.and_in")
_BEGAN, _APART = words("event_dates.began"), words("event_dates.apart")
_THE_END, _DEFINITE = words("event_dates.the_end"), frozenset(("the", "this", "that"))
_AL, _INCIDENT = "\u0627\u0644", words("event_dates.incident")
_AFTER_OR_BEFORE = words_and("event_dates.after_or_before")
_PARTY, _EARLIER = words("account_dates.party"), words("account_dates.earlier")
_NEAR_DECIDED = 14  # tokens
_DECIDED_WITHIN = 4  # sentences from talks to what "was also agreed on" in them
_DECIDED_ON = frozenset(("agreement", "committee", "centre", "joint_force", "joint_patrol"))
_OPENING = ("also", "other_event", "other_subject", "say", "continue", "aftermath", "relief")


def date_of_account(dating: Dating, groups: list[list[Mention]], index: int, listing: Listing) -> DateMention | None:
    """The day of the account an undated event is part of, flagged: one of a series the lead sums up ("in a series of attacks on Monday"),
    or told right after a dated one; of an aggregate, the period of the one before it. None where the sentence looks back."""
    mention = min(groups[index], key=lambda m: (m.is_title, m.first))
    reading = dating.reading
    if mention.is_title or dating.expression(mention)[0] or (mention.modality == "announced" and not _is_decided(reading, mention)):
        return None
    if mention.kind == "incident" and is_what_it_followed(reading, mention):
        return None
    account = groups[max(0, index - _LOOKED_BACK) : index]
    before = sorted(((m, ms) for ms in account for m in ms if m.first < mention.first and not m.is_title), key=lambda told: -told[0].first)
    when = _day_of_sentence(dating, mention, before)
    if when is None and not tells_of_before(reading, mention):
        if mention.kind == "statistic":
            when = _period_told_before(dating, mention, before)
        else:
            when = _day_it_came_with(reading, mention, dating.resolved) or _day_of_series(reading, mention, dating.resolved)
            when = when or _day_of_sum(dating, mention, before) or _day_told_before(dating, mention, before, listing)
    if when and mention.kind != "statistic" and when.date_prec not in (1, 2):
        return None
    return when._replace(rule="dates: the day of the account it is part of", flags=(*when.flags, "date_of_account")) if when else None


def _period_told_before(dating: Dating, mention: Mention, before: list[tuple[Mention, list[Mention]]]) -> DateMention | None:
    told = [m for m, _ in before if m.kind == "statistic" and mention.sentence - m.sentence <= 4]
    told = [m for m in told if not looks_back(dating.reading, m)] or told  # "(150 in 2020.) In 2019 there had been 97. Most were in X"
    return next((period for m in told if (period := date_of(dating, [m]))), None)


def _day_of_sentence(dating: Dating, mention: Mention, before: list[tuple[Mention, list[Mention]]]) -> DateMention | None:
    """ "(The city witnessed on Friday the killing of an officer in X,) and the arrest of nine in Y", "(they had met the minister
    yesterday,) as they also visited …": the day of one sentence's chain."""
    forms = dating.reading.document.forms
    if not (forms[mention.first].startswith(_AND) or forms[mention.first] in _ONE_OF | _AS_ALSO):
        return None
    if mention.kind != "incident" and mention.type not in TALKS_HELD:
        return None
    if {*forms[mention.first : mention.trigger]} & (HAD | ALREADY):
        return None  # "and they had killed …"
    chain = ((m, event) for m, event in before if m.sentence == mention.sentence and m.kind == mention.kind)
    return next((day for m, event in chain if m.dates and (day := date_of(dating, event))), None)


def _day_told_before(dating: Dating, mention: Mention, before: list[tuple[Mention, list[Mention]]], listing: Listing) -> DateMention | None:
    """The day of the event told just before, over others told without a day; `before` has mentions, the nearest first, each with all of its
    event. None where a day that dates neither stands between, the account breaks off, or another item of a list has a day of its own."""
    reading = dating.reading
    if _named(reading, mention):
        same = (event for m, event in before if m.kind == mention.kind and (m.kind == "incident" or m.type in TALKS_HELD))
        return next((day for event in same if (day := date_of(dating, event)) and (day.date_prec or 9) <= 2), None)
    if looks_back(reading, mention):
        return None
    edge = mention
    for earlier, event in before:
        to_come = earlier.modality == "announced" != mention.modality  # "(The room will begin work tomorrow.) He said so after a meeting"
        if to_come or (earlier.kind != mention.kind and not (mention.kind == "incident" and earlier.type == "joint_operation")):
            continue
        is_listed = listing.item(edge.sentence) is not None
        if not (is_listed or _goes_on(reading, earlier, edge)) or (is_listed and earlier.dates and listing.item(earlier.sentence)):
            return None
        day = date_of(dating, event) or listing.day(earlier.sentence)
        last = max(earlier.last, reading.sentences[earlier.sentence].last if earlier.sentence < edge.sentence else 0)
        others = (e for e in between(reading.dates, last, edge.first) if e.rule in _EXACT and not (e.says_since or is_until(reading, e)))
        if any(not (day and dating.resolved[e.first].first == day.first) for e in others):
            return None
        if day:
            # Neither the day before the account nor that of what it looks back on.
            return None if day.rule == "dates: days_after" or _is_of_background(dating, day, before) else day
        if earlier.dates or looks_back(reading, earlier):
            return None
        edge = earlier
    return None


def _day_of_sum(dating: Dating, mention: Mention, before: list[tuple[Mention, list[Mention]]]) -> DateMention | None:
    """The day of a sum, for the attacks told one by one below it, or of one some paragraphs before, if no other is told."""
    reading = dating.reading
    if mention.kind != "incident" or looks_back(reading, mention):
        return None
    near = next((m for m, event in before if m.kind == "incident" and date_of(dating, event)), None)
    if near is None or not (any(m.is_sum for m, _ in before) or _is_near(reading, near, mention)):
        return None
    days = {day.first: day for _, event in before if event[0].kind == "incident" and (day := date_of(dating, event))}
    told = between(reading.dates, reading.sentences[near.sentence].last, mention.first)
    days.update({day.first: day for e in told if e.rule in _EXACT and (day := dating.resolved[e.first]).first})
    return next(iter(days.values())) if len(days) == 1 else None


def _is_near(reading: Reading, dated: Mention, mention: Mention) -> bool:
    """Whether an attack stands some paragraphs below a dated one: no "after an attack on X"."""
    forms, first, second = reading.document.forms, reading.sentences[dated.sentence], reading.sentences[mention.sentence]
    near = {*forms[mention.trigger - 2 : mention.trigger], *forms[second.first : second.first + 2]}
    return second.paragraph - first.paragraph <= _GOES_ON + 1 and not mention.is_definite and near.isdisjoint(_APART)


def _is_of_background(dating: Dating, day: DateMention, before: list[tuple[Mention, list[Mention]]]) -> bool:
    """Whether the report has told of an event days later than this day: "(Gunmen attacked on Tuesday.) Three had been killed on May 1"."""
    first = before[-1]
    lead = date_of(dating, first[1]) if first[0].kind != "statistic" else None
    return bool(lead and lead.first and day.last) and (lead.first - day.last).days > _NEWS_OF_DAYS  # type: ignore[union-attr,operator]


def _goes_on(reading: Reading, earlier: Mention, later: Mention) -> bool:
    """Whether two mentions belong to one account: near each other in one paragraph, or in the next where that goes on ("also", "in a
    separate incident", "he added", "later", "and in X", "according to the same sources"), tells only an hour, or the later event is one of
    help that came, of a search, of the scene."""
    one, two = reading.sentences[earlier.sentence], reading.sentences[later.sentence]
    went_on = reading.cues(two.first, two.first + 4, "after_that", "same_time", "occasion")
    if earlier.type in TALKS_HELD | _DECIDED_ON and (_is_decided(reading, later) or _is_of_same_party(reading, later)):
        return later.sentence - earlier.sentence <= _DECIDED_WITHIN
    if later.kind == "coordination" and (later.type not in TALKS_HELD or (earlier.type not in _STAGED | _DECIDED_ON and not went_on)):
        return False
    if one.paragraph == two.paragraph:
        return later.sentence - earlier.sentence <= _GOES_ON
    if two.paragraph - one.paragraph > _GOES_ON:
        return False
    if later.sentence - earlier.sentence == 1 and earlier.type == "visit" and later.type in TALKS_HELD:
        return True  # "(The prime minister arrived today in X.) The prime minister chaired a meeting"
    opens = went_on or reading.cues(two.first, two.first + 4, *_OPENING)
    return bool(opens or _opens_elsewhere(reading, two) or reading.cues(later.first, later.last, "follow"))


def _is_decided(reading: Reading, mention: Mention) -> bool:
    """ "(They met on Sunday.) The two sides agreed to open a centre", "it was decided to form a committee": decided there."""
    near = reading.document.forms[max(mention.first, mention.trigger - _NEAR_DECIDED) : mention.trigger + 1]
    return mention.type in _DECIDED_ON and any(form.removeprefix(_AND) in DECIDED for form in near)


def _is_of_same_party(reading: Reading, mention: Mention) -> bool:
    """ "(They met today.) The delegation also met the governor", "the decision was taken at a meeting"."""
    forms, first = reading.document.forms, reading.sentences[mention.sentence].first
    near = {*forms[first : first + 3], *forms[max(first, mention.trigger - 3) : mention.trigger + 4]}
    return (
        mention.kind == "coordination" and not near.isdisjoint(_PARTY) and near.isdisjoint(_EARLIER)
    )  # "their first meeting was held in …"


def _named(reading: Reading, mention: Mention) -> bool:
    """Whether what was told before is named again: "after the shelling, …", "the blast was preceded by …", "when the meeting was over,
    they …", "… during the fighting"."""
    forms, first = [*reading.document.forms[: mention.last + 3], "", ""], reading.sentences[mention.sentence].first
    for after in (i for i in (first, *range(mention.trigger + 1, mention.last)) if forms[i] in _AFTER_OR_BEFORE):
        at = after + 1 + (forms[after + 1] in _THE_END)
        named = reading.hits.at("triggers", at + (forms[at] in _DEFINITE))
        if named and (named.prefix.endswith(_AL) or forms[at] in _DEFINITE) and named.entry.attributes["kind"] == mention.kind:
            return True
        if mention.kind == "incident" and forms[at] in _INCIDENT:
            return True
    return False


def _opens_elsewhere(reading: Reading, sentence: Sentence) -> bool:
    """ "And in the west of Mosul …", of a roundup."""
    return reading.document.forms[sentence.first] in _AND_IN and bool(between(reading.places, sentence.first + 1, sentence.first + 4))


def _day_it_came_with(reading: Reading, mention: Mention, resolved: dict[int, DateMention]) -> DateMention | None:
    """ "(The president called on Tuesday for …) That came during his meeting with …": the only day of the sentence before."""
    if not (mention.sentence and this_came(reading, mention.sentence)):
        return None
    before = reading.sentences[mention.sentence - 1]
    days = [e for e in between(reading.dates, before.first, before.last) if e.rule in _EXACT and not e.says_since]
    day = resolved[days[0].first] if len(days) == 1 else None
    return None if day and day.first and day.anchor and day.first > day.anchor else day  # "(It begins tomorrow.) That came after a meeting"


def _day_of_series(reading: Reading, mention: Mention, resolved: dict[int, DateMention]) -> DateMention | None:
    """The day of the attacks that an earlier sentence sums up, or of which one near by says when they began."""
    near = reading.sentences[max(0, mention.sentence - _DECIDED_WITHIN) : mention.sentence + 2]
    began = [s for s in near if _tells_beginning(reading, s)] if mention.kind == "incident" else []
    cues = reading.cues(0, mention.first, "series", "sums_up")[:_LOOKED_BACK]
    summed = [s for s in map(reading.sentence_of, (c.first for c in cues)) if s.first <= mention.first]
    for sentence in began + summed:
        days = [e for e in between(reading.dates, sentence.first, sentence.last) if e.rule in _EXACT]
        days = [e for e in days if sentence in began or not (e.says_since or e.first > mention.first)]
        days = [e for e in days if not is_dateline(reading, sentence, e)] or days
        # "Sources said on Thursday that nine fell in two attacks", of which the next tells "on Wednesday night".
        days = [e for e in days if THAT.isdisjoint(reading.document.forms[e.last : e.last + 1])]
        days = [e for e in days if not reading.cues(e.first - 6, e.first, "say")]
        if days and not sentence.is_title:
            return resolved[days[0].first]
    return None


def _tells_beginning(reading: Reading, sentence: Sentence) -> bool:
    """ "The clashes broke out last night and went on until dawn", "the attacks of the group began at ten yesterday"."""
    forms, first = reading.document.forms, sentence.first
    told = [t for t in reading.hits.between("triggers", first, min(first + 3, sentence.last)) if t.entry.attributes["kind"] == "incident"]
    near = {
        form
        for t in told
        if t.entry.attributes["type"] not in FORCE_TYPES
        for form in (forms[t.first - 1], forms[t.first - 1].removeprefix(_AND), *forms[t.last : t.last + 2])
    }
    return not near.isdisjoint(_BEGAN)
