"""The JSON document of a simulation: its schema, key for key."""

from pydantic import Field

from ancrage.reports.documents import Document, Heading


class StoppedStructures(
    Document,
    title="Ce qui arrête",
    description="Une condition ou un fait, et combien il arrête.",
):
    """A condition or a fact, and how many structures it stops."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="En français.")
    structures: int = Field(description="Structures arrêtées.")


class AmountForAll(Document, title="Montant pour toutes", description="Bornes d'un montant pour toutes."):
    """Bounds of an amount."""

    low: float | None = Field(description="Pour celles qui y ont sûrement droit ; null si inconnu.")
    high: float | None = Field(
        description="Pour toutes celles qui peuvent y avoir droit ; null sans borne connue."
    )
    unit: str = Field(description="Unité.")


class AidTally(Document, title="Compte d'une aide", description="Une aide et les structures."):
    """An aid over the structures of a territory."""

    id: str = Field(description="Identifiant de l'aide.")
    name: str = Field(description="Nom.")
    status: str = Field(description="etabli, a_verifier ou descriptif.")
    in_force: bool = Field(description="Vrai si elle est en vigueur ce jour-là.")
    oui: int = Field(description="Structures qui y ont droit.")
    a_verifier: int = Field(description="Structures à vérifier.")
    non: int = Field(description="Structures qui n'y ont pas droit.")
    amount: AmountForAll | None = Field(description="Montant ; null si elle n'en a pas.")
    excluding: list[StoppedStructures] = Field(description="Ce qui exclut.")
    blocking: list[StoppedStructures] = Field(description="Ce qui manque pour répondre.")
    doubts: list[str] = Field(description="Ce qui reste à vérifier de l'aide elle-même.")
    classes: dict[str, int] = Field(
        description="Structures par classe : droit, a_demander, reponse_manquante, a_confirmer, "
        "decrite, fermee ou non."
    )


class SimulationDocument(
    Heading,
    title="Simulation",
    description="Les structures d'un territoire au crible des aides.",
):
    """Tallies of a territory."""

    structures: int | None = Field(
        description="Nombre de structures de l'ESS passées au crible ; null si le lieu n'est pas couvert."
    )
    served: int | None = Field(
        description="Structures qui ont ou peuvent demander une de ces aides ; null si rien n'est compté."
    )
    aids: list[AidTally] = Field(
        description="Par aide : oui, a_verifier, non, montant, ce qui exclut et bloque."
    )
    overrides: dict[str, float] = Field(description="Paramètres supposés.")
    supposed: list[AidTally] = Field(description="Les mêmes aides avec ces paramètres.")
