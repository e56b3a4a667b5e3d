"""``ancrage aides simuler``: the question of the simulation, worked out here or on Spark."""

import inspect
from typing import Any

from ancrage.cli.asking import command_asking
from ancrage.cli.engines import Engine, EngineOption, MasterOption

_asked = command_asking("simulation")
_CHOICES = {"engine": (EngineOption, Engine.duckdb), "master": (MasterOption, None)}


def simuler(*, engine: Engine = Engine.duckdb, master: str | None = None, **given: Any) -> None:
    """Ask the question, within the engine chosen."""
    from ancrage.location import data_directory
    from ancrage.warehouse.choosing import chosen
    from ancrage.warehouse.limits import limits_of

    with chosen(engine.value, limits_of(None), data_directory(), master=master):
        _asked(**given)


simuler.__doc__ = _asked.__doc__
simuler.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # what Typer reads
    [
        *inspect.signature(_asked).parameters.values(),
        *(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for name, (kind, default) in _CHOICES.items()
        ),
    ]
)
simuler.__annotations__ = {
    name: one.annotation for name, one in inspect.signature(simuler).parameters.items()
}
