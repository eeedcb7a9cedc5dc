"""The claim: one passage says one thing about one attribute of one event."""

from typing import Any

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entities.geometry import point_check
from entities.models import Actor, Place
from history.tracking import never_deleted
from incidents.querysets import ClaimQuerySet
from incidents.taxonomy import TYPE_CHOICES, DatePrecision, Harm, Modality, Party, PlacePrecision, Role
from sources.models import Passage

from .event import Event

_EMPTY = {
    "date": Q(date_start__isnull=True, date_end__isnull=True, date_prec__isnull=True),
    "place": Q(place__isnull=True, place_text="", where_prec__isnull=True, point__isnull=True),
    "type": Q(type=""),
    "actor": Q(actor__isnull=True, actor_text="", role=""),
    "casualties": Q(harm="", party="", low__isnull=True, high__isnull=True),
    "text": Q(text=""),
    "modality": Q(event_modality=""),
}
_FILLED = {
    # A phrase like "yesterday" in an article without a date is a claim of its own state: unresolved, no days yet.
    "date": Q(date_start__isnull=False, date_end__isnull=False, date_prec__isnull=False) | (Q(date_start__isnull=True) & ~Q(phrase="")),
    "place": Q(place__isnull=False) | ~Q(place_text=""),
    "type": ~Q(type=""),
    "actor": (Q(actor__isnull=False) | ~Q(actor_text="")) & ~Q(role=""),
    "casualties": ~Q(harm="") & ~Q(party=""),
    "text": ~Q(text=""),
    "modality": ~Q(event_modality=""),
}
_GROUPS = {
    "date": ["date"],
    "place": ["place"],
    "type": ["type"],
    "actor": ["perpetrator", "target", "participant", "responsibility"],
    "casualties": ["casualties"],
    "text": ["weapon", "outcome", "agreement_item", "operation_name"],
    "modality": ["modality"],
}


def _only(group: str) -> Q:
    """The condition that exactly the columns of this group are filled."""
    condition = Q(attribute__in=_GROUPS[group]) & _FILLED[group]
    for other, empty in _EMPTY.items():
        if other != group:
            condition &= empty
    return condition


