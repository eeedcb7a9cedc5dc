"""Who says it: speakers, their statements, and the agencies a statement passed through."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entities.models import Actor
from history.tracking import never_deleted, no_circle

from .articles import Outlet, Passage


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def speaking_for(self, speakers: list[str]) -> "SpeakerQuerySet":
        """The speakers with these slugs or ids, and every organ of theirs."""
        below = """WITH RECURSIVE organs (id) AS (
                SELECT id FROM sources_speaker WHERE slug = ANY(%s) OR id::text = ANY(%s)
                UNION SELECT s.id FROM sources_speaker s JOIN organs ON s.organ_of_id = organs.id
            ) SELECT id FROM organs"""
        return self.filter(pk__in=RawSQL(below, [list(speakers), list(speakers)]))


class Speaker(models.Model):
    """A person, office, body or kind of source that is credited with words."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        OFFICE = "office", _("Office")
        BODY = "body", _("Body")
        UNNAMED_OFFICIAL = "unnamed_official", _("Unnamed official")
        SECURITY_SOURCE = "security_source", _("Security source")
        MEDICAL_SOURCE = "medical_source", _("Medical source")
        EYEWITNESS = "eyewitness", _("Eyewitness")
        ARMED_GROUP_MEDIA = "armed_group_media", _("Armed group's media")
        DOCUMENT = "document", _("Document")
        DATASET = "dataset", _("Dataset")

    UNNAMED = (Kind.UNNAMED_OFFICIAL, Kind.SECURITY_SOURCE, Kind.MEDICAL_SOURCE, Kind.EYEWITNESS)

    slug = models.SlugField(_("slug"), max_length=80, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name_ar = models.CharField(_("name in Arabic"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="speakers", verbose_name=_("actor"))
    organ_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organs",
        verbose_name=_("organ of"),
        help_text=_("The speaker it speaks for: the root of this line is the origin"),
    )
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unnamed_sources",
        verbose_name=_("outlet"),
        help_text=_("For unnamed sources: the outlet that alone knows them"),
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name_ar"]
        constraints = [
            models.CheckConstraint(condition=Q(organ_of__isnull=True) | ~Q(organ_of=F("id")), name="speaker_not_organ_of_itself"),
            models.UniqueConstraint(fields=["kind", "name_ar", "outlet"], name="speaker_once", nulls_distinct=False),
        ]
        triggers = [
            no_circle("sources_speaker", "id", "organ_of_id", says="a speaker cannot be an organ of its own organ"),
            never_deleted(),
        ]

    @property
    def name(self) -> str:
        return (self.name_en if get_language() == "en" else self.name_ar) or self.name_ar

    @property
    def root(self) -> "Speaker":
        """The origin: the speaker at the top of the line of organs."""
        seen = {self.pk}
        speaker = self
        while speaker.organ_of and speaker.organ_of.pk not in seen:
            speaker = speaker.organ_of
            seen.add(speaker.pk)
        return speaker

    @property
    def side(self) -> str:
        """The side of the root's actor, or of the outlet that alone knows an unnamed source; '' where unknown."""
        root = self.root
        if root.actor and root.actor.side:
            return root.actor.side
        return root.outlet.side if root.outlet else ""

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """One utterance or text: a communique, an interview, a claim of responsibility."""

    class Kind(models.TextChoices):
        COMMUNIQUE = "communique", _("Communiqué")
        PRESS_CONFERENCE = "press_conference", _("Press conference")
        INTERVIEW = "interview", _("Interview")
        POST = "post", _("Post")
        SPEECH = "speech", _("Speech")
        CLAIM_OF_RESPONSIBILITY = "claim_of_responsibility", _("Claim of responsibility")
        WIRE_REPORT = "wire_report", _("Wire report")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    issuers = models.ManyToManyField(Speaker, related_name="statements", verbose_name=_("issued by"))
    said_on = models.DateField(_("said on"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = [F("said_on").desc(nulls_last=True), "-id"]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} · {self.said_on or _('undated')}"


class Relay(models.Model):
    """One agency between a statement and the outlet that printed it, nearest to the outlet first."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="relays", verbose_name=_("passage"))
    position = models.PositiveSmallIntegerField(_("position"))
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="relayed", verbose_name=_("agency"))
    phrase = models.CharField(_("phrase that says so"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("relay")
        verbose_name_plural = _("relays")
        ordering = ["passage_id", "position"]
        constraints = [models.UniqueConstraint(fields=["passage", "position"], name="relay_position_once")]

    def __str__(self) -> str:
        return f"{self.outlet} ({self.phrase})"
