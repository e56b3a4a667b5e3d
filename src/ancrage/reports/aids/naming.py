"""An aid named in a table: its name leads to its page; its identifier is typed, and told, on a terminal."""

from dataclasses import replace

from ancrage.reports.cells import Handle, Link, Phrase, aid_cell
from ancrage.reports.sheet import Grid


def aid_named(name: str, identifier: str, more: str = "") -> Phrase:
    """The name, and ``more`` under it; on a terminal, the identifier."""
    named = aid_cell(name, identifier)
    if not more:
        return Phrase(named, Handle(f"\n{identifier}"))
    return Phrase(named, "\n", Handle(f"{identifier}, "), more)


def told_apart(grid: Grid) -> Grid:
    """The same table to take away: names and identifiers in columns of their own."""
    first, *others = grid.columns
    rows = []
    for row in grid.rows:
        named = row[0].parts[0] if isinstance(row[0], Phrase) else row[0]
        rows.append((named, named.ref.code if isinstance(named, Link) else "", *row[1:]))
    right = frozenset(at + 1 for at in grid.right)
    return replace(grid, columns=(first, "Identifiant", *others), rows=tuple(rows), right=right)
