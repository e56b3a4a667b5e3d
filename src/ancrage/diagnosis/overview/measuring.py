"""The figures of several territories at once, those that the register and the list of inclusion cover."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from ancrage.diagnosis.model import TerritoryRef
from ancrage.register.fabric import DEPARTEMENT_OF_COMMUNE
from ancrage.register.reach import RegisterCoverage
from ancrage.register.territory_places import WHOLE_DEPARTEMENTS
from ancrage.territories.atlas import COLUMN_OF, Atlas
from ancrage.territories.codes import Kind, departement_of

Figures = Mapping[str, float]
"""Figures that can be compared whatever the size of a territory."""
SHARE = "part_employeurs"
Rows = Mapping[str, Mapping[str, float]]


def comparable(told: Mapping[str, float | None], people: int | None) -> Figures:
    """Counts for 1,000 inhabitants, and the share as it is; what is not known is left out."""
    counts = {name: value for name, value in told.items() if value is not None and name != SHARE}
    share = told.get(SHARE)
    return {
        **({name: 1000 * value / people for name, value in counts.items()} if people else {}),
        **({SHARE: share} if share is not None else {}),
    }


def measured(atlas: Atlas, named: tuple[TerritoryRef, ...], on: date) -> tuple[Figures, ...]:
    """Each territory's, in order. The register is read for the day of its counts or a later one only."""
    vintage = atlas.vintage_on(on)
    codes = [one.code.rpartition(":")[2] for one in named]
    kind = Kind(named[0].kind)
    people = _people(atlas, kind, codes, vintage)
    places = _Places(atlas, kind, codes, vintage)
    register, inclusion = places.register(on), places.inclusion()
    return tuple(
        comparable({**register.get(code, {}), **inclusion.get(code, {})}, people.get(code)) for code in codes
    )


def _people(atlas: Atlas, kind: Kind, codes: list[str], vintage: int) -> Mapping[str, int]:
    rows = atlas.warehouse.rows(
        "SELECT code, population FROM territory_feature "
        "WHERE vintage = ? AND kind = ? AND code IN (SELECT unnest(?))",
        (vintage, kind.value, codes),
    )
    return {row["code"]: row["population"] for row in rows if row["population"] is not None}


class _Places:
    """Where several territories are counted in the register, each a few départements or some communes."""

    def __init__(self, atlas: Atlas, kind: Kind, codes: list[str], vintage: int) -> None:
        self._atlas = atlas
        self._whole = kind in WHOLE_DEPARTEMENTS
        members = dict.fromkeys(_members(atlas, kind, codes, vintage))
        municipal = [
            (code, part) for code, commune in members for part in atlas.municipal_of.get(commune, ())
        ]
        self._pairs = [*members, *municipal]

    @cached_property
    def _departements(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for code, place in self._pairs:
            found.setdefault(code, set()).add(place if self._whole else departement_of(place))
        return {code: frozenset(departements) for code, departements in found.items()}

    def _counted(self, columns: str, table: str) -> Rows:
        if not self._pairs:
            return {}
        where = f"({DEPARTEMENT_OF_COMMUNE})" if self._whole else "commune"
        rows = self._atlas.warehouse.rows(
            "WITH place AS (SELECT unnest($codes) AS code, unnest($places) AS place) "
            f"SELECT place.code, {columns} FROM place LEFT JOIN (SELECT *, {where} AS place FROM {table}) t "
            "USING (place) GROUP BY place.code",
            {"codes": [code for code, _ in self._pairs], "places": [place for _, place in self._pairs]},
        )
        return {row.pop("code"): row for row in map(dict, rows)}

    def inclusion(self) -> Rows:
        """Structures of inclusion, where their list is real."""
        held = self._atlas.warehouse.row("SELECT count(*) AS n, bool_or(fictitious) AS fictitious FROM siae")
        if not held or not held["n"] or held["fictitious"]:
            return {}
        return self._counted("count(t.commune) AS structures_insertion", "siae")

    def register(self, on: date) -> Rows:
        """Figures of the ESS of those that the register covers wholly."""
        coverage = RegisterCoverage.of(self._atlas)
        if on < date.fromisoformat(self._atlas.warehouse.manifest["register"]["counted_on"]):
            return {}
        covered = {code for code, found in self._departements.items() if found <= coverage.whole}
        rows = self._counted(COUNTED, "register_count") if covered else {}
        return {code: dict(self._told(code, row, coverage)) for code, row in rows.items() if code in covered}

    def _told(
        self, code: str, row: Mapping[str, float], coverage: RegisterCoverage
    ) -> Iterator[tuple[str, float]]:
        yield "structures", row["structures"]
        yield "emplois", row["emplois"]
        if row["every"] and coverage.has_denominators(self._departements[code]):
            yield SHARE, row["employers"] / row["every"]


COUNTED = """
    coalesce(sum(establishments) FILTER (WHERE ess = 'oui'), 0)::BIGINT AS structures,
    coalesce(sum(central) FILTER (WHERE ess = 'oui'), 0) AS emplois,
    coalesce(sum(employers) FILTER (WHERE ess = 'oui'), 0)::BIGINT AS employers,
    coalesce(sum(employers), 0)::BIGINT AS every
"""


def _members(atlas: Atlas, kind: Kind, codes: list[str], vintage: int) -> Iterator[tuple[str, str]]:
    """Each territory with its communes, or its départements; an arrondissement municipal is itself."""
    if kind is Kind.DEPARTEMENT or kind in (Kind.COMMUNE, Kind.ARRONDISSEMENT_MUNICIPAL):
        yield from ((code, code) for code in codes)
        return
    if kind in COLUMN_OF:
        column, place = COLUMN_OF[kind], "departement" if kind is Kind.REGION else "code"
        told = f"SELECT DISTINCT {column} AS code, {place} AS place FROM commune"
        sql = f"{told} WHERE vintage = ? AND {column} IN "
        parameters: tuple[object, ...] = (vintage, codes)
    else:
        sql = "SELECT code, commune AS place FROM unit_member WHERE vintage = ? AND kind = ? AND code IN "
        parameters = (vintage, kind.value, codes)
    rows = atlas.warehouse.rows(f"{sql}(SELECT unnest(?))", parameters)
    yield from ((row["code"], row["place"]) for row in rows)
