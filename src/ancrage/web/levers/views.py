"""The catalogue of levers, a tool, and the advice to an authority."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from ancrage.aids.catalogue import load_aids
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.errors import InvalidQuestionError
from ancrage.facts.declaration import Fact, Origin, load_facts
from ancrage.land.tree import walk
from ancrage.levers.authorities import Authority
from ancrage.levers.catalogue import get_tool, read_levers
from ancrage.levers.figures import REFERENCE
from ancrage.levers.recommending import PRECONDITION, Status
from ancrage.reports.levers.sheet import TITLES
from ancrage.web.asking import answered
from ancrage.web.navigation import towards
from ancrage.web.territory.views import around, elsewhere

PURCHASES = "commande_publique"
"""The lever of responsible procurement."""
AUTHORITIES = {
    Authority.COMMUNE: "la commune",
    Authority.EPCI: "l’intercommunalité",
    Authority.DEPARTEMENT: "le département",
    Authority.REGION: "la région",
    Authority.ETAT: "l’État",
    Authority.CAF: "la CAF",
}


@kept
def catalogue(request: HttpRequest) -> HttpResponse:
    """The six levers and nineteen tools; with ``?t=``, those of a territory."""
    wanted = request.GET.get("t", "").strip()
    if wanted:
        return towards("territory-levers", wanted)
    tools = read_levers().tools.values()
    return answered(request, ("liste_leviers",), template="levers/catalogue.html.j2", tools=tools)


@kept
def tool(request: HttpRequest, number: int) -> HttpResponse:
    """Everything about a tool."""
    aids = load_aids()
    return answered(
        request,
        ("outil",),
        template="levers/tool.html.j2",
        words={"outil": [str(number)]},
        aids=[aids[name] for name in get_tool(str(number)).aids],
        of_purchases=read_levers().lever_of(get_tool(str(number))).id == PURCHASES,
    )


@kept
def land(request: HttpRequest) -> HttpResponse:
    """The decision tree on land and premises: a question, or the way that was found."""
    answers = request.GET.getlist("reponse")
    return answered(
        request,
        ("foncier",),
        template="levers/land.html.j2",
        further=[
            (word, urlencode([("reponse", one) for one in (*answers, word)])) for word in _possible(answers)
        ],
        back=urlencode([("reponse", one) for one in answers[:-1]]),
        walked=len(answers),
    )


def _possible(answers: list[str]) -> list[str]:
    try:
        question = walk(answers).question
    except InvalidQuestionError:
        return []
    return list(question.answers) if question else []


@kept
def advised(request: HttpRequest, code: str) -> HttpResponse:
    """What is advised to an authority of a territory, and why."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, "territory-levers"):
        return there
    return answered(
        request,
        ("leviers",),
        template="levers/territory.html.j2",
        **around(request, now, territory, code),
        statuses=Status,
        titles=TITLES,
        words={"fait": [*filter(_says, _listed(request)), *_typed(request)]},
        facts=asked_facts(),
        authorities=AUTHORITIES,
    )


def asked_facts() -> list[Fact]:
    """What a diagnosis measures and a visitor may know better: asked in the form, none of them required."""
    return [
        fact
        for fact in load_facts().values()
        if fact.origin is Origin.DIAGNOSTIC and fact.id != PRECONDITION and not fact.id.endswith(REFERENCE)
    ]


def _listed(request: HttpRequest) -> list[str]:
    return [*request.GET.getlist("f"), *request.GET.getlist("fait")]


def _says(fact: str) -> bool:
    """Whether a fact of an address is given a value: an empty one is unknown, never no."""
    return bool(fact.partition("=")[2].strip())


def _typed(request: HttpRequest) -> list[str]:
    """Facts of the form, each under its own name."""
    told = {fact.id: request.GET.get(fact.id, "").strip() for fact in asked_facts()}
    return [f"{name}={value}" for name, value in told.items() if value]
