"""Three tools to use here first, each with what made it a priority."""

from pathlib import Path

from ancrage.diagnosis.levers import advise, rests_on_fiction
from ancrage.diagnosis.model import Diagnosis
from ancrage.diagnosis.overview.model import Priorities, Priority
from ancrage.levers.authorities import Authority
from ancrage.levers.powers import own_authority
from ancrage.levers.recommending import Advice, Status
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
    Kind.FRANCE: Authority.ETAT,
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
    pressing = advise(atlas, territory, diagnosis, authority, cache=cache).of(Status.PRIORITAIRE)
    return Priorities(
        authority=authority.value,
        own=own_authority(territory.code, on=territory.on) is authority,
        tools=tuple(map(_priority, pressing[:SHOWN])),
        others=len(pressing[SHOWN:]),
        fictitious=rests_on_fiction(diagnosis),
    )


def _priority(advice: Advice) -> Priority:
    return Priority(
        number=advice.tool.number,
        id=advice.tool.id,
        name=advice.tool.name,
        lever=advice.lever.name,
        figure=advice.reasons[0],
        reasons=advice.reasons,
    )
