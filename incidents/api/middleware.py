"""What every answer under /api/ and /ogc/ has: English, UTC, open CORS for reading, an ETag, and a problem document for each error."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from .problems import CONTENT_TYPE, problem

PATHS = ("/api/", "/ogc/")
# Under it nothing is public: no other site's script reads there, and nothing of it is kept for somebody else.
DESK = "/api/v1/desk/"
READING = "GET, HEAD, OPTIONS"
READABLE = "ETag, Link, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"


class ApiMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PATHS):
            return self.get_response(request)
        is_public = not request.path_info.startswith(DESK)
        if request.method == "OPTIONS" and is_public:
            return _open(_preflight())
        with translation.override("en"), timezone.override("UTC"):
            response = self.get_response(request)
        response.headers["Content-Language"] = "en"
        response = _conditional(request, _as_problem(response), is_public=is_public)
        return _open(response) if is_public else response


def _preflight() -> HttpResponse:
    headers = {"Access-Control-Allow-Methods": READING, "Access-Control-Max-Age": "86400"}
    return HttpResponse(status=204, headers={"Allow": READING, "Access-Control-Allow-Headers": "Accept, If-None-Match", **headers})


def _open(response: HttpResponse) -> HttpResponse:
    """Any site may read what anybody may read; never with that site's visitor's cookies."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = READABLE
    return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """The problem document for an error that was answered outside a view: no such route, a crash, a refused host."""
    is_error_page = response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR and settings.DEBUG
    if response.status_code < 400 or response.headers.get("Content-Type") == CONTENT_TYPE or is_error_page:
        return response
    answer = problem(response.status_code)
    for name in {"Allow", "Retry-After", "WWW-Authenticate"} & set(response.headers):
        answer.headers[name] = response.headers[name]
    return answer


def _conditional(request: HttpRequest, response: HttpResponse, *, is_public: bool) -> HttpResponse:
    if not is_public:
        response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization"])
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.streaming:
        return response
    is_personal = hasattr(request, "session") and request.session.accessed
    response.headers.setdefault("Cache-Control", "private, no-cache" if is_personal else "no-cache")  # keep it, but ask whether it holds
    if "ETag" not in response.headers:
        set_response_etag(response)
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    answer.holds_until_a_change = getattr(response, "holds_until_a_change", False)  # type: ignore[attr-defined]
    return answer  # type: ignore[return-value]
