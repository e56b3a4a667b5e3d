"""The JSON documents of the papers: their schemas, key for key."""

from typing import Any

from pydantic import Field

from ancrage.declarations.texts import ListText
from ancrage.diagnosis.model import Comparison, Inclusion, Support, TerritoryAid
from ancrage.diagnosis.overview.model import Overview
from ancrage.questions.papers import PaperFacts
from ancrage.questions.question import Answer
from ancrage.questions.territories import TerritoryFacts
from ancrage.reports.documents import Document, Heading, heading
from ancrage.reports.zonings.document import ZoningVerdict


class AttestedZoning(ZoningVerdict, title="Zonage attesté", description="Un zonage, et son texte."):
    """What a zoning says, with the text that founds it."""

    text: ListText = Field(description="Le texte qui le fonde, et s'il a été lu.")


class AttestationDocument(
    Heading, title="Attestation de zonages", description="Les zonages d'un territoire."
):
    """The zonings of a territory."""

    zonings: list[AttestedZoning] = Field(description="La réponse de chaque zonage de ce jour.")


class PaperDocument(Heading, title="Synthèse", description="Un territoire, pour une réunion."):
    """A territory on a paper."""

    overview: Overview = Field(description="L'aperçu : badges, chiffres, outils, contacts, échéances.")
    comparisons: list[Comparison] = Field(description="Les mêmes chiffres, là où le territoire se situe.")
    inclusion: Inclusion | None = Field(
        description="Structures d'insertion ; null si aucune liste n'est lue."
    )
    coverage: Support | None = Field(description="Accompagnement : qui, et d'où.")
    aids: list[TerritoryAid] = Field(description="Aides à mobiliser par la collectivité.")


class PartnerName(Document, title="Partenaire", description="Un service ou un réseau à associer."):
    """A partner."""

    kind: str = Field(description="Sorte de contact.")
    name: str = Field(description="Nom.")
    phone: str | None = Field(description="Téléphone ; null s'il n'est pas connu.")


class NoteDocument(PaperDocument, title="Note pour le comité", description="Une page pour un comité."):
    """A note for a committee."""

    partners: list[PartnerName] = Field(description="Qui associer, et son téléphone.")


def attestation(answer: Answer[TerritoryFacts]) -> dict[str, Any]:
    """Plain values: :class:`AttestationDocument` is their schema."""
    told = (
        {**one.as_json(), "text": one.zoning.definition.model_dump(mode="json")}
        for one in answer.facts.zonings
    )
    return {**heading(answer), "zonings": list(told)}


def paper(answer: Answer[PaperFacts]) -> dict[str, Any]:
    """Plain values: :class:`PaperDocument` is their schema."""
    return {**heading(answer), **paper_facts(answer.facts)}


def paper_facts(facts: PaperFacts) -> dict[str, Any]:
    """What a paper tells of a territory."""
    found = facts.diagnosis
    told = found.model_dump(mode="json", include={"comparisons", "inclusion", "coverage"})
    aids = [one.model_dump(mode="json") for one in facts.aids]
    return {"overview": facts.overview.model_dump(mode="json"), **told, "aids": aids}


def note(answer: Answer[PaperFacts]) -> dict[str, Any]:
    """Plain values: :class:`NoteDocument` is their schema."""
    helpers = answer.facts.partners.helpers if answer.facts.partners else ()
    partners = [
        {"kind": one.contact.kind.value, "name": one.contact.name, "phone": one.contact.phone or None}
        for one in helpers
    ]
    return {**paper(answer), "partners": partners}
