"""What the lists say of a few communes, from the tables of a vintage kept in memory, sorted by commune.

A query reads the whole of each table for one commune; here two look-ups find it, in microseconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Row

if TYPE_CHECKING:
    import polars as pl


def patterns_at_hand(atlas: Atlas, vintage: int, communes: Sequence[str]) -> list[Row]:
    """Code, name, population and pattern (``text``) of each commune that the vintage knows."""
    texts = atlas.holding(_texts)()
    rows = atlas.holding(_communes)(vintage).of(communes)
    return [{**row, "text": texts.get(row["pattern"])} for row in rows]


def names_at_hand(
    atlas: Atlas, vintage: int, communes: Sequence[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The names that each list (edition) gives to each commune."""
    rows = atlas.holding(_details)(vintage).of(communes)
    return {(row["edition"], row["code"]): tuple(row["details"]) for row in rows}


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Rows sorted by code, and their codes."""

    codes: list[str]
    frame: "pl.DataFrame"

    def of(self, communes: Sequence[str]) -> Iterator[Row]:
        for commune in sorted(set(communes)):
            first, after = (find(self.codes, commune) for find in (bisect_left, bisect_right))
            yield from self.frame[first:after].iter_rows(named=True)


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


def _details(atlas: Atlas, vintage: int) -> _Sorted:
    return _sorted(
        atlas,
        "SELECT commune AS code, edition, details FROM zoning_detail WHERE vintage = $vintage ORDER BY code",
        vintage,
    )


def _sorted(atlas: Atlas, sql: str, vintage: int) -> _Sorted:
    frame = atlas.warehouse.frame(sql, {"vintage": vintage})
    return _Sorted(frame["code"].to_list(), frame)
