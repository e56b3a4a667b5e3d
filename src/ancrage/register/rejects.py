"""Rows that cannot be used: counted by reason and listed, so that none disappears silently.

A reject repeats identifiers only. Names and addresses stay out of it: a row may belong to a unit that
opposed their diffusion, and that is not known of a row that cannot be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

REJECT_SCHEMA = pa.schema(
    [("source", pa.string()), ("key", pa.string()), ("values", pa.string()), ("reason", pa.string())]
)
"""Source file, line key (identifier or line number), raw values of the identifiers, reason in French."""

REJECTS_LISTED = 100_000
"""Rejects listed for one file at most; they are all counted."""


def reject_table(rows: Sequence[tuple[str, str, str, str]] = ()) -> pa.Table:
    """Rejects as an Arrow table, from tuples in the order of ``REJECT_SCHEMA``."""
    names = REJECT_SCHEMA.names
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], REJECT_SCHEMA)


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the rows of one file: read = kept + rejected + left out; remarks count kept rows.

    ``rejected``, ``left_out`` and ``remarks`` map a French reason to a number of rows.
    """

    source: str
    read: int
    kept: int
    rejected: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    remarks: dict[str, int] = field(default_factory=dict)

    @property
    def balanced(self) -> bool:
        """Whether every row read is accounted for."""
        return self.read == self.kept + sum(self.rejected.values()) + sum(self.left_out.values())


def count_reasons(rejects: pa.Table) -> dict[str, int]:
    """Number of rejects for each reason, most frequent first."""
    counted = (
        rejects.group_by("reason")
        .aggregate([("reason", "count")])
        .sort_by([("reason_count", "descending"), ("reason", "ascending")])
    )
    return dict(zip(counted["reason"].to_pylist(), counted["reason_count"].to_pylist(), strict=True))
