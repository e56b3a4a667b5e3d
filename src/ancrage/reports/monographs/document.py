"""The JSON documents of the monographs: their schemas, key for key."""

from pydantic import Field

from ancrage.monographs.declaration import Header
from ancrage.reports.documents import Common, Document, NamedTerritory
from ancrage.reports.zonings.document import ZoningVerdict


class CaseDocument(
    Header, title="Cas étudié", json_schema_extra={"description": "L'en-tête d'un cas, et ses parties."}
):
    """A case."""

    category_label: str | None = Field(description="Catégorie, en français ; null si elle n'est pas connue.")
    parts: dict[str, str] = Field(description="Récit, modèle économique, enseignements.")


class MonographsDocument(
    Common, title="Monographies", json_schema_extra={"description": "Les cas, par nom ou par pertinence."}
):
    """The cases."""

    items: list[CaseDocument] = Field(description="Les cas.")


class MonographDocument(
    Common,
    title="Monographie",
    json_schema_extra={"description": "Un cas, son lieu et les zonages du jour de l'étude."},
):
    """A case where it stands."""

    case: CaseDocument = Field(description="Le cas.")
    place: NamedTerritory | None = Field(description="Sa commune ; null si elle est inconnue ce jour-là.")
    zonings: list[ZoningVerdict] = Field(description="Les zonages du lieu, le jour de l'étude.")


class LikeCase(Document, title="Cas semblable"):
    """A case and how far it is."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    distance: float | None = Field(description="De 0 (semblable) à 1 ; null s'il est incomparable.")
    parts: dict[str, float] = Field(description="Distance par trait connu des deux côtés.")
    unknown: list[str] = Field(description="Traits inconnus d'un côté.")
    fictitious: bool = Field(description="Vrai si le cas est inventé.")


class AlikeDocument(
    Common,
    title="Cas semblables",
    json_schema_extra={"description": "Les cas, du plus semblable au moins semblable au vôtre."},
):
    """The likest first."""

    items: list[LikeCase] = Field(description="Les cas.")
