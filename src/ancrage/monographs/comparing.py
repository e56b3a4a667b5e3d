"""One's own case beside every monograph, the zonings of both places told on the day of the study."""

from collections.abc import Iterable
from dataclasses import replace

from ancrage.monographs.catalogue import Monograph
from ancrage.monographs.places import place, zonings_then
from ancrage.monographs.traits import Alike, Traits, likeness, nearest, traits_of
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import TerritoryCode


def compare(
    atlas: Atlas, cases: Iterable[Monograph], wanted: Traits, where: TerritoryCode | None
) -> tuple[Alike, ...]:
    """The cases, nearest first. A zoning that has been replaced since is thus never a difference of dates."""
    return nearest(
        (case, likeness(_then(atlas, wanted, where, case), traits_of(case, place(atlas, case).known)))
        for case in cases
    )


def _then(atlas: Atlas, wanted: Traits, where: TerritoryCode | None, case: Monograph) -> Traits:
    if where is None:
        return wanted
    return replace(wanted, zonings=zonings_then(atlas, str(where), on=case.header.studied_on))
