"""So many requests in a period, evenly or in bursts: a bucket that empties at a rate.

Counted in the database when processes share it (``RATES_SHARED``), else in the memory of this one; a
database that does not answer is left alone for a while, and this process counts by itself.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import DatabaseError

from ancrage.tasks import buckets

logger = logging.getLogger("ancrage.web")
MOST_KEYS = 20_000
PLACES_OF = 60
"""A process takes one place in so many of a rate at once: 10 of 600, 1 of 50."""
REFUSED = -1
"""Places left of a visitor who has none before a moment: the database is not asked until then."""
ALONE_SECONDS = 30.0
"""How long a process counts by itself after the database failed."""


def pour(step: float, period: float, full_until: float, now: float) -> tuple[float, float]:
    """What a bucket becomes, and the seconds to wait (0: it had room).

    ``step``: seconds that one request fills of the ``period``.
    """
    drained = max(full_until, now)
    over = drained + step - now - period
    return (drained + step, 0.0) if over <= step * 1e-6 else (drained, over)


class Rate:
    """Buckets in the memory of this process (those not seen for longest leave first), or in the database.

    From the database a process takes several places at once when the rate is high, and gives them one by
    one: what it did not give is counted, for the others, as if it had.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full_until: OrderedDict[str, float] = OrderedDict()
        self._places: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock, self._asking = threading.Lock(), threading.Lock()
        self._alone_until = 0.0

    def wait(self, key: str, count: int, period: float) -> float:
        """Seconds a request of this key must wait; 0 when it may pass, and takes its place."""
        step = period / max(count, 1)
        if settings.RATES_SHARED and self._clock() >= self._alone_until:
            try:
                return self._together(key, step, period, max(1, count // PLACES_OF))
            except DatabaseError:
                logger.warning("rates are counted by this process alone")
                self._alone_until = self._clock() + ALONE_SECONDS
        return self._here(key, partial(pour, step, period))

    def _together(self, key: str, step: float, period: float, places: int) -> float:
        with self._asking:  # a process asks for itself once: its threads would only wait for each other
            left, until = self._places.pop(key, (0, 0.0))
            now = self._clock()
            if left and now < until:
                self._keep(key, max(left - 1, REFUSED), until)
                return 0.0 if left > 0 else until - now
            if places > 1 and not buckets.take(key, partial(pour, step * places, period)):
                self._keep(key, places - 1, now + period)
                return 0.0
            if over := buckets.take(key, partial(pour, step, period)):
                self._keep(key, REFUSED, now + over)
            return over

    def _keep(self, key: str, left: int, until: float) -> None:
        self._places[key] = (left, until)
        while len(self._places) > MOST_KEYS:
            self._places.popitem(last=False)

    def _here(self, key: str, poured: buckets.Pour) -> float:
        with self._lock:
            now = self._clock()
            self._full_until[key], over = poured(self._full_until.pop(key, now), now)
            while len(self._full_until) > MOST_KEYS:
                self._full_until.popitem(last=False)
        return over
