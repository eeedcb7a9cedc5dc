"""So many requests a minute for one address, with headers that say how many are left and when they come back."""

import math
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

WINDOW = 60  # seconds


class Throttle(BaseThrottle):
    """Counts in windows of a minute: whoever used up a window waits for its end, and Retry-After is exactly that."""

    remaining, reset, limit = 0, 0, 0

    def allow_request(self, request: Request, view: Any) -> bool:
        self.limit = settings.API_REQUESTS_A_MINUTE
        if not self.limit:
            return True
        now = time.time()
        window = int(now // WINDOW)
        self.reset = max(1, math.ceil((window + 1) * WINDOW - now))
        key = f"api:{self.get_ident(request)}:{window}"
        cache.add(key, 0, 2 * WINDOW)
        try:
            used = cache.incr(key)
        except ValueError:  # the cache dropped the counter in between
            used = 1
        self.remaining = max(0, self.limit - used)
        request._request.rate_limit = self  # type: ignore[attr-defined]
        return used <= self.limit

    def wait(self) -> float:
        return self.reset

    def headers(self) -> dict[str, str]:
        return {"RateLimit-Limit": str(self.limit), "RateLimit-Remaining": str(self.remaining), "RateLimit-Reset": str(self.reset)}
