"""The words of shares: at least, at most, and what is not known."""

from typing import Any

from ancrage.language.numbers import count, percent
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.cells import Cell

LABELS = {
    "ess": "Titulaires de l’ESS",
    "insertion": "Titulaires de l’insertion (SIAE)",
    "handicap": "Titulaires EA ou ESAT",
    "local": "Titulaires du département de l’acheteur",
    "petite": "Titulaires de moins de 50 salariés",
    "locale_et_petite": "Petites entreprises locales (les deux à la fois)",
    "clause": "Clause sociale",
    "critere": "Critère social",
    "reserve": "Marché réservé",
    "environnement": "Considération environnementale",
    "sociale": "Considération sociale",
    "clause_ou_critere": "Clause ou critère social",
    "defavorises": "Titulaires SIAE, EA ou ESAT",
}
HOLDERS = ("ess", "insertion", "handicap", "local", "petite", "locale_et_petite")
TERMS = ("clause", "critere", "reserve", "environnement")
NO_BOUND = 0.0005
"""Half of what a share shown with one decimal may hide."""


def bounds(found: tuple[float, float] | None) -> str:
    """« 3,2 % », « au moins 3,2 %, au plus 18,1 % », « inconnu » when nothing at all is known."""
    if found is None:
        return cells.UNKNOWN
    low, high = found
    if high - low < NO_BOUND:
        return percent(low)
    if low == 0 and high > 1 - NO_BOUND:
        return "indéterminé"
    return f"au moins {percent(low)}, au plus {percent(high)}" if low else f"au plus {percent(high)}"


def interval(found: tuple[float, float] | None) -> str:
    """The same in a table: « 3,2 % à 18,1 % »."""
    if found is None or found[1] - found[0] < NO_BOUND or (found[0] == 0 and found[1] > 1 - NO_BOUND):
        return bounds(found)
    return f"{percent(found[0])} à {percent(found[1])}"


def bounds_cell(found: tuple[float, float] | None) -> Cell:
    """The same, carrying the share that is sure."""
    return cells.Share(interval(found), found[0] if found else None)


def contracts(number: int) -> str:
    """« 1 204 contrats »."""
    return count(number, "contrat")


def years_of(answer: Answer[Any]) -> str:
    """« de 2019 à 2026 », from what is asked; empty when no year is."""
    since, until = (getattr(answer.question, name, None) for name in ("since", "until"))
    if since and until:
        return f"de {since} à {until}" if since != until else f"en {since}"
    if since or until:
        return f"depuis {since}" if since else f"jusqu’en {until}"
    return ""
