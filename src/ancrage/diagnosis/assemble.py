"""Assemble a diagnosis: the only place that knows the territories, the register and what was published."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from ancrage.declarations.texts import ListText
from ancrage.deferred import loading
from ancrage.diagnosis.aids import aids_of
from ancrage.diagnosis.fabric import Reference, describe, describe_inclusion, jobs, quotient
from ancrage.diagnosis.levers import levers_of
from ancrage.diagnosis.model import (
    CommuneCounts,
    Comparison,
    Diagnosis,
    EssFabric,
    Inclusion,
    LegalText,
    Outline,
    PublishedFigure,
    Support,
    Survival,
    TerritoryIdentity,
    TerritoryRef,
    ZoningAnswer,
)
from ancrage.diagnosis.provenance import UNDRAWN, Lacking, missing_pieces, sources_used
from ancrage.diagnosis.published import beside, measures_of_fabric, measures_of_zonings
from ancrage.diagnosis.similarity import Method, find_similar, read_method
from ancrage.register.fabric import Census, RegisterReader
from ancrage.register.quarters import is_undrawn_quarter
from ancrage.register.reach import Reach, RegisterCoverage
from ancrage.register.territory_places import RegisterPlaces, register_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode, is_overseas_collectivity
from ancrage.territories.resolving import FIRST_VINTAGE_OF_CONTRACTS, in_outline
from ancrage.territories.territory import Named, Territory
from ancrage.territories.zonings import answering

COMPARED = (Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION, Kind.FRANCE)
REFERENCES = (Kind.FRANCE, Kind.REGION, Kind.DEPARTEMENT)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A territory with its place in the register and, where the register covers it, its census."""

    territory: Territory
    places: RegisterPlaces
    reach: Reach
    census: Census | None
    with_shares: bool
    undrawn: bool
    """Whether it is a quarter whose perimeter is not known: what is inside is not either."""


@dataclass(frozen=True)
class _Assembly:
    """What the sections share; each territory is counted once."""

    atlas: Atlas
    reader: RegisterReader
    coverage: RegisterCoverage
    counted: dict[TerritoryCode, _Counted] = field(default_factory=dict)

    def count(self, territory: Territory) -> _Counted:
        """Count a territory in the register, unless it was already."""
        if territory.code not in self.counted:
            self.counted[territory.code] = self._count(territory)
        return self.counted[territory.code]

    def count_once(self, territory: Territory, parents: list[Territory]) -> None:
        """Have a commune and its intercommunalité, when it has one, counted in a single reading."""
        of = [one for one in parents if one.kind is Kind.EPCI]
        if territory.kind is Kind.COMMUNE and len(of) == 1:
            inner, outer = (register_places(self.atlas, one).places for one in (territory, of[0]))
            self.reader.reading_once(inner, outer)

    def _count(self, territory: Territory) -> _Counted:
        places = register_places(self.atlas, territory)
        reach = self.coverage.reach(places.departements)
        census = None
        undrawn = is_undrawn_quarter(self.atlas, territory)
        if reach in (Reach.WHOLE, Reach.SAMPLE) and not undrawn:
            census = self.reader.census(places.places, on=territory.on)
        with_shares = (
            reach is Reach.WHOLE
            and places.places.quarter is None
            and self.coverage.has_denominators(places.departements)
        )
        return _Counted(territory, places, reach, census, with_shares, undrawn)


def diagnose(
    atlas: Atlas,
    territory: Territory,
    *,
    method: Method | None = None,
    with_outline: bool = False,
    cache: Path | None = None,
) -> Diagnosis:
    """The diagnosis of a territory on its day.

    ``with_outline`` adds the geometry of the map; ``cache`` keeps the compiled catalogues of aids and levers.
    """
    assembly = _Assembly(atlas, RegisterReader(atlas.warehouse), RegisterCoverage.of(atlas))
    parents = _compared_parents(atlas, territory)
    assembly.count_once(territory, parents)
    counted = assembly.count(territory)
    with assembly.reader.holding(counted.places.places):
        with loading("numpy") if _has_survival(counted) else nullcontext():
            answers = answering.answer_all(atlas, territory)
            ess = _fabric(assembly, counted, parents)
        survival = _survival(assembly, counted)
    similar = find_similar(atlas, territory, method or read_method())
    outline = _outline(atlas, counted) if with_outline else None
    lacking = Lacking(counted.reach, outline=outline is not None or not with_outline, undrawn=counted.undrawn)
    diagnosis = Diagnosis(
        territory=_identity(territory),
        zonings=tuple(_zoning(answer, atlas) for answer in answers),
        ess=ess,
        inclusion=_inclusion(assembly, counted),
        comparisons=_comparisons(assembly, counted, parents),
        similar=similar.territories,
        similar_method=similar.method,
        published=_published(atlas, counted, ess, answers),
        aids=aids_of(atlas, territory, answers, cache=cache),
        coverage=_support(atlas, counted),
        survival=survival,
        sources=sources_used(atlas),
        missing=missing_pieces(atlas, answers, lacking),
        warnings=_warnings(counted, ess),
        outline=outline,
    )
    # The levers are advised from all the rest.
    levers = levers_of(atlas, territory, diagnosis, answers, cache=cache)
    return diagnosis.model_copy(update={"levers": levers})


