"""Eligibility: which aids a situation opens, for how much, why, and what to ask to know."""

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from ancrage.aids.vocabulary import Detail
from ancrage.api.rendering import told_once
from ancrage.desk.asking import LONGEST_CODE
from ancrage.desk.opened import opened
from ancrage.questions.eligibility import MOST, EligibilityQuestion
from ancrage.questions.fields import Words
from ancrage.questions.question import Asking
from ancrage.questions.reading import read
from ancrage.reports.aids.document import EligibilityDocument
from ancrage.reports.topic import Telling

router = Router(tags=["Éligibilité"])
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
        max_length=MOST,
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
        max_length=MOST,
        description="Seulement ces aides ; toutes si la liste est vide.",
    )

    detail: Detail = Field(
        default=Detail.UTILE,
        description="Conditions dites de chaque aide : tout, utile (des aides publiées par d'autres, "
        "celles qui restent ouvertes ou refusent) ou bref (aucune). Une aide nommée les dit toutes.",
    )

    def words(self) -> Words:
        """What it asks, as an address would."""
        return {
            "fait": [f"{fact}={_written(value)}" for fact, value in self.facts.items()],
            "siret": [self.siret or ""],
            "territoire": [self.territory or ""],
            "le": [self.on or ""],
            "aide": self.aids,
            "detail": [self.detail.value],
        }


def _written(value: Written) -> str:
    if value is None:
        return "inconnu"
    return ("oui" if value else "non") if isinstance(value, bool) else str(value)


@router.post(
    "",
    response=EligibilityDocument,
    by_alias=True,
    summary="Demander à quelles aides une situation ouvre droit",
    description="Une réponse par aide : oui, non ou à vérifier, avec le montant, chaque condition, le "
    "texte, et les faits "
    "qui manquent pour trancher. Rien de ce qui est envoyé n'est gardé ni écrit dans un journal.",
    openapi_extra={"requestBody": {"content": {"application/json": {"example": EXAMPLE}}}},
)
def eligibility(request: HttpRequest, situation: AskedSituation) -> HttpResponse:
    """Answers for a situation."""
    now = opened()
    question = read(EligibilityQuestion, situation.words())
    return told_once(Telling(question.answer(Asking(now, now.today, paged=True))).document)
