"""A question is a value: typed fields, an address, a fingerprint, and an answer that knows what it read."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Self, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict

from ancrage.questions.fields import DAY, PLACE, Asked, Day, PlaceText, asked_of, takes_several, written

if TYPE_CHECKING:
    from ancrage.declarations.csv_text import Reject
    from ancrage.edition.opened import Opened
    from ancrage.register.reach import Reach
    from ancrage.territories.territory import Territory

Facts = TypeVar("Facts")
SAMPLED_FILES = (
    "Les fichiers de marchés lus ne sont qu’une partie de ceux qui sont publiés : rien n’est ici un compte."
)
"""What must be said of contracts counted in some files only."""
SetAside = Callable[["Question", Sequence["Reject"]], None]
"""Who hears of the lines of a file that cannot be used, before anything else may fail."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The circumstances of an answer, which never change what is true: the edition, what will be shown.

    ``on`` is the day the question is asked for when it names none; ``drawn``: a map or a chart will be shown,
    so that outlines are worth reading; ``paged``: it goes to a page, to paper or to a file, where all there
    is is at home; ``seconds`` bounds a search, whose gap to the best is then told; ``after``: where the page
    of a long list begins; ``set_aside`` hears of the lines of a person's file that cannot be used.
    """

    opened: "Opened"
    on: date
    drawn: bool = False
    paged: bool = False
    seconds: float | None = None
    after: str | None = None
    set_aside: SetAside | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Worked(Generic[Facts]):
    """What a question worked out. ``territory``: the one it is about; ``asked``: the question once settled.

    ``departements``: those whose register was read, when they are not those of the territory. ``fictitious``:
    what a person gave, or a file of ours, says of itself that it is made up.
    """

    facts: Facts
    territory: "Territory | None" = None
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    departements: frozenset[str] | None = None
    fictitious: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Answer(Generic[Facts]):
    """The answer to a question, on a day, from an edition.

    ``question`` is settled: its address is the canonical one. ``fictitious`` and ``sampled`` are worked out
    from the tables that were read, and where: no caller says them. ``files``: whether files of contracts are
    the sample.
    """

    question: "Question"
    on: date
    edition: str
    facts: Facts
    territory: "Territory | None"
    sources: tuple[str, ...]
    warnings: tuple[str, ...]
    fictitious: bool
    sampled: bool
    reach: "Reach | None" = None
    files: bool = False

    @property
    def caveats(self) -> tuple[str, ...]:
        """Why what it counts is no count: told by the reach of the register it read."""
        from ancrage.register.reach import CAVEATS, Reach

        if self.files:
            return (SAMPLED_FILES,)
        if self.sampled:
            return (CAVEATS[Reach.SAMPLE],)
        told = CAVEATS.get(self.reach) if self.reach and self.question.counts else None
        return (told,) if told else ()

    def counted(self, number: int) -> int | None:
        """A number of structures: not even zero is known where the register does not cover the place."""
        return None if self.caveats and not number else number


class Question(BaseModel):
    """Base of every question. ``name`` is what addresses and tasks call it, ``label`` what people read."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str] = ""
    needs: ClassVar[tuple[str, ...]] = ()
    """The fields without which it is another question: « ouvrir » makes of a coverage an opening."""
    counts: ClassVar[bool] = False
    """Whether its answer counts the structures of a territory, which a register may not cover wholly."""
    private: ClassVar[bool] = False
    """Whether its words may tell who asks: neither they nor its answer are kept anywhere."""
    living: ClassVar[bool] = False
    """Whether what people write changes its answer, which is then worked out each time, never kept."""
    long: ClassVar[bool] = False
    """Whether it is usually asked as a background task."""

    def work_out(self, asking: Asking) -> Worked[Any]:
        """The facts of the answer. Each question says what it raises."""
        raise NotImplementedError

    def answer(self, asking: Asking) -> Answer[Any]:
        """The answer, in the edition opened. Raises what :meth:`work_out` raises."""
        from ancrage.questions.provenance import reading

        settled = self.settled(asking.on)
        with reading(asking.opened.atlas) as read:
            worked = settled.work_out(asking)
        said = read.said_of(worked.territory, worked.departements)
        return Answer(
            question=settled.about(worked.territory),
            on=settled.day or asking.on,
            edition=asking.opened.edition,
            facts=worked.facts,
            territory=worked.territory,
            sources=worked.sources,
            warnings=worked.warnings,
            fictitious=said.fictitious or worked.fictitious,
            sampled=said.sampled or said.files,
            reach=said.reach,
            files=said.files,
        )

    @property
    def day(self) -> date | None:
        """The day it names; ``None`` for one that has no day."""
        return None

    def settled(self, on: date) -> Self:  # noqa: ARG002 a question of no day
        """The same question, its day said."""
        return self

    def about(self, territory: "Territory | None") -> Self:  # noqa: ARG002 a question of no territory
        """The same question, its territory named by its code."""
        return self

    def heavy(self, asking: Asking) -> bool:  # noqa: ARG002 most questions are quick
        """Whether no visitor waits for its answer: a background task works it out."""
        return False

    @classmethod
    def asked(cls) -> Iterator[tuple[str, Asked]]:
        """Its fields, each with its words: the place first, then as declared, the day last."""
        told = [(name, asked_of(field)) for name, field in cls.model_fields.items()]
        return iter(sorted(told, key=lambda each: (not each[1].argument, each[1] is DAY)))

    @classmethod
    def words_of(cls, name: str) -> Asked:
        """The words of one of its fields, by its name in the model."""
        return asked_of(cls.model_fields[name])

    def words(self) -> tuple[tuple[str, str], ...]:
        """What it asks, as an address writes it: names and values, those left as they are by default out."""
        return tuple(
            (asked.name, written(value))
            for name, asked in self.asked()
            if not asked.beside and getattr(self, name) != type(self).model_fields[name].default
            for value in self._values(name)
        )

    def _values(self, name: str) -> tuple[Any, ...]:
        value = getattr(self, name)
        if value is None:
            return ()
        return tuple(value) if takes_several(type(self).model_fields[name]) else (value,)

    @property
    def address(self) -> str:
        """Its canonical address, once settled: the same question has the same, whoever asks."""
        told = urlencode(self.words())
        return f"{self.name}?{told}" if told else self.name

    @property
    def fingerprint(self) -> str:
        """Sixty-four hexadecimal digits, the same for the same question."""
        return hashlib.sha256(self.address.encode()).hexdigest()


class DatedQuestion(Question):
    """A question that has a day."""

    on: Annotated[Day | None, DAY] = None

    @property
    def day(self) -> date | None:
        """The day it names."""
        return self.on

    def settled(self, on: date) -> Self:
        """The same question, for ``on`` when it named no day."""
        return self if self.on else self.model_copy(update={"on": on})


class TerritoryQuestion(DatedQuestion):
    """A question about a territory, on a day."""

    territory: Annotated[PlaceText, PLACE]

    def about(self, territory: "Territory | None") -> Self:
        """The same question, its territory by its code; a set of communes stays as it was written."""
        if territory is None or territory.code.kind == "ensemble":
            return self
        return self.model_copy(update={"territory": str(territory.code)})

    def found(self, asking: Asking) -> "Territory":
        """The territory asked, on the day asked.

        Raises what :func:`ancrage.territories.resolving.resolve` raises.
        """
        from ancrage.territories.resolving import resolve

        return resolve(asking.opened.atlas, self.territory, on=self.on or asking.on)
