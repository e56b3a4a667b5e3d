"""Blocks that several sections of a diagnosis share."""

from collections.abc import Iterable, Iterator

from ancrage.reports.charts import Spec
from ancrage.reports.columns import Column, grid
from ancrage.reports.diagnosis.sheet.figures import Figure
from ancrage.reports.sheet import Chart, Grid, Paragraph

CHART_WORDS = {
    "zonages": ("Population en commune classée", "Part de la population, zonage par zonage."),
    "familles": ("Établissements par famille", "Nombre d’établissements de l’ESS de chaque famille."),
    "emplois": (
        "Emplois salariés par famille",
        "Le trait va de la borne basse à la borne haute, le point est la valeur centrale.",
    ),
    "activites": ("Part de l’ESS par activité", "Part de l’ESS dans les établissements employeurs."),
    "annees": (
        "Créations et fermetures par an",
        "Au-dessus de la ligne, les créations ; au-dessous, les fermetures. "
        "Une année marquée * n’est pas entièrement couverte.",
    ),
    "comparaison": ("Part de l’ESS, ici et ailleurs", "Part de l’ESS dans les établissements employeurs."),
}
FIGURES: tuple[Column[Figure], ...] = (
    Column("Élément", lambda one: one.label),
    Column("Valeur", lambda one: one.value),
    Column("Précision", lambda one: one.note),
)


def figures_grid(name: str, found: Iterable[Figure]) -> Grid:
    """A table of figures, each with what it means."""
    return grid(name, FIGURES, found)


def unknown(why: str) -> Paragraph:
    """What is said where nothing is known."""
    return Paragraph(f"Inconnu. {why} Voir « Ce qui manque ».", "strong")


def chart(identifier: str, spec: Spec | None, words: str = "") -> Iterator[Chart]:
    """A chart, when there is something known to draw."""
    if spec is not None:
        title, caption = CHART_WORDS[words or identifier]
        yield Chart(identifier, title, caption, spec=spec)
