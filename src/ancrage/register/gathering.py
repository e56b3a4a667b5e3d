"""Bring the deliveries of SIRENE together: clean, set aside, settle duplicates, and account for every row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from ancrage.register import cleaning, sirene
from ancrage.register.rejects import REJECT_SCHEMA, REJECTS_LISTED
from ancrage.register.repeating import repeated
from ancrage.register.sirene import REASON, SireneStock
from ancrage.register.stock import Connection, Opened, Relation, open_stock, registered, saved

TWICE = {
    "siret": "SIRET en double : la ligne la plus récente est gardée",
    "siren": "SIREN en double : une seule ligne est gardée",
}
ELSEWHERE = "hors des départements couverts par cette livraison"
NOWHERE = "sans commune, dans une livraison limitée à des départements"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Clean rows of every delivery, one a key, with what was read and set aside.

    ``establishments`` and ``units`` have the columns of :mod:`ancrage.register.sirene`, the rank of their
    ``delivery``, ``fictitious`` and their ``file``; establishments, what they were judged to be too.
    ``read``, ``rejected``, ``left_out`` and ``gone`` (left out before duplicates were settled) count by file.
    """

    establishments: Relation
    units: Relation
    read: dict[str, int]
    rejected: dict[str, dict[str, int]]
    left_out: dict[str, dict[str, int]]
    gone: dict[str, int]
    rejects: pa.Table


Judge = Callable[[Relation], Relation]
"""Adds to clean establishments what they are (``ess``…) and whether they are left out (``gone``)."""


