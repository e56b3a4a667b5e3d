"""What the JSON documents of every topic share: who, when, on which data. The keys are those of the API."""

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ancrage.questions.paging import Page
from ancrage.questions.question import Answer
from ancrage.territories.territory import Named


def _described(schema: dict[str, Any]) -> None:
    """Describe in French what says no more than its title, rather than by the words of the code."""
    schema["description"] = f"{schema['title']}."


class Document(BaseModel):
    """Base of what is told: keys only ever grow, so that a tool must accept those it does not know."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_described)

    def __init_subclass__(cls, *, description: str = "", **settings: Any) -> None:
        """A schema says what it is in French: ``class Desk(Document, title=…, description=…)``."""
        super().__init_subclass__(**settings)
        if description:
            cls.model_config["json_schema_extra"] = {"description": description}


class NamedTerritory(
    Document,
    title="Territoire nommé",
    json_schema_extra={"description": "Un territoire désigné, sans détail."},
):
    """A territory named beside another."""

    kind: str = Field(description="Nature : commune, epci, departement, region, france, crte, qpv, ensemble…")
    code: str = Field(description="Code officiel, sans préfixe.")
    id: str = Field(description="Code à donner à l'API, avec son préfixe s'il en faut un.")
    name: str = Field(description="Nom.")


class Common(Document):
    """What begins the document of any answer."""

    on: str = Field(description="Jour pour lequel la réponse vaut.")
    question: str = Field(description="Adresse de la question : la même pour la même question.")
    warnings: list[str] = Field(description="Ce qu'il faut savoir des données.")
    sources: list[str] = Field(description="D'où viennent les données, avec leur millésime et leur licence.")
    fictitious: bool = Field(description="Vrai si des données lues sont de démonstration, fictives.")
    sampled: bool = Field(description="Vrai si des données lues ne sont qu'un échantillon.")


class Heading(Common):
    """What begins the document of an answer about a territory."""

    territory: NamedTerritory = Field(description="Le territoire.")


class PagedDocument(Common):
    """What begins the document of a long list, whose lines are its ``items``."""

    next: str | None = Field(description="Curseur de la page suivante ; null à la dernière.")
    total: int | None = Field(description="Nombre de lignes en tout, quand il est connu.")


def heading(answer: Answer[Any], warnings: Iterable[str] = ()) -> dict[str, Any]:
    """The keys of :class:`Heading`, or those of :class:`Common` for an answer about no territory.

    ``warnings``: those of the sheet.
    """
    about = {} if answer.territory is None else {"territory": named(answer.territory.named)}
    return {
        **about,
        "on": answer.on.isoformat(),
        "question": answer.question.address,
        "warnings": list(dict.fromkeys((*answer.warnings, *warnings, *answer.caveats))),
        "sources": list(answer.sources),
        "fictitious": answer.fictitious,
        "sampled": answer.sampled,
    }


def named(one: Named) -> dict[str, Any]:
    """A territory as it is named beside others: the keys of :class:`NamedTerritory`."""
    return {"kind": one.code.kind.value, "code": one.code.code, "id": str(one.code), "name": one.name}


def paged(page: Page[Any], told: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The lines of a page, and what follows them: the keys of :class:`PagedDocument`, and ``items``."""
    return {"items": [told(one) for one in page.items], "next": page.after, "total": page.total}
