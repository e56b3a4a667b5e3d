"""So many requests a minute for an address, evenly or in bursts; who goes over is told when to come back."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

MOST_ADDRESSES = 20_000
SECONDS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hour": 3600}


class AddressThrottle(BaseThrottle):
    """A bucket an address, that empties at the rate of ``settings.API_RATE`` (« 600/min »).

    Kept in the memory of a process, for at most ``MOST_ADDRESSES`` (those not seen for longest leave first).
    Threads share it: ninja's own throttles keep the request under way on themselves, and cannot.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full_until: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether the bucket has room; the request takes its place in it."""
        count, _, unit = settings.API_RATE.partition("/")
        period = SECONDS[unit]
        step = period / max(int(count), 1)
        address = self.get_ident(request) or ""
        with self._lock:
            now = self._clock()
            drained = max(self._full_until.pop(address, now), now)
            over = drained + step - now - period
            allowed = over <= step * 1e-6
            self._full_until[address] = drained + step if allowed else drained
            while len(self._full_until) > MOST_ADDRESSES:
                self._full_until.popitem(last=False)
        self._waiting.seconds = None if allowed else over
        return allowed

    def wait(self) -> float | None:
        """Seconds until the request just refused would be allowed."""
        seconds: float | None = getattr(self._waiting, "seconds", None)
        return seconds
