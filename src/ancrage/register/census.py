"""What a file of SIRENE that somebody gives is worth: its last day, its départements, how much of each.

A whole stock holds, for each département, all its communes (each has at least its town hall) and, open and
closed together, about six establishments for ten inhabitants (INSEE: 43 million for 68 million). Below the
shares declared here, a département is taken for a part of itself: nothing inside a file says that it is
whole, so what it was taken for is always told with its figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ibis import _

from ancrage.register import cleaning
from ancrage.register.damage import telling_damage
from ancrage.register.stock import Layout, connect, open_stock

ENOUGH_COMMUNES = 0.98
ENOUGH_ROWS = 0.35
"""Establishments an inhabitant under which a département of the mainland is a part of itself."""
OVERSEAS, ONLY_OPEN = 1 / 3, 1 / 3
"""What is asked instead overseas, where fewer are declared, and of a file that holds no closed one."""

LOCATED = Layout(
    "StockEtablissement",
    required=("siret", "codeCommuneEtablissement"),
    optional=("dateDernierTraitementEtablissement", "etatAdministratifEtablissement"),
)
DATED_UNITS = Layout("StockUniteLegale", required=("siren",), optional=("dateDernierTraitementUniteLegale",))
PERIODS = Layout("historique", required=("dateDebut",), optional=())
UNDER_WAY = Layout("SIRENE", required=(), optional=("dateDebut", "dateFin"))
BEGUN_SINCE = date(2021, 1, 1)


@dataclass(frozen=True, slots=True)
class People:
    """Inhabitants and number of communes of a département."""

    inhabitants: int
    communes: int


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one département in a file, of which closed, and in how many communes."""

    rows: int
    closed: int
    communes: int


@dataclass(frozen=True, slots=True)
class FileCensus:
    """Rows by département; the last day the INSEE worked on one of them, ``None`` when not told."""

    rows: int
    last_day: date | None
    held: Mapping[str, Held]

    @property
    def has_closed(self) -> bool:
        """Whether closed establishments are there: without them, the past cannot be counted."""
        return any(found.closed for found in self.held.values())

    def wholly(self, people: Mapping[str, People]) -> tuple[str, ...]:
        """Départements that the file holds wholly, as far as its figures tell."""
        asked = 1.0 if self.has_closed else ONLY_OPEN
        return tuple(
            code
            for code, living in sorted(people.items())
            if (found := self.held.get(code)) and _is_whole(code, found, living, asked)
        )


def _is_whole(code: str, found: Held, living: People, asked: float) -> bool:
    share = ENOUGH_ROWS * asked * (OVERSEAS if code.startswith("97") else 1)
    enough = found.rows >= share * living.inhabitants
    return enough and found.communes >= ENOUGH_COMMUNES * living.communes


def census_of_establishments(path: Path, scratch: Path) -> FileCensus:
    """Read a stock of establishments once, in any envelope."""
    con = connect(scratch)
    rows = open_stock(con, path, LOCATED, scratch).rows
    day = cleaning.day(rows.dateDernierTraitementEtablissement)
    told = rows.select(
        commune=cleaning.commune(rows.codeCommuneEtablissement),
        day=day,
        closed=rows.etatAdministratifEtablissement.strip() == "F",
    )
    counted = told.group_by(departement=cleaning.departement(told.commune)).agg(
        rows=_.count(),
        closed=_.closed.sum().fill_null(0),
        communes=_.commune.nunique(),
        day=_.day.max(),
    )
    with telling_damage(path):
        found = con.to_pyarrow(counted).to_pylist()
    return FileCensus(
        rows=sum(row["rows"] for row in found),
        last_day=max((row["day"] for row in found if row["day"]), default=None),
        held={
            row["departement"]: Held(row["rows"], row["closed"], row["communes"])
            for row in found
            if row["departement"]
        },
    )


def begun_by_month(path: Path, scratch: Path) -> dict[str, int]:
    """Periods under way in a stock or a history by month of their first day (2026-11), since 2021."""
    con = connect(scratch)
    rows = open_stock(con, path, UNDER_WAY, scratch).rows
    begins, ends = (cleaning.day(rows[name]) for name in UNDER_WAY.columns)
    told = rows.select(month=begins.truncate("M"), ends=ends)
    under_way = told.filter(told.month >= BEGUN_SINCE, told.ends.isnull())
    with telling_damage(path):
        found = con.to_pyarrow(under_way.group_by("month").agg(periods=_.count())).to_pylist()
    return {f"{row['month']:%Y-%m}": row["periods"] for row in sorted(found, key=lambda row: row["month"])}


def last_day_of(path: Path, layout: Layout, scratch: Path) -> date | None:
    """Last day told by the last column of a layout; ``None`` when the file does not have it."""
    con = connect(scratch)
    rows = open_stock(con, path, layout, scratch).rows
    with telling_damage(path):
        found: date | None = con.to_pyarrow(cleaning.day(rows[layout.columns[-1]]).max()).as_py()
    return found
