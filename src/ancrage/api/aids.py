"""The catalogue of aids: searching it, one aid on a day, its versions, the facts its rules read."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path as InPath
from ninja import Query, Router
from pydantic import Field

from ancrage.aids.catalogue import get_aid, load_aids
from ancrage.aids.declaration import Aid
from ancrage.aids.search.gathering import gather
from ancrage.aids.search.index import AidIndex, open_index
from ancrage.aids.search.querying import search
from ancrage.aids.search.question import Question
from ancrage.aids.search.report import as_json
from ancrage.aids.search.territories import coverage_codes
from ancrage.aids.vocabulary import Nature, Theme
from ancrage.api import asked
from ancrage.api.documents import Told, page_of
from ancrage.api.rendering import document
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.cursors import page_of_sorted
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.edition.opened import Opened
from ancrage.facts.declaration import load_facts
from ancrage.facts.situation import Audience

router = Router(tags=["Aides"])
facts = Router(tags=["Aides"])
Identifier = Annotated[
    str,
    InPath(
        title="Aide du catalogue", description="Identifiant de l'aide.", example="urgencess", max_length=100
    ),
]


class ListedAid(
    Told, title="Aide listée", json_schema_extra={"description": "Une aide du catalogue, en bref."}
):
    """An aid in a list."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    summary: str = Field(description="Ce qu'elle est.")
    funder: str = Field(description="Qui la donne.")
    nature: str = Field(description="Nature : subvention, pret, garantie…")
    audience: list[str] = Field(description="À qui elle s'adresse.")
    themes: list[str] = Field(description="De quoi elle traite.")
    levers: list[int] = Field(description="Numéros des outils du compte rendu de 2021 qu'elle sert.")
    in_force: bool | None = Field(description="En vigueur le jour demandé ; null si ce n'est pas établi.")


class FoundAids(
    Told, title="Aides trouvées", json_schema_extra={"description": "Les aides qui répondent à des mots."}
):
    """Aids that answer words."""

    text: str = Field(description="Les mots reçus.")
    total: int = Field(description="Nombre d'aides qui répondent.")
    read: dict[str, list[str]] = Field(description="Mots lus à la place ou à côté de ceux reçus.")
    partial: bool = Field(description="Aucune aide ne contient tous les mots.")
    suggestions: list[str] = Field(description="Mots proches, quand rien ne répond.")
    aids: list[dict[str, Any]] = Field(description="Les meilleures réponses, avec ce qui a répondu.")


class ShownVersion(
    Told, title="Version d'une aide", json_schema_extra={"description": "L'aide sur certains jours."}
):
    """An aid on some days."""

    status: str = Field(description="etabli, a_verifier ou descriptif.")
    text: dict[str, Any] = Field(description="Le texte qui la fonde.")
    conditions: list[dict[str, Any]] = Field(description="Les conditions, et la règle de chacune.")
    note: str = Field(description="Ce qu'il faut savoir.")


class ShownAid(
    ListedAid,
    title="Aide du catalogue",
    json_schema_extra={"description": "Une aide, et sa version du jour demandé."},
):
    """An aid on a day."""

    on: str = Field(description="Jour demandé.")
    version: ShownVersion | None = Field(
        description="Version en vigueur ce jour-là ; null si aucune ne l'est."
    )
    desk: dict[str, Any] = Field(description="Où la demander.")
    history: str = Field(description="complete, ou partial : des jours sur lesquels rien n'est su.")


class ShownFact(Told, title="Fait", json_schema_extra={"description": "Un fait que les règles lisent."}):
    """A fact that rules read."""

    id: str = Field(description="Identifiant, à donner dans « facts ».")
    type: str = Field(description="booleen, entier, decimal, choix, texte ou jour.")
    label: str = Field(description="Nom.")
    question: str = Field(description="La question à poser.")
    unit: str = Field(description="Unité ; vide s'il n'en a pas.")
    choices: dict[str, str] = Field(description="Valeurs possibles d'un choix, et leurs mots.")


