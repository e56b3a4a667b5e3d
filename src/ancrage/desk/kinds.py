"""Works too long for a page: each asked once, worked out by the worker, its file kept a day."""

import json
from collections.abc import Callable, Mapping

from ancrage.aids.overriding import read_overrides
from ancrage.aids.simulation import simulate
from ancrage.dating import parse_day
from ancrage.desk.asking import territory_of
from ancrage.desk.diagnosing import diagnosis_of
from ancrage.desk.opened import opened
from ancrage.diagnosis.model import Diagnosis
from ancrage.errors import UnknownTaskError
from ancrage.reports.diagnosis_sheet import diagnosis_sheet
from ancrage.reports.html import render_html
from ancrage.reports.schema import render_json
from ancrage.reports.sheet_pdf import render_sheet_pdf
from ancrage.territories.territory import Territory
from ancrage.workspace.kinds import Kind, Parameters, Progress, Result

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


def _named(what: str, parameters: Mapping[str, str], extension: str) -> str:
    place = "".join(sign if sign.isalnum() else "-" for sign in parameters["territoire"])[:60]
    return f"{what}-{place}-{parameters['le']}.{extension}"


KINDS = (
    Kind("simulation", "Simulation des aides sur un territoire", _read_simulation, _simulate),
    Kind("rapport", "Rapport de diagnostic d’un territoire", _read_report, _report),
)
