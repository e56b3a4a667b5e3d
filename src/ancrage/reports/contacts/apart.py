"""Services of the State where the law of the codes does not hold as it stands: what they may not do there."""

from collections.abc import Iterator, Mapping

from ancrage.contacts.kinds import DeskKind
from ancrage.facts.legislation import Matter, collectivities
from ancrage.language.phrases import listed
from ancrage.language.typography import capitalised
from ancrage.territories.codes import departement_of
from ancrage.territories.territory import Territory

MATTER_OF: Mapping[DeskKind, Matter] = {
    DeskKind.DDETS: Matter.TRAVAIL,
    DeskKind.DREETS: Matter.TRAVAIL,
    DeskKind.AGEFIPH: Matter.TRAVAIL,
    DeskKind.OPCO: Matter.TRAVAIL,
    DeskKind.CAF: Matter.PROTECTION_SOCIALE,
    DeskKind.MSA: Matter.PROTECTION_SOCIALE,
    DeskKind.URSSAF: Matter.PROTECTION_SOCIALE,
    DeskKind.IMPOTS: Matter.FISCALITE,
}
"""What a service applies; the others are not told apart."""
HEALTH = {
    "988": "La santé est propre à la Nouvelle-Calédonie (loi organique 99-209, art. 22, 4°, lu dans sa "
    "rédaction de 1999)"
}
"""Collectivities whose health is theirs: no agency of the State there.

Read: the wording of the Journal officiel of 1999, whose 4° the organic law 2009-969, art. 2, left as it was.
"""


def without_power(kinds: tuple[DeskKind, ...], territory: Territory) -> dict[DeskKind, str]:
    """Of these kinds, those that a text read leaves without power in the territory, and why."""
    code = _collectivity(territory)
    return dict(_settled(kinds, code)) if code else {}


def to_check(territory: Territory) -> str:
    """Why it is not known whether the others are there; empty where the codes hold."""
    found = collectivities().get(_collectivity(territory))
    general = found.matters.get(Matter.GENERAL) if found else None
    return general.reason if general else ""


def powerless_words(without: Mapping[DeskKind, str]) -> Iterator[str]:
    """A sentence for each reason: whom not to look for, and why."""
    by_reason: dict[str, list[str]] = {}
    for kind, reason in without.items():
        by_reason.setdefault(reason, []).append(kind.label)
    for reason, names in by_reason.items():
        yield f"{capitalised(listed(names))} : sans compétence ici. {reason}."


def _settled(kinds: tuple[DeskKind, ...], code: str) -> Iterator[tuple[DeskKind, str]]:
    matters = collectivities()[code].matters
    for kind in kinds:
        apart = matters.get(MATTER_OF[kind]) if kind in MATTER_OF else None
        if apart and apart.holds is False:
            yield kind, apart.reason
        elif kind is DeskKind.ARS and code in HEALTH:
            yield kind, HEALTH[code]


def _collectivity(territory: Territory) -> str:
    """The collectivity apart that holds it whole; empty for any other place."""
    codes = {departement_of(commune) for commune in territory.communes}
    only = codes.pop() if len(codes) == 1 else None
    return only if only and only in collectivities() else ""
