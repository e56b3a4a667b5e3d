"""Needs of a territory: the blank zones as they are lived."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from ninja import Router
from pydantic import BaseModel, Field

from ancrage.api import asked
from ancrage.api.rendering import document
from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened
from ancrage.needs import telling
from ancrage.needs.counting import lived_in

of_territory = Router(tags=["Accompagnement"])


class LivedPlace(BaseModel):
    """A territory."""

    code: str = Field(description="Code.")
    name: str = Field(description="Nom.")


class LivedLine(BaseModel):
    """Counts by fives."""

    code: str = Field(description="Sorte de besoin, ou code du territoire ; vide pour le tout.")
    label: str = Field(description="Libellé.")
    told: int | None = Field(description="Demandes, au moins ; null : moins de cinq, aucune comprise.")
    unmet: int | None = Field(description="Sans réponse, au moins ; null : moins de cinq, aucune comprise.")


class LivedDocument(BaseModel):
    """Needs told and unmet."""

    territory: LivedPlace = Field(description="Territoire.")
    on: str = Field(description="Jour.")
    step: int = Field(description="De combien en combien vont les nombres.")
    note: str = Field(description="Ce que les nombres disent, et ne disent pas.")
    whole: LivedLine = Field(description="En tout.")
    kinds: list[LivedLine] = Field(description="Par sorte de besoin.")
    parts: list[LivedLine] = Field(
        description="Par territoire du niveau au-dessous ; cinq demandes au moins."
    )


@of_territory.get(
    "/{code}/besoins",
    response=LivedDocument,
    operation_id="needs_lived",
    summary="Dire les besoins demandés, et ceux sans réponse",
    description="Les zones blanches telles qu'elles sont vécues : demandes d'appui envoyées par ce site dans "
    "un territoire, par sorte, et celles auxquelles personne n'a répondu. De cinq en cinq ; null sous cinq.",
)
@never_cache
def lived(request: HttpRequest, code: asked.Code) -> HttpResponse:
    """The counts as they are now."""
    now = opened()
    found = lived_in(now.atlas, territory_of(now, code, on=now.today), on=now.today)
    return document(telling.document(found))
