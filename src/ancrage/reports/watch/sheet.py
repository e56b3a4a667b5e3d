"""The watch of terms told as a sheet: totals, then each term period by period."""

from ancrage.language.numbers import count, number, percent
from ancrage.language.typography import NO_BREAK_SPACE
from ancrage.questions.question import Answer
from ancrage.questions.watch import WatchFacts
from ancrage.repairs import GiveField, Notice
from ancrage.reports.cells import UNKNOWN, Cell, Figure, figure
from ancrage.reports.sheet import Grid, KeyFigure, Paragraph, Section, Sheet, present
from ancrage.reports.watch.charts import chart
from ancrage.reports.watch.texts import contexts_sections, corpus_section, terms_section
from ancrage.watch.corpus import Corpus
from ancrage.watch.counting import Cell as Counted
from ancrage.watch.counting import Series, Watch
from ancrage.watch.moments import Span
from ancrage.watch.trends import FEWEST_PERIODS, Trend

NO_TEXT = "aucun texte"
SPANS = {Span.ANNEE: "année", Span.MOIS: "mois", Span.FICHIER: "fichier"}
LONGEST_GRID = 60


def describe(answer: Answer[WatchFacts]) -> Sheet:
    """Lay out a watch."""
    told, origin = answer.facts.watch, answer.facts.origin
    corpus = told.corpus
    words = sum(text.words for text in corpus.texts)
    return Sheet(
        kicker="Veille d'un corpus",
        title=_title(told),
        lead=f"Combien de fois chaque terme est écrit, {_by(told.span)}, rapporté à la longueur des textes.",
        figures=(
            KeyFigure("Textes comptés", number(len(corpus.texts)), _set_aside(corpus)),
            KeyFigure("Mots", number(words), "le trait d'union unit, l'apostrophe sépare"),
            KeyFigure("Période", _span_of(told), _undated(told)),
        ),
        sections=(
            _totals(told),
            *(_series(told, one, rank) for rank, one in enumerate(told.series) if one.total.count),
            *contexts_sections(told),
            corpus_section(corpus, told),
            terms_section(told, origin),
        ),
        warnings=warnings_of(told),
        method="veille",
    )


def _title(told: Watch) -> str:
    labels = [f"« {one.term.libelle} »" for one in told.series]
    more = len(labels) - 3
    return ", ".join(labels[:3]) + (f" et {count(more, 'autre terme', 'autres termes')}" if more > 0 else "")


def _by(span: Span) -> str:
    return {Span.ANNEE: "année par année", Span.MOIS: "mois par mois", Span.FICHIER: "fichier par fichier"}[
        span
    ]


def _set_aside(corpus: Corpus) -> str:
    duplicates = count(len(corpus.duplicates), "doublon")
    refused = count(len(corpus.refused), "fichier ou ligne écarté", "fichiers ou lignes écartés")
    return f"{duplicates}, {refused}"


def _span_of(told: Watch) -> str:
    if not told.periods:
        return UNKNOWN
    if told.span is Span.FICHIER:
        return count(len(told.periods), "fichier")
    first, last = told.periods[0], told.periods[-1]
    return first if first == last else f"{first} à {last}"


def _undated(told: Watch) -> str:
    if told.span is Span.FICHIER:
        return "chaque fichier, daté ou non"
    undated = len(told.corpus.undated)
    return f"{count(undated, 'texte')} sans date" if undated else "tous les textes sont datés"


def warnings_of(told: Watch) -> tuple[Notice, ...]:
    """What must be known of the dates of the corpus."""
    undated, texts = len(told.corpus.undated), len(told.corpus.texts)
    if told.span is Span.FICHIER or 2 * undated <= texts:
        return ()
    text = (
        f"{number(undated)} textes sur {number(texts)} n'ont pas de date connue : ils sont comptés à part "
        "et ne disent rien de l'évolution. Donnez leurs dates, ou leur colonne."
    )
    return (Notice(text, (GiveField("dates", ("FICHIER",)), GiveField("colonne_date", ("TITRE",)))),)


