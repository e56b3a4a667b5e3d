"""Models the resources share: what a document looks like, told in French in the OpenAPI document."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Told(BaseModel):
    """Base of what is told: keys only ever grow, so that a tool must accept those it does not know."""

    model_config = ConfigDict(extra="allow")


class NamedTerritory(
    Told, title="Territoire nommé", json_schema_extra={"description": "Un territoire désigné, sans détail."}
):
    """A territory named beside another."""

    kind: str = Field(description="Nature : commune, epci, departement, region, france, crte, qpv, ensemble…")
    code: str = Field(description="Code officiel, sans préfixe.")
    id: str = Field(description="Code à donner à l'API, avec son préfixe s'il en faut un.")
    name: str = Field(description="Nom.")


Page = dict[str, Any]


def page_of(item: type[BaseModel], title: str) -> type[BaseModel]:
    """The model of a page of items."""
    from pydantic import create_model

    return create_model(
        f"Page{item.__name__}",
        __config__=ConfigDict(title=title),
        items=(list[item], Field(description="Les lignes de la page.")),  # type: ignore[valid-type]
        next=(str | None, Field(description="Curseur de la page suivante ; null à la dernière.")),
        total=(int | None, Field(description="Nombre de lignes en tout, quand il est connu.")),
    )
