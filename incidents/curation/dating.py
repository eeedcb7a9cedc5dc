"""A report gets its day of publication, and the phrases that waited for it get their days."""

from datetime import date

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from extraction import extract
from extraction.types import DateMention
from incidents.models import Claim, Event
from sources import intake
from sources.models import Article, Passage
from sources.reuse import find_reuse

from .guard import CurationError, hold_to, locked, touched, verb


@verb(why=gettext_noop("The day of publication was entered."))
def date_article(*, article: Article, published_on: date, by: User, reason: str = "", seen: int | None = None) -> list[Event]:
    """Give the article its day and read every date phrase of its claims again from there; phrases stay as they are written.

    Returns the events whose dates may have changed.
    """
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    hold_to(article, seen, published_on=published_on)
    if published_on > article.retrieved_at.date():
        raise CurationError(_("A report cannot have been published after it was received."))
    article = intake.date_article(article=article, published_on=published_on)
    report = extract(
        article.text, published=published_on, outlet=article.outlet.name_ar if article.outlet else None, url=article.url or None
    )
    read = [event.date for event in report.events if event.date and event.date.first]
    claims = Claim.objects.filter(passage__article=article, attribute=Claim.Attribute.DATE).select_related("passage", "event")
    for claim in claims:
        found = _reading_of(claim, read)
        if not found:
            continue
        claim.date_start, claim.date_end, claim.date_prec = found.first, found.last, found.date_prec
        claim.flags = list(found.flags)
        claim.save(update_fields=["date_start", "date_end", "date_prec", "flags"])
        if claim.passage.anchor_on != found.anchor and found.anchor:
            type(claim.passage).objects.filter(pk=claim.passage_id).update(anchor_on=found.anchor)
    find_reuse(Passage.objects.filter(article=article, claims__isnull=False).select_related("article").distinct())
    events = list(Event.objects.filter(claims__in=claims).distinct().order_by("pk"))
    return [touched(locked(event)) for event in events]


def _reading_of(claim: Claim, read: list[DateMention]) -> DateMention | None:
    """What the whole article, read again, makes of this claim's phrase: the mention inside its passage, else the one nearest to it."""
    same = [mention for mention in read if mention.phrase == claim.phrase]
    return min(
        same, key=lambda m: 0 if claim.passage.start <= m.start < claim.passage.end else abs(m.start - claim.passage.start), default=None
    )
