"""A round as a sheet: the stops in order, kilometres, days, what is proved."""

from collections.abc import Iterator
from typing import Any

from ancrage.language.numbers import count, percent, plain_number
from ancrage.questions.question import Answer
from ancrage.reports.cells import Cell, Link, distance, figure, territory
from ancrage.reports.documents import heading
from ancrage.reports.rounds.document import RoundDocument
from ancrage.reports.sheet import Grid, Items, KeyFigure, Section, Sheet
from ancrage.reports.siting.sheet import AS_THE_CROW_FLIES, POINTS, UNKNOWN, named, proof_words
from ancrage.reports.topic import Topic
from ancrage.rounds.days import Day
from ancrage.rounds.planning import Round
from ancrage.rounds.territory import TerritoryRound

LIMITS = (
    "Les kilomètres sont à vol d'oiseau ; avec un facteur de détour, ils sont multipliés par lui, partout le "
    "même.",
    "Les jours coupent la meilleure tournée sans en changer l'ordre : un autre partage peut être plus court.",
    "Ni la circulation, ni les horaires, ni le stationnement ne sont connus.",
)


def describe(answer: Answer[TerritoryRound]) -> Sheet:
    """The sheet of a round."""
    planned = answer.facts
    one = planned.round
    return Sheet(
        kicker="Tournée",
        title=f"De {one.base.names[0]} : {count(len(one.order), 'arrêt')}",
        lead=f"La tournée fait {distance(one.proof.value)} {AS_THE_CROW_FLIES}{_by_road(one)}.",
        figures=tuple(_figures(one)),
        sections=tuple(_sections(one)),
        warnings=tuple(_warnings(planned)),
        sources=(*answer.sources, POINTS),
        method="ouvrir-des-sites",
        on=answer.on,
    )


def _by_road(one: Round) -> str:
    if one.road_km is None or one.rules.detour is None:
        return ""
    return f", soit {distance(one.road_km)} avec un facteur de détour de {plain_number(one.rules.detour)}"


def _figures(one: Round) -> Iterator[KeyFigure]:
    yield KeyFigure("Longueur", distance(one.proof.value), AS_THE_CROW_FLIES)
    least = f"aucun ordre ne fait moins de {distance(one.proof.bound)}"
    proven = one.proof.proven
    yield KeyFigure(
        "Preuve", proof_words(one.proof), "aucun autre ordre n'est plus court" if proven else least
    )
    days = count(len(one.days), "jour") if one.days else UNKNOWN
    yield KeyFigure("Durée", days, "" if one.days else "donnez des kilomètres ou des heures par jour")


def _sections(one: Round) -> Iterator[Section]:
    yield Section(
        "ordre", "L'ordre des arrêts", (Items(tuple(_stop(one, stop) for stop in one.order), True),)
    )
    if one.days:
        rows = tuple(_day_row(rank, day, one) for rank, day in enumerate(one.days, 1))
        note = f"Chaque jour part de {one.base.names[0]} et y revient. {_hours_note(one)}".strip()
        grid = Grid("Les jours", ("Jour", "Arrêts", "Km", "Heures"), rows, frozenset({2, 3}), note=note)
        yield Section("jours", "Jour par jour", (grid,))
    yield Section("limites", "Ce que cela ne dit pas", (Items(LIMITS),))


def _stop(one: Round, stop: int) -> Link:
    return territory(one.stops.names[stop], one.stops.ids[stop])


def _day_row(rank: int, day: Day, one: Round) -> tuple[Cell, ...]:
    stops = ", ".join(one.stops.names[stop] for stop in day.stops)
    return figure(rank), stops, figure(day.km * (one.rules.detour or 1), 1), figure(day.hours, 1)


def _hours_note(one: Round) -> str:
    if one.rules.km_per_hour is None:
        return "Sans vitesse donnée, les heures de route ne sont pas comptées."
    return f"Route à {plain_number(one.rules.km_per_hour)} km/h."


def _warnings(planned: TerritoryRound) -> Iterator[str]:
    one = planned.round
    if not one.proof.proven:
        yield f"L'ordre est à {percent(one.proof.gap, 2)} au plus du plus court."
    if planned.unlocated:
        yield f"Communes sans position connue, hors de la tournée : {named(planned.unlocated)}."


def document(answer: Answer[TerritoryRound]) -> dict[str, Any]:
    """The round with stable keys; kilometres straight, ``road_km`` by the detour factor given."""
    planned = answer.facts
    one = planned.round
    rules = one.rules
    return {
        **heading(answer, _warnings(planned)),
        "base": {"code": one.base.ids[0], "name": one.base.names[0]},
        "stops": [{"code": one.stops.ids[stop], "name": one.stops.names[stop]} for stop in one.order],
        "km": one.proof.value,
        "bound_km": one.proof.bound,
        "gap": one.proof.gap,
        "proven": one.proof.proven,
        "road_km": one.road_km,
        "rules": {
            "detour": rules.detour,
            "km_per_day": rules.km_per_day,
            "hours_per_stop": rules.hours_per_stop,
            "hours_per_day": rules.hours_per_day,
            "km_per_hour": rules.km_per_hour,
        },
        "days": [
            {"stops": [one.stops.ids[stop] for stop in day.stops], "km": day.km, "hours": day.hours}
            for day in one.days
        ]
        or None,
        "unlocated": list(planned.unlocated),
        "distances": "vol_d_oiseau",
    }


TOPIC = Topic(describe, document, RoundDocument)
