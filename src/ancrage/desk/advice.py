"""Repairs in the words of a visitor: what only the publisher of the site can do is said as such.

What a visitor can do is in the hint of the failure, and behind the links of the page.
"""

from collections.abc import Iterable

from ancrage.errors import AncrageError
from ancrage.repairs import BuildEdition, ImportAids, InstallAgain, Repair, RevertEdition, SynchroniseSources

PUBLISHER: dict[type, str] = {
    SynchroniseSources: "La personne qui publie ce site peut compléter ses données.",
    BuildEdition: "La personne qui publie ce site peut en reconstruire les données.",
    RevertEdition: "La personne qui publie ce site peut revenir à ses données précédentes.",
    InstallAgain: "La personne qui publie ce site peut l'installer de nouveau.",
    ImportAids: "La personne qui publie ce site peut importer ces aides de nouveau.",
}


def visitors_hint(error: AncrageError) -> str:
    """What to do about a failure, for somebody who has a page and no terminal."""
    return " ".join(filter(None, (error.hint, for_visitors(error.repairs))))


def for_visitors(repairs: Iterable[Repair]) -> str:
    """What only the publisher can do, in a sentence; empty when a visitor can do all of it."""
    told = [PUBLISHER[type(one)] for one in repairs if type(one) in PUBLISHER]
    return told[0] if told else ""
