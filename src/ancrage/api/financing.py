"""Financing plans: whether one balances, which rules it keeps, what its cash is; whether aids add up."""

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from ancrage.api.asking import ask
from ancrage.api.rendering import told_once
from ancrage.contracts.models import capital_model, contract_model
from ancrage.desk.opened import opened
from ancrage.questions.accounts import AccountsTextQuestion
from ancrage.questions.fields import Words
from ancrage.questions.financing import HEAVIEST, PlanTextQuestion
from ancrage.questions.outcomes import CapitalTextQuestion, ImpactTextQuestion
from ancrage.questions.question import Asking, Question
from ancrage.questions.reading import read
from ancrage.reports.financing.document import FinancingDocument
from ancrage.reports.financing.model import AccountsDocument
from ancrage.reports.outcomes.capital import CapitalDocument
from ancrage.reports.outcomes.impact import ImpactDocument
from ancrage.reports.topic import Telling

router = Router(tags=["Financement"])
PLAN = """schema: ancrage-financement/1
nom: Salle des fêtes
depenses:
  - {compte: 213, annee: 2027, montant: 1000}
ressources:
  - {compte: 10, annee: 2027, montant: 1000, etat: accordee}
"""
EXAMPLE: JsonDict = {"plan": PLAN, "on": "2026-11-29"}


class AskedPlan(BaseModel):
    """A plan sent. Nothing of it is kept nor written in the log."""

    model_config = ConfigDict(
        title="Plan de financement",
        extra="forbid",
        json_schema_extra={"description": "Un plan, en YAML ou en JSON.", "examples": [EXAMPLE]},
    )

    plan: str = Field(max_length=HEAVIEST, description="Le plan, écrit comme son fichier (YAML ou JSON).")
    on: str | None = Field(
        default=None, max_length=40, description="Jour (AAAA-MM-JJ) ; aujourd'hui par défaut."
    )

    def words(self) -> Words:
        """What it asks, as an address would."""
        return {"texte": [self.plan], "le": [self.on or ""]}


@router.post(
    "/verification",
    response=FinancingDocument,
    by_alias=True,
    summary="Vérifier un plan de financement",
    description="Équilibre au centime, règles (chacune avec son texte), ressources, trésorerie par mois. "
    "Rien de ce qui est envoyé n'est gardé ni écrit dans un journal.",
    openapi_extra={"requestBody": {"content": {"application/json": {"example": EXAMPLE}}}},
)
def verification(request: HttpRequest, plan: AskedPlan) -> HttpResponse:
    """A plan, verified."""
    now = opened()
    question = read(PlanTextQuestion, plan.words())
    return told_once(Telling(question.answer(Asking(now, now.today, paged=True))).document)


class AskedText(BaseModel):
    """A text sent. Nothing of it is kept nor written in the log."""

    model_config = ConfigDict(
        title="Texte de financement",
        extra="forbid",
        json_schema_extra={"description": "Un contrat, ou un tableau de capital, en YAML ou en JSON."},
    )

    text: str = Field(max_length=HEAVIEST, description="Le texte, écrit comme son fichier.")
    on: str | None = Field(
        default=None, max_length=40, description="Jour (AAAA-MM-JJ) ; aujourd'hui par défaut."
    )


def _told(question: type[Question], given: AskedText) -> HttpResponse:
    now = opened()
    asked = read(question, {"texte": [given.text], "le": [given.on or ""]})
    return told_once(Telling(asked.answer(Asking(now, now.today, paged=True))).document)


@router.post(
    "/contrat-impact",
    response=ImpactDocument,
    by_alias=True,
    summary="Simuler un contrat à impact",
    description="Ce qu'il paie, son rendement, qui porte le risque, le projet au standard INDIGO. Rien "
    "de ce qui est envoyé n'est gardé.",
    openapi_extra={"requestBody": {"content": {"application/json": {"example": {"text": contract_model()}}}}},
)
def impact(request: HttpRequest, given: AskedText) -> HttpResponse:
    """A contract, simulated."""
    return _told(ImpactTextQuestion, given)


@router.post(
    "/scic",
    response=CapitalDocument,
    by_alias=True,
    summary="Simuler une entrée au capital d'une SCIC",
    description="Le tour de table après l'entrée, les règles du jour, l'emploi du résultat. Rien "
    "de ce qui est envoyé n'est gardé.",
    openapi_extra={"requestBody": {"content": {"application/json": {"example": {"text": capital_model()}}}}},
)
def scic(request: HttpRequest, given: AskedText) -> HttpResponse:
    """A table, simulated."""
    return _told(CapitalTextQuestion, given)


BALANCE = "Compte;Libellé;Année;Débit;Crédit\n706;Ventes;2025;;600\n74;Région;2025;;400\n"


class AskedAccounts(BaseModel):
    """Accounts sent. Nothing of them is kept nor written in the log."""

    model_config = ConfigDict(
        title="Comptes d'une structure",
        extra="forbid",
        json_schema_extra={
            "description": "Une balance ou un FEC, en texte.",
            "examples": [{"text": BALANCE}],
        },
    )

    text: str = Field(max_length=HEAVIEST, description="Balance ou FEC : un titre par colonne, en CSV.")


@router.post(
    "/comptes",
    response=AccountsDocument,
    by_alias=True,
    summary="Lire les comptes d'une structure",
    description="Nature des ressources, dépendance, fonds propres, trésorerie, niveaux de la grille. Rien "
    "de ce qui est envoyé n'est gardé.",
    openapi_extra={"requestBody": {"content": {"application/json": {"example": {"text": BALANCE}}}}},
)
def accounts(request: HttpRequest, given: AskedAccounts) -> HttpResponse:
    """The years of accounts."""
    now = opened()
    question = read(AccountsTextQuestion, {"texte": [given.text]})
    return told_once(Telling(question.answer(Asking(now, now.today, paged=True))).document)


ask(
    router,
    "/cumul",
    "cumul",
    operation="financement_cumul",
    summary="Dire si des aides s'ajoutent",
    description="Chaque paire des aides nommées, ou du catalogue : oui, non, à vérifier ; pourquoi "
    "et son texte. Sans texte qui tranche, la réponse est à vérifier.",
)
