"""Outlets, their articles, and the passages quoted from them."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entities.models import Side
from history.tracking import never_deleted


class Outlet(models.Model):
    """A newspaper, agency, station, site or office that publishes."""

    class Kind(models.TextChoices):
        NEWSPAPER = "newspaper", _("Newspaper")
        AGENCY = "agency", _("News agency")
        BROADCASTER = "broadcaster", _("Broadcaster")
        WEBSITE = "website", _("Website")
        OFFICIAL_SITE = "official_site", _("Official site")
        SOCIAL = "social", _("Social media account")
        MONITOR = "monitor", _("Monitor")
        DATASET = "dataset", _("Dataset")

    class Reliability(models.TextChoices):
        A = "A", _("A – completely reliable")
        B = "B", _("B – usually reliable")
        C = "C", _("C – fairly reliable")
        D = "D", _("D – not usually reliable")
        E = "E", _("E – unreliable")
        F = "F", _("F – cannot be judged")

    class Reach(models.TextChoices):
        LOCAL = "local", _("Local")
        SUBNATIONAL = "subnational", _("Subnational")
        NATIONAL = "national", _("National")
        REGIONAL = "regional", _("Regional")
        INTERNATIONAL = "international", _("International")
        OTHER = "other", _("Other")

    name_ar = models.CharField(_("name in Arabic"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.WEBSITE)
    reach = models.CharField(_("reach"), max_length=20, choices=Reach, blank=True, help_text=_("ACLED source_scale"))
    domain = models.CharField(_("domain"), max_length=200, blank=True)
    side = models.CharField(_("side"), max_length=12, choices=Side, blank=True, help_text=_("The side it belongs to, if any"))
    reliability = models.CharField(_("reliability"), max_length=1, choices=Reliability, default=Reliability.F)
    is_sample = models.BooleanField(_("sample"), default=False, help_text=_("Invented for the sample reports"))

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name_ar"]
        constraints = [
            models.UniqueConstraint(fields=["name_ar"], name="outlet_name_once"),
            models.CheckConstraint(condition=Q(reliability__in=list("ABCDEF")), name="outlet_reliability_is_a_to_f"),
        ]

    @property
    def name(self) -> str:
        return (self.name_en if get_language() == "en" else self.name_ar) or self.name_ar

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One published text as it was received. Its words never change: a page that changed is a new version."""

    class Basis(models.TextChoices):
        GIVEN = "given", _("Given by an editor or a manifest")
        METADATA = "metadata", _("Page metadata")
        DATELINE = "dateline", _("Dateline")
        TEXT = "text", _("The text")
        UNKNOWN = "unknown", _("Unknown")

    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("outlet"))
    url = models.URLField(_("address"), max_length=2000, blank=True)
    canonical_url = models.CharField(max_length=2000, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=500, blank=True)
    byline = models.CharField(_("byline"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_basis = models.CharField(_("basis of the date"), max_length=10, choices=Basis, default=Basis.UNKNOWN)
    retrieved_at = models.DateTimeField(_("retrieved at"))
    raw = models.BinaryField(_("as received"))
    encoding = models.CharField(_("encoding"), max_length=20, default="utf-8")
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256 of what was received"), max_length=64)
    search_text = models.TextField(editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("earlier version")
    )
    is_current = models.BooleanField(_("current version"), default=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = [F("published_on").desc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(fields=["outlet", "sha256"], name="article_content_once", nulls_distinct=False),
            models.UniqueConstraint(
                fields=["canonical_url"], condition=Q(is_current=True) & ~Q(canonical_url=""), name="article_address_once"
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_basis="unknown")
                | (Q(published_on__isnull=False) & ~Q(published_basis="unknown")),
                name="article_date_has_a_basis",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="article_has_text"),
        ]
        indexes = [
            GinIndex(SearchVector("search_text", config="simple"), name="article_search"),
            models.Index(F("published_on").desc(nulls_last=True), F("id").desc(), name="article_published"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="text_never_changes", operation=pgtrigger.Update, condition=pgtrigger.AnyChange("raw", "text", "sha256")
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.outlet or _('unknown outlet')} · {self.published_on or _('undated')}"


class Passage(models.Model):
    """A quoted stretch of an article: code point offsets into its text, and the words themselves as a check."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="passages", verbose_name=_("article"))
    start = models.PositiveIntegerField(_("start"), help_text=_("Code points into the article's text"))
    end = models.PositiveIntegerField(_("end"))
    exact = models.TextField(_("exact words"))
    prefix = models.CharField(_("words before"), max_length=64, blank=True)
    suffix = models.CharField(_("words after"), max_length=64, blank=True)
    anchor_on = models.DateField(
        _("anchor date"), null=True, blank=True, help_text=_("The day the passage speaks from: “today” is this day")
    )
    statement = models.ForeignKey(
        "sources.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="passages",
        verbose_name=_("statement"),
        help_text=_("What it quotes; empty where the passage credits nobody: the outlet's own word"),
    )

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["article_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["article", "start", "end"], name="passage_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_starts_before_it_ends"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="quote_is_the_check",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("article_id", "start", "end", "exact"),
                declare=[("whole", "text")],
                func="""
                    SELECT text INTO whole FROM sources_article WHERE id = NEW.article_id;
                    IF substr(whole, NEW.start + 1, NEW."end" - NEW.start) IS DISTINCT FROM NEW.exact THEN
                        RAISE EXCEPTION 'passage % to % of article % does not hold the quoted words', NEW.start, NEW."end", NEW.article_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="passage_stays_where_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("article", "start", "end", "exact"),
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"«{self.exact[:60]}»"
