"""Three tools to use here first, each with the figure that made it a priority."""

from pathlib import Path

from ancrage.diagnosis.levers import advise, as_part, rests_on_fiction
from ancrage.diagnosis.model import Diagnosis, Levers, ToolAdvice, ToolFigure, ToolFirst
from ancrage.diagnosis.overview.model import Priorities, Priority
from ancrage.language.numbers import plain_number
from ancrage.levers.authorities import Authority
from ancrage.levers.powers import own_authority
from ancrage.levers.recommending import Status
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory

SHOWN = 3
ACTING = {
    Kind.QPV: Authority.COMMUNE,
    Kind.ARRONDISSEMENT_MUNICIPAL: Authority.COMMUNE,
    Kind.CRTE: Authority.EPCI,
    Kind.EPT: Authority.EPCI,
    Kind.ARRONDISSEMENT: Authority.ETAT,
}
"""Who acts on a territory that has no authority of its own."""


def acting_authority(territory: Territory) -> Authority | None:
    """The authority of a territory, or the one that acts on it; ``None`` for a set of communes."""
    return own_authority(territory.code, on=territory.on) or ACTING.get(territory.kind)


def priorities_of(
    atlas: Atlas, territory: Territory, diagnosis: Diagnosis, *, cache: Path
) -> Priorities | None:
    """The most pressing tools; ``None`` where nobody acts."""
    authority = acting_authority(territory)
    if authority is None:
        return None
    own = own_authority(territory.code, on=territory.on) is authority
    levers = diagnosis.levers if own else None
    if levers is None:
        found = advise(atlas, territory, diagnosis, authority, cache=cache)
        levers = as_part(found, fictitious=rests_on_fiction(diagnosis))
    pressing = [one for one in levers.tools if one.status == Status.PRIORITAIRE.value]
    return Priorities(
        authority=authority.value,
        own=own,
        tools=_shown(levers, pressing),
        others=max(0, len(pressing) - SHOWN),
        fictitious=levers.fictitious,
    )


def _shown(levers: Levers, pressing: list[ToolAdvice]) -> tuple[Priority, ...]:
    """Those that the rarest figures set first, then the other priorities in their order."""
    first = [_of_figure(one) for one in levers.first]
    told = {one.number for one in first}
    return (*first, *(_of_advice(one) for one in pressing if one.number not in told))[:SHOWN]


def _of_figure(one: ToolFirst) -> Priority:
    return Priority(
        number=one.number,
        id=one.id,
        name=one.name,
        lever=one.lever,
        figure=_told(one.figure),
        reasons=(one.reason,),
    )


def _told(figure: ToolFigure) -> str:
    """The figure, and the median of the territories alike; a classification has its name alone."""
    if figure.value is None:
        return ""
    beside = (
        "" if figure.reference is None else f" (médiane des semblables : {plain_number(figure.reference)})"
    )
    return f"{figure.label} : {figure.shown}{beside}"


def _of_advice(one: ToolAdvice) -> Priority:
    figure = _told(one.figures[0]) if one.figures else ""
    return Priority(
        number=one.number, id=one.id, name=one.name, lever=one.lever, figure=figure, reasons=one.reasons
    )
