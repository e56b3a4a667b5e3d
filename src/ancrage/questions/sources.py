"""The public data sets: which are declared, what the edition took of each, what is here and how old it is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked
from ancrage.questions.paging import Limit, Page, page_of_sorted
from ancrage.questions.question import Asking, Question, Worked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ancrage.sources.declaration import Source
    from ancrage.sources.provenance import Provenance
    from ancrage.sources.snapshots import SnapshotStore
    from ancrage.sources.status import ResourceStatus
    from ancrage.warehouse.reading import Row

Identifier = Annotated[str, Field(max_length=100)]


@dataclass(frozen=True, slots=True, eq=False)
class SourceFacts:
    """A source: as declared, what the edition in force took of it, the state here of each resource."""

    source: "Source"
    used: "Row | None"
    states: "Sequence[ResourceStatus]"
    snapshots: "Sequence[Provenance]"


class SourceListQuestion(Question):
    """Every public data set, by identifier."""

    name: ClassVar = "sources"
    label: ClassVar = "Les sources"
    help: ClassVar = "Liste les sources déclarées."

    limit: Limit = None

    def work_out(self, asking: Asking) -> Worked[Page[SourceFacts]]:
        """The list."""
        from ancrage.sources.catalogue import load_catalogue

        found = sorted(load_catalogue().values(), key=lambda source: source.id)
        page = page_of_sorted(found, asking, self.limit, key=lambda source: source.id)
        return Worked(Page([_facts(one, asking) for one in page.items], page.after, page.total))


class SourceQuestion(Question):
    """One public data set. Raises ``UnknownSourceError``."""

    name: ClassVar = "source"
    label: ClassVar = "Une source"
    help: ClassVar = "Montre une source : d'où elle vient, ce qu'elle contient, ce qui en est déjà là."

    source: Annotated[
        Identifier,
        Asked(
            name="source",
            label="Source déclarée",
            help="Identifiant de la source.",
            example="zrr-2017",
            metavar="ID",
            argument=True,
        ),
    ]

    def work_out(self, asking: Asking) -> Worked[SourceFacts]:
        """The source."""
        from ancrage.sources.catalogue import get_source

        return Worked(_facts(get_source(self.source), asking))


class SourceStateQuestion(Question):
    """What is here of each resource, since when. Raises ``UnknownSourceError``."""

    name: ClassVar = "etat_sources"
    label: ClassVar = "État des sources"
    help: ClassVar = "Dit ce qui est là, de quand, et ce qui a vieilli."

    sources: Annotated[
        tuple[Identifier, ...],
        Field(max_length=200),
        Asked(
            name="source",
            label="Sources",
            help="Sources voulues ; toutes si rien n'est donné.",
            metavar="[ID]...",
            argument=True,
        ),
    ] = ()

    def work_out(self, asking: Asking) -> "Worked[list[ResourceStatus]]":
        """The state of each resource."""
        from ancrage.sources.catalogue import wanted
        from ancrage.sources.status import status

        return Worked(status(wanted(self.sources), _store(), on=asking.on))


def _facts(source: "Source", asking: Asking) -> SourceFacts:
    from ancrage.sources.status import status

    store = _store()
    kept = (store.latest(source.id, resource.id) for resource in source.resources)
    taken = asking.opened.atlas.warehouse.manifest["sources"]
    return SourceFacts(
        source,
        next((row for row in taken if row["id"] == source.id), None),
        status([source], store, on=asking.on),
        [one.provenance for one in kept if one],
    )


def _store() -> "SnapshotStore":
    from ancrage.location import data_directory
    from ancrage.sources.snapshots import SnapshotStore

    return SnapshotStore(data_directory())
