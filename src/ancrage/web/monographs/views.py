"""The cases: list and search, one of them with those like it, the volume."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from ancrage.desk.keeping import kept
from ancrage.levers.catalogue import read_levers
from ancrage.monographs.declaration import Category
from ancrage.monographs.volume import volume
from ancrage.questions.monographs import MonographsQuestion
from ancrage.questions.reading import read
from ancrage.register.catalogue import families, workforce_bands
from ancrage.territories.zonings.declaration import load_zonings
from ancrage.web.asking import answered


@kept
def index(request: HttpRequest) -> HttpResponse:
    """The cases, all or those that answer to the words and filters of the address."""
    return answered(request, ("monographies",), template="monographs/index.html.j2", **_form(request))


@kept
def alike(request: HttpRequest) -> HttpResponse:
    """The cases from the most to the least like one's own, trait by trait."""
    asked = ("monographies_semblables",)
    return answered(request, asked, template="monographs/alike.html.j2", **_form(request))


def _form(request: HttpRequest) -> dict[str, Any]:
    return {
        "asked": request.GET,
        "categories": list(Category),
        "tools": read_levers().tools.values(),
        "zonings": load_zonings().values(),
        "families": families().values(),
        "bands": workforce_bands().values(),
    }


@kept
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """A case, its place on the day it was studied."""
    words = {"identifiant": [identifier]}
    return answered(
        request, ("monographie",), template="monographs/show.html.j2", words=words, identifier=identifier
    )


@kept
def volume_file(request: HttpRequest) -> HttpResponse:
    """Every case, or those of a category, as one Markdown file."""
    question = read(MonographsQuestion, dict(request.GET.lists()))
    return HttpResponse(
        volume(question.of_category(), question.category),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="monographies.md"'},
    )
