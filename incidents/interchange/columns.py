"""Any other table, by a mapping of its columns to what they hold."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy, override

from extraction.text import fold
from history.sentences import sentence as _
from history.sentences import sentence_of
from incidents.interchange.reading import Cells, Days, Reading, Toll, Where, Who
from incidents.taxonomy import EVENT_TYPES, DatePrecision, PlacePrecision
from sources.intake import IntakeError, canonical_url


@dataclass(frozen=True)
class Slot:
    """Something a column may hold, and the names under which columns are known to hold it."""

    name: str
    label: object
    known_as: tuple[str, ...] = ()


SLOTS = (
    Slot(
        "key",
        gettext_lazy("The row's own number or code"),
        ("id", "event_id", "ref", "reference", "code", "no", "number", "رقم", "الرقم", "الرمز"),
    ),
    Slot("type", gettext_lazy("Type of event"), ("event_type", "category", "kind", "النوع", "نوع الحدث")),
    Slot("date", gettext_lazy("Day, or the first of several"), ("date_start", "start", "start_date", "day", "event_date", "التاريخ")),
    Slot("date_end", gettext_lazy("Last day"), ("end", "end_date", "إلى تاريخ")),
    Slot("date_prec", gettext_lazy("Date precision, 1 to 5"), ("date_precision",)),
    Slot("place", gettext_lazy("Place"), ("location", "village", "town", "where", "المكان", "الموقع", "القرية")),
    Slot("district", gettext_lazy("District"), ("adm2", "adm_2", "admin2", "القضاء")),
    Slot("governorate", gettext_lazy("Governorate"), ("province", "adm1", "adm_1", "admin1", "المحافظة")),
    Slot("latitude", gettext_lazy("Latitude"), ("lat", "y", "خط العرض")),
    Slot("longitude", gettext_lazy("Longitude"), ("lon", "lng", "long", "x", "خط الطول")),
    Slot("where_prec", gettext_lazy("Place precision, 1 to 7"), ("place_precision",)),
    Slot("killed", gettext_lazy("Killed"), ("deaths", "dead", "fatalities", "killed_low", "القتلى", "قتلى", "الشهداء")),
    Slot("killed_high", gettext_lazy("Killed, highest figure"), ("deaths_high", "killed_max")),
    Slot("wounded", gettext_lazy("Wounded"), ("injured", "injuries", "الجرحى", "جرحى")),
    Slot("perpetrator", gettext_lazy("Perpetrator"), ("attacker", "actor1", "الفاعل", "المنفذ")),
    Slot("target", gettext_lazy("Target"), ("victim", "actor2", "الهدف")),
    Slot("participant", gettext_lazy("Participants, parted by semicolons"), ("participants", "actors", "المشاركون")),
    Slot("weapon", gettext_lazy("Weapon"), ("weapons", "السلاح")),
    Slot("notes", gettext_lazy("Description"), ("description", "text", "summary", "الوصف", "التفاصيل", "ملاحظات")),
    Slot("source", gettext_lazy("Source"), ("sources", "outlet", "المصدر")),
    Slot("url", gettext_lazy("Address of the source"), ("link", "address", "الرابط")),
    Slot("published", gettext_lazy("Day the source was published"), ("published_on", "تاريخ النشر")),
)
# Not a column but a value: the type of every row, where no column gives it.
TYPE_OF_ALL = "type_of_all"


def guess(columns: tuple[str, ...]) -> dict[str, str]:
    """{slot: column}, as far as the columns' names tell."""
    names = {_plain(column): column for column in columns}
    found: dict[str, str] = {}
    for slot in SLOTS:
        known = next((names[_plain(name)] for name in (slot.name, *slot.known_as) if _plain(name) in names), None)
        if known and known not in found.values():
            found[slot.name] = known
    return found


def _plain(name: str) -> str:
    return fold(name).replace("_", " ").strip()


def complaints(mapping: dict[str, str], columns: tuple[str, ...]) -> list[str]:
    """What keeps a mapping from being used, in sentences."""
    labels = {slot.name: str(slot.label) for slot in SLOTS}
    found: list[str] = []
    strange = sorted({c for name, c in mapping.items() if name in labels and c not in columns})
    if strange:
        found.append(_("The file has no column %(columns)s.") % {"columns": ", ".join(strange)})
    unknown = sorted(set(mapping) - set(labels) - {TYPE_OF_ALL})
    if unknown:
        found.append(_("There is nothing called %(names)s that a column could hold.") % {"names": ", ".join(unknown)})
    if mapping.get(TYPE_OF_ALL) and mapping[TYPE_OF_ALL] not in {t.slug for t in EVENT_TYPES}:
        found.append(_("“%(type)s” is no type of event.") % {"type": mapping[TYPE_OF_ALL]})
    if not (mapping.get("type") or mapping.get(TYPE_OF_ALL)):
        found.append(_("Say which column holds the type of event, or choose one type for all rows."))
    if not mapping.get("date"):
        found.append(_("Say which column holds the day."))
    return found


