"""The list of subsidies as a file to publish: the convention of exchanges, since a schema reads it."""

from ancrage.questions.financing import Paper
from ancrage.reports.formats.csv import write as usual
from ancrage.reports.formats.values import rows, titles
from ancrage.reports.topic import Telling
from ancrage.spreadsheets import EXCHANGES


def write(telling: Telling) -> str:
    """The table of a plan; of its subsidies, no cell altered for a spreadsheet: a SIRET stays digits.

    Raises :class:`FinancingFileError` for a list that its schema would refuse.
    """
    if telling.answer.facts.paper is not Paper.SUBVENTIONS:
        return usual(telling)
    grid = telling.table
    return EXCHANGES.text(titles(grid), ([str(value or "") for value in row] for row in rows(grid)))
