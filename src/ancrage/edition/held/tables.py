"""The tables held in the package, read and written: one text a list, and an index saying where each is from.

A table holds only the columns the build reads. Where most communes say the same things (``by`` names the
column of the communes), a line holds the communes of one place that do: the first two characters of
their codes, the ends of the codes, then what they all say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any

from ancrage.declarations.base import Declared
from ancrage.declarations.loading import read_yaml
from ancrage.sources.provenance import Provenance

INDEX = "index.yaml"
NOTE = "Faits tirés de cette source, embarqués avec le logiciel."
PREFIX = 2
Row = dict[str, str]


class HeldTable(Declared):
    """A table of facts: its columns, and the snapshot it was drawn from.

    ``whole`` is false when the build reads more of the source: outlines, another of its resources. ``typed``:
    read in published pages, no file of the producer being known; the tool leaves it as it is.
    """

    source: str
    resource: str
    columns: tuple[str, ...]
    by: str | None = None
    whole: bool = True
    typed: bool = False
    rows: int
    origin: str
    vintage: str
    licence: str
    sha256: str
    fetched_at: datetime

    @property
    def file(self) -> str:
        """Name of the text, beside the index."""
        return f"{self.source}.{self.resource}.tsv"

    @property
    def provenance(self) -> Provenance:
        """Where the facts come from, as for a snapshot."""
        return Provenance(
            source=self.source,
            resource=self.resource,
            origin=self.origin,
            fetched_at=self.fetched_at,
            licence=self.licence,
            vintage=self.vintage,
            sha256=self.sha256,
            rows=self.rows,
            note=NOTE,
        )

    def read(self) -> list[Row]:
        """Rows as text, in the order of their communes for a table held by commune."""
        text = files(__package__).joinpath(self.file).read_text("utf-8")
        return rows_of(text, self.columns, self.by)


class HeldIndex(Declared):
    """The index of the tables held."""

    tables: tuple[HeldTable, ...]


Held = Mapping[tuple[str, str], HeldTable]
"""Tables held, by source and resource."""


@cache
def held_tables() -> Held:
    """Every table held in the package."""
    content = read_yaml(files(__package__).joinpath(INDEX).read_text("utf-8"))
    index = HeldIndex.model_validate(content)
    return {(table.source, table.resource): table for table in index.tables}


def rows_of(text: str, columns: Sequence[str], by: str | None) -> list[Row]:
    """Rows of the text of a table."""
    # Not splitlines(): a name may hold one of the rarer ends of lines.
    lines = (line.split("\t") for line in text.removesuffix("\n").split("\n"))
    return list(_spread(lines, columns, by) if by else _named(lines, columns))


def lines_of(rows: Iterable[Mapping[str, str]], columns: Sequence[str], by: str | None) -> list[str]:
    """Lines of the text that holds these rows."""
    if by is None:
        return [_line([row[column] for column in columns]) for row in rows]
    said = [column for column in columns if column != by]
    keyed = sorted({(row[by][:PREFIX], tuple(row[name] for name in said), row[by][PREFIX:]) for row in rows})
    return [
        _line([prefix, " ".join(end for _, _, end in alike), *values])
        for (prefix, values), alike in groupby(keyed, key=itemgetter(0, 1))
    ]


def _line(cells: Sequence[str]) -> str:
    if any(character in cell for cell in cells for character in "\t\n\r"):
        raise ValueError(f"a cell holds a tab or a line end: {cells}")
    return "\t".join(cells)


def _named(lines: Iterable[list[str]], columns: Sequence[str]) -> Iterator[Row]:
    return (dict(zip(columns, cells, strict=True)) for cells in lines)


def _spread(lines: Iterable[list[str]], columns: Sequence[str], by: str) -> list[Row]:
    said = [column for column in columns if column != by]
    rows: list[dict[str, Any]] = [
        {by: prefix + end, **dict(zip(said, values, strict=True))}
        for prefix, ends, *values in lines
        for end in ends.split(" ")
    ]
    return sorted(rows, key=itemgetter(by))
