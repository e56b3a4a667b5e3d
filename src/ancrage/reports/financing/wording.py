"""Words and cells that the papers of a plan share."""

from decimal import Decimal

from pydantic import Field

from ancrage.declarations.texts import Text
from ancrage.financing.money import eur
from ancrage.reports.cells import Cell, Figure, away
from ancrage.reports.documents import Document

NOT_KNOWN = "–"


class TextDocument(Document, title="Texte d'une règle"):
    """The text that founds a rule."""

    title: str = Field(description="Titre.")
    href: str | None = Field(description="Adresse ; null si aucune n'est connue.")
    basis: str = Field(description="Comment il a été lu : texte_lu, page_lue, compte_rendu, a_verifier.")
    checked_on: str = Field(description="Jour où il a été lu.")
    note: str = Field(description="Ce qu'il faut savoir de cette lecture.")


def text_as_json(text: Text) -> dict[str, str | None]:
    """The keys of :class:`TextDocument`."""
    return {
        "title": text.title,
        "href": text.href,
        "basis": text.basis.value,
        "checked_on": text.checked_on.isoformat(),
        "note": text.note,
    }


def money(amount: Decimal | None, *, unknown: str = NOT_KNOWN) -> Cell:
    """An amount in a table."""
    if amount is None:
        return Figure(unknown, None, unit="€", decimals=2)
    return Figure(eur(amount), float(amount), unit="€", decimals=2)


def cited(text: Text) -> Cell:
    """A text, leading to its page."""
    return away(text.title, text.href)


def number_of(amount: Decimal | None) -> float | None:
    """An amount in a document: a number whose digits are those of its cents."""
    return None if amount is None else float(amount)
