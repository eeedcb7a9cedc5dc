"""How to cite an event: BibTeX, RIS and CSL-JSON."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from incidents.models import Event

PUBLISHER = "Isnad"
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\~{}",
    "^": r"\^{}",
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def _line(text: str) -> str:
    return " ".join(text.split())


def bibtex(event: Event, *, address: str, seen_on: date) -> str:
    """One @misc entry; the note says on which day the record was read."""
    year = event.published_at.year if event.published_at else seen_on.year
    return (
        f"@misc{{{event.code},\n  title = {{{_tex(_line(event.title))}}},\n  author = {{{{{PUBLISHER}}}}},\n  year = {{{year}}},\n"
        f"  howpublished = {{\\url{{{address}}}}},\n  note = {{Event {event.code}, as of {seen_on.isoformat()}}}\n}}\n"
    )


def ris(event: Event, *, address: str, seen_on: date) -> str:
    """One record of type DATA."""
    year = event.published_at.year if event.published_at else seen_on.year
    rows = [("TY", "DATA"), ("TI", _line(event.title)), ("AU", PUBLISHER), ("PY", str(year)), ("UR", address), ("ID", event.code)]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*rows, ("Y2", seen_on.strftime("%Y/%m/%d")), ("ER", "")])


def csl(event: Event, *, address: str, seen_on: date) -> str:
    """A list with one CSL-JSON item."""
    item = {
        "id": event.code, "type": "dataset", "title": _line(event.title), "author": [{"literal": PUBLISHER}], "publisher": PUBLISHER,
        "URL": address, "number": event.code, "accessed": _parts(seen_on),
    }  # fmt: skip
    if event.published_at:
        item["issued"] = _parts(event.published_at.date())
    return json.dumps([item], ensure_ascii=False, indent=1)


def _parts(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


FORMS: dict[str, tuple[Callable[..., str], str]] = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
    "json": (csl, "application/vnd.citationstyles.csl+json; charset=utf-8"),
}