class Gathering:
    """Reads deliveries one after the other into Parquet files of ``scratch``.

    Units come first: establishments are then cleaned, judged and written in one pass. Where two deliveries
    hold the same key, the first one wins.
    """

    def __init__(self, con: Connection, scratch: Path, stocks: Sequence[SireneStock]) -> None:
        self.con, self.scratch, self.stocks = con, scratch, stocks
        self.opened = [
            open_stock(con, stock.establishments, sirene.ESTABLISHMENTS, scratch) for stock in stocks
        ]
        self.read: dict[str, int] = {stock.establishments.name: 0 for stock in stocks}
        self.rejected: dict[str, dict[str, int]] = {}
        self.left_out: dict[str, dict[str, int]] = {}
        self.gone: dict[str, int] = {}
        self.rejects: list[pa.Table] = []

    def units(self) -> Relation:
        """Clean units of every delivery."""
        opened = [open_stock(self.con, stock.units, sirene.UNITS, self.scratch) for stock in self.stocks]
        twice = self._named_twice([one.rows for one in opened], "siren")
        parts = [self._units(rank, stock, opened[rank], twice) for rank, stock in enumerate(self.stocks)]
        return self._unique(parts, "siren", ())

    def without_unit(self, units: Relation) -> Relation:
        """One column, siren: what establishments name and no file of units holds."""
        unread = [opened.rows.anti_join(units, "siren") for opened in self.opened]
        named = [sirene.sirens_of(rows) for rows in unread]
        every = named[0] if len(named) == 1 else ibis.union(*named)
        alone = every.distinct().anti_join(units, "siren")
        return saved(self.con, alone, self.scratch / "sans-unite.parquet").filter(_.siren.notnull())

    def gathered(self, units: Relation, judged: Judge) -> Gathered:
        """Clean and judge establishments; ``units``: those of :meth:`units`."""
        twice = self._named_twice([one.rows for one in self.opened], "siret")
        parts = [self._establishments(rank, stock, judged, twice) for rank, stock in enumerate(self.stocks)]
        return Gathered(
            establishments=self._unique(parts, "siret", ("active", "created")),
            units=units,
            read=self.read,
            rejected=self.rejected,
            left_out=self.left_out,
            gone=self.gone,
            rejects=pa.concat_tables(self.rejects),
        )

    def _establishments(
        self, rank: int, stock: SireneStock, judged: Judge, twice: Relation | None
    ) -> Relation:
        opened = self.opened[rank]
        known = judged(_told_twice(sirene.clean_establishments(opened.rows), twice, "siret"))
        if stock.departements is None:  # else they may be left out for another reason
            known = known.filter(~known.gone | known.twice | known[REASON].notnull())
        clean = self._cleaned(self._placed(known, stock), "etablissements", rank)
        self._set_aside(stock.establishments, opened, clean)
        kept = clean.filter(_[REASON].isnull()).drop(REASON, "raw_siret", "raw_siren")
        if stock.departements is not None:
            inside = kept.departement.isin(stock.departements)
            self._leave_out(stock.establishments, kept.filter(~inside), ELSEWHERE)
            self._leave_out(stock.establishments, kept.filter(inside.isnull()), NOWHERE)
            kept = kept.filter(inside)
        return _marked(kept, rank, stock, stock.establishments)

    def _placed(self, known: Relation, stock: SireneStock) -> Relation:
        """Tell the name and the place of the ESS: the others are counted, never shown."""
        shown = sirene.with_name_and_place(known, known.ess != "non")
        if stock.coordinates is None:
            return shown
        placed = open_stock(self.con, stock.coordinates, sirene.COORDINATES, self.scratch)
        self.rejects.append(placed.rejects)
        return sirene.with_coordinates(shown, sirene.clean_coordinates(placed.rows))

    def _units(self, rank: int, stock: SireneStock, opened: Opened, twice: Relation | None) -> Relation:
        clean = self._cleaned(_told_twice(sirene.clean_units(opened.rows), twice, "siren"), "unites", rank)
        self._set_aside(stock.units, opened, clean)
        kept = clean.filter(_[REASON].isnull()).drop(REASON, "raw_siren")
        return _marked(kept, rank, stock, stock.units)

    def _cleaned(self, clean: Relation, name: str, rank: int) -> Relation:
        """Clean a file once, on disk: the passes that follow read little."""
        return saved(self.con, clean, self.scratch / f"{name}-{rank}.parquet")

    def _set_aside(self, path: Path, opened: Opened, clean: Relation) -> None:
        """Count and list the rows of one file that cannot be used."""
        refused = clean.filter(_[REASON].notnull())
        counts = self.con.to_pyarrow(clean.group_by(REASON).agg(rows=_.count())).to_pylist()
        reasons = {row[REASON]: row["rows"] for row in counts}
        held, rows = sum(reasons.values()), self.con.to_pyarrow(opened.rows.count()).as_py()
        self.gone[path.name] = self.gone.get(path.name, 0) + rows - held
        reasons.pop(None, None)
        if opened.rejects.num_rows:
            reasons["ligne illisible"] = opened.rejects.num_rows
        self.read[path.name] = self.read.get(path.name, 0) + rows + opened.rejects.num_rows
        self.rejected[path.name] = reasons
        raw = [column for column in ("raw_siret", "raw_siren") if column in clean.columns]
        listed = refused.limit(REJECTS_LISTED).select(
            source=ibis.literal(path.name),
            key=ibis.coalesce(refused[raw[0]], ibis.literal("(vide)")),
            values=_joined([refused[column] for column in raw]),
            reason=refused[REASON],
        )
        self.rejects += [opened.rejects, self.con.to_pyarrow(listed).cast(REJECT_SCHEMA)]

    def _leave_out(self, path: Path, outside: Relation, reason: str) -> None:
        count = self.con.to_pyarrow(outside.count()).as_py()
        if count:
            self.left_out.setdefault(path.name, {})[reason] = count

    def _named_twice(self, files: Sequence[Relation], key: str) -> Relation | None:
        """One column, number: those that several rows bear, usable or not; ``None`` when there is none."""
        named = [rows.select(number=cleaning.number_of(rows[key], cleaning.WIDTHS[key])) for rows in files]
        every = named[0] if len(named) == 1 else ibis.union(*named)
        rows = sum(self.con.to_pyarrow(one.count()).as_py() for one in files)
        found = repeated(self.con, every, at_most=rows)
        return registered(self.con, f"twice_{key}", found) if len(found) else None

    def _unique(self, parts: Sequence[Relation], key: str, latest: Sequence[str]) -> Relation:
        """One row a key: first delivery first, then the most recent state. The others are rejects."""
        every = parts[0] if len(parts) == 1 else ibis.union(*parts)
        alone, twice = (every.filter(one).drop("twice") for one in (~every.twice, every.twice))
        if not self.con.to_pyarrow(twice.count()).as_py():
            return alone
        rest = sorted(set(twice.columns) - {key, "delivery", *latest})
        window = ibis.window(
            group_by=key,
            order_by=[twice.delivery, *(twice[name].desc(nulls_first=False) for name in (*latest, *rest))],
        )
        ranked = twice.mutate(rank=ibis.row_number().over(window))
        settled = saved(self.con, ranked, self.scratch / f"doubles-{key}.parquet").cast({"delivery": "int64"})
        self._reject_repeated(settled.filter(_["rank"] > 0), key)
        return alone.union(settled.filter(_["rank"] == 0).drop("rank"))

    def _reject_repeated(self, again: Relation, key: str) -> None:
        reason = TWICE[key]
        for row in self.con.to_pyarrow(again.group_by("file").agg(rows=_.count())).to_pylist():
            self.rejected[row["file"]][reason] = row["rows"]
        listed = again.limit(REJECTS_LISTED).select(
            source=again.file, key=again[key], values=again[key], reason=ibis.literal(reason)
        )
        self.rejects.append(self.con.to_pyarrow(listed).cast(REJECT_SCHEMA))


def _told_twice(clean: Relation, twice: Relation | None, key: str) -> Relation:
    """Add ``twice``: whether the number of a row is among those that several bear."""
    if twice is None:
        return clean.mutate(twice=ibis.literal(False))
    joined = clean.left_join(twice, clean[key].try_cast("int64") == twice.number)
    return joined.mutate(twice=joined.number.notnull()).drop("number")


def _marked(kept: Relation, rank: int, stock: SireneStock, path: Path) -> Relation:
    return kept.mutate(
        delivery=ibis.literal(rank, "int64"),
        fictitious=ibis.literal(stock.fictitious),
        file=ibis.literal(path.name),
    )


def _joined(columns: Sequence[Any]) -> Any:
    joined = columns[0].fill_null("")
    for column in columns[1:]:
        joined = joined + " ; " + column.fill_null("")
    return joined
