"""The JSON document of a search: its schema, key for key."""

from pydantic import Field

from ancrage.reports.documents import Common, Document
from ancrage.search.suggestion import Found


class FoundDocument(
    Document, title="Trouvaille", json_schema_extra={"description": "Une chose qui répond à des mots."}
):
    """Something found."""

    kind: Found = Field(description="Sa sorte.")
    code: str = Field(description="Ce qui la désigne.")
    title: str = Field(description="Son nom.")
    detail: str = Field(description="Ce qu'elle est, et où.")
    score: float = Field(description="Ressemblance, de 0 à 100.")
    fictitious: bool = Field(description="Vrai si elle n'existe pas (démonstration).")


class SearchDocument(
    Common, title="Recherche", json_schema_extra={"description": "Ce qui répond à des mots."}
):
    """What answers."""

    items: list[FoundDocument] = Field(description="Les réponses, les plus ressemblantes d'abord.")
