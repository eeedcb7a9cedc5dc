"""The demo record: sample reports through the same verbs an editor and a reviewer use, judged by plain rules instead of people."""

import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction

from incidents import curation
from incidents.candidates import similar_events
from incidents.links import suggest_links
from incidents.models import Candidate, Event, EventLink, Statistic
from sources.models import Article, TextReuse

SAMPLES = Path(__file__).parent / "samples"
# As sure as this, a candidate is taken for one more report of an event that is known already.
SAME_EVENT = 0.7
SAME_WORDS = 0.6
# So many of the newest samples stay unjudged, so that whoever opens the desk of a new installation finds work on it.
LEFT_WAITING = 3


def demo_user(name: str, role: str) -> tuple[User, str]:
    """The demo account of that name and its password, made once and kept in the instance's own folder."""
    file = settings.VAR_DIR / "demo" / name
    user, is_new = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    if is_new or not file.exists():
        password = secrets.token_urlsafe(9)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(password, encoding="utf-8")
        user.set_password(password)
        user.save()
    user.groups.set(Group.objects.filter(name=role))
    return user, file.read_text(encoding="utf-8")


def to_judge(samples: Iterable[Article]) -> list[Article]:
    """The sample reports that the demo editor judges: all but the newest."""
    return sorted(samples, key=lambda article: (article.published_on or date.min, article.pk))[:-LEFT_WAITING]


@transaction.atomic
def curate(articles: Iterable[Article], *, editor: User, reviewer: User) -> list[Event]:
    """Accept every waiting candidate of these articles, merge what is plainly one event, judge copied words, approve and publish."""
    touched: dict[int, Event] = {}
    waiting = Candidate.objects.waiting().filter(article__in=articles).order_by("article__published_on", "article_id", "start")
    told_before: dict[int, dict[int, Event]] = {}
    for candidate in waiting:
        if candidate.kind == Candidate.Kind.STATISTIC and not candidate.proposal.get("figures"):
            continue  # nothing to keep: it waits for an editor
        if candidate.article_id not in told_before:
            told_before[candidate.article_id] = _told_before([c for c in waiting if c.article_id == candidate.article_id])
        into = told_before[candidate.article_id].get(candidate.pk)
        result = curation.accept(candidate=candidate, by=editor, into=into)
        if isinstance(result, Event):
            touched[result.pk] = result
        else:
            for row in result:
                if row.status == Statistic.Status.DRAFT:
                    curation.publish_statistic(statistic=row, by=reviewer)
    for pair in TextReuse.objects.filter(verdict=TextReuse.Verdict.PENDING, containment__gte=SAME_WORDS):
        curation.judge_reuse(pair=pair, verdict=TextReuse.Verdict.SAME_STATEMENT, by=editor, reason="The same words in both.")
    for link in EventLink.objects.filter(status=EventLink.Status.OPEN, basis=EventLink.Basis.STATED, source__in=touched):
        curation.judge_link(link=link, is_right=True, by=editor)
    for event in touched.values():
        _confirm_answer(event, by=editor)
    return [_publish(Event.objects.get(pk=pk), editor, reviewer) for pk in touched]


def _told_before(candidates: list[Candidate]) -> dict[int, Event]:
    """Which known event each candidate of one article is one more report of, the surest pairs first.

    Two candidates of one article are two events: the extractor has already put together what belongs together.
    """
    pairs = [(c, s) for c in candidates if c.kind != Candidate.Kind.STATISTIC for s in similar_events(c) if s.score >= SAME_EVENT]
    found: dict[int, Event] = {}
    for candidate, similar in sorted(pairs, key=lambda pair: -pair[1].score):
        if candidate.pk not in found and similar.event not in found.values():
            found[candidate.pk] = similar.event
    return found


def _confirm_answer(event: Event, *, by: User) -> None:
    """Of the attacks a meeting may respond to, confirm the one that most articles tell of; the other suggestions wait for an editor."""
    if event.type != "meeting" or EventLink.objects.filter(source=event, basis=EventLink.Basis.STATED).exists():
        return
    suggest_links(event)
    open_ones = EventLink.objects.filter(source=event, basis=EventLink.Basis.SUGGESTED, status=EventLink.Status.OPEN)
    told = open_ones.filter(target__article_count__gt=1).order_by("-target__article_count", "-target__date_start", "pk").first()
    if told:
        curation.judge_link(link=told, is_right=True, by=by)


def _publish(event: Event, editor: User, reviewer: User) -> Event:
    if event.status == Event.Status.DRAFT:
        event = curation.submit(event=event, by=editor)
    if event.status == Event.Status.IN_REVIEW or event.changed_since_approval:
        event = curation.approve(event=event, by=reviewer)
    if event.status == Event.Status.APPROVED:
        event = curation.publish(event=event, by=reviewer)
    return event
