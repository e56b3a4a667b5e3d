"""The ESS fabric of a set of communes on a day, counted from the register."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date

from ancrage.interval import Interval
from ancrage.register.levels import FIRST_TOLD, at_each_level
from ancrage.register.tables import HISTORY
from ancrage.register.wide import COUNT, DAY, LARGEST, MONTH, SHOWN_WIDE, open_wide
from ancrage.warehouse.reading import Row, Warehouse

ALIVE = "(created IS NULL OR created <= $on) AND (active OR closed > $on)"
"""Establishments open on a day: created by then, and still open or closed later."""

DEPARTEMENT_OF_COMMUNE = "CASE WHEN commune[:2] IN ('97', '98') THEN commune[:3] ELSE commune[:2] END"

SCANNED = """
    count(*) AS establishments,
    count(*) FILTER (WHERE employer) AS employers,
    coalesce(sum(jobs_low) FILTER (WHERE employer), 0)::BIGINT AS low,
    coalesce(sum(jobs_central) FILTER (WHERE employer), 0) AS central,
    coalesce(sum(jobs_high) FILTER (WHERE employer), 0)::BIGINT AS high,
    count(*) FILTER (WHERE employer AND jobs_low IS NOT NULL AND jobs_high IS NULL) AS unbounded,
    count(*) FILTER (WHERE employer AND jobs_low IS NULL) AS unknown
"""
"""Figures counted from the establishments one by one, for a day of the past."""

COUNTED = """
    sum(establishments)::BIGINT AS establishments, sum(employers)::BIGINT AS employers,
    sum(low)::BIGINT AS low, sum(central) AS central, sum(high)::BIGINT AS high,
    sum(unbounded)::BIGINT AS unbounded, sum(unknown)::BIGINT AS unknown
"""
"""The same figures, from the counts made once by the build."""


BY_YEAR = {"created": "births", "closed": "closures"}
QUARTERS = {"oui": "inside", "non": "outside", "a_verifier": "unsure", "disagreements": "disagreements"}
"""ESS establishments by their place in a quarter, in the columns of what changed."""
TOLD = ", ".join(
    f"sum({column})::BIGINT AS {name}"
    for name, column in {"births": "births", "closures": "closures", **QUARTERS}.items()
)
"""What changed, added up."""

MEASURES = "establishments, employers, low, central, high, unbounded, unknown"
CHANGED = f"""
    SELECT ess, family, section, {MEASURES} FROM {{months}}
    WHERE {{places}} AND month < date_trunc('month', $on::DATE)
    UNION ALL
    SELECT ess, family, section, {MEASURES} FROM register_day
    WHERE {{places}} AND month = date_trunc('month', $on::DATE) AND day <= $on
"""
"""Every change up to a day: by month until the month of the day, then by day. Their sum is the register."""
OF_BOTH = f"""
    SELECT commune IN (SELECT unnest($inside)) AS inside, ess, family, section, {COUNTED}
    FROM ({CHANGED.replace("SELECT ess", "SELECT commune, ess")}) GROUP BY ALL
"""
"""The same for some places and, apart, for those ``inside``."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where to count: codes of communes as SIRENE writes them, whole départements, or one quarter (QPV)."""

    codes: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    quarter: str | None = None

    @property
    def condition(self) -> str:
        """SQL condition on the register's tables, over the parameter ``$places``."""
        if self.quarter:
            return "qpv = 'oui' AND qpv_codes = $places"
        column = "departement" if self.departements else "commune"
        return f"{column} IN (SELECT unnest($places))"

    @property
    def parameter(self) -> list[str]:
        """Value of ``$places``."""
        return [self.quarter] if self.quarter else list(self.departements or self.codes)


