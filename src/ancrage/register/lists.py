"""The lists that accompany SIRENE: enterprises of the ESS (ESS France), inclusion enterprises (SIAE), others.

Sources: ESS France and the regional chambers (article 6 of the law of 31 July 2014), data.gouv.fr; Marché de
l'inclusion. The first gives a SIREN that may have lost its zeros; the second a SIRET, a kind, an
address and coordinates, without commune code. Other lists of structures are read as theirs is
(:mod:`ancrage.register.list_layouts`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from ancrage.declarations.faults import Fault
from ancrage.declarations.json_text import read_json
from ancrage.errors import SourceContentError
from ancrage.register import cleaning
from ancrage.register.list_layouts import SIAE_LIST, ListLayout
from ancrage.register.rejects import Account, count_reasons, reject_table
from ancrage.register.stock import Connection, Layout, Opened, Relation, open_stock, registered
from ancrage.repairs import SynchroniseSources

ESS_LIST = Layout("liste des entreprises de l'ESS", required=("SIREN",))
TEXTS = ("name", "brand", "holder", "address", "city", "legal_form", "website")
LISTED_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("siret", "kind", *TEXTS, "postcode", "commune", "departement")),
        ("naf", pa.string()),
        *((name, pa.float64()) for name in ("longitude", "latitude", "capacity")),
        ("list", pa.string()),
        ("fictitious", pa.bool_()),
    ]
)
"""What the lists publish of a structure; ``list``: the source."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list as delivered. Absence from a list that is not ``complete`` (a sample) is unknown, never a no."""

    path: Path
    complete: bool = True
    fictitious: bool = False
    layout: ListLayout = SIAE_LIST


@dataclass(frozen=True, slots=True)
class Listed:
    """Usable rows of a list, the number of rows read, and those set aside (``REJECT_SCHEMA``)."""

    rows: pa.Table
    read: int
    rejects: pa.Table


def read_ess_list(con: Connection, path: Path, scratch: Path) -> Listed:
    """SIREN of the list of ESS France, from its CSV or from an answer of the tabular API (JSON, ``data``).

    Returns one column ``siren``. Raises :class:`SourceContentError` when the file is something else.
    """
    opened = _from_api(path) if path.suffix == ".json" else open_stock(con, path, ESS_LIST, scratch)
    siren = cleaning.digits(opened.rows.SIREN, 9)
    checked = opened.rows.select(
        siren=siren,
        raw=opened.rows.SIREN,
        reason=ibis.cases(
            (siren.isnull(), "SIREN absent ou illisible"),
            (~cleaning.has_luhn_key(siren, 9), "clé du SIREN fausse"),
            else_=ibis.null("string"),
        ),
    )
    return _sorted_out(con.to_pyarrow(checked), path, opened, lambda row: row["siren"], repeatable=True)


def read_structures(con: Connection, path: Path, scratch: Path, layout: ListLayout = SIAE_LIST) -> Listed:
    """Rows of a list of structures: what ``LISTED_SCHEMA`` holds but ``list`` and ``fictitious``.

    A SIRET may appear under several kinds: the key is both. The same SIRET and kind twice is set aside.
    """
    opened = open_stock(con, path, layout.layout, scratch)
    raw = opened.rows
    if layout.only is not None:
        column, value = layout.only
        raw = raw.filter(raw[column] == value)
    told = {ours: raw[theirs] for ours, theirs in layout.columns.items()}
    nothing = ibis.null("string")
    siret = cleaning.digits(told["siret"], 14)
    kind = ibis.literal(layout.kind) if layout.kind else cleaning.text(told["kind"]).upper()
    checked = raw.select(
        siret=siret,
        kind=kind,
        **{name: cleaning.text(told.get(name, nothing)) for name in TEXTS},
        postcode=cleaning.digits(told.get("postcode", nothing), 5),
        commune=cleaning.commune(told.get("commune", nothing)),
        departement=_departement(told.get("departement", nothing)),
        naf=cleaning.naf(told.get("naf", nothing), nothing),
        **{name: cleaning.number(told.get(name, nothing)) for name in ("longitude", "latitude", "capacity")},
        raw=told["siret"],
        reason=ibis.cases(
            (siret.isnull(), "SIRET absent ou illisible"),
            (~cleaning.siret_is_valid(siret), "clé du SIRET fausse"),
            (~cleaning.has_luhn_key(siret.left(9), 9), "clé du SIREN fausse"),
            (kind.isnull(), "type de structure absent"),
            else_=ibis.null("string"),
        ),
    )
    return _sorted_out(con.to_pyarrow(checked), path, opened, lambda row: (row["siret"], row["kind"]))


