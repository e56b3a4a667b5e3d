"""Write layers as PMTiles, one file a layer: any server of files gives them, by ranges.

They lie in the data folder under the name of their edition: one without tiles is drawn as before.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ancrage.edition.tiles.layers import NAMES, Layer
from ancrage.errors import BuildError

FOLDER = "tuiles"
SIMPLIFIED = {"departements": 1.0}
"""Distance, in units of a tile (4,096), under which a point is left out."""


def tile_file(data: Path, edition: str, name: str) -> Path | None:
    """Where the tiles of a layer are; ``None`` when they were not made."""
    path = data / FOLDER / edition / f"{name}.pmtiles"
    return path if name in NAMES and path.is_file() else None


def write_tiles(layers: Iterable[Layer], data: Path, edition: str) -> tuple[Path, ...]:
    """Write every layer, then put them in place at once; those of other editions are removed.

    Raises :class:`BuildError` when pyogrio is missing, or has no PMTiles.
    """
    raw = _writer()
    aside, place = data / FOLDER / f".{edition}", data / FOLDER / edition
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    names = []
    for layer in layers:
        raw.write(
            aside / f"{layer.name}.pmtiles",
            geometry=layer.shapes,
            field_data=list(layer.columns.values()),
            fields=list(layer.columns),
            geometry_type="Unknown",
            crs="EPSG:4326",
            driver="PMTiles",
            layer=layer.name,
            dataset_options={
                "NAME": layer.name,
                "MINZOOM": str(layer.zooms[0]),
                "MAXZOOM": str(layer.zooms[1]),
                **({"SIMPLIFICATION": str(SIMPLIFIED[layer.name])} if layer.name in SIMPLIFIED else {}),
            },
        )
        names.append(layer.name)
    _replace(aside, place)
    return tuple(place / f"{name}.pmtiles" for name in names)


def _replace(aside: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    aside.rename(place)
    for other in place.parent.iterdir():
        if other != place:
            shutil.rmtree(other, ignore_errors=True)


def _writer() -> Any:
    try:
        from pyogrio import list_drivers, raw
    except ModuleNotFoundError as error:
        raise BuildError(
            "Les tuiles demandent pyogrio, qui n'est pas installé.",
            "Installez-le : pip install 'ancrage[tuiles]'.",
        ) from error
    if "w" not in list_drivers().get("PMTiles", ""):
        raise BuildError("Cette version de GDAL n'écrit pas de PMTiles.", "Il faut GDAL 3.8 ou plus récent.")
    return raw
