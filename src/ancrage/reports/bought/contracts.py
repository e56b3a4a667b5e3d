"""The contracts, the buyers, and the account of lines, as tables."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ancrage.language.phrases import listed
from ancrage.procurement.bought.vocabulary import Flaw
from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.bought.words import bounds_cell
from ancrage.reports.cells import Cell
from ancrage.reports.columns import Column, grid, kept, read
from ancrage.reports.sheet import Grid
from ancrage.warehouse.reading import Row

LONGEST = 140
PROCEDURES = {
    "adaptee": "Procédure adaptée",
    "appel_ouvert": "Appel d’offres ouvert",
    "appel_restreint": "Appel d’offres restreint",
    "negociation": "Procédure avec négociation",
    "sans_publicite": "Sans publicité ni mise en concurrence",
    "dialogue": "Dialogue compétitif",
    "concession": "Procédure de concession",
}
SOCIAL = {"clause": "clause", "critere": "critère", "reserve": "réservé", "aucune": "aucune"}
FATES = {
    "contrat": "Contrat compté",
    "titulaire": "Titulaire d’un contrat compté",
    "remplacee": "Remplacée",
    "rejetee": "Rejetée",
}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _holders(row: Row) -> list[dict[str, Any]]:
    return row["holders"] or []


def holder_names(row: Row) -> str:
    """Names of its holders, their identifier where no name is known."""
    told = [one["name"] or one["id"] or "sans nom" for one in _holders(row)]
    return listed(told) if told else "aucun titulaire écrit"


def _verdict(row: Row, name: str) -> Cell:
    return Verdict(row[name])


def social_words(found: list[str] | None) -> str:
    """« clause, réservé »; « non dit » where the format has no such field."""
    return "non dit" if found is None else ", ".join(SOCIAL[one] for one in found)


CONTRACTS: tuple[Column[Row], ...] = (
    Column("Notifié", lambda row: cells.day_cell(row["notified_on"])),
    read(
        "Objet", lambda row: cells.lines(_short(row["object"] or "sans objet"), cells.quiet(row["cpv"] or ""))
    ),
    Column("Titulaires", holder_names),
    Column(
        "Montant", lambda row: cells.figure(row["amount"], 2 if (row["amount"] or 0) % 1 else 0, unit="€")
    ),
    Column("ESS", lambda row: _verdict(row, "ess")),
    Column("Social", lambda row: social_words(row["social"])),
    kept("Objet", lambda row: row["object"]),
    kept("Numéro", lambda row: row["number"]),
    kept("SIREN de l’acheteur", lambda row: row["buyer_siren"]),
    kept("Identifiants des titulaires", lambda row: " ; ".join(one["id"] for one in _holders(row))),
    kept("Pourquoi", lambda row: " ; ".join(dict.fromkeys(one["reason"] for one in _holders(row)))),
    kept("Famille", lambda row: row["family"] or ""),
    kept("SIAE", lambda row: _verdict(row, "siae")),
    kept("EA ou ESAT", lambda row: _verdict(row, "adapted")),
    kept("Du département", lambda row: _verdict(row, "local")),
    kept("Moins de 50 salariés", lambda row: _verdict(row, "small")),
    kept("CPV", lambda row: row["cpv"] or ""),
    kept("Procédure", lambda row: PROCEDURES.get(row["procedure"] or "", "inconnue")),
    kept("Montant d’origine", lambda row: cells.figure(row["first_amount"], 2, unit="€")),
    kept("Avenants", lambda row: cells.figure(row["changed"])),
    kept("Durée", lambda row: cells.figure(row["months"], unit="mois")),
    kept("Offres reçues", lambda row: cells.figure(row["offers"])),
    kept("Publié", lambda row: cells.day_cell(row["published_on"])),
    kept("Défauts", lambda row: " ; ".join(Flaw(one).label for one in row["flaws"])),
    kept("Source", lambda row: row["source"]),
    kept("Où", lambda row: row["file"]),
)


def _part(row: Row, low: str, high: str, total: str) -> tuple[float, float] | None:
    whole = row[total] or 0
    return (row[low] / whole, row[high] / whole) if whole else None


BUYERS: tuple[Column[Row], ...] = (
    Column("Acheteur", lambda row: cells.buyer(row["name"], row["siren"])),
    Column("SIREN", lambda row: row["siren"]),
    Column("Contrats", lambda row: cells.figure(row["n"])),
    Column("Montants", lambda row: cells.figure(round(row["value"] or 0), unit="€")),
    Column("À l’ESS, contrats", lambda row: bounds_cell(_part(row, "ess_low", "ess_high", "n"))),
    Column(
        "À l’ESS, montants", lambda row: bounds_cell(_part(row, "ess_value_low", "ess_value_high", "value"))
    ),
    Column("Clause sociale", lambda row: cells.figure(None if row["unsaid"] == row["n"] else row["clauses"])),
    Column("Réservés", lambda row: cells.figure(None if row["unsaid"] == row["n"] else row["reserved"])),
)


def buyers_grid(rows: Sequence[Row], total: int) -> Grid:
    """Buyers with their shares."""
    note = f"Les {len(rows)} premiers sur {total} ; le tableur les tient tous." if total > len(rows) else ""
    return replace(grid("Acheteurs", BUYERS, rows), note=note)


ACCOUNT: tuple[Column[Row], ...] = (
    Column("Fichier", lambda row: row["file"]),
    Column("Devenir", lambda row: FATES[row["fate"]]),
    Column("Pourquoi", lambda row: str(row["reason"])),
    Column("Lignes", lambda row: cells.figure(row["lines"])),
)


def account_grid(rows: Sequence[Row]) -> Grid:
    """What became of each line."""
    return grid("Lignes lues", ACCOUNT, rows)
