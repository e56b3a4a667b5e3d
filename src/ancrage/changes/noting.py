"""What is noted of a territory on a day: each thing, whether it stands, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

Parts = tuple[tuple[str, str], ...]
"""What is said of a thing, in French: a name, and its words."""


class Sort(StrEnum):
    """Sorts of things that change."""

    ZONAGE = "zonage"
    STRUCTURE = "structure"
    AIDE = "aide"
    ECHEANCE = "echeance"
    LIEU = "lieu"
    TERRITOIRE = "territoire"
    POUR_MOI = "pour_moi"
    TEXTE = "texte"
    PLAN = "plan"
    RETARD = "retard"

    @property
    def label(self) -> str:
        """French words, plural."""
        return _LABELS[self]


_LABELS = {
    Sort.ZONAGE: "Zonages et programmes",
    Sort.STRUCTURE: "Structures",
    Sort.AIDE: "Aides",
    Sort.ECHEANCE: "Échéances qui approchent",
    Sort.LIEU: "Lieux d’accompagnement",
    Sort.TERRITOIRE: "Le territoire lui-même",
    Sort.POUR_MOI: "Mes aides",
    Sort.TEXTE: "Textes cités",
    Sort.PLAN: "Échéances d’un plan",
    Sort.RETARD: "Échéances dépassées d’un plan",
}


class Standing(StrEnum):
    """Whether a thing stands on the day: ``fini`` tells that it did, and why it is silent once gone."""

    OUI = "oui"
    NON = "non"
    INCONNU = "inconnu"
    FINI = "fini"


@dataclass(frozen=True, slots=True)
class Noted:
    """A thing on a day. ``key`` tells it from any other, for ever.

    ``since`` and ``until``: the days it began and ended, where they are known. ``subject``: the identifier of
    its page (an aid, a structure). ``title`` and ``href``: the text that founds it.
    """

    key: str
    sort: Sort
    label: str
    standing: Standing = Standing.OUI
    parts: Parts = ()
    since: date | None = None
    until: date | None = None
    subject: str = ""
    title: str = ""
    href: str = ""

    def as_json(self) -> list[Any]:
        """Plain values, in the order of the fields."""
        return [
            self.key,
            self.sort.value,
            self.label,
            self.standing.value,
            [list(part) for part in self.parts],
            self.since.isoformat() if self.since else None,
            self.until.isoformat() if self.until else None,
            self.subject,
            self.title,
            self.href,
        ]

    @classmethod
    def from_json(cls, told: list[Any]) -> Self:
        """What :meth:`as_json` wrote."""
        key, sort, label, standing, parts, since, until, subject, title, href = told
        return cls(
            key=key,
            sort=Sort(sort),
            label=label,
            standing=Standing(standing),
            parts=tuple((name, words) for name, words in parts),
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
            subject=subject,
            title=title,
            href=href,
        )


Reading = Mapping[str, Noted]
"""Everything noted of a territory, by key."""
