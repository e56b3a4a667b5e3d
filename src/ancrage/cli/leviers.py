"""Command that advises an authority on the levers and tools it may pull."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli.output import OutputOption, Shape, ShapeOption, answer
from ancrage.cli.session import OnOption, cache_directory, day_asked, open_atlas

if TYPE_CHECKING:
    from ancrage.facts.situation import Known
    from ancrage.levers.declaration import Authority
    from ancrage.levers.recommending import Recommendation
    from ancrage.territories.territory import Territory


def leviers(
    code: Annotated[str | None, typer.Argument(help="Territoire ; sans lui, la liste des leviers.")] = None,
    pour: Annotated[
        str | None,
        typer.Option("--pour", metavar="AUTORITE", help="commune, epci, departement, region, etat ou caf."),
    ] = None,
    outil: Annotated[
        str | None, typer.Option("--outil", help="Un outil en entier : son numéro, de 1 à 19.")
    ] = None,
    partenariat: Annotated[
        str | None,
        typer.Option("--partenariat", metavar="OUI|NON", help="Le prérequis : volonté de co-construire."),
    ] = None,
    faits: Annotated[
        list[str] | None, typer.Option("--fait", metavar="FAIT=VALEUR", help="Un fait connu ; répétable.")
    ] = None,
    on: OnOption = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Recommande les leviers et outils d'une collectivité : par où commencer, pourquoi, sur quel texte."""
    if code is None:
        _without_territory(outil, shape, sortie)
        return
    found, territory, fictitious = _recommended(code, pour, partenariat, faits or [], on)
    _told(found, territory, outil, shape, sortie, fictitious=fictitious)


def _without_territory(outil: str | None, shape: Shape, sortie: Any) -> None:
    from ancrage.aids.catalogue import load_aids
    from ancrage.levers.catalogue import get_tool, read_levers
    from ancrage.reports.levers.sheet import catalogue_sheet, tool_sheet

    catalogue = read_levers()
    if outil is None:
        document: Any = [lever.model_dump(mode="json") for lever in catalogue.levers]
        answer(catalogue_sheet(catalogue), document, shape, sortie)
        return
    tool = get_tool(outil)
    answer(
        tool_sheet(tool, catalogue=catalogue, aids=load_aids()), tool.model_dump(mode="json"), shape, sortie
    )


def _recommended(
    code: str, pour: str | None, partenariat: str | None, faits: list[str], on: str | None
) -> tuple["Recommendation", "Territory", bool]:
    from ancrage.diagnosis.assemble import diagnose
    from ancrage.diagnosis.levers import advise, rests_on_fiction
    from ancrage.territories.resolving import resolve

    declared = _declared(partenariat, faits)
    with open_atlas() as atlas:
        territory = resolve(atlas, code, on=day_asked(on))
        authority = _authority(pour, territory)
        diagnosis = diagnose(atlas, territory, cache=cache_directory())
        found = advise(atlas, territory, diagnosis, authority, declared=declared, cache=cache_directory())
    return found, territory, rests_on_fiction(diagnosis)


def _declared(partenariat: str | None, faits: list[str]) -> "dict[str, Known]":
    from ancrage.facts.situation import declared
    from ancrage.facts.values import read_facts
    from ancrage.levers.recommending import PRECONDITION

    told = [*faits, *([f"{PRECONDITION}={partenariat}"] if partenariat else [])]
    return declared(read_facts(told))


def _authority(pour: str | None, territory: "Territory") -> "Authority":
    from ancrage.diagnosis.levers import AUTHORITY_OF
    from ancrage.errors import UnknownLeverError
    from ancrage.levers.declaration import Authority

    possible = ", ".join(one.value for one in Authority)
    if pour is None:
        if territory.kind in AUTHORITY_OF:
            return AUTHORITY_OF[territory.kind]
        raise UnknownLeverError(
            f"{territory.name} n'a pas d'autorité à lui.", f"Dites pour qui : --pour {possible}."
        )
    if pour not in set(Authority):
        raise UnknownLeverError(
            f"« {pour} » n'est pas une autorité connue.", f"Prenez l'une de celles-ci : {possible}."
        )
    return Authority(pour)


def _told(
    found: "Recommendation",
    territory: "Territory",
    outil: str | None,
    shape: Shape,
    sortie: Any,
    *,
    fictitious: bool,
) -> None:
    from ancrage.aids.catalogue import load_aids
    from ancrage.diagnosis.levers import as_part
    from ancrage.levers.catalogue import get_tool, read_levers
    from ancrage.reports.levers.sheet import levers_sheet, tool_sheet

    catalogue = read_levers()
    part = as_part(found, fictitious=fictitious).model_dump(mode="json")
    if outil is None:
        place = f"{territory.name} ({territory.code.code})"
        sheet = levers_sheet(found, place=place, catalogue=catalogue, fictitious=fictitious)
        named = {"kind": territory.kind.value, "code": territory.code.code, "name": territory.name}
        answer(sheet, {"territory": named, "on": found.on.isoformat(), **part}, shape, sortie)
        return
    tool = get_tool(outil)
    advice = next(one for one in found.advices if one.tool.number == tool.number)
    document = next(one for one in part["tools"] if one["number"] == tool.number)
    answer(tool_sheet(tool, catalogue=catalogue, aids=load_aids(), advice=advice), document, shape, sortie)
