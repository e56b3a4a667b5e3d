"""The papers of a territory: each a page to read, and files to hand over."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ancrage.desk.keeping import kept
from ancrage.web.asking import answered
from ancrage.web.navigation import address

TEMPLATE = "papers/show.html.j2"


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
    """Every paper of a territory on a day, as the bar of a page wants them: words, address, note."""
    return ((one.label, one.href(code, on), one.note) for one in PAPERS)


@kept
def attestation(request: HttpRequest, code: str) -> HttpResponse:
    """The zonings on a page."""
    return answered(request, ("attestation",), template=TEMPLATE, code=code)


@kept
def synthesis(request: HttpRequest, code: str) -> HttpResponse:
    """A territory on two pages, or as slides."""
    return answered(request, ("synthese",), template=TEMPLATE, code=code)


@kept
def note(request: HttpRequest, code: str) -> HttpResponse:
    """A note for a committee."""
    return answered(request, ("note",), template=TEMPLATE, code=code)
