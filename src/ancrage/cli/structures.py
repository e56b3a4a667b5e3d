"""Command that lists the structures of a territory: the directory, with its filters and its files."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.output import OutputOption, Shape, answer, write, write_lines
from ancrage.cli.session import OnOption, day_asked, open_atlas
from ancrage.reasoning import Verdict
from ancrage.register.directory.vocabulary import MOST_ROWS, Employer, Order

if TYPE_CHECKING:
    from pathlib import Path

    from ancrage.register.directory.listing import Directory
    from ancrage.register.directory.query import DirectoryQuery

Values = list[str] | None


class ListShape(StrEnum):
    """Shapes of a list of structures."""

    TERMINAL = "terminal"
    JSON = "json"
    CSV = "csv"
    CSV_MACHINE = "csv-machine"
    GEOJSON = "geojson"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


def structures(
    code: Annotated[str, typer.Argument(help="Territoire : 23077, 200044014, dep:23, fr…")] = "fr",
    rayon: Annotated[
        float | None,
        typer.Option(
            "--rayon", metavar="KM", help="Autour de la commune, à vol d'oiseau ; la plus proche d'abord."
        ),
    ] = None,
    texte: Annotated[str, typer.Option("--texte", help="Mots du nom, même commencés, SIREN ou SIRET.")] = "",
    famille: Annotated[
        Values, typer.Option("--famille", help="association, cooperative… ; répétable.")
    ] = None,
    activite: Annotated[Values, typer.Option("--activite", help="NAF : Q, 88, 88.99A… ; répétable.")] = None,
    siae: Annotated[Values, typer.Option("--siae", help="ACI, EI, AI, ETTI, EA… ; répétable.")] = None,
    tranche: Annotated[
        Values, typer.Option("--tranche", help="Tranche d'effectif publiée ; répétable.")
    ] = None,
    employeur: Annotated[
        list[Employer] | None, typer.Option("--employeur", help="Emploie-t-elle ? répétable.")
    ] = None,
    ess: Annotated[
        list[Verdict] | None, typer.Option("--ess", help="Appartenance à l'ESS ; répétable.")
    ] = None,
    qpv: Annotated[
        list[Verdict] | None, typer.Option("--qpv", help="En quartier prioritaire ; répétable.")
    ] = None,
    zonage: Annotated[
        Values, typer.Option("--zonage", help="Communes classées : zrr, frr, montagne… ; répétable.")
    ] = None,
    limite: Annotated[
        int | None,
        typer.Option(
            "--limite", min=1, max=MOST_ROWS, help="Structures au plus ; 30 à l'écran, toutes en fichier."
        ),
    ] = None,
    on: OnOption = None,
    shape: Annotated[ListShape, typer.Option("--format", help="Forme de la réponse.")] = ListShape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Liste les structures de l'ESS et de l'insertion d'un territoire, avec leurs filtres."""
    from ancrage.register.directory.listing import Directory
    from ancrage.register.directory.query import DirectoryQuery, InZoning
    from ancrage.territories.resolving import resolve

    with open_atlas(resident=True) as atlas:
        query = DirectoryQuery(
            territory=resolve(atlas, code, on=day_asked(on)),
            radius_km=rayon,
            text=texte,
            families=tuple(famille or ()),
            activities=tuple(activite or ()),
            kinds=tuple(siae or ()),
            employers=tuple(employeur or ()),
            bands=tuple(tranche or ()),
            memberships=tuple(ess or ()),
            quarters=tuple(qpv or ()),
            zonings=tuple(InZoning(one) for one in zonage or ()),
            order=Order.DISTANCE if rayon else Order.NAME,
        )
        _tell(Directory(atlas), query, limite, shape, sortie)


def _tell(
    directory: "Directory",
    query: "DirectoryQuery",
    limite: int | None,
    shape: ListShape,
    sortie: "Path | None",
) -> None:
    from ancrage.reports.structures.directory import cards_csv, cards_json, points_geojson
    from ancrage.spreadsheets import MACHINES

    if shape is ListShape.GEOJSON:
        write(points_geojson(directory.points(query, limit=limite or MOST_ROWS)), sortie)
        return
    match shape:
        case ListShape.CSV:
            write_lines(cards_csv(directory.every(query, limit=limite)), sortie)
        case ListShape.CSV_MACHINE:
            write_lines(cards_csv(directory.every(query, limit=limite), MACHINES), sortie)
        case ListShape.JSON:
            write_lines(cards_json(directory.every(query, limit=limite)), sortie)
        case _:
            from ancrage.reports.structures.sheet import structures_sheet

            page = directory.page(query, limit=limite or SHOWN)
            sheet = structures_sheet(query, directory.facets(query), page.cards, _sources(directory))
            answer(sheet, None, Shape(shape.value), sortie)


def _sources(directory: "Directory") -> tuple[dict[str, object], ...]:
    """Entries of the manifest the directory rests on."""
    from ancrage.diagnosis.survival import REGISTER

    entries = directory.atlas.warehouse.manifest["sources"]
    return tuple(entry for entry in entries if entry["id"] in (*REGISTER, *INCLUSION))


SHOWN = 30
INCLUSION = ("siae",)
