"""Parameters that several operations share, declared once."""

from typing import Annotated

from ninja import Path, Query
from pydantic import WithJsonSchema

from ancrage.questions.fields import DAY_PATTERN

LARGEST_PAGE = 1000
CURSOR_PATTERN = r"^[A-Za-z0-9_-]+:[A-Za-z0-9]+:[A-Za-z0-9_-]+$"
"""A place, its moment and its signature, as :mod:`ancrage.desk.cursors` writes them."""

Code = Annotated[
    str,
    Path(
        title="Territoire",
        description="Code du territoire : 23077, 200044014, dep:23, reg:75, arr:231, crte-…, QN…, fr, "
        "un nom exact, "
        "ou un ensemble de communes joint par « + » (23077+23096).",
        example="23077",
        min_length=1,
        max_length=2000,
    ),
]
_Day = WithJsonSchema({"type": "string", "format": "date", "pattern": DAY_PATTERN})
"""Told, not held here: a day that is none has a refusal of its own, which says why."""
Day = Annotated[
    Annotated[str, _Day] | None,
    Query(
        title="Jour",
        description="Jour pour lequel la réponse vaut (AAAA-MM-JJ) ; aujourd'hui par défaut. Un jour "
        "antérieur au "
        "premier millésime connu, ou à venir, est refusé.",
        example="2026-01-01",
        max_length=40,
    ),
]
Limit = Annotated[
    int,
    Query(
        title="Taille de la page",
        description=f"Nombre de lignes d'une page, {LARGEST_PAGE} au plus.",
        example=50,
        ge=1,
        le=LARGEST_PAGE,
    ),
]
_Cursor = WithJsonSchema({"type": "string", "maxLength": 1000, "pattern": CURSOR_PATTERN})
Cursor = Annotated[
    Annotated[str, _Cursor] | None,
    Query(
        title="Curseur",
        description="Le « next » de la page précédente, tel quel ; absent pour la première page.",
        max_length=1000,
    ),
]
Words = Annotated[
    str | None,
    Query(
        title="Mots",
        description="Mots cherchés, même mal orthographiés.",
        example="trésorerie",
        max_length=200,
    ),
]
Declared = Annotated[
    list[str],
    Query(
        title="Faits",
        description="Faits connus, sous la forme fait=valeur ; répétable.",
        example=["filieres_en_tension=oui"],
        max_length=100,
    ),
]
