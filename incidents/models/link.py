"""Commitments and links: what a meeting promised, and how one event leads to another."""

import textwrap

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from history.tracking import never_deleted
from incidents.querysets import CommitmentQuerySet, EventLinkQuerySet
from sources.models import Passage

from .event import Event


class Commitment(models.Model):
    """Something a meeting or an agreement promised, and what became of it."""

    class Kind(models.TextChoices):
        MECHANISM = "mechanism", _("Mechanism")
        INTELLIGENCE = "intelligence", _("Intelligence")
        OPERATION = "operation", _("Operation")
        MEETING_SERIES = "meeting_series", _("Series of meetings")
        LOGISTICS = "logistics", _("Logistics")

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        PARTLY = "partly", _("Partly implemented")
        IMPLEMENTED = "implemented", _("Implemented")
        NOT_IMPLEMENTED = "not_implemented", _("Not implemented")
        UNKNOWN = "unknown", _("Unknown")

    event = models.ForeignKey(Event, models.PROTECT, related_name="commitments", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    text = models.TextField(_("what was promised"))
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("passage"))
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.ANNOUNCED)
    evidence = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="commitment_evidence", verbose_name=_("evidence of the status")
    )
    implemented_by = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="implements", verbose_name=_("implemented by")
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.CheckConstraint(
                condition=Q(implemented_by__isnull=True) | Q(status__in=["partly", "implemented"]),
                name="commitment_implemented_by_an_event_is_implemented",
            ),
            models.CheckConstraint(
                condition=Q(implemented_by__isnull=True) | ~Q(implemented_by=F("event")), name="commitment_not_by_itself"
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return textwrap.shorten(self.text, 80, placeholder="…")


class EventLink(models.Model):
    """One event stands in a relation to another: the source responds to, implements, follows… the target."""

    class Relation(models.TextChoices):
        RESPONDS_TO = "responds_to", _("responds to")
        RETALIATES_FOR = "retaliates_for", _("retaliates for")
        IMPLEMENTS = "implements", _("implements")
        FOLLOWS_UP = "follows_up", _("follows up")
        PART_OF = "part_of", _("is part of")
        PREPARES = "prepares", _("prepares")
        ANNOUNCES = "announces", _("announces")
        CONTINUES = "continues", _("continues")
        CONTRADICTS = "contradicts", _("contradicts")
        POSSIBLE_DUPLICATE = "possible_duplicate", _("may be the same as")

    class Basis(models.TextChoices):
        STATED = "stated", _("Stated in a text")
        INFERRED = "inferred", _("Inferred by an editor")
        SUGGESTED = "suggested", _("Suggested by the machine")

    class Status(models.TextChoices):
        OPEN = "open", _("Not judged")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    source = models.ForeignKey(Event, models.PROTECT, related_name="links_out", verbose_name=_("event"))
    target = models.ForeignKey(Event, models.PROTECT, related_name="links_in", verbose_name=_("other event"))
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    evidence = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("evidence"))
    phrase = models.CharField(_("phrase"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = EventLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between events")
        verbose_name_plural = _("links between events")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="eventlink_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="eventlink_not_to_itself"),
            models.CheckConstraint(condition=~Q(basis="stated") | Q(evidence__isnull=False), name="eventlink_stated_has_evidence"),
            models.CheckConstraint(condition=~Q(basis="suggested", status="confirmed"), name="eventlink_confirmed_by_an_editor_or_a_text"),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.source.code} {self.get_relation_display()} {self.target.code}"

    @property
    def lag_days(self) -> int | None:
        """Days from the target's first day to the source's; None where either is undated."""
        if self.source.date_start and self.target.date_start:
            return (self.source.date_start - self.target.date_start).days
        return None
