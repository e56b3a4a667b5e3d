"""A territory through an aid, and what a threshold would change; a country is a task of the background."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from ancrage.aids.catalogue import get_aid, load_aids
from ancrage.declarations.dated_parameters import Parameter, load_parameters
from ancrage.desk.asking import day_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.language.numbers import typed
from ancrage.web.asking import answered


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Counts of an aid (``?aide=``), and of a supposition (``?parametre=``, ``?valeur=``)."""
    now = opened()
    on = day_of(request, now)
    aid = request.GET.get("aide", "")
    parameter, value = request.GET.get("parametre", ""), typed(request.GET.get("valeur", ""))
    parameter, _, written = parameter.partition("=")
    value = value or written
    parameters = _parameters_of(aid) if aid else {}
    around: dict[str, Any] = {
        "aids": sorted(load_aids().values(), key=lambda one: one.name),
        "aid": aid,
        "parameters": parameters,
        "parameter": parameter,
        "value": value,
        "today": _value_on(parameters[parameter], on) if parameter in parameters else None,
        "on": on,
    }
    return answered(
        request,
        ("simulation",),
        template="simulation/show.html.j2",
        words={"parametre": [f"{parameter}={value}"] if parameter and value else []},
        code=code,
        **around,
    )


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
