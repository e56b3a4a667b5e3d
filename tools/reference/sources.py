"""Page of the declared sources: who, under which licence, from where, and what the mirror holds."""

from collections.abc import Iterator

from ancrage.edition.manifest import COG, DEMONSTRATION
from ancrage.sources.catalogue import load_catalogue
from ancrage.sources.declaration import Resource, Source

from .markdown import code, codes, count, page, table

TO_CONFIRM = "à confirmer"


def sources_page() -> str:
    """A summary, then one section a source."""
    sources = load_catalogue().values()
    rows = [
        (f"[`{source.id}`](#{source.id})", source.title, source.producer, source.vintage, source.licence)
        for source in sources
    ]
    return page(
        "Sources",
        "Chaque jeu de données public est déclaré une fois, dans `src/ancrage/sources/catalogue/`. "
        "Une adresse « à confirmer » n'a pas pu être vérifiée : la ressource ne vient alors que d'un miroir. "
        "Voir [comment synchroniser](../donnees.md).",
        [
            table(("source", "titre", "producteur", "millésime", "licence"), rows),
            _unfetched(),
            *map(_section, sources),
        ],
    )


def _unfetched() -> str:
    told = [
        f"- `{one['id']}` : {one['title']}, {one['producer']}, {one['vintage']}, {one['licence']}."
        for one in (COG, DEMONSTRATION)
    ]
    return "\n".join(["Deux autres voyagent dans le paquet et ne se synchronisent pas :", "", *told])


def _section(source: Source) -> str:
    lines = [
        f"## {source.id}",
        f"**{source.title}.** {source.description}",
        "\n".join(
            [
                f"- producteur : {source.producer}",
                f"- licence : [{source.licence}]({source.licence_url})",
                f"- page : <{source.home}>",
                f"- millésime : {source.vintage} ; mise à jour : {source.frequency}",
                *([f"- note : {source.note}"] if source.note else []),
            ]
        ),
        *("\n".join(_resource(resource)) for resource in source.resources),
    ]
    return "\n\n".join(lines)


def _resource(resource: Resource) -> Iterator[str]:
    title = f", {resource.title}" if resource.title else ""
    yield f"Ressource `{resource.id}` ({resource.format.value}{title}) :"
    yield ""
    addresses = [f"  - <{address.url}>" for address in resource.addresses]
    yield "- adresses :" if addresses else f"- adresses : {TO_CONFIRM}"
    yield from addresses
    yield f"- miroir : {_mirror(resource)}"
    if resource.columns:
        yield f"- colonnes lues : {codes(resource.columns)}"
    if resource.min_rows > 1:
        yield f"- au moins {count(resource.min_rows)} lignes, sinon le fichier est tenu pour tronqué"
    if resource.max_age_days:
        yield f"- tenue pour ancienne après {resource.max_age_days} jours"
    if resource.note:
        yield f"- note : {resource.note}"


def _mirror(resource: Resource) -> str:
    if resource.mirror is None:
        return "aucun fichier prévu"
    paths = ", ".join(code(path) for path in resource.mirror.paths)
    if resource.mirror.sample:
        return f"{paths}. **Échantillon** : {resource.mirror.note}"
    return f"{paths}. {resource.mirror.note}" if resource.mirror.note else paths
