"""A question put to the index of aids, and its answer."""

from dataclasses import dataclass, field
from datetime import date

from ancrage.aids.search.documents import AidDocument
from ancrage.aids.search.excerpts import Found
from ancrage.aids.vocabulary import Nature, Theme
from ancrage.facts.situation import Audience


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``territory`` holds the coverage codes of a place and of those it belongs to."""

    text: str
    territory: frozenset[str] = frozenset()
    audience: Audience | None = None
    theme: Theme | None = None
    nature: Nature | None = None
    on: date | None = None
    limit: int = 20

    @property
    def filtered(self) -> bool:
        """Whether anything but words is asked."""
        return bool(self.territory or self.audience or self.theme or self.nature or self.on)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers."""

    document: AidDocument
    score: float
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: the best ``hits`` of ``total``.

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
