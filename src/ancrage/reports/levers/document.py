"""The JSON documents of the levers: their schemas, key for key."""

from pydantic import Field

from ancrage.diagnosis.model import ToolAdvice, ToolFirst
from ancrage.levers.declaration import Lever, Tool
from ancrage.reasoning import Verdict
from ancrage.reports.documents import Common, Heading


class RecommendationDocument(
    Heading,
    title="Recommandation",
    json_schema_extra={"description": "Par où commencer, pour une autorité et un territoire."},
):
    """Tools advised to an authority."""

    authority: str = Field(description="L'autorité conseillée.")
    precondition: Verdict = Field(
        description="La volonté de co-construire un partenariat : oui, non ou a_verifier."
    )
    exercises: tuple[str, ...] = Field(
        description="Ce que cette autorité, ou l'intercommunalité d'une commune, exerce, "
        "d'après sa loi et BANATIC ; vide si rien n'en est lu."
    )
    first: tuple[ToolFirst, ...] = Field(
        description="Les trois outils par lesquels commencer, chacun avec le chiffre qui le met en avant."
    )
    tools: tuple[ToolAdvice, ...] = Field(
        description="Chaque outil : prioritaire, possible, a_verifier ou hors_competence."
    )


class ToolDocument(
    Common, Tool, title="Outil en entier", json_schema_extra={"description": "Un des dix-neuf outils."}
):
    """One of the nineteen tools."""


class ToolHereDocument(
    Heading,
    Tool,
    title="Outil pour un territoire",
    json_schema_extra={"description": "Un outil, et ce qui en est conseillé à une autorité d'un territoire."},
):
    """A tool, and what is advised of it."""

    advice: ToolAdvice = Field(description="Ce qui en est conseillé.")


class LeverListDocument(
    Common,
    title="Liste des leviers",
    json_schema_extra={"description": "Les six leviers et leurs dix-neuf outils."},
):
    """The six levers."""

    items: tuple[Lever, ...] = Field(description="Les leviers, dans leur ordre.")
