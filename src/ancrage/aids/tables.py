"""The table of the aids that others publish, as an edition holds them."""

from ancrage.warehouse.table import Column, Table

IMPORTED_AID = Table(
    name="imported_aid",
    meaning="Aides publiées par d'autres, une par ligne",
    key=("id",),
    columns=(
        Column("id", "text", "Identifiant : la source, puis le sien"),
        Column("source", "text", "Source déclarée dont elle vient"),
        Column("rank", "integer", "Rang dans sa source"),
        Column("document", "text", "L'aide et sa provenance, en JSON"),
    ),
    sources=("aides-dge", "aides-transition-ecologique", "aides-territoires"),
    resident=False,
)
TABLES = (IMPORTED_AID,)
