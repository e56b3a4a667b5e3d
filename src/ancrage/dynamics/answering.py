"""Everything that is said of the collective dynamics of a territory, on its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ancrage.declarations.keeping import kept
from ancrage.dynamics.association import PERMUTATIONS, SEED, Association, associate
from ancrage.dynamics.complementarities import complementarities
from ancrage.dynamics.counting import Level, Measure, Representation, represented
from ancrage.dynamics.gatherings import MOST_STRUCTURES, Group, gather
from ancrage.dynamics.invitations import Invitation, invitations
from ancrage.dynamics.neighbours import Centres, neighbours_of
from ancrage.dynamics.outside import employers_outside, with_others
from ancrage.dynamics.quotients import Presence
from ancrage.dynamics.structures import (
    Held,
    Structure,
    communes_by_code,
    count_of,
    held_in,
    structures_of,
)
from ancrage.dynamics.units import Scale, Units, units_of
from ancrage.dynamics.verdicts import Evidence, Exploration, explore
from ancrage.errors import DynamicsError
from ancrage.language.numbers import kilometres, number, plain_number
from ancrage.register.reach import Reach, RegisterCoverage
from ancrage.register.territory_places import RegisterPlaces, register_places
from ancrage.repairs import BuildEdition, GiveField, Notice, SynchroniseSources, repairs_of
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.territories.territory import Territory
from ancrage.warehouse.holding import final_name
from ancrage.warehouse.reading import Row

SHORTEST_KM, LONGEST_KM = 0.1, 200.0
NO_OUTLINE = Notice(
    "Ni contours ni centres ne sont synchronisés.",
    (SynchroniseSources(("contours-communes",)), BuildEdition()),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: places compared, kilometres between structures of a group, what the quotients count."""

    scale: Scale = Scale.EPCI
    distance_km: float = 20.0
    measure: Measure = Measure.ESTABLISHMENTS
    permutations: int = PERMUTATIONS
    seed: int = SEED

    def __post_init__(self) -> None:
        if not SHORTEST_KM <= self.distance_km <= LONGEST_KM:
            raise DynamicsError(
                f"Une distance de {kilometres(self.distance_km)} ne peut pas servir.",
                f"Donnez entre {number(SHORTEST_KM, 1)} et {kilometres(LONGEST_KM)}.",
                GiveField("distance_km", ("20",)),
            )


@dataclass(frozen=True, slots=True)
class Dynamics:
    """The answer. What is ``None`` could not be worked out; ``unknown`` says why (French).

    ``names``: of communes, by code; ``sources``: entries of the manifest. ``known`` counts the structures,
    which are not given one by one (none is) where there are too many.
    """

    territory: Territory
    asked: Asked
    reach: Reach
    representations: tuple[Representation, ...]
    association: Association | None
    structures: tuple[Structure, ...] | None
    known: int | None
    groups: tuple[Group, ...] | None
    invited: tuple[Invitation, ...]
    explorations: tuple[Exploration, ...]
    unknown: Mapping[str, str]
    names: Mapping[str, str]
    sources: tuple[Row, ...]
    fictitious: bool


MOST_LISTED = 100_000
"""Structures read one by one at most, some seventy megabytes; past it they are counted."""
SOURCES = (
    "cog-npm",
    "contours-communes",
    "siae",
    "sirene-etablissements",
    "sirene-unites-legales",
    "liste-ess",
    "recherche-entreprises",
    "demonstration",
)
"""Sources an answer may rest on; those of the edition are told."""


