"""Names in a row of a dataset, looked up: the gazetteer's place nearest to the row's point, the actor by UCDP's number or by name."""

from typing import Any

from django.contrib.gis.geos import Point

from entities.geometry import km_between
from entities.models import NEAR_KM, Actor, ActorSpelling, Place, PlaceSpelling
from extraction.text import fold
from incidents.taxonomy import PlacePrecision

# What registers put beside a name: "Qaḑā’ al Ḩawījah" and "Hawija district" are the one district.
_TITLES = frozenset(
    {"province", "governorate", "district", "subdistrict", "qada", "nahiyat", "muhafazat", "city", "town", "village", "locality", "area"}
)
_ARTICLES = frozenset(["al", "an", "ar", "as", "ash", "at", "ad", "adh", "az", "ed", "el", "es"])
_LEVELS = {PlacePrecision.DISTRICT: ("district",), PlacePrecision.GOVERNORATE: ("governorate",), PlacePrecision.COUNTRY: ("country",)}
_AROUND = ("governorate", "district")


def plain(name: str) -> str:
    """A name in any transliteration without marks, titles and articles: `al-Mawṣil`, `Mawşil district` → `mawsil`."""
    letters = fold(name).replace("'", "").replace("`", "").replace("ʿ", "").replace("ʾ", "").replace("-", " ")
    words = [word for word in letters.split() if word not in _TITLES]
    return "".join(word for word in words if word not in _ARTICLES) or "".join(words)


class Gazetteer:
    """Places by their plain names, read once for a whole file."""

    def __init__(self) -> None:
        self.places = {place.pk: place for place in Place.objects.defer("boundary")}
        self.named: dict[str, set[int]] = {}
        for place in self.places.values():
            for name in (place.name_ar, place.name_en, place.name_ckb):
                self._add(name, place.pk)
        for text, pk in PlaceSpelling.objects.values_list("text", "place"):
            self._add(text, pk)

    def _add(self, name: str, pk: int) -> None:
        if name:
            self.named.setdefault(plain(name), set()).add(pk)

    def find(self, name: str, *, precision: int | None, at: list[float] | None) -> Place | None:
        """The place of this name: of the level the precision speaks of, and not farther from the point than "near" reaches.

        None where there is no such place, or several and nothing to tell them apart.
        """
        found = [self.places[pk] for pk in self.named.get(plain(name), ())]
        levels = _LEVELS.get(PlacePrecision(precision)) if precision else None
        if levels:
            found = [place for place in found if place.level in levels]
        elif precision in (PlacePrecision.EXACT, PlacePrecision.NEAR):
            # "Kirkuk", with a point in the town, is not the governorate.
            found = [place for place in found if place.level not in ("country", "region", "governorate")]
        if at and not levels:
            point = Point(at[0], at[1], srid=4326)
            near = [(km_between(place.point, point), place.level in _AROUND, place.pk, place) for place in found if place.point]
            near = [one for one in near if one[0] <= max(NEAR_KM, one[3].radius_km or 0)]
            # A town before the district of its name.
            return min(near, key=lambda one: (one[1], one[0], one[2]))[3] if near else None
        return found[0] if len(found) == 1 else None


class Cast:
    """Actors by UCDP's number, ACLED's name and every spelling, read once for a whole file."""

    def __init__(self) -> None:
        self.numbered: dict[int, str] = {}
        self.named: dict[str, str] = {}
        for actor in Actor.objects.order_by("-pk"):
            if actor.ucdp_id:
                self.numbered[actor.ucdp_id] = actor.slug
            for name in filter(None, (actor.name_ar, actor.name_en, actor.acled_name)):
                self.named[fold(name)] = actor.slug
        for folded, slug in ActorSpelling.objects.values_list("folded", "actor__slug"):
            self.named.setdefault(folded, slug)

    def find(self, name: str, ucdp_id: int | None) -> str | None:
        """The actor's slug."""
        bare = fold(name).removesuffix(" (iraq)")
        return self.numbered.get(ucdp_id or 0) or self.named.get(fold(name)) or self.named.get(bare)


def looked_up(proposal: dict[str, Any], gazetteer: Gazetteer, cast: Cast) -> dict[str, Any]:
    """The proposal with the rows its names stand for; a name that stands for none stays as it is written."""
    return {
        **proposal,
        "places": [_placed(place, gazetteer) for place in proposal["places"]],
        "actors": [{**_without(actor, "ucdp_id"), "actor": cast.find(actor["name"], actor.get("ucdp_id"))} for actor in proposal["actors"]],
    }


def _placed(place: dict[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    precision, at = place.get("where_prec"), place.get("at")
    row = gazetteer.find(place["name"], precision=precision, at=at)
    if row is None and precision == PlacePrecision.DISTRICT and place["district"]:
        row = gazetteer.find(place["district"], precision=precision, at=None)
    if row is None and precision == PlacePrecision.GOVERNORATE and place["governorate"]:
        row = gazetteer.find(place["governorate"], precision=precision, at=None)
    known = {"place": row.key, "level": row.level} if row else {"place": None}
    return {**_without(place, "district", "governorate"), **known}


def _without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: one for name, one in value.items() if name not in names}
