"""Pages where a contract or a capital table is written as a text, simulated and forgotten."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ancrage.contracts.models import capital_model, contract_model
from ancrage.desk.origins import from_our_pages
from ancrage.errors import AncrageError
from ancrage.questions.outcomes import CapitalTextQuestion, ImpactTextQuestion
from ancrage.questions.question import Question
from ancrage.questions.reading import read
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.web.asking import OFFERED, asking_for, file_of, page_of
from ancrage.web.navigation import link_of

BLANK = "financing/text_form.html.j2"
ANSWERED = "financing/text_answered.html.j2"


@dataclass(frozen=True, slots=True)
class Tool:
    """A page: its name, what it does, the question it puts, a text to begin from."""

    address: str
    title: str
    lead: str
    question: type[Question]
    model: Callable[[], str]


IMPACT = Tool(
    "impact",
    "Contrat à impact",
    "Ce que paie chaque résultat, le rendement, qui porte le risque. L’exemple est le premier contrat signé "
    "en France : changez-le. Rien n’est gardé.",
    ImpactTextQuestion,
    contract_model,
)
CAPITAL = Tool(
    "scic",
    "Capital d’une SCIC",
    "Ce que devient le tour de table quand quelqu’un entre, et ce qu’une collectivité peut apporter. "
    "L’exemple est inventé : changez-le. Rien n’est gardé.",
    CapitalTextQuestion,
    capital_model,
)


def _page(request: HttpRequest, tool: Tool) -> HttpResponse:
    """The text to change, or its answer; a faulty text is told above the form, which keeps it."""
    if request.method != "POST":
        return render(request, BLANK, {"tool": tool, "text": tool.model()})
    text = request.POST.get("texte", "").replace("\r\n", "\n")
    shape = request.POST.get("format", "")
    wanted = FORMATS[shape] if shape in OFFERED else FORMATS["html"]
    try:
        telling = Telling(read(tool.question, {"texte": [text]}).answer(asking_for(wanted)), link_of)
    except AncrageError as error:
        return render(request, BLANK, {"tool": tool, "text": text, "failure": error}, status=400)
    if wanted.id != "html":
        return file_of(telling, wanted)
    return page_of(request, telling, template=ANSWERED, tool=tool, text=text, files=())


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def impact(request: HttpRequest) -> HttpResponse:
    """A contract paid on results."""
    return _page(request, IMPACT)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def scic(request: HttpRequest) -> HttpResponse:
    """The capital of a SCIC."""
    return _page(request, CAPITAL)
