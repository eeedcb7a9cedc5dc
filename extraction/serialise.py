"""The JSON form of a report: what `python -m extraction` prints and what the editors' queue stores (docs/extraction.md has every key)."""

from datetime import date
from typing import Any

from extraction.types import DateMention, Event, Report


def plain(value: Any) -> Any:
    """Records to dicts, tuples to lists, days to ISO strings."""
    if hasattr(value, "_fields"):
        return {name: plain(field) for name, field in zip(value._fields, value, strict=True)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def _date(mention: DateMention | None) -> dict[str, Any] | None:
    if mention is None:
        return None
    return {"start": plain(mention.first), "end": plain(mention.last), "precision": mention.precision, "date_prec": mention.date_prec,
            "phrase": mention.phrase, "anchor": plain(mention.anchor), "span": [mention.start, mention.end], "rule": mention.rule,
            "flags": list(mention.flags)}  # fmt: skip


def event_as_dict(event: Event) -> dict[str, Any]:
    fields = zip(event._fields, event, strict=True)
    return {**{name: plain(field) for name, field in fields if name != "date"}, "date": _date(event.date)}


def report_as_dict(report: Report) -> dict[str, Any]:
    return {
        "path": report.path,
        "sha256": report.sha256,
        "title": report.title,
        "outlet": report.outlet,
        "language": report.language,
        "published": plain(report.published),
        "furniture": plain(report.furniture),
        "read_to": report.read_to,
        "events": [event_as_dict(event) for event in report.events],
    }
