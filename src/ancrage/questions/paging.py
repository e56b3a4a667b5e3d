"""A long list read from page to page: how many lines of it are wanted, and where the next page begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from ancrage.questions.fields import Asked, Number
from ancrage.questions.question import Asking

Item = TypeVar("Item")
LARGEST_PAGE = 1000
Limit = Annotated[
    int | None,
    Number,
    Field(ge=1, le=LARGEST_PAGE),
    Asked(
        name="limite",
        label="Taille de la page",
        help=f"Nombre de lignes d'une page, {LARGEST_PAGE} au plus.",
        example=50,
    ),
]


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Lines of a list. ``after`` is the key of the last one when others follow; ``total`` counts them all."""

    items: Sequence[Item]
    after: str | None = None
    total: int | None = None


def page_of_sorted(
    found: Sequence[Item], asking: Asking, limit: int | None, *, key: Callable[[Item], str]
) -> Page[Item]:
    """The page asked of a whole list at hand, sorted by ``key``, which tells items apart."""
    left = found if asking.after is None else [one for one in found if key(one) > asking.after]
    return page_of(left, limit, key=key, total=len(found))


def page_of(
    found: Sequence[Item], limit: int | None, *, key: Callable[[Item], str], total: int | None = None
) -> Page[Item]:
    """The page; ``found`` holds it and, when another follows, at least one line more."""
    shown = found[:limit]
    return Page(shown, key(shown[-1]) if shown and len(found) > len(shown) else None, total)
