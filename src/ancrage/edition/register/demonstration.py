"""The demonstration, which stands in for what was not received: invented, and labelled so."""

from pathlib import Path

from ancrage.edition.register.places import RegisterPlaces
from ancrage.register.demonstration import DemonstrationTown, write_demonstration
from ancrage.register.lists import ListFile
from ancrage.register.sirene import SireneStock

DEMONSTRATION_DEPARTEMENT = "23"
DEMONSTRATION_SIAE = "siae.csv"
EMPHASIS = {"23077": 2500}
"""Faux-la-Montagne is the example of every page: it must have something to show."""


def demonstrated(folder: Path, places: RegisterPlaces) -> tuple[SireneStock, ListFile]:
    """A stock and a list of SIAE, written in the folder."""
    stock = write_demonstration(folder, _towns(places))
    return stock, ListFile(folder / DEMONSTRATION_SIAE, fictitious=True)


def _towns(places: RegisterPlaces) -> list[DemonstrationTown]:
    postcodes = places.postcodes()
    return [
        DemonstrationTown(
            row["code"],
            row["name"],
            row["population"] or 0,
            postcodes.get(row["code"], ""),
            emphasis=EMPHASIS.get(row["code"], 0),
        )
        for row in places.communes
        if row["departement"] == DEMONSTRATION_DEPARTEMENT
    ]
