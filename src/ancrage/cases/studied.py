"""The cases of the report: the very monographs, read as cases, so that there is one catalogue."""

from functools import cache

from ancrage.cases.case import Case, Sort
from ancrage.monographs.catalogue import Monograph, read_monographs

STORY = "Récit"


@cache
def studied() -> tuple[Case, ...]:
    """Those of the project, by name."""
    return tuple(map(_case, read_monographs().cases))


def _case(one: Monograph) -> Case:
    header = one.header
    return Case(
        id=header.id,
        sort=Sort.STUDIED,
        title=header.name,
        told=one.parts[STORY],
        place=(header.commune or "", header.where, header.studied_on),
        tools=tuple(sorted(header.tools)),
        criteria=tuple(header.grid),
        source=" ; ".join(source.title for source in header.sources.values()),
        fictitious=header.fictitious,
    )
