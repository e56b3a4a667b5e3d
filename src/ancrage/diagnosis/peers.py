"""What is known of a territory and of those that resemble it most, read in the same way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from ancrage.diagnosis.model import SimilarTerritory
from ancrage.facts.declaration import Origin
from ancrage.facts.situation import Known
from ancrage.facts.territory import ZONING_OF
from ancrage.interval import Interval
from ancrage.language.phrases import plural
from ancrage.levers.alike import ALIKE, NEAREST, counted_in, open_alike
from ancrage.levers.figures import REFERENCE
from ancrage.levers.peers import Peers, median_of
from ancrage.reasoning import Verdict, spread
from ancrage.register.reach import RegisterCoverage
from ancrage.rules.values import Value
from ancrage.territories.atlas import COLUMN_OF, Atlas
from ancrage.territories.codes import Kind, is_overseas_collectivity
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.declaration import load_zonings
from ancrage.territories.zonings.reading import verdict_of
from ancrage.warehouse.reading import Row

NOUNS = {
    Kind.COMMUNE: "communes",
    Kind.EPCI: "intercommunalités",
    Kind.DEPARTEMENT: "départements",
    Kind.REGION: "régions",
}
HELD = {"epci_insertion": {"3005"}, "epci_enfance": {"2521", "4015"}}
"""Fact of a competence of the intercommunalité, and the codes of BANATIC of which one is enough."""
COMPARED = ("siae_pour_10000", "ess_pour_1000")
"""Numbers set beside the median of the territories alike."""

Told = dict[str, Value]
Tables = Callable[[], Mapping[str, Told]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the comparison tells of the territory itself, and of those that resemble it."""

    own: dict[str, Known]
    peers: Peers


def compared(atlas: Atlas, territory: Territory, similar: Sequence[SimilarTerritory]) -> Standing:
    """The territory beside those that resemble it; nothing for one that has no authority of its own."""
    if territory.kind not in NOUNS:
        return Standing({}, Peers())
    codes = [one.territory.code.rpartition(":")[2] for one in similar]
    found = _Alike(atlas, territory, [territory.code.code, *codes]).facts()
    own, others = found[territory.code.code], [found[code] for code in codes]
    medians = _medians(others)
    return Standing(
        {**own, **medians}, Peers(NOUNS[territory.kind], tuple({**one, **medians} for one in others))
    )


def _medians(others: Iterable[Mapping[str, Known]]) -> dict[str, Known]:
    among = list(others)
    found = {f"{fact}{REFERENCE}": median_of(fact, among) for fact in COMPARED}
    note = f"médiane de {len(among)} {plural(len(among), 'territoire')} semblables"
    return {
        name: Known(Interval.exactly(value), Origin.DIAGNOSTIC, note)
        for name, value in found.items()
        if value is not None
    }