@dataclass(frozen=True, slots=True)
class JobCount(Interval):
    """Salaried jobs: bounds of the published bands, central value, and employers whose band is unknown."""

    low: int
    high: int | None
    central: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of establishments, employers and jobs; ``label`` names a family or a section."""

    label: str
    establishments: int
    employers: int
    jobs: JobCount


@dataclass(frozen=True, slots=True)
class Balance:
    """The ESS beside all establishments, ESS included."""

    ess: Totals
    to_check: int
    everything: Totals

    @property
    def share_of_employers(self) -> float | None:
        """Share of the ESS in employer establishments, 0 to 1."""
        return _share(self.ess.employers, self.everything.employers)

    @property
    def share_of_jobs(self) -> float | None:
        """Share of the ESS in salaried jobs (central values), 0 to 1."""
        return _share(self.ess.jobs.central, self.everything.jobs.central)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Census:
    """Everything counted in one reading of the register. Keys are families, and sections ("" if unknown)."""

    balance: Balance
    by_family: dict[str, Totals]
    by_section: dict[str, Totals]
    everything_by_section: dict[str, Totals]


@dataclass(frozen=True, slots=True)
class InclusionCount:
    """SIAE by kind and by place in a QPV; those of the whole list without a commune; demonstration or not."""

    kinds: dict[str, int]
    in_quarters: dict[str, int]
    unplaced: int
    fictitious: bool


ASKED = "commune, created, closed, active, ess, family, employer, jobs_low, jobs_central, qpv, siret"
ASKED += ", sources_disagree, fictitious"
SHOWN = "siret, name, diffusible, commune, family, section, band, jobs_central, reasons, fictitious"
HELD_WHOLE = 12
"""Départements whose ESS is held in memory while several questions are put to it; a country's is not."""
SHOWN_WHOLE = 15
"""Communes whose names are held too: of more of them, ten employers are found again at less cost."""


@dataclass(frozen=True, slots=True)
class EssOf:
    """Where the establishments of some places are read: ``condition`` (SQL) takes ``parameters``."""

    table: str
    condition: str
    parameters: dict[str, object]
    shown: bool = True
    """Whether what is shown of an employer is read there at little cost."""


