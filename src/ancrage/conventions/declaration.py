"""How a sort of convention is declared: its questions, its articles, what it makes due, with their texts."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from ancrage.declarations.base import ID, Declared
from ancrage.declarations.texts import Text


class Wording(Declared):
    """The words of a text from a day on; ``None``: that day was not read."""

    since: date | None
    until: date | None = None
    words: str

    def holds_on(self, day: date) -> bool:
        """Whether these words are known to hold on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class DeedText(Text):
    """A text that a clause rests on, with its words on their days."""

    since: date | None = None
    until: date | None = None
    wordings: tuple[Wording, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether nothing read says that it does not hold on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def words_on(self, day: date) -> str:
        """Its words that day; empty when they were not read."""
        return next((one.words for one in self.wordings if one.holds_on(day)), "")


class Blank(Declared):
    """Something that the parties fill in; ``choices``: answers with their words, when they are listed."""

    id: str = Field(pattern=ID)
    label: str
    help: str = ""
    kind: Literal["line", "area", "choice", "month"] = "area"
    choices: dict[str, str] = Field(default_factory=dict)
    needed: bool = True


class Clause(Declared):
    """An article: its words, where ``{id}`` is what was filled in; ``when``: the answers it is written for.

    ``shows``: a table of the atelier that follows it (``actions``, ``argent``, ``nature``, ``echeances``).
    """

    id: str = Field(pattern=ID)
    title: str
    words: str
    texts: tuple[str, ...] = ()
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    shows: Literal["", "actions", "argent", "nature", "echeances"] = ""


class Duty(Declared):
    """What a convention makes due: after the end of each financial year, or around its last day."""

    id: str = Field(pattern=ID)
    title: str
    counts: Literal["exercice", "fin", "debut"]
    months: int
    by: Literal["premiere", "autres", "toutes"]
    text: str = ""


class Sort(Declared):
    """A sort of convention. ``lead``: what its first party is. ``grants``: whether it grants a subsidy."""

    id: str = Field(pattern=ID)
    name: str
    summary: str
    lead: str
    grants: bool = False
    blanks: tuple[Blank, ...]
    clauses: tuple[Clause, ...] = Field(min_length=3)
    duties: tuple[Duty, ...] = ()

    @model_validator(mode="after")
    def _every_name_is_one(self) -> Self:
        known = {one.id for one in self.blanks}
        for clause in self.clauses:
            if stranger := set(clause.when) - known:
                raise ValueError(f"« {clause.id} » : {', '.join(sorted(stranger))} n'est pas une question")
        return self
