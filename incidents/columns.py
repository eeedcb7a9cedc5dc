"""The published events as Arrow columns: one row an event, sorted by first day, undated ones last.

Coordinates are whole microdegrees, so that a box means the same rows in SQL, here and in the browser.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
from django.db.models import F, Func, IntegerField, QuerySet, Value
from django.db.models.expressions import RawSQL

from entities.geometry import PointX, PointY
from entities.models import Actor, Place, PlaceMembership
from incidents import copying
from incidents.models import Claim, Event, Participation
from incidents.taxonomy import EVENT_TYPES, Grade, Modality, Party
from sources.models import Passage, Speaker, Statement

PARTIES = [party.value for party in Party]
CONFLICT = 1

_TYPES = [each.slug for each in EVENT_TYPES]
_NOWHERE, _LAST = -(2**31), 2**31 - 1  # no coordinate and no day, among whole numbers of four bytes
_COUNTRY = 6  # where_prec of what is known to its country alone
_FIGURES = {
    "killed_low": "deaths_low", "killed": "deaths_best", "killed_high": "deaths_high",
    "injured_low": "injured_low", "injured": "injured_best", "injured_high": "injured_high",
}  # fmt: skip
# Small numbers of an event → how many each may be; words by their place in the list, from 1.
_MARKS = {
    "type": (copying.Nth(_TYPES, "type"), len(_TYPES) + 1), "grade": (copying.Nth(Grade.values, "grade"), len(Grade) + 1),
    "modality": (copying.Nth(Modality.values, "modality"), len(Modality) + 1),
    "date_prec": (copying.Whole("date_prec", missing=0), 10), "where_prec": (copying.Whole("where_prec", missing=0), 10),
    "conflict": (copying.Whole("has_conflict", missing=False), 2),
}  # fmt: skip
_COUNTS = {"articles": "article_count", "outlets": "outlet_count", "origins": "origin_count"}

Numbers = dict[str, np.ndarray]
Wanted = tuple[QuerySet[Any, Any], dict[str, str]]  # what is read, and as what


def build() -> pa.Table:
    """Every published event."""
    return read()[0]


def read(only: Sequence[int] | None = None, *, known: Collection[str] = ()) -> tuple[pa.Table, np.ndarray]:
    """(published events, the id of each row): all of them, or those `only` that have one of these ids.

    Nothing else enters: events are read through `published()`, and what hangs on no row of theirs is left out. Of `known` places it is
    not told what they lie in.
    """
    tables = copying.numbers(_wanted() if only is None else _hanging_on(only))
    rows = next(tables)
    rows = _by_day(rows | {"code": _numbers(rows["code"])})
    rows |= _marks(rows.pop("marks"))
    size = len(rows["id"])
    at = _Lookup(rows["id"], np.arange(size))
    claims, taking_part = next(tables), next(tables)
    passages, issuers = tables if only is None else _quoted(claims["passage"])
    quoted = _Claims(at.of(claims["event"]), claims["passage"], passages, issuers)
    place, places = _places(rows["place"], known)
    nowhere = (rows["x"] == _NOWHERE) | (rows["where_prec"] == _COUNTRY)
    columns = {
        "code": pa.array(rows["code"]),
        **{name: pa.array(rows[name], pa.int32(), mask=rows[name] == _LAST).cast(pa.date32()) for name in ("date_start", "date_end")},
        "date_prec": pa.array(rows["date_prec"].astype(np.uint8)),
        "type": _coded(rows["type"] - 1, _TYPES),
        "lon": pa.array(rows["x"], mask=nowhere), "lat": pa.array(rows["y"], mask=nowhere),
        "where_prec": pa.array(rows["where_prec"].astype(np.uint8)),
        "place": _coded(place, places),
        **{name: pa.array(rows[name], pa.uint32(), mask=rows[name] < 0) for name in _FIGURES},
        **{name: pa.array(rows[name].astype(np.uint32)) for name in _COUNTS},
        "grade": _coded(rows["grade"] - 1, Grade.values), "modality": _coded(rows["modality"] - 1, Modality.values),
        "parties": _bits(size, quoted.rows, claims["party"]),
        "flags": pa.array((rows["conflict"] * CONFLICT).astype(np.uint8)),
        "actors": _lists(size, at.of(taking_part["event"]), taking_part["actor"], _slugs()),
        "outlet_ids": _lists(size, *quoted.outlets()),
        "speakers": _lists(size, *quoted.speakers()),
    }  # fmt: skip
    table = pa.table(columns)
    about = _about([key for key in places if key not in known])
    return table.replace_schema_metadata({"isnad": json.dumps(about, ensure_ascii=False, sort_keys=True)}), rows["id"]


@cache  # Django takes longer to write it than the database to read a thousand rows
def _wanted() -> tuple[Wanted, ...]:
    """All that is read. Claims are not asked what they quote: joining a million takes as long as reading them."""
    whole = copying.Whole
    wanted = {
        "id": (F("id"), "i8"), "code": (F("code"), "S15"),
        "date_start": (whole(_Day("date_start"), missing=_LAST), "i4"), "date_end": (whole(_Day("date_end"), missing=_LAST), "i4"),
        "x": (whole(_micro(PointX("point")), missing=_NOWHERE), "i4"), "y": (whole(_micro(PointY("point")), missing=_NOWHERE), "i4"),
        "place": (whole("place_id"), "i4"), "marks": (_packed(), "i4"),
        **{name: (whole(column), "i4") for name, column in (_FIGURES | _COUNTS).items()},
    }  # fmt: skip
    columns = {f"_{name}": expression for name, (expression, _type) in wanted.items()}
    events = Event.objects.published().order_by().annotate(**columns).values_list(*columns)
    return (
        (events, {name: type for name, (_, type) in wanted.items()}),
        (
            Claim.objects.live().order_by().values_list("event_id", "passage_id", copying.Place(PARTIES, "party")),
            {"event": "i8", "passage": "i8", "party": "i4"},
        ),
        (Participation.objects.order_by().values_list("event_id", "actor_id"), {"event": "i8", "actor": "i8"}),
        (
            Passage.objects.order_by().values_list("id", whole("article__outlet_id"), whole("statement_id")),
            {"id": "i8", "outlet": "i4", "statement": "i4"},
        ),
        (
            Statement.issuers.through.objects.order_by("statement_id").values_list("statement_id", "speaker_id"),
            {"statement": "i8", "speaker": "i8"},
        ),
    )


def _hanging_on(events: Iterable[int]) -> list[Wanted]:
    """These events, their claims and who took part in them."""
    ids = _any(events)
    return [
        (rows.filter(**{f"{name}__in": ids}), types) for name, (rows, types) in zip(("pk", "event", "event"), _wanted()[:3], strict=True)
    ]


def _quoted(ids: np.ndarray) -> tuple[Numbers, Numbers]:
    """These passages and who issued the statements they are from."""
    (rows, types), (issuers, types_of_issuers) = _wanted()[3:]
    [passages] = copying.numbers([(rows.filter(pk__in=_any(ids)), types)])
    [issued] = copying.numbers([(issuers.filter(statement__in=_any(_distinct(passages["statement"]))), types_of_issuers)])
    return passages, issued


def _any(ids: Iterable[int]) -> RawSQL:
    """Any of these ids, as one value: Django takes its time over each of a thousand."""
    return RawSQL("SELECT unnest(%s::bigint[])", [f"{{{','.join(map(str, ids))}}}"])


def _packed() -> Any:
    """The marks in one whole number: the database takes as long to send each of them as to read it."""
    packed: Any = Value(0)
    for mark, size in _MARKS.values():
        packed = packed * size + mark
    return packed


def _marks(packed: np.ndarray) -> Numbers:
    found: Numbers = {}
    for name, (_mark, size) in reversed(_MARKS.items()):
        packed, found[name] = np.divmod(packed, size)
    return found


class _Day(Func):
    """Days since 1 January 1970."""

    template = "(%(expressions)s - DATE '1970-01-01')"
    output_field = IntegerField()


def _micro(degrees: Func) -> Func:
    """Whole microdegrees, rounded as `within_microdegrees` rounds them."""
    return Func(degrees * 1e6, function="ROUND", output_field=IntegerField())


def _by_day(rows: Numbers) -> Numbers:
    """Sorted by first day, undated ones last."""
    order = np.lexsort((rows["id"], rows["date_start"]))
    return {name: values[order] for name, values in rows.items()}


@dataclass(frozen=True)
class _Claims:
    """What live claims hang on: the row of the event (-1 where it is none of these events) and the passage of each."""

    rows: np.ndarray
    passages: np.ndarray
    known: Numbers
    issuers: Numbers

    def of_passages(self, name: str) -> np.ndarray:
        """Each claim's number in that column of its passage, -1 where it has none."""
        return _Lookup(self.known["id"], self.known[name]).of(self.passages)

    def outlets(self) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
        """(row, outlet) pairs and the outlets' ids as words."""
        outlets = self.of_passages("outlet")
        return self.rows, outlets, {number: str(number) for number in _distinct(outlets).tolist()}

    def speakers(self) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
        """(row, root speaker) pairs, one for each issuer of each passage's statement, and the roots' keys."""
        statements, said = self.of_passages("statement"), self.issuers["statement"]
        first, last = np.searchsorted(said, statements), np.searchsorted(said, statements, side="right")
        counts = last - first
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        speakers = self.issuers["speaker"][np.repeat(first, counts) + nth]
        roots, keys = _roots(_distinct(speakers).tolist())
        return (
            np.repeat(self.rows, counts),
            _Lookup(np.array(list(roots), np.int64), np.array(list(roots.values()), np.int64)).of(speakers),
            keys,
        )


