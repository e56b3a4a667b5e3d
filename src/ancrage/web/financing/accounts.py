"""The page of a structure's accounts: a ledger, or balances, read then forgotten."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ancrage.desk.origins import from_our_pages
from ancrage.errors import AncrageError, FinancingFileError
from ancrage.financing.accounts import balance_text, entries_of
from ancrage.questions.accounts import MOST, AccountsTextQuestion
from ancrage.questions.reading import read
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.web.asking import OFFERED, asking_for, file_of, page_of
from ancrage.web.navigation import link_of

BLANK = "financing/accounts_form.html.j2"
ANSWERED = "financing/accounts_answered.html.j2"
HEAVIEST = 20_000_000
"""Bytes of the ledgers that are given together."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def form(request: HttpRequest) -> HttpResponse:
    """The files to give or the table to write, or what they say; a faulty one is told above the form."""
    if request.method != "POST":
        return render(request, BLANK, {"text": ""})
    text = request.POST.get("texte", "").replace("\r\n", "\n")
    shape = request.POST.get("format", "")
    wanted = FORMATS[shape] if shape in OFFERED else FORMATS["html"]
    try:
        text = _given(request) or text
        answer = read(AccountsTextQuestion, {"texte": [text]}).answer(asking_for(wanted))
    except AncrageError as error:
        return render(request, BLANK, {"text": text, "failure": error}, status=400)
    telling = Telling(answer, link_of)
    if wanted.id != "html":
        return file_of(telling, wanted)
    return page_of(request, telling, template=ANSWERED, text=text, files=())


def _given(request: HttpRequest) -> str:
    """The balances of the files given, empty without any. Raises :class:`FinancingFileError`."""
    files = request.FILES.getlist("fichier")
    if len(files) > MOST or sum(one.size or 0 for one in files) > HEAVIEST:
        raise FinancingFileError(
            f"Plus de {MOST} fichiers, ou plus de 20 Mo.", "Donnez les comptes de quelques années."
        )
    entries = [line for one in files for line in entries_of(one.read(), (one.name or "")[:100])]
    return balance_text(entries) if entries else ""
