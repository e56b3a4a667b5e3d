"""The pages of a diagnosis, in its order."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis
from ancrage.language.days import short_day
from ancrage.reports.diagnosis.workbook.advice_pages import advice_pages
from ancrage.reports.diagnosis.workbook.fabric_pages import fabric_pages
from ancrage.reports.diagnosis.workbook.figures import figures
from ancrage.reports.diagnosis.workbook.origins import ALL_SOURCES, PLACES, origin
from ancrage.reports.diagnosis.workbook.place_pages import place_pages
from ancrage.reports.diagnosis.workbook.provenance_pages import missing_page, sources_page
from ancrage.reports.diagnosis.workbook.standing_pages import standing_pages
from ancrage.reports.formats.workbook.page import Page, columns
from ancrage.reports.wording import is_fictitious


def diagnosis_pages(diagnosis: Diagnosis) -> tuple[Page, ...]:
    """Every section as a page; a section that says nothing has a page without rows."""
    return tuple(_pages(diagnosis))


def _pages(diagnosis: Diagnosis) -> Iterator[Page]:
    yield _figures(diagnosis)
    yield from place_pages(diagnosis)
    yield from fabric_pages(diagnosis)
    yield from standing_pages(diagnosis)
    yield from advice_pages(diagnosis)
    yield missing_page(diagnosis)
    yield sources_page(diagnosis)


def _figures(diagnosis: Diagnosis) -> Page:
    ess = diagnosis.ess
    day = ess.on if ess else diagnosis.territory.on
    return Page(
        "Chiffres",
        "Chiffres clés",
        f"{origin(diagnosis, PLACES)} Registre décrit au {short_day(day)}. {ALL_SOURCES}",
        columns("Chiffre", "Valeur", "Unité", "Précision"),
        tuple((one.label, one.value, one.unit, one.note) for one in figures(diagnosis)),
        is_fictitious(diagnosis),
    )
