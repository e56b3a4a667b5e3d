"""Where published cases are read: the workspace, above, says how; without it, none is read and it is said.

Questions stand below what people write. They ask here, and the workspace gives its reader when it starts.
"""

from collections.abc import Callable

from ancrage.cases.case import Case, PlanByLever, Sort
from ancrage.errors import UnknownCaseError
from ancrage.language.days import day
from ancrage.repairs import See

Reader = Callable[[str | None], tuple[Case, ...]]
"""The live cases; or the one of an identifier, be it withdrawn."""
Plans = Callable[[], tuple[PlanByLever, ...]]
"""The plans that ateliers let others compare, the last first."""
_reader: list[Reader] = []
_plans: list[Plans] = []
UNREAD = "Les cas publiés par les ateliers ne se lisent que là où leur base est ouverte."


def lend(reader: Reader, plans: Plans) -> None:
    """Say how published cases and plans are read."""
    _reader[:], _plans[:] = [reader], [plans]


def plans() -> tuple[PlanByLever, ...]:
    """Every plan published by lever."""
    return _plans[0]() if _plans else ()


def readable() -> bool:
    """Whether published cases can be read here."""
    return bool(_reader)


def cases() -> tuple[Case, ...]:
    """Every case: those published, the last first, then those of the report."""
    from ancrage.cases.studied import studied

    return (*(_reader[0](None) if _reader else ()), *studied())


def case(identifier: str) -> Case:
    """A case that may be read. Raises :class:`UnknownCaseError`, which tells one that was withdrawn."""
    found = known(identifier)
    if found is None:
        raise UnknownCaseError(f"Aucun cas ne porte l’identifiant « {identifier[:60]} ».", _SEE, See("case"))
    if found.withdrawn_on:
        told = f"Ce cas de {found.where} n’est plus publié depuis le {day(found.withdrawn_on)}."
        if found.followed_by:
            raise UnknownCaseError(told, "Un autre l’a remplacé.", See("case", found.followed_by))
        raise UnknownCaseError(told, _SEE, See("case"))
    return found


def known(identifier: str) -> Case | None:
    """A case, withdrawn ones included: what was copied keeps its origin."""
    from ancrage.cases.studied import studied

    published = _reader[0](identifier) if _reader else ()
    return next((one for one in (*published, *studied()) if one.id == identifier), None)


def published() -> tuple[Case, ...]:
    """Those of ateliers only."""
    return tuple(one for one in cases() if one.sort is not Sort.STUDIED)


_SEE = "Voyez ceux qui sont publiés."
