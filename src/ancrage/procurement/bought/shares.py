"""What buyers really buy: shares in number and in value, with what is not known beside, never as zero."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ancrage.procurement.bought.vocabulary import Nature, Social
from ancrage.reasoning import Verdict
from ancrage.warehouse.reading import Row, Warehouse

_SAID = "CASE WHEN {field} IS NULL THEN 'a_verifier' WHEN {test} THEN 'oui' ELSE 'non' END"
_LISTED = {
    "clause": ("social", f"list_contains(social, '{Social.CLAUSE}')"),
    "critere": ("social", f"list_contains(social, '{Social.CRITERION}')"),
    "reserve": ("social", f"list_contains(social, '{Social.RESERVED}')"),
    "environnement": ("environmental", f"NOT list_contains(environmental, '{Social.NONE}')"),
    "sociale": ("social", f"NOT list_contains(social, '{Social.NONE}')"),
    "clause_ou_critere": ("social", f"list_has_any(social, ['{Social.CLAUSE}', '{Social.CRITERION}'])"),
}
_EITHER = (
    "CASE WHEN 'oui' IN ({one}, {two}) THEN 'oui' WHEN 'partiel' IN ({one}, {two}) THEN 'partiel' "
    "WHEN 'a_verifier' IN ({one}, {two}) THEN 'a_verifier' ELSE 'non' END"
)
DIMENSIONS: Mapping[str, str] = {
    "ess": "ess",
    "insertion": "siae",
    "handicap": "adapted",
    "local": "local",
    "petite": "small",
    "locale_et_petite": "local_small",
    "defavorises": _EITHER.format(one="siae", two="adapted"),
    **{name: _SAID.format(field=column, test=test) for name, (column, test) in _LISTED.items()},
}
"""What is asked of a contract, and the expression that answers it: a verdict."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Contracts, the sum of the amounts that are known (€), and how many have one."""

    contracts: int = 0
    value: float = 0.0
    priced: int = 0

    @classmethod
    def of(cls, row: Row) -> "Tally":
        """Read from a row with ``n``, ``value`` and ``priced``."""
        return cls(row["n"], float(row["value"] or 0), row["priced"])

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.contracts + other.contracts, self.value + other.value, self.priced + other.priced)


@dataclass(frozen=True, slots=True)
class Share:
    """How contracts share out between verdicts. What is partial or unknown makes an interval, not a no."""

    by: Mapping[Verdict, Tally]

    @property
    def total(self) -> Tally:
        """All of them."""
        return sum(self.by.values(), Tally())

    def tally(self, verdict: Verdict) -> Tally:
        """Those of a verdict."""
        return self.by.get(verdict, Tally())

    @property
    def possible(self) -> Tally:
        """Those that are, partly are, or may be."""
        return sum((self.tally(one) for one in Verdict if one is not Verdict.NON), Tally())

    def number(self) -> tuple[float, float] | None:
        """At least, at most, as a part of the contracts; ``None`` without any contract."""
        return _bounds(self.tally(Verdict.OUI).contracts, self.possible.contracts, self.total.contracts)

    def value(self) -> tuple[float, float] | None:
        """At least, at most, as a part of the amounts known."""
        return _bounds(self.tally(Verdict.OUI).value, self.possible.value, self.total.value)


def _bounds(low: float, high: float, total: float) -> tuple[float, float] | None:
    return (low / total, high / total) if total else None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which contracts: of these buyers (``None``: all), notified from a year to another, of these CPV codes.

    ``on``: no contract notified after that day is counted; one without a day is, outside the years.
    """

    on: date
    sirens: tuple[str, ...] | None = None
    since: int | None = None
    until: int | None = None
    cpv: str = ""
    nature: Nature = Nature.CONTRACT

    @property
    def where(self) -> str:
        """The condition, over the columns of ``purchase``."""
        told = ["nature = $nature", "(notified_on IS NULL OR notified_on <= $on)"]
        if self.sirens is not None:
            one = len(self.sirens) == 1
            told.append("buyer_siren = $siren" if one else "buyer_siren IN (SELECT unnest($sirens))")
        if self.since is not None:
            told.append("year(notified_on) >= $since")
        if self.until is not None:
            told.append("year(notified_on) <= $until")
        if self.cpv:
            told.append("starts_with(cpv, $cpv)")
        return " AND ".join(told)

    @property
    def values(self) -> dict[str, object]:
        """What the condition names."""
        told: dict[str, object] = {"nature": str(self.nature), "on": self.on}
        if self.sirens is not None:
            told |= {"siren": self.sirens[0]} if len(self.sirens) == 1 else {"sirens": list(self.sirens)}
        for name, value in (("since", self.since), ("until", self.until), ("cpv", self.cpv)):
            if value:
                told[name] = value
        return told


COUNTED = "count(*) AS n, sum(amount) AS value, count(amount) AS priced"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table of shares: its label, its contracts, those of the ESS, reserved, with a clause."""

    id: str
    label: str
    ess: Share
    reserved: Share
    clause: Share

    @property
    def total(self) -> Tally:
        """All its contracts."""
        return self.ess.total


