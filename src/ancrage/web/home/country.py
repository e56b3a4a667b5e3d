"""The country as one clicks it: départements by région, in the order of French, and the drawing of each."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ancrage.language.folding import spaced
from ancrage.territories.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Departement:
    """A département: its code, its name, the path of its drawing (empty where none was drawn)."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Region:
    """A région and its départements (a collectivity overseas has none), in a tone no neighbour has."""

    code: str
    name: str
    tone: int
    departements: tuple[Departement, ...]


@cache
def drawing() -> dict[str, Any]:
    """The drawing of the départements, with its size and its source (``tools/draw_france.py`` makes it)."""
    told: dict[str, Any] = json.loads(files("ancrage.web.home").joinpath("france.json").read_bytes())
    return told


def regions(atlas: Atlas, vintage: int) -> tuple[Region, ...]:
    """Those that have inhabitants, in the order of their names."""
    names = atlas.warehouse.rows(
        "SELECT kind, code, name FROM unit WHERE kind IN ('region', 'departement') AND vintage = ?",
        (vintage,),
    )
    held = atlas.warehouse.rows(
        "SELECT DISTINCT region, departement FROM commune WHERE vintage = ? AND population > 0", (vintage,)
    )
    name_of = {(row["kind"], row["code"]): row["name"] for row in names}
    inside: dict[str, list[Departement]] = {row["region"]: [] for row in held if row["region"]}
    for region, code in {(row["region"], row["departement"]) for row in held if row["region"]}:
        if name := name_of.get(("departement", code)):
            inside[region].append(Departement(code, name, drawing()["paths"].get(code, "")))
    found = (
        Region(code, name_of["region", code], drawing()["tones"].get(code, 0), _in_order(departements))
        for code, departements in inside.items()
        if ("region", code) in name_of
    )
    return tuple(sorted(found, key=lambda one: spaced(one.name)))


def _in_order(departements: list[Departement]) -> tuple[Departement, ...]:
    return tuple(sorted(departements, key=lambda one: spaced(one.name)))
