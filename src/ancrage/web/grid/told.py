"""An assessment told by an address, as the text of the file that the grid reads: one way to check both."""

import json
from datetime import date

from django.http import QueryDict

from ancrage.grid.assessment import SCHEMA, GridFile, Role
from ancrage.grid.criteria import criteria
from ancrage.grid.files import read_grid_text

LONGEST = 200
FIRST, SECOND = "n", "m"
"""What the fields of the first and of the second judgement begin with: ``n_tresorerie=3``."""


def grid_of(asked: QueryDict, *, today: date) -> GridFile:
    """The structure and its one or two assessments. Raises :class:`GridFileError` with every fault.

    An empty level is « ne sait pas ». The second judgement counts when its role is given.
    """
    day = asked.get("le", "") or today.isoformat()
    written = [_assessment(asked, FIRST, asked.get("role", "") or Role.STRUCTURE.value, day)]
    if asked.get("role2"):
        written.append(_assessment(asked, SECOND, asked.get("role2", ""), day))
    document = {
        "schema": SCHEMA,
        "structure": {
            "name": asked.get("nom", "")[:LONGEST] or "Structure sans nom",
            "commune": asked.get("commune", "")[:10],
        },
        "assessments": written,
    }
    return read_grid_text(json.dumps(document, ensure_ascii=False), today=today)


def _assessment(asked: QueryDict, prefix: str, role: str, day: str) -> dict[str, object]:
    levels = {one.id: _level(asked.get(f"{prefix}_{one.id}", "")) for one in criteria()}
    return {"date": day, "role": role[:40], "signed_by": "sur le site", "levels": levels}


def _level(typed: str) -> int | str | None:
    """A number, nothing, or what was typed, which the check refuses in words."""
    return int(typed) if typed.isdecimal() and len(typed) < 3 else typed[:20] or None
