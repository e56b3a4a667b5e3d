"""Command that imports aids published by others."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ancrage.cli.session import today

if TYPE_CHECKING:
    from ancrage.aids.imports.importing import Outcome

SHOWN = 5
"""Rejects and duplicates shown; files list them all."""


class Shape(StrEnum):
    """Shapes of an answer."""

    TERMINAL = "terminal"
    JSON = "json"


class Publisher(StrEnum):
    """Sources whose formats are read."""

    MTE = "mte"
    DGE = "dge"
    AIDES_TERRITOIRES = "aides-territoires"


def register(app: typer.Typer) -> None:
    """Mount the command in the group."""
    app.command("importer")(importer)


def importer(
    fichiers: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FICHIER]...", help="Fichiers JSON ou CSV, compressés ou non (.gz)."),
    ] = None,
    source: Annotated[
        Publisher | None, typer.Option("--source", help="Qui publie ces fichiers ; reconnu sinon.")
    ] = None,
    adresse: Annotated[
        str | None,
        typer.Option("--adresse", metavar="URL", help="Pages d'une API de la forme d'Aides-territoires."),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="Forme de la réponse.")] = Shape.TERMINAL,
) -> None:
    """Importe des aides publiées ailleurs ; elles remplacent celles déjà venues de la même source."""
    from ancrage.aids.imports.fetching import read_address
    from ancrage.aids.imports.importing import import_readings
    from ancrage.aids.imports.reading import read_file
    from ancrage.errors import ImportFileError
    from ancrage.location import data_directory
    from ancrage.repairs import GiveField, ImportAids

    if not fichiers and adresse is None:
        raise ImportFileError(
            "Rien à importer.",
            "Donnez un fichier, ou une adresse.",
            ImportAids(),
            GiveField("adresse", ("URL",)),
        )
    told = source.value if source else None
    readings = [read_file(file, on=today(), source=told) for file in fichiers or ()]
    if adresse is not None:
        readings.append(read_address(adresse, on=today()))
    outcome = import_readings(data_directory(), readings)
    if shape is Shape.JSON:
        typer.echo(json.dumps(_as_json(outcome), ensure_ascii=False, indent=2))
    else:
        _print(outcome)


def _print(outcome: "Outcome") -> None:
    from ancrage.language.numbers import count

    for reading in outcome.readings:
        aids = count(len(reading.aids), "aide importée", "aides importées")
        rejected = count(len(reading.rejects), "rejetée", "rejetées")
        typer.echo(f"{reading.file} ({reading.source}) : {aids}, {rejected}.")
        for remark in reading.remarks:
            typer.echo(f"  · {remark}")
        for reject in reading.rejects[:SHOWN]:
            typer.echo(f"  ✗ {reject.line} : {reject.name or 'sans nom'} : {reject.reason}")
    pairs = count(len(outcome.duplicates), "doublon probable", "doublons probables")
    typer.echo(f"{pairs}, jamais fusionnés.")
    for pair in outcome.duplicates[:SHOWN]:
        typer.echo(f"  ≈ {pair.first} et {pair.second} : {', '.join(pair.reasons)}")
    typer.echo(f"Rejets : {outcome.rejects_file}")
    typer.echo(f"Doublons : {outcome.duplicates_file}")


def _as_json(outcome: "Outcome") -> dict[str, Any]:
    return {
        "files": [
            {
                "file": reading.file,
                "source": reading.source,
                "imported": len(reading.aids),
                "rejected": [
                    {"line": one.line, "name": one.name, "reason": one.reason} for one in reading.rejects
                ],
                "remarks": list(reading.remarks),
            }
            for reading in outcome.readings
        ],
        "duplicates": [
            {
                "first": one.first,
                "second": one.second,
                "likeness": one.likeness,
                "reasons": list(one.reasons),
            }
            for one in outcome.duplicates
        ],
        "rejects_file": str(outcome.rejects_file),
        "duplicates_file": str(outcome.duplicates_file),
    }