@router.get(
    "",
    response=page_of(ListedAid, "Page d'aides"),
    summary="Lister les aides",
    description="Le catalogue par identifiant, de page en page, filtré par public, thème et nature. Les "
    "aides importées "
    "se trouvent par la recherche.",
)
@kept
def aids(
    request: HttpRequest,
    public: Annotated[
        Audience | None, Query(title="Public", description="À qui elle s'adresse.", example="structure")
    ] = None,
    theme: Annotated[
        Theme | None, Query(title="Thème", description="De quoi elle traite.", example="emploi")
    ] = None,
    nature: Annotated[
        Nature | None, Query(title="Nature", description="Ce qu'elle est.", example="subvention")
    ] = None,
    le: asked.Day = None,
    limite: asked.Limit = 50,
    curseur: asked.Cursor = None,
) -> HttpResponse:
    """List the catalogue."""
    now = opened()
    on = day_of(request, now)
    wanted = [
        aid
        for identifier, aid in sorted(load_aids().items())
        if (public is None or public in aid.audience)
        and (theme is None or theme in aid.themes)
        and (nature is None or nature is aid.nature)
    ]
    told = page_of_sorted(request, wanted, limite, curseur, key=lambda aid: aid.id)
    return document(
        {**told, "items": [_listed(aid, aid.version_on(on) is not None) for aid in told["items"]]}
    )


@router.get(
    "/recherche",
    response=FoundAids,
    summary="Chercher des aides",
    description="Par des mots, même mal tapés, dans le catalogue et les aides importées ; les "
    "meilleures d'abord.",
)
@kept
def search_aids(
    request: HttpRequest,
    q: Annotated[
        str,
        Query(title="Mots", description="Mots cherchés.", example="trésorerie", min_length=1, max_length=200),
    ],
    territoire: Annotated[
        str | None,
        Query(
            title="Territoire",
            description="Seulement les aides ouvertes là.",
            example="23077",
            max_length=2000,
        ),
    ] = None,
    public: Annotated[Audience | None, Query(title="Public", description="À qui elle s'adresse.")] = None,
    theme: Annotated[Theme | None, Query(title="Thème", description="De quoi elle traite.")] = None,
    nature: Annotated[Nature | None, Query(title="Nature", description="Ce qu'elle est.")] = None,
    le: asked.Day = None,
    limite: asked.Limit = 20,
) -> HttpResponse:
    """Search."""
    now = opened()
    on = day_of(request, now)
    where = coverage_codes(territory_of(now, territoire, on=on)) if territoire else frozenset[str]()
    question = Question(q, where, public, theme, nature, on if le else None, limite)
    return document(as_json(search(_index(now), question), question, on=on))


def _index(now: Opened) -> AidIndex:
    return _index_of(now.cache, f"{now.edition} {now.today}")


@lru_cache(maxsize=1)
def _index_of(cache: Path, _state: str) -> AidIndex:
    """The index of the day: aids imported meanwhile are found from the next one, or after a restart."""
    return open_index(gather(cache.parent), cache)


@router.get(
    "/{aide}",
    response=ShownAid,
    summary="Montrer une aide",
    description="Qui la donne, à qui, où la demander, et sa version d'un jour : conditions, montant, textes.",
)
@kept
def aid(request: HttpRequest, aide: Identifier, le: asked.Day = None) -> HttpResponse:
    """One aid on a day."""
    on = day_of(request, opened())
    found = get_aid(aide)
    plain = found.model_dump(mode="json", by_alias=True, exclude={"versions", "cases"})
    version = found.version_on(on)
    told = {
        **plain,
        **_listed(found, version is not None),
        "on": on.isoformat(),
        "version": version.model_dump(mode="json", by_alias=True) if version else None,
    }
    return document(told)


@router.get(
    "/{aide}/versions",
    response=list[ShownVersion],
    summary="Lister les versions d'une aide",
    description="Toutes ses versions, de la plus ancienne à la plus récente, avec leurs jours, règles "
    "et textes.",
)
@kept
def versions(request: HttpRequest, aide: Identifier) -> HttpResponse:
    """Its versions."""
    return document([one.model_dump(mode="json", by_alias=True) for one in get_aid(aide).versions])


@facts.get(
    "",
    response=page_of(ShownFact, "Page de faits"),
    summary="Lister les faits",
    description="Les faits que lisent les règles des aides et des leviers : type, unité, question, "
    "valeurs possibles.",
)
@kept
def all_facts(request: HttpRequest, limite: asked.Limit = 200, curseur: asked.Cursor = None) -> HttpResponse:
    """Facts by identifier."""
    found = sorted(load_facts().values(), key=lambda fact: fact.id)
    told = page_of_sorted(request, found, limite, curseur, key=lambda fact: fact.id)
    return document({**told, "items": [fact.model_dump(mode="json") for fact in told["items"]]})


def _listed(one: Aid, current: bool) -> dict[str, Any]:
    unsure = not current and one.history == "partial"
    return {
        "id": one.id,
        "name": one.name,
        "summary": one.summary,
        "funder": one.funder,
        "nature": one.nature.value,
        "audience": [each.value for each in one.audience],
        "themes": [each.value for each in one.themes],
        "levers": list(one.levers),
        "in_force": None if unsure else current,
    }
