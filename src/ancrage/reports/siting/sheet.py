"""Where to open next, as a sheet: the sites, what each brings, where to stop, what is proved."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ancrage.language.numbers import count, kilometres, number, percent
from ancrage.language.phrases import of
from ancrage.language.typography import capitalised
from ancrage.optimum import Proof
from ancrage.questions.question import Answer
from ancrage.reports.cells import Cell, Link, distance, figure, territory
from ancrage.reports.documents import heading
from ancrage.reports.sheet import Block, Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet, present
from ancrage.reports.siting.charts import benefit_curve
from ancrage.reports.siting.document import OpeningsDocument
from ancrage.reports.siting.map import siting_map
from ancrage.reports.siting.plain import siting_as_geojson, siting_as_json
from ancrage.reports.topic import Topic
from ancrage.siting.accounts import within
from ancrage.siting.result import ChosenSite, Siting, Totals
from ancrage.siting.territory import TerritorySiting
from ancrage.territories.populations import standing

POINTS = (
    "Points des communes : contours simplifiés, IGN ; sans contours, mairies, annuaire de l'administration"
)
AS_THE_CROW_FLIES = "à vol d'oiseau"
UNKNOWN = "inconnu"
MOST_LISTED = 10
MOST_NAMED = 8

LIMITS = (
    "Les distances sont à vol d'oiseau : la route est plus longue, surtout en montagne ou près d'un fleuve.",
    "Une commune est un seul point, pris dans son contour (sa mairie, sans contours), et non ses hameaux.",
    "Le calcul ne sait rien des locaux, des budgets, des horaires, ni de ce que les habitants iraient y "
    "chercher.",
    "Deux choix presque aussi bons peuvent être très différents : la liste ouvre la discussion, "
    "elle ne la ferme pas.",
)


def describe(answer: Answer[TerritorySiting]) -> Sheet:
    """The sheet of a choice of sites."""
    opened = answer.facts
    siting = opened.siting
    return Sheet(
        kicker="Où ouvrir ensuite",
        title=f"{opened.territory.name} : {count(siting.question.sites, 'ouverture')}",
        lead=_lead(opened),
        figures=tuple(_figures(opened)),
        sections=tuple(_sections(opened)),
        warnings=tuple(warnings_of(opened)),
        sources=(
            *answer.sources,
            f"{standing(answer.on)} Listes de la DGCL et d'Etalab, d'après l'INSEE",
            POINTS,
        ),
        method="ouvrir-des-sites",
        on=answer.on,
    )


def _lead(opened: TerritorySiting) -> str:
    siting = opened.siting
    radius, chosen = siting.question.radius_km, len(siting.chosen)
    if not chosen:
        return (
            f"Aucune ouverture n'ajouterait {of(opened.unit)} à moins de {kilometres(radius)} d'un lieu."
            if radius
            else "Aucune ouverture ne rapprocherait qui que ce soit d'un lieu."
        )
    places = count(chosen, "lieu choisi", "lieux choisis")
    if radius:
        return (
            f"{places} : {number(siting.proof.value)} {opened.unit} de plus à {kilometres(radius)} "
            f"au plus d'un lieu, {AS_THE_CROW_FLIES}."
        )
    was, now = siting.before.mean_km, siting.after.mean_km
    fall = f"passe de {distance(was)} à {distance(now)}" if was is not None else f"est de {distance(now)}"
    return f"{places} : la distance moyenne au lieu le plus proche {fall}, {AS_THE_CROW_FLIES}."


def proof_words(proof: Proof) -> str:
    """Say what is proved of a value."""
    if proof.proven:
        return "optimal prouvé"
    return f"arrêté à {percent(proof.gap, 2)} au plus de l'optimum"


def _figures(opened: TerritorySiting) -> Iterator[KeyFigure]:
    siting = opened.siting
    if siting.question.radius_km:
        served = f"{_served(siting.before, siting)} → {_served(siting.after, siting)}"
        yield KeyFigure("Desservis", served, f"sur {number(siting.weight)} {opened.unit}")
    yield KeyFigure(
        "Distance moyenne", _change(siting.before.mean_km, siting.after.mean_km), AS_THE_CROW_FLIES
    )
    farthest = siting.after.farthest
    yield KeyFigure(
        "La plus grande distance",
        _change(siting.before.farthest_km, siting.after.farthest_km),
        f"ensuite : {farthest}" if farthest else "",
    )
    yield KeyFigure("Preuve", proof_words(siting.proof), _bound_words(siting))


def _served(totals: Totals, siting: Siting) -> str:
    return UNKNOWN if totals.served is None else percent(totals.served / siting.weight)


def _change(before: float | None, after: float | None) -> str:
    return distance(after) if before is None else f"{number(before, 1)} → {distance(after)}"


def _bound_words(siting: Siting) -> str:
    if siting.proof.proven:
        return "aucun autre choix ne fait mieux"
    bound = siting.proof.bound
    if siting.question.radius_km:
        return f"aucun choix ne dépasse {number(bound)} nouveaux desservis"
    return f"aucun choix ne descend sous {kilometres(bound, 2)}"


def _sections(opened: TerritorySiting) -> Iterator[Section]:
    if opened.siting.chosen:
        yield Section("lieux", "Les lieux à ouvrir", _sites_blocks(opened), "dans l'ordre où ouvrir")
    if opened.siting.chosen and len(opened.siting.curve) > 1:
        yield Section("courbe", "Où s'arrêter", _curve_blocks(opened))
    if rest := _rest(opened):
        yield Section("reste", "Ce qui reste loin", (rest,))
    yield Section("limites", "Ce que cela ne dit pas", (Items(LIMITS),))


def _sites_blocks(opened: TerritorySiting) -> tuple[Grid | Chart, ...]:
    radius = opened.siting.question.radius_km
    columns = ("Commune", "Gagnés", "Communes", "Moyenne") if radius else ("Commune", "Moyenne")
    rows = tuple(
        (_place(rank, one), *_brought(one, radius), figure(one.nearest_weight))
        for rank, one in enumerate(opened.siting.chosen, 1)
    )
    columns = (*columns, "Au plus près")
    note = (
        f"« Gagnés » : {opened.unit} qui entrent dans le rayon, après les lieux écrits au-dessus. "
        if radius
        else ""
    )
    drawn = siting_map(opened)
    grid = Grid(
        "Ce qu'apporte chaque lieu, après ceux qui le précèdent",
        columns,
        rows,
        frozenset(range(1, len(columns))),
        note=f"{note}« Moyenne » : ce que perd la distance moyenne. « Au plus près » : {opened.unit} dont "
        "c'est finalement le lieu le plus proche.",
    )
    if drawn is None:
        return (grid,)
    return (grid, Chart("ouvertures", "Carte", _map_caption(opened), svg=drawn, wide=True))


def _place(rank: int, one: ChosenSite) -> Link:
    return territory(f"{rank}. {one.name} ({one.id})", one.id)


def _brought(one: ChosenSite, radius: float | None) -> tuple[Cell, ...]:
    saved = figure(None if one.saved_km is None else -one.saved_km, 2, unit="km")
    if not radius or one.newly_served is None:
        return (saved,)
    return figure(one.newly_served), figure(one.places_served or 0), saved


def _map_caption(opened: TerritorySiting) -> str:
    told = "Ronds numérotés : lieux à ouvrir. Petits carrés : lieux existants."
    if not opened.shapes or not opened.shapes.communes:
        return told
    if opened.siting.question.radius_km:
        return f"{told} Communes teintées : nouvellement desservies. Hachurées : encore hors du rayon."
    return f"{told} Communes teintées : leur lieu le plus proche devient l'un des nouveaux."


def _curve_blocks(opened: TerritorySiting) -> tuple[Block, ...]:
    siting = opened.siting
    decimals = 0 if siting.question.radius_km else 2
    label = f"{capitalised(opened.unit)} gagnés" if not decimals else "Distance moyenne (km)"
    before = 0.0 if not decimals else siting.before.mean_km
    rows = []
    for point in siting.curve:
        value = point.proof.value
        step = figure(None if before is None else value - before, decimals)
        rows.append((figure(point.sites), figure(value, decimals), step, proof_words(point.proof)))
        before = value
    grid = Grid(
        "Le meilleur résultat possible pour chaque nombre d'ouvertures",
        ("Ouvertures", label, "De plus", "Preuve"),
        tuple(rows),
        frozenset({1, 2}),
        note="Chaque ligne choisit tous ses lieux à nouveau : ceux d'un petit nombre ne sont pas forcément "
        "parmi ceux d'un plus grand.",
    )
    curve = benefit_curve(siting)
    chart = (
        Chart("courbe", "Courbe", f"{label}, selon le nombre d'ouvertures.", spec=curve) if curve else None
    )
    told = Paragraph("Quand la courbe s'aplatit, une ouverture de plus apporte peu.")
    return present((told, chart, grid))


def _rest(opened: TerritorySiting) -> Grid | None:
    """Communes still out of the radius, the most peopled first; without a radius, the farthest ones."""
    siting = opened.siting
    radius, weights = siting.question.radius_km, siting.question.weights
    if not np.isfinite(siting.after_km).all():
        return None
    inhabited = weights != 0
    away = inhabited & ~within(siting.after_km, radius) if radius else inhabited
    key = np.where(np.isfinite(weights), weights, np.inf) if radius else siting.after_km
    ordered = sorted(np.flatnonzero(away), key=lambda rank: (-key[rank], rank))
    if not ordered:
        return None
    demand = siting.question.demand
    rows = tuple(
        (
            f"{demand.names[rank]} ({demand.ids[rank]})",
            number(weights[rank]) if np.isfinite(weights[rank]) else UNKNOWN,
            distance(float(siting.after_km[rank])),
        )
        for rank in ordered[:MOST_LISTED]
    )
    told = f"Communes encore à plus de {kilometres(radius)}" if radius else "Les communes les plus éloignées"
    left = len(ordered) - len(rows)
    note = f"Et {count(left, 'autre')}." if radius and left else ""
    return Grid(told, ("Commune", opened.unit.capitalize(), "Distance"), rows, frozenset({1, 2}), note=note)


def warnings_of(opened: TerritorySiting) -> Iterator[str]:
    """What must be known of the choice."""
    siting = opened.siting
    fewer = siting.question.sites - len(siting.chosen)
    if fewer:
        useless = count(fewer, "ouverture demandée ne servirait", "ouvertures demandées ne serviraient")
        yield f"{useless} à rien."
    if not siting.proof.proven:
        yield f"Le calcul s'est {proof_words(siting.proof)}."
    for told, names in (
        (f"{opened.unit.capitalize()} en nombre inconnu, hors des totaux", siting.unknown),
        ("Communes sans position connue, ni desservies ni candidates", opened.unlocated),
        ("Lieux existants sans position connue, ignorés", opened.unplaced),
        ("Communes candidates hors du territoire, ignorées", opened.outside),
    ):
        if names:
            yield f"{told} : {named(names)}."


def named(names: Sequence[str]) -> str:
    """The first names, and how many others."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" et {count(more, 'autre')}" if more > 0 else "")


def document(answer: Answer[TerritorySiting]) -> dict[str, Any]:
    """Plain values with stable keys: those of :class:`OpeningsDocument`."""
    return {**heading(answer, warnings_of(answer.facts)), **siting_as_json(answer.facts)}


def features(answer: Answer[TerritorySiting]) -> dict[str, Any]:
    """The sites and the communes, as points."""
    return siting_as_geojson(answer.facts)


TOPIC = Topic(describe, document, OpeningsDocument, features)
