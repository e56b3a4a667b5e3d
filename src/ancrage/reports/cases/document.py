"""The JSON documents of the cases."""

from pydantic import Field

from ancrage.reports.documents import Common, Document, NamedTerritory


class ShareDocument(Document, title="Ce qu'une organisation apporte"):
    """An organisation and what it brings."""

    name: str = Field(description="Nom, ou ce qu'elle est quand son nom n'est pas publié.")
    nature: str = Field(description="Ce qu'elle est.")
    role: str = Field(description="Rôle dans l'action.")
    brings: str = Field(description="Ce qu'elle apporte, en mots.")
    granted_eur: float | None = Field(description="Argent accordé et confirmé, en euros ; null inconnu.")
    given_eur: float | None = Field(description="Valeur confirmée des apports en nature ; null inconnue.")


class ReadingDocument(Document, title="Relevé d'une campagne"):
    """What was gathered a day."""

    on: str = Field(description="Jour du relevé.")
    gathered_eur: float = Field(description="Réuni ce jour-là, en euros.")
    backers: int | None = Field(description="Personnes qui ont donné ; null inconnu.")
    source: str = Field(description="Où l'atelier l'a lu.")
    link: str = Field(description="Page où c'est lu ; vide si elle n'est pas dite.")


class CampaignDocument(Document, title="Campagne de financement citoyen"):
    """A campaign, as the atelier typed it."""

    stage: str = Field(description="a_venir, en_cours, reussie ou non_aboutie, dit par l'atelier.")
    goal_eur: float | None = Field(description="Objectif, en euros ; null inconnu.")
    ends: str | None = Field(description="Jour où elle finit ; null inconnu.")
    link: str = Field(description="Page de la campagne ; vide si elle n'est pas dite.")
    readings: list[ReadingDocument] = Field(description="Ce qui est réuni, jour par jour.")


class CaseDocument(Document, title="Cas", description="Un cas, tel qu'il est publié."):
    """A case."""

    id: str = Field(description="Identifiant.")
    sort: str = Field(description="action, campagne ou etudie.")
    title: str = Field(description="Titre.")
    told: str = Field(description="Ce qui est fait.")
    learnt: str = Field(description="Ce qui en a été appris.")
    publics: str = Field(description="Publics.")
    place_code: str = Field(description="Code du territoire ; vide quand il n'en a pas.")
    place_name: str = Field(description="Nom du territoire le jour du cas.")
    place_on: str = Field(description="Jour où le territoire a été écrit.")
    tools: list[int] = Field(description="Numéros des outils, 1 à 19.")
    levers: list[int] = Field(description="Numéros des leviers, 1 à 6.")
    criteria: list[str] = Field(description="Critères de la grille qu'il renforce.")
    state: str = Field(description="État de l'action le jour de la publication ; vide sans objet.")
    begin: str | None = Field(description="Début ; null inconnu.")
    end: str | None = Field(description="Fin ; null inconnue.")
    shared: bool = Field(description="Vrai si plusieurs intercommunalités le portent.")
    shares: list[ShareDocument] = Field(description="Qui apporte quoi.")
    campaign: CampaignDocument | None = Field(description="La campagne ; null pour les autres cas.")
    published_on: str | None = Field(description="Jour de publication ; null pour un cas du compte rendu.")
    copies: int = Field(description="Actions d'autres ateliers parties de ce cas.")
    source: str = Field(description="Où un cas du compte rendu a été lu.")


class FoundCase(CaseDocument, title="Cas trouvé", description="Un cas, et sa ressemblance."):
    """A case and how far its territory is."""

    distance: float | None = Field(
        description="Distance au territoire demandé ; null s'il n'est pas comparé."
    )


class CasesDocument(
    Common, title="Liste de cas", description="Les cas, ceux des territoires semblables d'abord."
):
    """The cases."""

    territory: NamedTerritory | None = Field(default=None, description="Le territoire demandé.")
    items: list[FoundCase] = Field(description="Les cas.")


class OneCaseDocument(Common, title="Un cas", description="Un cas en entier."):
    """One case."""

    case: CaseDocument = Field(description="Le cas.")
