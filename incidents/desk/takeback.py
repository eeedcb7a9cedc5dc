"""Going back: the editor's last verdict on a link, a pair of passages or a statistic, so that the row waits again as it did; and any
value that a person wrote or decided, from the history."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from history.models import Revision
from history.reading import steps_of
from history.words import verb_label
from incidents import curation
from incidents.desk.access import DeskRequest, attempt, desk, said
from sources.models import TextReuse

# The page of the desk: (the verbs that give a verdict there, the table of its rows).
VERDICTS: dict[str, tuple[tuple[str, ...], str]] = {
    "links": (("judge_link",), "incidents_eventlink"),
    "reuse": (("judge_reuse",), "sources_textreuse"),
    "statistics": (("publish_statistic", "reject_statistic"), "incidents_statistic"),
}


def last_verdict(user: User, page: str) -> dict[str, Any] | None:
    """What this editor judged last on a page today, if nobody has touched the row since: its revision, and in words what was done."""
    verbs, table = VERDICTS[page]
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    given = Revision.objects.filter(table=table, change__by=user, change__at__gte=midnight, operation=Revision.Operation.UPDATE)
    last = given.select_related("change").order_by("-pk").first()
    # What was taken back is a verdict no more.
    if last is None or last.change.verb not in verbs or last.state.get("verdict") == TextReuse.Verdict.PENDING:
        return None
    if Revision.objects.filter(table=table, row=last.row, pk__gt=last.pk).exists():
        return None
    return {"page": page, "revision": last, "done": verb_label(last.change.verb), "at": timezone.localtime(last.change.at)}


@desk
@require_POST
def take_back(request: DeskRequest, page: str) -> HttpResponse:
    """Take back the verdict the editor gave last on this page."""
    if page not in VERDICTS:
        return HttpResponse(status=404)
    last = last_verdict(request.user, page)
    if last is None:
        messages.error(request, _("There is no verdict of yours to take back."))
        return redirect(f"desk-{page}")
    attempt(request, lambda: _undo(page, last["revision"], request.user), done=_("Undone: it waits again."))
    return redirect(f"desk-{page}")


def _undo(page: str, revision: Revision, by: User) -> Any:
    reason = gettext_noop("The verdict was taken back.")
    if page == "reuse":
        pair = TextReuse.objects.get(pk=revision.row)
        return curation.judge_reuse(pair=pair, verdict=TextReuse.Verdict.PENDING, by=by, reason=reason)
    return curation.revert(revision=revision, by=by, reason=reason)


@desk
@require_POST
def set_back(request: DeskRequest, number: int) -> HttpResponse:
    """Give a row the values it had before this revision, for a reason; back to the page that showed it. Refused, it asks once more."""
    revision = get_object_or_404(Revision.objects.select_related("change__by"), pk=number)
    reason, back = said(request.POST, "reason", most=2000), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("desk")
    try:
        curation.revert(revision=revision, by=request.user, reason=reason)
    except curation.CurationError as error:
        context = {"revision": revision, "steps": steps_of([revision]), "reason": reason, "back": back, "refused": error}
        return render(request, "desk/set_back.html", context, status=400)
    messages.success(request, _("Set back to what it was."))
    return redirect(back)
