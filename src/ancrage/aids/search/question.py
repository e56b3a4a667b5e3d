"""A question put to the index of aids, and its answer."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ancrage.aids.search.documents import AidDocument
from ancrage.aids.vocabulary import Nature, Theme
from ancrage.facts.situation import Audience

if TYPE_CHECKING:
    from ancrage.aids.search.excerpts import Found


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``territory`` holds the coverage codes of a place and of those it belongs to.

    ``closing_in``: only those whose last day comes within so many days of ``on``; ``funder``: words of who
    gives it; ``least_eur``: only those that tell such a sum, in euros, or a larger one.
    """

    text: str
    territory: frozenset[str] = frozenset()
    audience: Audience | None = None
    theme: Theme | None = None
    nature: Nature | None = None
    on: date | None = None
    limit: int = 20
    closing_in: int | None = None
    funder: str = ""
    least_eur: int | None = None

    @property
    def filtered(self) -> bool:
        """Whether anything but words is asked."""
        one_of_a_list = self.audience or self.theme or self.nature
        return bool(self.territory or one_of_a_list or self.on or self.funder or self.least_eur)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers; ``stems`` are those looked for, ``variants`` the others told the same."""

    document: AidDocument
    score: float
    stems: frozenset[str] = frozenset()
    variants: tuple[AidDocument, ...] = ()

    @property
    def found(self) -> "tuple[Found, ...]":
        """Where the words were found: read when it is shown, most answers never are."""
        from ancrage.aids.search.excerpts import found_in

        return tuple(found_in(self.document, self.stems))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: the best ``hits`` of ``total`` aids, those told the same under one of them.

    ``read`` gives the words read in place of unknown ones, or besides known ones; ``partial`` tells that no
    document holds every word; ``suggestions`` are near words, and ``unfiltered`` the count without filters,
    when nothing is found.
    """

    hits: tuple[Hit, ...]
    total: int
    read: dict[str, tuple[str, ...]] = field(default_factory=dict)
    partial: bool = False
    suggestions: tuple[str, ...] = ()
    unfiltered: int = 0