class Claim(models.Model):
    """What one passage says of one attribute. Conflicting claims stand side by side; none is ever overwritten."""

    class Attribute(models.TextChoices):
        DATE = "date", _("Date")
        PLACE = "place", _("Place")
        TYPE = "type", _("Type")
        MODALITY = "modality", _("Whether it happened")
        PERPETRATOR = "perpetrator", _("Perpetrator")
        TARGET = "target", _("Target")
        PARTICIPANT = "participant", _("Participant")
        CASUALTIES = "casualties", _("Casualties")
        WEAPON = "weapon", _("Weapon")
        OUTCOME = "outcome", _("Outcome")
        RESPONSIBILITY = "responsibility", _("Claim of responsibility")
        AGREEMENT_ITEM = "agreement_item", _("Agreement item")
        OPERATION_NAME = "operation_name", _("Operation name")

    class Quantifier(models.TextChoices):
        EXACT = "exact", _("exactly")
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")
        ABOUT = "about", _("about")
        VAGUE = "vague", _("no figure given")

    class Polarity(models.TextChoices):
        ASSERTS = "asserts", _("Asserts")
        DENIES = "denies", _("Denies")

    class Certainty(models.TextChoices):
        FACT = "fact", _("Fact")
        ALLEGED = "alleged", _("Alleged")
        PLANNED = "planned", _("Planned")
        HYPOTHETICAL = "hypothetical", _("Hypothetical")
        HISTORICAL = "historical", _("Historical")

    class Rank(models.TextChoices):
        PREFERRED = "preferred", _("Preferred")
        NORMAL = "normal", _("Normal")
        DEPRECATED = "deprecated", _("Deprecated")

    class RankReason(models.TextChoices):
        TYPO = "typo", _("Typing error")
        SUPERSEDED = "superseded", _("Superseded")
        MISATTRIBUTED = "misattributed", _("Misattributed")
        RETRACTED = "retracted", _("Retracted")

    event = models.ForeignKey(Event, models.PROTECT, related_name="claims", verbose_name=_("event"))
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="claims", verbose_name=_("passage"))
    attribute = models.CharField(_("attribute"), max_length=16, choices=Attribute)
    phrase = models.CharField(_("phrase"), max_length=500, blank=True, help_text=_("The words that say it"))

    date_start = models.DateField(_("first day"), null=True, blank=True)
    date_end = models.DateField(_("last day"), null=True, blank=True)
    date_prec = models.PositiveSmallIntegerField(_("date precision"), choices=DatePrecision, null=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("place"))
    place_text = models.CharField(_("place as written"), max_length=300, blank=True)
    point = models.PointField(_("point"), null=True, blank=True)
    where_prec = models.PositiveSmallIntegerField(_("place precision"), choices=PlacePrecision, null=True, blank=True)
    type = models.CharField(_("type"), max_length=24, choices=TYPE_CHOICES, blank=True)
    event_modality = models.CharField(_("whether it happened"), max_length=12, choices=Modality, blank=True)
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("actor"))
    actor_text = models.CharField(_("actor as written"), max_length=300, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role, blank=True)
    harm = models.CharField(_("harm"), max_length=12, choices=Harm, blank=True)
    party = models.CharField(_("party"), max_length=16, choices=Party, blank=True)
    low = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    high = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)

    quantifier = models.CharField(_("quantifier"), max_length=10, choices=Quantifier, default=Quantifier.EXACT)
    polarity = models.CharField(_("polarity"), max_length=8, choices=Polarity, default=Polarity.ASSERTS)
    modality = models.CharField(_("modality"), max_length=14, choices=Certainty, default=Certainty.FACT)
    rank = models.CharField(_("rank"), max_length=12, choices=Rank, default=Rank.NORMAL)
    rank_reason = models.CharField(_("reason of the rank"), max_length=16, choices=RankReason, blank=True)
    note = models.TextField(_("note"), blank=True)
    flags = models.JSONField(_("warnings"), default=list, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("created by"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["event_id", "attribute", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_only("date")
                | _only("place")
                | _only("type")
                | _only("actor")
                | _only("casualties")
                | _only("text")
                | _only("modality"),
                name="claim_one_value_group",
            ),
            models.CheckConstraint(
                condition=Q(date_start__isnull=True) | Q(date_start__lte=F("date_end")), name="claim_starts_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")), name="claim_low_under_high"
            ),
            models.CheckConstraint(
                condition=(Q(rank="deprecated") & ~Q(rank_reason="")) | (~Q(rank="deprecated") & Q(rank_reason="")),
                name="claim_deprecated_has_a_reason",
            ),
            point_check("point", "claim_point_is_on_earth"),
        ]
        triggers = [never_deleted()]
        indexes = [models.Index(fields=["event", "attribute"])]

    def __str__(self) -> str:
        return f"{self.get_attribute_display()}: {self.phrase or self.text or self.value_key}"

    @staticmethod
    def toll(low: int | None, high: int | None, quantifier: str) -> dict[str, Any]:
        """The columns of a count of people, however it was given: without a figure it is vague; one figure alone is the lowest and
        the highest, but for "at least", which has no upper end, and "at most", which has no lower one."""
        if low is None and high is None:
            quantifier = Claim.Quantifier.VAGUE
        elif high is None and quantifier != Claim.Quantifier.AT_LEAST:
            high = low
        elif low is None and quantifier != Claim.Quantifier.AT_MOST:
            low = high
        return {"low": low, "high": high, "quantifier": str(quantifier)}

    @classmethod
    def of_words(cls, attribute: str, words: str, given: dict[str, Any]) -> dict[str, Any]:
        """The columns of a claim that these words of an article make, by hand: what was given, and what goes without saying."""
        given = {column: value for column, value in given.items() if value not in (None, "")}
        columns: dict[str, Any] = {}
        match attribute:
            case "date":
                if start := given.get("date_start"):
                    end = given.get("date_end", start)
                    columns = {"date_end": end, "date_prec": DatePrecision.of(start, end)}
            case "place":
                place = given.get("place")
                columns = {"place_text": words[:300], "where_prec": PlacePrecision.EXACT, "point": place.point if place else None}
            case "casualties":
                figures = cls.toll(given.get("low"), given.get("high"), given.get("quantifier", cls.Quantifier.EXACT))
                return {"phrase": words[:500], "party": Party.UNKNOWN, **given, **figures}
            case "perpetrator" | "responsibility":
                columns = {"actor_text": words[:300], "role": Role.PERPETRATOR}
            case "target" | "participant":
                columns = {"actor_text": words[:300], "role": attribute}
            case "weapon" | "outcome" | "agreement_item" | "operation_name":
                columns = {"text": words}
        return {"phrase": words[:500], **columns, **given}

    @property
    def said(self) -> str:
        """The value in words, in the language of the page."""
        match self.attribute:
            case "date":
                days = dict.fromkeys(str(day) for day in (self.date_start, self.date_end) if day)
                return " – ".join(days) or self.phrase
            case "place":
                return str(self.place or self.place_text)
            case "type":
                return self.get_type_display()
            case "modality":
                return self.get_event_modality_display()
            case "casualties":
                figures = "–".join(dict.fromkeys(str(n) for n in (self.low, self.high) if n is not None)) or self.phrase
                return f"{self.get_harm_display()}: {figures} ({self.get_party_display()})"
            case "perpetrator" | "target" | "participant" | "responsibility":
                return f"{self.actor or self.actor_text} ({self.get_role_display()})"
            case _:
                return self.text

    @property
    def is_live(self) -> bool:
        """Whether it counts: not deprecated."""
        return self.rank != self.Rank.DEPRECATED

    @property
    def value_key(self) -> tuple[object, ...]:
        """The value alone, comparable: two claims of one attribute agree where their keys are equal."""
        match self.attribute:
            case "date":
                return (self.date_start, self.date_end)
            case "place":
                return (self.place_id or self.place_text,)
            case "type":
                return (self.type,)
            case "modality":
                return (self.event_modality,)
            case "casualties":
                return (self.harm, self.party, self.low, self.high)
            case "perpetrator" | "target" | "participant" | "responsibility":
                return (self.actor_id or self.actor_text, self.role)
            case _:
                return (self.text,)
