"""The place of a case on the day it was studied: its territory and the zonings that hold it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ancrage.errors import AncrageError
from ancrage.monographs.catalogue import Monograph
from ancrage.reasoning import Verdict
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import ZoningAnswer, answer_all
from ancrage.territories.zonings.declaration import get_zoning


@dataclass(frozen=True, slots=True)
class Placed:
    """A case where it stands; ``note`` says why when its commune is not known that day."""

    case: Monograph
    territory: Territory | None
    zonings: tuple[ZoningAnswer, ...] = ()
    note: str = ""

    @property
    def known(self) -> Mapping[str, bool] | None:
        """Whether each zoning holds the place; ``None`` when the place is not known."""
        return None if self.territory is None else told_by(self.zonings)


def place(atlas: Atlas, case: Monograph) -> Placed:
    """Where a case stood on its day of study."""
    if case.header.commune is None:
        return Placed(case, None, note="Ce cas n’a pas de lieu unique, ou le sien n’est pas établi.")
    try:
        territory = resolve(atlas, case.header.commune, on=case.header.studied_on)
    except AncrageError as error:
        return Placed(case, None, note=error.message)
    return Placed(case, territory, answer_all(atlas, territory))


def within(atlas: Atlas, cases: Iterable[Monograph], zoning: str) -> list[Monograph]:
    """The cases whose place was for sure in a zoning on their day of study.

    Raises :class:`ancrage.errors.UnknownZoningError` for a zoning nobody declared.
    """
    known = get_zoning(zoning)
    return [case for case in cases if (place(atlas, case).known or {}).get(known.id)]


def told_by(zonings: Iterable[ZoningAnswer]) -> dict[str, bool]:
    """Zonings that answer *oui* or *non*; those that are partial or to be checked tell nothing."""
    sure = {Verdict.OUI: True, Verdict.NON: False}
    return {one.zoning.id: sure[one.verdict] for one in zonings if one.verdict in sure}


def zonings_then(atlas: Atlas, code: str, *, on: date) -> dict[str, bool] | None:
    """What is known of the zonings of a territory on a day; ``None`` when it cannot be told that day."""
    try:
        return told_by(answer_all(atlas, resolve(atlas, code, on=on)))
    except AncrageError:
        return None
