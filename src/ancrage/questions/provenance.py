"""Whether an answer rests on fictitious or sampled data: told by the tables it read, and for which place."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ancrage.register.reach import Reach
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory


@dataclass(frozen=True, slots=True)
class Said:
    """What must be said of the data that was read; ``reach`` of the register, where one was read.

    ``files``: whether files of contracts that were read are only a part of what is published.
    """

    fictitious: bool = False
    sampled: bool = False
    files: bool = False
    reach: "Reach | None" = None


@dataclass(slots=True)
class Reading:
    """The tables read while a question is worked out."""

    atlas: "Atlas"
    tables: frozenset[str] = field(default_factory=frozenset)

    def said_of(self, territory: "Territory | None", departements: frozenset[str] | None) -> Said:
        """What must be said of an answer about a territory, or about these départements; else of anywhere."""
        from ancrage.register.reach import Reach, RegisterCoverage
        from ancrage.register.tables import REGISTER
        from ancrage.register.territory_places import register_places

        files = self._sampled_files()
        if not self.tables & REGISTER:
            return Said(files=files)
        coverage = RegisterCoverage.of(self.atlas)
        if departements is None and territory is not None:
            departements = register_places(self.atlas, territory).departements
        if departements is None:
            return Said(bool(coverage.fictitious), bool(coverage.sampled), files)
        reach = coverage.reach(departements)
        return Said(bool(departements & coverage.fictitious), reach is Reach.SAMPLE, files, reach)

    def _sampled_files(self) -> bool:
        from ancrage.procurement.bought.tables import PURCHASE, SOURCES

        if PURCHASE.name not in self.tables:
            return False
        entries = self.atlas.warehouse.manifest["sources"]
        return any(one["sample"] for one in entries if one["id"] in SOURCES)


@contextmanager
def reading(atlas: "Atlas") -> Iterator[Reading]:
    """Note the tables read within."""
    found = Reading(atlas)
    with atlas.warehouse.recording() as read:
        yield found
    found.tables = read.tables


def cited(atlas: "Atlas", sources: Iterable[str]) -> tuple[str, ...]:
    """The entries of the manifest for these sources, in words; files told by the same words are one."""
    from ancrage.sources.citing import source_words

    wanted = set(sources)
    told = (source_words(one) for one in atlas.warehouse.manifest["sources"] if one["id"] in wanted)
    return tuple(dict.fromkeys(told))
