"""UCDP's Georeferenced Event Dataset (GED) as rows of this record. Codes and rules: the GED codebook."""

from history.sentences import sentence as _
from incidents.interchange.reading import Cells, Days, Reading, Toll, Where, Who
from incidents.taxonomy import DatePrecision, PlacePrecision

COLUMNS = {"id", "type_of_violence", "date_prec", "where_prec", "deaths_a", "deaths_b", "best"}
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
COUNTRY = "Iraq"
# Whose dead a side's are, by the beginning of its name.
_PARTIES = (
    ("Government of Iraq", "isf"),
    ("Government of Australia", "coalition"),
    ("Government of United", "coalition"),
    ("Islamic State", "isis"),
    ("Civilians", "civilian"),
)
_EXACT_PARTIES = {"IS": "isis", "KDP": "peshmerga", "PUK": "peshmerga"}


def read(row: dict[str, str]) -> Reading:
    """One row of GED. Refused where its own rules do not hold: best is the sum of the deaths, days fit date_prec."""
    cells = Cells(row)
    reading = Reading(key=cells.text("id", is_needed=True, most=100))
    reading.title = f"UCDP GED {reading.key}"
    country = cells.text("country")
    if country and country != COUNTRY:
        reading.left_out = ("country", _("%(country)s: this record is about Iraq") % {"country": country})
    violence = cells.code("type_of_violence", (STATE_BASED, NON_STATE, ONE_SIDED), is_needed=True)
    reading.type, reading.type_column = ("killing" if violence == ONE_SIDED else "clash"), "type_of_violence"
    reading.days = _days(cells)
    reading.where = _where(cells)
    sides = [("side_a", cells.text("side_a", most=500)), ("side_b", cells.text("side_b", most=500))]
    roles = ("perpetrator", "target") if violence == ONE_SIDED else ("participant", "participant")
    for (column, name), role in zip(sides, roles, strict=True):
        if name:
            reading.actors.append(Who(column, name[:300], role, cells.whole(f"{column}_new_id")))
    best = cells.whole("best")
    if best is not None and not (cells.whole("low") or 0) <= best <= (cells.whole("high") or best):
        reading.flags.append("figures_out_of_order")  # so in one row of a hundred
    reading.tolls = _tolls(cells, dict(sides))
    reading.quoted = ["source_headline", "source_original"]
    reading.problems = cells.problems
    return reading


def _days(cells: Cells) -> Days | None:
    first, last = cells.day("date_start", is_needed=True), cells.day("date_end", is_needed=True)
    precision = cells.code("date_prec", DatePrecision.values, is_needed=True)
    if not (first and last and precision):
        return None
    if last < first:
        cells.refuse("date_end", _("lies before date_start"))
        return None
    if DatePrecision.of(first, last) != precision:
        cells.refuse("date_prec", _("%(code)d does not fit %(n)d days from first to last") % {"code": precision, "n": (last - first).days})
        return None
    return Days(first, last, precision, ("date_start", "date_end"))


def _where(cells: Cells) -> Where:
    return Where(
        "where_coordinates",
        cells.text("where_coordinates", most=1000)[:300],
        district=cells.text("adm_2"),
        governorate=cells.text("adm_1"),
        lat=cells.degrees("latitude", 90),
        lon=cells.degrees("longitude", 180),
        precision=cells.code("where_prec", PlacePrecision.values, is_needed=True),
    )


def _tolls(cells: Cells, sides: dict[str, str]) -> list[Toll]:
    deaths = {column: cells.whole(column, is_needed=True) for column in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")}
    low, best, high = (cells.whole(column, is_needed=True) for column in ("low", "best", "high"))
    if low is None or best is None or high is None or None in deaths.values():
        return []
    together = sum(n for n in deaths.values() if n)
    if together != best:
        cells.refuse("best", _("%(best)d is not the sum of the four columns of deaths, %(sum)d") % {"best": best, "sum": together})
    whose = {
        "deaths_a": party_of(sides["side_a"]),
        "deaths_b": party_of(sides["side_b"]),
        "deaths_civilians": "civilian",
        "deaths_unknown": "unknown",
    }
    tolls = [Toll("best", "killed", "mixed", best, max(best, high))]
    if low < best:
        tolls.append(Toll("low", "killed", "mixed", low, None, "at_least"))
    return tolls + [Toll(column, "killed", whose[column], n, n) for column, n in deaths.items() if n]


def party_of(side: str) -> str:
    """Whose dead the dead of this side are."""
    if side in _EXACT_PARTIES:
        return _EXACT_PARTIES[side]
    return next((party for name, party in _PARTIES if side.startswith(name)), "other_armed")
