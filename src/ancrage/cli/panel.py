"""Command that chooses a panel from a long list."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli import output
from ancrage.cli.session import OnOption, day_asked, open_atlas

if TYPE_CHECKING:
    from ancrage.panel.longlist import LongList
    from ancrage.panel.quotas import Terms
    from ancrage.panel.result import Panel


class Shape(StrEnum):
    """Shapes of a panel."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    CSV = "csv"
    CSV_MACHINE = "csv-machine"
    PDF = "pdf"
    DOCX = "docx"


def panel(
    fichier: Annotated[Path, typer.Argument(help="La liste longue : CSV ou JSON.")],
    taille: Annotated[
        int | None, typer.Option("--taille", metavar="N", help="Combien de structures retenir.")
    ] = None,
    contraintes: Annotated[
        Path | None, typer.Option("--contraintes", metavar="FICHIER", help="Quotas déclarés : YAML ou JSON.")
    ] = None,
    quota: Annotated[
        list[str] | None,
        typer.Option("--quota", metavar="QUOTA", help="drom>=2, categorie=ACI>=3, region=*<=2… ; répétable."),
    ] = None,
    poids: Annotated[
        list[str] | None,
        typer.Option("--poids", metavar="TRAIT=POIDS", help="Traits de la diversité ; répétable."),
    ] = None,
    colonne: Annotated[
        list[str] | None,
        typer.Option("--colonne", metavar="QUOI=TITRE", help="Quelle colonne dit quoi ; répétable."),
    ] = None,
    tirer: Annotated[
        int | None, typer.Option("--tirer", metavar="N", help="Tirer d'abord N structures au hasard.")
    ] = None,
    graine: Annotated[int, typer.Option("--graine", help="Graine du tirage.")] = 1,
    assouplir: Annotated[
        bool, typer.Option("--assouplir", help="Renoncer au moins de quotas possible s'il le faut.")
    ] = False,
    sans_cout: Annotated[
        bool, typer.Option("--sans-cout", help="Ne pas chercher ce que coûte chaque quota.")
    ] = False,
    secondes: Annotated[float, typer.Option("--secondes", help="Temps donné à toute la recherche.")] = 60.0,
    rejets: Annotated[
        Path | None, typer.Option("--rejets", metavar="FICHIER", help="Où écrire les lignes écartées (CSV).")
    ] = None,
    on: OnOption = None,
    shape: Annotated[Shape | None, typer.Option("--format", help="Forme de la réponse.")] = None,
    sortie: output.OutputOption = None,
) -> None:
    """Choisit dans une liste longue le panel le plus divers qui tient des quotas, avec la preuve."""
    from ancrage.panel.choosing import choose_panel

    listed = _listed(fichier, colonne or [], on)
    _tell_rejects(listed, rejets)
    if tirer is not None:
        listed = listed.drawn(tirer, graine)
    terms = _terms(listed, taille, contraintes, quota or [], poids or [])
    found = choose_panel(listed, terms, seconds=secondes, with_costs=not sans_cout, bend=assouplir)
    _tell(found, shape or _shape_of(sortie), sortie)


def _listed(path: Path, columns: Sequence[str], on: str | None) -> "LongList":
    from ancrage.panel.places import place_book
    from ancrage.panel.reading import read_long_list

    mapping = dict(_pair(written, "--colonne QUOI=TITRE") for written in columns)
    day = day_asked(on)
    with open_atlas() as atlas:
        return read_long_list(path, place_book(atlas, on=day), on=day, mapping=mapping)


def _pair(written: str, shape: str) -> tuple[str, str]:
    from ancrage.errors import PanelFileError

    name, separator, value = written.partition("=")
    if not separator or not name.strip() or not value.strip():
        raise PanelFileError(f"« {written} » n'est pas lisible.", f"Écrivez {shape}.")
    return name.strip(), value.strip()


def _weight(written: str) -> tuple[str, float]:
    from ancrage.errors import PanelFileError
    from ancrage.language.numbers import typed

    name, value = _pair(written, "--poids TRAIT=POIDS")
    try:
        return name, float(typed(value))
    except ValueError as error:
        raise PanelFileError(
            f"« {value} » n'est pas un poids.", "Donnez un nombre, par exemple 2."
        ) from error


def _terms(
    listed: "LongList", taille: int | None, path: Path | None, quotas: Sequence[str], weights: Sequence[str]
) -> "Terms":
    from ancrage.errors import PanelFileError
    from ancrage.panel.quota_text import WrittenTerms, parse_short, read_terms
    from ancrage.panel.terms import terms_on
    from ancrage.repairs import GiveField

    declared = read_terms(path) if path else WrittenTerms()
    size = taille or declared.taille
    if size is None:
        raise PanelFileError(
            "La taille du panel n'est pas dite.",
            "Donnez-la, ou écrivez « taille: 16 » avec les quotas.",
            GiveField("taille", ("16",)),
        )
    asked = [*declared.quotas, *map(parse_short, quotas)]
    return terms_on(listed, size, asked, dict(map(_weight, weights)) or declared.diversite)


def _tell_rejects(listed: "LongList", path: Path | None) -> None:
    """Lines set aside are told before anything else may fail."""
    from ancrage.sources.rejects import rejects_csv

    if path is not None:
        output.write(rejects_csv(listed.rejects), path)
    elif listed.rejects:
        first = listed.rejects[0]
        typer.echo(
            f"Lignes écartées : {len(listed.rejects)}, dont la ligne {first.line} ({first.reason}). "
            "--rejets FICHIER les écrit toutes.",
            err=True,
        )


def _shape_of(sortie: Path | None) -> Shape:
    """A file is written in the shape its name says."""
    suffixes = {".csv": Shape.CSV, ".json": Shape.JSON, ".html": Shape.HTML}
    return suffixes.get(sortie.suffix.lower(), Shape.TERMINAL) if sortie else Shape.TERMINAL


def _tell(found: "Panel", shape: Shape, sortie: Path | None) -> None:
    from ancrage.reports.panel.plain import panel_csv, panel_json
    from ancrage.reports.panel.sheet import panel_sheet
    from ancrage.spreadsheets import MACHINES

    match shape:
        case Shape.CSV:
            output.write(panel_csv(found), sortie)
        case Shape.CSV_MACHINE:
            output.write(panel_csv(found, MACHINES), sortie)
        case Shape.JSON:
            output.write(json.dumps(panel_json(found), ensure_ascii=False, indent=2), sortie)
        case _:
            output.answer(panel_sheet(found), None, output.Shape(shape.value), sortie)
