"""Several diagnoses side by side, as a workbook of typed cells."""

from collections.abc import Sequence

from ancrage.diagnosis.model import Diagnosis
from ancrage.errors import SetDefinitionError
from ancrage.reports.diagnosis.workbook.comparison_pages import comparison_pages
from ancrage.reports.diagnosis.workbook.readme_page import readme_page
from ancrage.reports.formats.workbook.writing import write_pages

MOST_COMPARED = 4


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
