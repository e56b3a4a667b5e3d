"""Command that says which support covers a territory, and where to open next."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli import output
from ancrage.cli.couverture_ouvrir import Opening, tell_openings, tell_round
from ancrage.cli.session import OnOption, day_asked, open_atlas

if TYPE_CHECKING:
    from ancrage.coverage.places import Directory
    from ancrage.coverage.states import Communes, Reaches, SupportCoverage
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory


class Shape(StrEnum):
    """Shapes of a coverage."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    GEOJSON = "geojson"


def couverture(
    code: Annotated[str, typer.Argument(help="Territoire : 23077, dep:23, 200044014, fr…")],
    lieux: Annotated[
        list[str] | None,
        typer.Option("--lieux", metavar="[RESEAU=]FICHIER", help="Fichier de lieux ; répétable."),
    ] = None,
    types: Annotated[
        list[str] | None, typer.Option("--type", metavar="RESEAU", help="Seulement ce réseau ; répétable.")
    ] = None,
    seuil_km: Annotated[float, typer.Option("--seuil-km", help="Jusqu'où un lieu couvre.")] = 15.0,
    loin_km: Annotated[float, typer.Option("--loin-km", help="Au-delà, personne ne couvre.")] = 45.0,
    ouvrir: Annotated[
        int | None, typer.Option("--ouvrir", metavar="N", help="Où ouvrir N lieux de plus.")
    ] = None,
    mediane: Annotated[
        bool, typer.Option("--mediane", help="Rapprocher en moyenne, plutôt que couvrir le plus.")
    ] = False,
    poids: Annotated[
        str, typer.Option("--poids", help="Ce qu'il faut servir : habitants, structures ou emplois.")
    ] = "habitants",
    tournee: Annotated[
        str | None,
        typer.Option(
            "--tournee",
            metavar="COMMUNE",
            help="Tournée depuis là, par les lieux à ouvrir ; sans --ouvrir, par toutes les communes.",
        ),
    ] = None,
    detour: Annotated[
        float | None, typer.Option("--detour", help="Kilomètres de route par kilomètre à vol d'oiseau.")
    ] = None,
    km_jour: Annotated[float | None, typer.Option("--km-jour", help="Au plus par jour de tournée.")] = None,
    heures_jour: Annotated[
        float | None, typer.Option("--heures-jour", help="Durée d'une journée de tournée.")
    ] = None,
    heures_arret: Annotated[
        float | None, typer.Option("--heures-arret", help="Durée d'un arrêt de la tournée.")
    ] = None,
    vitesse: Annotated[float | None, typer.Option("--vitesse", help="Vitesse sur la route, en km/h.")] = None,
    detail: Annotated[bool, typer.Option("--detail", help="Commune par commune.")] = False,
    on: OnOption = None,
    shape: Annotated[Shape, typer.Option("--format", help="Forme de la réponse.")] = Shape.TERMINAL,
    sortie: output.OutputOption = None,
) -> None:
    """Dit quel accompagnement couvre un territoire, les zones blanches, et où ouvrir."""
    from ancrage.coverage.states import Reaches
    from ancrage.coverage.territory import communes_of
    from ancrage.rounds.days import RoundRules
    from ancrage.territories.resolving import resolve

    reaches = Reaches(seuil_km, loin_km)
    with open_atlas() as atlas:
        territory = resolve(atlas, code, on=day_asked(on))
        directory = _directory(atlas, lieux or [], types)
        opening = (
            None if ouvrir is None else Opening(ouvrir, None if mediane else seuil_km, poids, types or ())
        )
        if tournee is not None:
            rules = RoundRules(detour, km_jour, heures_arret, heures_jour, vitesse)
            base = resolve(atlas, tournee, on=day_asked(on))
            tell_round(atlas, territory, base, directory, opening, rules, shape.value, sortie)
            return
        if opening is not None:
            tell_openings(atlas, territory, directory, opening, shape.value, sortie)
            return
        found = _covered(communes_of(atlas, territory), directory, territory, types, reaches)
        _tell(atlas, territory, found, shape, sortie, detail=detail)


def _directory(atlas: "Atlas", files: Sequence[str], types: list[str] | None) -> "Directory":
    from ancrage.coverage.kinds import get_kind
    from ancrage.coverage.places import joined
    from ancrage.coverage.placing import ground_of
    from ancrage.coverage.reading import read_directory
    from ancrage.coverage.territory import edition_directory

    found = [edition_directory(atlas, [get_kind(name).id for name in types] if types else None)]
    if files:
        ground = ground_of(atlas)
        for written in files:
            kind, separator, name = written.partition("=")
            path = Path(name) if separator else Path(written)
            found.append(read_directory(path, ground, kind=kind if separator else None))
    return joined(found)


def _covered(
    communes: "Communes",
    directory: "Directory",
    territory: "Territory",
    types: list[str] | None,
    reaches: "Reaches",
) -> "SupportCoverage":
    from ancrage.coverage.kinds import get_kind
    from ancrage.coverage.states import cover

    wanted = [get_kind(name).id for name in types or ()]
    return cover(communes, directory, on=territory.on, kinds=wanted or None, reaches=reaches)


def _tell(
    atlas: "Atlas",
    territory: "Territory",
    found: "SupportCoverage",
    shape: Shape,
    sortie: Path | None,
    *,
    detail: bool,
) -> None:
    from ancrage.coverage.territory import by_zoning, weighings
    from ancrage.register.reach import register_is_whole
    from ancrage.reports.coverage.sheet import as_geojson, as_json, coverage_sheet
    from ancrage.siting.shapes import shapes_of
    from ancrage.territories.zonings.answering import verdicts_by_commune

    drawn = shape not in (Shape.TERMINAL, Shape.JSON)
    shapes = shapes_of(atlas, territory) if drawn else None
    if shape is Shape.GEOJSON:
        output.write(json.dumps(as_geojson(found, shapes), ensure_ascii=False), sortie)
        return
    whole, fictitious = register_is_whole(atlas, territory)
    weighed = weighings(atlas, found.communes, register_whole=whole)
    measured = [one for one in found.kinds.values() if one.known]
    verdicts = verdicts_by_commune(atlas, territory) if measured else {}
    sheet = coverage_sheet(
        found,
        place=f"{territory.name} ({territory.code.code})",
        weighings=weighed,
        zones=[(one, by_zoning(found, one.kind.id, verdicts)) for one in measured],
        shapes=shapes,
        detail=detail,
        fictitious=fictitious,
    )
    document = {"territory": str(territory.code), **as_json(found, weighed), "fictitious": fictitious}
    output.answer(sheet, document, output.Shape(shape.value), sortie)
