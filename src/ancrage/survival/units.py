"""The structures to watch, from the register of an edition, in the groups asked."""

from collections.abc import Mapping
from typing import Any

from ancrage.errors import SurvivalError
from ancrage.reasoning import Verdict
from ancrage.register.catalogue import families, sections
from ancrage.register.fabric import EssOf, Places
from ancrage.repairs import GiveField
from ancrage.survival.cohort import Setting, Survival, cohorts, spells_in, survive
from ancrage.survival.gathered import are_gathered, gathered_spells
from ancrage.survival.grouping import Grouping
from ancrage.territories.atlas import Atlas
from ancrage.territories.zonings.answering import answer_each
from ancrage.territories.zonings.declaration import get_zoning

ESS_LABELS = {"oui": "ESS", "non": "hors de l'ESS"}
QPV_LABELS = {"oui": "en quartier prioritaire", "non": "hors quartier prioritaire"}
OUTSIDE = "hors zonage rural"


Groups = tuple[str, tuple[str, ...], dict[str, Any]]
"""Position of the group of an establishment (SQL), labels of the groups, parameters of the SQL."""


def survive_in(
    atlas: Atlas, places: Places, by: Grouping, setting: Setting, *, ess: EssOf | None = None
) -> Survival:
    """Survival of the establishments of some places: all of them for ``ess``, those of the ESS otherwise.

    ``ess``: where those of the ESS are read, by their family, when they are at hand.

    Raises :class:`SurvivalError` for the rest of the economy in a quarter: the register places there the ESS
    alone.
    """
    if places.quarter and by is Grouping.ESS:
        raise SurvivalError(
            "Dans un quartier, seuls les établissements de l'ESS sont situés : le reste ne peut être suivi.",
            "Comparez autrement les structures de l'ESS.",
            GiveField("par", (Grouping.FAMILLE, Grouping.ACTIVITE, Grouping.COHORTE)),
        )
    table = "establishment" if by is Grouping.ESS else "ess_establishment"
    read = ess or EssOf(table, places.condition, {"places": places.parameter})
    wanted = "ess IN ('oui', 'non')" if by is Grouping.ESS else "ess = 'oui'"
    position, labels, parameters = _groups(atlas, by, setting)
    if by is Grouping.FAMILLE and are_gathered(atlas.warehouse, places):
        return survive(gathered_spells(atlas.warehouse, places, setting), labels, setting)
    found = atlas.warehouse.arrays(
        spells_in(
            f"SELECT created, closed, active, fictitious, {position} AS position "
            f"FROM {read.table} WHERE {wanted} AND {read.condition}"
        ),
        {**read.parameters, "on": setting.on, "since": setting.since, **parameters},
    )
    return survive(found, labels, setting)


def _groups(atlas: Atlas, by: Grouping, setting: Setting) -> Groups:
    match by:
        case Grouping.ESS:
            return _named("ess", ESS_LABELS)
        case Grouping.FAMILLE:
            return _named("family", {name: family.plural for name, family in families().items()})
        case Grouping.ACTIVITE:
            return _named("section", sections())
        case Grouping.QPV:
            return _named("qpv", QPV_LABELS)
        case Grouping.COHORTE:
            return (*cohorts(setting), {})
        case Grouping.ZONAGE:
            zones = rural_zones(atlas, setting)
            labels = tuple(dict.fromkeys(zones.values()))
            placed = {"communes": list(zones), "zones": [labels.index(zone) for zone in zones.values()]}
            zone = "SELECT unnest($communes) AS place, unnest($zones) AS zone"
            return f"(SELECT zone FROM ({zone}) WHERE place = commune)", labels, placed


def _named(column: str, labels: Mapping[str, str]) -> Groups:
    return f"list_position($keys, {column}) - 1", tuple(labels.values()), {"keys": list(labels)}


def rural_zones(atlas: Atlas, setting: Setting) -> dict[str, str]:
    """Each commune, as the register writes it, with its rural zone on the day; left out when not known.

    FRR+ and FRR from the day they exist, ZRR before. A commune is outside when the widest of them says no.
    """
    widest = get_zoning("frr")
    ended = widest.since is not None and setting.on >= widest.since
    zones = (get_zoning("frr_plus"), widest) if ended else (get_zoning("zrr"),)
    known: dict[str, str] = {}
    for zoning in zones:
        for answer in answer_each(atlas, zoning, on=setting.on):
            if answer.verdict is Verdict.OUI:
                known.setdefault(answer.commune, zoning.label)
            elif answer.verdict is Verdict.NON and zoning is zones[-1]:
                known.setdefault(answer.commune, OUTSIDE)
    for commune, parts in atlas.municipal_of.items():
        known |= {part: known[commune] for part in parts if commune in known}
    return known
