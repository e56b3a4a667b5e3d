"""Words of a question put to the directory; nothing slow is imported: the command line reads them at once."""

from enum import StrEnum

MOST_ROWS = 100_000
"""Structures read at a time."""


class Employer(StrEnum):
    """Whether a structure employs; that nobody knows is an answer of its own."""

    OUI = "oui"
    NON = "non"
    INCONNU = "inconnu"


class Order(StrEnum):
    """Order of the structures; those without a name, or without a place, come last."""

    NAME = "nom"
    DISTANCE = "distance"
