"""Where made pages are kept: in the memory of each process, and where all of them find them if one wishes."""

from typing import Any

from ancrage.tasks.shared import CACHE_TABLE, SHARED

RATES_ALONE, DATABASE = "debits", "base"
MOST_SHARED = 1_000
"""Pages kept in the database: none is heavier than ``ancrage.desk.keeping.HEAVIEST``."""
REDIS_SECONDS = 0.5
"""A Redis that does not answer for so long is done without: no page waits for what only spares making it."""


def caches(shared: str) -> dict[str, dict[str, Any]]:
    """The caches of Django for a value of ``ANCRAGE_PARTAGE``."""
    found: dict[str, dict[str, Any]] = {
        "default": {"BACKEND": "ancrage.desk.caches.BoundedMemory", "OPTIONS": {"MAX_ENTRIES": 2_000}}
    }
    if shared == DATABASE:
        found[SHARED] = {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": CACHE_TABLE,
            "OPTIONS": {"MAX_ENTRIES": MOST_SHARED},
        }
    elif shared not in ("", RATES_ALONE):
        found[SHARED] = {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": shared,
            "OPTIONS": {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS},
        }
    return found