def _identity(territory: Territory) -> TerritoryIdentity:
    return TerritoryIdentity(
        kind=territory.kind.value,
        code=territory.code.code,
        name=territory.name,
        on=territory.on,
        vintage=territory.vintage,
        population=territory.population,
        population_label=territory.population_label,
        commune_count=len(territory.communes),
        parents=tuple(_ref(parent) for parent in territory.parents),
        note=territory.note,
    )


def _ref(named: Named) -> TerritoryRef:
    return TerritoryRef(kind=named.code.kind.value, code=str(named.code), name=named.name)


def _zoning(answer: answering.ZoningAnswer, atlas: Atlas) -> ZoningAnswer:
    zoning, edition = answer.zoning, answer.edition
    return ZoningAnswer(
        id=zoning.id,
        label=zoning.label,
        kind=zoning.kind,
        verdict=answer.verdict,
        share=answer.share,
        communes=CommuneCounts(**{verdict.value: count for verdict, count in answer.communes.items()}),
        details=answer.details,
        reason=answer.reason,
        since=answer.since,
        until=answer.until,
        text=_text(edition.text if edition else zoning.definition),
        source=edition.source if edition else None,
        vintage=atlas.vintage_of(edition.source) if edition else "",
    )


def _text(text: ListText) -> LegalText:
    return LegalText(title=text.title, href=text.href, published_on=text.published_on, status=text.status)


def _compared_parents(atlas: Atlas, territory: Territory) -> list[Territory]:
    """EPCI, département, région and France that hold the territory."""
    return [
        in_outline(atlas, parent.code, on=territory.on, with_communes=kind is Kind.EPCI)
        for kind in COMPARED
        for parent in territory.parents
        if parent.code.kind is kind
    ]


def _fabric(assembly: _Assembly, counted: _Counted, parents: list[Territory]) -> EssFabric | None:
    """``None`` when the register does not cover the territory."""
    if counted.census is None:
        return None
    if counted.reach is Reach.SAMPLE and not counted.census.balance.ess.establishments:
        return None
    return describe(
        assembly.reader,
        counted.places.places,
        counted.census,
        on=counted.territory.on,
        reach=counted.reach,
        with_shares=counted.with_shares,
        fictitious=bool(counted.places.departements & assembly.coverage.fictitious),
        reference=_reference(assembly, parents) if counted.with_shares else None,
    )


def _support(atlas: Atlas, counted: _Counted) -> Support | None:
    """``None`` for a territory that is less than a commune."""
    if counted.places.places.quarter or counted.territory.municipal:
        return None
    # SciPy costs a tenth of a second to import.
    from ancrage.diagnosis.support import support_of

    return support_of(atlas, counted.territory)


def _has_survival(counted: _Counted) -> bool:
    return counted.reach is Reach.WHOLE and not counted.undrawn


def _survival(assembly: _Assembly, counted: _Counted) -> Survival | None:
    """``None`` where the register does not cover the territory wholly."""
    # NumPy costs a tenth of a second to import: only a territory that is covered pays for it.
    if not _has_survival(counted):
        return None
    from ancrage.diagnosis.survival import survival_part

    places = counted.places.places
    ess = assembly.reader.ess_of(places)
    return survival_part(assembly.atlas, places, ess, on=counted.territory.on)


def _inclusion(assembly: _Assembly, counted: _Counted) -> Inclusion | None:
    """The list of SIAE covers mainland France and the DROM; the demonstration's, its département only."""
    if all(is_overseas_collectivity(departement) for departement in counted.places.departements):
        return None
    found = describe_inclusion(assembly.reader, counted.places.places)
    if found is None or (found.fictitious and counted.reach is not Reach.WHOLE):
        return None
    return found.model_copy(update={"total": None}) if counted.undrawn else found


