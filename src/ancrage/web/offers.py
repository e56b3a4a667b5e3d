"""Repairs as links: where on the site a visitor can do what a failure asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from ancrage import repairs as r
from ancrage.language.days import short_day
from ancrage.repairs import Repair
from ancrage.web.navigation import address

SEARCHES = {
    "territory": ("Chercher un territoire", "search"),
    "structure": ("Chercher une structure", "structures"),
    "aid": ("Chercher une aide", "aids"),
}

PRESENT = "Les données présentes sur ce site"
LISTS = {
    "tool": ("Les dix-neuf outils", "levers"),
    "source": (PRESENT, "sources"),
    "case": ("Tous les cas", "cases"),
}
"""What the words of a page do not lead to by themselves."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A link and its words."""

    label: str
    href: str


def offers(request: HttpRequest, repairs: Iterable[Repair]) -> tuple[Offer, ...]:
    """The links that this site has for these repairs, in order, each once."""
    found = (Offer(label, href) for one in repairs for label, href in _places(request, one) if href)
    return tuple(dict.fromkeys(found))


@pass_context
def to_do(context: Context, repairs: Iterable[Repair]) -> Markup:
    """The same links, in a line of a template."""
    links = (
        Markup('<a href="{}">{}</a>').format(one.href, one.label)
        for one in offers(context["request"], repairs)
    )
    return Markup(" · ").join(links)


Place = tuple[str, str | None]


def _places(request: HttpRequest, repair: Repair) -> Iterator[Place]:
    match repair:
        case r.AskDay(on=on) if on is not None:
            asked = request.GET.copy()
            asked["le"] = on.isoformat()
            yield f"Voir cette page au {short_day(on)}", f"{request.path}?{asked.urlencode()}"
        case r.Search(what=what):
            label, page = SEARCHES[what]
            yield label, address(page)
        case r.GiveField(field="point"):
            yield "Donner un point, une adresse ou une commune", address("territories")
        case r.See(subject="territory", code=code) if code:
            yield "Voir la commune", address("territory", code)
        case r.See(subject="case", code=code) if code:
            yield "Voir le cas", address("case", code)
        case r.SynchroniseSources():
            yield PRESENT, address("sources")
        case r.StartFromModel(of="financing"):
            yield "Remplir un plan sur ce site", address("financing")
        case r.StartFromModel(of="grid"):
            yield "Remplir la grille sur ce site", address("grid")
        case r.See(subject=subject) if subject in LISTS:
            label, page = LISTS[subject]
            yield label, address(page)
        case _:
            return
