"""The few addresses where a document is given: their bodies may be larger than a form."""

from ancrage.desk.places import SPACE

MOST_GIVEN = 4_500_000
"""A document of four megabytes, and the form around it."""
ENDINGS = ("/joindre/", "/arreter/", "/importer/")


def most_for(path: str) -> int:
    """How many bytes an address takes; 0 when it takes no document."""
    return MOST_GIVEN if path.startswith(f"{SPACE}ateliers/") and path.endswith(ENDINGS) else 0
