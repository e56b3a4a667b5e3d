"""Support places: where they receive, whom they declare to serve, and what could not be read of a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ancrage.coverage.extents import Extents, joined_extents
from ancrage.language.folding import bare


class ZoneKind(StrEnum):
    """Kinds of territory a place may declare to serve, as the data.inclusion schema names them."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    PAYS = "pays"


@dataclass(frozen=True, slots=True)
class Zone:
    """A territory a place declares to serve; ``code`` is empty for the whole country."""

    kind: ZoneKind
    code: str = ""


@dataclass(frozen=True, slots=True)
class SupportPlace:
    """A place. Degrees are WGS 84; ``None`` when its position is not known.

    ``by_commune``: placed at the point of its commune, for want of its own. ``receives``: the public is
    received there; a place that only goes out or answers from afar shortens no distance. ``publics``: whom
    it says it serves, in the words of its file. ``doubt``: why its own coordinates were not believed;
    ``remark``: how the code of its commune was read, when it is not as written.
    """

    id: str
    kind: str
    name: str
    commune: str | None
    longitude: float | None
    latitude: float | None
    zones: tuple[Zone, ...] = ()
    receives: bool = True
    itinerant: bool = False
    by_commune: bool = False
    source: str = ""
    publics: tuple[str, ...] = ()
    doubt: str = ""
    remark: str = ""

    @property
    def placed(self) -> bool:
        """Whether its position is known."""
        return self.longitude is not None and self.latitude is not None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that makes no place: where it is, and why, in French."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Places of one or several files, what was rejected, merged, moved to the point of its commune.

    ``remarks``: codes of communes read otherwise than written, or not understood, of places that are kept.
    ``kinds``: those loaded; ``within``: the départements that the lists of some of them cover only.
    """

    places: tuple[SupportPlace, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    merged: tuple[Rejected, ...] = ()
    moved: tuple[Rejected, ...] = ()
    remarks: tuple[Rejected, ...] = ()
    kinds: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    within: Extents = field(default_factory=dict)

    def of(self, kind: str) -> tuple[SupportPlace, ...]:
        """The places of a kind."""
        return tuple(place for place in self.places if place.kind == kind)


@dataclass(slots=True)
class Gathering:
    """Places being gathered: the same one twice is kept once, and said."""

    places: dict[tuple[str, str], SupportPlace] = field(default_factory=dict)
    seen: dict[tuple[object, ...], str] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    merged: list[Rejected] = field(default_factory=list)
    moved: list[Rejected] = field(default_factory=list)
    remarks: list[Rejected] = field(default_factory=list)

    def add(self, place: SupportPlace, where: str) -> None:
        """Keep a place unless its identifier, or its name and position, was already kept."""
        alike = (place.kind, bare(place.name), place.commune, place.longitude, place.latitude)
        if (place.kind, place.id) in self.places:
            self.merged.append(Rejected(where, f"même identifiant ({place.id}) qu'un lieu déjà lu"))
        elif alike in self.seen:
            self.merged.append(Rejected(where, f"même nom et même endroit que {self.seen[alike]}"))
        else:
            self.places[place.kind, place.id] = place
            self.seen[alike] = where

    def reject(self, where: str, why: str) -> None:
        """Set a row aside."""
        self.rejected.append(Rejected(where, why))


def joined(directories: Sequence[Directory]) -> Directory:
    """Several directories as one; a place found in two of them is kept once."""
    gathered = Gathering()
    for directory in directories:
        for place in directory.places:
            gathered.add(place, f"{place.source} : {place.name}")
    return Directory(
        places=tuple(gathered.places.values()),
        rejected=tuple(one for directory in directories for one in directory.rejected),
        merged=(*(one for directory in directories for one in directory.merged), *gathered.merged),
        moved=tuple(one for directory in directories for one in directory.moved),
        remarks=tuple(one for directory in directories for one in directory.remarks),
        kinds=frozenset(kind for directory in directories for kind in directory.kinds),
        sources=tuple(dict.fromkeys(name for directory in directories for name in directory.sources)),
        within=joined_extents((directory.kinds, directory.within) for directory in directories),
    )