class _Alike:
    """Facts of several territories of a kind, one query for each table."""

    def __init__(self, atlas: Atlas, territory: Territory, codes: Sequence[str]) -> None:
        self.atlas, self.kind, self.on, self.codes = atlas, territory.kind, territory.on, list(codes)
        self.vintage = territory.vintage
        self.unit = f"c.{COLUMN_OF.get(self.kind, 'code')}"

    def facts(self) -> dict[str, dict[str, Known]]:
        """What is known of each, by its code; what no table tells is left out."""
        found: dict[str, dict[str, Known]] = {code: {} for code in self.codes}
        tables: tuple[Tables, ...] = (
            self._zonings,
            self._growth,
            self._inclusion,
            self._ess,
            self._places,
            self._competences,
        )
        for table in tables:
            for code, told in table().items():
                found[code] |= {fact: Known(value, Origin.DIAGNOSTIC) for fact, value in told.items()}
        return found

    @cached_property
    def people(self) -> dict[str, int | None]:
        """Population of each, ``None`` when it is not known."""
        return {code: row["population"] for code, row in self.features.items()}

    @cached_property
    def features(self) -> dict[str, Row]:
        """What the build worked out of each."""
        rows = self.atlas.warehouse.rows(
            "SELECT code, population, growth FROM territory_feature "
            "WHERE vintage = $vintage AND kind = $kind AND code IN (SELECT unnest($codes))",
            {"vintage": self.vintage, "kind": self.kind.value, "codes": self.codes},
        )
        return {row["code"]: row for row in rows}

    def _rows(self, columns: str, joined: str, more: str = "") -> list[Row]:
        """Rows of the communes of these territories."""
        return self.atlas.warehouse.rows(
            f"SELECT {self.unit} AS code, {columns} FROM commune c {joined} WHERE c.vintage = $vintage "
            f"AND {self.unit} IN (SELECT unnest($codes)) {more} GROUP BY ALL",
            {"vintage": self.vintage, "codes": self.codes},
        )

    @cached_property
    def kept(self) -> list[Row] | None:
        """All that follows, where the build worked it out; else each is asked of its own table."""
        warehouse = self.atlas.warehouse
        open_alike(warehouse)
        if not warehouse.has_written(ALIKE):
            return None
        rows = warehouse.rows(
            f"SELECT * FROM {ALIKE} WHERE vintage = $vintage AND kind = $kind "
            "AND code IN (SELECT unnest($codes))",
            {"vintage": self.vintage, "kind": self.kind.value, "codes": self.codes},
        )
        texts = self.atlas.holding(_texts)()
        return [row | {"texts": [texts.get(pattern) for pattern in row["patterns"]]} for row in rows]

    @cached_property
    def members(self) -> list[Row]:
        """What the communes of each tell together, read at once: where they are, what lists say, powers."""
        if self.kept is not None:
            return self.kept
        powers = self.atlas.warehouse.holds("grouping_competence")
        return self._rows(
            "list(DISTINCT c.departement) AS places, list(DISTINCT text) AS texts, "
            + ("any_value(g.codes)" if powers else "NULL")
            + " AS powers",
            "LEFT JOIN commune_pattern p ON p.vintage = c.vintage AND p.commune = c.code "
            "LEFT JOIN zoning_pattern USING (pattern) "
            + ("LEFT JOIN grouping_competence g ON g.siren = c.epci" if powers else ""),
        )

    def _zonings(self) -> dict[str, Told]:
        """As for an authority: a part classified is enough."""
        return {row["code"]: self._classified(row["texts"] or [None]) for row in self.members}

    def _classified(self, texts: Sequence[str | None]) -> Told:
        seen = zip(*(_verdicts(text, self.on) for text in texts), strict=True)
        return {fact: TRUTH.get(spread(set(told))) for fact, told in zip(ZONING_OF, seen, strict=True)}

    def _growth(self) -> dict[str, Told]:
        return {
            code: {"evolution_population": Interval.exactly(round(100 * row["growth"], 1))}
            for code, row in self.features.items()
            if row["growth"] is not None and self.vintage != self.atlas.vintages[0]
        }

    def _inclusion(self) -> dict[str, Told]:
        """From the lists of the whole country: a demonstration, or an excerpt, compares nothing."""
        lists = self.atlas.keeping(_lists_of)()
        if "siae" not in lists:
            return {}
        counted = self._counted("siae", "count(*)", "siae", "true")
        esat = "esat", "count(*)", "listed_structure", "s.kind = 'ESAT'"
        sheltered = self._counted(*esat) if "esat" in lists else {}
        found: dict[str, Told] = {}
        for code in self._served():
            found[code] = {"siae_presentes": Interval.exactly(counted.get(code, 0))}
            if people := self.people.get(code):
                found[code]["siae_pour_10000"] = _rate(counted.get(code, 0), 10_000, people)
            if "esat" in lists:
                found[code]["esat_presents"] = Interval.exactly(sheltered.get(code, 0))
        return found

    def _counted(self, name: str, figure: str, table: str, condition: str) -> dict[str, int]:
        """A figure of each, from the rows of a table that are in it; one that has none is left out."""
        if self.kept is not None:
            return {row["code"]: row[name] for row in self.kept if row[name] is not None}
        rows = self._rows(f"{figure} AS n", counted_in(table), f"AND {condition}")
        return {row["code"]: row["n"] for row in rows}

    def _served(self) -> set[str]:
        """Territories that the lists cover: those of the mainland and of the overseas départements."""
        return {
            code
            for code, places in self.departements.items()
            if not any(map(is_overseas_collectivity, places))
        }

    @cached_property
    def departements(self) -> dict[str, set[str]]:
        """Where the communes of each are."""
        return {row["code"]: set(row["places"]) for row in self.members}

    def _ess(self) -> dict[str, Told]:
        """Establishments of the ESS, where the register covers a territory wholly and for real."""
        coverage = RegisterCoverage.of(self.atlas)
        whole = coverage.whole - coverage.fictitious
        if not whole or not self.atlas.warehouse.holds("register_count"):
            return {}
        counted = self._counted("ess", "sum(s.establishments)", "register_count", "s.ess = 'oui'")
        return {
            code: {"ess_pour_1000": _rate(counted.get(code, 0), 1000, people)}
            for code, people in self.people.items()
            if people and self.departements[code] <= whole
        }

    def _places(self) -> dict[str, Told]:
        """Mean distance of the communes of a territory, as the crow flies."""
        if not self.atlas.warehouse.holds("support_distance"):
            return {}
        if self.kept is not None:
            return {row["code"]: near for row in self.kept if (near := _near(row))}
        rows = self._rows(
            "d.kind, favg(d.km) AS km",
            "JOIN support_distance d ON d.commune = c.code AND (d.vintage IS NULL OR d.vintage = c.vintage)",
        )
        found: dict[str, Told] = {}
        for fact, kind in NEAREST.items():
            for row in rows:
                if row["kind"] == kind:
                    found.setdefault(row["code"], {})[fact] = _rounded(row["km"])
        return found

    def _competences(self) -> dict[str, Told]:
        """What the intercommunalité exercises, for a commune and for itself."""
        if self.kind not in (Kind.COMMUNE, Kind.EPCI):
            return {}
        return {
            row["code"]: {fact: bool(codes & set(row["powers"])) for fact, codes in HELD.items()}
            for row in self.members
            if row["powers"] is not None
        }


