"""The authorities that may pull a lever; light to import, so that a form may offer them."""

from enum import StrEnum

from ancrage.territories.codes import Kind


class Authority(StrEnum):
    """Who may pull a lever; the values are those of addresses and of the command line."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    ETAT = "etat"
    CAF = "caf"


AUTHORITY_OF = {
    Kind.COMMUNE: Authority.COMMUNE,
    Kind.EPCI: Authority.EPCI,
    Kind.DEPARTEMENT: Authority.DEPARTEMENT,
    Kind.REGION: Authority.REGION,
}
"""The authority of a territory that has one of its own."""
