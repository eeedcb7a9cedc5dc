"""A report's values with the rule and the words that gave each: what a reader asks of a machine's proposal."""

from collections.abc import Iterator

from extraction.types import Event, Report


def explain(report: Report) -> str:
    """Plain text, one value a line: name, value, "words", [span], rule."""
    published = report.published
    lines = [f"{report.path or 'text'}: {report.language}, headline: {report.title or 'none'}",
             f"published {published.date or 'unknown'} ({published.basis}) {published.rule}"]  # fmt: skip
    lines += [f"page furniture [{start}:{end}]" for start, end in report.furniture]
    for number, event in enumerate(report.events):
        lines += ["", f"event {number}: {event.kind} / {event.type}, {event.modality}, score {event.score:.2f}  <- {event.rule}"]
        lines += [f"  {line}" for line in _values(event)]
    return "\n".join(lines)


def _values(event: Event) -> Iterator[str]:
    for quote in event.quotes:
        yield f"quote [{quote.start}:{quote.end}] {quote.text}"
    if event.date:
        d = event.date
        days = f"{d.first or 'unresolved'}..{d.last or ''} ({d.precision}, anchor {d.anchor})"
        yield f'date {days} "{d.phrase}" [{d.start}:{d.end}] <- {d.rule}'
    for p in event.places:
        place = p.place or ", ".join(p.candidates) or "not in the gazetteer"
        yield f'place {place} (where_prec {p.where_prec}) "{p.name}" [{p.start}:{p.end}] <- {p.rule}'
    for a in event.actors:
        yield f'actor {a.actor or "not listed"} as {a.role} "{a.name}" [{a.start}:{a.end}] <- {a.rule}'
    for c in event.casualties:
        count = "no figure" if c.low is None else (f"{c.low}" if c.low == c.high else f"{c.low}-{'' if c.high is None else c.high}")
        count += ", superseded" if c.superseded else ""
        yield f"{c.harm} {c.party}: {count} ({c.quantifier}) [{c.start}:{c.end}] <- {c.rule}"
    for o in event.origins:
        yield f'origin {o.speaker or "not listed"} "{o.name}" in "{o.phrase}" [{o.start}:{o.end}] <- {o.rule}'
    for outcome in event.outcomes:
        yield f'outcome {outcome.status} "{outcome.text}" [{outcome.start}:{outcome.end}] <- {outcome.rule}'
    for figure in event.figures:
        yield f"figure {figure.measure} = {figure.value} [{figure.start}:{figure.end}]"
    for weapon in event.weapons:
        yield f'weapon {weapon.slug} "{weapon.name}" [{weapon.start}:{weapon.end}] <- {weapon.rule}'
    if event.operation_name:
        name = event.operation_name
        yield f'operation name "{name.name}" [{name.start}:{name.end}] <- {name.rule}'
    for link in event.links:
        yield f'{link.relation} event {link.target} "{link.phrase}" [{link.start}:{link.end}]'
    if event.flags:
        yield f"flags: {', '.join(event.flags)}"
