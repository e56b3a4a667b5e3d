"""Blocks that several sections of a diagnosis share."""

from collections.abc import Iterator, Mapping

from ancrage.reports.charts import Spec
from ancrage.reports.diagnosis.html import CHART_WORDS
from ancrage.reports.sheet import Chart, Grid, Paragraph


def facts(name: str, rows: Mapping[str, str]) -> Grid:
    """A table of names and values; a value that says nothing is left out."""
    return Grid(name, ("Élément", "Valeur"), tuple((label, value) for label, value in rows.items() if value))


def unknown(why: str) -> Paragraph:
    """What is said where nothing is known."""
    return Paragraph(f"Inconnu. {why} Voir « Ce qui manque ».", "strong")


def chart(identifier: str, spec: Spec | None, words: str = "") -> Iterator[Chart]:
    """A chart of the page, when there is something known to draw."""
    if spec is not None:
        title, caption = CHART_WORDS[words or identifier]
        yield Chart(identifier, title, caption, spec=spec)