@dataclass(frozen=True)
class _Work:
    """What the parts share; ``unknown`` collects why some could not be worked out."""

    atlas: Atlas
    territory: Territory
    asked: Asked
    places: RegisterPlaces
    coverage: RegisterCoverage
    cache: Path | None = None
    unknown: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether every establishment of the territory is known; in a quarter, some are placed by guess."""
        reach = self.coverage.reach(self.places.departements)
        return reach is Reach.WHOLE and not self.places.places.quarter


def dynamics_of(
    atlas: Atlas,
    territory: Territory,
    asked: Asked,
    *,
    centres: Centres | None = None,
    cache: Path | None = None,
) -> Dynamics:
    """Work everything out. ``centres``: of the EPCI, where the edition has no outline.

    ``cache``: folder where the association of the places, the same for every territory among them, is kept.

    Raises :class:`DynamicsError` when the edition knows no structure of the territory at all and cannot
    compare it with its neighbours either.
    """
    work = _Work(
        atlas, territory, asked, register_places(atlas, territory), RegisterCoverage.of(atlas), cache
    )
    association = _association(work, centres)
    counted = _counted(work)
    structures = () if counted else _structures(work)
    if structures is None and association is None:
        why = work.unknown["association"]
        raise DynamicsError(
            f"Aucune structure n'est connue ici. {work.unknown['structures']}", why, *repairs_of(why)
        )
    if work.places.wider:
        work.unknown["communes"] = Notice(
            "Des communes ont fusionné depuis ce jour : les structures sont celles des communes nouvelles, "
            f"plus larges ({', '.join(work.places.wider)})."
        )
    levels = represented(atlas, territory, measure=asked.measure)
    groups = None if counted else _groups(work, structures)
    evidence = Evidence(structures, levels, groups, association, whole=work.whole, counted=counted)
    return _told(work, evidence)


def prepare(atlas: Atlas, asked: Asked, *, on: date, centres: Centres | None, cache: Path) -> None:
    """Keep in ``cache`` how the places of the country resemble their neighbours on a day.

    It takes seconds, and whoever first asks of any territory would wait for it. ``centres``, and what is
    raised: as :func:`dynamics_of`.
    """
    country = resolve(atlas, "fr", on=on)
    places, coverage = register_places(atlas, country), RegisterCoverage.of(atlas)
    _association(_Work(atlas, country, asked, places, coverage, cache), centres)


def _told(work: _Work, evidence: Evidence) -> Dynamics:
    declared, structures = complementarities(), tuple(evidence.structures or ())
    names = {code: row["name"] for code, row in communes_by_code(work.atlas).items()}
    over = _over_represented(structures, evidence.levels)
    groups = evidence.groups
    departements, counted = work.places.departements, evidence.counted
    known = counted.total if counted else None if evidence.structures is None else len(structures)
    return Dynamics(
        territory=work.territory,
        asked=work.asked,
        reach=work.coverage.reach(departements),
        representations=tuple(evidence.levels),
        association=evidence.association,
        structures=None if evidence.structures is None else structures,
        known=known,
        groups=None if groups is None else tuple(groups),
        invited=invitations(structures, groups or (), over, declared, names),
        explorations=tuple(explore(one, evidence, declared) for one in declared.activities.values()),
        unknown=work.unknown,
        names=names,
        sources=tuple(one for one in work.atlas.warehouse.manifest["sources"] if one["id"] in SOURCES),
        fictitious=bool(departements & work.coverage.fictitious)
        or (counted.fictitious if counted else any(one.fictitious for one in structures)),
    )


def _association(work: _Work, centres: Centres | None) -> Association | None:
    units = units_of(work.atlas, work.territory, work.asked.scale)
    told = centres if work.asked.scale is Scale.EPCI else None
    try:
        found = kept(
            "association",
            lambda: _associated(work, units, told),
            cache=work.cache,
            rooms=("dynamics",),
            key=(
                final_name(work.atlas.warehouse.folder),
                work.asked.permutations,
                work.asked.seed,
                told,
                units.units,
            ),
        )
    except DynamicsError as refusal:
        work.unknown["association"] = Notice(f"{refusal.message} {refusal.hint}".strip(), refusal.repairs)
        return None
    if found is None:
        work.unknown["association"] = NO_OUTLINE
        return None
    # Which places are those of the territory is all that differs from one territory to the next.
    return replace(found, units=units)


def _associated(work: _Work, units: Units, centres: Centres | None) -> Association | None:
    neighbours = neighbours_of(work.atlas, units, centres)
    if neighbours is None:
        return None
    return associate(units, neighbours, permutations=work.asked.permutations, seed=work.asked.seed)


def _counted(work: _Work) -> Held | None:
    """The structures counted only, where there are too many to be listed."""
    found = count_of(work.atlas, work.territory, work.places.places)
    if found <= MOST_LISTED:
        return None
    work.unknown["groups"] = Notice(
        f"{plain_number(found)} structures sont trop à rapprocher et à inviter "
        f"({plain_number(MOST_LISTED)} au plus) : demandez une intercommunalité ou un département."
    )
    return held_in(work.atlas, work.territory, work.places.places)


def _structures(work: _Work) -> tuple[Structure, ...] | None:
    """Structures of the territory; ``None`` when neither the register nor the list has any."""
    found = structures_of(work.atlas, work.territory, work.places.places)
    if found or work.whole:
        return found
    work.unknown["structures"] = Notice("Ni le registre ni la liste des structures d'insertion n'en ont.")
    return None


def _groups(work: _Work, structures: Sequence[Structure] | None) -> tuple[Group, ...] | None:
    if structures is None:
        return None
    if len(structures) > MOST_STRUCTURES:
        work.unknown["groups"] = Notice(
            f"{plain_number(len(structures))} structures sont trop à rapprocher "
            f"({plain_number(MOST_STRUCTURES)} au plus) : "
            "demandez une intercommunalité ou un département."
        )
        return None
    groups = gather(structures, complementarities(), distance_km=work.asked.distance_km)
    if not work.whole or not work.coverage.has_denominators(work.places.departements):
        return groups
    outside = employers_outside(work.atlas, work.places.places, on=work.territory.on)
    return with_others(groups, structures, outside)


def _over_represented(structures: Sequence[Structure], levels: Sequence[Representation]) -> dict[int, str]:
    """Structures whose division, or kind, is over-represented, with the name of it."""
    over = {
        (level.level, row.quotient.key): row.label
        for level in levels
        for row in level.rows
        if row.quotient.presence is Presence.OVER
    }
    found: dict[int, str] = {}
    for one in structures:
        keys = [(Level.SIAE, kind) for kind in one.kinds]
        keys += [(Level.DIVISION, one.naf[:2])] if one.naf and one.section else []
        if label := next((over[key] for key in keys if key in over), None):
            found[one.rank] = label
    return found
