"""The JSON document of a comparison: its schema, key for key."""

from pydantic import Field

from ancrage.reports.documents import Common, Document, NamedTerritory


class ComparedRow(Document, title="Question comparée"):
    """A question, and the answer of each territory."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="La question, en français.")
    values: list[float | str | None] = Field(
        description="Un nombre, un verdict ou des mots par territoire ; null : inconnu."
    )


class ComparedPart(Document, title="Partie d'une comparaison"):
    """Questions of a kind."""

    id: str = Field(description="Identifiant.")
    title: str = Field(description="Titre.")
    rows: list[ComparedRow] = Field(description="Les questions.")


class ComparisonDocument(
    Common,
    title="Comparaison de territoires",
    json_schema_extra={"description": "Jusqu'à quatre territoires côte à côte."},
):
    """Territories side by side."""

    territories: list[NamedTerritory] = Field(description="Les territoires, dans l'ordre demandé.")
    parts: list[ComparedPart] = Field(description="Ce qui en est dit, partie par partie.")
