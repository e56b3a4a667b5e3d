"""What the lists say of a few communes, from the tables of a vintage kept in memory, sorted by commune.

A query reads the whole of each table for one commune; here two look-ups find it, in microseconds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NUMBERED = (
    "(SELECT {0}, row_number() OVER (ORDER BY {0}) - 1 AS place "
    "FROM (SELECT DISTINCT {0} FROM zoning_detail))"
)
"""Each value of a column once, and its place: few are many times told, and a number takes less than they."""


def patterns_at_hand(atlas: Atlas, vintage: int, communes: Sequence[str]) -> list[Row]:
    """Code, name, population and pattern (``text``) of each commune that the vintage knows."""
    texts = atlas.holding(_texts)()
    rows = atlas.holding(_communes)(vintage).of(communes)
    return [{**row, "text": texts.get(row["pattern"])} for row in rows]


def names_at_hand(
    atlas: Atlas, vintage: int, communes: Sequence[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The names that each list (edition) gives to each commune."""
    editions, told = atlas.holding(_editions)(), atlas.holding(_told)()
    rows = atlas.holding(_details)(vintage).of(communes)
    return {(editions[row["edition"]], row["code"]): told[row["details"]] for row in rows}


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Rows sorted by code: the codes, and the other columns, of the same length."""

    codes: "NDArray[np.bytes_]"
    columns: dict[str, list[Any]]

    def of(self, communes: Sequence[str]) -> Iterator[Row]:
        for commune in sorted(set(communes)):
            first, after = (self.codes.searchsorted(commune.encode(), side) for side in ("left", "right"))
            for place in range(first, after):
                yield {"code": commune} | {name: one[place] for name, one in self.columns.items()}


def _texts(atlas: Atlas) -> dict[int, str]:
    rows = atlas.warehouse.rows("SELECT pattern, text FROM zoning_pattern")
    return {row["pattern"]: row["text"] for row in rows}


def _communes(atlas: Atlas, vintage: int) -> _Sorted:
    return _sorted(
        atlas,
        "SELECT code, name, population, pattern FROM commune c "
        "LEFT JOIN commune_pattern p ON p.vintage = c.vintage AND p.commune = c.code "
        "WHERE c.vintage = $vintage ORDER BY code",
        vintage,
    )


def _editions(atlas: Atlas) -> list[str]:
    return [row["edition"] for row in _numbered(atlas, "edition")]


def _told(atlas: Atlas) -> list[tuple[str, ...]]:
    return [tuple(row["details"]) for row in _numbered(atlas, "details")]


def _numbered(atlas: Atlas, column: str) -> list[Row]:
    return atlas.warehouse.rows(f"SELECT {column} FROM {NUMBERED.format(column)} ORDER BY place")


def _details(atlas: Atlas, vintage: int) -> _Sorted:
    return _sorted(
        atlas,
        "SELECT commune AS code, e.place AS edition, d.place AS details FROM zoning_detail z "
        f"JOIN {NUMBERED.format('edition')} e ON e.edition = z.edition "
        f"JOIN {NUMBERED.format('details')} d ON d.details = z.details "
        "WHERE vintage = $vintage ORDER BY commune",
        vintage,
    )


def _sorted(atlas: Atlas, sql: str, vintage: int) -> _Sorted:
    import numpy as np  # a command that looks nothing up does without it

    found = atlas.warehouse.arrays(sql, {"vintage": vintage})
    codes = found.pop("code").astype(np.bytes_)
    return _Sorted(np.asarray(codes), {name: column.tolist() for name, column in found.items()})
