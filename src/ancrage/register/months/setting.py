"""What a register depends on beside the rows of SIRENE and of the lists: all of it must be as it was."""

import json
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np
import shapely

from ancrage.register.build import RegisterInputs
from ancrage.register.months.following import Followed, Whole
from ancrage.register.placement import QpvList, QpvPlacement, without_list

PACKAGE = Path(__file__).parents[2]
ROOMS = ("register", "warehouse", "territories", "cells", "edition/register", "language", "reasoning.py")
"""Rooms whose code and declarations decide of a row of the register."""
LIBRARIES = ("duckdb", "ibis-framework", "pyarrow", "numpy", "shapely", "pyproj")

Setting = dict[str, str]
"""What may change, in French, to its fingerprint."""


def setting_of(inputs: RegisterInputs, files: Sequence[Followed]) -> Setting:
    """Everything but rows. Raises :class:`Whole` when something has no fingerprint."""
    stock = inputs.stocks[0]
    lists = [inputs.ess_list, *inputs.structure_lists]
    told = [one and (one.complete, one.fictitious, repr(one.layout)) for one in lists]
    return {
        "la version d'Ancrage": _code(),
        "la version d'une bibliothèque": _print(*(f"{name} {version(name)}" for name in LIBRARIES)),
        "la forme des fichiers de SIRENE": _print(*(f"{one.name} {one.columns}" for one in files)),
        "la sorte du stock de SIRENE": _print(str((stock.sample, stock.ess_only, stock.fictitious))),
        "les listes reçues": _print(str(told)),
        "le découpage des quartiers": _place(inputs.place),
    }


def differing(before: Setting, now: Setting) -> str:
    """What is not as it was, in French; nothing when all is."""
    return next((name for name in now if before.get(name) != now[name]), "")


def _code() -> str:
    digest = sha256()
    for room in ROOMS:
        place = PACKAGE / room
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.suffix in {".py", ".yaml", ".tsv", ".csv", ".json"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _place(place: QpvPlacement) -> str:
    if place is without_list:
        return "sans liste"
    if not isinstance(place, QpvList):
        raise Whole("le placement dans les quartiers ne se compare pas")
    shapes = sha256(b"".join(shapely.to_wkb(np.asarray(place.index.zones, object)).tolist()))
    said = (
        place.index.labels,
        place.index.cell_deg,
        {code: list(found) for code, found in sorted(place.communes_with_qpv.items())},
        sorted(place.communes_with_missing_polygon),
        dict(sorted(place.parents.items())),
        None if place.known_departements is None else sorted(place.known_departements),
    )
    return _print(shapes.hexdigest(), json.dumps(said))


def _print(*texts: str) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()
