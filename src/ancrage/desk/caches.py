"""The memory where made pages are kept, under a number of bytes: those not asked for longest leave first."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

MOST_BYTES = 10_000_000
"""Some twelve hundred pages, kept compressed."""


class BoundedMemory(LocMemCache):
    """Django's memory of a process, whose size is counted in bytes (``OPTIONS`` : ``MOST_BYTES``)."""

    _cache: OrderedDict[str, bytes]
    _expire_info: dict[str, Any]

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        options: Mapping[str, Any] = params.get("OPTIONS", {})
        self.most = int(options.get("MOST_BYTES", MOST_BYTES))
        super().__init__(name, params)

    @property
    def weight(self) -> int:
        """What is kept weighs so much, its keys left out."""
        return sum(map(len, self._cache.values()))

    def _set(self, key: str, value: bytes, timeout: Any = None) -> None:
        """Called with the lock: keep one, then forget the last of the list until all fits."""
        super()._set(key, value, timeout)  # type: ignore[misc]  # of Django, without types
        held = self.weight
        while held > self.most and len(self._cache) > 1:
            oldest = next(reversed(self._cache))
            held -= len(self._cache[oldest])
            del self._cache[oldest]
            self._expire_info.pop(oldest, None)
