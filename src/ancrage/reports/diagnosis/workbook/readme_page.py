"""The first page of a workbook: what it is, of which day, what to be careful of, where each thing is."""

from collections.abc import Iterable, Iterator, Sequence

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports import wording
from ancrage.reports.formats.workbook.page import Page, Value, columns

NAME = "Lisez-moi"
RULES = (
    ("Inconnu", "« inconnu » n’est jamais un zéro : rien ne permet de donner ce chiffre."),
    ("À vérifier", "Ni oui ni non : il manque une information, un texte ou une liste."),
    ("Notes", "Les titres de colonnes marqués d’un coin portent une note : définition, précaution."),
    ("Logiciel", "Établi par Ancrage, logiciel libre (AGPL-3.0-or-later)."),
)


def readme_page(title: str, diagnoses: Sequence[Diagnosis], pages: Iterable[Page]) -> Page:
    """Territories, warnings, licences, what is missing, and the list of the other pages."""
    rows: tuple[tuple[Value, ...], ...] = (
        *(row for one in diagnoses for row in _about(one)),
        *RULES,
        *((f"Feuille « {page.name} »", f"{page.title}. {page.about}") for page in pages),
    )
    fictitious = any(wording.is_fictitious(one) for one in diagnoses)
    about = (
        "Ne citez aucun de ces chiffres."
        if fictitious
        else "Chaque chiffre vaut au jour et au millésime écrits."
    )
    return Page(NAME, title, about, columns("Sujet", "Ce qu’il faut savoir"), rows, fictitious)


def _about(diagnosis: Diagnosis) -> Iterator[tuple[Value, ...]]:
    territory = diagnosis.territory
    yield "Territoire", f"{territory.name} – {wording.identity_line(diagnosis)}"
    yield "Jour", territory.on
    yield "Code officiel géographique", f"millésime {territory.vintage}"
    yield (
        "Population",
        " ".join((wording.known_number(territory.population), wording.population_note(diagnosis))),
    )
    parents = " › ".join(f"{one.name} ({one.code})" for one in territory.parents)
    yield from ((label, text) for label, text in (("Dans", parents), ("À savoir", territory.note)) if text)
    yield from (("Attention", warning) for warning in diagnosis.warnings)
    licences = " ; ".join(dict.fromkeys(f"{one.producer} : {one.licence}" for one in diagnosis.sources))
    yield "Sources et licences", licences or "aucune source n’a été lue"
    missing = " ; ".join(piece.subject for piece in diagnosis.missing)
    yield "Ce qui manque", missing or "rien de ce que ce diagnostic cherche"
