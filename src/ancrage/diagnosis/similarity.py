"""The territories most comparable to one: a written method, that the person may change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.models import parsed
from ancrage.declarations.reader import Reader
from ancrage.diagnosis.model import SimilarTerritory, TerritoryRef
from ancrage.errors import CatalogueError
from ancrage.territories.atlas import COLUMN_OF, Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.territory import Territory

READER = Reader(CatalogueError, "Prenez modèle sur docs/methodes.md.")
COMPARABLE = (Kind.COMMUNE, Kind.ARRONDISSEMENT_MUNICIPAL, *COLUMN_OF, Kind.CRTE)


class Feature(Declared):
    """A feature compared: where it is read, how it is scaled, how much it weighs."""

    name: Literal["population", "growth", "density", "epci_population", "communes"]
    label: str
    scale: Literal["log", "linear"]
    weight: float = Field(gt=0)


class Method(Declared):
    """How comparable territories are found."""

    count: int = Field(ge=1, le=100)
    same_zone: bool
    features: tuple[Feature, ...] = Field(min_length=1)


def read_method(path: Path | None = None) -> Method:
    """The method written in a file, or the default one. Raises :class:`CatalogueError` for a wrong file."""
    return _written(path) if path else _ours()


@compiled("ressemblance", "declarations", "diagnosis")
def _ours() -> Method:
    return _written(Path(__file__).with_name("similarity.yaml"))


def _written(path: Path) -> Method:
    document = READER.document(path)
    with READER.telling(path.name):
        return parsed(Method, document)


@dataclass(frozen=True, slots=True)
class Similar:
    """Comparable territories and, in French, the method that was really applied."""

    territories: tuple[SimilarTerritory, ...]
    method: str


def find_similar(atlas: Atlas, territory: Territory, method: Method) -> Similar:
    """The nearest territories of the same kind on the same day, by the features that are known."""
    if territory.kind not in COMPARABLE:
        return Similar((), f"Aucune comparaison n'est faite pour {_article(territory.kind)}.")
    usable = _usable(atlas, territory, method)
    if not usable:
        return Similar((), "Aucun critère de comparaison n'est connu pour ce territoire.")
    rows = _nearest(atlas, territory, method, usable, {"n": method.count})
    left_out = [feature for feature in method.features if feature not in usable]
    return Similar(tuple(_similar(territory.kind, row, usable) for row in rows), _told(usable, left_out))


def distances(
    atlas: Atlas, territory: Territory, codes: Collection[str], method: Method | None = None
) -> dict[str, float]:
    """How far some territories of the same kind are, by the same method; those it cannot compare left out.

    ``codes``: official codes, without prefix.
    """
    method = method or read_method()
    usable = _usable(atlas, territory, method) if codes and territory.kind in COMPARABLE else []
    if not usable:
        return {}
    asked = {"codes": sorted(codes), "n": len(codes)}
    return {row["code"]: row["distance"] for row in _nearest(atlas, territory, method, usable, asked)}


def _usable(atlas: Atlas, territory: Territory, method: Method) -> list[Feature]:
    own = atlas.feature(territory.kind, territory.code.code, territory.vintage)
    return [
        feature
        for feature in method.features
        if own and own[feature.name] is not None and _varies(feature, atlas, territory)
    ]


def _nearest(
    atlas: Atlas, territory: Territory, method: Method, usable: list[Feature], asked: dict[str, Any]
) -> list[dict[str, Any]]:
    """Rows of the nearest, their ``distance`` with them; ``codes`` in ``asked``: among those only."""
    own = atlas.feature(territory.kind, territory.code.code, territory.vintage)
    metro = own["zone"] == "metro" if own and method.same_zone else None
    spreads = atlas.keeping(_spreads)(tuple(usable), territory.vintage, territory.kind, metro)
    return atlas.warehouse.rows(
        _distance_sql(usable, same_zone=method.same_zone, among="codes" in asked),
        {"vintage": territory.vintage, "kind": territory.kind.value, "code": territory.code.code}
        | {f"d_{name}": spread for name, spread in spreads.items()}
        | asked,
    )


def _article(kind: Kind) -> str:
    return {Kind.FRANCE: "la France", Kind.QPV: "un quartier", Kind.ENSEMBLE: "un ensemble"}[kind]


def _varies(feature: Feature, atlas: Atlas, territory: Territory) -> bool:
    """A feature that is the same for all of a kind says nothing."""
    if feature.name == "growth":
        return territory.vintage != atlas.vintages[0]
    single = (Kind.COMMUNE, Kind.ARRONDISSEMENT_MUNICIPAL)
    return feature.name != "communes" or territory.kind not in single


Spreads = dict[str, float | None]


def _spreads(
    atlas: Atlas, features: tuple[Feature, ...], vintage: int, kind: Kind, metro: bool | None
) -> Spreads:
    """Interquartile range of each feature among those compared; ``None`` where it is zero or unknown.

    ``metro``: of those of the mainland, of those overseas, or of all when ``None``.
    """
    zone = "" if metro is None else "AND (zone = 'metro') = $metro"
    row = atlas.warehouse.row(
        f"SELECT {', '.join(map(_spread, features))} FROM territory_feature "
        f"WHERE vintage = $vintage AND kind = $kind {zone}",
        {"vintage": vintage, "kind": kind.value} | ({} if metro is None else {"metro": metro}),
    )
    return row or {}


def _scaled(feature: Feature, of: str = "") -> str:
    column = f"{of}{feature.name}"
    return f"ln(greatest({column}, 0) + 1)" if feature.scale == "log" else column


def _spread(feature: Feature) -> str:
    value = _scaled(feature)
    return f"nullif(quantile_cont({value}, 0.75) - quantile_cont({value}, 0.25), 0) AS {feature.name}"


def _distance_sql(features: Iterable[Feature], *, same_zone: bool, among: bool = False) -> str:
    terms = []
    for feature in features:
        mine, theirs = _scaled(feature, "own."), _scaled(feature, "p.")
        # A territory whose feature is unknown is held two spreads away: neither near nor ruled out.
        unknown = f"CASE WHEN p.{feature.name} IS NULL THEN 4.0 ELSE 0.0 END"
        gap = f"({theirs} - {mine}) / $d_{feature.name}::DOUBLE"
        terms.append(f"{feature.weight} * coalesce(power({gap}, 2), {unknown})")
    zone = "AND (p.zone = 'metro') = (own.zone = 'metro')" if same_zone else ""
    those = "AND p.code IN (SELECT unnest($codes))" if among else ""
    return f"""
    WITH f AS (SELECT * FROM territory_feature WHERE vintage = $vintage AND kind = $kind),
    own AS (SELECT * FROM f WHERE code = $code)
    SELECT p.*, sqrt({" + ".join(terms)}) AS distance FROM f p, own
    WHERE p.code <> $code {zone} {those} ORDER BY distance, p.code LIMIT $n
    """


def _similar(kind: Kind, row: dict[str, Any], features: Iterable[Feature]) -> SimilarTerritory:
    code = TerritoryCode(kind, row["code"])
    return SimilarTerritory(
        territory=TerritoryRef(kind=kind.value, code=str(code), name=row["name"]),
        distance=round(row["distance"], 3),
        features={feature.label: _rounded(feature.name, row[feature.name]) for feature in features},
    )


def _rounded(name: str, value: float | None) -> float | None:
    if value is None:
        return None
    return round(100 * value, 1) if name == "growth" else round(value, 1)


def _told(usable: Iterable[Feature], left_out: Iterable[Feature]) -> str:
    weights = ", ".join(f"{feature.label} (poids {feature.weight:g})" for feature in usable)
    told = (
        "Territoires de la même sorte, les plus proches par : " + weights + ". Chaque critère est rapporté à "
        "l'écart interquartile ; la distance est euclidienne et sans unité."
    )
    unknown = ", ".join(feature.label for feature in left_out)
    return told + (f" Critères écartés, inconnus ou sans objet ici : {unknown}." if unknown else "")
