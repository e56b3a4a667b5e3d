"""The watch of terms as plain values: its JSON document, the rows of its CSV."""

from collections.abc import Iterator
from typing import Any

from ancrage.questions.question import Answer
from ancrage.questions.watch import WatchFacts
from ancrage.reports.cells import Cell, figure
from ancrage.reports.documents import heading
from ancrage.reports.sheet import Grid
from ancrage.reports.watch.sheet import warnings_of
from ancrage.watch.corpus import Corpus
from ancrage.watch.counting import Cell as Counted
from ancrage.watch.counting import Series, Watch

CSV_COLUMNS = (
    "terme", "periode", "textes", "mots", "occurrences",
    "taux_10000", "taux_bas", "taux_haut", "textes_avec", "part_textes",
)  # fmt: skip
NO_PERIOD, ALL = "sans période", "ensemble"


def document(answer: Answer[WatchFacts]) -> dict[str, Any]:
    """Every figure, every context, every text set aside; unknown is ``None``."""
    told = answer.facts.watch
    return {
        **heading(answer, warnings_of(told)),
        "span": told.span.value,
        "periods": list(told.periods),
        "terms": [_term(told, one) for one in told.series],
        "terms_origin": answer.facts.origin,
        "contexts": list(_mentions(told)),
        "corpus": _corpus(told.corpus),
    }


def table(answer: Answer[WatchFacts]) -> Grid:
    """Each term by period, then its texts of no period, then all."""
    return Grid("Veille", CSV_COLUMNS, tuple(_rows(answer.facts.watch)))


def _rows(told: Watch) -> Iterator[tuple[Cell, ...]]:
    for one in told.series:
        groups = [*zip(told.periods, one.cells, strict=True), (NO_PERIOD, one.undated), (ALL, one.total)]
        for period, cell in groups:
            # A year is a number, so that a spreadsheet may draw it.
            when = figure(int(period)) if period.isdecimal() else period
            yield (one.term.libelle, when, *(figure(value) for value in _cell(cell).values()))


def _term(told: Watch, one: Series) -> dict[str, Any]:
    return {
        "id": one.term.id,
        "label": one.term.libelle,
        "spellings": list(one.term.variantes),
        "never_in": list(one.term.hors),
        "periods": [
            {"period": period, **_cell(cell)} for period, cell in zip(told.periods, one.cells, strict=True)
        ],
        "undated": _cell(one.undated),
        "total": _cell(one.total),
        "trend": _trend(one),
    }


def _trend(one: Series) -> dict[str, Any] | None:
    told = one.trend
    if told is None:
        return None
    return {
        "periods": told.periods,
        "tau": told.tau,
        "p_value": told.p_value,
        "slope": told.slope,
        "direction": told.direction,
    }


def _cell(cell: Counted) -> dict[str, Any]:
    """Without text, the occurrences are unknown: ``None``, not zero."""
    low, high = cell.interval or (None, None)
    return {
        "texts": cell.texts,
        "words": cell.words,
        "occurrences": cell.count if cell.texts else None,
        "rate_per_10000": cell.rate,
        "rate_low": low,
        "rate_high": high,
        "texts_with": cell.texts_with if cell.texts else None,
        "share_of_texts": cell.share,
    }


def _mentions(told: Watch) -> Iterator[dict[str, Any]]:
    for text in told.corpus.texts:
        for mention in text.mentions:
            yield {
                "term": told.series[mention.term].term.id,
                "file": text.document.file,
                "line": text.line_of(mention),
                "date": str(text.moment) if text.moment else None,
                "before": mention.before,
                "words": mention.words,
                "after": mention.after,
            }


def _corpus(corpus: Corpus) -> dict[str, Any]:
    return {
        "texts": len(corpus.texts),
        "words": sum(text.words for text in corpus.texts),
        "undated": [text.document.name for text in corpus.undated],
        "duplicates": [{"name": one.name, "same_as": one.same_as} for one in corpus.duplicates],
        "refused": [{"name": one.name, "reason": one.reason} for one in corpus.refused],
        "encodings": {name: list(files) for name, files in corpus.encodings.items()},
        "remarks": list(corpus.remarks),
    }
