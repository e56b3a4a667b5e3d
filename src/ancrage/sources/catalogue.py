"""The declared sources, one YAML file each in ``catalogue/``."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.deferred import Deferred
from ancrage.errors import CatalogueError, UnknownSourceError
from ancrage.sources.declaration import Source

if TYPE_CHECKING:
    import yaml
else:
    yaml = Deferred("yaml")

FOLDER = Path(__file__).parent / "catalogue"


@cache
def load_catalogue(folder: Path = FOLDER) -> Mapping[str, Source]:
    """All declared sources by id, in alphabetical order.

    Raises :class:`CatalogueError` naming the file and the key for anything unexpected in a declaration.
    """
    return MappingProxyType(_ours() if folder == FOLDER else _all(folder))


@compiled("sources", "declarations", "language", "sources")
def _ours() -> dict[str, Source]:
    return _all(FOLDER)


def _all(folder: Path) -> dict[str, Source]:
    sources = (_read(path) for path in sorted(folder.glob("*.yaml")))
    return {source.id: source for source in sources}


def get_source(source_id: str) -> Source:
    """Return one declared source. Raises :class:`UnknownSourceError`."""
    catalogue = load_catalogue()
    if source_id not in catalogue:
        raise UnknownSourceError(source_id, tuple(catalogue))
    return catalogue[source_id]


def wanted(ids: Iterable[str]) -> list[Source]:
    """The sources of these ids, each once; all of them when none is named. Raises as :func:`get_source`."""
    return [get_source(one) for one in dict.fromkeys(ids)] or [*load_catalogue().values()]


def _read(path: Path) -> Source:
    try:
        declared: Any = read_yaml(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"{path.name} : ce n'est pas du YAML lisible ({error}).", "Corrigez ce fichier."
        ) from error
    try:
        source = Source.model_validate(declared)
    except ValidationError as error:
        raise CatalogueError(
            f"{path.name} : {_first_fault(error)}.", "Corrigez cette déclaration."
        ) from error
    if source.id != path.stem:
        raise CatalogueError(
            f"{path.name} : clé « id » : « {source.id} » n'est pas le nom du fichier.",
            f"Nommez le fichier {source.id}.yaml ou corrigez la clé.",
        )
    return source


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in fault["loc"]) or "(fichier entier)"
    if fault["type"] == "extra_forbidden":
        return f"clé inconnue « {key} »"
    if fault["type"] == "missing":
        return f"clé manquante « {key} »"
    return f"clé « {key} » : {fault['msg']}"
