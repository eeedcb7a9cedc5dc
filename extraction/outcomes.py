"""What talks promised and operations achieved, weapons, operation names, claims of responsibility, and stated links between events."""

import re

from extraction.folding import fold
from extraction.lexicon import terms, words
from extraction.mention import Mention
from extraction.reading import Reading, between
from extraction.types import DateMention, Link, Outcome, Term

_AGREED = words("outcomes.agreed")
_STRESSED = words("outcomes.stressed")
_NOT_DONE = re.compile("|".join(sorted(words("outcomes.not_done"))))
_NAME_CUE = words("outcomes.name_cue")
_RELATIONS = ("responds_to", "retaliates_for", "follows_up", "implements", "prepares")
_LONGEST = 160
_UPON, _ON_OR_TO = words("outcomes.upon"), words("particles.on") | words("particles.to")
_THAT = tuple(words("outcomes.that"))
_AFTER = terms("outcomes.after")


def outcomes_of(reading: Reading, mentions: list[Mention], sentences: set[int]) -> tuple[Outcome, ...]:
    """What the talks of these sentences agreed ("agreed on …"), and whether the text says it came to nothing."""
    out: list[Outcome] = []
    for number in sorted(sentences):
        sentence = reading.sentences[number]
        if sentence.is_title:
            continue
        forms = reading.document.forms
        for i in range(sentence.first, sentence.last - 2):
            if forms[i].lstrip("وف") in _AGREED and forms[i + 1] in _UPON and not forms[i + 2].startswith(_THAT):
                out.append(_until_comma(reading, i + 2, sentence.last, "announced", "outcomes: agreed on"))
            elif forms[i] in _ON_OR_TO and forms[i + 1] in _STRESSED:
                out.append(_until_comma(reading, i + 1, sentence.last, "announced", "outcomes: stressed the need of"))
    for mention in mentions:
        sentence = reading.sentences[mention.sentence]
        start, end = reading.document.span(sentence.first, sentence.last)
        folded = fold(reading.document.raw[start:end])
        match = _NOT_DONE.search(folded)
        if match and mention.type not in ("joint_operation", "air_support"):
            token = next(
                (i for i in range(sentence.first, sentence.last) if reading.document.forms[i] in words("particles.did_not")), sentence.first
            )
            out.append(_until_comma(reading, token, sentence.last, "not_implemented", "outcomes: said not to have happened"))
    seen: set[int] = set()
    return tuple(o for o in out if o.start not in seen and not seen.add(o.start))  # type: ignore[func-returns-value]


def _until_comma(reading: Reading, first: int, last: int, status: str, rule: str) -> Outcome:
    forms = reading.document.forms
    stop = next((i for i in range(first + 2, last) if forms[i] in (",", ";", '"', ".")), last)
    while stop > first + 3 and reading.document.span(first, stop)[1] - reading.document.span(first, stop)[0] > _LONGEST:
        stop -= 1
    quote = reading.quote(first, stop)
    return Outcome(quote.start, quote.end, quote.text, status, rule)


def weapons_of(reading: Reading, mentions: list[Mention]) -> tuple[Term, ...]:
    out: dict[str, Term] = {}
    for mention in mentions:
        for hit in reading.hits.between("weapons", mention.first, mention.last):
            row = hit.entry.attributes
            start, end = reading.document.span(hit.first, hit.last, hit.cut)
            out.setdefault(row["slug"], Term(start, end, reading.document.raw[start:end], row["slug"], hit.entry.rule))
    return tuple(out.values())


def operation_name_of(reading: Reading, mentions: list[Mention]) -> Term | None:
    """A name in brackets or quotation marks right after a word for operation, or after "named"."""
    forms = reading.document.forms
    for mention in mentions:
        sentence = reading.sentences[mention.sentence]
        for i in range(sentence.first + 1, sentence.last - 2):
            if forms[i] not in ('"', "("):
                continue
            before = forms[max(sentence.first, i - 3) : i]
            close = next((k for k in range(i + 1, min(i + 6, sentence.last)) if forms[k] in ('"', ")")), None)
            if close and close > i + 1 and any(b in _NAME_CUE for b in before) and not any(f.isdecimal() for f in forms[i + 1 : close]):
                start, end = reading.document.span(i + 1, close)
                return Term(start, end, reading.document.raw[start:end], "", "outcomes: a name in brackets after operation")
    return None


def is_claimed(reading: Reading, mentions: list[Mention]) -> bool:
    """Whether the text says the attackers claimed it ("adopted by", "claimed responsibility")."""
    for number in {mention.sentence for mention in mentions}:
        sentence = reading.sentences[number]
        for cue in reading.cues(sentence.first, sentence.last, "claim"):
            if any(a.kind == "rebel_terrorist" for a in between(reading.actors, cue.first - 8, cue.first + 9)):
                return True
    return False


def reports_at(clusters: list[list[Mention]]) -> dict[int, list[int]]:
    """Which events the words at a token report: the numbers of the clusters with a trigger there, in order."""
    out: dict[int, list[int]] = {}
    for number, mentions in enumerate(clusters):
        for first in {trigger.first for mention in mentions for trigger in mention.triggers}:
            out.setdefault(first, []).append(number)
    return out


def links_of(
    reading: Reading, clusters: list[list[Mention]], index: int, resolved: dict[int, DateMention], reports: dict[int, list[int]]
) -> tuple[Link, ...]:
    """Stated relations: "on account of the attack", "in reply to", "after", with another event of the report as target."""
    out: dict[tuple[str, int], Link] = {}
    kind = clusters[index][0].kind
    for number in dict.fromkeys(mention.sentence for mention in clusters[index]):
        sentence = reading.sentences[number]
        for cue in reading.cues(sentence.first, sentence.last, *_RELATIONS):
            relation = cue.entry.attributes["cue"]
            target = _target(reports, index, cue.last, sentence.last)
            if target is None or clusters[target][0].kind == "statistic":
                continue
            answers = kind == "coordination" and clusters[target][0].kind == "incident"
            if cue.entry.term in _AFTER and not answers:
                relation = "follows_up"
            start, end = reading.document.span(cue.first, cue.last)
            out.setdefault((relation, target), Link(relation, target, reading.document.raw[start:end], start, end))
        for cue in reading.cues(sentence.first, sentence.last, "like_those") if kind == "coordination" else ():
            target = _dated_target(reading, clusters, cue.last, resolved)
            if target is not None:
                start, end = reading.document.span(cue.first, cue.last)
                out.setdefault(("responds_to", target), Link("responds_to", target, reading.document.raw[start:end], start, end))
    return tuple(out.values())


def _dated_target(reading: Reading, clusters: list[list[Mention]], first: int, resolved: dict[int, DateMention]) -> int | None:
    """ "To prevent attacks like those of two days ago": the incident told on that day."""
    day = next((resolved[e.first] for e in between(reading.dates, first, first + 6)), None)
    if day is None or day.first is None or day.last is None:
        return None
    for number, mentions in enumerate(clusters):
        dates = [resolved[e.first] for m in mentions for e in m.dates]
        if mentions[0].kind == "incident" and any(d.first and d.last and d.first <= day.last and day.first <= d.last for d in dates):
            return number
    return None


def _target(reports: dict[int, list[int]], index: int, first: int, last: int) -> int | None:
    """The other event whose trigger stands within a few words after the cue, the earliest of several."""
    near = (number for token in range(first, min(first + 5, last)) for number in reports.get(token, ()))
    return min((number for number in near if number != index), default=None)
