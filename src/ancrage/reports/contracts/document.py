"""The JSON document of a contract: its schema, key for key."""

from typing import Any

from pydantic import Field

from ancrage.diagnosis.model import TerritoryAid
from ancrage.questions.contracts import ContractFacts, Party
from ancrage.questions.question import Answer
from ancrage.reports.documents import Document, NamedTerritory, heading, named
from ancrage.reports.papers.document import PaperDocument, paper_facts


class FirstTool(Document, title="Outil d'abord", description="Un outil prioritaire pour un signataire."):
    """A tool."""

    number: int = Field(description="Numéro de l'outil, de 1 à 19.")
    name: str = Field(description="Nom.")
    reasons: list[str] = Field(description="Pourquoi ici.")


class ShownParty(Document, title="Signataire", description="Qui signe le contrat, et ce qu'il peut faire."):
    """A party."""

    territory: NamedTerritory = Field(description="Son territoire.")
    name: str = Field(description="Nom.")
    role: str = Field(description="Ce qu'il est : État, intercommunalité, commune.")
    communes: int = Field(description="Combien de communes du contrat sont les siennes.")
    phone: str | None = Field(description="Téléphone ; null s'il n'est pas connu.")
    tools: list[FirstTool] = Field(description="Ses outils prioritaires.")
    aids: list[TerritoryAid] = Field(description="Aides qu'il peut mobiliser.")


class ContractDocument(
    PaperDocument, title="Contrat de territoire", description="Un contrat, ou un quartier."
):
    """A contract."""

    parties: list[ShownParty] = Field(description="Les signataires, d'après le texte du contrat.")
    other_parties: int = Field(description="Autres signataires, non détaillés.")
    communes: list[NamedTerritory] = Field(description="Ses communes.")
    uncovered: list[str] | None = Field(
        description="Communes qu'aucun accompagnement à l'ESS n'atteint ; null si aucune liste ne le dit."
    )
    quarters: list[NamedTerritory] = Field(description="Autres quartiers prioritaires des mêmes communes.")


def document(answer: Answer[ContractFacts]) -> dict[str, Any]:
    """Plain values: :class:`ContractDocument` is their schema."""
    found = answer.facts
    return {
        **heading(answer),
        **paper_facts(found.paper),
        "parties": [_party(one) for one in found.parties],
        "other_parties": found.others,
        "communes": [
            {"kind": "commune", "code": row["code"], "id": row["code"], "name": row["name"]}
            for row in found.communes
        ],
        "uncovered": None if found.uncovered is None else list(found.uncovered),
        "quarters": [named(one) for one in found.quarters],
    }


def _party(one: Party) -> dict[str, Any]:
    return {
        "territory": named(one.named),
        "name": one.named.name,
        "role": one.role,
        "communes": one.communes,
        "phone": (one.contact and one.contact.phone) or None,
        "tools": [
            {"number": told.tool.number, "name": told.tool.name, "reasons": list(told.reasons)}
            for told in one.tools
        ],
        "aids": [aid.model_dump(mode="json") for aid in one.aids],
    }
