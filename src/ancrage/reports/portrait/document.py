"""The JSON document of the portrait: its schema, key for key."""

from datetime import date, time
from typing import Any

from pydantic import Field

from ancrage.cases.case import Campaign, Case
from ancrage.diagnosis.model import Activity, Family, Inclusion
from ancrage.diagnosis.overview.model import EssGlance, Place
from ancrage.portrait.agenda import Happening
from ancrage.portrait.consent import Shown
from ancrage.questions.portrait import PortraitFacts
from ancrage.questions.question import Answer
from ancrage.reports.documents import Document, Heading, heading
from ancrage.reports.portrait.sentences import fabric_of


class ShownStructure(Document, title="Structure nommée", description="Nommée parce qu’elle l’a accepté."):
    """A structure that agreed."""

    siret: str = Field(description="SIRET.")
    name: str = Field(description="Nom.")
    commune: str = Field(description="Code de sa commune.")
    commune_name: str = Field(description="Nom de sa commune.")
    activity: str = Field(description="Activité ; vide si elle n’est pas connue.")
    words: str = Field(description="Ce qu’elle dit d’elle.")
    need: str = Field(description="Ce dont elle a besoin ; vide si elle ne le dit pas.")
    agreed_on: date = Field(description="Jour de l’accord.")
    by_member: bool = Field(description="Vrai : un de ses membres l’a donné ; faux : un écrit est gardé.")
    longitude: float | None = Field(description="Degrés ; null si son point n’est pas connu.")
    latitude: float | None = Field(description="Degrés ; null si son point n’est pas connu.")
    fictitious: bool = Field(description="Vrai pour une structure de démonstration.")


class AgendaEvent(Document, title="Événement", description="Ce qui se passe, et qui l’annonce."):
    """An event."""

    id: str = Field(description="Identifiant, le même pour toujours.")
    title: str = Field(description="Intitulé.")
    begins: date = Field(description="Premier jour.")
    ends: date = Field(description="Dernier jour, compris.")
    at: time | None = Field(description="Heure ; null si elle n’est pas dite.")
    commune: str = Field(description="Code de la commune ; vide pour toute la France.")
    commune_name: str = Field(description="Nom de la commune.")
    place: str = Field(description="Lieu.")
    organiser: str = Field(description="Organisateur.")
    href: str = Field(description="Page ; vide s’il n’y en a pas.")
    words: str = Field(description="De quoi il s’agit.")
    source: str = Field(description="Qui l’annonce.")
    fictitious: bool = Field(description="Vrai pour un événement inventé.")


class PortraitCampaign(Document, title="Campagne", description="Un financement citoyen, dit par un atelier."):
    """A campaign."""

    id: str = Field(description="Identifiant du cas.")
    title: str = Field(description="Titre.")
    goal_eur: float | None = Field(description="Objectif, en euros ; null inconnu.")
    gathered_eur: float | None = Field(description="Réuni au dernier relevé, en euros ; null inconnu.")
    read_on: date | None = Field(description="Jour du dernier relevé ; null s’il n’y en a pas.")
    link: str = Field(description="Page de la campagne ; vide si elle n’est pas dite.")


class PortraitDocument(Heading, title="L’ESS d’ici", description="Le portrait de l’ESS d’un territoire."):
    """The portrait."""

    place: Place = Field(description="Le territoire.")
    ess: EssGlance = Field(description="Les quatre chiffres du diagnostic.")
    families: list[Family] | None = Field(description="Familles ; null si le registre n’est pas complet.")
    activities: list[Activity] | None = Field(
        description="Activités ; null si le registre n’est pas complet."
    )
    inclusion: Inclusion | None = Field(description="Structures d’insertion ; null si rien n’est lu.")
    consent_known: bool = Field(description="Faux quand aucun espace de travail n’est lu.")
    structures: list[ShownStructure] = Field(
        description="Les structures d’accord pour paraître, elles seules."
    )
    campaigns: list[PortraitCampaign] = Field(description="Campagnes à venir ou en cours, publiées.")
    agenda: list[AgendaEvent] = Field(description="Ce qui n’est pas fini ce jour-là, par date.")


def document(answer: Answer[PortraitFacts]) -> dict[str, Any]:
    """Plain values: :class:`PortraitDocument` is their schema."""
    facts, ess = answer.facts, fabric_of(answer.facts)
    inclusion = facts.diagnosis.inclusion
    return {
        **heading(answer),
        "place": facts.overview.place.model_dump(mode="json"),
        "ess": facts.overview.ess.model_dump(mode="json"),
        "families": [one.model_dump(mode="json") for one in ess.families.values()] if ess else None,
        "activities": [one.model_dump(mode="json") for one in ess.activities] if ess else None,
        "inclusion": inclusion.model_dump(mode="json") if inclusion else None,
        "consent_known": facts.consent.known,
        "structures": [_shown(one) for one in facts.consent.shown],
        "campaigns": [_campaign(one, one.campaign) for one in facts.campaigns if one.campaign],
        "agenda": [_event(one) for one in facts.agenda],
    }


def _shown(one: Shown) -> dict[str, Any]:
    return {**{name: getattr(one, name) for name in one.__slots__}, "agreed_on": one.agreed_on.isoformat()}


def _campaign(case: Case, one: Campaign) -> dict[str, Any]:
    last = one.readings[-1] if one.readings else None
    return {
        "id": case.id,
        "title": case.title,
        "goal_eur": None if one.goal is None else float(one.goal),
        "gathered_eur": float(last.gathered) if last else None,
        "read_on": last.on.isoformat() if last else None,
        "link": one.link,
    }


def _event(one: Happening) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in one.__slots__}
    at = one.at.isoformat() if one.at else None
    return {**told, "begins": one.begins.isoformat(), "ends": one.ends.isoformat(), "at": at}
