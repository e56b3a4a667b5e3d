"""Words of a question put to the directory; nothing slow is imported: the command line reads them at once."""

from enum import StrEnum

MOST_ROWS = 100_000
"""Structures read at a time."""
MOST_IN_WORKBOOK = 50_000
"""Structures of a workbook, which is made whole before it is given; a CSV has no limit."""


class Employer(StrEnum):
    """Whether a structure employs; that nobody knows is an answer of its own."""

    OUI = "oui"
    NON = "non"
    INCONNU = "inconnu"


class Order(StrEnum):
    """Order of the structures; those that do not have what sorts them come last."""

    NAME = "nom"
    DISTANCE = "distance"
    COMMUNE = "commune"
    JOBS = "effectif"
    RECENT = "creation"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return ORDER_LABELS[self]

    @property
    def numeric(self) -> bool:
        """Whether what sorts is a number rather than words."""
        return self in (Order.DISTANCE, Order.JOBS, Order.RECENT)


ORDER_LABELS = {
    Order.NAME: "nom",
    Order.DISTANCE: "distance",
    Order.COMMUNE: "commune",
    Order.JOBS: "effectif, le plus grand d’abord",
    Order.RECENT: "création, la plus récente d’abord",
}


class Told(StrEnum):
    """What may be told of a structure in a list: a column each, in the order of the list."""

    SIRET = "siret"
    SIREN = "siren"
    RNA = "rna"
    NAME = "nom"
    SHOWN = "diffusible"
    ADDRESS = "adresse"
    POSTCODE = "code_postal"
    COMMUNE = "commune"
    COMMUNE_NAME = "nom_commune"
    DEPARTEMENT = "departement"
    CREATED = "creation"
    CLOSED = "fermeture"
    NAF = "naf"
    ACTIVITY = "activite"
    FAMILY = "famille"
    KINDS = "types_insertion"
    EMPLOYER = "employeur"
    BAND = "tranche"
    LOW = "salaries_bas"
    HIGH = "salaries_haut"
    ESS = "ess"
    QUARTER = "qpv"
    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    DISTANCE = "distance_km"
    FICTITIOUS = "fictif"
