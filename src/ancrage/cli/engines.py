"""Options that choose the engine of a command: DuckDB on this machine, or Spark."""

from enum import StrEnum
from typing import Annotated

import typer


class Engine(StrEnum):
    """What runs the transformations."""

    duckdb = "duckdb"
    spark = "spark"


EngineOption = Annotated[
    Engine,
    typer.Option("--moteur", help="Moteur des transformations ; spark demande ancrage[spark] et Java."),
]
MasterOption = Annotated[
    str | None,
    typer.Option(
        "--maitre",
        metavar="local[2]",
        help="Adresse de Spark (local[2], spark://hôte:7077) ; celle de sa configuration, sinon.",
    ),
]
