"""The atlas: every territory of every vintage, read from an edition of the warehouse."""

import sys
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from ancrage.errors import DayOutOfRangeError
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.populations import LegalPopulation
from ancrage.territories.territory import Named, Territory
from ancrage.warehouse.answers import KeptAnswers
from ancrage.warehouse.reading import Row, Warehouse
from ancrage.warehouse.recording import remembered

COLUMN_OF = {
    Kind.EPCI: "epci",
    Kind.EPT: "ept",
    Kind.ARRONDISSEMENT: "arrondissement",
    Kind.DEPARTEMENT: "departement",
    Kind.REGION: "region",
}
"""Kinds whose communes are read in a column of the table ``commune``."""

WIDE = (Kind.DEPARTEMENT, Kind.REGION, Kind.FRANCE)
"""Kinds of a few hundred territories in all, that the others are compared with."""
LEGAL = "legal_population"
MOST_FEATURES = 2_000
KEPT = 64
"""Last answers an atlas keeps of each question; a country is a few megabytes."""
LASTING = 2
"""Answers held of what every visitor needs: that of the vintage in force, and one of another."""
P = ParamSpec("P")
T = TypeVar("T")


class Atlas:
    """Reads territories. ``today`` bounds the days that may be asked: nothing is known of tomorrow."""

    def __init__(self, warehouse: Warehouse, *, today: date) -> None:
        self.warehouse = warehouse
        self.today = today
        self._kept: dict[Hashable, Callable[..., Any]] = {}
        self.answers = KeptAnswers(without=(self, warehouse))
        self._lasting = KeptAnswers(sys.maxsize, without=(self, warehouse))

    def keeping(self, question: Callable[Concatenate["Atlas", P], T]) -> Callable[P, T]:
        """The question asked of this atlas, its last answers kept: they must never be changed.

        An edition never changes either, and the answers go with the atlas. Errors are not kept.
        """
        return self.remembering(question, answers=KEPT)

    def remembering(self, question: Callable[Concatenate["Atlas", P], T], *, answers: int) -> Callable[P, T]:
        """As :meth:`keeping`, for a question many of whose answers are worth keeping.

        All of them together stay under a number of bytes (:class:`KeptAnswers`).
        """
        return self._remembering(question, answers, self.answers)

    def holding(
        self, question: Callable[Concatenate["Atlas", P], T], *, answers: int = LASTING
    ) -> Callable[P, T]:
        """As :meth:`keeping`, for what nearly every visitor needs: names, indexes, tables at hand.

        The last ``answers`` are held whatever they weigh, and no other answer ever takes their place.
        """
        return self._remembering(question, answers, self._lasting)

    def _remembering(
        self, question: Callable[Concatenate["Atlas", P], T], answers: int, among: KeptAnswers
    ) -> Callable[P, T]:
        if question not in self._kept:
            asked = remembered(self.warehouse, partial(question, self), answers=answers, among=among)
            self._kept.setdefault(question, asked)
        return self._kept[question]

    @cached_property
    def vintages(self) -> tuple[int, ...]:
        """Vintages of the geography, ascending."""
        return tuple(self.warehouse.manifest["vintages"])

    @property
    def first_day(self) -> date:
        """First day that can be asked."""
        return date(self.vintages[0], 1, 1)

    def vintage_on(self, on: date) -> int:
        """Vintage in force on a day: the latest geographic code published for its year or before.

        Raises :class:`DayOutOfRangeError` before the first vintage or in the future.
        """
        if not self.first_day <= on <= self.today:
            raise DayOutOfRangeError(on, self.first_day, self.today)
        return max(vintage for vintage in self.vintages if vintage <= on.year)

    @property
    def lineage(self) -> tuple[Row, ...]:
        """Changes of communes between every pair of vintages: a few hundred rows, kept at hand."""
        return self.holding(_lineage)()

    @property
    def municipal_of(self) -> dict[str, tuple[str, ...]]:
        """Arrondissements municipaux of Paris, Lyon and Marseille, by commune."""
        return self.holding(_municipal_of)()

    def commune(self, code: str, vintage: int) -> Row | None:
        """Row of a commune."""
        return self.keeping(_commune)(code, vintage)

    def municipal(self, code: str, vintage: int) -> Row | None:
        """Row of an arrondissement municipal."""
        return self.warehouse.row(
            "SELECT * FROM municipal_arrondissement WHERE vintage = ? AND code = ?", (vintage, code)
        )

    def unit(self, kind: Kind, code: str, vintage: int) -> Row | None:
        """Row of a territory made of communes."""
        if kind in WIDE:
            return self.holding(_wide_units)().get((kind.value, code, vintage))
        return self.warehouse.row(
            "SELECT * FROM unit WHERE vintage = ? AND kind = ? AND code = ?", (vintage, kind.value, code)
        )

    def communes_of(self, kind: Kind, code: str, vintage: int) -> tuple[tuple[str, ...], frozenset[str]]:
        """Communes of a unit, sorted, and those of them that are uncertain."""
        if kind in COLUMN_OF:
            return self._codes(f"vintage = ? AND {COLUMN_OF[kind]} = ?", (vintage, code)), frozenset()
        if kind is Kind.FRANCE:
            return self._codes("vintage = ? AND zone <> 'com'", (vintage,)), frozenset()
        rows = self.warehouse.rows(
            "SELECT commune, certain FROM unit_member "
            "WHERE vintage = ? AND kind = ? AND code = ? ORDER BY commune",
            (vintage, kind.value, code),
        )
        return (
            tuple(row["commune"] for row in rows),
            frozenset(row["commune"] for row in rows if not row["certain"]),
        )

    def _codes(self, where: str, parameters: Sequence[object]) -> tuple[str, ...]:
        """Codes of communes, sorted, in one row: thirty-five thousand would take twice as long to give."""
        sql = f"SELECT list(code ORDER BY code) AS codes FROM commune WHERE {where}"
        row = self.warehouse.row(sql, parameters)
        return tuple((row and row["codes"]) or ())

    def feature(self, kind: Kind, code: str, vintage: int) -> Row | None:
        """Population, number of communes and other features of a territory, computed by the build."""
        if kind in WIDE:
            return self.holding(_wide_features)().get((kind.value, code, vintage))
        return self.remembering(_feature, answers=MOST_FEATURES)(kind, code, vintage)

    def legal_population(self, kind: Kind, code: str, on: date) -> LegalPopulation | None:
        """The last legal population known on a day; ``None`` in an edition built before they were."""
        if not self.warehouse.holds(LEGAL):
            return None
        row = self.warehouse.row(
            "SELECT * EXCLUDE (kind, code) FROM legal_population "
            "WHERE kind = ? AND code = ? AND in_force_on <= ? ORDER BY in_force_on DESC LIMIT 1",
            (kind.value, code, on),
        )
        if row is None or row["municipal"] is not None:
            return LegalPopulation(**row) if row else None
        return LegalPopulation(**row, nearest=self._nearest_population(kind, code, on))

    def _nearest_population(self, kind: Kind, code: str, on: date) -> LegalPopulation | None:
        row = self.warehouse.row(
            "SELECT * EXCLUDE (kind, code) FROM legal_population WHERE kind = ? AND code = ? "
            "AND municipal IS NOT NULL ORDER BY abs(in_force_on - ?::DATE), in_force_on LIMIT 1",
            (kind.value, code, on),
        )
        return LegalPopulation(**row) if row else None

    def population_of(self, communes: tuple[str, ...], on: date) -> LegalPopulation | None:
        """The legal population of a set: the sum of its communes', unknown if one is."""
        if not self.warehouse.holds(LEGAL):
            return None
        row = self.warehouse.row(
            "SELECT in_force_on, max(reference_year) AS reference_year, min(oldest) AS oldest, "
            "CASE WHEN sum(unknown) = 0 THEN sum(municipal) END::BIGINT AS municipal, "
            "CASE WHEN count(total) = count(*) THEN sum(total) END::BIGINT AS total, "
            "sum(least)::BIGINT AS least, sum(unknown)::BIGINT AS unknown FROM legal_population "
            "WHERE kind = 'commune' AND in_force_on = (SELECT max(in_force_on) FROM legal_population "
            "WHERE kind = 'commune' AND in_force_on <= ?) AND code IN (SELECT unnest(?)) GROUP BY 1",
            (on, list(communes)),
        )
        return LegalPopulation(**row) if row else None

    @cached_property
    def first_reference_year(self) -> int | None:
        """Year of the census behind the populations of the first vintage; ``None`` when no list tells it."""
        if not self.warehouse.holds(LEGAL):
            return None
        row = self.warehouse.row(
            "SELECT max(reference_year) AS year FROM legal_population "
            "WHERE kind = 'commune' AND year(in_force_on) = ?",
            (self.vintages[0],),
        )
        return row["year"] if row else None

    def competences(self, siren: str) -> frozenset[str] | None:
        """Codes of the competences an intercommunalité exercises; ``None`` when no list read names it."""
        if not self.warehouse.holds("grouping_competence"):
            return None
        row = self.warehouse.row("SELECT codes FROM grouping_competence WHERE siren = ?", (siren,))
        return frozenset(row["codes"]) if row else None

    def vintage_of(self, source: str) -> str:
        """Vintage of a source of the edition, as shown; empty when it was not read."""
        sources = self.warehouse.manifest["sources"]
        return next((str(one["vintage"]) for one in sources if one["id"] == source), "")

    def inside(self, territory: Territory) -> tuple[str, tuple[object, ...]]:
        """Condition (with its parameters) that keeps the territory's communes in the table ``commune c``."""
        if territory.kind in COLUMN_OF or territory.kind is Kind.FRANCE:
            return _inside(territory.kind, territory.code.code, territory.vintage)
        if len(territory.communes) == 1:  # an equality is planned and read twice as fast as a list
            return "c.vintage = ? AND c.code = ?", (territory.vintage, territory.communes[0])
        return "c.vintage = ? AND c.code IN (SELECT unnest(?))", (territory.vintage, list(territory.communes))

    def departements_of(self, territory: Territory) -> tuple[str, ...]:
        """Départements the territory's communes lie in."""
        if territory.kind in WIDE:  # the same whatever the day, within a vintage
            asked = territory.kind, territory.code.code, territory.vintage
            return self.remembering(_departements_of_wide, answers=MOST_FEATURES)(*asked)
        return self.keeping(_departements_of)(territory)

    def parents_of(self, kind: Kind, code: str, communes: tuple[str, ...], vintage: int) -> tuple[Named, ...]:
        """Territories that hold at least one commune of this one, smallest first, France last.

        An EPCI may lie in two régions: both are given, the one that holds most communes first. The
        territory itself is left out.
        """
        wanted = [parent for parent in COLUMN_OF if RANK[parent] > RANK[kind]]
        if len(communes) == 1:
            rows = self._parents_of_one(wanted, communes[0], vintage)
        else:
            rows = self._parents_of_several(wanted, communes, vintage)
        named = [
            Named(TerritoryCode(Kind(row["kind"]), row["code"]), row["name"])
            for row in rows
            if row["code"] != code
        ]
        return (*named, Named(TerritoryCode(Kind.FRANCE, "fr"), "France"))

    def _parents_of_one(self, wanted: list[Kind], commune: str, vintage: int) -> list[Row]:
        """Nothing to count: its row names each of them. A third of the time of the general question."""
        row = self.commune(commune, vintage) or {}
        codes = {kind.value: row[COLUMN_OF[kind]] for kind in wanted if row.get(COLUMN_OF[kind])}
        found = self.warehouse.rows(
            "SELECT kind, code, name FROM unit WHERE vintage = ? AND kind IN (SELECT unnest(?)) "
            "AND code IN (SELECT unnest(?))",
            (vintage, list(codes), list(codes.values())),
        )
        units = {one["kind"]: one for one in found if codes[one["kind"]] == one["code"]}
        return [units[kind] for kind in codes if kind in units]

    def _parents_of_several(self, wanted: list[Kind], communes: tuple[str, ...], vintage: int) -> list[Row]:
        counted = " UNION ALL ".join(
            f"SELECT {rank} AS rank, '{parent}' AS kind, {COLUMN_OF[parent]} AS code, count(*) AS weight "
            "FROM held GROUP BY 3"
            for rank, parent in enumerate(wanted)
        )
        return self.warehouse.rows(
            "WITH held AS (SELECT * FROM commune "
            "WHERE vintage = $vintage AND code IN (SELECT unnest($codes))) "
            f"SELECT kind, code, name FROM ({counted or NO_PARENT}) "
            "JOIN (SELECT kind, code, name FROM unit WHERE vintage = $vintage) USING (kind, code) "
            "ORDER BY rank, weight DESC, code",
            {"vintage": vintage, "codes": list(communes)},
        )

    def contract_names(self, vintage: int) -> dict[str, str]:
        """Name and code of every CRTE, by code."""
        rows = self.warehouse.rows(
            "SELECT code, name FROM unit WHERE vintage = ? AND kind = 'crte'", (vintage,)
        )
        return {row["code"]: f"{row['name']} ({row['code']})" for row in rows}

    def contracts_of(self, communes: tuple[str, ...], vintage: int) -> tuple[Named, ...]:
        """CRTE that hold at least one of the communes."""
        rows = self.warehouse.rows(
            "SELECT DISTINCT unit.code, unit.name FROM unit_member JOIN unit USING (vintage, kind, code) "
            "WHERE vintage = ? AND kind = 'crte' AND commune IN (SELECT unnest(?)) ORDER BY unit.code",
            (vintage, list(communes)),
        )
        return tuple(Named(TerritoryCode(Kind.CRTE, row["code"]), row["name"]) for row in rows)


