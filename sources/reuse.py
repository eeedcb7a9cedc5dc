"""Passages that carry the same words: found by the machine, judged by an editor."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from extraction.reuse import containment
from sources.models import Passage, Statement, TextReuse

LIKELY = 0.6
NEAR_DAYS = 4


def find_reuse(passages: Iterable[Passage]) -> list[TextReuse]:
    """Store each pair of these passages and another article's, published within days, that share most of their words."""
    found = []
    for passage in passages:
        others = Passage.objects.exclude(article=passage.article_id).select_related("article")
        published = passage.article.published_on
        if published:
            days = timedelta(days=NEAR_DAYS)
            others = others.filter(article__published_on__range=(published - days, published + days))
        for other in others:
            share = containment(passage.exact, other.exact)
            if share < LIKELY:
                continue
            first, second = sorted((passage, other), key=lambda p: p.pk)
            found.append(TextReuse.objects.get_or_create(first=first, second=second, defaults={"containment": share})[0])
    return found


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