def _reference(assembly: _Assembly, parents: list[Territory]) -> Reference | None:
    """The largest parent the register covers wholly: France, else the région, else the département."""
    for kind in REFERENCES:
        for parent in parents:
            if parent.kind is kind:
                counted = assembly.count(parent)
                if counted.with_shares and counted.census:
                    return Reference(parent.name, counted.census)
    return None


def _comparisons(assembly: _Assembly, counted: _Counted, parents: list[Territory]) -> tuple[Comparison, ...]:
    """The territory, then its EPCI, département, région and France; quotients refer to the largest known."""
    rows = [_compared(assembly.count(territory)) for territory in (counted.territory, *parents)]
    shares = [row.share_of_employers for row in rows if row.share_of_employers is not None]
    reference = shares[-1] if len(shares) > 1 else None
    return tuple(
        row.model_copy(update={"location_quotient": quotient(row.share_of_employers, reference)})
        for row in rows
    )


def _compared(counted: _Counted) -> Comparison:
    balance = counted.census.balance if counted.census and counted.reach is Reach.WHOLE else None
    shown = balance if counted.with_shares else None
    people = counted.territory.population
    return Comparison(
        territory=_ref(counted.territory.named),
        population=people,
        establishments=balance.ess.establishments if balance else None,
        employers=balance.ess.employers if balance else None,
        jobs=jobs(balance.ess.jobs) if balance else None,
        establishments_per_1000=1000 * balance.ess.establishments / people if balance and people else None,
        share_of_employers=shown.share_of_employers if shown else None,
        share_of_jobs=shown.share_of_jobs if shown else None,
        location_quotient=None,
        covered=balance is not None,
        note=_why_not_counted(counted) if balance is None else "",
    )


def _why_not_counted(counted: _Counted) -> str:
    return UNDRAWN if counted.undrawn else "non couvert par le registre de cette édition"


def _published(
    atlas: Atlas, counted: _Counted, ess: EssFabric | None, answers: tuple[answering.ZoningAnswer, ...]
) -> tuple[PublishedFigure, ...]:
    """Figures published for the territory itself, and for the départements and régions that hold it.

    Fictitious figures are never set beside published ones.
    """
    territory = counted.territory
    fabric = None if ess is None or ess.fictitious or counted.reach is Reach.SAMPLE else ess
    own = {**measures_of_fabric(fabric), **measures_of_zonings(answers), **_counts(atlas, territory)}
    found = list(beside(_ref(territory.named), own, on=territory.on))
    for parent in territory.parents:
        if parent.code.kind in (Kind.DEPARTEMENT, Kind.REGION):
            found += beside(_ref(parent), {}, on=territory.on)
    return tuple(found)


def _counts(atlas: Atlas, territory: Territory) -> dict[str, float | None]:
    """Numbers of contracts and quarters known on the day, for France."""
    if territory.kind is not Kind.FRANCE:
        return {}
    lists = atlas.warehouse.manifest["lists"]
    listed = lists.get("crte-2024")
    if listed is None or territory.vintage < FIRST_VINTAGE_OF_CONTRACTS:
        return {}
    row = atlas.warehouse.row(
        "SELECT count(*) FILTER (WHERE kind = 'crte') AS crte FROM unit WHERE vintage = ?",
        (territory.vintage,),
    )
    return {"crte_count": row["crte"] if row else None}


def _warnings(counted: _Counted, ess: EssFabric | None) -> tuple[str, ...]:
    found = []
    if ess and ess.fictitious:
        found.append("Données de démonstration, fictives : aucun des établissements comptés n'existe.")
    if ess and ess.note:
        found.append(ess.note)
    if counted.places.wider and ess:
        found.append(
            "Des communes ont fusionné depuis ce jour : l'ESS est comptée dans les communes nouvelles "
            + ", ".join(counted.places.wider)
            + ", plus larges que le territoire demandé."
        )
    if counted.places.places.quarter and ess:
        found.append(
            "Seuls les établissements placés avec certitude dans ce quartier sont comptés ; "
            "ceux qui pourraient s'y trouver sont à vérifier."
        )
    if counted.territory.uncertain:
        found.append(
            "Communes nées d'une fusion avec une commune hors du périmètre publié : "
            + ", ".join(sorted(counted.territory.uncertain))
            + "."
        )
    return tuple(found)


def _outline(atlas: Atlas, counted: _Counted) -> Outline | None:
    # Geometry costs a tenth of a second to import: only a map pays for it.
    from ancrage.diagnosis.outline import outline_of

    return outline_of(atlas, counted.territory, counted.places.places)
