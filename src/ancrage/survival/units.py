"""The structures to watch, from the register of an edition, in the groups asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ancrage.deferred import Deferred
from ancrage.errors import SurvivalError
from ancrage.reasoning import Verdict
from ancrage.register.catalogue import families, sections
from ancrage.register.fabric import Places
from ancrage.repairs import GiveField
from ancrage.survival.cohort import Setting, Survival, cohort, survive
from ancrage.survival.grouping import Grouping
from ancrage.territories.atlas import Atlas
from ancrage.territories.zonings.answering import answer_each
from ancrage.territories.zonings.declaration import get_zoning

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Deferred("polars")

ESS_LABELS = {"oui": "ESS", "non": "hors de l'ESS"}
QPV_LABELS = {"oui": "en quartier prioritaire", "non": "hors quartier prioritaire"}
OUTSIDE = "hors zonage rural"


def survive_in(atlas: Atlas, places: Places, by: Grouping, setting: Setting) -> Survival:
    """Survival of the establishments of some places. Raises :class:`SurvivalError`."""
    return survive(read_units(atlas, places, by, setting), setting)


def read_units(atlas: Atlas, places: Places, by: Grouping, setting: Setting) -> pl.DataFrame:
    """One row an establishment, with its group: all of them for ``ess``, those of the ESS otherwise.

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
    quarter = "NULL" if by is Grouping.ESS else "qpv"
    wanted = "ess IN ('oui', 'non')" if by is Grouping.ESS else "ess = 'oui'"
    units = atlas.warehouse.frame(
        f"SELECT created, closed, active, ess, family, section, commune, {quarter} AS qpv, fictitious "
        f"FROM {table} WHERE {wanted} AND {places.condition}",
        {"places": places.parameter},
    )
    return units.with_columns(group=_group(atlas, by, setting))


def _group(atlas: Atlas, by: Grouping, setting: Setting) -> pl.Expr:
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
            return cohort([setting.since.year - setting.since.year % 5])
        case Grouping.ZONAGE:
            return _named("commune", rural_zones(atlas, setting))


def _named(column: str, labels: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).cast(pl.String).replace_strict(labels, default=None, return_dtype=pl.String)


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