def _near(row: Row) -> Told:
    return {fact: _rounded(row[fact]) for fact in NEAREST if row[fact] is not None}


def _rounded(km: float) -> Interval:
    return Interval.exactly(round(km, 1))


def _texts(atlas: Atlas) -> dict[object, str | None]:
    """What lists say, by pattern: a few thousand."""
    return {row["pattern"]: row["text"] for row in atlas.warehouse.rows("SELECT * FROM zoning_pattern")}


def _lists_of(atlas: Atlas) -> frozenset[str]:
    """Lists of structures that were read, for the whole country and for real."""
    read = atlas.warehouse.row("SELECT bool_or(fictitious) AS told FROM siae")
    if read is None or read["told"] is not False:
        return frozenset()
    if not atlas.warehouse.holds("listed_structure"):
        return frozenset({"siae"})
    rows = atlas.warehouse.rows("SELECT DISTINCT list FROM listed_structure")
    return frozenset({"siae"} | {row["list"] for row in rows})


@lru_cache(maxsize=8_192)
def _verdicts(text: str | None, on: date) -> tuple[Verdict, ...]:
    """What each zoning read as a fact says of a pattern; one that does not exist that day says no."""
    return tuple(verdict_of(load_zonings()[name], text, on=on) for name in ZONING_OF.values())


TRUTH: Mapping[Verdict, bool] = {Verdict.OUI: True, Verdict.PARTIEL: True, Verdict.NON: False}


def _rate(count: int, per: int, people: int) -> Interval:
    return Interval.exactly(round(per * count / people, 2))
