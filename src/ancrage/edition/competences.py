"""Table of the competences that each intercommunalité exercises, as BANATIC tells them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ancrage.edition.inputs import Inputs
from ancrage.territories.tables import GROUPING_COMPETENCE
from ancrage.warehouse.writing import write

SOURCE = "banatic-competences"
SIREN = re.compile(r"\d{9}", re.ASCII)
CODES = re.compile(r"\d{4}(?: \d{4})*", re.ASCII)


def competence_rows(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """Each grouping named and the codes of what it exercises; a line that cannot be read is set aside."""
    for rank, row in enumerate(inputs.rows(SOURCE) or [], 2):
        if SIREN.fullmatch(row["siren"]) and CODES.fullmatch(row["codes"]):
            yield {"siren": row["siren"], "codes": row["codes"].split()}
        else:
            inputs.reject(SOURCE, f"ligne {rank}", "SIREN ou codes de compétences illisibles")


def write_competences(inputs: Inputs, folder: Path) -> None:
    """Write the table; a grouping that is not in it has competences nobody read."""
    write(GROUPING_COMPETENCE, GROUPING_COMPETENCE.from_rows(list(competence_rows(inputs))), folder)