class RegisterReader:
    """Counts in the register of an edition."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        open_wide(warehouse)
        self.counted_on = date.fromisoformat(warehouse.manifest["register"]["counted_on"])
        self._held: tuple[Places, ExitStack] | None = None
        self._own: EssOf | None = None
        self._pair: tuple[Places, Places] | None = None
        self._counts: dict[tuple[Places, date], list[Row]] = {}
        self._changed: dict[tuple[Places, date], list[Row]] = {}

    def reading_once(self, inner: Places, outer: Places) -> None:
        """Have two places made of communes, one inside the other, counted in a single reading."""
        if inner.codes and inner.quarter is None and set(inner.codes) < set(outer.codes):
            self._pair = inner, outer

    @contextmanager
    def holding(self, places: Places) -> Iterator[None]:
        """Read once all that is asked of the ESS of some places, as long as the ``with`` lasts."""
        with ExitStack() as held:
            self._held = places, held
            try:
                yield
            finally:
                self._held = self._own = None

    def ess_of(self, places: Places) -> EssOf:
        """Where to read the establishments of some places in the table of the ESS."""
        whole = EssOf("ess_establishment", places.condition, {"places": places.parameter}, shown=False)
        told = any(self._is_told(table, places) for table in (DAY, LARGEST))
        if self._held is None or self._held[0] != places or told or len(places.departements) > HELD_WHOLE:
            return whole
        if self._own is None:
            shown = not places.departements and len(places.codes) <= SHOWN_WHOLE
            columns = f"{ASKED}, name, diffusible, section, band, reasons" if shown else ASKED
            sql = f"SELECT {columns} FROM {whole.table} WHERE {whole.condition}"
            name = self._held[1].enter_context(self.warehouse.excerpt(sql, whole.parameters))
            self._own = EssOf(name, "true", {}, shown)
        return self._own

    def _rows(self, sql: str, places: Places, on: date) -> list[Row]:
        return self.warehouse.rows(sql, {"places": places.parameter, "on": on})

    def census(self, places: Places, *, on: date) -> Census:
        """Totals of the ESS and of everything, by family and section, in one scan.

        Only ESS establishments are placed in quarters: there, everything is the ESS.
        """
        rows = (
            self._at_hand(places, on)
            or self._counted_once(places, on)
            or self._rows(
                "SELECT ess, family, section, grouping(family) AS no_family, "
                f"grouping(section) AS no_section, {self._counted_from(places, on)} "
                "GROUP BY GROUPING SETS ((ess), (ess, family), (ess, section)) HAVING establishments > 0",
                places,
                on,
            )
        )
        ess = [row for row in rows if row["ess"] == "oui"]
        sections = [row for row in rows if not row["no_section"]]
        return Census(
            balance=Balance(
                ess=_sum("", [row for row in ess if row["no_family"] and row["no_section"]]),
                to_check=self._possible(places, on)
                + sum(
                    row["establishments"]
                    for row in rows
                    if row["ess"] == "a_verifier" and row["no_family"] and row["no_section"]
                ),
                everything=_sum("", [row for row in rows if row["no_family"] and row["no_section"]]),
            ),
            by_family=_by("family", [row for row in ess if not row["no_family"]]),
            by_section=_by("section", [row for row in sections if row["ess"] == "oui"]),
            everything_by_section=_by("section", sections),
        )

    def _at_hand(self, places: Places, on: date) -> list[Row] | None:
        """The same rows for a day of the past, where a process holds, or maps, what changed in the places."""
        if places.quarter or not self._tells_changes(on):
            return None
        # NumPy costs a tenth of a second to import.
        if places.departements:
            from ancrage.register.held import wide_counts

            held = wide_counts(self.warehouse)
            return held.census(places.departements, on) if held else None
        from ancrage.register.placed import placed_counts

        placed = placed_counts(self.warehouse)
        return placed.census(self.warehouse, places.codes, on) if placed else None

    def _counted_once(self, places: Places, on: date) -> list[Row] | None:
        """The same rows for two places told to be read once, on a day of the past."""
        if self._pair is None or places not in self._pair or not self._tells_changes(on):
            return None
        if (places, on) not in self._counts:
            inner, outer = self._pair
            text = OF_BOTH.format(months="register_month", places=outer.condition)
            asked = {"places": outer.parameter, "inside": inner.parameter, "on": on}
            rows = self.warehouse.rows(text, asked)
            self._counts[inner, on] = at_each_level(row for row in rows if row["inside"])
            self._counts[outer, on] = at_each_level(rows)
        return self._counts[places, on]

    def _tells_changes(self, on: date) -> bool:
        return FIRST_TOLD <= on < self.counted_on and self.warehouse.holds("register_month")

    def counted(self, places: Places, *, on: date) -> list[Row]:
        """Figures by verdict and section on a day."""
        source = self._counted_from(places, on)
        return self._rows(
            f"SELECT ess, section, {source} GROUP BY 1, 2 HAVING establishments > 0", places, on
        )

    def _counted_from(self, places: Places, on: date) -> str:
        """Figures and table to read: the counts of the build for its day or later, else what changed before.

        A quarter, and an edition that does not tell changes, are counted one establishment after the other.
        """
        if not places.quarter and on >= self.counted_on:
            table = COUNT if self._is_told(COUNT, places) else "register_count"
            return f"{COUNTED} FROM {table} WHERE {places.condition} AND $on IS NOT NULL"
        if not places.quarter and on >= FIRST_TOLD and self.warehouse.holds("register_month"):
            months = "register_month_wide" if places.departements else "register_month"
            return f"{COUNTED} FROM ({CHANGED.format(months=months, places=places.condition)})"
        table = "ess_establishment" if places.quarter else "establishment"
        return (
            f"{SCANNED} FROM (SELECT * REPLACE (coalesce(family, '') AS family, "
            f"coalesce(section, '') AS section) FROM {table} WHERE {places.condition} AND {ALIVE})"
        )

    def _is_told(self, table: str, places: Places) -> bool:
        """Whether a table of whole départements answers for these places."""
        return bool(places.departements) and self.warehouse.has_written(table)

    @property
    def has_history(self) -> bool:
        """Whether the past of establishments and of their units is that of the history of SIRENE."""
        return len(self.warehouse.manifest["register"].get("history", ())) == len(HISTORY)

    def _possible(self, places: Places, on: date) -> int:
        """Establishments that may lie in the quarter, without its being certain."""
        if not places.quarter:
            return 0
        return int(
            self._rows(
                "SELECT count(*) AS n FROM ess_establishment "
                f"WHERE list_has_any(qpv_codes, $places) AND NOT ({places.condition}) AND {ALIVE}",
                places,
                on,
            )[0]["n"]
        )

    def by_year(self, places: Places, column: str, *, on: date, years: int) -> dict[int, int]:
        """Births (``created``) or closures (``closed``) of ESS establishments a year, up to the day."""
        if self._is_told(DAY, places):
            return self._told_by_year(places, BY_YEAR[column], on=on, years=years)
        own = self.ess_of(places)
        rows = self.warehouse.rows(
            f"SELECT year({column}) AS year, count(*) AS n FROM {own.table} "
            f"WHERE ess = 'oui' AND {own.condition} AND {column} <= $on "
            f"AND year({column}) > $first GROUP BY 1 ORDER BY 1",
            own.parameters | {"on": on, "first": on.year - years},
        )
        return {row["year"]: row["n"] for row in rows}

    def _told_by_year(self, places: Places, measure: str, *, on: date, years: int) -> dict[int, int]:
        return {
            row["year"]: row[measure]
            for row in self._told(places, on)
            if row["year"] > on.year - years and row[measure] > 0
        }

    def _told(self, places: Places, on: date) -> list[Row]:
        """What changed in whole départements, year by year: three questions are put to it."""
        if (places, on) not in self._changed:
            self._changed[places, on] = self._rows(
                f"SELECT year(day) AS year, {TOLD} FROM ({_told(places)}) GROUP BY 1 ORDER BY 1", places, on
            )
        return self._changed[places, on]

    def largest_employers(self, places: Places, *, on: date, limit: int) -> list[Row]:
        """Employers with the highest bands, with the name of their commune in the latest vintage."""
        own = self.ess_of(places)
        table, asked = own.table, "ess = 'oui' AND employer AND jobs_low IS NOT NULL"
        if self._is_told(LARGEST, places) and self._holds_largest(places, on=on, limit=limit):
            table, asked = LARGEST, "true"
        columns = SHOWN if own.shown else "siret, commune"
        found = self.warehouse.rows(
            f"SELECT {columns} FROM {table} WHERE {asked} AND {own.condition} AND {ALIVE} "
            f"ORDER BY jobs_central DESC, siret LIMIT {limit}",
            own.parameters | {"on": on},
        )
        names = self._names([row["commune"] for row in found if row["commune"]])
        shown = found if own.shown else self._shown(found, kept=table == LARGEST)
        return [row | {"commune_name": names.get(row["commune"])} for row in shown]

    def _shown(self, found: list[Row], *, kept: bool) -> list[Row]:
        """What is shown of some establishments, read for them alone in the few communes where they are.

        ``kept``: all of them are among the largest of their département, which may be kept apart.
        """
        if kept and self.warehouse.has_written(SHOWN_WIDE):
            return self.warehouse.rows(
                f"SELECT {SHOWN} FROM {SHOWN_WIDE} WHERE siret IN (SELECT unnest($sirets)) "
                "ORDER BY jobs_central DESC, siret",
                {"sirets": [row["siret"] for row in found]},
            )
        return self.warehouse.rows(
            f"SELECT {SHOWN} FROM ess_establishment WHERE siret IN (SELECT unnest($sirets)) "
            f"AND {_in_communes(found)} ORDER BY jobs_central DESC, siret",
            {
                "sirets": [row["siret"] for row in found],
                "communes": sorted({row["commune"] for row in found if row["commune"]}),
            },
        )

    def _holds_largest(self, places: Places, *, on: date, limit: int) -> bool:
        """Whether enough of those kept were open on the day: none that was not kept comes before them."""
        lacking = self._rows(
            f"SELECT departement FROM {LARGEST} WHERE {places.condition} GROUP BY 1 "
            f"HAVING count(*) FILTER ({ALIVE}) < {limit} AND any_value(known) > count(*) LIMIT 1",
            places,
            on,
        )
        return not lacking

    def _names(self, communes: list[str]) -> dict[str, str]:
        """Names of some communes, or of their arrondissements, in the latest vintage."""
        rows = self.warehouse.rows(
            "SELECT code, name FROM municipal_arrondissement WHERE vintage = $latest "
            "AND code IN (SELECT unnest($codes)) UNION ALL "
            "SELECT code, name FROM commune WHERE vintage = $latest AND code IN (SELECT unnest($codes))",
            {"latest": max(self.warehouse.manifest["vintages"]), "codes": sorted(set(communes))},
        )
        return {row["code"]: row["name"] for row in rows}

    def inclusion(self, places: Places) -> InclusionCount | None:
        """SIAE of the list by kind and by place in a QPV; ``None`` when the edition holds no list."""
        inside = places.condition if not places.quarter else "list_has_any(qpv_codes, $places)"
        if places.departements:
            inside = f"{DEPARTEMENT_OF_COMMUNE} IN (SELECT unnest($places))"
        held = self.warehouse.rows(
            "SELECT count(*) AS n, count(*) FILTER (WHERE commune IS NULL) AS unplaced, "
            "bool_or(fictitious) AS fictitious FROM siae"
        )[0]
        if not held["n"]:
            return None
        rows = self.warehouse.rows(
            f"SELECT kind, qpv, count(*) AS n FROM siae WHERE {inside} GROUP BY 1, 2 ORDER BY 1, 2",
            {"places": places.parameter},
        )
        kinds: dict[str, int] = {}
        quarters: dict[str, int] = {}
        for row in rows:
            if not places.quarter or row["qpv"] == "oui":
                kinds[row["kind"]] = kinds.get(row["kind"], 0) + row["n"]
            quarters[row["qpv"]] = quarters.get(row["qpv"], 0) + row["n"]
        return InclusionCount(kinds, quarters, held["unplaced"], held["fictitious"])

    def facts(self, places: Places, *, on: date) -> Row:
        """ESS establishments by their place in a QPV of 2024 (oui, non, a_verifier), and those on which two
        sources disagree.
        """
        if self._is_told(DAY, places):
            return {name: sum(row[name] for row in self._told(places, on)) for name in QUARTERS}
        own = self.ess_of(places)
        return self.warehouse.rows(
            "SELECT count(*) FILTER (WHERE ess = 'oui' AND qpv = 'oui') AS oui, "
            "count(*) FILTER (WHERE ess = 'oui' AND qpv = 'non') AS non, "
            "count(*) FILTER (WHERE ess = 'oui' AND qpv = 'a_verifier') AS a_verifier, "
            "count(*) FILTER (WHERE sources_disagree) AS disagreements "
            f"FROM {own.table} WHERE {own.condition} AND {ALIVE}",
            own.parameters | {"on": on},
        )[0]


def _told(places: Places) -> str:
    """What changed up to a day: by month until the month of the day, then by day."""
    measures = "births, closures, inside, outside, unsure, disagreements"
    return (
        f"SELECT month AS day, {measures} FROM {MONTH} "
        f"WHERE {places.condition} AND month < date_trunc('month', $on::DATE) "
        f"UNION ALL SELECT day, {measures} FROM {DAY} "
        f"WHERE {places.condition} AND month = date_trunc('month', $on::DATE) AND day <= $on"
    )


def _in_communes(found: list[Row]) -> str:
    """Condition on the communes of these rows, over ``$communes``: the table is sorted by commune."""
    unknown = " OR commune IS NULL" if any(row["commune"] is None for row in found) else ""
    return f"(commune IN (SELECT unnest($communes)){unknown})"


def _whole_jobs(central: float) -> int:
    """Rounded to a whole job from tenths, as the centres are published: the order of a sum never shows."""
    return round(round(central, 1))


def _by(column: str, rows: list[Row]) -> dict[str, Totals]:
    """Totals by label, most establishments first; rows of several verdicts are added up."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row[column], []).append(row)
    totals = [_sum(label, found) for label, found in grouped.items()]
    return {found.label: found for found in sorted(totals, key=lambda t: (-t.establishments, t.label))}


def _sum(label: str, rows: list[Row]) -> Totals:
    return Totals(
        label,
        sum(row["establishments"] for row in rows),
        sum(row["employers"] for row in rows),
        JobCount(
            low=sum(row["low"] for row in rows),
            central=_whole_jobs(sum(row["central"] for row in rows)),
            high=None if any(row["unbounded"] for row in rows) else sum(row["high"] for row in rows),
            unknown=sum(row["unknown"] for row in rows),
        ),
    )
