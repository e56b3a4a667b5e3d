"""Cases that pass every filter, those of territories alike first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.cases.case import Case, PlanByLever, Sort, Stage
from ancrage.cases.shelf import published
from ancrage.errors import AncrageError
from ancrage.levers.catalogue import read_levers
from ancrage.reasoning import Verdict
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.resolving import resolve
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import answer_all


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of cases; nothing is asked by what is empty. ``zoning``: of the place, on its day.

    Words are searched apart (:class:`ancrage.cases.words.Searched`).
    """

    sort: Sort | None = None
    tool: int | None = None
    lever: int | None = None
    criterion: str = ""
    kind: Kind | None = None
    zoning: str = ""
    shared: bool = False


def passing(atlas: Atlas, cases: Iterable[Case], asked: Asked) -> list[Case]:
    """The cases that pass every filter; an unknown place is in no kind and no zoning."""
    return [one for one in cases if _told(one, asked) and _placed(atlas, one, asked)]


def levers_of(case: Case) -> tuple[int, ...]:
    """Numbers of the levers its tools are of."""
    catalogue = read_levers()
    return tuple(sorted({catalogue.lever_of(catalogue.tools[one]).number for one in case.tools}))


def place_of(atlas: Atlas, case: Case | PlanByLever) -> Territory | None:
    """Its territory, on the day its place was written; ``None`` when it has none, or is not known."""
    code, _, on = case.place
    if not code:
        return None
    try:
        return resolve(atlas, code, on=on)
    except AncrageError:
        return None


def campaigns_in(atlas: Atlas, territory: Territory) -> tuple[Case, ...]:
    """Campaigns to come or open, published for a territory or for a place wholly inside it."""
    live = [one for one in published() if one.campaign and one.campaign.stage in (Stage.COMING, Stage.OPEN)]
    return tuple(one for one in live if _inside(atlas, one, territory))


def _inside(atlas: Atlas, case: Case, territory: Territory) -> bool:
    place = place_of(atlas, case)
    return place is not None and bool(place.communes) and set(place.communes) <= set(territory.communes)


def nearest_first(cases: Iterable[Case], far: Mapping[str, float]) -> tuple[tuple[Case, float | None], ...]:
    """Cases with how far their territory is (by its code), the nearest first, those not compared last."""
    told = [(one, far.get(one.place[0])) for one in cases]
    return tuple(sorted(told, key=lambda pair: (pair[1] is None, pair[1] or 0.0)))


def _told(case: Case, asked: Asked) -> bool:
    return (
        asked.sort in (None, case.sort)
        and (asked.tool is None or asked.tool in case.tools)
        and (asked.lever is None or asked.lever in levers_of(case))
        and (not asked.criterion or asked.criterion in case.criteria)
        and (case.shared or not asked.shared)
    )


def _placed(atlas: Atlas, case: Case, asked: Asked) -> bool:
    if asked.kind is None and not asked.zoning:
        return True
    place = place_of(atlas, case)
    if place is None or asked.kind not in (None, place.kind):
        return False
    held = (Verdict.OUI, Verdict.PARTIEL)
    return not asked.zoning or any(
        one.zoning.id == asked.zoning and one.verdict in held for one in answer_all(atlas, place)
    )
