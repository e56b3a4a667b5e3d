"""Command that runs every ESS structure of a territory through the catalogue."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from ancrage.cli.session import OnOption, cache_directory, day_asked, open_atlas


class Shape(StrEnum):
    """Shapes of an answer."""

    TERMINAL = "terminal"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Mount the command in the group."""
    app.command("simuler")(simuler)


def simuler(
    code: Annotated[str, typer.Argument(help="23077, un nom exact, 200044014, dep:23, reg:75, fr…")],
    aide: Annotated[
        list[str] | None, typer.Option("--aide", metavar="ID", help="Seulement cette aide.")
    ] = None,
    on: OnOption = None,
    parametre: Annotated[
        list[str] | None,
        typer.Option(
            "--parametre",
            metavar="ID=NOMBRE",
            help="Et si ce seuil était… : urgence-ess.plafond=20, à côté du droit du jour.",
        ),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="Forme de la réponse.")] = Shape.TERMINAL,
) -> None:
    """Passe toutes les structures de l'ESS d'un territoire au crible des aides."""
    from ancrage.aids.overriding import read_overrides
    from ancrage.aids.simulation import simulate
    from ancrage.territories.resolving import resolve

    overrides = read_overrides(parametre or ())
    with open_atlas() as atlas:
        territory = resolve(atlas, code, on=day_asked(on))
        simulation = simulate(
            atlas, territory, only=tuple(aide or ()), overrides=overrides, cache=cache_directory()
        )
    if shape is Shape.JSON:
        typer.echo(json.dumps(simulation.as_json(), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from ancrage.reports.aids.terminal.simulation import render_simulation

    render_simulation(simulation, Console())
