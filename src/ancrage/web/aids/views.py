"""Search, the page of an aid, the catalogue as files."""

from django.http import HttpRequest, HttpResponse

from ancrage.aids.catalogue import load_aids
from ancrage.aids.exports.dge import export
from ancrage.aids.search.gathering import gather
from ancrage.aids.vocabulary import WORDS, Nature, Theme
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.facts.situation import Audience
from ancrage.questions.aids import index_of
from ancrage.reports.aids.search import amount_said, published_by
from ancrage.reports.formats import FORMATS
from ancrage.spreadsheets import MEDIA_TYPE
from ancrage.web.asking import answered

PAGE = 30
LONGEST_NUMBER = 6


@kept
def index(request: HttpRequest) -> HttpResponse:
    """Aids that answer to the words and the filters, page by page; all of them in a file."""
    asked = request.GET
    page = _page(asked.get("page", ""))
    following = asked.copy()
    following["page"] = str(page + 1)
    return answered(
        request,
        ("recherche_aides",),
        template="aids/index.html.j2",
        words={"ouvertes": [asked.get("ouvertes") or "non"]},
        shown=slice((page - 1) * PAGE, page * PAGE),
        following=following.urlencode(),
        asked=asked,
        filters=(
            ("public", "Pour qui", Audience),
            ("theme", "Thème", Theme),
            ("nature", "Nature", Nature),
        ),
        words_of=WORDS,
        catalogue=load_aids(),
        amount_said=amount_said,
        published_by=published_by,
    )


def _page(written: str) -> int:
    """The page asked; the first when what is written is the number of none."""
    return max(1, int(written)) if written.isdecimal() and len(written) <= LONGEST_NUMBER else 1


@kept
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """An aid of the catalogue with its versions, or an imported one with where it comes from."""
    published = identifier not in load_aids() and identifier in index_of(opened()).documents
    names = ("aide_publiee",) if published else ("aide",)
    return answered(request, names, template="aids/show.html.j2", words={"aide": [identifier]})


@kept
def catalogue_csv(request: HttpRequest) -> HttpResponse:
    """Every aid, one a line, for a spreadsheet."""
    return answered(request, ("recherche_aides",), shape=FORMATS["csv"])


@kept
def catalogue_dge(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every aid in the exchange format of the DGE."""
    text, _ = export(gather(opened().shelf))
    headers = {"Content-Disposition": 'attachment; filename="aides-dge.csv"'}
    return HttpResponse(text, content_type=MEDIA_TYPE, headers=headers)
