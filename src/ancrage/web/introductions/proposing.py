"""Whom a page proposes to gather: members of the groups it found, suppliers that could answer together."""

from collections.abc import Iterable
from dataclasses import dataclass

from ancrage.dynamics.answering import Dynamics
from ancrage.dynamics.complementarities import complementarities
from ancrage.dynamics.gatherings import Group
from ancrage.introductions.asking import MOST_ASKED
from ancrage.introductions.models import Aim
from ancrage.language.numbers import kilometres
from ancrage.language.places import of_place
from ancrage.procurement.suppliers import Supplier
from ancrage.questions.purchases import PurchaseFacts

GROUPS, SHOWN = 6, 24
"""Groups that a page proposes, and members of one that it names."""


@dataclass(frozen=True, slots=True)
class Member:
    """A structure that could be asked: its SIRET, its name, what helps to choose it."""

    code: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Structures that could meet, why, and what for; those that may not be named are left out.

    ``left``: how many more there are. ``most``: how many one request may ask.
    """

    title: str
    why: str
    aims: tuple[Aim, ...]
    subject: str
    members: tuple[Member, ...]
    left: int = 0
    most: int = MOST_ASKED


TOGETHER = (Aim.PTCE, Aim.MUTUALISER, Aim.COOPERER, Aim.MARCHE)


def of_dynamics(found: Dynamics) -> list[Proposal]:
    """The first groups of a territory, each with its members of distinct legal units."""
    held = [_group(group, found) for group in (found.groups or ())[:GROUPS]]
    return [one for one in held if len(one.members) > 1]


def _group(group: Group, found: Dynamics) -> Proposal:
    by_rank = {one.rank: one for one in found.structures or ()}
    activities = complementarities().activities
    named = [one for one in map(by_rank.get, group.members) if one and one.siret and one.name]
    members = _distinct(
        (
            one.unit,
            Member(
                one.siret or "",
                one.name or "",
                ", ".join(
                    filter(None, (one.commune_name, *(activities[each].label for each in one.activities)))
                ),
            ),
        )
        for one in named
    )
    first, second = (activities[one].label for one in group.pair.between)
    centre = of_place("commune", found.names.get(group.centre, group.centre))
    return Proposal(
        title=f"{first} ↔ {second}, autour {centre}",
        why=group.pair.why,
        aims=TOGETHER,
        subject=f"{first} et {second[:1].lower()}{second[1:]}, autour {centre}",
        members=tuple(members[:SHOWN]),
        left=max(0, len(members) - SHOWN),
    )


def of_purchase(found: PurchaseFacts) -> Proposal | None:
    """Those known to sell what is bought, to answer together; ``None`` when fewer than two can be named."""
    if found.suppliers is None:
        return None
    members = _distinct(
        (one.card.siren, Member(one.card.siret, one.card.name, _note(one)))
        for one in found.suppliers.known
        if one.card.diffusible and one.card.name
    )
    bought = found.purchase.cpv
    return (
        Proposal(
            title="Y répondre à plusieurs : proposer un groupement",
            why="Un groupement d’entreprises répond à un marché qu’aucune ne porterait seule.",
            aims=(Aim.MARCHE,),
            subject=f"{bought.label or 'Achat'} (CPV {bought.written})",
            members=tuple(members[:SHOWN]),
            left=max(0, len(members) - SHOWN),
        )
        if len(members) > 1
        else None
    )


def _note(one: Supplier) -> str:
    away = "" if one.km is None else f"à {kilometres(one.km)}"
    return ", ".join(filter(None, (one.card.commune_name, away, *one.reasons)))


def _distinct(found: Iterable[tuple[str, Member]]) -> list[Member]:
    """The first establishment of each legal unit: two of one have nobody to meet."""
    kept: dict[str, Member] = {}
    for unit, member in found:
        kept.setdefault(unit, member)
    return list(kept.values())
