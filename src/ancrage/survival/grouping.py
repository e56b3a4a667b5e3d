"""What the structures are compared by; light to import, so that a form may offer it."""

from enum import StrEnum


class Grouping(StrEnum):
    """The values are those of addresses and of the command line."""

    ESS = "ess"
    FAMILLE = "famille"
    ACTIVITE = "activite"
    COHORTE = "cohorte"
    QPV = "qpv"
    ZONAGE = "zonage"

    @property
    def label(self) -> str:
        """French words of a form: « comparer les… »."""
        return LABELS[self]


LABELS = {
    Grouping.ESS: "l’ESS et le reste",
    Grouping.FAMILLE: "familles",
    Grouping.ACTIVITE: "activités",
    Grouping.COHORTE: "années de création",
    Grouping.QPV: "quartiers prioritaires",
    Grouping.ZONAGE: "zonages ruraux",
}
