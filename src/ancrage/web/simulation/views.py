"""A territory through an aid, and what a threshold would change; a country is a task of the background."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.aids.catalogue import get_aid, load_aids
from ancrage.aids.overriding import read_overrides
from ancrage.aids.simulation import simulate
from ancrage.declarations.dated_parameters import Parameter, load_parameters
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.reports.aids.simulation import simulation_sheet
from ancrage.territories.codes import Kind
from ancrage.web.sheets import sheet_page

BIG = (Kind.REGION, Kind.FRANCE)
"""Territories whose simulation is a task of the background, not a page."""


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Counts of an aid (``?aide=``), and of a supposition (``?parametre=``, ``?valeur=``)."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    aid = request.GET.get("aide", "")
    parameter, value = request.GET.get("parametre", ""), request.GET.get("valeur", "").replace(",", ".")
    parameters = _parameters_of(aid) if aid else {}
    around = {
        "code": code,
        "territory": territory,
        "aids": sorted(load_aids().values(), key=lambda one: one.name),
        "aid": aid,
        "parameters": parameters,
        "parameter": parameter,
        "value": value,
        "today": _value_on(parameters[parameter], territory.on) if parameter in parameters else None,
        "on": territory.on,
    }
    if territory.kind in BIG:
        return render(request, "simulation/task.html.j2", around)
    overrides = read_overrides([f"{parameter}={value}"] if parameter and value else [])
    found = simulate(now.atlas, territory, only=(aid,) if aid else (), overrides=overrides, cache=now.cache)
    return sheet_page(request, simulation_sheet(found), template="simulation/show.html.j2", **around)


def _parameters_of(aid: str) -> dict[str, Parameter]:
    """Parameters that the rules of an aid read, by identifier. Raises :class:`UnknownAidError`."""
    versions = get_aid(aid).versions
    told = [one.rule for version in versions for one in version.conditions]
    told += [version.amount.rule for version in versions if version.amount]
    rules = " ".join(told)
    return {name: one for name, one in load_parameters().items() if f'"{name}"' in rules}


def _value_on(parameter: Parameter, on: object) -> float | None:
    """Its value that day, when it has only one."""
    found = [
        one.value
        for one in parameter.values
        if one.since <= on and (one.until is None or on <= one.until)  # type: ignore[operator]
    ]
    return found[0] if len(found) == 1 else None
