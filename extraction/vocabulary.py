"""The whole lexicon in one index, loaded once, and what it finds in one pass over a text, by table."""

from functools import cache
from itertools import chain
from operator import attrgetter

from extraction.folding import fold
from extraction.inflection import more_than_one
from extraction.lexicon import rows, words
from extraction.matching import Entry, Hit, TermIndex
from extraction.records import between
from extraction.text import Document, Sentence

_FIRST = attrgetter("first")
_NUMBERED = words("vocabulary.numbered")
_KURD, _KOURD = "\u0643\u0631\u062f", "\u0643\u0648\u0631\u062f"  # with the long vowel or without
_KURDISH = ((_KURD, _KOURD), (_KOURD, _KURD))
_MOST_REPORTS = 80  # words for attacks and victims in one sentence; a dense roundup without its full stops has 51
_POS = {
    "triggers": None,
    "harm": None,
    "cues": None,
    "people": "fixed",
    "weapons": "noun",
    "offices": "fixed",
    "measures": "noun",
    "place_words": "fixed",
}
_TIMES = {"months": "name", "weekdays": "name", "time_phrases": "phrase"}  # read together, as `times`
_SEVERAL = ("triggers", "cues", "harm")  # tables whose words have several meanings: the verb and the noun of one spelling both stand
_CAPTURED = "\u0623\u0633\u0631"
_FATHER, _MADDA = "\u0623\u0628", "\u0622"
_FAMILIES = words("vocabulary.families")
_MATTER, _WHICH = words("vocabulary.matter"), words("mentions.which")
_SHELVES = (*_POS, "times", "actors", "speakers")


def _named(table: str) -> list[tuple[Entry, str]]:
    """Actors and speakers: each name and spelling of a row is a term of it."""
    out = []
    for row in rows(f"{table}.csv"):
        names = [row["name_ar"], row["name_en"], row.get("name_ckb", ""), *row["spellings"].split("|")]
        spelled = (variant for name in names for variant in (name.strip(), *(name.strip().replace(a, b) for a, b in _KURDISH)))
        out += [(Entry(table, name, row), "fixed") for name in dict.fromkeys(spelled) if name]
    return out


@cache
def index() -> TermIndex:
    """Every table but the gazetteer. About 0.2 s the first time."""
    terms = TermIndex()
    people = {fold(row["term"]) for row in rows("people.tsv")}
    for table, pos in _POS.items():
        for row in rows(f"{table}.tsv"):
            is_person = table == "people" and row["number"] == "1"
            entry = Entry(table, row["term"], row, several=table in _SEVERAL)
            terms.add(entry, "person" if is_person else pos or row["pos"])
            for several, number in more_than_one(row["term"]) if is_person else ():
                if several not in people:
                    terms.add(Entry(table, several, {**row, "number": number}), "fixed")
    for table, column in _TIMES.items():
        for row in rows(f"{table}.tsv"):
            terms.add(Entry(table, row[column], row, shelf="times"), "fixed")
    for table in ("actors", "speakers"):
        for entry, pos in _named(table):
            terms.add(entry, pos)
    return terms


def _is_another_word(document: Document, hit: Hit) -> bool:
    """ "His family", which is spelt as "captured" is; "the matter that", as "the commander who"; August, as "a father"."""
    form = document.forms[hit.first]
    if hit.entry.term == _FATHER and not hit.prefix and hit.entry.table == "people":
        start, end = document.span(hit.first, hit.last)
        beside = document.forms[max(0, hit.first - 1) : hit.first] + document.forms[hit.last : hit.last + 1]
        return document.raw[start:end].startswith(_MADDA) or any(form[:1].isdigit() for form in beside)
    if hit.entry.term == _CAPTURED:
        return form in _FAMILIES
    return form in _MATTER and hit.last < len(document.forms) and document.forms[hit.last] in _WHICH


class Hits:
    """What the lexicon found in one document, by table, longest first where two overlap, in order of position.

    `prose` are the document's sentences less heaps of words for attacks and victims, which nobody writes but to keep a reader busy.
    """

    def __init__(self, document: Document):
        self._tables: dict[str, list[Hit]] = {shelf: [] for shelf in _SHELVES}
        index().find(document, self._tables)
        for table in ("triggers", "harm", "people"):
            self._tables[table] = [h for h in self._tables[table] if not _is_another_word(document, h)]
        self.prose = document.sentences
        if len(self._tables["triggers"]) + len(self._tables["harm"]) > _MOST_REPORTS:
            self.prose = [s for s in document.sentences if self._reports(s) <= _MOST_REPORTS]
            self._keep(self.prose)
        self._at: dict[str, dict[int, Hit]] = {}
        self._asked: dict[tuple[str, ...], list[Hit]] = {}
        self._cues: dict[str, list[Hit]] = {}
        for hit in self._tables["cues"]:
            if hit.entry.attributes["cue"] == "other_event" and hit.first and document.forms[hit.first - 1] in _NUMBERED:
                continue  # "at the third hour", "the second division": no other attack
            self._cues.setdefault(hit.entry.attributes["cue"], []).append(hit)

    def _reports(self, sentence: Sentence) -> int:
        """How many words for attacks and victims a sentence has."""
        return sum(len(self.between(table, sentence.first, sentence.last)) for table in ("triggers", "harm"))

    def _keep(self, sentences: list[Sentence]) -> None:
        """Drop the hits of all other sentences."""
        inside = {i for s in sentences for i in range(s.first, s.last)}
        self._tables = {shelf: [hit for hit in hits if hit.first in inside] for shelf, hits in self._tables.items()}

    def all(self, table: str) -> list[Hit]:
        return self._tables[table]

    def starts(self, table: str) -> list[int]:
        """The tokens at which the hits of `table` begin, in order."""
        return [hit.first for hit in self._tables[table]]

    def cues(self, first: int, last: int, *names: str) -> list[Hit]:
        """Cue words of these kinds that begin at tokens `first` up to `last`, in order."""
        return self.named(first, last, names)

    def named(self, first: int, last: int, names: tuple[str, ...]) -> list[Hit]:
        """What `cues` gives, the names in one tuple."""
        hits = self._asked.get(names)
        if hits is None:  # the same kinds are asked for sentence after sentence
            found = [self._cues[name] for name in names if name in self._cues]
            hits = self._asked[names] = sorted(chain.from_iterable(found), key=_FIRST) if len(found) > 1 else found[0] if found else []
        return between(hits, first, last)

    def at(self, table: str, token: int) -> Hit | None:
        """The hit of `table` that begins at this token, the longest where several do."""
        known = self._at.get(table)
        if known is None:
            known = self._at[table] = {hit.first: hit for hit in reversed(self._tables[table])}
        return known.get(token)

    def between(self, table: str, first: int, last: int) -> list[Hit]:
        """Hits of `table` that begin at tokens `first` up to `last`."""
        return between(self._tables[table], first, last)
