"""Commands of the monographs: list, show, search, compare with one's own case, export a volume."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.output import OutputOption, Shape, ShapeOption, answer, write
from ancrage.cli.session import OnOption, day_asked, open_atlas, today

if TYPE_CHECKING:
    from ancrage.monographs.catalogue import Monograph, Monographs
    from ancrage.monographs.declaration import Category

app = typer.Typer(no_args_is_help=True)
FolderOption = Annotated[
    Path | None, typer.Option("--dossier", help="Vos monographies : un dossier de fichiers .md.")
]
CategoryOption = Annotated[
    str | None,
    typer.Option(
        "--categorie", help="production_consommation_responsables, attractivite, lien_social ou inclusion."
    ),
]


@app.command()
def lister(
    categorie: CategoryOption = None,
    zonage: Annotated[
        str | None, typer.Option("--zonage", help="Cas dont le lieu est dans ce zonage.")
    ] = None,
    outil: Annotated[
        int | None, typer.Option("--outil", min=1, max=19, help="Cas où cet outil a servi.")
    ] = None,
    dossier: FolderOption = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Liste les cas, tous ou ceux d'une catégorie, d'un zonage, d'un outil."""
    from ancrage.reports.monographs.plain import case_as_json
    from ancrage.reports.monographs.sheet import list_sheet

    category = _category(categorie)
    cases = [case for case in _read(dossier).cases if category is None or case.header.category is category]
    if outil is not None:
        cases = [case for case in cases if outil in case.header.tools]
    if zonage is not None:
        cases = _within(cases, zonage)
    answer(list_sheet(cases), [case_as_json(case) for case in cases], shape, sortie)


@app.command()
def montrer(
    identifiant: Annotated[str, typer.Argument(help="Identifiant du cas.")],
    dossier: FolderOption = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Montre un cas : identité, lieu et zonages du jour de l'étude, récit, contributions, sources."""
    from ancrage.monographs.places import place
    from ancrage.reports.monographs.plain import case_as_json
    from ancrage.reports.monographs.sheet import case_sheet

    case = _read(dossier).get(identifiant)
    with open_atlas() as atlas:
        placed = place(atlas, case)
    answer(case_sheet(placed), case_as_json(case, placed), shape, sortie)


@app.command()
def chercher(
    texte: Annotated[str, typer.Argument(help="Mots à chercher, fautes permises.")],
    dossier: FolderOption = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Cherche dans les cas."""
    from ancrage.monographs.searching import search
    from ancrage.reports.monographs.plain import case_as_json
    from ancrage.reports.monographs.sheet import list_sheet

    found = search(_read(dossier).cases, texte)
    cases = [one.case for one in found]
    document = [case_as_json(case) for case in cases]
    answer(list_sheet(cases, found=found, typed=texte), document, shape, sortie)


@app.command()
def semblables(
    territoire: Annotated[str | None, typer.Argument(metavar="[CODE]", help="Où est votre cas.")] = None,
    outil: Annotated[
        list[int] | None, typer.Option("--outil", min=1, max=19, help="Un outil employé ; répétable.")
    ] = None,
    naf: Annotated[str | None, typer.Option("--naf", help="Activité, par exemple 88.99B.")] = None,
    tranche: Annotated[
        str | None, typer.Option("--tranche", help="Tranche d'effectif de SIRENE, par exemple 11.")
    ] = None,
    famille: Annotated[str | None, typer.Option("--famille", help="Famille de l'ESS.")] = None,
    dossier: FolderOption = None,
    on: OnOption = None,
    shape: ShapeOption = Shape.TERMINAL,
    sortie: OutputOption = None,
) -> None:
    """Range les cas du plus semblable au moins semblable au vôtre, trait par trait."""
    from ancrage.monographs.comparing import compare
    from ancrage.monographs.traits import Traits
    from ancrage.register.codes import Naf
    from ancrage.reports.monographs.plain import alike_as_json
    from ancrage.reports.monographs.sheet import alike_sheet, told_traits
    from ancrage.territories.resolving import resolve

    wanted = Traits(
        tools=frozenset(outil) if outil else None,
        naf=Naf(naf) if naf else None,
        band=tranche,
        family=famille,
    )
    with open_atlas() as atlas:
        where = resolve(atlas, territoire, on=day_asked(on)) if territoire else None
        found = compare(atlas, _read(dossier).cases, wanted, where.code if where else None)
    told = f"Votre cas : {told_traits(wanted, where.name if where else None)}."
    answer(alike_sheet(found, told=told), alike_as_json(found), shape, sortie)


@app.command()
def volume(
    categorie: CategoryOption = None,
    dossier: FolderOption = None,
    sortie: OutputOption = None,
) -> None:
    """Écrit un volume en Markdown : sommaire, cas, sources, ce qui reste à vérifier."""
    from ancrage.errors import MonographError
    from ancrage.monographs.volume import volume as written
    from ancrage.repairs import GiveField

    category = _category(categorie)
    cases = [case for case in _read(dossier).cases if category is None or case.header.category is category]
    if not cases:
        raise MonographError(
            "Aucun cas n'est de cette catégorie.",
            "La catégorie des cas du projet n'est pas connue ; ajoutez les vôtres.",
            GiveField("dossier", ("DOSSIER",)),
        )
    write(written(cases, category), sortie)


@app.command()
def verifier(
    fichiers: Annotated[list[Path], typer.Argument(metavar="FICHIER…", help="Fichiers à relire.")],
) -> None:
    """Relit des fichiers de monographies et dit toutes leurs fautes."""
    from rich.console import Console

    from ancrage.monographs.catalogue import gather
    from ancrage.reports.formats.terminal.sheet import render_sheet
    from ancrage.reports.monographs.sheet import check_sheet

    render_sheet(check_sheet(gather(fichiers)), Console())


@app.command()
def modele(sortie: OutputOption = None) -> None:
    """Écrit un fichier de monographie à remplir."""
    from ancrage.monographs.template import template

    write(template(on=today()), sortie)


def _read(folder: Path | None) -> "Monographs":
    from ancrage.monographs.catalogue import read_monographs

    return read_monographs(folder)


def _category(typed: str | None) -> "Category | None":
    from ancrage.errors import MonographError
    from ancrage.monographs.declaration import Category

    if typed is None:
        return None
    if typed not in set(Category):
        raise MonographError(
            f"« {typed} » n'est pas une catégorie.", f"Les quatre catégories : {', '.join(Category)}."
        )
    return Category(typed)


def _within(cases: "list[Monograph]", zoning: str) -> "list[Monograph]":
    from ancrage.monographs.places import within

    with open_atlas() as atlas:
        return within(atlas, cases, zoning)
