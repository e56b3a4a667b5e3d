"""A spreadsheet of a plan: a line an expense or a resource, titles in the first line that has them.

Above the titles, a line « Nom », « Porteur », « Forme », « Commune », « Début » or « Trésorerie » and its
value in the next cell say what the plan is about.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ancrage.declarations.documents import Document
from ancrage.declarations.faults import Fault
from ancrage.declarations.parts import Part, Path
from ancrage.declarations.tables import Rows
from ancrage.financing.plan import SCHEMA
from ancrage.language.folding import bare
from ancrage.spreadsheets import PEOPLE

TITLES: Mapping[str, str] = {
    "sens": "sens", "type": "sens", "identifiant": "id", "id": "id", "compte": "compte", "libelle": "libelle",
    "poste": "libelle", "annee": "annee", "exercice": "annee", "montant": "montant", "prevu": "montant",
    "montant prevu": "montant", "realise": "realise", "verse": "verse", "etat": "etat",
    "financeur": "financeur", "aide": "aide", "fonds": "fonds", "regime": "regime", "taux": "taux",
    "assiette": "assiette", "plafond": "plafond", "texte": "texte", "couts": "couts",
    "couts finances": "couts", "accordee le": "accordee_le", "le": "le", "paye le": "le",
    "paye ou verse le": "le", "au plus tard": "au_plus_tard", "exclue de": "exclue_de",
    "cumul avec": "cumul_avec", "attribuant": "attribuant", "siret attribuant": "siret_attribuant",
    "siret de l'attribuant": "siret_attribuant", "decision": "decision", "reference": "decision",
}  # fmt: skip
ABOUT: Mapping[str, tuple[str, ...]] = {
    "nom": ("nom",), "projet": ("nom",), "porteur": ("porteur", "nom"), "forme": ("porteur", "forme"),
    "commune": ("porteur", "commune"),
    "taille": ("porteur", "taille"), "zone afr": ("porteur", "zone_afr"),
    "debut": ("debut",), "fin": ("fin",), "tresorerie": ("tresorerie",),
    "fictif": ("fictif",), "siret": ("porteur", "siret"), "rna": ("porteur", "rna"),
}  # fmt: skip
SIDES = {"depense": "depenses", "depenses": "depenses", "charge": "depenses", "charges": "depenses",
         "ressource": "ressources", "ressources": "ressources", "produit": "ressources",
         "produits": "ressources"}  # fmt: skip
ONLY = {
    "depenses": ("realise", "exclue_de"),
    "ressources": ("verse", "cumul_avec", "attribuant", "siret_attribuant", "decision"),
}
NEEDED = ("sens", "compte", "montant")
START = "Partez du modèle."
Cells = Mapping[Path, str]
MODEL_TITLES = (
    "Sens", "Identifiant", "Compte", "Libellé", "Année", "Montant", "État", "Financeur", "Aide", "Fonds",
    "Régime", "Taux", "Assiette", "Plafond", "Texte", "Coûts financés", "Accordée le", "Payé ou versé le",
    "Au plus tard", "Réalisé", "Versé", "Exclue de", "Cumul avec", "Attribuant",
    "SIRET attribuant", "Décision",
)  # fmt: skip


def document_of(rows: Rows) -> tuple[Document, Cells]:
    """What the lines of a sheet say, and the name of the cell of each part. Raises :class:`Fault`."""
    start = next((rank for rank, (_, cells) in enumerate(rows) if _is_titles(cells)), None)
    if start is None:
        raise Fault(f"aucune ligne de titres n'a {', '.join(NEEDED)}", 1, START)
    root, cells_of = Part({}), dict[Path, str]()
    root.put("schema", 1, Part(SCHEMA))
    _about(root, rows[:start], cells_of)
    columns = {
        rank: TITLES[bare(title)] for rank, title in enumerate(rows[start][1]) if bare(title) in TITLES
    }
    _refuse_unknown(rows[start])
    sides = {side: Part([]) for side in ("depenses", "ressources")}
    for line, cells in rows[start + 1 :]:
        given = {key: cells[rank].strip() for rank, key in columns.items() if rank < len(cells)}
        if any(given.values()):
            _line(sides, line, given, {key: rank for rank, key in columns.items()}, cells_of)
    for side, part in sides.items():
        root.put(side, 1, part)
    return Document(root.value, root), cells_of


def where(path: Path, cells: Cells) -> str:
    """The cell of a part: « cellule F12 »."""
    return cells.get(path, cells.get(path[:2], ""))


def model_text() -> str:
    """The sheet to fill in, as a CSV that spreadsheets open."""
    rows = [["Ressource" if one[0] == "ressources" else "Dépense", *one[1:]] for one in _EXAMPLES]
    return PEOPLE.text(MODEL_TITLES, rows)


_EXAMPLES: tuple[tuple[Any, ...], ...] = (
    ("depenses", "locaux", "213", "Travaux", 2027, "100000,00"),
    ("ressources", "subvention", "13", "Subvention de la Région", 2027, "60000,00", "demandée", "région"),
    ("ressources", "capital", "10", "Parts sociales", 2027, "40000,00", "accordée", "porteur"),
)


def _is_titles(cells: Sequence[str]) -> bool:
    named = {TITLES.get(bare(cell)) for cell in cells}
    return named.issuperset(NEEDED)


def _refuse_unknown(row: tuple[int, Sequence[str]]) -> None:
    line, cells = row
    for rank, title in enumerate(cells):
        if title.strip() and bare(title) not in TITLES:
            raise Fault(
                f"cellule {letter(rank)}{line} : « {title.strip()[:40]} » n'est pas un titre connu",
                line,
                START,
            )


def _about(root: Part, rows: Rows, cells_of: dict[Path, str]) -> None:
    holder = Part({})
    for line, cells in rows:
        key = ABOUT.get(bare(cells[0])) if cells else None
        value = next((cell.strip() for cell in cells[1:] if cell.strip()), "")
        if key and value:
            (holder if len(key) > 1 else root).put(key[-1], line, Part(value))
            cells_of[key] = f"cellule B{line}"
    if holder.value:
        root.put("porteur", 1, holder)


def _line(
    sides: Mapping[str, Part], line: int, given: Mapping[str, str], columns: Mapping[str, int],
    cells_of: dict[Path, str],
) -> None:  # fmt: skip
    side = SIDES.get(bare(given.get("sens", "")))
    if side is None:
        cell = f"{letter(columns['sens'])}{line}"
        written = given.get("sens", "")
        why = f"« {written[:40]} » n'est ni dépense ni ressource" if written else "rien n'est écrit"
        merged = "" if written else " (une cellule fusionnée n'est lue qu'une fois : répétez le mot)"
        raise Fault(f"cellule {cell} : {why}{merged}", line, "Écrivez « dépense » ou « ressource ».")
    rank = len(sides[side].value)
    part = Part({})
    other = ONLY["ressources" if side == "depenses" else "depenses"]
    for key, value in given.items():
        path: Path = (side, rank, key)
        cells_of[path] = f"cellule {letter(columns[key])}{line}"
        if value and key != "sens" and key not in other:
            part.put(key, line, Part(value))
    cells_of[side, rank] = f"ligne {line}"
    sides[side].put(rank, line, part)


def letter(rank: int) -> str:
    """Letter of a column, from 0."""
    first, second = divmod(rank, 26)
    return f"{chr(64 + first) if first else ''}{chr(65 + second)}"