def read(row: dict[str, str], mapping: dict[str, str]) -> Reading:
    """One row of a table whose columns hold what `mapping` says."""
    cells = Cells(row)

    def column(slot: str) -> str:
        return mapping.get(slot, "")

    reading = Reading(key=cells.text(column("key"), most=200) if column("key") else "")
    if column("key") and not reading.key:
        cells.refuse(column("key"), _("is empty"))
    if not column("key"):
        # Nothing else tells the row from others: written differently, it is another row.
        reading.key = hashlib.sha256(json.dumps(row, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
    reading.title = reading.key if column("key") else ""
    reading.type_column = column("type")
    reading.type = _type(cells, reading.type_column, mapping.get(TYPE_OF_ALL, ""))
    reading.days = _days(cells, mapping)
    reading.where = _where(cells, mapping)
    for role in ("perpetrator", "target", "participant"):
        names = cells.text(column(role), most=2000).split(";") if column(role) else []
        reading.actors += [Who(column(role), name.strip()[:300], role) for name in names if name.strip()]
    for harm, slot in (("killed", "killed"), ("wounded", "wounded")):
        low = cells.whole(column(slot)) if column(slot) else None
        high = cells.whole(column("killed_high")) if harm == "killed" and column("killed_high") else None
        if low is not None and high is not None and high < low:
            cells.refuse(column("killed_high"), _("%(high)d is below %(low)d") % {"high": high, "low": low})
        elif low is not None:
            reading.tolls.append(Toll(column(slot), harm, "mixed", low, high))
    reading.weapon_column = column("weapon") if column("weapon") and cells.text(column("weapon")) else ""
    reading.quoted = [column(slot) for slot in ("notes", "source") if column(slot)]
    reading.published_on = cells.day(column("published")) if column("published") else None
    reading.url = _url(cells, column("url"))
    reading.problems = cells.problems
    return reading


def _type(cells: Cells, column: str, otherwise: str) -> str:
    """By its code or its name in either language."""
    value = cells.text(column) if column else ""
    if not value:
        if not otherwise:
            cells.refuse(column, _("is empty"))
        return otherwise
    if found := _types().get(_plain(value)):
        return found
    cells.refuse(column, _("“%(value)s” is no type of event, by code or name") % {"value": value[:60]})
    return ""


@cache
def _types() -> dict[str, str]:
    """{code or name in either language: code}."""
    found = {_plain(type_.slug): type_.slug for type_ in EVENT_TYPES}
    for language in ("en", "ar"):
        with override(language):
            found |= {_plain(str(type_.label)): type_.slug for type_ in EVENT_TYPES}
    return found


def _days(cells: Cells, mapping: dict[str, str]) -> Days | None:
    first = cells.day(mapping["date"])
    last = (cells.day(mapping["date_end"]) if mapping.get("date_end") else None) or first
    given = cells.code(mapping["date_prec"], DatePrecision.values) if mapping.get("date_prec") else None
    if not first or not last:
        return None
    if last < first:
        cells.refuse(mapping["date_end"], _("lies before the first day"))
        return None
    return Days(first, last, given or DatePrecision.of(first, last), (mapping["date"],))


def _where(cells: Cells, mapping: dict[str, str]) -> Where | None:
    """The smallest place the row names; its precision as given, else by what is named."""
    names = {slot: cells.text(mapping[slot]) for slot in ("place", "district", "governorate") if mapping.get(slot)}
    given = cells.code(mapping["where_prec"], PlacePrecision.values) if mapping.get("where_prec") else None
    lat = cells.degrees(mapping["latitude"], 90) if mapping.get("latitude") else None
    lon = cells.degrees(mapping["longitude"], 180) if mapping.get("longitude") else None
    if (lat is None) != (lon is None) and not cells.problems:
        cells.refuse(mapping.get("latitude", "") or mapping.get("longitude", ""), _("a point needs latitude and longitude"))
    for slot, code in (("place", PlacePrecision.EXACT), ("district", PlacePrecision.DISTRICT), ("governorate", PlacePrecision.GOVERNORATE)):
        if names.get(slot):
            above = {"district": names.get("district", ""), "governorate": names.get("governorate", "")}
            return Where(mapping[slot], names[slot], **above, lat=lat, lon=lon, precision=given or int(code))
    if lat is None or lon is None:
        return None
    return Where(mapping["latitude"], f"{lat}, {lon}", lat=lat, lon=lon, precision=given or int(PlacePrecision.EXACT))


def _url(cells: Cells, column: str) -> str:
    url = cells.text(column, most=2000) if column else ""
    if url:
        try:
            canonical_url(url)
        except IntakeError as error:
            cells.refuse(column, sentence_of(error))
    return url
