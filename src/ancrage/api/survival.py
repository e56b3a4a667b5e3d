"""Survival: how long the structures of a territory last."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from ancrage.api import asked
from ancrage.api.documents import Told
from ancrage.api.rendering import document
from ancrage.api.territories import named
from ancrage.dating import parse_day
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.survival import survival_of
from ancrage.reports.survival.sheet import as_json
from ancrage.survival.cohort import Grouping

of_territory = Router(tags=["Survie"])


class Surviving(
    Told, title="Survie", json_schema_extra={"description": "Courbes de survie des structures, par groupe."}
):
    """Survival curves by group."""

    territory: dict[str, str] = Field(description="Le territoire.")
    by: str = Field(description="Façon de comparer.")
    on: str = Field(description="Dernier jour observé.")
    since: str = Field(description="Premier jour observé.")
    groups: list[dict[str, Any]] = Field(
        description="Par groupe : effectif, fermetures, courbe et intervalle à 95 %."
    )
    hidden_groups: int = Field(description="Groupes trop petits pour être montrés.")
    test: dict[str, float] | None = Field(
        description="Test du log-rank entre les groupes ; null s'il n'a pas lieu d'être."
    )
    warnings: list[str] = Field(description="Ce qu'il faut savoir des données.")
    fictitious: bool = Field(description="Vrai si le registre est de démonstration, fictif.")


@of_territory.get(
    "/{code}/survie",
    response=Surviving,
    summary="Dire combien de temps durent les structures",
    description="Courbes de Kaplan-Meier avec entrée retardée, par groupe, et leur comparaison.",
)
@kept
def survival(
    request: HttpRequest,
    code: asked.Code,
    par: Annotated[
        Grouping, Query(title="Groupes", description="Façon de comparer.", example="famille")
    ] = Grouping.FAMILLE,
    depuis: Annotated[
        str | None,
        Query(
            title="Depuis",
            description="Premier jour observé ; quinze ans par défaut.",
            example="2015-01-01",
            max_length=40,
        ),
    ] = None,
    le: asked.Day = None,
) -> HttpResponse:
    """How long they last."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    since = parse_day(depuis) if depuis else None
    found, warnings = survival_of(now.atlas, territory, par, since=since)
    told = {
        "territory": named(territory.named),
        "by": par.value,
        **as_json(found),
        "warnings": list(warnings),
    }
    return document(told)
