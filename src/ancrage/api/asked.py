"""Parameters that several operations share, declared once."""

from typing import Annotated

from ninja import Path, Query

LARGEST_PAGE = 1000

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
Day = Annotated[
    str | None,
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
Cursor = Annotated[
    str | None,
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
