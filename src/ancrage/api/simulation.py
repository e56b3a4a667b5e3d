"""Simulation: every ESS structure of a territory through the aids of a day, with other thresholds or not."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ancrage.aids.overriding import read_overrides
from ancrage.aids.simulation import simulate
from ancrage.api import asked
from ancrage.api.documents import Told
from ancrage.api.rendering import document
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened

of_territory = Router(tags=["Simulation"])


class Simulated(
    Told,
    title="Simulation",
    json_schema_extra={"description": "Les structures d'un territoire au crible des aides."},
):
    """Tallies of a territory."""

    territory: dict[str, str] = Field(description="Le territoire.")
    on: str = Field(description="Jour pour lequel la réponse vaut.")
    structures: int = Field(description="Nombre de structures de l'ESS passées au crible.")
    fictitious: bool = Field(
        description="Vrai si le registre est de démonstration, fictif : ne citez aucun chiffre."
    )
    aids: list[dict[str, Any]] = Field(
        description="Par aide : oui, a_verifier, non, montant, ce qui exclut et bloque."
    )
    overrides: dict[str, float] = Field(description="Paramètres supposés.")
    supposed: list[dict[str, Any]] = Field(description="Les mêmes aides avec ces paramètres.")


@of_territory.get(
    "/{code}/simulation",
    response=Simulated,
    summary="Simuler les aides sur un territoire",
    description="Passe toutes les structures de l'ESS d'un territoire au crible des aides d'un jour. "
    "Avec « parametre », "
    "répond aussi pour d'autres seuils. Pour une région ou le pays, préférez un travail de fond sur le site.",
)
@kept
def simulation(
    request: HttpRequest,
    code: asked.Code,
    aide: Annotated[
        list[str],
        Query(
            title="Aides",
            description="Seulement ces aides ; répétable.",
            example=["urgencess"],
            max_length=100,
        ),
    ] = [],
    parametre: Annotated[
        list[str],
        Query(
            title="Paramètres",
            description="Un seuil supposé, sous la forme id=nombre ; répétable.",
            example=["urgence-ess.plafond=20"],
            max_length=50,
        ),
    ] = [],
    le: asked.Day = None,
) -> HttpResponse:
    """Simulate."""
    now = opened()
    overrides = read_overrides(parametre)
    territory = territory_of(now, code, on=day_of(request, now))
    found = simulate(now.atlas, territory, only=tuple(aide), overrides=overrides, cache=now.cache)
    return document(found.as_json())
