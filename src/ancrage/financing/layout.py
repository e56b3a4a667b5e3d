"""The lines of the national form, and what finances an investment beside it: declared in ``layout.yaml``."""

from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.catalogues import Place, parsed, read_document
from ancrage.declarations.texts import Text


class Line(Declared):
    """A line of the form. ``code``: how its accounts begin; ``form``: whether the national form has it.

    ``kind``: money, work and goods given, or what is only remembered (a guarantee pays nothing).
    """

    code: str = Field(pattern=r"^\d{1,2}$")
    label: str
    form: bool = True
    kind: Literal["argent", "nature", "memoire"] = "argent"


class Layout(Declared):
    """Both sides of the form."""

    text: Text
    expenses: tuple[Line, ...]
    resources: tuple[Line, ...]

    def line_of(self, account: str, *, resource: bool) -> Line | None:
        """The line an account belongs to; ``None`` for one that this side does not have."""
        side = self.resources if resource else self.expenses
        return max(
            (one for one in side if account.startswith(one.code)), key=lambda one: len(one.code), default=None
        )


@cache
def layout() -> Layout:
    """The form."""
    file = files(__package__) / "layout.yaml"
    return parsed(Layout, read_document(file), Place(file))
