"""Table of the competences that each intercommunalité exercises, as BANATIC tells them."""

from pathlib import Path

from ancrage.edition.inputs import Inputs
from ancrage.territories.tables import GROUPING_COMPETENCE
from ancrage.warehouse.writing import write

SOURCE = "banatic-competences"


def write_competences(inputs: Inputs, folder: Path) -> None:
    """Write the table; a grouping that is not in it has competences nobody read."""
    rows = inputs.rows(SOURCE) or []
    told = [{"siren": row["siren"], "codes": row["codes"].split()} for row in rows]
    write(GROUPING_COMPETENCE, GROUPING_COMPETENCE.from_rows(told), folder)