@dataclass(frozen=True, slots=True)
class Shares:
    """Everything that is counted of a scope."""

    by: Mapping[str, Share]
    families: tuple[tuple[str, Tally], ...]
    unmarked: Tally
    years: tuple[Line, ...]
    divisions: tuple[Line, ...]
    concessions: Tally
    procedures: tuple[tuple[str, Tally], ...] = field(default=())

    @property
    def total(self) -> Tally:
        """All the contracts."""
        return self.by["ess"].total


def shares_by(warehouse: Warehouse, scope: Scope) -> Mapping[str, Share]:
    """What is asked of the contracts of a scope, all at once."""
    return _Reader(warehouse, scope).shares()


def shares_of(warehouse: Warehouse, scope: Scope) -> Shares:
    """Count a scope: the contracts that answer alike are counted together, then shared out."""
    reader = _Reader(warehouse, scope)
    return Shares(
        by=reader.shares(),
        families=tuple(reader.tallies("family", "ess = 'oui'")),
        unmarked=reader.tally("ess = 'non' AND basis = 'forme'"),
        years=tuple(reader.lines("CAST(year(notified_on) AS VARCHAR)")),
        divisions=tuple(reader.lines("left(cpv, 2)")),
        concessions=_Reader(warehouse, _concessions(scope)).tally("true"),
    )


def _concessions(scope: Scope) -> Scope:
    from dataclasses import replace

    return replace(scope, nature=Nature.CONCESSION)


@dataclass(frozen=True, slots=True)
class _Reader:
    warehouse: Warehouse
    scope: Scope

    def rows(self, select: str, also: str = "true") -> list[Row]:
        text = (
            f"SELECT {select} FROM purchase WHERE {self.scope.where} AND ({also}) GROUP BY ALL ORDER BY ALL"
        )
        return self.warehouse.rows(text, self.scope.values)

    def shares(self) -> Mapping[str, Share]:
        asked = ", ".join(f'{expression} AS "{name}"' for name, expression in DIMENSIONS.items())
        rows = self.rows(f"{asked}, {COUNTED}")
        return {name: _share(rows, name) for name in DIMENSIONS}

    def tallies(self, column: str, also: str) -> Iterator[tuple[str, Tally]]:
        for row in self.rows(f"{column} AS name, {COUNTED}", also):
            yield row["name"] or "", Tally.of(row)

    def tally(self, also: str) -> Tally:
        return sum((Tally.of(row) for row in self.rows(COUNTED, also)), Tally())

    def lines(self, key: str) -> Iterator[Line]:
        """A line a value of the key, with three shares; what has no key comes last."""
        names = ("ess", "reserve", "clause")
        asked = ", ".join(f"{DIMENSIONS[name]} AS {name}" for name in names)
        found: dict[str, list[Row]] = {}
        for row in self.rows(f"{key} AS key, {asked}, {COUNTED}"):
            found.setdefault(row["key"] or "", []).append(row)
        for key_, rows in sorted(found.items(), key=lambda one: (not one[0], one[0])):
            yield Line(key_, key_, *(_share(rows, name) for name in names))


def _share(rows: Iterable[Row], name: str) -> Share:
    by: dict[Verdict, Tally] = {}
    for row in rows:
        verdict = Verdict(row[name])
        by[verdict] = by.get(verdict, Tally()) + Tally.of(row)
    return Share(by)


def every_buyer(warehouse: Warehouse, scope: Scope) -> list[Row]:
    """Each buyer with its contracts, its value, and its bounds to the ESS, the most contracts first."""
    text = f"""
        SELECT p.buyer_siren AS siren, any_value(b.name) AS name, any_value(b.territory) AS territory,
            {COUNTED},
            count(*) FILTER (ess = 'oui') AS ess_low, count(*) FILTER (ess <> 'non') AS ess_high,
            coalesce(sum(amount) FILTER (ess = 'oui'), 0) AS ess_value_low,
            coalesce(sum(amount) FILTER (ess <> 'non'), 0) AS ess_value_high,
            count(*) FILTER ({_LISTED["clause"][1]}) AS clauses,
            count(*) FILTER ({_LISTED["reserve"][1]}) AS reserved,
            count(*) FILTER (social IS NULL) AS unsaid
        FROM purchase p JOIN purchase_buyer b ON b.siren = p.buyer_siren
        WHERE {scope.where.replace("buyer_siren", "p.buyer_siren")}
        GROUP BY p.buyer_siren ORDER BY n DESC, siren
    """
    return warehouse.rows(text, scope.values)
