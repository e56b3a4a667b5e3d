"""How the levers are declared: six files of tools, the authorities that may use them, under which texts.

The list of the six levers and nineteen tools is that of the 2021 report; what is said of each rests on the
texts named beside it, and what the project proposes itself says so (``basis: proposition``).
"""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from ancrage.declarations.base import ID, Declared
from ancrage.declarations.texts import Text as AidText
from ancrage.levers.authorities import Authority
from ancrage.reasoning import Verdict

TOOLS = 19
LEVERS = 6


class LeverText(AidText):
    """A text, with the first and last days its wording is known to hold (``None``: not read)."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether nothing read says that the wording does not hold on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Competence(Declared):
    """What an authority may do with a tool: yes, no, or to be checked, under which texts.

    ``banatic``: codes of the competences of which an intercommunalité must exercise one to use the tool.
    """

    verdict: Literal[Verdict.OUI, Verdict.NON, Verdict.A_VERIFIER]
    texts: tuple[str, ...] = Field(min_length=1)
    note: str = ""
    banatic: tuple[str, ...] = ()


class Need(Declared):
    """A reason to put a tool first: ``rule`` is a boolean expression of the language of rules."""

    id: str = Field(pattern=ID)
    rule: str
    label: str
    basis: Literal["compte_rendu", "proposition"]
    text: str | None = None


class Vigilance(Declared):
    """A point to look out for, and the text that says so."""

    label: str
    text: str | None = None


class Example(Declared):
    """A case told by a source."""

    what: str
    text: str


class Tool(Declared):
    """One of the nineteen tools. ``aids`` are identifiers of the catalogue of aids."""

    number: int = Field(ge=1, le=TOOLS)
    id: str = Field(pattern=ID)
    name: str
    summary: str
    competence: dict[Authority, Competence]
    needs: tuple[Need, ...] = Field(min_length=1)
    prerequisites: tuple[str, ...] = Field(min_length=1)
    steps: tuple[str, ...] = Field(min_length=2)
    vigilance: tuple[Vigilance, ...] = Field(min_length=1)
    aids: tuple[str, ...] = ()
    indicators: tuple[str, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _every_authority_is_answered(self) -> Self:
        if absent := set(Authority) - set(self.competence):
            raise ValueError(f"outil {self.number} : rien n'est dit de {', '.join(sorted(absent))}")
        return self

    @property
    def texts(self) -> frozenset[str]:
        """Identifiers of every text the tool names."""
        named = {text for answer in self.competence.values() for text in answer.texts}
        told = [need.text for need in self.needs]
        told += [point.text for point in self.vigilance]
        told += [example.text for example in self.examples]
        return frozenset(named | {text for text in told if text})


class Lever(Declared):
    """One of the six levers."""

    number: int = Field(ge=1, le=LEVERS)
    id: str = Field(pattern=ID)
    name: str
    summary: str
    text: str
    tools: tuple[Tool, ...] = Field(min_length=1)
