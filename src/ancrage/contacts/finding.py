"""Who answers for a territory: the most local contact of a kind that the edition knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.reading import NATIONAL
from ancrage.language.folding import bare
from ancrage.warehouse.reading import Warehouse

LAST_OF_YEAR = (12, 31)
"""What is taken of a day that the source does not give."""
YEARS_TRUSTED = 2
"""Years after which who reads is told to check before calling."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call. Unknown parts are empty; ``others`` serve the same territory.

    ``national``: whom its network says to ask wherever one is.
    """

    kind: DeskKind
    territory: str
    name: str
    address: str
    phone: str
    email: str
    website: str
    seen_on: str
    source: str
    page: str
    official: bool
    others: int = 0
    national: "Contact | None" = None

    @property
    def reachable(self) -> bool:
        """Whether anything but a letter reaches it."""
        return bool(self.phone or self.email or self.website)

    def is_old(self, on: date) -> bool:
        """Whether it was last seen more than two years before a day, or on no known day."""
        if not self.seen_on:
            return True
        told = tuple(map(int, self.seen_on.split("-")))
        last = (*told, *LAST_OF_YEAR[len(told) - 1 :])
        return (last[0] + YEARS_TRUSTED, *last[1:]) < (on.year, on.month, on.day)


class Contacts:
    """The contacts of an edition; nobody for one that was built before they were part of it."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse

    @cached_property
    def _known(self) -> bool:
        return self._warehouse.holds("contact")

    def find(
        self, kinds: Sequence[DeskKind], territories: Sequence[str], *, town: str = ""
    ) -> Mapping[DeskKind, Contact]:
        """The first contact of each kind under the first of the territories (the most local) that has one.

        ``town``: among several, the one that lies there comes first.
        """
        if not (self._known and kinds and territories):
            return {}
        rows = self._warehouse.rows(
            "SELECT * FROM contact WHERE list_contains($kinds, kind) AND list_contains($places, territory) "
            "ORDER BY kind, territory, rank",
            {"kinds": [kind.value for kind in kinds], "places": list(territories)},
        )
        found: dict[DeskKind, list[dict[str, object]]] = {}
        for row in rows:
            found.setdefault(DeskKind(row["kind"]), []).append(row)
        return {kind: _first(of_kind, territories, town) for kind, of_kind in found.items()}


def _first(rows: Sequence[Mapping[str, object]], territories: Sequence[str], town: str) -> Contact:
    local = min((str(row["territory"]) for row in rows), key=list(territories).index)
    here = [row for row in rows if row["territory"] == local]
    if town:
        here.sort(key=lambda row: f" {bare(town)}" not in f" {bare(str(row['address']))}")
    away = next((row for row in rows if row["territory"] == NATIONAL and local != NATIONAL), None)
    return replace(
        contact_of(here[0]), others=len(here) - 1, national=None if away is None else contact_of(away)
    )


def contact_of(row: Mapping[str, object]) -> Contact:
    """A contact from its row."""
    told = {name: value for name, value in row.items() if name not in ("kind", "rank")}
    return Contact(kind=DeskKind(str(row["kind"])), **told)  # type: ignore[arg-type]
