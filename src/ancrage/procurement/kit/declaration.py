"""How the pieces of a purchase are declared."""

import re
from datetime import date
from importlib.resources import files
from typing import Literal

from pydantic import ConfigDict, Field

from ancrage.declarations.base import ID, Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml


class Block(Declared):
    """A block of a piece: a sentence, a list, an article's own words, or a table that the purchase fills.

    ``on_from``: the first day it holds.
    """

    text: str = ""
    list: tuple[str, ...] = ()
    ordered: bool = False
    quote: str = ""
    article: str = ""
    table: Literal["", "suppliers", "criteria", "lots", "members"] = ""
    on_from: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.on_from is None or self.on_from <= on


SEVERAL = re.compile(r",| et | à ")
"""What tells several articles from one."""


class Piece(Declared):
    """A piece. ``when``: the rule that must not be refused for it to serve."""

    id: str = Field(pattern=ID)
    title: str
    articles: str
    when: str = ""
    blocks: tuple[Block, ...] = Field(min_length=1)

    @property
    def cited(self) -> str:
        """« article R. 2132-2 », « articles L. 2112-2 et L. 2112-2-1 »."""
        return f"article{'s' if SEVERAL.search(self.articles) else ''} {self.articles}"


class Criteria(Declared):
    """Criteria and weights proposed, before and since a day."""

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...] = Field(alias="since")
    since: date = Field(alias="from")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def on(self, day: date) -> tuple[tuple[str, str], ...]:
        """Those of a day."""
        return self.after if day >= self.since else self.before


class Indicator(Declared):
    """An indicator of a SPASER. ``measured``: the share of what is bought that answers it; empty: none does.

    ``unknown``: why nothing measures it.
    """

    id: str = Field(pattern=ID)
    label: str
    measured: str = ""
    unknown: str = ""


class Spaser(Declared):
    """What a SPASER holds, in the words of its article."""

    articles: str
    objectives: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    quote: str


class Kit(Declared):
    """Every piece, in the order of a purchase."""

    pieces: tuple[Piece, ...]
    criteria: Criteria
    spaser: Spaser


@compiled("trousse", "declarations", "procurement")
def read_kit() -> Kit:
    """The pieces."""
    return Kit.model_validate(read_yaml((files(__package__) / "pieces.yaml").read_text("utf-8")))