class _Lookup:
    """A number for each id, -1 where there is none: searching a million ids among a million takes seconds, looking them up does not."""

    def __init__(self, ids: np.ndarray, values: np.ndarray) -> None:
        self.table = np.full(int(ids.max(initial=0)) + 2, -1, np.int64)
        self.table[ids] = values

    def of(self, ids: np.ndarray) -> np.ndarray:
        return self.table[np.minimum(ids, len(self.table) - 1)]


def _slugs() -> dict[int, str]:
    return dict(Actor.objects.values_list("id", "slug"))


def number_of(code: str) -> int:
    """ISN-2021-000123 → 2021000123."""
    return int(code[4:8] + code[9:])


def code_of(number: int) -> str:
    """2021000123 → ISN-2021-000123."""
    return f"ISN-{number // 1_000_000}-{number % 1_000_000:06d}"


def _numbers(codes: np.ndarray) -> np.ndarray:
    """Each ISN-2021-000123 as 2021000123: the permanent code as one number of 32 bits."""
    letters = codes.view(np.uint8).reshape(len(codes), codes.dtype.itemsize)
    numbers = np.zeros(len(codes), np.uint32)
    for at in (4, 5, 6, 7, 9, 10, 11, 12, 13, 14):
        numbers = numbers * np.uint32(10) + (letters[:, at] - ord("0"))
    return numbers


