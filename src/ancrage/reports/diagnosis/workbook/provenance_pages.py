"""Pages of what a diagnosis rests on, and of what it lacks."""

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.formats.workbook.page import Page, columns


def sources_page(diagnosis: Diagnosis) -> Page:
    """Every source with its vintage and its licence."""
    rows = tuple(
        (
            one.title,
            one.id,
            one.producer,
            one.vintage,
            one.licence,
            one.href or "",
            one.fetched_on or "",
            one.sample,
            one.fictitious,
        )
        for one in diagnosis.sources
    )
    titles = columns(
        "Source", "Identifiant", "Producteur", "Millésime", "Licence", "Adresse", "Obtenue le", "Échantillon",
        "Fictive",
    )  # fmt: skip
    about = "Toute réutilisation cite ces producteurs et suit leurs licences."
    return Page("Sources", "Sources", about, titles, rows)


def missing_page(diagnosis: Diagnosis) -> Page:
    """What could not be told, and why."""
    rows = tuple((piece.subject, piece.why) for piece in diagnosis.missing)
    about = "Ce que le diagnostic cherche et ne trouve pas : un inconnu n’est ni un non, ni un zéro."
    return Page("Ce qui manque", "Ce qui manque", about, columns("Sujet", "Pourquoi"), rows)
