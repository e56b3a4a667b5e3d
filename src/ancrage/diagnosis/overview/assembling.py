"""Assemble the overview from the diagnosis, which is kept: nothing is counted twice."""

from dataclasses import dataclass
from pathlib import Path

from ancrage.aids.imports.shelf import Shelf
from ancrage.diagnosis.model import Diagnosis, MissingPiece, TerritoryRef
from ancrage.diagnosis.overview.badges import badges_of
from ancrage.diagnosis.overview.callers import callers_of, missing_contacts
from ancrage.diagnosis.overview.figures import glance_of
from ancrage.diagnosis.overview.model import Caller, Overview, Place, Trend, Window
from ancrage.diagnosis.overview.priorities import priorities_of
from ancrage.diagnosis.overview.windows import windows_of
from ancrage.language.phrases import listed
from ancrage.reasoning import Verdict
from ancrage.repairs import SynchroniseSources
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.declaration import load_zonings


@dataclass(frozen=True, slots=True)
class Ground:
    """What an overview is made from, beside the territory: the edition, and what can be kept."""

    atlas: Atlas
    cache: Path
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Around:
    """What the diagnosis has no part in: whom to call, and what opens or closes soon."""

    callers: tuple[Caller, ...]
    soon: tuple[Window, ...]


def around(ground: Ground, territory: Territory) -> Around:
    """The same for a territory on its day."""
    soon = windows_of(ground.atlas, territory, cache=ground.cache, shelf=ground.shelf)
    return Around(callers_of(ground.atlas, territory), soon)


def overview_of(ground: Ground, territory: Territory, diagnosis: Diagnosis, others: Around) -> Overview:
    """The overview of a territory on its day."""
    atlas = ground.atlas
    return Overview(
        place=_place(atlas, territory),
        badges=badges_of(diagnosis.zonings, territory),
        ess=glance_of(atlas, territory, diagnosis),
        priorities=priorities_of(atlas, territory, diagnosis, cache=ground.cache),
        callers=others.callers,
        soon=others.soon,
        missing=(*_missing(diagnosis), *missing_contacts(atlas)),
    )


def _missing(diagnosis: Diagnosis) -> tuple[MissingPiece, ...]:
    """What the diagnosis lacks, the zonings that are not known said once for all of them."""
    unknown = {one.label: one for one in diagnosis.zonings if one.verdict is Verdict.A_VERIFIER}
    others = tuple(one for one in diagnosis.missing if one.subject not in unknown)
    if not unknown:
        return others
    wanted = {
        source
        for piece in diagnosis.missing
        if piece.subject in unknown
        for repair in piece.repairs
        for source in repair.ids
    }
    mirror = any(
        repair.mirror for one in diagnosis.missing if one.subject in unknown for repair in one.repairs
    )
    return (
        *others,
        MissingPiece(
            subject="Zonages pas encore sus",
            why=listed([load_zonings()[one.id].short for one in unknown.values()]),
            repairs=(SynchroniseSources(tuple(sorted(wanted)), mirror=mirror),) if wanted else (),
        ),
    )


def _place(atlas: Atlas, territory: Territory) -> Place:
    return Place(
        kind=territory.kind.value,
        kind_label=territory.code.label,
        code=str(territory.code),
        name=territory.name,
        population=territory.population,
        population_label=territory.population_label,
        trend=_trend(atlas, territory),
        commune_count=len(territory.communes),
        held_by=tuple(
            TerritoryRef(kind=one.code.kind.value, code=str(one.code), name=one.name)
            for one in territory.parents
            if one.code.kind is not Kind.FRANCE
        ),
        note=territory.note,
    )


def _trend(atlas: Atlas, territory: Territory) -> Trend | None:
    row = atlas.feature(territory.kind, territory.code.code, territory.vintage)
    undated = territory.legal is not None and territory.legal.reference_year is None
    since = None if undated else atlas.first_reference_year  # nobody tells when the Pacific was counted
    if row is None or row["growth"] is None or since is None or territory.vintage == atlas.vintages[0]:
        return None
    return Trend(since=since, change=row["growth"])
