"""What the machine proposes, and what an editor made of it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.taxonomy import TYPE_CHOICES
from sources.models import Article

from .event import Event


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def held_by_another(self, user: User) -> "CandidateQuerySet":
        """Candidates somebody else is on at this moment."""
        return self.filter(held_until__gt=timezone.now()).exclude(held_by=user)

    def waiting(self) -> "CandidateQuerySet":
        """Candidates nobody has judged, newest article first, in the order of the text."""
        return self.filter(verdict="").order_by(F("article__published_on").desc(nulls_last=True), "-article_id", "start", "id")


class Candidate(models.Model):
    """An event or a statistic proposed from an article, with its spans. The verdict is kept: it measures the extractor."""

    class Kind(models.TextChoices):
        INCIDENT = "incident", _("Incident")
        COORDINATION = "coordination", _("Joint coordination")
        STATISTIC = "statistic", _("Statistic")

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        CORRECTED = "corrected", _("Corrected")
        MERGED = "merged", _("Merged into an event")
        REJECTED = "rejected", _("Rejected")
        STALE = "stale", _("Superseded by a later reading")

    article = models.ForeignKey(Article, models.PROTECT, related_name="candidates", verbose_name=_("article"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    type = models.CharField(_("type"), max_length=24, choices=[*TYPE_CHOICES, ("aggregate", _("Statistic"))])
    start = models.PositiveIntegerField(_("start"), help_text=_("Code points into the article's text"))
    end = models.PositiveIntegerField(_("end"))
    score = models.FloatField(_("score"), help_text=_("How sure the extractor is, 0 to 1"))
    proposal = models.JSONField(_("proposal"), help_text=_("As the extractor prints it"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True, default="")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="candidates", verbose_name=_("event"))
    corrections = models.JSONField(_("corrections"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("held by")
    )
    held_until = models.DateTimeField(_("held until"), null=True, blank=True, help_text=_("Until then nobody else may judge it"))
    skipped_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("skipped by"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
        help_text=_("The editor who split it off another candidate; empty where the machine proposed it"),
    )
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("split from"))
    written = models.JSONField(default=dict, blank=True, editable=False, help_text=_("What accepting it wrote, so that it can be undone"))

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="candidate_starts_before_it_ends"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="candidate_score_is_a_share"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", "stale"]) | Q(judged_by__isnull=False), name="candidate_verdict_has_a_judge"
            ),
            models.CheckConstraint(condition=~Q(verdict="rejected") | ~Q(reason=""), name="candidate_rejected_has_a_reason"),
            models.UniqueConstraint(fields=["article", "kind", "type", "start", "end"], condition=Q(verdict=""), name="candidate_once"),
        ]
        indexes = [models.Index(fields=["verdict", "article"])]

    def __str__(self) -> str:
        return f"{self.get_type_display()} · {self.article}"

    @property
    def current(self) -> dict[str, Any]:
        """The proposal with the editor's corrections in it."""
        return {**self.proposal, **self.corrections}

    def is_held_by_another(self, user: User) -> bool:
        """Whether somebody else is on it; a lease that has run out binds nobody."""
        return bool(self.held_until and self.held_until > timezone.now() and self.held_by_id != user.pk)
