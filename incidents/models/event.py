"""The event: one row for one attack, meeting or operation, with its two proxies."""

import pgtrigger
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entities.geometry import point_check, shape_check
from entities.models import Place
from history.tracking import never_deleted
from incidents.querysets import EventManager
from incidents.taxonomy import (
    COORDINATION_TYPES,
    INCIDENT_TYPES,
    TYPE_CHOICES,
    DatePrecision,
    Grade,
    Kind,
    Modality,
    PlacePrecision,
    TimeOfDay,
)


class CodeCounter(models.Model):
    """The last number given to a code of that year. Codes are never used twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def next_code(cls, year: int) -> str:
        """A code nobody has had, like ISN-2021-000123. A transaction that is rolled back gives its number back."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO incidents_codecounter (year, last) VALUES (%s, 1)"
                " ON CONFLICT (year) DO UPDATE SET last = incidents_codecounter.last + 1 RETURNING last",
                [year],
            )
            return f"ISN-{year}-{cursor.fetchone()[0]:06d}"


# From where an event may go where; the database refuses any other step.
STEPS = [
    ("draft", ["in_review", "rejected", "merged"]),
    ("in_review", ["draft", "approved", "rejected", "merged"]),
    ("approved", ["published", "in_review", "merged"]),
    ("published", ["in_review", "merged"]),
    ("rejected", ["draft"]),
    ("merged", ["draft", "in_review", "approved", "published"]),
]


