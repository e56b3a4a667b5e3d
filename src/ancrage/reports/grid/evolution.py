"""How levels moved since the first assessment of each role, as a section of the sheet."""

from collections.abc import Iterator, Sequence

from ancrage.grid.evaluation import Evaluation, Point, Series
from ancrage.language.days import day, short_day
from ancrage.language.numbers import count
from ancrage.reports.grid.wording import criterion_name, known_text, level_text, mean_text, signed
from ancrage.reports.sheet import Block, Grid, Paragraph, Section

COLUMNS = 5
"""Days shown side by side at most: the first, then the latest; the JSON holds them all."""


def evolution(evaluation: Evaluation) -> Section:
    """Means and levels by day for each role judged more than once."""
    repeated = [one for one in evaluation.series if len(one.points) > 1]
    if not repeated:
        told = "Chaque rôle n'a évalué qu'une fois : il n'y a pas encore d'évolution à montrer."
        return Section("evolution", "Évolution depuis la première évaluation", (Paragraph(told),))
    blocks = tuple(block for one in repeated for block in _role(one))
    return Section("evolution", "Évolution depuis la première évaluation", blocks)


def _role(series: Series) -> Iterator[Block]:
    yield Paragraph(f"{series.role.label} : {_comparable(series)}", "strong")
    yield _means(series)
    yield _levels(series)


def _comparable(series: Series) -> str:
    first, last = series.first, series.last
    if not first.known:
        return "aucun critère n'est connu à la fois au début et à la fin."
    # The sum of levels, not the difference of two rounded means, which would not add up to the eye.
    moved = sum(change.difference for change in series.changes if change.difference is not None)
    gained = f"{signed(moved)} {'niveau' if abs(moved) < 2 else 'niveaux'}"
    over = count(first.known, "critère connu", "critères connus")
    return f"{mean_text(first)} puis {mean_text(last)}, soit {gained} en tout sur {over} aux deux bouts."


def _means(series: Series) -> Grid:
    rows = tuple((day(point.date), mean_text(point.mean), known_text(point.mean)) for point in series.points)
    return Grid(
        f"Moyennes, {series.role.label.lower()}",
        ("Jour", "Moyenne des niveaux connus", "Critères connus"),
        rows,
        right=frozenset({1, 2}),
        note="Deux moyennes ne se comparent que sur les mêmes critères connus : c'est la phrase au-dessus.",
    )


def _levels(series: Series) -> Grid:
    points = _shown(series.points)
    rows = tuple(
        (
            criterion_name(change.criterion),
            *(level_text(point.levels[change.criterion.id]) for point in points),
            signed(change.difference),
        )
        for change in series.changes
    )
    left_out = len(series.points) - len(points)
    return Grid(
        f"Niveaux par critère, {series.role.label.lower()}",
        ("Critère", *(short_day(point.date) for point in points), "Depuis le début"),
        rows,
        right=frozenset(range(1, len(points) + 2)),
        note=f"{count(left_out, 'jour intermédiaire', 'jours intermédiaires')} en JSON." if left_out else "",
    )


def _shown(points: Sequence[Point]) -> Sequence[Point]:
    return points if len(points) <= COLUMNS else (points[0], *points[-COLUMNS + 1 :])
