"""The catalogue of levers, a tool, and the advice to an authority."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ancrage.aids.catalogue import load_aids
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.diagnosing import diagnosis_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.levers import AUTHORITY_OF, advise, rests_on_fiction
from ancrage.errors import FactError, UnknownLeverError
from ancrage.facts.declaration import Fact, Origin, load_facts
from ancrage.facts.situation import Known, declared
from ancrage.facts.values import read_facts
from ancrage.levers.catalogue import get_tool, read_levers
from ancrage.levers.declaration import Authority
from ancrage.levers.recommending import PRECONDITION
from ancrage.reports.levers.sheet import catalogue_sheet, levers_sheet, tool_sheet
from ancrage.territories.territory import Territory
from ancrage.web.sheets import sheet_page

LONGEST = 200
MOST_FACTS = 80
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
        return redirect("territory-levers", wanted)
    found = read_levers()
    return sheet_page(
        request, catalogue_sheet(found), template="levers/catalogue.html.j2", tools=found.tools.values()
    )


@kept
def tool(request: HttpRequest, number: int) -> HttpResponse:
    """Everything about a tool."""
    found, aids = get_tool(str(number)), load_aids()
    sheet = tool_sheet(found, catalogue=read_levers(), aids=aids)
    return sheet_page(
        request, sheet, template="levers/tool.html.j2", aids=[aids[name] for name in found.aids]
    )


@kept
def advised(request: HttpRequest, code: str) -> HttpResponse:
    """What is advised to an authority of a territory, and why."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    authority = _authority(request.GET.get("pour", ""), territory)
    partnership = request.GET.get("partenariat", "")
    told = [
        *request.GET.getlist("f"),
        *(f"{fact.id}={request.GET.get(fact.id, '')}" for fact in asked_facts()),
    ]
    diagnosis = diagnosis_of(now, territory)
    declared = _declared(partnership, told)
    found = advise(now.atlas, territory, diagnosis, authority, declared=declared, cache=now.cache)
    sheet = levers_sheet(
        found,
        place=f"{territory.name} ({territory.code.code})",
        catalogue=read_levers(),
        fictitious=rests_on_fiction(diagnosis),
    )
    around = {
        "asked": request.GET,
        "facts": asked_facts(),
        "code": code,
        "authority": authority,
        "authorities": AUTHORITIES,
        "partnership": partnership,
    }
    return sheet_page(
        request, sheet, template="levers/territory.html.j2", on=territory.on, place=territory.name, **around
    )


def asked_facts() -> list[Fact]:
    """What a diagnosis measures and a visitor may know better: asked in the form, none of them required."""
    return [
        fact for fact in load_facts().values() if fact.origin is Origin.DIAGNOSTIC and fact.id != PRECONDITION
    ]


def _authority(typed: str, territory: Territory) -> Authority:
    if not typed:
        return AUTHORITY_OF.get(territory.kind, Authority.EPCI)
    if typed not in set(Authority):
        raise UnknownLeverError(
            f"« {typed[:40]} » n'est pas une autorité connue.", f"Possible : {', '.join(Authority)}."
        )
    return Authority(typed)


def _declared(partnership: str, facts: list[str]) -> dict[str, Known]:
    """The facts told and the answer to the precondition; an empty one is unknown, never no.

    Raises :class:`FactError` naming the fact refused, or for more facts than there can be.
    """
    written = [one[:LONGEST] for one in facts if one.partition("=")[2].strip()]
    if len(written) > MOST_FACTS:
        raise FactError(f"{len(written)} faits sont donnés.", f"Il n'y en a pas plus de {MOST_FACTS} à dire.")
    return declared(read_facts([*written, *([f"{PRECONDITION}={partnership}"] if partnership else [])]))
