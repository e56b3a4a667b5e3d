"""What structures sell: the activities whose label, or usual words, hold what a person types."""

from ancrage.language.words import stemmed
from ancrage.register.activities import activity_labels, words_of
from ancrage.register.buying import activities_bought
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Row


def classes_selling(atlas: Atlas, table: str, typed: str) -> tuple[str, ...]:
    """Sub-classes of NAF, among those of the column ``naf`` of a table, that hold every word typed.

    A code of the procurement vocabulary (« 77310000 »), or its label, means the activities that answer it.
    """
    wanted = set(stemmed().analyze(typed))
    if not wanted:
        return ()
    known, bought = atlas.keeping(_stems_of_classes)(table), activities_bought(typed)
    return tuple(naf for naf, stems in known.items() if wanted <= stems or naf.startswith(bought))


def _stems_of_classes(atlas: Atlas, table: str) -> dict[str, frozenset[str]]:
    labels = activity_labels(atlas)
    rows: list[Row] = atlas.warehouse.rows(
        f"SELECT DISTINCT naf FROM {table} WHERE naf IS NOT NULL ORDER BY 1"
    )
    return {
        row["naf"]: frozenset(stemmed().analyze(f"{labels.get(row['naf'], '')} {words_of(row['naf'])}"))
        for row in rows
    }
