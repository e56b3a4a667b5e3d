"""Dates a person gives for files that do not tell theirs: a CSV of names and dates."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from ancrage.declarations.reader import LIST, Reader
from ancrage.errors import CorpusError
from ancrage.watch.moments import Moment, read_moment

HINT = "Attendu : deux colonnes, nom et date, une ligne par fichier (date : AAAA, AAAA-MM ou AAAA-MM-JJ)."
READER = Reader(CorpusError, HINT, LIST, guessed=True)


def read_dates(path: Path) -> dict[str, Moment]:
    """Date of each file, by its path or its name alone. Raises :class:`CorpusError` naming the line."""
    rows = [(line, [cell.strip() for cell in cells]) for line, cells in READER.lines(path)]
    if rows and len(rows[0][1]) > 1 and read_moment(rows[0][1][1]) is None:
        rows = rows[1:]  # a header
    return dict(_entry(line, cells, path) for line, cells in rows)


def date_given(name: str, dates: Mapping[str, Moment]) -> Moment | None:
    """The date given for a file: by its path in the corpus first, by its name alone otherwise."""
    return dates.get(name) or dates.get(name.rpartition("/")[2])


def unused(dates: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Names of the dates given that are no file of the corpus."""
    known = {each for name in names for each in (name, name.rpartition("/")[2])}
    return tuple(name for name in dates if name not in known)


def _entry(line: int, cells: list[str], path: Path) -> tuple[str, Moment]:
    moment = read_moment(cells[1]) if len(cells) > 1 else None
    if moment is None or not cells[0]:
        raise CorpusError(f"« {path.name} », ligne {line} : pas de nom ou de date lisible.", HINT)
    return cells[0], moment
