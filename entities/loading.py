"""The gazetteer and the cast, from files into rows. Loading again changes what the file changed and deletes nothing."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import GEOSException, GEOSGeometry, Point
from django.db import transaction

from entities.models import Actor, ActorSpelling, Command, Place, PlaceMembership, PlaceSpelling
from extraction.text import fold

PLACES = Path("extraction/lexicon/places.csv")
# GeoNames' export: 19 columns, tab separated, no header (https://download.geonames.org/export/dump/readme.txt).
_GEONAMES = (
    "geonameid",
    "name",
    "asciiname",
    "alternatenames",
    "latitude",
    "longitude",
    "feature_class",
    "feature_code",
    "country",
    "cc2",
    "admin1",
    "admin2",
    "admin3",
    "admin4",
    "population",
    "elevation",
    "dem",
    "timezone",
    "modified",
)
_GEONAMES_LEVELS = {
    "PCLI": "country",
    "ADM1": "governorate",
    "ADM2": "district",
    "ADM3": "subdistrict",
    "PPL": "village",
    "PPLA": "town",
    "PPLA2": "town",
    "PPLC": "town",
    "PPLX": "village",
    "PPLL": "village",
    "MT": "natural_feature",
    "MTS": "natural_feature",
    "HLL": "natural_feature",
    "HLLS": "natural_feature",
    "VAL": "natural_feature",
    "WAD": "natural_feature",
    "STM": "natural_feature",
    "RD": "road",
    "AREA": "area",
    "RGN": "area",
    "AIRB": "facility",
    "DAM": "facility",
    "OILF": "facility",
    "INSM": "facility",
}
_DUMP_KINDS = {"ADM1": "governorate", "ADM2": "district", "ADM3": "subdistrict", "PPL": "village"}


class LoadError(Exception):
    """A file that cannot be read as places or actors at all."""


@dataclass
class Outcome:
    """What a load did: rows written, and the rows refused, each with its line, field and reason."""

    written: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass
class _Row:
    """One place as any of the forms gives it."""

    line: int
    key: str
    level: str
    name_ar: str
    name_en: str
    name_ckb: str
    spellings: list[str]
    lat: str
    lon: str
    federal: str = ""
    kurdistan: str = ""
    extent: str = ""
    radius_km: str = ""
    pcode: str = ""
    geonames_id: str = ""
    source: str = ""


def load_places(path: Path, *, tick: Callable[[int], None] = lambda n: None) -> Outcome:
    """Load a file of places: our own columns, a register with `kind` and `name_*` columns, or GeoNames' tab-separated export."""
    outcome = Outcome()
    parents: list[tuple[_Row, Place]] = []
    with transaction.atomic():
        places = {place.key: place for place in Place.objects.all()}
        known_spellings = set(PlaceSpelling.objects.values_list("place__key", "text"))
        spellings = []
        for row in _rows(path):
            tick(1)
            try:
                columns = _columns(row)
            except ValueError as error:
                outcome.refused.append(f"line {row.line}: {error}")
                continue
            place = places.get(row.key) or Place(key=row.key)
            for name, value in columns.items():
                setattr(place, name, value)
            place.save()
            places[row.key] = place
            for text in dict.fromkeys(filter(None, [row.name_ar, row.name_en, row.name_ckb, *row.spellings])):
                if (row.key, text) not in known_spellings:
                    known_spellings.add((row.key, text))
                    spellings.append(PlaceSpelling(place=place, text=text[:200], folded=fold(text)[:200]))
            parents.append((row, place))
            outcome.written += 1
        PlaceSpelling.objects.bulk_create(spellings, batch_size=2000)
        for row, place in parents:
            _memberships(row, place, places, outcome)
    return outcome


def _memberships(row: _Row, place: Place, places: dict[str, Place], outcome: Outcome) -> None:
    for hierarchy, key in (("federal", row.federal), ("kurdistan", row.kurdistan)):
        if not key:
            continue
        if key not in places or key == row.key:
            outcome.refused.append(f"line {row.line}: parent_{hierarchy}: there is no place “{key}”")
            continue
        PlaceMembership.objects.update_or_create(place=place, hierarchy=hierarchy, defaults={"parent": places[key]})


def _columns(row: _Row) -> dict[str, Any]:
    """The columns of a place; ValueError names the field and the reason."""
    if row.level not in Place.Level.values:
        raise ValueError(f"level: “{row.level}” is none of {', '.join(Place.Level.values)}")
    if not (row.name_ar or row.name_en):
        raise ValueError("name_ar: a place needs a name in Arabic or English")
    point = None
    if row.lat or row.lon:
        try:
            lat, lon = float(row.lat), float(row.lon)
        except ValueError as error:
            raise ValueError(f"lat, lon: “{row.lat}, {row.lon}” are no degrees") from error
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(f"lat, lon: {lat}, {lon} is not on earth")
        point = Point(lon, lat, srid=4326)
    boundary = None
    if row.extent:
        try:
            boundary = GEOSGeometry(row.extent, srid=4326)
        except (ValueError, GEOSException) as error:
            raise ValueError(f"extent: “{row.extent[:40]}…” is not WKT") from error
    return {
        "level": row.level,
        "name_ar": row.name_ar or row.name_en,
        "name_en": row.name_en,
        "name_ckb": row.name_ckb,
        "point": point,
        "boundary": boundary,
        "radius_km": float(row.radius_km) if row.radius_km else None,
        "pcode": row.pcode,
        "geonames_id": int(row.geonames_id) if row.geonames_id else None,
        "source": row.source,
    }


