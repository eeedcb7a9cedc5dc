"""The gazetteer: names of places, what they may stand for, and what lies in what.

Names are matched in words with their clitics taken off; `place_mentions` decides which of them are places in their sentence, and which.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extraction.folding import fold
from extraction.lexicon import HERE, rows
from extraction.matching import Entry, Hit, TermIndex
from extraction.text import Document

_KINDS = {kind: {"kind": kind} for kind in ("name", "common")}  # one for all names: a gazetteer has tens of thousands
_LEVELS = {"ADM1": "governorate", "ADM2": "district", "ADM3": "subdistrict", "PPL": "village"}

_BEFORE_FIGURE = re.compile(r"(?<=[^\W\d])(?=\d)")  # "K1" is two tokens


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer row. `parents` are ids it lies in (both hierarchies), nearest first."""

    id: str
    level: str
    name: str
    lat: float | None
    lon: float | None
    parents: frozenset[str]
    curated: bool


class Gazetteer:
    """Names of places and what they stand for."""

    def __init__(self, places: dict[str, Place], names: dict[str, list[str]]):
        self.places = places
        self._index = TermIndex()
        self._options: dict[Entry, tuple[Place, ...]] = {}
        common = _common_names()
        for name, ids in names.items():
            words = tuple(_BEFORE_FIGURE.sub(" ", fold(name)).split())
            if not words or (len("".join(words)) < 3 and not (len(words) > 1 and words[-1].isdecimal())):
                continue
            kind = "common" if " ".join(words) in common else "name"
            entry = Entry("places", name, _KINDS[kind])
            self._options[entry] = tuple(places[id_] for id_ in dict.fromkeys(ids))
            self._index.add_form(entry, words)

    @classmethod
    def load(cls, path: Path | None = None) -> "Gazetteer":
        """Read the shipped form (lexicon/places.csv) or a full dump (columns id, kind, name_ar, lat, lon, pcode)."""
        with open(path or HERE / "places.csv", encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        return cls(*(_shipped(table) if "level" in (table[0] if table else {"level": ""}) else _dump(table)))

    def find(self, document: Document) -> list[Hit]:
        """Every name of a place in the document's sentences, longest first where two overlap."""
        found: list[Hit] = []
        self._index.find(document, {"places": found})
        return found

    def options(self, hit: Hit) -> tuple[Place, ...]:
        """The places a name found may stand for."""
        return self._options[hit.entry]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def _shipped(table: list[dict[str, str]]) -> tuple[dict[str, Place], dict[str, list[str]]]:
    direct = {row["id"]: [p for p in (row["parent_federal"], row["parent_kurdistan"]) if p] for row in table}
    places: dict[str, Place] = {}
    names: dict[str, list[str]] = {}
    for row in table:
        chain, queue = [], list(direct[row["id"]])
        while queue:
            parent = queue.pop(0)
            if parent not in chain:
                chain.append(parent)
                queue += direct.get(parent, [])
        places[row["id"]] = Place(row["id"], row["level"], row["name_ar"], _number(row["lat"]), _number(row["lon"]), frozenset(chain), True)
        for name in (row["name_ar"], row["name_en"], row["name_ckb"], *row["spellings"].split("|")):
            name = name.split("(")[0].strip()
            if name:
                names.setdefault(fold(name), []).append(row["id"])
            if name.isascii() and name.count(" ") == 1:  # "Tal'Afar"
                names.setdefault(fold(name.replace(" ", "'")), []).append(row["id"])
    return places, names


def _dump(table: list[dict[str, str]]) -> tuple[dict[str, Place], dict[str, list[str]]]:
    """A dump's hierarchy is in its P-codes: IQG11Q04N03 lies in IQG11Q04, in IQG11."""
    places: dict[str, Place] = {}
    names: dict[str, list[str]] = {}
    chains: dict[str, frozenset[str]] = {}  # the villages of one subdistrict share theirs
    for row in table:
        code = row.get("pcode", "")
        chain = chains.setdefault(code[:11], frozenset(f"cod:{code[:n]}" for n in (5, 8, 11) if len(code) >= n))
        parents = chain - {row["id"]} if row["id"] in chain else chain
        level = _LEVELS.get(row["kind"], row["kind"])
        arabic = [n.strip() for n in row["name_ar"].split("|") if n.strip()]
        name = arabic[0] if arabic else row.get("name_en", "")
        places[row["id"]] = Place(row["id"], level, name, _number(row["lat"]), _number(row["lon"]), parents, False)
        latin = [row.get("name_en", "")] if level != "village" else []
        for each in (*arabic, *row.get("name_ku", "").split("|"), *latin):
            each = each.removeprefix("مركز ").removeprefix("قرية ").strip()
            if each:
                names.setdefault(fold(each), []).append(row["id"])
    return places, names


@cache
def _common_names() -> frozenset[str]:
    """Folded names of places that are common words or people's names: they need a word for village or quarter before them."""
    return frozenset(fold(row["term"]) for row in rows("common_names.tsv"))
