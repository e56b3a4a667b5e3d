"""Sources: the public data sets declared, and those the edition in force was built from."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import Field

from ancrage.api import asked
from ancrage.api.documents import Told, page_of
from ancrage.api.rendering import document
from ancrage.desk.cursors import page_of_sorted
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.edition.opened import Opened
from ancrage.sources.catalogue import get_source, load_catalogue
from ancrage.sources.declaration import Source

router = Router(tags=["Sources"])


class ShownSource(
    Told, title="Source déclarée", json_schema_extra={"description": "Un jeu de données public."}
):
    """A public data set."""

    id: str = Field(description="Identifiant.")
    title: str = Field(description="Titre.")
    producer: str = Field(description="Producteur.")
    licence: str = Field(description="Licence.")
    licence_url: str = Field(description="Adresse de la licence.")
    home: str = Field(description="Page du producteur.")
    vintage: str = Field(description="Millésime déclaré.")
    frequency: str = Field(description="Fréquence de publication.")
    description: str = Field(description="Ce qu'il contient.")
    used: dict[str, Any] | None = Field(
        description="Ce que l'édition en vigueur en a pris ; null si elle n'en a rien."
    )


@router.get(
    "",
    response=page_of(ShownSource, "Page de sources"),
    summary="Lister les sources",
    description="Les jeux de données publics déclarés, par identifiant, et ce que l'édition en vigueur "
    "a pris de chacun.",
)
@kept
def sources(request: HttpRequest, limite: asked.Limit = 100, curseur: asked.Cursor = None) -> HttpResponse:
    """List them."""
    now = opened()
    found = sorted(load_catalogue().values(), key=lambda source: source.id)
    told = page_of_sorted(request, found, limite, curseur, key=lambda source: source.id)
    return document({**told, "items": [_shown(now, source) for source in told["items"]]})


@router.get(
    "/{source}",
    response=ShownSource,
    summary="Montrer une source",
    description="Producteur, licence, millésime, ressources, et ce que l'édition en vigueur en a pris.",
)
@kept
def source(
    request: HttpRequest,
    source: Annotated[
        str, Path(title="Source déclarée", description="Identifiant.", example="zrr-2017", max_length=100)
    ],
) -> HttpResponse:
    """Show one."""
    return document(_shown(opened(), get_source(source)))


def _shown(now: Opened, one: Source) -> dict[str, Any]:
    used = [row for row in now.atlas.warehouse.manifest["sources"] if row["id"] == one.id]
    plain = one.model_dump(mode="json", exclude={"resources": {"__all__": {"mirror"}}})
    return {**plain, "used": used[0] if used else None}
