"""Survival of a territory's structures, where the register covers it."""

from datetime import date

from ancrage.diagnosis import model
from ancrage.errors import SurvivalError
from ancrage.register.fabric import EssOf, Places
from ancrage.register.reach import Reach, RegisterCoverage
from ancrage.register.territory_places import register_places
from ancrage.repairs import GiveField
from ancrage.survival.cohort import GroupCurve, Setting, Survival, first_day, unwatched
from ancrage.survival.grouping import Grouping
from ancrage.survival.units import survive_in
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory
from ancrage.warehouse.reading import Row


def survival_of(atlas: Atlas, territory: Territory, by: Grouping, *, since: date | None = None) -> Survival:
    """Survival; without curves, and why, where no register covers the place."""
    places, coverage = register_places(atlas, territory), RegisterCoverage.of(atlas)
    setting = Setting(territory.on, since or first_day(territory.on))
    if coverage.reach(places.departements) in (Reach.NONE, Reach.PART):
        return unwatched(setting, f"Aucun registre complet ne couvre {territory.the_name}.")
    if by is Grouping.ESS and not coverage.has_denominators(places.departements):
        raise SurvivalError(
            f"Hors de l'ESS, les établissements {territory.of_name} ne sont pas connus.",
            "Comparez au sein de l'ESS.",
            GiveField("par", tuple(one.value for one in Grouping if one is not Grouping.ESS)),
        )
    return survive_in(atlas, places.places, by, setting)


REGISTER = ("sirene-etablissements", "sirene-unites-legales", "liste-ess", "demonstration")
LISTS = {Grouping.ZONAGE: ("zrr-2017", "frr-2025"), Grouping.QPV: ("qpv-2024-communes", "qpv-2024-polygones")}


def sources_of(atlas: Atlas, by: Grouping) -> tuple[Row, ...]:
    """Entries of the manifest the curves rest on: the register, and the lists of the groups."""
    named = (*REGISTER, *LISTS.get(by, ()))
    return tuple(entry for entry in atlas.warehouse.manifest["sources"] if entry["id"] in named)


AGES = (1, 3, 5, 10)


def survival_part(atlas: Atlas, places: Places, ess: EssOf, *, on: date) -> model.Survival | None:
    """The section of a diagnosis; ``None`` when too few establishments can be watched.

    ``ess``: where those of the ESS of these places are read.
    """
    try:
        found = survive_in(atlas, places, Grouping.FAMILLE, Setting(on, first_day(on)), ess=ess)
    except SurvivalError:
        return None
    if found.unknown:
        return None
    return model.Survival(
        since=found.setting.since,
        groups=tuple(_group(group) for group in found.groups),
        hidden_groups=found.hidden,
        p_value=found.test.p_value if found.test else None,
        left_out=dict(found.left_out),
        fictitious=found.fictitious,
    )


def _group(group: GroupCurve) -> model.SurvivalGroup:
    return model.SurvivalGroup(
        label=group.label,
        units=group.curve.units,
        closures=group.closures,
        remaining=tuple(_remaining(group, age) for age in AGES),
        median=group.curve.median,
    )


def _remaining(group: GroupCurve, age: int) -> model.Remaining:
    share, low, high = group.curve.at(age) or (None, None, None)
    return model.Remaining(age=age, share=share, low=_known(low), high=_known(high))


def _known(bound: float | None) -> float | None:
    """A bound; NaN, where no band exists, is not known."""
    return bound if bound is not None and bound == bound else None
