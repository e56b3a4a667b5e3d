"""The watch of terms as plain values: a dictionary for JSON, rows for a CSV."""

from collections.abc import Iterator
from typing import Any

from ancrage import spreadsheets
from ancrage.watch.corpus import Corpus
from ancrage.watch.counting import Cell, Series, Watch

CSV_COLUMNS = (
    "terme", "periode", "textes", "mots", "occurrences",
    "taux_10000", "taux_bas", "taux_haut", "textes_avec", "part_textes",
)  # fmt: skip
NO_PERIOD, ALL = "sans période", "ensemble"


def watch_values(told: Watch, origin: str) -> dict[str, Any]:
    """Every figure, every context, every text set aside; unknown is ``None``."""
    return {
        "par": told.span.value,
        "periodes": list(told.periods),
        "termes": [_term(told, one) for one in told.series],
        "origine_des_termes": origin,
        "contextes": list(_mentions(told)),
        "corpus": _corpus(told.corpus),
    }


def watch_rows(told: Watch) -> Iterator[tuple[spreadsheets.Cell, ...]]:
    """Rows in the order of ``CSV_COLUMNS``: each term by period, then its texts of no period, then all."""
    for one in told.series:
        groups = [*zip(told.periods, one.cells, strict=True), (NO_PERIOD, one.undated), (ALL, one.total)]
        for period, cell in groups:
            # A year is a number, so that a spreadsheet may draw it.
            when = int(period) if period.isdecimal() else period
            yield (one.term.libelle, when, *_cell(cell).values())


def _term(told: Watch, one: Series) -> dict[str, Any]:
    return {
        "id": one.term.id,
        "libelle": one.term.libelle,
        "variantes": list(one.term.variantes),
        "hors": list(one.term.hors),
        "periodes": [
            {"periode": period, **_cell(cell)} for period, cell in zip(told.periods, one.cells, strict=True)
        ],
        "sans_periode": _cell(one.undated),
        "ensemble": _cell(one.total),
        "tendance": _trend(one),
    }


def _trend(one: Series) -> dict[str, Any] | None:
    told = one.trend
    if told is None:
        return None
    return {
        "periodes": told.periods,
        "tau": told.tau,
        "p": told.p_value,
        "pente": told.slope,
        "sens": told.direction,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    """Without text, the occurrences are unknown: ``None``, not zero."""
    low, high = cell.interval or (None, None)
    return {
        "textes": cell.texts,
        "mots": cell.words,
        "occurrences": cell.count if cell.texts else None,
        "taux_10000": cell.rate,
        "taux_bas": low,
        "taux_haut": high,
        "textes_avec": cell.texts_with if cell.texts else None,
        "part_textes": cell.share,
    }


def _mentions(told: Watch) -> Iterator[dict[str, Any]]:
    for text in told.corpus.texts:
        for mention in text.mentions:
            yield {
                "terme": told.series[mention.term].term.id,
                "fichier": text.document.file,
                "ligne": text.line_of(mention),
                "date": str(text.moment) if text.moment else None,
                "avant": mention.before,
                "mots": mention.words,
                "apres": mention.after,
            }


def _corpus(corpus: Corpus) -> dict[str, Any]:
    return {
        "textes": len(corpus.texts),
        "mots": sum(text.words for text in corpus.texts),
        "sans_date": [text.document.name for text in corpus.undated],
        "doublons": [{"nom": one.name, "comme": one.same_as} for one in corpus.duplicates],
        "ecartes": [{"nom": one.name, "raison": one.reason} for one in corpus.refused],
        "encodages": {name: list(files) for name, files in corpus.encodings.items()},
        "remarques": list(corpus.remarks),
    }