def _departement(column: Any) -> Any:
    """A département whose zero a spreadsheet may have lost."""
    bare = cleaning.text(column).upper()
    return (bare.length() == 1).ifelse(bare.lpad(2, "0"), bare)


def _from_api(path: Path) -> Opened:
    try:
        rows = read_json(path.read_text("utf-8"))["data"]
        sirens = [None if row["SIREN"] is None else str(row["SIREN"]) for row in rows]
    except (Fault, ValueError, KeyError, TypeError) as error:
        raise SourceContentError(
            f"{path.name} n'est pas une réponse de l'API tabulaire (liste « data », colonne SIREN).",
            "",
            SynchroniseSources(("liste-ess",)),
        ) from error
    return Opened(ibis.memtable(pa.table({"SIREN": pa.array(sirens, pa.string())})), reject_table())


def _sorted_out(
    checked: pa.Table,
    path: Path,
    opened: Opened,
    key: Callable[[dict[str, Any]], object],
    *,
    repeatable: bool = False,
) -> Listed:
    """Part usable rows from the others; a key seen again is set aside, unless the list may repeat it."""
    seen: set[object] = set()
    kept, refused = [], []
    for row in checked.to_pylist():
        raw, reason = row.pop("raw"), row.pop("reason")
        if reason is None and key(row) in seen:
            reason = "" if repeatable else "même SIRET et même type qu'une ligne précédente"
        if reason is None:
            seen.add(key(row))
            kept.append(row)
        elif reason:
            refused.append((path.name, raw or "(vide)", raw or "", reason))
    schema = pa.schema([field for field in checked.schema if field.name not in {"raw", "reason"}])
    rejects = pa.concat_tables([opened.rejects, reject_table(refused)])
    return Listed(pa.Table.from_pylist(kept, schema), checked.num_rows + opened.rejects.num_rows, rejects)


@dataclass(frozen=True, slots=True)
class Present:
    """Rows of a list given to the engine; ``complete`` tells whether absence from it means anything."""

    rows: Relation
    complete: bool


@dataclass(frozen=True, slots=True)
class Lists:
    """ESS France and the SIAE as relations (``None``: not synchronised); every structure listed, in Arrow."""

    ess_rows: Present | None
    siae_rows: Present | None
    structures: pa.Table
    rejects: pa.Table
    accounts: tuple[Account, ...]


def read_lists(
    con: Connection, ess_list: ListFile | None, structures: Sequence[ListFile], scratch: Path
) -> Lists:
    """Read what was synchronised of the lists."""
    ess = None if ess_list is None else read_ess_list(con, ess_list.path, scratch)
    listed = [(file, read_structures(con, file.path, scratch, file.layout)) for file in structures]
    rows = _one_table([(file, found.rows) for file, found in listed])
    siae = [file for file in structures if file.layout is SIAE_LIST]
    complete = all(file.complete for file in siae)
    read = [(file.path.name, found) for file, found in listed]
    if ess is not None and ess_list is not None:
        read.append((ess_list.path.name, ess))
    return Lists(
        ess_rows=_ess_rows(con, ess, ess_list),
        siae_rows=Present(_siae_rows(con, rows), complete) if siae else None,
        structures=rows,
        rejects=pa.concat_tables([reject_table(), *(found.rejects for _, found in read)]),
        accounts=tuple(_account(name, found) for name, found in read),
    )


def _ess_rows(con: Connection, ess: Listed | None, file: ListFile | None) -> Present | None:
    if ess is None or file is None:
        return None
    return Present(registered(con, "liste_ess", ess.rows), file.complete)


def _one_table(parts: Sequence[tuple[ListFile, pa.Table]]) -> pa.Table:
    """Rows of every list, marked; of one source, the first delivery that names a SIRET and kind wins."""
    seen: set[tuple[str, str, str]] = set()
    rows = []
    for file, part in parts:
        source = file.layout.source
        for row in part.to_pylist():
            if (row["siret"], row["kind"], source) not in seen:
                seen.add((row["siret"], row["kind"], source))
                rows.append(row | {"list": source, "fictitious": file.fictitious})
    return pa.Table.from_pylist(rows, LISTED_SCHEMA)


def _account(name: str, listed: Listed) -> Account:
    repeated = listed.read - listed.rows.num_rows - listed.rejects.num_rows
    left_out = {"SIREN déjà lu dans la liste": repeated} if repeated else {}
    return Account(name, listed.read, listed.rows.num_rows, count_reasons(listed.rejects), left_out)


def _siae_rows(con: Connection, structures: pa.Table) -> Relation:
    siae = registered(con, "liste_siae", structures.filter(pc.equal(structures["list"], SIAE_LIST.source)))
    return siae.mutate(siren=siae.siret.left(9))
