"""Eligibility: which aids a situation opens, for how much, why, and what to ask to know."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from ancrage.aids.asking import Request, answer
from ancrage.api.documents import Told
from ancrage.api.rendering import told_once
from ancrage.dating import parse_day
from ancrage.desk.asking import LONGEST_CODE, designation
from ancrage.desk.opened import opened
from ancrage.errors import AncrageError, FactError
from ancrage.facts.values import get_fact, read_value
from ancrage.reasoning import Verdict
from ancrage.rules.values import Value

router = Router(tags=["Éligibilité"])
MOST_FACTS = 300
Written = bool | int | float | str | None
EXAMPLE: JsonDict = {
    "facts": {"forme": "scic", "effectif": "10..19", "est_ess": True},
    "territory": "23077",
    "on": "2021-03-31",
}


class AskedSituation(BaseModel):
    """What is known of who asks. Nothing of it is kept nor written in the log."""

    model_config = ConfigDict(
        title="Situation",
        extra="forbid",
        json_schema_extra={"description": "Ce qui est su de qui demande.", "examples": [EXAMPLE]},
    )

    facts: dict[str, Written] = Field(
        default_factory=dict,
        max_length=MOST_FACTS,
        description="Faits par identifiant (voir /faits) : true, 4, « 10..19 », « scic », « 2021-03-31 "
        "» ; null ou "
        "« inconnu » pour ce qui n'est pas su.",
    )
    siret: str | None = Field(
        default=None, max_length=40, description="SIRET : le registre remplit ses faits."
    )
    territory: str | None = Field(
        default=None,
        max_length=LONGEST_CODE,
        description="Où est la structure ; seul, c'est la collectivité elle-même qui demande.",
    )
    on: str | None = Field(
        default=None, max_length=40, description="Jour (AAAA-MM-JJ) ; aujourd'hui par défaut."
    )
    aids: list[str] = Field(
        default_factory=list,
        max_length=MOST_FACTS,
        description="Seulement ces aides ; toutes si la liste est vide.",
    )


class AidVerdict(
    Told, title="Réponse d'une aide", json_schema_extra={"description": "Ce qui est dit d'une aide."}
):
    """What is said of an aid."""

    id: str = Field(description="Identifiant de l'aide.")
    name: str = Field(description="Nom.")
    verdict: Verdict = Field(description="oui, non ou a_verifier.")
    status: str = Field(description="etabli, a_verifier ou descriptif.")
    amount: dict[str, Any] | None = Field(
        description="Bornes du montant et son unité ; null si elle n'en a pas."
    )
    conditions: list[dict[str, Any]] = Field(
        description="Chaque condition, sa réponse, ses faits, son texte."
    )
    missing: list[str] = Field(description="Faits inconnus dont la réponse dépend encore.")
    reasons: list[str] = Field(description="Ce qui la refuse, ou ce qui reste à vérifier.")


class Eligibility(
    Told,
    title="Éligibilité",
    json_schema_extra={"description": "Les réponses à une situation, un jour donné."},
):
    """Answers to a situation."""

    on: str = Field(description="Jour pour lequel la réponse vaut.")
    name: str = Field(description="Nom de la structure ou du territoire, quand il est connu.")
    facts: dict[str, Any] = Field(description="Chaque fait utilisé : sa valeur, son origine, le détail.")
    aids: list[AidVerdict] = Field(description="Une réponse par aide.")
    put_aside: list[dict[str, Any]] = Field(
        description="Aides écartées au profit d'une autre de la même famille."
    )
    warnings: list[str] = Field(description="Ce qu'il faut savoir des données utilisées.")


@router.post(
    "",
    response=Eligibility,
    summary="Demander à quelles aides une situation ouvre droit",
    description="Une réponse par aide : oui, non ou à vérifier, avec le montant, chaque condition, le "
    "texte, et les faits "
    "qui manquent pour trancher. Rien de ce qui est envoyé n'est gardé ni écrit dans un journal.",
    openapi_extra={"requestBody": {"content": {"application/json": {"example": EXAMPLE}}}},
)
def eligibility(request: HttpRequest, situation: AskedSituation) -> HttpResponse:
    """Answers for a situation."""
    now = opened()
    on = parse_day(situation.on) if situation.on else now.today
    wanted = Request(
        facts=_facts(situation.facts),
        siret=situation.siret,
        territory=designation(situation.territory) if situation.territory is not None else None,
        only=tuple(dict.fromkeys(situation.aids)),
    )
    return told_once(answer(now.atlas, wanted, on=on, cache=now.cache).as_json())


def _facts(written: dict[str, Written]) -> dict[str, Value]:
    """Values of the facts. Raises :class:`FactError` telling every fault at once."""
    found: dict[str, Value] = {}
    faults: list[AncrageError] = []
    for identifier, value in written.items():
        try:
            fact = get_fact(identifier)
            found[fact.id] = read_value(fact, value)
        except FactError as error:
            faults.append(error)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise FactError(
            f"{len(faults)} faits ne conviennent pas. " + " ".join(fault.message for fault in faults),
            "Les faits, leurs types et leurs valeurs possibles : /api/v1/faits.",
        )
    return found
