"""One box for everything that can be found by words or by a code."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked, Number
from ancrage.questions.question import Asking, Question, Worked
from ancrage.search.suggestion import Found, Suggestion

if TYPE_CHECKING:
    from pathlib import Path

    from ancrage.edition.opened import Opened
    from ancrage.search.index import SearchIndex
    from ancrage.territories.atlas import Atlas

LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True, eq=False)
class SearchFacts:
    """What was typed, and what answers, the most like it first."""

    text: str
    found: tuple[Suggestion, ...]


class SearchQuestion(Question):
    """What answers to words, of every kind or of some."""

    name: ClassVar = "recherche"
    label: ClassVar = "Recherche"
    help: ClassVar = (
        "Cherche partout : territoires, structures, aides, leviers, outils, monographies, glossaire."
    )

    text: Annotated[
        str,
        Field(max_length=LONGEST_TEXT),
        Asked(
            name="q",
            label="Texte",
            help="Un nom, même mal tapé, un code INSEE, postal, un SIRET…",
            example="ressourcerie",
            metavar="TEXTE",
            argument=True,
        ),
    ]
    kinds: Annotated[
        tuple[Found, ...],
        Field(max_length=len(Found)),
        Asked(
            name="sorte",
            label="Sorte",
            help=f"Seulement cette sorte : {', '.join(Found)} ; répétable.",
            example="structure",
            option="--type",
            metavar="SORTE",
        ),
    ] = ()
    limit: Annotated[
        int,
        Number,
        Field(ge=1, le=200),
        Asked(name="limite", label="Réponses", help="Réponses au plus."),
    ] = 12

    def work_out(self, asking: Asking) -> Worked[SearchFacts]:
        """What answers. Raises what :func:`ancrage.search.index.open_index` raises."""
        found = index_of(asking.opened).suggest(self.text, limit=self.limit, kinds=self.kinds or Found)
        return Worked(SearchFacts(self.text, found), departements=_departements(asking.opened.atlas, found))


def index_of(opened: "Opened") -> "SearchIndex":
    """The index of an edition, opened once by a process that stays."""
    return opened.atlas.holding(_index)(opened.cache)


def _index(atlas: "Atlas", cache: "Path") -> "SearchIndex":
    from ancrage.location import data_directory
    from ancrage.search.index import open_index

    return open_index(atlas, cache, data=data_directory())


def _departements(atlas: "Atlas", found: tuple[Suggestion, ...]) -> frozenset[str]:
    """Where the structures found are: what is said of the register is said of what was found of it."""
    sirets = [one.code for one in found if one.kind is Found.STRUCTURE]
    if not sirets:
        return frozenset()
    rows = atlas.warehouse.rows(
        "SELECT DISTINCT departement FROM ess_establishment WHERE siret IN (SELECT unnest(?))", (sirets,)
    )
    return frozenset(row["departement"] for row in rows if row["departement"])