def _totals(told: Watch) -> Section:
    rows = tuple(_total(one) for one in told.series)
    grid = Grid(
        "Tous les textes, datés ou non",
        (
            "Terme",
            "Occurrences",
            "Pour 10 000 mots",
            f"Intervalle à 95{NO_BREAK_SPACE}%",
            "Textes où il est",
            "Tendance",
        ),
        rows,
        frozenset({1, 2, 3, 4}),
        note=_trend_note(told),
    )
    return Section("ensemble", "Dans tout le corpus", (Paragraph(_first(told), "strong"), grid))


def _first(told: Watch) -> str:
    best = max(told.series, key=lambda one: one.total.count)
    if not best.total.count:
        return "Aucun des termes n'est écrit dans ces textes."
    return (
        f"Le plus écrit est « {best.term.libelle} » : {count(best.total.count, 'occurrence')} dans "
        f"{count(best.total.texts_with, 'texte')} sur {number(best.total.texts)}."
    )


def _total(one: Series) -> tuple[Cell, ...]:
    written, rate, interval, share = _figures(one.total)
    return one.term.libelle, written, rate, interval, share, _trend(one.trend)


def _figures(cell: Counted) -> tuple[Cell, Cell, Cell, Cell]:
    rate, bounds, share = cell.rate, cell.interval, cell.share
    if rate is None or bounds is None or share is None:
        return figure(None, unknown=NO_TEXT), figure(None), UNKNOWN, figure(None)
    low, high = bounds
    interval = f"{number(low, 2)} à {number(high, 2)}"
    texts = Figure(f"{number(cell.texts_with)} ({percent(share)})", cell.texts_with)
    return figure(cell.count), figure(rate, 2), interval, texts


def _trend(told: Trend | None) -> str:
    if told is None:
        return "non calculée"
    words = {"hausse": "hausse", "baisse": "baisse", "indecidable": "ni hausse ni baisse établie"}
    p_value = "p < 0,001" if told.p_value < 0.001 else f"p = {number(told.p_value, 3)}"
    test = f"τ = {number(told.tau, 2)}, {p_value}".replace(" ", NO_BREAK_SPACE).replace(
        f",{NO_BREAK_SPACE}", ", "
    )
    return f"{words[told.direction]} ({test})"


def _trend_note(told: Watch) -> str:
    if told.span is Span.FICHIER:
        return "Des fichiers ne se suivent pas dans le temps : pas de tendance."
    return (
        f"Tendance : test de Kendall sur les taux connus, à partir de {FEWEST_PERIODS} périodes et s'ils "
        "ne sont pas tous égaux ; « établie » si p < 0,05."
    )


def _series(told: Watch, one: Series, rank: int) -> Section:
    span, shown = SPANS[told.span], list(zip(told.periods, one.cells, strict=True))[:LONGEST_GRID]
    rows = [_row(period, cell) for period, cell in shown]
    if one.undated.texts:
        rows.append(_row("sans mois" if told.span is Span.MOIS else "sans date", one.undated))
    grid = Grid(
        f"« {one.term.libelle} » par {span}",
        (
            span.capitalize(),
            "Textes",
            "Mots",
            "Occurrences",
            "Pour 10 000 mots",
            f"Intervalle à 95{NO_BREAK_SPACE}%",
            "Textes où il est",
        ),
        tuple(rows),
        frozenset(range(1, 7)),
        note=_cut_note(len(told.periods), len(shown)),
        repairs=(GiveField("format", ("csv",)),) if len(shown) < len(told.periods) else (),
    )
    slope = _slope(one.trend, told.span)
    return Section(f"terme-{rank}", one.term.libelle, present((slope, chart(told, one, rank), grid)))


def _slope(trend: Trend | None, span: Span) -> Paragraph | None:
    if trend is None:
        return None
    gained = f"{'+' if trend.slope > 0 else ''}{number(trend.slope, 2)}"
    return Paragraph(
        f"Tendance sur {count(trend.periods, 'période')} : {_trend(trend)} ; pente médiane : "
        f"{gained} par {SPANS[span]}, pour 10 000 mots.",
        "quiet",
    )


def _row(period: str, cell: Counted) -> tuple[Cell, ...]:
    return period, figure(cell.texts), figure(cell.words), *_figures(cell)


def _cut_note(periods: int, shown: int) -> str:
    if shown < periods:
        return f"{count(periods - shown, 'autre ligne', 'autres lignes')}."
    return ""
