"""The sources contacts are read from, the one to prefer first."""

LIVE = "annuaire-administration"
"""The live directory of the administration: what it says of a desk wins over any other source."""
LISTS: tuple[tuple[str, str], ...] = (
    ("delegations-anct", "services"),
    ("ddets", "services"),
    ("dreets", "services"),
    ("france-travail-agences", "agences"),
    ("reseaux-ess", "contacts"),
    ("annuaire-administration-2019", "services"),
)
"""Source and resource of each list, in the order in which they are believed."""
SOURCES = (LIVE, *(source for source, _ in LISTS))
