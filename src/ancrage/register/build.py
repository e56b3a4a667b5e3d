"""Build the register: from SIRENE and the two lists to the three tables, every row accounted for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
from ibis import _

from ancrage.register.accounting import accounts_of, remarked
from ancrage.register.catalogue import legal_categories
from ancrage.register.classification import decided_units, with_verdict
from ancrage.register.coverage import Coverage, coverage_of
from ancrage.register.damage import telling_damage
from ancrage.register.ess_establishments import ess_establishments
from ancrage.register.gathering import Gathering
from ancrage.register.lists import ListFile, read_lists
from ancrage.register.past import NO_HISTORY, Histories, Past, with_closing_days
from ancrage.register.placement import QpvPlacement
from ancrage.register.rejects import Account
from ancrage.register.siae import PlacedLists, Whereabouts, place_structures
from ancrage.register.sirene import SireneStock
from ancrage.register.stock import Connection, Relation, connect, saved
from ancrage.register.tables import ESTABLISHMENT

KEPT_SINCE = date(2021, 1, 1)
"""Establishments outside the ESS that closed before the first known vintage are left out."""


@dataclass(frozen=True, slots=True)
class RegisterInputs:
    """What the register is built from. ``scratch``: a folder for copies and spilling, emptied by the caller.

    ``place`` and ``where`` ask the territories. ``None`` for a list means that it was not synchronised.
    ``on``: day of the build, after which a day is to come.
    """

    stocks: tuple[SireneStock, ...]
    scratch: Path
    place: QpvPlacement
    where: Whereabouts
    ess_list: ListFile | None = None
    structure_lists: tuple[ListFile, ...] = ()
    histories: Histories = NO_HISTORY
    on: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterTables:
    """The tables (see ``tables``): the first two as Ibis expressions of ``con``, those of the lists in Arrow.

    The expressions read Parquet files of ``scratch``: write them before emptying it. ``rejects`` has the
    columns of ``REJECT_SCHEMA``; ``accounts`` tells what became of the rows of each file, ``remarks`` (an
    Ibis expression too) of which units the rows remarked are (see :func:`accounting.remarked`).
    """

    con: Connection
    establishment: Relation
    ess_establishment: Relation
    association: Relation
    past: Relation
    lists: PlacedLists
    rejects: pa.Table
    accounts: tuple[Account, ...]
    coverage: tuple[Coverage, ...]
    remarks: Relation


def build_register(inputs: RegisterInputs) -> RegisterTables:
    """Build the register; nothing read disappears without being counted.

    Raises :class:`ancrage.errors.SourceContentError` when a file is not what it should be.
    """
    inputs.scratch.mkdir(parents=True, exist_ok=True)
    with telling_damage(*_read(inputs)):
        return _built(inputs)


def _read(inputs: RegisterInputs) -> Iterator[Path | None]:
    for stock in inputs.stocks:
        yield from (stock.units, stock.establishments, stock.coordinates)
    yield from (inputs.histories.units, inputs.histories.establishments)


def _built(inputs: RegisterInputs) -> RegisterTables:
    con = connect(inputs.scratch)
    gathering = Gathering(con, inputs.scratch, inputs.stocks)
    known = gathering.units()
    lists = read_lists(con, inputs.ess_list, structure_lists(inputs), inputs.scratch)
    decided, reasons = decided_units(con, known, gathering.without_unit(known), lists)
    units = saved(con, decided, inputs.scratch / "unites-ess.parquet")
    past = Past(con, inputs.scratch, KEPT_SINCE, inputs.histories)
    late = past.closing_days()
    gathered = gathering.gathered(known, lambda rows: _judged(with_closing_days(rows, late), units))
    kept = gathered.establishments.filter(~_.gone).drop("gone")
    return RegisterTables(
        con=con,
        establishment=kept.select(*ESTABLISHMENT.schema.names),
        ess_establishment=ess_establishments(con, kept, units, reasons, lists, inputs.place, inputs.scratch),
        past=past.spans(kept, lists, legal_categories()),
        association=units.filter(units.rna.notnull()).select("siren", "rna"),
        lists=place_structures(lists.structures, inputs.where, inputs.place),
        rejects=pa.concat_tables(
            [gathered.rejects, *(one.rejects for one in past.successions), lists.rejects]
        ),
        accounts=(
            *accounts_of(con, gathered, kept, KEPT_SINCE, inputs.on),
            *(one.account for one in past.successions),
            *lists.accounts,
        ),
        coverage=coverage_of(con, inputs.stocks, kept),
        remarks=remarked(kept, gathered.units),
    )


def _judged(rows: Relation, units: Relation) -> Relation:
    """Add what their unit is, and ``gone``: what is left out once duplicates are settled."""
    every = with_verdict(rows, units)
    gone = (every.ess == "non") & (every.closed < ibis.literal(KEPT_SINCE)).fill_null(False)
    return every.mutate(gone=gone)


def structure_lists(inputs: RegisterInputs) -> tuple[ListFile, ...]:
    """Lists received, and those that come with a delivery."""
    delivered = (
        ListFile(stock.siae, complete=not stock.sample, fictitious=stock.fictitious)
        for stock in inputs.stocks
        if stock.siae is not None
    )
    return (*inputs.structure_lists, *delivered)
