"""Passages that carry the same words: found by the machine, judged by an editor."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from extraction.reuse import containment
from sources.models import Article, Outlet, Passage, Statement, TextReuse

LIKELY = 0.6
NEAR_DAYS = 4


def find_reuse(passages: Iterable[Passage]) -> list[TextReuse]:
    """Store each pair of these passages and another article's, published within days, that share most of their words.

    An article without a date counts by the day it was received, until its day is entered and its passages are looked at again.
    A dataset's rows are left out: that they are worded alike says nothing.
    """
    found = []
    by_article: dict[Article, list[Passage]] = {}
    for passage in passages:
        if not _is_dataset(passage.article):
            by_article.setdefault(passage.article, []).append(passage)
    for article, own in by_article.items():
        others = list(_near_in_time(article).values_list("pk", "exact"))
        for passage in own:
            for pk, words in others:
                share = containment(passage.exact, words)
                if share >= LIKELY:
                    first, second = sorted((passage.pk, pk))
                    found.append(TextReuse.objects.get_or_create(first_id=first, second_id=second, defaults={"containment": share})[0])
    return found


def _near_in_time(article: Article) -> QuerySet[Passage]:
    """The passages of other articles published within days of this one: never all of a large record."""
    day = article.published_on or article.retrieved_at.date()
    first, last = day - timedelta(days=NEAR_DAYS), day + timedelta(days=NEAR_DAYS)
    dated = Q(published_on__range=(first, last))
    undated = Q(published_on=None, retrieved_at__date__range=(first, last))
    near = Article.objects.filter(dated | undated).exclude(pk=article.pk).exclude(outlet__kind=Outlet.Kind.DATASET)
    return Passage.objects.filter(article__in=near.values("pk"))


def _is_dataset(article: Article) -> bool:
    return bool(article.outlet and article.outlet.kind == Outlet.Kind.DATASET)


@transaction.atomic
def judge_reuse(*, reuse: TextReuse, verdict: str, by: User, reason: str) -> TextReuse:
    """An editor's verdict. One statement: both passages quote it from now on, and all who were credited with it issue it together.

    The caller counts the events of both passages again.
    """
    reuse = TextReuse.objects.select_for_update(of=("self",)).select_related("first__statement", "second__statement").get(pk=reuse.pk)
    was_shared = reuse.verdict == TextReuse.Verdict.SAME_STATEMENT
    reuse.verdict, reuse.decided_by, reuse.decided_at, reuse.reason = verdict, by, timezone.now(), reason
    if verdict == TextReuse.Verdict.SAME_STATEMENT:
        reuse.before = reuse.before if was_shared else _share_statement(reuse.first, reuse.second)
    elif was_shared:
        _part_statements(reuse)
    reuse.save()
    return reuse


def _share_statement(first: Passage, second: Passage) -> dict[str, Any]:
    """Let both quote one statement; gives back what it takes to part them again."""
    kept, other = first.statement or second.statement, second.statement
    if kept is None:
        return {}  # neither credits anybody: two outlets' own words stay their own
    before = {"first": first.statement_id, "second": second.statement_id, "kept": kept.pk, "issuers": [s.pk for s in kept.issuers.all()]}
    if other and other != kept:
        kept.issuers.add(*other.issuers.all())
    Passage.objects.filter(pk__in=[first.pk, second.pk]).update(statement=kept)
    return before


def _part_statements(reuse: TextReuse) -> None:
    """Each passage quotes again what it quoted before the two were held to be one."""
    before, reuse.before = reuse.before, {}
    if not before:
        return
    for end in ("first", "second"):
        Passage.objects.filter(pk=getattr(reuse, f"{end}_id")).update(statement=before[end])
    Statement.objects.get(pk=before["kept"]).issuers.set(before["issuers"])
