"""A diagnosis as a workbook of typed cells, and several side by side."""

from collections.abc import Sequence

from ancrage.diagnosis.model import Diagnosis
from ancrage.errors import SetDefinitionError
from ancrage.language.days import short_day
from ancrage.reports.diagnosis.workbook.comparison_pages import comparison_pages
from ancrage.reports.diagnosis.workbook.diagnosis_pages import diagnosis_pages
from ancrage.reports.diagnosis.workbook.readme_page import readme_page
from ancrage.reports.formats.workbook.writing import write_pages

MOST_COMPARED = 4


def diagnosis_xlsx(diagnosis: Diagnosis) -> bytes:
    """Write a diagnosis as an XLSX file: one sheet a section, a first one that says how to read them."""
    pages = diagnosis_pages(diagnosis)
    title = f"Diagnostic de {diagnosis.territory.name} au {short_day(diagnosis.territory.on)}"
    first = readme_page(title, (diagnosis,), pages)
    return write_pages((first, *pages), title=title, on=diagnosis.territory.on)


def comparison_xlsx(diagnoses: Sequence[Diagnosis]) -> bytes:
    """Write up to four diagnoses side by side as an XLSX file.

    Raises :class:`SetDefinitionError` when there is none, or more than four.
    """
    if not 1 <= len(diagnoses) <= MOST_COMPARED:
        raise SetDefinitionError(
            f"Comparer {len(diagnoses)} territoires n'est pas possible.",
            f"Donnez-en de 1 à {MOST_COMPARED}.",
        )
    pages = tuple(comparison_pages(diagnoses))
    title = "Comparaison de territoires"
    first = readme_page(title, diagnoses, pages)
    return write_pages((first, *pages), title=title, on=max(one.territory.on for one in diagnoses))
