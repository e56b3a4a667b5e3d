"""The sources contacts are read from, the one to prefer first."""

PUBLISHER = "contacts-editeur"
"""What the publisher of a site adds in a file: it knows its own territory better than any list."""
LIVE = "annuaire-administration"
"""The live directory of the administration: what it says of a desk wins over any list."""
LISTS: tuple[tuple[str, str], ...] = (
    ("delegations-anct", "services"),
    ("ddets", "services"),
    ("dreets", "services"),
    ("france-travail-agences", "agences"),
    ("annuaire-france-services", "espaces"),
    ("reseaux-ess", "contacts"),
    ("annuaire-administration-2019", "services"),
)
"""Source and resource of each list, in the order in which they are believed."""
SOURCES = (PUBLISHER, LIVE, *(source for source, _ in LISTS))
