"""The empty file to fill: accepted once it holds a name, a commune, a day, a role and a function."""

import json
import textwrap
from collections.abc import Iterator

from ancrage.grid.assessment import SCHEMA, Role
from ancrage.grid.criteria import LOWEST, Criterion, criteria
from ancrage.grid.sheet import sheet_text

WIDTH = 100
_HEAD = f"""\
# Grille de pérennité : un fichier par structure, une évaluation par jour et par rôle.
# Niveaux de 1 à 5 ; null : ne sait pas (ce n'est jamais un niveau). Pour motiver un niveau :
#   tresorerie: {{level: 2, comment: "versement attendu depuis mars", evidence: "relevé du 30 juin"}}
# Trois critères seulement sont nommés par le compte rendu de 2021 ; les autres, et tous les niveaux,
# sont une proposition d'Ancrage.
schema: {SCHEMA}
structure:
  name:
  commune:              # code INSEE, par exemple 23077
  siren:                # facultatif
  siret:                # facultatif
  fictitious: false     # true : la structure est inventée, et chaque page le dira
assessments:
  - date:               # AAAA-MM-JJ
    role:               # {", ".join(Role)}
    signed_by:          # une fonction (« présidence »), jamais le nom d'une personne
    levels:
"""


def yaml_template() -> str:
    """The file to fill, in YAML, each criterion under the description of its five levels."""
    return _HEAD + "".join(f"{line}\n" for criterion in criteria() for line in _lines(criterion))


def json_template() -> str:
    """The file to fill, in JSON."""
    levels = {criterion.id: None for criterion in criteria()}
    assessment = {"date": "", "role": "", "signed_by": "", "levels": levels}
    structure = {"name": "", "commune": "", "siren": None, "siret": None, "fictitious": False}
    values = {"schema": SCHEMA, "structure": structure, "assessments": [assessment]}
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _lines(criterion: Criterion) -> Iterator[str]:
    mark = "" if criterion.is_named_by_report else f" ({criterion.source.kind.label})"
    yield ""
    yield from _comment(f"{criterion.number}. {criterion.label}{mark}", "")
    for level, described in enumerate(criterion.levels, LOWEST):
        yield from _comment(f"{level} – {described}", "    ")
    yield f"      {criterion.id}: null"


def _comment(text: str, inward: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="      # ",
        subsequent_indent=f"      # {inward}",
        break_long_words=False,
        break_on_hyphens=False,
    )


TEMPLATES = {"yaml": yaml_template, "json": json_template, "csv": sheet_text}
"""The file to fill, by the way it is written; the last one opens in a spreadsheet."""
