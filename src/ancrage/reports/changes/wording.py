"""What changed, in words: what happened, what was said before, what is said now."""

from collections.abc import Iterator
from datetime import date

from ancrage.changes.comparing import Change, Turn
from ancrage.changes.noting import Sort
from ancrage.language.days import day
from ancrage.language.typography import ended
from ancrage.questions.news import Compared
from ancrage.reports import cells

RULE = "Règle"
ANSWER = "Réponse"
LONGEST = 300
BRIEF = frozenset({ANSWER, "Communes concernées", "Nommés", "Période", "Clôture", "Montant", "Dernier jour"})
"""What is said of a thing that comes or goes: its page tells the rest."""


def said(change: Change) -> tuple[str, str]:
    """What differs, before and after, a line a thing; a rule that changed is told, not written."""
    pairs = list(_pairs(change))
    before = "\n".join(f"{name} : {was}" for name, was, _ in pairs if was)
    after = "\n".join(f"{name} : {now}" for name, _, now in pairs if now)
    return before, after


def sides(change: Change) -> str:
    """What differs, in two sentences on one line; what comes has no before, and is told as it is."""
    if change.turn is Turn.GAGNE:
        told = [f"{name} : {now}" for name, _, now in _pairs(change) if now and name != ANSWER]
        return ended(" ; ".join(told)) if told else ""
    pairs = zip(("Avant", "Après"), said(change), strict=True)
    return " ".join(ended(f"{name} : {words}".replace("\n", " ; ")) for name, words in pairs if words)


def _pairs(change: Change) -> Iterator[tuple[str, str, str]]:
    whole = change.turn is Turn.CHANGE or change.sort not in (Sort.AIDE, Sort.ZONAGE)
    for name, was, now in change.differing:
        if name != RULE and (whole or name in BRIEF):
            yield name, _short(was), _short(now)
        elif name == RULE and whole:
            yield "Règle exacte", "celle d’avant", "une autre : voir la fiche"


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def subject(change: Change) -> str:
    """The thing, leading to its page where it has one."""
    if change.sort in (Sort.AIDE, Sort.ECHEANCE):
        return cells.aid_cell(change.label, change.subject)
    if change.sort is Sort.STRUCTURE:
        return cells.structure(change.label, change.subject)
    return change.label


def compared_words(compared: Compared, since: date) -> str:
    """What was compared, in a sentence."""
    if compared.earlier_built is None:
        return (
            f"Une seule édition des données est gardée : elle dit ce qui valait le {day(since)} et ce qui "
            "vaut maintenant ; ce qu’une édition précédente disait autrement n’est pas su."
        )
    told = f"Données réunies le {day(compared.built)}, comparées à celles du {day(compared.earlier_built)}"
    return f"{told}, les plus anciennes gardées." if compared.late else f"{told}, en vigueur le {day(since)}."
