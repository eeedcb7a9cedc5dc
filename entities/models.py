"""Places and actors: the gazetteer and the cast, with every spelling the press gives them."""

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entities.geometry import km_between, point_check, shape_check
from extraction.text import fold
from history.tracking import no_circle

NEAR_KM = 25.0
KM_A_DEGREE = 111.0


class Named(models.Model):
    """Something with a name in Arabic, English and Sorani Kurdish."""

    name_ar = models.CharField(_("name in Arabic"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ckb = models.CharField(_("name in Kurdish"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name in the language of the page; the Arabic one where that is missing."""
        return (self.name_en if get_language() == "en" else self.name_ar) or self.name_ar or self.name_en

    def __str__(self) -> str:
        return self.name


class Spelling(models.Model):
    """A further spelling, in any script, with the days it was in use where that is known."""

    text = models.CharField(_("spelling"), max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    used_from = models.DateField(_("used from"), null=True, blank=True)
    used_to = models.DateField(_("used to"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class PlaceQuerySet(models.QuerySet["Place"]):
    def named(self, text: str) -> "PlaceQuerySet":
        """Places one of whose names or spellings is `text`, spelling variants folded."""
        return self.filter(spellings__folded=fold(text)).distinct()

    def matching(self, text: str) -> "PlaceQuerySet":
        """Places with a name or spelling that holds `text`, for autocompletion."""
        return self.filter(spellings__folded__contains=fold(text)).distinct()

    def inside(self, keys: list[str]) -> "PlaceQuerySet":
        """The places with these keys and every place that lies in them, in either administrative tree."""
        below = """WITH RECURSIVE inside (id) AS (
                SELECT id FROM entities_place WHERE key = ANY(%s)
                UNION SELECT m.place_id FROM entities_placemembership m JOIN inside ON m.parent_id = inside.id
            ) SELECT id FROM inside"""
        return self.filter(pk__in=RawSQL(below, [list(keys)]))


class Place(Named):
    """A row of the gazetteer."""

    class Level(models.TextChoices):
        COUNTRY = "country", _("Country")
        REGION = "region", _("Region")
        GOVERNORATE = "governorate", _("Governorate")
        DISTRICT = "district", _("District")
        SUBDISTRICT = "subdistrict", _("Subdistrict")
        TOWN = "town", _("Town")
        VILLAGE = "village", _("Village")
        NATURAL_FEATURE = "natural_feature", _("Natural feature")
        ROAD = "road", _("Road")
        AREA = "area", _("Area")
        FACILITY = "facility", _("Facility")

    key = models.CharField(
        _("key"), max_length=60, unique=True, help_text=_("gn:… (GeoNames), cod:… (OCHA P-code) or isnad:… (our own row)")
    )
    level = models.CharField(_("level"), max_length=20, choices=Level)
    point = models.PointField(_("point"), null=True, blank=True)
    boundary = models.GeometryField(_("boundary"), null=True, blank=True, help_text=_("Polygon or line, where the place has one"))
    radius_km = models.FloatField(_("radius in km"), null=True, blank=True)
    pcode = models.CharField(_("P-code"), max_length=20, blank=True)
    geonames_id = models.PositiveIntegerField(_("GeoNames id"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name_ar"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    level__in=[
                        "country",
                        "region",
                        "governorate",
                        "district",
                        "subdistrict",
                        "town",
                        "village",
                        "natural_feature",
                        "road",
                        "area",
                        "facility",
                    ]
                ),
                name="place_level_is_known",
            ),
            models.CheckConstraint(condition=Q(radius_km__isnull=True) | Q(radius_km__gte=0), name="place_radius_is_not_negative"),
            point_check("point", "place_point_is_on_earth"),
            shape_check("boundary", "place_boundary_is_valid"),
        ]
        indexes = [models.Index(fields=["level"]), models.Index(fields=["pcode"])]

    @property
    def reach_km(self) -> float:
        """How far from its point the place may still be meant: its own radius, else 25 km, the reach of "near" (GED where_prec 2)."""
        return max(self.radius_km or 0.0, NEAR_KM)

    def is_outside(self, point: Point) -> bool:
        """Whether the point cannot be meant: outside the place's own outline, or far from its line; without either, beyond its reach
        or outside the nearest outlined place that it lies in, by every administration that claims it."""
        if self.boundary:
            is_area = self.boundary.dims == 2
            return not self.boundary.covers(point) if is_area else self.boundary.distance(point) * KM_A_DEGREE > self.reach_km
        if self.point and km_between(self.point, point) > self.reach_km:
            return True
        lines = [self.ancestors(hierarchy) for hierarchy in PlaceMembership.Hierarchy.values]
        outlines = [next((place.boundary for place in line if place.boundary and place.boundary.dims == 2), None) for line in lines]
        return any(outlines) and not any(outline and outline.covers(point) for outline in outlines)

    def parent_in(self, hierarchy: str) -> "Place | None":
        """The place directly above this one in that administrative tree."""
        row = self.memberships.filter(hierarchy=hierarchy).select_related("parent").first()
        return row.parent if row else None

    def ancestors(self, hierarchy: str = "federal") -> list["Place"]:
        """The places above this one, nearest first."""
        found: list[Place] = []
        above = self.parent_in(hierarchy)
        while above and above not in found:
            found.append(above)
            above = above.parent_in(hierarchy) or (above.parent_in("federal") if hierarchy != "federal" else None)
        return found


class PlaceSpelling(Spelling):
    """A spelling of a place in the press, in a register or on a map."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="spellings", verbose_name=_("place"))

    class Meta:
        verbose_name = _("spelling of a place")
        verbose_name_plural = _("spellings of places")
        constraints = [models.UniqueConstraint(fields=["place", "text"], name="placespelling_once")]
        indexes = [models.Index(fields=["folded"]), GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="placespelling_trgm")]


class PlaceMembership(models.Model):
    """Which place lies under which, in which administration: federal Iraq and the Kurdistan Region both claim some."""

    class Hierarchy(models.TextChoices):
        FEDERAL = "federal", _("Federal Iraq")
        KURDISTAN = "kurdistan", _("Kurdistan Region")

    place = models.ForeignKey(Place, models.CASCADE, related_name="memberships", verbose_name=_("place"))
    parent = models.ForeignKey(Place, models.CASCADE, related_name="members", verbose_name=_("lies in"))
    hierarchy = models.CharField(_("administration"), max_length=12, choices=Hierarchy)

    class Meta:
        verbose_name = _("membership of a place")
        verbose_name_plural = _("memberships of places")
        constraints = [
            models.UniqueConstraint(fields=["place", "hierarchy"], name="placemembership_one_parent_a_tree"),
            models.CheckConstraint(condition=~Q(place=F("parent")), name="placemembership_not_in_itself"),
            models.CheckConstraint(condition=Q(hierarchy__in=["federal", "kurdistan"]), name="placemembership_hierarchy_is_known"),
        ]
        triggers = [
            no_circle(
                "entities_placemembership", "place_id", "parent_id", also="hierarchy", says="a place cannot lie in a place that lies in it"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} ‹ {self.parent} ({self.get_hierarchy_display()})"


class Side(models.TextChoices):
    """Who an actor or an outlet stands with; corroboration asks whether two origins stand on two sides."""

    IRAQ = "iraq", _("Federal Iraq")
    KURDISTAN = "kurdistan", _("Kurdistan Region")
    COALITION = "coalition", _("Coalition")
    ISIS = "isis", _("ISIS")
    CIVILIANS = "civilians", _("Civilians")
    OTHER = "other", _("Other")


class ActorQuerySet(models.QuerySet["Actor"]):
    def named(self, text: str) -> "ActorQuerySet":
        """Actors one of whose names or spellings is `text`, spelling variants folded."""
        return self.filter(spellings__folded=fold(text)).distinct()

    def matching(self, text: str) -> "ActorQuerySet":
        """Actors with a name or spelling that holds `text`, for autocompletion."""
        return self.filter(spellings__folded__contains=fold(text)).distinct()


class Actor(Named):
    """An armed force, unit, body, office, person or group."""

    class Kind(models.TextChoices):
        STATE_MILITARY = "state_military", _("State military")
        REGIONAL_MILITARY = "regional_military", _("Regional military")
        POLICE = "police", _("Police")
        PARAMILITARY_STATE = "paramilitary_state", _("State paramilitary")
        TRIBAL = "tribal", _("Tribal force")
        REBEL_TERRORIST = "rebel_terrorist", _("Rebel or terrorist group")
        FOREIGN_MILITARY = "foreign_military", _("Foreign military")
        COALITION = "coalition", _("Coalition")
        EXECUTIVE_OFFICE = "executive_office", _("Executive office")
        MINISTRY = "ministry", _("Ministry")
        CIVILIANS = "civilians", _("Civilians")
        UNIDENTIFIED = "unidentified", _("Unidentified armed group")
        MEDIA = "media", _("Media")
        PERSON = "person", _("Person")
        OTHER = "other", _("Other")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    side = models.CharField(_("side"), max_length=12, choices=Side, blank=True)
    acled_name = models.CharField(_("ACLED name"), max_length=200, blank=True)
    acled_inter = models.PositiveSmallIntegerField(_("ACLED inter code"), null=True, blank=True)
    ucdp_id = models.PositiveIntegerField(_("UCDP id"), null=True, blank=True)
    plover_code = models.CharField(_("PLOVER code"), max_length=20, blank=True)
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["name_ar"]
        constraints = [
            models.CheckConstraint(
                condition=Q(acled_inter__isnull=True) | Q(acled_inter__range=(1, 8)), name="actor_acled_inter_is_1_to_8"
            ),
        ]

    def parent_on(self, day: object = None) -> "Actor | None":
        """Whose command the actor stood under on that day; without a day, the command that has no end."""
        commands = self.commands.select_related("parent")
        row = commands.filter(period__contains=day).first() if day else commands.filter(period__upper_inf=True).first()
        return row.parent if row else None


class ActorSpelling(Spelling):
    """A spelling or a by-name of an actor."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="spellings", verbose_name=_("actor"))

    class Meta:
        verbose_name = _("spelling of an actor")
        verbose_name_plural = _("spellings of actors")
        constraints = [models.UniqueConstraint(fields=["actor", "text"], name="actorspelling_once")]
        indexes = [models.Index(fields=["folded"]), GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="actorspelling_trgm")]


class Command(models.Model):
    """A unit's place in a chain of command, for as long as it held."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="commands", verbose_name=_("actor"))
    parent = models.ForeignKey(Actor, models.CASCADE, related_name="commanded", verbose_name=_("stands under"))
    period = DateRangeField(_("period"), default=(None, None), help_text=_("First day and the day after the last; empty ends are open"))

    class Meta:
        verbose_name = _("command")
        verbose_name_plural = _("chain of command")
        constraints = [
            models.CheckConstraint(condition=~Q(actor=F("parent")), name="command_not_under_itself"),
            ExclusionConstraint(
                name="command_one_parent_at_a_time", expressions=[("actor", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} ‹ {self.parent}"
