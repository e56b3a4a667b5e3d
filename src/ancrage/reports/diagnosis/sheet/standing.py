"""How the territory compares: parents, similar territories, published figures."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Comparison, Diagnosis, PublishedFigure, SimilarTerritory
from ancrage.language.numbers import number, plain_number
from ancrage.reports import charts, wording
from ancrage.reports.diagnosis.sheet.blocks import chart, unknown
from ancrage.reports.sheet import Grid, Paragraph, Section

COLUMNS = (
    "Territoire", "Habitants", "Établ.", "Pour 1 000 hab.", "Employeurs", "Part des employeurs",
    "Emplois", "Part des emplois", "Quotient de localisation",
)  # fmt: skip
KEY = (
    "Établ. : établissements de l’ESS. Emplois : valeur centrale. Quotient de localisation : part de l’ESS "
    "ici, rapportée à sa part dans le territoire de référence."
)
AGREEMENTS = {None: "non comparé", True: "d’accord", False: "écart"}


def standing_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """The same figures elsewhere, the territories that look alike, what others published."""
    yield _comparison(diagnosis)
    yield _similar(diagnosis)
    yield _published(diagnosis)


def _comparison(diagnosis: Diagnosis) -> Section:
    rows = wording.standing(diagnosis)
    if not rows:
        return Section("comparaison", "Comparaison", (unknown("Il n’y a aucun chiffre à comparer."),))
    own = (diagnosis.territory.kind, diagnosis.territory.code)
    here = (rank for rank, row in enumerate(rows) if (row.territory.kind, row.territory.code) == own)
    table = Grid(
        "Comparaison",
        COLUMNS,
        tuple(_row(row) for row in rows),
        right=frozenset(range(1, len(COLUMNS))),
        highlighted=frozenset(here),
        note=KEY,
    )
    notes = tuple(Paragraph(f"{row.territory.name} : {row.note}", "quiet") for row in rows if row.note)
    drawn = tuple(chart("comparaison", charts.comparison(rows, diagnosis.territory.code)))
    return Section("comparaison", "Comparaison", (table, *notes, *drawn))


def _row(row: Comparison) -> tuple[str, ...]:
    return (
        row.territory.name,
        wording.known_number(row.population),
        wording.known_number(row.establishments),
        wording.known_number(row.establishments_per_1000, 1),
        wording.known_number(row.employers),
        wording.known_percent(row.share_of_employers),
        wording.known_number(row.jobs.central if row.jobs else None),
        wording.known_percent(row.share_of_jobs),
        wording.known_number(row.location_quotient, 2),
    )


def _similar(diagnosis: Diagnosis) -> Section:
    title = "Territoires comparables"
    if not diagnosis.similar:
        return Section("comparables", title, (unknown("Aucun territoire comparable n’a pu être cherché."),))
    rows = tuple(
        (f"{one.territory.name} ({one.territory.code})", number(one.distance, 2), _features(one))
        for one in diagnosis.similar
    )
    columns = ("Territoire", "Distance", "Caractéristiques")
    table = Grid(title, columns, rows, right=frozenset({1}))
    return Section("comparables", title, (table, Paragraph(diagnosis.similar_method, "quiet")))


def _features(one: SimilarTerritory) -> str:
    return " ; ".join(f"{name} : {feature(value)}" for name, value in one.features.items())


def feature(value: float | str | None) -> str:
    """A characteristic of a territory, written in French."""
    if value is None:
        return wording.UNKNOWN
    return value if isinstance(value, str) else plain_number(value)


def _published(diagnosis: Diagnosis) -> Section:
    title = "Chiffres publiés, à côté des nôtres"
    if not diagnosis.published:
        return Section("publies", title, (Paragraph("Aucun chiffre publié ne porte sur ce territoire."),))
    columns = ("Chiffre", "Publié", "Calculé", "Accord", "Source, définition")
    rows = tuple(
        (
            f"{wording.figure_title(one)} ({one.unit})",
            plain_number(one.published),
            wording.UNKNOWN if one.computed is None else plain_number(one.computed),
            AGREEMENTS[one.agrees],
            _origin(one),
        )
        for one in diagnosis.published
    )
    return Section("publies", title, (Grid(title, columns, rows, right=frozenset({1, 2})),))


def _origin(figure: PublishedFigure) -> str:
    source = f"{figure.source_title} ({figure.reference_period})."
    warning = f"Attention : {figure.warning}" if figure.warning else ""
    return "\n".join(part for part in (figure.definition, source, warning) if part)
