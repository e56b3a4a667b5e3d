"""Territories in words."""

from typing import Any

from ancrage.language.days import day
from ancrage.language.phrases import plural
from ancrage.language.typography import capitalised
from ancrage.questions.paging import Page
from ancrage.questions.question import Answer
from ancrage.questions.territories import TerritoryFacts
from ancrage.reports import cells
from ancrage.reports.documents import heading, named, paged
from ancrage.reports.sheet import Grid, KeyFigure, Section, Sheet
from ancrage.reports.territories.document import CommunesDocument, TerritoriesDocument, TerritoryDocument
from ancrage.reports.topic import Topic
from ancrage.reports.zonings.sheet import zonings_grid
from ancrage.territories.finding import Match
from ancrage.territories.populations import standing
from ancrage.warehouse.reading import Row

COLUMNS = ("Code", "Nom", "Ce que c’est", "Habitants", "Trouvé par")


def describe_found(answer: Answer[Page[Match]]) -> Sheet:
    """The territories found, or listed."""
    rows = tuple(
        (
            cells.territory(str(one.named.code), str(one.named.code)),
            one.named.name,
            one.context,
            cells.figure(one.population, unknown=""),
            one.via,
        )
        for one in answer.facts.items
    )
    typed = getattr(answer.question, "text", "")
    return Sheet(
        kicker=f"Territoires, le {day(answer.on)}",
        title=f"« {typed} »" if typed else answer.question.label,
        lead="Du plus ressemblant au moins ressemblant." if typed else "Par code.",
        sections=(
            Section(
                "territoires",
                "Territoires",
                (Grid("Territoires", COLUMNS, rows, frozenset({3})),),
            ),
        ),
    )


def document_of_found(answer: Answer[Page[Match]]) -> dict[str, Any]:
    """Plain values: :class:`TerritoriesDocument` is their schema."""
    return {**heading(answer), **paged(answer.facts, _found)}


def _found(one: Match) -> dict[str, Any]:
    beside = {name: getattr(one, name) for name in ("context", "via", "score", "population")}
    return named(one.named) | beside


def describe(answer: Answer[TerritoryFacts]) -> Sheet:
    """A territory: how many live there, what holds it, what the zonings say of it."""
    territory = answer.facts.territory
    parents = tuple(
        (one.code.label, cells.territory(one.name, str(one.code)), str(one.code)) for one in territory.parents
    )
    held = Grid("Territoires qui le contiennent", ("Nature", "Nom", "Code"), parents)
    return Sheet(
        kicker=f"{capitalised(territory.code.label)}, le {day(territory.on)}",
        title=f"{territory.name} ({territory.code})",
        lead=f"Dans le code officiel géographique de {territory.vintage}.",
        figures=(
            KeyFigure(
                "Population municipale",
                cells.figure(territory.population, unknown="inconnue"),
                territory.population_label.removeprefix("population municipale "),
            ),
            KeyFigure("Communes", cells.figure(len(territory.communes)), _doubt(len(territory.uncertain))),
        ),
        warnings=(territory.note,) if territory.note else (),
        sections=(
            *((Section("parents", "Ce qui le contient", (held,)),) if parents else ()),
            Section("zonages", "Zonages", (zonings_grid(answer.facts.zonings),)),
        ),
        sources=answer.sources,
        method="zonages",
        on=territory.on,
    )


def _doubt(uncertain: int) -> str:
    return f"dont {uncertain} {plural(uncertain, 'incertaine')}" if uncertain else ""


def document(answer: Answer[TerritoryFacts]) -> dict[str, Any]:
    """Plain values: :class:`TerritoryDocument` is their schema."""
    found = answer.facts.territory
    return {
        **named(found.named),
        **heading(answer, (found.note,) if found.note else ()),
        "vintage": found.vintage,
        "population": found.population,
        "population_label": found.population_label,
        "population_reference_year": found.legal.reference_year if found.legal else None,
        "population_in_force_on": found.legal.in_force_on.isoformat() if found.legal else None,
        "total_population": found.legal.total if found.legal else None,
        "commune_count": len(found.communes),
        "communes": list(found.communes),
        "uncertain_communes": sorted(found.uncertain),
        "parents": [named(parent) for parent in found.parents],
        "zonings": [one.as_json() for one in answer.facts.zonings],
        "note": found.note,
    }


def table(answer: Answer[TerritoryFacts]) -> Grid:
    """What the zonings say."""
    return zonings_grid(answer.facts.zonings)


def describe_communes(answer: Answer[Page[Row]]) -> Sheet:
    """The communes of a territory."""
    territory = answer.territory
    assert territory is not None  # noqa: S101 they are always those of a territory
    rows = tuple(
        (
            cells.territory(row["code"], row["code"]),
            row["name"],
            cells.figure(row["population"], unknown="inconnue"),
            cells.territory(row["epci"], row["epci"]) if row["epci"] else "",
        )
        for row in answer.facts.items
    )
    columns = ("Code", "Nom", "Population municipale", "Intercommunalité")
    return Sheet(
        kicker=f"Communes, le {day(territory.on)}",
        title=f"{territory.name} ({territory.code})",
        lead=f"Par code INSEE. {standing(territory.on)}",
        figures=(KeyFigure("Communes", cells.figure(answer.facts.total)),),
        sections=(Section("communes", "Communes", (Grid("Communes", columns, rows, frozenset({2})),)),),
        on=territory.on,
    )


def document_of_communes(answer: Answer[Page[Row]]) -> dict[str, Any]:
    """Plain values: :class:`CommunesDocument` is their schema."""
    return {**heading(answer), **paged(answer.facts, dict)}


TOPIC = Topic(describe, document, TerritoryDocument, table=table)
TOPIC_OF_FOUND = Topic(describe_found, document_of_found, TerritoriesDocument)
TOPIC_OF_COMMUNES = Topic(describe_communes, document_of_communes, CommunesDocument)