def _coded(numbers: np.ndarray, names: list[str]) -> pa.DictionaryArray:
    """Numbers as the names at those places; nothing where below 0."""
    return pa.DictionaryArray.from_arrays(pa.array(numbers, _index_type(len(names)), mask=numbers < 0), pa.array(names, pa.string()))


def _places(ids: np.ndarray, known: Collection[str]) -> tuple[np.ndarray, list[str]]:
    """(each row's place by its number among the names, the keys of all these places and of those they lie in but the `known`)."""
    used = [number for number in _distinct(ids).tolist() if number >= 0]
    keys = dict(Place.objects.filter(pk__in=_any(used)).values_list("pk", "key"))
    names = sorted({*keys.values(), *_with_places_above([key for key in keys.values() if key not in known])})
    at = {key: number for number, key in enumerate(names)}
    return _Lookup(np.array(used, np.int64), np.array([at[keys[number]] for number in used], np.int64)).of(ids), names


def _index_type(size: int) -> pa.DataType:
    """The narrowest type that counts so many names: three bytes a row less on the wire."""
    return pa.int8() if size <= 127 else pa.int16() if size <= 32767 else pa.int32()


def _distinct(numbers: np.ndarray) -> np.ndarray:
    """Each number once, in order. NumPy's own `unique` takes ten times as long on a million."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]


def _bits(size: int, rows: np.ndarray, parties: np.ndarray) -> pa.Array:
    """One bit a party, in the order of the code list."""
    bits = np.zeros(size, np.uint16)
    for bit in range(len(PARTIES)):
        bits[rows[(parties == bit) & (rows >= 0)]] |= np.uint16(1 << bit)
    return pa.array(bits)


def _lists(size: int, rows: np.ndarray, numbers: np.ndarray, names: dict[int, str]) -> pa.ListArray:
    """(row, number) pairs → for each row the list of its words, each once. Pairs with -1 in them name nothing."""
    known = (rows >= 0) & (numbers >= 0)
    rows, numbers = rows[known], numbers[known]
    # Words in their own order, not in that of the query: the same events give the same bytes.
    used = _distinct(numbers).tolist()
    words = sorted({names[number] for number in used})
    place = {word: i for i, word in enumerate(words)}
    rank = _Lookup(np.array(used, np.int64), np.array([place[names[number]] for number in used], np.int64)).of(numbers)
    pairs = _distinct(rows * max(len(words), 1) + rank)
    rows, rank = np.divmod(pairs, max(len(words), 1))
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))]).astype(np.int32)
    values = pa.DictionaryArray.from_arrays(pa.array(rank).cast(_index_type(len(words))), pa.array(words, pa.string()))
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _roots(numbers: list[int]) -> tuple[dict[int, int], dict[int, str]]:
    """({speaker: its root}, {root: its key}) for these speakers."""
    speakers = {row[0]: row for row in Speaker.objects.values_list("id", "organ_of_id", "slug")}
    roots, keys = {}, {}
    for number in numbers:
        root, seen = number, {number}
        while (above := speakers[root][1]) and above not in seen:
            seen.add(above)
            root = above
        roots[number] = root
        keys[root] = speakers[root][2] or str(root)
    return roots, keys


def _parents() -> dict[str, set[str]]:
    """{place: the places it lies in, in either administrative tree}."""
    parents: dict[str, set[str]] = {}
    for child, parent in PlaceMembership.objects.values_list("place__key", "parent__key"):
        parents.setdefault(child, set()).add(parent)
    return parents


def _with_places_above(keys: list[str]) -> set[str]:
    """These places and all they lie in: a governorate is a choice of the filter also where no event is known to it alone."""
    found = set(keys)
    parents = _parents() if keys else {}
    edge = found
    while edge := {up for key in edge for up in parents.get(key, ())} - found:
        found = found | edge
    return found


def _about(places: list[str]) -> dict[str, Any]:
    """What the columns mean: kinds of the types, the parties' bits, what these places lie in."""
    parents = _parents() if places else {}
    return {
        "kinds": {each.slug: str(each.kind) for each in EVENT_TYPES},
        "parties": PARTIES,
        "parents": {key: sorted(parents[key]) for key in places if key in parents},
        "units": {"lon": "1e-6 degree", "lat": "1e-6 degree", "code": "ISN-2021-000123 as 2021000123"},
    }
