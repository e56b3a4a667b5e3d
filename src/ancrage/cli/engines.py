"""Options of what works on the register: its engine (DuckDB on this machine, or Spark), and its memory."""

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
MemoryOption = Annotated[
    str | None,
    typer.Option("--memoire", metavar="4GB", help="Mémoire permise ; celle qui est libre ici, sinon."),
]
