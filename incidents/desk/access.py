"""Who may sit at the desk, and how a verb's refusal reaches the one who asked."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from incidents.curation import Clashing, CurationError
from sources.intake import IntakeError

P = ParamSpec("P")
REFUSALS = (CurationError, IntakeError, ValidationError)


class DeskRequest(HttpRequest):
    """A request by somebody who may judge candidates."""

    user: User


def desk(view: Callable[Concatenate[DeskRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Lets editors and reviewers in; asks a stranger to sign in, tells everybody else that the desk is not theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("incidents.change_candidate"):
            raise PermissionDenied
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return never_cache(guarded)


def said(given: QueryDict, name: str, *, most: int = 500) -> str:
    """What a form without a Form class says in one field: trimmed, cut at `most`, without NUL, which the database would refuse."""
    return given.get(name, "").replace("\x00", "").strip()[:most]


def seen_in(given: QueryDict) -> int | None:
    """The revision of the row that the page was made from, as its form says."""
    number = given.get("seen", "")
    return int(number) if number.isdecimal() and len(number) < 19 else None


def refusal_of(error: Exception) -> str:
    """Why a verb refused, in its own words."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def attempt(request: HttpRequest, verb: Callable[[], Any], *, form: Form | None = None, done: str = "") -> Any:
    """Run a verb. Its refusal becomes None here, and an error of the `form`, which keeps what was written and is the editor's word when it
    is sent again; without one a message on the next page."""
    try:
        with transaction.atomic():
            result = verb()
    except REFUSALS as error:
        if form is None:
            messages.error(request, refusal_of(error))
        else:
            again = gettext("Send it again to keep yours.") if isinstance(error, Clashing) else ""
            form.add_error(None, f"{refusal_of(error)} {again}".strip())
        return None
    if done:
        messages.success(request, done)
    return result if result is not None else True
