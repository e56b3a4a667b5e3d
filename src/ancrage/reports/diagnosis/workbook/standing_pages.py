"""Pages of comparison: parents, similar territories, published figures."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Comparison, Diagnosis
from ancrage.reports import wording
from ancrage.reports.diagnosis.workbook.figures import QUOTIENT, bound
from ancrage.reports.diagnosis.workbook.origins import REGISTER, origin
from ancrage.reports.formats.workbook.page import Column, Page, Value, columns, share


def standing_pages(diagnosis: Diagnosis) -> Iterator[Page]:
    """The same figures elsewhere, the territories that look alike, what others published."""
    yield _comparison(diagnosis)
    yield _similar(diagnosis)
    yield _published(diagnosis)


def _comparison(diagnosis: Diagnosis) -> Page:
    titles = columns(
        "Territoire", "Nature", "Code", "Population", "Établissements", "Pour 1 000 habitants", "Employeurs",
        "Part des employeurs", "Emplois, borne basse", "Emplois, valeur centrale", "Emplois, borne haute",
        "Part des emplois", Column("Quotient de localisation", QUOTIENT), "Couvert par le registre",
        "Précision",
    )  # fmt: skip
    return Page(
        "Comparaison",
        "Les mêmes chiffres ailleurs",
        origin(diagnosis, REGISTER),
        titles,
        tuple(_row(row) for row in wording.standing(diagnosis)),
        diagnosis.ess is not None and diagnosis.ess.fictitious,
    )


def _row(row: Comparison) -> tuple[Value, ...]:
    jobs = row.jobs
    return (
        row.territory.name,
        wording.kind_label(row.territory.kind),
        row.territory.code,
        row.population,
        row.establishments,
        row.establishments_per_1000,
        row.employers,
        share(row.share_of_employers),
        jobs.low if jobs else None,
        jobs.central if jobs else None,
        bound(jobs.high) if jobs else None,
        share(row.share_of_jobs),
        row.location_quotient,
        row.covered,
        row.note,
    )


def _similar(diagnosis: Diagnosis) -> Page:
    names = tuple(dict.fromkeys(name for one in diagnosis.similar for name in one.features))
    rows = tuple(
        (
            one.territory.name,
            one.territory.code,
            one.distance,
            *(one.features.get(name) for name in names),
        )
        for one in diagnosis.similar
    )
    distance = Column("Distance", "Sans unité ; 0 pour deux territoires identiques.")
    titles = columns("Territoire", "Code", distance, *names)
    return Page("Comparables", "Territoires comparables", diagnosis.similar_method, titles, rows)


def _published(diagnosis: Diagnosis) -> Page:
    rows = tuple(
        (
            wording.figure_title(one),
            one.published,
            one.computed,
            one.unit,
            "non comparé" if one.agrees is None else one.agrees,
            one.reference_period,
            one.definition,
            one.warning,
            one.source_title,
            one.source_href or "",
        )
        for one in diagnosis.published
    )
    titles = columns(
        "Chiffre", "Publié", "Calculé", "Unité", "D’accord", "Période", "Définition", "Attention", "Source",
        "Adresse",
    )  # fmt: skip
    about = "Chiffres publiés par d’autres, à côté des nôtres ; la source de chacun est sur sa ligne."
    return Page("Chiffres publiés", "Chiffres publiés", about, titles, rows)
