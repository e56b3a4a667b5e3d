"""Support coverage in words: each network, the communes nobody covers, distances, what could not be read."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ancrage.coverage.judging import ORDER, State
from ancrage.coverage.states import KindCoverage, SupportCoverage
from ancrage.coverage.territory import RINGS_KM, Weighing, ZoneDistance, share_within
from ancrage.language.days import day
from ancrage.language.numbers import count, kilometres, number, percent
from ancrage.language.phrases import listed
from ancrage.questions.coverage import CoverageFacts
from ancrage.questions.question import Answer
from ancrage.repairs import GiveField, Notice, Repair
from ancrage.reports.cells import Cell, Link, Phrase, distance, figure, share, territory
from ancrage.reports.coverage.document import CoverageDocument
from ancrage.reports.coverage.map import coverage_map
from ancrage.reports.coverage.places import (
    place_json,
    places_grid,
    places_within,
    rejects_json,
    set_aside,
)
from ancrage.reports.documents import heading
from ancrage.reports.sheet import Block, Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet, present
from ancrage.reports.topic import Topic
from ancrage.siting.positions import Floats
from ancrage.siting.shapes import TerritoryShapes
from ancrage.territories.outlined import UNDRAWN
from ancrage.territories.populations import standing

METHOD = "couverture"
TOGETHER = "accompagnement à l’ESS"
LISTED = 40
UNKNOWN = "inconnu"
STATE_SIGNS = {
    State.COUVERT: "● couvert",
    State.ELOIGNE: "◐ éloigné",
    State.DLA_SEUL: "◔ DLA seul",
    State.NON_COUVERT: "○ non couvert",
    State.INCONNU: "? inconnu",
}
MORE = (GiveField("detail"), GiveField("format", ("geojson",)))
NOT_OUTLINED = f"{UNDRAWN}, et ce qui dépend d’une distance y est inconnu"
NOT_LOADED = "aucun fichier chargé"
CROW = "Distances à vol d’oiseau, du point de la commune au lieu le plus proche qui reçoit du public."


def describe(answer: Answer[CoverageFacts]) -> Sheet:
    """The coverage of a territory; every commune when it is worth it."""
    facts, territory = answer.facts, answer.territory
    found = facts.found
    assert territory is not None  # noqa: S101 a coverage is always of a territory
    return Sheet(
        kicker=f"Couverture par l’accompagnement, au {day(found.on)}",
        title=f"{territory.name} ({territory.code.code})",
        lead="Qui accompagne, à quelle distance, et où personne ne vient "
        f"({count(len(found.communes), 'commune')}).",
        warnings=tuple(_warnings(found, facts.repairs)),
        figures=tuple(_figures(found)),
        sections=tuple(_sections(facts)),
        sources=(
            *answer.sources,
            *(f"{k.kind.label} : {k.kind.source}" for k in found.kinds.values()),
        ),
        method=METHOD,
        on=found.on,
    )


def _warnings(found: SupportCoverage, repairs: tuple[Repair, ...]) -> Iterator[str | Notice]:
    absent = [one.kind.label for one in found.kinds.values() if not one.known and not one.declared.any()]
    if absent:
        yield f"Réseaux dont aucun fichier n’est chargé, donc inconnus : {', '.join(absent)}."
    for one in (one for one in found.kinds.values() if one.partial):
        codes = sorted(found.directory.within[one.kind.id])
        covered = f"{'le département' if len(codes) == 1 else 'les départements'} {listed(codes)}"
        yield f"{one.kind.label} : la liste ne couvre que {covered} ; ailleurs, inconnu."
    lost = int(np.isnan(found.communes.longitudes).sum())
    if lost:
        told = f"{count(lost, 'commune')} sans position connue"
        yield Notice(f"{told}, faute de contours.", repairs) if repairs else f"{told} : {NOT_OUTLINED}."
    by_commune = sum(one.by_commune for one in found.directory.places if one.kind in found.kinds)
    if by_commune:
        told = count(by_commune, "lieu", "lieux")
        yield f"{told} sans coordonnées propres : placés au point de leur commune."


def _figures(found: SupportCoverage) -> Iterator[KeyFigure]:
    people = found.communes.populations
    mapped = _mapped(found)
    ranks = found.together if mapped is None else mapped.states
    for state in ORDER:
        inside = ranks == ORDER.index(state)
        if inside.any():
            share = _share(people, inside)
            yield KeyFigure(
                f"{mapped.kind.label if mapped else TOGETHER} : {state.label}",
                number(int(inside.sum())),
                f"communes{f', {percent(share, 0)} des habitants' if share is not None else ''}",
            )


def _share(people: Floats, inside: Any) -> float | None:
    known = ~np.isnan(people)
    total = float(people[known].sum())
    return float(people[known & inside].sum()) / total if total else None


def _sections(facts: CoverageFacts) -> Iterator[Section]:
    found = facts.found
    yield Section(
        "reseaux", "Réseau par réseau", (_networks(found), Paragraph(f"{CROW} {standing(found.on)}", "quiet"))
    )
    mapped = _mapped(found)
    blank = _blank(found, mapped)
    yield Section("blanches", "Zones blanches", present((_map(found, mapped, facts.shapes), *blank)))
    measured = [one for one in found.kinds.values() if not np.isnan(one.distances).all()]
    if measured:
        yield Section("distances", "Qui est à quelle distance", tuple(_rings(measured, facts.weighings)))
    if facts.zones:
        yield Section("zonages", "Distance moyenne par zonage", tuple(_zones(facts.zones)))
    if facts.detail:
        yield Section("lieux", "Les lieux du territoire", (places_grid(found),))
        yield Section("communes", "Commune par commune", (communes_grid(found),))
    yield from set_aside(found.directory)


def _networks(found: SupportCoverage) -> Grid:
    return Grid(
        "Communes selon leur état",
        ("Réseau", "Lieux", "Couvert", "Éloigné", "Non couvert", "Inconnu", "Distance moyenne"),
        tuple(_network(one) for one in found.kinds.values()),
        right=frozenset({1, 2, 3, 4, 5, 6}),
        note=f"Couvert : déclaré, ou à {kilometres(found.reaches.near_km)} au plus ; éloigné : jusqu’à "
        f"{kilometres(found.reaches.far_km)}. Un réseau sans fichier est inconnu, jamais non couvert.",
    )


def _network(one: KindCoverage) -> tuple[Cell, ...]:
    states = {state: int((one.states == ORDER.index(state)).sum()) for state in ORDER}
    return (
        one.kind.label,
        figure(one.places)
        if one.known
        else figure(None, unknown=NOT_LOADED)
        if not one.declared.any()
        else "selon la loi",
        *(
            figure(states[state])
            for state in (State.COUVERT, State.ELOIGNE, State.NON_COUVERT, State.INCONNU)
        ),
        distance(mean_km(one.distances)),
    )


def mean_km(distances: Floats) -> float | None:
    """Mean of the distances that are known."""
    known = distances[~np.isnan(distances)]
    return float(known.mean()) if known.size else None


def _mapped(found: SupportCoverage) -> KindCoverage | None:
    """The kind that is drawn: the only one measured, if there is but one; else all together."""
    measured = [one for one in found.kinds.values() if one.known]
    return measured[0] if len(measured) == 1 else None


def _states(found: SupportCoverage, mapped: KindCoverage | None) -> dict[str, State]:
    ranks = found.together if mapped is None else mapped.states
    return {code: ORDER[rank] for code, rank in zip(found.communes.codes, ranks, strict=True)}


def _map(found: SupportCoverage, mapped: KindCoverage | None, shapes: TerritoryShapes | None) -> Chart | None:
    subject = mapped.kind.label if mapped else TOGETHER
    places = found.directory.of(mapped.kind.id) if mapped else found.directory.places
    drawn = coverage_map(shapes, _states(found, mapped), places, f"Couverture : {subject}")
    if drawn is None:
        return None
    caption = (
        f"{subject} : teinte claire, couvert ; hachures, éloigné ou DLA seul ; fond jaune, non couvert ; "
        "semis, inconnu. Carrés : les lieux. Contours simplifiés, IGN."
    )
    return Chart("couverture", f"Couverture : {subject}", caption, svg=drawn, wide=True)


def _blank(found: SupportCoverage, mapped: KindCoverage | None) -> tuple[Block, ...]:
    ranks = found.together if mapped is None else mapped.states
    wanted = [ORDER.index(State.NON_COUVERT), ORDER.index(State.DLA_SEUL)]
    inside = np.flatnonzero(np.isin(ranks, wanted))
    subject = mapped.kind.label if mapped else TOGETHER
    if not inside.size:
        unknown = int((ranks == ORDER.index(State.INCONNU)).sum())
        told = (
            f"{subject} : aucune zone blanche ne peut être affirmée, "
            f"{count(unknown, 'commune est inconnue', 'communes sont inconnues')}."
            if unknown
            else f"{subject} : aucune zone blanche."
        )
        return (Paragraph(told),)
    people = found.communes.populations
    ordered = sorted(inside, key=lambda rank: -np.nan_to_num(people[rank]))
    lines = tuple(_blank_line(found, int(rank), mapped) for rank in ordered[:LISTED])
    more = len(ordered) - len(lines)
    return present(
        (
            Paragraph(f"{subject} : {count(len(ordered), 'commune')}, les plus peuplées d’abord.", "strong"),
            Items(lines),
            Paragraph(f"Et {count(more, 'autre')}.", "quiet", MORE) if more else None,
        )
    )


def _blank_line(found: SupportCoverage, rank: int, mapped: KindCoverage | None) -> str:
    people = found.communes.populations[rank]
    inhabitants = UNKNOWN if np.isnan(people) else number(float(people))
    far = f", à {distance(float(mapped.distances[rank]))}" if mapped and mapped.distances[rank] > 0 else ""
    return Phrase(commune_cell(found, rank), f", {inhabitants} habitants{far}")


def commune_cell(found: SupportCoverage, rank: int) -> Link:
    """A commune, named with its code."""
    code = found.communes.codes[rank]
    return territory(f"{found.communes.names[rank]} ({code})", code)


def _rings(measured: Sequence[KindCoverage], weighings: Sequence[Weighing]) -> Iterator[Block]:
    for weighing in weighings:
        yield Grid(
            f"Part des {weighing.label} à chaque distance",
            ("Réseau", *(f"{km} km" for km in RINGS_KM)),
            tuple(
                (
                    one.kind.label,
                    *(share(share_within(one.distances, weighing.values, km), 0) for km in RINGS_KM),
                )
                for one in measured
            ),
            right=frozenset(range(1, len(RINGS_KM) + 1)),
        )
    if len(weighings) == 1:
        yield Paragraph(
            "Les structures et emplois de l’ESS ne sont pas comptés : "
            "aucun registre complet ne couvre ce territoire.",
            "quiet",
        )


def _zones(zones: Sequence[tuple[KindCoverage, Sequence[ZoneDistance]]]) -> Iterator[Block]:
    for one, told in zones:
        yield Grid(
            one.kind.label,
            ("Zonage", "Communes classées", "Dans le zonage", "Hors du zonage"),
            tuple(
                (zone.zoning.label, figure(zone.communes), distance(zone.inside), distance(zone.outside))
                for zone in told
            ),
            right=frozenset({1, 2, 3}),
            note="Moyenne des communes, chacune comptant pour une.",
        )


def communes_grid(found: SupportCoverage) -> Grid:
    """Each commune, its state and that of each network."""
    kinds = [one for one in found.kinds.values() if one.known or one.declared.any()]
    return Grid(
        "Communes",
        ("Commune", "Ensemble", *(one.kind.label for one in kinds)),
        tuple(
            (
                commune_cell(found, rank),
                STATE_SIGNS[ORDER[found.together[rank]]],
                *(_state_words(one, rank) for one in kinds),
            )
            for rank in range(len(found.communes))
        ),
    )


def _table(answer: Answer[CoverageFacts]) -> Grid:
    """One line a commune, a state and a distance a network: what a CSV is wanted for."""
    found = answer.facts.found
    kinds = [one for one in found.kinds.values() if one.known or one.declared.any()]
    return Grid(
        "Communes",
        (
            "Code",
            "Commune",
            "Habitants",
            "Ensemble",
            *(title for one in kinds for title in (one.kind.label, f"{one.kind.label} (km)")),
        ),
        tuple(_row(found, kinds, rank) for rank in range(len(found.communes))),
    )


def _row(found: SupportCoverage, kinds: Sequence[KindCoverage], rank: int) -> tuple[Cell, ...]:
    code = found.communes.codes[rank]
    return (
        territory(code, code),
        found.communes.names[rank],
        figure(_known(found.communes.populations[rank])),
        ORDER[found.together[rank]].label,
        *(
            cell
            for one in kinds
            for cell in (ORDER[one.states[rank]].label, figure(_known(one.distances[rank]), 3))
        ),
    )


def _state_words(one: KindCoverage, rank: int) -> str:
    state = ORDER[one.states[rank]].label
    km = one.distances[rank]
    declared = ", déclaré" if one.declared[rank] else ""
    return f"{state}{declared}" if np.isnan(km) else f"{state}{declared}, {distance(float(km))}"


def document(answer: Answer[CoverageFacts]) -> dict[str, Any]:
    """Plain values; ``null`` where nothing is known. :class:`CoverageDocument` is its schema."""
    found, weighings = answer.facts.found, answer.facts.weighings
    return {
        **heading(answer, _warnings(found, answer.facts.repairs)),
        "near_km": found.reaches.near_km,
        "far_km": found.reaches.far_km,
        "kinds": [_kind_json(one, weighings) for one in found.kinds.values()],
        "communes": [
            {
                "code": found.communes.codes[rank],
                "name": found.communes.names[rank],
                "together": ORDER[found.together[rank]].value,
                "states": {name: ORDER[one.states[rank]].value for name, one in found.kinds.items()},
                "distances_km": {name: _known(one.distances[rank]) for name, one in found.kinds.items()},
            }
            for rank in range(len(found.communes))
        ],
        "places": [place_json(place) for place in places_within(found)],
        "rejected": rejects_json(found.directory.rejected),
        "moved": rejects_json(found.directory.moved),
        "remarks": rejects_json(found.directory.remarks),
        "merged": rejects_json(found.directory.merged),
    }


def _kind_json(one: KindCoverage, weighings: Sequence[Weighing]) -> dict[str, Any]:
    return {
        "id": one.kind.id,
        "label": one.kind.label,
        "ess": one.kind.ess,
        "known": one.known,
        "places": one.places if one.known else None,
        "mean_km": mean_km(one.distances),
        "within": {
            weighing.label: {str(km): share_within(one.distances, weighing.values, km) for km in RINGS_KM}
            for weighing in weighings
        },
    }


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)


def features(answer: Answer[CoverageFacts]) -> dict[str, Any]:
    """Communes with their states, as outlines when they are known, else as points (WGS 84)."""
    found, shapes = answer.facts.found, answer.facts.shapes
    drawn = []
    for rank, code in enumerate(found.communes.codes):
        longitude, latitude = found.communes.longitudes[rank], found.communes.latitudes[rank]
        point = None if np.isnan(longitude) else {"type": "Point", "coordinates": [longitude, latitude]}
        drawn.append(
            {
                "type": "Feature",
                "geometry": shapes.communes.get(code, point) if shapes else point,
                "properties": {
                    "code": code,
                    "nom": found.communes.names[rank],
                    "ensemble": ORDER[found.together[rank]].value,
                    **{name: ORDER[one.states[rank]].value for name, one in found.kinds.items()},
                    **{f"{name}_km": _known(one.distances[rank]) for name, one in found.kinds.items()},
                },
            }
        )
    return {"type": "FeatureCollection", "features": drawn}


TOPIC = Topic(describe, document, CoverageDocument, features, _table)
