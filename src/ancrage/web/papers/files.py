"""The files of a territory to take away, in the order people need them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.web.navigation import address


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of a territory to take away: its words, what it is, the page it comes from and its shape."""

    label: str
    note: str
    page: str
    shape: str

    def href(self, code: str, on: object) -> str:
        """Where it is, on a day."""
        return f"{address(self.page, code)}?le={on}&format={self.shape}"


PAPERS = (
    Paper("Zonages (PDF)", "une page, avec les textes", "territory-attestation", "pdf"),
    Paper("Synthèse (PDF)", "deux pages, avec la carte", "territory-synthesis", "pdf"),
    Paper("Note pour le comité (DOCX)", "une page, à compléter", "territory-note", "docx"),
    Paper("Note pour le comité (PDF)", "une page", "territory-note", "pdf"),
    Paper("Diapositives (PPTX)", "pour une réunion", "territory-synthesis", "pptx"),
)


def papers_of(code: str, on: object) -> Iterator[tuple[str, str, str]]:
    """Every paper of a territory on a day, as the bar of a page wants them: words, address, what it is."""
    return ((one.label, one.href(code, on), one.note) for one in PAPERS)