class Event(models.Model):
    """One attack, meeting or operation, as far as the claims about it agree.

    The headline columns are a cache of the resolutions, written by `curation` alone; `manage.py rebuild_events --check` finds drift.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        REJECTED = "rejected", _("Rejected")
        MERGED = "merged", _("Merged")

    code = models.CharField(_("code"), max_length=15, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    type = models.CharField(_("type"), max_length=24, choices=TYPE_CHOICES)
    title_ar = models.CharField(_("title in Arabic"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_is_edited = models.BooleanField(
        _("title written by an editor"), default=False, help_text=_("Otherwise it follows the headline values")
    )
    summary_ar = models.TextField(_("summary in Arabic"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    modality = models.CharField(_("modality"), max_length=12, choices=Modality, default=Modality.OCCURRED)

    date_start = models.DateField(_("first day"), null=True, blank=True)
    date_end = models.DateField(_("last day"), null=True, blank=True)
    date_prec = models.PositiveSmallIntegerField(_("date precision"), choices=DatePrecision, null=True, blank=True)
    time_of_day = models.CharField(_("time of day"), max_length=10, choices=TimeOfDay, blank=True)

    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("place"))
    point = models.PointField(_("point"), null=True, blank=True)
    where_prec = models.PositiveSmallIntegerField(_("place precision"), choices=PlacePrecision, null=True, blank=True)
    extent = models.GeometryField(_("extent"), null=True, blank=True)

    deaths_low = models.PositiveIntegerField(_("killed, lowest"), null=True, blank=True)
    deaths_best = models.PositiveIntegerField(_("killed, best"), null=True, blank=True)
    deaths_high = models.PositiveIntegerField(_("killed, highest"), null=True, blank=True)
    injured_low = models.PositiveIntegerField(_("wounded, lowest"), null=True, blank=True)
    injured_best = models.PositiveIntegerField(_("wounded, best"), null=True, blank=True)
    injured_high = models.PositiveIntegerField(_("wounded, highest"), null=True, blank=True)

    article_count = models.PositiveIntegerField(_("articles"), default=0)
    outlet_count = models.PositiveIntegerField(_("outlets"), default=0)
    origin_count = models.PositiveIntegerField(_("origins"), default=0)
    has_conflict = models.BooleanField(_("claims conflict"), default=False)
    grade = models.CharField(_("grade"), max_length=12, choices=Grade, default=Grade.WEAK)
    grade_reason = models.TextField(_("reason of the grade"), blank=True)
    grade_is_overridden = models.BooleanField(_("grade set by an editor"), default=False)

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name=_("merged into")
    )
    changed_since_approval = models.BooleanField(_("changed since approval"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("created by"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assigned_events", verbose_name=_("assigned to")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    search_text = models.TextField(editable=False, blank=True)

    objects = EventManager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = [F("date_start").desc(nulls_last=True), "-id"]
        permissions = [("approve_event", "Can approve and publish events")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="incident", type__in=INCIDENT_TYPES) | Q(kind="coordination", type__in=COORDINATION_TYPES),
                name="event_type_belongs_to_its_kind",
            ),
            models.CheckConstraint(condition=Q(date_start__lte=F("date_end")), name="event_starts_before_it_ends"),
            models.CheckConstraint(
                condition=Q(date_start__isnull=True, date_end__isnull=True, date_prec__isnull=True)
                | Q(date_start__isnull=False, date_end__isnull=False, date_prec__isnull=False),
                name="event_dates_come_together",
            ),
            models.CheckConstraint(condition=Q(date_prec__isnull=True) | Q(date_prec__range=(1, 5)), name="event_date_prec_is_1_to_5"),
            models.CheckConstraint(condition=Q(where_prec__isnull=True) | Q(where_prec__range=(1, 7)), name="event_where_prec_is_1_to_7"),
            models.CheckConstraint(
                condition=Q(deaths_low__isnull=True) | Q(deaths_low__lte=F("deaths_best"), deaths_best__lte=F("deaths_high")),
                name="event_deaths_in_order",
            ),
            models.CheckConstraint(
                condition=Q(injured_low__isnull=True) | Q(injured_low__lte=F("injured_best"), injured_best__lte=F("injured_high")),
                name="event_injured_in_order",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="event_merged_names_its_heir",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "published"]) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="event_published_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(created_by__isnull=True) | ~Q(approved_by=F("created_by")),
                name="event_second_person_approves",
            ),
            models.CheckConstraint(condition=~Q(status="published") | Q(published_at__isnull=False), name="event_published_has_its_time"),
            models.CheckConstraint(
                condition=~Q(grade_is_overridden=True) | ~Q(grade_reason=""), name="event_overridden_grade_has_a_reason"
            ),
            point_check("point", "event_point_is_on_earth"),
            shape_check("extent", "event_extent_is_valid"),
        ]
        indexes = [
            models.Index(F("date_start").desc(nulls_last=True), F("id").desc(), name="event_keyset"),
            models.Index("type", F("date_start").desc(nulls_last=True), F("id").desc(), name="event_type_keyset"),
            models.Index(fields=["modified_at", "id"], name="event_modified"),
            models.Index(fields=["status"], name="event_status"),
            # Few at any time: what waits for a second approval is counted without a walk through the record.
            models.Index(fields=["id"], condition=Q(changed_since_approval=True), name="event_changed"),
            GinIndex(SearchVector("search_text", config="simple"), name="event_search"),
        ]
        triggers = [
            pgtrigger.FSM(name="status_goes_step_by_step", field="status", transitions=[(a, b) for a, after in STEPS for b in after]),
            pgtrigger.Protect(
                name="code_and_maker_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("code", "kind", "created_by", "created_at"),
            ),
            pgtrigger.Trigger(
                name="public_change",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("was_shown", "boolean"), ("is_shown", "boolean"), ("moment", "timestamptz")],
                func="""
                    is_shown = NEW.status = 'published';
                    IF TG_OP = 'INSERT' THEN
                        was_shown = NEW.published_at IS NOT NULL;
                        moment = NEW.modified_at;
                    ELSE
                        was_shown = OLD.status = 'published';
                        moment = CASE WHEN NEW.modified_at <> OLD.modified_at THEN NEW.modified_at ELSE clock_timestamp() END;
                    END IF;
                    IF was_shown OR is_shown THEN
                        INSERT INTO incidents_publicchange (event_id, at, is_public) VALUES (NEW.id, moment, is_shown)
                        ON CONFLICT (event_id) DO UPDATE SET at = EXCLUDED.at, is_public = EXCLUDED.is_public;
                    END IF;
                    RETURN NULL;
                """,
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    @property
    def title(self) -> str:
        """The title in the language of the page; the other one where that is missing."""
        first, second = (self.title_en, self.title_ar) if get_language() == "en" else (self.title_ar, self.title_en)
        return first or second

    @property
    def summary(self) -> str:
        first, second = (self.summary_en, self.summary_ar) if get_language() == "en" else (self.summary_ar, self.summary_en)
        return first or second

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.code])


class _KindManager(EventManager):
    """Only the rows of one kind."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self):  # type: ignore[no-untyped-def]
        return super().get_queryset().filter(kind=self.kind)


class Incident(Event):
    """An event of kind incident."""

    objects = _KindManager(Kind.INCIDENT)  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")


class CoordinationEvent(Event):
    """An event of kind coordination."""

    objects = _KindManager(Kind.COORDINATION)  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("coordination event")
        verbose_name_plural = _("coordination events")
