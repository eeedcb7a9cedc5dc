"""The dashboard: what waits for whoever looks at it, with counts and first rows."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from incidents import triage
from incidents.desk.access import DeskRequest, desk
from incidents.models import Candidate, Commitment, Event, EventLink, Statistic
from sources.models import Submission, TextReuse

FIRST = 5


@dataclass(frozen=True)
class Pile:
    """One kind of work: how much of it waits, its first rows as (text, remark, address), and where all of it is."""

    name: str
    label: str
    count: int
    address: str = ""
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    remark: str = ""


@desk
@require_GET
def home(request: DeskRequest) -> HttpResponse:
    return render(
        request, "desk/home.html", {"piles": piles_of(request.user), "may_approve": request.user.has_perm("incidents.approve_event")}
    )


def event_address(event: Event) -> str:
    """Where editors see an event and act on it."""
    return reverse("desk-event", args=[event.code])


def admin_address(event: Event) -> str:
    """Where its words, days, place and ranks are written."""
    return reverse(f"admin:incidents_{'incident' if event.kind == 'incident' else 'coordinationevent'}_change", args=[event.pk])


def piles_of(user: Any) -> list[Pile]:
    """Every pile that holds something for this user; the empty ones too, so that nothing jumps about."""
    return [
        _candidates(user),
        *_events(user),
        _pile("links", _("Links to judge"), EventLink.objects.waiting().select_related("source", "target"), "desk-links", _link_row),
        _pile("reuse", _("Same words, one statement?"), TextReuse.objects.waiting(), "desk-reuse", _reuse_row),
        _pile("statistics", _("Statistics to publish"), Statistic.objects.waiting(), "desk-statistics", _statistic_row),
        _pile("commitments", _("Commitments to follow up"), Commitment.objects.waiting(), "desk-commitments", _commitment_row),
        _pile(
            "failed",
            _("Submissions that failed"),
            Submission.objects.failed(),
            "desk-jobs",
            lambda s: (s.label, s.reason, reverse("desk-jobs")),
        ),
    ]


def _pile(name: str, label: str, rows: QuerySet[Any], page: str, read: Any) -> Pile:
    return Pile(name, label, rows.count(), reverse(page), [read(row) for row in rows[:FIRST]])


def _candidates(user: Any) -> Pile:
    waiting = triage.queue_of(user).select_related("article__outlet")
    skipped = Candidate.objects.waiting().filter(skipped_by=user).count()
    rows = [(c.get_type_display(), str(c.article), reverse("desk-candidate", args=[c.pk])) for c in waiting[:FIRST]]
    remark = _("%(n)d set aside by you") % {"n": skipped} if skipped else ""
    return Pile("candidates", _("Candidates"), waiting.count(), reverse("desk-queue"), rows, remark)


def _events(user: Any) -> list[Pile]:
    piles = [("mine", _("Your drafts"), Event.objects.filter(status="draft", created_by=user))]
    if user.has_perm("incidents.approve_event"):
        piles += [
            ("review", _("In review, for you to approve"), Event.objects.reviewable_by(user)),
            ("changed", _("Changed since approval"), Event.objects.filter(changed_since_approval=True)),
        ]
    piles.append(
        ("assigned", _("Assigned to you"), Event.objects.filter(assigned_to=user).exclude(status__in=["published", "rejected", "merged"]))
    )
    return [
        Pile(name, label, rows.count(), "", [(e.title or e.code, e.code, event_address(e)) for e in rows.order_by("pk")[:FIRST]])
        for name, label, rows in piles
    ]


def _link_row(link: EventLink) -> tuple[str, str, str]:
    return f"{link.source.title} – {link.get_relation_display()} – {link.target.title}", link.get_basis_display(), reverse("desk-links")


def _reuse_row(pair: TextReuse) -> tuple[str, str, str]:
    return pair.first.exact[:90], f"{pair.containment:.0%}", reverse("desk-reuse")


def _statistic_row(row: Statistic) -> tuple[str, str, str]:
    return str(row), row.period_phrase or row.area_text, reverse("desk-statistics")


def _commitment_row(row: Commitment) -> tuple[str, str, str]:
    return str(row), row.event.code, reverse("desk-commitments")
