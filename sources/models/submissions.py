"""What an editor hands in to be read in the background, and how far it has come."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from history.sentences import SentenceField

from .articles import Article, Outlet
from .feeds import Feed


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def open(self) -> "SubmissionQuerySet":
        """Those still waiting or being read."""
        return self.filter(state__in=[Submission.State.QUEUED, Submission.State.RUNNING])

    def failed(self) -> "SubmissionQuerySet":
        return self.filter(state=Submission.State.FAILED)


class Submission(models.Model):
    """One address, file or pasted text on its way to becoming an article. What was received is kept here until then, and after."""

    class Form(models.TextChoices):
        ADDRESS = "address", _("Web address")
        FILE = "file", _("File")
        TEXT = "text", _("Pasted text")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being read")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    class Step(models.TextChoices):
        FETCHING = "fetching", _("Fetching the page")
        READING = "reading", _("Finding text, title and date")
        PROPOSING = "proposing", _("Looking for events")

    STEPS = (Step.FETCHING, Step.READING, Step.PROPOSING)

    form = models.CharField(_("form"), max_length=8, choices=Form)
    label = models.CharField(_("name"), max_length=300, help_text=_("The file's name, the address or the first words"))
    url = models.CharField(_("address"), max_length=2000, blank=True)
    raw = models.BinaryField(_("as received"), null=True, blank=True)
    feed = models.ForeignKey(Feed, models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name=_("feed"))
    found_as = models.CharField(
        _("found as"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Digest of where a feed or a watched folder found it: found again, it is not handed in again"),
    )
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("outlet"))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    step = models.CharField(_("step"), max_length=10, choices=Step, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    reason = SentenceField(_("reason of the failure"), blank=True)
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name=_("article"))
    is_new = models.BooleanField(_("new article"), default=False)
    candidates = models.PositiveIntegerField(_("candidates"), default=0)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=(Q(form="address") & ~Q(url="")) | Q(raw__isnull=False), name="submission_holds_something"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(reason=""), name="submission_failed_has_a_reason"),
            models.CheckConstraint(condition=~Q(state="done") | Q(article__isnull=False), name="submission_done_has_an_article"),
            models.UniqueConstraint(fields=["found_as"], condition=~Q(found_as=""), name="submission_found_once"),
        ]
        indexes = [models.Index(fields=["state", "started_at"], name="submission_state")]

    def __str__(self) -> str:
        return self.label

    @property
    def steps_done(self) -> int:
        """How many of the three steps are behind it; all of them once it is done."""
        if self.state == self.State.DONE:
            return len(self.STEPS)
        return self.STEPS.index(self.Step(self.step)) if self.step else 0
