"""Models the resources share: what a document looks like, told in French in the OpenAPI document."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ancrage.reports.documents import Document as Document
from ancrage.reports.documents import NamedTerritory as NamedTerritory

Told = Document

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
