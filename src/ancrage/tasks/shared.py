"""Names of what several processes share."""

SHARED = "shared"
"""Name of the cache where they find each other's pages, when there is one."""
CACHE_TABLE = "ancrage_pages"
"""Its table in the database; made in all cases, used when that is asked."""
