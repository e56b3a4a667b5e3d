"""The perimeter for whole tables: the rules of :mod:`ancrage.register.perimeter`, applied once a combination.

Thirty million legal units show only some thousands of different combinations of signs. Each is decided by the
same Python function as a single unit, then joined back: the rule is written once.
"""

from collections.abc import Mapping

import ibis
import pyarrow as pa
from ibis import _

from ancrage.reasoning import Verdict
from ancrage.register.catalogue import CategoryRule, legal_categories
from ancrage.register.lists import Lists, Present
from ancrage.register.perimeter import UnitSigns, decide
from ancrage.register.sirene import with_unit_name
from ancrage.register.stock import Connection, Relation, registered

SIGNS = ("legal_category", "flag", "in_ess_list", "siae_kinds", "in_directory")
UNKNOWN = "?"
DECISION_SCHEMA = pa.schema(
    [
        *((f"of_{sign}", pa.string()) for sign in SIGNS),
        ("decision", pa.int64()),
        ("ess", pa.string()),
        ("family", pa.string()),
        ("reasons", pa.list_(pa.string())),
        ("sources_disagree", pa.bool_()),
    ]
)
"""A decision, numbered, and the signs it is made of, as texts (``UNKNOWN`` for NULL)."""
JOINED = ","


def decided_units(
    con: Connection, known: Relation, alone: Relation, lists: Lists
) -> tuple[Relation, Relation]:
    """Legal units that are of the ESS or to be checked, with their verdict; all the others are « non ».

    ``alone`` (one column, siren): those that are not in the file of units, which get a row of unknown form.
    Also returns the reasons of each ``decision``.
    """
    units = known.drop("delivery", "fictitious", "file").mutate(orphan=False)
    unknown = alone.mutate(
        **{
            name: ibis.null(kind) if name != "orphan" else ibis.literal(True)
            for name, kind in units.schema().items()
            if name != "siren"
        }
    ).select(*units.columns)
    signs = with_signs(units.union(unknown), lists.ess_rows, lists.siae_rows)
    decisions = decisions_of(con, signs, legal_categories())
    return with_unit_name(classify(signs, decisions).filter(_.ess != "non")), decisions.select(
        "decision", "reasons"
    )


def with_verdict(establishments: Relation, units: Relation) -> Relation:
    """Add what their unit is to establishments; a unit that was not kept is « non ».

    Columns: ``ess``, ``family``, ``orphan``, ``legal_category`` (NULL for « non »).
    """
    names = ("ess", "family", "orphan", "legal_category")
    verdicts = units.select(*names, unit=units.siren)
    joined = establishments.left_join(verdicts, establishments.siren == verdicts.unit)
    return joined.mutate(
        ess=joined.ess.fill_null(str(Verdict.NON)), orphan=joined.orphan.fill_null(False)
    ).drop("unit")


def with_signs(units: Relation, ess_list: Present | None, siae: Present | None) -> Relation:
    """Add ``in_ess_list`` and ``siae_kinds`` (kinds joined by a comma, sorted) to units.

    ``ess_list``: one column ``siren``; ``siae``: ``siren``, ``kind``. A list that was not synchronised
    (``None``) gives NULL, and so does absence from a sample; absence from a complete list gives false, or an
    empty text.
    """
    return _with_kinds(_with_list(units, ess_list), siae)


def _with_list(units: Relation, ess_list: Present | None) -> Relation:
    if ess_list is None:
        return units.mutate(in_ess_list=ibis.null("boolean"))
    listed = ess_list.rows.select(listed=_.siren).distinct()
    joined = units.left_join(listed, units.siren == listed.listed)
    absent = ibis.literal(False) if ess_list.complete else ibis.null("boolean")
    return joined.mutate(in_ess_list=joined.listed.notnull().ifelse(ibis.literal(True), absent)).drop(
        "listed"
    )


def _with_kinds(units: Relation, siae: Present | None) -> Relation:
    if siae is None:
        return units.mutate(siae_kinds=ibis.null("string"))
    distinct = siae.rows.select("siren", "kind").distinct()
    kinds = distinct.group_by(owner=_.siren).agg(kinds=_.kind.collect().sort().join(JOINED))
    joined = units.left_join(kinds, units.siren == kinds.owner)
    absent = ibis.literal("") if siae.complete else ibis.null("string")
    return joined.mutate(siae_kinds=ibis.coalesce(joined.kinds, absent)).drop("kinds", "owner")


def decisions_of(con: Connection, units: Relation, categories: Mapping[str, CategoryRule]) -> Relation:
    """The decisions that units with the columns ``SIGNS`` call for: one a combination of signs.

    Numbered in the order of their signs, so that the same units always give the same numbers.
    """
    distinct = con.to_pyarrow(units.select(*SIGNS).distinct()).to_pylist()
    rows = sorted((_decided(row, categories) for row in distinct), key=_signs_told)
    numbered = [row | {"decision": number} for number, row in enumerate(rows)]
    return registered(con, "decision", pa.Table.from_pylist(numbered, schema=DECISION_SCHEMA))


def classify(units: Relation, decisions: Relation) -> Relation:
    """Add ``ess``, ``family``, ``sources_disagree`` and the number of their ``decision`` to units.

    Reasons, long, are joined by that number where they are written.
    """
    alike = [units[sign].cast("string").fill_null(UNKNOWN) == decisions[f"of_{sign}"] for sign in SIGNS]
    return units.inner_join(decisions, alike).drop("reasons", *(f"of_{sign}" for sign in SIGNS))


def _signs_told(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row[f"of_{sign}"]) for sign in SIGNS)


def _decided(row: dict[str, object], categories: Mapping[str, CategoryRule]) -> dict[str, object]:
    decision = decide(signs_of(row), categories)
    return {
        **{f"of_{sign}": _as_text(row[sign]) for sign in SIGNS},
        "ess": str(Verdict(decision.verdict)),
        "family": decision.family,
        "reasons": list(decision.reasons),
        "sources_disagree": decision.sources_disagree,
    }


def _as_text(value: object) -> str:
    """A sign as an engine casts it to a text."""
    if value is None:
        return UNKNOWN
    return str(value).lower() if isinstance(value, bool) else str(value)


def signs_of(row: Mapping[str, object]) -> UnitSigns:
    """Signs of one row that has the columns ``SIGNS``."""
    kinds = row["siae_kinds"]
    return UnitSigns(
        legal_category=row["legal_category"],  # type: ignore[arg-type]
        flag=row["flag"],  # type: ignore[arg-type]
        in_ess_list=row["in_ess_list"],  # type: ignore[arg-type]
        siae_kinds=None if kinds is None else tuple(kind for kind in str(kinds).split(JOINED) if kind),
        in_directory=row["in_directory"],  # type: ignore[arg-type]
    )
