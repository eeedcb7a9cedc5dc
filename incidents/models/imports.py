"""Rows of another dataset on their way into the record: the file as it came, and what became of each of its rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from history.sentences import SentenceField, told
from sources.models import Article, Outlet

from .candidate import Candidate


class DatasetImport(models.Model):
    """One file of rows. It is checked first, with nothing written to the record; what the check showed is then carried out, or not."""

    class Format(models.TextChoices):
        ACLED = "acled", _("ACLED")
        GED = "ged", _("UCDP GED")
        DELETED = "deleted", _("Events that ACLED deleted")
        TABLE = "table", _("Another table")

    class Becomes(models.TextChoices):
        CANDIDATES = "candidates", _("Candidates, to be judged one by one")
        DRAFTS = "drafts", _("Draft events; what resembles a known event waits as a candidate")

    class State(models.TextChoices):
        MAPPING = "mapping", _("Its columns wait to be assigned")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked: nothing is written yet")
        RUNNING = "running", _("Being carried out")
        DONE = "done", _("Carried out")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Failed")

    MOVING = (State.CHECKING, State.RUNNING, State.UNDOING)

    dataset = models.ForeignKey(Outlet, models.PROTECT, related_name="imports", verbose_name=_("dataset"))
    format = models.CharField(_("format"), max_length=8, choices=Format)
    becomes = models.CharField(_("rows become"), max_length=10, choices=Becomes, default=Becomes.CANDIDATES)
    label = models.CharField(_("name"), max_length=300, help_text=_("The file's name"))
    raw = models.BinaryField(_("as received"))
    mapping = models.JSONField(
        _("columns"), default=dict, blank=True, help_text=_("Which of its columns holds what; remembered for the dataset's next file")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.CHECKING)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    reason = SentenceField(_("reason of the failure"), blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(reason=""), name="import_failed_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} · {self.label}"

    @property
    def as_of(self) -> str:
        """What a page shows of it, by the end of its last step; empty before the first."""
        return self.finished_at.isoformat() if self.finished_at else ""

    @property
    def is_moving(self) -> bool:
        """Whether a worker has it in hand, or will."""
        return self.state in self.MOVING


class ImportedRow(models.Model):
    """One row of an import: what it would become, why it would not, and what it became."""

    class Fate(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed since it was imported")
        SAME = "same", _("There already, unchanged")
        DELETED = "deleted", _("Deleted by its dataset")
        LEFT_OUT = "left_out", _("Left out")
        REFUSED = "refused", _("Refused")

    source = models.ForeignKey(DatasetImport, models.CASCADE, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"), help_text=_("Of the file; the header is line 1"))
    key = models.CharField(_("key"), max_length=200, blank=True, help_text=_("What the dataset itself calls the row"))
    fate = models.CharField(_("fate"), max_length=8, choices=Fate)
    problems = models.JSONField(_("problems"), default=list, blank=True, help_text=_("Pairs of column and reason"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("The cells as the article will hold them"))
    proposal = models.JSONField(_("proposal"), default=dict, blank=True, help_text=_("As the extractor prints it"))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    resembles = models.CharField(_("resembles"), max_length=15, blank=True, help_text=_("Code of the known event it may be"))
    is_done = models.BooleanField(_("done"), default=False)
    remark = SentenceField(_("remark"), blank=True, help_text=_("Why it could not be carried out or undone"))
    written = models.JSONField(default=dict, blank=True, editable=False, help_text=_("What withdrawing it changed, for its undoing"))
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="imported", verbose_name=_("article"))
    # A candidate nobody judged may give way to a later reading.
    candidate = models.ForeignKey(Candidate, models.SET_NULL, null=True, blank=True, related_name="imported", verbose_name=_("candidate"))

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["source_id", "line"]
        constraints = [
            models.UniqueConstraint(fields=["source", "line"], name="importedrow_line_once"),
            models.CheckConstraint(
                condition=~Q(fate__in=["refused", "left_out"]) | ~Q(problems=[]), name="importedrow_refused_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["source", "fate", "line"], name="importedrow_fate")]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Its problems in the language of now: pairs of column and reason."""
        return [(column, told(reason)) for column, reason in self.problems]

    def __str__(self) -> str:
        return f"{self.line}: {self.title or self.key}"
