"""ACLED's events as rows of this record. Codes: the ACLED codebook; its data are imported under the user's own licence, never shipped."""

from datetime import UTC, datetime, timedelta

from history.sentences import sentence as _
from incidents.interchange.reading import LAST_SECOND, Cells, Days, Reading, Toll, Where, Who
from incidents.taxonomy import DatePrecision, PlacePrecision

COLUMNS = {"event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "fatalities"}
# Of the list of events that ACLED has deleted since.
DELETED = {"event_id_cnty", "deleted_timestamp"}
COUNTRY = "Iraq"
_TYPES = {
    "armed clash": "clash",
    "government regains territory": "security_operation",
    "non-state actor overtakes territory": "armed_attack",
    "air/drone strike": "air_strike",
    "suicide bomb": "suicide_bombing",
    "shelling/artillery/missile attack": "shelling",
    "remote explosive/landmine/ied": "ied",
    "grenade": "armed_attack",
    "attack": "armed_attack",
    "abduction/forced disappearance": "abduction",
    "agreement": "agreement",
    "arrests": "arrest",
    "change to group/activity": "security_operation",
    "disrupted weapons use": "weapons_seizure",
    "looting/property destruction": "arson_destruction",
    "non-violent transfer of territory": "redeployment",
    "chemical weapon": "other_incident",
    "sexual violence": "other_incident",
    "headquarters or base established": "other_incident",
    "other": "other_incident",
}
_DEMONSTRATIONS = ("protests", "riots")
# In these ACLED names whoever did it first; in a battle the order says nothing.
_ONE_SIDED = ("violence against civilians", "explosions/remote violence")


def read(row: dict[str, str]) -> Reading:
    """One row of ACLED."""
    cells = Cells(row)
    reading = Reading(key=cells.text("event_id_cnty", is_needed=True, most=100))
    reading.title = f"ACLED {reading.key}"
    kind, sub = cells.text("event_type", is_needed=True).casefold(), cells.text("sub_event_type", is_needed=True).casefold()
    country = cells.text("country")
    if kind in _DEMONSTRATIONS:
        reading.left_out = ("event_type", _("a demonstration: this record is about attacks and joint coordination"))
    elif country and country != COUNTRY:
        reading.left_out = ("country", _("%(country)s: this record is about Iraq") % {"country": country})
    elif sub and sub not in _TYPES:
        cells.refuse("sub_event_type", _("“%(value)s” is none of ACLED's") % {"value": sub[:60]})
    dead = cells.whole("fatalities")
    reading.type, reading.type_column = _TYPES.get(sub, "other_incident"), "sub_event_type"
    if sub == "attack" and dead:
        reading.type = "killing"
    reading.days = _days(cells)
    reading.where = _where(cells)
    is_one_sided = kind in _ONE_SIDED
    for column, role in (
        ("actor1", "perpetrator" if is_one_sided else "participant"),
        ("actor2", "target" if is_one_sided else "participant"),
    ):
        if cells.text(column, most=1000):
            reading.actors.append(Who(column, cells.text(column, most=1000)[:300], role))
    for column in ("assoc_actor_1", "assoc_actor_2"):
        names = [name.strip() for name in cells.text(column, most=2000).split(";")]
        reading.actors += [Who(column, name[:300], "participant") for name in dict.fromkeys(names) if name]
    if dead:  # ACLED's 0 also stands for "none reported"
        reading.tolls = [Toll("fatalities", "killed", "mixed", dead, dead, "about")]
    reading.quoted = ["notes", "source"]
    stamp = cells.whole("timestamp", most=LAST_SECOND)
    reading.published_on = datetime.fromtimestamp(stamp, UTC).date() if stamp else None
    reading.problems = cells.problems
    return reading


def read_deleted(row: dict[str, str]) -> Reading:
    """One row of the list of deleted events: an id, and the second it was deleted."""
    cells = Cells(row)
    reading = Reading(key=cells.text("event_id_cnty", is_needed=True, most=100))
    reading.title = f"ACLED {reading.key}"
    cells.whole("deleted_timestamp", most=LAST_SECOND)
    reading.problems = cells.problems
    return reading


def _days(cells: Cells) -> Days | None:
    """time_precision 1 is the day, 2 the days around it, 3 its month."""
    day, precision = cells.day("event_date", is_needed=True), cells.code("time_precision", (1, 2, 3)) or 1
    if not day:
        return None
    if precision == 1:
        return Days(day, day, DatePrecision.DAY, ("event_date",))
    if precision == 2:
        return Days(day - timedelta(days=3), day + timedelta(days=3), DatePrecision.WEEK, ("event_date",))
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return Days(day.replace(day=1), last, DatePrecision.MONTH, ("event_date",))


def _where(cells: Cells) -> Where:
    """geo_precision 1 is the place, 2 near it, 3 its governorate."""
    precision = cells.code("geo_precision", (1, 2, 3)) or 1
    codes = {1: PlacePrecision.EXACT, 2: PlacePrecision.NEAR, 3: PlacePrecision.GOVERNORATE}
    return Where(
        "location",
        cells.text("location"),
        district=cells.text("admin2"),
        governorate=cells.text("admin1"),
        lat=cells.degrees("latitude", 90),
        lon=cells.degrees("longitude", 180),
        precision=int(codes[precision]),
    )