def _feature(atlas: Atlas, kind: Kind, code: str, vintage: int) -> Row | None:
    return atlas.warehouse.row(
        "SELECT * FROM territory_feature WHERE vintage = ? AND kind = ? AND code = ?",
        (vintage, kind.value, code),
    )


def _wide_features(atlas: Atlas) -> dict[tuple[str, str, int], Row]:
    """Those of the widest territories in every vintage: nearly every place is compared with some of them."""
    return _wide(atlas, "territory_feature")


def _wide_units(atlas: Atlas) -> dict[tuple[str, str, int], Row]:
    return _wide(atlas, "unit")


def _wide(atlas: Atlas, table: str) -> dict[tuple[str, str, int], Row]:
    rows = atlas.warehouse.rows(
        f"SELECT * FROM {table} WHERE kind IN (SELECT unnest(?))", ([kind.value for kind in WIDE],)
    )
    return {(row["kind"], row["code"], row["vintage"]): row for row in rows}


def _inside(kind: Kind, code: str, vintage: int) -> tuple[str, tuple[object, ...]]:
    if kind is Kind.FRANCE:
        return "c.vintage = ? AND c.zone <> 'com'", (vintage,)
    return f"c.vintage = ? AND c.{COLUMN_OF[kind]} = ?", (vintage, code)


