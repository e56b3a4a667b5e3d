"""Groups of complementary structures and whom to invite, as sections of the sheet."""

from collections.abc import Sequence

from ancrage.dynamics.answering import Dynamics
from ancrage.dynamics.complementarities import Pair, complementarities
from ancrage.dynamics.gatherings import Group
from ancrage.dynamics.invitations import NOT_SHOWN, UNKNOWN, Invitation
from ancrage.language.numbers import count, kilometres, number
from ancrage.repairs import GiveField
from ancrage.reports.cells import Cell, figure, structure, territory
from ancrage.reports.sheet import Grid, Items, Paragraph, Section

GROUPS_SHOWN = 12
INVITED_SHOWN = 20


def groups_section(answer: Dynamics) -> Section:
    """Groups of neighbouring structures whose activities are declared complementary."""
    title, status = "Structures proches aux activités complémentaires", complementarities().status
    if not answer.groups:
        told = "Inconnu." if answer.groups is None else "Aucun groupe à cette distance."
        return Section("groupes", title, (Paragraph(told),), aside=status)
    kept = answer.groups[:GROUPS_SHOWN]
    grid = Grid(
        f"Groupes dont deux membres sont à {kilometres(answer.asked.distance_km)} au plus",
        ("Activités", "Autour de", "Structures", "Unités", "Hors ESS"),
        tuple(_group(group, answer) for group in kept),
        frozenset({2, 3, 4}),
        note=_groups_note(kept, len(answer.groups) - len(kept)),
    )
    pairs = {group.pair.id: group.pair for group in kept}
    reasons = Items(tuple(f"{_named(pair)} : {pair.why}" for pair in pairs.values()))
    return Section("groupes", title, (grid, reasons), aside=status)


def _groups_note(kept: Sequence[Group], left: int) -> str:
    parts = [f"{count(left, 'autre groupe', 'autres groupes')} dans le fichier complet."] if left else []
    parts.append(
        "Structures : de chaque activité. Hors ESS : employeurs des mêmes activités, mêmes communes."
    )
    if any(group.by_commune for group in kept):
        parts.append("Sans position connue, un groupe est une commune.")
    return " ".join(parts)


def _named(pair: Pair) -> str:
    return " ↔ ".join(complementarities().activities[one].label for one in pair.between)


def _group(group: Group, answer: Dynamics) -> tuple[Cell, ...]:
    return (
        _named(group.pair),
        territory(answer.names.get(group.centre, group.centre), group.centre),
        f"{number(len(group.first))} et {number(len(group.second))}",
        figure(group.units),
        figure(group.others),
    )


def invited_section(answer: Dynamics) -> Section:
    """The first structures to invite; the whole list goes to a CSV file."""
    title = "Qui inviter"
    if not answer.invited:
        return Section(
            "inviter", title, (Paragraph("Aucune structure n'est dans un groupe ni sur-représentée."),)
        )
    kept = answer.invited[:INVITED_SHOWN]
    hidden = sum(not one.structure.diffusible for one in answer.invited)
    masked = f" Non diffusibles, donc sans nom : {number(hidden)}." if hidden else ""
    told = f"{number(len(kept))} sur {number(len(answer.invited))}."
    grid = Grid(
        "Structures à inviter",
        ("Structure", "Commune", "Activités", "Km", "Pourquoi"),
        tuple(_row(one) for one in kept),
        frozenset({3}),
        note=f"{told} Km : au centre de leur groupe.{masked}",
        repairs=(GiveField("inviter", ("FICHIER",)),),
    )
    return Section("inviter", title, (grid,))


def _row(one: Invitation) -> tuple[Cell, ...]:
    held = one.structure
    name = (held.name or UNKNOWN) if held.diffusible else NOT_SHOWN
    return (
        structure(name, held.siret) if held.siret and held.diffusible else name,
        held.commune_name or "–",
        " ; ".join(one.activities) or "–",
        figure(one.distance_km, 1, unknown="–"),
        " ".join(one.why),
    )
