"""So many requests a minute for one address, counted by the database: one count, however many processes and machines answer."""

import math
import time
from collections.abc import Callable
from http import HTTPStatus

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
        now = time.time()
        window = int(now // WINDOW)
        reset = max(1, math.ceil((window + 1) * WINDOW - now))
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
        with connection.cursor() as cursor:
            if self.swept < window:
                self.swept = window
                cursor.execute('DELETE FROM request_count WHERE "window" < %s', [window])
            cursor.execute(_COUNT, [who[:200], window])
            return int(cursor.fetchone()[0])


def limit_of(path: str) -> tuple[str, int]:
    """(what is counted together, requests a minute) of a path; 0: any number."""
    if path.startswith("/api/"):
        return "api", settings.API_REQUESTS_A_MINUTE
    if path.startswith(("/export.", "/snapshot")):
        return "files", settings.FILE_REQUESTS_A_MINUTE
    return "", 0
