"""Works too long for a page: each asked once, worked out by the worker, its file kept a day."""

import json
from collections.abc import Callable, Mapping

from django.http import QueryDict

from ancrage.aids.overriding import read_overrides
from ancrage.aids.simulation import simulate
from ancrage.dating import parse_day
from ancrage.desk.asking import territory_of
from ancrage.desk.diagnosing import diagnosis_of
from ancrage.desk.opened import opened
from ancrage.desk.openings import WEIGHTS, networks, number, sheet_of, sited
from ancrage.diagnosis.model import Diagnosis
from ancrage.errors import UnknownTaskError
from ancrage.reports.diagnosis.html import render_html
from ancrage.reports.diagnosis.schema import render_json
from ancrage.reports.diagnosis.sheet import diagnosis_sheet
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.formats.pdf import render_sheet_pdf
from ancrage.reports.sheet import Sheet
from ancrage.reports.siting.plain import siting_as_json
from ancrage.tasks.kinds import Kind, Parameters, Progress, Result
from ancrage.territories.territory import Territory

SHAPES: dict[str, tuple[str, Callable[[Diagnosis], str | bytes]]] = {
    "pdf": ("application/pdf", lambda diagnosis: render_sheet_pdf(diagnosis_sheet(diagnosis))),
    "html": ("text/html; charset=utf-8", render_html),
    "json": ("application/json", render_json),
}


def _read_place(parameters: Parameters) -> dict[str, str]:
    """Territory and day, in the form that makes two same questions one."""
    now = opened()
    on = parse_day(parameters["le"]) if parameters.get("le") else now.today
    territory = territory_of(now, parameters.get("territoire", ""), on=on)
    return {"territoire": _asked(territory, parameters), "le": on.isoformat()}


def _asked(territory: Territory, parameters: Parameters) -> str:
    """A set of communes has no code of its own: it is asked again as it was written."""
    return parameters["territoire"] if territory.code.kind == "ensemble" else str(territory.code)


def _place(parameters: Parameters) -> Territory:
    return territory_of(opened(), parameters["territoire"], on=parse_day(parameters["le"]))


def _read_simulation(parameters: Parameters) -> dict[str, str]:
    overrides = read_overrides(parameters.get("parametres", "").split())
    told = " ".join(f"{name}={value:g}" for name, value in sorted(overrides.items()))
    aids = " ".join(sorted(set(parameters.get("aides", "").split())))
    return {**_read_place(parameters), "aides": aids, "parametres": told}


def _simulate(parameters: Parameters, progress: Progress) -> Result:
    now = opened()
    progress(5, "Lecture du territoire.")
    territory = _place(parameters)
    progress(15, "Structures du territoire passées au crible des aides.")
    overrides = read_overrides(parameters["parametres"].split())
    aids = tuple(parameters["aides"].split())
    found = simulate(now.atlas, territory, only=aids, overrides=overrides, cache=now.cache)
    progress(90, "Écriture du résultat.")
    content = json.dumps(found.as_json(), ensure_ascii=False, indent=2).encode()
    return Result(_named("simulation", parameters, "json"), "application/json", content)


def _read_report(parameters: Parameters) -> dict[str, str]:
    shape = parameters.get("forme") or "html"
    if shape not in SHAPES:
        raise UnknownTaskError(
            f"« {shape[:20]} » n'est pas une forme de rapport.", f"Choisissez : {', '.join(SHAPES)}."
        )
    return {**_read_place(parameters), "forme": shape}


def _report(parameters: Parameters, progress: Progress) -> Result:
    progress(5, "Lecture du territoire.")
    territory = _place(parameters)
    progress(15, "Diagnostic du territoire.")
    diagnosis = diagnosis_of(opened(), territory)
    progress(70, "Mise en page.")
    content_type, write = SHAPES[parameters["forme"]]
    made = write(diagnosis)
    content = made.encode() if isinstance(made, str) else made
    return Result(_named("rapport", parameters, parameters["forme"]), content_type, content)


SHEETS: dict[str, tuple[str, Callable[[Sheet], str | bytes]]] = {
    "html": ("text/html; charset=utf-8", render_sheet_html),
    "pdf": ("application/pdf", render_sheet_pdf),
}
LONGEST_SEARCH = 300.0
"""Seconds a task may look for openings; past it, it tells the gap to the best."""


def _read_openings(parameters: Parameters) -> dict[str, str]:
    """The request of the page, in one order; refused now rather than by the worker when it means nothing."""
    asked = QueryDict(parameters.get("parametres", ""))
    kept = QueryDict(mutable=True)
    kept.setlist("reseau", sorted(set(networks(asked))))
    kept["ouvrir"] = f"{number(asked, 'ouvrir', 3):g}"
    kept["critere"] = "mediane" if asked.get("critere") == "mediane" else "couverture"
    kept["seuil"] = f"{number(asked, 'seuil', 15.0):g}"
    kept["poids"] = asked.get("poids") or WEIGHTS[0]
    shape = parameters.get("forme") or "html"
    if shape not in (*SHEETS, "json"):
        raise UnknownTaskError(
            f"« {shape[:20]} » n'est pas une forme de rapport.", f"Choisissez : {', '.join(SHEETS)}, json."
        )
    return {**_read_place(parameters), "parametres": kept.urlencode(), "forme": shape}


def _openings(parameters: Parameters, progress: Progress) -> Result:
    now = opened()
    progress(5, "Lecture du territoire.")
    territory = _place(parameters)
    asked = QueryDict(parameters["parametres"])
    progress(15, "Recherche des lieux à ouvrir, et de la preuve qu'il n'y a pas mieux.")
    found = sited(now, territory, asked, seconds=LONGEST_SEARCH)
    progress(80, "Mise en page.")
    shape = parameters["forme"]
    if shape == "json":
        told = json.dumps(siting_as_json(found), ensure_ascii=False, indent=2)
        return Result(_named("ouvertures", parameters, shape), "application/json", told.encode())
    content_type, write = SHEETS[shape]
    made = write(sheet_of(now, found, asked))
    content = made.encode() if isinstance(made, str) else made
    return Result(_named("ouvertures", parameters, shape), content_type, content)


def _named(what: str, parameters: Mapping[str, str], extension: str) -> str:
    place = "".join(sign if sign.isalnum() else "-" for sign in parameters["territoire"])[:60]
    return f"{what}-{place}-{parameters['le']}.{extension}"


KINDS = (
    Kind("simulation", "Simulation des aides sur un territoire", _read_simulation, _simulate),
    Kind("ouvertures", "Où ouvrir de nouveaux lieux d’accompagnement", _read_openings, _openings),
    Kind("rapport", "Rapport de diagnostic d’un territoire", _read_report, _report),
)
