"""Page of the warehouse's tables, from their declarations."""

from ancrage.edition.tables import TABLES
from ancrage.warehouse.table import ColumnType, Table

from .markdown import code, codes, page, table

TYPES: dict[ColumnType, str] = {
    "text": "texte",
    "integer": "entier",
    "decimal": "décimal",
    "day": "jour",
    "yes_no": "oui ou non",
    "texts": "liste de textes",
    "binary": "octets",
}


def tables_page() -> str:
    """A summary, then one section a table."""
    rows = [(f"[`{one.name}`](#{one.name})", one.meaning, codes(one.key)) for one in TABLES]
    return page(
        "Tables de l'entrepôt",
        "Une édition est un dossier : un fichier Parquet par table, un manifeste `manifest.json` et les "
        "lignes écartées `rejets.csv`. Une case vide veut dire inconnu, jamais zéro ni non.",
        [table(("table", "contenu", "clé"), rows), *map(_section, TABLES)],
    )


def _section(one: Table) -> str:
    columns = [
        (
            code(column.name),
            TYPES[column.type],
            column.unit,
            "oui" if column.nullable else "",
            column.meaning,
        )
        for column in one.columns
    ]
    facts = [f"- clé : {codes(one.key)}", f"- sources : {codes(one.sources)}"]
    facts += [f"- tri : {codes(one.sorted_by)}"] if one.sorted_by else []
    facts += [f"- contrôle : {check.name} (`{check.rule}`)" for check in one.checks]
    return "\n\n".join(
        (
            f"## {one.name}",
            f"{one.meaning}.",
            "\n".join(facts),
            table(("colonne", "type", "unité", "peut être vide", "sens"), columns),
        )
    )
