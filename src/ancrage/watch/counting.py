"""Occurrences of each term, period by period, and their rate per ten thousand words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ancrage.deferred import Deferred
from ancrage.watch.corpus import Corpus, TextCount
from ancrage.watch.declaration import Term
from ancrage.watch.moments import Moment, Span
from ancrage.watch.trends import Trend, trend

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Deferred("scipy.stats")

LEVEL = 0.95

PER = 10_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A term in a group of texts. Without text, nothing is known of it: neither rate nor share."""

    texts: int
    words: int
    count: int
    texts_with: int

    @property
    def rate(self) -> float | None:
        """Occurrences per 10,000 words."""
        return self.count * PER / self.words if self.words else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Bounds of the rate, 95 %: the words are known, the occurrences follow a Poisson law."""
        if not self.words:
            return None
        low, high = garwood(self.count)
        return low * PER / self.words, high * PER / self.words

    @property
    def share(self) -> float | None:
        """Share of the texts where the term is."""
        return self.texts_with / self.texts if self.texts else None


@dataclass(frozen=True, slots=True)
class Series:
    """A term: a cell for each period, one for the texts of no period, one for all texts."""

    term: Term
    cells: tuple[Cell, ...]
    undated: Cell
    total: Cell
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class Watch:
    """The answer: the periods in order, without a hole from the first to the last, and a series a term."""

    span: Span
    periods: tuple[str, ...]
    series: tuple[Series, ...]
    corpus: Corpus


def watch(corpus: Corpus, terms: Sequence[Term], span: Span = Span.ANNEE) -> Watch:
    """Group the texts of a corpus by period; ``terms`` are those it was surveyed with, in the same order.

    A year without any text is kept, its cells unknown. A text known by its year only has no month.
    """
    groups: dict[str | None, list[TextCount]] = {}
    for text in corpus.texts:
        groups.setdefault(_period(text, span), []).append(text)
    known = [period for period in groups if period is not None]
    periods = tuple(known) if span is Span.FICHIER else tuple(_without_hole(known, span))
    series = tuple(_series(rank, term, periods, groups, span) for rank, term in enumerate(terms))
    return Watch(span, periods, series, corpus)


def _period(text: TextCount, span: Span) -> str | None:
    if span is Span.FICHIER:
        return text.document.file
    moment = text.moment
    if moment is None or (span is Span.MOIS and not moment.month):
        return None
    return str(Moment(moment.year, moment.month if span is Span.MOIS else 0))


def _without_hole(periods: Sequence[str], span: Span) -> list[str]:
    if not periods:
        return []
    first, last = min(periods), max(periods)
    if span is Span.ANNEE:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    months = range(_month_rank(first), _month_rank(last) + 1)
    return [str(Moment(rank // 12, rank % 12 + 1)) for rank in months]


def _month_rank(period: str) -> int:
    year, month = period.split("-")
    return int(year) * 12 + int(month) - 1


def _series(
    rank: int,
    term: Term,
    periods: Sequence[str],
    groups: dict[str | None, list[TextCount]],
    span: Span,
) -> Series:
    cells = tuple(_cell(rank, groups.get(period, ())) for period in periods)
    undated = _cell(rank, groups.get(None, ()))
    total = _cell(rank, (text for group in groups.values() for text in group))
    known = [(place, cell.rate) for place, cell in enumerate(cells) if cell.rate is not None]
    told = None if span is Span.FICHIER else trend([at for at, _ in known], [rate for _, rate in known])
    return Series(term, cells, undated, total, told)


def _cell(rank: int, texts: Iterable[TextCount]) -> Cell:
    counted = [(text.words, text.counts[rank]) for text in texts]
    return Cell(
        len(counted),
        sum(words for words, _ in counted),
        sum(count for _, count in counted),
        sum(count > 0 for _, count in counted),
    )


@lru_cache(maxsize=4096)
def garwood(count: int, level: float = LEVEL) -> tuple[float, float]:
    """Bounds of the mean of a Poisson law of which ``count`` events were seen (Garwood, Biometrika, 1936).

    Lower: chi2(α/2; 2k) / 2, and 0 when nothing was seen; upper: chi2(1 - α/2; 2k + 2) / 2.
    """
    if count < 0:
        raise ValueError(f"a count cannot be {count}")
    tail = (1 - level) / 2
    low = float(stats.chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    return low, float(stats.chi2.ppf(1 - tail, 2 * count + 2)) / 2
