"""Whom to invite around a table, and why: a list to be read by people, and by a spreadsheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ancrage.dynamics.complementarities import Complementarities
from ancrage.dynamics.gatherings import Group
from ancrage.dynamics.structures import Structure
from ancrage.language.places import of_place
from ancrage.register.catalogue import families
from ancrage.spreadsheets import PEOPLE, Cell

NOT_SHOWN = "nom non diffusible"
UNKNOWN = "inconnu"

COLUMNS = (
    "siret",
    "nom",
    "commune",
    "activites",
    "naf",
    "insertion",
    "famille",
    "employeur",
    "autour_de",
    "distance_km",
    "pourquoi",
    "source",
    "fictif",
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A structure to invite. ``why``: French sentences. ``around``, ``distance_km``: its group, ``None`` if
    it must not be told, is unknown, or there is no group.
    """

    structure: Structure
    activities: tuple[str, ...]
    why: tuple[str, ...]
    around: str | None
    distance_km: float | None


def invitations(
    structures: Sequence[Structure],
    groups: Sequence[Group],
    over: Mapping[int, str],
    declared: Complementarities,
    names: Mapping[str, str],
) -> tuple[Invitation, ...]:
    """Members of the groups and of the over-represented activities: the most reasons first, employers first.

    ``over``: rank of a structure, with the over-represented activity it holds. ``names``: communes by code.
    """
    by_rank = {one.rank: one for one in structures}
    groups_of: dict[int, list[Group]] = {}
    for group in groups:
        for rank in group.members:
            groups_of.setdefault(rank, []).append(group)
    found = [
        _invitation(by_rank[rank], groups_of.get(rank, []), over.get(rank), declared, names)
        for rank in sorted({*groups_of, *over})
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Invitation) -> tuple[int, bool, float, int]:
    return -len(one.why), not one.structure.employer, -(one.structure.jobs or 0.0), one.structure.rank


def _invitation(
    structure: Structure,
    groups: Sequence[Group],
    over: str | None,
    declared: Complementarities,
    names: Mapping[str, str],
) -> Invitation:
    shown = structure.diffusible
    why = [_reason(group, structure, declared, names) for group in groups]
    if over:
        why.append(f"Activité sur-représentée : {over}.")
    first = groups[0] if groups and shown else None
    return Invitation(
        structure=structure,
        activities=tuple(declared.activities[one].label for one in structure.activities),
        why=tuple(why),
        around=names.get(first.centre, first.centre) if first else None,
        distance_km=first.distances[structure.rank] if first else None,
    )


def _reason(group: Group, structure: Structure, declared: Complementarities, names: Mapping[str, str]) -> str:
    one, other = (declared.activities[activity].label for activity in group.pair.between)
    where = (
        f", autour {of_place('commune', names.get(group.centre, group.centre))}"
        if structure.diffusible
        else ""
    )
    return f"{one} ↔ {other}{where}."


def as_csv(invited: Sequence[Invitation]) -> str:
    """The list for a spreadsheet."""
    return PEOPLE.text(COLUMNS, map(cells_of, invited))


def cells_of(one: Invitation) -> tuple[Cell, ...]:
    """A line of the list, in the order of ``COLUMNS``."""
    held = one.structure
    return (
        held.siret or "",
        (held.name or UNKNOWN) if held.diffusible else NOT_SHOWN,
        held.commune_name or "",
        " | ".join(one.activities),
        held.naf or UNKNOWN,
        " | ".join(held.kinds),
        families()[held.family].label if held.family else UNKNOWN,
        {True: "oui", False: "non", None: UNKNOWN}[held.employer],
        one.around or "",
        None if one.distance_km is None else round(one.distance_km, 1),
        " ".join(one.why),
        "SIRENE" if held.registered else "liste des structures d'insertion",
        "fictif" if held.fictitious else "",
    )