def _departements_of_wide(atlas: Atlas, kind: Kind, code: str, vintage: int) -> tuple[str, ...]:
    return _departements(atlas, *_inside(kind, code, vintage))


def _departements_of(atlas: Atlas, territory: Territory) -> tuple[str, ...]:
    return _departements(atlas, *atlas.inside(territory))


def _departements(atlas: Atlas, where: str, parameters: tuple[object, ...]) -> tuple[str, ...]:
    rows = atlas.warehouse.rows(
        f"SELECT DISTINCT departement FROM commune c WHERE {where} ORDER BY 1", parameters
    )
    return tuple(row["departement"] for row in rows)


def _lineage(atlas: Atlas) -> tuple[Row, ...]:
    return tuple(atlas.warehouse.rows("SELECT * FROM lineage ORDER BY ALL"))


def _municipal_of(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    rows = atlas.warehouse.rows(
        "SELECT commune, list(DISTINCT code ORDER BY code) AS codes FROM municipal_arrondissement GROUP BY 1"
    )
    return {row["commune"]: tuple(row["codes"]) for row in rows}


def _commune(atlas: Atlas, code: str, vintage: int) -> Row | None:
    return atlas.warehouse.row("SELECT * FROM commune WHERE vintage = ? AND code = ?", (vintage, code))


NO_PARENT = "SELECT 0 AS rank, '' AS kind, '' AS code, 0 AS weight WHERE false"

RANK = {
    Kind.ARRONDISSEMENT_MUNICIPAL: 0,
    Kind.QPV: 0,
    Kind.COMMUNE: 1,
    Kind.EPT: 2,
    Kind.EPCI: 3,
    Kind.CRTE: 4,
    Kind.ENSEMBLE: 4,
    Kind.ARRONDISSEMENT: 5,
    Kind.DEPARTEMENT: 6,
    Kind.REGION: 7,
    Kind.FRANCE: 8,
}
