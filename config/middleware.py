"""What every request and answer passes through beside Django's own middleware."""

from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.http import parse_etags

from history.models import state_of_record
from incidents.views.errors import not_taken

# No page asks for a sensor, a payment or an advertising interface, and no script that slips in may.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def keep_what_was_written(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A form of the staff's pages that is sent by nobody: whoever filled it in was signed out meanwhile, and the way to the sign-in
    page would lose what was written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_form = request.method == "POST" and request.path.startswith((reverse("desk"), reverse("admin:index")))
        if is_form and not request.user.is_authenticated and request.path != reverse("admin:login") and "Origin" in request.headers:
            return not_taken(request)
        return get_response(request)

    return middleware


def client_address(request: HttpRequest) -> str:
    """The address a login is throttled by. Behind a proxy only the last entry counts: the client may have written all before it."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


class Unchanged:
    """Answers a client that has the current answer already, before anything is read or written again for it.

    A view whose answer only a change of the record can change says so (`response.holds_until_a_change = True`). Its ETag is kept with the
    state of the record it was made in; while the record is in that state, the same question with that ETag is a 304 at once. Kept in the
    process: another one, or a restarted one, works the answer out once for itself.
    """

    MOST = 10_000
    ASKED = ("Host", "Accept", "Accept-Encoding")
    KEPT = ("ETag", "Cache-Control", "Vary", "Content-Language", "Content-Location", "Access-Control-Allow-Origin")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.known: OrderedDict[tuple[str, ...], tuple[tuple[int, int], dict[str, str]]] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("If-None-Match")
        if request.method not in ("GET", "HEAD") or not given or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        key = (request.scheme or "", request.get_full_path(), *(request.headers.get(name, "") for name in self.ASKED))
        state = state_of_record()  # before the answer is made: what is committed meanwhile makes the next answer, not none
        known = self.known.get(key)
        if known and known[0] == state and known[1]["ETag"] in parse_etags(given):
            return HttpResponseNotModified(headers=known[1])
        response = self.get_response(request)
        if getattr(response, "holds_until_a_change", False) and "ETag" in response.headers:
            self.known[key] = state, {name: response.headers[name] for name in self.KEPT if name in response.headers}
            self.known.move_to_end(key)
            while len(self.known) > self.MOST:
                self.known.popitem(last=False)
        return response
