"""The files of SIRENE that are followed from one month to the next, and what makes following impossible.

Whatever a table of the register says of an establishment is told by rows that bear the SIREN of its unit, in
one or the other of these files: a unit none of whose rows changed has the same rows in every table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ancrage.register import sirene
from ancrage.register.build import RegisterInputs
from ancrage.register.damage import may_be_damage
from ancrage.register.stock import Layout
from ancrage.warehouse.engines import connect, larger_engine
from ancrage.warehouse.room import lacks_room
from ancrage.warehouse.writing import quoted


class Whole(Exception):  # noqa: N818 a decision, not an error
    """The register has to be made whole; its text says why, in French."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One file: its name among the inputs, what is read of it, and the column that names its unit."""

    name: str
    path: Path
    layout: Layout
    key: str
    columns: tuple[tuple[str, str], ...]

    @property
    def read(self) -> str:
        """Columns of the file that the register reads, as SQL."""
        return ", ".join(f'"{name}"' for name, _ in self.columns)

    @property
    def source(self) -> str:
        """The file as SQL reads it; ``file_row_number`` tells the rank of each row, from 0."""
        return f"read_parquet('{quoted(self.path)}', file_row_number = true)"


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """A file that cannot be read is left to the build of the whole, which tells what is wrong with it."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if lacks_room(error) or not (isinstance(error, OSError | duckdb.IOException) or may_be_damage(error)):
            raise
        raise Whole(f"{path.name} ne se lit pas") from error


def followed(inputs: RegisterInputs) -> tuple[Followed, ...]:
    """Files of the inputs. Raises :class:`Whole` when they are not one whole stock in Parquet, read here."""
    if larger_engine() is not None:
        raise Whole("le moteur n'est pas DuckDB")
    if len(inputs.stocks) != 1:
        raise Whole("le registre vient de plusieurs livraisons de SIRENE")
    stock = inputs.stocks[0]
    if stock.departements is not None or stock.siae is not None:
        raise Whole("le stock de SIRENE ne couvre pas tout le pays")
    files = {
        "etablissements": (stock.establishments, sirene.ESTABLISHMENTS, "siret"),
        "unites": (stock.units, sirene.UNITS, "siren"),
        "coordonnees": (stock.coordinates, sirene.COORDINATES, "siret"),
        "periodes-etablissements": (inputs.histories.establishments, sirene.ESTABLISHMENT_PERIODS, "siret"),
        "periodes-unites": (inputs.histories.units, sirene.UNIT_PERIODS, "siren"),
    }
    with connect() as engine:
        return tuple(
            Followed(name, path, layout, key, _columns(engine, path, layout, key))
            for name, (path, layout, key) in files.items()
            if path is not None
        )


def _columns(
    engine: duckdb.DuckDBPyConnection, path: Path, layout: Layout, key: str
) -> tuple[tuple[str, str], ...]:
    """Name and type of the columns read, in the order of the layout."""
    with readable(path), path.open("rb") as file:
        if file.read(4) != b"PAR1":
            raise Whole(f"{path.name} n'est pas un fichier Parquet")
        told = engine.execute(f"DESCRIBE FROM read_parquet('{quoted(path)}')").fetchall()
    found = {row[0]: row[1] for row in told}
    if found.get(key) != "VARCHAR":
        raise Whole(f"{path.name} n'écrit pas {key} comme un texte")
    return tuple((name, found[name]) for name in layout.columns if name in found)