def _rows(path: Path) -> Iterator[_Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path}: {error}") from error
    head = text.split("\n", 1)[0]
    if "\t" in head and len(head.split("\t")) == len(_GEONAMES):
        yield from _geonames_rows(text)
        return
    reader = csv.DictReader(io.StringIO(text))
    columns = set(reader.fieldnames or [])
    if {"id", "level", "name_ar", "lat", "lon"} <= columns:
        yield from _own_rows(reader)
    elif {"id", "kind", "name_en", "lat", "lon"} <= columns:
        yield from _register_rows(reader)
    else:
        raise LoadError(
            f"{path}: line 1: neither our columns (id, level, name_ar, lat, lon …) nor a register's (id, kind, name_en …) nor GeoNames' 19"
        )


def _own_rows(reader: Iterable[dict[str, str]]) -> Iterator[_Row]:
    for line, row in enumerate(reader, start=2):
        get = {k: (v or "").strip() for k, v in row.items() if k}.get
        yield _Row(
            line,
            get("id", ""),
            get("level", ""),
            get("name_ar", ""),
            get("name_en", ""),
            get("name_ckb", ""),
            [s.strip() for s in get("spellings", "").split("|") if s.strip()],
            get("lat", ""),
            get("lon", ""),
            get("parent_federal", ""),
            get("parent_kurdistan", ""),
            get("extent", ""),
            get("radius_km", ""),
            get("pcode", ""),
            get("geonames_id", ""),
            get("source", ""),
        )


def _register_rows(reader: Iterable[dict[str, str]]) -> Iterator[_Row]:
    for line, row in enumerate(reader, start=2):
        get = {k: (v or "").strip() for k, v in row.items() if k}.get
        key, pcode = get("id", ""), get("pcode", "")
        own = key.removeprefix("cod:") == pcode
        # An OCHA P-code grows by its parent's: IQG13 (governorate) → IQG13Q02 → IQG13Q02N01.
        parent = pcode[:-3] if own and len(pcode) > 5 else ("" if own else pcode)
        yield _Row(
            line,
            key,
            _DUMP_KINDS.get(get("kind", ""), ""),
            get("name_ar", ""),
            get("name_en", ""),
            get("name_ku", ""),
            [s.strip() for s in get("alt_latin", "").replace("|", ";").split(";") if s.strip()],
            get("lat", ""),
            get("lon", ""),
            federal=f"cod:{parent}" if parent else "",
            pcode=pcode if own else "",
            geonames_id=key.removeprefix("gn:") if key.startswith("gn:") and key[3:].isdigit() else "",
            source=get("source", ""),
        )


def _geonames_rows(text: str) -> Iterator[_Row]:
    for line, row in enumerate(csv.DictReader(io.StringIO(text), fieldnames=_GEONAMES, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        names = [n for n in (row["alternatenames"] or "").split(",") if n]
        arabic = next((n for n in names if any("\u0621" <= c <= "\u064a" for c in n)), "")
        level = _GEONAMES_LEVELS.get(row["feature_code"] or "")
        if level:
            yield _Row(
                line,
                f"gn:{row['geonameid']}",
                level,
                arabic,
                row["name"] or "",
                "",
                names,
                row["latitude"] or "",
                row["longitude"] or "",
                geonames_id=row["geonameid"] or "",
                source="GeoNames CC BY 4.0",
            )


def load_actors(path: Path) -> Outcome:
    """Load the cast: one row an actor, spellings parted by `|`, `parent` a slug of the same file or of an actor known already."""
    outcome = Outcome()
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path}: {error}") from error
    with transaction.atomic():
        actors: dict[str, Actor] = {}
        for line, row in enumerate(rows, start=2):
            if row["kind"] not in Actor.Kind.values:
                outcome.refused.append(f"line {line}: kind: “{row['kind']}” is none of {', '.join(Actor.Kind.values)}")
                continue
            actor, _ = Actor.objects.update_or_create(
                slug=row["slug"],
                defaults={
                    **{
                        k: row.get(k) or ""
                        for k in ("kind", "name_ar", "name_en", "name_ckb", "side", "acled_name", "plover_code", "wikidata")
                    },
                    **{k: int(row[k]) if row.get(k) else None for k in ("acled_inter", "ucdp_id")},
                },
            )
            actors[actor.slug] = actor
            names = [actor.name_ar, actor.name_en, actor.name_ckb, *(row.get("spellings") or "").split("|")]
            for text in dict.fromkeys(n.strip() for n in names if n.strip()):
                ActorSpelling.objects.get_or_create(actor=actor, text=text)
            outcome.written += 1
        for line, row in enumerate(rows, start=2):
            child, parent = actors.get(row["slug"]), actors.get(row.get("parent") or "")
            if row.get("parent") and not parent:
                outcome.refused.append(f"line {line}: parent: there is no actor “{row['parent']}”")
            elif child and parent and not child.commands.exists():
                Command.objects.create(actor=child, parent=parent)
    return outcome
