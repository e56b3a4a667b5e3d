"""How the territory compares: parents, comparable territories, published figures."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from ancrage.diagnosis.model import Comparison, Diagnosis, PublishedFigure
from ancrage.language.numbers import number, plain_number
from ancrage.reports import wording
from ancrage.reports.formats.terminal.layout import QUIET, TITLE, heading, lines, table, words

FEATURES_SHOWN = 4


def comparisons(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """The same figures for the territory, its EPCI, département, région and France."""
    rows = wording.standing(diagnosis)
    yield words("")
    yield heading("Comparaison")
    if not rows:
        yield words("Inconnu : aucun chiffre à comparer. Voir « Ce qui manque ».")
        return
    listed = table(
        "Territoire", "Établ.", "pour 1 000 hab.", "Employeurs", "Part ESS", "Emplois", "QL",
        right=range(1, 7),
    )  # fmt: skip
    listed.columns[2].no_wrap, listed.columns[2].max_width = False, 10
    for position, row in enumerate(rows):
        listed.add_row(*_comparison(row, TITLE if position == 0 else ""))
    yield listed
    yield words(
        "Part ESS : part dans les établissements employeurs. Emplois : valeur centrale. "
        "QL : quotient de localisation.",
        QUIET,
    )
    for row in rows:
        if row.note:
            yield words(f"{row.territory.name} : {row.note}", QUIET)


def _comparison(row: Comparison, style: str) -> Iterator[Text]:
    yield words(row.territory.name, style)
    yield words(wording.known_number(row.establishments), style)
    yield words(wording.known_number(row.establishments_per_1000, 1), style)
    yield words(wording.known_number(row.employers), style)
    yield words(wording.known_percent(row.share_of_employers), style)
    yield words(wording.known_number(row.jobs.central if row.jobs else None), style)
    yield words(wording.known_number(row.location_quotient, 2), style)


def similar(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """The most comparable territories and how they were chosen."""
    if not diagnosis.similar:
        return
    yield words("")
    yield heading("Territoires comparables")
    listed = table("Territoire", "Distance", "Caractéristiques", right=[1])
    for one in diagnosis.similar:
        features = [f"{name} : {_feature(value)}" for name, value in one.features.items()]
        name = Text.assemble(words(one.territory.name), words(f" ({one.territory.code})", QUIET))
        listed.add_row(name, number(one.distance, 2), words(wording.shortened(features, FEATURES_SHOWN)))
    yield listed
    yield words(diagnosis.similar_method, QUIET)


def _feature(value: float | str | None) -> str:
    if value is None:
        return wording.UNKNOWN
    return value if isinstance(value, str) else plain_number(value)


def published(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Published figures beside the computed ones, with a warning where they disagree."""
    if not diagnosis.published:
        return
    yield words("")
    yield heading("Chiffres publiés, à côté des nôtres")
    listed = table("Chiffre", "Publié", "Calculé", "Accord", right=[1, 2])
    for figure in diagnosis.published:
        listed.add_row(
            lines(
                words(wording.figure_title(figure), TITLE),
                words(f"{figure.source_title} ({figure.reference_period}), en {figure.unit}", QUIET),
                words(figure.warning, "yellow"),
            ),
            plain_number(figure.published),
            words(wording.UNKNOWN if figure.computed is None else plain_number(figure.computed)),
            _agreement(figure),
        )
    yield listed


def _agreement(figure: PublishedFigure) -> Text:
    if figure.agrees is None:
        return words("non comparé", QUIET)
    return words("d’accord", "green") if figure.agrees else words("écart", "bold yellow")
