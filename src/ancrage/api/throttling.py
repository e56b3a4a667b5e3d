"""So many requests a minute for an address, evenly or in bursts; who goes over is told when to come back."""

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from ancrage.desk.rates import Rate
from ancrage.desk.visitors import mark_of

SECONDS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hour": 3600}


class AddressThrottle(BaseThrottle):
    """A bucket a visitor, that empties at the rate of ``settings.API_RATE`` (« 600/min »).

    Threads share it: ninja's own throttles keep the request under way on themselves, and cannot.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = Rate(clock)
        self._waiting = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether the bucket has room; the request takes its place in it."""
        count, _, unit = settings.API_RATE.partition("/")
        self._waiting.seconds = self._rate.wait(mark_of(request), int(count), SECONDS[unit]) or None
        return self._waiting.seconds is None

    def wait(self) -> float | None:
        """Seconds until the request just refused would be allowed."""
        seconds: float | None = getattr(self._waiting, "seconds", None)
        return seconds
