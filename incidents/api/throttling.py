"""So many requests a minute for one address, counted by the database: one count, however many processes and machines answer."""

import math
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from rest_framework.throttling import BaseThrottle

from .problems import problem

WINDOW = 60  # seconds

_COUNT = """
    INSERT INTO request_count AS kept (who, "window", used) VALUES (%s, %s, 1)
    ON CONFLICT (who) DO UPDATE SET "window" = excluded."window",
        used = CASE WHEN kept."window" = excluded."window" THEN kept.used + 1 ELSE 1 END
    RETURNING used
"""


class RequestLimits:
    """Counts in windows of a minute: whoever used up a window waits for its end, and Retry-After is exactly that.

    The API has one limit; files of everything (exports and snapshots), which cost more, have another.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.swept = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        what, limit = limit_of(request.path_info)
        if not limit:
            return self.get_response(request)
        window, reset = this_window()
        used = self._count(f"{what}:{BaseThrottle().get_ident(request)}", window)  # type: ignore[arg-type]
        if used > limit:
            response = problem(HTTPStatus.TOO_MANY_REQUESTS, f"More than {limit} requests a minute. Come back in {reset} seconds.")
            response.headers["Retry-After"] = str(reset)
        else:
            response = self.get_response(request)
        response.headers["RateLimit-Limit"] = str(limit)
        response.headers["RateLimit-Remaining"] = str(max(0, limit - used))
        response.headers["RateLimit-Reset"] = str(reset)
        return response

    def _count(self, who: str, window: int) -> int:
        if self.swept < window:
            self.swept = window
            with connection.cursor() as cursor:
                cursor.execute('DELETE FROM request_count WHERE "window" < %s', [window])
        return count(who, window)


def this_window() -> tuple[int, int]:
    """(the number of this minute, seconds to its end)."""
    now = time.time()
    window = int(now // WINDOW)
    return window, max(1, math.ceil((window + 1) * WINDOW - now))


def count(who: str, window: int) -> int:
    """One more request of theirs in this window; how many that makes."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [who[:200], window])
        return int(cursor.fetchone()[0])


class TokenLimit(BaseThrottle):
    """A token has the API's limit as well, from however many addresses it is used: one that leaked serves nobody's machine park."""

    def allow_request(self, request: Any, view: Any) -> bool:
        limit = settings.API_REQUESTS_A_MINUTE
        window, self.reset = this_window()
        return not limit or count(f"token:{request.auth.pk}", window) <= limit

    def wait(self) -> float:
        return self.reset


def limit_of(path: str) -> tuple[str, int]:
    """(what is counted together, requests a minute) of a path; 0: any number."""
    if path.startswith(("/api/", "/ogc/")):
        return "api", settings.API_REQUESTS_A_MINUTE
    if path.startswith(("/export.", "/snapshot", "/releases/")):
        return "files", settings.FILE_REQUESTS_A_MINUTE
    return "", 0
