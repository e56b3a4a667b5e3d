"""The structures of a territory that could be brought together: ESS establishments and inclusion enterprises.

A unit that asked not to be shown keeps its activity and loses everything that would name it: name, SIRET,
commune, coordinates. Its place is still used to count, at the scale of its commune.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.dynamics.complementarities import complementarities
from ancrage.register.apart import APART, open_apart
from ancrage.register.fabric import ALIVE, DEPARTEMENT_OF_COMMUNE, Places
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory
from ancrage.warehouse.reading import Row

_REGISTERED = """
SELECT siret, siren, name, diffusible, commune, naf, section, employer, jobs_central, family,
       coalesce(siae_kinds, []) AS kinds, longitude, latitude, fictitious, ess, true AS registered
FROM ess_establishment
WHERE (ess = 'oui' OR len(siae_kinds) > 0) AND {places} AND {alive}
"""

_LISTED = """
SELECT l.siret, l.siret[:9] AS siren, l.name, true AS diffusible, l.commune, NULL AS naf, NULL AS section,
       NULL::BOOLEAN AS employer, NULL::DOUBLE AS jobs_central, NULL AS family, l.kinds, l.longitude,
       l.latitude, l.fictitious, 'a_verifier' AS ess, false AS registered
FROM (SELECT siret, any_value(name) AS name, any_value(commune) AS commune, list(kind ORDER BY kind) AS kinds,
             any_value(longitude) AS longitude, any_value(latitude) AS latitude,
             bool_or(fictitious) AS fictitious
      FROM siae WHERE {listed} GROUP BY siret) l
JOIN {apart} e ON e.siret = l.siret
WHERE (NOT ({alive})) IS NOT TRUE
"""


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure as it may be used and shown.

    ``siret``, ``name``, ``commune_name``: ``None`` for a unit that is not to be shown (not ``diffusible``).
    ``commune`` serves to count and is never shown for such a unit. ``longitude``, ``latitude``: degrees;
    ``exact``: they are the structure's own, not its commune's. ``registered``: found in SIRENE, else in the
    list of inclusion enterprises alone. ``employer`` is ``None`` when unknown.
    """

    rank: int
    unit: str
    siret: str | None
    name: str | None
    diffusible: bool
    commune: str
    commune_name: str | None
    naf: str | None
    section: str | None
    kinds: tuple[str, ...]
    activities: tuple[str, ...]
    family: str | None
    employer: bool | None
    jobs: float | None
    longitude: float | None
    latitude: float | None
    exact: bool
    registered: bool
    fictitious: bool


@dataclass(frozen=True, slots=True)
class Held:
    """How many structures a territory has: in all, and of each activity, with the legal units behind."""

    total: int
    of: Mapping[str, tuple[int, int]]
    fictitious: bool


def count_of(atlas: Atlas, territory: Territory, places: Places) -> int:
    """How many structures :func:`structures_of` would give."""
    sql, parameters = _known(atlas, territory, places)
    return int(atlas.warehouse.rows(f"SELECT count(*) AS n FROM ({sql})", parameters)[0]["n"])


def held_in(atlas: Atlas, territory: Territory, places: Places) -> Held:
    """The same structures counted, without reading them one by one: a country has a million.

    What each activity asks is asked of the few hundred codes and kinds there are, not of each structure.
    """
    known, parameters = _known(atlas, territory, places)
    declared = tuple(complementarities().activities.values())
    marks = " | ".join(
        f"CASE WHEN {one.condition} THEN {1 << rank} ELSE 0 END" for rank, one in enumerate(declared)
    )
    sorts = atlas.warehouse.rows(
        f"SELECT {marks} AS marks, sum(n)::BIGINT AS n, bool_or(fictitious) AS fictitious FROM ("
        f"SELECT naf, kinds, count(*) AS n, bool_or(fictitious) AS fictitious FROM ({known}) "
        "GROUP BY naf, kinds) GROUP BY 1",
        parameters,
    )
    units = atlas.warehouse.rows(
        f"WITH known AS NOT MATERIALIZED ({known}), "
        f"sorts AS (SELECT naf, kinds, {marks} AS marks FROM (SELECT DISTINCT naf, kinds FROM known)) "
        "SELECT marks, count(*) AS n FROM (SELECT bit_or(sorts.marks) AS marks FROM known JOIN sorts "
        "ON sorts.naf IS NOT DISTINCT FROM known.naf AND sorts.kinds = known.kinds GROUP BY siren) "
        "GROUP BY 1",
        parameters,
    )
    of = {one.id: (_holding(sorts, rank), _holding(units, rank)) for rank, one in enumerate(declared)}
    return Held(sum(row["n"] for row in sorts), of, any(row["fictitious"] for row in sorts))


def _holding(counted: Iterable[Row], rank: int) -> int:
    """How many have the mark of this rank."""
    return sum(row["n"] for row in counted if row["marks"] >> rank & 1)


def structures_of(atlas: Atlas, territory: Territory, places: Places) -> tuple[Structure, ...]:
    """Structures open on the day of the territory, by SIRET; those without a commune are left out."""
    sql, parameters = _known(atlas, territory, places)
    rows = atlas.warehouse.each(f"SELECT * FROM ({sql}) ORDER BY siret", parameters)
    communes = communes_by_code(atlas)
    return tuple(_structure(rank, row, communes) for rank, row in enumerate(rows))


def _known(atlas: Atlas, territory: Territory, places: Places) -> tuple[str, dict[str, object]]:
    open_apart(atlas.warehouse)
    listed = places.condition
    if places.departements:
        listed = f"{DEPARTEMENT_OF_COMMUNE} IN (SELECT unnest($places))"
    registered = _REGISTERED.format(places=places.condition, alive=ALIVE)
    sql = f"{registered} UNION ALL {_LISTED.format(listed=listed, apart=APART, alive=ALIVE)}"
    return f"SELECT * FROM ({sql}) WHERE commune IS NOT NULL", {
        "places": places.parameter,
        "on": territory.on,
    }


def _structure(rank: int, row: Row, communes: Mapping[str, Row]) -> Structure:
    shown, commune = row["diffusible"], communes.get(row["commune"], {})
    exact = shown and row["longitude"] is not None and row["latitude"] is not None
    placed = row if exact else commune
    return Structure(
        rank=rank,
        unit=row["siren"],
        siret=row["siret"] if shown else None,
        name=row["name"] if shown else None,
        diffusible=shown,
        commune=row["commune"],
        commune_name=commune.get("name", row["commune"]) if shown else None,
        naf=row["naf"],
        section=row["section"],
        kinds=tuple(row["kinds"]),
        activities=complementarities().activities_of(row["naf"], row["kinds"]),
        family=row["family"],
        employer=row["employer"],
        jobs=row["jobs_central"],
        longitude=placed.get("longitude"),
        latitude=placed.get("latitude"),
        exact=exact,
        registered=row["registered"],
        fictitious=row["fictitious"],
    )


def communes_by_code(atlas: Atlas) -> dict[str, Row]:
    """Name and, where an outline is known, a point inside each commune and arrondissement municipal."""
    rows = atlas.warehouse.rows(
        "SELECT code, any_value(n.name) AS name, any_value(longitude) AS longitude, "
        "any_value(latitude) AS latitude FROM (SELECT code, name FROM commune WHERE vintage = ? "
        "UNION ALL SELECT code, name FROM municipal_arrondissement WHERE vintage = ?) n "
        "LEFT JOIN outline ON outline.commune = code GROUP BY code",
        (atlas.vintages[-1], atlas.vintages[-1]),
    )
    return {row["code"]: row for row in rows}
