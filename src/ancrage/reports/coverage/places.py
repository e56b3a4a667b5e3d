"""The support places of a territory in words, and what of the files given was not kept as it was."""

from collections.abc import Iterator, Sequence
from typing import Any

from ancrage.coverage.kinds import support_kinds
from ancrage.coverage.places import Directory, Rejected, SupportPlace, Zone, ZoneKind
from ancrage.coverage.states import SupportCoverage
from ancrage.language.numbers import count
from ancrage.reports.sheet import Grid, Items, Paragraph, Section, present
from ancrage.reports.wording import AS_JSON

LISTED = 40
NOT_TOLD = "non dit"
ZONES = {
    ZoneKind.COMMUNE: "commune",
    ZoneKind.EPCI: "EPCI",
    ZoneKind.DEPARTEMENT: "département",
    ZoneKind.REGION: "région",
}


def places_within(found: SupportCoverage) -> tuple[SupportPlace, ...]:
    """The places judged that are in a commune of the territory."""
    inside = set(found.communes.codes)
    return tuple(
        place for place in found.directory.places if place.kind in found.kinds and place.commune in inside
    )


def places_grid(found: SupportCoverage) -> Grid:
    """One row a place: whom it serves, how it receives, what it declares."""
    names = dict(zip(found.communes.codes, found.communes.names, strict=True))
    return Grid(
        "Lieux du territoire",
        ("Lieu", "Réseau", "Commune", "Qui il sert", "Comment il reçoit", "Territoires déclarés"),
        tuple(
            (
                place.name,
                support_kinds()[place.kind].label,
                names[place.commune or ""],
                ", ".join(place.publics) or NOT_TOLD,
                how(place),
                ", ".join(map(zone_words, place.zones)) or NOT_TOLD,
            )
            for place in places_within(found)
        ),
    )


def how(place: SupportPlace) -> str:
    """How a place receives, and where its position comes from when it is not its own."""
    told = "itinérant" if place.itinerant else "sur place" if place.receives else "à distance seulement"
    return f"{told}, placé au point de la commune" if place.by_commune else told


def zone_words(zone: Zone) -> str:
    """A declared territory."""
    return "toute la France" if zone.kind is ZoneKind.PAYS else f"{ZONES[zone.kind]} {zone.code}"


def set_aside(directory: Directory) -> Iterator[Section]:
    """Rejects, duplicates, coordinates that were not believed, codes that are not read as written."""
    told = (*directory.rejected, *directory.moved, *directory.merged, *directory.remarks)
    lines = [line_of(one) for one in told]
    if lines:
        counts = (
            count(len(directory.rejected), "rejet"),
            count(len(directory.moved), "lieu déplacé", "lieux déplacés"),
            count(len(directory.merged), "doublon"),
            count(len(directory.remarks), "code de commune lu autrement", "codes de commune lus autrement"),
        )
        more = len(lines) - LISTED
        rest = Paragraph(f"Et {count(more, 'autre')}.", "quiet", AS_JSON) if more > 0 else None
        blocks = present((Paragraph(f"{', '.join(counts)}."), Items(tuple(lines[:LISTED])), rest))
        yield Section("ecartes", "Ce qui n’a pas été retenu tel quel", blocks)


def line_of(one: Rejected) -> str:
    """Where, and why."""
    return f"{one.where} : {one.why}"


def rejects_json(rejects: Sequence[Rejected]) -> list[dict[str, str]]:
    """Plain values."""
    return [{"where": one.where, "why": one.why} for one in rejects]


def place_json(place: SupportPlace) -> dict[str, Any]:
    """Plain values; ``null`` where nothing is known."""
    return {
        "id": place.id,
        "kind": place.kind,
        "name": place.name,
        "commune": place.commune,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "by_commune": place.by_commune,
        "receives": place.receives,
        "itinerant": place.itinerant,
        "publics": list(place.publics),
        "zones": [{"kind": zone.kind.value, "code": zone.code} for zone in place.zones],
        "source": place.source,
    }
